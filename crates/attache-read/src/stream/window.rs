//! A stretch of a stream, held while a record is looked for in it. What is not taken stays, so a reader
//! that went wrong can look at the same bytes again.

use std::io::{self, Read};

/// How much is asked of a source at a time.
const CHUNK: usize = 64 * 1024;

/// Why a source cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where, in bytes of the source's own input; none where the system failed.
    pub byte: Option<u64>,
    pub reason: String,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        // What our own adapters pass through `io::Read` comes back as it was.
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Problematic>()) {
            Some(Problematic(fault)) => fault.clone(),
            None => Fault { byte: None, reason: error.to_string() },
        }
    }
}

/// A fault on its way through `io::Read`.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.reason)]
struct Problematic(Fault);

/// Where bytes come from.
pub(crate) trait Source: Send {
    /// Some bytes; none at the end. After a fault, the same fault until [`Source::recover`].
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Fault>;

    /// The byte to name for byte `at` of what this source gives.
    fn place(&self, at: u64) -> u64 {
        at
    }

    /// How many of the bytes given are known to be good, although a fault has come after.
    fn verified(&self) -> u64 {
        u64::MAX
    }

    /// After a fault: goes on behind it where there is more. False where there is not.
    fn recover(&mut self) -> bool {
        false
    }
}

/// Any reader as a source.
pub(crate) struct Plain<R>(pub R);

impl<R: Read + Send> Source for Plain<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Fault> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => return other.map_err(Fault::from),
            }
        }
    }
}

/// The bytes held, from the first that is not taken.
pub(crate) struct Window {
    source: Box<dyn Source>,
    held: Vec<u8>,
    start: usize,
    /// How many bytes of the source were taken or passed over.
    offset: u64,
    ended: bool,
}

impl Window {
    pub fn new(source: impl Source + 'static) -> Window {
        Window { source: Box::new(source), held: Vec::new(), start: 0, offset: 0, ended: false }
    }

    #[cfg(any(test, feature = "fetch"))]
    pub fn of_bytes(bytes: Vec<u8>) -> Window {
        Window::new(Plain(io::Cursor::new(bytes)))
    }

    pub fn held(&self) -> &[u8] {
        self.held.get(self.start..).unwrap_or(&[])
    }

    /// Where the first byte held stands in what the source gives.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The byte to name for the first byte held.
    pub fn place(&self) -> u64 {
        self.source.place(self.offset)
    }

    /// Holds some more; false at the end.
    pub fn grow(&mut self) -> Result<bool, Fault> {
        if self.ended {
            return Ok(false);
        }
        if self.start > CHUNK && self.start * 2 > self.held.len() {
            self.held.drain(..self.start);
            self.start = 0;
        }
        let end = self.held.len();
        self.held.resize(end + CHUNK, 0);
        let read = self.held.get_mut(end..).map_or(Ok(0), |room| self.source.read(room));
        self.held.truncate(end + read.as_ref().map_or(0, |count| *count));
        self.ended = matches!(read, Ok(0));
        Ok(read? > 0)
    }

    /// Holds at least `count` bytes; false where the stream is shorter.
    pub fn fill(&mut self, count: usize) -> Result<bool, Fault> {
        while self.held().len() < count {
            if !self.grow()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Lets the first bytes go, as far as held.
    pub fn pass(&mut self, count: usize) {
        let count = count.min(self.held().len());
        self.start += count;
        self.offset += count as u64;
        if self.start == self.held.len() {
            self.held.clear();
            self.start = 0;
        }
    }

    /// How many of the bytes held are known to be good.
    pub fn verified(&self) -> usize {
        usize::try_from(self.source.verified().saturating_sub(self.offset)).unwrap_or(usize::MAX)
    }

    /// After a fault: lets go of what is held and goes on behind the fault, where there is more.
    pub fn recover(&mut self) -> bool {
        self.pass(self.held().len());
        !self.ended && self.source.recover()
    }

    /// Where `needle` begins in the bytes held or to come, from `from` on, the search ending `most` bytes
    /// on; `None` where it is not there.
    pub fn find(&mut self, needle: &[u8], from: usize, most: usize) -> Result<Option<usize>, Fault> {
        let mut from = from;
        loop {
            let found = self.held().get(from..).and_then(|rest| memchr::memmem::find(rest, needle));
            if let Some(at) = found {
                return Ok(Some(from + at));
            }
            from = from.max((self.held().len() + 1).saturating_sub(needle.len()));
            if from >= most || !self.grow()? {
                return Ok(None);
            }
        }
    }

    /// Lets everything go to behind the next end of a line.
    pub fn skip_line(&mut self) -> Result<(), Fault> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', self.held()) {
                self.pass(end + 1);
                return Ok(());
            }
            self.pass(self.held().len());
            if !self.grow()? {
                return Ok(());
            }
        }
    }

    /// Everything, where that is at most `most` bytes; else `None`.
    pub fn whole(&mut self, most: usize) -> Result<Option<Vec<u8>>, Fault> {
        while self.held().len() <= most {
            if !self.grow()? {
                return Ok(Some(self.held().to_vec()));
            }
        }
        Ok(None)
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.held().is_empty() {
            self.grow().map_err(|fault| io::Error::other(Problematic(fault)))?;
        }
        let count = self.held().len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), self.held().get(..count)) {
            to.copy_from_slice(from);
        }
        self.pass(count);
        Ok(count)
    }
}

/// What is said of a container that grows without measure.
pub(crate) fn bomb(most: u64) -> Fault {
    Fault { byte: None, reason: format!("unpacks to more than the {most} bytes allowed for its size") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stay_until_taken() {
        let mut window = Window::of_bytes((0..200_000u32).map(|n| n as u8).collect());
        assert!(window.fill(150_000).unwrap());
        window.pass(100_000);
        assert_eq!((window.offset(), window.held()[0]), (100_000, 160));
        assert!(!window.fill(100_001).unwrap());
        assert_eq!(window.held().len(), 100_000);
    }

    #[test]
    fn finds_across_chunks() {
        let mut bytes = vec![b'x'; CHUNK - 2];
        bytes.extend(b"needle and more");
        let mut window = Window::of_bytes(bytes);
        assert_eq!(window.find(b"needle", 0, usize::MAX).unwrap(), Some(CHUNK - 2));
        assert_eq!(window.find(b"thread", 0, usize::MAX).unwrap(), None);
    }
}
