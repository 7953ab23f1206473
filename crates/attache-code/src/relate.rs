//! The type of the relation between two given spans, for people with their own actor tagger.

use crate::coder::Coder;
use crate::entity::{Entity, EntityMention, How, Resolution};
use crate::event::matching::{self, Match};
use crate::event::party::Parties;
use crate::event::tree::Tree;
use crate::{EventType, Quad};
use attache_text::{Block, BlockKind, Report, Sentence, Span, segment};
use serde::Serialize;
use std::collections::BTreeMap;

/// How far a frame that joins the two spans moves the head's probabilities: it adds this to the log-odds
/// of its type. A first choice, not yet tuned.
const FRAME_LOG_ODDS: f64 = 1.0;
/// The head's name for CONCEDE and RETREAT together, as the visible relation set has them.
const YIELD: &str = "YIELD";

/// What joins an actor to a recipient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    /// Event type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Mode, where a frame tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Quad class.
    pub quad: Quad,
    /// The probability of each type. CONCEDE and RETREAT share what the head gives to both.
    pub probabilities: BTreeMap<String, f64>,
    /// Frames and heads that decided.
    pub why: Vec<String>,
}

impl Coder {
    /// The type of the relation the text tells between two stretches of it (byte spans).
    ///
    /// Either list may be empty, for a side the text does not name.
    pub fn relate(&self, text: &str, actor: &[Span], recipient: &[Span]) -> Relation {
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
        let (sentence, probabilities) = self.head_probabilities(text, chosen, actor, recipient);
        let resolution = marked_resolution(&sentence, actor, recipient);
        let tree = Tree::new(&sentence);
        let parties = Parties { tree: &tree, index: 0, resolution: &resolution, text };
        let (matches, _) = matching::matches(&parties, self.lexicon());
        combine(probabilities, &matches)
    }

    fn head_probabilities(
        &self,
        text: &str,
        span: Span,
        actor: &[Span],
        recipient: &[Span],
    ) -> (Sentence, Vec<(String, f32)>) {
        let (sentence, encoded) = self.encode(text, span);
        let words = |spans: &[Span]| -> Vec<usize> {
            (0..sentence.tokens.len())
                .filter(|&index| spans.iter().any(|span| span.overlaps(sentence.tokens[index].span)))
                .collect()
        };
        let probabilities = self.model().relate(&encoded, &words(actor), &words(recipient));
        (sentence, probabilities)
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
fn combine(head: Vec<(String, f32)>, matches: &[Match<'_>]) -> Relation {
    let names = |parties: &[crate::record::Actor], side: &str| parties.iter().any(|party| party.name == side);
    let joined = |found: &&Match<'_>| names(&found.actor, "actor") && (names(&found.recipient, "recipient"));
    let touched = |found: &&Match<'_>| names(&found.actor, "actor") || names(&found.recipient, "recipient");
    let frame = matches.iter().find(joined).or_else(|| matches.iter().find(touched));
    let mut scores: BTreeMap<String, f64> =
        head.into_iter().map(|(name, p)| (name, f64::from(p).max(1e-6))).collect();
    let mut why = Vec::new();
    if let Some((name, p)) = scores.iter().max_by(|a, b| a.1.total_cmp(b.1)) {
        why.push(format!("head {name} {p:.2}"));
    }
    if let Some(found) = frame {
        let name = root(found.kind);
        *scores.entry(name.to_owned()).or_insert(1e-6) *= FRAME_LOG_ODDS.exp();
        why.push(format!("frame {}", found.frame.id));
    }
    let sum: f64 = scores.values().sum();
    scores.values_mut().for_each(|p| *p /= sum);
    let best = scores.iter().max_by(|a, b| a.1.total_cmp(b.1)).map_or("ACCUSE", |(name, _)| name.as_str());
    let of_kind = |kind: EventType| matches.iter().find(|found| found.kind == kind);
    let kind = if best == YIELD {
        // The head does not tell words from deeds; a frame does, and without one a deed is likelier.
        let conceded = of_kind(EventType::Concede).is_some() && of_kind(EventType::Retreat).is_none();
        if conceded { EventType::Concede } else { EventType::Retreat }
    } else {
        EventType::parse(best).unwrap_or(EventType::Accuse)
    };
    if let Some(both) = scores.remove(YIELD) {
        let (major, minor) =
            if kind == EventType::Concede { ("CONCEDE", "RETREAT") } else { ("RETREAT", "CONCEDE") };
        scores.insert(major.to_owned(), both * 0.7);
        scores.insert(minor.to_owned(), both * 0.3);
    }
    Relation {
        kind,
        mode: of_kind(kind).and_then(|found| found.frame.mode.clone()),
        quad: kind.quad(),
        probabilities: scores,
        why,
    }
}

fn root(kind: EventType) -> &'static str {
    match kind {
        EventType::Concede | EventType::Retreat => YIELD,
        other => other.as_str(),
    }
}
