//! One coded report into the archive.

use crate::prepare::Prepared;
use crate::stories::Kin;
use crate::{StoreError, Writer, filing, gather, reports, revisions, rollup, stories};
use rusqlite::params;

/// What keeping a report came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It was there, coded by this version: nothing was written.
    Known,
    /// It is new.
    New {
        /// How it is kin to an earlier one.
        kin: Kin,
        /// Events no report told before.
        events: usize,
        /// Its events in all.
        mentions: usize,
    },
    /// It was there, and a further piece of it has been added.
    Completed {
        /// Events no report told before.
        events: usize,
        /// Tellings added.
        mentions: usize,
    },
    /// It was there, coded by another version, and has been coded anew.
    Revised {
        /// Its events in all.
        mentions: usize,
    },
}

impl Writer {
    /// Keeps a report in the open transaction; [`Writer::commit`] makes it last.
    ///
    /// # Errors
    /// Where the file cannot be written. What was kept since the last commit is undone then.
    pub fn keep(&mut self, report: &Prepared) -> Result<Kept, StoreError> {
        let before = reports::before(&self.archive.connection, report.id())?;
        match before {
            Some(before) if before.version == report.version => Ok(Kept::Known),
            Some(before) => self.whole(|writer| writer.revise(report, &before)),
            None => self.whole(|writer| writer.add(report)),
        }
    }

    /// As [`Writer::keep`], for reports that come in pieces, as events of a file do: where this version has coded
    /// the report, the events it has not told yet are added.
    ///
    /// # Errors
    /// As [`Writer::keep`].
    pub fn keep_piece(&mut self, report: &Prepared) -> Result<Kept, StoreError> {
        match reports::before(&self.archive.connection, report.id())? {
            Some(before) if before.version == report.version => {
                self.whole(|writer| writer.complete(report, &before))
            }
            _ => self.keep(report),
        }
    }

    /// Adds the events of a report that its current coding has not.
    fn complete(&mut self, report: &Prepared, before: &reports::Before) -> Result<Kept, StoreError> {
        let connection = &self.archive.connection;
        let coding = connection
            .prepare_cached("SELECT id FROM codings WHERE report = ?1 AND current")?
            .query_row([before.row], |row| row.get(0))?;
        // By the whole record: ids of other programs may name two events.
        let mut is_told = connection.prepare_cached(
            "SELECT 1 FROM mentions WHERE report = ?1 AND key = ?2 AND record = ?3 AND current",
        )?;
        let (mut events, mut mentions) = (0, 0);
        for event in &report.events {
            if is_told.exists(params![before.row, event.event.id, event.record])? {
                continue;
            }
            let telling = gather::Telling { coding, report: before.row, story: before.story, event };
            events += usize::from(gather::gather(connection, &telling)?);
            mentions += 1;
        }
        Ok(if mentions == 0 { Kept::Known } else { Kept::Completed { events, mentions } })
    }

    fn add(&mut self, report: &Prepared) -> Result<Kept, StoreError> {
        let run = self.run(&report.version)?;
        let connection = &self.archive.connection;
        let kinship = stories::place(connection, report)?;
        let row = reports::insert(connection, report, &kinship)?;
        stories::file(connection, row, report)?;
        rollup::coverage(connection, &report.countries, &report.day, 1)?;
        let coding = revisions::open(connection, row, 1, run, &report.version)?;
        let mut events = 0;
        for event in &report.events {
            let telling = gather::Telling { coding, report: row, story: kinship.story, event };
            events += usize::from(gather::gather(connection, &telling)?);
        }
        Ok(Kept::New { kin: kinship.kin, events, mentions: report.events.len() })
    }

    fn revise(&mut self, report: &Prepared, before: &reports::Before) -> Result<Kept, StoreError> {
        let run = self.run(&report.version)?;
        let connection = &self.archive.connection;
        let old = revisions::current(connection, before.row)?;
        let touched = revisions::retire(connection, before.row)?;
        rollup::coverage(connection, &before.countries, &before.day, -1)?;
        rollup::coverage(connection, &report.countries, &before.day, 1)?;
        connection
            .prepare_cached("UPDATE reports SET countries = ?2 WHERE id = ?1")?
            .execute(params![before.row, report.countries])?;
        let coding = revisions::open(connection, before.row, before.revision + 1, run, &report.version)?;
        for event in touched {
            filing::refresh(connection, event)?;
        }
        for event in &report.events {
            gather::gather(
                connection,
                &gather::Telling { coding, report: before.row, story: before.story, event },
            )?;
        }
        let why = format!("{} → {}", before.version, report.version);
        revisions::log(connection, run, before.row, &old, report, &why)?;
        Ok(Kept::Revised { mentions: report.events.len() })
    }

    /// The row of this sitting, made when it first writes.
    fn run(&mut self, version: &str) -> Result<i64, StoreError> {
        if let Some(run) = self.run {
            return Ok(run);
        }
        let started = format!("{:.0}", jiff::Timestamp::now());
        let run = self
            .archive
            .connection
            .prepare_cached("INSERT INTO runs (version, started) VALUES (?1, ?2)")?
            .insert(params![version, started])?;
        self.run = Some(run);
        Ok(run)
    }
}
