//! The record: one event as it leaves the program. Field for field the JSON other programs build on;
//! optional fields are left out, never null.

use crate::{EventType, Quad, Status};
use attache_text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One coded event with the words behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable id: hex digits of a hash over report id, type, actors, recipients and first trigger.
    pub id: String,
    /// Program, model and ontology that made it.
    pub version: String,
    /// The report it stands in.
    pub report: ReportRef,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// How, per the ontology's modes of the type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mode: Vec<String>,
    /// About what, per the ontology's contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// Quad class.
    pub quad: Quad,
    /// PLOVER score, −10…+10.
    pub score: f64,
    /// CAMEO code, two to four digits.
    pub cameo: String,
    /// Goldstein value of the CAMEO code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f64>,
    /// How real it is.
    pub status: Status,
    /// When: the first day of the period `date_precision` names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How exact `date` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_precision: Option<Precision>,
    /// The words the date was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_raw: Option<String>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actor: Vec<Actor>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<Actor>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// How large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub magnitude: Option<Magnitude>,
    /// Whom the report names as having said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said_by: Vec<Actor>,
    /// How sure the coder is, 0…1.
    pub confidence: f64,
    /// The words behind the event: those of its clearest telling.
    pub evidence: Evidence,
    /// Frames, heads and rules that decided.
    pub why: Vec<String>,
    /// How many tellings of this event the report holds.
    pub mentions: usize,
    /// The sentence spans of all tellings, the evidence's own included, in text order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Span>,
}

/// The report an event stands in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportRef {
    /// The report's id.
    pub id: String,
    /// The id the input gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_id: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The news outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its published date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
}

/// An actor or recipient: the entity, and the words that name it here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Actor {
    /// The entity's name; for a generic actor its description ("gunmen").
    pub name: String,
    /// The entity's stable id: the registry's, a user dictionary's (`u.…`), or for a name that neither has one
    /// made of country and name (`x.PER.luis-quispe`); left out for generic actors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// ISO 3166 alpha-3 country (Kosovo KOS), or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Primary sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// All sectors, the primary one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// The office it acts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The words, as written.
    pub text: String,
    /// Where they stand in the report.
    pub span: Span,
}

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day.
    Day,
    /// Seven days, or "a few days".
    Week,
    /// One month.
    Month,
    /// One year.
    Year,
}

/// Where an event took place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The place's name in the gazetteer.
    pub name: String,
    /// The city it is or lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// First-order region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// ISO 3166 alpha-3 country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonameid: Option<u64>,
    /// The words, as written.
    pub text: String,
    /// Where they stand in the report.
    pub span: Span,
}

/// How large an event was, as far as the words say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Magnitude {
    /// People killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dead: Option<u64>,
    /// People hurt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<u64>,
    /// People arrested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrested: Option<u64>,
    /// People, troops or things taking part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Money>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// How much.
    pub value: f64,
    /// ISO 4217 code.
    pub unit: String,
}

/// The words behind one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The sentence, as written.
    pub sentence: String,
    /// Where it stands in the report.
    pub span: Span,
    /// Where the trigger stands in the report.
    pub trigger: Span,
}
