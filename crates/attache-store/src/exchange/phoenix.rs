//! Phoenix event files: 26 tab-separated columns without header, one source and one target a row.

use super::actor_code;
use super::base::{self, fact};
use super::cells::{Row, rows, write_row};
use super::codes::Codes;
use super::format::{Events, Writer};
use super::pairs::{join, pairs};
use super::problem::{Cause, Problem, WriteError};
use attache_code::Event;
use attache_code::record::Actor;
use std::io::{self, BufRead, Write};

/// The columns, in their order.
pub(crate) const COLUMNS: [&str; 26] = [
    "EventID",
    "Date",
    "Year",
    "Month",
    "Day",
    "SourceActorFull",
    "SourceActorEntity",
    "SourceActorRole",
    "SourceActorAttribute",
    "TargetActorFull",
    "TargetActorEntity",
    "TargetActorRole",
    "TargetActorAttribute",
    "EventCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScore",
    "Issues",
    "Lat",
    "Lon",
    "LocationName",
    "StateName",
    "CountryCode",
    "SentenceID",
    "URLs",
    "NewsSources",
];

/// The events of a Phoenix file.
pub(crate) fn read<'a>(input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    let rows = rows(input, &COLUMNS, |count| count == COLUMNS.len());
    Box::new(join(rows.map(move |row| event(&row?, codes))))
}

fn event(row: &Row, codes: &Codes) -> Result<Event, Problem> {
    let date = row.needed_day(1)?;
    let whole = row.given(0).ok_or_else(|| row.damaged(0, "is not an id"))?;
    let (id, version) = whole.rsplit_once("_v").unwrap_or((whole, "phoenix"));
    let code = row.text(13);
    let mut event =
        base::cameo_event(id.to_owned(), version, code, date, codes).map_err(|reason| match reason {
            Some(reason) => row.damaged(13, &reason),
            None => row.problem(Cause::NoEvent, format!("CAMEO {code} is a plain statement")),
        })?;
    event.goldstein = row.between(16, -10.0, 10.0)?.or(event.goldstein);
    let issues = row.text(17).split(';').filter_map(|issue| issue.split(',').next());
    let known = issues.filter_map(|name| codes.ontology().context(&name.trim().to_lowercase()));
    event.contexts = known.map(|context| context.name.clone()).collect();
    event.actor.extend(party(row.text(5), codes));
    event.recipient.extend(party(row.text(9), codes));
    let country = row.given(22).and_then(|name| codes.country_of(name)).map(str::to_owned);
    let point = (row.between(18, -90.0, 90.0)?, row.between(19, -180.0, 180.0)?);
    event.place = base::place([row.owned(20), None, row.owned(21)], country, point, codes);
    event.report.id = row.text(23).split(';').next().unwrap_or_default().to_owned();
    event.report.url = row.text(24).split(';').next().filter(|url| !url.is_empty()).map(str::to_owned);
    event.report.publisher = row.owned(25);
    Ok(event)
}

/// The party of an actor code, which is all the name there is.
pub(crate) fn party(code: &str, codes: &Codes) -> Option<Actor> {
    if code.is_empty() || code == actor_code::NOBODY {
        return None;
    }
    let (country, sectors) = actor_code::read(code, codes);
    Some(base::actor(code, country, sectors))
}

/// Phoenix's five classes of a CAMEO root code.
fn penta_class(root: &str) -> u8 {
    match root {
        "01" | "02" => 0,
        "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "09" | "10" | "11" | "12" | "13" | "16" => 3,
        _ => 4,
    }
}

/// Writes Phoenix rows.
pub(crate) struct Phoenix<'a, W> {
    out: W,
    codes: &'a Codes,
}

impl<'a, W: Write> Phoenix<'a, W> {
    pub fn new(out: W, codes: &'a Codes) -> Self {
        Phoenix { out, codes }
    }

    fn party(&self, actor: Option<&Actor>) -> [String; 4] {
        let Some(actor) = actor else { return Default::default() };
        let parts = actor_code::parts(actor, self.codes);
        let mut roles = parts.roles.into_iter();
        let role = roles.next().unwrap_or_default();
        let rest: Vec<String> = roles.collect();
        [actor_code::write(Some(actor), self.codes), parts.entity, role, rest.join(";")]
    }
}

impl<W: Write> Writer for Phoenix<'_, W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let date = fact(event)?;
        let code = base::full_cameo(event, self.codes);
        let root = code.get(..2).unwrap_or_default();
        let issues: Vec<String> =
            event.contexts.iter().map(|name| format!("{},1", name.to_uppercase())).collect();
        let place = event.place.as_ref();
        for (source, target) in pairs(event) {
            let mut cells = vec![
                format!("{}_v{}", event.id, base::version_number(&event.version)),
                date.strftime("%Y%m%d").to_string(),
                date.year().to_string(),
                date.month().to_string(),
                date.day().to_string(),
            ];
            cells.extend(self.party(source));
            cells.extend(self.party(target));
            cells.extend([
                code.clone(),
                root.to_owned(),
                penta_class(root).to_string(),
                base::text(event.goldstein),
                issues.join(";"),
                base::text(place.and_then(|place| place.lat)),
                base::text(place.and_then(|place| place.lon)),
                place.map(|place| place.name.clone()).unwrap_or_default(),
                base::text(place.and_then(|place| place.admin1.clone())),
                base::text(place.and_then(|place| place.country.clone())),
                event.report.id.replace(';', ","),
                event.report.url.as_deref().unwrap_or_default().replace(';', "%3B"),
                event.report.publisher.clone().unwrap_or_default(),
            ]);
            write_row(&mut self.out, &cells)?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
