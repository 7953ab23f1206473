//! XML records out of a stream: each element of a given name is cut out by its tags and read by itself, so
//! that damage in one costs only that one. Nothing in a DTD is ever looked at.

use super::open::Context;
use super::problem::Problem;
use super::window::{Fault, Window};
use quick_xml::escape::{resolve_html5_entity, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deepest nesting inside a record.
const DEEPEST: usize = 200;

/// A child of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Child {
    /// Its name without prefix, lower case.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The words in it and in its children.
    pub text: String,
    /// Its content as written, where it has children.
    pub inner: Option<String>,
}

impl Child {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A record: its own attributes, and its children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The words of the first child of one of these names that has some, names the strongest first.
    pub fn words(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let mut children = self.children.iter().filter(|child| child.name == *name);
            children.find_map(|child| Some(child.text.trim()).filter(|words| !words.is_empty()))
        })
    }
}

/// A record cut out of the stream.
pub(super) struct Cut {
    pub number: u64,
    pub byte: u64,
    pub bytes: Vec<u8>,
}

/// The elements of certain names in a stream.
pub(super) struct Elements {
    pub window: Window,
    pub context: Context,
    names: &'static [&'static str],
    /// The end tag of the root; without it the file was cut off.
    roots: &'static [&'static str],
    /// What stands before the first record.
    pub head: Vec<u8>,
    number: u64,
    runaways: usize,
    done: bool,
}

impl Elements {
    pub fn new(
        window: Window,
        context: Context,
        names: &'static [&'static str],
        roots: &'static [&'static str],
    ) -> Elements {
        Elements { window, context, names, roots, head: Vec::new(), number: 0, runaways: 0, done: false }
    }

    /// The next record, or why it cannot be had.
    pub fn next(&mut self) -> Option<Result<Cut, Problem>> {
        if self.done {
            return None;
        }
        let step = self.step();
        self.context.next(step, &mut self.done, self.number.max(1), self.window.place())
    }

    fn step(&mut self) -> Result<Option<Result<Cut, Problem>>, Fault> {
        let limits = self.context.options.limits;
        // To the next start tag.
        let name = loop {
            match self.window.find(b"<", 0, limits.record)? {
                Some(at) => self.leave(at),
                None if self.window.held().len() > limits.record => self.leave(limits.record),
                None => {
                    self.done = true;
                    self.leave(self.window.held().len());
                    let problem = self.problem(self.number, "the file is cut off: its last tag is missing");
                    return Ok(Some(Err(problem)));
                }
            }
            self.window.fill(64)?;
            match self.aside(0)? {
                Aside::No => {}
                Aside::Until(past) => {
                    self.leave(past);
                    continue;
                }
                Aside::Open => self.runaways += 1,
            }
            if let Some(name) = self.names.iter().copied().find(|name| opens(self.window.held(), name)) {
                break name;
            }
            if self.roots.iter().any(|root| closes(self.window.held(), root)) {
                return Ok(None);
            }
            self.leave(1);
        };
        self.number += 1;
        let length = self.length(name)?;
        self.runaways += usize::from(length == End::Never);
        if self.runaways > limits.runaway {
            self.done = true;
            let reason = "too many records without an end; the rest is left out";
            return Ok(Some(Err(self.problem(self.number, reason))));
        }
        let End::At(length) = length else {
            let problem = self.problem(self.number, &format!("the element <{name}> is not closed"));
            self.window.pass(1);
            return Ok(Some(Err(problem)));
        };
        let bytes = self.window.held().get(..length).unwrap_or(&[]).to_vec();
        let cut = Cut { number: self.number, byte: self.window.place(), bytes };
        self.window.pass(length);
        Ok(Some(Ok(cut)))
    }

    pub fn problem(&self, number: u64, reason: &str) -> Problem {
        self.context.problem(Some(number.max(1)), Some(self.window.place()), reason)
    }

    /// Lets bytes between records go; those before the first are kept.
    fn leave(&mut self, count: usize) {
        if self.number == 0 && self.head.len() < self.context.options.limits.head {
            self.head.extend(self.window.held().iter().take(count));
        }
        self.window.pass(count);
    }

    /// Whether a comment or a CDATA section begins at `at`, and where it ends.
    fn aside(&mut self, at: usize) -> Result<Aside, Fault> {
        let begins = |mark: &[u8]| self.window.held().get(at..).is_some_and(|rest| rest.starts_with(mark));
        let end: &[u8] = match () {
            () if begins(b"<!--") => b"-->",
            () if begins(b"<![CDATA[") => b"]]>",
            () => return Ok(Aside::No),
        };
        let most = at + self.context.options.limits.record;
        Ok(self.window.find(end, at, most)?.map_or(Aside::Open, |found| Aside::Until(found + end.len())))
    }

    /// Where the element at the start of the window ends.
    fn length(&mut self, name: &str) -> Result<End, Fault> {
        let most = self.context.options.limits.record;
        let mut at = 1;
        loop {
            let Some(found) = self.window.find(b"<", at, most)? else { return Ok(End::Never) };
            self.window.fill(found + 64)?;
            match self.aside(found)? {
                Aside::No => {}
                Aside::Until(past) => {
                    at = past;
                    continue;
                }
                Aside::Open => return Ok(End::Never),
            }
            let rest = self.window.held().get(found..).unwrap_or(&[]);
            if opens(rest, name) {
                return Ok(End::Next);
            }
            if closes(rest, name) {
                let end = self.window.find(b">", found, found + 4096)?;
                return Ok(end.map_or(End::Never, |end| End::At(end + 1)));
            }
            at = found + 1;
        }
    }
}

