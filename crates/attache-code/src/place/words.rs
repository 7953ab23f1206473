//! The words around place names, from `data/toponyms/`.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// What a language puts around place names.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PlaceWords {
    pub links: HashSet<String>,
    pub prepositions: HashSet<String>,
    pub locative: HashSet<String>,
    pub goals: HashSet<String>,
    pub going: HashSet<String>,
    pub heads: HashSet<String>,
    pub modifiers: HashSet<String>,
    pub titles: HashSet<String>,
    pub first_names: HashSet<String>,
    pub doubtful: HashSet<String>,
    pub never: HashSet<String>,
    pub organisations: HashSet<String>,
    pub suffixes: HashSet<String>,
    pub features: HashSet<String>,
    pub bodies: HashSet<String>,
    pub people: HashSet<String>,
    pub too_wide: HashSet<String>,
    pub scenes: BTreeMap<String, HashSet<String>>,
    pub aliases: HashMap<String, String>,
    pub regions: HashMap<String, String>,
    pub alone: HashSet<String>,
}

impl PlaceWords {
    /// The built-in English words. A file that does not parse gives none; a test sees to it that
    /// this one does.
    pub fn english() -> &'static PlaceWords {
        static ENGLISH: LazyLock<PlaceWords> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../data/toponyms/en.toml")).unwrap_or_default()
        });
        &ENGLISH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_words_read() {
        let words: PlaceWords = toml::from_str(include_str!("../../../../data/toponyms/en.toml")).unwrap();
        assert!(words.locative.contains("near") && words.doubtful.contains("reading"));
        assert_eq!(words.regions["ala"], "Alabama");
    }
}
