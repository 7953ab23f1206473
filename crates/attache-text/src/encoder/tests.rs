//! The Rust forward pass against PyTorch's answers (`train/fixture.py`), and behaviour on odd input.

use super::*;
use crate::{Span, Token};
use proptest::prelude::*;
use serde::Deserialize;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/en.safetensors");
    Model::from_bytes(&std::fs::read(path).unwrap()).unwrap()
});

/// How far a number of a vector may be from PyTorch's. PyTorch multiplies floats and this program int8 rows:
/// the fixture's numbers, about 1 in size, differ by 0.015 (median) and 0.071 (most).
const VECTOR: f32 = 0.1;
/// The same for a probability: 0.0004 (median) and 0.027 (most) on the fixture.
const PROBABILITY: f32 = 0.05;

#[derive(Deserialize)]
struct Agreement {
    sentences: Vec<Expected>,
    relations: Vec<ExpectedRelation>,
}

#[derive(Deserialize)]
struct Expected {
    words: Vec<String>,
    pieces: Vec<u32>,
    upos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    head: Vec<usize>,
    deprel: Vec<String>,
    mentions: Vec<(usize, usize, crate::MentionKind)>,
    vectors: Vec<[f32; 4]>,
}

#[derive(Deserialize)]
struct ExpectedRelation {
    sentence: usize,
    actor: Vec<usize>,
    recipient: Vec<usize>,
    marked: Vec<f32>,
    pointed: Vec<f32>,
    /// Pointed at, as CAMEO's roots cut the types.
    roots: Vec<f32>,
    trigger: Vec<f32>,
}

fn agreement() -> Agreement {
    serde_json::from_str(include_str!("agreement.json")).unwrap()
}

fn sentence(words: &[String]) -> Sentence {
    let tokens = words.iter().map(|w| Token { text: w.clone(), ..Token::default() }).collect();
    Sentence { tokens, ..Sentence::default() }
}

fn analysed(words: &[&str]) -> (Sentence, Encoded) {
    let mut s = sentence(&words.iter().map(|w| w.to_string()).collect::<Vec<_>>());
    let encoded = MODEL.analyse("", &mut s);
    (s, encoded)
}

fn assert_tree(s: &Sentence) {
    let roots = s.tokens.iter().filter(|t| t.head.is_none()).count();
    assert_eq!(roots, usize::from(!s.tokens.is_empty()), "one root");
    for start in 0..s.tokens.len() {
        let mut at = Some(start);
        for _ in 0..=s.tokens.len() {
            at = at.and_then(|at| s.tokens[at].head);
        }
        assert_eq!(at, None, "token {start} hangs in a ring");
    }
    assert!(s.tokens.iter().all(|t| !t.deprel.is_empty() && (t.head.is_none() == (t.deprel == "root"))));
    assert!(s.mentions.iter().all(|m| m.first < m.last && m.last <= s.tokens.len()));
    assert!(s.mentions.windows(2).all(|m| m[0].last <= m[1].first));
}

#[test]
fn answers_are_those_of_pytorch() {
    for expected in agreement().sentences {
        let pieces: Vec<u32> = expected.words.iter().flat_map(|w| MODEL.vocabulary.word(w)).collect();
        assert_eq!(pieces, expected.pieces[1..=pieces.len()], "pieces of {:?}", expected.words);
        let vectors = MODEL.vectors(&expected.words, 0..expected.words.len(), &mut Encoded::default());
        for (row, wanted) in vectors.chunks_exact(MODEL.width).zip(&expected.vectors) {
            for (v, w) in row.iter().zip(wanted) {
                assert!((v - w).abs() < VECTOR, "{v} for {w} in {:?}", expected.words);
            }
        }
        let mut s = sentence(&expected.words);
        MODEL.analyse("", &mut s);
        let column = |f: fn(&Token) -> String| s.tokens.iter().map(f).collect::<Vec<_>>();
        assert_eq!(column(|t| t.upos.as_str().into()), expected.upos);
        assert_eq!(column(|t| t.feats.clone()), expected.feats);
        assert_eq!(column(|t| t.lemma.clone()), expected.lemma);
        assert_eq!(column(|t| t.deprel.clone()), expected.deprel);
        let heads: Vec<usize> = s.tokens.iter().map(|t| t.head.map_or(0, |h| h + 1)).collect();
        assert_eq!(heads, expected.head);
        let mentions: Vec<_> = s.mentions.iter().map(|m| (m.first, m.last, m.kind)).collect();
        assert_eq!(mentions, expected.mentions);
    }
}

