//! PLOVER's JSON: one object a line, or one array of objects as in the records of 2016.
//!
//! The manual is not consistent with itself, and the records of 2016 name their fields otherwise: readers
//! take every name in use, writers use those of the manual's tables.

use super::base::{self, fact};
use super::cells::{day, too_long};
use super::codes::Codes;
use super::format::{Events, Writer};
use super::json_array::array;
use super::jsonl::{objects, without_place};
use super::lines::Line;
use super::problem::{Cause, Problem, WriteError};
use attache_code::record::{Actor, Magnitude, Place};
use attache_code::{Event, Quad};
use attache_text::Span;
use serde_json::{Map, Value, json};
use std::io::{self, BufRead, Write};

/// The events of a file.
pub(crate) fn read<'a>(mut input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    let starts = input.fill_buf().map(|head| head.trim_ascii_start().first() == Some(&b'['));
    match starts {
        Ok(true) => Box::new(array(input).map(move |line| object(line, codes))),
        _ => Box::new(objects(input).map(move |line| object(line, codes))),
    }
}

fn object(line: Result<(u64, Line), Problem>, codes: &Codes) -> Result<Event, Problem> {
    let (number, line) = line?;
    let damaged = |byte: u64, what: String| Problem { record: number, byte, what, cause: Cause::Damaged };
    let Some(bytes) = &line.bytes else { return Err(damaged(line.byte, too_long())) };
    let object: Map<String, Value> = serde_json::from_slice(bytes).map_err(|error| {
        let inside = if error.line() == 1 { (error.column() as u64).saturating_sub(1) } else { 0 };
        damaged(line.byte + inside, without_place(&error))
    })?;
    event(&Object(&object), codes).map_err(|what| damaged(line.byte, what))
}

/// An object, whose fields go by several names.
struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    fn get(&self, names: &[&str]) -> Option<&'a Value> {
        names.iter().find_map(|name| self.0.get(*name)).filter(|value| !value.is_null())
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        let text = match self.get(names)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty() && text != "---" && text != "None")
    }

    fn number(&self, names: &[&str]) -> Option<f64> {
        match self.get(names)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    fn count(&self, names: &[&str]) -> Option<u64> {
        self.number(names)
            .filter(|number| *number >= 0.0 && number.fract() == 0.0)
            .map(|number| number as u64)
    }

    fn object(&self, names: &[&str]) -> Option<Object<'a>> {
        match self.get(names)? {
            Value::Array(list) => list.first()?.as_object().map(Object),
            value => value.as_object().map(Object),
        }
    }

    /// A text, or a list of texts.
    fn texts(&self, names: &[&str]) -> Vec<String> {
        let list = match self.get(names) {
            Some(Value::Array(list)) => list.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let texts = list.iter().filter_map(Value::as_str).map(str::trim);
        texts.filter(|text| !text.is_empty() && *text != "---").map(str::to_owned).collect()
    }
}

fn event(object: &Object<'_>, codes: &Codes) -> Result<Event, String> {
    let ontology = codes.ontology();
    let date = object.text(&["date"]).ok_or("there is no date")?;
    let date = day(&date).ok_or_else(|| format!("date `{date}` is not a day"))?;
    let label =
        object.texts(&["event", "eventType", "event_type"]).into_iter().next().ok_or("there is no event")?;
    let kind = ontology.alias(&label).ok_or_else(|| format!("event `{label}` is not an event type"))?;
    let id = object.text(&["id"]).ok_or("there is no id")?;
    let version = object.text(&["coder", "version"]).unwrap_or_else(|| "plover".to_owned());
    let mut event = base::event(id, version, kind, Some(date), codes);
    let implied = ontology.older(&label).and_then(|alias| alias.mode.clone());
    for mode in object.texts(&["mode", "event_mode"]).into_iter().chain(implied) {
        if let Some(mode) = ontology.mode(kind, &mode.to_lowercase())
            && !event.mode.iter().any(|known| known == mode)
        {
            event.mode.push(mode.to_owned());
        }
    }
    let contexts = object.texts(&["context", "contexts"]);
    let contexts = contexts.iter().filter_map(|name| ontology.context(&name.to_lowercase()));
    event.contexts = contexts.map(|context| context.name.clone()).collect();
    let mode = event.mode.first().map(String::as_str);
    event.score = object.number(&["event_scale"]).unwrap_or_else(|| ontology.score(kind, mode));
    if !(-10.0..=10.0).contains(&event.score) {
        return Err(format!("event_scale {} is not between -10 and 10", event.score));
    }
    let quad = object.count(&["quad_code"]).filter(|_| ontology.older(&label).is_none());
    if let Some(quad) = quad {
        event.quad =
            u8::try_from(quad).map_err(|_| format!("quad class {quad} is none")).and_then(Quad::try_from)?;
    }
    event.cameo = codes.cameo_of(kind, mode).to_owned();
    event.goldstein = ontology.goldstein(&event.cameo);
    event.actor = parties(object.get(&["actor", "source"]), codes);
    event.recipient = parties(object.get(&["recipient", "target"]), codes);
    event.place = object.object(&["event_loc", "eventLoc"]).and_then(|place| self::place(&place, codes));
    event.magnitude = magnitude(object);
    evidence(object, &mut event);
    if let Some(cite) = object.object(&["cite_info", "citeInfo"]) {
        event.report.id = cite.text(&["citation"]).unwrap_or_default();
        event.report.url = cite.text(&["url"]);
        event.report.publisher = cite.text(&["publication"]);
        event.report.title = cite.text(&["title"]);
    }
    event.report.url = event.report.url.or_else(|| object.text(&["link"]));
    Ok(event)
}

