//! What each paragraph is: title, heading, body, caption, credit or boilerplate; and who wrote it, where
//! and when it appeared, as far as its own lines tell.
//!
//! One pass from the top. Before the first body paragraph stands the head: title, byline, date line,
//! header lines. Markup, where there is some, goes before what the words suggest.

use crate::date_line::{date_line, dateline};
use crate::label::{self, Label};
use crate::{Draft, boilerplate, byline, credit, normal, phrase};
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
        if self.list > 0 && phrase::is_headline(words, TITLE_WORDS) {
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
        if parts.credit.start == 0
            && let Some(above) = self.blocks.last_mut()
        {
            let gap = Span::new(above.span.end, span.start).of(self.text);
            let near = gap.bytes().filter(|byte| *byte == b'\n').count() == 1;
            let short =
                above.span.len() <= 300 && phrase::sentence_starts(above.span.of(self.text)).len() <= 2;
            if near && short && matches!(above.kind, BlockKind::Body | BlockKind::Heading) {
                above.kind = BlockKind::Caption;
                self.seen_body = self.blocks.iter().any(|block| block.kind == BlockKind::Body);
            }
        }
        self.seen_body |= !parts.body.is_empty();
        self.push(BlockKind::Body, part(&parts.body));
        self.push(BlockKind::Caption, part(&parts.caption));
        self.push(BlockKind::Credit, part(&parts.credit));
    }

    /// Date lines, bylines and staff lines, above the body or at the very end.
    fn is_head_line(&mut self, at: usize, words: &str) -> bool {
        let tail = !self.body_follows(at) && at + TAIL >= self.draft.paragraphs.len();
        if !tail && (self.seen_body || at > HEAD) {
            return false;
        }
        if date_line(words) {
            self.draft.dates.lines.push(words.to_string());
            let name = words.split(['|', '•', '·', '\n']).find_map(byline::author);
            self.author(name);
            return true;
        }
        // A first line "By …" above another headline is a title that happens to begin so.
        let below_title = at > 0 || !phrase::is_headline(self.words(at + 1), TITLE_WORDS);
        if let Some(name) = byline::author(words).filter(|_| below_title) {
            self.author(Some(name));
            return true;
        }
        if byline::is_staff_line(words) {
            self.author(byline::is_agency(words).then(|| words.to_string()));
            return true;
        }
        let near_date = at.checked_sub(1).is_some_and(|above| date_line(self.words(above)))
            || date_line(self.words(at + 1));
        let may_sign = !self.seen_body && near_date && at > 0;
        match byline::bare_author(words).filter(|_| may_sign) {
            Some(name) => {
                self.author(Some(name));
                true
            }
            None => false,
        }
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
