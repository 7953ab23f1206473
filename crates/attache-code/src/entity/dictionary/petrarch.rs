//! PETRARCH's actor and agent files, as written by their manuals and as found.
//!
//! An actor is a name in capitals with underscores for spaces, then its code in brackets, or lines behind it
//! with a code and the days it held (`[COLGOV 20020807-20100807]`, `<` before, `>` after a day) and lines with
//! further names (`+URIBE_`). An agent is a noun with a code that begins or ends with `~`, its plural in braces.
//! `;` and `#` begin comments. A bracket without a code (`[>20020807]`) dates the code above it.

use super::code::meaning;
use super::{DatedCode, Dictionary, Registry, UserActor, UserAgent, lines};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;

/// Reads an actor or agent file, or both in one.
pub(super) fn read(registry: &Registry, text: &str, dictionary: &mut Dictionary) {
    let mut sets: HashMap<String, Vec<String>> = HashMap::new();
    let mut open: Option<(usize, UserActor)> = None;
    let mut told = String::new();
    for (number, line) in lines(text, dictionary) {
        let (words, _) = uncomment(line);
        let entry = words.trim();
        if entry.is_empty() || entry.starts_with("<!--") {
            continue;
        }
        if dictionary.is_full(number) {
            break;
        }
        if entry.starts_with('!') && entry.contains('=') {
            define(entry, number, &mut sets, dictionary);
        } else if let Some(name) = entry.strip_prefix(['+', '&']).filter(|_| entry.starts_with('+')) {
            further_name(registry, name, number, &mut open, dictionary);
        } else if entry.starts_with('[') {
            match open.as_mut() {
                Some((_, actor)) => codes(registry, entry, number, actor, &mut told, dictionary),
                None => dictionary.note(number, "a code without a name above it: left out"),
            }
        } else if entry.contains('~') {
            close(open.take(), dictionary);
            agent(registry, entry, number, &sets, dictionary);
        } else {
            close(open.take(), dictionary);
            open = begin(registry, entry, number, &mut told, dictionary);
        }
    }
    close(open, dictionary);
}

/// A line without its comment, and the comment.
fn uncomment(line: &str) -> (&str, &str) {
    match line.find([';', '#']) {
        Some(at) => (&line[..at], &line[at + 1..]),
        None => (line, ""),
    }
}

/// "!PERSON! = MAN, WOMAN".
fn define(entry: &str, number: usize, sets: &mut HashMap<String, Vec<String>>, dictionary: &mut Dictionary) {
    let Some((name, words)) = entry.split_once('=') else { return };
    let list: Vec<String> =
        words.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
    match list.is_empty() {
        true => dictionary.note(number, format!("{}: a set without words", name.trim())),
        false => _ = sets.insert(name.trim().to_ascii_uppercase(), list),
    }
}

fn begin(
    registry: &Registry,
    entry: &str,
    number: usize,
    told: &mut String,
    dictionary: &mut Dictionary,
) -> Option<(usize, UserActor)> {
    let (name, rest) = entry.find('[').map_or((entry, ""), |at| (&entry[..at], &entry[at..]));
    let name = plain(name);
    if !name.chars().any(char::is_alphabetic) {
        dictionary.note(number, format!("\"{}\" is no name: left out", short(entry)));
        return None;
    }
    told.clear();
    let mut actor = UserActor { name: shown(&name), ..UserActor::default() };
    if !rest.is_empty() {
        codes(registry, rest, number, &mut actor, told, dictionary);
    }
    Some((number, actor))
}

fn further_name(
    registry: &Registry,
    entry: &str,
    number: usize,
    open: &mut Option<(usize, UserActor)>,
    dictionary: &mut Dictionary,
) {
    let Some((_, actor)) = open.as_mut() else {
        return dictionary.note(number, "a further name without a name above it: left out");
    };
    let (name, rest) = entry.find('[').map_or((entry, ""), |at| (&entry[..at], &entry[at..]));
    let name = plain(name);
    if !name.chars().any(char::is_alphabetic) {
        return dictionary.note(number, format!("\"{}\" is no name: left out", short(entry)));
    }
    actor.names.push(shown(&name));
    if !rest.is_empty() {
        let mut told = String::new();
        codes(registry, rest, number, actor, &mut told, dictionary);
    }
}

