//! Our record in comma-separated columns. Lists are parted by `|`, a party's sectors by `;`, and a
//! backslash stands before either where a value holds it: nothing of the record is lost.

use super::base;
use super::cells::{Cell, Row, flat};
use super::codes::Codes;
use super::csv_record::Records;
use super::format::{Events, Writer};
use super::problem::{Problem, WriteError};
use attache_code::record::{Actor, Magnitude, Money, Place, Precision};
use attache_code::{Event, Quad, Status};
use attache_text::Span;
use std::io::{self, BufRead, Write};

/// The columns, in their order.
#[rustfmt::skip]
pub(crate) const COLUMNS: [&str; 64] = [
    "id", "version", "report_id", "report_url", "report_publisher", "report_title", "report_published",
    "type", "mode", "contexts", "quad", "score", "cameo", "goldstein", "status",
    "date", "date_precision", "date_raw",
    "actor_name", "actor_id", "actor_country", "actor_sector", "actor_sectors", "actor_role",
    "actor_text", "actor_span",
    "recipient_name", "recipient_id", "recipient_country", "recipient_sector", "recipient_sectors",
    "recipient_role", "recipient_text", "recipient_span",
    "place_name", "place_city", "place_admin1", "place_country", "place_lat", "place_lon",
    "place_geonameid", "place_text", "place_span",
    "dead", "injured", "arrested", "size", "money", "money_unit",
    "said_by_name", "said_by_id", "said_by_country", "said_by_sector", "said_by_sectors", "said_by_role",
    "said_by_text", "said_by_span",
    "confidence", "sentence", "sentence_span", "trigger_span", "why", "mentions", "told",
];
const TYPE: usize = 7;
const ACTOR: usize = 18;
const RECIPIENT: usize = 26;
const PLACE: usize = 34;
const MAGNITUDE: usize = 43;
const SAID_BY: usize = 49;
const EVIDENCE: usize = 57;

/// The events of a file; columns may stand in any order, and all but `id` and `type` be missing.
pub(crate) fn read<'a>(input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    Box::new(Records::new(input, &COLUMNS, &["id", "type"]).map(move |row| event(&row?, codes)))
}

fn event(row: &Row, codes: &Codes) -> Result<Event, Problem> {
    let ontology = codes.ontology();
    let label = row.text(TYPE);
    let kind = ontology.alias(label).ok_or_else(|| row.damaged(TYPE, "is not an event type"))?;
    let id = given(row, 0).ok_or_else(|| row.damaged(0, "is not an id"))?;
    let mut event = base::event(id, raw(row, 1).to_owned(), kind, row.day(15)?, codes);
    let report = &mut event.report;
    raw(row, 2).clone_into(&mut report.id);
    report.url = given(row, 3);
    report.publisher = given(row, 4);
    report.title = given(row, 5);
    report.published = row.day(6)?;
    event.mode = split(raw(row, 8), '|');
    if let (Some(mode), true) =
        (ontology.older(label).and_then(|alias| alias.mode.clone()), event.mode.is_empty())
    {
        event.mode.push(mode);
    }
    event.contexts = split(raw(row, 9), '|');
    if let Some(quad) = row.count(10)? {
        let quad = u8::try_from(quad).ok().and_then(|quad| Quad::try_from(quad).ok());
        event.quad = quad.ok_or_else(|| row.damaged(10, "is not a quad class"))?;
    }
    event.score = row.between(11, -10.0, 10.0)?.unwrap_or(event.score);
    event.cameo = given(row, 12).unwrap_or(event.cameo);
    event.goldstein = if row.cells[12].text.is_empty() { event.goldstein } else { row.number(13)? };
    event.status = status(row, 14)?;
    event.date_precision = precision(row, 16)?;
    event.date_raw = given(row, 17);
    event.actor = parties(row, ACTOR)?;
    event.recipient = parties(row, RECIPIENT)?;
    event.place = place(row)?;
    event.magnitude = magnitude(row)?;
    event.said_by = parties(row, SAID_BY)?;
    event.confidence = row.between(EVIDENCE, 0.0, 1.0)?.unwrap_or(1.0);
    raw(row, EVIDENCE + 1).clone_into(&mut event.evidence.sentence);
    event.evidence.span = span(row, EVIDENCE + 2, raw(row, EVIDENCE + 2))?;
    event.evidence.trigger = span(row, EVIDENCE + 3, raw(row, EVIDENCE + 3))?;
    event.why = split(raw(row, EVIDENCE + 4), '|');
    let mentions = row.count(EVIDENCE + 5)?.unwrap_or(1);
    event.mentions = usize::try_from(mentions).unwrap_or(usize::MAX);
    let told = split(raw(row, EVIDENCE + 6), '|');
    event.told = told.iter().map(|text| span(row, EVIDENCE + 6, text)).collect::<Result<_, _>>()?;
    Ok(event)
}

