//! Own small rows through every task, and the same figures as the reference scorer where it is at hand.
//!
//! The reference scorer and the gold sets are no part of the project: they are looked for in `gold/` of
//! the folder that `ATTACHE_GOLD` names, else beside the checkout in `shared/gold`.

use super::*;
use bootstrap::Twister;
use std::process::Command;

fn predictions(rows: Vec<Value>) -> Predictions {
    rows.into_iter().map(|row| (rows::id(&row), row)).collect()
}

#[test]
fn relations_are_scored_on_three_levels() {
    let row = |id: &str, root: &str, quad: u8| {
        json!({"id": id, "task": "relation", "text": "Chad met Mali.", "meta": {},
            "gold": {"root": root, "quad": quad, "binary": u8::from(quad > 2),
                "source": {"text": "Chad", "spans": [[0, 4]]}, "target": {"text": "Mali", "spans": [[9, 13]]}}})
    };
    let gold = [row("a", "CONSULT", 1), row("b", "ASSAULT", 4)];
    let found = predictions(vec![json!({"id": "a", "root": "040"}), json!({"id": "b", "root": "PROTEST"})]);
    let result = score("relation", &gold, &found).expect("a known task");
    assert_eq!(
        headline("relation", &result),
        *json!({"binary": 100.0, "quad": 100.0, "root": 50.0}).as_object().expect("an object")
    );
    let bare =
        json!({"id": "a", "events": [{"event": "CONSULT", "source_text": "Chad", "target_text": "mali"}]});
    let result = score("relation", &gold, &predictions(vec![bare])).expect("a known task");
    assert_eq!(result["end_to_end"]["event+pair"], json!(50.0));
    assert_eq!(result["root"]["coverage"], json!(50.0));
}

#[test]
fn events_are_matched_once_each() {
    let gold = [
        json!({"id": "a", "text": "Chad met Mali and Togo.", "gold": {"events": [
            {"root": "CONSULT", "source_text": "Chad", "target_text": "Mali", "source_code": "TCD", "target_code": "MLI"},
            {"root": "CONSULT", "source_text": "Chad", "target_text": "Togo", "source_code": "TCD", "target_code": "TGO"},
            {"root": null}]}}),
        json!({"id": "b", "text": "It rained.", "gold": {"events": []}}),
    ];
    let event = |target: &str, code: &str| json!({"event": "CONSULT", "source_text": "Chad", "source_code": "TCDGOV", "target_text": target, "target_code": code});
    let found = predictions(vec![
        json!({"id": "a", "events": [event("Mali", "MLI"), event("Mali", "MLI"), event("Mali", "MLI"), event("Mali", "MLI")]}),
        json!({"id": "b", "events": []}),
    ]);
    let result = score("events", &gold, &found).expect("a known task");
    // Two of four match by type, one is forgiven, one is extra; one only has the right target.
    assert_eq!(result["event"], json!({"p": 66.67, "r": 100.0, "f1": 80.0, "hit": 2, "gold": 2, "pred": 3}));
    assert_eq!(result["event+both"]["hit"], json!(1));
    assert_eq!(result["event+codes"]["hit"], json!(1));
    assert_eq!(result["has_event"]["accuracy"], json!(100.0));
}

#[test]
fn places_are_right_within_a_hundred_miles() {
    let gold =
        [json!({"id": "a", "text": "From Lima to Cusco", "meta": {"set": "own"}, "gold": {"toponyms": [
        {"start": 5, "end": 9, "lat": -12.05, "lon": -77.04, "geonameid": "3936456"},
        {"start": 13, "end": 18, "lat": -13.53, "lon": -71.97, "geonameid": null}]}})];
    let found = predictions(vec![json!({"id": "a", "toponyms": [
        {"start": 5, "end": 9, "lat": -12.0, "lon": -77.0, "geonameid": 3936456},
        {"start": 12, "end": 18, "lat": 40.0, "lon": -3.0}]})]);
    let result = score("toponyms", &gold, &found).expect("a known task");
    assert_eq!(result["recognition"]["exact_recall"], json!(50.0));
    assert_eq!(result["recognition"]["overlap_f1"], json!(100.0));
    assert_eq!(result["end_to_end"]["acc@161km_all_gold"], json!(50.0));
    assert_eq!(result["resolution_given_found"]["exact_geonameid"], json!(100.0));
}

