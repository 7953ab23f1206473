//! Lines made of a date: those above a report ("Written on 3 May 2024, 10:15 GMT | Ana Soto") and the
//! datelines of the wire.

use crate::{byline, date_form};
use attache_text::Span;

/// True for a line that holds a full date and nothing but what goes with one: "Written on", a weekday, a
/// time of day, an author, a place or an outlet.
pub(crate) fn date_line(words: &str) -> bool {
    if words.len() > 200 || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let found = date_form::find(words);
    let full = found.iter().filter(|found| !matches!(found.reading, date_form::Reading::MonthDay { .. }));
    let mut rest = String::new();
    let mut at = 0;
    for date in full {
        rest.push_str(Span::new(at, date.span.start).of(words));
        rest.push('|');
        at = date.span.end;
    }
    if at == 0 {
        return false;
    }
    rest.push_str(words.get(at..).unwrap_or(""));
    rest.split(['|', '•', '·', '\n']).all(|part| is_beside_date(part, words))
}

/// Words that stand beside a date in a date line.
fn is_beside_date(part: &str, line: &str) -> bool {
    const KNOWN: &[&str] = &[
        "written",
        "published",
        "posted",
        "updated",
        "last",
        "first",
        "modified",
        "created",
        "on",
        "at",
        "date",
        "issued",
        "released",
        "release",
        "am",
        "pm",
        "a",
        "m",
        "p",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "cet",
        "cest",
        "bst",
        "ist",
        "pst",
        "pdt",
        "cst",
        "hrs",
        "hours",
        "h",
        "local",
        "time",
        "min",
        "minutes",
        "read",
        "publicado",
        "publicada",
        "actualizado",
        "actualizada",
        "escrito",
        "el",
        "a",
        "las",
        "fecha",
        "hora",
        "horas",
        "de",
        "del",
        "z",
        "t",
        "and",
        "y",
    ];
    let word = |word: &&str| !word.is_empty();
    let unknown: Vec<&str> = part
        .split(|c: char| !c.is_alphanumeric())
        .filter(word)
        .filter(|word| {
            let small = word.to_lowercase();
            let clock = small.starts_with(|c: char| c.is_ascii_digit()) && small.len() <= 6;
            !(clock || KNOWN.contains(&small.as_str()) || date_form::weekday(&small).is_some())
        })
        .collect();
    unknown.is_empty()
        || byline::author(part).is_some()
        || byline::bare_author(part.trim_matches([' ', ',', '(', ')', '-', '–', '—', '/', ':'])).is_some()
            && line.len() <= 120
        || unknown.len() == 1
            && unknown.iter().all(|word| word.starts_with(char::is_uppercase))
            && line.len() <= 60
}

/// The words before the dash of a dateline that names a day or an agency: "LIMA, March 5, 2024 (EFE) - …".
pub(crate) fn dateline(words: &str) -> Option<&str> {
    let head = words.char_indices().nth(90).map_or(words, |(end, _)| words.get(..end).unwrap_or(words));
    let cut = [" - ", " – ", " — ", "—", ".- ", " -- "].iter().filter_map(|dash| head.find(dash)).min()?;
    let place = head.get(..cut)?;
    let agency = place.ends_with(')') && place.contains('(');
    (place.starts_with(char::is_uppercase) && (agency || !date_form::find(place).is_empty())).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines() {
        for line in [
            "Written on 03/04/2024",
            "March 5, 2024",
            "Published: Tuesday 5 March 2024, 10:15 GMT",
            "Lima, 5 de marzo de 2024",
            "By Ana Soto | March 5, 2024",
            "Published 2024-03-05 | Updated 2024-03-06",
            "Posted on March 5, 2024 at 9:30 a.m.",
        ] {
            assert!(date_line(line), "{line}");
        }
        for line in [
            "Election of March 5, 2024: what to know",
            "He was born on March 5, 2004.",
            "Lima",
            "March 5",
            "The treaty of 5 March 2024 and after",
        ] {
            assert!(!date_line(line), "{line}");
        }
    }

    #[test]
    fn datelines() {
        assert_eq!(dateline("LIMA, March 5, 2024 (EFE) - Envoys met."), Some("LIMA, March 5, 2024 (EFE)"));
        assert_eq!(dateline("GENEVA (Reuters) — Envoys met."), Some("GENEVA (Reuters)"));
        assert_eq!(dateline("Envoys met — and left."), None);
    }
}
