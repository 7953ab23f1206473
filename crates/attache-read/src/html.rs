//! HTML pages into paragraphs.
//!
//! dom_smoothie (Mozilla's Readability) finds the article; this module walks what it found and keeps the
//! order and the kind of each stretch: headings, paragraphs, words under pictures. Where it finds no
//! article the whole page is walked, less its navigation. Hidden elements are taken out first: nobody
//! who read the page has seen them.

use crate::{Draft, Paragraph, metadata, normal, phrase, trim};
use attache_text::{BlockKind, Span};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

/// An article with fewer bytes of text than this is held for a find gone wrong: the finder is made for
/// long ones, and drops headings and pictures of short ones.
const SHORTEST: usize = 500;
/// Pages that nest deeper or have more tags, after [`trim`], are walked without looking for the article:
/// that search costs depth times tags.
const DEEPEST: usize = 1000;
const MOST_TAGS: usize = 40_000;

/// Elements that hold no text of the article, where the whole page is walked.
const APART: &[&str] = &["nav", "aside", "footer", "header", "form", "dialog"];
/// Elements that never do.
const NEVER: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "object", "button", "select", "textarea",
    "head", "title", "math", "canvas", "audio", "video",
];
/// Elements around which words break into paragraphs.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Starts a report from the text of a page.
pub(crate) fn draft(html: &str) -> Draft {
    let trimmed = trim::trim(html);
    let page = Document::from(trimmed.html);
    let metadata = metadata::of(&page);
    remove_hidden(&page);
    let pieces = pieces(page, trimmed.tags <= MOST_TAGS);
    let mut draft = assemble(metadata.title.as_deref(), &pieces);
    draft.report.title = metadata.title;
    draft.report.byline = metadata.byline;
    draft.report.publisher = metadata.publisher;
    draft.report.url = metadata.url;
    draft.report.declared_language = metadata.language;
    draft.report.notes.extend(trimmed.note);
    draft.dates.metadata = metadata.dates;
    draft
}

/// The same for a piece of HTML whose title is known from elsewhere.
pub(crate) fn titled(html: &str, title: Option<&str>) -> Draft {
    let trimmed = trim::trim(html);
    let page = Document::from(trimmed.html);
    let metadata = metadata::of(&page);
    remove_hidden(&page);
    let title = title.map(str::to_owned).or(metadata.title);
    let mut draft = assemble(title.as_deref(), &pieces(page, trimmed.tags <= MOST_TAGS));
    draft.report.title = title;
    draft.report.url = metadata.url;
    draft.report.declared_language = metadata.language;
    draft.report.notes.extend(trimmed.note);
    draft.dates.metadata = metadata.dates;
    draft
}

/// The words of a short piece of HTML, on one line.
pub(crate) fn words(html: &str) -> String {
    normal::one_line(&Document::fragment(trim::trim(html).html).text())
}

/// A paragraph of a page and its kind, where the markup tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    words: String,
    kind: Option<BlockKind>,
}

/// Takes out what a page does not show.
fn remove_hidden(page: &Document) {
    let hidden = page.select("[hidden], [aria-hidden=true], [style]");
    for node in hidden.nodes() {
        let style = node
            .attr("style")
            .map(|style| style.to_lowercase().replace(char::is_whitespace, ""))
            .unwrap_or_default();
        let unseen = ["display:none", "visibility:hidden", "font-size:0;", "opacity:0;"]
            .iter()
            .any(|rule| style.contains(rule))
            || style.ends_with("font-size:0")
            || style.ends_with("opacity:0");
        if unseen
            || node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|value| &*value == "true")
        {
            node.remove_from_parent();
        }
    }
}

/// The paragraphs of the page's article, or of the page where no article is found.
fn pieces(page: Document, searchable: bool) -> Vec<Piece> {
    let whole = marked_article(&page).unwrap_or_else(|| walk(&page.root(), APART));
    if !searchable || is_deep(&page) {
        return whole;
    }
    let config = Config {
        text_mode: TextMode::Formatted,
        keep_classes: true,
        disable_json_ld: true,
        ..Config::default()
    };
    let article =
        Readability::with_document(page, None, Some(config)).and_then(|mut readability| readability.parse());
    let Ok(article) = article else { return whole };
    let found =
        walk(&Document::fragment(article.content).root(), &["nav", "aside", "footer", "form", "dialog"]);
    if length(&found) < SHORTEST && length(&whole) > length(&found) { whole } else { found }
}

