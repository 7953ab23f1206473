//! Names of the registry in a text that has lost its capitals.

use super::names::{Word, sentence_words};
use super::registry::{Registry, Sense};
use attache_text::{Sentence, Upos};

/// Letters up to which a country's name is an abbreviation rather than a word.
const ACRONYM: usize = 3;

impl Registry {
    /// The names in a tagged sentence of small letters: first token, first token after it, and whether the
    /// name is written in capitals throughout. A single word is one where the tagger takes it for a name, or
    /// where it is a country's, capital's or people's.
    pub fn names_in_small(&self, sentence: &Sentence) -> Vec<(usize, usize, bool)> {
        let upos = |word: &Word| sentence.tokens.get(word.token).map_or(Upos::X, |token| token.upos);
        let nominal = |word: &Word| matches!(upos(word), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X);
        let nation = |sense: Sense| {
            matches!(sense, Sense::Country(_) | Sense::Capital(_) | Sense::Nationality(_) | Sense::People(_))
        };
        let passes = |words: &[Word], sense: Sense| match words {
            // "A car bomb" is no bomb of the Central African Republic.
            [word] => {
                matches!(upos(word), Upos::Propn | Upos::X)
                    || nominal(word) && nation(sense) && word.key.len() > ACRONYM
            }
            words => words.iter().any(nominal),
        };
        self.names.spelled(&sentence_words(sentence), passes)
    }
}
