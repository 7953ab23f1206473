//! The top of a digest: which report this is, and what to know about how it was read.

use super::clean;
use super::ink::{Line, Run, Tone};
use super::wrap::wrap;
use attache_text::{Published, PublishedBy, Report};

/// Title; publisher, date and byline; url; the charset where it is not UTF-8; a line for each note of the
/// reader.
pub fn lines(report: &Report, width: usize) -> Vec<Line> {
    let title = report.title.as_deref().map_or("(no title)".into(), clean);
    let mut lines = wrap(&[Run::new(title, Tone::Strong)], width, "", "");

    let mut told = Vec::new();
    told.extend(report.publisher.as_deref().map(|publisher| clean(publisher).into_owned()));
    told.push(report.published.as_ref().map_or("no published date".into(), published));
    told.extend(report.byline.as_deref().map(|byline| format!("by {}", clean(byline))));
    lines.extend(wrap(&[Run::new(told.join(" · "), Tone::Plain)], width, "", "  "));
    if let Some(url) = report.url.as_deref() {
        lines.extend(wrap(&[Run::new(clean(url), Tone::Faint)], width, "", "  "));
    }
    if !report.charset.name.eq_ignore_ascii_case("UTF-8") {
        let charset = format!("read as {} ({})", clean(&report.charset.name), clean(&report.charset.by));
        lines.extend(wrap(&[Run::new(charset, Tone::Faint)], width, "", "  "));
    }
    for note in &report.notes {
        lines.extend(wrap(&[Run::new(clean(note), Tone::Faint)], width, "note: ", "  "));
    }
    lines
}

/// The published date; where its words allow two readings, the words and what settled it.
fn published(published: &Published) -> String {
    let date = published.date;
    if !published.ambiguous {
        return date.to_string();
    }
    let by = match published.by {
        PublishedBy::Given => "as given",
        PublishedBy::DateOrder => "by the date order given",
        PublishedBy::Metadata => "by the page's own data",
        PublishedBy::Text => "by another date of the text",
        PublishedBy::Convention => "by the custom of its country and language",
    };
    format!("{date} (written “{}”, settled {by})", clean(&published.raw))
}
