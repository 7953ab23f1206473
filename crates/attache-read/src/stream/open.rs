//! From bytes to records: what a stream is, by its first bytes and never by its name, and who reads it.

use super::gzip::{self, Gzip};
use super::json::{self, Json};
use super::problem::Problem;
use super::window::{Fault, Plain, Window};
use super::zip_file::{Place, ZipFile};
use super::zstd::Zstd;
use super::{Body, Document, csv, feed, petrarch, warc};
use crate::{Hints, Options, charset, kind};
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::path::PathBuf;
use std::sync::Arc;

/// The documents of a stream.
pub(super) type Records = Box<dyn Iterator<Item = Result<Document, Problem>> + Send>;

/// How much of a stream is looked at to know what it is.
pub(super) const PROBE: usize = 64 * 1024;

/// What is known of a stream from outside.
#[derive(Clone)]
pub(super) struct Context {
    pub file: Arc<str>,
    pub options: Arc<Options>,
    /// How many containers it was unpacked from.
    pub depth: usize,
    /// The file it is, as long as nothing was unpacked.
    pub seekable: Option<PathBuf>,
    pub hints: Hints,
}

impl Context {
    pub fn new(file: &str, options: &Arc<Options>) -> Context {
        let (options, hints) = (Arc::clone(options), Hints::default());
        Context { file: file.into(), options, depth: 0, seekable: None, hints }
    }

    pub fn problem(&self, record: Option<u64>, byte: Option<u64>, reason: impl Into<String>) -> Problem {
        Problem { file: self.file.to_string(), record, byte, reason: reason.into() }
    }

    /// A fault while reading the record that begins at `place`.
    pub fn fault(&self, record: Option<u64>, place: u64, fault: Fault) -> Problem {
        self.problem(record, Some(fault.byte.unwrap_or(place)), fault.reason)
    }

    /// What a reader of records gives next, of what its step found. Behind the last record and behind a fault it is
    /// done; a fault belongs to `record`, which begins at `place`.
    pub fn next<T>(
        &self,
        step: Result<Option<Result<T, Problem>>, Fault>,
        done: &mut bool,
        record: u64,
        place: u64,
    ) -> Option<Result<T, Problem>> {
        *done |= !matches!(step, Ok(Some(_)));
        step.unwrap_or_else(|fault| Some(Err(self.fault(Some(record), place, fault))))
    }

    /// One container deeper; `entry` is the name inside it, empty where there is none.
    pub fn inside(&self, entry: &str) -> Result<Context, Problem> {
        let mut inner = self.clone();
        inner.depth += 1;
        inner.seekable = None;
        if !entry.is_empty() {
            let entry: String = entry.chars().filter(|c| !c.is_control()).take(300).collect();
            inner.file = format!("{}/{entry}", self.file).into();
        }
        let most = self.options.limits.depth;
        if inner.depth > most {
            return Err(inner.problem(None, None, format!("packed more than {most} times over")));
        }
        Ok(inner)
    }
}

/// What a stream is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Zstd,
    Zip,
    Parquet,
    Warc,
    Feed,
    Petrarch,
    Json(json::Shape),
    Csv(u8),
    /// Text or a page: one report.
    Whole,
}

/// The documents in a stream, whatever it is.
pub(super) fn open(window: Window, context: Context) -> Records {
    try_open(window, context).unwrap_or_else(|problem| one(Err(problem)))
}

fn one(found: Result<Document, Problem>) -> Records {
    Box::new(std::iter::once(found))
}

