//! Made-up coded reports, for tests and benchmarks of everything but coding. The same seed gives the
//! same reports on every machine.

use crate::{CodedReport, hash};
use attache_code::record::{Actor, Event, Evidence, Precision, ReportRef};
use attache_code::{EventType, Status};
use attache_text::{Block, BlockKind, Published, PublishedBy, Report, Span};
use jiff::civil::Date;

const COUNTRIES: [(&str, &str); 24] = [
    ("ARG", "Argentina"),
    ("BOL", "Bolivia"),
    ("BRA", "Brazil"),
    ("CAN", "Canada"),
    ("CHL", "Chile"),
    ("CHN", "China"),
    ("COL", "Colombia"),
    ("CUB", "Cuba"),
    ("DEU", "Germany"),
    ("ECU", "Ecuador"),
    ("EGY", "Egypt"),
    ("ESP", "Spain"),
    ("FRA", "France"),
    ("GBR", "United Kingdom"),
    ("IND", "India"),
    ("JPN", "Japan"),
    ("KEN", "Kenya"),
    ("MEX", "Mexico"),
    ("NGA", "Nigeria"),
    ("PER", "Peru"),
    ("RUS", "Russia"),
    ("TUR", "Turkey"),
    ("USA", "United States"),
    ("VEN", "Venezuela"),
];
const SECTORS: [&str; 6] = ["GOV", "MIL", "LEG", "BUS", "CVL", "OPP"];
const PUBLISHERS: [&str; 8] = [
    "The Courier",
    "Harbour Post",
    "Daily Gazette",
    "El Faro",
    "Morning Star",
    "National Wire",
    "The Ledger",
    "Valley Times",
];
const WORDS: [&str; 64] = [
    "ministers",
    "border",
    "trade",
    "talks",
    "fisheries",
    "pipeline",
    "visa",
    "customs",
    "grain",
    "treaty",
    "embassy",
    "delegation",
    "summit",
    "tariff",
    "port",
    "railway",
    "drought",
    "refugees",
    "energy",
    "security",
    "cooperation",
    "minerals",
    "coast",
    "harvest",
    "exports",
    "ceasefire",
    "aid",
    "loan",
    "budget",
    "river",
    "bridge",
    "airport",
    "students",
    "vaccines",
    "satellite",
    "forest",
    "mining",
    "credit",
    "police",
    "smuggling",
    "archive",
    "museum",
    "election",
    "observer",
    "parliament",
    "court",
    "appeal",
    "statement",
    "envoy",
    "mission",
    "protocol",
    "quota",
    "licence",
    "cargo",
    "ferry",
    "copper",
    "coffee",
    "salmon",
    "cement",
    "turbine",
    "canal",
    "vessel",
    "patrol",
    "radar",
];

/// A source of numbers: SplitMix64.
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// Numbers of this seed.
    pub fn new(seed: u64) -> Numbers {
        Numbers(seed)
    }

    /// The next number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (hash::spread(self.0) % (end.max(1) as u64)) as usize
    }

    /// One of the list.
    pub fn one<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// How synthetic reports are made.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Events a report.
    pub events: usize,
    /// Words of running text a report.
    pub words: usize,
    /// Days they are spread over, from 2020-01-01.
    pub days: usize,
    /// One in so many is a copy of an earlier report at another address; 0 for none.
    pub copies: usize,
    /// The coder's version.
    pub version: &'static str,
}

impl Default for Shape {
    fn default() -> Shape {
        Shape { events: 2, words: 250, days: 365, copies: 10, version: "synthetic 1" }
    }
}

