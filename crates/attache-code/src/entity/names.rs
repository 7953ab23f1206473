//! Names as keys: how a name is folded so that its spellings meet, and the index that finds the
//! longest name at a token.

use attache_text::Sentence;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No name of the registry that is looked for has more words.
const LONGEST_NAME: usize = 12;
/// Room for names from the beginning, so that the maps do not grow step by step.
const ROOM: usize = 1 << 15;

/// The key of a name: its words folded and parted by one space. Folded is lower case, without accents
/// and full stops, cut at anything else that is no letter or digit ("Al-Shabaab" → al shabaab; "U.S." →
/// us; "Côte d'Ivoire" → cote d ivoire).
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    // Most names are plain ASCII, where nothing need be decomposed.
    if text.is_ascii() {
        fold(text.chars(), &mut key);
    } else {
        fold(text.nfd(), &mut key);
    }
    key.truncate(key.trim_end().len());
    key
}

fn fold(letters: impl Iterator<Item = char>, key: &mut String) {
    for letter in letters {
        match letter {
            '.' => {}
            letter if letter.is_ascii_alphanumeric() => key.push(letter.to_ascii_lowercase()),
            'ø' | 'Ø' => key.push('o'),
            'ł' | 'Ł' => key.push('l'),
            'ı' | 'İ' => key.push('i'),
            'đ' | 'Đ' => key.push('d'),
            'ß' => key.push_str("ss"),
            'æ' | 'Æ' => key.push_str("ae"),
            letter if letter.is_alphanumeric() => {
                key.extend(letter.to_lowercase().filter(|c| !is_combining_mark(*c)));
            }
            letter if is_combining_mark(letter) => {}
            _ if key.is_empty() || key.ends_with(' ') => {}
            _ => key.push(' '),
        }
    }
}

/// The folded words of a name.
pub(crate) fn words(text: &str) -> Vec<String> {
    key(text).split(' ').filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// A folded word of a sentence and the token it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) key: String,
    pub(crate) token: usize,
}

/// The folded words of a sentence, in order.
pub(crate) fn sentence_words(sentence: &Sentence) -> Vec<Word> {
    let tokens = sentence.tokens.iter().enumerate();
    tokens
        .flat_map(|(token, word)| words(&word.text).into_iter().map(move |key| Word { key, token }))
        .collect()
}

/// What letters a name asks of the words that match it: "US" is not "us", "May" is not "may".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form {
    all_capitals: bool,
    first_capital: bool,
    last_capital: bool,
}

impl Form {
    fn of(name: &str) -> Form {
        let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
        let short = name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let all_capitals = short && letters.peek().is_some() && letters.all(char::is_uppercase);
        let last = name.split_whitespace().next_back().unwrap_or("");
        Form { all_capitals, first_capital: begins_capital(name), last_capital: begins_capital(last) }
    }

    fn allows(self, first: &str, last: &str, whole: impl Fn() -> bool) -> bool {
        (!self.first_capital || begins_capital(first))
            && (!self.last_capital || begins_capital(last))
            && (!self.all_capitals || whole())
    }
}

fn begins_capital(word: &str) -> bool {
    // A digit or an apostrophe before the first letter decides nothing ("7th", "'Ndrangheta").
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// A name found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found<T> {
    /// First token.
    pub(crate) first: usize,
    /// First token after the name.
    pub(crate) last: usize,
    /// All that bears this name.
    pub(crate) senses: Vec<T>,
}

/// Names and what bears them.
#[derive(Debug, Clone)]
pub(crate) struct NameIndex<T> {
    entries: HashMap<String, Vec<(Form, T)>>,
    /// How many words the longest name has that begins with this word.
    longest: HashMap<String, usize>,
}

impl<T: Copy + PartialEq> NameIndex<T> {
    pub(crate) fn new() -> NameIndex<T> {
        NameIndex { entries: HashMap::with_capacity(ROOM), longest: HashMap::with_capacity(ROOM / 2) }
    }

    /// Adds a name; the same name for the same bearer counts once, with the freest form.
    pub(crate) fn add(&mut self, name: &str, sense: T) {
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let key = key(name);
        let length = key.split(' ').count();
        let Some(first) = key.split(' ').next().filter(|first| !first.is_empty() && length <= LONGEST_NAME)
        else {
            return;
        };
        match self.longest.get_mut(first) {
            Some(longest) => *longest = length.max(*longest),
            None => {
                self.longest.insert(first.to_string(), length);
            }
        }
        let form = Form::of(name);
        let bearers = self.entries.entry(key).or_default();
        match bearers.iter_mut().find(|(_, known)| *known == sense) {
            Some((known, _)) => known.all_capitals &= form.all_capitals,
            None => bearers.push((form, sense)),
        }
    }

    /// Lets a name mean this and nothing else.
    pub(crate) fn replace(&mut self, name: &str, sense: T) {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        if let Some(bearers) = self.entries.get_mut(&key(bare)) {
            bearers.retain(|(_, known)| *known == sense);
        }
        self.add(name, sense);
    }

