//! GDELT 2.0 mentions: 16 tab-separated columns without header, one telling of an event a row. Mentions
//! point to events and are none: they can be written of events, and read as what they are.

use super::base::{self, fact};
use super::cells::{Row, rows, write_row};
use super::format::Writer;
use super::problem::{Problem, WriteError};
use attache_code::Event;
use jiff::civil::Date;
use std::io::{self, BufRead, Write};

/// The columns, in their order.
#[rustfmt::skip]
pub(crate) const COLUMNS: [&str; 16] = [
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
];

/// One telling of a GDELT event.
#[derive(Debug, Clone, PartialEq)]
pub struct GdeltMention {
    /// The event's `GLOBALEVENTID`.
    pub event: u64,
    /// When the event was first recorded.
    pub event_day: Date,
    /// When this telling was published.
    pub mention_day: Date,
    /// 1 web, 2 citation only, 3 CORE, 4 DTIC, 5 JSTOR, 6 other text.
    pub kind: u8,
    /// The publisher; for the web, its domain.
    pub publisher: String,
    /// The telling's address, or the document's name.
    pub identifier: String,
    /// The sentence's number in its document, from 1.
    pub sentence: Option<u64>,
    /// How sure the coder is, 10…100 percent.
    pub confidence: u8,
}

/// The mentions of a file.
pub fn read<'a>(input: impl BufRead + 'a) -> impl Iterator<Item = Result<GdeltMention, Problem>> + 'a {
    rows(input, &COLUMNS, |count| count == COLUMNS.len()).map(|row| mention(&row?))
}

fn mention(row: &Row) -> Result<GdeltMention, Problem> {
    let small = |column: usize, least: u64, most: u64| -> Result<u8, Problem> {
        let value = row.count(column)?.filter(|value| (least..=most).contains(value));
        let value = value.and_then(|value| u8::try_from(value).ok());
        value.ok_or_else(|| row.damaged(column, &format!("is not between {least} and {most}")))
    };
    Ok(GdeltMention {
        event: row.count(0)?.ok_or_else(|| row.damaged(0, "is not a whole number"))?,
        event_day: row.needed_day(1)?,
        mention_day: row.needed_day(2)?,
        kind: small(3, 1, 6)?,
        publisher: row.text(4).to_owned(),
        identifier: row.text(5).to_owned(),
        sentence: row.count(6)?,
        confidence: small(11, 0, 100)?,
    })
}

/// Writes a row for each event: its report's telling. Character offsets are −1, unknown.
pub(crate) struct Mentions<W> {
    out: W,
}

impl<W: Write> Mentions<W> {
    pub fn new(out: W) -> Self {
        Mentions { out }
    }
}

impl<W: Write> Writer for Mentions<W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let day = fact(event)?;
        let report = &event.report;
        let identifier = report.url.clone().unwrap_or_else(|| report.id.clone());
        let stamp = |day: Date| day.strftime("%Y%m%d000000").to_string();
        let unknown = || "-1".to_owned();
        let cells = [
            base::number(&event.id).to_string(),
            stamp(report.published.unwrap_or(day)),
            stamp(report.published.unwrap_or(day)),
            if report.url.is_some() { "1" } else { "2" }.to_owned(),
            report.publisher.clone().unwrap_or_default(),
            identifier,
            String::new(),
            unknown(),
            unknown(),
            unknown(),
            "1".to_owned(),
            (event.confidence.clamp(0.0, 1.0) * 100.0).round().to_string(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ];
        write_row(&mut self.out, &cells)?;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
