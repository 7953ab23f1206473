//! The HTTP answers that WARC files keep: head, chunks, packed bodies.

use super::Limits;
use super::window::bomb;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// An answer's head, as far as it tells how to read the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub status: u16,
    /// Media type, lower case, without parameters.
    pub kind: String,
    pub charset: Option<String>,
    chunked: bool,
    packed: Vec<String>,
}

/// Cuts an answer into head and body.
///
/// # Errors
/// In words, where there is no head.
pub(super) fn split(bytes: &[u8], limits: &Limits) -> Result<(Answer, usize), String> {
    let look = bytes.get(..limits.head).unwrap_or(bytes);
    let (head, body) = match (memchr::memmem::find(look, b"\r\n\r\n"), memchr::memmem::find(look, b"\n\n")) {
        (Some(at), other) if other.is_none_or(|other| at < other) => (at, at + 4),
        (_, Some(at)) => (at, at + 2),
        _ => return Err(format!("the HTTP head does not end within {} bytes", limits.head)),
    };
    let head = String::from_utf8_lossy(bytes.get(..head).unwrap_or(&[])).into_owned();
    let mut lines = head.lines();
    let first = lines.next().unwrap_or("");
    let status = first.strip_prefix("HTTP/").and_then(|rest| rest.split_whitespace().nth(1));
    let status = status.and_then(|status| status.parse().ok()).ok_or("no HTTP status line")?;
    let mut answer = Answer { status, ..Answer::default() };
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => (answer.kind, answer.charset) = media_type(value),
            "transfer-encoding" => answer.chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => {
                answer.packed = value.split(',').map(|word| word.trim().to_ascii_lowercase()).collect();
            }
            _ => {}
        }
    }
    Ok((answer, body))
}

/// `text/html; charset=utf-8` in its two parts.
pub(crate) fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (kind, charset)
}

impl Answer {
    /// The body as the page's author wrote it.
    ///
    /// # Errors
    /// In words, where it cannot be unpacked, or grows without measure.
    pub fn body(&self, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, String> {
        // Many archives keep the header and not the chunks.
        let mut body =
            if self.chunked { chunks(bytes).unwrap_or_else(|| bytes.to_vec()) } else { bytes.to_vec() };
        for packing in self.packed.iter().rev() {
            body = match packing.as_str() {
                "" | "identity" => body,
                "gzip" | "x-gzip" if body.starts_with(super::gzip::MAGIC) => {
                    unpack(MultiGzDecoder::new(body.as_slice()), body.len(), limits)?
                }
                "deflate" if body.starts_with(b"\x78") => {
                    unpack(ZlibDecoder::new(body.as_slice()), body.len(), limits)?
                }
                // Crawlers unpack and leave the header as it was.
                "gzip" | "x-gzip" | "deflate" => body,
                _ if std::str::from_utf8(&body).is_ok() => body,
                other => return Err(format!("the page is packed by a method not read ({other})")),
            };
        }
        Ok(body)
    }
}

fn unpack(packed: impl Read, size: usize, limits: &Limits) -> Result<Vec<u8>, String> {
    let by_ratio = (size as u64).saturating_mul(limits.ratio).saturating_add(limits.slack);
    let most = by_ratio.min(limits.record as u64);
    let mut body = Vec::new();
    packed
        .take(most + 1)
        .read_to_end(&mut body)
        .map_err(|error| format!("the page's packed body is damaged: {error}"))?;
    if body.len() as u64 > most { Err(bomb(most).reason) } else { Ok(body) }
}

/// The content of chunks; none where there are none, or wrong ones.
fn chunks(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', bytes.get(..1024).unwrap_or(bytes))?;
        let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        bytes = bytes.get(end + 1..)?;
        if size == 0 {
            return Some(body);
        }
        body.extend(bytes.get(..size)?);
        bytes = bytes.get(size..)?;
        bytes = bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn heads() {
        let limits = Limits::default();
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/HTML; Charset=\"latin1\"\r\nX: y\r\n\r\nbody";
        let (answer, at) = split(bytes, &limits).unwrap();
        assert_eq!(
            (answer.status, answer.kind.as_str(), answer.charset.as_deref()),
            (200, "text/html", Some("latin1"))
        );
        assert_eq!(&bytes[at..], b"body");
        assert!(split(b"no head", &limits).is_err());
        assert!(split(b"HTTP/1.1\r\n\r\n", &limits).is_err());
    }

    #[test]
    fn bodies() {
        let limits = Limits::default();
        let answer =
            |head: &str| split(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), &limits).unwrap().0;
        let chunked = answer("Transfer-Encoding: chunked");
        assert_eq!(chunked.body(b"4\r\nfish\r\n1;x\r\n!\r\n0\r\n\r\n", &limits).unwrap(), b"fish!");
        assert_eq!(chunked.body(b"no chunks here", &limits).unwrap(), b"no chunks here");
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(b"fish").unwrap();
        let packed = packed.finish().unwrap();
        let gzip = answer("Content-Encoding: gzip");
        assert_eq!(gzip.body(&packed, &limits).unwrap(), b"fish");
        assert_eq!(gzip.body(b"fish", &limits).unwrap(), b"fish");
        assert!(gzip.body(&packed[..packed.len() - 9], &limits).is_err());
    }
}
