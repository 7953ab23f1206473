//! How well stories and events are gathered, on the constructed reports of `cases/stories/`. The test
//! prints its figures (`cargo test -p attache-store --test stories -- --nocapture`), and with ATTACHE_SHOW=1
//! what was joined wrongly.
//!
//! A pair of reports is right where both the set and the archive, or neither, put them into one story.
//! Likewise for the tellings of events.

#![allow(clippy::print_stdout)] // figures are what it is for

use attache_code::record::{Actor, Event, Evidence, Place, Precision, ReportRef};
use attache_code::{EventType, Status};
use attache_store::query::{self, Filter};
use attache_store::{CodedReport, Prepared, Writer};
use attache_text::{Block, BlockKind, Published, PublishedBy, Report, Span};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use tempfile::TempDir;

#[derive(Debug, Clone, Deserialize)]
struct Case {
    id: String,
    story: u32,
    part: String,
    kind: String,
    title: String,
    text: String,
    published: Date,
    publisher: String,
    event: Told,
}

#[derive(Debug, Clone, Deserialize)]
struct Told {
    #[serde(rename = "type")]
    kind: EventType,
    actor: String,
    recipient: String,
    date: Date,
    city: Option<String>,
    persons: Vec<String>,
}

fn cases(part: &str) -> Vec<Case> {
    let made = include_str!("../../../cases/stories/reports.jsonl").lines();
    let written = include_str!("../../../cases/stories/sisters.jsonl").lines();
    let all = made.chain(written).map(|line| serde_json::from_str::<Case>(line).expect("a case"));
    all.filter(|case| case.part == part).collect()
}

/// The report and its event as a coder would hand them on.
fn coded(case: &Case) -> CodedReport {
    let text = format!("{}\n\n{}", case.title, case.text);
    let body = Span::new(case.title.len() + 2, text.len());
    let title = Span::new(0, case.title.len());
    let first = case.text.find(". ").map_or(case.text.len(), |end| end + 1);
    let sentence = Span::new(body.start, body.start + first);
    let published = Published {
        date: case.published,
        raw: case.published.to_string(),
        ambiguous: false,
        by: PublishedBy::Metadata,
    };
    let report = Report {
        id: case.id.clone(),
        blocks: vec![
            Block { kind: BlockKind::Title, span: title },
            Block { kind: BlockKind::Body, span: body },
        ],
        title: Some(case.title.clone()),
        publisher: Some(case.publisher.clone()),
        url: Some(format!("https://{}.example/{}", case.publisher.replace(' ', "-"), case.id)),
        published: Some(published),
        text,
        ..Report::default()
    };
    let told = &case.event;
    let side = |country: &str, person: Option<&String>| Actor {
        name: person.map_or(country, String::as_str).to_owned(),
        id: Some(person.map_or(country.to_owned(), |person| format!("p.{country}.{person}"))),
        country: Some(country.to_owned()),
        sector: Some("GOV".into()),
        sectors: vec!["GOV".into()],
        role: None,
        text: String::new(),
        span: sentence,
    };
    let place = told.city.as_ref().map(|city| Place {
        name: city.clone(),
        city: Some(city.clone()),
        admin1: None,
        country: None,
        lat: None,
        lon: None,
        geonameid: None,
        text: city.clone(),
        span: sentence,
    });
    let event = Event {
        id: format!("{}-event", case.id),
        version: "set 1".into(),
        report: ReportRef { id: case.id.clone(), ..ReportRef::default() },
        kind: told.kind,
        mode: Vec::new(),
        contexts: Vec::new(),
        quad: told.kind.quad(),
        score: 0.0,
        cameo: "01".into(),
        goldstein: None,
        status: Status::Actual,
        date: Some(told.date),
        date_precision: Some(Precision::Day),
        date_raw: None,
        actor: vec![side(&told.actor, told.persons.first())],
        recipient: vec![side(&told.recipient, told.persons.get(1))],
        place,
        magnitude: None,
        said_by: Vec::new(),
        confidence: 0.7,
        evidence: Evidence {
            sentence: sentence.of(&report.text).to_owned(),
            span: sentence,
            trigger: sentence,
        },
        why: Vec::new(),
        mentions: 1,
        told: Vec::new(),
    };
    CodedReport {
        report,
        language: Some("en".into()),
        countries: Vec::new(),
        version: "set 1".into(),
        events: vec![event],
    }
}