    /// All that bears the name, whatever its letters' case.
    pub(crate) fn get(&self, name: &str) -> Vec<T> {
        let bearers = self.entries.get(&key(name));
        bearers.map_or_else(Vec::new, |bearers| bearers.iter().map(|&(_, sense)| sense).collect())
    }

    /// The longest names of a sentence from left to right, none overlapping.
    pub(crate) fn find(&self, sentence: &Sentence, words: &[Word]) -> Vec<Found<T>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(sentence, words, at) {
                Some((end, name)) => {
                    found.push(name);
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest names of a sentence whatever its letters, from left to right: first token, first token
    /// after it, and whether the name is one of capitals only. `passes` says which words may mean what.
    pub(crate) fn spelled(
        &self,
        words: &[Word],
        passes: impl Fn(&[Word], T) -> bool,
    ) -> Vec<(usize, usize, bool)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let most = self.longest.get(&first.key).copied().unwrap_or(0).min(words.len() - at);
            let name = (1..=most).rev().find_map(|length| {
                let stretch = &words[at..at + length];
                let key = stretch.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" ");
                let mut bearers =
                    self.entries.get(&key)?.iter().filter(|(_, sense)| passes(stretch, *sense)).peekable();
                bearers.peek()?;
                Some((length, bearers.all(|(form, _)| form.all_capitals)))
            });
            if let Some((length, capitals)) = name {
                found.push((first.token, words[at + length - 1].token + 1, capitals));
            }
            at += name.map_or(1, |(length, _)| length);
        }
        found
    }

    fn longest_at(&self, sentence: &Sentence, words: &[Word], at: usize) -> Option<(usize, Found<T>)> {
        let first = words.get(at)?;
        let within_token = at > 0 && words[at - 1].token == first.token;
        let most = *self.longest.get(&first.key)?;
        if within_token {
            return None;
        }
        (1..=most.min(words.len() - at)).rev().find_map(|length| {
            let end = at + length;
            let last = &words[end - 1];
            if words.get(end).is_some_and(|next| next.token == last.token) {
                return None;
            }
            let key = words[at..end].iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" ");
            let tokens = sentence.tokens.get(first.token..last.token + 1)?;
            let whole = || {
                let mut letters =
                    tokens.iter().flat_map(|token| token.text.chars()).filter(|c| c.is_alphabetic());
                letters.all(char::is_uppercase)
            };
            let (head, tail) = (tokens.first()?, tokens.last()?);
            let senses: Vec<T> = self
                .entries
                .get(&key)?
                .iter()
                .filter(|(form, _)| form.allows(&head.text, &tail.text, whole))
                .map(|&(_, sense)| sense)
                .collect();
            (!senses.is_empty()).then_some((end, Found { first: first.token, last: last.token + 1, senses }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_text::Token;

    fn sentence(text: &str) -> Sentence {
        let tokens = text.split(' ').map(|word| Token { text: word.into(), ..Token::default() }).collect();
        Sentence { tokens, ..Sentence::default() }
    }

    fn find(index: &NameIndex<u8>, text: &str) -> Vec<(usize, usize, Vec<u8>)> {
        let sentence = sentence(text);
        let found = index.find(&sentence, &sentence_words(&sentence));
        found.into_iter().map(|name| (name.first, name.last, name.senses)).collect()
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(key("Côte d’Ivoire"), key("cote d'ivoire"));
        assert_eq!(key("U.S."), "us");
        assert_eq!(key("Recep Tayyip Erdoğan"), "recep tayyip erdogan");
        assert_eq!(key("São Tomé & Príncipe"), "sao tome principe");
    }

    #[test]
    fn the_longest_name_wins() {
        let mut index = NameIndex::new();
        index.add("Guinea", 1);
        index.add("Equatorial Guinea", 2);
        index.add("Papua New Guinea", 3);
        let text = "Papua New Guinea , Guinea and Equatorial Guinea";
        assert_eq!(find(&index, text), [(0, 3, vec![3]), (4, 5, vec![1]), (6, 8, vec![2])]);
    }

    #[test]
    fn capitals_tell_names_from_words() {
        let mut index = NameIndex::new();
        index.add("US", 1);
        index.add("U.S.", 1);
        index.add("Turkey", 2);
        assert_eq!(
            find(&index, "US and U.S. asked us about turkey in Turkey"),
            [(0, 1, vec![1]), (2, 3, vec![1]), (8, 9, vec![2])]
        );
    }

    #[test]
    fn hyphens_do_not_hide_names() {
        let mut index = NameIndex::new();
        index.add("Al-Shabaab", 1);
        assert_eq!(find(&index, "Al - Shabaab"), [(0, 3, vec![1])]);
        assert_eq!(find(&index, "Al-Shabaab"), [(0, 1, vec![1])]);
        assert_eq!(find(&index, "Al-Shabaab-linked"), []);
    }
}
