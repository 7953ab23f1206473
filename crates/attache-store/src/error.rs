//! What can go wrong with an archive.

use std::path::PathBuf;

/// Why the archive could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// SQLite refused.
    #[error("the archive: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// There is no file to read from.
    #[error("{}: there is no archive here", path.display())]
    Missing {
        /// The path asked for.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{}: not an archive of attache", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A later version of the program wrote the archive.
    #[error("{}: written in archive format {found}, this program knows formats up to {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format this program knows.
        known: u32,
    },
    /// An earlier version wrote it, and it is open for reading only.
    #[error("{}: in archive format {found}; `attache keep --archive` with no input brings it to format {known}", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The format this program reads.
        known: u32,
    },
    /// Another process writes to it.
    #[error("{}: being written to by {holder}", path.display())]
    Held {
        /// The file.
        path: PathBuf,
        /// Process, machine and time, as the holder wrote them.
        holder: String,
    },
    /// The lock file cannot be used.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A row does not hold what its column promises.
    #[error("the archive: {table} row {row}: {what}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// Its rowid.
        row: i64,
        /// What is wrong.
        what: String,
    },
}
