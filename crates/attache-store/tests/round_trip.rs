//! Every writer's output read back is its input, up to what the format cannot hold. What that is stands in
//! `docs/formats.md` for people and in `held` here for the machine.

mod common;

use attache_code::record::{Actor, Evidence, Precision};
use attache_code::{Event, Status};
use attache_store::exchange::{Codes, Format};
use attache_text::Span;
use common::{codes, events, read_all, write};

const DYADIC: [Format; 5] =
    [Format::Icews, Format::Phoenix, Format::Gdelt1, Format::Gdelt2, Format::Petrarch];

#[test]
fn lossless_formats_lose_nothing() {
    let codes = codes();
    for format in [Format::Jsonl, Format::Csv] {
        let (bytes, left) = write(format, &events(), &codes);
        assert!(left.is_empty());
        assert_eq!(read_all(format, &bytes, &codes), events(), "{format:?}");
    }
}

#[test]
fn every_format_gives_back_what_it_holds() {
    let codes = codes();
    for format in DYADIC.into_iter().chain([Format::Polecat, Format::Plover]) {
        let (bytes, left) = write(format, &events(), &codes);
        assert_eq!(left, [4], "{format:?} leaves out what did not happen");
        let expected: Vec<Event> = events()
            .into_iter()
            .filter(|event| event.status != Status::Hypothetical)
            .map(|event| held(format, event, &codes))
            .collect();
        let seen = read_all(format, &bytes, &codes);
        assert_eq!(seen.len(), expected.len(), "{format:?}");
        for (seen, expected) in seen.iter().zip(&expected) {
            let mut seen = seen.clone();
            match format {
                Format::Petrarch => seen.id.clear(),
                Format::Icews => assert!(std::mem::take(&mut seen.report.id).parse::<u64>().is_ok()),
                _ => {}
            }
            let (seen, expected) = (json(&seen), json(expected));
            assert_eq!(seen, expected, "{format:?}");
        }
    }
}

#[test]
fn a_second_round_changes_nothing() {
    let codes = codes();
    for format in DYADIC.into_iter().chain([Format::Polecat, Format::Plover, Format::Jsonl, Format::Csv]) {
        let (first, _) = write(format, &events(), &codes);
        let (second, left) = write(format, &read_all(format, &first, &codes), &codes);
        assert!(left.is_empty(), "{format:?}");
        let (third, _) = write(format, &read_all(format, &second, &codes), &codes);
        assert_eq!(String::from_utf8(third), String::from_utf8(second), "{format:?}");
    }
}

fn json(event: &Event) -> String {
    serde_json::to_string_pretty(event).expect("the test has it")
}

