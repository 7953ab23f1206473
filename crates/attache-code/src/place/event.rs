//! The place of one event.

use super::Toponym;
use super::words::PlaceWords;
use crate::record::Place;
use attache_text::{Sentence, Token, Upos};

/// The place of the event whose trigger is token `trigger` of `sentence`, the report's sentence number
/// `index`: the toponym in a place phrase ("at the White House") closest to the trigger in the tree, a
/// building before its town, a country only where its phrase has nothing finer; else the dateline's.
///
/// A subject or modifier is no place phrase: in "Washington imposed tariffs" nothing happened in
/// Washington. Nor are places in the clause of the telling ("a spokesman in Geneva said") or in a
/// relative clause beside the trigger's. A continent is too wide to be one. The goal of a visit or march is its place.
pub fn place_of<'a>(
    sentence: &Sentence,
    index: usize,
    trigger: usize,
    toponyms: &'a [Toponym],
    dateline: Option<&'a Toponym>,
) -> Option<&'a Toponym> {
    let tokens = &sentence.tokens;
    let words = PlaceWords::english();
    let narrow = |toponym: &&Toponym| !words.too_wide.contains(&toponym.place.name);
    let here = toponyms.iter().filter(|toponym| toponym.sentence == index).filter(narrow);
    let ranked = here.filter_map(|toponym| {
        let phrase = phrase(tokens, toponym, trigger, words)?;
        let bond = bond(tokens, toponym, trigger)?;
        let distance = trigger.abs_diff(toponym.first);
        Some(((bond, phrase, grain(&toponym.place), distance), toponym))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, toponym)| toponym).or(dateline)
}

/// How finely a place says where, the finest 0: building, town, region, country.
fn grain(place: &Place) -> u8 {
    match (&place.city, &place.admin1) {
        (Some(city), _) if *city == place.name => 1,
        (Some(_), _) => 0,
        (None, Some(region)) if *region == place.name => 2,
        (None, Some(_)) => 0,
        (None, None) => 3,
    }
}

/// The token of the toponym that hangs on a word outside it.
fn top(tokens: &[Token], toponym: &Toponym) -> Option<usize> {
    let inside = |head: usize| (toponym.first..toponym.last).contains(&head);
    (toponym.first..toponym.last)
        .find(|i| tokens.get(*i).is_some_and(|t| t.head.is_none_or(|head| !inside(head))))
}

/// 0 for a locative phrase, 1 for the goal of a going; none for what is no place phrase.
fn phrase(tokens: &[Token], toponym: &Toponym, trigger: usize, words: &PlaceWords) -> Option<u8> {
    let top = top(tokens, toponym)?;
    let case = |i: usize| tokens.iter().find(move |t| t.head == Some(i) && t.relation() == "case");
    let parsed = tokens.get(top)?.head.is_some() || tokens.get(top)?.deprel == "root";
    let preposition = match case(top) {
        Some(token) => token.text.to_lowercase(),
        // "in Toledo, Ohio": the region hangs on the town and has its phrase.
        None if parsed => match tokens.get(top)? {
            token if matches!(token.relation(), "appos" | "conj" | "list" | "flat" | "nmod") => {
                case(token.head?).map(|case| case.text.to_lowercase())?
            }
            _ => return None,
        },
        None => left_preposition(tokens, toponym.first)?,
    };
    if words.locative.contains(&preposition) {
        return Some(0);
    }
    let lemma = tokens.get(trigger).map(|t| if t.lemma.is_empty() { &t.text } else { &t.lemma })?;
    let goes = words.going.iter().any(|going| lemma.to_lowercase().starts_with(going.as_str()));
    (goes && words.goals.contains(&preposition)).then_some(1)
}

/// The word before the name, articles and adjectives of direction passed over.
fn left_preposition(tokens: &[Token], first: usize) -> Option<String> {
    let before = tokens.get(..first)?.iter().rev().map(|token| token.text.to_lowercase());
    before.take(4).find(|word| {
        !matches!(
            word.as_str(),
            "the" | "nearby" | "northern" | "southern" | "eastern" | "western" | "central"
        )
    })
}

/// How a place phrase belongs to the trigger: 0 hangs on it, 1 on its clause, 2 on a noun of its clause, 3 on
/// a clause beside it; none for another clause.
fn bond(tokens: &[Token], toponym: &Toponym, trigger: usize) -> Option<u8> {
    let top = top(tokens, toponym)?;
    if tokens.iter().all(|token| token.head.is_none()) {
        return Some(1);
    }
    let clause = clause_of(tokens, trigger);
    let mut at = tokens.get(top)?.head?;
    let mut nouns = 0;
    for _ in 0..tokens.len() {
        if at == trigger {
            return Some(if nouns == 0 { 0 } else { 1 });
        }
        if Some(at) == clause {
            return Some(if nouns == 0 { 1 } else { 2 });
        }
        let token = tokens.get(at)?;
        if token.upos == Upos::Verb {
            break;
        }
        // "at a hotel in Geneva" is one phrase.
        let chained = matches!(token.relation(), "obl" | "nmod" | "appos" | "conj" | "flat" | "compound");
        nouns += usize::from(!chained);
        at = token.head?;
    }
    beside(tokens, at, clause?).then_some(3)
}

/// The verb or root above a token, itself included.
fn clause_of(tokens: &[Token], at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..tokens.len() {
        let token = tokens.get(at)?;
        match token.head {
            Some(head) if token.upos != Upos::Verb => at = head,
            _ => return Some(at),
        }
    }
    None
}

/// True where the two verbs share subject or circumstances: joined by "and", infinitive, participle.
fn beside(tokens: &[Token], one: usize, other: usize) -> bool {
    let hangs = |low: usize, high: usize| {
        tokens
            .get(low)
            .is_some_and(|t| t.head == Some(high) && matches!(t.relation(), "conj" | "xcomp" | "advcl"))
    };
    hangs(one, other) || hangs(other, one)
}
