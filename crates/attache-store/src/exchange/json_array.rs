//! The objects of one JSON array, one at a time, without holding the array.

use super::lines::{LONGEST, Line};
use super::problem::{Cause, Problem};
use std::io::{self, BufRead};

/// The objects of an array, numbered, each with its first byte. What stands between objects other than
/// commas is a problem of the next one; an object that does not end is the last.
pub(crate) fn array<'a>(input: impl BufRead + 'a) -> impl Iterator<Item = Result<(u64, Line), Problem>> + 'a {
    let mut bytes = Bytes { input, at: 0 };
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        match next(&mut bytes) {
            Ok(None) => None,
            Ok(Some(Found::Object(line))) => {
                number += 1;
                Some(Ok((number, line)))
            }
            Ok(Some(Found::Open(byte))) => {
                number += 1;
                ended = true;
                let what = "the file ends, or the limit of a record is reached, inside it".into();
                Some(Err(Problem { record: number, byte, what, cause: Cause::Damaged }))
            }
            Err(error) => {
                ended = true;
                Some(Err(Problem::broken(number + 1, bytes.at, &error)))
            }
        }
    })
}

enum Found {
    Object(Line),
    Open(u64),
}

struct Bytes<R> {
    input: R,
    at: u64,
}

impl<R: BufRead> Bytes<R> {
    fn next(&mut self) -> io::Result<Option<u8>> {
        let Some(byte) = self.input.fill_buf()?.first().copied() else { return Ok(None) };
        self.input.consume(1);
        self.at += 1;
        Ok(Some(byte))
    }
}

/// The next object: from its brace to the one that closes it, braces in strings apart.
fn next<R: BufRead>(bytes: &mut Bytes<R>) -> io::Result<Option<Found>> {
    loop {
        match bytes.next()? {
            None => return Ok(None),
            Some(b'{') => break,
            Some(_) => {}
        }
    }
    let start = bytes.at - 1;
    let mut held = vec![b'{'];
    let (mut depth, mut in_string, mut escaped) = (1_u32, false, false);
    while depth > 0 {
        let Some(byte) = bytes.next()?.filter(|_| held.len() < LONGEST) else {
            return Ok(Some(Found::Open(start)));
        };
        held.push(byte);
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => depth -= 1,
            _ => {}
        }
    }
    Ok(Some(Found::Object(Line { byte: start, bytes: Some(held) })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_with_their_bytes() {
        let input = br#"[ {"a": "}{\""}, 7, {"b": {"c": 1}} ]"#;
        let found: Vec<_> = array(&input[..]).map(Result::unwrap).collect();
        let seen: Vec<_> = found.iter().map(|(n, line)| (*n, line.byte)).collect();
        assert_eq!(seen, [(1, 2), (2, 20)]);
    }

    #[test]
    fn an_object_that_does_not_end_is_named() {
        let found: Vec<_> = array(&b"[{\"a\": 1}, {\"b\": "[..]).collect();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].as_ref().unwrap_err().byte, 11);
    }
}
