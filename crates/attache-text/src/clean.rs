//! Words of the input, made safe to show on a terminal or a page.

use std::borrow::Cow;

/// The words with nothing left that a terminal obeys: white space of any kind becomes a space, control
/// characters (so every escape sequence) become U+FFFD, and characters that reorder or hide text
/// (bidi controls, zero-width spaces, tags) are dropped. Joiners that spelling needs are kept.
pub fn clean(words: &str) -> Cow<'_, str> {
    if words.chars().all(|letter| shown(letter) == Some(letter)) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.chars().filter_map(shown).collect())
}

fn shown(letter: char) -> Option<char> {
    match letter {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        letter if letter.is_control() => Some('\u{fffd}'),
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        letter => Some(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_terminal_obeys_is_left() {
        assert_eq!(clean("talks in Córdoba"), "talks in Córdoba");
        assert_eq!(clean("a\x1b[31mred\x07 \u{9b}2J"), "a\u{fffd}[31mred\u{fffd} \u{fffd}2J");
        assert_eq!(clean("one\r\n\ttwo"), "one   two");
        assert_eq!(clean("ab\u{202e}cd\u{200b}e\u{feff}"), "abcde");
        assert_eq!(clean("نمی\u{200c}خواهم"), "نمی\u{200c}خواهم");
    }
}
