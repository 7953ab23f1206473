//! Place names: found, and put in the right place.

use super::measure::{f1, pct, ratio, rounded};
use super::rows::{self, Predictions, at, items};
use serde_json::{Map, Value, json};

/// Mean radius of the Earth in km (IUGG).
const EARTH_KM: f64 = 6371.0088;
/// Half the Earth's girth in km: how far off a place without coordinates counts.
const FARTHEST_KM: f64 = 20039.0;
/// Within so many km (100 miles) a place counts as right.
const NEAR_KM: f64 = 161.0;

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    exact: usize,
    overlap: usize,
    used: usize,
    located: usize,
    located_found: usize,
    ids: usize,
    ids_right: usize,
    near: usize,
}

/// Scores recognition by exact and overlapping spans, and resolution by distance and GeoNames id.
pub fn score(gold: &[Value], predictions: &Predictions) -> Value {
    let meta = gold.first().map_or(rows::ABSENT, |row| at(row, "meta"));
    let recall_only = rows::is_said(at(meta, "recall_only"));
    let literal_only = rows::text(at(meta, "set")) == "gwn";
    let mut counts = Counts::default();
    let mut errors = Vec::new();
    for row in gold {
        let wanted: Vec<&Value> = items(at(at(row, "gold"), "toponyms"))
            .iter()
            .filter(|place| !literal_only || is_literal(place))
            .collect();
        let found = items(at(rows::of(row, predictions), "toponyms"));
        count(&wanted, found, &mut counts, &mut errors);
    }
    report(&counts, errors, recall_only)
}

/// In GeoWebNews only names that stand for the place itself, or lead to it, have coordinates to find.
fn is_literal(place: &Value) -> bool {
    !at(place, "lat").is_null()
        && !matches!(
            rows::text(at(place, "type")),
            "Non_Lit_Expression" | "Literal_Expression" | "Non_Toponym"
        )
}

fn count(wanted: &[&Value], found: &[Value], counts: &mut Counts, errors: &mut Vec<f64>) {
    let ends =
        |place: &Value| (at(place, "start").as_i64().unwrap_or(-1), at(place, "end").as_i64().unwrap_or(-1));
    counts.gold += wanted.len();
    counts.found += found.len();
    let mut used = vec![false; found.len()];
    for place in wanted {
        let (start, end) = ends(place);
        let meets = |test: &dyn Fn((i64, i64)) -> bool| -> Vec<usize> {
            (0..found.len()).filter(|&j| test(ends(&found[j]))).collect()
        };
        let exact = meets(&|other| other == (start, end));
        let overlap =
            if exact.is_empty() { meets(&|other| other.0 < end && other.1 > start) } else { exact.clone() };
        counts.exact += usize::from(!exact.is_empty());
        counts.overlap += usize::from(!overlap.is_empty());
        overlap.iter().for_each(|&j| used[j] = true);
        let Some(point) = point(place) else { continue };
        counts.located += 1;
        let Some(found) = overlap.first().map(|&j| &found[j]) else { continue };
        counts.located_found += 1;
        let id = rows::word(at(place, "geonameid"));
        if !id.is_empty() && id.chars().all(|c| c.is_ascii_digit()) && id != "0" {
            counts.ids += 1;
            counts.ids_right += usize::from(rows::word(at(found, "geonameid")) == id);
        }
        let error = self::point(found).map_or(FARTHEST_KM, |other| kilometres(point, other));
        counts.near += usize::from(error <= NEAR_KM);
        errors.push(error);
    }
    counts.used += used.iter().filter(|used| **used).count();
}

fn point(place: &Value) -> Option<(f64, f64)> {
    Some((rows::number(at(place, "lat"))?, rows::number(at(place, "lon"))?))
}

/// Great-circle distance in km of two points in degrees.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let [a0, a1, b0, b1] = [a.0, a.1, b.0, b.1].map(f64::to_radians);
    let x = ((b0 - a0) / 2.0).sin().powi(2) + a0.cos() * b0.cos() * ((b1 - a1) / 2.0).sin().powi(2);
    EARTH_KM * 2.0 * x.sqrt().min(1.0).asin()
}

fn report(counts: &Counts, mut errors: Vec<f64>, recall_only: bool) -> Value {
    let (p, r) = (ratio(counts.used, counts.found), ratio(counts.overlap, counts.gold));
    let mut out = Map::new();
    let mut recognition = json!({
        "exact_recall": pct(ratio(counts.exact, counts.gold)),
        "overlap_recall": pct(r),
        "gold": counts.gold,
        "pred": counts.found,
    });
    if !recall_only {
        recognition["overlap_precision"] = json!(pct(p));
        recognition["overlap_f1"] = json!(pct(f1(p, r)));
    }
    out.insert("recognition".into(), recognition);
    if counts.located > 0 {
        errors.sort_by(f64::total_cmp);
        let found = counts.located_found;
        let mean = errors.iter().sum::<f64>() / found.max(1) as f64;
        let median = errors.get(errors.len() / 2).map(|error| rounded(*error, 1));
        out.insert(
            "resolution_given_found".into(),
            json!({
                "exact_geonameid": pct(ratio(counts.ids_right, counts.ids)),
                "acc@161km": pct(ratio(counts.near, found)),
                "mean_km": rounded(mean, 1),
                "median_km": median,
                "n": found,
            }),
        );
        out.insert(
            "end_to_end".into(),
            json!({
                "acc@161km_all_gold": pct(ratio(counts.near, counts.located)),
                "n": counts.located,
            }),
        );
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_great_circles() {
        // A quarter of the way round.
        assert!((kilometres((0.0, 0.0), (0.0, 90.0)) - 10_007.557).abs() < 0.01);
        assert_eq!(kilometres((12.0, 7.0), (12.0, 7.0)), 0.0);
    }
}
