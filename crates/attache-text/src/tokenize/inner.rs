//! The middle of a stretch without white space: hyphens, slashes, numbers and units, addresses.

use super::{Parts, clitic, edge};
use crate::segment::table::Table;

/// Parts `start..end` and adds its tokens.
pub(super) fn part(parts: &mut Parts<'_>, start: usize, end: usize, table: &Table) {
    let text = parts.text;
    if is_whole(&text[start..end]) {
        parts.push(start, end);
        return;
    }
    let mut from = start;
    let mut at = start;
    while let Some(c) = text[at..end].chars().next() {
        let cut = mark_len(text, start, from, at, end, table);
        if cut > 0 {
            word(parts, from, at, table);
            parts.push(at, at + cut);
            at += cut;
            from = at;
        } else {
            at += c.len_utf8();
        }
    }
    word(parts, from, end, table);
}

/// Faces, addresses, file names, numbers with marks inside, dates and telephone numbers: never parted.
fn is_whole(chunk: &str) -> bool {
    edge::is_face(chunk) || is_address(chunk) || is_number(chunk)
}

pub(super) fn is_address(chunk: &str) -> bool {
    let lower =
        |prefix: &str| chunk.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let web = chunk.contains("://") || lower("www.") || lower("mailto:");
    let mail = chunk
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.ends_with('.'))
        && !chunk.contains(['<', '>', '"', '(', ')', ',']);
    web || mail || is_host(chunk)
}

/// "example.com", "paper.doc": dotted, in small letters behind the last dot, nothing but name letters.
fn is_host(chunk: &str) -> bool {
    let Some((name, end)) = chunk.rsplit_once('.') else { return false };
    let (host, _) = chunk.split_once('/').unwrap_or((chunk, ""));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '#' | '~' | '%' | '+');
    let small = end.len() >= 2 && end.len() <= 5 && end.bytes().all(|b| b.is_ascii_lowercase());
    let loud = matches!(end, "DOC" | "XLS" | "PDF" | "COM" | "ORG" | "NET");
    host.len() == chunk.len()
        && !name.is_empty()
        && !name.ends_with('.')
        && (small || loud)
        && chunk.chars().all(plain)
        && name.chars().any(|c| c.is_ascii_alphanumeric())
}

/// Digits with marks between them that make one token: "30,000", "7:30", "9/11", "713-853-3989".
fn is_number(chunk: &str) -> bool {
    if !chunk.contains(|c: char| c.is_ascii_digit())
        || !chunk.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/' | '-' | '+'))
    {
        return false;
    }
    let groups = |mark| chunk.split(mark).map(str::len).collect::<Vec<_>>();
    if chunk.contains('-') {
        // Three groups are a date or a telephone number, 3 + 4 a short one; two others are a range.
        let groups = groups('-');
        return chunk.starts_with('-') || groups.len() > 2 || groups == [3, 4];
    }
    if chunk.contains('/') {
        let values: Vec<u32> = chunk.split('/').filter_map(|group| group.parse().ok()).collect();
        // "9/11" is a day, "1/2" and "24/7" are not.
        return match values[..] {
            [month, day] => month <= 12 && (10..=31).contains(&day),
            _ => values.len() == 3,
        };
    }
    true
}

/// Bytes of the mark at `at` when it is a token of its own inside a word; 0 where the word goes on.
fn mark_len(text: &str, start: usize, from: usize, at: usize, end: usize, table: &Table) -> usize {
    let (before, rest) = (&text[start..at], &text[at..end]);
    let Some(c) = rest.chars().next() else { return 0 };
    let run = |mark: char| rest.len() - rest.trim_start_matches(mark).len();
    let previous = before.chars().next_back();
    let next = rest.chars().nth(1);
    let digits = previous.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit());
    match c {
        '-' if run('-') > 1 => run('-'),
        '-' if at == start => 0,
        '-' => usize::from(
            !(table.has("prefix", &text[from..at].to_lowercase()) && next.is_some_and(char::is_alphanumeric)),
        ),
        '–' | '—' => run(c),
        '.' if run('.') > 1 => run('.'),
        '.' => usize::from(is_lost_space(&text[from..at], &rest[1..])),
        '/' => 1,
        ':' | ',' => usize::from(!digits),
        '\'' | '’' => 0,
        '$' => dollar_len(&text[from..at]),
        '%' => usize::from(previous.is_some_and(|c| c.is_ascii_digit())),
        '*' | '&' | '@' | '#' | '_' | '+' | '=' | '~' | '^' | '\\' | '`' => 0,
        c if edge::is_mark(c) => c.len_utf8(),
        '€' | '£' => c.len_utf8(),
        _ => 0,
    }
}

/// A dollar inside a word: the letters before it are its own ("US$" + "30"), so the cut comes later.
fn dollar_len(before: &str) -> usize {
    usize::from(before.is_empty() || !before.chars().all(char::is_uppercase))
}

/// "vote.The": a stop without its space.
fn is_lost_space(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    before.chars().nth(1).is_some()
        && before.chars().next_back().is_some_and(char::is_lowercase)
        && after.next().is_some_and(char::is_uppercase)
        && after.next().is_some_and(char::is_lowercase)
}

/// A word without marks: a money sign with its letters, a number with its unit, a contraction, or whole.
fn word(parts: &mut Parts<'_>, start: usize, end: usize, table: &Table) {
    if start == end {
        return;
    }
    let text = &parts.text[start..end];
    if let Some(sign) = text.find('$').map(|at| at + 1).filter(|at| *at < text.len()) {
        parts.push(start, start + sign);
        return word(parts, start + sign, end, table);
    }
    let number = text.len()
        - text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':')).len();
    let unit = &text[number..];
    let measures = number > 0
        && text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && (table.has("unit", &unit.to_lowercase()) || matches!(unit, "a.m" | "p.m" | "a.m." | "p.m."));
    if measures {
        parts.push(start, start + number);
        parts.push(start + number, end);
        return;
    }
    clitic::part(parts, start, end, table);
}
