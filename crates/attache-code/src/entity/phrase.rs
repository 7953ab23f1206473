//! Noun phrases on a dependency tree: which tokens belong to the phrase of a head.

use attache_text::{Sentence, Token, Upos};

/// Nothing in a sentence nests deeper than this; malformed trees with cycles end here.
const DEEPEST: usize = 64;

/// A sentence with its arcs turned round.
#[derive(Debug, Clone)]
pub(crate) struct Tree<'a> {
    pub(crate) sentence: &'a Sentence,
    children: Vec<Vec<usize>>,
}

/// The tokens of one noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) head: usize,
    /// First token.
    pub(crate) first: usize,
    /// First token after the head, its modifiers before it and its name after it.
    pub(crate) core: usize,
    /// First token after the whole phrase, prepositional phrases included.
    pub(crate) last: usize,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(sentence: &'a Sentence) -> Tree<'a> {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (index, token) in sentence.tokens.iter().enumerate() {
            if let Some(of_head) = token.head.and_then(|head| children.get_mut(head)) {
                of_head.push(index);
            }
        }
        Tree { sentence, children }
    }

    /// The token of an index; an index outside the sentence gives none.
    pub(crate) fn token(&self, index: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(index)
    }

    /// The folded text of a token; empty outside the sentence.
    pub(crate) fn lower(&self, index: usize) -> String {
        self.token(index).map_or_else(String::new, |token| token.text.to_lowercase().replace('’', "'"))
    }

    /// The lemma of a token in lower case, or its text where it has none. Regular plurals are undone
    /// here, whatever the tagger made of them.
    pub(crate) fn lemma(&self, index: usize) -> String {
        match self.token(index) {
            Some(token)
                if token.upos == Upos::Noun
                    && token.feat("Number") == Some("Plur")
                    && token.text.ends_with('s') =>
            {
                singular(&self.lower(index))
            }
            Some(token) if !token.lemma.is_empty() => token.lemma.to_lowercase(),
            _ => self.lower(index),
        }
    }

    pub(crate) fn upos(&self, index: usize) -> Upos {
        self.token(index).map_or(Upos::X, |token| token.upos)
    }

    /// The relation of a token with its subtype; empty outside the sentence.
    pub(crate) fn deprel(&self, index: usize) -> &'a str {
        self.token(index).map_or("", |token| &token.deprel)
    }

    /// The relation of a token without its subtype.
    pub(crate) fn relation(&self, index: usize) -> &'a str {
        self.token(index).map_or("", Token::relation)
    }

    pub(crate) fn head(&self, index: usize) -> Option<usize> {
        self.token(index).and_then(|token| token.head)
    }

    pub(crate) fn children(&self, index: usize) -> &[usize] {
        self.children.get(index).map_or(&[], Vec::as_slice)
    }

    /// The dependents of a token with this relation (subtype aside).
    pub(crate) fn dependents(&self, index: usize, relation: &str) -> impl Iterator<Item = usize> {
        self.children(index).iter().copied().filter(move |&child| self.relation(child) == relation)
    }

    /// The preposition of a phrase, several words joined by a space; empty for none.
    pub(crate) fn case(&self, index: usize) -> String {
        let mut words = Vec::new();
        for case in self.dependents(index, "case").filter(|&case| case < index) {
            words.push(self.lower(case));
            words.extend(self.dependents(case, "fixed").map(|word| self.lower(word)));
        }
        words.join(" ")
    }

    /// True where the token stands for a phrase of its own, not for a part of a longer name or title.
    pub(crate) fn heads_phrase(&self, index: usize) -> bool {
        let nominal = matches!(
            self.upos(index),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Num | Upos::X
        );
        let part = matches!(
            self.relation(index),
            "flat" | "compound" | "amod" | "fixed" | "goeswith" | "det" | "nummod" | "case"
        );
        let named = self.upos(index) == Upos::Adj
            && self.children(index).iter().any(|&child| self.relation(child) == "det");
        (nominal || named) && !part && self.deprel(index) != "nmod:desc"
    }

    /// The token that the phrase as a whole depends on: through a conjunction, that of the first conjunct.
    pub(crate) fn first_conjunct(&self, index: usize) -> usize {
        let mut at = index;
        for _ in 0..DEEPEST {
            match self.head(at) {
                Some(head) if self.relation(at) == "conj" => at = head,
                _ => break,
            }
        }
        at
    }

    /// The noun phrase of a head: its determiners, adjectives, compounds, owners and name, and the
    /// prepositional phrases behind it that belong to a title or a description ("of Peru", "in Mali"),
    /// without appositions, relative clauses and further conjuncts.
    pub(crate) fn phrase(&self, head: usize) -> Phrase {
        let size = self.sentence.tokens.len();
        let mut inside = vec![false; size];
        self.mark(head, &mut inside, 0, true);
        let (first, core) = stretch(&inside, head);
        for child in
            self.dependents(head, "nmod").filter(|&child| child > head && self.describes(head, child))
        {
            self.mark_full(child, &mut inside, 0);
        }
        let (_, last) = stretch(&inside, head);
        // Quotation marks and hyphens at the ends join nothing.
        let mark = |token: &usize| self.upos(*token) == Upos::Punct;
        let first = (first..head).find(|token| !mark(token)).unwrap_or(head);
        let trim =
            |end: usize| (head + 1..end).rev().find(|token| !mark(token)).map_or(head + 1, |token| token + 1);
        Phrase { head, first, core: trim(core), last: trim(last) }
    }

    /// True where a prepositional phrase describes its head: "of" any, the others not a person's name.
    fn describes(&self, head: usize, nominal: usize) -> bool {
        let name = self.upos(head) == Upos::Propn
            && self
                .children(head)
                .iter()
                .any(|&child| matches!(self.deprel(child), "flat" | "nmod:desc" | "nmod:poss"));
        match self.case(nominal).as_str() {
            "of" => true,
            "from" | "in" | "to" | "for" => !name,
            _ => false,
        }
    }

    fn mark(&self, index: usize, inside: &mut [bool], depth: usize, is_head: bool) {
        if depth > DEEPEST {
            return;
        }
        if let Some(cell) = inside.get_mut(index) {
            *cell = true;
        }
        for &child in self.children(index) {
            let relation = self.relation(child);
            let belongs = match relation {
                "det" | "amod" | "compound" | "flat" | "fixed" | "nummod" | "goeswith" => true,
                "nmod" if self.deprel(index) == "nmod:desc" => {
                    self.head(index).is_some_and(|name| child < name)
                }
                "nmod" => matches!(self.deprel(child), "nmod:poss" | "nmod:desc" | "nmod:unmarked"),
                "advmod" => child < index,
                "case" => !is_head && (child > index || self.deprel(index) == "nmod"),
                "punct" => self.joins(child),
                // "The Colombian and Venezuelan presidents".
                "conj" | "cc" => {
                    let before = self.head(index).is_some_and(|head| child < head);
                    let relation = self.relation(index);
                    !is_head && (matches!(relation, "amod" | "conj") || relation == "compound" && before)
                }
                _ => {
                    !is_head
                        && self.relation(index) == "amod"
                        && matches!(relation, "obl" | "advmod")
                        && child < index
                }
            };
            if belongs && !(relation == "nummod" && child > index) {
                self.mark(child, inside, depth + 1, false);
            }
        }
    }

    /// Marks a prepositional phrase with its preposition and what follows of the same kind.
    fn mark_full(&self, index: usize, inside: &mut [bool], depth: usize) {
        if depth > DEEPEST {
            return;
        }
        self.mark(index, inside, depth, false);
        for &child in self.children(index) {
            match self.relation(child) {
                "case" => self.mark(child, inside, depth + 1, false),
                "nmod" if child > index && self.describes(index, child) => {
                    self.mark_full(child, inside, depth + 1);
                }
                "conj" => self.mark_full(child, inside, depth + 1),
                "cc" => self.mark(child, inside, depth + 1, false),
                _ => {}
            }
        }
    }

    /// True for a hyphen, slash or quotation mark inside a name, not for a comma or dash between phrases.
    fn joins(&self, punct: usize) -> bool {
        matches!(self.lower(punct).as_str(), "-" | "‑" | "/" | "\"" | "“" | "”" | "'" | ".")
    }
}

/// The unbroken stretch of marked tokens around a head; quotation marks at its ends are left out by
/// the caller's choice of marks.
fn stretch(inside: &[bool], head: usize) -> (usize, usize) {
    let mut first = head;
    while first > 0 && inside.get(first - 1).copied().unwrap_or(false) {
        first -= 1;
    }
    let mut last = (head + 1).min(inside.len());
    while inside.get(last).copied().unwrap_or(false) {
        last += 1;
    }
    (first, last)
}

/// A regular plural undone: "countries" → "country", "sides" → "side"; other words stay.
pub(crate) fn singular(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    match word {
        _ if word.len() > 4 && word.ends_with("ies") => {
            word.strip_suffix("ies").map(|stem| format!("{stem}y"))
        }
        _ if word.len() > 4 && ends(&["ches", "shes", "sses", "xes"]) => {
            word.strip_suffix("es").map(str::to_string)
        }
        _ if word.len() > 3 && !ends(&["ss", "us", "is"]) => word.strip_suffix('s').map(str::to_string),
        _ => None,
    }
    .unwrap_or_else(|| word.to_string())
}
