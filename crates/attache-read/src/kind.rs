//! What a file is, by its content and never by its name.

use crate::ReadError;

/// Formats known by their first bytes, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"WARC/1.", "a WARC file"),
];

/// How much of a file is looked at to tell text from other bytes.
const PROBE: usize = 64 * 1024;
/// One byte in this many may be a control character before a file counts as binary.
const CONTROL_SHARE: usize = 200;

/// Refuses empty and oversized inputs.
pub(crate) fn check_size(bytes: &[u8], name: &str, limit: u64) -> Result<(), ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty { name: name.into() });
    }
    let size = bytes.len() as u64;
    if size > limit { Err(ReadError::TooLarge { name: name.into(), size, limit }) } else { Ok(()) }
}

/// Refuses bytes that are no text: known formats by their magic number, others by their control bytes.
pub(crate) fn refuse_foreign(bytes: &[u8], name: &str) -> Result<(), ReadError> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Foreign { name: name.into(), what });
    }
    if utf16(bytes).is_some() {
        return Ok(());
    }
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    let count = probe.iter().filter(|byte| is_no_text(**byte)).count();
    if count * CONTROL_SHARE <= probe.len() {
        return Ok(());
    }
    match probe.iter().enumerate().find(|(_, byte)| is_no_text(**byte)) {
        Some((offset, byte)) => Err(ReadError::Binary { name: name.into(), offset, byte: *byte }),
        None => Ok(()),
    }
}

/// Refuses text that is data of another kind: XML that is no page, JSON.
pub(crate) fn refuse_data(text: &str, name: &str) -> Result<(), ReadError> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = lower_head(start, 2048);
    let foreign = |what| Err(ReadError::Foreign { name: name.into(), what });
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| head.starts_with(tag))
        || head.starts_with("<?xml") && ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| head.contains(tag))
    {
        return foreign("a news feed (RSS or Atom)");
    }
    if head.starts_with("<?xml") && !head.contains("<html") {
        return foreign("an XML file");
    }
    let first = start.lines().next().unwrap_or("").trim_end();
    let json_start = first.starts_with("{\"") || first == "{" || first.starts_with("[{") || first == "[";
    if json_start && looks_like_json(start) {
        return foreign("a JSON file");
    }
    if start.trim().is_empty() {
        return Err(ReadError::Empty { name: name.into() });
    }
    Ok(())
}

/// True for text that is an HTML page or a piece of one.
pub(crate) fn is_html(text: &str) -> bool {
    const FIRST: &[&str] = &[
        "!doctype html",
        "!--",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "script",
        "div",
        "p",
        "article",
        "section",
        "main",
        "header",
        "nav",
        "h1",
        "h2",
        "table",
        "span",
        "figure",
        "ul",
        "a",
        "img",
        "link",
        "center",
        "font",
        "b",
        "i",
        "strong",
        "em",
        "?xml",
    ];
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = lower_head(start, 64 * 1024);
    if let Some(rest) = head.strip_prefix('<') {
        let closes = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| !c.is_ascii_alphanumeric());
        if FIRST.iter().any(|tag| rest.strip_prefix(tag).is_some_and(closes)) {
            return true;
        }
    }
    ["</p>", "<br", "</div>", "</a>", "<p>"].iter().map(|tag| head.matches(tag).count()).sum::<usize>() >= 4
}

/// Which UTF-16 the bytes are: by their byte order mark, else because nearly every second byte is zero.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => return Some(encoding_rs::UTF_16BE),
        _ => {}
    }
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    let zeros = |odd: usize| probe.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (pairs, even, odd) = (probe.len() / 2, zeros(0), zeros(1));
    if pairs < 8 {
        None
    } else if odd * 10 >= pairs * 7 && even * 50 <= pairs {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 50 <= pairs {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Control bytes no text file has; escape is left out because of ISO-2022 charsets.
fn is_no_text(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)
}

/// The first `limit` bytes or so, in small ASCII letters.
fn lower_head(text: &str, limit: usize) -> String {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("").to_ascii_lowercase()
}

/// True where the text begins with one whole JSON object or array.
fn looks_like_json(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    matches!(values.next(), Some(Ok(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_named() {
        let error = refuse_foreign(b"%PDF-1.7 ...", "a.pdf").unwrap_err().to_string();
        assert_eq!(error, "a.pdf: a PDF file, which cannot be read as a report");
        let error = refuse_foreign(b"\x01\x02ab\x00", "x").unwrap_err().to_string();
        assert_eq!(error, "x: not text: byte 0 is 0x01");
        let mut long = b"A plain sentence about a plain day in a plain town. ".repeat(20);
        long.push(0);
        assert!(refuse_foreign(&long, "one stray zero").is_ok());
    }

    #[test]
    fn data_is_not_prose() {
        assert!(refuse_data("{\"id\": 1}\n{\"id\": 2}", "x").is_err());
        assert!(refuse_data("<?xml version=\"1.0\"?><rss></rss>", "x").is_err());
        assert!(refuse_data("[Photo] The ministers met.", "x").is_ok());
        assert!(refuse_data("<?xml version=\"1.0\"?><html></html>", "x").is_ok());
    }

    #[test]
    fn pages_are_told_from_text() {
        assert!(is_html("\n<!DOCTYPE html><html>"));
        assert!(is_html("<p>One paragraph.</p>"));
        assert!(is_html("Lead text<br>more<br>more<br>more<br>"));
        assert!(!is_html("<3 is a heart, not a page"));
        assert!(!is_html("Prices rose when x < y and a > b."));
    }

    #[test]
    fn utf16_without_a_mark() {
        let bytes: Vec<u8> = "Talks in Geneva".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(utf16(&bytes), Some(encoding_rs::UTF_16LE));
        assert!(refuse_foreign(&bytes, "x").is_ok());
    }
}
