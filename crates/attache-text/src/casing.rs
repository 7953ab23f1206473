//! Texts whose letters are all capitals, or all small: their words written as usual again.
//!
//! Wire copy and old collections come so. Offsets are not touched: only what a token says its letters are.

use crate::{Mention, MentionKind, Report, Sentence, Upos};

/// How a stretch of text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Casing {
    /// With small letters and capitals.
    Usual,
    /// In capitals throughout.
    Capitals,
    /// Without any capital.
    Small,
}

/// Letters from which on a stretch shows how it is written.
const ENOUGH: usize = 40;
/// In a text in capitals one letter of so many may be small ("McLEAN").
const SLIPS: usize = 50;

impl Casing {
    /// How a text is written; a short one is as usual.
    pub fn of(text: &str) -> Casing {
        let small = text.chars().filter(|c| c.is_lowercase()).count();
        let capitals = text.chars().filter(|c| c.is_uppercase()).count();
        match () {
            () if small + capitals < ENOUGH => Casing::Usual,
            () if capitals == 0 => Casing::Small,
            () if small * SLIPS <= capitals => Casing::Capitals,
            () => Casing::Usual,
        }
    }

    /// How the blocks of a report are written, in their order. A block is taken for one without capitals
    /// only where the whole report has none.
    pub fn of_blocks(report: &Report) -> Vec<Casing> {
        let small = Casing::of(&report.text) == Casing::Small;
        let of = |text| match Casing::of(text) {
            _ if small => Casing::Small,
            Casing::Small => Casing::Usual,
            casing => casing,
        };
        report.blocks.iter().map(|block| of(block.span.of(&report.text))).collect()
    }
}

/// Writes all words of a sentence small.
pub fn lower(sentence: &mut Sentence) {
    for token in &mut sentence.tokens {
        token.text = token.text.to_lowercase();
    }
}

/// Gives the words of an analysed sentence in small letters their capitals: names by the tagger's word,
/// the first word, abbreviations with stops ("u.s."), and what `known` says: the tokens of names that
/// are known by other means, and whether they are written in capitals throughout.
pub fn restore(sentence: &mut Sentence, known: &[(usize, usize, bool)]) {
    let named = |mention: &&Mention| !matches!(mention.kind, MentionKind::Date | MentionKind::Money);
    let mentions: Vec<Mention> = sentence.mentions.iter().filter(named).copied().collect();
    let mut first = true;
    for (index, token) in sentence.tokens.iter_mut().enumerate() {
        let small = matches!(
            token.upos,
            Upos::Adp
                | Upos::Det
                | Upos::Cconj
                | Upos::Sconj
                | Upos::Part
                | Upos::Punct
                | Upos::Pron
                | Upos::Aux
        );
        let name = mentions.iter().any(|mention| mention.first <= index && index < mention.last);
        let listed = known.iter().find(|(from, to, _)| *from <= index && index < *to);
        let capitals = listed.is_some_and(|(.., capitals)| *capitals) || is_dotted(&token.text);
        if capitals {
            token.text = token.text.to_uppercase();
        } else if first || !small && (name || listed.is_some() || token.upos == Upos::Propn) {
            token.text = capitalised(&token.text);
        }
        first &= token.upos == Upos::Punct;
    }
}

/// "u.s", "u.n.".
fn is_dotted(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    let letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    word.contains('.') && word.split('.').all(letter)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Token;

    #[test]
    fn long_texts_show_how_they_are_written() {
        let small = "the guerrillas attacked the power station near san salvador";
        assert_eq!(Casing::of(small), Casing::Small);
        assert_eq!(Casing::of(&small.to_uppercase()), Casing::Capitals);
        assert_eq!(Casing::of(&small.replace("san salvador", "San Salvador")), Casing::Usual);
        assert_eq!(Casing::of("TALKS IN LIMA"), Casing::Usual);
    }

    #[test]
    fn names_get_their_capitals_back() {
        let words = [
            ("the", Upos::Det),
            ("u.s.", Upos::Propn),
            ("troops", Upos::Noun),
            ("fought", Upos::Verb),
            ("the", Upos::Det),
            ("fmln", Upos::Noun),
            ("near", Upos::Adp),
            ("san", Upos::Propn),
            ("salvador", Upos::Noun),
        ];
        let token = |(text, upos): (&str, Upos)| Token { text: text.into(), upos, ..Token::default() };
        let mentions = vec![Mention { first: 7, last: 9, kind: MentionKind::Gpe }];
        let mut sentence = Sentence { tokens: words.map(token).into(), mentions, ..Sentence::default() };
        restore(&mut sentence, &[(5, 6, true)]);
        let texts: Vec<&str> = sentence.tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(texts, ["The", "U.S.", "troops", "fought", "the", "FMLN", "near", "San", "Salvador"]);
    }
}
