//! Pronouns of a report: "he", "its", "they", "who", "we".

use super::describe::Scene;
use super::resolve::Reader;
use crate::coreference::memory::{Place, Wanted};
use crate::coreference::pronoun::{self, Pronoun};
use crate::coreference::{Kind, Referent};

impl<'a> Reader<'a> {
    /// Whom a pronoun takes up.
    pub(super) fn pronoun(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<Referent> {
        let tree = &scene.tree;
        let Some(which) = pronoun::pronoun(&tree.lower(place.token)) else { return Vec::new() };
        // "The meeting itself": no pronoun of anybody.
        let emphatic = tree.lower(place.token).ends_with("self")
            && !matches!(tree.relation(place.token), "obj" | "iobj" | "obl");
        if emphatic {
            return Vec::new();
        }
        let owns = tree.deprel(place.token) == "nmod:poss";
        let coordination = tree.head(place.token).filter(|_| owns).map(|head| tree.first_conjunct(head));
        let clause = tree.head(tree.first_conjunct(place.token));
        let not_under = clause.filter(|_| !owns && tree.relation(place.token) != "nsubj");
        let wanted = Wanted { kinds: pronoun::kinds(which), not_under, coordination, ..Wanted::default() };
        match which {
            Pronoun::Relative => self.relative(scene, place),
            Pronoun::Speaker => self.speaker(scene, place),
            Pronoun::Person(gender) => {
                let found = self
                    .memory
                    .pronoun(place, Wanted { gender: Some(gender), plural: Some(false), ..wanted });
                found.map(|referent| Referent { gender: Some(gender), ..referent }).into_iter().collect()
            }
            Pronoun::Thing if is_empty_subject(scene, place.token) => Vec::new(),
            Pronoun::Thing => {
                self.memory.pronoun(place, Wanted { plural: Some(false), ..wanted }).into_iter().collect()
            }
            Pronoun::Several => {
                let joined = self.memory.coordinated(place, |_| true);
                if joined.len() > 1 {
                    return joined;
                }
                let several = self.memory.pronoun(place, Wanted { plural: Some(true), ..wanted });
                let body = || {
                    self.memory.pronoun(place, Wanted { kinds: &[Kind::Institution, Kind::Group], ..wanted })
                };
                several.or_else(body).into_iter().collect()
            }
        }
    }

    /// The noun that a relative clause describes.
    pub(super) fn relative(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<Referent> {
        let tree = &scene.tree;
        let mut at = place.token;
        for _ in 0..12 {
            let Some(above) = tree.head(at) else { return Vec::new() };
            if tree.deprel(at).starts_with("acl") && above < place.token {
                return self.settle(scene, place.sentence, above);
            }
            at = above;
        }
        Vec::new()
    }

    /// Who says "we" or "I": the subject of the verb that reports the words.
    pub(super) fn speaker(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<Referent> {
        let tree = &scene.tree;
        let mut at = place.token;
        for _ in 0..24 {
            let Some(above) = tree.head(at) else { return Vec::new() };
            let mut sayers = vec![];
            if matches!(tree.relation(at), "ccomp" | "parataxis") {
                sayers.push(above);
            }
            sayers.extend(tree.dependents(above, "parataxis"));
            for verb in sayers {
                let says = matches!(
                    tree.lemma(verb).as_str(),
                    "say"
                        | "tell"
                        | "add"
                        | "declare"
                        | "announce"
                        | "warn"
                        | "vow"
                        | "insist"
                        | "note"
                        | "write"
                );
                let subject = tree.dependents(verb, "nsubj").find(|&subject| subject != place.token);
                if let (true, Some(subject)) = (says, subject) {
                    return self.settle(scene, place.sentence, subject);
                }
            }
            at = above;
        }
        Vec::new()
    }
}

/// True for "it" that means nothing: "it is said that …", "it was important to …".
fn is_empty_subject(scene: &Scene<'_>, it: usize) -> bool {
    let tree = &scene.tree;
    let Some(governor) = tree.head(it) else { return true };
    let weather = tree.relation(it) == "expl";
    let clause = ["ccomp", "csubj", "xcomp", "advcl", "acl"]
        .iter()
        .any(|relation| tree.dependents(governor, relation).any(|clause| clause > governor));
    let judged = tree.deprel(it) == "nsubj:pass" || tree.dependents(governor, "cop").next().is_some();
    weather || tree.relation(it) == "nsubj" && clause && judged
}
