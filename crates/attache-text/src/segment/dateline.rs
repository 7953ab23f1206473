//! The words before a wire report's first sentence: "BOGOTA, Feb 3 (Reuters) -".

use super::table::Table;
use crate::Span;

/// Where a wire report says it was written, when and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, the dash behind it included.
    pub span: Span,
    /// The place.
    pub place: Span,
    /// The agency, without its brackets.
    pub agency: Option<Span>,
    /// The date, as written.
    pub date_words: Option<Span>,
}

/// Most bytes a dateline may have.
const LONGEST: usize = 120;

/// Most bytes the place of a dateline may have.
const LONGEST_PLACE: usize = 60;

/// What can stand between a dateline and the first sentence. Longer ones first.
const SEPARATORS: [&str; 9] = [".- ", ".-- ", ".– ", ".— ", " -- ", " - ", " – ", " — ", "—"];

/// The dateline at the start of `sentence`; none where it opens otherwise.
///
/// Asked for: a place (capitals alone will do; in mixed letters only with an agency or a date
/// beside it), then a date and an agency where there are any, then a dash.
pub fn dateline(text: &str, sentence: Span, table: &Table) -> Option<Dateline> {
    let start = sentence.start;
    let mut longest = LONGEST.min(sentence.len());
    while !text.is_char_boundary(start + longest) {
        longest -= 1;
    }
    let opening = text.get(start..start + longest)?;
    let (head, rest) = part(opening)?;
    let (body, agency) = take_agency(head, table);
    let (place, date) = take_date(body, table);
    let place = place.trim_end_matches([' ', ',', '.']);
    if !is_place(place, agency.is_some() || date.is_some(), table) {
        return None;
    }
    let at = |words: &str, from: usize| Span::new(start + from, start + from + words.len());
    Some(Dateline {
        span: Span::new(start, start + rest),
        place: at(place, 0),
        agency: agency.map(|(from, words)| at(words, from)),
        date_words: date.map(|(from, words)| at(words, from)),
    })
}

/// The words before the separator, and the offset of what follows it.
fn part(opening: &str) -> Option<(&str, usize)> {
    let dash = SEPARATORS
        .iter()
        .filter_map(|separator| opening.find(separator).map(|at| (at, separator.len())))
        .min_by_key(|(at, length)| (*at, usize::MAX - length));
    // TASS writes no dash: "MOSCOW, February 3. /TASS/."
    let slash = opening.find("/. ").map(|at| (at + 1, 2));
    let (at, length) = match (dash, slash) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    let rest = at + length;
    let after = opening.get(rest..)?;
    (!after.trim().is_empty()).then(|| (&opening[..at], rest + after.len() - after.trim_start().len()))
}

/// Parts the agency in brackets or slashes from the end of a dateline; its offset comes with it.
fn take_agency<'a>(head: &'a str, table: &Table) -> (&'a str, Option<(usize, &'a str)>) {
    let trimmed = head.trim_end_matches([' ', '.', ',']);
    let (open, close) = if trimmed.ends_with('/') { ('/', '/') } else { ('(', ')') };
    let inner = trimmed.strip_suffix(close).and_then(|inner| inner.rfind(open).map(|at| (at, inner)));
    if let Some((at, inner)) = inner {
        let words = &inner[at + 1..];
        let known = table
            .all("agency")
            .any(|agency| words.split(['/', ',', ';']).any(|part| part.trim().eq_ignore_ascii_case(agency)));
        if known {
            return (head[..at].trim_end(), Some((at + 1, words)));
        }
    }
    (head, None)
}

/// Parts a date ("Feb 3", "3 February 2026", "Tuesday") from the end of a dateline.
fn take_date<'a>(head: &'a str, table: &Table) -> (&'a str, Option<(usize, &'a str)>) {
    let mut from = head.len();
    let mut named = false;
    // Backwards over at most five words that can be of a date.
    for _ in 0..5 {
        let left = head[..from].trim_end();
        let word_at = left.rfind(char::is_whitespace).map_or(0, |gap| gap + space_len(left, gap));
        let word = left[word_at..].trim_matches(|c: char| !c.is_alphanumeric());
        let calendar = is_calendar(word, table);
        let number = word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
        if word_at == 0 || !(calendar || number || matches!(word, "de" | "of")) {
            break;
        }
        named |= calendar;
        from = word_at;
    }
    if !named {
        return (head, None);
    }
    let date = head[from..].trim_end_matches([' ', ',']);
    let date = if is_calendar(date.trim_end_matches('.'), table) || !date.ends_with('.') {
        date
    } else {
        date.trim_end_matches('.')
    };
    (&head[..from], Some((from, date)))
}

fn space_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

fn is_calendar(word: &str, table: &Table) -> bool {
    table.has("calendar", word)
        || (word.len() > 2 && table.all("calendar").any(|name| name.eq_ignore_ascii_case(word)))
}

/// True where `place` looks like the place of a dateline; `vouched` where a date or agency follows.
fn is_place(place: &str, vouched: bool, table: &Table) -> bool {
    let first = place.split([',', '(', '/']).next().unwrap_or("").trim();
    let capitals =
        first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !first.chars().any(char::is_lowercase);
    let words_fit = place.split_whitespace().count() <= 8
        && place.split_whitespace().all(|word| {
            let word = word.trim_start_matches('(');
            word.starts_with(char::is_uppercase)
                || matches!(
                    word,
                    "of" | "the"
                        | "de"
                        | "del"
                        | "la"
                        | "el"
                        | "los"
                        | "las"
                        | "and"
                        | "y"
                        | "al-"
                        | "e"
                        | "do"
                        | "da"
                )
        });
    place.len() <= LONGEST_PLACE
        && place.starts_with(char::is_uppercase)
        && !place.contains([':', ';', '!', '?', '"', '“', '”'])
        && !place.chars().any(|c| c.is_ascii_digit())
        && words_fit
        && (capitals || vouched)
        && !table.has("shout", first)
}
