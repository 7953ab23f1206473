//! One side of a relation, as a user names it.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A country, a sector of a country, or whoever has this name or id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Side {
    /// All of a country (ISO 3166 alpha-3, or PLOVER's IGO, UNO, EUR, …), or one sector of it.
    Country {
        /// The code.
        code: String,
        /// Three letters, such as MIL.
        sector: Option<String>,
    },
    /// An entity's id in the registry, or its name in any case.
    Named(String),
}

impl Side {
    /// Reads "COL", "COL:MIL", "COL/REB", "EU", "Gustavo Petro", "p.COL.gustavo-petro".
    ///
    /// A country's or an organisation's plain name works where the archive has an entity of that name.
    pub fn parse(words: &str) -> Side {
        let words = words.trim();
        let (country, sector) = words.split_once([':', '/']).map_or((words, None), |(c, s)| (c, Some(s)));
        let code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if code(country) && sector.is_none_or(code) {
            return Side::Country { code: country.to_owned(), sector: sector.map(str::to_owned) };
        }
        Side::Named(match words {
            "EU" => "European Union".to_owned(),
            "UN" => "United Nations".to_owned(),
            other => other.to_owned(),
        })
    }

    /// The country where the side is a whole one.
    pub fn country(&self) -> Option<&str> {
        match self {
            Side::Country { code, sector: None } => Some(code),
            _ => None,
        }
    }

    /// The side with a country's name replaced by its code, where the archive knows the name.
    pub(crate) fn settle(&self, connection: &Connection) -> rusqlite::Result<Side> {
        let Side::Named(name) = self else { return Ok(self.clone()) };
        let mut find = connection.prepare_cached(
            "SELECT country FROM entities WHERE name = ?1 COLLATE NOCASE AND key = country AND sector = '' LIMIT 1",
        )?;
        let mut rows = find.query([name])?;
        Ok(match rows.next()? {
            Some(row) => Side::Country { code: row.get(0)?, sector: None },
            None => self.clone(),
        })
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Side::Country { code, sector: None } => f.write_str(code),
            Side::Country { code, sector: Some(sector) } => write!(f, "{code}:{sector}"),
            Side::Named(name) => f.write_str(name),
        }
    }
}

impl From<String> for Side {
    fn from(words: String) -> Side {
        Side::parse(&words)
    }
}

impl From<Side> for String {
    fn from(side: Side) -> String {
        side.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_read_as_written() {
        assert_eq!(Side::parse("COL").country(), Some("COL"));
        assert_eq!(Side::parse("COL/REB"), Side::parse("COL:REB"));
        assert_eq!(Side::parse(" Gustavo Petro "), Side::Named("Gustavo Petro".into()));
        assert_eq!(Side::parse("EU").to_string(), "European Union");
        assert_eq!(Side::parse("Eta"), Side::Named("Eta".into()));
    }
}
