//! What each paragraph is: title, heading, body, caption, credit or boilerplate; and who wrote it, where
//! and when it appeared, as far as its own lines tell.
//!
//! One pass from the top. Before the first body paragraph stands the head: title, byline, date line,
//! header lines. Markup, where there is some, goes before what the words suggest.

use crate::label::{self, Label};
use crate::{Draft, boilerplate, byline, credit, date_form, normal, phrase};
use attache_text::{Block, BlockKind, Span};

/// Most words of a title, and of a heading inside the text.
const TITLE_WORDS: usize = 35;
const HEADING_WORDS: usize = 25;
/// Most paragraphs the head has, and the lines that name staff and date at the end.
const HEAD: usize = 60;
const TAIL: usize = 5;
/// Most paragraphs a list of links to other reports runs on for.
const LIST_LENGTH: usize = 15;

/// Gives every paragraph its kind and fills in `draft.report.blocks` and what the head tells.
pub(crate) fn classify(draft: &mut Draft) {
    let text = std::mem::take(&mut draft.report.text);
    let mut pass = Pass::new(draft, &text);
    for at in 0..pass.draft.paragraphs.len() {
        pass.paragraph(at);
    }
    pass.finish();
    draft.report.text = text;
}

struct Pass<'a> {
    draft: &'a mut Draft,
    text: &'a str,
    blocks: Vec<Block>,
    /// Index of the last paragraph that reads like running text.
    last_body: Option<usize>,
    seen_title: bool,
    seen_body: bool,
    /// Paragraphs left that may belong to a list of links.
    list: usize,
}

