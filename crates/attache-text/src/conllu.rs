//! Sentences as CoNLL-U, in and out: <https://universaldependencies.org/format.html>.
//!
//! Written are `# sent_id` and `# text`, multiword tokens for contractions, and in MISC the byte
//! offsets in the report (`Start=`, `End=`), mentions (`Entity=B-PER`, `Entity=I-PER`) and
//! `SpaceAfter=No`. XPOS and DEPS stay empty.

use crate::{Block, BlockKind, Mention, MentionKind, Report, Sentence, Span, Token, Upos};
use std::fmt::Write;

/// A treebank as read: its raw text, put together again, and the sentences with spans in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Treebank {
    /// The raw text: a space between sentences, a blank line between paragraphs and documents.
    pub text: String,
    /// One span for each paragraph.
    pub paragraphs: Vec<Span>,
    /// The sentences. The words of a multiword token that is not their plain concatenation ("del" for
    /// "de" + "el") all have the span of the whole.
    pub sentences: Vec<Sentence>,
}

impl Treebank {
    /// The raw text as a report with a body block for each paragraph.
    pub fn report(&self) -> Report {
        let blocks = self.paragraphs.iter().map(|&span| Block { kind: BlockKind::Body, span }).collect();
        Report { text: self.text.clone(), blocks, ..Report::default() }
    }
}

/// What is wrong with a CoNLL-U file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ConlluError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a line of CoNLL-U.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Not ten columns.
    #[error("{0} columns where CoNLL-U has 10")]
    Columns(usize),
    /// The first column is no id, or not the next one.
    #[error("id {0:?} does not follow")]
    Id(String),
    /// The form is empty.
    #[error("no form")]
    Form,
    /// The UPOS column holds no universal tag.
    #[error("{0:?} is no universal part of speech")]
    Upos(String),
    /// The HEAD column names no word of the sentence.
    #[error("head {0:?} is no word of the sentence")]
    Head(String),
}

/// Appends `sentence`, whose spans point into `text`, to `out`, with a blank line behind it.
pub fn write(out: &mut String, text: &str, sentence: &Sentence, id: &str) {
    let words: Vec<&str> = sentence.span.of(text).split_whitespace().collect();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "# sent_id = {id}\n# text = {}", words.join(" "));
    let tokens = &sentence.tokens;
    for (at, token) in tokens.iter().enumerate() {
        let opens = token.joined && !(at > 0 && tokens[at - 1].joined);
        if opens {
            let more = tokens[at..].iter().take_while(|token| token.joined).count();
            let last = (at + more).min(tokens.len() - 1);
            let whole = token.span.join(tokens[last].span);
            let space = if is_spaced(text, sentence, last) { "_" } else { "SpaceAfter=No" };
            let _ = writeln!(
                out,
                "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{space}",
                at + 1,
                last + 1,
                column(whole.of(text))
            );
        }
        write_token(out, text, sentence, at);
    }
    out.push('\n');
}

fn write_token(out: &mut String, text: &str, sentence: &Sentence, at: usize) {
    let token = &sentence.tokens[at];
    let analysed = !token.deprel.is_empty();
    let head = match token.head {
        Some(head) => (head + 1).to_string(),
        None if analysed => "0".to_owned(),
        None => "_".to_owned(),
    };
    let upos = if analysed || token.upos != Upos::X { token.upos.as_str() } else { "_" };
    let mut misc = format!("Start={}|End={}", token.span.start, token.span.end);
    if let Some(mention) =
        sentence.mentions.iter().find(|mention| (mention.first..mention.last).contains(&at))
    {
        let place = if mention.first == at { 'B' } else { 'I' };
        let _ = write!(misc, "|Entity={place}-{}", kind_name(mention.kind));
    }
    let inside = token.joined || (at > 0 && sentence.tokens[at - 1].joined);
    if !inside && !is_spaced(text, sentence, at) {
        misc.push_str("|SpaceAfter=No");
    }
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{upos}\t_\t{}\t{head}\t{}\t_\t{misc}",
        at + 1,
        column(&token.text),
        column(&token.lemma),
        column(&token.feats),
        column(&token.deprel),
    );
}

