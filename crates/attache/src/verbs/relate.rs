//! `attache relate`: what joins two given spans of a text.

use super::texts;
use crate::args::{self, Relate};
use crate::{Outcome, data};
use attache_code::{Cut, EventType, Quad, Relation};
use attache_text::Span;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Question {
    id: Value,
    text: String,
    #[serde(default)]
    actor: Side,
    #[serde(default)]
    recipient: Side,
}

/// The words of one side: one span, several, or none where the text does not name it.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Side {
    #[default]
    Unnamed,
    One([usize; 2]),
    Several(Vec<[usize; 2]>),
}

impl Side {
    /// Its spans, each checked against the text.
    fn spans(self, text: &str, side: &str) -> Result<Vec<Span>, String> {
        let pairs = match self {
            Side::Unnamed => Vec::new(),
            Side::One(pair) => vec![pair],
            Side::Several(pairs) => pairs,
        };
        pairs
            .into_iter()
            .map(|[start, end]| match text.get(start..end) {
                Some(words) if !words.is_empty() => Ok(Span::new(start, end)),
                _ => Err(format!("{side} [{start}, {end}] is no stretch of the text (offsets are bytes)")),
            })
            .collect()
    }
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    #[serde(rename = "type")]
    kind: EventType,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<String>,
    quad: Quad,
    probabilities: BTreeMap<String, f64>,
    why: Vec<String>,
}

/// Tells each line's relation.
pub fn run(args: &Relate) -> Outcome {
    let coder = data::coder()?;
    let cut = match args.types {
        args::Cut::Roots => Cut::Roots,
        args::Cut::Codebook => Cut::Codebook,
    };
    texts::run(&args.texts.input, |question: Question| {
        let actor = question.actor.spans(&question.text, "actor")?;
        let recipient = question.recipient.spans(&question.text, "recipient")?;
        let Relation { kind, mode, quad, probabilities, why } =
            coder.relate(&question.text, &actor, &recipient, cut);
        Ok(Answer { id: question.id, kind, mode, quad, probabilities, why })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(side: &str, text: &str) -> Result<Vec<Span>, String> {
        serde_json::from_str::<Side>(side).expect("JSON of a side").spans(text, "actor")
    }

    #[test]
    fn a_side_is_one_span_several_or_none() {
        assert_eq!(
            spans("[0, 4]", "Perú y Chile"),
            Err("actor [0, 4] is no stretch of the text (offsets are bytes)".into())
        );
        assert_eq!(spans("[0, 5]", "Perú y Chile"), Ok(vec![Span::new(0, 5)]));
        assert_eq!(spans("[[0, 5], [8, 13]]", "Perú y Chile").map(|spans| spans.len()), Ok(2));
        assert_eq!(spans("null", "x"), Ok(vec![]));
        assert_eq!(spans("[]", "x"), Ok(vec![]));
        assert!(spans("[1, 1]", "x").is_err() && spans("[0, 9]", "x").is_err());
    }
}
