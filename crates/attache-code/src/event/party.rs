//! From the head of a phrase to the actors it names.

use super::tree::Tree;
use crate::entity::{Entity, EntityMention, How, Resolution};
use crate::record::Actor;
use attache_text::Upos;

/// How far a phrase that names no actor itself is searched for one inside it.
const DESCENT: usize = 2;
/// Prepositions that tell whose or of whom a thing is, nearest meaning first.
const BELONGING: [&str; 4] = ["of", "by", "from", "in"];

/// The phrases of one sentence that name actors.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// The sentence's tree.
    pub tree: &'a Tree<'a>,
    /// Index of the sentence in the report.
    pub index: usize,
    /// Everyone the report's phrases mean.
    pub resolution: &'a Resolution,
    /// The report's text.
    pub text: &'a str,
}

impl<'a> Parties<'a> {
    /// The resolved phrase behind a head: itself, or one inside it that tells whose it is
    /// ("Iranian companies", "a village in Mali", "the decision of the Israeli government").
    pub fn behind(&self, head: usize) -> Option<&'a EntityMention> {
        self.search(head, DESCENT)
    }

    fn search(&self, head: usize, depth: usize) -> Option<&'a EntityMention> {
        if let Some(mention) = self.resolution.at(self.index, head).filter(|m| !m.entities.is_empty()) {
            return Some(mention);
        }
        let nominal = matches!(
            self.tree.upos(head),
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Adj | Upos::Det | Upos::X
        );
        if depth == 0 || !nominal {
            return None;
        }
        let children = self.tree.children(head);
        let before = children.iter().copied().filter(|&child| {
            child < head && matches!(self.tree.relation(child), "nmod" | "amod" | "compound" | "flat")
        });
        if let Some(found) = before.into_iter().find_map(|child| self.search(child, depth - 1)) {
            return Some(found);
        }
        BELONGING.iter().find_map(|preposition| {
            children
                .iter()
                .copied()
                .filter(|&child| child > head && self.tree.relation(child) == "nmod")
                .filter(|&child| self.tree.preposition(child).as_deref() == Some(preposition))
                .find_map(|child| self.search(child, depth - 1))
        })
    }

    /// The actors behind several heads, each entity once, in text order.
    pub fn actors(&self, heads: &[usize]) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for mention in heads.iter().filter_map(|&head| self.behind(head)) {
            let agent = mention.how == How::Agent;
            let countries = if agent { self.nationalities(mention) } else { Vec::new() };
            for entity in &mention.entities {
                let mut found = vec![actor(entity, mention, self.text)];
                if countries.len() > 1 {
                    found = countries
                        .iter()
                        .map(|country| Actor { country: Some(country.clone()), ..found[0].clone() })
                        .collect();
                }
                for actor in found {
                    let known =
                        actors.iter().any(|known| same(known, &actor) && known.country == actor.country);
                    if !known {
                        actors.push(actor);
                    }
                }
            }
        }
        together(actors)
    }

    /// The countries whose adjectives stand before a common noun: two in "Greek and Turkish troops".
    fn nationalities(&self, mention: &EntityMention) -> Vec<String> {
        let before = self.tree.children(mention.head).iter().copied().filter(|&child| {
            child < mention.head && matches!(self.tree.relation(child), "amod" | "compound")
        });
        let mut countries: Vec<String> = Vec::new();
        for token in before.flat_map(|child| self.tree.group(child)) {
            let bare = |m: &&EntityMention| m.entities.len() == 1 && m.entities[0].sector.is_none();
            let found = self.resolution.at(self.index, token).filter(bare);
            let country = found.and_then(|m| m.entities[0].country.clone());
            countries.extend(country.filter(|country| !countries.contains(country)));
        }
        countries
    }
}

/// "Ukrainian government websites": a nationality and the sector word right behind it are one actor.
fn together(actors: Vec<Actor>) -> Vec<Actor> {
    let mut joined: Vec<Actor> = Vec::new();
    for mut actor in actors {
        let adjoins = |before: &Actor| {
            before.sector.is_none()
                && before.country.is_some()
                && actor.country.is_none()
                && actor.sector.is_some()
                && before.span.end < actor.span.start
                && actor.span.start - before.span.end == 1
        };
        if let Some(nation) = joined.pop_if(|before| adjoins(before)) {
            actor.country = nation.country;
            actor.name = format!("{} {}", nation.text, actor.name);
            actor.text = format!("{} {}", nation.text, actor.text);
            actor.span = nation.span.join(actor.span);
        }
        joined.push(actor);
    }
    joined
}

fn actor(entity: &Entity, mention: &EntityMention, text: &str) -> Actor {
    Actor {
        name: entity.name.clone(),
        id: entity.id.clone(),
        country: entity.country.clone(),
        sector: entity.sector.clone(),
        sectors: entity.sectors.clone(),
        role: entity.role.clone(),
        text: mention.span.of(text).to_owned(),
        span: mention.span,
    }
}

/// True where two actors are one entity: the same id, or for those without one the same name and country.
pub fn same(one: &Actor, other: &Actor) -> bool {
    match (&one.id, &other.id) {
        (Some(a), Some(b)) => a == b,
        _ => one.name == other.name && one.country == other.country && one.sector == other.sector,
    }
}
