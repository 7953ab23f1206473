//! JSON lines of bounded length: what comes in, and why a line cannot be used.

use serde::de::DeserializeOwned;
use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes.
pub const LONGEST: usize = 10 * 1024 * 1024;

/// A line of the input.
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its bytes; none where there are more than [`LONGEST`].
    pub bytes: Option<Vec<u8>>,
}

impl Line {
    /// The line's JSON.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, String> {
        let Some(bytes) = &self.bytes else { return Err(format!("longer than {LONGEST} bytes")) };
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }

    /// The line's `id`, where it is JSON that has one, whatever else is wrong with it.
    pub fn id(&self) -> Option<serde_json::Value> {
        let mut object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(self.bytes.as_deref()?).ok()?;
        object.remove("id")
    }
}

/// The lines of an input that are not blank. A line over the limit is skipped without being held.
pub fn lines(mut input: impl BufRead) -> impl Iterator<Item = io::Result<Line>> {
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            match next(&mut input) {
                Ok(Some(Some(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(bytes)) => return Some(Ok(Line { number, bytes })),
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    })
}

/// The next line without its end; `None` at the end of the input, `Some(None)` for one too long.
fn next(input: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut bytes = Vec::new();
    input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > LONGEST {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_count_but_are_not_given() {
        let given: Vec<_> = lines(&b"1\n\n \r\n{\"id\":7}\nx"[..]).map(Result::unwrap).collect();
        assert_eq!(given.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 4, 5]);
        assert_eq!(given[0].parse::<u8>(), Ok(1));
        assert_eq!(given[1].id(), Some(7.into()));
        assert!(given[2].parse::<u8>().is_err());
    }

    #[test]
    fn a_line_too_long_is_skipped() {
        let mut input = vec![b'1'; LONGEST + 1];
        input.extend(b"\n2\n");
        input.extend(vec![b'3'; LONGEST]);
        let given: Vec<_> = lines(&input[..]).map(Result::unwrap).collect();
        assert_eq!(given.len(), 3);
        assert!(given[0].parse::<u8>().unwrap_err().contains("longer than"));
        assert_eq!(given[1].parse::<u8>(), Ok(2));
        assert_eq!(given[2].bytes.as_ref().map(Vec::len), Some(LONGEST));
    }
}
