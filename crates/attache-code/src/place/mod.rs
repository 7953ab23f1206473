//! Where: the gazetteer, the place names of a text, and the place of an event.
//!
//! [`find`] reads which words may name a place, [`choose`] which place is meant, [`event`] which one
//! is an event's; [`belong`](belong()) lets a place stand for its country where it is an actor.

mod around;
mod belong;
mod choose;
mod event;
mod find;
mod gazetteer;
mod key;
mod pack;
mod site;
mod table;
mod words;

pub use belong::belong;
pub use event::place_of;
pub use gazetteer::{Gazetteer, Tables};

use crate::record::Place;
use attache_text::{Sentence, Span, tokenize};
use choose::Told;
use find::{Name, Standing};
use std::collections::HashSet;
use words::PlaceWords;

/// A place name of a report and the place it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// First token (index in the sentence).
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// The place, with its words and their span.
    pub place: Place,
}

/// Why a gazetteer cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// The packed places are of another form or cut off.
    #[error("the packed places cannot be read: make them anew (cargo xtask pack-places)")]
    Packed,
    /// A table has not the columns it should.
    #[error("{table} has no column `{column}`")]
    Column {
        /// The table's file name.
        table: &'static str,
        /// The column's name.
        column: &'static str,
    },
    /// A row cannot be used.
    #[error("{table}, line {line}: {what}")]
    Row {
        /// The table's file name.
        table: &'static str,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        what: &'static str,
    },
}

/// What is known of a report before its places are looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Codes of countries the report is known to speak of.
    pub countries: &'a [String],
    /// The place of its dateline as a sentence of tokens; it is a place name of the report.
    pub dateline: Option<&'a Sentence>,
    /// The publisher's name ("The Kyiv Independent"): where it is at home says which places are near.
    pub publisher: Option<&'a str>,
}

/// Every place name of the report, in text order, and the place it means.
///
/// Names are those of the gazetteer, written with a capital; longest match. Persons and demonyms are none;
/// part of an organisation's name is one where it says whose body it is ("Athens Police Department") or the
/// report names the place elsewhere. A name that is a common word or a first name as well is one only where
/// the words around it or the tagger say so. A government's seat standing for the government ("Washington
/// said") is still a place name here; [`place_of`] leaves it out. The dateline's place has the number after
/// the last sentence's, and comes last.
pub fn locate(text: &str, sentences: &[Sentence], gazetteer: &Gazetteer, hints: Hints<'_>) -> Vec<Toponym> {
    let words = PlaceWords::english();
    let modelled = sentences.iter().any(|sentence| !sentence.mentions.is_empty());
    let small = small_words(sentences);
    let lines: Vec<&Sentence> = sentences.iter().chain(hints.dateline).collect();
    let found: Vec<Vec<Name<'_>>> = lines.iter().map(|s| find::names(s, gazetteer, words)).collect();
    let mut stood = Vec::new();
    for (index, (sentence, names)) in lines.iter().zip(&found).enumerate() {
        for name in names {
            let common = small.contains(&find::wording(&sentence.tokens, name));
            let standing = match index < sentences.len() {
                true => find::standing(sentence, name, names, words, modelled, common),
                false => Standing::Placed,
            };
            stood.push((index, name, standing));
        }
    }
    let keys = |wanted: fn(Standing) -> bool| -> HashSet<_> {
        stood.iter().filter(|(.., standing)| wanted(*standing)).map(|(_, name, _)| name.key).collect()
    };
    let persons = keys(|standing| standing == Standing::Person);
    let placed = keys(|standing| matches!(standing, Standing::Placed | Standing::Bare));
    let kept: Vec<(usize, &Name<'_>)> = stood
        .iter()
        .filter(|(_, name, s)| match s {
            Standing::Placed => true,
            Standing::Bare => !persons.contains(&name.key),
            Standing::Part => placed.contains(&name.key) && !persons.contains(&name.key),
            Standing::Person | Standing::No => false,
        })
        .map(|(index, name, _)| (*index, *name))
        .collect();
    let home = hints.publisher.map(publisher).unwrap_or_default();
    let at_home = find::names(&home, gazetteer, words);
    // "Georgia" of a bureau's name is no place name here, and yet tells where the report is at home.
    let part = |s: Standing, name: &Name<'_>| s == Standing::Part && !persons.contains(&name.key);
    let parts = stood.iter().filter(|(_, name, s)| part(*s, name)).map(|(_, name, _)| *name);
    let told: Vec<Told<'_, '_>> = kept
        .iter()
        .map(|(index, name)| Told { name, container: container(lines[*index], name, &found[*index]) })
        .chain(at_home.iter().map(|name| Told { name, container: None }))
        .chain(parts.map(|name| Told { name, container: None }))
        .collect();
    let evidence: Vec<&Name<'_>> = found.iter().flatten().collect();
    let mut spoken = hints.countries.to_vec();
    spoken.extend(scenes(sentences, words));
    let chosen = choose::choose(&told, &evidence, &spoken);
    let toponym = |(index, name): &(usize, &Name<'_>)| {
        let site = chosen.get(&name.key)?;
        let tokens = lines[*index].tokens.get(name.first..name.last)?;
        let span = tokens.first()?.span.join(tokens.last()?.span);
        let place = site.place(Span::of(span, text).to_owned(), span);
        Some(Toponym { sentence: *index, first: name.first, last: name.last, place })
    };
    kept.iter().filter_map(toponym).collect()
}

/// Countries whose news alone is full of some words of the report, at most eight times each.
fn scenes(sentences: &[Sentence], words: &PlaceWords) -> Vec<String> {
    const MOST: usize = 8;
    let told: HashSet<String> = sentences
        .iter()
        .flat_map(|sentence| &sentence.tokens)
        .map(|token| token.text.to_lowercase())
        .collect();
    let count = |known: &HashSet<String>| known.iter().filter(|word| told.contains(*word)).count().min(MOST);
    words.scenes.iter().flat_map(|(country, known)| vec![country.clone(); count(known)]).collect()
}

/// A publisher's name as a sentence.
fn publisher(name: &str) -> Sentence {
    let span = Span::new(0, name.len());
    Sentence { span, tokens: tokenize::tokens(name, span), mentions: Vec::new() }
}

/// The name behind a name's comma: "Ohio" of "Toledo, Ohio".
fn container<'a, 'g>(sentence: &Sentence, name: &Name<'g>, names: &'a [Name<'g>]) -> Option<&'a Name<'g>> {
    let comma = sentence.tokens.get(name.last).is_some_and(|token| token.text == ",");
    names.iter().find(|other| comma && other.first == name.last + 1)
}

/// Single words the report writes small somewhere: "reading" beside "Reading".
fn small_words(sentences: &[Sentence]) -> HashSet<String> {
    let texts = sentences.iter().flat_map(|sentence| &sentence.tokens).map(|token| token.text.as_str());
    texts.filter(|text| text.chars().next().is_some_and(char::is_lowercase)).map(str::to_owned).collect()
}
