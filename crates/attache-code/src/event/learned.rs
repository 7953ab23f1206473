//! The learned head's say in a sentence: it corrects or refuses what frames found between two sides, and adds
//! what they missed.
//!
//! The rule, in this order:
//! 1. A frame's event between two sides is dropped where the head is sure that nothing joins them, and takes
//!    the head's type where the head is sure of another one and reads it off the same word, or has no belief
//!    in the frame's and reads its own nowhere else.
//! 2. Between two sides that no event joins (phrases that name nobody known are sides too), the head's likeliest
//!    type fills the empty role of an event already found, or becomes an event where it is likely enough; of
//!    several events at one trigger the likeliest stays. What a word of saying tells comes after the rest, and
//!    only where no act stands below that word.
//! 3. A side that has taken part in nothing is asked about alone.

use super::asked::{Asked, Bar, Fate};
use super::lexicon::Lexicon;
use super::matching::Match;
use super::opinion::Opinion;
use super::party::{Parties, same};
use super::side::{self, Side};
use super::status;
use crate::record::Actor;
use crate::{EventType, Status};
use attache_text::Span;
use attache_text::encoder::{Encoded, Model};

/// Nothing joins the two sides: at this probability a frame's event is dropped.
const REFUSED: f32 = 0.8;
/// The head's type replaces the frame's at this probability (given that something happens).
const CORRECTED: f32 = 0.9;
/// … and off another word only where the frame's own type has at most this.
const DOUBTED: f32 = 0.1;
/// The head fills an empty role of a found event at this probability of the event's type.
const FILLED: f32 = 0.65;
/// A word that only says so ("said", "told") makes an event between two sides at this probability: it then
/// blames or asks.
const SAYS: f32 = 0.9;
/// Below this the head's likeliest type is not worth a note.
const NOTED: f32 = 0.2;

// When the head's type makes an event of its own (all looked for on the own reports, `evaluation/RESULTS.md`):
/// … between two sides the resolver knows,
const BETWEEN_NAMED: Bar = Bar { likely: 0.75, told: 0.45 };
/// … where one of them is a phrase that names nobody known,
const ONE_OPEN: Bar = Bar { likely: 0.7, told: 0.45 };
/// … where neither is known,
const BOTH_OPEN: Bar = Bar { likely: 0.92, told: 0.45 };
/// … of one side alone, where no event joins it to another.
const ALONE: Bar = Bar { likely: 0.85, told: 0.45 };

/// Words beyond which a sentence is none, and is not asked about.
const MOST_WORDS: usize = 250;

/// What the learned head is asked with: a sentence it has read.
struct Reader<'a> {
    model: &'a Model,
    read: Encoded,
    lexicon: &'a Lexicon,
    parties: &'a Parties<'a>,
}

impl Reader<'_> {
    /// What joins the two sides, either of which may be empty, and the word that tells it, which is sought only
    /// where some type is worth a note: most pairs of a sentence have none.
    fn ask(&self, actor: &[usize], recipient: &[usize], noted: f32) -> Option<(Opinion, Option<usize>)> {
        let judgement = self.model.judge(&self.read, actor, recipient)?;
        let mut opinion = Opinion::new(self.model, &judgement);
        opinion.best().filter(|(_, p)| *p >= noted)?;
        let word = self.model.trigger(&self.read, actor, recipient, &judgement);
        opinion.told = word.map_or(0.0, |(_, told)| told);
        Some((opinion, word.map(|(word, _)| word)))
    }

    fn note(&self, sides: [Option<Span>; 2], opinion: &Opinion, word: Option<usize>, fate: Fate) -> Asked {
        Asked {
            sentence: self.parties.index,
            actor: sides[0],
            recipient: sides[1],
            types: opinion.likeliest(2),
            nothing: opinion.none,
            word: word.map(|word| (word, opinion.told)),
            fate,
        }
    }

    /// What the head finds between two sides, one of which may be missing.
    fn event<'l>(&self, actor: Option<&Side>, recipient: Option<&Side>) -> Option<Found<'l>> {
        let words = |side: Option<&Side>| side.map_or_else(Vec::new, |side| side.words.clone());
        let actors = |side: Option<&Side>| side.map_or_else(Vec::new, |side| side.actors.clone());
        let bar = match (actor, recipient) {
            (Some(actor), Some(recipient)) if actor.named && recipient.named => BETWEEN_NAMED,
            (Some(actor), Some(recipient)) if actor.named || recipient.named => ONE_OPEN,
            (Some(_), Some(_)) => BOTH_OPEN,
            _ => ALONE,
        };
        let (opinion, word) = self.ask(&words(actor), &words(recipient), NOTED)?;
        let (kind, likely) = opinion.best()?;
        let trigger = word?;
        let both = actor.is_some() && recipient.is_some();
        let says = self.lexicon.is_reporting(&self.parties.tree.lemma(trigger));
        let sure = likely >= bar.likely && opinion.told >= bar.told;
        let fate = if says && !both {
            Fate::Says
        } else if sure && (!says || likely >= SAYS) {
            Fate::Added
        } else {
            Fate::Unsure(bar)
        };
        let spans = [actor, recipient].map(|side| side.map(|side| side.span));
        let asked = self.note(spans, &opinion, word, fate);
        let mode = opinion.mode(kind);
        let named = actor.is_some_and(|actor| actor.named);
        let (actor, recipient) = (actors(actor), actors(recipient));
        if at_home(kind, &actor, &recipient) {
            return None;
        }
        let opinion = Some(opinion);
        let event = Match { trigger, frame: None, kind, mode, actor, recipient, taken: Vec::new(), opinion };
        Some(Found { likely, named, says, asked, event })
    }
}