#[test]
fn labels_of_several_kinds_are_scored() {
    let gold = [
        json!({"id": 1, "gold": {"labels": ["x", "y"]}, "meta": {}}),
        json!({"id": 2, "gold": {"labels": ["x"]}, "meta": {}}),
    ];
    let found = predictions(vec![json!({"id": 1, "labels": ["x"]}), json!({"id": 2, "labels": ["x", "z"]})]);
    let result = score("multilabel", &gold, &found).expect("a known task");
    assert_eq!((&result["example_f1"], &result["micro_f1"]), (&json!(66.67), &json!(66.67)));
    assert!(score("nonesuch", &gold, &found).is_err());
}

#[test]
fn rows_are_kept_where_a_value_is_so() {
    let row = json!({"id": "a", "meta": {"codebook": false, "set": "Own"}});
    assert!(is_where(&row, "meta.codebook", "False") && is_where(&row, "meta.set", "own"));
    assert!(!is_where(&row, "meta.set", "other") && is_where(&row, "meta.none", "null"));
}

fn gold_folder() -> Option<PathBuf> {
    let shared = std::env::var_os("ATTACHE_GOLD")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("gold");
    let python =
        Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    if !folder.join("score.py").exists() || !python {
        eprintln!("skipped: no reference scorer in {}, or no python3", folder.display());
        return None;
    }
    Some(folder)
}

/// A file of JSON lines.
fn file_of(rows: &[Value]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    fs::write(file.path(), lines.join("\n")).expect("a writable file");
    file
}

/// The figures of the reference scorer and of this one are the same, each of them.
fn assert_same(folder: &Path, gold: &[Value], found: &[Value], options: &[&str]) {
    let name = rows::id(&gold[0]);
    let (gold, found) = (file_of(gold), file_of(found));
    let output = Command::new("python3")
        .arg(folder.join("score.py"))
        .args([gold.path(), found.path()])
        .arg("--json")
        .args(options)
        .output()
        .expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let value = |name: &str| options.iter().position(|option| *option == name).map(|at| options[at + 1]);
    let args = Args {
        gold: gold.path().to_owned(),
        predictions: Some(found.path().to_owned()),
        json: true,
        only: value("--where").map(str::to_owned).into_iter().collect(),
        bootstrap: value("--bootstrap").map_or(0, |times| times.parse().expect("a number")),
        folds: 0,
        unmarked: false,
        gold_tokens: false,
    };
    let ours = run(&args, &nobody()).expect("a score");
    let ours: Value = serde_json::from_str(&ours).expect("JSON");
    compare(&expected, &ours, &name);
}

/// Equality of figures, whether written as 0 or 0.0.
fn compare(expected: &Value, ours: &Value, path: &str) {
    match (expected, ours) {
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{path}");
            for (key, value) in a {
                compare(value, at(ours, key), &format!("{path}/{key}"));
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            a.iter().zip(b).enumerate().for_each(|(at, (a, b))| compare(a, b, &format!("{path}/{at}")));
        }
        (Value::Number(a), Value::Number(b)) => assert_eq!(a.as_f64(), b.as_f64(), "{path}"),
        (a, b) => assert_eq!(a, b, "{path}"),
    }
}

fn nobody() -> Answerer<'static> {
    Answerer {
        extract: &|_| Err("nobody is asked".into()),
        relate: &|_, _, _| unreachable!("nobody is asked"),
        locate: &|_| Err("nobody is asked".into()),
        country: &|_| None,
        analyse: &|_, _| {},
    }
}

/// A prediction for a gold row that is right, wrong or absent by chance.
fn guess(task: &str, row: &Value, gold: &[Value], chance: &mut Twister) -> Option<Value> {
    let other = &gold[chance.below(gold.len())];
    let source = at(if chance.below(3) > 0 { row } else { other }, "gold");
    if chance.below(8) == 0 {
        return None;
    }
    let mut found = match task {
        "relation" if gold.len().is_multiple_of(2) || chance.below(2) == 0 => {
            json!({"root": at(source, "root"), "quad": if chance.below(4) == 0 { json!(chance.below(5)) } else { Value::Null }})
        }
        "relation" => json!({"root": "WAR"}),
        "class" => json!({"label": at(source, "label")}),
        "multilabel" => json!({"labels": at(source, "labels"), "relevant": at(source, "relevant")}),
        "ner" if chance.below(2) == 0 => json!({"tags": at(source, "tags")}),
        "ner" => {
            let spans: Vec<Value> = rows::pairs(at(source, "offsets"))
                .iter()
                .step_by(4)
                .map(|(start, end)| json!({"start": start, "end": end + 3, "label": (["S", "T", "Person"][chance.below(3)])}))
                .collect();
            json!({"spans": spans})
        }
        "events" => {
            let events: Vec<Value> = items_of(source, "events", chance).iter().map(guess_event).collect();
            json!({"events": events, "locations": items_of(source, "locations", chance)})
        }
        "toponyms" => {
            let places: Vec<Value> = items_of(source, "toponyms", chance)
                .into_iter()
                .map(|mut place| {
                    let moved = rows::number(at(&place, "lat")).map(|lat| lat + chance.below(3) as f64);
                    place["lat"] = json!(moved);
                    place["start"] =
                        json!(at(&place, "start").as_i64().unwrap_or(0) + chance.below(3) as i64);
                    place
                })
                .collect();
            json!({"toponyms": places})
        }
        _ => {
            json!({"templates": items_of(source, "templates", chance), "countries": ["PERU", "EL SALVADOR"], "dates": ["1990-01-09"]})
        }
    };
    found["id"] = at(row, "id").clone();
    Some(found)
}

