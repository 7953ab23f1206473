//! Which words of a sentence may be place names.

use super::around::Around;
use super::gazetteer::Gazetteer;
use super::key::Key;
use super::site::{Site, Sort};
use super::words::PlaceWords;
use attache_text::{Mention, MentionKind, Sentence, Token};

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
    pub sites: Vec<Site<'g>>,
    /// The words behind it name its sort: "Clay and Douglas counties".
    pub sorted: bool,
}

/// How well a name stands as a place name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The words around it or the tagger say it is one.
    Placed,
    /// Nothing speaks against it.
    Bare,
    /// Part of another name: a place where the report names the place elsewhere too.
    Part,
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
    counties(tokens, &mut names);
    names
}

/// Names in a list before "counties" are those of counties.
fn counties(tokens: &[Token], names: &mut [Name<'_>]) {
    let plural = |token: &Token| matches!(token.text.to_lowercase().as_str(), "counties" | "parishes");
    for at in tokens.iter().enumerate().filter(|(_, token)| plural(token)).map(|(index, _)| index) {
        let mut end = at;
        for name in names.iter_mut().rev().skip_while(|name| name.last > at) {
            let between = tokens.get(name.last..end).unwrap_or_default();
            let county = name.sites.iter().any(|site| site.sort == Sort::County);
            if !county || !between.iter().all(|token| matches!(token.text.as_str(), "," | "and" | "&")) {
                break;
            }
            name.sites.retain(|site| site.sort == Sort::County);
            name.key = name.key.with("County");
            name.sorted = true;
            end = name.first;
        }
    }
}

/// "Ala." behind "Mobile,".
fn region<'g>(tokens: &[Token], at: usize, gazetteer: &'g Gazetteer, words: &PlaceWords) -> Option<Name<'g>> {
    let (full, last) = abbreviated(tokens, at, words)?;
    Some(Name { first: at, last, sorted: false, ..short_form(full, gazetteer)? })
}

/// The region that an abbreviation stands for, and the first token after it: "Ala.", "AL", "W. Va.".
fn abbreviated<'w>(tokens: &[Token], at: usize, words: &'w PlaceWords) -> Option<(&'w str, usize)> {
    let letters = |last: usize| -> Option<String> {
        let parts = tokens.get(at..last)?;
        let written = parts.iter().all(|token| {
            let text = token.text.as_str();
            let mut letters = text.chars().filter(char::is_ascii_alphabetic);
            capital(text) && (text.ends_with('.') || letters.all(|c| c.is_uppercase()))
        });
        let letters = parts.iter().flat_map(|token| token.text.chars()).filter(char::is_ascii_alphabetic);
        written.then(|| letters.collect::<String>().to_lowercase())
    };
    // "G. A. Cohen" is of no Georgia.
    let second = tokens.get(at + 1).map_or("", |token| &token.text);
    let initial = tokens[at].text.len() == 2 && tokens[at].text.ends_with('.') && second.len() > 2;
    let full = |last: usize| Some((words.regions.get(&letters(last)?)?.as_str(), last));
    full(at + 2).filter(|_| initial).or_else(|| full(at + 1))
}

/// "NSW", "D.C.", "W. Va.", "an Ill. man": short forms by themselves.
fn alias<'g>(tokens: &[Token], at: usize, gazetteer: &'g Gazetteer, words: &PlaceWords) -> Option<Name<'g>> {
    let text = tokens[at].text.as_str();
    let bare = text.trim_end_matches('.');
    let alone = |last: usize| {
        last == at + 2
            || bare.len() < text.len() && words.alone.contains(&bare.to_lowercase()) && last < tokens.len()
    };
    let (full, last) = match words.aliases.get(bare) {
        Some(full) => (full.as_str(), at + 1),
        None => abbreviated(tokens, at, words).filter(|(_, last)| alone(*last))?,
    };
    Some(Name { first: at, last, sorted: true, ..short_form(full, gazetteer)? })
}

