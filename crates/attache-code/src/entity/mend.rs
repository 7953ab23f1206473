//! Where the encoder's arcs contradict its mentions, the mentions win: two people are never one flat
//! name, a title belongs to the name right behind it, a nationality to the noun behind it, and a bare
//! name behind a comma is an apposition or a further conjunct.
//!
//! Lists of people with titles are where a small parser errs most, and where actors stand. The rules
//! know no names and no politics; they only make arcs and mentions agree.

use attache_text::{Mention, MentionKind, Sentence, Upos};

/// Makes the arcs of a sentence agree with its mentions of people and nationalities. A sentence without
/// such mentions stays as it is; the tree stays a tree.
pub fn mend(sentence: &mut Sentence) {
    let people: Vec<Mention> =
        sentence.mentions.iter().copied().filter(|mention| mention.kind == MentionKind::Per).collect();
    coordinate(sentence);
    turn_to_the_right(sentence);
    subordinate(sentence);
    for person in &people {
        join_name(sentence, person);
    }
    for person in &people {
        give_title(sentence, person);
        draw_in(sentence, person);
    }
    for person in &people {
        set_apart(sentence, person);
    }
    for person in &people {
        split_apposition(sentence, person, &people);
        draw_apposition(sentence, person);
    }
}

fn head_of(sentence: &Sentence, token: usize) -> Option<usize> {
    sentence.tokens.get(token).and_then(|token| token.head)
}

fn relation(sentence: &Sentence, token: usize) -> &str {
    sentence.tokens.get(token).map_or("", |token| &token.deprel)
}

fn word(sentence: &Sentence, token: usize) -> &str {
    sentence.tokens.get(token).map_or("", |token| &token.text)
}

/// True where `above` governs `token` over any number of arcs, or is it.
fn governs(sentence: &Sentence, above: usize, token: usize) -> bool {
    let mut at = Some(token);
    for _ in 0..=sentence.tokens.len() {
        match at {
            Some(token) if token == above => return true,
            Some(token) => at = head_of(sentence, token),
            None => return false,
        }
    }
    true
}

/// Hangs a token under another, unless that would close a circle.
fn attach(sentence: &mut Sentence, token: usize, head: Option<usize>, deprel: &str) {
    if head.is_some_and(|head| governs(sentence, token, head)) {
        return;
    }
    if let Some(token) = sentence.tokens.get_mut(token) {
        token.head = head;
        token.deprel = deprel.to_string();
    }
}

/// An adjective of nationality belongs to the noun behind it, never to one before it.
fn turn_to_the_right(sentence: &mut Sentence) {
    let nations: Vec<Mention> =
        sentence.mentions.iter().copied().filter(|mention| mention.kind == MentionKind::Norp).collect();
    for nation in nations {
        let last = nation.last.saturating_sub(1);
        let left = head_of(sentence, last).is_some_and(|head| head < nation.first);
        let noun = (nation.last..sentence.tokens.len()).find(|&token| {
            let upos = sentence.tokens.get(token).map(|token| token.upos);
            !matches!(upos, Some(Upos::Adj))
        });
        let is_noun = |token: usize| {
            sentence.tokens.get(token).is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Propn))
        };
        if !left || relation(sentence, last) != "amod" || !noun.is_some_and(is_noun) {
            continue;
        }
        let mut head = noun;
        while let Some(above) = head.and_then(|head| head_of(sentence, head)) {
            if head.is_none_or(|head| above < head || relation(sentence, head) != "compound") {
                break;
            }
            head = Some(above);
        }
        attach(sentence, last, head, "amod");
    }
}

/// The token of a person's mention that stands for the name: the one governed from outside, by an arc
/// that is not `flat` where there is one; else the first.
fn name_head(sentence: &Sentence, person: &Mention) -> usize {
    let outside = |&token: &usize| {
        head_of(sentence, token).is_none_or(|head| head < person.first || person.last <= head)
    };
    let own = |&token: &usize| outside(&token) && !relation(sentence, token).starts_with("flat");
    (person.first..person.last)
        .find(own)
        .or_else(|| (person.first..person.last).find(outside))
        .unwrap_or(person.first)
}

/// All tokens of a name hang under its head.
fn join_name(sentence: &mut Sentence, person: &Mention) {
    let head = name_head(sentence, person);
    for token in person.first..person.last {
        let above = head_of(sentence, token);
        let inside = above.is_some_and(|above| person.first <= above && above < person.last);
        if token != head && !inside {
            let deprel = if sentence.tokens.get(token).is_some_and(|token| token.upos == Upos::Punct) {
                "punct"
            } else {
                "flat"
            };
            attach(sentence, token, Some(head), deprel);
        }
    }
}

