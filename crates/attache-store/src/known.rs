//! Which reports need no work: so that a second `keep` goes on where the first one ended.

use crate::{Archive, StoreError, hash};
use std::collections::HashSet;

/// The reports an archive holds as one version coded them.
#[derive(Debug, Clone, Default)]
pub struct Known(HashSet<u64>);

impl Known {
    /// True where the report of this id is among them.
    pub fn has(&self, report: &str) -> bool {
        self.0.contains(&hash::bytes(report.as_bytes()))
    }

    /// Adds a report that was kept.
    pub fn add(&mut self, report: &str) {
        self.0.insert(hash::bytes(report.as_bytes()));
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Archive {
    /// The reports coded by this version. Eight bytes a report are held, and some for the set.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn known(&self, version: &str) -> Result<Known, StoreError> {
        let keys = self
            .connection
            .prepare("SELECT r.key FROM codings c JOIN reports r ON r.id = c.report WHERE c.current AND c.version = ?1")?
            .query_map([version], |row| Ok(hash::bytes(row.get_ref(0)?.as_bytes()?)))?
            .collect::<Result<_, _>>()?;
        Ok(Known(keys))
    }
}