/// The report of this number.
pub fn report(number: u64, shape: &Shape) -> CodedReport {
    let is_copy = shape.copies > 0 && number > 0 && number.is_multiple_of(shape.copies as u64);
    // A copy has the words of the report before it, so that both are near in any order of keeping.
    let model = if is_copy { number - 1 } else { number };
    let mut numbers = Numbers::new(model.wrapping_mul(0x51_7c_c1));
    // Reports come day after day, as from a feed.
    let day = (model / 400) as usize % shape.days.max(1);
    let published =
        Date::constant(2020, 1, 1).checked_add(jiff::ToSpan::days(day as i64)).unwrap_or(Date::MAX);
    let mut text = String::new();
    let mut blocks = Vec::new();
    let title = format!(
        "{} and {} in dispute over {}",
        place(&mut numbers),
        place(&mut numbers),
        numbers.one(&WORDS)
    );
    text.push_str(if is_copy { "A view from abroad" } else { &title });
    blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, text.len()) });
    text.push_str("\n\n");
    let body = text.len();
    let mut events = Vec::new();
    for _ in 0..shape.events {
        events.push(event(&mut text, &mut numbers, published));
        text.push(' ');
    }
    for word in 0..shape.words.saturating_sub(shape.events * 14) {
        if word % 3 == 0 {
            text.push_str(numbers.one(&WORDS));
        } else {
            text.push_str(&made_up(numbers.below(40_000)));
        }
        text.push_str(if word % 17 == 16 { ". " } else { " " });
    }
    let end = text.trim_end().len();
    text.truncate(end);
    blocks.push(Block { kind: BlockKind::Body, span: Span::new(body, end) });
    let url = format!("https://example.org/{published}/{number}");
    let id = format!("{:016x}", hash::bytes(format!("{url}\0{text}").as_bytes()));
    let publisher = PUBLISHERS[(number % PUBLISHERS.len() as u64) as usize];
    for (index, event) in events.iter_mut().enumerate() {
        event.id = format!("{:016x}", hash::join(hash::bytes(id.as_bytes()), index as u64));
        event.version = shape.version.to_owned();
        event.report = ReportRef {
            id: id.clone(),
            url: Some(url.clone()),
            publisher: Some(publisher.to_owned()),
            title: Some(title.clone()),
            published: Some(published),
        };
    }
    let mut countries: Vec<String> = events
        .iter()
        .flat_map(|event| event.actor.iter().chain(&event.recipient))
        .filter_map(|a| a.country.clone())
        .collect();
    countries.sort_unstable();
    countries.dedup();
    let report = Report {
        id,
        text,
        blocks,
        title: Some(title),
        publisher: Some(publisher.to_owned()),
        url: Some(url),
        published: Some(Published {
            date: published,
            raw: published.to_string(),
            ambiguous: false,
            by: PublishedBy::Metadata,
        }),
        ..Report::default()
    };
    CodedReport { report, language: Some("en".into()), countries, version: shape.version.to_owned(), events }
}

/// The made-up word of this number: without rare words all reports would turn on the same ones.
fn made_up(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "cor", "den", "fil", "gra", "hum", "jes", "kol", "lim", "mun", "nor", "pel", "qui", "ros",
        "sta", "tur", "ven", "wes", "yar", "zum",
    ];
    (0..4).map(|place| SYLLABLES[number / 20_usize.pow(place) % 20]).collect()
}

/// A surname of this number.
fn surname(number: usize) -> String {
    let word = made_up(number.wrapping_mul(7_919) % 160_000);
    word[..1].to_uppercase() + &word[1..]
}

fn place(numbers: &mut Numbers) -> &'static str {
    COUNTRIES[numbers.below(COUNTRIES.len())].1
}

/// Writes a sentence behind `text` and gives the event it tells.
fn event(text: &mut String, numbers: &mut Numbers, published: Date) -> Event {
    let start = text.len();
    let actor = party(text, numbers);
    text.push(' ');
    let kind = EventType::ALL[numbers.below(EventType::ALL.len())];
    let trigger = Span::new(text.len(), text.len() + kind.as_str().len());
    text.push_str(&kind.as_str().to_lowercase());
    text.push(' ');
    let recipient = party(text, numbers);
    text.push_str(&format!(
        " over {} and {} {}.",
        numbers.one(&WORDS),
        numbers.one(&WORDS),
        numbers.below(10_000)
    ));
    let span = Span::new(start, text.len());
    Event {
        id: String::new(),
        version: String::new(),
        report: ReportRef::default(),
        kind,
        mode: Vec::new(),
        contexts: vec!["economic".into()],
        quad: kind.quad(),
        score: numbers.below(21) as f64 - 10.0,
        cameo: "04".into(),
        goldstein: Some(1.0),
        status: Status::Actual,
        date: Some(published),
        date_precision: Some(Precision::Day),
        date_raw: None,
        actor: vec![actor],
        recipient: vec![recipient],
        place: None,
        magnitude: None,
        said_by: Vec::new(),
        confidence: 0.5 + numbers.below(50) as f64 / 100.0,
        evidence: Evidence { sentence: span.of(text).to_owned(), span, trigger },
        why: vec!["frame synthetic.1".into()],
        mentions: 1,
        told: vec![span],
    }
}

fn party(text: &mut String, numbers: &mut Numbers) -> Actor {
    let index = numbers.below(COUNTRIES.len());
    let (code, country) = COUNTRIES[index];
    let sector = SECTORS[numbers.below(SECTORS.len())];
    let person = surname(numbers.below(40) * COUNTRIES.len() + index);
    let start = text.len();
    text.push_str(&format!("Minister {person} of {country}"));
    let span = Span::new(start, text.len());
    Actor {
        name: format!("Minister {person} of {country}"),
        id: Some(format!("p.{code}.{}", person.to_lowercase())),
        country: Some(code.to_owned()),
        sector: Some(sector.to_owned()),
        sectors: vec![sector.to_owned()],
        role: Some("minister".into()),
        text: span.of(text).to_owned(),
        span,
    }
}
