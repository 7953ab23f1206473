//! Marks at the ends of a stretch without white space.

use super::{Parts, Place, inner};
use crate::segment::table::{Abbreviation, Table};

/// Longest word, in bytes, whose full stop may be its own.
const LONGEST: usize = 32;

/// Faces people write that are one token; marks would else fall apart.
const FACES: [&str; 10] = [":)", ":(", ";)", ":D", ":-)", ":-(", ";-)", ":P", "=)", "^_^"];

/// True for a face.
pub(super) fn is_face(chunk: &str) -> bool {
    FACES.contains(&chunk)
}

/// A mark that is a token of its own at the start or end of a stretch.
pub(super) fn is_mark(c: char) -> bool {
    match c {
        '@' | '#' | '&' | '%' | '$' | '+' | '/' | '\\' | '_' => false,
        c if c.is_ascii_punctuation() => true,
        '«' | '»' | '¿' | '¡' | '·' | '•' | '…' | '‹' | '›' | '「' | '」' | '『' | '』' | '、' | '。' => {
            true
        }
        // General punctuation: dashes, quotes, bullets.
        '\u{2010}'..='\u{201f}' | '\u{2032}'..='\u{2037}' => true,
        _ => false,
    }
}

/// True for money signs other than the dollar, whose letters ("US$") belong to it.
fn is_currency(c: char) -> bool {
    matches!(c, '£' | '€' | '¥' | '₹' | '₽' | '₪' | '₩' | '₴' | '₺' | '₦' | '¢')
}

/// Bytes of the mark `text` starts with: a run of one mark ("--", "***") or of stops ("?!") is one.
fn mark_len(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let runs: fn(char, char) -> bool = match first {
        '.' | '!' | '?' | '…' => |_, c| matches!(c, '.' | '!' | '?' | '…'),
        '-' | '*' | '=' | '_' | '~' | '<' | '>' | '—' | '–' | '|' | '^' | '`' => |first, c| c == first,
        '\'' => |first, c| c == first,
        _ => |_, _| false,
    };
    let rest = &text[first.len_utf8()..];
    first.len_utf8() + rest.find(|c| !runs(first, c)).unwrap_or(rest.len())
}

/// Takes the marks off the start of `start..end` as tokens; gives where the rest begins.
pub(super) fn before(parts: &mut Parts<'_>, start: usize, end: usize) -> usize {
    let text = parts.text;
    let mut at = start;
    while let Some(first) = text[at..end].chars().next() {
        let rest = &text[at..end];
        let mut letters = rest.chars().skip(1);
        let next = letters.next();
        let digit_next = next.is_some_and(|c| c.is_ascii_digit());
        let stays = is_face(rest)
            || (first == '.' && digit_next)
            || (matches!(first, '\'' | '’') && is_elision(rest))
            || (first == '-' && digit_next && at == start && end - at > 2)
            || (first == '+' && digit_next);
        if stays {
            break;
        }
        if is_mark(first) || is_currency(first) {
            let length = mark_len(rest);
            parts.push(at, at + length);
            at += length;
        } else if matches!(first, '$' | '#') && (first == '$' || digit_next) || is_lone(rest, first) {
            parts.push(at, at + first.len_utf8());
            at += first.len_utf8();
        } else {
            break;
        }
    }
    at
}

/// A "+" or "&" or "/" before more: "&Also".
fn is_lone(rest: &str, first: char) -> bool {
    matches!(first, '+' | '&' | '/') && rest.len() > 1
}

/// "'s", "'ve", "'90s", "'em": the apostrophe belongs to what follows.
fn is_elision(rest: &str) -> bool {
    let tail: String = rest.chars().skip(1).take(4).flat_map(char::to_lowercase).collect();
    let digits = tail.starts_with(|c: char| c.is_ascii_digit()) && (tail.ends_with('s') || tail.len() == 2);
    digits
        || matches!(
            tail.as_str(),
            "s" | "ve" | "re" | "ll" | "d" | "m" | "em" | "til" | "tis" | "twas" | "cause"
        )
}

/// What is left of `start..end` without the marks at its end, and those marks in order, each with
/// whether it is written together with the word before as one contraction (a possessive apostrophe).
pub(super) fn after(
    text: &str,
    start: usize,
    end: usize,
    place: Place,
    table: &Table,
) -> (usize, Vec<(usize, usize, bool)>) {
    let mut tail = Vec::new();
    let mut at = end;
    while let Some(last) = text[start..at].chars().next_back() {
        let rest = &text[start..at];
        if is_face(rest) {
            break;
        }
        let alone = matches!(last, '%' | '+') && rest.len() > 1
            || last == '/' && !inner::is_address(&rest[..rest.len() - 1]);
        let size = if is_stop(last) {
            rest.len() - rest.trim_end_matches(is_stop).len()
        } else if is_run(last) {
            rest.len() - rest.trim_end_matches(last).len()
        } else if is_mark(last) || is_currency(last) || alone {
            last.len_utf8()
        } else {
            0
        };
        if size == 0
            || (&rest[rest.len() - size..] == "."
                && keeps_stop(&rest[..rest.len() - 1], at == end, place, table))
        {
            break;
        }
        let word = &rest[..rest.len() - size];
        let possessive = matches!(last, '\'' | '’')
            && word.ends_with(['s', 'S', 'z', 'x'])
            && (last == '\'' || !word.contains('‘'))
            && !place.quote_open
            && !text[..start].ends_with(['\'', '‘'])
            && !tail.iter().any(|(_, _, joined)| *joined);
        tail.push((at - size, at, possessive));
        at -= size;
    }
    tail.reverse();
    (at, tail)
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_run(c: char) -> bool {
    matches!(c, '-' | '*' | '=' | '_' | '~' | '<' | '>' | '—' | '–' | '|' | '^' | '`' | '\'' | '+')
}

/// True where the full stop after `word` is part of it: abbreviations, initials, dotted letters.
///
/// The last stop of a sentence is its own ("p.m" + "."), as the treebank has it, but "U.S." stays
/// whole even there, so that a name is always written the same.
fn keeps_stop(word: &str, outermost: bool, place: Place, table: &Table) -> bool {
    if word.is_empty() || word.len() > LONGEST {
        return false;
    }
    // "11a.m.": the number is parted from its unit later.
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    let letters = word.chars().filter(|c| *c != '.');
    if dotted && letters.clone().all(char::is_uppercase) {
        return true;
    }
    let last = outermost && place.ends_sentence;
    let mut all = word.chars();
    let initial = matches!((all.next(), all.next()), (Some(c), None) if c.is_uppercase());
    let abbreviation = table.abbreviation(word);
    if matches!(abbreviation, Some(Abbreviation::Title)) {
        return true;
    }
    !last && (initial || abbreviation.is_some() || (dotted && letters.clone().all(char::is_alphabetic)))
}