/// The title right before a name hangs under it; a name that hung under its title with a wrong arc
/// changes places with it.
fn give_title(sentence: &mut Sentence, person: &Mention) {
    let name = name_head(sentence, person);
    let Some(before) = person.first.checked_sub(1) else { return };
    // "Secretary of State NAME": the prepositional phrase is the title's.
    let of = before
        .checked_sub(1)
        .filter(|&of| word(sentence, of) == "of" && head_of(sentence, of) == Some(before));
    let title = of.and_then(|of| of.checked_sub(1)).unwrap_or(before);
    let (above, deprel) = (head_of(sentence, title), relation(sentence, title).to_string());
    // "The journalist NAME was …", both called the verb's subject: one person.
    let siblings = above.is_some() && head_of(sentence, name) == above && deprel == relation(sentence, name);
    let titled = sentence.tokens.get(title).is_some_and(|token| {
        let capital = token.text.starts_with(char::is_uppercase);
        matches!(token.upos, Upos::Propn | Upos::Noun) && (capital || siblings)
    });
    let in_mention = sentence.mentions.iter().any(|mention| mention.first <= title && title < mention.last);
    if !titled || in_mention || matches!(relation(sentence, title), "flat" | "compound" | "nmod:poss") {
        return;
    }
    if title != before && head_of(sentence, before) == Some(name) {
        attach(sentence, before, Some(title), "nmod");
    }
    if above == Some(name) {
        if deprel == "nmod:desc" {
            take_over(sentence, title, name, person.last);
        }
        return;
    }
    let under_title = head_of(sentence, name) == Some(title) && !relation(sentence, name).starts_with("flat");
    let stray = matches!(deprel.as_str(), "nmod:desc" | "appos" | "conj");
    if under_title {
        // Turned round in one step: the name takes the title's place.
        attach(sentence, title, None, "root");
        attach(sentence, name, above, &deprel);
        attach(sentence, title, Some(name), "nmod:desc");
        take_over(sentence, title, name, person.first);
    } else if siblings || stray {
        attach(sentence, title, Some(name), "nmod:desc");
        take_over(sentence, title, name, person.first);
    }
}

/// "Army general NAME" with "army" as one more subject of the same verb: it belongs to the title.
fn draw_in(sentence: &mut Sentence, person: &Mention) {
    let name = name_head(sentence, person);
    let first = start_of(sentence, person);
    let Some(before) = first.checked_sub(1).filter(|_| first < person.first) else { return };
    let noun =
        sentence.tokens.get(before).is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Propn));
    let twin = head_of(sentence, before) == head_of(sentence, name)
        && relation(sentence, before) == relation(sentence, name);
    if noun && twin && relation(sentence, before) != "conj" {
        attach(sentence, before, Some(person.first.saturating_sub(1)), "compound");
    }
}

/// Prepositions, conjunctions and what follows the name go from the title to the name.
fn take_over(sentence: &mut Sentence, title: usize, name: usize, behind: usize) {
    for token in 0..sentence.tokens.len() {
        let moves = matches!(relation(sentence, token), "case" | "cc" | "punct" | "mark") && token < title
            || token >= behind;
        if token != name && head_of(sentence, token) == Some(title) && moves {
            let deprel = relation(sentence, token).to_string();
            attach(sentence, token, Some(name), &deprel);
        }
    }
}

/// First token of the name with its title.
fn start_of(sentence: &Sentence, person: &Mention) -> usize {
    let mut first = person.first;
    while let Some(before) = first.checked_sub(1) {
        let above = head_of(sentence, before);
        let belongs = above.is_some_and(|above| first <= above && above < person.last);
        if !belongs || matches!(relation(sentence, before), "punct" | "cc" | "case") {
            break;
        }
        first = before;
    }
    first
}

