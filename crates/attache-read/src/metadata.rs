//! What a page says of itself: JSON-LD, OpenGraph and other `meta` tags, `link`, `time`, `lang`.
//!
//! JSON-LD of a news article (schema.org) goes before `meta` tags, these before what the page shows.

use crate::normal::one_line;
use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

/// Longest JSON-LD script that is parsed, in bytes.
const LONGEST_JSON: usize = 1024 * 1024;
/// Most objects looked at in one.
const MOST_OBJECTS: usize = 2000;

/// A page's own account of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Published dates as written, the strongest first.
    pub dates: Vec<String>,
}

/// Reads a page's metadata.
pub(crate) fn of(page: &Document) -> Metadata {
    let article = article(page);
    let field = |name: &str| article.as_ref().and_then(|article| article.get(name)).and_then(name_of);
    let meta = |names: &[&str]| meta(page, names);
    let text =
        |query: &str| Some(one_line(&page.select_single(query).text())).filter(|text| !text.is_empty());
    let url = link(page, "canonical")
        .or_else(|| meta(&["og:url"]))
        .or_else(|| field("url"))
        .filter(|url| is_web(url));
    let publisher = field("publisher")
        .or_else(|| meta(&["og:site_name", "application-name", "dc.publisher", "publisher"]));
    let byline = field("author")
        .or_else(|| meta(&["author", "article:author", "dc.creator", "parsely-author", "byl"]));
    let language = page
        .html_root()
        .attr("lang")
        .map(|lang| lang.to_string())
        .or_else(|| field("inLanguage"))
        .or_else(|| meta(&["content-language", "og:locale", "dc.language", "language"]));
    Metadata {
        title: field("headline")
            .or_else(|| meta(&["og:title", "twitter:title", "dc.title"]))
            .or_else(|| text("h1"))
            .or_else(|| text("title")),
        byline: byline
            .map(|name| name.strip_prefix("By ").map_or(name.clone(), str::to_string))
            .filter(|name| !is_web(name)),
        publisher: publisher.or_else(|| url.as_deref().and_then(crate::convention::host).map(str::to_string)),
        language: language.and_then(|lang| code(&lang)),
        dates: dates(page, article.as_ref()),
        url,
    }
}

fn dates(page: &Document, article: Option<&Map<String, Value>>) -> Vec<String> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "parsely-pub-date",
        "sailthru.date",
        "article.published",
        "published-date",
        "cxenseparse:recs:publishtime",
    ];
    let field = |name: &str| article.and_then(|article| article.get(name)).and_then(name_of);
    let time = |query: &str| page.select_single(query).attr("datetime").map(|value| value.to_string());
    let marked = time("[itemprop=datePublished][datetime]").or_else(|| {
        page.select_single("[itemprop=datePublished][content]").attr("content").map(|value| value.to_string())
    });
    let found = [
        field("datePublished"),
        meta(page, NAMES),
        marked,
        field("dateCreated"),
        time("article time[datetime]"),
        time("time[pubdate][datetime]"),
        time("time[datetime]"),
    ];
    found.into_iter().flatten().filter(|value| !value.is_empty()).collect()
}

/// The first news article in the page's JSON-LD.
fn article(page: &Document) -> Option<Map<String, Value>> {
    let scripts = page.select("script[type='application/ld+json']");
    scripts.nodes().iter().find_map(|script| find_article(&script.text()))
}

fn find_article(script: &str) -> Option<Map<String, Value>> {
    if script.len() > LONGEST_JSON {
        return None;
    }
    let script = script.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let mut waiting: Vec<Value> = vec![serde_json::from_str(script).ok()?];
    for _ in 0..MOST_OBJECTS {
        match waiting.pop()? {
            Value::Array(values) => waiting.extend(values.into_iter().rev()),
            Value::Object(object) if is_article(&object) => return Some(object),
            Value::Object(mut object) => {
                let inner = ["mainEntity", "@graph"].iter().filter_map(|key| object.remove(*key));
                waiting.extend(inner.collect::<Vec<_>>());
            }
            _ => {}
        }
    }
    None
}