/// A comment or CDATA section: none here, one that ends there, one that never does.
enum Aside {
    No,
    Until(usize),
    Open,
}

/// The end of an element: there, not before the next begins, or not within the longest record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    At(usize),
    Next,
    Never,
}

/// True where the bytes begin with a start tag of this name, in any case.
fn opens(bytes: &[u8], name: &str) -> bool {
    tag(bytes.get(1..).unwrap_or(&[]), name)
}

fn closes(bytes: &[u8], name: &str) -> bool {
    bytes.starts_with(b"</") && tag(bytes.get(2..).unwrap_or(&[]), name)
}

fn tag(bytes: &[u8], name: &str) -> bool {
    bytes.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(name.len()).is_none_or(|next| matches!(next, b'>' | b'/') || next.is_ascii_whitespace())
}

/// Reads one element.
///
/// # Errors
/// Why it is not well-formed, in words.
pub(super) fn element(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut element = Element::default();
    let mut depth = 0usize;
    let mut opened: Option<(Child, usize)> = None;
    let mut before = 0;
    loop {
        let event = reader.read_event().map_err(|error| format!("not well-formed: {error}"))?;
        let after = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        match event {
            Event::Start(start) => {
                depth += 1;
                match depth {
                    1 => element.attributes = attributes(&start)?,
                    2 => opened = Some((child(&start)?, after)),
                    _ if depth > DEEPEST => return Err(format!("nested deeper than {DEEPEST} elements")),
                    _ => {
                        if let Some((child, at)) = &mut opened {
                            child.inner.get_or_insert_with(String::new);
                            child.text.push(' ');
                            let _ = at;
                        }
                    }
                }
            }
            Event::Empty(start) if depth == 1 => element.children.push(child(&start)?),
            Event::Empty(start) if depth == 0 => element.attributes = attributes(&start)?,
            Event::End(_) => {
                if depth == 2
                    && let Some((mut child, at)) = opened.take()
                {
                    child.inner = child.inner.and(text.get(at..before).map(str::to_owned));
                    element.children.push(child);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(words) => push(&mut opened, &words.xml10_content()),
            Event::CData(words) => push(&mut opened, &words.xml10_content()),
            Event::GeneralRef(name) => {
                let char_ref =
                    name.resolve_char_ref().map_err(|error| format!("not well-formed: {error}"))?;
                let name = name.xml10_content();
                let known = resolve_predefined_entity(&name).or_else(|| resolve_html5_entity(&name));
                match (char_ref, known) {
                    (Some(c), _) => push(&mut opened, c.encode_utf8(&mut [0; 4])),
                    (None, Some(words)) => push(&mut opened, words),
                    (None, None) => {
                        let name: String = name.chars().take(40).collect();
                        return Err(format!("the entity &{name}; is not known, and none is defined here"));
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
        before = after;
    }
    if depth > 0 || opened.is_some() {
        return Err("not well-formed: an element is not closed".into());
    }
    Ok(element)
}

fn push(opened: &mut Option<(Child, usize)>, words: &str) {
    if let Some((child, _)) = opened {
        child.text.push_str(words);
    }
}

fn child(start: &BytesStart<'_>) -> Result<Child, String> {
    let name = start.local_name().as_ref().to_lowercase();
    Ok(Child { name, attributes: attributes(start)?, ..Child::default() })
}

fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("not well-formed: {error}");
    start
        .attributes()
        .take(50)
        .map(|attribute| {
            let attribute = attribute.map_err(|error| wrong(&error))?;
            let value = attribute
                .normalized_value_with(XmlVersion::Implicit1_0, 8, |name| {
                    resolve_predefined_entity(name).or_else(|| resolve_html5_entity(name))
                })
                .map_err(|error| wrong(&error))?;
            Ok((attribute.key.local_name().as_ref().to_owned(), value.into_owned()))
        })
        .collect()
}
