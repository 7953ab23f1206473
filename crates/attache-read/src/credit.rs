//! Captions and picture credits inside a paragraph.
//!
//! A crawler glues what stood under a picture to its credit: "The two ministers shake hands. Credit:
//! A. Soto / Presidency." The sentence before the mark is the caption, the rest the credit.

use crate::phrase;
use std::ops::Range;

/// Words that open a credit.
const LABELS: &[&str] = &[
    "credit:",
    "credits:",
    "photo credit:",
    "photo credits:",
    "photo by",
    "photos by",
    "photo:",
    "photos:",
    "photograph:",
    "photograph by",
    "photo courtesy",
    "picture:",
    "picture by",
    "picture credit:",
    "image:",
    "image by",
    "image credit:",
    "image courtesy",
    "images:",
    "illustration:",
    "illustration by",
    "graphic:",
    "video:",
    "courtesy of",
    "crédito:",
    "créditos:",
    "foto:",
    "fotos:",
    "foto de",
    "fotografía:",
    "imagen:",
    "cortesía:",
    "ilustración:",
    "file photo",
    "archive photo",
    "ap photo",
    "reuters/",
    "afp/",
    "afp via",
    "via reuters",
    "via ap",
    "epa/",
    "getty images",
    "source:",
    "fuente:",
    "handout",
];

/// Agencies and words that show a bracket or a tail to be a credit.
const PICTURE_WORDS: &[&str] = &[
    "photo",
    "photos",
    "photograph",
    "foto",
    "fotos",
    "image",
    "images",
    "imagen",
    "picture",
    "getty",
    "handout",
];
const AGENCIES: &[&str] = &[
    "ap",
    "afp",
    "reuters",
    "efe",
    "epa",
    "epa-efe",
    "ansa",
    "dpa",
    "xinhua",
    "tass",
    "bloomberg",
    "anadolu",
];

/// Openings of a caption that has no credit.
const CAPTIONS: &[&str] = &[
    "file photo:",
    "file -",
    "file –",
    "file —",
    "archive photo:",
    "caption:",
    "pictured:",
    "photo:",
    "image:",
    "picture:",
    "foto:",
    "imagen:",
    "in this photo",
    "in this image",
    "in this handout",
];

/// Longest credit, in bytes.
const LONGEST: usize = 180;

/// A paragraph taken apart, as byte ranges of it: body, then caption, then credit. Any may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    pub body: Range<usize>,
    pub caption: Range<usize>,
    pub credit: Range<usize>,
}

/// Takes a paragraph apart where it holds a caption or a credit; none for plain paragraphs.
pub(crate) fn split(paragraph: &str) -> Option<Parts> {
    let end = paragraph.len();
    if let Some((at, source)) = labelled(paragraph) {
        return Some(parts(paragraph, at, !source));
    }
    if let Some((at, picture)) = bracketed(paragraph).or_else(|| unmarked_tail(paragraph)) {
        return Some(parts(paragraph, at, picture));
    }
    let captioned = phrase::words(paragraph) <= 80
        && CAPTIONS.iter().any(|opening| phrase::starts_with(paragraph, opening));
    captioned.then_some(Parts { body: 0..0, caption: 0..end, credit: end..end })
}

/// Where the credit starts at `at`: with a picture's credit the sentence before it is the caption, and
/// so is the one before that where the paragraph has no more.
fn parts(paragraph: &str, at: usize, picture: bool) -> Parts {
    let end = paragraph.len();
    let before = paragraph.get(..at).unwrap_or("").trim_end().len();
    if !picture {
        return Parts { body: 0..before, caption: before..before, credit: at..end };
    }
    let starts = phrase::sentence_starts(paragraph.get(..before).unwrap_or(""));
    let caption = if starts.len() <= 2 { 0 } else { starts.last().copied().unwrap_or(0) };
    let body = paragraph.get(..caption).unwrap_or("").trim_end().len();
    Parts { body: 0..body, caption: caption..before, credit: at..end }
}

/// A label at the start, after the end of a sentence or after a bar or bracket, with a short rest.
/// The flag is true for "Source:", which credits a text, not a picture.
fn labelled(paragraph: &str) -> Option<(usize, bool)> {
    let mut from = paragraph.len().saturating_sub(LONGEST);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let window = paragraph.get(from..)?;
    for (offset, _) in window.char_indices() {
        let at = from + offset;
        let (before, rest) = paragraph.split_at(at);
        if !opens_credit(before) {
            continue;
        }
        let Some(label) = LABELS.iter().find(|label| phrase::starts_with(rest, label)) else { continue };
        if !is_short_credit(rest, label) {
            continue;
        }
        let bracket = before.trim_end().ends_with(['(', '[', '|', '/']);
        let cut = if bracket { before.trim_end().len() - 1 } else { at };
        return Some((cut, label.starts_with("source") || label.starts_with("fuente")));
    }
    None
}

/// True where a credit may begin after these words.
fn opens_credit(before: &str) -> bool {
    if before.ends_with(|c: char| c.is_alphanumeric()) {
        return false;
    }
    let bare = before.trim_end();
    bare.is_empty()
        || before.ends_with('\n')
        || bare
            .ends_with(['.', '!', '?', '…', '"', '”', '’', '»', ')', ']', '(', '[', '|', '–', '—', '•', '·'])
        || bare.ends_with(" -")
}

