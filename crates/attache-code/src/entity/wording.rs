//! The words of an actor: the whole noun phrase that names it, as a person would cut it out of the text.
//!
//! Whom a phrase means may stand in one word of it ("Afghan" in "15 Afghan army trainees"). A record
//! shows the phrase.

use super::phrase::Tree;
use attache_text::{MentionKind, Sentence, Span, Upos};

/// How many steps a word is from the head of its phrase, at most.
const CLIMB: usize = 6;
/// How deep a phrase nests.
const DEPTH: usize = 24;
/// Prepositions whose phrases belong to the noun before them.
const BELONGING: [&str; 6] = ["of", "in", "from", "for", "near", "against"];

/// The noun phrase around a span that names an actor of the event told by `trigger` (a token of the
/// sentence): up to the noun it modifies ("Iranian" → "Iranian warships"), but not to what it owns,
/// and with what describes it: numbers, titles, appositions, "(NATO)", "of Peru". Relative clauses,
/// further conjuncts and times stay out. Where that phrase holds the trigger itself, and outside the
/// sentence, the span comes back as it is.
pub fn wording(sentence: &Sentence, trigger: usize, span: Span) -> Span {
    let tree = Tree::new(sentence);
    let within: Vec<usize> =
        (0..sentence.tokens.len()).filter(|&token| sentence.tokens[token].span.overlaps(span)).collect();
    let outside = |&&token: &&usize| tree.head(token).is_none_or(|head| !within.contains(&head));
    let Some(&head) = within.iter().find(outside) else { return span };
    let (first, last) = stretch(&tree, noun_above(&tree, head, trigger));
    if (first..=last).contains(&trigger) {
        return span;
    }
    match (tree.token(first), tree.token(last)) {
        (Some(first), Some(last)) => span.join(first.span).join(last.span),
        _ => span,
    }
}

/// The head of the noun phrase in which a word is a modifier, a name's part or what the noun is "of".
fn noun_above(tree: &Tree<'_>, word: usize, trigger: usize) -> usize {
    let mut at = word;
    for _ in 0..CLIMB {
        let part = match tree.relation(at) {
            "compound" | "amod" | "flat" | "nummod" | "det" | "appos" => true,
            "nmod" if tree.deprel(at) == "nmod:poss" => false,
            "nmod" => tree.head(at).is_some_and(|head| at < head) || tree.case(at) == "of",
            _ => false,
        };
        let above = tree.head(at).filter(|&head| part && head != trigger);
        match above {
            Some(head) if matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Num | Upos::X) => {
                at = head;
            }
            _ => break,
        }
    }
    at
}

/// First and last token of the phrase of a head.
fn stretch(tree: &Tree<'_>, head: usize) -> (usize, usize) {
    let mut inside = vec![false; tree.sentence.tokens.len()];
    mark(tree, head, &mut inside, 0);
    let is_in = |token: usize| inside.get(token).copied().unwrap_or(false);
    let is = |token: usize, marks: &[&str]| marks.contains(&tree.lower(token).as_str());
    let (mut first, mut last) = (head, head);
    while first > 0 && (is_in(first - 1) || first > 1 && is(first - 1, &[",", "("]) && is_in(first - 2)) {
        first -= 1;
    }
    let mut open = false;
    loop {
        let next = last + 1;
        open = open || is(next, &["("]) && is_in(next + 1);
        let closes = open && is(next, &[")"]);
        let joins = is(next, &[",", "("]) && is_in(next + 1);
        if !(is_in(next) || joins || closes) {
            break;
        }
        open = open && !closes;
        last = next;
    }
    let mark = |token: usize| tree.upos(token) == Upos::Punct && !is(token, &[")"]);
    while last > head && mark(last) {
        last -= 1;
    }
    while first < head && mark(first) {
        first += 1;
    }
    (first, last)
}

