//! A small made-up relation to tell: Arland and Borland fall out in spring and make up in autumn.

use attache_code::record::{Actor, Event, Evidence, Place, Precision, ReportRef};
use attache_code::{EventType, Status};
use attache_report::{Archived, Mention, Side};
use attache_text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, date};

pub const PUBLISHERS: [&str; 3] = ["The Courier", "El Faro", "Harbour Post"];

/// Who may act: name, id, country, sector, role.
const PARTIES: [(&str, &str, &str, &str, &str); 6] = [
    ("Arland", "ARL", "ARL", "", ""),
    ("Borland", "BRL", "BRL", "", ""),
    ("Ana Arce", "p.ARL.ana-arce", "ARL", "GOV", "president"),
    ("Boris Bey", "p.BRL.boris-bey", "BRL", "GOV", "foreign minister"),
    ("Bela Bono", "p.BRL.bela-bono", "BRL", "MIL", "general"),
    ("Carl Cox", "p.CRL.carl-cox", "CRL", "GOV", "envoy"),
];

fn actor(index: usize, sentence: &mut String) -> Actor {
    let (name, id, country, sector, role) = PARTIES[index];
    let start = sentence.len();
    sentence.push_str(name);
    let some = |word: &str| (!word.is_empty()).then(|| word.to_owned());
    Actor {
        name: name.into(),
        id: some(id),
        country: some(country),
        sector: some(sector),
        sectors: some(sector).into_iter().collect(),
        role: some(role),
        text: name.into(),
        span: Span::new(start, sentence.len()),
    }
}

/// An event between two parties, told by so many publishers.
pub fn event(
    number: i64,
    day: Date,
    from: usize,
    kind: EventType,
    score: f64,
    to: usize,
    told: usize,
) -> Archived {
    let mut sentence = String::new();
    let who = actor(from, &mut sentence);
    sentence.push(' ');
    let start = sentence.len();
    sentence.push_str(&kind.as_str().to_lowercase());
    let trigger = Span::new(start, sentence.len());
    sentence.push(' ');
    let whom = actor(to, &mut sentence);
    sentence.push_str(&format!(" over US${} million in trade at Port City on {day}.", 5 * number));
    let at = sentence.find("Port City").unwrap();
    let id = format!("{number:016x}");
    let report = format!("r{number:015x}");
    let event = Event {
        id: id.clone(),
        version: "test".into(),
        report: ReportRef {
            id: report.clone(),
            given_id: None,
            url: Some(format!("https://example.org/{number}")),
            publisher: Some(PUBLISHERS[0].into()),
            title: Some(format!("News number {number}")),
            published: Some(day),
        },
        kind,
        mode: Vec::new(),
        contexts: vec![if score < 0.0 { "military".into() } else { "economic".into() }],
        quad: kind.quad(),
        score,
        cameo: "040".into(),
        goldstein: None,
        status: Status::Actual,
        date: Some(day),
        date_precision: Some(Precision::Day),
        date_raw: None,
        actor: vec![who],
        recipient: vec![whom],
        place: Some(Place {
            name: "Port City".into(),
            city: None,
            admin1: None,
            country: Some("ARL".into()),
            lat: Some(10.0),
            lon: Some(-70.0),
            geonameid: None,
            text: "Port City".into(),
            span: Span::new(at, at + 9),
        }),
        magnitude: None,
        said_by: Vec::new(),
        confidence: 0.9,
        evidence: Evidence { sentence: sentence.clone(), span: Span::new(0, sentence.len()), trigger },
        why: vec!["frame test.1".into()],
        mentions: 1,
        told: Vec::new(),
    };
    let mention = |index: usize| Mention {
        report: format!("{report}{index}"),
        event_id: id.clone(),
        publisher: Some(PUBLISHERS[index % 3].into()),
        url: None,
        title: None,
        published: Some(day.saturating_add((index as i64).days())),
        language: Some(if index == 1 { "es".into() } else { "en".into() }),
        sentence: sentence.clone(),
        span: event.evidence.span,
        trigger,
        sure: 1.0,
        why: String::new(),
    };
    Archived { mentions: (0..told).map(mention).collect(), event, story: number / 2, revision: 1 }
}

/// A year of the relation: meetings, then threats and sanctions from April to September, then meetings.
pub fn year() -> Vec<Archived> {
    let mut events = Vec::new();
    for week in 0..52_i64 {
        let day = date(2025, 1, 6).saturating_add((7 * week).days());
        let number = 10 * week + 1;
        if (13..38).contains(&week) {
            events.push(event(number, day, 1, EventType::Threaten, -6.0, 0, 2));
            events.push(event(number + 1, day.saturating_add(1.day()), 3, EventType::Accuse, -3.0, 2, 1));
            if week % 3 == 0 {
                events.push(event(number + 2, day, 4, EventType::Mobilize, -7.5, 0, 3));
            }
        } else {
            events.push(event(number, day, 2, EventType::Consult, 2.5, 3, 2));
            if week % 2 == 0 {
                events.push(event(number + 1, day, 0, EventType::Cooperate, 4.0, 1, 1));
            }
        }
        if week % 10 == 0 {
            events.push(event(number + 3, day, 5, EventType::Request, -0.5, 1, 1)); // of another relation
        }
    }
    events
}

/// Reports about either side: three a day.
pub fn coverage() -> Vec<(Date, u64)> {
    (0..364_i64).map(|day| (date(2025, 1, 6).saturating_add(day.days()), 3)).collect()
}

pub fn side(code: &str, name: &str) -> Side {
    Side { name: name.into(), ..Side::country(code) }
}
