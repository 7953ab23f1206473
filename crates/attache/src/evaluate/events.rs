//! Events of a sentence or document, end to end.

use super::actors::{same, same_code};
use super::labels::{NONE, quad};
use super::measure::{best_match, f1, mean, pct, ratio, row, yes_no};
use super::relation::event_root;
use super::rows::{self, ABSENT, Predictions, at, is_said, items};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};

/// What must agree for a predicted event to count as a gold one.
const LEVELS: [&str; 7] =
    ["event", "event+source", "event+target", "event+both", "event+codes", "trigger", "trigger+event"];

/// Scores events on each level by the largest matching; gold events without a root ("don't care")
/// forgive one extra prediction each.
pub fn score(gold: &[Value], predictions: &Predictions) -> Value {
    let gold_events = |row: &'_ Value| items(at(at(row, "gold"), "events")).to_vec();
    let all: Vec<Value> = gold.iter().flat_map(gold_events).collect();
    let has_codes =
        all.iter().any(|event| is_said(at(event, "source_code")) || is_said(at(event, "target_code")));
    let has_trigger = all.iter().any(|event| event.get("trigger").is_some());
    let mut levels = [Level::default(); 7];
    let (mut records, mut extra_events) = (0, 0);
    let (mut wanted_any, mut found_any) = (Vec::new(), Vec::new());
    let mut per_root: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut places = Level::default();
    for line in gold {
        if at(line, "gold").get("relevant").is_some_and(Value::is_null) {
            continue;
        }
        let prediction = rows::of(line, predictions);
        let found: Vec<&Value> =
            items(at(prediction, "events")).iter().filter(|event| event_root(event) != NONE).collect();
        let events = items(at(at(line, "gold"), "events"));
        let wanted: Vec<&Value> =
            events.iter().filter(|event| quad(rows::text(at(event, "root"))).is_some()).collect();
        let forgiven = events.iter().filter(|event| at(event, "root").is_null()).count();
        wanted_any.push(!wanted.is_empty());
        found_any.push(!found.is_empty());
        let text = rows::text(at(line, "text"));
        for (at_level, name) in LEVELS.iter().enumerate() {
            if (*name == "event+codes" && !has_codes) || (name.starts_with("trigger") && !has_trigger) {
                continue;
            }
            let matched = best_match(&wanted, &found, |gold, found| agree(name, text, gold, found));
            let extra = found.len().saturating_sub(matched + forgiven);
            levels[at_level].add(matched, wanted.len(), matched + extra);
            if at_level == 0 {
                records += 1;
                extra_events += extra;
            }
        }
        count_roots(&wanted, &found, &mut per_root);
        if prediction.get("locations").is_some() {
            let words = |list: &Value| -> Vec<HashSet<String>> {
                items(list).iter().map(|place| super::actors::words(rows::text(at(place, "text")))).collect()
            };
            let wanted = words(at(at(line, "gold"), "locations"));
            let found = words(at(prediction, "locations"));
            let matched = best_match(&wanted, &found, |a, b| !a.is_disjoint(b));
            places.add(matched, wanted.len(), found.len());
        }
    }
    let mut out = Map::new();
    for (name, level) in LEVELS.iter().zip(&levels).filter(|(_, level)| level.gold > 0) {
        out.insert((*name).to_owned(), level.report());
    }
    out.insert(
        "UP_style".into(),
        json!({
            "TP_rate": pct(ratio(levels[0].hit, levels[0].gold)),
            "FP_per_100_records": pct(ratio(extra_events, records)),
            "records": records,
        }),
    );
    if wanted_any.iter().any(|any| !any) {
        out.insert("has_event".into(), has_event(&wanted_any, &found_any));
    }
    let mut f1s = Vec::new();
    let mut roots = Map::new();
    for (root, [both, found, gold]) in per_root {
        let (p, r) = (ratio(both, found), ratio(both, gold));
        if gold > 0 {
            f1s.push(pct(f1(p, r)));
        }
        roots.insert(root.to_owned(), row(p, r, gold));
    }
    out.insert("per_root".into(), Value::Object(roots));
    out.insert("root_macro_f1".into(), json!(mean(&f1s)));
    if places.gold > 0 && places.found > 0 {
        let (p, r) = (ratio(places.hit, places.found), ratio(places.hit, places.gold));
        out.insert("locations".into(), json!({"p": pct(p), "r": pct(r)}));
    }
    Value::Object(out)
}

