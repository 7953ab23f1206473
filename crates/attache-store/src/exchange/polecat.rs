//! POLECAT's weekly files: 40 tab-separated columns under a header, `None` for nothing, `;` in lists.

use super::base::{self, fact};
use super::cells::{Row, flat};
use super::codes::Codes;
use super::format::{Events, Writer};
use super::problem::{Problem, WriteError};
use super::titled::{Shape, titled};
use attache_code::record::{Actor, Place};
use attache_code::{Event, Quad};
use std::io::{self, BufRead, Write};

/// The columns, in their order.
pub(crate) const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

const SHAPE: Shape = Shape {
    names: &COLUMNS,
    other_names: &[("Event Intensity", "Intensity")],
    needed: &["Event ID", "Event Date", "Event Type"],
    quotes: true,
};

const NONE: &str = "None";
/// Wikipedia titles are kept in the place of the registry's id, behind this.
const WIKIPEDIA: &str = "wikipedia:";
const ACTOR: usize = 7;
const RECIPIENT: usize = 15;

/// The events of a POLECAT file.
pub(crate) fn read<'a>(input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    Box::new(titled(input, SHAPE).map(move |row| event(&row?, codes)))
}

fn event(row: &Row, codes: &Codes) -> Result<Event, Problem> {
    let ontology = codes.ontology();
    let label = row.text(2);
    let kind = ontology.alias(label).ok_or_else(|| row.damaged(2, "is not an event type"))?;
    let date = row.needed_day(1)?;
    let whole = row.given(0).ok_or_else(|| row.damaged(0, "is not an id"))?;
    let (story, id) = ids(whole, codes);
    let version = row.given(39).unwrap_or("polecat").to_owned();
    let mut event = base::event(id, version, kind, Some(date), codes);
    let implied = ontology.older(label).and_then(|alias| alias.mode.as_deref());
    let modes = list(row.given(3)).filter_map(|mode| ontology.mode(kind, mode).map(str::to_owned));
    event.mode = modes.chain(implied.map(str::to_owned)).fold(Vec::new(), distinct);
    let mode = event.mode.first().map(String::as_str);
    event.score = row.between(4, -10.0, 10.0)?.unwrap_or_else(|| ontology.score(kind, mode));
    event.quad = quad(row)?.unwrap_or(event.quad);
    event.cameo = codes.cameo_of(kind, mode).to_owned();
    event.goldstein = ontology.goldstein(&event.cameo);
    let contexts =
        list(row.given(6)).filter_map(|name| ontology.context(name).map(|found| found.name.clone()));
    event.contexts = contexts.fold(Vec::new(), distinct);
    event.actor = parties(row, ACTOR, codes);
    event.recipient = parties(row, RECIPIENT, codes);
    event.place = place(row, codes)?;
    event.report.id = story;
    event.report.publisher = row.owned(33);
    event.report.published = row.day(34)?;
    Ok(event)
}

/// Story and event of an Event ID: `STORY_TYPE_mode`, or ours, `STORY_EVENT_TYPE_mode`.
fn ids(whole: &str, codes: &Codes) -> (String, String) {
    let mut parts = whole.splitn(3, '_');
    let story = parts.next().unwrap_or_default().to_owned();
    match (parts.next(), parts.next()) {
        (Some(id), Some(_)) if codes.ontology().alias(id).is_none() => (story, id.to_owned()),
        _ => (story, whole.to_owned()),
    }
}

fn quad(row: &Row) -> Result<Option<Quad>, Problem> {
    let Some(text) = row.given(5) else { return Ok(None) };
    let named = match text.to_uppercase().replace(['-', '_'], " ").as_str() {
        "1" | "1.0" | "VERBAL COOPERATION" => Quad::VerbalCooperation,
        "2" | "2.0" | "MATERIAL COOPERATION" => Quad::MaterialCooperation,
        "3" | "3.0" | "VERBAL CONFLICT" => Quad::VerbalConflict,
        "4" | "4.0" | "MATERIAL CONFLICT" => Quad::MaterialConflict,
        _ => return Err(row.damaged(5, "is not a quad class")),
    };
    Ok(Some(named))
}

/// The parties in the eight columns from `first`. Lists stand side by side where they are of one length;
/// sectors are each party's own where there is one party.
fn parties(row: &Row, first: usize, codes: &Codes) -> Vec<Actor> {
    let cells: Vec<Vec<Option<&str>>> = (first..first + 8).map(|column| aligned(row.text(column))).collect();
    let count = [0, 1, 3, 6].into_iter().map(|column| cells[column].len()).max().unwrap_or(0);
    let at = |column: usize, index: usize| -> Option<&str> { cells[column].get(index).copied().flatten() };
    let known = |sector: &&str| codes.is_sector(sector);
    (0..count)
        .map(|index| {
            let country = at(1, index).and_then(|name| codes.country_of(name));
            let country = country.or_else(|| at(2, index).and_then(|number| codes.country_of_cow(number)));
            let raw = at(6, index);
            let name = at(0, index).or(raw).or(country.map(|id| codes.name(id))).unwrap_or_default();
            let primary = at(3, index).filter(known);
            let more = cells[4].iter().copied().flatten().filter(|_| count == 1);
            let sectors = primary.into_iter().chain(more.filter(known));
            let sectors = sectors.map(str::to_owned).fold(Vec::new(), distinct);
            let mut actor = base::actor(name, country.map(str::to_owned), sectors);
            actor.role = at(5, index).map(str::to_owned);
            actor.text = raw.unwrap_or_default().to_owned();
            actor.id = at(7, index).map(|title| match title.contains(':') {
                true => title.to_owned(),
                false => format!("{WIKIPEDIA}{title}"),
            });
            actor
        })
        .collect()
}

