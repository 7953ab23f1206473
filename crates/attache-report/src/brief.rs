//! What the program tells of a relation over a period.

use crate::calendar::Step;
use crate::index::{Change, Point};
use crate::marks::Mark;
use crate::relation::Direction;
use crate::side::Side;
use attache_code::record::Precision;
use attache_code::{EventType, Quad, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A relation over a period. Everything the writers and the page show stands here, with the same numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// Program that told it.
    pub version: String,
    /// Which state of the archive it was told from.
    pub archive: String,
    /// The first side.
    pub a: Side,
    /// The second side; everyone else where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<Side>,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// Period of the series.
    pub step: Step,
    /// How much there is.
    pub totals: Totals,
    /// Where the relation stands, and where it goes.
    pub standing: Standing,
    /// Both directions together, each event once.
    pub joint: Vec<Point>,
    /// What the first side does to the second.
    pub out: Vec<Point>,
    /// What the second side does to the first.
    pub back: Vec<Point>,
    /// Where the relation changed for good.
    pub turns: Vec<Turn>,
    /// Events that are the first of their kind for long.
    pub firsts: Vec<First>,
    /// With whom the first side deals, where no second was named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
    /// What it is about.
    pub agenda: Vec<Topic>,
    /// Amounts of money in its reports.
    pub amounts: Vec<Sum>,
    /// People, offices and bodies of the first side.
    pub people_a: Vec<Person>,
    /// Those of the second side.
    pub people_b: Vec<Person>,
    /// Who sat at which table.
    pub delegations: Vec<Delegation>,
    /// Others who take part or are quoted.
    pub third: Vec<Third>,
    /// Where it happens.
    pub places: Vec<PlaceRow>,
    /// Who reports it, and how.
    pub publishers: Vec<Publisher>,
    /// The events of the period, latest first.
    pub events: Vec<Entry>,
}

/// How much there is in the period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Reports published about either side.
    pub reports: u64,
    /// Events of the relation that are listed.
    pub events: u64,
    /// Those the index counts.
    pub counted: u64,
    /// Tellings of the listed events.
    pub tellings: u64,
    /// Stories they belong to.
    pub stories: u64,
    /// Publishers that tell them.
    pub publishers: u64,
    /// Events inside the one side or without a counterpart: listed, not counted.
    pub within: u64,
}

/// Where the relation stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Both directions.
    pub joint: Level,
    /// First side to second.
    pub out: Level,
    /// Second side to first.
    pub back: Level,
}

/// The level of one direction at the end of the period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The index at the end of the period.
    pub index: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What that means.
    pub state: State,
    /// Counted events of the period.
    pub events: u64,
    /// Sum of their scores.
    pub sum: f64,
    /// Mean of their scores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Counted events by quad class 1 to 4.
    pub quads: [u64; 4],
    /// The last four weeks against the four before.
    pub change_4: Change,
    /// The last four weeks against the 52 before.
    pub change_52: Change,
}

impl Level {
    /// Both changes, the shorter one first.
    pub fn changes(&self) -> Vec<&Change> {
        vec![&self.change_4, &self.change_52]
    }
}

/// A level in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The interval lies above zero.
    Cooperative,
    /// The interval holds zero.
    Mixed,
    /// The interval lies below zero.
    Conflictual,
    /// Nothing happened in the last 52 weeks.
    Quiet,
}

impl State {
    /// The word, in English; also the key of its translation.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Cooperative => "cooperative",
            State::Mixed => "mixed",
            State::Conflictual => "conflictual",
            State::Quiet => "quiet",
        }
    }
}

/// A turning point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// First day of the new stretch (a Monday).
    pub date: Date,
    /// Score per hundred reports over the stretch before.
    pub before: f64,
    /// The same of the stretch that begins.
    pub after: f64,
    /// Events a week, before.
    pub rate_before: f64,
    /// Events a week, after.
    pub rate_after: f64,
    /// What changed.
    pub toward: Toward,
    /// The events that lead it.
    pub leading: Vec<Entry>,
}

/// What a turning point turns to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Toward {
    /// The level rises.
    Cooperation,
    /// The level falls.
    Conflict,
    /// More happens, of both kinds.
    Activity,
    /// Less happens.
    Quiet,
}