fn is_article(object: &Map<String, Value>) -> bool {
    let kind = |value: &Value| {
        value.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting"))
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(kind),
        Some(one) => kind(one),
        None => false,
    }
}

/// A value's words: a string, the `name` of an object, the names of a list joined.
fn name_of(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(words) => words.clone(),
        Value::Object(object) => object.get("name").or_else(|| object.get("@id"))?.as_str()?.to_string(),
        Value::Array(values) => {
            let names: Vec<&str> = values
                .iter()
                .take(10)
                .filter_map(|value| value.as_str().or_else(|| value.get("name")?.as_str()))
                .collect();
            names.join(", ")
        }
        _ => return None,
    };
    Some(one_line(&decoded(&words))).filter(|words| !words.is_empty())
}

/// Some pages write `&#8217;` inside JSON.
fn decoded(words: &str) -> String {
    if words.contains('&') && words.contains(';') && words.len() < 2000 {
        Document::fragment(words.replace('<', "&lt;")).text().to_string()
    } else {
        words.to_string()
    }
}

/// The first `meta` tag of one of these names that says something, names the strongest first.
fn meta(page: &Document, names: &[&str]) -> Option<String> {
    let tags = page.select("meta[content]");
    let named = |tag: &&NodeRef<'_>, name: &str| {
        ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .any(|key| tag.attr(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
    };
    names.iter().find_map(|name| {
        let tags = tags.nodes().iter().take(500);
        tags.filter(|tag| named(tag, name))
            .find_map(|tag| Some(one_line(&tag.attr("content")?)).filter(|words| !words.is_empty()))
    })
}

fn link(page: &Document, rel: &str) -> Option<String> {
    page.select_single(&format!("link[rel={rel}]")).attr("href").map(|href| href.trim().to_string())
}

fn is_web(url: &str) -> bool {
    url.len() < 2000 && (url.starts_with("https://") || url.starts_with("http://"))
}

/// "en" of "en-US" or "en_US".
pub(crate) fn code(language: &str) -> Option<String> {
    let code = language.trim().split(['-', '_', ',']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_ld_goes_first() {
        let page = Document::from(
            r#"<html lang="en-GB"><head><meta property="og:title" content="Other"><meta name="author" content="Nobody">
            <link rel="canonical" href="https://news.example.org/a">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],
            "headline":"Ferry talks &amp; fish","author":[{"name":"Ana Soto"},{"name":"Li Wei"}],
            "datePublished":"2024-03-05T10:00:00Z","publisher":{"@type":"Organization","name":"The Gazette"}}]}</script></head></html>"#,
        );
        let metadata = of(&page);
        assert_eq!(metadata.title.as_deref(), Some("Ferry talks & fish"));
        assert_eq!(metadata.byline.as_deref(), Some("Ana Soto, Li Wei"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Gazette"));
        assert_eq!(metadata.language.as_deref(), Some("en"));
        assert_eq!(metadata.dates, ["2024-03-05T10:00:00Z"]);
    }

    #[test]
    fn meta_tags_fill_in() {
        let page = Document::from(
            r#"<meta property="article:published_time" content="2024-03-05"><meta name="author" content="https://x.example/ana">
            <link rel="canonical" href="https://www.gazette.example/a"><h1> A  title </h1><time datetime="2024-03-06">"#,
        );
        let metadata = of(&page);
        assert_eq!((metadata.title.as_deref(), metadata.byline), (Some("A title"), None));
        assert_eq!(metadata.publisher.as_deref(), Some("gazette.example"));
        assert_eq!(metadata.dates, ["2024-03-05", "2024-03-06"]);
    }

    #[test]
    fn broken_json_is_passed_over() {
        assert!(find_article("{\"@type\": \"NewsArticle\", ").is_none());
        assert!(find_article(&"[".repeat(5000)).is_none());
    }
}
