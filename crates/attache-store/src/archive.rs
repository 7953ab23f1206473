//! The file: opening, creating, and the one who writes.

use crate::lock::Lock;
use crate::{StoreError, schema};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a statement waits for another connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// Statements kept prepared.
const PREPARED: usize = 128;
/// Pages written beside the archive before they are taken into it: 16 MB.
const CHECKPOINT: i64 = 4_000;

/// An archive open for reading. Any number may read while one writes.
#[derive(Debug)]
pub struct Archive {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Archive {
    /// Opens an archive for reading.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Foreign`], [`StoreError::Newer`], [`StoreError::Older`].
    pub fn open(path: &Path) -> Result<Archive, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // A reader of a WAL archive has to be able to make its shared-memory file; `query_only` keeps
        // it from writing. A file that may not be written to is opened read-only.
        let connection = Connection::open_with_flags(path, flags).or_else(|_| {
            Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )
        })?;
        let archive = Archive { connection, path: path.to_owned() };
        match archive.format()? {
            schema::FORMAT => {}
            found => return Err(StoreError::Older { path: path.to_owned(), found, known: schema::FORMAT }),
        }
        archive.tune()?;
        archive.connection.pragma_update(None, "query_only", true)?;
        Ok(archive)
    }

    /// Opens an archive for writing, or makes it; an older format is brought up to date.
    pub(crate) fn writable(path: &Path) -> Result<Archive, StoreError> {
        let mut archive = Archive { connection: Connection::open(path)?, path: path.to_owned() };
        archive.format()?;
        archive.tune()?;
        archive.connection.pragma_update(None, "journal_mode", "wal")?;
        archive.connection.pragma_update(None, "synchronous", "normal")?;
        archive.connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
        schema::migrate(&mut archive.connection)?;
        Ok(archive)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for queries of the caller's own.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// What [`Writer::remember`] wrote last under this name.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn remembered(&self, name: &str) -> Result<Option<String>, StoreError> {
        let value = self
            .connection
            .prepare_cached("SELECT value FROM remembered WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        Ok(value)
    }

    /// What SQLite finds wrong with the file and its references; empty where all is well.
    ///
    /// # Errors
    /// Where the check itself cannot run.
    pub fn faults(&self) -> Result<Vec<String>, StoreError> {
        let mut faults: Vec<String> = self
            .connection
            .prepare("PRAGMA integrity_check")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        faults.retain(|fault| fault != "ok");
        let mut broken = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = broken.query([])?;
        while let Some(row) = rows.next()? {
            let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
            faults.push(format!("a row of {table} points to a missing row of {parent}"));
        }
        Ok(faults)
    }

    /// The file's format, where the file is ours or empty.
    fn format(&self) -> Result<u32, StoreError> {
        let foreign = || StoreError::Foreign { path: self.path.clone() };
        let read = |pragma: &str| self.connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
        let application = match read("PRAGMA application_id") {
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                return Err(foreign());
            }
            other => other?,
        };
        let tables = read("SELECT count(*) FROM sqlite_schema")?;
        if application != i64::from(schema::APPLICATION) && tables > 0 {
            return Err(foreign());
        }
        match schema::format(&self.connection)? {
            found if found > schema::FORMAT => {
                Err(StoreError::Newer { path: self.path.clone(), found, known: schema::FORMAT })
            }
            found => Ok(found),
        }
    }

    fn tune(&self) -> Result<(), StoreError> {
        self.connection.busy_timeout(PATIENCE)?;
        // A plan that looks at the values bound to it is made anew for each: a quarter of the time of keeping.
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        self.connection.set_prepared_statement_cache_capacity(PREPARED);
        self.connection.pragma_update(None, "cache_size", -65_536)?; // KiB
        self.connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
        self.connection.pragma_update(None, "temp_store", "memory")?;
        Ok(())
    }
}

/// The one who writes to an archive. Made by [`Writer::open`]; what was kept since the last
/// [`Writer::commit`] is gone when it is dropped.
#[derive(Debug)]
pub struct Writer {
    pub(crate) archive: Archive,
    pub(crate) run: Option<i64>,
    pending: usize,
    /// The last mention whose words can be searched.
    indexed: i64,
    _lock: Lock,
}

impl Writer {
    /// Opens an archive for writing, or makes it.
    ///
    /// # Errors
    /// [`StoreError::Held`] where another process writes to it; else as [`Archive::open`].
    pub fn open(path: &Path) -> Result<Writer, StoreError> {
        if path.exists() {
            // Nothing is laid beside a file that is something else.
            Archive { connection: Connection::open(path)?, path: path.to_owned() }.format()?;
        }
        let lock = Lock::take(path)?;
        Ok(Writer { archive: Archive::writable(path)?, run: None, pending: 0, indexed: 0, _lock: lock })
    }

    /// The same archive, for reading what was written; the words of what was not committed are not found yet.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// How many reports wait for [`Writer::commit`].
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// Remembers a text for the next run; it lasts from the next [`Writer::commit`] on.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn remember(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.begin()?;
        self.archive
            .connection
            .prepare_cached("INSERT OR REPLACE INTO remembered (name, value) VALUES (?1, ?2)")?
            .execute([name, value])?;
        Ok(())
    }

    /// Opens a transaction where none is open.
    fn begin(&mut self) -> Result<(), StoreError> {
        let connection = &self.archive.connection;
        if connection.is_autocommit() {
            connection.execute_batch("BEGIN IMMEDIATE")?;
            self.indexed = connection
                .prepare_cached("SELECT coalesce(max(id), 0) FROM mentions")?
                .query_row([], |row| row.get(0))?;
        }
        Ok(())
    }

    /// Makes what was kept last.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        let connection = &self.archive.connection;
        if !connection.is_autocommit() {
            // All at once: between other statements the full-text index would write itself out for each.
            connection
                .prepare_cached(
                    "INSERT INTO words (rowid, sentence) SELECT id, sentence FROM mentions WHERE id > ?1",
                )?
                .execute([self.indexed])?;
            connection.execute_batch("COMMIT")?;
        }
        self.pending = 0;
        Ok(())
    }

    /// Runs one report's writing inside the open transaction. Where it fails the whole transaction is undone,
    /// so that no report is kept in part.
    pub(crate) fn whole<T>(
        &mut self,
        write: impl FnOnce(&mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin()?;
        let result = write(self);
        if result.is_err() {
            // SQLite may have done it already, where the disk is full.
            let _ = self.archive.connection.execute_batch("ROLLBACK");
            (self.run, self.pending) = (None, 0); // the run's row may be undone
        } else {
            self.pending += 1;
        }
        result
    }
}
