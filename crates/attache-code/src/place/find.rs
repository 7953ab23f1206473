//! Which words of a sentence may be place names.

use super::gazetteer::{Gazetteer, Site, Sort};
use super::key::Key;
use super::words::PlaceWords;
use attache_text::{MentionKind, Sentence, Token, Upos};

/// Tokens a name may have.
const LONGEST: usize = 9;

/// People in a town from which on its bare name is taken for it.
const KNOWN: u32 = 100_000;

/// A name of the gazetteer in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Name<'g> {
    /// First token.
    pub first: usize,
    /// First token after it.
    pub last: usize,
    /// Its key; the same words elsewhere have the same.
    pub key: Key,
    /// What it may mean, demonyms included.
    pub sites: Vec<&'g Site>,
}

/// How well a name stands as a place name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The words around it or the tagger say it is one.
    Placed,
    /// Nothing speaks against it.
    Bare,
    /// Part of a person's name; the same word elsewhere is that person.
    Person,
    /// None.
    No,
}

/// The names in a sentence, longest first come, not overlapping, in order.
pub(super) fn names<'g>(sentence: &Sentence, gazetteer: &'g Gazetteer, words: &PlaceWords) -> Vec<Name<'g>> {
    let tokens = &sentence.tokens;
    let mut names = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let after_comma = at > 0 && tokens[at - 1].text == ",";
        let behind = after_comma && at > 1 && capital(&tokens[at - 2].text);
        let name = behind.then(|| region(tokens, at, gazetteer, words)).flatten();
        match name.or_else(|| longest(tokens, at, gazetteer, words)) {
            Some(name) => {
                at = name.last;
                names.push(name);
            }
            None => at += 1,
        }
    }
    names
}

/// "Ala." behind "Mobile,".
fn region<'g>(tokens: &[Token], at: usize, gazetteer: &'g Gazetteer, words: &PlaceWords) -> Option<Name<'g>> {
    let text = tokens[at].text.as_str();
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let written = capital(text) && (text.ends_with('.') || letters.chars().all(|c| c.is_uppercase()));
    let full = words.regions.get(&letters.to_lowercase()).filter(|_| written)?;
    let sites: Vec<&Site> = gazetteer.sites(Key::of(full), true).collect();
    (!sites.is_empty()).then_some(Name { first: at, last: at + 1, key: Key::of(full), sites })
}

fn longest<'g>(
    tokens: &[Token],
    first: usize,
    gazetteer: &'g Gazetteer,
    words: &PlaceWords,
) -> Option<Name<'g>> {
    if !capital(&tokens[first].text) && !tokens[first].text.starts_with(['\'', '’']) {
        return None;
    }
    let mut key = Key::EMPTY;
    let mut found = None;
    for (index, token) in tokens.iter().enumerate().skip(first).take(LONGEST) {
        let text = token.text.as_str();
        let named = text.chars().any(char::is_uppercase);
        let linked = matches!(text, "-" | "–" | "'" | "’" | "'s" | "’s" | ".")
            || words.links.contains(&text.to_lowercase());
        if !named && !linked {
            break;
        }
        let grown = key.with(text);
        if grown == key {
            continue;
        }
        key = grown;
        let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if named && gazetteer.sites(key, capitals).next().is_some() {
            let name = Name { first, last: index + 1, key, sites: gazetteer.sites(key, capitals).collect() };
            found = Some(possible(name, tokens, words)).filter(|name| !name.sites.is_empty()).or(found);
        }
    }
    found
}

/// Without the towns of a name that is never a town's, or that goes on: "Walker County" is not Walker.
fn possible<'g>(name: Name<'g>, tokens: &[Token], words: &PlaceWords) -> Name<'g> {
    let county = tokens.get(name.last).is_some_and(|next| {
        capital(&next.text) && matches!(next.text.to_lowercase().as_str(), "county" | "parish" | "township")
    });
    let town = |site: &&Site| matches!(site.sort, Sort::City | Sort::Capital | Sort::Region);
    let never = county || words.never.contains(&wording(tokens, &name));
    let sites = name.sites.into_iter().filter(|site| !(never && town(site))).collect();
    Name { sites, ..name }
}

fn capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// How well the name stands. `modelled`: the tagger has read the report, so that its silence counts.
/// `common`: a word of the report that is written small as well.
pub(super) fn standing(
    sentence: &Sentence,
    name: &Name<'_>,
    names: &[Name<'_>],
    words: &PlaceWords,
    modelled: bool,
    common: bool,
) -> Standing {
    let tokens = &sentence.tokens;
    if name.sites.iter().all(|site| site.sort == Sort::Demonym) {
        return Standing::No;
    }
    let mention = sentence.mentions.iter().find(|m| m.first < name.last && name.first < m.last);
    let large = |m: &attache_text::Mention| m.first < name.first || name.last < m.last;
    let wide = name.sites.iter().any(|site| matches!(site.sort, Sort::Country | Sort::Region));
    match mention.map(|m| (m.kind, large(m))) {
        Some((MentionKind::Per, _)) => return Standing::Person,
        Some((MentionKind::Gpe | MentionKind::Loc | MentionKind::Fac, _)) => return Standing::Placed,
        Some((MentionKind::Org, true) | (MentionKind::Norp | MentionKind::Date | MentionKind::Money, _)) => {
            return Standing::No;
        }
        _ => {}
    }
    let around = Around::of(tokens, name, names, words);
    if around.person {
        return Standing::Person;
    }
    if around.organisation {
        return Standing::No;
    }
    if around.placed {
        return Standing::Placed;
    }
    let doubtful = words.doubtful.contains(&wording(tokens, name));
    if doubtful && (!wide || around.glued) || common && !wide {
        return Standing::No;
    }
    let facility = name.sites.iter().any(|site| matches!(site.sort, Sort::Facility | Sort::Capital));
    let known = name.sites.iter().any(|site| site.population >= KNOWN);
    let bare = wide || facility || known || name.last - name.first > 1;
    // Where the tagger saw no name, a town inside a longer run of capitals is part of something else.
    let part = modelled && !wide && !facility && around.glued;
    match (bare, part) {
        (true, false) => Standing::Bare,
        _ => Standing::No,
    }
}

/// The words of a name in lower case.
pub(super) fn wording(tokens: &[Token], name: &Name<'_>) -> String {
    let words: Vec<String> =
        tokens[name.first..name.last].iter().map(|token| token.text.to_lowercase()).collect();
    words.join(" ")
}

/// What stands before and behind a name.
struct Around {
    person: bool,
    organisation: bool,
    placed: bool,
    /// Another capitalised word touches it.
    glued: bool,
}

impl Around {
    fn of(tokens: &[Token], name: &Name<'_>, names: &[Name<'_>], words: &PlaceWords) -> Around {
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
        let comma = |i: usize| low(i) == ",";
        let contained = comma(name.last)
            && names.iter().any(|other| {
                other.first == name.last + 1
                    && other.sites.iter().any(|s| matches!(s.sort, Sort::Region | Sort::Country))
            });
        let container = before.is_some_and(comma)
            && names.iter().any(|other| other.last + 1 == name.first)
            && name.sites.iter().any(|s| matches!(s.sort, Sort::Region | Sort::Country));
        let prepositional = skip.is_some_and(bridge) && (!after_capital || is_name_start || suffixed);
        Around {
            person: person && !contained,
            organisation,
            placed: prepositional || headed || contained || container || suffixed && after_capital,
            glued: after_capital && !is_name_start || before_capital && !modified && !opens,
        }
    }
}
