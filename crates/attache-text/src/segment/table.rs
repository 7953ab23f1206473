//! The word tables of a language that segmenting and tokenising go by, read from `data/segment/`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// When the full stop of an abbreviation can end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// Never: it stands before a name ("Gen.").
    Title,
    /// Only when no digit follows ("No.", "Feb.").
    Number,
    /// Only when a word follows that often opens a sentence ("Inc.").
    Plain,
}

/// The tables of one language. All of it is data; `data/segment/en/` says what each kind means.
#[derive(Debug)]
pub struct Table {
    abbreviations: HashMap<String, Abbreviation>,
    words: HashMap<String, HashSet<String>>,
    splits: HashMap<String, usize>,
}

/// The longest abbreviation or table word looked up, in bytes. Longer words are in no table.
const LONGEST: usize = 32;

/// The English tables, parsed once; they never change while the program runs.
pub fn english() -> &'static Table {
    static ENGLISH: LazyLock<Table> = LazyLock::new(|| {
        Table::parse(
            include_str!("../../../../data/segment/en/abbreviations.txt"),
            include_str!("../../../../data/segment/en/words.txt"),
        )
    });
    &ENGLISH
}

impl Table {
    /// Reads the two files: `[kind]` heads, one word a line, `#` comments.
    fn parse(abbreviations: &str, words: &str) -> Table {
        let mut table =
            Table { abbreviations: HashMap::new(), words: HashMap::new(), splits: HashMap::new() };
        for (kind, word) in entries(abbreviations) {
            let kind = match kind {
                "title" => Abbreviation::Title,
                "number" => Abbreviation::Number,
                _ => Abbreviation::Plain,
            };
            table.abbreviations.insert(word.to_owned(), kind);
        }
        for (kind, word) in entries(words) {
            match word.split_once('|') {
                Some((first, second)) => {
                    table.splits.insert(format!("{first}{second}"), first.len());
                }
                None => {
                    table.words.entry(kind.to_owned()).or_default().insert(word.to_owned());
                }
            }
        }
        table
    }

    /// What kind of abbreviation `word` is (without its full stop); none where it is none.
    ///
    /// A line of the table in small letters allows any case; one with a capital asks for the capital
    /// ("No." but not "no."), and also knows the word in capitals only.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > LONGEST {
            return None;
        }
        let by = |form: &str| self.abbreviations.get(form).copied();
        by(word)
            .or_else(|| by(&word.to_lowercase()))
            .or_else(|| (word.len() > 1 && is_upper(word)).then(|| by(&title_case(word))).flatten())
    }

    /// True where `word`, as it is written, stands in the table under `kind`.
    pub fn has(&self, kind: &str, word: &str) -> bool {
        word.len() <= LONGEST && self.words.get(kind).is_some_and(|words| words.contains(word))
    }

    /// All words under `kind`, in no order.
    pub fn all(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.words.get(kind).into_iter().flatten().map(String::as_str)
    }

    /// Where to part a word that is two ("cannot"): bytes of the first part.
    pub fn split(&self, word: &str) -> Option<usize> {
        if word.len() > LONGEST || !word.is_ascii() {
            return None;
        }
        self.splits.get(&word.to_ascii_lowercase()).copied()
    }
}

/// Every `(kind, word)` of a table file.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut kind = "";
    file.lines().map(str::trim).filter_map(move |line| {
        if let Some(head) = line.strip_prefix('[') {
            kind = head.trim_end_matches(']');
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((kind, line))
    })
}

fn is_upper(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

fn title_case(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_know_their_case() {
        let table = english();
        assert_eq!(table.abbreviation("Gen"), Some(Abbreviation::Title));
        assert_eq!(table.abbreviation("GEN"), Some(Abbreviation::Title));
        assert_eq!(table.abbreviation("no"), None);
        assert_eq!(table.abbreviation("No"), Some(Abbreviation::Number));
        assert_eq!(table.abbreviation("etc"), Some(Abbreviation::Plain));
        assert_eq!(table.abbreviation("house"), None);
    }

    #[test]
    fn words_stand_under_their_kind() {
        let table = english();
        assert!(table.has("starter", "The") && !table.has("starter", "the"));
        assert!(table.has("prefix", "anti") && table.has("agency", "Prensa Latina"));
        assert_eq!(table.split("Cannot"), Some(3));
        assert_eq!(table.split("candid"), None);
    }
}
