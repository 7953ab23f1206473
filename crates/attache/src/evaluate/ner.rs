//! Spans with a label, by tokens, as seqeval's default mode counts them.

use super::measure::{f1, mean, pct, ratio, row};
use super::rows::{self, Predictions, at, items};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A labelled span of tokens: label, first, last (inclusive).
type Entity = (String, usize, usize);

/// Scores exact spans, and spans of the right label that overlap.
pub fn score(gold: &[Value], predictions: &Predictions) -> Value {
    let mut exact = Counts::default();
    let mut loose = Counts::default();
    for line in gold {
        let tags = rows::strings(at(at(line, "gold"), "tags"));
        let wanted: BTreeSet<Entity> = entities(&tags).into_iter().collect();
        let found: BTreeSet<Entity> =
            entities(&predicted_tags(at(line, "gold"), rows::of(line, predictions), tags.len()))
                .into_iter()
                .collect();
        let meets = |a: &Entity, others: &BTreeSet<Entity>| {
            others.iter().any(|b| a.0 == b.0 && a.1 <= b.2 && b.1 <= a.2)
        };
        exact.add(&wanted, &found, |entity| found.contains(entity), |entity| wanted.contains(entity));
        loose.add(&wanted, &found, |entity| meets(entity, &found), |entity| meets(entity, &wanted));
    }
    json!({"exact_seqeval": exact.report(), "overlap": loose.report()})
}

/// The predicted tags: as given, or made from spans in characters; as many as the gold has.
fn predicted_tags(gold: &Value, prediction: &Value, length: usize) -> Vec<String> {
    let mut tags = if at(prediction, "tags").is_null() {
        let mut tags = vec!["O".to_owned(); length];
        let offsets = rows::pairs(at(gold, "offsets"));
        for span in items(at(prediction, "spans")) {
            let (Some(start), Some(end)) = (at(span, "start").as_i64(), at(span, "end").as_i64()) else {
                continue;
            };
            let inside =
                (0..offsets.len().min(length)).filter(|&i| offsets[i].0 < end && offsets[i].1 > start);
            for (at_span, i) in inside.enumerate() {
                let place = if at_span == 0 { 'B' } else { 'I' };
                tags[i] = format!("{place}-{}", rows::text(at(span, "label")));
            }
        }
        tags
    } else {
        rows::strings(at(prediction, "tags"))
    };
    tags.resize(length, "O".to_owned());
    tags
}

/// The spans of a tag sequence, in the reading of seqeval's default mode.
fn entities(tags: &[String]) -> Vec<Entity> {
    let mut found = Vec::new();
    let (mut last_place, mut last_label, mut start) = ('O', "O".to_owned(), 0);
    for (i, tag) in tags.iter().map(String::as_str).chain(["O"]).enumerate() {
        let place = tag.chars().next().unwrap_or('O');
        let label = match tag {
            "O" => "O",
            tag => tag.split_once('-').map_or("_", |(_, label)| label),
        };
        let ends = matches!(last_place, 'E' | 'S')
            || (matches!(last_place, 'B' | 'I') && matches!(place, 'B' | 'S' | 'O'))
            || (!matches!(last_place, 'O' | '.') && last_label != label);
        let begins = matches!(place, 'B' | 'S')
            || (matches!(last_place, 'E' | 'S' | 'O') && matches!(place, 'E' | 'I'))
            || (!matches!(place, 'O' | '.') && last_label != label);
        if ends {
            found.push((last_label, start, i.saturating_sub(1)));
        }
        if begins {
            start = i;
        }
        (last_place, last_label) = (place, label.to_owned());
    }
    found
}

/// For each label: gold spans met, predicted spans met, gold spans, predicted spans.
#[derive(Default)]
struct Counts(BTreeMap<String, [usize; 4]>);

impl Counts {
    fn add(
        &mut self,
        wanted: &BTreeSet<Entity>,
        found: &BTreeSet<Entity>,
        is_found: impl Fn(&Entity) -> bool,
        is_wanted: impl Fn(&Entity) -> bool,
    ) {
        for entity in wanted {
            let count = self.0.entry(entity.0.clone()).or_default();
            count[0] += usize::from(is_found(entity));
            count[2] += 1;
        }
        for entity in found {
            let count = self.0.entry(entity.0.clone()).or_default();
            count[1] += usize::from(is_wanted(entity));
            count[3] += 1;
        }
    }

    fn report(&self) -> Value {
        let sum = |at: usize| self.0.values().map(|count| count[at]).sum::<usize>();
        let (p, r) = (ratio(sum(1), sum(3)), ratio(sum(0), sum(2)));
        let mut per_type = Map::new();
        let mut f1s = Vec::new();
        for (label, count) in &self.0 {
            let (p, r) = (ratio(count[1], count[3]), ratio(count[0], count[2]));
            f1s.push(pct(f1(p, r)));
            per_type.insert(label.clone(), row(p, r, count[2]));
        }
        json!({"micro_p": pct(p), "micro_r": pct(r), "micro_f1": pct(f1(p, r)), "macro_f1": mean(&f1s), "per_type": per_type})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_sequences_have_spans() {
        let spans = |tags: &str| entities(&tags.split(' ').map(str::to_owned).collect::<Vec<_>>());
        let span = |label: &str, first, last| (label.to_owned(), first, last);
        assert_eq!(spans("B-S I-S O B-T B-T"), [span("S", 0, 1), span("T", 3, 3), span("T", 4, 4)]);
        // An inside tag of another label, or after none, opens a span.
        assert_eq!(spans("I-S I-T O I-R"), [span("S", 0, 0), span("T", 1, 1), span("R", 3, 3)]);
        assert_eq!(spans("S-A E-A"), [span("A", 0, 0), span("A", 1, 1)]);
    }
}