fn raw(row: &Row, column: usize) -> &str {
    row.cells.get(column).map_or("", |cell: &Cell| &cell.text)
}

fn given(row: &Row, column: usize) -> Option<String> {
    Some(raw(row, column)).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn status(row: &Row, column: usize) -> Result<Status, Problem> {
    match raw(row, column) {
        "" => Ok(Status::Actual),
        word => Status::parse(word).ok_or_else(|| row.damaged(column, "is not a status")),
    }
}

fn precision(row: &Row, column: usize) -> Result<Option<Precision>, Problem> {
    match raw(row, column) {
        "" => Ok(None),
        "day" => Ok(Some(Precision::Day)),
        "week" => Ok(Some(Precision::Week)),
        "month" => Ok(Some(Precision::Month)),
        "year" => Ok(Some(Precision::Year)),
        _ => Err(row.damaged(column, "is not a precision")),
    }
}

fn precision_word(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Week => "week",
        Precision::Month => "month",
        Precision::Year => "year",
    }
}

/// The parties in the eight columns from `first`; as many as there are spans, or names where a file of
/// other hands has no spans.
fn parties(row: &Row, first: usize) -> Result<Vec<Actor>, Problem> {
    let lists: Vec<Vec<String>> = (first..first + 8).map(|column| split(raw(row, column), '|')).collect();
    let count = [0, 2, 7].into_iter().map(|column| lists[column].len()).max().unwrap_or(0);
    let value = |column: usize, index: usize| lists[column].get(index).filter(|text| !text.is_empty());
    (0..count)
        .map(|index| {
            Ok(Actor {
                name: value(0, index).cloned().unwrap_or_default(),
                id: value(1, index).cloned(),
                country: value(2, index).cloned(),
                sector: value(3, index).cloned(),
                sectors: value(4, index).map(|text| split(text, ';')).unwrap_or_default(),
                role: value(5, index).cloned(),
                text: value(6, index).cloned().unwrap_or_default(),
                span: span(row, first + 7, value(7, index).map_or("", String::as_str))?,
            })
        })
        .collect()
}

fn place(row: &Row) -> Result<Option<Place>, Problem> {
    if (PLACE..PLACE + 9).all(|column| raw(row, column).is_empty()) {
        return Ok(None);
    }
    Ok(Some(Place {
        name: raw(row, PLACE).to_owned(),
        city: given(row, PLACE + 1),
        admin1: given(row, PLACE + 2),
        country: given(row, PLACE + 3),
        lat: row.between(PLACE + 4, -90.0, 90.0)?,
        lon: row.between(PLACE + 5, -180.0, 180.0)?,
        geonameid: row.count(PLACE + 6)?,
        text: raw(row, PLACE + 7).to_owned(),
        span: span(row, PLACE + 8, raw(row, PLACE + 8))?,
    }))
}

fn magnitude(row: &Row) -> Result<Option<Magnitude>, Problem> {
    let unit = given(row, MAGNITUDE + 5);
    let found = Magnitude {
        dead: row.count(MAGNITUDE)?,
        injured: row.count(MAGNITUDE + 1)?,
        arrested: row.count(MAGNITUDE + 2)?,
        size: row.count(MAGNITUDE + 3)?,
        money: row.number(MAGNITUDE + 4)?.zip(unit).map(|(value, unit)| Money { value, unit }),
    };
    Ok(Some(found).filter(|found| *found != Magnitude::default()))
}

/// A span, written `12-34`.
fn span(row: &Row, column: usize, text: &str) -> Result<Span, Problem> {
    if text.is_empty() {
        return Ok(Span::default());
    }
    let ends = text.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    match ends {
        Some((start, end)) if start <= end => Ok(Span::new(start, end)),
        _ => Err(row.damaged(column, "is not a span")),
    }
}

/// The values of a list, their backslashes undone.
fn split(text: &str, separator: char) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut values = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let last = values.len() - 1;
        match letter {
            '\\' => values[last].extend(letters.next()),
            letter if letter == separator => values.push(String::new()),
            letter => values[last].push(letter),
        }
    }
    values
}

fn join<T: AsRef<str>>(values: impl IntoIterator<Item = T>, separator: char) -> String {
    let mut text = String::new();
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(separator);
        }
        for letter in value.as_ref().chars() {
            if letter == '\\' || letter == separator {
                text.push('\\');
            }
            text.push(letter);
        }
    }
    text
}

