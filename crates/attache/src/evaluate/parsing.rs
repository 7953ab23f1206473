//! Parsing against a treebank, by the metric of the CoNLL 2018 shared task:
//! <https://universaldependencies.org/conll18/evaluation.html>.
//!
//! Gold and predicted words are aligned by the characters they cover (white space aside); within
//! multiword tokens that overlap, by a longest common subsequence of their forms. A word is right in
//! UPOS, UFeats or Lemmas where the aligned one has the same; in UAS where the heads are aligned; in
//! LAS where the relation, subtypes aside, is the same too; CLAS is LAS over content words.

use super::measure::{f1, pct, ratio};
use attache_text::{Sentence, Token};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Relations that are not content words' in CLAS.
const FUNCTIONAL: [&str; 8] = ["aux", "cop", "mark", "det", "clf", "case", "cc", "punct"];

/// Features the metric compares; others are language-specific.
const UNIVERSAL: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case",
    "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person",
    "Polite",
];

/// A word with all that is compared. Offsets count characters that are no white space.
struct Word<'a> {
    start: usize,
    end: usize,
    /// True where the word is part of a multiword token, whose offsets it then has.
    multi: bool,
    token: &'a Token,
    /// Index of the head among all words; none for a root.
    head: Option<usize>,
}

/// A treebank or a parse, with offsets that do not depend on white space.
struct Side<'a> {
    sentences: HashSet<(usize, usize)>,
    tokens: HashSet<(usize, usize)>,
    words: Vec<Word<'a>>,
}

