//! One label a text, or several.

use super::measure::{Classes, f1, mean, pct, ratio, row, yes_no};
use super::rows::{self, Predictions, at};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The event types CASE 2021's second subtask took over from the first one's training data.
const SEEN: [&str; 25] = [
    "ABDUCT_DISSAP",
    "AGREEMENT",
    "AIR_STRIKE",
    "ARMED_CLASH",
    "ARREST",
    "ART_MISS_ATTACK",
    "ATTACK",
    "CHANGE_TO_GROUP_ACT",
    "CHEM_WEAP",
    "DISR_WEAP",
    "FORCE_AGAINST_PROTEST",
    "GOV_REGAINS_TERIT",
    "GRENADE",
    "HQ_ESTABLISHED",
    "MOB_VIOL",
    "NON_STATE_ACTOR_OVERTAKES_TER",
    "NON_VIOL_TERRIT_TRANSFER",
    "OTHER",
    "PEACE_PROTEST",
    "PROPERTY_DISTRUCT",
    "PROTEST_WITH_INTER",
    "REM_EXPLOS",
    "SEX_VIOL",
    "SUIC_BOMB",
    "VIOL_DEMONSTR",
];

/// Scores one label a text.
pub fn score(gold: &[Value], predictions: &Predictions) -> Value {
    let wanted: Vec<String> = gold.iter().map(|row| rows::word(at(at(row, "gold"), "label"))).collect();
    let found: Vec<String> = gold
        .iter()
        .map(|row| rows::of(row, predictions).get("label").map_or("NONE".to_owned(), rows::word))
        .collect();
    let labels: BTreeSet<String> = wanted.iter().cloned().collect();
    let mut out = Map::new();
    out.insert("all".into(), Classes::new(&wanted, &found, Some(&labels)).to_json());
    out.insert("sklearn_union_macro_f1".into(), json!(Classes::new(&wanted, &found, None).macro_f1()));
    if labels.contains("DIPLO") || labels.contains("ATTRIB") {
        let seen: BTreeSet<String> = SEEN.iter().map(|label| (*label).to_owned()).collect();
        let more = ["ORG_CRIME", "NATURAL_DISASTER", "MAN_MADE_DISASTER"].map(str::to_owned);
        let all: BTreeSet<String> = seen.iter().cloned().chain(more).collect();
        for (name, kept) in [("subtask1_25_seen", seen), ("subtask2_28", all)] {
            let (gold, found): (Vec<String>, Vec<String>) = wanted
                .iter()
                .cloned()
                .zip(found.iter().cloned())
                .filter(|(gold, _)| kept.contains(gold))
                .unzip();
            let labels = kept.intersection(&labels).cloned().collect();
            out.insert(name.into(), Classes::new(&gold, &found, Some(&labels)).to_json());
        }
    }
    Value::Object(out)
}

/// Scores any number of labels a text: mean F1 of the texts, micro and macro F1 of the labels. Where
/// the gold says whether a text is relevant, only relevant ones are scored and "Other" is no label.
pub fn score_many(gold: &[Value], predictions: &Predictions) -> Value {
    let label_set =
        |value: &Value| rows::strings(at(value, "labels")).into_iter().collect::<BTreeSet<String>>();
    let inventory = match gold.first().map(|row| at(at(row, "meta"), "inventory")) {
        Some(listed) if rows::is_said(listed) => rows::strings(listed),
        _ => gold
            .iter()
            .flat_map(|row| label_set(at(row, "gold")))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
    };
    let by_relevance = gold.first().is_some_and(|row| at(row, "gold").get("relevant").is_some());
    let mut out = Map::new();
    let relevant = |row: &&Value| rows::is_said(at(at(row, "gold"), "relevant"));
    if by_relevance {
        let wanted: Vec<bool> = gold.iter().map(|row| relevant(&row)).collect();
        let found: Vec<bool> =
            gold.iter().map(|row| rows::is_said(at(rows::of(row, predictions), "relevant"))).collect();
        let report = yes_no(&wanted, &found);
        out.insert("relevance".into(), json!({"p": report.macro_p(), "r": report.macro_r(), "f1": report.macro_f1(), "accuracy": report.accuracy()}));
    }
    let mut examples = Vec::new();
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for row in gold.iter().filter(|row| !by_relevance || relevant(row)) {
        let mut wanted = label_set(at(row, "gold"));
        let mut found = label_set(rows::of(row, predictions));
        if by_relevance {
            wanted.remove("Other");
            found.remove("Other");
        }
        let both = wanted.intersection(&found).count();
        if !wanted.is_empty() || !found.is_empty() {
            examples.push(2.0 * both as f64 / (wanted.len() + found.len()) as f64);
        }
        for label in wanted.union(&found) {
            let at = match (wanted.contains(label), found.contains(label)) {
                (true, true) => 0,
                (false, _) => 1,
                (true, false) => 2,
            };
            counts.entry(label.clone()).or_default()[at] += 1;
        }
    }
    let shares = |[both, extra, missed]: [usize; 3]| (ratio(both, both + extra), ratio(both, both + missed));
    let mut per_label = Map::new();
    let mut f1s = Vec::new();
    for label in &inventory {
        let count = counts.get(label).copied().unwrap_or_default();
        let (p, r) = shares(count);
        f1s.push(pct(f1(p, r)));
        per_label.insert(label.clone(), row(p, r, count[0] + count[2]));
    }
    let total =
        counts.values().fold([0; 3], |sum, count| [sum[0] + count[0], sum[1] + count[1], sum[2] + count[2]]);
    let (p, r) = shares(total);
    let scored = examples.len();
    out.insert("example_f1".into(), json!(pct(examples.iter().sum::<f64>() / scored.max(1) as f64)));
    out.insert("examples_scored".into(), json!(scored));
    out.insert("micro_p".into(), json!(pct(p)));
    out.insert("micro_r".into(), json!(pct(r)));
    out.insert("micro_f1".into(), json!(pct(f1(p, r))));
    out.insert("macro_f1".into(), json!(mean(&f1s)));
    out.insert("per_label".into(), Value::Object(per_label));
    Value::Object(out)
}
