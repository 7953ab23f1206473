//! Header lines of the form "Label: value" that crawlers and press archives put before a report.

use crate::phrase;

/// What a header line tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Title,
    Author,
    Publisher,
    Url,
    Published,
    Language,
    /// Known and of no use here: section, length, keywords.
    Other,
}

const LABELS: &[(&str, Label)] = &[
    ("title:", Label::Title),
    ("headline:", Label::Title),
    ("título:", Label::Title),
    ("titular:", Label::Title),
    ("byline:", Label::Author),
    ("author:", Label::Author),
    ("authors:", Label::Author),
    ("autor:", Label::Author),
    ("publisher:", Label::Publisher),
    ("publication:", Label::Publisher),
    ("newspaper:", Label::Publisher),
    ("site:", Label::Publisher),
    ("medio:", Label::Publisher),
    ("url:", Label::Url),
    ("link:", Label::Url),
    ("date:", Label::Published),
    ("published:", Label::Published),
    ("publication date:", Label::Published),
    ("fecha:", Label::Published),
    ("publicado:", Label::Published),
    ("language:", Label::Language),
    ("lang:", Label::Language),
    ("section:", Label::Other),
    ("category:", Label::Other),
    ("length:", Label::Other),
    ("keywords:", Label::Other),
    ("load-date:", Label::Other),
    ("document-type:", Label::Other),
    ("publication-type:", Label::Other),
    ("body:", Label::Other),
];

/// Label and value of a header line.
pub(crate) fn parse(line: &str) -> Option<(Label, &str)> {
    let line = line.trim();
    if line.len() > 500 {
        return None;
    }
    let (label, rest) =
        LABELS.iter().find_map(|(words, label)| Some((*label, phrase::strip_prefix(line, words)?)))?;
    let value = rest.trim();
    let whole = !phrase::ends_sentence(value) || matches!(label, Label::Title | Label::Url);
    whole.then_some((label, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines() {
        assert_eq!(parse("TITLE: Talks resume"), Some((Label::Title, "Talks resume")));
        assert_eq!(parse("URL: https://example.org/a"), Some((Label::Url, "https://example.org/a")));
        assert_eq!(parse("Talks resume: what to know"), None);
    }
}
