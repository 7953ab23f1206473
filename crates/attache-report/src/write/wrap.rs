//! Lines of bounded width.

use attache_text::clean;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The words in lines of at most `width` columns: the first begins with `first`, the others with `rest`.
/// A word longer than a line is cut. Each line has its end.
pub fn wrap(words: &str, width: usize, first: &str, rest: &str) -> String {
    let words = clean(words);
    let mut text = String::new();
    let mut line = first.to_owned();
    let mut columns = first.width();
    let mut empty = true;
    for word in words.split_whitespace() {
        let gap = usize::from(!empty);
        if !empty && columns + gap + word.width() > width {
            push(&mut text, &line);
            (line, columns, empty) = (rest.to_owned(), rest.width(), true);
        }
        if !empty {
            line.push(' ');
            columns += 1;
        }
        for letter in word.chars() {
            let needs = letter.width().unwrap_or(0);
            if columns + needs > width && columns > rest.width() {
                push(&mut text, &line);
                (line, columns) = (rest.to_owned(), rest.width());
            }
            line.push(letter);
            columns += needs;
        }
        empty = false;
    }
    if !empty {
        push(&mut text, &line);
    }
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(line.trim_end());
    text.push('\n');
}

/// The words in exactly so many columns, a blank at least behind them: cut with an ellipsis, or filled up.
pub fn cell(words: &str, width: usize) -> String {
    let words = clean(words);
    let mut cell = String::new();
    let mut columns = 0;
    let fits = words.width() < width;
    let room = width.saturating_sub(if fits { 1 } else { 2 });
    for letter in words.chars() {
        let needs = letter.width().unwrap_or(0);
        if columns + needs > room {
            break;
        }
        cell.push(letter);
        columns += needs;
    }
    if !fits {
        cell.push('…');
        columns += 1;
    }
    cell.push_str(&" ".repeat(width.saturating_sub(columns)));
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_too_wide() {
        assert_eq!(wrap("one two three", 9, "- ", "  "), "- one two\n  three\n");
        assert_eq!(wrap("abcdefghij", 6, "  ", "  "), "  abcd\n  efgh\n  ij\n");
        assert_eq!(wrap(" ", 6, "- ", ""), "");
        assert_eq!((cell("Bogotá", 8), cell("Washington", 6)), ("Bogotá  ".into(), "Wash… ".into()));
    }
}
