//! The reports worth comparing with a new one, out of the tables `bands` and `terms`.

use super::acts::{self, Act, Acts};
use super::kin::{self, Likeness};
use crate::Prepared;
use crate::hash::signed;
use crate::sketch::Sketch;
use crate::terms::Term;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// Days of a bucket of the table `bands`, and of `terms`. Both neighbours are looked at too.
const BAND_DAYS: i64 = 16;
const TERM_DAYS: i64 = 4;
/// Terms a report is filed under.
const FILED: usize = 8;
/// A term so many reports of three buckets share tells nothing.
const FREQUENT: i64 = 144;
/// Terms a report has to share to be compared.
const SHARED: usize = 2;
/// Reports compared, the most promising first.
const COMPARED: usize = 16;

/// The bucket of reports without a date.
const UNDATED: i64 = i64::MIN;

/// An earlier report and how the new one is kin to it.
pub struct Relative {
    pub row: i64,
    pub story: i64,
    pub likeness: Likeness,
}

/// The earlier report the new one is closest to.
pub fn closest(connection: &Connection, new: &Prepared) -> rusqlite::Result<Option<Relative>> {
    let acts: Vec<Act> = new.events.iter().map(|prepared| Act::of(&prepared.event, &new.day)).collect();
    let mut best: Option<Relative> = None;
    for row in candidates(connection, new)? {
        let Some((story, published, sketch)) = earlier(connection, row)? else { continue };
        let mut likeness = kin::wording(&new.sketch, &sketch);
        if likeness.is_none() {
            likeness = kin::retelling(&new.sketch, &sketch, days_between(&new.day, &published));
            if likeness.is_some() && acts::compare(&acts, &acts::told(connection, row)?) == Acts::Other {
                continue; // the same people at something else
            }
        }
        if let Some(likeness) = likeness
            && best.as_ref().is_none_or(|best| likeness.sure > best.likeness.sure)
        {
            best = Some(Relative { row, story, likeness });
        }
    }
    Ok(best)
}

/// Files a report under its bands and terms.
pub fn file(connection: &Connection, row: i64, day: &str, sketch: &Sketch) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO sketches (report, sketch) VALUES (?1, ?2)")?
        .execute(params![row, sketch.to_bytes()])?;
    let mut band = connection
        .prepare_cached("INSERT OR IGNORE INTO bands (bucket, band, report) VALUES (?1, ?2, ?3)")?;
    for hash in sketch.bands() {
        band.execute(params![bucket(day, BAND_DAYS), signed(hash), row])?;
    }
    let mut term = connection
        .prepare_cached("INSERT OR IGNORE INTO terms (bucket, term, report) VALUES (?1, ?2, ?3)")?;
    for Term { hash, .. } in sketch.terms.iter().take(FILED) {
        term.execute(params![bucket(day, TERM_DAYS), hash, row])?;
    }
    Ok(())
}

/// Rows of earlier reports that share a band, or telling terms.
fn candidates(connection: &Connection, new: &Prepared) -> rusqlite::Result<Vec<i64>> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    let [before, within, after] = near(&new.day, BAND_DAYS);
    let mut select = connection
        .prepare_cached("SELECT report FROM bands WHERE bucket IN (?1, ?2, ?3) AND band = ?4 LIMIT ?5")?;
    for band in new.sketch.bands() {
        // Copies share bands however many there are: some of them will do.
        let found = params![before, within, after, signed(band), FREQUENT];
        for row in select.query_map(found, |row| row.get(0))? {
            *votes.entry(row?).or_default() += SHARED;
        }
    }
    let [before, within, after] = near(&new.day, TERM_DAYS);
    let mut select = connection
        .prepare_cached("SELECT report FROM terms WHERE bucket IN (?1, ?2, ?3) AND term = ?4 LIMIT ?5")?;
    for Term { hash, .. } in new.sketch.terms.iter().take(FILED) {
        let found = params![before, within, after, hash, FREQUENT];
        let rows: Vec<i64> = select.query_map(found, |row| row.get(0))?.collect::<Result<_, _>>()?;
        if (rows.len() as i64) < FREQUENT {
            for row in rows {
                *votes.entry(row).or_default() += 1;
            }
        }
    }
    let mut rows: Vec<(i64, usize)> = votes.into_iter().filter(|&(_, votes)| votes >= SHARED).collect();
    rows.sort_by_key(|&(row, votes)| (std::cmp::Reverse(votes), row));
    rows.truncate(COMPARED);
    Ok(rows.into_iter().map(|(row, _)| row).collect())
}

fn earlier(connection: &Connection, row: i64) -> rusqlite::Result<Option<(i64, String, Sketch)>> {
    let found = connection
        .prepare_cached(
            "SELECT r.story, r.published, s.sketch FROM reports r JOIN sketches s ON s.report = r.id WHERE r.id = ?1",
        )?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)))
        .optional()?;
    Ok(found.and_then(|(story, day, bytes)| Some((story, day, Sketch::from_bytes(&bytes)?))))
}

/// The number of a day, from 1970.
pub fn day_number(day: &str) -> Option<i64> {
    let date: Date = day.parse().ok()?;
    let since = date.since(jiff::civil::date(1970, 1, 1)).ok()?;
    Some(i64::from(since.get_days()))
}

/// Days from the second to the first; none where one is no date.
pub fn days_between(a: &str, b: &str) -> Option<i64> {
    if a == b {
        return day_number(a).map(|_| 0);
    }
    Some(day_number(a)? - day_number(b)?)
}

fn bucket(day: &str, days: i64) -> i64 {
    day_number(day).map_or(UNDATED, |number| number.div_euclid(days))
}

/// The buckets before, at and after a day; without a day the one for that.
fn near(day: &str, days: i64) -> [i64; 3] {
    match bucket(day, days) {
        UNDATED => [UNDATED; 3],
        bucket => [bucket - 1, bucket, bucket + 1],
    }
}
