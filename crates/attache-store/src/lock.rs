//! One writer at a time. The lock is the operating system's, so that it ends with its process however
//! that ends; the file beside the archive says who holds it.

use crate::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Held while an archive is written to; let go when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of an archive, or says who has it.
    ///
    /// # Errors
    /// [`StoreError::Held`], [`StoreError::Io`].
    pub fn take(archive: &Path) -> Result<Lock, StoreError> {
        let path = path(archive);
        let failed = |source| StoreError::Io { path: path.clone(), source };
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = options.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(source)) => return Err(failed(source)),
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // What the holder wrote is a courtesy: the answer is the same without it.
                let _ = file.take(400).read_to_string(&mut holder);
                let holder =
                    holder.lines().next().filter(|line| !line.is_empty()).unwrap_or("another process");
                return Err(StoreError::Held { path: archive.to_owned(), holder: holder.to_owned() });
            }
        }
        let mut say = || {
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0))?;
            writeln!(file, "{}", myself())?;
            file.flush()
        };
        say().map_err(failed)?;
        Ok(Lock { _file: file })
    }
}

/// The lock file of an archive: its name with `.lock` behind.
fn path(archive: &Path) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn myself() -> String {
    let machine = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let machine = if machine.trim().is_empty() { "this machine" } else { machine.trim() };
    let now = jiff::Timestamp::now();
    format!("process {} on {machine} since {now:.0}", std::process::id())
}
