//! ICEWS coded events: 20 tab-separated columns under a header, one source and one target a row.

use super::base::{self, fact};
use super::cells::{Row, write_row};
use super::codes::{Codes, Scheme};
use super::format::{Events, Writer};
use super::pairs::{join, pairs};
use super::problem::{Cause, Problem, WriteError};
use super::titled::{Shape, titled};
use attache_code::Event;
use attache_code::record::Actor;
use std::io::{self, BufRead, Write};

/// The columns, in their order.
pub(crate) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

const SHAPE: Shape = Shape {
    names: &COLUMNS,
    other_names: &[],
    needed: &["Event ID", "Event Date", "CAMEO Code"],
    quotes: false,
};
const SOURCE: usize = 2;
const TARGET: usize = 8;
const MISSING: &str = "NA";

/// The events of an ICEWS file.
pub(crate) fn read<'a>(input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    Box::new(join(titled(input, SHAPE).map(move |row| event(&row?, codes))))
}

fn event(row: &Row, codes: &Codes) -> Result<Event, Problem> {
    let date = row.needed_day(1)?;
    let id = row.owned(0).ok_or_else(|| row.damaged(0, "is not an id"))?;
    let mut event =
        base::cameo_event(id, "icews", row.text(6), date, codes).map_err(|reason| match reason {
            Some(reason) => row.damaged(6, &reason),
            None => row.problem(Cause::NoEvent, format!("CAMEO {} is a plain statement", row.text(6))),
        })?;
    event.goldstein = row.between(7, -10.0, 10.0)?.or(event.goldstein);
    event.actor.extend(party(row, SOURCE, codes));
    event.recipient.extend(party(row, TARGET, codes));
    event.report.id = row.owned(11).unwrap_or_default();
    event.report.publisher = row.owned(13);
    let country = row.given(17).and_then(|name| codes.country_of(name)).map(str::to_owned);
    let point = (row.between(18, -90.0, 90.0)?, row.between(19, -180.0, 180.0)?);
    event.place = base::place([None, row.owned(14), row.owned(16)], country, point, codes);
    Ok(event)
}

fn party(row: &Row, first: usize, codes: &Codes) -> Option<Actor> {
    let country = row.given(first + 2).and_then(|name| codes.country_of(name)).map(str::to_owned);
    let name = row.given(first).or(country.as_deref().map(|id| codes.name(id)))?;
    let mut sectors: Vec<String> = Vec::new();
    for sector in
        row.text(first + 1).split(',').filter_map(|name| codes.sector_in(Scheme::Icews, name).flatten())
    {
        if !sectors.iter().any(|known| known == sector) {
            sectors.push(sector.to_owned());
        }
    }
    Some(base::actor(name, country.clone(), sectors))
}

/// Writes ICEWS rows.
pub(crate) struct Icews<'a, W> {
    out: W,
    codes: &'a Codes,
}

impl<'a, W: Write> Icews<'a, W> {
    /// Writes the header.
    pub fn new(mut out: W, codes: &'a Codes) -> io::Result<Self> {
        writeln!(out, "{}", COLUMNS.join("\t"))?;
        Ok(Icews { out, codes })
    }

    fn party(&self, actor: Option<&Actor>) -> [String; 3] {
        let Some(actor) = actor else { return Default::default() };
        let mut sectors: Vec<&str> = Vec::new();
        for sector in actor.sector.iter().chain(&actor.sectors) {
            let name = self.codes.sector_out(Scheme::Icews, sector);
            sectors.extend(name.filter(|name| !sectors.contains(name)));
        }
        let country = actor.country.as_deref().map_or("", |id| self.codes.icews_name(id));
        [actor.name.clone(), sectors.join(","), country.to_owned()]
    }
}

impl<W: Write> Writer for Icews<'_, W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let date = fact(event)?;
        let code = base::full_cameo(event, self.codes);
        let name = self.codes.ontology().cameo(&code).map_or("", |code| &code.name);
        let place = event.place.as_ref();
        let country =
            place.and_then(|place| place.country.as_deref()).map_or("", |id| self.codes.icews_name(id));
        for (source, target) in pairs(event) {
            let mut cells = vec![base::number(&event.id).to_string(), date.to_string()];
            cells.extend(self.party(source));
            cells.extend([capital(name), code.clone(), base::text(event.goldstein)]);
            cells.extend(self.party(target));
            cells.extend([
                base::number(&event.report.id).to_string(),
                String::new(),
                event.report.publisher.clone().unwrap_or_default(),
                base::text(place.and_then(|place| place.city.clone())),
                String::new(),
                base::text(place.and_then(|place| place.admin1.clone())),
                country.to_owned(),
                base::text(place.and_then(|place| place.lat)),
                base::text(place.and_then(|place| place.lon)),
            ]);
            for cell in cells.iter_mut().filter(|cell| cell.trim().is_empty()) {
                MISSING.clone_into(cell);
            }
            write_row(&mut self.out, &cells)?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
