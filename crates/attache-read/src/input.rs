//! From paths to bytes: files, folders and standard input.

use crate::{MAX_BYTES, ReadError};
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// One place to read a document from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, written `-`.
    Stdin,
}

impl Input {
    /// What errors and the record call it.
    pub fn name(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin => "standard input".into(),
        }
    }

    /// Its bytes. At most `max_bytes` are held: a file over the limit is refused before it is read, a
    /// stream as soon as it proves longer.
    ///
    /// # Errors
    /// [`ReadError::Io`] and [`ReadError::TooLarge`].
    pub fn load(&self, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
        let name = self.name();
        let failed = |source| ReadError::Io { name: name.clone(), source };
        let mut bytes = Vec::new();
        match self {
            Input::Stdin => io::stdin().lock().take(max_bytes.saturating_add(1)).read_to_end(&mut bytes),
            Input::File(path) => {
                let file = File::open(path).map_err(failed)?;
                let size = file.metadata().map_err(failed)?.len();
                if size > max_bytes {
                    return Err(ReadError::TooLarge { name, size, limit: max_bytes });
                }
                file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)
            }
        }
        .map_err(failed)?;
        let size = bytes.len() as u64;
        if size > max_bytes { Err(ReadError::TooLarge { name, size, limit: max_bytes }) } else { Ok(bytes) }
    }
}

/// The documents behind paths, with their names, loaded one after the other as asked for.
///
/// No paths at all, or `-`, mean standard input. See [`list`] for folders.
pub fn inputs(paths: &[PathBuf]) -> impl Iterator<Item = Result<(String, Vec<u8>), ReadError>> {
    list(paths).map(|input| {
        let input = input?;
        Ok((input.name(), input.load(MAX_BYTES)?))
    })
}

/// The documents behind paths, not loaded yet.
///
/// A folder stands for its files and those of the folders in it, in the order of their names. Left out
/// are hidden files, Markdown files (a folder's notes on itself) and links to folders, which could lead
/// in a circle, and pipes. A file given by name is always tried. A folder that has no reports is an error.
pub fn list(paths: &[PathBuf]) -> impl Iterator<Item = Result<Input, ReadError>> + use<> {
    let stdin = paths.is_empty().then_some(PathBuf::from("-"));
    let mut paths: VecDeque<PathBuf> = paths.iter().cloned().chain(stdin).collect();
    let mut walk: Option<Walk> = None;
    std::iter::from_fn(move || {
        loop {
            if let Some(folder) = &mut walk {
                if let Some(found) = folder.next() {
                    return Some(found);
                }
                let done = walk.take()?;
                if done.found == 0 {
                    return Some(Err(ReadError::NoReports { name: done.name }));
                }
            }
            let path = paths.pop_front()?;
            if path.as_os_str() == "-" {
                return Some(Ok(Input::Stdin));
            }
            if !path.is_dir() {
                return Some(Ok(Input::File(path)));
            }
            walk = Some(Walk { name: path.display().to_string(), waiting: vec![path], found: 0 });
        }
    })
}

/// A walk through a folder; `waiting` is a stack, the next path last.
struct Walk {
    name: String,
    waiting: Vec<PathBuf>,
    found: usize,
}

impl Iterator for Walk {
    type Item = Result<Input, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let path = self.waiting.pop()?;
            if !path.is_dir() {
                self.found += 1;
                return Some(Ok(Input::File(path)));
            }
            match entries(&path) {
                Ok(entries) => self.waiting.extend(entries.into_iter().rev()),
                Err(source) => {
                    self.found += 1;
                    return Some(Err(ReadError::Io { name: path.display().to_string(), source }));
                }
            }
        }
    }
}

/// What a folder holds that may be read, sorted by name.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let notes = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
        let kind = entry.file_type()?;
        // A link is followed to a file, not to a folder. Pipes and devices could block for ever.
        let readable = kind.is_file() || kind.is_dir() || kind.is_symlink() && path.is_file();
        if !hidden && !notes && readable {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
