//! A page cut to a size that can be parsed in bounded time and memory.
//!
//! An HTML parser must look through its open elements at every tag, so a page of a hundred thousand
//! nested elements costs as many squared. Browsers stop nesting at some depth; so does this pass over
//! the raw tags, before any parser sees them. It also leaves out what is never text: scripts (but for
//! JSON-LD), styles, comments, drawings, and the tags that only change the look of letters.

use std::collections::{HashMap, HashSet};

/// Deepest nesting kept. News pages stay under sixty; Chromium flattens at 512.
const DEEPEST: usize = 200;
/// Most tags kept.
const MOST_TAGS: usize = 150_000;
/// Longest tag kept with its attributes, in bytes; longer ones lose the attributes.
const LONGEST_TAG: usize = 16 * 1024;

/// Elements whose content is never text of the report.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "math", "textarea",
    "select",
];
/// Elements that change the look of letters; kept nested they can multiply in a parser.
const LOOKS: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "mark", "wbr",
];
/// Elements without content, which do not nest.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "!doctype", "?xml",
];
/// Elements a parser closes by itself when the next begins, so that pages leave out the end tag.
const SELF_CLOSING: &[&str] = &["p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot"];

/// A page that was cut.
#[derive(Debug)]
pub(crate) struct Trimmed {
    pub html: String,
    /// Tags it still has.
    pub tags: usize,
    /// For a person, where text or structure was lost.
    pub note: Option<String>,
}

/// Cuts a page; linear in its length.
pub(crate) fn trim(html: &str) -> Trimmed {
    let mut out = String::with_capacity(html.len() / 2);
    let mut open = Open::default();
    let mut scan = Scan { last: html.rfind('>').unwrap_or(0), ..Scan::default() };
    let (mut tags, mut flattened, mut at) = (0usize, false, 0);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        out.push_str(html.get(at..at + found).unwrap_or(""));
        at += found;
        let rest = html.get(at..).unwrap_or("");
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            continue;
        }
        let Some(tag) = scan.tag(rest, at) else {
            out.push_str("&lt;");
            at += 1;
            continue;
        };
        at += tag.len;
        if SKIPPED.contains(&tag.name.as_str()) {
            at += scan.skip(html.get(at..).unwrap_or(""), &tag, &mut out);
            continue;
        }
        if LOOKS.contains(&tag.name.as_str()) {
            continue;
        }
        if !open.keeps(&tag) {
            flattened |= !tag.closing;
            continue;
        }
        tags += 1;
        if tags > MOST_TAGS {
            let note =
                Some(format!("the page has more than {MOST_TAGS} tags; what follows them was not read"));
            return Trimmed { html: out, tags, note };
        }
        if tag.len > LONGEST_TAG {
            out.push_str(&format!("<{}>", tag.name));
        } else {
            out.push_str(rest.get(..tag.len).unwrap_or(""));
        }
    }
    out.push_str(html.get(at..).unwrap_or(""));
    let note = flattened
        .then(|| format!("the page nests elements deeper than {DEEPEST}; they were read as one level"));
    Trimmed { html: out, tags, note }
}

/// A start or end tag at the start of a stretch.
struct Tag {
    /// In small letters.
    name: String,
    closing: bool,
    /// Bytes from `<` to `>`.
    len: usize,
    /// `application/ld+json` stands in it.
    json_ld: bool,
    /// It ends in `/>`.
    empty: bool,
}

/// What is known of the rest of the page, so that no stretch is searched in vain twice.
#[derive(Default)]
struct Scan {
    /// Offset of the last `>`; no tag begins after it.
    last: usize,
    /// A tag's quotes did not close before the page's end: from there on quotes do not count.
    quotes_broken: bool,
    /// Elements that have no end tag any more.
    endless: HashSet<String>,
}