/// The paragraphs of the page's one `article` or `main` element, where it has one and there is text in it.
fn marked_article(page: &Document) -> Option<Vec<Piece>> {
    let pieces = ["article", "main"].iter().find_map(|name| match page.select(name).nodes() {
        [only] => Some(walk(only, APART)),
        _ => None,
    })?;
    (length(&pieces) >= 40).then_some(pieces)
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.words.len()).sum()
}

fn is_deep(page: &Document) -> bool {
    let mut waiting = vec![(page.root(), 0)];
    while let Some((node, depth)) = waiting.pop() {
        if depth > DEEPEST {
            return true;
        }
        waiting.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// A step of the walk: into a node, or out of an element.
enum Step<'a> {
    Into(NodeRef<'a>),
    Out { block: bool, kind: bool, verbatim: bool },
}

/// Gathers the paragraphs under a node in order, without recursion.
fn walk(root: &NodeRef<'_>, apart: &[&str]) -> Vec<Piece> {
    let mut gather = Gather::default();
    let mut steps = vec![Step::Into(*root)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Into(node) if node.is_text() => gather.text(&node.text()),
            Step::Into(node) => {
                let name = node.node_name().unwrap_or_default();
                if NEVER.contains(&&*name) || apart.contains(&&*name) {
                    continue;
                }
                if &*name == "br" {
                    gather.words.push('\n');
                    continue;
                }
                let block = BLOCKS.contains(&&*name);
                if block {
                    gather.flush();
                }
                gather.verbatim += usize::from(&*name == "pre");
                let kind = kind(&node, &name);
                if let Some(kind) = kind {
                    gather.flush();
                    gather.kinds.push(kind);
                }
                steps.push(Step::Out { block, kind: kind.is_some(), verbatim: &*name == "pre" });
                steps.extend(node.children_it(true).map(Step::Into));
            }
            Step::Out { block, kind, verbatim } => {
                if block || kind {
                    gather.flush();
                }
                if kind {
                    gather.kinds.pop();
                }
                gather.verbatim -= usize::from(verbatim);
            }
        }
    }
    gather.flush();
    gather.pieces
}

/// The kind an element gives its words.
fn kind(node: &NodeRef<'_>, name: &str) -> Option<BlockKind> {
    match name {
        "h1" => Some(BlockKind::Title),
        "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "figcaption" | "figure" => Some(BlockKind::Caption),
        _ => {
            let class = node.class()?.to_lowercase();
            let mut names = class.split_ascii_whitespace();
            let credit = |name: &str| {
                name.contains("credit") || name.contains("byline") || name.contains("dateline-date")
            };
            if names.clone().any(credit) {
                Some(BlockKind::Credit)
            } else if names.any(|name| name.contains("caption")) {
                Some(BlockKind::Caption)
            } else {
                None
            }
        }
    }
}

#[derive(Default)]
struct Gather {
    pieces: Vec<Piece>,
    words: String,
    /// Kinds of the elements around, the innermost last.
    kinds: Vec<BlockKind>,
    /// How many `pre` elements are open: line ends count in them only.
    verbatim: usize,
}

impl Gather {
    fn text(&mut self, text: &str) {
        if self.verbatim > 0 {
            self.words.push_str(text);
        } else {
            self.words.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
        }
    }

    /// Ends the paragraph. Two line breaks in a row end one as well.
    fn flush(&mut self) {
        let kind = self.kinds.last().copied();
        for words in std::mem::take(&mut self.words).split("\n\n") {
            let words = normal::one_line(words);
            // A credit's class often sits on a wrapper of much more than the credit.
            let kind = kind.filter(|kind| *kind != BlockKind::Credit || phrase::words(&words) <= 25);
            if !words.is_empty() {
                self.pieces.push(Piece { words, kind });
            }
        }
    }
}

/// The text of a report from its title and pieces, a blank line between two.
fn assemble(title: Option<&str>, pieces: &[Piece]) -> Draft {
    let mut draft = Draft::default();
    let same = |words: &str| title.is_some_and(|title| title.to_lowercase() == words.to_lowercase());
    let title_piece = title.map(|title| Piece { words: title.to_string(), kind: Some(BlockKind::Title) });
    let shown = pieces
        .iter()
        .enumerate()
        .filter(|(at, piece)| *at > 3 || !same(&piece.words))
        .map(|(_, piece)| piece);
    for piece in title_piece.iter().chain(shown) {
        let text = &mut draft.report.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&piece.words);
        let span = Span::new(start, text.len());
        draft.paragraphs.push(Paragraph { span, marked: piece.kind });
    }
    draft
}
