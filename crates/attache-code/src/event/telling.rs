//! One telling of an event: a match, with what the words around it say of status, time and place.

use super::frame::Frame;
use super::lexicon::Lexicon;
use super::matching::Match;
use super::opinion::Opinion;
use super::party::Parties;
use super::tree::Tree;
use super::{attribution, magnitude, status};
use crate::date::{self, EventDate, TimeExpression};
use crate::record::{Actor, Magnitude, Place};
use crate::{EventType, Status};
use attache_text::{BlockKind, Span, Upos};
use jiff::civil::Date;

/// One telling of an event, before tellings are gathered.
#[derive(Debug, Clone)]
pub struct Telling {
    /// Index of the sentence in the report.
    pub sentence: usize,
    /// The kind of block it stands in.
    pub block: BlockKind,
    /// The sentence's bytes.
    pub sentence_span: Span,
    /// Token index of the trigger.
    pub trigger: usize,
    /// The trigger's bytes.
    pub trigger_span: Span,
    /// The trigger's lemma.
    pub lemma: String,
    /// True for a noun trigger that takes up something told ("the meeting", "today's meeting").
    pub definite: bool,
    /// True for a noun trigger.
    pub nominal: bool,
    /// The frame that made it.
    pub frame: String,
    /// How much the frame's conditions tell.
    pub frame_weight: u32,
    /// Event type.
    pub kind: EventType,
    /// Mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: String,
    /// Contexts of the frame and of the sentence's words.
    pub contexts: Vec<String>,
    /// Actors.
    pub actor: Vec<Actor>,
    /// Recipients.
    pub recipient: Vec<Actor>,
    /// Speakers it is attributed to.
    pub said_by: Vec<Actor>,
    /// Status.
    pub status: Status,
    /// Date, from words or assumed.
    pub date: Option<EventDate>,
    /// Place.
    pub place: Option<Place>,
    /// Magnitude.
    pub magnitude: Option<Magnitude>,
    /// What the learned head thinks of its two sides, where it was asked.
    pub opinion: Option<Opinion>,
    /// Rules that had a say, in plain words.
    pub why: Vec<String>,
}

impl Telling {
    /// What a match and the words around it tell; the place and the sentence's contexts come later.
    pub fn new(
        parties: &Parties<'_>,
        found: Match<'_>,
        block: BlockKind,
        times: &[TimeExpression],
        published: Option<Date>,
        lexicon: &Lexicon,
    ) -> Telling {
        let tree = parties.tree;
        let sentence = tree.sentence();
        let trigger = found.trigger;
        let token = &sentence.tokens[trigger];
        // A frame whose type the head corrected no longer tells the CAMEO code.
        let frame = found.frame.filter(|frame| frame.kind == Some(found.kind));
        let mut telling = Telling {
            sentence: parties.index,
            block,
            sentence_span: sentence.span,
            trigger,
            trigger_span: token.span,
            lemma: tree.lemma(trigger),
            definite: is_definite(tree, trigger),
            nominal: tree.upos(trigger) != Upos::Verb,
            frame: found.id().to_owned(),
            frame_weight: found.frame.map_or(0, Frame::weight),
            kind: found.kind,
            cameo: frame.map(|frame| frame.cameo.clone()).unwrap_or_default(),
            contexts: found.frame.map(|frame| frame.contexts.clone()).unwrap_or_default(),
            said_by: attribution::said_by(parties, trigger, lexicon),
            status: status::status(tree, trigger, lexicon),
            date: date::situate(sentence, times, trigger, published),
            place: None,
            magnitude: magnitude::magnitude(tree, trigger, found.kind),
            why: why(&found),
            mode: found.mode,
            opinion: found.opinion,
            actor: found.actor,
            recipient: found.recipient,
        };
        if let Some(head) = status::background(tree, trigger).filter(|_| telling.nominal) {
            history(&mut telling, tree, head, times, published);
        }
        promise(&mut telling);
        telling
    }

    /// How many of the two roles are filled.
    pub fn roles(&self) -> usize {
        usize::from(!self.actor.is_empty()) + usize::from(!self.recipient.is_empty())
    }
}

/// The frame, and what the head gives to the type that was coded.
fn why(found: &Match<'_>) -> Vec<String> {
    let mut why: Vec<String> = found.frame.iter().map(|frame| format!("frame {}", frame.id)).collect();
    if let Some(opinion) = &found.opinion {
        let mut told = format!("head {} {:.2}", found.kind.as_str(), opinion.of(found.kind));
        if let Some((kind, p)) = opinion.best().filter(|(kind, _)| *kind != found.kind) {
            told += &format!(", {} {p:.2}", kind.as_str());
        }
        told += &format!(", nothing {:.2}", opinion.none);
        if found.frame.is_none() {
            told += &format!(", word {:.2}", opinion.told);
        }
        why.push(told);
    }
    why
}

/// A noun told behind "after": it lies before the news, and a time of the news is not its time.
fn history(
    telling: &mut Telling,
    tree: &Tree<'_>,
    head: usize,
    times: &[TimeExpression],
    published: Option<Date>,
) {
    if matches!(telling.status, Status::Actual | Status::Ongoing) {
        telling.status = Status::Historical;
    }
    let inside = |time: &&TimeExpression| time.first == head || tree.dominates(head, time.first);
    if !times.iter().any(|time| inside(&time)) {
        let period = date::period_before(&tree.lemma(head), published);
        telling.date = period.or_else(|| telling.date.clone().filter(|date| !date.told));
    }
}

/// PLOVER: a meeting, support, cooperation or aid still to come is an agreement now made.
fn promise(telling: &mut Telling) {
    if telling.status != Status::Future {
        return;
    }
    let cameo = match telling.kind {
        // The head reads the visit to come as the agreement it is.
        EventType::Agree if telling.cameo.is_empty() => "03",
        EventType::Consult => "036",
        EventType::Support => "032",
        EventType::Cooperate => "031",
        EventType::Aid => "033",
        _ => return,
    };
    if telling.kind != EventType::Agree {
        telling.why.push(format!("rule: future {} is AGREE", telling.kind.as_str()));
    }
    telling.kind = EventType::Agree;
    telling.mode = None;
    telling.cameo = cameo.to_owned();
    telling.status = Status::Actual;
}

/// "the meeting", "today's meeting", "this meeting".
fn is_definite(tree: &Tree<'_>, token: usize) -> bool {
    tree.children(token).iter().any(|&child| {
        child < token
            && (matches!(tree.lemma(child).as_str(), "the" | "this" | "that" | "these" | "those")
                || tree.deprel(child) == "nmod:poss")
    })
}