impl Scan {
    /// The tag at the start of `rest`, which stands at `at`.
    fn tag(&mut self, rest: &str, at: usize) -> Option<Tag> {
        let inner = rest.strip_prefix('<')?;
        let closing = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let first = inner.chars().next()?;
        if at > self.last || !(first.is_ascii_alphabetic() || matches!(first, '!' | '?')) {
            return None;
        }
        let name_end =
            inner.bytes().take(40).position(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'));
        let name = inner.get(..name_end.unwrap_or(0)).unwrap_or("").to_ascii_lowercase();
        let len = self.tag_end(rest)?;
        let whole = rest.get(..len)?;
        let json_ld = name == "script"
            && whole.len() < LONGEST_TAG
            && whole.to_ascii_lowercase().contains("application/ld+json");
        Some(Tag { name, closing, len, json_ld, empty: whole.ends_with("/>") })
    }

    /// Length of a tag: up to the `>` outside quotes.
    fn tag_end(&mut self, rest: &str) -> Option<usize> {
        let (mut quote, mut before) = (None, b' ');
        for (at, byte) in rest.bytes().enumerate() {
            match quote {
                Some(open) if byte == open => quote = None,
                None if byte == b'>' => return Some(at + 1),
                None if !self.quotes_broken && before == b'=' && matches!(byte, b'"' | b'\'') => {
                    quote = Some(byte);
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
        }
        self.quotes_broken = true;
        rest.find('>').map(|at| at + 1)
    }

    /// Passes over a skipped element, and copies it where it is JSON-LD. Returns the bytes passed.
    fn skip(&mut self, rest: &str, tag: &Tag, out: &mut String) -> usize {
        let drawing = matches!(tag.name.as_str(), "svg" | "math");
        if tag.closing || tag.empty && drawing || self.endless.contains(&tag.name) {
            return 0;
        }
        let end = find_end(rest, &tag.name).unwrap_or_else(|| {
            self.endless.insert(tag.name.clone());
            // As in a browser: an open script takes the rest. Others must not swallow the page.
            if matches!(tag.name.as_str(), "script" | "style") { rest.len() } else { 0 }
        });
        if tag.json_ld {
            out.push_str("<script type=\"application/ld+json\">");
            out.push_str(rest.get(..end).unwrap_or(""));
            out.push_str("</script>");
        }
        end
    }
}

/// Offset of the element's end tag.
fn find_end(rest: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|tail| tail.find("</")) {
        at += found;
        let tail = rest.get(at + 2..).unwrap_or("");
        if tail.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return Some(at);
        }
        at += 2;
    }
    None
}

/// The open elements, by name, as far as raw tags tell.
#[derive(Default)]
struct Open {
    depth: usize,
    counts: HashMap<String, usize>,
    /// Start tags left out, whose end tags must go too.
    dropped: HashMap<String, usize>,
}

impl Open {
    /// Takes note of a tag; false where it must be left out.
    fn keeps(&mut self, tag: &Tag) -> bool {
        if VOID.contains(&tag.name.as_str()) || SELF_CLOSING.contains(&tag.name.as_str()) {
            return true;
        }
        if tag.closing {
            return self.closes(&tag.name);
        }
        if self.depth >= DEEPEST {
            *self.dropped.entry(tag.name.clone()).or_default() += 1;
            return false;
        }
        self.depth += 1;
        *self.counts.entry(tag.name.clone()).or_default() += 1;
        true
    }

    fn closes(&mut self, name: &str) -> bool {
        if let Some(dropped) = self.dropped.get_mut(name).filter(|dropped| **dropped > 0) {
            *dropped -= 1;
            return false;
        }
        match self.counts.get_mut(name).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                self.depth = self.depth.saturating_sub(1);
                true
            }
            // An end tag without its start: parsers pass over it too.
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_goes() {
        let Trimmed { html: page, note, .. } = trim(
            "<div><!-- c --><script>a<b</script><p>One <b>two</b></p><style>p{}</style></div>\
             <script type='application/ld+json'>{\"a\":1}</script>",
        );
        assert_eq!(page, "<div><p>One two</p></div><script type=\"application/ld+json\">{\"a\":1}</script>");
        assert_eq!(note, None);
    }

    #[test]
    fn depth_is_bounded() {
        let Trimmed { html: page, note, .. } =
            trim(&format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000)));
        assert_eq!(page.matches("<div>").count(), DEEPEST);
        assert_eq!(page.matches("</div>").count(), DEEPEST);
        assert!(page.contains("deep") && note.is_some());
    }

    #[test]
    fn stray_marks_stay_text() {
        assert_eq!(trim("<p>1 < 2 and <3").html, "<p>1 &lt; 2 and &lt;3");
        assert_eq!(trim("<a title=\"x > y\">z</a></p").html, "<a title=\"x > y\">z</a>&lt;/p");
    }
}
