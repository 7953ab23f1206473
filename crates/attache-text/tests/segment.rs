//! What a sentence is.

mod common;

use attache_text::segment::{MAX_BYTES, MAX_TOKENS, segment, sentences};
use attache_text::{BlockKind, Report, Span, tokenize};
use common::{body, report};
use proptest::prelude::*;

/// The sentences of one paragraph, as words.
fn split(text: &str) -> Vec<String> {
    let report = body(text);
    sentences(&report).into_iter().map(|span| span.of(&report.text).to_owned()).collect()
}

fn assert_split(expected: &[&str]) {
    assert_eq!(split(&expected.join(" ")), expected);
}

#[test]
fn stops_end_sentences() {
    assert_split(&["The envoy left.", "Nobody knew why!", "Did anyone ask?", "\"No,\" said the guard."]);
    assert_split(&["Talks went on until 3.30 and cost 2.5 million.", "They failed."]);
    assert_split(&["The paper (a draft of May.)", "It was signed later."]);
    assert_eq!(split("The envoys met.The minister left."), ["The envoys met.", "The minister left."]);
}

#[test]
fn abbreviations_do_not() {
    assert_split(&["Gen. Mora met Dr. Ruth J. Lind in St. Pölten.", "They spoke."]);
    assert_split(&["The U.S. Senate and the U.N. envoy agreed.", "Others did not."]);
    assert_split(&["He flew to the U.S.", "The visit was short."]);
    assert_split(&["It left at 11 a.m. on Feb. 3 from Hangar No. 4.", "It came back."]);
    assert_split(&["She works for Harbour Steel Co. in Oslo.", "She likes it."]);
    assert_split(&["They bought Harbour Steel Inc.", "The price was low."]);
}

#[test]
fn quotations_stay_with_their_speaker() {
    assert_split(&["\"Will you go?\" he asked.", "\"Never!\" Lind said.", "She left."]);
    assert_split(&["“We are ready.”", "The hall was silent."]);
    assert_split(&["The plan … is dead.", "Wait...", "Then go."]);
}

#[test]
fn lists_and_blank_lines_part_without_a_stop() {
    assert_eq!(split("They want:\n- peace\n- bread\n- land"), ["They want:", "- peace", "- bread", "- land"]);
    assert_eq!(split("1. Open the border\n2. Free the crew"), ["1. Open the border", "2. Free the crew"]);
    assert_eq!(split("No stop here\n\nA new start"), ["No stop here", "A new start"]);
    assert_eq!(split("A hard\nwrapped line. And\nmore."), ["A hard\nwrapped line.", "And\nmore."]);
    assert_eq!(
        split("See https://example.org/a.Html?x=1. Then write to a.b@example.org."),
        ["See https://example.org/a.Html?x=1.", "Then write to a.b@example.org."]
    );
}

#[test]
fn sentences_stay_in_coded_blocks() {
    let report = report(&[
        (BlockKind::Title, "Envoys meet in Oslo"),
        (BlockKind::Credit, "By Somebody"),
        (BlockKind::Body, "They met. They left."),
        (BlockKind::Boilerplate, "Subscribe now!"),
        (BlockKind::Caption, "The hall"),
    ]);
    let found: Vec<&str> = sentences(&report).iter().map(|span| span.of(&report.text)).collect();
    assert_eq!(found, ["Envoys meet in Oslo", "They met.", "They left.", "The hall"]);
}

/// Dateline, place, agency and date of a report with this first paragraph; and its first sentence.
fn dateline(text: &str) -> Option<(String, Option<String>, Option<String>, String)> {
    let report = report(&[(BlockKind::Title, "A TITLE - WITH A DASH"), (BlockKind::Body, text)]);
    let found = segment(&report);
    let words = |span: Span| span.of(&report.text).to_owned();
    let line = found.dateline?;
    assert!(line.span.contains(line.place));
    Some((words(line.place), line.agency.map(words), line.date_words.map(words), words(found.sentences[1])))
}