/// True where the rest of the paragraph is a credit and no more: no sentence follows inside it.
fn is_short_credit(rest: &str, label: &str) -> bool {
    let value = phrase::strip_prefix(rest, label).unwrap_or("");
    let most = if label.starts_with("source") || label.starts_with("fuente") { 8 } else { 16 };
    let inner = value.trim().trim_end_matches(['.', ')', ']']);
    // "Photo: two ministers sign the treaty in Lima." is a caption, not a credit.
    let small = inner.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let told = phrase::ends_sentence(value) && small >= 4;
    !told
        && phrase::words(inner) <= most
        && phrase::sentence_starts(inner).len() == 1
        && (label.ends_with([':', '/']) || inner.chars().any(char::is_uppercase) || inner.is_empty())
}

/// A last bracket with a credit's words in it: "(AP Photo/Ana Soto)", "[Li Wei/Reuters]". The flag is
/// true for a picture's credit, false for an agency alone, which credits the text.
fn bracketed(paragraph: &str) -> Option<(usize, bool)> {
    let bare = paragraph.trim_end().trim_end_matches('.');
    let (open, inner) = match bare.chars().next_back()? {
        ')' => ('(', bare.strip_suffix(')')?),
        ']' => ('[', bare.strip_suffix(']')?),
        _ => return None,
    };
    let at = inner.rfind(open)?;
    let inner = inner.get(at + 1..)?;
    if inner.len() > LONGEST || phrase::words(inner) > 14 {
        return None;
    }
    let small = inner.trim().to_lowercase();
    if AGENCIES.contains(&small.as_str()) {
        return Some((at, false));
    }
    is_picture_credit(inner).then_some((at, true))
}

/// A last stretch after the end of a sentence that has no full stop and names an agency behind a
/// slash: "… arrives in Lima. Ana Soto/AFP".
fn unmarked_tail(paragraph: &str) -> Option<(usize, bool)> {
    let mut from = paragraph.len().saturating_sub(LONGEST);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let at = from + *phrase::sentence_starts(paragraph.get(from..)?).last()?;
    let tail = paragraph.get(at..)?;
    (at > from && phrase::words(tail) <= 8 && !phrase::ends_sentence(tail) && is_picture_credit(tail))
        .then_some((at, true))
}

/// True for words that name a photographer and an agency, or speak of a picture.
fn is_picture_credit(text: &str) -> bool {
    let small = text.to_lowercase();
    let mut words = small.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let agency = |part: &str| part.split_whitespace().next().is_some_and(|word| AGENCIES.contains(&word));
    let slashed = small.split_once('/').is_some_and(|(before, after)| {
        agency(after.trim())
            || before.split_whitespace().next_back().is_some_and(|word| AGENCIES.contains(&word))
    });
    let pictured = words.any(|word| PICTURE_WORDS.contains(&word));
    slashed
        || pictured
            && (small.contains('/')
                || small.contains(" by ")
                || small.contains(':')
                || small.contains("getty")
                || small.starts_with("ap ")
                || small.contains(" via ")
                || phrase::words(text) <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(paragraph: &str) -> Option<(&str, &str, &str)> {
        split(paragraph).map(|p| (&paragraph[p.body], &paragraph[p.caption], &paragraph[p.credit]))
    }

    #[test]
    fn caption_and_credit() {
        assert_eq!(
            told("The ministers shake hands in Lima. Credit: A. Soto / Presidency of Peru."),
            Some(("", "The ministers shake hands in Lima.", "Credit: A. Soto / Presidency of Peru."))
        );
        assert_eq!(told("Photo: Ana Soto/AFP"), Some(("", "", "Photo: Ana Soto/AFP")));
        assert_eq!(
            told("Guards at the gate on Monday. (AP Photo/Li Wei)"),
            Some(("", "Guards at the gate on Monday.", "(AP Photo/Li Wei)"))
        );
        assert_eq!(
            told("A truck burns near the bridge. Li Wei/Reuters"),
            Some(("", "A truck burns near the bridge.", "Li Wei/Reuters"))
        );
        let whole = "Photo: two ministers sign the treaty in the port of Lima.";
        assert_eq!(told(whole), Some(("", whole, "")));
        assert_eq!(told("A truck burns [Photo by Li Wei]"), Some(("", "A truck burns", "[Photo by Li Wei]")));
    }

    #[test]
    fn credit_behind_a_body_paragraph() {
        assert_eq!(
            told("Talks began. They went on. They ended at noon. Delegates leave the hall. Photo: Li Wei"),
            Some((
                "Talks began. They went on. They ended at noon.",
                "Delegates leave the hall.",
                "Photo: Li Wei"
            ))
        );
        assert_eq!(
            told("Talks ended at noon. Source: Reuters"),
            Some(("Talks ended at noon.", "", "Source: Reuters"))
        );
        assert_eq!(told("Talks ended at noon. (Reuters)"), Some(("Talks ended at noon.", "", "(Reuters)")));
    }

    #[test]
    fn plain_paragraphs() {
        for text in [
            "The bank gave credit: a loan of five million dollars was signed in Lima.",
            "She held up a photo by the artist at the rally.",
            "The group (EU) met on Friday.",
            "One source: an aide who spoke on Monday. He gave no name and left the hall early that day.",
            "Talks between the African Union and the bloc (AU/EU) ended.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
