//! The report this project began with, held against what it must give.
//!
//! Its text is not ours to commit: the test reads it, and the expectation, from `../shared/seed` beside the
//! project and says so where that folder is not there. Nothing here names its events; all of them come
//! from the expectation.

use attache_code::record::{Actor, Event};
use attache_code::{Coded, Coder};
use attache_read::Options;
use attache_text::{BlockKind, Report};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Events beyond the expected ones that are allowed.
const FURTHER: usize = 2;

fn seed() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seed");
    if folder.join("expected.json").is_file() {
        return Some(folder);
    }
    eprintln!("skipped: no folder shared/seed beside the project");
    None
}

fn coded(folder: &Path, expected: &Value) -> (Report, Coded) {
    let file = folder.join(expected["report"]["file"].as_str().expect("the expectation names its file"));
    let bytes = std::fs::read(&file).expect("the seed is there");
    let report = attache_read::read_bytes(&bytes, "seed", &Options::default()).expect("the seed is read");
    let coder: Coder = attache::data::coder().expect("the built-in data loads");
    let coded = coder.code(&report).expect("the seed is English");
    (report, coded)
}

fn expectation(folder: &Path) -> Value {
    let text = std::fs::read_to_string(folder.join("expected.json")).expect("the expectation is there");
    serde_json::from_str(&text).expect("the expectation is JSON")
}

#[test]
fn the_seed_is_read_as_expected() {
    let Some(folder) = seed() else { return };
    let expected = expectation(&folder);
    let wanted = &expected["report"];
    let (report, _) = coded(&folder, &expected);
    assert_eq!(report.title.as_deref(), wanted["title"].as_str());
    assert_eq!(report.byline.as_deref(), wanted["byline"].as_str());
    let published = report.published.as_ref().expect("the seed has a date");
    assert_eq!(published.date.to_string(), wanted["published"]["date"].as_str().unwrap_or_default());
    assert_eq!(Some(published.ambiguous), wanted["published"]["ambiguous_day_month"].as_bool());
    assert!(!report.notes.is_empty(), "an ambiguous date leaves a note");
    let of_kind = |kind: BlockKind| -> Vec<&str> {
        report.blocks.iter().filter(|b| b.kind == kind).map(|b| b.span.of(&report.text)).collect()
    };
    for heading in strings(&wanted["headings"]) {
        assert!(of_kind(BlockKind::Heading).contains(&heading.as_str()), "heading: {heading}");
    }
    for caption in wanted["captions"].as_array().into_iter().flatten() {
        let credit = caption["credit"].as_str().unwrap_or_default();
        let found = of_kind(BlockKind::Credit).iter().filter(|words| words.contains(credit)).count();
        assert_eq!(found as u64, caption["count"].as_u64().unwrap_or_default(), "credit: {credit}");
    }
}

#[test]
fn the_seed_gives_its_events_and_little_else() {
    let Some(folder) = seed() else { return };
    let expected = expectation(&folder);
    let (_, coded) = coded(&folder, &expected);
    let listing = || coded.events.iter().map(line).collect::<Vec<_>>().join("\n");
    let mut free: Vec<&Event> = coded.events.iter().collect();
    let mut missing = Vec::new();
    for wanted in expected["events"].as_array().into_iter().flatten() {
        match free.iter().position(|event| misfit(wanted, event).is_none()) {
            Some(index) => {
                free.remove(index);
            }
            None => {
                let near: Vec<String> =
                    coded.events.iter().filter_map(|event| misfit(wanted, event)).collect();
                missing.push(format!("{}: {near:?}", wanted["id"]));
            }
        }
    }
    assert!(missing.is_empty(), "missing {missing:#?}\ngot\n{}", listing());
    assert!(free.len() <= FURTHER, "{} further events\n{}", free.len(), listing());
    for words in strings(&expected["must_not_code"]) {
        let coded_from = coded.events.iter().find(|event| event.evidence.sentence.contains(&words));
        assert!(coded_from.is_none(), "coded from words that tell no event: {words}\n{}", listing());
    }
}

