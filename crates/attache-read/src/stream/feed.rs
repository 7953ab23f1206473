//! News feeds: RSS 0.9 to 2.0 and Atom. JSON Feed is read with the other JSON.

use super::open::Context;
use super::problem::Problem;
use super::window::Window;
use super::xml::{Element, Elements, element};
use super::{Body, Document};
use crate::charset;
use crate::fields::Fields;

/// The items of a feed.
pub(super) struct Feed {
    elements: Elements,
    /// What the feed says of itself, once read.
    channel: Option<Channel>,
}

#[derive(Debug, Default, Clone)]
struct Channel {
    title: Option<String>,
    language: Option<String>,
    charset: Option<String>,
}

impl Feed {
    pub fn new(window: Window, context: Context) -> Feed {
        let elements = Elements::new(window, context, &["item", "entry"], &["rss", "feed", "rdf:RDF"]);
        Feed { elements, channel: None }
    }
}

impl Iterator for Feed {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let cut = match self.elements.next()? {
            Ok(cut) => cut,
            Err(problem) => return Some(Err(problem)),
        };
        let context = &self.elements.context;
        let channel = self.channel.get_or_insert_with(|| channel(&self.elements.head));
        let hint = match (&context.hints.charset, &channel.charset) {
            (Some(label), _) => Some((label.as_str(), "http")),
            (None, Some(label)) => Some((label.as_str(), "meta")),
            (None, None) => None,
        };
        let decoded = charset::decode_hinted(&cut.bytes, hint);
        let (record, byte) = (Some(cut.number), Some(cut.byte));
        let item = match element(&decoded.text) {
            Ok(item) => item,
            Err(reason) => return Some(Err(context.problem(record, byte, reason))),
        };
        let mut fields = fields(&item, channel);
        fields.charset = decoded.charset;
        fields.notes.extend(decoded.notes);
        if fields.text.is_empty() {
            return Some(Err(context.problem(record, byte, "the item has neither title nor text")));
        }
        Some(Ok(Document::new(context, record, byte, Body::Fields(Box::new(fields)))))
    }
}

/// What stands before the first item, as far as it can be read.
fn channel(head: &[u8]) -> Channel {
    let head = charset::decode(head).text;
    let encoding = head.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let charset = encoding
        .filter(|_| head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml"))
        .and_then(|rest| rest.split(['"', '\'', '?']).next())
        .map(str::to_owned);
    let within = |name: &str| -> Option<String> {
        let start = head.find(&format!("<{name}"))?;
        let end = start + head.get(start..)?.find(&format!("</{name}>"))? + name.len() + 3;
        let read = element(&format!("<x>{}</x>", head.get(start..end)?)).ok()?;
        read.words(&[name]).map(str::to_owned)
    };
    let root = head.split_once("xml:lang=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    Channel {
        title: within("title"),
        language: within("language").or_else(|| root.map(str::to_owned)),
        charset,
    }
}

fn fields(item: &Element, channel: &Channel) -> Fields {
    let words = |names: &[&str]| item.words(names).map(str::to_owned);
    // Atom's xhtml content is markup of its own; what else has markup has it escaped.
    let whole = |name: &str| {
        let child = item.children.iter().find(|child| child.name == name)?;
        let text = child.inner.clone().unwrap_or_else(|| child.text.trim().to_owned());
        Some(text).filter(|text| !text.trim().is_empty())
    };
    let link = item
        .children
        .iter()
        .filter(|child| child.name == "link")
        .find(|child| child.attribute("rel").is_none_or(|rel| rel == "alternate"))
        .and_then(|child| child.attribute("href").or(Some(child.text.trim())))
        .filter(|link| !link.is_empty())
        .map(str::to_owned);
    let id = words(&["guid", "id"]);
    let web = |id: &String| id.starts_with("http://") || id.starts_with("https://");
    let title = words(&["title"]);
    let text = ["encoded", "content", "description", "summary"].iter().find_map(|name| whole(name));
    Fields {
        text: text.or_else(|| title.clone()).unwrap_or_default(),
        title,
        published: words(&["pubdate", "published", "date", "issued", "updated"]),
        url: link.or_else(|| id.clone().filter(web)),
        byline: words(&["creator", "author"]).filter(|name| !name.contains('@')),
        publisher: channel.title.clone(),
        language: words(&["language"]).or_else(|| channel.language.clone()),
        id,
        ..Fields::default()
    }
}
