//! What reads as CoNLL-U can be written and reads back the same.
#![no_main]

use attache_text::conllu;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let Ok(bank) = conllu::read(input) else { return };
    let mut out = String::new();
    for sentence in &bank.sentences {
        assert!(bank.text.get(sentence.span.start..sentence.span.end).is_some());
        conllu::write(&mut out, &bank.text, sentence, "s");
    }
    let again = conllu::read(&out).expect("own output is CoNLL-U");
    let forms = |bank: &conllu::Treebank| -> Vec<usize> {
        bank.sentences.iter().map(|sentence| sentence.tokens.len()).collect()
    };
    assert_eq!(forms(&bank), forms(&again));
});
