//! The brief as one self-contained page: pictures inside, no script, nothing loaded from elsewhere.

use crate::alert::headline;
use crate::brief::{Brief, Entry, Level, Person};
use crate::charts;
use crate::marks::pieces;
use crate::tongue::Tongue;
use askama::Template;
use attache_text::{Span, clean};

/// No report address is longer, in bytes.
const LONGEST_URL: usize = 2_000;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    brief: &'a Brief,
    tongue: Tongue,
    a: &'a str,
    b: &'a str,
    levels: [(String, &'a Level); 3],
    people: [(&'a str, &'a [Person]); 2],
    timeline: String,
    quads: String,
    agenda: String,
    map: Option<String>,
    events: Vec<Shown<'a>>,
    more: usize,
}

/// An event with its sentence marked.
struct Shown<'a> {
    event: &'a Entry,
    title: String,
    evidence: String,
    link: Option<&'a str>,
}

/// The page, with at most `most` events as evidence.
///
/// # Errors
/// None in practice: the template writes into memory.
pub fn html(brief: &Brief, tongue: Tongue, most: usize) -> Result<String, askama::Error> {
    let a = clean(&brief.a.name).into_owned();
    let b = brief.b.as_ref().map_or_else(|| tongue.say("others").to_owned(), |b| clean(&b.name).into_owned());
    let levels = [
        (tongue.say("joint").to_owned(), &brief.standing.joint),
        (format!("{a} → {b}"), &brief.standing.out),
        (format!("{b} → {a}"), &brief.standing.back),
    ];
    let events = brief.events.iter().take(most).map(shown).collect();
    let page = Page {
        brief,
        tongue,
        people: [(&a, &brief.people_a), (&b, &brief.people_b)],
        a: &a,
        b: &b,
        levels,
        timeline: charts::timeline(brief, tongue),
        quads: charts::quads(brief, tongue),
        agenda: charts::agenda(brief, tongue),
        map: charts::places(brief, tongue),
        events,
        more: brief.events.len().saturating_sub(most),
    };
    page.render()
}

fn shown(event: &Entry) -> Shown<'_> {
    Shown {
        event,
        title: clean(&headline(event)).into_owned(),
        evidence: marked(event),
        link: event.url.as_deref().and_then(link),
    }
}

/// The sentence of an event as safe markup, its words in `<mark>` with their roles as classes and in words.
pub fn marked(event: &Entry) -> String {
    let whole = Span::new(0, event.sentence.len());
    let piece = |piece: &crate::marks::Piece<'_>| match piece.roles.is_empty() {
        true => charts::escape(piece.text),
        false => format!(
            "<mark class=\"{0}\" title=\"{0}\">{1}</mark>",
            piece.classes(),
            charts::escape(piece.text)
        ),
    };
    pieces(&event.sentence, whole, &event.marks).iter().map(piece).collect()
}

/// An address a page may link to: http or https, no white space or control characters, not too long.
pub fn link(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    let plain = url.chars().all(|letter| !letter.is_whitespace() && !letter.is_control() && letter != '"');
    (web && plain && url.len() <= LONGEST_URL && clean(url) == url).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(link("https://example.org/a?b=1"), Some("https://example.org/a?b=1"));
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "http://a b",
            "//example.org",
            "https://a\u{202e}b",
            "",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}
