//! Where the sentences of one block end.
//!
//! A run of `.`, `!`, `?` or `…` with the quotes and brackets that close after it is a possible end.
//! What stands before it (an abbreviation, an initial) and after it (a small letter, a speech verb)
//! decides. A blank line and the mark of a list item end a sentence without any stop.

use super::table::{Abbreviation, Table};

/// Byte offsets in `text` just behind each sentence, in order; the end of `text` is not among them. In a
/// text in `small` letters throughout the letter after a stop says nothing.
///
/// Reads the text once; what it looks at around each stop is bounded, so the time is linear.
pub fn ends(text: &str, table: &Table, small: bool) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_mark) {
        let mark = at + found;
        let run = mark + span_of(&text[mark..], is_stop);
        if run == mark {
            // A line end.
            let gap = mark + span_of(&text[mark..], char::is_whitespace);
            if text[mark..gap].matches('\n').count() > 1 || opens_item(&text[gap..]) {
                ends.push(mark);
            }
            at = gap;
            continue;
        }
        let end = run + span_of(&text[run..], is_closing);
        if is_end(text, mark, run, end, table, small) {
            ends.push(end);
        }
        at = end;
    }
    ends
}

fn is_mark(c: char) -> bool {
    is_stop(c) || c == '\n'
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁉' | '。' | '！' | '？' | '؟' | '۔' | '।')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '‹' | '(' | '[' | '{' | '¿' | '¡' | '「' | '『')
}

/// Bytes of the longest start of `text` whose characters all pass `test`.
fn span_of(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

/// True where the stops at `mark..run`, closed by quotes up to `end`, end a sentence.
fn is_end(text: &str, mark: usize, run: usize, end: usize, table: &Table, small: bool) -> bool {
    let stops = &text[mark..run];
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else { return true };
    if stops.chars().any(|c| matches!(c, '。' | '！' | '？' | '।')) {
        return true;
    }
    if !next.is_whitespace() {
        return end == run && stops == "." && is_glued(&text[..mark], rest);
    }
    let gap = span_of(rest, char::is_whitespace);
    if rest[..gap].matches('\n').count() > 1 {
        return true;
    }
    let rest = &rest[gap..];
    let opening = span_of(rest, is_opening);
    let Some(first) = rest[opening..].chars().next() else { return true };
    if first.is_lowercase() && !small {
        return false;
    }
    if matches!(first, ',' | ';' | ':' | ')' | ']' | '/') || (opening == 0 && is_dash(first)) {
        return false;
    }
    let quoted = text[run..end].contains(['"', '”', '’', '»']);
    if quoted && stops != "." && names_speaker(rest, table) {
        return false;
    }
    if stops != "." || end > run {
        return true;
    }
    stop_ends(&text[..mark], &rest[opening..], table)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

/// "the vote.The minister": a stop that lost its space. Not so in "example.Com" or "v1.Beta".
fn is_glued(before: &str, after: &str) -> bool {
    let mut head = before.chars().rev();
    let mut tail = after.chars();
    let word = last_word(before);
    head.by_ref().take(2).all(char::is_lowercase)
        && !word.contains(['@', '/', '.', '_', '\\'])
        && tail.next().is_some_and(char::is_uppercase)
        && tail.next().is_some_and(|c| c.is_lowercase() || c.is_whitespace())
        && !after[..span_of(after, |c| !c.is_whitespace())].contains(['@', '/', '_'])
}

/// A single full stop after the words `before`: does it end a sentence when `after` follows?
fn stop_ends(before: &str, after: &str, table: &Table) -> bool {
    let word = last_word(before);
    let next = &after[..span_of(after, |c| c.is_alphanumeric())];
    let starter = || table.has("starter", next);
    let digit = || next.starts_with(|c: char| c.is_ascii_digit());
    if is_item_number(before, word) {
        return false;
    }
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(one), None) if one.is_alphabetic() => return one.is_lowercase() || starter(),
        _ => {}
    }
    if is_dotted(word) {
        return starter();
    }
    match table.abbreviation(word) {
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Number) => !digit() && starter(),
        Some(Abbreviation::Plain) => starter(),
        None => true,
    }
}

/// The last word of `before`, without opening quotes and brackets; looks back 64 bytes at most.
fn last_word(before: &str) -> &str {
    let mut from = before.len().saturating_sub(64);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let tail = &before[from..];
    let word = tail.rfind(|c: char| c.is_whitespace() || is_dash(c)).map_or(tail, |gap| &tail[gap..]);
    word.trim_start_matches(|c: char| c.is_whitespace() || is_opening(c) || is_dash(c))
}

/// "U.S", "p.m": letters and dots in turn, at least one dot inside.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.chars().count() == 1)
        && word.chars().all(|c| c == '.' || c.is_alphabetic())
}

/// "1." or "a." with nothing before it on its line: the mark of a list item.
fn is_item_number(before: &str, word: &str) -> bool {
    let short = word.len() <= 3 && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    let line = before[..before.len() - word.len()].trim_end_matches([' ', '\t']);
    short && (line.is_empty() || line.ends_with('\n'))
}

/// True where `text` begins with the mark of a list item: a bullet, or a short number and a space.
fn opens_item(text: &str) -> bool {
    let mut letters = text.chars();
    match letters.next() {
        Some('•' | '●' | '▪' | '■' | '◦' | '‣' | '·') => true,
        Some('*' | '-' | '–' | '—') => letters.next() == Some(' '),
        Some(c) if c.is_ascii_digit() => {
            let digits = span_of(text, |c| c.is_ascii_digit());
            let mut after = text[digits..].chars();
            digits <= 2 && matches!(after.next(), Some('.' | ')')) && after.next() == Some(' ')
        }
        _ => false,
    }
}

/// "… Smith said": a capitalised name of up to three words and a speech verb.
fn names_speaker(rest: &str, table: &Table) -> bool {
    rest.split_whitespace()
        .take(4)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .find(|word| !word.starts_with(char::is_uppercase))
        .is_some_and(|word| table.has("speech", word))
}
