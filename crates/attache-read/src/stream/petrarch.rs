//! PETRARCH's XML: `<Sentence date id source><Text>…` and `<Article …>`. The sentences of one story that
//! stand one after the other make one report; parses are left aside, since reports are parsed here.

use super::open::Context;
use super::problem::Problem;
use super::window::Window;
use super::xml::{Cut, Elements, element};
use super::{Body, Document};
use crate::charset;
use crate::fields::{Fields, unread_date};

/// The stories of a PETRARCH file.
pub(super) struct Petrarch {
    elements: Elements,
    /// The story whose sentences are being gathered, with record and byte of the first.
    story: Option<Story>,
    /// What comes after the story just given.
    waiting: Option<Problem>,
}

struct Story {
    key: String,
    fields: Fields,
    record: u64,
    byte: u64,
}

impl Petrarch {
    pub fn new(window: Window, context: Context) -> Petrarch {
        let elements = Elements::new(window, context, &["Sentence", "Article"], &["Sentences", "Articles"]);
        Petrarch { elements, story: None, waiting: None }
    }

    fn give(&self, story: Story) -> Document {
        let (record, byte) = (Some(story.record), Some(story.byte));
        Document::new(&self.elements.context, record, byte, Body::Fields(Box::new(story.fields)))
    }

    /// One sentence or article, as a story of its own.
    fn read(&self, cut: &Cut) -> Result<Story, Problem> {
        let (record, byte) = (cut.number, cut.byte);
        let problem = |reason: String| self.elements.context.problem(Some(record), Some(byte), reason);
        let decoded = charset::decode(&cut.bytes);
        let read = element(&decoded.text).map_err(problem)?;
        let attribute = |name: &str| read.attribute(name).map(str::trim).filter(|words| !words.is_empty());
        let date = attribute("date").ok_or_else(|| problem("no date, which PETRARCH requires".into()))?;
        if let Some(reason) = unread_date(Some(date)) {
            return Err(problem(reason));
        }
        let text = read.words(&["text"]).ok_or_else(|| problem("no text".into()))?;
        // The format breaks lines at will.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = attribute("id").unwrap_or("");
        let stem = id.rsplit_once('_').filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
        let sentence = attribute("sentence").is_none_or(|flag| flag.eq_ignore_ascii_case("true"));
        let stem = stem.filter(|_| sentence).map_or(id, |(stem, _)| stem);
        let key = format!("{date}\n{stem}\n{}", if stem.is_empty() { record } else { 0 });
        let fields = Fields {
            text,
            id: Some(stem.to_owned()).filter(|stem| !stem.is_empty()),
            published: Some(date.to_owned()),
            publisher: attribute("source").map(str::to_owned),
            url: attribute("url").map(str::to_owned),
            title: read.words(&["headline", "title"]).map(str::to_owned),
            charset: decoded.charset,
            notes: decoded.notes,
            ..Fields::default()
        };
        Ok(Story { key, fields, record, byte })
    }
}

impl Iterator for Petrarch {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(problem) = self.waiting.take() {
                return Some(Err(problem));
            }
            let most = self.elements.context.options.limits.record;
            let next = self.elements.next().map(|cut| cut.and_then(|cut| self.read(&cut)));
            match (next, self.story.take()) {
                (None, story) => return story.map(|story| Ok(self.give(story))),
                (Some(Err(problem)), None) => return Some(Err(problem)),
                (Some(Err(problem)), Some(story)) => {
                    self.waiting = Some(problem);
                    return Some(Ok(self.give(story)));
                }
                (Some(Ok(next)), Some(mut story))
                    if story.key == next.key && story.fields.text.len() + next.fields.text.len() < most =>
                {
                    story.fields.text.push_str("\n\n");
                    story.fields.text.push_str(&next.fields.text);
                    story.fields.notes.extend(next.fields.notes);
                    self.story = Some(story);
                }
                (Some(Ok(next)), Some(story)) => {
                    self.story = Some(next);
                    return Some(Ok(self.give(story)));
                }
                (Some(Ok(next)), None) => self.story = Some(next),
            }
        }
    }
}
