//! The program's own answers to gold rows, in the form of a file of predictions.
//!
//! Here, and nowhere else, byte spans become character offsets and event records become the pairs of
//! source and target that published sets have.

use super::rows::{self, Predictions, at, items};
use anyhow::bail;
use attache_code::record::{Actor, Event, Place, Precision};
use attache_code::{Relation, Status};
use attache_text::{Sentence, Span};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A bare text to be coded.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The row's id.
    pub id: &'a str,
    /// The text; spans of the answer are byte spans of it.
    pub text: &'a str,
    /// When it was published, where the gold says.
    pub date: Option<Date>,
    /// ISO 639-1 code, where the gold says.
    pub language: Option<&'a str>,
}

/// From a text and the byte spans of its actor and its recipient to what joins them.
pub type Relate<'a> = dyn Fn(&str, &[Span], &[Span]) -> Relation + Sync + 'a;

/// What the program can be asked. Plain functions, so that evaluation knows nothing of how it codes.
pub struct Answerer<'a> {
    /// The events of a text; an error where it cannot be coded.
    pub extract: &'a (dyn Fn(&Question<'_>) -> Result<Vec<Event>, String> + Sync),
    /// The relation of two marked actors of a text; either list may be empty.
    pub relate: &'a Relate<'a>,
    /// The place names of a text; an error where it cannot be coded.
    pub locate: &'a (dyn Fn(&Question<'_>) -> Result<Vec<Place>, String> + Sync),
    /// The English name of a country by its code.
    pub country: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// Fills in lemmas, tags, features and arcs of a sentence whose tokens are there.
    pub analyse: &'a (dyn Fn(&str, &mut Sentence) + Sync),
}

/// The answers to all rows.
pub struct Answered {
    /// By row id.
    pub predictions: Predictions,
    /// Rows the program refused to code (their language, most often); they count as nothing found.
    pub refused: usize,
}

/// Answers each gold row, `unmarked` relations from the bare text.
///
/// # Errors
/// For a task the program has no answer to; such a gold file needs predictions.
pub fn answer(
    task: &str,
    gold: &[Value],
    unmarked: bool,
    answerer: &Answerer<'_>,
) -> anyhow::Result<Answered> {
    let labels: Vec<String> = gold.iter().map(|row| rows::word(at(at(row, "gold"), "label"))).collect();
    let by_quad = labels.iter().all(|label| label.len() == 1 && label.bytes().all(|b| b.is_ascii_digit()));
    let of_row = |row: &Value| -> Result<Value, String> {
        match task {
            "relation" if !unmarked => Ok(relation(row, answerer)),
            "relation" | "events" => Ok(events(row, &coded(row, answerer)?)),
            "class" => Ok(class(&coded(row, answerer)?, by_quad)),
            "ner" => Ok(sides(row, &coded(row, answerer)?)),
            "muc" => Ok(incidents(&coded(row, answerer)?, answerer)),
            _ => toponyms(row, answerer),
        }
    };
    let roles = |row: &Value| rows::strings(at(at(row, "gold"), "tags")).iter().all(|tag| is_role(tag));
    let answered = match task {
        "ner" => gold.iter().all(roles),
        task => matches!(task, "relation" | "events" | "class" | "muc" | "toponyms"),
    };
    if !answered {
        bail!("attache has no answers of its own to this {task} set; give --predictions FILE");
    }
    let answers: Vec<(String, Result<Value, String>)> =
        gold.par_iter().map(|row| (rows::id(row), of_row(row))).collect();
    let refused = answers.iter().filter(|(_, answer)| answer.is_err()).count();
    let predictions = answers.into_iter().filter_map(|(id, answer)| Some((id, answer.ok()?))).collect();
    Ok(Answered { predictions, refused })
}

/// True for tags of source, target and reciprocal spans: the only ones events answer.
fn is_role(tag: &str) -> bool {
    tag.split_once('-').is_none_or(|(_, label)| matches!(label, "S" | "T" | "R"))
}

fn question<'a>(row: &'a Value, id: &'a str) -> Question<'a> {
    Question {
        id,
        text: rows::text(at(row, "text")),
        date: date(rows::text(at(at(row, "meta"), "date"))),
        language: at(row, "lang").as_str(),
    }
}