fn try_open(mut window: Window, context: Context) -> Result<Records, Problem> {
    // A fault further on is met again, and told, by whoever reads the stream.
    if let Err(fault) = window.fill(PROBE)
        && window.held().is_empty()
    {
        let problem = context.fault(None, 0, fault);
        // The first member is lost; one that holds WARC records may follow.
        return if window.recover() {
            Ok(Box::new(std::iter::once(Err(problem)).chain(open(window, context))))
        } else {
            Err(problem)
        };
    }
    let bytes = window.held().get(..PROBE).unwrap_or(window.held());
    let wide = kind::utf16(bytes);
    let kind = match packed(bytes) {
        Some(kind) => kind,
        None => {
            if bytes.len() < PROBE {
                kind::check_size(bytes, &context.file, u64::MAX)?;
            }
            let label = context.hints.charset.as_deref().map(|label| (label, "http"));
            match text_kind(&charset::decode_hinted(bytes, label).text, &context) {
                Kind::Whole => {
                    kind::refuse_foreign(bytes, &context.file)?;
                    Kind::Whole
                }
                records => records,
            }
        }
    };
    if wide.is_some() && matches!(kind, Kind::Feed | Kind::Petrarch | Kind::Json(_) | Kind::Csv(_)) {
        // Cells and tags are looked for in bytes, so the stream is made UTF-8 first.
        let narrow = DecodeReaderBytesBuilder::new().encoding(wide).build(window);
        return try_open(Window::new(Plain(narrow)), context);
    }
    let limits = context.options.limits;
    Ok(match kind {
        Kind::Gzip => open(Window::new(Gzip::new(window, limits)), context.inside("")?),
        Kind::Zstd => {
            let context = context.inside("")?;
            open(Window::new(Zstd::new(window, limits)), context)
        }
        Kind::Zip => Box::new(ZipFile::new(zip_place(window, &context)?, context)?),
        Kind::Parquet => parquet(window, context)?,
        Kind::Warc => Box::new(warc::Warc::new(window, context)),
        Kind::Feed => Box::new(feed::Feed::new(window, context)),
        Kind::Petrarch => Box::new(petrarch::Petrarch::new(window, context)),
        Kind::Json(shape) => Box::new(Json::new(window, context, shape)),
        Kind::Csv(delimiter) => Box::new(csv::Csv::new(window, context, delimiter)),
        Kind::Whole => one(whole(window, &context)),
    })
}

/// Formats of bytes.
pub(super) fn packed(bytes: &[u8]) -> Option<Kind> {
    const MAGIC: [(&[u8], Kind); 6] = [
        (gzip::MAGIC, Kind::Gzip),
        (b"\x28\xb5\x2f\xfd", Kind::Zstd),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"PAR1", Kind::Parquet),
        (warc::MAGIC, Kind::Warc),
    ];
    MAGIC.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| kind)
}

/// Formats of text.
fn text_kind(head: &str, context: &Context) -> Kind {
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with('<') {
        return root(start).map_or(Kind::Whole, |name| match name.to_ascii_lowercase().as_str() {
            "rss" | "feed" | "rdf:rdf" => Kind::Feed,
            "sentences" | "articles" => Kind::Petrarch,
            _ => Kind::Whole,
        });
    }
    if let Some(shape) = json::shape(head, context) {
        return Kind::Json(shape);
    }
    csv::delimiter(start, context).map_or(Kind::Whole, Kind::Csv)
}

/// The name of the first element.
fn root(mut text: &str) -> Option<&str> {
    loop {
        text = text.trim_start();
        let end = match () {
            () if text.starts_with("<?") => "?>",
            () if text.starts_with("<!--") => "-->",
            // A DTD with declarations inside has a second bracket to close.
            () if text.starts_with("<!") => match (text.find('['), text.find('>')) {
                (Some(open), Some(close)) if open < close => "]>",
                _ => ">",
            },
            () => {
                let name = text.strip_prefix('<')?;
                return name.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
            }
        };
        text = text.split_once(end)?.1;
    }
}

/// Text or a page, read to its end.
fn whole(mut window: Window, context: &Context) -> Result<Document, Problem> {
    let most = context.options.max_bytes;
    let held = usize::try_from(most).unwrap_or(usize::MAX);
    let bytes = window.whole(held).map_err(|fault| context.fault(None, window.place(), fault))?;
    let bytes = bytes.ok_or_else(|| {
        context.problem(None, None, format!("more than the {most} bytes a report may have"))
    })?;
    Ok(Document::new(context, None, None, Body::Bytes(bytes)))
}

/// Where to seek in a zip or Parquet file: in the file itself, or in memory where it is small.
pub(super) fn zip_place(mut window: Window, context: &Context) -> Result<Place, Problem> {
    if let Some(path) = &context.seekable {
        return Ok(Place::File(path.clone()));
    }
    let most = context.options.limits.zip;
    let bytes = window.whole(most).map_err(|fault| context.fault(None, 0, fault))?;
    let bytes = bytes.ok_or_else(|| {
        context.problem(
            None,
            None,
            format!("more than {most} bytes, and only a file can be sought in; unpack it first"),
        )
    })?;
    Ok(Place::Memory(bytes.into()))
}

#[cfg(feature = "parquet")]
fn parquet(window: Window, context: Context) -> Result<Records, Problem> {
    let place = zip_place(window, &context)?;
    Ok(Box::new(super::parquet_file::Parquet::new(&place, context)?))
}

#[cfg(not(feature = "parquet"))]
#[allow(clippy::needless_pass_by_value)] // the same signature for both builds
fn parquet(_: Window, context: Context) -> Result<Records, Problem> {
    let reason = "a Parquet file, and this program was built without them (cargo build --features parquet)";
    Err(context.problem(None, None, reason))
}
