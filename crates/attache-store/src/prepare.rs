//! What can be worked out about a coded report before the archive is asked: done side by side, so that
//! the one writer only writes.

use crate::sketch::Sketch;
use crate::{hash, record, url};
use attache_code::Event;
use attache_code::record::Actor;
use attache_text::{BlockKind, Report};

/// A report with what the coder made of it.
#[derive(Debug, Clone, Default)]
pub struct CodedReport {
    /// The report.
    pub report: Report,
    /// ISO 639-1 code of the language it is in, where known.
    pub language: Option<String>,
    /// The countries it mentions, each once.
    pub countries: Vec<String>,
    /// Program, model and data version of the coder.
    pub version: String,
    /// Its events.
    pub events: Vec<Event>,
}

/// A coded report ready to be written.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(crate) report: Report,
    pub(crate) language: Option<String>,
    pub(crate) countries: String,
    pub(crate) version: String,
    pub(crate) day: String,
    pub(crate) url_key: Option<String>,
    pub(crate) text_key: i64,
    pub(crate) sketch: Sketch,
    /// The blocks as JSON; none where the text is not kept.
    pub(crate) blocks: Option<String>,
    pub(crate) events: Vec<PreparedEvent>,
}

/// One event of it.
#[derive(Debug, Clone)]
pub(crate) struct PreparedEvent {
    pub event: Event,
    /// The record without what other columns hold.
    pub record: String,
    /// The day it is filed under: its own, else the report's.
    pub day: String,
}

impl Prepared {
    /// Prepares a report. Where `keep_text` is false only the evidence of its events will be kept of its
    /// words.
    pub fn new(coded: CodedReport, keep_text: bool) -> Prepared {
        let CodedReport { report, language, countries, version, events } = coded;
        let day = report.published.as_ref().map(|published| published.date.to_string()).unwrap_or_default();
        let blocks = keep_text.then(|| json(&report.blocks));
        let events = events
            .into_iter()
            .map(|event| {
                let own = event.date.map(|date| date.to_string());
                PreparedEvent { record: record::json(&event), day: own.unwrap_or_else(|| day.clone()), event }
            })
            .collect();
        let body = body(&report);
        Prepared {
            sketch: Sketch::of(report.title.as_deref().unwrap_or(""), &body),
            url_key: report.url.as_deref().and_then(url::key),
            text_key: hash::signed(hash::bytes(fold(&body).as_bytes())),
            countries: countries.join(" "),
            language,
            version,
            day,
            blocks,
            events,
            report,
        }
    }

    /// The report's id.
    pub fn id(&self) -> &str {
        &self.report.id
    }
}

/// The running text; the whole text where it has none.
pub(crate) fn body(report: &Report) -> String {
    let blocks = report.blocks.iter().filter(|block| block.kind == BlockKind::Body);
    let body: Vec<&str> = blocks.map(|block| block.span.of(&report.text)).collect();
    if body.is_empty() { report.text.clone() } else { body.join("\n") }
}

/// The words of a text in lower case, one space between.
fn fold(text: &str) -> String {
    let mut words = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The countries of a side, each once; '' where it has none.
fn countries(side: &[Actor]) -> Vec<&str> {
    let mut list: Vec<&str> = side.iter().filter_map(|actor| actor.country.as_deref()).collect();
    list.sort_unstable();
    list.dedup();
    if list.is_empty() {
        list.push("");
    }
    list
}

/// Most dyads one event is filed under: a declaration of fifty states is not told of 2,450 pairs.
const MOST_DYADS: usize = 64;

/// Every country of the actor side with every one of the recipient side.
pub(crate) fn dyads(event: &Event) -> Vec<(String, String)> {
    let recipients = countries(&event.recipient);
    let pairs = countries(&event.actor).into_iter().flat_map(|actor| {
        recipients.iter().map(move |recipient| (actor.to_owned(), (*recipient).to_owned()))
    });
    pairs.take(MOST_DYADS).collect()
}
