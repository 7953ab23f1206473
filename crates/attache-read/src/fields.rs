//! Records with named fields: which field means what, and how they become a report.

use crate::{Draft, Options, ReadError, html, kind, layout, normal, published};
use attache_text::{BlockKind, Charset, Report};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// What a report's fields are called in tables and JSON, unless the user says otherwise; the first that has
/// something in it is taken. The names of news-please, NGEC, OEDA's stories, NewsAPI and JSON Feed are there.
const KNOWN: [(Field, &[&str]); 8] = [
    (
        Field::Text,
        &[
            "text",
            "maintext",
            "main_text",
            "body",
            "content",
            "content_text",
            "content_html",
            "article_text",
            "full_text",
            "fulltext",
            "article",
            "event_text",
            "story_text",
            "html",
            "summary",
            "description",
        ],
    ),
    (Field::Title, &["title", "headline", "title_page"]),
    (
        Field::Published,
        &[
            "published",
            "date_publish",
            "pub_date",
            "pubdate",
            "publication_date",
            "publish_date",
            "published_at",
            "publishedat",
            "date_published",
            "published_date",
            "date",
            "datetime",
        ],
    ),
    (Field::Url, &["url", "link", "web_url", "permalink", "external_url"]),
    (
        Field::Publisher,
        &["publisher", "source_domain", "publication", "outlet", "newspaper", "source", "site_name"],
    ),
    (Field::Byline, &["byline", "authors", "author", "creator"]),
    (Field::Language, &["language", "lang"]),
    (Field::Id, &["id", "_id", "story_id", "doc_id", "guid", "uuid"]),
];

/// What a field of a record can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Text,
    Title,
    Published,
    Url,
    Publisher,
    Byline,
    Language,
    Id,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Title => "title",
            Field::Published => "published",
            Field::Url => "url",
            Field::Publisher => "publisher",
            Field::Byline => "byline",
            Field::Language => "language",
            Field::Id => "id",
        }
    }
}

/// Which field of the input holds what: `text=body,published=pub_date`. Dots go into nested objects
/// (`publisher=source.name`). What it does not name is looked for under the usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap(Vec<(&'static str, String)>);

/// Why a field map cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{part:?} is not FIELD=NAME with FIELD one of text, title, published, url, publisher, byline, language, id"
)]
pub struct FieldMapError {
    part: String,
}

impl FromStr for FieldMap {
    type Err = FieldMapError;

    fn from_str(words: &str) -> Result<FieldMap, FieldMapError> {
        let pairs = words.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| {
            let (field, name) = part.split_once('=')?;
            let (known, _) = KNOWN.iter().find(|(known, _)| known.name() == field.trim())?;
            Some((known.name(), name.trim().to_owned())).filter(|(_, name)| !name.is_empty()).ok_or(()).ok()
        });
        let parts = words.split(',').map(str::trim).filter(|part| !part.is_empty());
        let pairs =
            pairs.zip(parts).map(|(pair, part)| pair.ok_or_else(|| FieldMapError { part: part.to_owned() }));
        Ok(FieldMap(pairs.collect::<Result<_, _>>()?))
    }
}

impl fmt::Display for FieldMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|(field, name)| format!("{field}={name}")).collect();
        f.write_str(&pairs.join(","))
    }
}

impl FieldMap {
    /// The user's name for a field.
    fn given(&self, field: Field) -> Option<&str> {
        self.0.iter().rev().find(|(name, _)| *name == field.name()).map(|(_, given)| given.as_str())
    }

    /// True where a table with these columns can hold reports: it has the text, and something else known.
    pub(crate) fn fits(&self, columns: &[String]) -> bool {
        let has = |name: &str| columns.iter().any(|column| column.trim().eq_ignore_ascii_case(name));
        match self.given(Field::Text) {
            Some(name) => has(name),
            None => {
                KNOWN.iter().filter(|(_, names)| names.iter().any(|name| has(name))).count() > 1
                    && KNOWN
                        .iter()
                        .any(|(field, names)| *field == Field::Text && names.iter().any(|name| has(name)))
            }
        }
    }

    /// True where a column may be asked for.
    #[cfg(feature = "parquet")]
    pub(crate) fn uses(&self, column: &str) -> bool {
        let mut usual = KNOWN.iter().flat_map(|(_, names)| names.iter());
        self.0.iter().any(|(_, name)| name.eq_ignore_ascii_case(column))
            || usual.any(|name| name.eq_ignore_ascii_case(column))
    }

    /// A record's fields, `get` giving the words of one by its name.
    pub(crate) fn fields(&self, get: impl Fn(&str) -> Option<String>) -> Fields {
        let mut fields = Fields::default();
        for (field, names) in KNOWN {
            let found = match self.given(field) {
                Some(name) => get(name),
                None => names.iter().find_map(|name| get(name).filter(|words| !words.trim().is_empty())),
            };
            let Some(words) = found.filter(|words| !words.trim().is_empty()) else { continue };
            match field {
                Field::Text => fields.text = words,
                Field::Title => fields.title = Some(words),
                Field::Published => fields.published = Some(words),
                Field::Url => fields.url = Some(words),
                Field::Publisher => fields.publisher = Some(words),
                Field::Byline => fields.byline = Some(words),
                Field::Language => fields.language = Some(words),
                Field::Id => fields.id = Some(words),
            }
        }
        fields
    }