impl<'a> Pass<'a> {
    fn new(draft: &'a mut Draft, text: &'a str) -> Pass<'a> {
        let last_body = draft.paragraphs.iter().rposition(|paragraph| is_running(paragraph.span.of(text)));
        Pass { draft, text, blocks: Vec::new(), last_body, seen_title: false, seen_body: false, list: 0 }
    }

    fn words(&self, at: usize) -> &'a str {
        self.draft.paragraphs.get(at).map_or("", |paragraph| paragraph.span.of(self.text))
    }

    /// True where running text follows the paragraph.
    fn body_follows(&self, at: usize) -> bool {
        self.last_body.is_some_and(|last| last > at)
    }

    /// Adds a block, without the white space at its ends; nothing where nothing is left.
    fn push(&mut self, kind: BlockKind, span: Span) {
        let words = span.of(self.text);
        let start = span.start + (words.len() - words.trim_start().len());
        let span = Span::new(start, start + words.trim().len());
        if !span.is_empty() {
            self.blocks.push(Block { kind, span });
        }
    }

    fn paragraph(&mut self, at: usize) {
        let Some(paragraph) = self.draft.paragraphs.get(at).copied() else { return };
        let (span, words) = (paragraph.span, paragraph.span.of(self.text));
        if let Some(kind) = paragraph.marked {
            return self.marked(kind, span, words);
        }
        if self.list > 0 && self.is_list_item(at, words) {
            self.list -= 1;
            return self.push(BlockKind::Boilerplate, span);
        }
        self.list = 0;
        if boilerplate::is_boilerplate(words) {
            if boilerplate::opens_list(words) {
                self.list = LIST_LENGTH;
            }
            return self.push(BlockKind::Boilerplate, span);
        }
        if self.is_head_line(at, words) {
            return self.push(BlockKind::Credit, span);
        }
        if !self.seen_body && self.labelled(span, words) {
            return;
        }
        if let Some(parts) = credit::split(words) {
            return self.pictured(span, &parts);
        }
        if !self.seen_title
            && !self.seen_body
            && self.body_follows(at)
            && phrase::is_headline(words, TITLE_WORDS)
        {
            return self.title(span, words);
        }
        if self.body_follows(at) && phrase::is_headline(words, HEADING_WORDS) {
            return self.push(BlockKind::Heading, span);
        }
        if !self.seen_body {
            self.dateline(words);
        }
        self.seen_body = true;
        self.push(BlockKind::Body, span);
    }

    /// A paragraph the markup knows. A caption can still have its credit in it.
    fn marked(&mut self, kind: BlockKind, span: Span, words: &str) {
        match kind {
            BlockKind::Title if !self.seen_title => self.title(span, words),
            BlockKind::Title => self.push(BlockKind::Heading, span),
            BlockKind::Caption => match credit::split(words) {
                Some(parts) => {
                    let cut = span.start + parts.credit.start;
                    self.push(BlockKind::Caption, Span::new(span.start, cut));
                    self.push(BlockKind::Credit, Span::new(cut, span.end));
                }
                None => self.push(BlockKind::Caption, span),
            },
            BlockKind::Heading if boilerplate::is_boilerplate(words) => {
                self.list = if boilerplate::opens_list(words) { LIST_LENGTH } else { 0 };
                self.push(BlockKind::Boilerplate, span);
            }
            _ => {
                self.list = 0;
                self.push(kind, span);
            }
        }
    }

    fn title(&mut self, span: Span, words: &str) {
        self.seen_title = true;
        self.draft.report.title.get_or_insert_with(|| normal::one_line(words));
        self.push(BlockKind::Title, span);
    }

    /// A caption or credit; a line right above a line that is only a credit is its caption.
    fn pictured(&mut self, span: Span, parts: &credit::Parts) {
        let part =
            |range: &std::ops::Range<usize>| Span::new(span.start + range.start, span.start + range.end);
        if parts.credit.start == 0 {
            if let Some(above) = self.blocks.last_mut() {
                let gap = Span::new(above.span.end, span.start).of(self.text);
                let near = gap.bytes().filter(|byte| *byte == b'\n').count() == 1;
                let short =
                    above.span.len() <= 300 && phrase::sentence_starts(above.span.of(self.text)).len() <= 2;
                if near && short && matches!(above.kind, BlockKind::Body | BlockKind::Heading) {
                    above.kind = BlockKind::Caption;
                    self.seen_body = self.blocks.iter().any(|block| block.kind == BlockKind::Body);
                }
            }
        }
        self.seen_body |= !parts.body.is_empty();
        self.push(BlockKind::Body, part(&parts.body));
        self.push(BlockKind::Caption, part(&parts.caption));
        self.push(BlockKind::Credit, part(&parts.credit));
    }

    /// A title-like line, or a link text, in a list of links.
    fn is_list_item(&self, at: usize, words: &str) -> bool {
        phrase::is_headline(words, TITLE_WORDS)
            && !(self.seen_body && self.body_follows(at) && phrase::words(words) > TITLE_WORDS)
    }

    /// Date lines, bylines and staff lines, above the body or at the very end.
    fn is_head_line(&mut self, at: usize, words: &str) -> bool {
        let tail = !self.body_follows(at) && at + TAIL >= self.draft.paragraphs.len();
        if self.seen_body && !tail || at > HEAD && !tail {
            return false;
        }
        if date_line(words) {
            self.draft.dates.lines.push(words.to_string());
            let name = words.split(['|', '•', '·', '\n']).find_map(byline::author);
            self.author(name);
            return true;
        }
        if self.seen_title || !phrase::is_headline(self.words(at + 1), TITLE_WORDS) || at > 0 {
            if let Some(name) = byline::author(words) {
                self.author(Some(name));
                return true;
            }
        }
        if byline::is_staff_line(words) {
            self.author(byline::is_agency(words).then(|| words.to_string()));
            return true;
        }
        let near_date = at.checked_sub(1).is_some_and(|above| date_line(self.words(above)))
            || date_line(self.words(at + 1));
        if !self.seen_body && near_date && (self.seen_title || at > 0) {
            if let Some(name) = byline::bare_author(words) {
                self.author(Some(name));
                return true;
            }
        }
        false
    }

    fn author(&mut self, name: Option<String>) {
        if let (None, Some(name)) = (&self.draft.report.byline, name) {
            self.draft.report.byline = Some(normal::one_line(&name));
        }
    }

    /// A header line "Label: value"; true where the paragraph was one.
    fn labelled(&mut self, span: Span, words: &str) -> bool {
        let Some((label, value)) = label::parse(words) else { return false };
        let report = &mut self.draft.report;
        let own = || (!value.is_empty()).then(|| normal::one_line(value));
        match label {
            Label::Title if !value.is_empty() && !self.seen_title => {
                let start = span.end - value.len();
                self.push(BlockKind::Credit, Span::new(span.start, start));
                self.title(Span::new(start, span.end), value);
                return true;
            }
            Label::Author => report.byline = report.byline.take().or_else(own),
            Label::Publisher => report.publisher = report.publisher.take().or_else(own),
            Label::Url => report.url = report.url.take().or_else(own),
            Label::Language => report.declared_language = own().map(|code| code.to_lowercase()),
            Label::Published => self.draft.dates.lines.push(words.to_string()),
            Label::Title | Label::Other => {}
        }
        self.push(BlockKind::Credit, span);
        true
    }

    /// The date of a dateline, where it has one with a year.
    fn dateline(&mut self, words: &str) {
        self.draft.dates.lines.extend(dateline(words).map(str::to_string));
    }

    /// A text of titles without running text has no headings: what reads like one is its body.
    fn finish(mut self) {
        if self.last_body.is_none() {
            let lone = self.blocks.iter_mut().filter(|block| block.kind == BlockKind::Heading);
            lone.for_each(|block| block.kind = BlockKind::Body);
        }
        self.draft.report.blocks = std::mem::take(&mut self.blocks);
    }
}