#[test]
fn relations_are_those_of_pytorch() {
    let agreement = agreement();
    assert!(!agreement.relations.is_empty());
    for expected in agreement.relations {
        let mut s = sentence(&agreement.sentences[expected.sentence].words);
        let encoded = MODEL.analyse("", &mut s);
        let (actor, recipient) = (&expected.actor, &expected.recipient);
        let marked = MODEL.relate(&encoded, actor, recipient).unwrap();
        assert_close(&marked.types, &expected.marked);
        let read = MODEL.reread(&encoded);
        let pointed = MODEL.judge(&read, actor, recipient).unwrap();
        assert_close(&pointed.types, &expected.pointed);
        assert_close(&pointed.cameo, &expected.roots);
        // The likeliest trigger is that of PyTorch, start and end left out.
        let (_, score) = MODEL.trigger(&read, actor, recipient, &pointed).unwrap();
        let inside = &expected.trigger[1..expected.trigger.len() - 1];
        assert_close(&[score], &[inside.iter().copied().fold(0.0, f32::max)]);
    }
}

fn assert_close(found: &[f32], wanted: &[f32]) {
    assert_eq!(found.len(), wanted.len());
    for (f, w) in found.iter().zip(wanted) {
        assert!((f - w).abs() < PROBABILITY, "{found:?} for {wanted:?}");
    }
}

#[test]
fn every_kernel_gives_the_same_bits() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/en.safetensors");
    let bytes = std::fs::read(path).unwrap();
    let words = &agreement().sentences[0].words;
    let read = |model: &Model| {
        let mut encoded = Encoded::default();
        let vectors = model.vectors(words, 0..words.len(), &mut encoded);
        vectors.iter().chain(&encoded.windows[0].states).map(|v| v.to_bits()).collect::<Vec<_>>()
    };
    let wanted = read(&MODEL);
    for kernel in Kernel::all() {
        assert_eq!(read(&Model::with_kernel(&bytes, kernel).unwrap()), wanted, "{}", kernel.name());
    }
}

#[test]
fn odd_sentences_get_a_tree_too() {
    let long = "x".repeat(10_000);
    let dashes = "-".repeat(10_000);
    for words in [
        &["🕊️"][..],
        &["قال", "الوزير", "،", "لا"],
        &[&long, "said", &dashes],
        &["", " ", "\u{200b}", "\n"],
        &["..."],
        &["the"; 3],
    ] {
        assert_tree(&analysed(words).0);
    }
}

#[test]
fn an_empty_sentence_stays_empty() {
    let (s, encoded) = analysed(&[]);
    assert!(s.tokens.is_empty() && s.mentions.is_empty());
    assert_eq!(MODEL.relate(&encoded, &[0], &[1]), None);
}

#[test]
fn long_sentences_are_read_in_windows_and_parts() {
    for count in [253, 254, 255, 399, 401, 900] {
        let words: Vec<&str> = "troops crossed the river and".split(' ').cycle().take(count).collect();
        let (s, encoded) = analysed(&words);
        assert_tree(&s);
        assert_eq!(encoded.windows.iter().map(|w| w.words.len()).sum::<usize>(), count);
        assert!(MODEL.relate(&encoded, &[count - 1], &[]).is_some());
    }
}

#[test]
fn a_word_without_text_is_read_off_its_span() {
    let text = "Lima protested";
    let token = |start, end| Token { span: Span::new(start, end), ..Token::default() };
    let mut spans = Sentence { tokens: vec![token(0, 4), token(5, 14)], ..Sentence::default() };
    MODEL.analyse(text, &mut spans);
    let words = analysed(&["Lima", "protested"]).0;
    let tags = |s: &Sentence| s.tokens.iter().map(|t| (t.upos, t.head, t.lemma.clone())).collect::<Vec<_>>();
    assert_eq!(tags(&spans), tags(&words));
}

#[test]
fn files_that_are_no_model_are_refused() {
    assert!(matches!(Model::from_bytes(b""), Err(ModelError::File(_))));
    assert!(matches!(Model::from_bytes(&[0xff; 64]), Err(ModelError::File(_))));
    let nothing: [(String, safetensors::tensor::TensorView<'_>); 0] = [];
    let empty = safetensors::serialize(nothing, None).unwrap();
    assert!(matches!(Model::from_bytes(&empty), Err(ModelError::Missing(_))));
}

#[test]
fn a_model_serves_all_threads() {
    fn check<T: Send + Sync>(_: &T) {}
    check(&*MODEL);
    assert_eq!(MODEL.id().len(), 8);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_words_give_a_well_formed_sentence(words in proptest::collection::vec("\\PC{0,12}", 0..24)) {
        let mut s = sentence(&words);
        MODEL.analyse("", &mut s);
        assert_tree(&s);
    }
}
