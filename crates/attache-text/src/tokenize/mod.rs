//! Sentences into syntactic words, as Universal Dependencies has them in the English Web Treebank.
//!
//! A token never reaches over white space. Each stretch between spaces is parted in three steps:
//! marks at its ends are taken off ([`edge`]), the middle is cut at hyphens, slashes and the like
//! ([`inner`]), and contractions are parted into the words they stand for ([`clitic`]).

mod clitic;
mod edge;
mod inner;

use crate::segment::table::{Table, english};
use crate::{Span, Token};

/// The tokens of `sentence`, a span of `text`: `span`, `text` and `joined` are filled.
///
/// Every character of the sentence that is no white space lies in exactly one token. A span that
/// does not fit the text has no tokens.
pub fn tokens(text: &str, sentence: Span) -> Vec<Token> {
    let table = english();
    let words = sentence.of(text);
    let last = words.trim_end().len();
    let mut parts = Parts { text: words, pieces: Vec::with_capacity(words.len() / 5 + 1) };
    let mut quote_open = false;
    for (start, chunk) in chunks(words) {
        let place = Place { ends_sentence: start + chunk.len() == last, quote_open };
        let before = parts.pieces.len();
        chunk_tokens(&mut parts, start, start + chunk.len(), place, table);
        for piece in &parts.pieces[before..] {
            if matches!(piece.of(words), "'" | "‘") && !parts.is_joined_to_previous(piece) {
                quote_open = !quote_open;
            }
        }
    }
    parts.into_tokens(sentence.start)
}

/// Where a chunk stands, as far as its parting depends on it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// True for the last chunk: its full stop is the sentence's.
    ends_sentence: bool,
    /// True between a single opening quote and its end: a last apostrophe closes it.
    quote_open: bool,
}

/// A token to be: byte offsets in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    start: usize,
    end: usize,
    /// See [`Token::joined`].
    joined: bool,
}

impl Piece {
    fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// The pieces found so far, in order.
pub(crate) struct Parts<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
}

impl Parts<'_> {
    /// Adds the token `start..end`; nothing where it is empty.
    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.pieces.push(Piece { start, end, joined: false });
        }
    }

    /// Adds the token `start..end`, which is written together with the next one.
    fn push_joined(&mut self, start: usize, end: usize) {
        self.pieces.push(Piece { start, end, joined: true });
    }

    fn is_joined_to_previous(&self, piece: &Piece) -> bool {
        let at = self.pieces.partition_point(|other| other.start < piece.start);
        at > 0 && self.pieces[at - 1].joined
    }

    fn into_tokens(self, offset: usize) -> Vec<Token> {
        self.pieces
            .iter()
            .map(|piece| Token {
                span: Span::new(offset + piece.start, offset + piece.end),
                text: piece.of(self.text).to_owned(),
                joined: piece.joined,
                ..Token::default()
            })
            .collect()
    }
}

/// The stretches between white space, each with its offset.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let from = text.as_ptr() as usize;
    text.split_whitespace().map(move |chunk| (chunk.as_ptr() as usize - from, chunk))
}

/// Parts one stretch without white space.
fn chunk_tokens(parts: &mut Parts<'_>, start: usize, end: usize, place: Place, table: &Table) {
    let text = parts.text;
    let core = edge::before(parts, start, end);
    let (core_end, tail) = edge::after(text, core, end, place, table);
    inner::part(parts, core, core_end, table);
    for (mark_start, mark_end, joined) in tail {
        if let (true, Some(last)) = (joined, parts.pieces.last_mut()) {
            last.joined = true;
        }
        parts.push(mark_start, mark_end);
    }
}
