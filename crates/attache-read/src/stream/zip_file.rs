//! Zip files, entry by entry. Nothing is ever written to disk; an entry whose name leads out of the
//! archive is refused all the same, since a file that has one was made to do harm.

use super::open::{Context, Records, open};
use super::problem::Problem;
use super::window::{Fault, Source, Window, bomb};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

/// Where the bytes of a zip file are.
pub(super) enum Place {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Place {
    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Place::File(path) => Box::new(io::BufReader::new(File::open(path)?)),
            Place::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// The entries of a zip file, unpacked as they are read. Folders, hidden files and notes are left out.
pub(super) struct Entries {
    place: Place,
    archive: Option<ZipArchive<Box<dyn ReadSeek>>>,
    next: usize,
    /// Bytes the entries so far said they unpack to, and the most allowed for the file's size.
    unpacked: u64,
    most: u64,
    context: Context,
}

impl Entries {
    pub fn new(place: Place, context: Context) -> Result<Entries, Problem> {
        let damaged =
            |error: &dyn std::fmt::Display| context.problem(None, None, format!("damaged zip file: {error}"));
        let mut bytes = place.open().map_err(|error| damaged(&error))?;
        let size = bytes.seek(SeekFrom::End(0)).map_err(|error| damaged(&error))?;
        let archive = ZipArchive::new(bytes).map_err(|error| damaged(&error))?;
        let limits = &context.options.limits;
        if archive.len() > limits.entries {
            let reason =
                format!("{} entries, more than the {} a zip file may have", archive.len(), limits.entries);
            return Err(context.problem(None, None, reason));
        }
        let most = size.saturating_mul(limits.ratio).saturating_add(limits.slack).min(limits.unpacked);
        Ok(Entries { place, archive: Some(archive), next: 0, unpacked: 0, most, context })
    }

    /// Opens an entry; none where it is a folder or a file nothing to read is in.
    fn open(&mut self, index: usize) -> Result<Option<(Window, Context)>, Problem> {
        let record = Some(index as u64 + 1);
        let Some(archive) = &self.archive else { return Ok(None) };
        let entry = archive
            .by_index_data(index)
            .map_err(|error| self.context.problem(record, None, format!("damaged zip entry: {error}")))?;
        let (start, packed, size, crc) =
            (entry.header_start(), entry.compressed_size(), entry.size(), entry.crc32());
        let at = |reason: String| self.context.problem(record, Some(start), reason);
        let name = entry.name().map(|name| name.into_owned()).unwrap_or_default();
        let Some(inside) = entry.enclosed_name().filter(|_| !is_rooted(&name)) else {
            return Err(at(format!("the entry's name leads out of the archive: {}", name.escape_debug())));
        };
        let last = inside.file_name().map(|last| last.to_string_lossy().into_owned()).unwrap_or_default();
        let notes = inside.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
        if entry.is_dir() || last.starts_with('.') || notes {
            return Ok(None);
        }
        if entry.encrypted() {
            return Err(at(format!("the entry {name} is encrypted")));
        }
        let method = entry.compression();
        self.unpacked = self.unpacked.saturating_add(size);
        if self.unpacked > self.most {
            self.archive = None;
            return Err(at(format!("{}; the rest of the file is left out", bomb(self.most).reason)));
        }
        let mut context = self.context.inside(&inside.to_string_lossy())?;
        context.seekable = None;
        let unpacking = self
            .place
            .open()
            .and_then(|bytes| body(bytes, start, packed))
            .map_err(|error| at(format!("damaged zip entry: {error}")))?;
        let unpacking: Box<dyn Read + Send> = match method {
            CompressionMethod::Stored => Box::new(unpacking),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(unpacking)),
            other => return Err(at(format!("the entry {name} is packed by a method not read ({other})"))),
        };
        let entry = Entry { unpacking, crc: Crc::new(), given: 0, size, sum: crc, failed: None };
        Ok(Some((Window::new(entry), context)))
    }
}

impl Iterator for Entries {
    type Item = Result<(Window, Context), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let index = self.next;
            if index >= self.archive.as_ref()?.len() {
                return None;
            }
            self.next += 1;
            if let Some(found) = self.open(index).transpose() {
                return Some(found);
            }
        }
    }
}

/// The documents of a zip file, each entry read as what it is.
pub(super) struct ZipFile {
    entries: Entries,
    records: Option<Records>,
}

impl ZipFile {
    pub fn new(place: Place, context: Context) -> Result<ZipFile, Problem> {
        Ok(ZipFile { entries: Entries::new(place, context)?, records: None })
    }
}

impl Iterator for ZipFile {
    type Item = Result<super::Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.records.as_mut().and_then(Iterator::next) {
                return Some(found);
            }
            self.records = None;
            match self.entries.next()? {
                Ok((window, context)) => self.records = Some(open(window, context)),
                Err(problem) => return Some(Err(problem)),
            }
        }
    }
}

/// True for names from the root of a file system, of Windows as well.
fn is_rooted(name: &str) -> bool {
    name.starts_with(['/', '\\']) || name.get(1..2) == Some(":")
}

/// The packed bytes of the entry whose local header begins at `start`.
fn body(mut bytes: Box<dyn ReadSeek>, start: u64, packed: u64) -> io::Result<impl Read + Send + 'static> {
    let mut header = [0; 30];
    bytes.seek(SeekFrom::Start(start))?;
    bytes.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(io::Error::other("no header where the directory says"));
    }
    let [.., a, b, c, d] = header;
    let skip = i64::from(u16::from_le_bytes([a, b])) + i64::from(u16::from_le_bytes([c, d]));
    bytes.seek_relative(skip)?;
    Ok(bytes.take(packed))
}

/// The bytes of an entry, which may be no more than it says, and must give its checksum.
struct Entry {
    unpacking: Box<dyn Read + Send>,
    crc: Crc,
    given: u64,
    size: u64,
    sum: u32,
    failed: Option<Fault>,
}

impl Entry {
    fn step(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        let damaged = |reason: &str| Fault { byte: None, reason: format!("damaged zip entry: {reason}") };
        let count = self.unpacking.read(buffer).map_err(|_| damaged("its bytes cannot be unpacked"))?;
        self.given += count as u64;
        self.crc.update(buffer.get(..count).unwrap_or(&[]));
        if self.given > self.size {
            return Err(damaged("longer than it says"));
        }
        if count == 0 && !buffer.is_empty() && (self.given < self.size || self.crc.sum() != self.sum) {
            return Err(damaged(if self.given < self.size {
                "cut off"
            } else {
                "its checksum does not hold"
            }));
        }
        Ok(count)
    }
}

impl Source for Entry {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        if let Some(fault) = &self.failed {
            return Err(fault.clone());
        }
        let read = self.step(buffer);
        self.failed = read.as_ref().err().cloned();
        read
    }
}
