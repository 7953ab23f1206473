//! MUC-4 templates, by the metric of the generative template-filling papers (GTT), and the entities of
//! whole documents (CEAF-REE).

use super::measure::{best_match, f1, pct, prf, ratio, yes_no};
use super::rows::{self, Predictions, at, is_said, items};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The roles of a template, with the other name each goes by.
const ROLES: [(&str, &str); 5] = [
    ("PerpInd", "perp_individual_id"),
    ("PerpOrg", "perp_organization_id"),
    ("Target", "phys_tgt_id"),
    ("Victim", "hum_tgt_name"),
    ("Weapon", "incident_instrument_id"),
];

/// Up to so many templates on each side every matching is tried; beyond, the greedy one is taken.
const TRIED: usize = 7;

/// An entity: the forms that name it, normalised.
type Entity = Vec<String>;

/// A template: its type and the entities of each role.
struct Template {
    kind: Value,
    roles: [Vec<Entity>; 5],
}

/// Hits for precision and recall; slot 0 is the incident type, then the roles.
#[derive(Clone, Default)]
struct Pair {
    precision: [usize; 6],
    recall: [usize; 6],
}

/// Scores templates, document entities, whether there is an event, and countries and dates where given.
pub fn score(gold: &[Value], predictions: &Predictions) -> Value {
    let mut hits = Pair::default();
    let mut sizes = Pair::default();
    let mut entities = [[0usize; 3]; 5];
    let mut slots: Option<Slots> = None;
    for row in gold {
        let prediction = rows::of(row, predictions);
        let wanted = templates(at(at(row, "gold"), "templates"), true);
        let mut found = templates(at(prediction, "templates"), false);
        for template in &mut found {
            if !template.kind.is_string() {
                template.kind = json!("attack");
            }
        }
        let pairs = pair_up(&wanted, &found);
        for (i, j) in best_pairs(&wanted, &found, &pairs) {
            if let Some(pair) = &pairs[i][j] {
                for slot in 0..6 {
                    hits.precision[slot] += pair.precision[slot];
                    hits.recall[slot] += pair.recall[slot];
                }
            }
        }
        count_sizes(&found, &mut sizes.precision);
        count_sizes(&wanted, &mut sizes.recall);
        count_entities(at(row, "gold"), &wanted, &found, &mut entities);
        if !at(prediction, "countries").is_null() || !at(prediction, "dates").is_null() {
            slots.get_or_insert_default().add(at(at(row, "gold"), "key"), prediction);
        }
    }
    let any = |value: &Value| is_said(at(value, "templates"));
    let wanted: Vec<bool> = gold.iter().map(|row| any(at(row, "gold"))).collect();
    let found: Vec<bool> = gold.iter().map(|row| any(rows::of(row, predictions))).collect();
    let told = yes_no(&wanted, &found);
    let mut out = Map::new();
    out.insert("GTT_template_filling".into(), template_report(&hits, &sizes));
    out.insert("CEAF_REE_doc_entities".into(), entity_report(&entities));
    out.insert(
        "doc_has_event".into(),
        json!({"p": told.macro_p(), "r": told.macro_r(), "f1": told.macro_f1()}),
    );
    if let Some(slots) = slots {
        out.insert("slots".into(), slots.report());
    }
    Value::Object(out)
}

