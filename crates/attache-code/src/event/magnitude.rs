//! How large: people killed, hurt, arrested, taking part, and money, as the words give them.
//!
//! Numbers are read from left to right ([`quantity`]); what befell the people they count is told by the words
//! around them first and by the tree second, because parsers often hang a bare number on the wrong verb.

mod money;
mod quantity;

use super::tree::Tree;
use crate::EventType;
use crate::record::Magnitude;
use attache_text::Upos;
use quantity::Quantity;

const KILLING: [&str; 17] = [
    "kill",
    "die",
    "dead",
    "slay",
    "murder",
    "massacre",
    "death",
    "behead",
    "execute",
    "perish",
    "fatality",
    "killing",
    "slaughter",
    "lynch",
    "drown",
    "execution",
    "assassinate",
];
const HURTING: [&str; 8] = ["wound", "injure", "hurt", "maim", "injured", "wounded", "injury", "hospitalize"];
const ARRESTING: [&str; 11] = [
    "arrest",
    "detain",
    "jail",
    "capture",
    "imprison",
    "apprehend",
    "seize",
    "detention",
    "detainee",
    "nab",
    "deport",
];
/// Verbs that take things as well as people.
const TAKING: [&str; 2] = ["capture", "seize"];
/// Words for people that take part, are moved or taken.
const PEOPLE: &str = " people person civilian soldier troop rebel militant protester protestor demonstrator officer \
     policeman police child woman man boy girl worker student fighter insurgent gunman resident villager migrant \
     refugee hostage prisoner journalist member guerrilla terrorist pilgrim passenger other activist diplomat suspect \
     farmer teacher striker marcher miner nurse doctor supporter reservist paratrooper marine sailor guard personnel \
     peacekeeper mercenary volunteer recruit conscript observer lawyer opponent dissident monk priest fisherman \
     captive detainee inmate citizen foreigner tourist trader shopkeeper driver employee youth mourner follower \
     trucker docker lorry commando trainee cadet settler hundred thousand ";
/// Arms that are sent or moved.
const ARMS: &str = " tank warship ship warplane plane jet aircraft helicopter missile rocket drone destroyer frigate \
     bomber battalion brigade submarine boat vessel howitzer launcher ";
/// Nouns whose number counts no one.
const NO_ONE: &str = " day week month year hour minute second time percent % dollar euro pound kilometre kilometer mile \
     metre meter kilo kilogram ton tonne litre point seat vote cow sheep goat pig horse dog house home building car \
     vehicle village town city country province state count charge round shot bomb case occasion place ";
/// Words between a verb and its number: "killing at least 12".
const FILLERS: &str = " at least more than about some nearly over around up to as many almost only another approximately roughly \
     a an the an estimated further ";

/// What befell the people a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Dead,
    Injured,
    Arrested,
}

/// A number with the words it counts, and the token that ties both to the sentence.
#[derive(Debug, Clone, Copy)]
struct Counted {
    value: u64,
    /// First token of the number.
    first: usize,
    /// One past the last token of the phrase.
    end: usize,
    /// The noun counted, where one is named.
    noun: Option<usize>,
    /// The token of the phrase whose head lies outside it.
    node: usize,
}

/// The magnitude a sentence gives to an event of a type told at a trigger; none where it gives no number.
///
/// A vague word counts as the least it can mean: "dozens" 12, "scores" 20, "tens of thousands" 10,000.
pub fn magnitude(tree: &Tree<'_>, trigger: usize, kind: EventType) -> Option<Magnitude> {
    let mut found = Magnitude::default();
    let mut counted_before: Vec<(Counted, Fate)> = Vec::new();
    for quantity in quantity::all(tree.sentence()) {
        let Some(counted) = counted(tree, quantity) else { continue };
        match fate(tree, &counted) {
            Some(fate) => {
                let slot = match fate {
                    Fate::Dead => &mut found.dead,
                    Fate::Injured => &mut found.injured,
                    Fate::Arrested => &mut found.arrested,
                };
                // "two soldiers and three civilians" are five; a second count elsewhere is a second telling.
                let adds = counted_before.iter().any(|(before, same)| {
                    *same == fate
                        && tree.deprel(counted.node) == "conj"
                        && tree.head(counted.node) == Some(before.node)
                });
                *slot = match *slot {
                    Some(sum) if adds => sum.checked_add(counted.value),
                    None => Some(counted.value),
                    known => known,
                };
                counted_before.push((counted, fate));
            }
            None if takes_part(tree, &counted, kind) => found.size = found.size.or(Some(counted.value)),
            None => {}
        }
    }
    if matches!(
        kind,
        EventType::Aid
            | EventType::Agree
            | EventType::Cooperate
            | EventType::Support
            | EventType::Sanction
            | EventType::Request
            | EventType::Reject
    ) {
        found.money = money::first(tree.sentence(), trigger);
    }
    (found != Magnitude::default()).then_some(found)
}

/// The phrase a number stands in; none where it counts no one.
fn counted(tree: &Tree<'_>, Quantity { value, first, end }: Quantity) -> Option<Counted> {
    let tokens = &tree.sentence().tokens;
    let money = first.checked_sub(1).is_some_and(|before| money::is_currency(&tokens[before].text));
    if money || value.fract() != 0.0 || !(1.0..1e12).contains(&value) {
        return None;
    }
    let mut stop = end;
    if tokens.get(stop).is_some_and(|token| token.text.eq_ignore_ascii_case("of")) {
        stop += 1;
        if tokens.get(stop).is_some_and(|token| matches!(token.upos, Upos::Det | Upos::Pron)) {
            stop += 1;
        }
    }
    let mut noun = None;
    while let Some(token) = tokens.get(stop) {
        match token.upos {
            Upos::Noun | Upos::Propn => noun = Some(stop),
            Upos::Adj => {}
            _ => break,
        }
        stop += 1;
    }
    if noun.is_some_and(|noun| listed(NO_ONE, &tree.lemma(noun))) {
        return None;
    }
    let end = noun.map_or(end, |noun| noun + 1);
    let outside = |index: &usize| tree.head(*index).is_none_or(|head| !(first..end).contains(&head));
    let node = (first..end).rev().find(outside)?;
    Some(Counted { value: value as u64, first, end, noun, node })
}