/// What is left of an event after a format.
fn held(format: Format, mut event: Event, codes: &Codes) -> Event {
    let ontology = codes.ontology();
    let sentence = std::mem::take(&mut event.evidence.sentence);
    let span = event.evidence.span;
    event.evidence = Evidence { sentence: String::new(), span: Span::default(), trigger: Span::default() };
    event.status = Status::Actual;
    event.date_precision = event.date.map(|_| Precision::Day);
    event.date_raw = None;
    event.said_by.clear();
    event.why.clear();
    event.told.clear();
    event.confidence = 1.0;
    let magnitude = event.magnitude.take();
    let mentions = std::mem::replace(&mut event.mentions, 1);
    if let Some(place) = &mut event.place {
        place.span = Span::default();
    }
    let mode = event.mode.first().cloned();
    match format {
        Format::Polecat => {
            event.report.url = None;
            event.report.title = None;
            event.cameo = codes.cameo_of(event.kind, mode.as_deref()).to_owned();
            event.goldstein = ontology.goldstein(&event.cameo);
            let alone = (event.actor.len() < 2, event.recipient.len() < 2);
            each(&mut event, |actor| {
                actor.id = None;
                actor.span = Span::default();
            });
            for (side, alone) in [(&mut event.actor, alone.0), (&mut event.recipient, alone.1)] {
                if !alone {
                    side.iter_mut().for_each(|actor| actor.sectors.truncate(1));
                }
            }
        }
        Format::Plover => {
            event.report.published = None;
            event.cameo = codes.cameo_of(event.kind, mode.as_deref()).to_owned();
            event.goldstein = ontology.goldstein(&event.cameo);
            event.magnitude = magnitude.filter(|magnitude| magnitude.money.is_none());
            event.evidence.sentence = sentence;
            event.evidence.span = span;
            each(&mut event, |actor| actor.span = Span::default());
        }
        Format::Icews => {
            event.id = number(&event.id);
            // A number over it, which says nothing here.
            event.report.id.clear();
            event.version = "icews".into();
            event.contexts.clear();
            event.report.url = None;
            event.report.title = None;
            event.report.published = None;
            dyadic(&mut event, codes);
            each(&mut event, |actor| {
                if actor.country.as_deref().is_some_and(Codes::is_international) {
                    actor.country = None;
                }
            });
            if let Some(place) = &mut event.place {
                place.geonameid = None;
                place.text.clear();
            }
        }
        Format::Phoenix => {
            event.version = "0.1.0".into();
            event.report.title = None;
            event.report.published = None;
            dyadic(&mut event, codes);
            coded(&mut event);
            if let Some(place) = &mut event.place {
                place.geonameid = None;
                place.text.clear();
                place.city = None;
            }
        }
        Format::Petrarch => {
            event.version = "petrarch".into();
            event.report.title = None;
            event.report.published = None;
            event.place = None;
            // A hash over the row, which has no id of its own.
            event.id = String::new();
            event.evidence.sentence = sentence.replace('"', "'");
            let texts: Vec<String> =
                event.actor.iter().chain(&event.recipient).map(|a| a.text.clone()).collect();
            dyadic(&mut event, codes);
            for (actor, text) in event.actor.iter_mut().chain(&mut event.recipient).zip(texts) {
                actor.text = text;
            }
        }
        Format::Gdelt1 | Format::Gdelt2 => {
            event.id = number(&event.id);
            event.version = if format == Format::Gdelt1 { "gdelt 1.0" } else { "gdelt 2.0" }.into();
            event.contexts.clear();
            event.mentions = mentions;
            event.report.id = String::new();
            event.report.publisher = None;
            event.report.title = None;
            event.report.published = event.report.published.or(event.date);
            dyadic(&mut event, codes);
            each(&mut event, |actor| actor.name = actor.name.to_uppercase());
            if let Some(place) = &mut event.place {
                place.geonameid = None;
                place.text.clear();
            }
        }
        _ => {}
    }
    event
}

/// CAMEO formats hold no PLOVER mode or score of their own, no ids, offices or words of parties.
fn dyadic(event: &mut Event, codes: &Codes) {
    let (_, mode) = codes.plover_of(&event.cameo).expect("the test has it").expect("the test has it");
    event.mode = mode.map(str::to_owned).into_iter().collect();
    event.score = codes.ontology().score(event.kind, mode);
    each(event, |actor| {
        actor.id = None;
        actor.role = None;
        actor.text.clear();
        actor.span = Span::default();
    });
}

/// A party's code is its name.
fn coded(event: &mut Event) {
    each(event, |actor| {
        let name = match actor.name.as_str() {
            "Inés Márquez" => "PERGOV",
            "Ecuador" => "ECU",
            "gunmen" => "CODUAFREB",
            "deserters" => "CODMIL",
            "villagers" => "CODCVL",
            "police" => "CODCOP",
            "Fiji" => "FJI",
            "Tonga" => "TON",
            "United Nations" => "IGOUNO",
            "Kosovo" => "KSV",
            "students" => "CHLEDUCVL",
            other => panic!("{other}"),
        };
        name.clone_into(&mut actor.name);
    });
}

fn each(event: &mut Event, change: impl Fn(&mut Actor)) {
    event.actor.iter_mut().chain(&mut event.recipient).for_each(change);
}

fn number(id: &str) -> String {
    u64::from_str_radix(&id[..13], 16).expect("the test has it").to_string()
}
