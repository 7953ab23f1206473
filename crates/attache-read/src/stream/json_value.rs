//! JSON values: where one ends in a stream, and an object's fields by name.

use super::window::{Fault, Window};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Names of arrays that hold records, in the object around them.
const ARRAYS: &[&str] = &["items", "articles", "stories", "documents", "data", "results", "records", "rows"];

/// An object's fields in order, a repeated name as often as it stands.
#[derive(Debug, Default)]
pub(super) struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs, M::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl Pairs {
    /// The words of a field; `a.b` is field `b` of the object in `a`. Case tells nothing.
    pub fn words(&self, name: &str) -> Option<String> {
        let find = |name: &str| {
            self.0.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        };
        let value = find(name).or_else(|| {
            let mut path = name.split('.');
            let first = find(path.next()?)?;
            path.try_fold(first, |value, part| value.get(part))
        })?;
        words(value)
    }

    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|(key, _)| key.clone()).collect()
    }

    /// Names that stand more than once.
    pub fn twice(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<&str> = self.0.iter().map(|(key, _)| key.as_str()).collect();
        names.sort_unstable();
        let mut twice: Vec<&str> =
            names.iter().zip(names.iter().skip(1)).filter(|(a, b)| a == b).map(|(a, _)| *a).collect();
        twice.dedup();
        twice.into_iter().take(5)
    }
}

/// A value as words: a list's are joined, an object is its name.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().take(100).filter_map(words).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(object) => ["name", "title", "$date", "$oid"]
            .iter()
            .find_map(|key| object.get(*key))
            .filter(|inner| !inner.is_object())
            .and_then(words),
        Value::Null | Value::Bool(_) => None,
    }
}

/// The length of the value the window begins with; none where it does not end within `most` bytes, or
/// with the stream.
pub(super) fn end_of_value(window: &mut Window, most: usize) -> Result<Option<usize>, Fault> {
    let (mut at, mut depth, mut quoted, mut escaped) = (0, 0usize, false, false);
    loop {
        let bytes = window.held();
        while let Some(byte) = bytes.get(at) {
            if at > most {
                return Ok(None);
            }
            at += 1;
            if quoted {
                let ends = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                quoted = !ends;
                continue;
            }
            match byte {
                b'"' => quoted = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth <= 1 => return Ok(Some(if depth == 0 { at.max(2) - 1 } else { at })),
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return Ok(Some(at.max(2) - 1)),
                _ => {}
            }
        }
        if !window.grow()? {
            return Ok((depth == 0 && !quoted).then_some(at));
        }
    }
}

/// Where the array of records begins in an object that has one, as far as seen.
pub(super) fn wrapped(object: &str) -> Option<usize> {
    let (mut depth, mut quote, mut escaped, mut key) = (0usize, None, false, "");
    for (at, byte) in object.bytes().enumerate() {
        if let Some(start) = quote {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            if ends {
                key = object.get(start..at).unwrap_or("");
                quote = None;
            }
            continue;
        }
        match byte {
            b'"' => quote = Some(at + 1),
            b'[' if depth == 1 && ARRAYS.contains(&key) => {
                let inside = object.get(at + 1..)?.trim_start();
                return (inside.is_empty() || inside.starts_with('{')).then_some(at);
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return None,
            b'}' | b']' => depth -= 1,
            b':' | b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => key = "",
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> Option<usize> {
        end_of_value(&mut Window::of_bytes(text.as_bytes().to_vec()), 1000).unwrap()
    }

    #[test]
    fn values_end_where_their_braces_close() {
        assert_eq!(end(r#"{"a": "}\"{", "b": [1, {}]} rest"#), Some(27));
        assert_eq!(end(r#"{"a": "no end"#), None);
        assert_eq!(end("17, 18"), Some(2));
        assert_eq!(end("]"), Some(1));
        assert_eq!(end(&"x".repeat(2000)), None);
    }

    #[test]
    fn arrays_of_records_are_found() {
        assert_eq!(wrapped(r#"{"title": "a, [b", "items": [{"id": 1}]}"#), Some(28));
        assert_eq!(wrapped(r#"{"meta": {"items": [{}]}, "text": "x"}"#), None);
        assert_eq!(wrapped(r#"{"items": ["a"]}"#), None);
    }

    #[test]
    fn fields_are_found_by_path_and_any_case() {
        let pairs: Pairs = serde_json::from_str(
            r#"{"Source": {"name": "Gazette"}, "a": 1, "a": 2, "by": ["x", {"name": "y"}]}"#,
        )
        .unwrap();
        assert_eq!(pairs.words("source.name").as_deref(), Some("Gazette"));
        assert_eq!(pairs.words("source").as_deref(), Some("Gazette"));
        assert_eq!(pairs.words("a").as_deref(), Some("2"));
        assert_eq!(pairs.words("by").as_deref(), Some("x, y"));
        assert_eq!(pairs.twice().collect::<Vec<_>>(), ["a"]);
    }
}
