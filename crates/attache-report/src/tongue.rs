//! The languages of the interface. All words stand in `words.tsv`, one line a key.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

static WORDS: LazyLock<HashMap<&'static str, [&'static str; 2]>> = LazyLock::new(|| {
    let lines = include_str!("../words.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.next()?, [cells.next()?, cells.next()?]))
        })
        .collect()
});

impl Tongue {
    /// The language of a code (`en`, `es-CO`), in any case.
    pub fn parse(code: &str) -> Option<Tongue> {
        match code.split(['-', '_']).next()?.to_lowercase().as_str() {
            "en" => Some(Tongue::En),
            "es" => Some(Tongue::Es),
            _ => None,
        }
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Tongue::En => "en",
            Tongue::Es => "es",
        }
    }

    /// The words of a key; the key itself where there are none.
    pub fn say(self, key: &str) -> &str {
        WORDS.get(key).map_or(key, |words| words[self as usize])
    }

    /// A context of the ontology in words.
    pub fn context(self, name: &str) -> String {
        match WORDS.contains_key(name) {
            true => self.say(name).to_owned(),
            false => attache_text::clean(&name.replace('_', " ")).into_owned(),
        }
    }

    /// True where there are words for the key.
    pub fn knows(key: &str) -> bool {
        WORDS.contains_key(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_words_in_both_languages() {
        let rows = include_str!("../words.tsv").lines().filter(|line| !line.starts_with('#'));
        let mut keys = std::collections::BTreeSet::new();
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.trim().is_empty()), "{row}");
            assert!(keys.insert(cells[0]), "{} stands twice", cells[0]);
        }
        assert_eq!(Tongue::Es.say("standing"), "Situación");
        assert_eq!(Tongue::parse("es-CO"), Some(Tongue::Es));
        assert_eq!(
            (Tongue::Es.context("illegal_drugs"), Tongue::En.context("x_y")),
            ("drogas ilícitas".into(), "x y".into())
        );
    }
}
