//! The words of the calendar, from `data/calendar/`.

use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A stretch of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
}

/// What a language calls days, months and stretches of time.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Calendar {
    pub months: HashMap<String, i8>,
    pub weekdays: HashMap<String, i8>,
    pub units: HashMap<String, Unit>,
    pub days: HashMap<String, i64>,
    pub seasons: HashMap<String, i8>,
    pub numbers: HashMap<String, i64>,
    pub ordinals: HashMap<String, i64>,
    /// Days of a month in words.
    pub spelt: HashMap<String, i8>,
    pub holidays: HashMap<String, [i8; 2]>,
    /// Days from Easter.
    pub easter: HashMap<String, i64>,
    pub named: HashMap<String, Date>,
    words: HashMap<String, Vec<String>>,
}

impl Calendar {
    /// The built-in English calendar. A file that does not parse gives an empty one; a test sees to
    /// it that this one does.
    pub fn english() -> &'static Calendar {
        static ENGLISH: LazyLock<Calendar> = LazyLock::new(|| {
            Calendar::parse(include_str!("../../../../data/calendar/en.toml")).unwrap_or_default()
        });
        &ENGLISH
    }

    fn parse(text: &str) -> Result<Calendar, toml::de::Error> {
        toml::from_str(text)
    }

    /// True where `word` is in the list of that name.
    pub fn is(&self, list: &str, word: &str) -> bool {
        self.list(list).iter().any(|listed| listed == word)
    }

    /// The words of the list of that name; none for a name that is not there.
    pub fn list(&self, list: &str) -> &[String] {
        self.words.get(list).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_calendar_reads() {
        let calendar = Calendar::parse(include_str!("../../../../data/calendar/en.toml")).unwrap();
        assert_eq!(calendar.months["sept"], 9);
        assert_eq!(calendar.units["weeks"], Unit::Week);
        assert!(calendar.is("ago", "ago") && !calendar.is("no such list", "ago"));
    }
}
