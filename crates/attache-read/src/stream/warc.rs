//! WARC files, plain and gzipped: the pages that were fetched well, as crawlers keep them. A damaged record
//! is told with its place, and the next is looked for behind its beginning.

use super::http;
use super::open::Context;
use super::problem::Problem;
use super::window::{Fault, Window};
use super::{Body, Document};
use crate::Hints;

/// What every record begins with.
pub(super) const MAGIC: &[u8] = b"WARC/";
/// What is looked for behind damage: this, a digit and the end of the line.
const NEXT: &[u8] = b"WARC/1.";

/// The pages of a WARC stream.
pub(super) struct Warc {
    window: Window,
    context: Context,
    number: u64,
    /// Heads that did not end; each costs the longest head of looking.
    runaways: usize,
    done: bool,
}

/// A record's head.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    uri: Option<String>,
    date: Option<String>,
    media: String,
    charset: Option<String>,
    length: Option<usize>,
    /// Where the content begins.
    content: usize,
}

/// What a step found.
enum Step {
    Found(Result<Document, Problem>),
    /// A record that is no page.
    Passed,
    End,
}

impl Warc {
    pub fn new(window: Window, context: Context) -> Warc {
        Warc { window, context, number: 0, runaways: 0, done: false }
    }

    fn problem(&self, reason: impl Into<String>) -> Step {
        Step::Found(Err(self.context.problem(Some(self.number), Some(self.window.place()), reason)))
    }

    fn step(&mut self) -> Result<Step, Fault> {
        self.number += 1;
        while self.window.fill(1)? && matches!(self.window.held().first(), Some(b'\r' | b'\n')) {
            self.window.pass(1);
        }
        if !self.window.fill(1)? {
            return Ok(Step::End);
        }
        self.window.fill(MAGIC.len())?;
        if !self.window.held().starts_with(MAGIC) {
            let step = self.problem("no WARC record begins here; what stands here was passed over");
            self.seek(0)?;
            return Ok(step);
        }
        let limits = self.context.options.limits;
        let Some(head) = self.head()? else {
            self.runaways += 1;
            self.done = self.runaways > limits.runaway;
            let rest = if self.done { "; the rest of the file is left out" } else { "" };
            let step = self
                .problem(format!("the head of the record does not end within {} bytes{rest}", limits.head));
            self.seek(1)?;
            return Ok(step);
        };
        let Some(length) = head.length else {
            let step = self.problem("the record does not say how long it is (no good Content-Length)");
            self.seek(1)?;
            return Ok(step);
        };
        if length > limits.record {
            let most = limits.record;
            let step =
                self.problem(format!("the record says {length} bytes, more than the {most} it may have"));
            self.seek(head.content)?;
            return Ok(step);
        }
        let end = head.content + length;
        // Some bytes more than the record: they make a gzip member show its checksum.
        let filled = self.window.fill(end + 5);
        let held = self.window.held().len();
        match filled {
            // A fault behind a record that is known to be good does not touch it.
            Err(fault) if held < end || self.window.verified() < end => return Err(fault),
            Ok(_) if held < end => {
                let there = held.saturating_sub(head.content);
                let step = self.problem(format!("the record is cut off: it has {there} of {length} bytes"));
                self.seek(head.content)?;
                return Ok(step);
            }
            _ => {}
        }
        let after = self.window.held().get(end..).unwrap_or(&[]);
        let ends: &[&[u8]] = &[b"\r\n\r\n", b"\n\n", MAGIC, b"\r\nWAR", b"\nWARC"];
        let closed = ends.iter().any(|mark| after.starts_with(mark)) || after.trim_ascii().is_empty();
        if !closed {
            let step = self
                .problem(format!("the length of the record is wrong: it does not end after {length} bytes"));
            self.seek(head.content)?;
            return Ok(step);
        }
        let found = self.page(&head, end);
        self.window.pass(end);
        Ok(found)
    }