/// The words before the dash of a dateline that names a day or an agency: "LIMA, March 5, 2024 (EFE) - …".
fn dateline(words: &str) -> Option<&str> {
    let head = words.char_indices().nth(90).map_or(words, |(end, _)| words.get(..end).unwrap_or(words));
    let cut = [" - ", " – ", " — ", "—", ".- ", " -- "].iter().filter_map(|dash| head.find(dash)).min()?;
    let place = head.get(..cut)?;
    let agency = place.ends_with(')') && place.contains('(');
    (place.starts_with(char::is_uppercase) && (agency || !date_form::find(place).is_empty())).then_some(place)
}

/// True for a paragraph that ends like a sentence and is no credit, date line or page talk.
fn is_running(words: &str) -> bool {
    if boilerplate::is_boilerplate(words) || byline::is_staff_line(words) || date_line(words) {
        return false;
    }
    match credit::split(words) {
        Some(parts) => !parts.body.is_empty(),
        None => phrase::ends_sentence(words) && phrase::words(words) >= 4,
    }
}

/// True for a line that holds a full date and nothing but what goes with one: "Written on", a weekday, a
/// time of day, an author, a place or an outlet.
fn date_line(words: &str) -> bool {
    if words.len() > 200 || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let found = date_form::find(words);
    let full = found.iter().filter(|found| !matches!(found.reading, date_form::Reading::MonthDay { .. }));
    let mut rest = String::new();
    let mut at = 0;
    for date in full {
        rest.push_str(Span::new(at, date.span.start).of(words));
        rest.push('|');
        at = date.span.end;
    }
    if at == 0 {
        return false;
    }
    rest.push_str(words.get(at..).unwrap_or(""));
    rest.split(['|', '•', '·', '\n']).all(|part| is_beside_date(part, words))
}

/// Words that stand beside a date in a date line.
fn is_beside_date(part: &str, line: &str) -> bool {
    const KNOWN: &[&str] = &[
        "written",
        "published",
        "posted",
        "updated",
        "last",
        "first",
        "modified",
        "created",
        "on",
        "at",
        "date",
        "issued",
        "released",
        "release",
        "am",
        "pm",
        "a",
        "m",
        "p",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "cet",
        "cest",
        "bst",
        "ist",
        "pst",
        "pdt",
        "cst",
        "hrs",
        "hours",
        "h",
        "local",
        "time",
        "min",
        "minutes",
        "read",
        "publicado",
        "publicada",
        "actualizado",
        "actualizada",
        "escrito",
        "el",
        "a",
        "las",
        "fecha",
        "hora",
        "horas",
        "de",
        "del",
        "z",
        "t",
        "and",
        "y",
    ];
    let word = |word: &&str| !word.is_empty();
    let unknown: Vec<&str> = part
        .split(|c: char| !c.is_alphanumeric())
        .filter(word)
        .filter(|word| {
            let small = word.to_lowercase();
            let clock = small.starts_with(|c: char| c.is_ascii_digit()) && small.len() <= 6;
            !(clock || KNOWN.contains(&small.as_str()) || date_form::weekday(&small).is_some())
        })
        .collect();
    unknown.is_empty()
        || byline::author(part).is_some()
        || byline::bare_author(part.trim_matches([' ', ',', '(', ')', '-', '–', '—', '/', ':'])).is_some()
            && line.len() <= 120
        || unknown.len() == 1
            && unknown.iter().all(|word| word.starts_with(char::is_uppercase))
            && line.len() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines() {
        for line in [
            "Written on 03/04/2024",
            "March 5, 2024",
            "Published: Tuesday 5 March 2024, 10:15 GMT",
            "Lima, 5 de marzo de 2024",
            "By Ana Soto | March 5, 2024",
            "Published 2024-03-05 | Updated 2024-03-06",
            "Posted on March 5, 2024 at 9:30 a.m.",
        ] {
            assert!(date_line(line), "{line}");
        }
        for line in [
            "Election of March 5, 2024: what to know",
            "He was born on March 5, 2004.",
            "Lima",
            "March 5",
            "The treaty of 5 March 2024 and after",
        ] {
            assert!(!date_line(line), "{line}");
        }
    }

    #[test]
    fn datelines() {
        assert_eq!(dateline("LIMA, March 5, 2024 (EFE) - Envoys met."), Some("LIMA, March 5, 2024 (EFE)"));
        assert_eq!(dateline("GENEVA (Reuters) — Envoys met."), Some("GENEVA (Reuters)"));
        assert_eq!(dateline("Envoys met — and left."), None);
    }
}
