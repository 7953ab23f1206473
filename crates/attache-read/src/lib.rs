//! Bytes in, reports out: what a file is, how its bytes become text, and what each stretch of that
//! text is.
//!
//! The way of the data through this crate, one module a step:
//! `input` (files, folders, standard input) or `fetch` (addresses) → `stream` (containers unpacked, streams cut
//! into documents) → `kind` (text, page or something else) → `charset` →
//! `normal` (one form for every letter) → `layout` or `html` (paragraphs) → `classify` (title, body,
//! captions, credits, boilerplate) → `published` (when) → [`Report`].
//!
//! ```
//! use attache_read::{Options, read_bytes};
//!
//! let text = "Ministers meet in Lima\n\nBy Ana Soto\nMarch 5, 2024\n\nThe two ministers met on Tuesday.\n";
//! let report = read_bytes(text.as_bytes(), "lima.txt", &Options::default())?;
//! assert_eq!(report.title.as_deref(), Some("Ministers meet in Lima"));
//! assert_eq!(report.byline.as_deref(), Some("Ana Soto"));
//! # Ok::<(), attache_read::ReadError>(())
//! ```

mod boilerplate;
mod byline;
mod charset;
mod classify;
mod convention;
mod credit;
mod date_form;
mod date_line;
mod error;
#[cfg(feature = "fetch")]
pub mod fetch;
mod fields;
mod html;
mod input;
mod kind;
mod label;
mod layout;
mod limits;
mod metadata;
mod normal;
mod phrase;
mod published;
mod stream;
mod trim;

pub use error::ReadError;
pub use fields::{FieldMap, FieldMapError};
pub use input::{Input, inputs, list};
pub use limits::{Limits, MAX_BYTES, MAX_HTML_BYTES};
pub use stream::{
    Document, Documents, Problem, Stream, documents, documents_in, files, is_address, reports, streams,
};

use attache_text::{BlockKind, Charset, Report, Span};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// What the caller knows or wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How to read a numeric date that allows two readings, where nothing stronger settles it.
    pub date_order: Option<DateOrder>,
    /// When the report was published; goes before all the document says.
    pub published: Option<Date>,
    /// Inputs longer than this many bytes are refused. HTML pages have [`MAX_HTML_BYTES`] besides.
    pub max_bytes: u64,
    /// Which field of a record holds what, over the usual names.
    pub map: FieldMap,
    /// The limits of streams and containers.
    pub limits: Limits,
    /// Fetch also from addresses of this machine and its network; only for tests and servers of one's own.
    pub allow_private: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            date_order: None,
            published: None,
            max_bytes: MAX_BYTES,
            map: FieldMap::default(),
            limits: Limits::default(),
            allow_private: false,
        }
    }
}

/// The order of day and month in a numeric date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Day first: 02/03/2026 is 2 March.
    Dmy,
    /// Month first: 02/03/2026 is February 3.
    Mdy,
}

/// Reads one document.
///
/// `name` is what errors call it: a path, a url or `standard input`. The result depends on the bytes
/// and the options only.
///
/// # Errors
/// [`ReadError`] where the bytes are too many, none, no text, or text with nothing to read in it.
pub fn read_bytes(bytes: &[u8], name: &str, options: &Options) -> Result<Report, ReadError> {
    read_hinted(bytes, name, options, &Hints::default())
}

/// What is known of a document from outside its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Hints {
    /// The charset the server named.
    charset: Option<String>,
    /// Where it was fetched, and when.
    url: Option<String>,
    fetched: Option<String>,
}

fn read_hinted(bytes: &[u8], name: &str, options: &Options, hints: &Hints) -> Result<Report, ReadError> {
    kind::check_size(bytes, name, options.max_bytes)?;
    kind::refuse_foreign(bytes, name)?;
    let decoded = charset::decode_hinted(bytes, hints.charset.as_deref().map(|label| (label, "http")));
    kind::refuse_data(&decoded.text, name)?;
    let mut draft = if kind::is_html(&decoded.text) {
        kind::check_size(bytes, name, options.max_bytes.min(MAX_HTML_BYTES))?;
        html::draft(&decoded.text)
    } else {
        layout::draft(normal::normalise(&decoded.text))
    };
    if draft.report.url.is_none() {
        draft.report.url.clone_from(&hints.url);
    }
    if draft.report.publisher.is_none() {
        draft.report.publisher = hints.url.as_deref().and_then(convention::host).map(str::to_owned);
    }
    draft.dates.fetched.clone_from(&hints.fetched);
    finish(draft, decoded.charset, decoded.notes, name, options)
}

/// Makes the report of a draft: the kinds of its paragraphs, its published date, its id.
fn finish(
    mut draft: Draft,
    charset: Charset,
    notes: Vec<String>,
    name: &str,
    options: &Options,
) -> Result<Report, ReadError> {
    classify::classify(&mut draft);
    if !draft.report.blocks.iter().any(|block| block.kind.is_coded()) {
        return Err(ReadError::NoText { name: name.into() });
    }
    let mut report = draft.report;
    report.charset = charset;
    report.notes.splice(0..0, notes);
    published::settle(&mut report, &draft.dates, options);
    report.id = id(&report);
    Ok(report)
}

/// A report in the making.
#[derive(Debug, Default)]
struct Draft {
    /// What is known so far; its blocks are empty before `classify`.
    report: Report,
    /// The paragraphs of the text, in order.
    paragraphs: Vec<Paragraph>,
    /// What was found on when the report was published.
    dates: published::Clues,
}

/// A paragraph of the text, and what the markup says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Paragraph {
    span: Span,
    /// The kind the markup gives; none where only the words can tell.
    marked: Option<BlockKind>,
}

/// First 16 hex digits of the SHA-256 of url and text.
fn id(report: &Report) -> String {
    let mut hash = Sha256::new();
    hash.update(report.url.as_deref().unwrap_or(""));
    hash.update([0]);
    hash.update(&report.text);
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