/// What the head found.
struct Found<'l> {
    /// Probability of the type.
    likely: f32,
    /// Whether the resolver knows the actor.
    named: bool,
    /// Whether its word is one of saying.
    says: bool,
    asked: Asked,
    event: Match<'l>,
}

/// The matches of a sentence after the head has had its say, and what it was asked.
pub fn settle<'l>(
    parties: &Parties<'_>,
    matches: Vec<Match<'l>>,
    lexicon: &Lexicon,
    model: &Model,
    encoded: &Encoded,
) -> (Vec<Match<'l>>, Vec<Asked>) {
    if model.relations().is_none() || parties.tree.sentence().tokens.len() > MOST_WORDS {
        return (matches, Vec::new());
    }
    let sides = side::sides(parties);
    if !sides.iter().any(|side| side.named) {
        return (matches, Vec::new());
    }
    let reader = Reader { model, read: model.reread(encoded), lexicon, parties };
    let mut asked = Vec::new();
    let mut matches = revised(&reader, matches, &sides, &mut asked);
    let mut found = Vec::new();
    for (one, actor) in sides.iter().enumerate() {
        for (other, recipient) in sides.iter().enumerate() {
            if one != other && !joined(&matches, actor, recipient) && !same_entity(actor, recipient) {
                found.extend(reader.event(Some(actor), Some(recipient)));
            }
        }
    }
    // What is only said waits: "X said Y had attacked Z" is Y's act, said by X, where that act was found.
    let (said, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.says);
    take(&mut matches, found, &mut asked);
    let tree = parties.tree;
    let (told, said): (Vec<_>, Vec<_>) = said
        .into_iter()
        .partition(|found| matches.iter().any(|known| tree.dominates(found.event.trigger, known.trigger)));
    asked.extend(told.into_iter().map(|found| Asked { fate: Fate::Says, ..found.asked }));
    take(&mut matches, said, &mut asked);
    let mut alone = Vec::new();
    for side in sides.iter().filter(|side| side.named && !takes_part(&matches, side)) {
        alone.extend(reader.event(Some(side), None));
        alone.extend(reader.event(None, Some(side)));
    }
    take(&mut matches, alone, &mut asked);
    matches.sort_by_key(|found| found.trigger);
    (matches, asked)
}

/// Step 1 of the rule.
fn revised<'l>(
    reader: &Reader<'_>,
    matches: Vec<Match<'l>>,
    sides: &[Side],
    asked: &mut Vec<Asked>,
) -> Vec<Match<'l>> {
    let mut kept: Vec<Match<'l>> = Vec::new();
    let mut retyped: Vec<Match<'l>> = Vec::new();
    for mut found in matches {
        let (actor, recipient) = (words_of(sides, &found.actor), words_of(sides, &found.recipient));
        let both = !actor.is_empty() && !recipient.is_empty();
        let Some((opinion, word)) = both.then(|| reader.ask(&actor, &recipient, 0.0)).flatten() else {
            kept.push(found);
            continue;
        };
        let told_here = word == Some(found.trigger);
        let doubted = opinion.given_event(found.kind) <= DOUBTED;
        let best = opinion.best().map(|(kind, _)| (kind, opinion.given_event(kind)));
        let other = best.filter(|(kind, p)| *kind != found.kind && *p >= CORRECTED && (told_here || doubted));
        // What is only possible or denied ("could impose sanctions") keeps the type it would have.
        let other = other.filter(|_| !is_open(reader, found.trigger));
        let fate = match other {
            _ if opinion.none >= REFUSED => Fate::Refused,
            Some(_) => Fate::Retyped { from: found.kind },
            None => Fate::Stands { falls: REFUSED, changes: CORRECTED },
        };
        let spans = [&found.actor, &found.recipient].map(|list| list.first().map(|actor| actor.span));
        asked.push(reader.note(spans, &opinion, word, fate));
        if fate == Fate::Refused {
            continue;
        }
        if let Some((kind, _)) = other {
            found.kind = kind;
            found.mode = None;
        }
        if found.mode.is_none() {
            found.mode = opinion.mode(found.kind);
        }
        found.opinion = Some(opinion);
        if other.is_some() && !told_here { retyped.push(found) } else { kept.push(found) }
    }
    // "began a strike to press the government": one protest, told by two words.
    for found in retyped {
        match kept.iter_mut().find(|known| known.kind == found.kind && meet(&known.actor, &found.actor)) {
            Some(known) if known.recipient.is_empty() => known.recipient = found.recipient,
            Some(_) => {}
            None => kept.push(found),
        }
    }
    kept
}

