//! How bytes become text, and what decided it.
//!
//! In order: a byte order mark, the shape of UTF-16, valid UTF-8, the page's own declaration, a guess
//! by letter frequencies. Valid UTF-8 with letters outside ASCII goes before a declaration of another
//! charset: such bytes are next to never anything else. A guess or declaration that makes Chinese or
//! Croatian of a western text is overruled.

use crate::kind;
use attache_text::Charset;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page a charset declaration may stand; the HTML standard says 1024 bytes.
const DECLARATION: usize = 4096;
/// How much is shown to the detector.
const PROBE: usize = 256 * 1024;

/// Text, how it was got, and what a person should know about that.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    pub charset: Charset,
    pub notes: Vec<String>,
}

/// Decodes any bytes; what cannot be decoded becomes U+FFFD and is counted.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    decode_hinted(bytes, None)
}

/// The same, with a charset that was declared outside the bytes, and the word for where: `http`, `meta`. It
/// goes before a declaration of the bytes' own, and is believed no more than one.
pub(crate) fn decode_hinted(bytes: &[u8], hint: Option<(&str, &'static str)>) -> Decoded {
    let mut notes = Vec::new();
    let (encoding, by) = choose(bytes, hint, &mut notes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let replaced = replaced(bytes, &text, encoding);
    if replaced > 0 {
        notes.push(format!(
            "{replaced} byte sequence{} not valid {} and stand{} in the text as U+FFFD",
            if replaced == 1 { " was" } else { "s were" },
            encoding.name(),
            if replaced == 1 { "s" } else { "" },
        ));
    }
    let charset = Charset { name: encoding.name().into(), by: by.into(), replaced };
    Decoded { text: text.into_owned(), charset, notes }
}

/// The encoding, and the word that says what decided it.
fn choose(
    bytes: &[u8],
    hint: Option<(&str, &'static str)>,
    notes: &mut Vec<String>,
) -> (&'static Encoding, &'static str) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, "bom");
    }
    if let Some(encoding) = kind::utf16(bytes) {
        return (encoding, "detected");
    }
    let hinted = hint.and_then(|(label, by)| Some((Encoding::for_label(label.trim().as_bytes())?, by)));
    let (declared, by) = match hinted {
        Some((encoding, by)) => (Some(encoding), by),
        None => (declared(bytes), "meta"),
    };
    if std::str::from_utf8(bytes).is_ok() {
        match declared {
            Some(other) if other != UTF_8 && !bytes.is_ascii() => {
                notes.push(format!("the page declares {}, but its bytes are valid UTF-8", other.name()));
            }
            _ => {}
        }
        return (UTF_8, "valid-utf8");
    }
    if mostly_utf8(bytes) {
        return (UTF_8, if declared == Some(UTF_8) { by } else { "detected" });
    }
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    let western = is_western(probe);
    match declared {
        Some(encoding) if encoding == UTF_8 => {
            notes.push("the page declares UTF-8, but its bytes are not".into());
        }
        Some(encoding) if western && encoding != WINDOWS_1252 && !latin_kin(encoding) => {
            notes.push(format!("the page declares {}, but its bytes read as western text", encoding.name()));
            return (WINDOWS_1252, "detected");
        }
        Some(encoding) => return (encoding, by),
        None => {}
    }
    if western {
        return (WINDOWS_1252, "detected");
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(probe, true);
    (detector.guess(None, Utf8Detection::Deny), "detected")
}

/// The encoding an HTML `meta` or XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    if !head.contains("<meta") && !head.trim_start().starts_with("<?xml") {
        return None;
    }
    ["charset=", "encoding="].iter().find_map(|key| {
        let rest = head.split_once(key)?.1.trim_start_matches(['"', '\'', ' ']);
        let label = rest.split(['"', '\'', ' ', '>', ';', '/', '?']).next()?;
        Encoding::for_label(label.as_bytes())
    })
}

/// True where nearly all sequences outside ASCII are valid UTF-8: a UTF-8 file with a few bad bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad.saturating_mul(4) && good > 0
}