#[test]
fn the_seeds_people_are_known() {
    let Some(folder) = seed() else { return };
    let expected = expectation(&folder);
    let (_, coded) = coded(&folder, &expected);
    let entities: Vec<_> = coded.resolution.mentions.iter().flat_map(|mention| &mention.entities).collect();
    for person in expected["people"].as_array().into_iter().flatten() {
        let name = person["name"].as_str().unwrap_or_default();
        let surname = plain(name.split(' ').next_back().unwrap_or(name));
        let found: Vec<_> = entities.iter().filter(|entity| plain(&entity.name).contains(&surname)).collect();
        if person.get("is").is_some() {
            assert!(found.is_empty(), "{name} is {}", person["is"]);
            continue;
        }
        let fits = |entity: &&&attache_code::entity::Entity| {
            entity.country.as_deref() == person["country"].as_str()
                && entity.sector.as_deref() == person["sector"].as_str()
        };
        assert!(found.iter().any(fits), "{name}: {found:?}");
        assert!(found.iter().all(fits), "{name} is not always the same: {found:?}");
    }
}

/// Why an event is not the wanted one; none where it is.
fn misfit(wanted: &Value, event: &Event) -> Option<String> {
    let text = |key: &str| wanted[key].as_str();
    if text("type") != Some(event.kind.as_str()) {
        return Some(format!("type {}", event.kind.as_str()));
    }
    if text("mode").is_some_and(|mode| !event.mode.iter().any(|known| known == mode)) {
        return Some(format!("mode {:?}", event.mode));
    }
    let status = serde_json::to_value(event.status).unwrap_or_default();
    if text("status").is_some() && wanted["status"] != status {
        return Some(format!("status {status}"));
    }
    let both: Vec<Actor> = event.actor.iter().chain(&event.recipient).cloned().collect();
    for (key, actors) in
        [("actor", &event.actor), ("recipient", &event.recipient), ("actor_or_recipient", &both)]
    {
        for party in wanted[key].as_array().into_iter().flatten() {
            if !actors.iter().any(|actor| is_party(party, actor)) {
                return Some(format!("{key} {actors:?}"));
            }
        }
    }
    let date = event.date.map(|date| date.to_string()).unwrap_or_default();
    if text("date").is_some_and(|wanted| wanted != date) {
        return Some(format!("date {date}"));
    }
    let within = strings(&wanted["date_within"]);
    let outside = matches!(within.as_slice(), [from, to] if date < *from || date > *to);
    if outside {
        return Some(format!("date {date}"));
    }
    if text("date_raw").is_some_and(|raw| event.date_raw.as_deref() != Some(raw)) {
        return Some(format!("date_raw {:?}", event.date_raw));
    }
    if text("evidence_contains").is_some_and(|words| !event.evidence.sentence.contains(words)) {
        return Some("other words".to_owned());
    }
    let place = &wanted["place"];
    if let Some(name) = place["name"].as_str() {
        let found = event.place.as_ref();
        let same = found.is_some_and(|found| {
            found.name == name
                && found.city.as_deref() == place["city"].as_str()
                && found.country.as_deref() == place["country"].as_str()
                && found.lat == place["lat"].as_f64()
                && found.lon == place["lon"].as_f64()
        });
        if !same {
            return Some(format!("place {found:?}"));
        }
    }
    let told = |context: &String| event.contexts.contains(context);
    if !strings(&wanted["contexts_all_of"]).iter().all(told) {
        return Some(format!("contexts {:?}", event.contexts));
    }
    let any = strings(&wanted["contexts_any_of"]);
    if !any.is_empty() && !any.iter().any(told) {
        return Some(format!("contexts {:?}", event.contexts));
    }
    if wanted["mentions_at_least"].as_u64().is_some_and(|least| (event.mentions as u64) < least) {
        return Some(format!("mentions {}", event.mentions));
    }
    None
}

fn is_party(wanted: &Value, actor: &Actor) -> bool {
    wanted["country"].as_str().is_none_or(|country| actor.country.as_deref() == Some(country))
        && wanted["sector"].as_str().is_none_or(|sector| actor.sector.as_deref() == Some(sector))
        && wanted["name"].as_str().is_none_or(|name| plain(&actor.name) == plain(name))
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

/// A name without accents, lower case.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'à' | 'â' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'í' => 'i',
            'ó' | 'ô' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}

fn line(event: &Event) -> String {
    let names = |actors: &[Actor]| {
        actors
            .iter()
            .map(|a| format!("{}({:?}:{:?})", a.name, a.country, a.sector))
            .collect::<Vec<_>>()
            .join(", ")
    };
    format!(
        "{} {:?} | {} | {} | {:?} | {:?} | x{} | {} | {}",
        event.kind.as_str(),
        event.mode,
        names(&event.actor),
        names(&event.recipient),
        event.status,
        event.date,
        event.mentions,
        event.why.join("; "),
        event.evidence.sentence.chars().take(90).collect::<String>()
    )
}