/// "19940611" or "1994-06-11".
fn date(written: &str) -> Option<Date> {
    let plain = written.len() == 8 && written.bytes().all(|b| b.is_ascii_digit());
    let dashed = || format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..]);
    if plain { dashed().parse().ok() } else { written.parse().ok() }
}

/// The events of a row that say something is, was or will be so: negated and hypothetical ones are left
/// out, for the sets annotate none.
fn coded(row: &Value, answerer: &Answerer<'_>) -> Result<Vec<Event>, String> {
    let mut events = (answerer.extract)(&question(row, &rows::id(row)))?;
    events.retain(|event| !matches!(event.status, Status::Negated | Status::Hypothetical));
    Ok(events)
}

fn relation(row: &Value, answerer: &Answerer<'_>) -> Value {
    let text = rows::text(at(row, "text"));
    let bytes = byte_offsets(text);
    let spans = |role: &str| -> Vec<Span> {
        let byte = |at: i64| usize::try_from(at).ok().and_then(|at| bytes.get(at)).copied();
        rows::pairs(at(at(at(row, "gold"), role), "spans"))
            .into_iter()
            .filter_map(|(start, end)| Some(Span::new(byte(start)?, byte(end)?)))
            .collect()
    };
    // The root carries the quad class as these sets see it: YIELD is one of them, in class 2.
    let found = (answerer.relate)(text, &spans("source"), &spans("target"));
    json!({"root": found.kind.as_str(), "probabilities": found.probabilities})
}

/// Events as rows of one source and one target each. Where the gold lists all actors of an event
/// together, so does the prediction.
fn events(row: &Value, events: &[Event]) -> Value {
    let chars = char_offsets(rows::text(at(row, "text")));
    let together = items(at(at(row, "gold"), "events")).iter().any(|event| event.get("sources").is_some());
    let mut out = Vec::new();
    for event in events {
        let groups = |actors: &[Actor]| -> Vec<Vec<Actor>> {
            match actors {
                [] => vec![Vec::new()],
                actors if together => vec![actors.to_vec()],
                actors => actors.iter().map(|actor| vec![actor.clone()]).collect(),
            }
        };
        for source in groups(&event.actor) {
            for target in groups(&event.recipient) {
                let mut pair = Map::new();
                pair.insert("event".into(), json!(event.kind.as_str()));
                pair.insert(
                    "trigger_text".into(),
                    json!(event.evidence.trigger.of(rows::text(at(row, "text")))),
                );
                pair.insert("trigger_spans".into(), json!([chars.pair(event.evidence.trigger)]));
                add_side(&mut pair, "source", &source, &chars);
                add_side(&mut pair, "target", &target, &chars);
                out.push(Value::Object(pair));
            }
        }
    }
    let places: Vec<Value> = events
        .iter()
        .filter_map(|event| event.place.as_ref())
        .map(|place| json!({"text": place.text}))
        .collect();
    json!({"events": out, "locations": places})
}

fn add_side(pair: &mut Map<String, Value>, role: &str, actors: &[Actor], chars: &CharOffsets) {
    let Some(first) = actors.first() else { return };
    pair.insert(format!("{role}_text"), json!(first.text));
    pair.insert(format!("{role}_code"), json!(code(first)));
    let spans: Vec<[usize; 2]> = actors.iter().map(|actor| chars.pair(actor.span)).collect();
    pair.insert(format!("{role}_spans"), json!(spans));
}

/// Country and sector in the manner of CAMEO: "USAGOV", "---REB".
fn code(actor: &Actor) -> String {
    let country = actor.country.as_deref().unwrap_or("---");
    format!("{country}{}", actor.sector.as_deref().unwrap_or(""))
}

/// The first event's type, or its quad class where the labels are digits; "NONE" or "0" without one.
fn class(events: &[Event], by_quad: bool) -> Value {
    let label = match events.first() {
        Some(event) if by_quad => u8::from(event.quad).to_string(),
        Some(event) => event.kind.as_str().to_owned(),
        None if by_quad => "0".to_owned(),
        None => "NONE".to_owned(),
    };
    json!({"label": label})
}

