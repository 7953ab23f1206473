//! From inputs to documents, lazily and in bounded memory: files, folders, patterns and addresses; containers
//! in containers; and in them streams of records of any length.
//!
//! `open` tells what a stream is and who reads it. Readers look for records in a `window`, and what goes wrong
//! becomes a [`Problem`] in its place among the documents. Turning a document into a report is the dear part;
//! it is left to [`Document::report`], so that it can be done side by side.

mod csv;
mod feed;
mod gzip;
mod http;
mod json;
mod json_value;
mod list;
mod open;
#[cfg(feature = "parquet")]
mod parquet_file;
mod petrarch;
mod problem;
mod unpack;
mod warc;
mod window;
mod xml;
mod zip_file;
mod zstd;

#[cfg(feature = "fetch")]
pub(crate) use http::media_type;
#[cfg(feature = "fetch")]
pub(crate) use list::answered;
pub use list::{Documents, documents, files, is_address};
pub use problem::Problem;
pub use unpack::{Stream, streams};

use crate::fields::{self, Fields};
use crate::{Hints, Limits, Options, read_hinted};
use attache_text::Report;
use open::Context;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use window::{Plain, Window};

/// A document found in an input, not read yet.
#[derive(Debug, Clone)]
pub struct Document {
    file: Arc<str>,
    record: Option<u64>,
    byte: Option<u64>,
    body: Body,
    hints: Hints,
}

/// What a document is made of.
#[derive(Debug, Clone)]
enum Body {
    /// A text or a page.
    Bytes(Vec<u8>),
    /// A record with named fields.
    Fields(Box<Fields>),
}

impl Document {
    fn new(context: &Context, record: Option<u64>, byte: Option<u64>, body: Body) -> Document {
        Document { file: Arc::clone(&context.file), record, byte, body, hints: context.hints.clone() }
    }

    /// Where it stands: `news.warc.gz, record 3, byte 120`; only the file where it is the whole file.
    pub fn name(&self) -> String {
        problem::place(&self.file, self.record, self.byte)
    }

    /// The input it came from.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Its number in the file, from 1, where the file holds several.
    pub fn record(&self) -> Option<u64> {
        self.record
    }

    /// Where it begins; see [`Problem::byte`].
    pub fn byte(&self) -> Option<u64> {
        self.byte
    }

    /// Reads it. The result depends on the document and the options only.
    ///
    /// # Errors
    /// Why there is no report in it.
    pub fn report(self, options: &Options) -> Result<Report, Problem> {
        let read = match self.body {
            Body::Bytes(bytes) => read_hinted(&bytes, &self.file, options, &self.hints),
            Body::Fields(fields) => fields::report(*fields, &self.file, options),
        };
        read.map_err(|error| Problem { record: self.record, byte: self.byte, ..Problem::from(error) })
    }
}

/// The reports behind paths, patterns and addresses: [`documents`], each read as it comes.
pub fn reports(paths: &[PathBuf], options: &Options) -> impl Iterator<Item = Result<Report, Problem>> + Send {
    let read = options.clone();
    documents(paths, options).map(move |document| document?.report(&read))
}

/// The documents in a stream that is already open, of any format but those that need to be sought in when
/// they are large (zip, Parquet). `name` is what problems call it.
pub fn documents_in(
    stream: impl Read + Send + 'static,
    name: &str,
    options: &Options,
) -> impl Iterator<Item = Result<Document, Problem>> + Send {
    open::open(Window::new(Plain(stream)), Context::new(name, &Arc::new(options.clone())))
}