/// True where a list of words, set between spaces, has a word.
fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

fn is_people(tree: &Tree<'_>, counted: &Counted) -> bool {
    counted.noun.is_none_or(|noun| listed(PEOPLE, &tree.lemma(noun)))
}

fn of_lemma(lemma: &str) -> Option<Fate> {
    if KILLING.contains(&lemma) {
        Some(Fate::Dead)
    } else if HURTING.contains(&lemma) {
        Some(Fate::Injured)
    } else {
        ARRESTING.contains(&lemma).then_some(Fate::Arrested)
    }
}

/// What befell the people counted: told by the noun itself, the words before, the words behind, the tree.
fn fate(tree: &Tree<'_>, counted: &Counted) -> Option<Fate> {
    let named = counted.noun.filter(|&noun| tree.lemma(noun) != "detainee");
    if let Some(fate) = named.and_then(|noun| of_lemma(&tree.lemma(noun))) {
        return Some(fate);
    }
    before(tree, counted).or_else(|| behind(tree, counted)).or_else(|| above(tree, counted))
}

/// "killing at least 12", "shot dead seven", "the arrest of 30 students", "claimed 20 lives", "the death toll rose to 40".
fn before(tree: &Tree<'_>, counted: &Counted) -> Option<Fate> {
    let tokens = &tree.sentence().tokens;
    let form = |index: usize| tokens[index].text.to_lowercase();
    let mut at = counted.first;
    let mut last_filler = String::new();
    while at > 0 && listed(FILLERS, &form(at - 1)) {
        at -= 1;
        last_filler = form(at);
    }
    let previous = at.checked_sub(1)?;
    let lemma = tree.lemma(previous);
    let toll = last_filler == "to" || lemma == "at";
    if toll && tokens[..previous].iter().rev().take(6).any(|token| token.lemma == "toll") {
        return Some(Fate::Dead);
    }
    if lemma == "of" {
        return previous.checked_sub(1).and_then(|head| of_lemma(&tree.lemma(head)));
    }
    let life = counted.noun.is_some_and(|noun| tree.lemma(noun) == "life");
    if life {
        return matches!(lemma.as_str(), "claim" | "take" | "cost").then_some(Fate::Dead);
    }
    if lemma == "dead" {
        return Some(Fate::Dead);
    }
    if tree.upos(previous) != Upos::Verb || tree.is_passive(previous) {
        return None;
    }
    let people_only = TAKING.contains(&lemma.as_str());
    of_lemma(&lemma).filter(|_| !people_only || counted.noun.is_some() && is_people(tree, counted))
}

/// "12 soldiers were killed", "12 people dead", "40 injured".
fn behind(tree: &Tree<'_>, counted: &Counted) -> Option<Fate> {
    let tokens = &tree.sentence().tokens;
    let mut at = counted.end;
    let mut passive = false;
    while tokens.get(at).is_some_and(|token| matches!(token.upos, Upos::Aux | Upos::Adv)) {
        passive |= tree.lemma(at) == "be";
        at += 1;
    }
    tokens.get(at)?;
    let lemma = tree.lemma(at);
    let undergoes = match tree.upos(at) {
        Upos::Verb => {
            let suffers = matches!(lemma.as_str(), "die" | "perish" | "drown");
            let has_object = tree.related(at, "obj").next().is_some();
            suffers || !has_object && (passive || tokens[at].text.ends_with('d'))
        }
        Upos::Adj => true,
        _ => false,
    };
    let taking = TAKING.contains(&lemma.as_str()) && !is_people(tree, counted);
    of_lemma(&lemma).filter(|_| undergoes && !taking)
}

/// What the tree says: the verb the people are object (or passive subject) of, or a predicate.
fn above(tree: &Tree<'_>, counted: &Counted) -> Option<Fate> {
    let mut token = counted.node;
    for _ in 0..3 {
        let head = tree.head(token)?;
        let lemma = tree.lemma(head);
        let undergoes = matches!(tree.deprel(token), "obj" | "nsubj:pass" | "conj" | "nsubj");
        if !undergoes {
            return None;
        }
        let subject_of_active = tree.deprel(token) == "nsubj" && !matches!(lemma.as_str(), "die" | "dead");
        let taking =
            TAKING.contains(&lemma.as_str()) && (counted.noun.is_none() || !is_people(tree, counted));
        if !subject_of_active
            && !taking
            && let Some(fate) = of_lemma(&lemma)
        {
            return Some(fate);
        }
        token = head;
    }
    None
}

/// True where those counted make the event's size: marchers, troops, arms.
fn takes_part(tree: &Tree<'_>, counted: &Counted, kind: EventType) -> bool {
    if !matches!(kind, EventType::Protest | EventType::Mobilize | EventType::Retreat) {
        return false;
    }
    let arms = counted.noun.is_some_and(|noun| listed(ARMS, &tree.lemma(noun)));
    match counted.noun {
        Some(_) => is_people(tree, counted) || arms && kind != EventType::Protest,
        // A bare number counts people only as a party to the verb: "tens of thousands marched".
        None => matches!(tree.relation(counted.node), "nsubj" | "obj"),
    }
}

#[cfg(test)]
mod tests;