impl Toward {
    /// The word, in English; also the key of its translation.
    pub fn as_str(self) -> &'static str {
        match self {
            Toward::Cooperation => "cooperation",
            Toward::Conflict => "conflict",
            Toward::Activity => "activity",
            Toward::Quiet => "quiet",
        }
    }
}

/// An event that is the first of its kind for long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct First {
    /// What is new.
    pub what: Novelty,
    /// The type, or who is new.
    pub name: String,
    /// Weeks since the one before; none if the archive holds none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<i64>,
    /// The event.
    pub event: Entry,
}

impl First {
    /// True where somebody is new, not a type.
    pub fn is_actor(&self) -> bool {
        self.what == Novelty::Actor
    }
}

/// What can be the first of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Novelty {
    /// An event type in a direction.
    Type,
    /// A person, office or body.
    Actor,
}

/// A country the first side deals with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// Alpha-3 code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Counted events towards it.
    pub out: u64,
    /// Counted events from it.
    pub back: u64,
    /// Mean score of both.
    pub mean: f64,
}

/// What a relation is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// PLOVER's context.
    pub context: String,
    /// Counted events.
    pub events: u64,
    /// Mean of their scores.
    pub mean: f64,
    /// Counted events in each period of the series.
    pub series: Vec<u64>,
}

/// An amount of money told in the relation's reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    /// How much.
    pub value: f64,
    /// ISO 4217 code.
    pub unit: String,
    /// In how many reports it stands.
    pub reports: u64,
    /// The words around it, of the latest report.
    pub sentence: String,
    /// When that report was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// That report's id.
    pub report: String,
}

/// A person, office or body of one side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Its name.
    pub name: String,
    /// Its id in the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The latest office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Alpha-3 country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Events it does.
    pub acts: u64,
    /// Events done to it.
    pub receives: u64,
    /// Mean score of both.
    pub mean: f64,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// Who sat at a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delegation {
    /// When.
    pub date: Date,
    /// The meeting's event.
    pub event: String,
    /// The story that tells it.
    pub story: i64,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Names and offices of the first side.
    pub a: Vec<String>,
    /// Those of the second.
    pub b: Vec<String>,
}

/// Someone on neither side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Third {
    /// Its name.
    pub name: String,
    /// Code for its own page: a country, or the name again.
    pub code: String,
    /// Events it takes part in or is quoted on.
    pub events: u64,
    /// Mean score of these.
    pub mean: f64,
}

/// A place where events happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// Its name.
    pub name: String,
    /// Alpha-3 country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Events there.
    pub events: u64,
    /// Mean score of these.
    pub mean: f64,
    /// The latest day.
    pub last: Date,
}

/// A publisher and what it tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publisher {
    /// Its name.
    pub name: String,
    /// Events it tells.
    pub events: u64,
    /// How often it tells them.
    pub tellings: u64,
    /// Mean score of these events.
    pub mean: f64,
    /// Share of conflict among them, 0…1.
    pub conflict: f64,
    /// Events it told before all others or alone.
    pub first: u64,
    /// Languages it writes in.
    pub languages: Vec<String>,
}

/// An event as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The event's id.
    pub id: String,
    /// Its day.
    pub date: Date,
    /// How exact that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_precision: Option<Precision>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Its modes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mode: Vec<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// Quad class.
    pub quad: Quad,
    /// PLOVER score.
    pub score: f64,
    /// How real it is.
    pub status: Status,
    /// Which way it runs.
    pub direction: Direction,
    /// True where the index counts it.
    pub counted: bool,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The sentence behind it.
    pub sentence: String,
    /// Which of its words are what, as spans of the sentence.
    pub marks: Vec<Mark>,
    /// The story it belongs to.
    pub story: i64,
    /// How often it was told.
    pub tellings: u64,
    /// The publishers that told it, by name.
    pub publishers: Vec<String>,
    /// The report the sentence stands in.
    pub report: String,
    /// That report's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// That report's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When that report was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// How sure the coder is, 0…1.
    pub confidence: f64,
}

/// Someone who takes part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Country and sector, as far as known: `COL:GOV`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The office it acts in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Its id in the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}