/// A column's value; `_` for none. Tabs and line ends cannot stand in a column.
fn column(value: &str) -> String {
    if value.is_empty() { "_".to_owned() } else { value.replace(['\t', '\n', '\r'], " ") }
}

/// True where white space, or the end of the sentence, follows the token.
fn is_spaced(text: &str, sentence: &Sentence, at: usize) -> bool {
    let end = sentence.tokens[at].span.end;
    sentence.tokens.get(at + 1).is_none_or(|next| {
        next.span.start > end && Span::new(end, next.span.start).of(text).contains(char::is_whitespace)
    })
}

fn kind_name(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Per => "PER",
        MentionKind::Org => "ORG",
        MentionKind::Gpe => "GPE",
        MentionKind::Loc => "LOC",
        MentionKind::Fac => "FAC",
        MentionKind::Norp => "NORP",
        MentionKind::Date => "DATE",
        MentionKind::Money => "MONEY",
    }
}

fn kind_of(name: &str) -> Option<MentionKind> {
    use MentionKind::*;
    [Per, Org, Gpe, Loc, Fac, Norp, Date, Money].into_iter().find(|kind| kind_name(*kind) == name)
}

/// Reads CoNLL-U and puts the raw text together again from forms and `SpaceAfter=No`.
///
/// Empty nodes (`8.1`) and enhanced dependencies are left out.
///
/// # Errors
///
/// The first line that is not CoNLL-U, with its number.
pub fn read(input: &str) -> Result<Treebank, ConlluError> {
    let mut reader = Reader::default();
    for (at, line) in input.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.line = at + 1;
        let line = line.trim_end_matches('\r');
        match line.as_bytes().first() {
            None => reader.close()?,
            Some(b'#') => reader.comment(line),
            Some(_) => reader.row(line)?,
        }
    }
    reader.line += 1;
    reader.close()?;
    reader.close_paragraph();
    Ok(reader.bank)
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    bank: Treebank,
    line: usize,
    sentence: Sentence,
    /// HEAD as written, with its line, for each word of the sentence.
    heads: Vec<(usize, String)>,
    /// The multiword token being read: its last word's number, its span, whether its words spell it.
    joined: Option<(usize, Span, bool)>,
    /// True where white space follows what was read last.
    space: bool,
    /// True where the next sentence opens a paragraph.
    breaks: bool,
    paragraph: usize,
}

impl Reader {
    fn fail<T>(&self, problem: Problem) -> Result<T, ConlluError> {
        Err(ConlluError { line: self.line, problem })
    }

    fn comment(&mut self, line: &str) {
        let name = line.trim_start_matches('#').trim_start();
        self.breaks |= name.starts_with("newpar") || name.starts_with("newdoc");
    }

