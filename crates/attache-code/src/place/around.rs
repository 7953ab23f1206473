//! What stands before and behind a name, and what that says of it.

use super::find::{Name, capital};
use super::site::Sort;
use super::words::PlaceWords;
use attache_text::{Token, Upos};

/// What stands before and behind a name.
pub(super) struct Around {
    /// A title or first name stands before it.
    pub person: bool,
    /// It begins the name of an organisation.
    pub organisation: bool,
    /// The words around it say that it is a place.
    pub placed: bool,
    /// It heads its sentence in capitals with a dash behind it: "HUDSON -- Officials said".
    pub headed: bool,
    /// Another capitalised word touches it.
    pub glued: bool,
}

impl Around {
    pub fn of(tokens: &[Token], name: &Name<'_>, names: &[Name<'_>], words: &PlaceWords) -> Around {
        let low =
            |i: usize| tokens.get(i).map(|t| t.text.trim_end_matches('.').to_lowercase()).unwrap_or_default();
        let before = name.first.checked_sub(1);
        let before_word = before.map(low).unwrap_or_default();
        let before_capital = before.is_some_and(|i| {
            capital(&tokens[i].text) && tokens[i].text.chars().all(|c| c.is_alphanumeric() || c == '.')
        });
        let after_capital = tokens
            .get(name.last)
            .is_some_and(|t| capital(&t.text) && t.text.chars().any(char::is_alphabetic));
        let is_name_end = names.iter().any(|other| other.last == name.first);
        let is_name_start = names.iter().any(|other| other.first == name.last);
        let opens = before == Some(0)
            || before.is_some_and(|i| i > 0 && matches!(tokens[i - 1].text.as_str(), "\"" | "“" | ":" | "."));
        let modified =
            words.modifiers.contains(&before_word) || is_name_end || words.heads.contains(&before_word);
        let proper = before.is_some_and(|i| matches!(tokens[i].upos, Upos::Propn | Upos::X));
        let person_word = words.titles.contains(&before_word) || words.first_names.contains(&before_word);
        let person = before_capital && (person_word || !modified && !opens && proper);
        let suffixed = words.suffixes.contains(&low(name.last));
        let organisation = after_capital && words.organisations.contains(&low(name.last));
        // "in the", "near the southern", "city of".
        let skip = (1..=3).find(|n| {
            let word = name.first.checked_sub(*n).map(low).unwrap_or_default();
            words.prepositions.contains(&word)
        });
        let bridge = |n: usize| {
            (1..n).all(|k| {
                let word = name.first.checked_sub(k).map(low).unwrap_or_default();
                matches!(
                    word.as_str(),
                    "the"
                        | "nearby"
                        | "city"
                        | "town"
                        | "village"
                        | "of"
                        | "capital"
                        | "neighboring"
                        | "neighbouring"
                ) || words.modifiers.contains(&word)
            })
        };
        let headed =
            before_word == "of" && name.first.checked_sub(2).is_some_and(|i| words.heads.contains(&low(i)));
        let loud =
            tokens[name.first..name.last].iter().all(|token| !token.text.chars().any(char::is_lowercase));
        let dash = tokens.get(name.last).is_some_and(|t| matches!(t.text.as_str(), "-" | "--" | "–" | "—"));
        let comma = |i: usize| low(i) == ",";
        let contained = comma(name.last)
            && names.iter().any(|other| {
                other.first == name.last + 1
                    && other.sites.iter().any(|s| matches!(s.sort, Sort::Region | Sort::Country))
            });
        let container = before.is_some_and(comma)
            && names.iter().any(|other| other.last + 1 == name.first)
            && name.sites.iter().any(|s| matches!(s.sort, Sort::Region | Sort::Country));
        // "Athens police", "the Longview woman".
        let of_people = words.people.contains(&low(name.last));
        let prepositional = skip.is_some_and(bridge) && (!after_capital || is_name_start || suffixed);
        Around {
            person: person && !contained,
            organisation,
            headed: name.first == 0 && loud && dash,
            placed: prepositional
                || headed
                || contained
                || container
                || of_people
                || suffixed && after_capital,
            glued: after_capital && !is_name_start || before_capital && !modified && !opens,
        }
    }
}
