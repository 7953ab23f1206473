//! Runs of words into lines that fit a width, counted in terminal columns.

use super::ink::{Line, Run, Tone};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Holds two words together on a line.
pub const NO_BREAK: &str = "\u{a0}";

/// One letter as a reader sees it, with its marks, and its columns.
struct Letter<'a> {
    text: &'a str,
    tone: Tone,
    columns: usize,
}

/// Letters between two white spaces, and the tone of the space before them.
#[derive(Default)]
struct Word<'a> {
    letters: Vec<Letter<'a>>,
    columns: usize,
}

/// Breaks the runs at white space into lines of at most `width` columns; the first line starts with
/// `first`, the others with `rest`. Each stretch of white space becomes one space; a no-break space is
/// set as a space too, but no line ends there. A word wider than a line is cut between letters. No
/// words make no line.
pub fn wrap(runs: &[Run], width: usize, first: &str, rest: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::new();
    let mut filled = 0;
    let mut empty = true;
    for word in words(runs) {
        if !empty && filled + 1 + word.columns > width {
            lines.push(std::mem::take(&mut line));
            empty = true;
        }
        if empty {
            filled = start(&mut line, if lines.is_empty() { first } else { rest });
        } else {
            let tone = space_tone(line.last(), &word);
            push(&mut line, " ", tone);
            filled += 1;
        }
        for letter in &word.letters {
            if filled + letter.columns > width {
                lines.push(std::mem::take(&mut line));
                filled = start(&mut line, rest);
            }
            push(&mut line, if letter.text == NO_BREAK { " " } else { letter.text }, letter.tone);
            filled += letter.columns;
        }
        empty = false;
    }
    if !empty {
        lines.push(line);
    }
    lines
}

/// Opens a line with its indent; the columns it fills.
fn start(line: &mut Line, indent: &str) -> usize {
    if !indent.is_empty() {
        line.push(Run::new(indent, Tone::Plain));
    }
    indent.width()
}

/// A space between two words of one tone keeps that tone, so that an underlined phrase is one line.
fn space_tone(last: Option<&Run>, word: &Word<'_>) -> Tone {
    match (last, word.letters.first()) {
        (Some(run), Some(letter)) if run.tone == letter.tone => run.tone,
        _ => Tone::Plain,
    }
}

fn push(line: &mut Line, text: &str, tone: Tone) {
    match line.last_mut() {
        Some(run) if run.tone == tone => run.text.push_str(text),
        _ => line.push(Run::new(text, tone)),
    }
}

fn words(runs: &[Run]) -> Vec<Word<'_>> {
    let mut words = vec![Word::default()];
    for run in runs {
        for text in run.text.graphemes(true) {
            if text.chars().all(breaks) {
                words.push(Word::default());
            } else if let Some(word) = words.last_mut() {
                let columns = text.width();
                word.letters.push(Letter { text, tone: run.tone, columns });
                word.columns += columns;
            }
        }
    }
    words.retain(|word| !word.letters.is_empty());
    words
}

/// White space a line may break at; a no-break space is none.
fn breaks(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{a0}' && letter != '\u{202f}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        wrap(&[Run::new(text, Tone::Plain)], width, "- ", "  ")
            .iter()
            .map(|line| line.iter().map(|run| run.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn lines_break_at_white_space() {
        assert_eq!(wrapped("one two  three\nfour", 9), ["- one two", "  three", "  four"]);
        assert_eq!(wrapped(" \n ", 9), Vec::<String>::new());
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(wrapped("a abcdefghij", 6), ["- a", "  abcd", "  efgh", "  ij"]);
    }

    #[test]
    fn width_is_counted_in_columns() {
        // Han letters fill two columns, a combining accent none.
        assert_eq!(wrapped("中美會談", 6), ["- 中美", "  會談"]);
        assert_eq!(wrapped("Bogota\u{301} si", 11), ["- Bogota\u{301} si"]);
    }

    #[test]
    fn tones_survive_the_break() {
        let runs = [Run::new("met ", Tone::Trigger), Run::new("the king", Tone::Actor)];
        let lines = wrap(&runs, 7, "", "");
        assert_eq!(lines.len(), 2);
        assert_eq!(
            lines[0],
            [Run::new("met", Tone::Trigger), Run::new(" ", Tone::Plain), Run::new("the", Tone::Actor)]
        );
        assert_eq!(lines[1], [Run::new("king", Tone::Actor)]);
    }
}
