//! English inflection: where a table of forms is certain, it outranks what the lemma head guessed.
//!
//! The head learned its endings from a treebank of two hundred thousand words and can miss a verb it
//! never saw ("impos" for "imposed"); a frame of the lexicon is found by its lemma, so that would lose
//! the event.

use crate::Upos;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Forms whose dictionary form differs from them, `data-build/inflection.py`.
static TABLE: &str = include_str!("../../../../data/inflection/en.tsv");

static LEMMAS: LazyLock<HashMap<(&'static str, Upos), &'static str>> = LazyLock::new(|| {
    TABLE
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (form, upos, lemmas) = (cells.next()?, Upos::parse(cells.next()?)?, cells.next()?);
            Some(((form, upos), lemmas))
        })
        .collect()
});

/// Every dictionary form the table leads to.
static KNOWN: LazyLock<HashSet<(&'static str, Upos)>> = LazyLock::new(|| {
    let of = |(&(_, upos), lemmas): (&(&'static str, Upos), &&'static str)| {
        lemmas.split('|').map(|lemma| (lemma, upos)).collect::<Vec<_>>()
    };
    LEMMAS.iter().flat_map(of).collect()
});

/// The dictionary form of a word, given the head's guess: the guess itself where the table does not know
/// the form or allows the guess, else the table's first.
pub fn settle(form: &str, upos: Upos, guess: String) -> String {
    let lower = form.to_lowercase();
    match LEMMAS.get(&(lower.as_str(), upos)) {
        Some(lemmas) if !lemmas.split('|').any(|lemma| lemma == guess) => {
            lemmas.split('|').next().unwrap_or(&guess).to_owned()
        }
        None if KNOWN.contains(&(lower.as_str(), upos)) && !KNOWN.contains(&(guess.as_str(), upos)) => lower,
        _ => guess,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_outranks_a_wrong_guess_only() {
        assert_eq!(settle("imposed", Upos::Verb, "impos".into()), "impose");
        assert_eq!(settle("Expelled", Upos::Verb, "expell".into()), "expel");
        assert_eq!(settle("found", Upos::Verb, "found".into()), "found");
        assert_eq!(settle("found", Upos::Verb, "find".into()), "find");
        assert_eq!(settle("impose", Upos::Verb, "impos".into()), "impose");
        assert_eq!(settle("Petros", Upos::Propn, "Petros".into()), "Petros");
    }
}
