//! The arithmetic all tasks share: percentages, F1, classification reports, matchings.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Percent with two decimals, halves of the exact binary value to even, as the papers' scorers round.
pub fn pct(share: f64) -> f64 {
    rounded(100.0 * share, 2)
}

/// `value` with so many decimals.
pub fn rounded(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// Harmonic mean of precision and recall; 0 where both are.
pub fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

/// `part / whole`; a whole of 0 counts as 1.
pub fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// `[precision, recall, F1]` in percent, with the number of gold items behind them.
pub fn row(precision: f64, recall: f64, gold: usize) -> Value {
    json!([pct(precision), pct(recall), pct(f1(precision, recall)), gold])
}

/// Precision, recall and F1 in percent as an object.
pub fn prf(precision: f64, recall: f64) -> Value {
    json!({"p": pct(precision), "r": pct(recall), "f1": pct(f1(precision, recall))})
}

/// The mean of values already rounded to percent, rounded again.
pub fn mean(values: &[f64]) -> f64 {
    rounded(values.iter().sum::<f64>() / values.len().max(1) as f64, 2)
}

/// A classification report over `labels`, with the meaning of scikit-learn's: macro and weighted means
/// of precision, recall and F1 over the labels, accuracy over all rows.
pub struct Classes {
    per_class: BTreeMap<String, (f64, f64, usize)>,
    rows: usize,
    right: usize,
}

impl Classes {
    /// Counts over `labels`; the labels seen in either list where none are given.
    pub fn new(gold: &[String], found: &[String], labels: Option<&BTreeSet<String>>) -> Classes {
        let seen: BTreeSet<String> = gold.iter().chain(found).cloned().collect();
        let mut counts: BTreeMap<&str, [usize; 3]> =
            labels.unwrap_or(&seen).iter().map(|label| (label.as_str(), [0; 3])).collect();
        for (gold, found) in gold.iter().zip(found) {
            let mut count = |label: &str, at: usize| {
                if let Some(counts) = counts.get_mut(label) {
                    counts[at] += 1;
                }
            };
            count(found, 1);
            count(gold, 2);
            if gold == found {
                count(gold, 0);
            }
        }
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        let per_class = counts
            .into_iter()
            .map(|(label, [both, found, gold])| {
                (label.to_owned(), (share(both, found), share(both, gold), gold))
            })
            .collect();
        let right = gold.iter().zip(found).filter(|(gold, found)| gold == found).count();
        Classes { per_class, rows: gold.len(), right }
    }

    fn macro_mean(&self, value: impl Fn(&(f64, f64, usize)) -> f64) -> f64 {
        pct(self.per_class.values().map(value).sum::<f64>() / self.per_class.len().max(1) as f64)
    }

    /// Macro precision.
    pub fn macro_p(&self) -> f64 {
        self.macro_mean(|class| class.0)
    }

    /// Macro recall.
    pub fn macro_r(&self) -> f64 {
        self.macro_mean(|class| class.1)
    }

    /// Macro F1.
    pub fn macro_f1(&self) -> f64 {
        self.macro_mean(|class| f1(class.0, class.1))
    }

    /// Share of rows whose label is right.
    pub fn accuracy(&self) -> f64 {
        pct(ratio(self.right, self.rows))
    }

    /// All of it.
    pub fn to_json(&self) -> Value {
        let total: usize = self.per_class.values().map(|class| class.2).sum();
        let weighted: f64 = self.per_class.values().map(|class| f1(class.0, class.1) * class.2 as f64).sum();
        let per_class: serde_json::Map<String, Value> =
            self.per_class.iter().map(|(label, &(p, r, gold))| (label.clone(), row(p, r, gold))).collect();
        json!({
            "macro_p": self.macro_p(),
            "macro_r": self.macro_r(),
            "macro_f1": self.macro_f1(),
            "weighted_f1": pct(weighted / total.max(1) as f64),
            "accuracy": self.accuracy(),
            "n": self.rows,
            "per_class": per_class,
        })
    }
}

/// A report on one label only: how well "yes" is told.
pub fn yes_no(gold: &[bool], found: &[bool]) -> Classes {
    let name = |value: &bool| value.to_string();
    let gold: Vec<String> = gold.iter().map(name).collect();
    let found: Vec<String> = found.iter().map(name).collect();
    Classes::new(&gold, &found, Some(&BTreeSet::from(["true".to_owned()])))
}

/// How many pairs a largest matching of `left` with `right` has, each used once, where `fits`.
pub fn best_match<A, B>(left: &[A], right: &[B], fits: impl Fn(&A, &B) -> bool) -> usize {
    let edges: Vec<Vec<usize>> =
        left.iter().map(|a| (0..right.len()).filter(|&j| fits(a, &right[j])).collect()).collect();
    let mut partner: Vec<Option<usize>> = vec![None; right.len()];
    (0..left.len()).filter(|&i| augment(i, &edges, &mut partner, &mut vec![false; right.len()])).count()
}

/// Finds a partner for `i`, moving others where that helps. Depth is bounded by the gold of one row.
fn augment(i: usize, edges: &[Vec<usize>], partner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &j in &edges[i] {
        if seen[j] {
            continue;
        }
        seen[j] = true;
        if partner[j].is_none_or(|other| augment(other, edges, partner, seen)) {
            partner[j] = Some(i);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &str) -> Vec<String> {
        list.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn reports_count_as_scikit_learn_does() {
        let report = Classes::new(&words("a a b c"), &words("a b b NONE"), None);
        assert_eq!(report.accuracy(), 50.0);
        // a: P 1, R 1/2; b: P 1/2, R 1; c and NONE: 0.
        assert_eq!(report.macro_p(), 37.5);
        assert_eq!(report.macro_f1(), 33.33);
        assert_eq!(report.to_json()["per_class"]["a"], json!([100.0, 50.0, 66.67, 2]));
    }

    #[test]
    fn matchings_are_largest() {
        let fits = |a: &i32, b: &i32| (a - b).abs() <= 1;
        assert_eq!(best_match(&[1, 2, 3], &[2, 3, 4], fits), 3);
        assert_eq!(best_match(&[1, 1, 1], &[1, 9], fits), 1);
    }

    #[test]
    fn rounding_is_of_the_binary_value() {
        // 2.675 is a little less than that in binary; 0.125 is exact and goes to even.
        assert_eq!(rounded(2.675, 2), 2.67);
        assert_eq!(rounded(0.125, 2), 0.12);
    }
}
