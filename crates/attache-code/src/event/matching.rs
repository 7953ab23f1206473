//! Frames held against a sentence: which hold, which is preferred, what each leaves to the others.

use super::frame::{Condition, Frame, Path, Role, Step, TriggerPos};
use super::lexicon::Lexicon;
use super::opinion::Opinion;
use super::party::{Parties, same};
use super::status::is_negated;
use super::tree::Tree;
use crate::record::Actor;
use crate::{EventType, Quad};
use attache_text::Upos;

/// The name of what only the learned head found.
pub const HEAD: &str = "head";

/// What is coded at a trigger, by a frame that holds there or by the learned head, with the roles it fills.
#[derive(Debug, Clone)]
pub struct Match<'l> {
    /// Token index of the trigger.
    pub trigger: usize,
    /// The frame; none for what only the head found.
    pub frame: Option<&'l Frame>,
    /// What is coded.
    pub kind: EventType,
    /// How.
    pub mode: Option<String>,
    /// What the head thinks of the two sides, where it was asked.
    pub opinion: Option<Opinion>,
    /// Actors found.
    pub actor: Vec<Actor>,
    /// Recipients found.
    pub recipient: Vec<Actor>,
    /// Tokens the frame's conditions took as part of it ("talks" of "hold talks").
    pub taken: Vec<usize>,
}

impl Match<'_> {
    /// The frame's name, or [`HEAD`].
    pub fn id(&self) -> &str {
        self.frame.map_or(HEAD, |frame| &frame.id)
    }
}

/// A frame tried at a trigger and what became of it, for `attache explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// Token index of the trigger.
    pub trigger: usize,
    /// The frame.
    pub frame: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a frame that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It made (a telling of) an event.
    Coded,
    /// A condition does not hold.
    ConditionFails,
    /// A role that must be filled is not.
    RoleUnfilled,
    /// Another frame of the same trigger tells more.
    Outweighed {
        /// That frame.
        by: String,
    },
    /// It is a look-alike, which stops the trigger.
    LookAlike,
    /// The trigger is part of another event's words or of what that event is about.
    PartOf {
        /// That event's frame.
        by: String,
    },
    /// Neither actor nor recipient was found, and no other telling to join.
    NoParties,
}

/// All frames that hold in a sentence, at most one a trigger, and all that were tried.
pub fn matches<'l>(parties: &Parties<'_>, lexicon: &'l Lexicon) -> (Vec<Match<'l>>, Vec<Tried>) {
    let tree = parties.tree;
    let mut found: Vec<Match<'l>> = Vec::new();
    let mut tried = Vec::new();
    for trigger in 0..tree.sentence().tokens.len() {
        let Some(pos) = trigger_pos(tree, trigger) else { continue };
        found.extend(best(parties, lexicon, trigger, pos, &mut tried));
    }
    let kept = drop_parts(tree, found, parties.index, &mut tried);
    tried.extend(kept.iter().map(|found| Tried {
        sentence: parties.index,
        trigger: found.trigger,
        frame: found.id().to_owned(),
        outcome: Outcome::Coded,
    }));
    (kept, tried)
}

fn trigger_pos(tree: &Tree<'_>, token: usize) -> Option<TriggerPos> {
    match tree.upos(token) {
        Upos::Verb => Some(TriggerPos::Verb),
        Upos::Noun | Upos::Propn => Some(TriggerPos::Noun),
        Upos::Adj => Some(TriggerPos::Adj),
        _ => None,
    }
}

/// The frame of a trigger that tells most: by its conditions, then by the roles it fills.
fn best<'l>(
    parties: &Parties<'_>,
    lexicon: &'l Lexicon,
    trigger: usize,
    pos: TriggerPos,
    tried: &mut Vec<Tried>,
) -> Option<Match<'l>> {
    let mut note = |frame: &Frame, outcome: Outcome| {
        tried.push(Tried { sentence: parties.index, trigger, frame: frame.id.clone(), outcome });
    };
    let mut winner: Option<(u32, &'l Frame, Option<Match<'l>>)> = None;
    for frame in lexicon.of(&parties.tree.lemma(trigger), pos) {
        let Some(taken) = holds(parties, trigger, frame) else {
            note(frame, Outcome::ConditionFails);
            continue;
        };
        let made = match frame.kind {
            None => None,
            Some(kind) => match fill(parties, trigger, frame, kind, taken) {
                Some(made) => Some(made),
                None => {
                    note(frame, Outcome::RoleUnfilled);
                    continue;
                }
            },
        };
        let filled =
            made.as_ref().map_or(0, |m| u32::from(!m.actor.is_empty()) + u32::from(!m.recipient.is_empty()));
        let weight = 10 * frame.weight() + filled;
        match &winner {
            Some((best, by, _)) if weight <= *best => note(frame, Outcome::Outweighed { by: by.id.clone() }),
            _ => {
                if let Some((_, loser, _)) = &winner {
                    note(loser, Outcome::Outweighed { by: frame.id.clone() });
                }
                winner = Some((weight, frame, made));
            }
        }
    }
    let (_, frame, made) = winner?;
    if made.is_none() {
        note(frame, Outcome::LookAlike);
    }
    made
}

