//! The digest: one report and its events as a person reads them on a terminal.
//!
//! The way of a line: what to say ([`head`](mod@self), [`card`]) → marked evidence ([`evidence`]) →
//! runs of one tone ([`ink`]) → lines that fit the width ([`wrap`]). Everything that comes from the
//! input passes [`clean`], so no report can move the cursor or recolour the terminal.

mod card;
mod evidence;
mod head;
mod ink;
mod wrap;

pub use attache_text::clean;
pub use ink::Ink;

use attache_code::Event;
use attache_text::Report;
use ink::{Line, Run, Tone};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How the digest is set.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Columns a line may fill; fewer than [`NARROWEST`] are taken as that many.
    pub width: usize,
    /// Colours, or marks made of letters and brackets.
    pub ink: Ink,
}

/// The digest is never set narrower than this many columns.
pub const NARROWEST: usize = 40;

/// The widest a digest is set, whatever the terminal: longer lines read badly.
pub const WIDEST: usize = 80;

/// The digest of one report: its head, a card for each event, and a line of counts.
///
/// `sentences` is how many sentences were read for events. The text ends with a line end and no line
/// is wider than `setting.width` columns.
pub fn digest(report: &Report, events: &[Event], sentences: usize, setting: Setting) -> String {
    let width = setting.width.clamp(NARROWEST, WIDEST);
    let mut lines = head::lines(report, width);
    for (index, event) in events.iter().enumerate() {
        lines.push(Line::new());
        lines.extend(card::lines(index + 1, event, setting.ink, width));
    }
    lines.push(Line::new());
    lines.extend(wrap::wrap(&[Run::new(counts(events, sentences), Tone::Faint)], width, "", "  "));

    let mut told = String::new();
    for line in &lines {
        setting.ink.paint(line, &mut told);
        told.push('\n');
    }
    told
}

/// The last line: how many events of which types, in how many sentences.
fn counts(events: &[Event], sentences: usize) -> String {
    let read = format!("{sentences} sentence{}", if sentences == 1 { "" } else { "s" });
    if events.is_empty() {
        return format!("No event in {read}.");
    }
    let mut types = BTreeMap::new();
    for event in events {
        *types.entry(event.kind).or_insert(0_usize) += 1;
    }
    let mut told = format!("{} event{} in {read}", events.len(), if events.len() == 1 { "" } else { "s" });
    for (index, (kind, count)) in types.iter().enumerate() {
        let _ = write!(told, "{} {count} {}", if index == 0 { ":" } else { "," }, kind.as_str());
    }
    told.push('.');
    told
}

/// Words of the input as a paragraph of lines of at most `width` columns, each ended.
pub fn paragraph(words: &str, width: usize, first: &str, rest: &str) -> String {
    let mut told = String::new();
    for line in wrap::wrap(&[Run::new(clean(words), Tone::Plain)], width, first, rest) {
        Ink::Letters.paint(&line, &mut told);
        told.push('\n');
    }
    told
}