/// Writes rows of comma-separated values.
pub(crate) struct Csv<W: Write> {
    out: ::csv::Writer<W>,
    safe: bool,
}

impl<W: Write> Csv<W> {
    /// Writes the header; `safe` makes text harmless that a spreadsheet would take for a formula.
    pub fn new(out: W, safe: bool) -> io::Result<Self> {
        let mut out = ::csv::Writer::from_writer(out);
        out.write_record(COLUMNS).map_err(io::Error::from)?;
        Ok(Csv { out, safe })
    }
}

impl<W: Write> Writer for Csv<W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let mut cells = cells(event);
        for (cell, name) in cells.iter_mut().zip(COLUMNS) {
            *cell = if self.safe { harmless(cell, name) } else { printable(cell) };
        }
        self.out.write_record(&cells).map_err(io::Error::from)?;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// Control characters other than tab and line ends become spaces, one byte for one: no reader of CSV
/// agrees with another on NUL.
fn printable(cell: &str) -> String {
    let kept = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r') || c.len_utf8() > 1;
    cell.chars().map(|c| if kept(c) { c } else { ' ' }).collect()
}

/// Numbers keep their sign: only text can be a formula.
fn harmless(cell: &str, column: &str) -> String {
    const NUMBERS: [&str; 10] = [
        "quad",
        "score",
        "goldstein",
        "place_lat",
        "place_lon",
        "place_geonameid",
        "money",
        "confidence",
        "mentions",
        "size",
    ];
    let cell = flat(cell);
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    if formula && !NUMBERS.contains(&column) { format!("'{cell}") } else { cell }
}

fn cells(event: &Event) -> Vec<String> {
    let report = &event.report;
    let owned = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut cells = vec![
        event.id.clone(),
        event.version.clone(),
        report.id.clone(),
        owned(&report.url),
        owned(&report.publisher),
        owned(&report.title),
        base::text(report.published),
        event.kind.as_str().to_owned(),
        join(&event.mode, '|'),
        join(&event.contexts, '|'),
        u8::from(event.quad).to_string(),
        event.score.to_string(),
        event.cameo.clone(),
        base::text(event.goldstein),
        event.status.as_str().to_owned(),
        base::text(event.date),
        event.date_precision.map(precision_word).unwrap_or_default().to_owned(),
        owned(&event.date_raw),
    ];
    cells.extend(party_cells(&event.actor));
    cells.extend(party_cells(&event.recipient));
    cells.extend(place_cells(event.place.as_ref()));
    let magnitude = event.magnitude.clone().unwrap_or_default();
    cells.extend([magnitude.dead, magnitude.injured, magnitude.arrested, magnitude.size].map(base::text));
    cells.push(base::text(magnitude.money.as_ref().map(|money| money.value)));
    cells.push(magnitude.money.map(|money| money.unit).unwrap_or_default());
    cells.extend(party_cells(&event.said_by));
    cells.extend([
        event.confidence.to_string(),
        event.evidence.sentence.clone(),
        span_text(event.evidence.span),
        span_text(event.evidence.trigger),
        join(&event.why, '|'),
        event.mentions.to_string(),
        join(event.told.iter().map(|span| span_text(*span)), '|'),
    ]);
    cells
}

fn span_text(span: Span) -> String {
    format!("{}-{}", span.start, span.end)
}

fn party_cells(side: &[Actor]) -> [String; 8] {
    let all = |value: &dyn Fn(&Actor) -> String| join(side.iter().map(value), '|');
    let maybe = |value: &dyn Fn(&Actor) -> Option<String>| all(&|actor| value(actor).unwrap_or_default());
    [
        all(&|actor| actor.name.clone()),
        maybe(&|actor| actor.id.clone()),
        maybe(&|actor| actor.country.clone()),
        maybe(&|actor| actor.sector.clone()),
        all(&|actor| join(&actor.sectors, ';')),
        maybe(&|actor| actor.role.clone()),
        all(&|actor| actor.text.clone()),
        all(&|actor| span_text(actor.span)),
    ]
}

fn place_cells(place: Option<&Place>) -> [String; 9] {
    let Some(place) = place else { return Default::default() };
    let owned = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        place.name.clone(),
        owned(&place.city),
        owned(&place.admin1),
        owned(&place.country),
        base::text(place.lat),
        base::text(place.lon),
        base::text(place.geonameid),
        place.text.clone(),
        span_text(place.span),
    ]
}
