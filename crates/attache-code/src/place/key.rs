//! One form for the many spellings of a name: lower case, without accents, stops and apostrophes; hyphens
//! part words. A name's key is a hash over its words, so that it can grow token by token.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of some words; grows with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

/// FNV-1a's offset basis and prime: short, and the same on every machine.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Key {
    /// The key of no words.
    pub const EMPTY: Key = Key(BASIS);

    /// The key of a whole name.
    pub fn of(name: &str) -> Key {
        Key::EMPTY.with(name)
    }

    /// The key as a number, as [`super::pack`] keeps it.
    pub fn number(self) -> u64 {
        self.0
    }

    /// The key of that number.
    pub fn from_number(number: u64) -> Key {
        Key(number)
    }

    /// This key and the words of `text`.
    pub fn with(self, text: &str) -> Key {
        if text.is_ascii() { self.with_ascii(text) } else { self.with_ascii(&plain(text)) }
    }

    fn with_ascii(self, text: &str) -> Key {
        text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’' | '`'))
            .fold(self, Key::word)
    }

    fn word(self, word: &str) -> Key {
        // A possessive is a token of its own.
        if let Some(owner) = word.strip_suffix("'s").filter(|owner| !owner.is_empty()) {
            return self.word(owner).word("s");
        }
        let letters =
            word.bytes().filter(|b| !matches!(b, b'.' | b'\'' | b'`')).map(|b| b.to_ascii_lowercase());
        let short = match word.trim_end_matches('.') {
            w if w.eq_ignore_ascii_case("saint") => Some("st"),
            w if w.eq_ignore_ascii_case("mount") => Some("mt"),
            w if w.eq_ignore_ascii_case("fort") => Some("ft"),
            _ => None,
        };
        let eat = |Key(hash): Key, byte: u8| Key((hash ^ u64::from(byte)).wrapping_mul(PRIME));
        let start = self;
        let end = match short {
            Some(short) => short.bytes().fold(start, eat),
            None => letters.fold(start, eat),
        };
        // A space closes each word, so that "New York" and "NewYork" differ.
        if end == start { start } else { eat(end, b' ') }
    }
}

/// Without accents, in Latin letters as far as they have such a form.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ł' | 'Ł' => plain.push('l'),
            'ø' | 'Ø' => plain.push('o'),
            'đ' | 'Đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' | 'Æ' => plain.push_str("ae"),
            'œ' | 'Œ' => plain.push_str("oe"),
            '‘' | '’' | 'ʼ' | 'ʻ' => plain.push('\''),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_share_a_key() {
        for (one, other) in [
            ("Bogotá", "BOGOTA"),
            ("U.S.", "US"),
            ("St. Louis", "Saint Louis"),
            ("Guinea-Bissau", "Guinea - Bissau"),
            ("N’Djamena", "N'Djamena"),
            ("Łódź", "Lodz"),
            ("People’s Republic", "People 's Republic"),
        ] {
            assert_eq!(Key::of(one), Key::of(other), "{one} and {other}");
        }
        assert_eq!(Key::EMPTY.with("New").with("York"), Key::of("New York"));
        assert_ne!(Key::of("NewYork"), Key::of("New York"));
    }
}
