//! What `extract`, `relate` and `locate` share: a JSON line in, a JSON line out, nothing left out.

use crate::Outcome;
use crate::lines::{Line, lines};
use crate::ordered::in_order;
use crate::talk::Talk;
use anyhow::Context;
use attache_code::{CodeError, Coded, Coder};
use attache_text::language::{self, Language};
use attache_text::{Block, BlockKind, Published, PublishedBy, Report, Span};
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Answers each line of a JSONL input with a line: what `answer` gives, or for a line that cannot be
/// answered `{"id", "line", "error"}`, which is named on standard error as well.
///
/// # Errors
/// Where the input cannot be opened or read, or the output not be written.
pub fn run<Question: DeserializeOwned, Answer: Serialize>(
    path: &Path,
    answer: impl Fn(Question) -> Result<Answer, String> + Sync,
) -> Outcome {
    let (name, input): (String, Box<dyn BufRead>) = if path.as_os_str() == "-" {
        ("standard input".into(), Box::new(io::stdin().lock()))
    } else {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| name.clone())?;
        (name, Box::new(BufReader::new(file)))
    };
    let work = |line: io::Result<Line>| -> io::Result<(String, Option<String>)> {
        let line = line?;
        let answered = line.parse().and_then(&answer);
        match answered {
            Ok(answer) => Ok((serde_json::to_string(&answer)?, None)),
            Err(reason) => Ok((error_line(&line, &reason), Some(format!("line {}: {reason}", line.number)))),
        }
    };

    let mut talk = Talk::new("texts", false);
    let mut out = BufWriter::new(io::stdout().lock());
    in_order(lines(input), work, |answered| {
        let bug = || Ok((json!({"error": BUG}).to_string(), Some(BUG.to_owned())));
        let (text, complaint) = answered.unwrap_or_else(bug)?;
        if let Some(complaint) = complaint {
            talk.fail(&format!("{name}, {complaint}"));
        }
        talk.step();
        talk.aside(|| writeln!(out, "{text}"))
    })
    .and_then(|()| out.flush())
    .with_context(|| name.clone())?;
    Ok(talk.end())
}

/// What is said where the work on one input panicked.
pub const BUG: &str = "a fault of attache stopped the work on this input";

fn error_line(line: &Line, reason: &str) -> String {
    match line.id() {
        Some(id) => json!({"id": id, "line": line.number, "error": reason}).to_string(),
        None => json!({"line": line.number, "error": reason}).to_string(),
    }
}

/// The language of a text too short to show one, where the input does not say.
const PRESUMED: &str = "en";

/// A bare text as a report: its paragraphs are body, its offsets those of the text as given.
pub fn report(id: &Value, text: String, date: Option<Date>, language: Option<String>) -> Report {
    Report {
        id: id.as_str().map_or_else(|| id.to_string(), str::to_owned),
        blocks: paragraphs(&text),
        published: date.map(|date| Published {
            date,
            raw: date.to_string(),
            ambiguous: false,
            by: PublishedBy::Metadata,
        }),
        declared_language: language,
        text,
        ..Report::default()
    }
}

/// Codes a bare text in the language the input gives it. A text whose language is neither given nor to be
/// seen is taken for English.
///
/// # Errors
/// Where its language cannot be coded.
pub fn code(coder: &Coder, report: &Report) -> Result<Coded, CodeError> {
    let language = match report.declared_language.as_deref() {
        Some(tag) => Language::given(&tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase()),
        None => {
            Some(language::detect(report)).filter(|seen| seen.reliable).unwrap_or(Language::given(PRESUMED))
        }
    };
    if !language::is_codable(&language.code) {
        return Err(CodeError::Language { name: language.name().to_owned(), code: language.code });
    }
    Ok(coder.code_in(report, language))
}

/// The stretches of the text between blank lines.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fresh = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            fresh = true;
        } else {
            let start = at + line.len() - line.trim_start().len();
            let span = Span::new(start, start + words.len());
            match blocks.last_mut().filter(|_| !fresh) {
                Some(block) => block.span = block.span.join(span),
                None => blocks.push(Block { kind: BlockKind::Body, span }),
            }
            fresh = false;
        }
        at += line.len();
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lie_between_blank_lines() {
        let text = "\n One two\nthree. \r\n \t\n\nFour é.";
        let spans: Vec<_> = paragraphs(text).iter().map(|block| block.span.of(text)).collect();
        assert_eq!(spans, ["One two\nthree.", "Four é."]);
        assert!(paragraphs(" \n ").is_empty());
    }

    #[test]
    fn ids_of_any_kind_are_kept() {
        assert_eq!(report(&json!("a-1"), String::new(), None, None).id, "a-1");
        assert_eq!(report(&json!(17), String::new(), None, None).id, "17");
    }
}