/// True where the act is told as possible, wanted or not done.
fn is_open(reader: &Reader<'_>, trigger: usize) -> bool {
    let told = status::status(reader.parties.tree, trigger, reader.lexicon);
    matches!(told, Status::Hypothetical | Status::Negated)
}

/// Steps 2 and 3: takes in, the likeliest first, what tells nothing already told.
fn take<'l>(matches: &mut Vec<Match<'l>>, mut found: Vec<Found<'l>>, told: &mut Vec<Asked>) {
    found.sort_by(|a, b| b.likely.total_cmp(&a.likely));
    for Found { likely, named, mut asked, event, .. } in found {
        let fills = likely >= FILLED && asked.fate != Fate::Says;
        // An empty actor often stands elsewhere in the report; a phrase that names nobody does not take its place.
        let may = |known: &Match<'_>| fills && (named || !known.actor.is_empty());
        let known = matches.iter_mut().find(|known| may(known) && completes(known, &event));
        if let Some(known) = known {
            asked.fate = Fate::Fills;
            if known.actor.is_empty() {
                known.actor = event.actor;
            } else {
                known.recipient = event.recipient;
            }
            known.opinion = event.opinion;
        } else if asked.fate == Fate::Added && covered(matches, &event) {
            asked.fate = Fate::Told;
        } else if asked.fate == Fate::Added {
            matches.push(event);
        }
        told.push(asked);
    }
}

/// True where the found event fills the empty role of a known one.
fn completes(known: &Match<'_>, found: &Match<'_>) -> bool {
    known.kind == found.kind
        && (known.recipient.is_empty() && meet(&known.actor, &found.actor) && !found.recipient.is_empty()
            || known.actor.is_empty() && meet(&known.recipient, &found.recipient) && !found.actor.is_empty())
}

/// True where both join the same two sides, either way round.
fn pairs(one: &Match<'_>, other: &Match<'_>) -> bool {
    meet(&one.actor, &other.actor) && meet(&one.recipient, &other.recipient)
        || meet(&one.actor, &other.recipient) && meet(&one.recipient, &other.actor)
}

fn meet(one: &[Actor], other: &[Actor]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.span.overlaps(b.span)))
}

/// True where a side, here or elsewhere in the sentence, is one of an event.
fn takes_part(matches: &[Match<'_>], side: &Side) -> bool {
    matches.iter().any(|found| is_among(&found.actor, side) || is_among(&found.recipient, side))
}

/// True where a list names the side: the same words, or the same entity by others.
fn is_among(list: &[Actor], side: &Side) -> bool {
    stands_in(list, side) || list.iter().any(|actor| side.actors.iter().any(|own| same(own, actor)))
}

fn stands_in(list: &[Actor], side: &Side) -> bool {
    list.iter().any(|actor| actor.span.overlaps(side.span))
}

/// The words of the sides these actors stand in.
fn words_of(sides: &[Side], actors: &[Actor]) -> Vec<usize> {
    let own = sides.iter().filter(|side| actors.iter().any(|actor| actor.span.overlaps(side.span)));
    own.flat_map(|side| side.words.iter().copied()).collect()
}

/// True where an event already joins the two, either way round, here or by words that mean them ("their talks").
fn joined(matches: &[Match<'_>], one: &Side, other: &Side) -> bool {
    matches.iter().any(|found| {
        let acts = |side: &Side| is_among(&found.actor, side);
        let meets = |side: &Side| is_among(&found.recipient, side);
        (acts(one) || meets(one)) && (acts(other) || meets(other))
    })
}

/// Talks, aid and cooperation within one government ("Petro brought his ministers") are no events of the head's.
fn at_home(kind: EventType, actor: &[Actor], recipient: &[Actor]) -> bool {
    let office = |actor: &Actor| actor.sector.as_deref() == Some("GOV") && actor.country.is_some();
    matches!(kind, EventType::Consult | EventType::Aid | EventType::Cooperate)
        && actor.iter().any(|a| office(a) && recipient.iter().any(|r| office(r) && r.country == a.country))
}

fn same_entity(one: &Side, other: &Side) -> bool {
    one.actors.iter().any(|a| other.actors.iter().any(|b| same(a, b)))
}

/// True where an event already stands at this trigger, joins these two, or tells the same act of the
/// same actor: one act has one event, with the likeliest recipient.
fn covered(matches: &[Match<'_>], found: &Match<'_>) -> bool {
    matches.iter().any(|known| {
        known.trigger == found.trigger
            || known.kind == found.kind && meet(&known.actor, &found.actor)
            || pairs(known, found)
    })
}
