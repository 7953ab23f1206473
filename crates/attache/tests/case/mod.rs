//! A case: how it is written and how it is held against what was coded.

use attache_code::record::{Actor, Event};
use jiff::civil::Date;

/// A short text and the events it must give.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub name: String,
    pub known_failure: bool,
    pub published: Option<Date>,
    pub text: String,
    pub expected: Vec<Expected>,
    /// True where events beyond the expected ones are allowed (`...`).
    pub open: bool,
}

/// One expected event; a field that is none is not checked.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    line: String,
    kind: String,
    mode: Option<String>,
    actor: Side,
    recipient: Side,
    status: Option<String>,
    date: Option<String>,
    trigger: Option<String>,
    more: Vec<(String, String)>,
}

/// What is expected of one role.
#[derive(Debug, Clone, Default)]
enum Side {
    #[default]
    Unchecked,
    Empty,
    Named(Vec<Party>),
}

#[derive(Debug, Clone)]
struct Party {
    country: Option<String>,
    sector: Option<String>,
    name: Option<String>,
}

/// Reads a file of cases.
pub fn parse(text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut part = 0;
    for (number, line) in text.lines().enumerate() {
        let at = |what: &str| format!("line {}: {what}", number + 1);
        if let Some(name) = line.strip_prefix("==== ") {
            let known_failure = name.starts_with('!');
            let name = name.trim_start_matches('!').trim().to_owned();
            cases.push(Case { name, known_failure, ..Case::default() });
            part = 0;
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if line == "----" {
            part += 1;
            continue;
        }
        match part {
            0 => {
                if let Some(date) = line.strip_prefix("published:") {
                    case.published = Some(date.trim().parse().map_err(|_| at("not a date"))?);
                }
            }
            1 => {
                case.text.push_str(line);
                case.text.push('\n');
            }
            2 => match line.trim() {
                "" | "none" => {}
                "..." => case.open = true,
                line => case.expected.push(expected(line).map_err(|what| at(&what))?),
            },
            _ => return Err(at("more than two `----` lines in a case")),
        }
    }
    match cases.iter().find(|case| case.text.trim().is_empty()) {
        Some(case) => Err(format!("case `{}` has no text", case.name)),
        None => Ok(cases),
    }
}

fn expected(line: &str) -> Result<Expected, String> {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [what, actor, recipient, status, date, trigger, more @ ..] = fields.as_slice() else {
        return Err(
            "an event has six fields: type mode | actors | recipients | status | date | trigger".into()
        );
    };
    let (kind, mode) = what.split_once(' ').unwrap_or((what, "-"));
    let checked = |field: &str| (field != "-").then(|| field.to_owned());
    let more = more
        .iter()
        .map(|pair| pair.split_once('=').ok_or_else(|| format!("`{pair}` is not key=value")))
        .map(|pair| pair.map(|(key, value)| (key.to_owned(), value.to_owned())))
        .collect::<Result<_, _>>()?;
    Ok(Expected {
        line: line.to_owned(),
        kind: kind.to_owned(),
        mode: checked(mode.trim()),
        actor: side(actor),
        recipient: side(recipient),
        status: checked(status),
        date: checked(date),
        trigger: checked(trigger),
        more,
    })
}

fn side(field: &str) -> Side {
    match field {
        "-" => Side::Unchecked,
        "none" => Side::Empty,
        list => Side::Named(list.split(',').map(party).collect()),
    }
}

/// `COL:GOV"Gustavo Petro"`, `COL`, `:REB`.
fn party(text: &str) -> Party {
    let (code, name) = match text.trim().split_once('"') {
        Some((code, name)) => (code, Some(name.trim_end_matches('"').to_owned())),
        None => (text.trim(), None),
    };
    let (country, sector) = match code.split_once(':') {
        Some((country, sector)) => (country, Some(sector.to_owned())),
        None => (code, None),
    };
    Party { country: (!country.is_empty()).then(|| country.to_owned()), sector, name }
}

/// Holds the events of a case against what it expects; the error is a difference a person can read.
pub fn check(case: &Case, events: &[Event]) -> Result<(), String> {
    let mut free: Vec<&Event> = events.iter().collect();
    let mut missing = Vec::new();
    for expected in &case.expected {
        match free.iter().position(|event| fits(expected, event)) {
            Some(index) => {
                free.remove(index);
            }
            None => missing.push(format!("  expected  {}", expected.line)),
        }
    }
    let extra: Vec<String> = free.iter().map(|event| format!("  got       {}", line(event))).collect();
    if missing.is_empty() && (extra.is_empty() || case.open) {
        return Ok(());
    }
    Err(format!("{}\n{}\n{}", case.text.trim(), missing.join("\n"), extra.join("\n")))
}

fn fits(expected: &Expected, event: &Event) -> bool {
    let equal = |wanted: &Option<String>, got: &str| wanted.as_ref().is_none_or(|wanted| wanted == got);
    let date = event.date.map_or_else(|| "none".to_owned(), |date| date.to_string());
    let trigger = words(event);
    expected.kind == event.kind.as_str()
        && expected.mode.as_ref().is_none_or(|mode| event.mode.contains(mode))
        && side_fits(&expected.actor, &event.actor)
        && side_fits(&expected.recipient, &event.recipient)
        && equal(&expected.status, &status(event))
        && equal(&expected.date, &date)
        && expected.trigger.as_ref().is_none_or(|words| trigger.eq_ignore_ascii_case(words))
        && expected.more.iter().all(|(key, value)| more_fits(key, value, event))
}

fn side_fits(side: &Side, actors: &[Actor]) -> bool {
    match side {
        Side::Unchecked => true,
        Side::Empty => actors.is_empty(),
        Side::Named(parties) => {
            parties.iter().all(|party| actors.iter().any(|actor| party_fits(party, actor)))
                && actors.iter().all(|actor| parties.iter().any(|party| party_fits(party, actor)))
        }
    }
}

fn party_fits(party: &Party, actor: &Actor) -> bool {
    party.country.as_ref().is_none_or(|country| actor.country.as_ref() == Some(country))
        && party
            .sector
            .as_ref()
            .is_none_or(|sector| actor.sector.iter().chain(&actor.sectors).any(|known| known == sector))
        && party.name.as_ref().is_none_or(|name| *name == actor.name)
}

fn more_fits(key: &str, value: &str, event: &Event) -> bool {
    match key {
        "contexts" => value.split(',').all(|context| event.contexts.iter().any(|known| known == context)),
        "place" => event
            .place
            .as_ref()
            .is_some_and(|place| place.name == value || place.city.as_deref() == Some(value)),
        "said" => side_fits(&side(value), &event.said_by),
        "mentions" => event.mentions.to_string() == value,
        "cameo" => event.cameo == value,
        _ => false,
    }
}

fn status(event: &Event) -> String {
    format!("{:?}", event.status).to_lowercase()
}

fn words(event: &Event) -> String {
    let (sentence, trigger) = (event.evidence.span, event.evidence.trigger);
    let (from, to) = (trigger.start - sentence.start, trigger.end - sentence.start);
    event.evidence.sentence.get(from..to).unwrap_or("").to_owned()
}

fn line(event: &Event) -> String {
    let side = |actors: &[Actor]| {
        let list: Vec<String> = actors
            .iter()
            .map(|a| {
                let country = a.country.as_deref().unwrap_or("");
                format!("{country}:{}\"{}\"", a.sector.as_deref().unwrap_or(""), a.name)
            })
            .collect();
        if list.is_empty() { "none".to_owned() } else { list.join(", ") }
    };
    let mode = event.mode.join(",");
    let date = event.date.map_or_else(|| "none".to_owned(), |date| date.to_string());
    let place = event.place.as_ref().map_or("-", |place| place.name.as_str());
    format!(
        "{} {mode} | {} | {} | {} | {date} | {} | place={place} | said={} | mentions={} | {}",
        event.kind.as_str(),
        side(&event.actor),
        side(&event.recipient),
        status(event),
        words(event),
        side(&event.said_by),
        event.mentions,
        event.why.join("; "),
    )
}
