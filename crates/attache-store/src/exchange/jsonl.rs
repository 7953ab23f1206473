//! Our own record, one JSON object a line.

use super::cells::too_long;
use super::codes::Codes;
use super::format::{Events, Writer};
use super::lines::{Line, Lines};
use super::problem::{Cause, Problem, WriteError};
use attache_code::Event;
use serde_json::Value;
use std::io::{self, BufRead, Write};

/// The events of a file.
pub(crate) fn read<'a>(input: impl BufRead + 'a, codes: &'a Codes) -> Events<'a> {
    Box::new(objects(input).map(move |line| {
        let (number, line) = line?;
        let long = || Problem { record: number, byte: line.byte, what: too_long(), cause: Cause::Damaged };
        parse(line.bytes.as_deref().ok_or_else(long)?, number, line.byte, codes)
    }))
}

/// The event of one object, which begins at `byte` of its file.
pub(crate) fn parse(bytes: &[u8], number: u64, byte: u64, codes: &Codes) -> Result<Event, Problem> {
    let damaged = |byte: u64, what: String| Problem { record: number, byte, what, cause: Cause::Damaged };
    let first = match serde_json::from_slice(bytes) {
        Ok(event) => return checked(event, byte, number),
        Err(error) => error,
    };
    let at = byte + (first.column() as u64).saturating_sub(1);
    let failed = |error: &serde_json::Error| damaged(at, without_place(error));
    // An older label of the type stands in the way of no other field.
    let mut value: Value = serde_json::from_slice(bytes).map_err(|_| failed(&first))?;
    let older = value.get("type").and_then(Value::as_str).and_then(|label| {
        let alias = codes.ontology().older(label)?;
        Some((alias.kind, alias.mode.clone()))
    });
    let Some((kind, mode)) = older else { return Err(failed(&first)) };
    value["type"] = kind.as_str().into();
    if let (Some(mode), None) = (mode, value.get("mode")) {
        value["mode"] = vec![mode].into();
    }
    let mut event: Event = serde_json::from_value(value).map_err(|error| damaged(byte, error.to_string()))?;
    event.quad = kind.quad();
    checked(event, byte, number)
}

/// Values no other step could have written.
fn checked(event: Event, byte: u64, record: u64) -> Result<Event, Problem> {
    let wrong = if !(-10.0..=10.0).contains(&event.score) {
        format!("score {} is not between -10 and 10", event.score)
    } else if !(0.0..=1.0).contains(&event.confidence) {
        format!("confidence {} is not between 0 and 1", event.confidence)
    } else {
        return Ok(event);
    };
    Err(Problem { record, byte, what: wrong, cause: Cause::Damaged })
}

/// The message of an error without its line and column, which count within one record.
pub(crate) fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The lines of a file that are not blank, numbered.
pub(crate) fn objects<'a>(
    input: impl BufRead + 'a,
) -> impl Iterator<Item = Result<(u64, Line), Problem>> + 'a {
    let mut lines = Lines::new(input);
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        number += 1;
        match lines.next_written() {
            Ok(line) => Some(Ok((number, line?))),
            Err(error) => {
                ended = true;
                Some(Err(Problem::broken(number, lines.byte(), &error)))
            }
        }
    })
}

/// Writes records as they are.
pub(crate) struct Jsonl<W> {
    out: W,
}

impl<W: Write> Jsonl<W> {
    pub fn new(out: W) -> Self {
        Jsonl { out }
    }
}

impl<W: Write> Writer for Jsonl<W> {
    fn write(&mut self, event: &Event) -> Result<(), WriteError> {
        serde_json::to_writer(&mut self.out, event).map_err(io::Error::from)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
