//! The parameters of a request, read once and checked.

use crate::problem::Problem;
use attache_code::{EventType, Quad, Status};
use attache_report::{Question, Sides, Step, Tongue};
use attache_store::query::{self, Filter};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// No value is longer, in bytes: a hundred letters of any script, and room for lists.
const LONGEST: usize = 800;

/// The parameters of a query string, the first of each name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads a query string. Empty values are as if left out: that is what forms send.
    ///
    /// # Errors
    /// A value that is too long.
    pub fn parse(query: Option<&str>) -> Result<Params, Problem> {
        let mut params = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
            if value.len() > LONGEST || name.len() > LONGEST {
                return Err(Problem::Bad(format!("a parameter is longer than {LONGEST} bytes")));
            }
            if !value.trim().is_empty() {
                params.entry(name.into_owned()).or_insert_with(|| value.trim().to_owned());
            }
        }
        Ok(Params(params))
    }

    /// A value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A value that must be there.
    ///
    /// # Errors
    /// Where it is not.
    pub fn need(&self, name: &str) -> Result<&str, Problem> {
        self.get(name).ok_or_else(|| Problem::Bad(format!("the parameter `{name}` is missing")))
    }

    /// A day.
    ///
    /// # Errors
    /// Where the value is none.
    pub fn date(&self, name: &str) -> Result<Option<Date>, Problem> {
        let parse = |value: &str| value.parse().map_err(|_| wrong(name, value, "a day as YYYY-MM-DD"));
        self.get(name).map(parse).transpose()
    }

    /// The days `from` and `to`, in order.
    ///
    /// # Errors
    /// Where one is no day, or the first is behind the last.
    pub fn period(&self) -> Result<(Option<Date>, Option<Date>), Problem> {
        let (from, to) = (self.date("from")?, self.date("to")?);
        match (from, to) {
            (Some(from), Some(to)) if from > to => {
                Err(Problem::Bad(format!("the period from {from} to {to} ends before it begins")))
            }
            period => Ok(period),
        }
    }

    /// A number from `least` to `most`.
    ///
    /// # Errors
    /// Where the value is none.
    pub fn number(&self, name: &str, default: usize, least: usize, most: usize) -> Result<usize, Problem> {
        let Some(value) = self.get(name) else { return Ok(default) };
        let number = value.parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| wrong(name, value, &format!("a number from {least} to {most}")))
    }

    /// The language asked for: the parameter's, else the first known one of the browser's.
    pub fn tongue(&self, accepted: Option<&str>) -> Tongue {
        let asked = self.get("lang").and_then(Tongue::parse);
        let browser = || accepted?.split(',').find_map(|one| Tongue::parse(one.split(';').next()?.trim()));
        asked.or_else(browser).unwrap_or_default()
    }

    /// The question of a relation.
    ///
    /// # Errors
    /// Parameters that cannot be used.
    pub fn question(&self, sides: &Sides, a: &str, b: &str) -> Result<Question, Problem> {
        let (from, to) = self.period()?;
        let step = match self.get("step") {
            None => Step::Week,
            Some(word) => Step::parse(word).ok_or_else(|| wrong("step", word, "day, week or month"))?,
        };
        let b = self.get(b).map(|b| sides.parse(b)).transpose()?;
        let pin = self.number("v", 0, 1, usize::MAX >> 1)?;
        let pin = i64::try_from(pin).ok().filter(|pin| *pin > 0);
        Ok(Question { a: sides.parse(self.need(a)?)?, b, from, to, step, pin })
    }

    /// The events of a filter.
    ///
    /// # Errors
    /// Parameters that cannot be used.
    pub fn filter(&self, rows: usize) -> Result<Filter, Problem> {
        let (from, to) = self.period()?;
        let side = |name: &str| self.get(name).map(query::Side::parse);
        let between = match (side("a"), side("b")) {
            (Some(a), Some(b)) => Some((a, b)),
            (None, Some(_)) => return Err(Problem::Bad("`b` needs `a`".into())),
            _ => None,
        };
        let alone = if between.is_none() { side("a") } else { None };
        Ok(Filter {
            actor: side("actor"),
            recipient: side("recipient"),
            involving: side("involving").or(alone),
            between,
            kinds: self.list("type", kind)?,
            quads: self.list("quad", quad)?,
            statuses: self.list("status", status)?,
            contexts: self.list("context", |word| Some(word.to_owned()))?,
            publisher: self.get("publisher").map(str::to_owned),
            from,
            to,
            text: self.get("q").map(str::to_owned),
            limit: Some(self.number("limit", 50, 1, rows)?),
            offset: self.number("offset", 0, 0, 10_000_000)?,
        })
    }

    /// The values of a comma-separated list.
    ///
    /// # Errors
    /// Where one of them is none.
    pub fn list<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Problem> {
        let words = self.get(name).unwrap_or("").split(',').map(str::trim).filter(|word| !word.is_empty());
        words
            .map(|word| {
                parse(word).ok_or_else(|| wrong(name, word, "one of the values in the API's description"))
            })
            .collect()
    }

    /// The same parameters as a query string, `change` over them; a change to nothing leaves one out.
    pub fn with(&self, change: &[(&str, &str)]) -> String {
        let mut params = self.0.clone();
        for (name, value) in change {
            params.insert((*name).to_owned(), (*value).to_owned());
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        params.iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        query.finish()
    }
}

/// An event type of a word.
pub fn kind(word: &str) -> Option<EventType> {
    EventType::parse(word)
}

/// A quad class of a number.
pub fn quad(word: &str) -> Option<Quad> {
    word.parse::<u8>().ok().and_then(|number| Quad::try_from(number).ok())
}

/// A status of a word.
pub fn status(word: &str) -> Option<Status> {
    serde_json::from_value(serde_json::Value::String(word.to_lowercase())).ok()
}

fn wrong(name: &str, value: &str, wanted: &str) -> Problem {
    let value: String = value.chars().take(60).collect();
    Problem::Bad(format!("`{name}` is “{value}”, not {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_checked() {
        let params =
            Params::parse(Some("a=COL&from=2026-01-01&to=&page=3&type=consult,SANCTION&quad=5&x=1&x=2"))
                .unwrap();
        assert_eq!(params.period().unwrap(), (Some(Date::constant(2026, 1, 1)), None));
        assert_eq!(params.number("page", 1, 1, 10).unwrap(), 3);
        assert!(params.number("page", 1, 1, 2).is_err() && params.need("b").is_err());
        assert_eq!(params.list("type", kind).unwrap(), [EventType::Consult, EventType::Sanction]);
        assert!(params.list("quad", quad).is_err());
        assert_eq!(params.get("x"), Some("1"));
        assert_eq!(Params::parse(Some("a=1&b=2")).unwrap().with(&[("a", ""), ("c", "x y")]), "b=2&c=x+y");
        assert!(Params::parse(Some(&format!("a={}", "x".repeat(900)))).is_err());
        assert!(Params::parse(Some("from=2026-02-02&to=2026-01-01")).unwrap().period().is_err());
        assert!(Params::parse(Some("b=USA")).unwrap().filter(10).is_err());
        assert_eq!(params.tongue(Some("fr, es-CO;q=0.8, en;q=0.5")), Tongue::Es);
    }
}
