//! What loads but is wrong, or needs a second look, in the tables of people and organisations.

use crate::rows::{Row, Rows};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Days two holders of an office for one may overlap: contested elections and handovers are real.
const LONGEST_OVERLAP: i64 = 366;

/// What was found: faults, and things to look at that are none by themselves.
#[derive(Debug, Default)]
pub struct Found {
    /// Faults.
    pub findings: Vec<String>,
    /// Things to look at, by kind.
    pub notes: BTreeMap<&'static str, Vec<String>>,
}

/// Checks `people.tsv` and `organisations.tsv` below `data/entities`.
///
/// # Errors
/// Where a table cannot be read.
pub fn check(data: &Path) -> anyhow::Result<Found> {
    let people = Rows::read(data, "entities/people.tsv")?;
    let offices = Rows::read(data, "entities/offices.tsv")?;
    let organisations = Rows::read(data, "entities/organisations.tsv")?;
    let words = common_words(data)?;
    let mut found = Found::default();
    let single: BTreeMap<&str, bool> = offices
        .iter()
        .map(|row| (row.get("office"), row.get("holders") == "one" || row.get("head") != "none"))
        .collect();
    dates(&people, &mut found);
    dates(&organisations, &mut found);
    for row in people.iter().filter(|row| !single.contains_key(row.get("office"))) {
        found.findings.push(format!("{}: there is no office {}", place(&people, row), row.get("office")));
    }
    overlaps(&people, &single, &mut found);
    names(&people, &words, &mut found);
    names(&organisations, &words, &mut found);
    Ok(found)
}

fn place(rows: &Rows, row: Row<'_>) -> String {
    format!("{}, line {}", rows.name, row.line)
}

/// The first (or last) day of YYYY, YYYY-MM or YYYY-MM-DD as a count of days, near enough to compare with.
fn day(cell: &str, last: bool) -> Option<i64> {
    let mut parts = cell.split('-');
    let year: i64 = parts.next()?.parse().ok().filter(|year| (1000..3000).contains(year))?;
    let part = |word: Option<&str>, most: i64| match word {
        None => Some(if last { most } else { 1 }),
        Some(word) if word.len() == 2 => word.parse().ok().filter(|n| (1..=most).contains(n)),
        Some(_) => None,
    };
    let month = part(parts.next(), 12)?;
    let day = part(parts.next(), 31)?;
    parts.next().is_none().then_some((year * 12 + month - 1) * 31 + day)
}

/// Dates that are none, or run backwards.
fn dates(rows: &Rows, found: &mut Found) {
    for row in rows.iter() {
        let (start, end) = (row.get("start"), row.get("end"));
        for cell in [start, end].into_iter().filter(|cell| !cell.is_empty() && day(cell, false).is_none()) {
            found.findings.push(format!("{}: {cell} is no date", place(rows, row)));
        }
        if day(start, false).zip(day(end, true)).is_some_and(|(start, end)| end < start) {
            found.findings.push(format!("{}: ends {end} before it starts {start}", place(rows, row)));
        }
    }
}

/// Offices that several people held side by side: Bosnia's presidency of three, Serbia and its union with
/// Montenegro (both coded SRB), Cambodia's two prime ministers, Libya's rival governments.
const SHARED: [(&str, &str); 6] = [
    ("BIH", "president"),
    ("SRB", "president"),
    ("SRB", "prime-minister"),
    ("KHM", "prime-minister"),
    ("LBY", "prime-minister"),
    ("LBY", "foreign-minister"),
];

/// Terms of one office and country that cover the same days: of one person always a fault, of two where the
/// office is for one.
fn overlaps(people: &Rows, single: &BTreeMap<&str, bool>, found: &mut Found) {
    let mut terms: BTreeMap<(&str, &str, &str), Vec<Row<'_>>> = BTreeMap::new();
    for row in people.iter() {
        terms.entry((row.get("country"), row.get("office"), row.get("posting"))).or_default().push(row);
    }
    for ((country, office, _), rows) in &terms {
        let shared = SHARED.contains(&(*country, *office));
        let international = ["IGO", "UNO", "EUR", "NGO", "MNC", "ISM", "IMG"].contains(country);
        for (index, &one) in rows.iter().enumerate() {
            for &other in &rows[index + 1..] {
                let same = one.get("person") == other.get("person");
                let days = overlap(one, other);
                if days <= 1
                    || !same && (shared || international || !single.get(office).copied().unwrap_or(false))
                {
                    continue;
                }
                let told = format!(
                    "{}: {country} {office}: {} {}..{} and {} {}..{} (line {})",
                    place(people, one),
                    one.get("name"),
                    one.get("start"),
                    one.get("end"),
                    other.get("name"),
                    other.get("start"),
                    other.get("end"),
                    other.line
                );
                match same || days > LONGEST_OVERLAP {
                    true => found.findings.push(format!("{told}: terms overlap")),
                    false => {
                        found.notes.entry("terms that overlap for less than a year").or_default().push(told);
                    }
                }
            }
        }
    }
}

/// Days that both terms cover; dates that name a month or year only give the benefit of the doubt.
fn overlap(one: Row<'_>, other: Row<'_>) -> i64 {
    let bounds = |row: Row<'_>| {
        (day(row.get("start"), true).unwrap_or(0), day(row.get("end"), false).unwrap_or(i64::MAX / 2))
    };
    let ((a, b), (c, d)) = (bounds(one), bounds(other));
    b.min(d) - a.max(c)
}

/// English words in small letters: forms of the inflection table.
fn common_words(data: &Path) -> anyhow::Result<BTreeSet<String>> {
    let text = std::fs::read_to_string(data.join("inflection/en.tsv"))?;
    let cells =
        text.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(['\t', '|', ' ']));
    let small = |cell: &&str| cell.len() > 2 && cell.chars().all(|c| c.is_ascii_lowercase());
    Ok(cells.filter(small).map(str::to_owned).collect())
}

/// Names of one word that are common words as well: the words around must tell, so each is a risk.
fn names(rows: &Rows, words: &BTreeSet<String>, found: &mut Found) {
    for row in rows.iter() {
        for name in row.get("names").split('|').map(str::trim).filter(|name| !name.is_empty()) {
            let lower = name.to_lowercase();
            if name == lower && words.contains(&lower) {
                found
                    .findings
                    .push(format!("{}: the name {name} is a common word in small letters", place(rows, row)));
            } else if words.contains(&lower) && !name.chars().all(char::is_uppercase) {
                let told = format!("{}: {name} ({})", place(rows, row), row.get("country"));
                found.notes.entry("names that are common words").or_default().push(told);
            }
        }
    }
}