    /// Reads the head of the record; none where it does not end.
    fn head(&mut self) -> Result<Option<Head>, Fault> {
        let most = self.context.options.limits.head;
        let content = match self.window.find(b"\r\n\r\n", 0, most)? {
            Some(at) if at <= most => at + 4,
            _ => match self.window.find(b"\n\n", 0, most)? {
                Some(at) if at <= most => at + 2,
                _ => return Ok(None),
            },
        };
        let text = String::from_utf8_lossy(self.window.held().get(..content).unwrap_or(&[])).into_owned();
        let mut head = Head { content, ..Head::default() };
        for (name, value) in text.lines().skip(1).filter_map(|line| line.split_once(':')) {
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => head.uri = Some(value.trim_matches(['<', '>']).to_owned()),
                "warc-date" => head.date = Some(value.to_owned()),
                "content-type" => (head.media, head.charset) = http::media_type(value),
                // Of two lengths neither is believed.
                "content-length" if head.length.is_some() => return Ok(Some(Head { length: None, ..head })),
                "content-length" => head.length = value.parse().ok(),
                _ => {}
            }
        }
        Ok(Some(head))
    }

    /// The page in the record of `end` bytes, where it is one that was fetched well.
    fn page(&self, head: &Head, end: usize) -> Step {
        let limits = &self.context.options.limits;
        let content = self.window.held().get(head.content..end).unwrap_or(&[]);
        let (bytes, media, charset) = match head.kind.as_str() {
            "response" if head.media == "application/http" || content.starts_with(b"HTTP/") => {
                let (answer, at) = match http::split(content, limits) {
                    Ok(split) => split,
                    Err(reason) => return self.problem(reason),
                };
                if answer.status != 200 || !is_text(&answer.kind) {
                    return Step::Passed;
                }
                match answer.body(content.get(at..).unwrap_or(&[]), limits) {
                    Ok(body) => (body, answer.kind, answer.charset),
                    Err(reason) => return self.problem(reason),
                }
            }
            "resource" | "conversion" | "response" if is_text(&head.media) => {
                (content.to_vec(), head.media.clone(), head.charset.clone())
            }
            _ => return Step::Passed,
        };
        if bytes.trim_ascii().is_empty() || media == "text/dns" {
            return Step::Passed;
        }
        let mut context = self.context.clone();
        context.hints = Hints { charset, url: head.uri.clone(), fetched: head.date.clone() };
        let (record, byte) = (Some(self.number), Some(self.window.place()));
        Step::Found(Ok(Document::new(&context, record, byte, Body::Bytes(bytes))))
    }

    /// Goes on to where the next record begins, from `from` on.
    fn seek(&mut self, from: usize) -> Result<(), Fault> {
        self.window.pass(from);
        loop {
            match self.window.find(NEXT, 0, NEXT.len())? {
                Some(at) => {
                    self.window.pass(at);
                    self.window.fill(NEXT.len() + 3)?;
                    let rest = self.window.held().get(NEXT.len() + 1..).unwrap_or(&[]);
                    if rest.starts_with(b"\r\n") || rest.starts_with(b"\n") {
                        return Ok(());
                    }
                    self.window.pass(1);
                }
                None => {
                    let held = self.window.held().len();
                    self.window.pass((held + 1).saturating_sub(NEXT.len()));
                    if !self.window.grow()? {
                        self.window.pass(held);
                        return Ok(());
                    }
                }
            }
        }
    }
}

/// Media types that can be a report; some servers name none.
fn is_text(kind: &str) -> bool {
    matches!(kind, "" | "text/html" | "text/plain" | "application/xhtml+xml" | "text/dns")
}

impl Iterator for Warc {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(Step::Found(found)) => return Some(found),
                Ok(Step::Passed) => {}
                Ok(Step::End) => self.done = true,
                Err(fault) => {
                    let problem = self.context.fault(Some(self.number), self.window.place(), fault);
                    self.done = !self.window.recover();
                    return Some(Err(problem));
                }
            }
        }
        None
    }
}