/// An actor that is finished; one without a code is no actor.
fn close(open: Option<(usize, UserActor)>, dictionary: &mut Dictionary) {
    match open {
        Some((number, actor)) if actor.codes.is_empty() => {
            dictionary.note(number, format!("\"{}\" has no code: left out", short(&actor.name)));
        }
        Some((_, actor)) => dictionary.actors.push(actor),
        None => {}
    }
}

/// The bracketed codes of a line; `told` is the last code given, for brackets that only date it.
fn codes(
    registry: &Registry,
    entry: &str,
    number: usize,
    actor: &mut UserActor,
    told: &mut String,
    dictionary: &mut Dictionary,
) {
    let mut rest = entry;
    while let Some(at) = rest.find('[') {
        let inner = &rest[at + 1..];
        let end = inner.find([']', '[']);
        if end.is_none_or(|end| inner[end..].starts_with('[')) {
            dictionary.note(number, "a bracket that is not closed: read to its end");
        }
        let (words, after) = end.map_or((inner, ""), |end| (&inner[..end], &inner[end..]));
        code(registry, words.trim(), number, actor, told, dictionary);
        rest = after.strip_prefix(']').unwrap_or(after);
    }
}

fn code(
    registry: &Registry,
    words: &str,
    number: usize,
    actor: &mut UserActor,
    told: &mut String,
    dictionary: &mut Dictionary,
) {
    let is_date =
        |word: &&str| word.starts_with(['<', '>']) || word.starts_with(|c: char| c.is_ascii_digit());
    let (dates, letters): (Vec<&str>, Vec<&str>) = words.split_whitespace().partition(is_date);
    let code = letters.join("/");
    if !code.is_empty() {
        *told = code;
    } else if told.is_empty() {
        return dictionary.note(number, "a bracket without a code, and none before it: left out");
    }
    let meaning = meaning(registry, told);
    if !meaning.unknown.is_empty() {
        let unknown = meaning.unknown.join(", ");
        dictionary.note(number, format!("{told}: {unknown} is no country, international body or role"));
    }
    if meaning.country.is_none() && meaning.sectors.is_empty() {
        return;
    }
    match span(&dates.join("")) {
        Ok((start, end)) => {
            actor.codes.push(DatedCode { country: meaning.country, sectors: meaning.sectors, start, end });
        }
        Err(problem) => dictionary.note(number, format!("{problem}: the code {told} is left out")),
    }
}

/// The days of "<DATE", ">DATE", "DATE-DATE"; no bound for no words.
fn span(words: &str) -> Result<(Option<Date>, Option<Date>), String> {
    let wrong = || format!("\"{}\" gives no days", short(words));
    if words.is_empty() {
        return Ok((None, None));
    }
    if let Some(date) = words.strip_prefix('<') {
        let before = day(date, false).ok_or_else(wrong)?;
        return Ok((None, before.checked_sub(1.day()).ok()));
    }
    if let Some(date) = words.strip_prefix('>') {
        let after = day(date, true).ok_or_else(wrong)?;
        return Ok((after.checked_add(1.day()).ok(), None));
    }
    let (start, end) = words.split_once(['-', '–']).ok_or_else(wrong)?;
    let (start, end) = (day(start, false).ok_or_else(wrong)?, day(end, true).ok_or_else(wrong)?);
    if start > end {
        return Err(format!("\"{}\" ends before it begins", short(words)));
    }
    Ok((Some(start), Some(end)))
}

