//! How much is read of what comes from strangers: every limit of this crate, in one place.

/// Largest text file read unless told otherwise, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Largest HTML page read, in bytes; a smaller [`Options::max_bytes`](crate::Options) goes before it.
pub const MAX_HTML_BYTES: u64 = 20 * 1024 * 1024;

/// The limits of streams and containers. Memory in use stays below a small multiple of `record`, however
/// long the stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest record, in bytes: a line of JSON, a row, an item of a feed, a record of a WARC file.
    pub record: usize,
    /// Longest head of a WARC record, of an HTTP answer or of a gzip member, in bytes.
    pub head: usize,
    /// How often a container may grow when unpacked, after the first `slack` bytes.
    pub ratio: u64,
    /// Bytes that may be unpacked before `ratio` counts.
    pub slack: u64,
    /// Most bytes unpacked of one container in all.
    pub unpacked: u64,
    /// How deep containers may be nested: a gzip file in a zip file is two.
    pub depth: usize,
    /// Most entries of one zip file.
    pub entries: usize,
    /// Largest zip file read where it cannot be sought in (standard input, a zip file in another), in bytes.
    pub zip: usize,
    /// Compressed bytes held to look for the next gzip member when one is damaged.
    pub replay: usize,
    /// How many records that never end are given another try further on, in one file. Each costs up to
    /// `record` bytes of looking.
    pub runaway: usize,
    /// Most rows of a Parquet file held at once.
    pub batch: usize,
    /// Longest answer to a request, in bytes.
    pub body: u64,
    /// Most redirects followed from one address.
    pub redirects: usize,
    /// Longest time one request may take with all its redirects, in seconds.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            record: 32 * 1024 * 1024,
            head: 64 * 1024,
            ratio: 200,
            slack: 16 * 1024 * 1024,
            unpacked: 256 * 1024 * 1024 * 1024,
            depth: 3,
            entries: 200_000,
            zip: 64 * 1024 * 1024,
            replay: 16 * 1024 * 1024,
            runaway: 100,
            batch: 64,
            body: 32 * 1024 * 1024,
            redirects: 5,
            seconds: 30,
        }
    }
}
