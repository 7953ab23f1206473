//! Segmenting and tokenising against Universal Dependencies treebanks, where they are at hand.
//!
//! The treebanks are no part of the project: they are looked for in `ud/` of the folder that
//! `ATTACHE_GOLD` names, else beside the checkout in `shared/ud`.

use attache_text::{Span, conllu, segment, tokenize};
use std::collections::HashSet;
use std::path::PathBuf;

fn treebank(name: &str) -> Option<conllu::Treebank> {
    let folder = std::env::var_os("ATTACHE_GOLD")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let path = folder.join("ud").join(name);
    let Ok(input) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no {}", path.display());
        return None;
    };
    Some(conllu::read(&input).expect("a treebank is CoNLL-U"))
}

/// F1 in percent of two sets of spans.
fn f1(gold: &HashSet<Span>, found: &HashSet<Span>) -> f64 {
    200.0 * gold.intersection(found).count() as f64 / (gold.len() + found.len()) as f64
}

/// Words and sentences F1 from raw text.
fn scores(name: &str) -> Option<(f64, f64)> {
    let bank = treebank(name)?;
    let found = segment::sentences(&bank.report());
    let words =
        found.iter().flat_map(|span| tokenize::tokens(&bank.text, *span)).map(|token| token.span).collect();
    let gold = bank.sentences.iter().flat_map(|sentence| &sentence.tokens).map(|token| token.span).collect();
    let gold_sentences = bank.sentences.iter().map(|sentence| sentence.span).collect();
    let scores = (f1(&gold, &words), f1(&gold_sentences, &found.into_iter().collect()));
    eprintln!("{name}: words {:.2}, sentences {:.2}", scores.0, scores.1);
    Some(scores)
}

#[test]
fn web_text() {
    for name in ["en_ewt-ud-dev.conllu", "en_ewt-ud-test.conllu"] {
        if let Some((words, sentences)) = scores(name) {
            assert!(words >= 98.5 && sentences >= 78.0);
        }
    }
}

#[test]
fn news() {
    if let Some((words, sentences)) = scores("en_pud-ud-test.conllu") {
        assert!(words >= 99.8 && sentences >= 99.5);
    }
}