/// The name of a region that a short form stands for: never the city or country of that name, and so another
/// name than theirs. A short form of something else has all its places.
fn short_form<'g>(full: &str, gazetteer: &'g Gazetteer) -> Option<Name<'g>> {
    let mut sites: Vec<Site<'_>> = gazetteer.sites(Key::of(full), true).collect();
    let mut key = Key::of(full);
    let region = |site: &Site<'_>| site.sort == Sort::Region;
    if sites.iter().any(region) && !sites.iter().all(region) {
        sites.retain(region);
        key = key.with("region");
    }
    (!sites.is_empty()).then_some(Name { first: 0, last: 0, key, sites, sorted: false })
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
    let mut found = alias(tokens, first, gazetteer, words);
    for (index, token) in tokens.iter().enumerate().skip(first).take(LONGEST) {
        let text = token.text.as_str();
        let named = text.chars().any(char::is_uppercase);
        let linked = matches!(text, "-" | "–" | "'" | "’" | "'s" | "’s" | ".")
            || words.links.contains(&text.to_lowercase());
        if !named && !linked || text.contains('$') {
            break;
        }
        let grown = key.with(text);
        if grown == key {
            continue;
        }
        key = grown;
        let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if named && gazetteer.sites(key, capitals).next().is_some() {
            let sites = gazetteer.sites(key, capitals).collect();
            let name = Name { first, last: index + 1, key, sites, sorted: false };
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
    let town = |site: &Site<'_>| matches!(site.sort, Sort::City | Sort::Capital | Sort::Region);
    let any = |site: &Site<'_>| town(site) || site.sort == Sort::County;
    let wording = wording(tokens, &name);
    let never = words.never.contains(&wording) || words.features.contains(&wording);
    let sites = name.sites.into_iter().filter(|site| !(never && any(site) || county && town(site))).collect();
    Name { sites, ..name }
}

pub(super) fn capital(text: &str) -> bool {
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
    let large = |m: &Mention| m.first < name.first || name.last < m.last;
    let wide = name.sites.iter().any(|site| match site.sort {
        Sort::Country | Sort::Wide => true,
        Sort::Region => site.population >= KNOWN,
        _ => false,
    });
    let around = Around::of(tokens, name, names, words);
    if name.sorted || around.headed || of_party(tokens, name) {
        return Standing::Placed;
    }
    match mention.map(|m| (m.kind, large(m))) {
        Some((MentionKind::Per, _)) => return Standing::Person,
        Some((MentionKind::Gpe | MentionKind::Loc | MentionKind::Fac, large)) => {
            // "Anthony Creek" is not Anthony.
            let feature = |i: Option<usize>| {
                let token = i.and_then(|i| tokens.get(i)).filter(|token| capital(&token.text));
                token.is_some_and(|token| words.features.contains(&token.text.to_lowercase()))
            };
            let ends = mention.and_then(|m| m.last.checked_sub(1)).filter(|end| *end >= name.last);
            let other = large && (feature(name.first.checked_sub(1)) || feature(ends));
            return if other { Standing::No } else { Standing::Placed };
        }
        Some((MentionKind::Org, true)) => {
            let public = mention.is_some_and(|m| of_public_body(tokens, name, m, words));
            let low = tokens.get(name.last).map(|token| token.text.to_lowercase()).unwrap_or_default();
            return match public {
                true => Standing::Placed,
                false if words.organisations.contains(&low) => Standing::No,
                false => Standing::Part,
            };
        }
        Some((MentionKind::Norp | MentionKind::Date | MentionKind::Money, _)) => return Standing::No,
        _ => {}
    }
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
    let known = name.sites.iter().any(|site| site.sort != Sort::County && site.population >= KNOWN);
    let bare = wide || facility || known || name.last - name.first > 1;
    // Where the tagger saw no name, a town inside a longer run of capitals is part of something else.
    let part = modelled && !wide && !facility && around.glued;
    match (bare, part) {
        (true, false) => Standing::Bare,
        _ => Standing::Part,
    }
}

/// True for "R-Ashland": a member of a party and whom they stand for.
fn of_party(tokens: &[Token], name: &Name<'_>) -> bool {
    let before = |n: usize| name.first.checked_sub(n).map(|i| tokens[i].text.as_str());
    before(1) == Some("-") && matches!(before(2), Some("D" | "R" | "I"))
}

/// True where an organisation's name says of what place it is the police, court, ministry or school: its
/// first words before such a word ("Athens Police Department") or its last behind "of".
fn of_public_body(tokens: &[Token], name: &Name<'_>, mention: &Mention, words: &PlaceWords) -> bool {
    let low = |i: usize| tokens.get(i).map(|token| token.text.to_lowercase()).unwrap_or_default();
    let first = mention.first + usize::from(low(mention.first) == "the");
    let county = matches!(low(name.last - 1).as_str(), "county" | "parish");
    let opens = name.first == first && (county || words.bodies.contains(&low(name.last)));
    let article = usize::from(name.first > 0 && low(name.first - 1) == "the");
    let before = name.first.checked_sub(1 + article).map(low).unwrap_or_default();
    let closes =
        name.last == mention.last && name.first > mention.first && matches!(before.as_str(), "of" | "in");
    opens || closes
}

/// The words of a name in lower case.
pub(super) fn wording(tokens: &[Token], name: &Name<'_>) -> String {
    let words: Vec<String> =
        tokens[name.first..name.last].iter().map(|token| token.text.to_lowercase()).collect();
    words.join(" ")
}
