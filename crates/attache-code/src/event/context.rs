//! About what: contexts told by words, in a sentence and over a report.

use super::lexicon::ContextWords;
use attache_text::Sentence;
use std::collections::BTreeMap;

/// Weight from which a sentence's words tell a context.
const IN_SENTENCE: f32 = 1.0;
/// Weight from which a whole report's words tell a context of its main event.
const IN_REPORT: f32 = 2.0;

/// How strongly words tell each context.
pub type Weights = BTreeMap<String, f32>;

/// The contexts the words of a sentence tell, with their weights; the longest phrase at a place counts.
pub fn weigh(sentence: &Sentence, words: &ContextWords) -> Weights {
    let tokens = &sentence.tokens;
    let forms: Vec<[String; 2]> =
        tokens.iter().map(|token| [token.text.to_lowercase(), token.lemma.to_lowercase()]).collect();
    let fits = |at: usize, word: &str| forms.get(at).is_some_and(|both| both.iter().any(|form| form == word));
    let mut weights = Weights::new();
    let mut at = 0;
    while at < tokens.len() {
        let starts = if forms[at][0] == forms[at][1] { &forms[at][..1] } else { &forms[at][..] };
        let here: Vec<_> = starts
            .iter()
            .flat_map(|start| words.beginning(start))
            .filter(|phrase| phrase.words.iter().enumerate().all(|(offset, word)| fits(at + offset, word)))
            .collect();
        let longest = here.iter().map(|phrase| phrase.words.len()).max().unwrap_or(1);
        for phrase in here.iter().filter(|phrase| phrase.words.len() == longest) {
            *weights.entry(phrase.context.clone()).or_default() += phrase.weight;
        }
        at += longest;
    }
    weights
}

/// The contexts a sentence's words tell.
pub fn of_sentence(weights: &Weights) -> impl Iterator<Item = &str> {
    weights.iter().filter(|(_, weight)| **weight >= IN_SENTENCE).map(|(context, _)| context.as_str())
}

/// The contexts the words of a whole report tell, strongest first.
pub fn of_report(sentences: &[Weights]) -> Vec<String> {
    let mut sum = Weights::new();
    for (context, weight) in sentences.iter().flatten() {
        *sum.entry(context.clone()).or_default() += weight;
    }
    let mut told: Vec<(String, f32)> = sum.into_iter().filter(|(_, weight)| *weight >= IN_REPORT).collect();
    told.sort_by(|a, b| b.1.total_cmp(&a.1));
    told.into_iter().map(|(context, _)| context).collect()
}
