//! Who the report says told of an event: "X said …", "…, X said", "according to X".

use super::lexicon::Lexicon;
use super::party::Parties;
use super::tree::Tree;
use crate::record::Actor;

/// The speakers a trigger's clause is attributed to, nearest first; empty where the report itself speaks.
pub fn said_by(parties: &Parties<'_>, trigger: usize, lexicon: &Lexicon) -> Vec<Actor> {
    let tree = parties.tree;
    let mut below = trigger;
    for token in std::iter::once(trigger).chain(tree.ancestors(trigger)) {
        let speakers = speakers_at(tree, token, below, lexicon);
        if !speakers.is_empty() {
            let actors = parties.actors(&speakers);
            if !actors.is_empty() {
                return actors;
            }
        }
        below = token;
    }
    Vec::new()
}

/// The subjects of reporting at one token on the way up from the trigger.
fn speakers_at(tree: &Tree<'_>, token: usize, below: usize, lexicon: &Lexicon) -> Vec<usize> {
    let reports = |verb: usize| lexicon.is_reporting(&tree.lemma(verb));
    // "X said [Y attacked Z]"
    if token != below && reports(token) && matches!(tree.relation(below), "ccomp" | "parataxis" | "obj") {
        return tree.surface_subject(token);
    }
    // "[Y attacked Z], X said"
    let behind = tree
        .related(token, "advcl")
        .filter(|&child| child > token && tree.related(child, "mark").next().is_none());
    for child in tree.related(token, "parataxis").chain(behind) {
        if child != below && reports(child) {
            return tree.related(child, "nsubj").collect();
        }
    }
    // "according to X, [Y attacked Z]"
    tree.children(token)
        .iter()
        .copied()
        .filter(|&child| matches!(tree.relation(child), "obl" | "nmod"))
        .filter(|&child| tree.preposition(child).as_deref() == Some("according to"))
        .collect()
}
