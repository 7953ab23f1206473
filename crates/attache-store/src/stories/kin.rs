//! How two reports are kin, by their sketches and dates alone.

use crate::sketch::Sketch;
use crate::terms;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;

/// How a report is kin to an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kin {
    /// Nothing of the kind was kept before.
    First,
    /// The same words at another address or under another headline.
    Copy,
    /// The beginning of a longer report, or other parts of it.
    Cut,
    /// Another text at the same address, or a text grown out of the earlier one.
    Update,
    /// The same thing in other words.
    Retelling,
}

impl Kin {
    const ALL: [Kin; 5] = [Kin::First, Kin::Copy, Kin::Cut, Kin::Update, Kin::Retelling];

    /// As the archive writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kin::First => "first",
            Kin::Copy => "copy",
            Kin::Cut => "cut",
            Kin::Update => "update",
            Kin::Retelling => "retelling",
        }
    }
}

impl ToSql for Kin {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for Kin {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Kin> {
        let word = value.as_str()?;
        Ok(Kin::ALL.into_iter().find(|kin| kin.as_str() == word).unwrap_or(Kin::First))
    }
}

/// What makes two reports kin, and how sure that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    pub kin: Kin,
    pub sure: f64,
    pub why: String,
}

/// From here on two texts are copies.
const COPY: f64 = 0.8;
/// So much of the shorter text has to stand in the longer.
const CONTAINED: f64 = 0.7;
/// From here on one text grew out of the other.
const GROWN: f64 = 0.35;
/// How far names and numbers have to agree, for texts of like wording and for retellings: texts of one
/// mould ("A magnitude … earthquake struck …") differ in them.
const AGREED: f64 = 0.8;
const AGREED_RETOLD: f64 = 0.7;
/// Shared weight of terms from which a report tells the same in other words.
const RETOLD: f64 = 0.4;
/// Names and numbers a retelling shares.
const RETOLD_STRONG: usize = 3;
/// Days between two tellings of one thing in other words.
const RETOLD_DAYS: i64 = 3;

/// How `new` is kin to `old` by its wording.
pub fn wording(new: &Sketch, old: &Sketch) -> Option<Likeness> {
    let (alike, begin_alike) = (new.alike(old), new.begin_alike(old));
    let contained = if alike > 0.1 || begin_alike > 0.5 { new.contained(old) } else { 0.0 };
    let percent = |share: f64| (share * 100.0).round();
    let (kin, sure, why) = if alike >= COPY {
        (Kin::Copy, alike.min(0.99), format!("{} % of the wording is the same", percent(alike)))
    } else if contained >= CONTAINED {
        let kin = if new.shingles < old.shingles { Kin::Cut } else { Kin::Update };
        let why = format!("{} % of the shorter text stands in the longer", percent(contained));
        (kin, contained.min(0.97), why)
    } else if alike.max(begin_alike * 0.8) >= GROWN {
        let why = format!("{} % of the wording is the same, and so are names and numbers", percent(alike));
        (Kin::Update, 0.85, why)
    } else {
        return None;
    };
    (terms::agreement(&new.terms, &old.terms) >= AGREED).then_some(Likeness { kin, sure, why })
}

/// Whether `new` may tell what `old` tells in other words, published so many days apart (none where a date
/// is missing). Whether both tell one act is for [`super::acts`] to say.
pub fn retelling(new: &Sketch, old: &Sketch, days: Option<i64>) -> Option<Likeness> {
    let (overlap, strong) = terms::overlap(&new.terms, &old.terms);
    let is_near = days.is_some_and(|days| days.abs() <= RETOLD_DAYS);
    let is_like = overlap >= RETOLD && strong >= RETOLD_STRONG;
    (is_near && is_like && terms::agreement(&new.terms, &old.terms) >= AGREED_RETOLD).then(|| Likeness {
        kin: Kin::Retelling,
        sure: (0.5 + overlap / 2.0).min(0.9),
        why: format!(
            "{strong} names and numbers and {} % of the telling terms are shared",
            (overlap * 100.0).round()
        ),
    })
}
