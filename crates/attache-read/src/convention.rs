//! Which order of day and month a publisher is likely to use, where nothing else tells.
//!
//! Month first is the habit of the United States, its Pacific associates and the Philippines; day first
//! that of nearly all other countries whose press writes English or Spanish (Unicode CLDR, short date
//! formats by territory).

use crate::DateOrder;
use attache_text::Report;

/// Ends of host names of countries that write the month first.
const MONTH_FIRST: &[&str] = &["us", "gov", "mil", "ph", "pr", "gu", "fm", "mh", "pw"];
/// Two-letter ends that say nothing of a country: sold to everybody, or of a land of both habits.
const TELLS_NOTHING: &[&str] = &["ai", "ca", "cc", "co", "eu", "io", "me", "tv", "ws"];

/// Outlets with a host name or none that tells nothing, by a part of their name.
const OUTLETS: &[(&str, DateOrder)] = &[
    ("associated press", DateOrder::Mdy),
    ("bloomberg", DateOrder::Mdy),
    ("boston globe", DateOrder::Mdy),
    ("chicago tribune", DateOrder::Mdy),
    ("cnn", DateOrder::Mdy),
    ("fox news", DateOrder::Mdy),
    ("los angeles times", DateOrder::Mdy),
    ("miami herald", DateOrder::Mdy),
    ("new york", DateOrder::Mdy),
    ("npr", DateOrder::Mdy),
    ("usa today", DateOrder::Mdy),
    ("voice of america", DateOrder::Mdy),
    ("wall street journal", DateOrder::Mdy),
    ("washington", DateOrder::Mdy),
    ("al jazeera", DateOrder::Dmy),
    ("bbc", DateOrder::Dmy),
    ("buenos aires", DateOrder::Dmy),
    ("guardian", DateOrder::Dmy),
    ("hindu", DateOrder::Dmy),
    ("irish", DateOrder::Dmy),
    ("london", DateOrder::Dmy),
    ("telegraph", DateOrder::Dmy),
];

/// The likely order, and the reason in words that fit after "because".
pub(crate) fn order(report: &Report) -> (DateOrder, String) {
    if let Some(found) = report.url.as_deref().and_then(by_host) {
        return found;
    }
    if let Some(publisher) = &report.publisher {
        let small = publisher.to_lowercase();
        if let Some((_, order)) = OUTLETS.iter().find(|(part, _)| small.contains(part)) {
            return (*order, format!("{publisher} usually writes {}", said(*order)));
        }
    }
    match report.declared_language.as_deref().unwrap_or_else(|| guess_language(&report.text)) {
        "en" => (
            DateOrder::Mdy,
            "the publisher's country is not known and the text is English; British and most other English-language \
             papers would write the day first"
                .into(),
        ),
        _ => (DateOrder::Dmy, "the text is not English, and papers in its language write the day first".into()),
    }
}

/// "the month first" or "the day first".
pub(crate) fn said(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Mdy => "the month first",
        DateOrder::Dmy => "the day first",
    }
}

/// The host of a url, without port and `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches('/');
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && host.len() < 254).then_some(host)
}

fn by_host(url: &str) -> Option<(DateOrder, String)> {
    let end = host(url)?.rsplit('.').next()?.to_lowercase();
    let order = if MONTH_FIRST.contains(&end.as_str()) {
        DateOrder::Mdy
    } else if end.len() == 2
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && !TELLS_NOTHING.contains(&end.as_str())
    {
        DateOrder::Dmy
    } else {
        return None;
    };
    Some((order, format!("the publisher's address ends in .{end}, where papers write {}", said(order))))
}

/// "en" where English small words outnumber Spanish ones in the first paragraphs, else "es". Only the
/// order of a date hangs on it; the language a report is coded in is detected with more care.
fn guess_language(text: &str) -> &'static str {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(400);
    let (mut english, mut other) = (0usize, 0usize);
    for word in words {
        match word.to_lowercase().as_str() {
            "the" | "and" | "of" | "to" | "with" | "for" | "was" | "is" | "on" | "by" => english += 1,
            "el" | "la" | "de" | "que" | "los" | "en" | "y" | "del" | "con" | "les" | "der" | "die"
            | "und" => other += 1,
            _ => {}
        }
    }
    if english >= other { "en" } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_outlets_tell() {
        let at = |url: &str| order(&Report { url: Some(url.into()), ..Report::default() }).0;
        assert_eq!(at("https://www.example.co.uk/a"), DateOrder::Dmy);
        assert_eq!(at("https://news.example.gov/a"), DateOrder::Mdy);
        let by = |name: &str| order(&Report { publisher: Some(name.into()), ..Report::default() }).0;
        assert_eq!(by("BBC News"), DateOrder::Dmy);
        assert_eq!(by("The Valley Gazette"), DateOrder::Mdy);
        assert_eq!(host("https://www.example.com:80/x"), Some("example.com"));
    }

    #[test]
    fn the_language_tells_last() {
        let of = |text: &str| order(&Report { text: text.into(), ..Report::default() }).0;
        assert_eq!(of("The minister spoke of the talks on trade."), DateOrder::Mdy);
        assert_eq!(of("El ministro habló de las conversaciones en la capital."), DateOrder::Dmy);
    }
}