/// Some of the items under `key`, now and then one twice.
fn items_of(gold: &Value, key: &str, chance: &mut Twister) -> Vec<Value> {
    let repeats = |chance: &mut Twister| [0, 1, 1, 1, 2][chance.below(5)];
    rows::items(at(gold, key)).iter().flat_map(|item| vec![item.clone(); repeats(chance)]).collect()
}

fn guess_event(event: &Value) -> Value {
    let mut found = json!({"event": at(event, "root")});
    for role in ["source", "target"] {
        let listed = rows::items(at(event, &format!("{role}s"))).first();
        let variant = rows::items(at(event, &format!("{role}_variants"))).first();
        let text =
            listed.map(|actor| at(actor, "text")).or(variant).unwrap_or(at(event, &format!("{role}_text")));
        found[format!("{role}_text")] = text.clone();
        found[format!("{role}_code")] = at(event, &format!("{role}_code")).clone();
    }
    found["trigger_text"] = at(at(event, "trigger"), "text").clone();
    found
}

/// So many rows of each set are compared; more take Python minutes.
const COMPARED: usize = 80;

#[test]
fn figures_equal_the_reference_scorer() {
    let Some(folder) = gold_folder() else { return };
    let mut sets: Vec<PathBuf> = fs::read_dir(folder.join("data"))
        .expect("a folder of gold sets")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    sets.sort();
    let mut samples: Vec<Vec<Value>> =
        sets.iter().map(|set| sample(&read_rows(set).expect("gold rows"))).collect();
    samples.push(labelled(false));
    samples.push(labelled(true));
    for (at_set, gold) in samples.iter().enumerate() {
        let task = rows::text(at(&gold[0], "task")).to_owned();
        let mut chance = Twister::new(at_set as u32 + 7);
        let found: Vec<Value> = gold.iter().filter_map(|row| guess(&task, row, gold, &mut chance)).collect();
        assert_same(&folder, gold, &found, &["--bootstrap", "3"]);
        if task == "relation" {
            assert_same(&folder, gold, &found, &["--where", "meta.codebook=false"]);
            let bare: Vec<Value> = gold.iter().map(|row| guess_bare(row, &mut chance)).collect();
            assert_same(&folder, gold, &bare, &[]);
        }
    }
}

/// Rows from all over a set.
fn sample(gold: &[Value]) -> Vec<Value> {
    gold.iter().step_by(gold.len().div_ceil(COMPARED).max(1)).cloned().collect()
}

/// A set of several labels a text, for no published one is at hand; with or without relevance.
fn labelled(by_relevance: bool) -> Vec<Value> {
    let mut chance = Twister::new(3);
    let names = ["Strike", "March", "Riot", "Other"];
    (0..80)
        .map(|id| {
            let labels: Vec<&str> = names.into_iter().filter(|_| chance.below(3) == 0).collect();
            let mut gold = json!({"labels": labels});
            if by_relevance {
                gold["relevant"] = json!(chance.below(4) > 0);
            }
            json!({"id": format!("own-{id}"), "task": "multilabel", "text": "", "meta": {}, "gold": gold})
        })
        .collect()
}

/// End-to-end events for a relation row: its actors, or part of them, and a type.
fn guess_bare(row: &Value, chance: &mut Twister) -> Value {
    let gold = at(row, "gold");
    let words = |role: &str, kept: usize| {
        let text = rows::text(at(at(gold, role), "text"));
        text.split_whitespace().take(kept).collect::<Vec<_>>().join(" ")
    };
    let kind = if chance.below(2) == 0 { at(gold, "root").clone() } else { json!("DEMAND") };
    let event = json!({"event": kind, "source_text": words("source", 1 + chance.below(3)), "target_text": words("target", chance.below(4))});
    json!({"id": at(row, "id"), "events": vec![event; chance.below(3)]})
}
