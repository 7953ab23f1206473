//! Reading tips, adverts, cookie banners and copyright lines: words of the page, not of the report.

use crate::phrase;

/// Openings that no sentence of a report has.
const OPENINGS: &[&str] = &[
    "read also",
    "also read",
    "read more",
    "read next",
    "see also:",
    "related:",
    "related articles",
    "related stories",
    "related news",
    "related content",
    "related topics",
    "related coverage",
    "more on this story",
    "you may also like",
    "you might also like",
    "subscribe to",
    "subscribe now",
    "sign up for",
    "sign up to",
    "share this",
    "share on",
    "follow us",
    "click here",
    "this website uses cookies",
    "this site uses cookies",
    "we use cookies",
    "accept cookies",
    "accept all cookies",
    "copyright ©",
    "copyright (c)",
    "© copyright",
    "print this",
    "email this",
    "download our app",
    "download the app",
    "leave a comment",
    "leave a reply",
    "filed under",
    "skip to content",
    "skip to main",
    "home >",
    "home »",
    "home /",
    "lea también",
    "lee también",
    "lea además",
    "lea más",
    "leer más",
    "te puede interesar",
    "le puede interesar",
    "te recomendamos",
    "noticias relacionadas",
    "síguenos",
    "suscríbete",
    "suscríbase",
    "comparte esta",
    "compartir en",
    "este sitio web utiliza cookies",
    "este sitio usa cookies",
];

/// Whole lines, or openings of lines of a few words.
const SHORT_LINES: &[&str] = &[
    "advertisement",
    "advertisements",
    "advertising",
    "article continues below",
    "story continues below",
    "continue reading",
    "sponsored",
    "sponsored content",
    "promoted",
    "comments",
    "share",
    "tweet",
    "print",
    "email",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "linkedin",
    "log in",
    "sign in",
    "subscribe",
    "sign up",
    "newsletter",
    "donate",
    "support us",
    "most read",
    "most popular",
    "trending",
    "recommended",
    "latest news",
    "breaking news",
    "top stories",
    "more news",
    "more stories",
    "read more",
    "related",
    "tags",
    "topics",
    "menu",
    "search",
    "close",
    "home",
    "world",
    "world news",
    "politics",
    "publicidad",
    "compartir",
    "comentarios",
    "etiquetas",
    "lo más leído",
    "más noticias",
    "menú",
    "buscar",
    "inicio",
    "noticias",
    "follow",
    "listen",
    "watch",
    "live",
    "video",
    "gallery",
    "back to top",
    "next article",
    "previous article",
    "load more",
    "join our",
    "follow @",
];

/// Phrases that give a line away where it also speaks to the reader.
const TELLTALES: &[&str] = &[
    "cookies",
    "privacy policy",
    "terms of use",
    "terms of service",
    "newsletter",
    "subscribe",
    "follow us",
    "política de privacidad",
    "boletín",
    "our app",
    "click here",
    "sign up",
];

/// Phrases that give a line away by themselves.
const NOTICES: &[&str] = &[
    "all rights reserved",
    "may not be published, broadcast",
    "todos los derechos reservados",
    "reproduction without permission",
    "prohibida su reproducción",
];

/// Lines after which a list of other reports' titles follows.
const LISTS: &[&str] = &[
    "related",
    "more on this story",
    "more stories",
    "more news",
    "read more",
    "read also",
    "read next",
    "you may also like",
    "you might also like",
    "recommended",
    "most read",
    "most popular",
    "trending",
    "latest news",
    "top stories",
    "te puede interesar",
    "le puede interesar",
    "noticias relacionadas",
    "lea también",
    "lo más leído",
    "más noticias",
];

/// Longest line that is looked at, in bytes: boilerplate is short.
const LONGEST: usize = 400;

/// True for a line that is the page's talk.
pub(crate) fn is_boilerplate(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['>', '»', '•', '|', '[', '*', '-', '–', '—', ' ']);
    if line.len() > LONGEST {
        return false;
    }
    if OPENINGS.iter().any(|opening| phrase::starts_with(line, opening)) {
        return true;
    }
    let bare = line.trim_end_matches([':', '.', '!', ']', '|', '-', '»', '>', ' ']);
    if phrase::words(bare) <= 4 && SHORT_LINES.iter().any(|short| bare.to_lowercase() == *short) {
        return true;
    }
    if phrase::words(line) <= 6
        && ["join our", "follow @", "tags:", "topics:", "share:"].iter().any(|s| phrase::starts_with(line, s))
    {
        return true;
    }
    let small = line.to_lowercase();
    if NOTICES.iter().any(|notice| small.contains(notice)) {
        return true;
    }
    if line.starts_with('©') || small.starts_with("copyright 19") || small.starts_with("copyright 20") {
        return true;
    }
    TELLTALES.iter().any(|tell| small.contains(tell)) && speaks_to_reader(&small)
}

/// True for a line that heads a list of links to other reports.
pub(crate) fn opens_list(line: &str) -> bool {
    let line = line.trim().trim_end_matches([':', ' ']);
    phrase::words(line) <= 6
        && LISTS.iter().any(|list| {
            phrase::strip_prefix(line, list).is_some_and(|rest| {
                let rest = rest.trim().to_lowercase();
                matches!(
                    rest.as_str(),
                    "" | "articles"
                        | "stories"
                        | "news"
                        | "content"
                        | "links"
                        | "topics"
                        | "coverage"
                        | "now"
                        | "here"
                )
            })
        })
}

/// "you", "your", "we" or "our" as words: a report seldom says them beside a telltale, outside quotes.
fn speaks_to_reader(small: &str) -> bool {
    !small.contains(['"', '“'])
        && small.split(|c: char| !c.is_alphanumeric()).any(|word| {
            matches!(word, "you" | "your" | "we" | "our" | "us" | "nuestra" | "nuestro" | "tu" | "su")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_talk() {
        for line in [
            "Read also: Ministers to meet again in May",
            "ADVERTISEMENT",
            "© 2026 The Valley Gazette",
            "We and our partners use cookies to give you the best experience.",
            "Sign up for our weekly newsletter",
            "Lea también: Los ministros se reúnen",
            "Follow us on X and Facebook.",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn the_reports_talk() {
        for line in [
            "The commission fined the company over its privacy policy.",
            "Follow-up talks will be held in Quito.",
            "Trending down since March, exports fell again.",
            "Recommended sentences range from five to ten years.",
            "“We will not subscribe to this treaty,” the minister said.",
            "World leaders gathered in Geneva.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn list_heads() {
        assert!(opens_list("Related articles:") && opens_list("You may also like") && opens_list("Related"));
        assert!(!opens_list("Related talks in Vienna stalled"));
    }
}