/// CAMEO codes of what two do with each other, and not one to the other: meet, host, negotiate.
const MUTUAL: [&str; 4] = ["036", "040", "043", "046"];

/// Actors as spans labelled S, recipients as T; both as R where they act with each other, in one span where
/// they are one subject ("Chad and Mali agreed").
fn sides(row: &Value, events: &[Event]) -> Value {
    let chars = char_offsets(rows::text(at(row, "text")));
    let labelled = |span: Span, label: &str| {
        let [start, end] = chars.pair(span);
        json!({"start": start, "end": end, "label": label})
    };
    let mut spans: Vec<Value> = Vec::new();
    for event in events {
        let both = || event.actor.iter().chain(&event.recipient).map(|side| side.span);
        let two = !event.actor.is_empty() && !event.recipient.is_empty();
        let subject = both().all(|span| span.end <= event.evidence.trigger.start);
        match both().reduce(Span::join).filter(|_| two && subject) {
            Some(whole) => spans.push(labelled(whole, "R")),
            None if two && MUTUAL.contains(&event.cameo.as_str()) => {
                spans.extend(both().map(|span| labelled(span, "R")));
            }
            None => {
                spans.extend(event.actor.iter().map(|side| labelled(side.span, "S")));
                spans.extend(event.recipient.iter().map(|side| labelled(side.span, "T")));
            }
        }
    }
    json!({"spans": spans})
}

/// Where and on which days there was violence: the slots of MUC-4 templates that events answer.
fn incidents(events: &[Event], answerer: &Answerer<'_>) -> Value {
    let violent = || events.iter().filter(|event| u8::from(event.quad) == 4);
    // Where no place is told, the country of those who were hit.
    let of = |event: &Event| -> Vec<String> {
        let place = event.place.as_ref().and_then(|place| place.country.clone());
        let hit = || event.recipient.iter().filter_map(|side| side.country.clone()).collect();
        place.map_or_else(hit, |country| vec![country])
    };
    let countries: BTreeSet<String> =
        violent().flat_map(of).filter_map(|code| (answerer.country)(&code)).collect();
    let days = violent().filter(|event| event.date_precision == Some(Precision::Day));
    let dates: BTreeSet<String> = days.filter_map(|event| Some(event.date?.to_string())).collect();
    json!({"countries": countries, "dates": dates})
}

fn toponyms(row: &Value, answerer: &Answerer<'_>) -> Result<Value, String> {
    let places = (answerer.locate)(&question(row, &rows::id(row)))?;
    let chars = char_offsets(rows::text(at(row, "text")));
    let toponym = |place: &Place| {
        let [start, end] = chars.pair(place.span);
        json!({"start": start, "end": end, "text": place.text, "geonameid": place.geonameid,
            "lat": place.lat, "lon": place.lon, "country": place.country})
    };
    Ok(json!({"toponyms": places.iter().map(toponym).collect::<Vec<_>>()}))
}

/// The byte each character of `text` starts at, and its end.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// Byte spans of a text as character offsets.
struct CharOffsets(Vec<usize>);

fn char_offsets(text: &str) -> CharOffsets {
    CharOffsets(byte_offsets(text))
}

impl CharOffsets {
    fn pair(&self, span: Span) -> [usize; 2] {
        [span.start, span.end].map(|byte| self.0.partition_point(|start| *start < byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_characters() {
        let chars = char_offsets("Perú no");
        assert_eq!(chars.pair(Span::new(0, 5)), [0, 4]);
        assert_eq!(chars.pair(Span::new(6, 8)), [5, 7]);
        assert_eq!(byte_offsets("Perú"), [0, 1, 2, 3, 5]);
    }

    #[test]
    fn dates_come_in_two_forms() {
        assert_eq!(date("19940611"), date("1994-06-11"));
        assert_eq!(date("1994061é"), None);
        assert_eq!(date(""), None);
    }

    #[test]
    fn roles_are_what_events_can_answer() {
        assert!(is_role("O") && is_role("B-S") && !is_role("B-PER"));
    }
}
