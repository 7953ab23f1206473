//! From an archive to a brief: which events, coverage and texts a question needs.

mod pin;

pub use pin::Later;

use crate::brief::Brief;
use crate::input::Archived;
use crate::side::{Side, Sides};
use crate::tell::{Material, Question, Text, tell};
use attache_store::query::{self, Filter};
use attache_store::{Archive, StoreError};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// So many of the latest reports of a relation are read for amounts of money.
const TEXTS: usize = 200;
/// So many bytes of each of them.
const TEXT_BYTES: usize = 20_000;

/// Tells a relation from an archive.
///
/// # Errors
/// Where the archive cannot be read.
pub fn ask(archive: &Archive, sides: &Sides, question: &Question) -> Result<Brief, StoreError> {
    let now = state(archive)?;
    let pin = question.pin.filter(|pin| *pin < now);
    let mut events = events(archive, &question.a, question.b.as_ref(), question.to)?;
    let mut coverage = coverage(archive, &question.a, question.b.as_ref(), question.to)?;
    if let Some(pin) = pin {
        let later = Later::than(archive, pin)?;
        events = later.leave_out(archive, events)?;
        let mut days: BTreeMap<Date, u64> = coverage.into_iter().collect();
        let sides: Vec<&Side> = std::iter::once(&question.a).chain(&question.b).collect();
        later.uncover(&mut days, &sides);
        coverage = days.into_iter().collect();
    }
    let stored = texts(archive, &events, question)?;
    let texts: Vec<Text<'_>> =
        stored.iter().map(|(report, published, text)| Text { report, published: *published, text }).collect();
    let names: BTreeMap<String, String> =
        sides.countries().map(|(code, name)| (code.to_owned(), name.en.clone())).collect();
    let state = pin.unwrap_or(now).to_string();
    Ok(tell(
        question,
        &Material { events: &events, coverage: &coverage, texts: &texts, names: &names, archive: &state },
    ))
}

/// Which state an archive is in: the number of the latest coding it holds. Whatever is kept or coded anew
/// raises it.
///
/// # Errors
/// Where the archive cannot be read.
pub fn state(archive: &Archive) -> Result<i64, StoreError> {
    let latest = archive
        .connection()
        .prepare_cached("SELECT coalesce(max(id), 0) FROM codings")?
        .query_row([], |row| row.get(0))?;
    Ok(latest)
}

/// All events between the sides, or of the one side, up to a day; each once, by id.
///
/// # Errors
/// Where the archive cannot be read.
pub fn events(
    archive: &Archive,
    a: &Side,
    b: Option<&Side>,
    to: Option<Date>,
) -> Result<Vec<Archived>, StoreError> {
    let (ours, theirs) = (parts(a), b.map(parts));
    let mut found: BTreeMap<String, Archived> = BTreeMap::new();
    let mut add = |filter: Filter| -> Result<(), StoreError> {
        for one in query::events(archive, &Filter { to, ..filter })? {
            found.insert(one.event.id.clone(), one);
        }
        Ok(())
    };
    for our in ours {
        match &theirs {
            None => add(Filter { involving: Some(our.clone()), ..Filter::default() })?,
            Some(theirs) => {
                for their in theirs {
                    add(Filter { between: Some((our.clone(), their.clone())), ..Filter::default() })?;
                }
            }
        }
    }
    Ok(found.into_values().collect())
}

/// Reports about the sides by day, each country or name of theirs counted for itself.
///
/// # Errors
/// Where the archive cannot be read.
pub fn coverage(
    archive: &Archive,
    a: &Side,
    b: Option<&Side>,
    to: Option<Date>,
) -> Result<Vec<(Date, u64)>, StoreError> {
    let mut days: BTreeMap<Date, u64> = BTreeMap::new();
    let first = Date::constant(1, 1, 1);
    for part in parts(a).into_iter().chain(b.map(parts).unwrap_or_default()) {
        for (day, reports) in query::coverage(archive, &part, first, to.unwrap_or(Date::MAX))? {
            *days.entry(day).or_default() += reports;
        }
    }
    Ok(days.into_iter().collect())
}

/// A side as the archive can look for it: its countries, each with the sector, and its names.
fn parts(side: &Side) -> Vec<query::Side> {
    let country = |code: &String| query::Side::Country { code: code.clone(), sector: side.sector.clone() };
    let ids = side.ids.iter().map(|id| query::Side::Named(id.clone()));
    // A name is looked for as it is written; the folded one only tells whether an actor is meant.
    let name = side.countries.is_empty() && side.ids.is_empty();
    let names = name.then(|| query::Side::Named(side.name.clone()));
    side.countries.iter().map(country).chain(ids).chain(names).collect()
}

type StoredText = (String, Option<Date>, String);

/// The texts of the latest reports that tell the events of the period.
fn texts(archive: &Archive, events: &[Archived], question: &Question) -> Result<Vec<StoredText>, StoreError> {
    let mut reports: BTreeSet<(Option<Date>, &str)> = BTreeSet::new();
    for one in events
        .iter()
        .filter(|one| crate::relation::direction(&one.event, &question.a, question.b.as_ref()).is_some())
    {
        reports.extend(one.mentions.iter().map(|mention| (mention.published, mention.report.as_str())));
    }
    let in_period = |day: &Option<Date>| match day {
        Some(day) => question.from.is_none_or(|from| from <= *day) && question.to.is_none_or(|to| *day <= to),
        None => question.from.is_none(),
    };
    let mut texts = Vec::new();
    for (_, id) in reports.iter().rev().filter(|(day, _)| in_period(day)).take(TEXTS) {
        let Some(report) = query::report(archive, id)? else { continue };
        let Some(mut text) = report.text else { continue };
        let mut end = text.len().min(TEXT_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        texts.push((report.id, report.published, text));
    }
    Ok(texts)
}