fn mark(tree: &Tree<'_>, index: usize, inside: &mut [bool], depth: usize) {
    if depth > DEPTH {
        return;
    }
    let Some(cell) = inside.get_mut(index) else { return };
    *cell = true;
    let is_head = depth == 0;
    for &child in tree.children(index) {
        let before = child < index;
        let belongs = match tree.relation(child) {
            "det" | "amod" | "compound" | "flat" | "fixed" | "goeswith" | "appos" => true,
            "nummod" | "advmod" => before,
            "nmod" if before || tree.deprel(child) != "nmod" => true,
            "nmod" => belongs(tree, child),
            "case" => !is_head,
            "conj" | "cc" | "punct" if !is_head => true,
            "punct" => matches!(tree.lower(child).as_str(), "-" | "‑" | "/" | "\"" | "“" | "”" | "'" | "("),
            _ => false,
        };
        if belongs {
            mark(tree, child, inside, depth + 1);
        }
    }
}

/// True for "of Peru", "in Mali", not for "on Thursday", "in June".
fn belongs(tree: &Tree<'_>, nominal: usize) -> bool {
    let case = tree.case(nominal);
    let time =
        tree.sentence.mentions.iter().any(|mention| {
            mention.kind == MentionKind::Date && (mention.first..mention.last).contains(&nominal)
        });
    !time && (case.is_empty() || BELONGING.contains(&case.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_text::Token;

    /// The words around token `at` of a sentence of `form UPOS deprel head` (heads from 1, 0 for the root).
    fn words(lines: &str, trigger: usize, at: usize) -> String {
        let mut end = 0;
        let token = |line: &str| {
            let [text, upos, deprel, head] = line.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let start = end;
            end += text.len() + 1;
            Token {
                text: text.into(),
                span: Span::new(start, start + text.len()),
                upos: Upos::parse(upos).unwrap(),
                deprel: deprel.into(),
                head: head.parse::<usize>().unwrap().checked_sub(1),
                ..Token::default()
            }
        };
        let tokens: Vec<Token> = lines.split('|').map(token).collect();
        let text = tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ");
        let sentence = Sentence { tokens, ..Sentence::default() };
        wording(&sentence, trigger, sentence.tokens[at].span).of(&text).to_owned()
    }

    #[test]
    fn a_nationality_is_told_by_its_noun() {
        let lines = "Rebels NOUN nsubj 2|killed VERB root 0|15 NUM nummod 6|Malian ADJ amod 6|army NOUN compound 6|\
                     trainees NOUN obj 2|on ADP case 8|Monday PROPN obl 2";
        assert_eq!(words(lines, 1, 3), "15 Malian army trainees");
    }

    #[test]
    fn what_describes_a_name_belongs_to_it() {
        let lines = "Ada PROPN nsubj 11|Virta PROPN flat 1|, PUNCT punct 4|leader NOUN appos 1|of ADP case 8|the DET det 8|\
                     Finnish ADJ amod 8|party NOUN nmod 4|( PUNCT punct 10|FP PROPN appos 8|left VERB root 0";
        assert_eq!(words(lines, 10, 0), "Ada Virta , leader of the Finnish party ( FP");
        let closed = lines
            .replace("|left VERB root 0", "|) PUNCT punct 10|left VERB root 0")
            .replace("nsubj 11", "nsubj 12");
        assert_eq!(words(&closed, 11, 0), "Ada Virta , leader of the Finnish party ( FP )");
    }

    #[test]
    fn owners_and_triggers_stand_apart() {
        let owner = "Mali PROPN nmod:poss 3|'s PART case 1|decision NOUN nsubj 4|angered VERB root 0|Chad PROPN obj 4";
        assert_eq!(words(owner, 3, 0), "Mali");
        let trigger = "Malian ADJ amod 2|attacks NOUN nsubj 3|continued VERB root 0";
        assert_eq!(words(trigger, 1, 0), "Malian");
    }
}