fn evidence(object: &Object<'_>, event: &mut Event) {
    let info = object.object(&["text_info", "textInfo"]);
    event.evidence.sentence = object.text(&["text"]).unwrap_or_default();
    let span = info.and_then(|info| Some((info.count(&["start"])?, info.count(&["end"])?)));
    if let Some((start, end)) =
        span.and_then(|(s, e)| Some((usize::try_from(s).ok()?, usize::try_from(e).ok()?)))
    {
        event.evidence.span = Span::new(start, end);
    }
}

fn parties(value: Option<&Value>, codes: &Codes) -> Vec<Actor> {
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    list.iter().filter_map(Value::as_object).filter_map(|one| party(&Object(one), codes)).collect()
}

fn party(object: &Object<'_>, codes: &Codes) -> Option<Actor> {
    let code = object.text(&["code", "country", "country_name"]);
    let country =
        code.as_deref().and_then(|code| codes.country_of(code).or_else(|| codes.country_of_cameo(code)));
    let text = object.text(&["entity_text", "actorText", "actor_text", "raw_text", "text"]);
    let name = object.text(&["identifier_text", "entity_name"]).or_else(|| text.clone());
    let name = name.or_else(|| country.map(|id| codes.name(id).to_owned())).or_else(|| code.clone())?;
    let more = object.texts(&["other_sector_codes"]);
    let sectors = object.texts(&["sector", "sector_code", "sectors"]).into_iter().chain(more);
    let mut known: Vec<String> = Vec::new();
    for sector in sectors.filter(|sector| codes.is_sector(sector)) {
        if !known.contains(&sector) {
            known.push(sector);
        }
    }
    let mut actor = base::actor(&name, country.map(str::to_owned), known);
    actor.id = object.text(&["identifier_id", "wikidata_id"]);
    actor.role = object.text(&["office"]);
    actor.text = text.unwrap_or_default();
    Some(actor)
}

fn place(object: &Object<'_>, codes: &Codes) -> Option<Place> {
    let country = object.text(&["country_code", "country"]);
    let country = country.and_then(|name| codes.country_of(&name).map(str::to_owned));
    let names = [object.text(&["resolved_place"]), object.text(&["city"]), object.text(&["province"])];
    let within = |value: Option<f64>, most: f64| value.filter(|value| value.abs() <= most);
    let point = (within(object.number(&["lat"]), 90.0), within(object.number(&["lon"]), 180.0));
    let mut place = base::place(names, country, point, codes)?;
    place.geonameid = object.count(&["geonameid"]);
    place.text = object.text(&["extracted_place"]).unwrap_or_default();
    Some(place)
}

/// The size of an event: at the record itself as in 2016, or in an object of its own as in the manual.
fn magnitude(object: &Object<'_>) -> Option<Magnitude> {
    let inner = object.object(&["size"]);
    let count =
        |name| object.count(&[name]).or_else(|| inner.as_ref().and_then(|inner| inner.count(&[name])));
    let found = Magnitude {
        dead: count("dead"),
        injured: count("injured"),
        arrested: count("arrested"),
        size: object.count(&["size"]),
        money: None,
    };
    Some(found).filter(|found| *found != Magnitude::default())
}

/// Writes PLOVER JSON lines.
pub(crate) struct Plover<'a, W> {
    out: W,
    codes: &'a Codes,
}

impl<'a, W: Write> Plover<'a, W> {
    pub fn new(out: W, codes: &'a Codes) -> Self {
        Plover { out, codes }
    }
}

impl<W: Write> Writer for Plover<'_, W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        let date = fact(event)?;
        let evidence = &event.evidence;
        let mut object = json!({
            "id": event.id,
            "date": date.to_string(),
            "actor": event.actor.iter().map(entity).collect::<Vec<_>>(),
            "recipient": event.recipient.iter().map(entity).collect::<Vec<_>>(),
            "event": [event.kind.as_str()],
            "mode": event.mode,
            "context": event.contexts,
            "quad_code": u8::from(event.quad),
            "event_scale": event.score,
            "text": evidence.sentence,
            "text_info": { "start": evidence.span.start, "end": evidence.span.end },
            "cite_info": {
                "citation": event.report.id,
                "url": event.report.url,
                "title": event.report.title,
                "publication": event.report.publisher,
                "codebook": "PLOVER",
                "version": self.codes.ontology().version(),
            },
            "coder": event.version,
        });
        if let Some(place) = &event.place {
            object["event_loc"] = location(place, self.codes);
        }
        if let Some(magnitude) = &event.magnitude {
            for (name, count) in [
                ("dead", magnitude.dead),
                ("injured", magnitude.injured),
                ("arrested", magnitude.arrested),
                ("size", magnitude.size),
            ] {
                if let Some(count) = count {
                    object[name] = count.into();
                }
            }
        }
        serde_json::to_writer(&mut self.out, &without_nothing(object)).map_err(io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

fn entity(actor: &Actor) -> Value {
    json!({
        "code": actor.country,
        "sector": actor.sectors,
        "entity_text": actor.text,
        "identifier_id": actor.id,
        "identifier_text": actor.name,
        "office": actor.role,
    })
}

fn location(place: &Place, codes: &Codes) -> Value {
    json!({
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.city,
        "province": place.admin1,
        "country": place.country.as_deref().map(|id| codes.name(id)),
        "country_code": place.country,
    })
}

/// The same without fields that say nothing.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, without_nothing(value)));
            let says = |value: &Value| match value {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                Value::Array(list) => !list.is_empty(),
                _ => true,
            };
            Value::Object(fields.filter(|(_, value)| says(value)).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(without_nothing).collect()),
        value => value,
    }
}
