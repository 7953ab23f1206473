//! GDELT event files: 58 (version 1.0) or 61 (2.0) tab-separated columns without header, one pair a row.

use super::actor_code;
use super::base::{self, fact};
use super::cells::{Row, rows, write_row};
use super::codes::Codes;
use super::format::{Events, Writer};
use super::pairs::{join, pairs};
use super::problem::{Cause, Problem, WriteError};
use attache_code::Event;
use attache_code::record::{Actor, Place};
use jiff::civil::Date;
use std::io::{self, BufRead, Write};

/// The columns of version 2.0.
#[rustfmt::skip]
pub(crate) const COLUMNS_2: [&str; 61] = [
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode",
    "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode",
    "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code", "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code", "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code", "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL",
];

/// Where version 2.0 has a second administrative code for each place, and 1.0 nothing.
const SECOND_CODES: [usize; 3] = [39, 47, 55];

/// The columns of version 1.0; files from before April 2013 lack the last.
pub(crate) const COLUMNS_1: [&str; 58] = {
    let mut columns = [""; 58];
    let (mut from, mut to) = (0, 0);
    while from < COLUMNS_2.len() {
        if from != SECOND_CODES[0] && from != SECOND_CODES[1] && from != SECOND_CODES[2] {
            columns[to] = COLUMNS_2[from];
            to += 1;
        }
        from += 1;
    }
    columns
};

/// The two versions of the event table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    One,
    Two,
}

const ACTOR: usize = 5;
const RECIPIENT: usize = 15;

/// The events of a GDELT file.
pub(crate) fn read<'a>(input: impl BufRead + 'a, version: Version, codes: &'a Codes) -> Events<'a> {
    match version {
        Version::One => {
            let rows = rows(input, &COLUMNS_1, |count| count == 58 || count == 57);
            Box::new(join(rows.map(move |row| event(&row?, version, codes))))
        }
        Version::Two => {
            let rows = rows(input, &COLUMNS_2, |count| count == 61);
            Box::new(join(rows.map(move |row| event(&row?, version, codes))))
        }
    }
}

fn event(row: &Row, version: Version, codes: &Codes) -> Result<Event, Problem> {
    let date = row.needed_day(1)?;
    let id = row.count(0)?.ok_or_else(|| row.damaged(0, "is not a whole number"))?;
    let code = row.text(26);
    let name = match version {
        Version::One => "gdelt 1.0",
        Version::Two => "gdelt 2.0",
    };
    let mut event =
        base::cameo_event(id.to_string(), name, code, date, codes).map_err(|reason| match reason {
            Some(reason) => row.damaged(26, &reason),
            None => row.problem(Cause::NoEvent, format!("CAMEO {code} is a plain statement")),
        })?;
    event.goldstein = row.between(30, -10.0, 10.0)?.or(event.goldstein);
    let mentions = row.count(31)?.unwrap_or(1).max(1);
    event.mentions = usize::try_from(mentions).unwrap_or(usize::MAX);
    event.actor.extend(party(row, ACTOR, codes));
    event.recipient.extend(party(row, RECIPIENT, codes));
    let (place_at, added) = match version {
        Version::One => (49, 56),
        Version::Two => (51, 59),
    };
    event.place = place(row, place_at, version, codes)?;
    event.report.published = row.day(added)?;
    event.report.url = row.owned(added + 1).filter(|url| url.contains("://"));
    Ok(event)
}

fn party(row: &Row, first: usize, codes: &Codes) -> Option<Actor> {
    let code = row.given(first);
    let name = row.given(first + 1).or(code)?;
    let (country, mut sectors) = actor_code::read(code.unwrap_or_default(), codes);
    let country =
        row.given(first + 2).and_then(|code| codes.country_of_cameo(code)).map(str::to_owned).or(country);
    for role in (first + 7..first + 10).filter_map(|column| row.given(column)) {
        let (_, more) = actor_code::read(&format!("{}{role}", actor_code::NOBODY), codes);
        let new: Vec<String> = more.into_iter().filter(|sector| !sectors.contains(sector)).collect();
        sectors.extend(new);
    }
    Some(base::actor(name, country, sectors))
}

/// The place of the act: GDELT's full names are "City, Region, Country", "Region, Country" or "Country".
fn place(row: &Row, first: usize, version: Version, codes: &Codes) -> Result<Option<Place>, Problem> {
    let lat_at = first + if version == Version::Two { 5 } else { 4 };
    let (lat, lon) = (row.between(lat_at, -90.0, 90.0)?, row.between(lat_at + 1, -180.0, 180.0)?);
    let country = row.given(first + 2).and_then(|code| codes.country_of_fips(code)).map(str::to_owned);
    let parts: Vec<String> = row.text(first + 1).split(", ").map(str::to_owned).collect();
    let part = |index: usize| parts.get(index).cloned().filter(|part| !part.is_empty());
    let names = match row.text(first) {
        "3" | "4" if parts.len() >= 3 => [part(0), part(0), part(1)],
        "3" | "4" => [part(0), part(0), None],
        "2" | "5" => [part(0), None, part(0)],
        _ => [part(0), None, None],
    };
    Ok(base::place(names, country, (lat, lon), codes))
}