    fn row(&mut self, line: &str) -> Result<(), ConlluError> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, feats, head, deprel, _, misc] = columns[..] else {
            return self.fail(Problem::Columns(columns.len()));
        };
        if form.is_empty() {
            return self.fail(Problem::Form);
        }
        if id.contains('.') {
            return Ok(());
        }
        let number = self.sentence.tokens.len() + 1;
        let spaced = !misc.split('|').any(|value| value == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let ends = (first.parse() == Ok(number)).then(|| last.parse().ok()).flatten();
            let Some(last) = ends.filter(|last| *last > number && self.joined.is_none()) else {
                return self.fail(Problem::Id(id.to_owned()));
            };
            let span = self.append(form, spaced);
            self.joined = Some((last, span, true));
            return Ok(());
        }
        if id.parse() != Ok(number) {
            return self.fail(Problem::Id(id.to_owned()));
        }
        let upos = match upos {
            "_" => Upos::X,
            name => match Upos::parse(name) {
                Some(tag) => tag,
                None => return self.fail(Problem::Upos(name.to_owned())),
            },
        };
        let span = match self.joined {
            Some((_, whole, _)) => self.inside(whole, form),
            None => self.append(form, spaced),
        };
        let joined = self.joined.is_some_and(|(last, ..)| number < last);
        if !joined {
            self.joined = None;
        }
        self.mention(misc);
        self.heads.push((self.line, head.to_owned()));
        let value = |column: &str| if column == "_" { String::new() } else { column.to_owned() };
        self.sentence.tokens.push(Token {
            span,
            text: form.to_owned(),
            joined,
            lemma: if lemma == "_" && form != "_" { String::new() } else { lemma.to_owned() },
            upos,
            feats: value(feats),
            head: None,
            deprel: value(deprel),
        });
        Ok(())
    }

    /// Adds a form to the raw text.
    fn append(&mut self, form: &str, spaced: bool) -> Span {
        let text = &mut self.bank.text;
        if self.sentence.tokens.is_empty() && self.breaks {
            self.close_paragraph();
            self.breaks = false;
        } else if self.space && !text.is_empty() {
            text.push(' ');
        }
        let text = &mut self.bank.text;
        let start = text.len();
        text.push_str(form);
        self.space = spaced;
        Span::new(start, text.len())
    }

    /// The place of a word inside the multiword token `whole`: behind the word before it where the
    /// words spell the token, else all of it.
    fn inside(&mut self, whole: Span, form: &str) -> Span {
        let from = match self.sentence.tokens.last() {
            Some(before) if before.joined => before.span.end,
            _ => whole.start,
        };
        let span = Span::new(from, from + form.len());
        let rest = Span::new(from, whole.end).of(&self.bank.text);
        let last = self.joined.is_some_and(|(last, ..)| last == self.sentence.tokens.len() + 1);
        let fits = if last { rest == form } else { rest.starts_with(form) };
        if let Some((_, _, spelt)) = self.joined.as_mut().filter(|(.., spelt)| *spelt && fits) {
            *spelt = true;
            return span;
        }
        // The words before it were placed as if they spelt it.
        for token in self.sentence.tokens.iter_mut().rev().take_while(|token| token.joined) {
            token.span = whole;
        }
        if let Some((_, _, spelt)) = &mut self.joined {
            *spelt = false;
        }
        whole
    }

    fn mention(&mut self, misc: &str) {
        let at = self.sentence.tokens.len();
        let value = misc.split('|').find_map(|value| value.strip_prefix("Entity="));
        let Some((place, kind)) = value.and_then(|value| value.split_once('-')) else { return };
        let Some(kind) = kind_of(kind) else { return };
        match self.sentence.mentions.last_mut() {
            Some(open) if place == "I" && open.last == at && open.kind == kind => open.last = at + 1,
            _ => self.sentence.mentions.push(Mention { first: at, last: at + 1, kind }),
        }
    }

    /// Ends the sentence at a blank line.
    fn close(&mut self) -> Result<(), ConlluError> {
        if self.joined.is_some() {
            return self.fail(Problem::Id(String::new()));
        }
        let mut sentence = std::mem::take(&mut self.sentence);
        let heads = std::mem::take(&mut self.heads);
        let (Some(first), Some(last)) = (sentence.tokens.first(), sentence.tokens.last()) else {
            return Ok(());
        };
        sentence.span = first.span.join(last.span);
        let length = sentence.tokens.len();
        for (at, (line, head)) in heads.into_iter().enumerate() {
            sentence.tokens[at].head = match head.parse::<usize>() {
                Ok(0) => None,
                Ok(head) if head <= length && head != at + 1 => Some(head - 1),
                _ if head == "_" => None,
                _ => return Err(ConlluError { line, problem: Problem::Head(head) }),
            };
        }
        self.bank.sentences.push(sentence);
        Ok(())
    }

    fn close_paragraph(&mut self) {
        let end = self.bank.text.len();
        if end > self.paragraph {
            self.bank.paragraphs.push(Span::new(self.paragraph, end));
            self.bank.text.push_str("\n\n");
            self.paragraph = end + 2;
        }
    }
}
