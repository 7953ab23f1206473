//! Contractions: one written word that stands for two.

use super::Parts;
use crate::segment::table::Table;

/// What can follow an apostrophe as a word of its own.
const CLITICS: [&str; 6] = ["s", "m", "re", "ve", "ll", "d"];

/// Adds the word `start..end`, parted where it is a contraction: "wouldn't've" twice, no word more often.
pub(super) fn part(parts: &mut Parts<'_>, start: usize, end: usize, table: &Table) {
    let text = parts.text;
    let cut = |end: usize| {
        let word = &text[start..end];
        clitic_at(word).or_else(|| table.split(word)).map(|at| start + at)
    };
    let Some(last) = cut(end) else { return parts.push(start, end) };
    match cut(last) {
        Some(first) => {
            parts.push_joined(start, first);
            parts.push_joined(first, last);
        }
        None => parts.push_joined(start, last),
    }
    parts.push(last, end);
}

/// Where the clitic at the end of `word` starts; none where it has none or is nothing else.
fn clitic_at(word: &str) -> Option<usize> {
    let apostrophe = word.rfind(['\'', '’', '`'])?;
    let sign = word[apostrophe..].chars().next().map_or(1, char::len_utf8);
    let tail = &word[apostrophe + sign..];
    if tail.eq_ignore_ascii_case("t") {
        let head = &word[..apostrophe];
        // "n" before the apostrophe belongs to the clitic; "n't" alone is whole.
        return (head.len() > 1 && head.ends_with(['n', 'N'])).then(|| apostrophe - 1);
    }
    let known = CLITICS.iter().any(|clitic| tail.eq_ignore_ascii_case(clitic));
    (apostrophe > 0 && known).then_some(apostrophe)
}