/// Hits, gold items and predicted items.
#[derive(Default, Clone, Copy)]
struct Level {
    hit: usize,
    gold: usize,
    found: usize,
}

impl Level {
    fn add(&mut self, hit: usize, gold: usize, found: usize) {
        self.hit += hit;
        self.gold += gold;
        self.found += found;
    }

    fn report(&self) -> Value {
        let (p, r) = (ratio(self.hit, self.found), ratio(self.hit, self.gold));
        json!({"p": pct(p), "r": pct(r), "f1": pct(f1(p, r)), "hit": self.hit, "gold": self.gold, "pred": self.found})
    }
}

/// True where the two events agree on what `level` asks for.
fn agree(level: &str, text: &str, gold: &Value, found: &Value) -> bool {
    let kind = || rows::text(at(gold, "root")) == event_root(found);
    let trigger = || {
        let trigger = at(gold, "trigger");
        let words = [rows::text(at(trigger, "text")).to_owned()];
        !trigger.is_null()
            && same(text, &words, at(trigger, "spans"), at(found, "trigger_text"), at(found, "trigger_spans"))
    };
    let code = |role: &str| same_code(at(gold, &format!("{role}_code")), at(found, &format!("{role}_code")));
    match level {
        "event" => kind(),
        "event+source" => kind() && same_side(text, gold, found, "source"),
        "event+target" => kind() && same_side(text, gold, found, "target"),
        "event+both" => {
            kind() && same_side(text, gold, found, "source") && same_side(text, gold, found, "target")
        }
        "event+codes" => kind() && code("source") && code("target"),
        "trigger" => trigger(),
        _ => kind() && trigger(),
    }
}

/// True where both sides name the same actor, or neither names one.
fn same_side(text: &str, gold: &Value, found: &Value, role: &str) -> bool {
    let (texts, spans) = gold_side(gold, role);
    let found_text = at(found, &format!("{role}_text"));
    if texts.is_empty() && !is_said(&spans) && !is_said(found_text) {
        return true;
    }
    same(text, &texts, &spans, found_text, at(found, &format!("{role}_spans")))
}

/// The words and spans that name an actor in the gold, in any of the three forms the sets use.
fn gold_side(event: &Value, role: &str) -> (Vec<String>, Value) {
    if let Some(variants) = event.get(format!("{role}_variants")) {
        return (rows::strings(variants), Value::Null);
    }
    if let Some(actors) = event.get(format!("{role}s")) {
        let texts = items(actors).iter().map(|actor| rows::text(at(actor, "text")).to_owned());
        let spans = items(actors).iter().flat_map(|actor| items(at(actor, "spans")).iter().cloned());
        return (texts.filter(|text| !text.is_empty()).collect(), spans.collect());
    }
    let text = rows::text(at(event, &format!("{role}_text"))).to_owned();
    (Some(text).filter(|text| !text.is_empty()).into_iter().collect(), ABSENT.clone())
}

fn count_roots(wanted: &[&Value], found: &[&Value], per_root: &mut BTreeMap<&'static str, [usize; 3]>) {
    let count = |events: &[&Value], root: &dyn Fn(&Value) -> &'static str| {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for event in events {
            *counts.entry(root(event)).or_default() += 1;
        }
        counts
    };
    let wanted = count(wanted, &|event| super::labels::root(rows::text(at(event, "root"))));
    let found = count(found, &event_root);
    for root in wanted.keys().chain(found.keys().filter(|root| !wanted.contains_key(*root))) {
        let (gold, found) = (wanted.get(root).copied().unwrap_or(0), found.get(root).copied().unwrap_or(0));
        let sums = per_root.entry(root).or_default();
        sums[0] += gold.min(found);
        sums[1] += found;
        sums[2] += gold;
    }
}

/// How well texts with an event are told from those without.
fn has_event(wanted: &[bool], found: &[bool]) -> Value {
    let report = yes_no(wanted, found);
    let without = wanted.iter().filter(|any| !**any).count();
    let alarms = wanted.iter().zip(found).filter(|(wanted, found)| !**wanted && **found).count();
    json!({
        "p": report.macro_p(),
        "r": report.macro_r(),
        "f1": report.macro_f1(),
        "accuracy": report.accuracy(),
        "false_alarm_rate": pct(ratio(alarms, without)),
    })
}