/// Pairs that are together in the gold, in the archive, and in both.
#[derive(Debug, Default, Clone, Copy)]
struct Pairs {
    gold: usize,
    found: usize,
    both: usize,
}

impl Pairs {
    fn precision(self) -> f64 {
        self.both as f64 / self.found.max(1) as f64
    }

    fn recall(self) -> f64 {
        self.both as f64 / self.gold.max(1) as f64
    }
}

fn pairs(cases: &[&Case], group: &HashMap<String, i64>) -> Pairs {
    let mut pairs = Pairs::default();
    for (index, a) in cases.iter().enumerate() {
        for b in &cases[..index] {
            let gold = a.story == b.story;
            let found = group.get(&a.id).is_some() && group.get(&a.id) == group.get(&b.id);
            pairs.gold += usize::from(gold);
            pairs.found += usize::from(found);
            pairs.both += usize::from(gold && found);
        }
    }
    pairs
}

/// Keeps the part in one order of arrival and measures stories and events.
fn measure(part: &str, by_date: bool) -> (Pairs, Pairs, BTreeMap<String, (usize, usize)>) {
    let mut all = cases(part);
    if by_date {
        all.sort_by_key(|case| case.published);
    }
    let folder = TempDir::new().expect("a folder");
    let mut writer = Writer::open(&folder.path().join("set.attache")).expect("an archive");
    for case in &all {
        writer.keep(&Prepared::new(coded(case), true)).expect("kept");
    }
    writer.commit().expect("committed");
    let archive = writer.archive();
    let mut stories = HashMap::new();
    for case in &all {
        let report = query::report(archive, &case.id).expect("asked").expect("kept");
        stories.insert(case.id.clone(), report.story);
    }
    let mut events = HashMap::new();
    for (number, event) in query::events(archive, &Filter::default()).expect("events").iter().enumerate() {
        for mention in &event.mentions {
            events.insert(mention.report.clone(), number as i64);
        }
    }
    if std::env::var_os("ATTACHE_SHOW").is_some() {
        let gold: HashMap<&str, u32> = all.iter().map(|case| (case.id.as_str(), case.story)).collect();
        for case in &all {
            let report = query::report(archive, &case.id).expect("asked").expect("kept");
            if let Some(of) = report.kin_of.filter(|of| gold[of.as_str()] != case.story) {
                println!("    wrong: {} is {} of {of}: {}", case.id, report.kin.as_str(), report.why);
            }
        }
        for event in query::events(archive, &Filter::default()).expect("events") {
            for mention in event
                .mentions
                .iter()
                .filter(|m| gold[m.report.as_str()] != gold[event.mentions[0].report.as_str()])
            {
                println!(
                    "    wrong: event of {} with {}: {}",
                    mention.report, event.mentions[0].report, mention.why
                );
            }
        }
    }
    // A report joins its story where it is with any report of it that came before.
    let mut joined: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (index, case) in all.iter().enumerate() {
        let earlier: Vec<&Case> = all[..index].iter().filter(|other| other.story == case.story).collect();
        if !earlier.is_empty() {
            let entry = joined.entry(case.kind.clone()).or_default();
            entry.1 += 1;
            entry.0 += usize::from(earlier.iter().any(|other| stories[&other.id] == stories[&case.id]));
        }
    }
    let all: Vec<&Case> = all.iter().collect();
    (pairs(&all, &stories), pairs(&all, &events), joined)
}

#[test]
fn stories_and_events_are_gathered() {
    for part in ["dev", "test", "fresh"] {
        for by_date in [false, true] {
            let (stories, events, joined) = measure(part, by_date);
            let order = if by_date { "as published" } else { "story by story" };
            println!(
                "{part}, {order}: same story precision {:.3} recall {:.3} ({} pairs); one event precision {:.3} recall {:.3}",
                stories.precision(),
                stories.recall(),
                stories.gold,
                events.precision(),
                events.recall()
            );
            for (kind, (found, all)) in joined {
                println!("    {kind}: {found} of {all} joined their story");
            }
            assert!(stories.precision() >= 0.95, "{part}: {stories:?}");
            assert!(stories.recall() >= 0.9, "{part}: {stories:?}");
            assert!(events.precision() >= 0.9, "{part}: {events:?}");
        }
    }
}

#[test]
fn the_set_is_large_enough() {
    assert!(cases("dev").len() + cases("test").len() >= 400);
}
