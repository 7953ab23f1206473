//! Words to the vocabulary's pieces: BERT's uncased tokenisation, one syntactic word at a time.
//!
//! `train/pieces.py` is the same in Python; the two must agree piece for piece.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most pieces kept of one word; a longer word is known by its beginning.
pub const MAX_PIECES_PER_WORD: usize = 16;
/// A longer run of letters is one unknown piece.
const MAX_CHARS_PER_RUN: usize = 100;
/// Nothing is read of a word beyond this many characters.
const MAX_CHARS_PER_WORD: usize = 2000;

/// Punctuation outside ASCII, as ranges of code points.
const PUNCTUATION: [(u32, u32); 17] = [
    (0xA1, 0xA1),
    (0xA7, 0xA7),
    (0xAB, 0xAB),
    (0xB6, 0xB7),
    (0xBB, 0xBB),
    (0xBF, 0xBF),
    (0x60C, 0x60D),
    (0x61B, 0x61B),
    (0x61F, 0x61F),
    (0x66A, 0x66D),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x3001, 0x3003),
    (0x3008, 0x3011),
    (0x3014, 0x301F),
    (0xFF01, 0xFF0F),
    (0xFF1A, 0xFF20),
];

/// Characters without a shape of their own: soft hyphen, joiners, direction marks.
const INVISIBLE: [(u32, u32); 6] =
    [(0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)];

/// CJK ideographs, each a run of its own.
const IDEOGRAPHS: [(u32, u32); 4] =
    [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F)];

/// The pieces by their spelling.
#[derive(Debug)]
pub struct Vocabulary {
    index: HashMap<String, u32>,
    /// Index of `[CLS]`, put before every sentence.
    pub start: u32,
    /// Index of `[SEP]`, put after it.
    pub end: u32,
    unknown: u32,
}

/// How a word is written: row of the shape embeddings. The vocabulary is uncased, so this is all the
/// encoder knows of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// No word: start and end of the sentence.
    Special,
    /// lower
    Lower,
    /// Title
    Title,
    /// UPPER
    Upper,
    /// A single capital letter.
    Letter,
    /// miXed
    Mixed,
    /// With a digit.
    Digit,
    /// Punctuation only.
    Punct,
    /// Signs, and letters without case.
    Other,
    /// Title, at the head of a sentence, where it says little.
    First,
}

impl Shape {
    /// How many shapes there are.
    pub const COUNT: usize = 10;
}

impl Vocabulary {
    /// Reads one piece a line; none where a special piece is missing.
    pub fn parse(lines: &str) -> Option<Vocabulary> {
        let index: HashMap<String, u32> =
            lines.split('\n').zip(0u32..).map(|(piece, n)| (piece.to_string(), n)).collect();
        let special = |name: &str| index.get(name).copied();
        let (start, end, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        Some(Vocabulary { index, start, end, unknown })
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// True of a vocabulary without pieces, which [`Vocabulary::parse`] never makes.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Pieces of one word: at least one, at most [`MAX_PIECES_PER_WORD`].
    pub fn word(&self, word: &str) -> Vec<u32> {
        let mut pieces = Vec::new();
        for run in runs(word) {
            if pieces.len() >= MAX_PIECES_PER_WORD {
                break;
            }
            self.run(&run, &mut pieces);
        }
        pieces.truncate(MAX_PIECES_PER_WORD);
        if pieces.is_empty() {
            pieces.push(self.unknown);
        }
        pieces
    }

    /// Greedy longest match first; a run that cannot be spelt is one unknown piece.
    fn run(&self, run: &str, pieces: &mut Vec<u32>) {
        if run.chars().count() > MAX_CHARS_PER_RUN {
            pieces.push(self.unknown);
            return;
        }
        let before = pieces.len();
        let mut rest = run;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let found = ends.into_iter().find_map(|end| {
                let spelling = rest.get(..end)?;
                let piece = if rest.len() == run.len() {
                    self.index.get(spelling)
                } else {
                    self.index.get(&format!("##{spelling}"))
                };
                piece.map(|&piece| (piece, end))
            });
            let Some((piece, end)) = found else {
                pieces.truncate(before);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(piece);
            rest = rest.get(end..).unwrap_or("");
        }
    }
}

/// Lower-cased, accents stripped, cut at punctuation, ideographs and white space.
fn runs(word: &str) -> Vec<String> {
    let short: String = word.chars().take(MAX_CHARS_PER_WORD).collect();
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for c in short.to_lowercase().nfd() {
        let space = c.is_whitespace();
        if is_combining_mark(c) || within(c, &INVISIBLE) || (c.is_control() && !space) {
            continue;
        }
        let alone = is_punctuation(c) || within(c, &IDEOGRAPHS);
        match out.last_mut() {
            Some(run) if open && !alone && !space => run.push(c),
            _ if !space => out.push(c.to_string()),
            _ => {}
        }
        open = !alone && !space;
    }
    out
}

fn within(c: char, ranges: &[(u32, u32)]) -> bool {
    let code = u32::from(c);
    ranges.iter().any(|&(first, last)| (first..=last).contains(&code))
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || within(c, &PUNCTUATION)
}

/// The shape of a word; `first` says that it begins the sentence.
pub fn shape(word: &str, first: bool) -> Shape {
    if word.chars().any(char::is_numeric) {
        return Shape::Digit;
    }
    let letters = || word.chars().filter(|&c| c.is_alphabetic() && !is_combining_mark(c));
    let (count, upper) = (letters().count(), letters().filter(|c| c.is_uppercase()).count());
    if count == 0 {
        return if word.chars().all(is_punctuation) { Shape::Punct } else { Shape::Other };
    }
    if upper == 0 {
        return if letters().any(char::is_lowercase) { Shape::Lower } else { Shape::Other };
    }
    if upper == count {
        return if count == 1 { Shape::Letter } else { Shape::Upper };
    }
    match letters().next() {
        Some(c) if c.is_uppercase() && upper == 1 && first => Shape::First,
        Some(c) if c.is_uppercase() && upper == 1 => Shape::Title,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::parse("[PAD]\n[UNK]\n[CLS]\n[SEP]\npro\n##test\n##s\n-\nnon\ncafe\n##é").unwrap()
    }

    #[test]
    fn words_are_cut_greedily() {
        let v = vocabulary();
        assert_eq!(v.word("Protests"), [4, 5, 6]);
        assert_eq!(v.word("NON-protest"), [8, 7, 4, 5]);
        assert_eq!(v.word("Café"), [9]);
        assert_eq!(v.word("protestx"), [1], "a run that cannot be spelt is unknown as a whole");
    }

    #[test]
    fn odd_words_give_one_piece_at_least_and_sixteen_at_most() {
        let v = vocabulary();
        for word in ["", "🕊️", "سلام", "\u{200b}", "\n"] {
            assert_eq!(v.word(word), [1], "{word:?}");
        }
        assert_eq!(v.word(&"x".repeat(10_000)), [1]);
        assert_eq!(v.word(&"-".repeat(10_000)).len(), MAX_PIECES_PER_WORD);
    }

    #[test]
    fn shapes_tell_case() {
        let shapes = [
            ("minister", Shape::Lower),
            ("Minister", Shape::Title),
            ("UN", Shape::Upper),
            ("A", Shape::Letter),
            ("McDonald", Shape::Mixed),
            ("2nd", Shape::Digit),
            ("—", Shape::Punct),
            ("€", Shape::Other),
            ("مصر", Shape::Other),
        ];
        for (word, expected) in shapes {
            assert_eq!(shape(word, false), expected, "{word}");
        }
        assert_eq!(shape("The", true), Shape::First);
    }
}