/// The tokens a frame's conditions take, or none where one of them fails.
fn holds(parties: &Parties<'_>, trigger: usize, frame: &Frame) -> Option<Vec<usize>> {
    let tree = parties.tree;
    let mut taken = Vec::new();
    let named = |token: usize, lemmas: &[String]| {
        let form = tree.sentence().tokens[token].text.to_lowercase();
        let lemma = tree.lemma(token);
        // "troops" and "arms" may keep their plural as dictionary form.
        let singular = lemma.strip_suffix('s').unwrap_or(&lemma);
        lemmas.iter().any(|word| *word == lemma || *word == form || word == singular)
    };
    for condition in &frame.requires {
        let holds = match condition {
            Condition::Filled { path, lemmas } => {
                let mut fillers = tree.fillers(trigger, path);
                if !lemmas.is_empty() {
                    fillers.retain(|&token| named(token, lemmas));
                    taken.extend(fillers.iter().copied());
                }
                !fillers.is_empty()
            }
            Condition::Empty(path) => tree.fillers(trigger, path).is_empty(),
            Condition::Not { path, lemmas } => {
                !tree.fillers(trigger, path).into_iter().any(|token| named(token, lemmas))
            }
            Condition::Actor { path, sectors } => {
                let heads = tree.fillers(trigger, path);
                parties.actors(&heads).iter().any(|actor| {
                    sectors.is_empty()
                        || actor.sectors.iter().chain(&actor.sector).any(|s| sectors.contains(s))
                })
            }
            Condition::Negated(wanted) => is_negated(tree, trigger) == *wanted,
            Condition::Passive(wanted) => tree.is_passive(trigger) == *wanted,
        };
        if !holds {
            return None;
        }
    }
    Some(taken)
}

/// A frame's roles filled; none where one that is needed stays empty.
fn fill<'l>(
    parties: &Parties<'_>,
    trigger: usize,
    frame: &'l Frame,
    kind: EventType,
    taken: Vec<usize>,
) -> Option<Match<'l>> {
    let mut actor = role(parties, trigger, &frame.actor)?;
    let mut recipient = role(parties, trigger, &frame.recipient)?;
    recipient.retain(|one| !actor.iter().any(|other| same(one, other)));
    if recipient.is_empty() {
        (actor, recipient) = sides(kind, actor);
    }
    Some(Match {
        trigger,
        frame: Some(frame),
        kind,
        mode: frame.mode.clone(),
        opinion: None,
        actor,
        recipient,
        taken,
    })
}

fn role(parties: &Parties<'_>, trigger: usize, role: &Role) -> Option<Vec<Actor>> {
    for path in &role.paths {
        let heads = parties.tree.fillers(trigger, path);
        let actors = parties.actors(&heads);
        if !actors.is_empty() {
            return Some(actors);
        }
    }
    (!role.required).then(Vec::new)
}

/// Two sides of a mutual act ("X and Y met"): the first one's country against the rest.
///
/// PLOVER puts both into the actor list; a relation needs a direction, so the first named is the actor.
fn sides(kind: EventType, both: Vec<Actor>) -> (Vec<Actor>, Vec<Actor>) {
    let Some(first) = both.first().filter(|_| kind.is_mutual() && both.len() > 1).cloned() else {
        return (both, Vec::new());
    };
    let (ours, theirs): (Vec<Actor>, Vec<Actor>) =
        both.iter().cloned().partition(|actor| actor.country.is_some() && actor.country == first.country);
    match (ours.is_empty(), theirs.is_empty()) {
        (false, false) => (ours, theirs),
        _ => (vec![first], both[1..].to_vec()),
    }
}

