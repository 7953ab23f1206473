//! What a token is.

use attache_text::{Span, Token, tokenize::tokens};
use proptest::prelude::*;

fn all(text: &str) -> Vec<Token> {
    tokens(text, Span::new(0, text.len()))
}

/// Tokens with a bar between them, `+` where two are one contraction.
fn parted(text: &str) -> String {
    let found = all(text);
    let mut out = String::new();
    for (at, token) in found.iter().enumerate() {
        out.push_str(&token.text);
        if at + 1 < found.len() {
            out.push_str(if token.joined { "+" } else { "|" });
        }
    }
    out
}

#[test]
fn words_part_as_in_the_treebank() {
    let cases = [
        ("They don't know it's Chad's.", "They|do+n't|know|it+'s|Chad+'s|."),
        ("He can’t, she won't: cannot!", "He|ca+n’t|,|she|wo+n't|:|can+not|!"),
        ("I'm gonna say we'd've gone", "I+'m|gon+na|say|we+'d+'ve|gone"),
        ("the countries' envoys said 'yes' twice", "the|countries+'|envoys|said|'|yes|'|twice"),
        ("the U.S.-led force left the U.S.", "the|U.S.|-|led|force|left|the|U.S."),
        ("Gen. Mora of Harbour Steel Inc. left at 7 p.m.", "Gen.|Mora|of|Harbour|Steel|Inc.|left|at|7|p.m|."),
        ("anti-drug co-operation by ex-soldiers", "anti-drug|co-operation|by|ex-soldiers"),
        ("a 15-year-old far-right al-Shabaab man", "a|15|-|year|-|old|far|-|right|al|-|Shabaab|man"),
        ("$50 US$30.5 €1,000 £7bn 12%", "$|50|US$|30.5|€|1,000|£|7|bn|12|%"),
        ("30,000 men at 7:30am, 11a.m. on 9/11", "30,000|men|at|7:30|am|,|11|a.m.|on|9/11"),
        ("1990-1991 and 555-010-4477, and/or 1/2", "1990|-|1991|and|555-010-4477|,|and|/|or|1|/|2"),
        ("war—or peace -- or", "war|—|or|peace|--|or"),
        ("“Go!” (he said)…", "“|Go|!|”|(|he|said|)|…"),
        ("see www.example.org, a.b@example.org.", "see|www.example.org|,|a.b@example.org|."),
        ("https://example.org/a-b?c=d's end", "https://example.org/a-b?c=d's|end"),
        ("Shi'ite O'Neill in the '90s", "Shi'ite|O'Neill|in|the|'90s"),
        ("AT&T and R&D", "AT&T|and|R&D"),
        ("the 3rd of 1980s' wars", "the|3rd|of|1980s+'|wars"),
        ("What?! Well...", "What|?!|Well|..."),
        ("It ended.The crew left.", "It|ended|.|The|crew|left|."),
    ];
    for (text, expected) in cases {
        assert_eq!(parted(text), expected, "{text}");
    }
}

#[test]
fn spans_are_of_the_whole_text() {
    let text = "Über uns. Señor Peña can't.";
    let start = text.find("Señor").expect("it stands there");
    let found = tokens(text, Span::new(start, text.len()));
    assert!(found.iter().all(|token| token.span.of(text) == token.text));
    assert_eq!(found[0].span.start, start);
    assert_eq!(found.len(), 5);
    assert!(tokens(text, Span::new(0, 999)).is_empty());
    assert!(tokens(text, Span::new(1, 3)).is_empty());
}

#[test]
fn odd_text_is_parted_all_the_same() {
    for text in [
        "",
        " \n ",
        "'",
        "n't",
        "'s",
        "$",
        "....",
        "👩‍👩‍👧 مرحبا بكم!",
        "a\u{301}b",
        "北京，你好。",
        "@#%&",
        "--",
        "''''s",
    ] {
        check(text);
    }
    for piece in ["a.", "'s", "$A", "-", "anti-", "n't", ".,", "A+", "\"", "1/", "s'", "'"] {
        check(&piece.repeat(100_000));
        check(&format!("{}{}", "a".repeat(50_000), piece.repeat(50_000)));
    }
}

/// Tokens are in order, not empty, and cover all but the white space.
fn check(text: &str) {
    let mut at = 0;
    for token in all(text) {
        assert!(token.span.start >= at && !token.span.is_empty());
        assert_eq!(token.span.of(text), token.text);
        assert!(text[at..token.span.start].trim().is_empty());
        at = token.span.end;
    }
    assert!(text[at..].trim().is_empty());
}

proptest! {
    #[test]
    fn any_text_is_covered(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn marks_and_letters_are_covered(text in "[a-zA-Z0-9 .,'’\"$%/:()@&+-]{0,60}") {
        check(&text);
    }

    #[test]
    fn contractions_are_joined_without_space(text in "[a-z'n ]{0,40}") {
        let found = all(&text);
        for pair in found.windows(2) {
            prop_assert!(!pair[0].joined || pair[0].span.end == pair[1].span.start);
        }
        prop_assert!(found.last().is_none_or(|token| !token.joined));
    }
}