/// "20020807", "020807", "200208", "2002"; of what is left open, or of a day no month has, the first or last.
fn day(digits: &str, last: bool) -> Option<Date> {
    let digits = digits.trim().trim_matches(['<', '>']);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i16>().ok());
    let century = |year: i16| if year < 50 { 2000 + year } else { 1900 + year };
    let (year, month, day) = match digits.len() {
        8 => (number(0..4)?, number(4..6)?, number(6..8)?),
        // A six-digit date is YYYYMM where that is one, else YYMMDD.
        6 if number(0..4).is_some_and(|y| (1800..2200).contains(&y))
            && number(4..6).is_some_and(|m| m <= 12) =>
        {
            (number(0..4)?, number(4..6)?, 0)
        }
        6 => (century(number(0..2)?), number(2..4)?, number(4..6)?),
        4 => (number(0..4)?, 0, 0),
        _ => return None,
    };
    let open = if last { 12 } else { 1 };
    let month = i8::try_from(if month == 0 { open } else { month }).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    let day = i8::try_from(day).ok()?;
    match day {
        0 => Some(if last { first.last_of_month() } else { first }),
        29..=31 => Some(Date::new(year, month, day).unwrap_or_else(|_| first.last_of_month())),
        _ => Date::new(year, month, day).ok(),
    }
}

/// "FARMER [~AGR]", "WOMAN {WOMEN} [~CVL]", "POLICE {} [~COP]", "OPPOSITION_!PERSON! [~OPP]".
fn agent(
    registry: &Registry,
    entry: &str,
    number: usize,
    sets: &HashMap<String, Vec<String>>,
    dictionary: &mut Dictionary,
) {
    let Some((words, code)) = entry.split_once('[') else {
        return dictionary.note(number, format!("\"{}\" has no code: left out", short(entry)));
    };
    if !code.contains(']') {
        dictionary.note(number, "a bracket that is not closed: read to its end");
    }
    let code = code.split(']').next().unwrap_or("").trim();
    let meaning = meaning(registry, code);
    if !meaning.unknown.is_empty() || meaning.sectors.is_empty() {
        return dictionary.note(number, format!("\"{code}\" gives no sector: left out"));
    }
    if let Some(country) = &meaning.country {
        dictionary.note(number, format!("{code}: a noun cannot give a country; {country} is left out"));
    }
    let (noun, plural) = match words.split_once('{') {
        Some((noun, plural)) => (noun, Some(plural.trim().trim_end_matches('}'))),
        None => (words, None),
    };
    let Some(forms) = expanded(noun.trim(), sets) else {
        return dictionary.note(number, format!("\"{}\": a set that is not defined", short(noun)));
    };
    for form in forms {
        let noun = plain(&form).to_lowercase();
        let plurals = match plural {
            Some(given) => {
                given.split(',').map(|p| plain(p).to_lowercase()).filter(|p| !p.is_empty()).collect()
            }
            None => vec![pluralised(&noun)],
        };
        match noun.is_empty() {
            true => dictionary.note(number, "no noun: left out"),
            false => dictionary.agents.push(UserAgent { noun, plurals, sectors: meaning.sectors.clone() }),
        }
    }
}

/// A pattern with a set's name in it, once for each of its words.
fn expanded(pattern: &str, sets: &HashMap<String, Vec<String>>) -> Option<Vec<String>> {
    let Some(start) = pattern.find('!') else { return Some(vec![pattern.to_owned()]) };
    let end = start + 1 + pattern[start + 1..].find('!')?;
    let words = sets.get(&pattern[start..=end].to_ascii_uppercase())?;
    Some(words.iter().map(|word| format!("{}{word}{}", &pattern[..start], &pattern[end + 1..])).collect())
}

/// The plural by rule: -y after a consonant to -ies, -s and its like take -es, else -s.
fn pluralised(noun: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Words without the underscores.
fn plain(words: &str) -> String {
    words.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name in capitals as people write it; short single words stay, for they are abbreviations.
fn shown(name: &str) -> String {
    let shouted = !name.chars().any(char::is_lowercase);
    if !shouted || !name.contains(' ') && name.chars().count() <= 4 {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for letter in name.chars() {
        match inside {
            true => out.extend(letter.to_lowercase()),
            false => out.push(letter),
        }
        inside = letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    }
    out
}

/// The beginning of words for a message.
fn short(words: &str) -> String {
    words.chars().take(60).collect()
}
