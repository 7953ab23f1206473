//! `attache who`: what the registry knows of a name or an office.

use crate::args::{Who, WhoFormat};
use crate::digest::clean;
use crate::{Outcome, dictionaries, talk};
use attache_code::entity::{Entity, Known, Registry, Term};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Answers one question; a name nobody has is a failed input.
pub fn run(args: &Who, quiet: bool) -> Outcome {
    let name = args.name.join(" ");
    let registry = dictionaries::registry(&args.dictionaries, quiet)?;
    let known = registry.who(&name, args.on);
    if known.is_empty() {
        talk::complain(&unknown(&registry, &name, args.on));
        return Ok(1);
    }
    let mut told = String::new();
    for (index, one) in known.iter().enumerate() {
        match args.to {
            WhoFormat::Json => told += &format!("{}\n", json(one)),
            WhoFormat::Text => {
                told.push_str(if index == 0 { "" } else { "\n" });
                told += &text(one, args.on);
            }
        }
    }
    let mut out = io::stdout().lock();
    out.write_all(told.as_bytes())?;
    out.flush()?;
    Ok(0)
}

/// What is not known; of an office with the terms before and after the day asked for.
fn unknown(registry: &Registry, name: &str, on: Option<Date>) -> String {
    let Some(day) = on else { return format!("the registry knows nothing of “{name}”") };
    let Some(office) = registry.office_asked(name) else {
        return format!("the registry knows nothing of “{name}” on {day}");
    };
    let holders = registry.who(name, None);
    let terms = || {
        holders.iter().flat_map(|known| {
            let held = known.terms.iter().filter(|term| office.is_of(term));
            held.map(move |term| (known.entity.name.as_str(), term))
        })
    };
    let before = terms().filter(|(_, term)| term.is_over(day)).max_by_key(|(_, term)| term.end);
    let after = terms().filter(|(_, term)| term.start > Some(day)).min_by_key(|(_, term)| term.start);
    let mut told =
        format!("the registry does not know who was {} of {} on {day}", office.role, office.country);
    for (word, found) in [("before", before), ("after", after)] {
        if let Some((name, term)) = found {
            let _ = write!(
                told,
                "; {word} it knows {name}, {} to {}",
                self::day(term.start),
                self::day(term.end)
            );
        }
    }
    told
}

/// Name, id and code; then a row for each term, or the row's origin where there are none. A `*` marks
/// the terms that hold on the day asked for.
fn text(known: &Known, on: Option<Date>) -> String {
    let entity = &known.entity;
    let mut told = format!("{} ({}", clean(&entity.name), known.kind);
    for part in [entity.id.as_deref(), code(entity).as_deref(), entity.role.as_deref()].into_iter().flatten()
    {
        let _ = write!(told, ", {}", clean(part));
    }
    told.push_str(")\n");
    if known.terms.is_empty() {
        let _ = writeln!(told, "    from {}", origin(&known.grade, &known.source));
    }
    for term in &known.terms {
        let mark = if on.is_some_and(|on| term.covers(on)) { '*' } else { ' ' };
        let _ = writeln!(
            told,
            "  {mark} {:<24} {:<4} {:<14} {:>10} to {:<10}  {}",
            term.office,
            term.country.as_deref().unwrap_or(""),
            term.sectors.join(","),
            day(term.start),
            day(term.end),
            origin(&term.grade, &term.source)
        );
    }
    told
}

fn code(entity: &Entity) -> Option<String> {
    match (&entity.country, entity.sectors.is_empty()) {
        (Some(country), true) => Some(country.clone()),
        (Some(country), false) => Some(format!("{country}:{}", entity.sectors.join(","))),
        (None, true) => None,
        (None, false) => Some(format!(":{}", entity.sectors.join(","))),
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or("?".into(), |day| day.to_string())
}

fn origin(grade: &str, source: &str) -> String {
    match (grade.is_empty(), source.is_empty()) {
        (false, false) if grade != source => format!("{grade}: {source}"),
        (false, _) => grade.to_owned(),
        (true, false) => source.to_owned(),
        (true, true) => "a row without a source".to_owned(),
    }
}

/// The same as JSON, fields without a value left out.
fn json(known: &Known) -> Value {
    let entity = &known.entity;
    let row = json!({
        "name": entity.name,
        "kind": known.kind,
        "id": entity.id,
        "country": entity.country,
        "sector": entity.sector,
        "sectors": entity.sectors,
        "role": entity.role,
        "terms": known.terms.iter().map(term_json).collect::<Vec<_>>(),
        "grade": known.grade,
        "source": known.source,
    });
    without_empty(row)
}

fn term_json(term: &Term) -> Value {
    without_empty(json!({
        "office": term.office,
        "country": term.country,
        "sectors": term.sectors,
        "start": term.start,
        "end": term.end,
        "grade": term.grade,
        "source": term.source,
    }))
}

fn without_empty(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let is_said = |value: &Value| match value {
        Value::Null => false,
        Value::String(words) => !words.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    Value::Object(fields.into_iter().filter(|(_, value)| is_said(value)).collect::<Map<_, _>>())
}
