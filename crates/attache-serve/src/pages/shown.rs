//! Events as pages list them.

use super::frame::Frame;
use attache_report::alert::headline;
use attache_report::brief::Entry;
use attache_report::write::{link, marked};
use attache_store::query::Archived;

/// An event with what a row needs.
pub struct Shown<'a> {
    /// The event.
    pub event: &'a Entry,
    /// Who to whom, in a line.
    pub title: String,
    /// The sentence as safe markup.
    pub evidence: String,
    /// The report's address, where a page may link to it.
    pub url: Option<&'a str>,
    /// The event's page.
    pub page: String,
    /// Its story's page.
    pub story: String,
}

/// The rows of some events.
pub fn shown<'a>(events: impl Iterator<Item = &'a Entry>, frame: &Frame) -> Vec<Shown<'a>> {
    events
        .map(|event| Shown {
            event,
            title: attache_text::clean(&headline(event)).into_owned(),
            evidence: marked(event),
            url: event.url.as_deref().and_then(link),
            page: frame.event(&event.id),
            story: frame.story(&event.story),
        })
        .collect()
}

/// Events of the archive as entries, outside any relation.
pub fn entries(events: &[Archived]) -> Vec<Entry> {
    let entry = |archived| {
        let day = attache_report::relation::day(archived)?;
        let act = attache_report::relation::Act {
            archived,
            direction: attache_report::relation::Direction::Out,
            day,
        };
        Some(attache_report::tell::entry(&act, attache_report::Step::Week))
    };
    events.iter().filter_map(entry).collect()
}