/// Drops triggers that are words of another event ("talks" of "hold talks") or what it is about
/// ("withdraw" of "agreed to withdraw", "attack" of "condemned the attack").
fn drop_parts<'l>(
    tree: &Tree<'_>,
    found: Vec<Match<'l>>,
    sentence: usize,
    tried: &mut Vec<Tried>,
) -> Vec<Match<'l>> {
    let found = join_effects(tree, found, sentence, tried);
    let mut kept = vec![true; found.len()];
    for (index, part) in found.iter().enumerate() {
        let whole = found.iter().enumerate().find(|(other, whole)| {
            *other != index
                && (whole.taken.contains(&part.trigger) && !part.taken.contains(&whole.trigger)
                    || !both_consult(whole, part) && is_about(tree, whole, part.trigger))
        });
        if let Some((_, whole)) = whole {
            kept[index] = false;
            let outcome = Outcome::PartOf { by: whole.id().to_owned() };
            tried.push(Tried { sentence, trigger: part.trigger, frame: part.id().to_owned(), outcome });
        }
    }
    let mut kept = kept.into_iter();
    found.into_iter().filter(|_| kept.next().unwrap_or(true)).collect()
}

/// "The attack killed six soldiers": verb and noun tell one event, the verb only whom it hit. The noun
/// keeps the event and takes the verb's recipient.
fn join_effects<'l>(
    tree: &Tree<'_>,
    mut found: Vec<Match<'l>>,
    sentence: usize,
    tried: &mut Vec<Tried>,
) -> Vec<Match<'l>> {
    let subject = Path(vec![Step::Subj]);
    let mut index = 0;
    while index < found.len() {
        let verb = &found[index];
        let subjects = if tree.upos(verb.trigger) == Upos::Verb {
            tree.fillers(verb.trigger, &subject)
        } else {
            Vec::new()
        };
        let noun =
            found.iter().position(|other| other.kind == verb.kind && subjects.contains(&other.trigger));
        let Some(noun) = noun else {
            index += 1;
            continue;
        };
        let verb = found.remove(index);
        let noun = &mut found[if noun > index { noun - 1 } else { noun }];
        if noun.recipient.is_empty() {
            noun.recipient.clone_from(&verb.recipient);
        }
        let outcome = Outcome::PartOf { by: noun.id().to_owned() };
        tried.push(Tried { sentence, trigger: verb.trigger, frame: verb.id().to_owned(), outcome });
    }
    found
}

/// "A visit to meet with X" tells one meeting twice; neither telling is the other's topic.
fn both_consult(one: &Match<'_>, other: &Match<'_>) -> bool {
    one.kind == EventType::Consult && other.kind == EventType::Consult
}

/// True where a verbal act (AGREE, REQUEST, ACCUSE …) has the token in its complement: the token then
/// tells what was agreed, asked or blamed, not what happened.
fn is_about(tree: &Tree<'_>, whole: &Match<'_>, token: usize) -> bool {
    if !tree.dominates(whole.trigger, token) {
        return false;
    }
    let verbal = matches!(whole.kind.quad(), Quad::VerbalCooperation | Quad::VerbalConflict);
    // The first step down from the act decides, and no relative clause may lie between.
    let mut below = token;
    for above in std::iter::once(token).chain(tree.ancestors(token)) {
        if above == whole.trigger {
            break;
        }
        if matches!(tree.deprel(above), "acl:relcl" | "advcl:relcl" | "parataxis") {
            return false;
        }
        below = above;
    }
    let preposition = tree.preposition(below);
    if !verbal {
        // "jailed for helping rebels", "expelled for spying": the reason, not a further event.
        let reason = matches!(tree.relation(below), "advcl" | "obl") && preposition.as_deref() == Some("for");
        return reason && matches!(whole.kind, EventType::Coerce | EventType::Sanction);
    }
    match tree.relation(below) {
        "xcomp" | "ccomp" | "obj" | "acl" => true,
        "obl" | "nmod" | "advcl" => preposition.is_some_and(|words| {
            matches!(
                words.as_str(),
                "of" | "for"
                    | "on"
                    | "over"
                    | "against"
                    | "about"
                    | "to"
                    | "at"
                    | "with"
                    | "from"
                    | "into"
                    | "that"
            )
        }),
        _ => false,
    }
}
