//! How real an event is: from auxiliaries, negation, mood, tense, and the verbs it hangs on.

use super::frame::TriggerPos;
use super::lexicon::Lexicon;
use super::tree::Tree;
use crate::Status;
use attache_text::Upos;

/// How far up the tree a status is looked for.
const CLIMB: usize = 6;
/// Verbs that say of an event that it takes place, and so lend it their own tense.
const HAPPENING: [&str; 26] = [
    "be", "begin", "start", "continue", "proceed", "resume", "happen", "occur", "take", "move", "go", "open",
    "end", "conclude", "finish", "follow", "come", "last", "unfold", "schedule", "plan", "expect", "hold",
    "stage", "launch", "carry",
];
/// Conjunctions of supposed clauses.
const SUPPOSING: [&str; 5] = ["if", "unless", "whether", "lest", "should"];

/// Words that put what they govern before the news.
const BEFORE: [&str; 3] = ["after", "following", "since"];

/// The status the words around a trigger give it. Dates may later make an actual event historical.
pub fn status(tree: &Tree<'_>, trigger: usize, lexicon: &Lexicon) -> Status {
    let mut status = None;
    let mut token = trigger;
    for _ in 0..CLIMB {
        let here = own(tree, token);
        status = stronger(status, here);
        let Some(head) = tree.head(token) else { break };
        let passes = match tree.relation(token) {
            "conj" => tree.related(token, "nsubj").next().is_none(),
            "xcomp" => true,
            "acl" | "advcl" if purpose(tree, token) => {
                status = stronger(status, Some(effect(tree, head, lexicon).unwrap_or(Status::Hypothetical)));
                false
            }
            "obj" => true,
            "nsubj" if tree.is_passive(head) => true,
            "nsubj" => HAPPENING.contains(&tree.lemma(head).as_str()),
            "obl" | "nmod" | "compound" => effect(tree, head, lexicon).is_some(),
            _ => false,
        };
        if !passes {
            break;
        }
        // Who plans is not what is planned: an active verb's own subject keeps its reality.
        let active_subject = tree.relation(token) == "nsubj" && !tree.is_passive(head);
        if tree.relation(token) != "conj" && !active_subject {
            status = stronger(status, effect(tree, head, lexicon));
            // "is to visit": what is arranged lies ahead.
            if tree.relation(token) == "xcomp" && tree.lemma(head) == "be" {
                status = stronger(status, Some(Status::Future));
            }
            // "is going to visit"
            if tree.relation(token) == "xcomp" && tree.lemma(head) == "go" && infinitive(tree, token) {
                status = stronger(status, Some(Status::Future));
                break;
            }
        }
        token = head;
    }
    status.unwrap_or(Status::Actual)
}

/// What a token's own auxiliaries, negation and mark say.
fn own(tree: &Tree<'_>, token: usize) -> Option<Status> {
    let sentence = tree.sentence();
    if is_negated(tree, token) {
        return Some(Status::Negated);
    }
    let supposed = tree.related(token, "mark").any(|mark| SUPPOSING.contains(&tree.lemma(mark).as_str()));
    if supposed {
        return Some(Status::Hypothetical);
    }
    let mut found = None;
    for aux in tree.related(token, "aux").chain(tree.related(token, "cop")) {
        let lemma = tree.lemma(aux);
        let said = match lemma.as_str() {
            "will" | "shall" | "'ll" | "wo" => Some(Status::Future),
            "would" | "could" | "may" | "might" | "should" | "can" | "must" | "ca" => {
                Some(Status::Hypothetical)
            }
            "be" => {
                let progressive = tree.upos(token) == Upos::Verb
                    && sentence.tokens[token].text.to_lowercase().ends_with("ing")
                    && sentence.tokens[aux].feat("Tense") == Some("Pres");
                progressive.then_some(Status::Ongoing)
            }
            "have" if sentence.tokens[aux].feat("Tense") == Some("Past") && !is_backshifted(tree, token) => {
                Some(Status::Historical)
            }
            _ => None,
        };
        found = stronger(found, said);
    }
    found
}

/// True in a clause that reports past speech, where "had" only follows the reporting verb's tense.
fn is_backshifted(tree: &Tree<'_>, token: usize) -> bool {
    tree.relation(token) == "ccomp"
        || tree.children(token).iter().any(|&child| matches!(tree.relation(child), "parataxis"))
}

/// True where a token is denied: "not", "never", "no".
pub fn is_negated(tree: &Tree<'_>, token: usize) -> bool {
    tree.children(token).iter().any(|&child| {
        matches!(tree.relation(child), "advmod" | "det" | "cc")
            && matches!(
                tree.lemma(child).as_str(),
                "not" | "never" | "no" | "n't" | "n’t" | "neither" | "nor"
            )
            && !is_not_only(tree, child)
    })
}

/// "not only … but also" denies nothing.
fn is_not_only(tree: &Tree<'_>, negation: usize) -> bool {
    let tokens = &tree.sentence().tokens;
    tokens.get(negation + 1).is_some_and(|next| matches!(next.lemma.as_str(), "only" | "just" | "merely"))
}

fn infinitive(tree: &Tree<'_>, token: usize) -> bool {
    tree.sentence().tokens[token].feat("VerbForm") == Some("Inf")
}

/// "to attack", as the aim of a noun or clause.
fn purpose(tree: &Tree<'_>, token: usize) -> bool {
    infinitive(tree, token) && tree.related(token, "mark").any(|mark| tree.lemma(mark) == "to")
}

/// What a governing word makes of its complement ("plan to", "a bid to", "ready to").
fn effect(tree: &Tree<'_>, word: usize, lexicon: &Lexicon) -> Option<Status> {
    let pos = match tree.upos(word) {
        Upos::Verb | Upos::Aux => TriggerPos::Verb,
        Upos::Adj => TriggerPos::Adj,
        _ => TriggerPos::Noun,
    };
    lexicon.auxiliary(&tree.lemma(word), pos)
}

/// Of two hints the one that takes more from the event's reality.
fn stronger(one: Option<Status>, other: Option<Status>) -> Option<Status> {
    let rank = |status: Status| match status {
        Status::Actual => 0,
        Status::Ongoing => 1,
        Status::Historical => 2,
        Status::Future => 3,
        Status::Hypothetical => 4,
        Status::Negated => 5,
    };
    match (one, other) {
        (Some(a), Some(b)) => Some(if rank(b) > rank(a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The head of the phrase with "after" or the like that a noun trigger stands in: what is told there
/// lies before the news ("comes after a year of threats and sanctions", "follows months of strikes").
pub fn background(tree: &Tree<'_>, trigger: usize) -> Option<usize> {
    let mut token = trigger;
    for _ in 0..CLIMB {
        let nominal = matches!(
            tree.relation(token),
            "obl" | "obj" | "nmod" | "conj" | "appos" | "compound" | "parataxis" | "dep" | "list"
        );
        if !nominal || tree.upos(token) == Upos::Verb {
            return None;
        }
        if tree.preposition(token).is_some_and(|words| BEFORE.contains(&words.as_str())) {
            return Some(token);
        }
        let head = tree.head(token)?;
        if tree.upos(head) == Upos::Verb && tree.lemma(head) == "follow" && !tree.is_passive(head) {
            return (tree.relation(token) != "conj" && token > head).then_some(token);
        }
        token = head;
    }
    None
}