#[test]
fn datelines_are_kept_apart() {
    let some = |text: &str| Some(text.to_owned());
    let cases = [
        ("BOGOTA, Feb 3 (Reuters) - Two envoys met.", "BOGOTA", some("Reuters"), some("Feb 3")),
        ("BEIJING, Feb. 3 (Xinhua) -- Two envoys met.", "BEIJING", some("Xinhua"), some("Feb. 3")),
        ("LA PAZ, Bolivia (AP) — Two envoys met.", "LA PAZ, Bolivia", some("AP"), None),
        ("UNITED NATIONS — Two envoys met.", "UNITED NATIONS", None, None),
        ("Oslo, 3 February 2026 (AFP) – Two envoys met.", "Oslo", some("AFP"), some("3 February 2026")),
        ("MOSCOW, February 3. /TASS/. Two envoys met.", "MOSCOW", some("TASS"), some("February 3")),
        ("Bogotá, 3 feb (EFE).- Two envoys met.", "Bogotá", some("EFE"), some("3 feb")),
    ];
    for (text, place, agency, date) in cases {
        let expected = Some((place.to_owned(), agency, date, "Two envoys met.".to_owned()));
        assert_eq!(dateline(text), expected, "{text}");
    }
}

#[test]
fn other_openings_are_no_datelines() {
    for text in [
        "BREAKING - Two envoys met.",
        "The envoys - two of them - met.",
        "Oslo - the capital - was quiet.",
        "In May (AP) the envoys met - at last.",
        "NATO said on Monday the talks were open - but slow.",
    ] {
        assert_eq!(dateline(text), None, "{text}");
    }
}

#[test]
fn no_sentence_is_endless() {
    let long = format!("{}, and so on", "one word, ".repeat(3_000));
    for text in [long, "x".repeat(50_000), "! ".repeat(5_000), "é".repeat(9_001), "a.b'".repeat(4_000)] {
        let report = body(&text);
        let found = sentences(&report);
        assert!(found.len() > 1);
        check(&report, &found);
    }
}

#[test]
fn time_is_linear() {
    let start = std::time::Instant::now();
    for piece in ["word ", "x", "a.", "\" ' ", "1. ", "Dr.\n", "… "] {
        let report = body(&piece.repeat(500_000 / piece.len()));
        check_cover(&report, &sentences(&report));
    }
    // Quadratic work on half a megabyte would take an hour; the bound allows for a slow, busy machine.
    assert!(start.elapsed().as_secs() < 120);
}

/// The promises of `segment`: order, bounds, and nothing left out.
fn check(report: &Report, found: &[Span]) {
    check_cover(report, found);
    for span in found {
        assert!(span.len() <= MAX_BYTES);
        assert!(tokenize::tokens(&report.text, *span).len() <= MAX_TOKENS);
    }
}

fn check_cover(report: &Report, found: &[Span]) {
    let dateline = segment(report).dateline.map(|line| line.span);
    let mut covered: Vec<Span> = found.iter().copied().chain(dateline).collect();
    covered.sort();
    let mut at = 0;
    for span in &covered {
        assert!(span.start >= at && !span.is_empty());
        assert!(report.text.get(span.start..span.end).is_some(), "off a character boundary");
        assert!(report.blocks.iter().any(|block| block.kind.is_coded() && block.span.contains(*span)));
        at = span.end;
    }
    for block in report.blocks.iter().filter(|block| block.kind.is_coded()) {
        let mut from = block.span.start;
        for span in covered.iter().filter(|span| block.span.contains(**span)) {
            assert!(Span::new(from, span.start).of(&report.text).trim().is_empty());
            from = span.end;
        }
        assert!(Span::new(from, block.span.end).of(&report.text).trim().is_empty());
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        Just("The envoy ".to_owned()),
        Just("U.S. ".to_owned()),
        Just("BOGOTA, Feb 3 (AP) - ".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n- ".to_owned()),
        Just(".\" ".to_owned()),
        Just("don't ".to_owned()),
        Just("…".to_owned()),
        "[a-zA-Z.!?'\"() -]{0,12}",
        "\\PC{0,12}",
    ];
    prop::collection::vec(bits, 0..60).prop_map(|bits| bits.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_report_keeps_the_promises(first in any_text(), second in any_text()) {
        let report = report(&[(BlockKind::Body, &first), (BlockKind::Credit, "By X"), (BlockKind::Body, &second)]);
        check(&report, &sentences(&report));
    }
}
