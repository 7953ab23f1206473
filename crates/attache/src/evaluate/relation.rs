//! The type of the relation between two actors: marked ones, or found by the program itself.

use super::actors;
use super::labels::{self, NONE};
use super::measure::{Classes, pct, ratio, rounded};
use super::rows::{self, Predictions, at, is_said, items};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Scores by binary, quad class and root; predictions with `events` are scored end to end as well.
pub fn score(gold: &[Value], predictions: &Predictions) -> Value {
    let mut out = Map::new();
    let end_to_end = predictions.values().any(|row| row.get("events").is_some());
    let found: Vec<Found> = if end_to_end {
        let (scores, roots) = score_events(gold, predictions);
        out.insert("end_to_end".into(), scores);
        roots.into_iter().map(|root| Found::new(&json!({"root": root}))).collect()
    } else {
        gold.iter().map(|row| Found::new(rows::of(row, predictions))).collect()
    };
    let label = |key: &str| gold.iter().map(|row| rows::word(at(at(row, "gold"), key))).collect::<Vec<_>>();
    let number = |value: Option<i64>| value.map_or(NONE.to_owned(), |value| value.to_string());
    let binary: Vec<String> = found.iter().map(|found| number(found.binary)).collect();
    out.insert("binary".into(), level(&label("binary"), &binary));
    if gold.iter().any(|row| at(row, "gold").get("root").is_some()) {
        let quads: Vec<String> = found.iter().map(|found| number(found.quad)).collect();
        let roots: Vec<String> = found.iter().map(|found| found.root.to_owned()).collect();
        out.insert("quad".into(), level(&label("quad"), &quads));
        out.insert("root".into(), level(&label("root"), &roots));
    }
    Value::Object(out)
}

/// One prediction, on all three levels; the finer one decides where a coarser one is not given.
struct Found {
    root: &'static str,
    quad: Option<i64>,
    binary: Option<i64>,
}

impl Found {
    fn new(row: &Value) -> Found {
        let root = labels::root_of(at(row, "root"));
        let quad = match at(row, "quad") {
            given if is_said(given) => rows::number(given).map(|quad| quad as i64).filter(|quad| *quad != 0),
            _ => labels::quad(root).map(i64::from),
        };
        let binary = match at(row, "binary") {
            Value::Null => quad.map(|quad| i64::from(quad >= 3)),
            Value::Bool(given) => Some(i64::from(*given)),
            given => rows::number(given).map(|binary| binary as i64),
        };
        Found { root, quad, binary }
    }
}

/// A report over the labels of the gold, with how much was coded at all.
fn level(gold: &[String], found: &[String]) -> Value {
    let labels: BTreeSet<String> = gold.iter().cloned().collect();
    let mut report = Classes::new(gold, found, Some(&labels)).to_json();
    let coded: Vec<bool> =
        gold.iter().zip(found).filter(|(_, found)| *found != NONE).map(|(a, b)| a == b).collect();
    let right = coded.iter().filter(|right| **right).count();
    report["coverage"] = json!(pct(ratio(coded.len(), gold.len())));
    report["precision_on_coded"] = json!(pct(ratio(right, coded.len())));
    report["macro_f1_sklearn_with_NONE"] = json!(Classes::new(gold, found, None).macro_f1());
    report
}

/// Recall of events on texts where nothing was marked, and the root found for each row.
fn score_events(gold: &[Value], predictions: &Predictions) -> (Value, Vec<&'static str>) {
    let mut counts = [0; 6];
    let mut events = 0;
    let mut roots = Vec::new();
    for row in gold {
        let found = items(at(rows::of(row, predictions), "events"));
        events += found.len();
        let matched: Vec<(&str, bool, bool)> = found.iter().map(|event| compare(row, event)).collect();
        let same = |root: &str| is_same_type(at(row, "gold"), root);
        let has = |test: &dyn Fn(&(&str, bool, bool)) -> bool| usize::from(matched.iter().any(test));
        let row_counts = [
            usize::from(!found.is_empty()),
            has(&|(root, ..)| same(root)),
            has(&|(_, source, _)| *source),
            has(&|(_, source, target)| *source && *target),
            has(&|(root, source, _)| same(root) && *source),
            has(&|(root, source, target)| same(root) && *source && *target),
        ];
        counts.iter_mut().zip(row_counts).for_each(|(sum, one)| *sum += one);
        let best = found.iter().zip(&matched).find(|(_, (_, source, target))| *source && *target);
        let best =
            best.or_else(|| found.iter().zip(&matched).find(|(_, (_, source, target))| *source || *target));
        roots.push(best.map_or(NONE, |(event, _)| event_root(event)));
    }
    let names = ["any_event", "event_any", "src", "pair", "event+src", "event+pair"];
    let mut out: Map<String, Value> = names
        .iter()
        .zip(counts)
        .map(|(name, count)| ((*name).to_owned(), json!(pct(ratio(count, gold.len())))))
        .collect();
    out.insert("events_per_row".into(), json!(rounded(ratio(events, gold.len()), 3)));
    out.insert("event_given_pair".into(), json!(pct(ratio(counts[5], counts[3]))));
    let note =
        "recall only: just the marked pair is annotated, so other predicted events are not counted wrong";
    out.insert("note".into(), json!(note));
    (Value::Object(out), roots)
}

/// The root of a predicted event.
pub fn event_root(event: &Value) -> &'static str {
    let name = at(event, "event");
    labels::root_of(if is_said(name) { name } else { at(event, "root") })
}

/// A predicted event's root, and whether its source and its target are those marked in the gold. An
/// unnamed side ("An actor", "a recipient") is matched by anything.
fn compare<'a>(row: &Value, event: &Value) -> (&'a str, bool, bool) {
    let side = |role: &str, unnamed: &str| {
        let gold = at(at(row, "gold"), role);
        let (words, spans) = (rows::text(at(gold, "text")), at(gold, "spans"));
        let open = items(spans).is_empty() && words == unnamed;
        let found = |what: &str| at(event, &format!("{role}_{what}")).clone();
        open || actors::same(
            rows::text(at(row, "text")),
            &[words.to_owned()],
            spans,
            &found("text"),
            &found("spans"),
        )
    };
    (event_root(event), side("source", "An actor"), side("target", "a recipient"))
}

fn is_same_type(gold: &Value, root: &str) -> bool {
    let wanted = at(gold, "root");
    if is_said(wanted) {
        return rows::text(wanted) == root;
    }
    labels::quad(root).is_some_and(|quad| at(gold, "binary").as_i64() == Some(i64::from(quad >= 3)))
}
