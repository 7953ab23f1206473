//! The type of the relation between two given spans, for people with their own actor tagger.

use crate::coder::Coder;
use crate::entity::{Entity, EntityMention, How, Resolution};
use crate::event::matching::{self, Match};
use crate::event::opinion::Opinion;
use crate::event::party::Parties;
use crate::event::tree::Tree;
use crate::{EventType, Quad};
use attache_text::{Block, BlockKind, Report, Sentence, Span, segment};
use serde::Serialize;
use std::collections::BTreeMap;

/// How far a frame that joins the two spans moves the head's probabilities: it adds this to the log-odds
/// of its type (chosen on plv_train by cross-validation; `evaluation/RESULTS.md`).
const FRAME_LOG_ODDS: f64 = 1.0;

/// Whose cut of the types a relation is told in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cut {
    /// The roots of CAMEO's codes under PLOVER's names, as the published records of marked sentences label
    /// them: a verdict is ACCUSE (116), a town taken or blockaded ASSAULT (191, 192).
    #[default]
    Roots,
    /// PLOVER 2.0's codebook, as everywhere else in the program: a verdict is SANCTION convict.
    Codebook,
}

/// What joins an actor to a recipient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    /// Event type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Mode, where a frame or the head tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Quad class.
    pub quad: Quad,
    /// The probability of each type, given that something happens between the two.
    pub probabilities: BTreeMap<String, f64>,
    /// Frames and heads that decided.
    pub why: Vec<String>,
}

impl Coder {
    /// The type of the relation the text tells between two stretches of it (byte spans).
    ///
    /// Either list may be empty, for a side the text does not name.
    pub fn relate(&self, text: &str, actor: &[Span], recipient: &[Span], cut: Cut) -> Relation {
        let report = Report {
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }],
            ..Report::default()
        };
        let marked: Vec<Span> = actor.iter().chain(recipient).copied().collect();
        let spans = segment::segment(&report).sentences;
        // The sentence that holds most of the marked spans tells the relation; the first of several.
        let chosen = spans
            .iter()
            .rev()
            .max_by_key(|span| marked.iter().filter(|mark| span.overlaps(**mark)).count())
            .copied()
            .unwrap_or(Span::new(0, text.len()));
        let (sentence, encoded) = self.encode(text, chosen);
        let words = |spans: &[Span]| -> Vec<usize> {
            (0..sentence.tokens.len())
                .filter(|&index| spans.iter().any(|span| span.overlaps(sentence.tokens[index].span)))
                .collect()
        };
        let judgement = self.model().relate(&encoded, &words(actor), &words(recipient));
        let resolution = marked_resolution(&sentence, actor, recipient);
        let tree = Tree::new(&sentence);
        let parties = Parties { tree: &tree, index: 0, resolution: &resolution, text };
        let (matches, _) = matching::matches(&parties, self.lexicon());
        let opinion = |judgement| match cut {
            Cut::Roots => Opinion::of_roots(self.model(), &judgement),
            Cut::Codebook => Opinion::new(self.model(), &judgement),
        };
        let head = judgement.map(opinion).unwrap_or_default();
        let kind = |found: &Match<'_>| match cut {
            Cut::Roots => self.root_of(found),
            Cut::Codebook => found.kind,
        };
        combine(&head, &matches, kind)
    }

    /// The type of a match's CAMEO root: another one than its own where CAMEO cuts otherwise than PLOVER.
    fn root_of(&self, found: &Match<'_>) -> EventType {
        let root = found.frame.and_then(|frame| frame.cameo.get(..2));
        // CAMEO has one root for what PLOVER divides into CONCEDE and RETREAT.
        let known = root.filter(|root| *root != "08").and_then(|root| self.ontology().cameo(root));
        known.and_then(|code| code.kind).unwrap_or(found.kind)
    }
}

/// A resolution that knows the two marked sides and nobody else.
fn marked_resolution(sentence: &Sentence, actor: &[Span], recipient: &[Span]) -> Resolution {
    let mut mentions = Vec::new();
    for (side, spans) in [("actor", actor), ("recipient", recipient)] {
        for &span in spans {
            let inside: Vec<usize> = (0..sentence.tokens.len())
                .filter(|&index| span.overlaps(sentence.tokens[index].span))
                .collect();
            let (Some(&first), Some(&last)) = (inside.first(), inside.last()) else { continue };
            let entity =
                Entity { name: side.to_owned(), country: Some(side.to_owned()), ..Entity::default() };
            // Every token of the span may be what a frame's slot leads to.
            mentions.extend(inside.iter().map(|&head| EntityMention {
                sentence: 0,
                first,
                last: last + 1,
                head,
                span,
                entities: vec![entity.clone()],
                how: How::Name,
            }));
        }
    }
    Resolution { mentions }
}

/// The written rule of head and lexicon: the head's probabilities, moved by the best frame that joins
/// the two sides.
fn combine(head: &Opinion, matches: &[Match<'_>], kind_of: impl Fn(&Match<'_>) -> EventType) -> Relation {
    let names = |parties: &[crate::record::Actor], side: &str| parties.iter().any(|party| party.name == side);
    let joined = |found: &&Match<'_>| names(&found.actor, "actor") && (names(&found.recipient, "recipient"));
    let touched = |found: &&Match<'_>| names(&found.actor, "actor") || names(&found.recipient, "recipient");
    let frame = matches.iter().find(joined).or_else(|| matches.iter().find(touched));
    let mut scores: BTreeMap<EventType, f64> =
        EventType::ALL.iter().map(|&kind| (kind, f64::from(head.given_event(kind)).max(1e-6))).collect();
    let mut why = Vec::new();
    if let Some((kind, p)) = scores.iter().max_by(|a, b| a.1.total_cmp(b.1)) {
        why.push(format!("head {} {p:.2}", kind.as_str()));
    }
    if let Some(found) = frame {
        let kind = kind_of(found);
        if let Some(score) = scores.get_mut(&kind) {
            *score *= FRAME_LOG_ODDS.exp();
        }
        why.push(format!("frame {} {}", found.id(), kind.as_str()));
    }
    let sum: f64 = scores.values().sum();
    scores.values_mut().for_each(|p| *p /= sum);
    let kind = scores.iter().max_by(|a, b| a.1.total_cmp(b.1)).map_or(EventType::Accuse, |(kind, _)| *kind);
    let of_frame = matches.iter().find(|found| found.kind == kind).and_then(|found| found.mode.clone());
    Relation {
        kind,
        mode: of_frame.or_else(|| head.mode(kind)),
        quad: kind.quad(),
        probabilities: scores.into_iter().map(|(kind, p)| (kind.as_str().to_owned(), p)).collect(),
        why,
    }
}
