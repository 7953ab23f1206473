//! The learned head's say in a sentence: it corrects or refuses what frames found between two sides, and adds
//! what they missed.
//!
//! The rule, in this order:
//! 1. A frame's event between two sides is dropped where the head is sure that nothing joins them, and takes
//!    the head's type where the head is sure of another one and reads it off the same word.
//! 2. Between two sides that no frame joined, the head's likeliest type becomes an event where it is likely
//!    enough; of several events at one trigger the likeliest stays.

use super::lexicon::Lexicon;
use super::matching::Match;
use super::opinion::Opinion;
use super::party::{Parties, same};
use crate::entity::EntityMention;
use crate::record::Actor;
use attache_text::encoder::{Encoded, Model};
use attache_text::{Span, Upos};

/// Nothing joins the two sides: at this probability a frame's event is dropped.
const REFUSED: f32 = 0.7;
/// The head's type replaces the frame's at this probability (given that something happens).
const CORRECTED: f32 = 0.7;
/// The head's type makes an event of its own at this probability.
const ADDED: f32 = 0.9;
/// … and where a word tells it with at least this probability.
const TOLD: f32 = 0.8;
/// Prepositions behind which a place is only where something happens.
const WHERE: [&str; 6] = ["in", "at", "near", "across", "around", "inside"];
/// Sides looked at in one sentence; a list of forty countries is not read pair by pair.
const MOST_SIDES: usize = 12;
/// Words beyond which a sentence is none, and is not asked about.
const MOST_WORDS: usize = 250;

/// One side an event may have.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its tokens.
    pub words: Vec<usize>,
    /// Its bytes in the report.
    pub span: Span,
    /// Whom it names.
    pub actors: Vec<Actor>,
}

/// The matches of a sentence after the head has had its say.
pub fn settle<'l>(
    parties: &Parties<'_>,
    mut matches: Vec<Match<'l>>,
    lexicon: &Lexicon,
    model: &Model,
    encoded: &Encoded,
) -> Vec<Match<'l>> {
    if model.relations().is_none() || parties.tree.sentence().tokens.len() > MOST_WORDS {
        return matches;
    }
    let sides = sides(parties);
    if sides.len() < 2 {
        return matches;
    }
    let read = model.reread(encoded);
    let ask = |actor: &[usize], recipient: &[usize]| {
        model.judge(&read, actor, recipient).map(|judgement| (Opinion::new(model, &judgement), judgement))
    };
    matches.retain_mut(|found| {
        let of = |list: &[Actor]| words_of(&sides, list);
        let (actor, recipient) = (of(&found.actor), of(&found.recipient));
        if actor.is_empty() || recipient.is_empty() {
            return true;
        }
        let Some((opinion, judgement)) = ask(&actor, &recipient) else { return true };
        let word = model.trigger(&read, &actor, &recipient, &judgement).map(|(word, _)| word);
        revise(found, opinion, word)
    });
    let mut added: Vec<(f32, Match<'l>)> = Vec::new();
    for (one, actor) in sides.iter().enumerate() {
        for (other, recipient) in sides.iter().enumerate() {
            if one == other || joined(&matches, actor, recipient) || same_entity(actor, recipient) {
                continue;
            }
            let Some((mut opinion, judgement)) = ask(&actor.words, &recipient.words) else { continue };
            let Some((kind, p)) = opinion.best().filter(|(_, p)| *p >= ADDED) else { continue };
            let word = model.trigger(&read, &actor.words, &recipient.words, &judgement);
            // "X said Y had attacked Z" is Y's act, said by X; saying so is no act of its own.
            let says = |word: usize| lexicon.is_reporting(&parties.tree.lemma(word));
            let told_by = word.filter(|(word, told)| *told >= TOLD && !says(*word));
            let Some((trigger, told)) = told_by else { continue };
            opinion.told = told;
            let mode = opinion.mode(kind);
            added.push((
                p,
                Match {
                    trigger,
                    frame: None,
                    kind,
                    mode,
                    actor: actor.actors.clone(),
                    recipient: recipient.actors.clone(),
                    taken: Vec::new(),
                    opinion: Some(opinion),
                },
            ));
        }
    }
    added.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, found) in added {
        if !covered(&matches, &found) {
            matches.push(found);
        }
    }
    matches.sort_by_key(|found| found.trigger);
    matches
}

