//! Who the words mean: the registry of countries, people, offices, organisations and agents, and the
//! resolving of noun phrases to them.

mod anaphora;
mod describe;
mod dictionary;
mod identify;
mod mend;
mod names;
mod nominal;
mod person;
mod phrase;
mod pronouns;
mod registry;
mod resolve;
mod spelling;
mod table;
mod who;
mod wording;

pub use dictionary::{DatedCode, Dictionary, Finding, UserActor, UserAgent};
pub use mend::mend;
pub use names::key as name_key;
pub use registry::{Registry, Tables, Term};
pub use resolve::resolve;
pub use table::RegistryError;
pub use who::{Known, OfficeAsked};
pub use wording::wording;

use attache_text::Span;

/// A name as a part of an id: its words in lower case, without accents, joined by hyphens.
pub fn slug(name: &str) -> String {
    names::key(name).replace(' ', "-")
}

/// Who or what can act: a country, person, office, organisation or group, or a generic one
/// ("gunmen") that only its description tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entity {
    /// Stable id in the registry (`p.COL.gustavo-petro`, `COL`, `o.farc`); none for generic ones.
    pub id: Option<String>,
    /// The name to show; for a generic one its description in lower case.
    pub name: String,
    /// ISO 3166 alpha-3, or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC.
    pub country: Option<String>,
    /// Primary sector (GOV, MIL, …); none for a bare country.
    pub sector: Option<String>,
    /// All sectors, the primary one first.
    pub sectors: Vec<String>,
    /// The office held on the report's date, or that the words give ("foreign minister").
    pub role: Option<String>,
}

/// A noun phrase of a report and whom it means.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityMention {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// First token of the phrase (index in the sentence).
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// The phrase's syntactic head (index in the sentence).
    pub head: usize,
    /// The phrase's bytes in the report.
    pub span: Span,
    /// Whom it means; several for "both governments", "the two leaders".
    pub entities: Vec<Entity>,
    /// How it was resolved.
    pub how: How,
}

/// How a noun phrase was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// A name of the registry.
    Name,
    /// A name the registry does not have, placed by its title, nationality or apposition.
    Description,
    /// A common noun with a sector ("Colombian police", "rebels").
    Agent,
    /// A nominal, pronoun or short name that takes up an earlier mention.
    Coreference,
}

/// Everyone a report's noun phrases mean, sorted by sentence and first token.
///
/// Phrases may nest ("[the [Colombian] foreign minister]"), never cross. At most one has a given head.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolution {
    /// The resolved phrases.
    pub mentions: Vec<EntityMention>,
}

impl Resolution {
    /// The phrase whose head is this token.
    pub fn at(&self, sentence: usize, head: usize) -> Option<&EntityMention> {
        self.of(sentence).iter().find(|mention| mention.head == head)
    }

    /// All phrases of one sentence.
    pub fn of(&self, sentence: usize) -> &[EntityMention] {
        let from = self.mentions.partition_point(|mention| mention.sentence < sentence);
        let to = self.mentions.partition_point(|mention| mention.sentence <= sentence);
        &self.mentions[from..to]
    }
}