/// Writes GDELT event rows.
pub(crate) struct Gdelt<'a, W> {
    out: W,
    version: Version,
    codes: &'a Codes,
}

impl<'a, W: Write> Gdelt<'a, W> {
    pub fn new(out: W, version: Version, codes: &'a Codes) -> Self {
        Gdelt { out, version, codes }
    }

    fn party(&self, actor: Option<&Actor>) -> [String; 10] {
        let Some(actor) = actor else { return Default::default() };
        let parts = actor_code::parts(actor, self.codes);
        let country = actor.country.as_deref().map_or("", |id| self.codes.cameo_country(id));
        let group = match actor.country.as_deref() {
            Some("UNO") => "UNO",
            Some("EUR") => "EEC",
            _ => "",
        };
        let mut types = parts.roles.into_iter().chain(std::iter::repeat(String::new()));
        let mut next = || types.next().unwrap_or_default();
        let code = Some(actor_code::write(Some(actor), self.codes)).filter(|code| code != actor_code::NOBODY);
        [
            code.unwrap_or_default(),
            actor.name.to_uppercase(),
            country.to_owned(),
            group.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            next(),
            next(),
            next(),
        ]
    }

    fn nowhere(&self) -> Vec<String> {
        let mut cells = vec![String::new(); if self.version == Version::Two { 8 } else { 7 }];
        "0".clone_into(&mut cells[0]);
        cells
    }

    fn place(&self, place: Option<&Place>) -> Vec<String> {
        let Some(place) = place else { return self.nowhere() };
        let id = place.country.as_deref().unwrap_or("");
        let (name, fips) = (self.codes.name(id), self.codes.fips(id));
        let (kind, parts) = match (&place.city, &place.admin1) {
            (Some(city), region) => {
                let kind = if id == "USA" { "3" } else { "4" };
                (kind, vec![city.as_str(), region.as_deref().unwrap_or(""), name])
            }
            (None, Some(region)) => (if id == "USA" { "2" } else { "5" }, vec![region.as_str(), name]),
            (None, None) if place.name == name => ("1", vec![name]),
            (None, None) => ("1", vec![place.name.as_str()]),
        };
        let parts: Vec<String> = parts.iter().map(|part| part.replace(", ", " ")).collect();
        let feature = if kind == "1" { fips } else { "" };
        let mut cells = vec![kind.to_owned(), parts.join(", "), fips.to_owned(), fips.to_owned()];
        if self.version == Version::Two {
            cells.push(String::new());
        }
        cells.extend([base::text(place.lat), base::text(place.lon), feature.to_owned()]);
        cells
    }
}

impl<W: Write> Writer for Gdelt<'_, W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let date = fact(event)?;
        let code = base::full_cameo(event, self.codes);
        let added = event.report.published.unwrap_or(date);
        let midnight = if self.version == Version::Two { "000000" } else { "" };
        for (source, target) in pairs(event) {
            let mut cells = vec![base::number(&event.id).to_string()];
            cells.extend(date_cells(date));
            cells.extend(self.party(source));
            cells.extend(self.party(target));
            cells.extend([
                "1".to_owned(),
                code.clone(),
                code.get(..3).unwrap_or(&code).to_owned(),
                code.get(..2).unwrap_or(&code).to_owned(),
                u8::from(event.quad).to_string(),
                base::text(event.goldstein),
                event.mentions.to_string(),
                "1".to_owned(),
                "1".to_owned(),
                String::new(),
            ]);
            cells.extend(self.nowhere());
            cells.extend(self.nowhere());
            cells.extend(self.place(event.place.as_ref()));
            cells.push(format!("{}{midnight}", added.strftime("%Y%m%d")));
            cells.push(event.report.url.clone().unwrap_or_default());
            write_row(&mut self.out, &cells)?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// Day, month, year and the year with its fraction, as GDELT reckons it: (month × 30 + day) / 365.
fn date_cells(date: Date) -> [String; 4] {
    let fraction = f64::from(date.year()) + (f64::from(date.month()) * 30.0 + f64::from(date.day())) / 365.0;
    [
        date.strftime("%Y%m%d").to_string(),
        date.strftime("%Y%m").to_string(),
        date.year().to_string(),
        format!("{fraction:.4}"),
    ]
}