/// A name that is no part of another name, nor a modifier without preposition, stands for itself.
fn set_apart(sentence: &mut Sentence, person: &Mention) {
    let name = name_head(sentence, person);
    let Some(above) = head_of(sentence, name) else { return };
    let deprel = relation(sentence, name).to_string();
    let has_case =
        (0..name).any(|token| head_of(sentence, token) == Some(name) && relation(sentence, token) == "case");
    let first = start_of(sentence, person);
    let before = first.checked_sub(1).map_or("", |token| word(sentence, token)).to_lowercase();
    let other_name = sentence.mentions.iter().any(|mention| {
        mention.kind == MentionKind::Per
            && mention != person
            && mention.first <= above
            && above < mention.last
    });
    if deprel.starts_with("flat") && other_name {
        match before.as_str() {
            "and" | "," | "or" | "&" => attach(sentence, name, Some(above), "conj"),
            _ if above > name => give_subject(sentence, person, name),
            _ => {}
        }
    } else if deprel == "nmod" && !has_case && before == "," && above < name {
        attach(sentence, name, Some(above), "appos");
    } else if above < name
        && (deprel == "appos" && other_name || deprel == "conj" && in_place(sentence, above))
    {
        // Names are no apposition of other names, people no conjuncts of places.
        let described =
            first.checked_sub(2).filter(|_| before == ",").and_then(|end| noun_ending_at(sentence, end));
        match (described, nearest_person(sentence, above)) {
            (Some(noun), _) => attach(sentence, name, Some(noun), "appos"),
            (None, Some(other)) => attach(sentence, name, Some(other), "conj"),
            (None, None) => {}
        }
    }
}

fn in_person(sentence: &Sentence, token: usize) -> bool {
    let mut covering =
        sentence.mentions.iter().filter(|mention| mention.first <= token && token < mention.last);
    covering.any(|mention| mention.kind == MentionKind::Per)
}

fn in_place(sentence: &Sentence, token: usize) -> bool {
    let mut covering =
        sentence.mentions.iter().filter(|mention| mention.first <= token && token < mention.last);
    covering.any(|mention| matches!(mention.kind, MentionKind::Gpe | MentionKind::Loc))
}

/// The topmost common noun whose phrase ends at a token ("the ambassador in Washington").
fn noun_ending_at(sentence: &Sentence, end: usize) -> Option<usize> {
    let mut found = None;
    let mut at = Some(end);
    for _ in 0..16 {
        let Some(token) = at.filter(|&token| !in_person(sentence, token)) else { break };
        let upos = sentence.tokens.get(token).map(|token| token.upos);
        match upos {
            Some(Upos::Noun) => found = Some(token),
            Some(Upos::Propn) => {}
            _ => break,
        }
        if matches!(relation(sentence, token), "conj" | "obl") {
            break;
        }
        at = head_of(sentence, token).filter(|&head| head <= end);
    }
    found
}

/// The nearest token above that belongs to a person's name.
fn nearest_person(sentence: &Sentence, token: usize) -> Option<usize> {
    let mut at = Some(token);
    for _ in 0..16 {
        let token = at?;
        if in_person(sentence, token) {
            return Some(token);
        }
        at = head_of(sentence, token);
    }
    None
}

/// A name before the verb that has no subject becomes its subject.
fn give_subject(sentence: &mut Sentence, person: &Mention, name: usize) {
    let has_subject = |verb: usize| {
        (0..sentence.tokens.len()).any(|token| {
            head_of(sentence, token) == Some(verb) && relation(sentence, token).starts_with("nsubj")
        })
    };
    let finite = |verb: usize| {
        let token = sentence.tokens.get(verb);
        token.is_some_and(|token| {
            token.upos == Upos::Verb && !matches!(token.feat("VerbForm"), Some("Part" | "Ger" | "Inf"))
        })
    };
    let verb = (person.last..sentence.tokens.len()).find(|&verb| finite(verb) && !has_subject(verb));
    if let Some(verb) = verb {
        attach(sentence, name, Some(verb), "nsubj");
    }
}

/// "OTHER NAME and NAME, the TITLE": the title behind the comma is that of the nearest name.
fn draw_apposition(sentence: &mut Sentence, person: &Mention) {
    if word(sentence, person.last) != "," {
        return;
    }
    let first = person.last + 1;
    let noun = (first..sentence.tokens.len()).find(|&token| {
        sentence.tokens.get(token).is_none_or(|token| !matches!(token.upos, Upos::Det | Upos::Adj))
    });
    let Some(mut noun) = noun else { return };
    while let Some(above) =
        head_of(sentence, noun).filter(|&above| above > noun && relation(sentence, noun) == "compound")
    {
        noun = above;
    }
    let elsewhere = head_of(sentence, noun).is_some_and(|head| head < person.first);
    if relation(sentence, noun) == "appos" && elsewhere {
        attach(sentence, noun, Some(name_head(sentence, person)), "appos");
    }
}

