//! Rough word and sentence questions, good enough to tell a title from a paragraph. The real
//! segmentation comes later and is another crate's.

/// Words after whose full stop a sentence goes on.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "brig", "capt", "cmdr", "co", "col", "corp", "dec", "dr", "dra", "etc", "feb", "fr",
    "gen", "gov", "hon", "inc", "jan", "jr", "jul", "jun", "lic", "lt", "ltd", "maj", "mar", "mr", "mrs",
    "ms", "no", "nov", "oct", "prof", "rep", "rev", "sen", "sep", "sept", "sgt", "sr", "sra", "st", "vs",
];

/// True where the stretch ends like a sentence: a full stop, question or exclamation mark, closing
/// quotes and brackets set aside. The stop of a shortened name ("the U.S.") does not count.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    if bare.ends_with(['!', '?', '…']) || bare.ends_with("...") {
        return true;
    }
    bare.strip_suffix('.').is_some_and(|before| !is_initials(last_word(before)))
}

/// Byte offsets at which sentences of the stretch begin, the first included.
pub(crate) fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut stop: Option<bool> = None; // after a stop: has white space followed it yet?
    for (at, c) in text.char_indices() {
        match (c, stop) {
            ('.', _) => stop = (!is_abbreviation(last_word(text.get(..at).unwrap_or("")))).then_some(false),
            ('!' | '?' | '…', _) => stop = Some(false),
            ('"' | '\'' | '”' | '’' | '»' | ')' | ']', Some(false)) => {}
            (c, Some(_)) if c.is_whitespace() => stop = Some(true),
            (c, Some(true)) => {
                if c.is_uppercase()
                    || c.is_numeric()
                    || matches!(c, '"' | '“' | '‘' | '«' | '¿' | '¡' | '(' | '[')
                {
                    starts.push(at);
                }
                stop = None;
            }
            _ => stop = None,
        }
    }
    starts
}

/// How many words the stretch has, counted up to a bound so that long texts cost nothing.
pub(crate) fn words(text: &str) -> usize {
    text.split_whitespace().take(500).count()
}

/// True where the stretch could be a headline: short, one sentence, no full stop, some letters.
pub(crate) fn is_headline(text: &str, most_words: usize) -> bool {
    let text = text.trim();
    text.len() <= 300
        && words(text) <= most_words
        && text.chars().any(char::is_alphabetic)
        && !text.starts_with(['-', '•', '*', '–', '·', '▪'])
        && !text.ends_with([',', ';', ':', '-', '–', '—'])
        && (!ends_sentence(text) || text.ends_with(['?', '!']))
        && sentence_starts(text).len() <= 2
}

/// True where the stretch starts with the phrase as whole words, capitals aside.
pub(crate) fn starts_with(text: &str, phrase: &str) -> bool {
    strip_prefix(text, phrase).is_some()
}

/// What follows the phrase, where the stretch starts with it as whole words, capitals aside.
pub(crate) fn strip_prefix<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in phrase.chars() {
        let found = rest.next()?;
        let same = match found.is_ascii() || expected.is_ascii() {
            true => found.eq_ignore_ascii_case(&expected),
            false => found.to_lowercase().eq(expected.to_lowercase()),
        };
        if !same {
            return None;
        }
    }
    let rest = rest.as_str();
    let whole = !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
    whole.then_some(rest)
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| c.is_whitespace() || c == '(' || c == '"' || c == '“').next().unwrap_or("")
}

/// "U.S", "a.m", "J": letters with stops between, the last stop cut off.
fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

fn is_abbreviation(word: &str) -> bool {
    is_initials(word)
        || word.chars().count() == 1 && word.chars().all(char::is_alphabetic)
        || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_after_stops() {
        let starts = |text: &str| sentence_starts(text).len();
        assert_eq!(starts("Gen. J. Ruiz flew to the U.S. Embassy at 11 a.m. on Friday."), 1);
        assert_eq!(starts("He left. “We agreed,” she said. Talks go on."), 3);
        assert_eq!(starts("It cost 3.5 million. Nobody paid"), 2);
    }

    #[test]
    fn headlines_are_short_and_open() {
        assert!(is_headline("Ministers agree to talk about trade with the U.S.", 30));
        assert!(is_headline("Will they talk?", 30));
        assert!(!is_headline("Ministers agreed to talk.", 30));
        assert!(!is_headline("He listed three points:", 30));
        assert!(!is_headline("2026", 30));
    }

    #[test]
    fn prefixes_are_whole_words() {
        assert_eq!(strip_prefix("BY Ana", "by"), Some(" Ana"));
        assert_eq!(strip_prefix("Bypass opened", "by"), None);
        assert!(starts_with("Síguenos en", "síguenos"));
    }
}
