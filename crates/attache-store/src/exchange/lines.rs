//! Lines of bounded length, with the byte each begins at.

use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes.
pub(crate) const LONGEST: usize = 10 * 1024 * 1024;

/// A line without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where it begins in the file.
    pub byte: u64,
    /// Its bytes; none where there are more than [`LONGEST`].
    pub bytes: Option<Vec<u8>>,
}

/// The lines of an input.
pub(crate) struct Lines<R> {
    input: R,
    byte: u64,
    verbatim: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Lines<R> {
        Lines { input, byte: 0, verbatim: false }
    }

    /// The same, with the carriage return that ends a line kept: it may stand in a quoted cell.
    pub fn verbatim(input: R) -> Lines<R> {
        Lines { input, byte: 0, verbatim: true }
    }

    /// Where the next line begins.
    pub fn byte(&self) -> u64 {
        self.byte
    }

    /// The next line, blank or not; a byte order mark before the first is left out. One over the limit is
    /// skipped without being held.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        let mut byte = self.byte;
        let mut bytes = Vec::new();
        let mut taken = self.input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes)? as u64;
        if taken == 0 {
            return Ok(None);
        }
        let mut held = true;
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if bytes.len() > LONGEST {
            taken += skip(&mut self.input)?;
            held = false;
        }
        self.byte += taken;
        if !self.verbatim && bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if byte == 0 && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
            byte = 3;
        }
        Ok(Some(Line { byte, bytes: held.then_some(bytes) }))
    }

    /// The next line that is not blank.
    pub fn next_written(&mut self) -> io::Result<Option<Line>> {
        loop {
            match self.next()? {
                Some(Line { bytes: Some(bytes), .. }) if bytes.trim_ascii().is_empty() => {}
                line => return Ok(line),
            }
        }
    }
}

/// Skips to behind the next line end; how many bytes that were.
fn skip(input: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let held = input.fill_buf()?;
        let (taken, ended) = match held.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (held.len(), held.is_empty()),
        };
        input.consume(taken);
        skipped += taken as u64;
        if ended {
            return Ok(skipped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Vec<Line> {
        let mut lines = Lines::new(input);
        std::iter::from_fn(|| lines.next_written().unwrap()).collect()
    }

    #[test]
    fn bytes_count_marks_ends_and_blank_lines() {
        let lines = all(b"\xEF\xBB\xBFone\r\n\n \ntwo");
        let seen: Vec<_> = lines.iter().map(|l| (l.byte, l.bytes.as_deref().unwrap())).collect();
        assert_eq!(seen, [(3, &b"one"[..]), (11, b"two")]);
    }

    #[test]
    fn a_line_too_long_is_skipped_and_counted() {
        let mut input = vec![b'x'; LONGEST + 9];
        input.extend(b"\nnext\n");
        let lines = all(&input);
        assert_eq!(lines[0], Line { byte: 0, bytes: None });
        assert_eq!(lines[1], Line { byte: LONGEST as u64 + 10, bytes: Some(b"next".to_vec()) });
    }
}