/// Scores `found` against `gold`; spans of each point into its own text.
pub fn score(gold_text: &str, gold: &[Sentence], found_text: &str, found: &[Sentence]) -> Value {
    let gold = Side::new(gold_text, gold);
    let found = Side::new(found_text, found);
    let pairs = align(&gold.words, &found.words);
    let partner = partners(&pairs, found.words.len());
    let right = |test: &dyn Fn(&Word<'_>, &Word<'_>) -> bool| {
        pairs.iter().filter(|&&(g, f)| test(&gold.words[g], &found.words[f])).count()
    };
    let head = |g: &Word<'_>, f: &Word<'_>| match (g.head, f.head) {
        (None, None) => true,
        (Some(g), Some(f)) => partner[f] == Some(g),
        _ => false,
    };
    let labelled = |g: &Word<'_>, f: &Word<'_>| head(g, f) && g.token.relation() == f.token.relation();
    let is_content = |word: &Word<'_>| !FUNCTIONAL.contains(&word.token.relation());
    let (gold_words, found_words) = (gold.words.len(), found.words.len());
    let mut out = Map::new();
    let mut add = |name: &str, right: usize, gold: usize, found: usize| {
        let (p, r) = (ratio(right, found), ratio(right, gold));
        let mut entry = json!({"p": pct(p), "r": pct(r), "f1": pct(f1(p, r))});
        if gold == gold_words && name != "Words" {
            entry["aligned"] = json!(pct(ratio(right, pairs.len())));
        }
        out.insert(name.to_owned(), entry);
    };
    let common = |a: &HashSet<(usize, usize)>, b: &HashSet<(usize, usize)>| a.intersection(b).count();
    add("Tokens", common(&gold.tokens, &found.tokens), gold.tokens.len(), found.tokens.len());
    add("Sentences", common(&gold.sentences, &found.sentences), gold.sentences.len(), found.sentences.len());
    add("Words", pairs.len(), gold_words, found_words);
    let same_feats = |g: &Word<'_>, f: &Word<'_>| feats(g.token) == feats(f.token);
    let same_lemma = |g: &Word<'_>, f: &Word<'_>| {
        matches!(g.token.lemma.as_str(), "" | "_") || g.token.lemma == f.token.lemma
    };
    add("UPOS", right(&|g, f| g.token.upos == f.token.upos), gold_words, found_words);
    add("UFeats", right(&same_feats), gold_words, found_words);
    add("Lemmas", right(&same_lemma), gold_words, found_words);
    add("UAS", right(&head), gold_words, found_words);
    add("LAS", right(&labelled), gold_words, found_words);
    let content = |words: &[Word<'_>]| words.iter().filter(|word| is_content(word)).count();
    let right_content = right(&|g, f| is_content(g) && labelled(g, f));
    add("CLAS", right_content, content(&gold.words), content(&found.words));
    Value::Object(out)
}

impl<'a> Side<'a> {
    fn new(text: &str, sentences: &'a [Sentence]) -> Side<'a> {
        // Characters that are no white space before each byte of the text.
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() + 1);
        for c in text.chars() {
            before.extend(std::iter::repeat_n(count, c.len_utf8()));
            count += usize::from(!c.is_whitespace());
        }
        before.push(count);
        let offset = |byte: usize| before.get(byte).copied().unwrap_or(count);
        let mut side = Side { sentences: HashSet::new(), tokens: HashSet::new(), words: Vec::new() };
        for sentence in sentences.iter().filter(|sentence| !sentence.tokens.is_empty()) {
            let first = side.words.len();
            let mut at = 0;
            while at < sentence.tokens.len() {
                let more = sentence.tokens[at..].iter().take_while(|token| token.joined).count();
                let last = (at + more).min(sentence.tokens.len() - 1);
                let whole = sentence.tokens[at].span.join(sentence.tokens[last].span);
                let (start, end) = (offset(whole.start), offset(whole.end));
                side.tokens.insert((start, end));
                for token in &sentence.tokens[at..=last] {
                    let head = token.head.map(|head| first + head);
                    side.words.push(Word { start, end, multi: last > at, token, head });
                }
                at = last + 1;
            }
            let ends = (side.words[first].start, side.words.last().map_or(0, |word| word.end));
            side.sentences.insert(ends);
        }
        side
    }
}

/// The universal features, sorted.
fn feats(token: &Token) -> Vec<&str> {
    let mut feats: Vec<&str> = token
        .feats
        .split('|')
        .filter(|feat| feat.split_once('=').is_some_and(|(name, _)| UNIVERSAL.contains(&name)))
        .collect();
    feats.sort_unstable();
    feats
}

/// The gold word of each predicted one.
fn partners(pairs: &[(usize, usize)], found: usize) -> Vec<Option<usize>> {
    let mut partner = vec![None; found];
    for &(g, f) in pairs {
        partner[f] = Some(g);
    }
    partner
}

/// Pairs of words (gold, predicted) that are the same word.
fn align(gold: &[Word<'_>], found: &[Word<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut f) = (0, 0);
    while let (Some(a), Some(b)) = (gold.get(g), found.get(f)) {
        if (a.multi && overlaps(a, b)) || (b.multi && overlaps(a, b)) {
            let (gold_end, found_end) = multi_span(gold, found, g, f);
            pairs.extend(common_forms(gold, found, g..gold_end, f..found_end));
            (g, f) = (gold_end, found_end);
        } else if (a.start, a.end) == (b.start, b.end) {
            pairs.push((g, f));
            g += 1;
            f += 1;
        } else if a.start < b.start || (a.start == b.start && a.end <= b.end) {
            g += 1;
        } else {
            f += 1;
        }
    }
    pairs
}

fn overlaps(a: &Word<'_>, b: &Word<'_>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Where the stretch of words ends that overlapping multiword tokens from `g`, `f` on hang together in.
fn multi_span(gold: &[Word<'_>], found: &[Word<'_>], mut g: usize, mut f: usize) -> (usize, usize) {
    let mut end = 0;
    for word in [&gold[g], &found[f]] {
        if word.multi {
            end = end.max(word.end);
        }
    }
    loop {
        let (next_gold, next_found) = (gold.get(g), found.get(f));
        let from_gold = next_gold.filter(|word| word.start < end);
        let from_found = next_found.filter(|word| word.start < end);
        match (from_gold, from_found) {
            (None, None) => return (g, f),
            (Some(a), other) if other.is_none_or(|b| a.start <= b.start) => {
                if a.multi {
                    end = end.max(a.end);
                }
                g += 1;
            }
            (_, Some(b)) => {
                if b.multi {
                    end = end.max(b.end);
                }
                f += 1;
            }
            (Some(_), None) => g += 1,
        }
    }
}

/// A longest common subsequence of the forms, in small letters, as pairs.
fn common_forms(
    gold: &[Word<'_>],
    found: &[Word<'_>],
    gold_range: std::ops::Range<usize>,
    found_range: std::ops::Range<usize>,
) -> Vec<(usize, usize)> {
    let form = |word: &Word<'_>| word.token.text.to_lowercase();
    let left: Vec<String> = gold[gold_range.clone()].iter().map(form).collect();
    let right: Vec<String> = found[found_range.clone()].iter().map(form).collect();
    let mut lengths = vec![vec![0usize; right.len() + 1]; left.len() + 1];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            lengths[i][j] = if left[i] == right[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            pairs.push((gold_range.start + i, found_range.start + j));
            i += 1;
            j += 1;
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_text::conllu;

    fn bank(rows: &[&str]) -> conllu::Treebank {
        let rows: Vec<String> = rows.iter().map(|row| row.replace(' ', "\t")).collect();
        conllu::read(&(rows.join("\n") + "\n")).expect("CoNLL-U")
    }

    fn scores(gold: &[&str], found: &[&str]) -> Value {
        let (gold, found) = (bank(gold), bank(found));
        score(&gold.text, &gold.sentences, &found.text, &found.sentences)
    }

    const GOLD: [&str; 6] = [
        "1-2 Don't _ _ _ _ _ _ _ _",
        "1 Do do AUX _ Mood=Imp 3 aux _ _",
        "2 n't not PART _ _ 3 advmod _ _",
        "3 go go VERB _ VerbForm=Inf|Odd=1 0 root _ _",
        "4 home home ADV _ _ 3 advmod:emph _ SpaceAfter=No",
        "5 . . PUNCT _ _ 3 punct _ _",
    ];

    #[test]
    fn a_treebank_agrees_with_itself() {
        for (name, entry) in scores(&GOLD, &GOLD).as_object().expect("an object") {
            assert_eq!(entry["f1"], json!(100.0), "{name}");
        }
    }

    #[test]
    fn each_column_counts_for_itself() {
        let found = [
            "1 Don't do AUX _ _ 2 aux _ _",
            "2 go gone NOUN _ VerbForm=Inf|Odd=2 0 root _ _",
            "3 home home ADV _ _ 2 advmod _ SpaceAfter=No",
            "4 . . PUNCT _ _ 3 punct _ _",
        ];
        let scores = scores(&GOLD, &found);
        // "Don't" is the same token, but its one word is neither "Do" nor "n't".
        assert_eq!(scores["Tokens"]["f1"], json!(100.0));
        assert_eq!(scores["Words"], json!({"p": 75.0, "r": 60.0, "f1": 66.67}));
        assert_eq!(scores["UPOS"]["aligned"], json!(66.67));
        assert_eq!(scores["UFeats"]["aligned"], json!(100.0));
        assert_eq!(scores["Lemmas"]["aligned"], json!(66.67));
        assert_eq!(scores["LAS"]["aligned"], json!(66.67));
        // Content words: n't, go, home in the gold; go, home here; both right.
        assert_eq!(scores["CLAS"], json!({"p": 100.0, "r": 66.67, "f1": 80.0}));
    }

    #[test]
    fn sentences_that_end_elsewhere_are_missed() {
        let gold = ["1 Go go VERB _ _ 0 root _ _", "2 now now ADV _ _ 1 advmod _ _"];
        let found = ["1 Go go VERB _ _ 0 root _ _", "", "1 now now ADV _ _ 0 root _ _"];
        let scores = scores(&gold, &found);
        assert_eq!(scores["Sentences"]["f1"], json!(0.0));
        assert_eq!(scores["Words"]["f1"], json!(100.0));
        assert_eq!(scores["UAS"]["f1"], json!(50.0));
    }
}
