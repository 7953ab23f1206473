//! What is read off the word vectors: tags, lemmas, arcs, mentions, relations.

pub mod arcs;
pub mod inflection;
pub mod lemma;
pub mod mentions;
pub mod relation;
pub mod tags;
pub mod tree;