/// "X and Y" with Y called an apposition: the conjunction says it is a conjunct.
fn coordinate(sentence: &mut Sentence) {
    for token in 0..sentence.tokens.len() {
        let joined =
            (0..token).any(|cc| head_of(sentence, cc) == Some(token) && relation(sentence, cc) == "cc");
        if joined && relation(sentence, token) == "appos" {
            let head = head_of(sentence, token);
            attach(sentence, token, head, "conj");
        }
    }
}

/// A second subject with a preposition ("rebels in Mali freed …") describes the first.
fn subordinate(sentence: &mut Sentence) {
    for token in 0..sentence.tokens.len() {
        let has_case = (0..token)
            .any(|case| head_of(sentence, case) == Some(token) && relation(sentence, case) == "case");
        if !has_case || !relation(sentence, token).starts_with("nsubj") {
            continue;
        }
        let verb = head_of(sentence, token);
        let first = (0..token).find(|&other| {
            head_of(sentence, other) == verb && relation(sentence, other).starts_with("nsubj")
        });
        if let Some(first) = first {
            attach(sentence, token, Some(first), "nmod");
        }
    }
}

/// "NAME, the TITLE, OTHER NAME": nobody has two names, so the title begins another conjunct.
fn split_apposition(sentence: &mut Sentence, person: &Mention, people: &[Mention]) {
    let name = name_head(sentence, person);
    let Some(title) = head_of(sentence, name).filter(|_| relation(sentence, name) == "appos") else { return };
    let Some(first) = head_of(sentence, title).filter(|_| relation(sentence, title) == "appos") else {
        return;
    };
    let named = people.iter().any(|other| other != person && other.first <= first && first < other.last);
    if named {
        attach(sentence, title, Some(first), "conj");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_text::Token;

    /// A sentence of `form deprel head` words (heads from 1, 0 for the root) with people's mentions.
    fn sentence(words: &str, people: &[(usize, usize)]) -> Sentence {
        let token = |line: &str| {
            let mut parts = line.split(' ');
            let (text, deprel) = (parts.next().unwrap(), parts.next().unwrap());
            let head: usize = parts.next().unwrap().parse().unwrap();
            let upos = match text {
                "," => Upos::Punct,
                "and" => Upos::Cconj,
                _ if text.starts_with(char::is_uppercase) => Upos::Propn,
                _ => Upos::Verb,
            };
            Token {
                text: text.into(),
                upos,
                head: head.checked_sub(1),
                deprel: deprel.into(),
                ..Token::default()
            }
        };
        let tokens = words.split('|').map(token).collect();
        let mentions =
            people.iter().map(|&(first, last)| Mention { first, last, kind: MentionKind::Per }).collect();
        Sentence { tokens, mentions, ..Sentence::default() }
    }

    fn arc(sentence: &Sentence, token: usize) -> (usize, &str) {
        (head_of(sentence, token).map_or(0, |head| head + 1), relation(sentence, token))
    }

    #[test]
    fn two_people_are_not_one_name() {
        let words = "Ada nsubj 7|Virta flat 1|, punct 5|and cc 5|Minister nmod:desc 1|Bo flat 1|met root 0|Lund flat 1";
        let mut sentence = sentence(words, &[(0, 2), (5, 6)]);
        mend(&mut sentence);
        assert_eq!(arc(&sentence, 5), (1, "conj"));
        assert_eq!(arc(&sentence, 4), (6, "nmod:desc"));
        assert_eq!(arc(&sentence, 0), (7, "nsubj"));
    }

    #[test]
    fn a_title_beside_its_name_joins_it() {
        let mut sentence =
            sentence("Ada nsubj 5|and cc 3|Senator conj 1|Bo conj 1|met root 0", &[(0, 1), (3, 4)]);
        mend(&mut sentence);
        assert_eq!((arc(&sentence, 2), arc(&sentence, 3)), ((4, "nmod:desc"), (1, "conj")));
        assert_eq!(arc(&sentence, 1), (4, "cc"));
    }

    #[test]
    fn agreeing_arcs_stay() {
        let words = "President nmod:desc 2|Ada nsubj 4|Virta flat 2|left root 0";
        let before = sentence(words, &[(1, 3)]);
        let mut after = before.clone();
        mend(&mut after);
        assert_eq!(before, after);
    }
}
