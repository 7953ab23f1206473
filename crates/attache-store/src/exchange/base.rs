//! What readers fill in, and what writers ask of an event first.

use super::codes::Codes;
use super::problem::WriteError;
use attache_code::record::{Actor, Evidence, Place, Precision, ReportRef};
use attache_code::{Event, EventType, Status};
use attache_text::Span;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// An event as a format without evidence tells it: actual, of that day, told once, taken at its word.
pub(crate) fn event(
    id: String,
    version: String,
    kind: EventType,
    date: Option<Date>,
    codes: &Codes,
) -> Event {
    let cameo = codes.cameo_of(kind, None).to_owned();
    Event {
        id,
        version,
        report: ReportRef::default(),
        kind,
        mode: Vec::new(),
        contexts: Vec::new(),
        quad: kind.quad(),
        score: codes.ontology().score(kind, None),
        goldstein: codes.ontology().goldstein(&cameo),
        cameo,
        status: Status::Actual,
        date,
        date_precision: date.map(|_| Precision::Day),
        date_raw: None,
        actor: Vec::new(),
        recipient: Vec::new(),
        place: None,
        magnitude: None,
        said_by: Vec::new(),
        confidence: 1.0,
        evidence: Evidence { sentence: String::new(), span: Span::default(), trigger: Span::default() },
        why: Vec::new(),
        mentions: 1,
        told: Vec::new(),
    }
}

/// The event of a CAMEO code, with the mode the code implies.
///
/// # Errors
/// `Some` reason where CAMEO has no such code, `None` where PLOVER has no type for it.
pub(crate) fn cameo_event(
    id: String,
    version: &str,
    code: &str,
    date: Date,
    codes: &Codes,
) -> Result<Event, Option<String>> {
    // Spreadsheets and number columns lose the leading zero: `42` can only be 042. The codes of these
    // files have three digits at least, and so `10` may be 010 as well as the root 10.
    let padded = format!("0{code}");
    if code.len() == 2 && (code.starts_with('1') || code == "20") {
        return Err(Some(format!("may be {code}0 or, without its zero, {padded}")));
    }
    let known = |code: &str| codes.ontology().cameo(code).is_some();
    let numeric = !code.is_empty() && code.len() <= 4 && code.bytes().all(|byte| byte.is_ascii_digit());
    let code = if numeric && !known(code) && known(&padded) { padded.as_str() } else { code };
    let (kind, mode) =
        codes.plover_of(code).ok_or_else(|| Some("is not a CAMEO code".to_owned()))?.ok_or(None)?;
    let mut event = event(id, version.to_owned(), kind, Some(date), codes);
    event.score = codes.ontology().score(kind, mode);
    event.mode.extend(mode.map(str::to_owned));
    event.goldstein = codes.ontology().goldstein(code);
    event.cameo = code.to_owned();
    Ok(event)
}

/// A party of a format that gives no words and no spans.
pub(crate) fn actor(name: &str, country: Option<String>, sectors: Vec<String>) -> Actor {
    Actor {
        name: name.to_owned(),
        id: None,
        country,
        sector: sectors.first().cloned(),
        sectors,
        role: None,
        text: String::new(),
        span: Span::default(),
    }
}

/// The day of an event that a format without status can tell as a fact.
///
/// # Errors
/// Where it did not happen, or nobody knows when.
pub(crate) fn fact(event: &Event) -> Result<Date, WriteError> {
    match event.status {
        Status::Actual | Status::Ongoing | Status::Historical => {}
        Status::Future => return Err(WriteError::Unfit("still to come; the format would tell it as a fact")),
        Status::Hypothetical => {
            return Err(WriteError::Unfit("only supposed; the format would tell it as a fact"));
        }
        Status::Negated => return Err(WriteError::Unfit("denied; the format would tell it as a fact")),
    }
    event.date.ok_or(WriteError::Unfit("without a date, which the format wants"))
}

/// The CAMEO code of an event, three or four digits: what it has, else what its type and mode answer to.
pub(crate) fn full_cameo(event: &Event, codes: &Codes) -> String {
    let known = codes.ontology().cameo(&event.cameo).is_some();
    let mode = event.mode.first().map(String::as_str);
    let code = if known { &event.cameo } else { codes.cameo_of(event.kind, mode) };
    if code.len() == 2 { format!("{code}0") } else { code.to_owned() }
}

/// A number for an id, for formats whose ids are numbers: the id itself where it is one, else its first 13
/// hex digits, which 52 bits hold exactly in every program.
pub(crate) fn number(id: &str) -> u64 {
    const LARGEST: u64 = 1 << 53;
    let decimal = id.parse().ok().filter(|number| *number < LARGEST && !id.starts_with(['0', '+']));
    let hex = || id.get(..13).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    decimal.or_else(hex).unwrap_or_else(|| {
        let digits = hash([id]);
        digits.get(..13).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0)
    })
}

/// An id for a record that has none: 16 hex digits over what it holds.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The first word of a version, as a number: "attache 0.1.0, model 3f2a…" gives "0.1.0".
pub(crate) fn version_number(version: &str) -> &str {
    version.split([' ', ',']).find(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("0")
}

/// A number as text; nothing for none.
pub(crate) fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A place of the names a format gives: its own, its city, its region; none where it gives nothing.
pub(crate) fn place(
    [name, city, admin1]: [Option<String>; 3],
    country: Option<String>,
    (lat, lon): (Option<f64>, Option<f64>),
    codes: &Codes,
) -> Option<Place> {
    let called = country.as_deref().map(|id| codes.name(id).to_owned());
    let found = name.or_else(|| city.clone()).or_else(|| admin1.clone()).or(called);
    let name = found.or_else(|| lat.map(|_| String::new()))?;
    Some(Place {
        name,
        city,
        admin1,
        country,
        lat,
        lon,
        geonameid: None,
        text: String::new(),
        span: Span::default(),
    })
}
