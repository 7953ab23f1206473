//! Briefs as text, page, JSON and tables.

mod csv;
mod feed;
mod html;
mod spark;
mod text;
mod wrap;

pub use csv::{Table, csv};
pub use feed::feed;
pub use html::{html, link, marked};
pub use spark::spark;
pub use text::{money, text};

use crate::brief::Brief;

/// The brief as JSON, indented, with a line end.
///
/// # Errors
/// None in practice: every part of a brief can be written.
pub fn json(brief: &Brief) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(brief)?;
    text.push('\n');
    Ok(text)
}
