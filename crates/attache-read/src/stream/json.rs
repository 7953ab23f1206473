//! JSON records: one a line, in an array, in an array inside an object (JSON Feed, answers of news APIs), or
//! one object after the other.

use super::json_value::{Pairs, end_of_value, wrapped};
use super::open::Context;
use super::problem::Problem;
use super::window::{Fault, Window};
use super::{Body, Document};
use crate::charset;

/// How the records lie in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One on each line.
    Lines,
    /// In an array that begins at this byte, or one after the other where there is none.
    Values(Option<usize>),
}

/// The records of a JSON stream.
pub(super) struct Json {
    window: Window,
    context: Context,
    shape: Shape,
    number: u64,
    runaways: usize,
    begun: bool,
    done: bool,
    /// What the object around the records says of them all.
    publisher: Option<String>,
    language: Option<String>,
}

impl Json {
    pub fn new(window: Window, context: Context, shape: Shape) -> Json {
        let (publisher, language) = (None, None);
        Json {
            window,
            context,
            shape,
            number: 0,
            runaways: 0,
            begun: false,
            done: false,
            publisher,
            language,
        }
    }

    fn problem(&self, reason: impl Into<String>) -> Problem {
        self.context.problem(Some(self.number), Some(self.window.place()), reason)
    }

    /// The document of a record of `length` bytes at the start of the window; takes it.
    fn record(&mut self, length: usize) -> Result<Document, Problem> {
        let bytes = self.window.held().get(..length).unwrap_or(&[]);
        let decoded = charset::decode(bytes);
        let result =
            match serde_json::from_str::<Pairs>(&decoded.text) {
                Err(error) => Err(self.problem(format!("not JSON: {error}"))),
                Ok(pairs) => {
                    let mut fields = self.context.options.map.fields(|name| pairs.words(name));
                    fields.notes.extend(decoded.notes);
                    fields.charset = decoded.charset;
                    fields.publisher = fields.publisher.or_else(|| self.publisher.clone());
                    fields.language = fields.language.or_else(|| self.language.clone());
                    fields.notes.extend(pairs.twice().map(|name| {
                        format!("the field “{name}” stands twice in the record; the last was read")
                    }));
                    if fields.text.is_empty() {
                        Err(self.problem(self.context.options.map.no_text(&pairs.names())))
                    } else {
                        let (record, byte) = (Some(self.number), Some(self.window.place()));
                        Ok(Document::new(&self.context, record, byte, Body::Fields(Box::new(fields))))
                    }
                }
            };
        self.window.pass(length);
        result
    }

