//! What "he", "the country", "both governments" and "Petro" take up: a report's memory of whom it has
//! named, and the choice of an antecedent from it.
//!
//! The choice is a plain salience model: candidates that agree in kind, number and gender are weighed
//! by distance in sentences, by grammatical role (subjects first) and by how often the report has
//! named them. Every weight stands in [`memory`].

pub(crate) mod memory;
pub(crate) mod pronoun;

use crate::entity::Entity;

/// What sort of thing a mention means, as far as pronouns and nominals ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Country,
    /// People or an armed group, several of them.
    Group,
    /// A government, ministry, court, organisation, company.
    Institution,
}

/// Grammatical gender of a person, where the words show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    She,
    He,
}

/// An entity with what its mention shows about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Referent {
    pub(crate) entity: Entity,
    pub(crate) kind: Kind,
    /// True for several ("the rebels").
    pub(crate) plural: bool,
    /// The key of the office it was named by or holds.
    pub(crate) office: Option<String>,
    pub(crate) gender: Option<Gender>,
    /// Lemma of the common noun it was named by; empty for a proper name.
    pub(crate) noun: String,
}

impl Referent {
    pub(crate) fn new(entity: Entity, kind: Kind) -> Referent {
        Referent { entity, kind, plural: false, office: None, gender: None, noun: String::new() }
    }

    /// True where both mean the same one, as far as ids, names, countries and sectors tell.
    pub(crate) fn same(&self, other: &Referent) -> bool {
        match (&self.entity.id, &other.entity.id) {
            (Some(one), Some(two)) => one == two,
            _ => self.entity.name == other.entity.name && self.entity.country == other.entity.country,
        }
    }
}
