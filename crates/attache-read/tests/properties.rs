//! What holds for every input whatever its bytes.

use attache_read::{Options, ReadError, read_bytes};
use attache_text::Report;
use proptest::prelude::*;

/// The invariants `attache_text::Report` promises.
fn check(report: &Report) {
    assert!(report.text.chars().all(|c| c == '\n' || !c.is_control()), "control characters");
    assert!(
        !report.text.contains(['\u{202e}', '\u{200b}', '\u{feff}', '\u{a0}']),
        "characters without width"
    );
    let mut end = 0;
    for block in &report.blocks {
        assert!(
            block.span.start >= end && block.span.start < block.span.end,
            "blocks overlap: {:?}",
            report.blocks
        );
        let words = block.span.of(&report.text);
        assert_eq!(words.len(), block.span.len(), "span not on character bounds");
        assert_eq!(words.trim(), words, "white space at the ends of a block");
        let gap = report.text.get(end..block.span.start).expect("in the text");
        assert!(
            gap.trim().is_empty() || gap.len() < 6 && gap.trim().chars().count() <= 1,
            "text outside blocks: {gap:?}"
        );
        end = block.span.end;
    }
    assert!(report.text.get(end..).expect("in the text").trim().is_empty(), "text behind the last block");
    assert!(report.blocks.iter().any(|block| block.kind.is_coded()));
    assert_eq!(report.id.len(), 16);
}

fn read(bytes: &[u8]) {
    let first = read_bytes(bytes, "x", &Options::default());
    if let Ok(report) = &first {
        check(report);
    }
    let again = read_bytes(bytes, "x", &Options::default());
    assert_eq!(first.map_err(|error| error.to_string()), again.map_err(|error| error.to_string()));
}

/// Pieces of reports and of markup, put together at random: far more telling than random bytes.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "The envoys met in Lima on Monday.",
        "Envoys meet",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "By Ana Soto",
        "Written on 03/04/2024",
        "March 5, 2024",
        "Credit: Ana Soto",
        "(AP Photo/Li Wei)",
        "Photo:",
        "Source: Reuters",
        "Related articles:",
        "Advertisement",
        "© 2024 X",
        "URL: https://a.example/b",
        "Title: ",
        "TITLE: Envoys meet",
        "LIMA, March 5, 2024 (EFE) - Envoys met.",
        "é",
        "e\u{301}",
        "\u{202e}",
        "\0",
        "“",
        "”",
        "U.S.",
        "...",
        "日本",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<h1>",
        "</h1>",
        "<figure><figcaption>",
        "</figure>",
        "<br>",
        "<html>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<a href=\"",
        "\">",
        "&nbsp;",
        "&#x202e;",
        "<div hidden>",
        "<table><tr><td>",
        "<svg>",
        "<meta charset=big5>",
        "<title>Envoys</title>",
        "\u{fffd}",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,400}") {
        read(text.as_bytes());
    }

    #[test]
    fn any_report(pieces in prop::collection::vec(piece(), 0..40)) {
        read(pieces.concat().as_bytes());
    }

    #[test]
    fn any_page(pieces in prop::collection::vec(piece(), 0..40)) {
        read(format!("<html>{}", pieces.concat()).as_bytes());
    }
}

#[test]
fn nothing_is_named() {
    for bytes in [&b""[..], b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"] {
        let error = read_bytes(bytes, "empty.txt", &Options::default()).unwrap_err();
        assert!(matches!(error, ReadError::Empty { .. } | ReadError::NoText { .. }), "{error}");
        assert!(error.to_string().starts_with("empty.txt: "));
    }
}