fn place(row: &Row, codes: &Codes) -> Result<Option<Place>, Problem> {
    let country = row.given(27).and_then(|name| codes.country_of(name)).map(str::to_owned);
    let (lat, lon) = (row.between(28, -90.0, 90.0)?, row.between(29, -180.0, 180.0)?);
    let names = [row.owned(23), row.owned(24), row.owned(26)];
    let mut place = base::place(names, country, (lat, lon), codes);
    if let Some(place) = &mut place {
        place.geonameid = row.count(30)?;
        place.text = row.owned(31).unwrap_or_default();
    }
    Ok(place)
}

/// The values of a list, `None` among them for nothing.
fn aligned(text: &str) -> Vec<Option<&str>> {
    if text.is_empty() || text == NONE {
        return Vec::new();
    }
    text.split(';')
        .map(str::trim)
        .map(|part| Some(part).filter(|part| !part.is_empty() && *part != NONE))
        .collect()
}

fn list(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(';').map(str::trim).filter(|part| !part.is_empty() && *part != NONE)
}

fn distinct(mut all: Vec<String>, one: String) -> Vec<String> {
    if !all.contains(&one) {
        all.push(one);
    }
    all
}

/// Writes POLECAT rows.
pub(crate) struct Polecat<'a, W> {
    out: W,
    codes: &'a Codes,
}

impl<'a, W: Write> Polecat<'a, W> {
    /// Writes the header.
    pub fn new(mut out: W, codes: &'a Codes) -> io::Result<Self> {
        writeln!(out, "{}", COLUMNS.join("\t"))?;
        Ok(Polecat { out, codes })
    }
}

impl<W: Write> Writer for Polecat<'_, W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let date = fact(event)?;
        let mut cells = vec![
            event_id(event),
            date.to_string(),
            event.kind.as_str().to_owned(),
            event.mode.join(";"),
            event.score.to_string(),
            u8::from(event.quad).to_string(),
            event.contexts.join(";"),
        ];
        cells.extend(party_cells(&event.actor, self.codes));
        cells.extend(party_cells(&event.recipient, self.codes));
        cells.extend(place_cells(event.place.as_ref()));
        cells.push(event.report.publisher.clone().unwrap_or_default());
        cells.push(base::text(event.report.published));
        cells.extend(std::iter::repeat_n(String::new(), 4));
        cells.push(event.version.clone());
        for (index, cell) in cells.iter().enumerate() {
            let tab = if index > 0 { "\t" } else { "" };
            write!(self.out, "{tab}{}", quoted(cell))?;
        }
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn event_id(event: &Event) -> String {
    let story = event.report.id.replace('_', "-");
    if event.id.starts_with(&format!("{story}_")) {
        return event.id.clone();
    }
    let mode = event.mode.first().map(|mode| format!("_{mode}")).unwrap_or_default();
    format!("{story}_{}_{}{mode}", event.id.replace('_', "-"), event.kind.as_str())
}

fn party_cells(side: &[Actor], codes: &Codes) -> [String; 8] {
    let joined = |value: &dyn Fn(&Actor) -> Option<String>| -> String {
        let part =
            |actor| value(actor).map(|text| text.replace(';', ",")).filter(|text| !text.trim().is_empty());
        let parts: Vec<Option<String>> = side.iter().map(part).collect();
        if parts.iter().all(Option::is_none) {
            return String::new();
        }
        let parts: Vec<String> =
            parts.into_iter().map(|part| part.unwrap_or_else(|| NONE.to_owned())).collect();
        parts.join(";")
    };
    let cow = |actor: &Actor| actor.country.as_deref().map(|id| codes.cow(id).to_owned());
    let wikipedia =
        |actor: &Actor| actor.id.as_deref().and_then(|id| id.strip_prefix(WIKIPEDIA)).map(str::to_owned);
    [
        joined(&|actor| Some(actor.name.clone())),
        joined(&|actor| actor.country.clone()),
        joined(&cow),
        joined(&|actor| actor.sector.clone()),
        side.iter().flat_map(|actor| actor.sectors.iter().cloned()).fold(Vec::new(), distinct).join(";"),
        joined(&|actor| actor.role.clone()),
        joined(&|actor| Some(actor.text.clone())),
        joined(&wikipedia),
    ]
}

fn place_cells(place: Option<&Place>) -> [String; 10] {
    let Some(place) = place else { return Default::default() };
    let owned = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        place.name.clone(),
        owned(&place.city),
        String::new(),
        owned(&place.admin1),
        owned(&place.country),
        base::text(place.lat),
        base::text(place.lon),
        base::text(place.geonameid),
        place.text.clone(),
        String::new(),
    ]
}

/// A cell that no reader breaks: `None` for nothing, in quotes where there is a quotation mark in it.
fn quoted(cell: &str) -> String {
    let cell = flat(cell);
    match cell.trim() {
        "" => NONE.to_owned(),
        cell if cell.contains('"') => format!("\"{}\"", cell.replace('"', "\"\"")),
        cell => cell.to_owned(),
    }
}
