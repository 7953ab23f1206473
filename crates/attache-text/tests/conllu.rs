//! CoNLL-U, in and out.

use attache_text::{Mention, MentionKind, Sentence, Span, Upos, conllu, tokenize};
use proptest::prelude::*;

/// A sentence with an analysis written by hand.
fn sample() -> (String, Sentence) {
    let text = "Mali's envoys don't talk.".to_owned();
    let span = Span::new(0, text.len());
    let mut tokens = tokenize::tokens(&text, span);
    let analysis = [
        ("Mali", Upos::Propn, "Number=Sing", Some(2), "nmod:poss"),
        ("'s", Upos::Part, "", Some(0), "case"),
        ("envoy", Upos::Noun, "Number=Plur", Some(5), "nsubj"),
        ("do", Upos::Aux, "Mood=Ind|Tense=Pres", Some(5), "aux"),
        ("not", Upos::Part, "Polarity=Neg", Some(5), "advmod"),
        ("talk", Upos::Verb, "VerbForm=Inf", None, "root"),
        (".", Upos::Punct, "", Some(5), "punct"),
    ];
    for (token, (lemma, upos, feats, head, deprel)) in tokens.iter_mut().zip(analysis) {
        token.lemma = lemma.into();
        token.upos = upos;
        token.feats = feats.into();
        token.head = head;
        token.deprel = deprel.into();
    }
    let mentions = vec![Mention { first: 0, last: 2, kind: MentionKind::Gpe }];
    (text, Sentence { span, tokens, mentions })
}

#[test]
fn a_sentence_is_written() {
    let (text, sentence) = sample();
    let mut out = String::new();
    conllu::write(&mut out, &text, &sentence, "r1-1");
    insta::assert_snapshot!(out);
}

#[test]
fn what_is_written_reads_back() {
    let (text, sentence) = sample();
    let mut out = String::new();
    conllu::write(&mut out, &text, &sentence, "a");
    conllu::write(&mut out, &text, &sentence, "b");
    let bank = conllu::read(&out).expect("own output is CoNLL-U");
    assert_eq!(bank.text.trim_end(), format!("{text} {text}"));
    assert_eq!(bank.sentences[0], sentence);
    assert_eq!(bank.sentences[1].tokens[6].head, Some(5));
}

#[test]
fn paragraphs_and_contractions_are_put_together_again() {
    let input = "# newdoc\n# newpar\n1-2\tdel\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\tADP\t_\t_\t0\troot\t_\t_\n\
        2\tel\tel\tDET\t_\t_\t1\tdet\t_\t_\n2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n3\tríosí\t_\tNOUN\t_\t_\t1\tdep\t_\tSpaceAfter=No\n\n\
        # newpar\n1\tNo\tno\tINTJ\t_\t_\t0\troot\t_\t_\n";
    let bank = conllu::read(input).expect("CoNLL-U");
    assert_eq!(bank.text, "del ríosí\n\nNo\n\n");
    let first = &bank.sentences[0];
    assert_eq!(first.tokens[0].span, Span::new(0, 3));
    assert_eq!(first.tokens[1].span, Span::new(0, 3));
    assert!(first.tokens[0].joined && !first.tokens[1].joined);
    let report = bank.report();
    assert_eq!(report.blocks.len(), 2);
    assert_eq!(report.blocks[1].span.of(&report.text), "No");
}

#[test]
fn a_bad_line_is_named() {
    let row = |id: &str, upos: &str, head: &str| format!("{id}\ta\ta\t{upos}\t_\t_\t{head}\tdep\t_\t_\n");
    let good = row("1", "NOUN", "0");
    let cases = [
        (format!("{good}oops\n"), 2, "1 columns"),
        (format!("{good}{}", row("3", "NOUN", "1")), 2, "\"3\" does not follow"),
        (row("1", "NOUNS", "0"), 1, "\"NOUNS\""),
        (row("1", "NOUN", "2"), 1, "head \"2\""),
        (row("1", "NOUN", "1"), 1, "head \"1\""),
        (row("1-1", "_", "_"), 1, "\"1-1\""),
        (format!("{}{good}", row("1-9", "_", "_")), 3, "does not follow"),
        ("1\t\ta\tNOUN\t_\t_\t0\tdep\t_\t_\n".to_owned(), 1, "no form"),
    ];
    for (input, line, words) in cases {
        let error = conllu::read(&input).expect_err(&input);
        assert_eq!(error.line, line, "{input}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

proptest! {
    #[test]
    fn reading_never_panics(input in "(# newpar\n)?([0-9]{1,2}(-[0-9])?\t\\PC{0,4}(\t[A-Z0-9_]{0,4}){8}\n|\n){0,6}") {
        let _ = conllu::read(&input);
    }

    #[test]
    fn tokens_survive_the_trip(text in "[A-Za-z '.,-]{0,60}") {
        let span = Span::new(0, text.len());
        let sentence = Sentence { span, tokens: tokenize::tokens(&text, span), mentions: Vec::new() };
        let mut out = String::new();
        conllu::write(&mut out, &text, &sentence, "x");
        let bank = conllu::read(&out).expect("own output is CoNLL-U");
        let words = |sentence: &Sentence| sentence.tokens.iter().map(|token| (token.text.clone(), token.joined)).collect::<Vec<_>>();
        prop_assert_eq!(bank.sentences.first().map(words).unwrap_or_default(), words(&sentence));
    }
}
