//! Whether the clause of a time expression looks back or ahead.
//!
//! News tells of what has been: without a sign of the future every date is past. The signs are the
//! auxiliaries and tense of the governing verb, verbs and nouns of planning above an infinitive
//! ("agreed to meet on Friday", "a plan to vote on Friday"), and prepositions ("ahead of Friday's vote").

use super::calendar::Calendar;
use attache_text::{Sentence, Token, Upos};

/// Where the clause of a time expression looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    Past,
    Future,
}

/// Where the clause of the tokens `first..last` looks.
pub(super) fn toward(sentence: &Sentence, calendar: &Calendar, first: usize, last: usize) -> Toward {
    let tokens = &sentence.tokens;
    if let Some(toward) = by_preposition(tokens, calendar, first) {
        return toward;
    }
    let parsed = tokens.iter().any(|token| token.head.is_some());
    let seen =
        if parsed { by_tree(tokens, calendar, first, last) } else { by_words(tokens, calendar, first, last) };
    seen.unwrap_or_else(|| {
        let deadline = before(tokens, first).is_some_and(|word| calendar.is("deadline", &word));
        if deadline { Toward::Future } else { Toward::Past }
    })
}

fn before(tokens: &[Token], first: usize) -> Option<String> {
    Some(tokens.get(first.checked_sub(1)?)?.text.to_lowercase())
}

/// "ahead of Friday", "scheduled for Friday".
fn by_preposition(tokens: &[Token], calendar: &Calendar, first: usize) -> Option<Toward> {
    let word = |back: usize| Some(tokens.get(first.checked_sub(back)?)?.text.to_lowercase());
    let ahead = word(1).is_some_and(|w| w == "of") && word(2).is_some_and(|w| calendar.is("ahead", &w));
    let awaited = word(1).is_some_and(|w| w == "for")
        && (2..=8).filter_map(word).any(|w| calendar.is("awaiting", &w) || calendar.is("awaiting_forms", &w));
    (ahead || awaited).then_some(Toward::Future)
}

/// By the first verb above the expression.
fn by_tree(tokens: &[Token], calendar: &Calendar, first: usize, last: usize) -> Option<Toward> {
    let inside = |index: usize| (first..last).contains(&index);
    let mut at = (first..last).find_map(|i| tokens[i].head.filter(|head| !inside(*head)))?;
    for _ in 0..tokens.len() {
        if let Some(toward) = of_verb(tokens, calendar, at) {
            return Some(toward);
        }
        at = tokens.get(at)?.head?;
    }
    None
}

/// Where a verb or predicate looks; none for a token that settles nothing by itself.
fn of_verb(tokens: &[Token], calendar: &Calendar, at: usize) -> Option<Toward> {
    let token = tokens.get(at)?;
    let children = || tokens.iter().enumerate().filter(move |(_, child)| child.head == Some(at));
    let mut auxiliaries =
        children().filter(|(_, child)| matches!(child.relation(), "aux" | "cop")).map(|(_, c)| c);
    let perfect = auxiliaries.clone().any(|aux| aux.lemma == "have");
    let modal = auxiliaries.clone().any(|aux| calendar.is("auxiliaries", &aux.text.to_lowercase()));
    let past = auxiliaries.clone().any(|aux| aux.feat("Tense") == Some("Past"));
    let present = auxiliaries.any(|aux| aux.feat("Tense") == Some("Pres"));
    let predicate = token.upos == Upos::Verb || modal || past || present;
    if !predicate {
        return calendar
            .is("awaiting", &token.lemma)
            .then_some(Toward::Future)
            .filter(|_| token.upos == Upos::Adj);
    }
    if perfect {
        return Some(Toward::Past);
    }
    if modal || calendar.is("awaiting", &token.lemma) && token.feat("VerbForm") == Some("Part") {
        return Some(Toward::Future);
    }
    let infinitive =
        children().any(|(i, c)| i < at && c.upos == Upos::Part && c.text.eq_ignore_ascii_case("to"));
    if infinitive {
        let Some(head) = token.head else { return Some(Toward::Future) };
        let above = tokens.get(head)?;
        let awaited = calendar.is("awaiting", &above.lemma) || above.lemma == "be";
        return if awaited { Some(Toward::Future) } else { None };
    }
    if past || token.feat("Tense") == Some("Past") && token.feat("VerbForm") != Some("Part") {
        return Some(Toward::Past);
    }
    let finite_present =
        present || token.feat("Tense") == Some("Pres") && token.feat("VerbForm") == Some("Fin");
    match finite_present {
        true if calendar.is("telling", &token.lemma) => Some(Toward::Past),
        true => Some(Toward::Future),
        // A bare participle has the tense of the verb above it, a past one above none is past.
        false => None,
    }
}

/// By the nearest verb form to the left in the clause, else to the right.
fn by_words(tokens: &[Token], calendar: &Calendar, first: usize, last: usize) -> Option<Toward> {
    let edge = |token: &Token| matches!(token.text.as_str(), ";" | "—" | "–" | "(" | ")" | "\"" | "“" | "”");
    let left = (0..first).rev().take_while(|&i| !edge(&tokens[i])).find_map(|i| of_word(tokens, calendar, i));
    left.or_else(|| (last..tokens.len()).find_map(|i| of_word(tokens, calendar, i)))
}

fn of_word(tokens: &[Token], calendar: &Calendar, at: usize) -> Option<Toward> {
    let low = |i: usize| tokens.get(i).map(|t| t.text.to_lowercase()).unwrap_or_default();
    let word = low(at);
    let earlier = |n: usize| at.checked_sub(n).map(low).unwrap_or_default();
    if calendar.is("auxiliaries", &word) && tokens[at].text != "May" {
        let perfect = (1..=2).any(|n| low(at + n) == "have");
        return Some(if perfect { Toward::Past } else { Toward::Future });
    }
    if word == "to"
        && (1..=2).any(|n| calendar.is("awaiting_forms", &earlier(n)) || calendar.is("awaiting", &earlier(n)))
    {
        return Some(Toward::Future);
    }
    let modal_before = (1..=3).any(|n| calendar.is("auxiliaries", &earlier(n)));
    let is_awaited =
        calendar.is("awaiting_forms", &word) && matches!(earlier(1).as_str(), "is" | "are" | "'s" | "’s");
    if is_awaited || word == "due" {
        return Some(Toward::Future);
    }
    let past = !modal_before && (calendar.is("past", &word) || word.len() > 4 && word.ends_with("ed"));
    past.then_some(Toward::Past)
}