/// Step 1 of the rule; false where the event is refused. The head corrects the type only where it reads it
/// off the same word: two sides may do two things in one sentence.
fn revise(found: &mut Match<'_>, opinion: Opinion, word: Option<usize>) -> bool {
    if opinion.none >= REFUSED {
        return false;
    }
    let best = opinion.best().map(|(kind, _)| (kind, opinion.given_event(kind)));
    if let Some((kind, _)) =
        best.filter(|(kind, p)| word == Some(found.trigger) && *kind != found.kind && *p >= CORRECTED)
    {
        found.kind = kind;
        found.mode = None;
    }
    if found.mode.is_none() {
        found.mode = opinion.mode(found.kind);
    }
    found.opinion = Some(opinion);
    true
}

/// Everyone in the sentence who may be a side: the outermost resolved phrases, in text order.
pub fn sides(parties: &Parties<'_>) -> Vec<Side> {
    let mentions = parties.resolution.of(parties.index);
    let named = || mentions.iter().filter(|mention| !mention.entities.is_empty());
    let inside =
        |span: Span, other: Span| other.start <= span.start && span.end <= other.end && span != other;
    named()
        .filter(|mention| !named().any(|other| inside(mention.span, other.span)))
        .filter(|mention| may_act(parties, mention))
        .map(|mention| Side {
            words: (mention.first..mention.last).collect(),
            span: mention.span,
            actors: parties.actors(&[mention.head]),
        })
        .filter(|side| !side.actors.is_empty())
        .take(MOST_SIDES)
        .collect()
}

/// A phrase that may be a side of its own: no adjective, no owner told by a pronoun ("its mission"), and no
/// bare place where something merely happens ("in Verona").
fn may_act(parties: &Parties<'_>, mention: &EntityMention) -> bool {
    let (tree, head) = (parties.tree, mention.head);
    let owner = tree.upos(head) == Upos::Pron && tree.relation(head) == "nmod";
    let place = mention.entities.iter().all(|entity| entity.sector.is_none())
        && tree.preposition(head).is_some_and(|word| WHERE.contains(&word.as_str()));
    tree.upos(head) != Upos::Adj && !owner && !place
}

/// The words of the sides these actors stand in.
fn words_of(sides: &[Side], actors: &[Actor]) -> Vec<usize> {
    let own = sides.iter().filter(|side| actors.iter().any(|actor| actor.span.overlaps(side.span)));
    own.flat_map(|side| side.words.iter().copied()).collect()
}

/// True where an event already joins the two, either way round.
fn joined(matches: &[Match<'_>], one: &Side, other: &Side) -> bool {
    let has = |list: &[Actor], side: &Side| list.iter().any(|actor| actor.span.overlaps(side.span));
    matches.iter().any(|found| {
        has(&found.actor, one) && has(&found.recipient, other)
            || has(&found.actor, other) && has(&found.recipient, one)
            || has(&found.actor, one) && has(&found.actor, other)
            || has(&found.recipient, one) && has(&found.recipient, other)
    })
}

fn same_entity(one: &Side, other: &Side) -> bool {
    one.actors.iter().any(|a| other.actors.iter().any(|b| same(a, b)))
}

/// True where an event already stands at this trigger, joins these two, or tells the same act of the
/// same actor: one act has one event, with the likeliest recipient.
fn covered(matches: &[Match<'_>], found: &Match<'_>) -> bool {
    let meets = |a: &[Actor], b: &[Actor]| a.iter().any(|x| b.iter().any(|y| x.span.overlaps(y.span)));
    matches.iter().any(|known| {
        known.trigger == found.trigger
            || known.kind == found.kind && meets(&known.actor, &found.actor)
            || meets(&known.actor, &found.actor) && meets(&known.recipient, &found.recipient)
            || meets(&known.actor, &found.recipient) && meets(&known.recipient, &found.actor)
    })
}