/// Small letters, no ASCII punctuation, no articles, single spaces.
fn normalise(text: &str) -> String {
    let bare: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let mut out = String::new();
    let mut rest = bare.as_str();
    while let Some(first) = rest.chars().next() {
        let of_word = first.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != of_word).unwrap_or(rest.len());
        let run = &rest[..end];
        out.push_str(if matches!(run, "a" | "an" | "the") { " " } else { run });
        rest = &rest[end..];
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entities_of(value: &Value) -> Vec<Entity> {
    items(value)
        .iter()
        .filter(|entity| is_said(entity))
        .map(|entity| items(entity).iter().map(|form| normalise(rows::text(form))).collect())
        .collect()
}

fn templates(value: &Value, once: bool) -> Vec<Template> {
    let mut seen: Vec<&Value> = Vec::new();
    for template in items(value) {
        if !(once && seen.contains(&template)) {
            seen.push(template);
        }
    }
    seen.into_iter()
        .map(|template| Template {
            kind: at(template, "incident_type").clone(),
            roles: ROLES.map(|(name, other)| {
                let given = at(template, name);
                entities_of(if is_said(given) { given } else { at(template, other) })
            }),
        })
        .collect()
}

/// True where every form of `found` is one of `gold`.
fn within(gold: &Entity, found: &Entity) -> bool {
    found.iter().all(|form| gold.contains(form))
}

fn same_kind(found: &Value, gold: &Value) -> bool {
    match gold {
        Value::String(gold) => gold.contains(rows::text(found)),
        Value::Array(kinds) => kinds.contains(found),
        _ => false,
    }
}

/// What predicted template `i` shares with gold template `j`; none where their types differ.
fn pair_up(wanted: &[Template], found: &[Template]) -> Vec<Vec<Option<Pair>>> {
    let pair = |found: &Template, gold: &Template| {
        same_kind(&found.kind, &gold.kind).then(|| {
            let mut pair = Pair::default();
            pair.precision[0] = 1;
            pair.recall[0] = 1;
            for role in 0..5 {
                let (f, g) = (&found.roles[role], &gold.roles[role]);
                pair.precision[role + 1] = f.iter().filter(|x| g.iter().any(|e| within(e, x))).count();
                pair.recall[role + 1] = g.iter().filter(|e| f.iter().any(|x| within(e, x))).count();
            }
            pair
        })
    };
    found.iter().map(|found| wanted.iter().map(|gold| pair(found, gold)).collect()).collect()
}

fn size(template: &Template) -> usize {
    1 + template.roles.iter().map(Vec::len).sum::<usize>()
}

/// The matching of predicted with gold templates with the best F1; the first one found of equals.
fn best_pairs(wanted: &[Template], found: &[Template], pairs: &[Vec<Option<Pair>>]) -> Vec<(usize, usize)> {
    if wanted.len() > TRIED || found.len() > TRIED {
        return greedy(pairs);
    }
    let sizes = (found.iter().map(size).sum(), wanted.iter().map(size).sum());
    let mut best = None;
    try_all(pairs, sizes, 0, &mut Vec::new(), &mut best);
    best.map(|(_, matching)| matching).unwrap_or_default()
}

fn try_all(
    pairs: &[Vec<Option<Pair>>],
    sizes: (usize, usize),
    i: usize,
    chosen: &mut Vec<(usize, usize)>,
    best: &mut Option<(f64, Vec<(usize, usize)>)>,
) {
    let Some(row) = pairs.get(i) else {
        let hits = |side: fn(&Pair) -> &[usize; 6]| -> usize {
            chosen.iter().filter_map(|&(i, j)| pairs[i][j].as_ref()).flat_map(side).sum()
        };
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let value =
            f1(share(hits(|pair| &pair.precision), sizes.0), share(hits(|pair| &pair.recall), sizes.1));
        if best.as_ref().is_none_or(|(least, _)| value > *least) {
            *best = Some((value, chosen.clone()));
        }
        return;
    };
    for (j, pair) in row.iter().enumerate() {
        if pair.is_some() && chosen.iter().all(|(_, used)| *used != j) {
            chosen.push((i, j));
            try_all(pairs, sizes, i + 1, chosen, best);
            chosen.pop();
        }
    }
    try_all(pairs, sizes, i + 1, chosen, best);
}

fn greedy(pairs: &[Vec<Option<Pair>>]) -> Vec<(usize, usize)> {
    let total = |pair: &Pair| pair.precision.iter().chain(&pair.recall).sum::<usize>();
    let mut all: Vec<(usize, usize, usize)> = Vec::new();
    for (i, row) in pairs.iter().enumerate() {
        all.extend(
            row.iter().enumerate().filter_map(|(j, pair)| pair.as_ref().map(|pair| (total(pair), i, j))),
        );
    }
    all.sort_by_key(|(total, ..)| std::cmp::Reverse(*total));
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in all {
        if chosen.iter().all(|(a, b)| *a != i && *b != j) {
            chosen.push((i, j));
        }
    }
    chosen
}

fn count_sizes(templates: &[Template], sizes: &mut [usize; 6]) {
    for template in templates {
        sizes[0] += 1;
        for (role, entities) in template.roles.iter().enumerate() {
            sizes[role + 1] += entities.len();
        }
    }
}

/// For each role: matched, predicted and gold entities of the document.
fn count_entities(gold: &Value, wanted: &[Template], found: &[Template], counts: &mut [[usize; 3]; 5]) {
    let once = |templates: &[Template], role: usize| {
        let mut out: Vec<Entity> = Vec::new();
        for entity in templates.iter().flat_map(|template| &template.roles[role]) {
            if !out.contains(entity) {
                out.push(entity.clone());
            }
        }
        out
    };
    for (role, (name, _)) in ROLES.iter().enumerate() {
        let wanted = match gold.get("extracts") {
            Some(extracts) => items(at(extracts, name))
                .iter()
                .map(|entity| items(entity).iter().map(|form| normalise(rows::text(form))).collect())
                .collect(),
            None => once(wanted, role),
        };
        let found = once(found, role);
        counts[role][0] += best_match(&wanted, &found, within);
        counts[role][1] += found.len();
        counts[role][2] += wanted.len();
    }
}

fn template_report(hits: &Pair, sizes: &Pair) -> Value {
    let names = ["incident_type"].into_iter().chain(ROLES.map(|(name, _)| name));
    let per_slot: Map<String, Value> = names
        .enumerate()
        .map(|(slot, name)| {
            let p = ratio(hits.precision[slot], sizes.precision[slot]);
            let r = ratio(hits.recall[slot], sizes.recall[slot]);
            (name.to_owned(), json!([pct(p), pct(r), pct(f1(p, r))]))
        })
        .collect();
    let sum = |counts: &[usize; 6]| counts.iter().sum::<usize>();
    let p = ratio(sum(&hits.precision), sum(&sizes.precision));
    let r = ratio(sum(&hits.recall), sum(&sizes.recall));
    let mut out = prf(p, r);
    out["per_slot"] = Value::Object(per_slot);
    out
}

fn entity_report(counts: &[[usize; 3]; 5]) -> Value {
    let shares = |[both, found, gold]: [usize; 3]| (ratio(both, found), ratio(both, gold));
    let per_role: Map<String, Value> = ROLES
        .iter()
        .zip(counts)
        .map(|((name, _), count)| {
            let (p, r) = shares(*count);
            ((*name).to_owned(), json!([pct(p), pct(r), pct(f1(p, r))]))
        })
        .collect();
    let total =
        counts.iter().fold([0; 3], |sum, count| [sum[0] + count[0], sum[1] + count[1], sum[2] + count[2]]);
    let (p, r) = shares(total);
    let mut out = prf(p, r);
    out["per_role"] = Value::Object(per_role);
    out
}

/// Countries and dates of the documents: hits, gold and predicted of each.
#[derive(Default)]
struct Slots {
    countries: [usize; 3],
    dates: [usize; 3],
}

impl Slots {
    fn add(&mut self, key: &Value, prediction: &Value) {
        let fillers = |name: &str| -> Vec<String> {
            items(key).iter().flat_map(|template| rows::strings(at(template, name))).collect()
        };
        let head = |place: &String| place.split([':', '(']).next().unwrap_or("").trim().to_owned();
        let wanted: BTreeSet<String> =
            fillers("location").iter().filter(|place| !place.is_empty()).map(head).collect();
        let found: BTreeSet<String> =
            rows::strings(at(prediction, "countries")).iter().map(|name| name.to_uppercase()).collect();
        let hit = wanted.iter().filter(|gold| {
            found.iter().any(|name| gold.contains(name.as_str()) || name.contains(gold.as_str()))
        });
        let counts = [hit.count(), wanted.len(), found.len()];
        self.countries.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        let wanted: BTreeSet<String> = fillers("date").iter().filter_map(|date| iso_date(date)).collect();
        let found: BTreeSet<String> = rows::strings(at(prediction, "dates")).into_iter().collect();
        let counts = [wanted.intersection(&found).count(), wanted.len(), found.len()];
        self.dates.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }

    fn report(&self) -> Value {
        json!({
            "country_p": pct(ratio(self.countries[0], self.countries[2])),
            "country_r": pct(ratio(self.countries[0], self.countries[1])),
            "date_p": pct(ratio(self.dates[0], self.dates[2])),
            "date_r": pct(ratio(self.dates[0], self.dates[1])),
            "gold_dates": self.dates[1],
        })
    }
}

/// "09 JAN 90" as "1990-01-09"; none for what is no single day.
fn iso_date(written: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let written = written.trim();
    let written = written.strip_prefix('(').unwrap_or(written);
    let written = written.strip_suffix(')').unwrap_or(written);
    let [day, month, year] = written.split(' ').collect::<Vec<_>>()[..] else { return None };
    let digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let fits =
        digits(day) && digits(year) && year.len() == 2 && month.bytes().all(|b| b.is_ascii_uppercase());
    let month = MONTHS.iter().position(|name| month.get(..3) == Some(*name))? + 1;
    fits.then(|| Some(format!("19{year}-{month:02}-{:02}", day.parse::<u32>().ok()?))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_normalised() {
        assert_eq!(normalise("The \"Red  Star\" of a Nation"), "red star of nation");
        assert_eq!(iso_date("(09 JANUARY 90)"), Some("1990-01-09".to_owned()));
        assert_eq!(iso_date("09 JAN 90 - 11 JAN 90"), None);
    }

    #[test]
    fn the_best_matching_is_found() {
        let gold = vec![json!({"id": "1", "gold": {"templates": [
            {"incident_type": "attack", "PerpInd": [["two men"]], "Victim": [["a judge"]]},
            {"incident_type": "attack", "PerpInd": [["rebels", "guerrillas"]]}]}})];
        let found = json!({"id": "1", "templates": [
            {"incident_type": "attack", "PerpInd": [["the guerrillas"]]},
            {"incident_type": "attack", "PerpInd": [["two men"]]}]});
        let scores = score(&gold, &Predictions::from([("1".to_owned(), found)]));
        assert_eq!(scores["GTT_template_filling"]["p"], json!(100.0));
        assert_eq!(scores["GTT_template_filling"]["r"], json!(80.0));
    }
}
