//! What a noun phrase says by its words alone: its name, titles, nationalities, owner, number. Whom it
//! means is decided later, with the report in view.

use super::names::{Found, Word, sentence_words, words};
use super::phrase::{Phrase, Tree, singular};
use super::registry::{Noun, Registry, Sense};
use attache_text::{MentionKind, Sentence, Upos};

/// A title or agent noun found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NounFound {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) senses: Vec<Noun>,
    /// Its folded words as the registry has them.
    pub(crate) key: String,
}

/// A sentence made ready: its tree, and all names and nouns of the registry in it.
#[derive(Debug, Clone)]
pub(crate) struct Scene<'a> {
    pub(crate) tree: Tree<'a>,
    pub(crate) names: Vec<Found<Sense>>,
    nouns: Vec<NounFound>,
}

/// What a phrase says of itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) phrase: Phrase,
    /// Tokens that look like a person's or other proper name, titles left out.
    pub(crate) name: Option<(usize, usize)>,
    /// The registry's name that covers the head.
    pub(crate) proper: Option<Found<Sense>>,
    /// The title or agent noun that covers the head.
    pub(crate) noun: Option<NounFound>,
    /// Titles and agent nouns before the head or name.
    pub(crate) titles: Vec<NounFound>,
    /// Nationalities and country names before the head (rows of the registry).
    pub(crate) nations: Vec<usize>,
    /// Heads of owners: possessives, and names used as modifiers.
    pub(crate) owners: Vec<usize>,
    /// Prepositional phrases behind the head: the preposition and their heads.
    pub(crate) behind: Vec<(String, usize)>,
    /// "Former", "ex-", "ousted".
    pub(crate) former: bool,
    pub(crate) definite: bool,
    pub(crate) indefinite: bool,
    /// "Two", "both", "three".
    pub(crate) number: Option<usize>,
    pub(crate) plural: bool,
}

const FORMER: [&str; 11] = [
    "former",
    "ex",
    "ousted",
    "deposed",
    "onetime",
    "late",
    "outgoing-",
    "retired",
    "erstwhile",
    "exiled",
    "overthrown",
];
const PARTICLES: [&str; 18] = [
    "de", "del", "la", "bin", "ibn", "al", "el", "van", "von", "der", "den", "da", "dos", "di", "y", "ben",
    "ul", "-",
];

