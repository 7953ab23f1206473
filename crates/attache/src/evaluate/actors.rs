//! When a predicted actor is the gold one. Offsets here are characters, as the sets have them.

use super::rows;
use serde_json::Value;
use std::collections::HashSet;

/// Words, and the empty one, that do not count when actors are compared by their words.
const STOP: [&str; 40] = [
    "the", "a", "an", "of", "in", "on", "at", "to", "for", "and", "or", "with", "by", "from", "el", "la",
    "los", "las", "un", "una", "unos", "unas", "de", "del", "en", "y", "o", "con", "por", "al", "lo", "su",
    "sus", "that", "this", "its", "his", "her", "their", "",
];

/// Every place of `part` in `text`, in any case; character offsets, places do not overlap.
fn places(text: &str, part: &str) -> Vec<(i64, i64)> {
    let fold = |text: &str| text.chars().map(fold).collect::<Vec<char>>();
    let (text, part) = (fold(text), fold(part.trim()));
    let mut found = Vec::new();
    let mut at = 0;
    while !part.is_empty() && at + part.len() <= text.len() {
        if text[at..at + part.len()] == part[..] {
            found.push((at as i64, (at + part.len()) as i64));
            at += part.len();
        } else {
            at += 1;
        }
    }
    found
}

/// The small letter, where it is a single one.
fn fold(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The words of `text` that count.
pub fn words(text: &str) -> HashSet<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !STOP.contains(word))
        .map(str::to_owned)
        .collect()
}

/// True where a span of each side share at least half of the shorter one's characters.
fn overlap(left: &[(i64, i64)], right: &[(i64, i64)]) -> bool {
    left.iter().any(|&(a0, a1)| {
        right.iter().any(|&(b0, b1)| {
            let half = 0.5 * (a1 - a0).min(b1 - b0) as f64;
            half > 0.0 && (a1.min(b1) - a0.max(b0)) as f64 >= half
        })
    })
}

/// True where the predicted words are the gold actor's: by place where both have one in `text`, else
/// where half of the shorter one's words are the other's.
///
/// `gold` are the texts that name the actor, `gold_spans` where it stands, `found` and `found_spans`
/// the same of the prediction.
pub fn same(text: &str, gold: &[String], gold_spans: &Value, found: &Value, found_spans: &Value) -> bool {
    if !rows::is_said(found) && !rows::is_said(found_spans) {
        return false;
    }
    let found = rows::text(found);
    let mut left = rows::pairs(gold_spans);
    if left.is_empty() {
        left = gold.iter().flat_map(|words| places(text, words)).collect();
    }
    let mut right = rows::pairs(found_spans);
    if right.is_empty() {
        right = places(text, found);
    }
    if !left.is_empty() && !right.is_empty() {
        return overlap(&left, &right);
    }
    let found = words(found);
    gold.iter().map(|gold| words(gold)).any(|gold| {
        let shorter = gold.len().min(found.len());
        shorter > 0 && found.intersection(&gold).count() as f64 >= 0.5 * shorter as f64
    })
}

/// UniversalPetrarch's rule for actor codes: equal without "---", or at least half of the shorter
/// one's three-letter parts are the other's.
pub fn same_code(gold: &Value, found: &Value) -> bool {
    let bare = |code: &Value| rows::text(code).replace(['-', '~'], "");
    let (gold, found) = (bare(gold), bare(found));
    if gold == found {
        return true;
    }
    let (gold, found) = (thirds(&gold), thirds(&found));
    let (short, long) = if found.len() <= gold.len() { (found, gold) } else { (gold, found) };
    let shared = short.iter().filter(|part| long.contains(part)).count();
    !short.is_empty() && shared as f64 / short.len() as f64 >= 0.5
}

/// The whole three-letter parts of a code.
fn thirds(code: &str) -> Vec<String> {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks_exact(3).map(|part| part.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn actors_are_told_by_place_then_by_words() {
        let text = "The Chilean envoy met a Chilean miner.";
        let gold = ["Chilean envoy".to_owned()];
        assert!(same(text, &gold, &json!([]), &json!("the chilean envoy"), &Value::Null));
        assert!(!same(text, &gold, &json!([[4, 17]]), &json!("miner"), &Value::Null));
        assert!(!same(text, &gold, &json!([[4, 17]]), &Value::Null, &json!([[24, 37]])));
        // Not in the text: by words.
        assert!(same(
            text,
            &["Chile's envoy to Peru".to_owned()],
            &Value::Null,
            &json!("envoy"),
            &Value::Null
        ));
        assert!(!same(text, &gold, &Value::Null, &Value::Null, &Value::Null));
    }

    #[test]
    fn codes_share_half_of_their_parts() {
        assert!(same_code(&json!("CHLGOV"), &json!("CHL")));
        assert!(same_code(&json!("---GOV"), &json!("GOV")));
        assert!(!same_code(&json!("CHL"), &json!("PER")));
        assert!(same_code(&Value::Null, &json!("")));
    }
}
