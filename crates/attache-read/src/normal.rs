//! One form for every letter, so that later layers compare plain strings.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC, with `\n` line ends and plain spaces, without control characters, bidirectional
/// overrides or characters of no width.
///
/// The last can hide words from a reader, or join what looks apart, and carry no meaning in the
/// languages coded here.
pub(crate) fn normalise(raw: &str) -> String {
    let mut clean = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => clean.push('\n'),
            '\u{2029}' => clean.push_str("\n\n"),
            '\t' => clean.push(' '),
            _ if is_dropped(c) => {}
            _ if c.is_whitespace() => clean.push(' '),
            _ => clean.push(c),
        }
    }
    match is_nfc_quick(clean.chars()) {
        IsNormalized::Yes => clean,
        _ => clean.nfc().collect(),
    }
}

/// The same for a short string on one line: runs of white space become one space, none at the ends.
pub(crate) fn one_line(raw: &str) -> String {
    normalise(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that are never text: controls, bidi marks and overrides, zero width, soft hyphen, tags.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form() {
        assert_eq!(normalise("a\r\nb\rc\u{2029}d"), "a\nb\nc\n\nd");
        assert_eq!(normalise("Pen\u{303}a\u{a0}\u{200b}met\u{202e}"), "Peña met");
        assert_eq!(normalise("bo\u{ad}gus\0\u{7}"), "bogus");
        assert_eq!(one_line("  two \n words "), "two words");
    }
}