/// True where the bytes outside ASCII are few, stand between ASCII letters, and are all letters and
/// marks that Spanish, French, Portuguese, German or English text has in windows-1252.
fn is_western(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let usual = bytes.iter().filter(|byte| is_western_byte(**byte)).count();
    high > 0 && high * 8 <= bytes.len() && (high - usual) * 50 <= high
}

/// Bytes of windows-1252 that western running text uses.
fn is_western_byte(byte: u8) -> bool {
    matches!(byte,
        0x80 | 0x85 | 0x91..=0x97 | 0x99 | 0xa0 | 0xa1 | 0xa3 | 0xa9..=0xab | 0xad | 0xb0 | 0xb4 | 0xb7
        | 0xba | 0xbb | 0xbf | 0xc0..=0xc4 | 0xc7..=0xcf | 0xd1..=0xd6 | 0xd9..=0xdc | 0xdf
        | 0xe0..=0xe4 | 0xe7..=0xef | 0xf1..=0xf6 | 0xf9..=0xfc)
}

/// Charsets so near windows-1252 that a declaration of them can be believed.
fn latin_kin(encoding: &'static Encoding) -> bool {
    matches!(encoding.name(), "ISO-8859-15" | "macintosh" | "windows-1254")
}

/// How many sequences the decoder gave up on: replacement characters that the input did not hold.
fn replaced(bytes: &[u8], text: &str, encoding: &'static Encoding) -> usize {
    let there = text.matches('\u{fffd}').count();
    let own = match encoding.name() {
        "UTF-8" => bytes.windows(3).filter(|three| *three == [0xef, 0xbf, 0xbd]).count(),
        _ => 0,
    };
    there.saturating_sub(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANISH: &str = "El señor Núñez llegó a Bogotá el miércoles; «mañana habrá reunión», añadió, según la \
                           Cancillería. ¿Qué dirá el país? La delegación viajará después a Asunción.";

    #[test]
    fn utf8_and_marks() {
        let decoded = decode("Peña".as_bytes());
        assert_eq!((decoded.charset.name.as_str(), decoded.charset.by.as_str()), ("UTF-8", "valid-utf8"));
        let decoded = decode("\u{feff}Peña".as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.charset.by.as_str()), ("Peña", "bom"));
    }

    #[test]
    fn western_text_never_becomes_chinese() {
        let (bytes, _, _) = WINDOWS_1252.encode(SPANISH);
        let decoded = decode(&bytes);
        assert_eq!((decoded.text.as_str(), decoded.charset.name.as_str()), (SPANISH, "windows-1252"));
        for wrong in ["big5", "iso-8859-2", "gbk", "utf-8"] {
            let mut page = format!("<html><meta charset=\"{wrong}\"><p>").into_bytes();
            page.extend_from_slice(&bytes);
            let decoded = decode(&page);
            assert!(decoded.text.ends_with(SPANISH), "{wrong}: {}", decoded.text);
            assert_eq!(decoded.notes.len(), 1, "{wrong}");
        }
    }

    #[test]
    fn declarations_are_believed_where_they_fit() {
        let text = "<meta charset=windows-1251><p>Министр прибыл в Минск для переговоров.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        let decoded = decode(&bytes);
        assert_eq!((decoded.text.as_str(), decoded.charset.by.as_str()), (text, "meta"));
    }

    #[test]
    fn other_scripts_are_detected() {
        let text = "波蘭總理星期二抵達首都，與外交部長舉行會談，雙方討論了貿易與安全問題。";
        let (bytes, _, _) = encoding_rs::BIG5.encode(text);
        assert_eq!(decode(&bytes).text, text);
    }

    #[test]
    fn bad_bytes_are_counted() {
        let mut bytes = "Se reunió en Bogotá con el señor Peña y añadió más.".as_bytes().to_vec();
        bytes.insert(10, 0xff);
        let decoded = decode(&bytes);
        assert_eq!((decoded.charset.name.as_str(), decoded.charset.replaced), ("UTF-8", 1));
        assert_eq!(decoded.notes.len(), 1);
    }
}
