//! Tab-separated files with a header line, as POLECAT and ICEWS publish them, malformed ones included.

use super::cells::{Cell, Row, split, too_long};
use super::lines::{Line, Lines};
use super::problem::{Cause, Problem};
use std::io::BufRead;

/// What a titled file looks like.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Column names, in the order of a clean file.
    pub names: &'static [&'static str],
    /// Other names columns go by: (other, clean).
    pub other_names: &'static [(&'static str, &'static str)],
    /// Columns without which no record can be read.
    pub needed: &'static [&'static str],
    /// Whether cells may stand in quotes.
    pub quotes: bool,
}

/// The rows of a titled file, their cells in the order of a clean file.
///
/// Headers may have more names than rows have cells (then the first names count), names in other case or
/// with underscores, and be missing altogether; rows may end in empty cells too many.
pub(crate) fn titled<'a>(
    input: impl BufRead + 'a,
    shape: Shape,
) -> impl Iterator<Item = Result<Row, Problem>> + 'a {
    let mut lines = Lines::new(input);
    let mut header: Option<Header> = None;
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            let line = match lines.next_written() {
                Ok(line) => line?,
                Err(error) => {
                    ended = true;
                    return Some(Err(Problem::broken(number + 1, lines.byte(), &error)));
                }
            };
            let Some(known) = &header else {
                match Header::read(&line, shape) {
                    Ok(Some(read)) => {
                        header = Some(read);
                        continue;
                    }
                    Ok(None) => {
                        header = Some(Header::clean(shape));
                        number += 1;
                        return header.as_ref().map(|header| header.row(&line, number, shape));
                    }
                    Err(problem) => {
                        ended = true;
                        return Some(Err(problem));
                    }
                }
            };
            number += 1;
            return Some(known.row(&line, number, shape));
        }
        None
    })
}

/// Where each clean column stands in a file.
struct Header {
    places: Vec<Option<usize>>,
    width: usize,
}

impl Header {
    fn clean(shape: Shape) -> Header {
        Header { places: (0..shape.names.len()).map(Some).collect(), width: shape.names.len() }
    }

    /// The header in a line; none where the line is a record already.
    fn read(line: &Line, shape: Shape) -> Result<Option<Header>, Problem> {
        let names: Vec<String> = split(line.byte, line.bytes.as_deref().unwrap_or_default(), true)
            .into_iter()
            .map(|cell| folded(&cell.text))
            .collect();
        let place = |name: &str| {
            let others =
                shape.other_names.iter().filter(|(_, clean)| *clean == name).map(|(other, _)| *other);
            let mut called = std::iter::once(name).chain(others).map(folded);
            called.find_map(|called| names.iter().position(|name| *name == called))
        };
        let places: Vec<Option<usize>> = shape.names.iter().map(|name| place(name)).collect();
        if places.iter().flatten().count() < 3 {
            return Ok(None);
        }
        if let Some(missing) = shape.needed.iter().find(|name| place(name).is_none()) {
            let what = format!("the header has no column {missing}");
            return Err(Problem { record: 0, byte: line.byte, what, cause: Cause::Broken });
        }
        Ok(Some(Header { places, width: names.len() }))
    }

    fn row(&self, line: &Line, number: u64, shape: Shape) -> Result<Row, Problem> {
        let damaged = |what| Problem { record: number, byte: line.byte, what, cause: Cause::Damaged };
        let Some(bytes) = &line.bytes else { return Err(damaged(too_long())) };
        let mut cells = split(line.byte, bytes, shape.quotes);
        let clean = shape.names.len();
        while cells.len() > self.width.max(clean) && cells.last().is_some_and(|cell| cell.text.is_empty()) {
            cells.pop();
        }
        if cells.len() == self.width {
            let take = |place: Option<usize>| place.and_then(|at| cells.get(at).cloned());
            let end = Cell { byte: line.byte, text: String::new() };
            let cells = self.places.iter().map(|place| take(*place).unwrap_or_else(|| end.clone())).collect();
            return Ok(Row { number, byte: line.byte, names: shape.names, cells });
        }
        if cells.len() == clean {
            return Ok(Row { number, byte: line.byte, names: shape.names, cells });
        }
        Err(damaged(format!("{} columns where {} are wanted", cells.len(), self.width)))
    }
}

/// Names are the same in any case, with underscores or spaces.
fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace('_', " ")
}