    /// The next line that is not blank.
    fn line(&mut self) -> Result<Option<Result<Document, Problem>>, Fault> {
        let most = self.context.options.limits.record;
        loop {
            self.number += 1;
            let end = self.window.find(b"\n", 0, most)?;
            let length = end.unwrap_or(self.window.held().len());
            if length == 0 && end.is_none() {
                return Ok(None);
            }
            if length > most {
                let problem = self.problem(format!("a line of more than the {most} bytes a record may have"));
                self.window.skip_line()?;
                return Ok(Some(Err(problem)));
            }
            let line = self.window.held().get(..length).unwrap_or(&[]);
            let blank = line.trim_ascii().is_empty() || line == b"\xef\xbb\xbf";
            let found = (!blank).then(|| self.record(length));
            if blank {
                self.window.pass(length);
            }
            self.window.pass(usize::from(end.is_some()));
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// The next value of an array, or of a row of values.
    fn value(&mut self) -> Result<Option<Result<Document, Problem>>, Fault> {
        let limits = self.context.options.limits;
        if !std::mem::replace(&mut self.begun, true)
            && let Shape::Values(Some(at)) = self.shape
        {
            self.window.fill(at + 1)?;
            let head = self.window.held().get(..at).unwrap_or(&[]);
            if let Ok(pairs) = serde_json::from_str::<Pairs>(&format!("{}[]}}", charset::decode(head).text)) {
                self.publisher = pairs.words("title");
                self.language = pairs.words("language");
            }
            self.window.pass(at + 1);
        }
        self.skip(|byte| {
            byte.is_ascii_whitespace() || byte == b',' || byte == 0xef || byte == 0xbb || byte == 0xbf
        })?;
        self.number += 1;
        let in_array = matches!(self.shape, Shape::Values(Some(_)));
        match self.window.held().first() {
            None if in_array => return Ok(Some(Err(self.ended("the array is cut off")))),
            None => return Ok(None),
            Some(b']') if in_array => return Ok(None),
            Some(_) => {}
        }
        if let Some(length) = end_of_value(&mut self.window, limits.record)? {
            return Ok(Some(self.record(length)));
        }
        self.runaways += 1;
        if self.runaways > limits.runaway {
            return Ok(Some(Err(self.ended("too many records without an end; the rest is left out"))));
        }
        let problem = self.problem(format!("the record does not end within {} bytes", limits.record));
        self.seek_object()?;
        Ok(Some(Err(problem)))
    }

    /// Goes on to the next `{` behind a comma.
    fn seek_object(&mut self) -> Result<(), Fault> {
        self.window.pass(1);
        loop {
            self.skip(|byte| byte != b',')?;
            self.skip(|byte| byte.is_ascii_whitespace() || byte == b',')?;
            if matches!(self.window.held().first(), None | Some(b'{')) {
                return Ok(());
            }
        }
    }

    fn skip(&mut self, skipped: impl Fn(u8) -> bool) -> Result<(), Fault> {
        while self.window.fill(1)? {
            let bytes = self.window.held();
            let count = bytes.iter().position(|byte| !skipped(*byte)).unwrap_or(bytes.len());
            let more = count == bytes.len();
            self.window.pass(count);
            if !more {
                break;
            }
        }
        Ok(())
    }

    fn ended(&mut self, reason: &str) -> Problem {
        self.done = true;
        self.problem(reason)
    }
}

impl Iterator for Json {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let found = match self.shape {
            Shape::Lines => self.line(),
            Shape::Values(_) => self.value(),
        };
        self.context.next(found, &mut self.done, self.number, self.window.place())
    }
}

/// The shape of JSON that begins like this; none where it is no JSON record.
pub(super) fn shape(head: &str, context: &Context) -> Option<Shape> {
    let skipped = head.len() - head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let start = head.get(skipped..)?;
    let mut chars = start.chars().filter(|c| !c.is_whitespace());
    match (chars.next()?, chars.next()?) {
        ('[', '{') => return Some(Shape::Values(Some(skipped))),
        ('{', '"') => {}
        _ => return None,
    }
    if let Some(at) = wrapped(start)
        && let Ok(pairs) = serde_json::from_str::<Pairs>(&format!("{}[]}}", start.get(..at)?))
        && context
            .options
            .map
            .fields(|name| pairs.words(name).filter(|_| name != "description"))
            .text
            .is_empty()
    {
        return Some(Shape::Values(Some(skipped + at)));
    }
    let lines = || start.lines().filter(|line| !line.trim().is_empty());
    let is_object = |line: &str| serde_json::from_str::<Pairs>(line).is_ok();
    if lines().take(4).any(is_object) {
        return Some(Shape::Lines);
    }
    // A first line longer than what is seen of the file, or an object over many lines.
    let first = lines().next()?.trim_end();
    let long = !start.contains('\n') && start.len() > 4096;
    let pretty = first.len() < 4096 && !first.ends_with('}');
    if long {
        return Some(Shape::Lines);
    }
    let keyed = start.split_once(':').is_some_and(|(key, _)| key.matches('"').count() == 2);
    (pretty || keyed).then_some(if pretty { Shape::Values(None) } else { Shape::Lines })
}