impl Reading {
    /// The reading of a single word, such as a pronoun.
    pub(crate) fn bare(phrase: Phrase) -> Reading {
        Reading {
            phrase,
            name: None,
            proper: None,
            noun: None,
            titles: Vec::new(),
            nations: Vec::new(),
            owners: Vec::new(),
            behind: Vec::new(),
            former: false,
            definite: false,
            indefinite: false,
            number: None,
            plural: false,
        }
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn new(sentence: &'a Sentence, registry: &Registry) -> Scene<'a> {
        let tree = Tree::new(sentence);
        let words = sentence_words(sentence);
        let mut names = registry.names.find(sentence, &words);
        names.retain(|name| plausible(sentence, name) && !is_title(sentence, name, registry));
        let mut nouns = find_nouns(&tree, &words, registry);
        nouns.retain(|noun| {
            names.iter().all(|name| {
                let apart = noun.last <= name.first || name.last <= noun.first;
                let wider = noun.first <= name.first
                    && name.last <= noun.last
                    && noun.last - noun.first > name.last - name.first;
                apart || wider
            })
        });
        Scene { tree, names, nouns }
    }

    /// The encoder's mention of one of these kinds that covers the token.
    pub(crate) fn mention(&self, token: usize, kinds: &[MentionKind]) -> Option<(usize, usize)> {
        let mentions = self.tree.sentence.mentions.iter();
        let mut covering = mentions.filter(|mention| mention.first <= token && token < mention.last);
        covering.find(|mention| kinds.contains(&mention.kind)).map(|mention| (mention.first, mention.last))
    }

    /// The registry's name that covers the token.
    pub(crate) fn name_at(&self, token: usize) -> Option<&Found<Sense>> {
        self.names.iter().find(|name| name.first <= token && token < name.last)
    }

    /// The longest title or agent noun inside a stretch that covers the token.
    pub(crate) fn noun_at(&self, token: usize, first: usize, last: usize) -> Option<&NounFound> {
        let covering = |noun: &&NounFound| noun.first <= token && token < noun.last;
        let inside = |noun: &&NounFound| first <= noun.first && noun.last <= last;
        self.nouns
            .iter()
            .filter(covering)
            .filter(inside)
            .max_by_key(|noun| (noun.last - noun.first, noun.first))
    }

    /// The token of a stretch that governs it from outside: the stretch's own head.
    pub(crate) fn head_of(&self, first: usize, last: usize) -> usize {
        let outside = |&token: &usize| self.tree.head(token).is_none_or(|head| head < first || last <= head);
        (first..last).rev().find(outside).unwrap_or(last.saturating_sub(1))
    }

    /// True for "State" in "Secretary of State": a part of a title that another token heads.
    pub(crate) fn inside_title(&self, token: usize) -> bool {
        self.nouns.iter().any(|noun| {
            let of = (noun.first..noun.last).any(|inner| self.tree.upos(inner) == Upos::Adp);
            of && noun.first < token && token < noun.last
        })
    }

    /// The preposition of a nominal: by its arcs, or the one that stands right before its name.
    pub(crate) fn case(&self, nominal: usize) -> String {
        let case = self.tree.case(nominal);
        let Some(name) = self.name_at(nominal).filter(|_| case.is_empty()) else { return case };
        let before = (0..name.first).rev().find(|&token| self.tree.upos(token) != Upos::Det);
        before
            .filter(|&token| self.tree.upos(token) == Upos::Adp)
            .map_or(case, |token| self.tree.lower(token))
    }

    /// Reads the phrase of a head.
    pub(crate) fn read(&self, head: usize) -> Reading {
        let tree = &self.tree;
        let phrase = tree.phrase(head);
        let mut owned = vec![false; phrase.core.saturating_sub(phrase.first)];
        let mut owners: Vec<usize> = Vec::new();
        for owner in (phrase.first..phrase.core).filter(|&token| tree.deprel(token) == "nmod:poss") {
            owners.push(owner);
            let inner = tree.phrase(owner);
            for cell in owned
                .iter_mut()
                .take(inner.core.saturating_sub(phrase.first))
                .skip(inner.first.saturating_sub(phrase.first))
            {
                *cell = true;
            }
        }
        let own = |token: usize| {
            phrase.first <= token
                && token < phrase.core
                && !owned.get(token - phrase.first).copied().unwrap_or(true)
        };

        let proper = self.name_at(head).cloned();
        let noun = self.noun_at(head, phrase.first, phrase.last).filter(|noun| own(noun.first)).cloned();
        let mut titles = self.titles(&own, &phrase, noun.as_ref());
        let name = self.name_of(&own, &phrase, &titles, noun.as_ref(), proper.as_ref());
        if let Some((first, last)) = name {
            titles.retain(|title| title.last <= first || last <= title.first);
        }
        let in_name = |token: usize| name.is_some_and(|(first, last)| first <= token && token < last);
        let in_noun = |token: usize| {
            let covers = |noun: &NounFound| noun.first <= token && token < noun.last;
            noun.as_ref().is_some_and(covers) || titles.iter().any(covers)
        };

        let mut nations = Vec::new();
        for found in &self.names {
            let covers_head = found.first <= head && head < found.last;
            if covers_head || !own(found.first) || in_name(found.first) {
                continue;
            }
            match nation(&found.senses) {
                Some(_) if self.only_half_of_a_compound(found) => {}
                Some(country) => nations.push(country),
                None if !in_noun(found.first) => owners.push(self.head_of(found.first, found.last)),
                None => {}
            }
        }
        for token in (phrase.first..head).filter(|&token| own(token) && tree.relation(token) == "compound") {
            let known = self.name_at(token).is_some() || in_name(token) || in_noun(token);
            if !known && tree.upos(token) == Upos::Propn {
                owners.push(token);
            }
        }
        owners.sort_unstable();
        owners.dedup();
        let behind = tree.dependents(head, "nmod").filter(|&child| child > head);
        let behind =
            behind.map(|child| (self.case(child), child)).filter(|(case, _)| !case.is_empty()).collect();
        let lower: Vec<String> =
            (phrase.first..phrase.core).filter(|&token| own(token)).map(|token| tree.lower(token)).collect();
        let has = |words: &[&str]| lower.iter().any(|word| words.contains(&word.as_str()));
        let former = has(&FORMER) || lower.iter().any(|word| word.starts_with("ex-"));
        Reading {
            phrase,
            name,
            noun,
            titles,
            nations,
            owners,
            behind,
            former,
            definite: has(&["the", "this", "that", "these", "those"]) || self.determined_before(head),
            indefinite: has(&[
                "a",
                "an",
                "some",
                "any",
                "another",
                "several",
                "many",
                "unknown",
                "unidentified",
            ]),
            number: lower.iter().find_map(|word| number(word)),
            plural: self.is_plural(head),
            proper,
        }
    }

    /// True where "both" or "the" stands before the phrase as a word of the clause.
    fn determined_before(&self, head: usize) -> bool {
        self.tree.dependents(head, "det").any(|det| self.tree.lower(det) == "the")
    }

    fn is_plural(&self, head: usize) -> bool {
        match self.tree.token(head).and_then(|token| token.feat("Number")) {
            Some(number) => number == "Plur",
            None => {
                let (text, lemma) = (self.tree.lower(head), self.tree.lemma(head));
                text != lemma && self.tree.upos(head) == Upos::Noun
            }
        }
    }

    /// The longest nouns of the phrase beside the one that covers its head, none overlapping.
    fn titles(
        &self,
        own: &impl Fn(usize) -> bool,
        phrase: &Phrase,
        head_noun: Option<&NounFound>,
    ) -> Vec<NounFound> {
        let mut inside: Vec<&NounFound> = self
            .nouns
            .iter()
            .filter(|noun| own(noun.first) && own(noun.last - 1))
            .filter(|noun| head_noun.is_none_or(|head| noun.last <= head.first || head.last <= noun.first))
            .filter(|noun| noun.last <= phrase.core)
            .collect();
        inside.sort_by_key(|noun| (std::cmp::Reverse(noun.last - noun.first), noun.first));
        let mut chosen: Vec<NounFound> = Vec::new();
        for noun in inside {
            if chosen.iter().all(|known| noun.last <= known.first || known.last <= noun.first) {
                chosen.push(noun.clone());
            }
        }
        chosen.sort_by_key(|noun| noun.first);
        chosen
    }

    /// The capitalised run at the end of the phrase, its titles and nationalities stripped from the left.
    fn name_of(
        &self,
        own: &impl Fn(usize) -> bool,
        phrase: &Phrase,
        titles: &[NounFound],
        head_noun: Option<&NounFound>,
        proper: Option<&Found<Sense>>,
    ) -> Option<(usize, usize)> {
        let tree = &self.tree;
        if let Some(found) = proper
            && !found.senses.iter().any(|sense| matches!(sense, Sense::Person(_)))
        {
            return None;
        }
        let namey = |token: usize| own(token) && is_name_word(tree, token);
        let joins = |token: usize| PARTICLES.contains(&tree.lower(token).as_str());
        let last = (phrase.first..phrase.core).rev().find(|&token| namey(token)).map(|token| token + 1)?;
        // Behind the head only its name may stand.
        if last + 1 < phrase.core {
            return None;
        }
        let mut first = last;
        while first > phrase.first {
            let before = first - 1;
            let bridge =
                own(before) && joins(before) && first < last && before > phrase.first && namey(before - 1);
            if !namey(before) && !bridge {
                break;
            }
            first = before;
        }
        // "Republican Senator NAME": the mention, or else the title inside the run, says where it begins.
        let mention = (first..last).find_map(|token| self.mention(token, &[MentionKind::Per]));
        if let Some((begin, _)) = mention.filter(|&(begin, end)| first < begin && end == last) {
            first = begin;
        } else if mention.is_none() {
            let title = titles.iter().filter(|title| first < title.first && title.last < last);
            let title =
                title.filter(|title| title.senses.iter().any(|sense| matches!(sense, Noun::Office(_))));
            first = title.map(|title| title.last).max().unwrap_or(first);
        }
        while first < last {
            let noun = titles.iter().chain(head_noun).find(|noun| noun.first <= first && first < noun.last);
            let found = self.name_at(first).filter(|found| nation(&found.senses).is_some());
            if let Some(noun) = noun {
                first = noun.last.max(first + 1);
            } else if let Some(found) = found.filter(|found| found.last < last) {
                first = found.last;
            } else if joins(first)
                || FORMER.contains(&tree.lower(first).as_str())
                || is_address(&tree.lower(first))
            {
                first += 1;
            } else {
                break;
            }
        }
        let title_is_head = head_noun.is_some()
            || titles.iter().any(|title| title.first <= phrase.head && phrase.head < title.last);
        let holds_head = first <= phrase.head && phrase.head < last;
        (first < last && (holds_head || title_is_head && first > phrase.head)).then_some((first, last))
    }

    /// True for "U.S." in "U.S.-backed": the nationality of the backer, not of the phrase.
    fn only_half_of_a_compound(&self, found: &Found<Sense>) -> bool {
        let hyphen = matches!(self.tree.lower(found.last).as_str(), "-" | "‑" | "–");
        hyphen && self.name_at(found.last + 1).is_none_or(|next| nation(&next.senses).is_none())
            || ["born", "origin", "descent"].contains(&self.tree.lower(found.last).as_str())
    }
}

/// The country of a name that can be a modifier of nationality.
pub(crate) fn nation(senses: &[Sense]) -> Option<usize> {
    senses.iter().find_map(|sense| match sense {
        Sense::Country(row) | Sense::Nationality(row) | Sense::People(row) | Sense::Unrecognised(row) => {
            Some(*row)
        }
        _ => None,
    })
}

/// "Mr.", "Mrs.", "Dr." and the like: the name goes on behind it.
pub(crate) fn is_address(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "mr" | "mrs" | "ms" | "miss" | "dr" | "sir" | "dame" | "lord" | "lady" | "don" | "doña"
    )
}

fn is_name_word(tree: &Tree<'_>, token: usize) -> bool {
    let Some(word) = tree.token(token) else { return false };
    let capital = word.text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let class = matches!(word.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Verb | Upos::Intj);
    capital && (class || tree.relation(token) == "flat") && !matches!(tree.relation(token), "det" | "case")
}

fn number(word: &str) -> Option<usize> {
    Some(match word {
        "two" | "both" | "2" => 2,
        "three" | "3" => 3,
        "four" | "4" => 4,
        _ => return None,
    })
}

/// A name inside a longer person's name, or a one-word name that is an everyday word here, is none.
fn plausible(sentence: &Sentence, name: &Found<Sense>) -> bool {
    let person = name.senses.iter().any(|sense| matches!(sense, Sense::Person(_)));
    let inside_person = sentence.mentions.iter().any(|mention| {
        let wider = mention.first <= name.first
            && name.last <= mention.last
            && (mention.last - mention.first) > (name.last - name.first);
        mention.kind == MentionKind::Per && wider
    });
    if inside_person && !person && nation(&name.senses).is_none() {
        return false;
    }
    if inside_person && !person {
        // "Jordan" in "Michael Jordan", but not "Colombia" in "Colombia's Petro".
        let last = sentence.tokens.get(name.last - 1);
        let within = last.is_some_and(|token| matches!(token.relation(), "flat" | "compound"));
        let proper = name.senses.iter().any(|sense| matches!(sense, Sense::Country(_)));
        return !(within && proper);
    }
    let one = name.last - name.first == 1;
    let everyday = sentence.tokens.get(name.first).is_some_and(|token| {
        matches!(
            token.upos,
            Upos::Verb
                | Upos::Aux
                | Upos::Adv
                | Upos::Adp
                | Upos::Pron
                | Upos::Det
                | Upos::Cconj
                | Upos::Sconj
        )
    });
    !(one && everyday)
}

/// Nouns of the registry that alone mean an event, a month or a building more often than people.
const NOT_ACTORS: [&str; 13] = [
    "march",
    "protest",
    "demonstration",
    "rebellion",
    "house",
    "diet",
    "business",
    "campaign",
    "society",
    "home",
    "school",
    "flotilla",
    "foundation",
];

/// True for a lone surname that is a title as well ("Sheikh", "Major", "King").
fn is_title(sentence: &Sentence, name: &Found<Sense>, registry: &Registry) -> bool {
    let personal = name.senses.iter().all(|sense| matches!(sense, Sense::Person(_)));
    let word = sentence.tokens.get(name.first).map(|token| words(&token.text).join(" "));
    personal && name.last - name.first == 1 && word.is_some_and(|word| registry.nouns.contains_key(&word))
}

/// Every title and agent noun in a sentence, longer and shorter.
fn find_nouns(tree: &Tree<'_>, sentence: &[Word], registry: &Registry) -> Vec<NounFound> {
    let lemma = |word: &Word| {
        let nominal = matches!(tree.upos(word.token), Upos::Noun | Upos::Propn | Upos::X);
        let lemma = words(&tree.lemma(word.token));
        let whole = words(&tree.lower(word.token)).len() == 1;
        match lemma.as_slice() {
            [lemma] if nominal && whole && *lemma != word.key => lemma.clone(),
            _ if nominal => singular(&word.key),
            _ => word.key.clone(),
        }
    };
    let mut found: Vec<NounFound> = Vec::new();
    for at in 0..sentence.len() {
        let first = &sentence[at];
        if !matches!(
            tree.upos(first.token),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Verb | Upos::Adv | Upos::Num
        ) {
            continue;
        }
        let single = lemma(first);
        let longest =
            [&first.key, &single].into_iter().filter_map(|word| registry.noun_lengths.get(word)).max();
        for length in 1..=longest.copied().unwrap_or(0).min(sentence.len() - at) {
            let stretch = &sentence[at..at + length];
            let last = &stretch[length - 1];
            let nominal = matches!(tree.upos(last.token), Upos::Noun | Upos::Propn | Upos::X | Upos::Adj);
            if sentence.get(at + length).is_some_and(|next| next.token == last.token) || !nominal {
                continue;
            }
            let key = |front: Option<&str>, back: Option<&str>| {
                let word = |(index, word): (usize, &Word)| {
                    let front = front.filter(|_| index == 0);
                    let back = back.filter(|_| index + 1 == length);
                    back.or(front).unwrap_or(&word.key).to_string()
                };
                stretch.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
            };
            let end = lemma(last);
            // The singular first: "presidents" are of the office, whatever else lists the plural.
            let mut senses: Vec<Noun> = Vec::new();
            let mut known = None;
            for key in [key(None, Some(&end)), key(Some(&single), None), key(None, None)] {
                let meant =
                    registry.nouns.get(&key).filter(|_| length > 1 || !NOT_ACTORS.contains(&key.as_str()));
                for &sense in meant.into_iter().flatten() {
                    // "National" before a name is the adjective, not a citizen; "Sheikh" is a title.
                    let adjective = length == 1 && tree.upos(last.token) == Upos::Adj;
                    if !senses.contains(&sense) && (!adjective || matches!(sense, Noun::Office(_))) {
                        senses.push(sense);
                    }
                }
                known = known.or_else(|| meant.map(|_| key));
            }
            if let Some(key) = known.filter(|_| !senses.is_empty()) {
                found.push(NounFound { first: first.token, last: last.token + 1, senses, key });
            }
        }
    }
    found
}
