//! The card of one event: what, who to whom, when and where, about what, and the words that say so.

use super::ink::{Ink, Line, Run, Tone};
use super::wrap::wrap;
use super::{clean, evidence};
use attache_code::record::{Actor, Magnitude, Place, Precision};
use attache_code::{Event, Quad, Status};

/// The card as lines of at most `width` columns.
pub fn lines(number: usize, event: &Event, ink: Ink, width: usize) -> Vec<Line> {
    let mut lines = wrap(&what(event), width, &format!("{number:>2}. "), "      ");
    let mut row = |runs: &[Run]| lines.extend(wrap(runs, width, "    ", "      "));
    row(&who(event));
    row(&when_and_where(event));
    if !event.contexts.is_empty() {
        row(&[Run::new(format!("about {}", words(&event.contexts)), Tone::Plain)]);
    }
    if let Some(size) = event.magnitude.as_ref().map(magnitude).filter(|told| !told.is_empty()) {
        row(&[Run::new(size, Tone::Plain)]);
    }
    if !event.said_by.is_empty() {
        let sayers: Vec<_> = event.said_by.iter().map(name).collect();
        row(&[Run::new(format!("according to {}", sayers.join(", ")), Tone::Plain)]);
    }
    lines.extend(wrap(&evidence::runs(event, ink), width, "    | ", "    | "));
    lines.extend(wrap(&[Run::new(standing(event), Tone::Faint)], width, "    ", "      "));
    lines
}

/// Type, mode, quad class with its score, and the status where it is not `actual`.
fn what(event: &Event) -> Vec<Run> {
    let (class, tone) = match event.quad {
        Quad::VerbalCooperation => ("verbal cooperation", Tone::Warm),
        Quad::MaterialCooperation => ("material cooperation", Tone::Warm),
        Quad::VerbalConflict => ("verbal conflict", Tone::Cold),
        Quad::MaterialConflict => ("material conflict", Tone::Cold),
    };
    let mut runs = vec![Run::new(event.kind.as_str(), Tone::Strong)];
    if !event.mode.is_empty() {
        runs.push(Run::new(format!(" {}", words(&event.mode)), Tone::Strong));
    }
    runs.push(Run::new(" · ", Tone::Plain));
    runs.push(Run::new(format!("{class} {:+.1}", event.score), tone));
    if event.status != Status::Actual {
        runs.push(Run::new(format!(" · {}", event.status.as_str()), Tone::Plain));
    }
    runs
}

fn who(event: &Event) -> Vec<Run> {
    let mut runs = side(&event.actor, Tone::Actor, "nobody named");
    if !event.recipient.is_empty() {
        runs.push(Run::new(" → ", Tone::Plain));
        runs.extend(side(&event.recipient, Tone::Recipient, ""));
    }
    runs
}

fn side(actors: &[Actor], tone: Tone, nobody: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for actor in actors {
        if !runs.is_empty() {
            runs.push(Run::new(", ", Tone::Plain));
        }
        runs.push(Run::new(name(actor), tone));
        if let Some(place) = standing_of(actor) {
            runs.push(Run::new(format!(" ({place})"), Tone::Plain));
        }
    }
    if runs.is_empty() {
        runs.push(Run::new(nobody, Tone::Faint));
    }
    runs
}

fn name(actor: &Actor) -> String {
    clean(&actor.name).into_owned()
}

/// Country, sector and role of an actor, as far as known: `COL:GOV, president`.
fn standing_of(actor: &Actor) -> Option<String> {
    let code = match (&actor.country, &actor.sector) {
        (Some(country), Some(sector)) => Some(format!("{country}:{sector}")),
        (Some(country), None) => Some(country.clone()),
        (None, Some(sector)) => Some(format!(":{sector}")),
        (None, None) => None,
    };
    let role = actor.role.clone().filter(|role| *role != actor.name);
    let parts: Vec<String> = code.into_iter().chain(role).collect();
    (!parts.is_empty()).then(|| clean(&parts.join(", ")).into_owned())
}

fn when_and_where(event: &Event) -> Vec<Run> {
    let mut told = Vec::new();
    if let Some(date) = event.date {
        let mut when = match event.date_precision {
            Some(Precision::Week) => format!("week of {date}"),
            Some(Precision::Month) => date.strftime("%Y-%m").to_string(),
            Some(Precision::Year) => date.strftime("%Y").to_string(),
            Some(Precision::Day) | None => date.to_string(),
        };
        if let Some(raw) = &event.date_raw {
            when.push_str(&format!(" (“{}”)", clean(raw)));
        }
        told.push(when);
    }
    told.extend(event.place.as_ref().map(place));
    vec![Run::new(told.join(" · "), Tone::Plain)]
}

/// From the finest name to the country, each once.
fn place(place: &Place) -> String {
    let mut names = vec![clean(&place.name)];
    for name in [&place.city, &place.admin1, &place.country].into_iter().flatten() {
        if names.last().is_some_and(|last| last != name) {
            names.push(clean(name));
        }
    }
    names.join(", ")
}

fn magnitude(magnitude: &Magnitude) -> String {
    let counts = [
        (magnitude.dead, "dead"),
        (magnitude.injured, "injured"),
        (magnitude.arrested, "arrested"),
        (magnitude.size, "taking part"),
    ];
    let mut told: Vec<String> =
        counts.iter().filter_map(|(count, of)| Some(format!("{} {of}", (*count)?))).collect();
    told.extend(magnitude.money.as_ref().map(|money| format!("{} {}", clean(&money.unit), money.value)));
    told.join(", ")
}

/// How often it is told, how sure it is, its CAMEO code and its id.
fn standing(event: &Event) -> String {
    let times = match event.mentions {
        0 | 1 => "told once".to_owned(),
        times => format!("told {times} times"),
    };
    let id: String = clean(&event.id).chars().take(12).collect();
    format!("{times} · confidence {:.2} · CAMEO {} · {id}", event.confidence, clean(&event.cameo))
}

/// Names of the ontology as words: `illegal_drugs` as "illegal drugs".
fn words(names: &[String]) -> String {
    clean(&names.join(", ")).replace('_', " ")
}
