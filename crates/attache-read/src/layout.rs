//! Plain text into paragraphs.
//!
//! Three habits are known: paragraphs between blank lines, one paragraph a line, and lines broken by
//! hand at some column. The last need joining, and so does a stray break inside a sentence; the line
//! ends stay in the text, the paragraph is one stretch all the same.

use crate::{Draft, Paragraph, phrase};
use attache_text::Span;

/// Texts with a longer line than this, in characters, were not broken by hand.
const WIDEST: usize = 120;
/// Nor were those whose longest line is shorter.
const NARROWEST: usize = 45;

/// Starts a report from normalised plain text.
pub(crate) fn draft(text: String) -> Draft {
    let lines = lines(&text);
    let width = wrap_width(&text, &lines);
    let paragraphs = joined(&text, &lines, width);
    let paragraphs = paragraphs.into_iter().map(|span| Paragraph { span, marked: None }).collect();
    let mut draft = Draft { paragraphs, ..Draft::default() };
    draft.report.text = text;
    draft
}

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Without white space at either end.
    span: Span,
    /// Spaces before it.
    indent: usize,
    /// True where a blank line or nothing stands before it.
    opens: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let (mut lines, mut start, mut opens) = (Vec::new(), 0, true);
    for raw in text.split_inclusive('\n') {
        let kept = raw.trim();
        if kept.is_empty() {
            opens = true;
        } else {
            let indent = raw.len() - raw.trim_start().len();
            lines.push(Line { span: Span::new(start + indent, start + indent + kept.len()), indent, opens });
            opens = false;
        }
        start += raw.len();
    }
    lines
}

/// The column at which the lines were broken by hand; none where they were not.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let widest = lines.iter().map(|line| line.span.len()).max()?;
    // Bytes bound characters from above, so the long way is taken only for texts of short lines.
    if widest > WIDEST * 4 {
        return None;
    }
    let width = lines.iter().map(|line| line.span.of(text).chars().count()).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    // Long lines with a follower in the same group: broken text seldom ends a sentence there.
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let inner: Vec<&Line> = pairs
        .filter(|(line, next)| !next.opens && line.span.len() * 2 > width)
        .map(|(line, _)| line)
        .collect();
    let ended = inner.iter().filter(|line| phrase::ends_sentence(line.span.of(text))).count();
    (!inner.is_empty() && ended * 2 < inner.len()).then_some(width)
}

/// Joins each line to the next where its first word would not have fitted, or a sentence runs on.
fn joined(text: &str, lines: &[Line], width: Option<usize>) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut previous: Option<Line> = None;
    for line in lines {
        match (previous, paragraphs.last_mut()) {
            (Some(before), Some(last)) if continues(text, before, *line, width) => {
                *last = last.join(line.span);
            }
            _ => paragraphs.push(line.span),
        }
        previous = Some(*line);
    }
    paragraphs
}

fn continues(text: &str, before: Line, line: Line, width: Option<usize>) -> bool {
    if line.opens || line.indent >= before.indent + 2 {
        return false;
    }
    let (above, below) = (before.span.of(text), line.span.of(text));
    let long = above.chars().take(WIDEST + 1).count();
    let runs_on = below.starts_with(char::is_lowercase) && !phrase::ends_sentence(above);
    let Some(width) = width else { return runs_on && long >= NARROWEST };
    let first = below.split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = long + 1 + first > width.saturating_sub(3);
    full || runs_on && long * 2 > width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let draft = draft(text.to_string());
        draft.paragraphs.iter().map(|p| p.span.of(&draft.report.text).replace('\n', "/")).collect()
    }

    #[test]
    fn one_line_a_paragraph() {
        let long = "The envoys talked for a day about the fishing grounds, the ferry, the price of salt and the winter harbour before leaving.";
        assert_eq!(told(&format!("Title\nBy Ana\n\n{long}\n{long}\n")), ["Title", "By Ana", long, long]);
    }

    #[test]
    fn broken_by_hand() {
        let text = "Envoys talk about fish\nBy Ana Soto\n\n\
                    The envoys of both islands talked for a whole day about\n\
                    the fishing grounds between them, and about the ferry\n\
                    that nobody has paid for.\n\nNobody signed anything in the\nend.\n";
        assert_eq!(
            told(text),
            [
                "Envoys talk about fish",
                "By Ana Soto",
                "The envoys of both islands talked for a whole day about/the fishing grounds between them, and about \
                 the ferry/that nobody has paid for.",
                "Nobody signed anything in the/end."
            ]
        );
    }

    #[test]
    fn a_stray_break_inside_a_sentence() {
        let long = "The envoys talked for a day about the fishing grounds, the ferry, the price of salt and the winter harbour before";
        assert_eq!(
            told(&format!("{long} noon\nand left.\nNobody stayed.")),
            [format!("{long} noon/and left."), "Nobody stayed.".into()]
        );
    }

    #[test]
    fn indents_open_paragraphs() {
        let text = "   The envoys of both islands talked for a whole day of\n\
                    rain about the fish.\n   They left at dawn on the first ferry of the season and\nwere not seen again.";
        assert_eq!(told(text).len(), 2);
    }

    #[test]
    fn a_line_without_end() {
        let text = "word ".repeat(100_000);
        assert_eq!(told(&text).len(), 1);
    }
}