    /// What is said of a record without text.
    pub(crate) fn no_text(&self, names: &[String]) -> String {
        let there = names.iter().take(20).map(String::as_str).collect::<Vec<_>>().join(", ");
        match self.given(Field::Text) {
            Some(name) => format!("no text in the field {name}; its fields are {there}"),
            None => format!(
                "no field known to hold the text; name it with --map text=FIELD; its fields are {there}"
            ),
        }
    }
}

/// A record's fields, as written.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Fields {
    pub id: Option<String>,
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub byline: Option<String>,
    pub language: Option<String>,
    pub charset: Charset,
    pub notes: Vec<String>,
}

/// Longest value of a field other than the text that is believed, in bytes.
const LONGEST_VALUE: usize = 2000;

/// The report a record tells. `name` is what errors call it.
pub(crate) fn report(fields: Fields, name: &str, options: &Options) -> Result<Report, ReadError> {
    let short = |words: Option<String>| {
        words
            .map(|words| normal::one_line(&words))
            .filter(|words| !words.is_empty() && words.len() <= LONGEST_VALUE)
    };
    kind::check_size(fields.text.as_bytes(), name, options.max_bytes)?;
    let title = short(fields.title.map(|title| if has_markup(&title) { html::words(&title) } else { title }));
    let mut draft = if kind::is_html(&fields.text) || has_markup(&fields.text) {
        kind::check_size(fields.text.as_bytes(), name, options.max_bytes.min(crate::MAX_HTML_BYTES))?;
        html::titled(&fields.text, title.as_deref())
    } else {
        plain(&fields.text, title.as_deref())
    };
    let report = &mut draft.report;
    let set = |place: &mut Option<String>, words: Option<String>| {
        if words.is_some() {
            *place = words;
        }
    };
    set(&mut report.title, title);
    set(&mut report.byline, short(fields.byline));
    set(&mut report.url, short(fields.url).filter(|url| !url.contains(' ')));
    set(&mut report.publisher, short(fields.publisher));
    if report.publisher.is_none() {
        report.publisher = report.url.as_deref().and_then(crate::convention::host).map(str::to_owned);
    }
    set(&mut report.declared_language, fields.language.and_then(|tag| crate::metadata::code(&tag)));
    report.given_id = short(fields.id);
    draft.dates.metadata.splice(0..0, fields.published.map(|raw| date_words(&raw)));
    crate::finish(draft, fields.charset, fields.notes, name, options)
}

/// Plain text under its title, unless the text begins with it.
fn plain(text: &str, title: Option<&str>) -> Draft {
    let text = normal::normalise(text);
    let title = title.filter(|title| !text.trim_start().starts_with(title));
    let Some(title) = title else { return layout::draft(text) };
    let mut draft = layout::draft(format!("{title}\n\n{text}"));
    if let Some(first) = draft.paragraphs.first_mut() {
        first.marked = Some(BlockKind::Title);
    }
    draft
}

/// True for text with tags or references of HTML in it, as feeds and scrapers leave them.
fn has_markup(text: &str) -> bool {
    let mut end = text.len().min(64 * 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or("");
    [
        "</p>", "</a>", "<br", "</div>", "<p>", "<img ", "</b>", "</em>", "</i>", "&nbsp;", "&amp;",
        "&quot;", "&#",
    ]
    .iter()
    .any(|mark| head.contains(mark))
}

/// Seconds or milliseconds since 1970 as a day, anything else as it is.
fn date_words(raw: &str) -> String {
    let raw = raw.trim();
    let whole = raw.split('.').next().unwrap_or(raw);
    let seconds = match whole.len() {
        9 | 10 => whole.parse::<i64>().ok(),
        12 | 13 => whole.parse::<i64>().ok().map(|millis| millis / 1000),
        _ => None,
    };
    let day = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    day.map_or_else(|| raw.to_owned(), |time| time.to_zoned(TimeZone::UTC).date().to_string())
}

/// Whether a report has a date at all is for [`published::settle`]; this only says that a record's date is
/// none, so that nobody wonders.
pub(crate) fn unread_date(raw: Option<&str>) -> Option<String> {
    let raw = raw?.trim();
    let unread = !raw.is_empty() && !published::is_date(&date_words(raw));
    unread.then(|| format!("the date “{}” could not be read", raw.chars().take(40).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_read_and_wrong_ones_named() {
        let map: FieldMap = "text=body, published=meta.day".parse().unwrap();
        assert_eq!(map.to_string(), "text=body,published=meta.day");
        for wrong in ["text", "text=", "words=body", "=x"] {
            let said = wrong.parse::<FieldMap>().unwrap_err().to_string();
            assert!(said.contains(wrong) && said.contains("published"), "{said}");
        }
    }

    #[test]
    fn tables_without_text_do_not_fit() {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let map = FieldMap::default();
        assert!(map.fits(&columns(&["ID", "Date", "Text"])));
        assert!(!map.fits(&columns(&["text", "label"])));
        assert!(!map.fits(&columns(&["id", "date", "words"])));
        assert!("text=words".parse::<FieldMap>().unwrap().fits(&columns(&["words"])));
    }

    #[test]
    fn seconds_become_days() {
        assert_eq!(date_words("1709640000"), "2024-03-05");
        assert_eq!(date_words("1709640000000"), "2024-03-05");
        assert_eq!(date_words("20240305"), "20240305");
    }
}
