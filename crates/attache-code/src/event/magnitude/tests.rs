//! Cases as the parser reads them (`cases.conllu`), its mistakes included.

use super::*;
use crate::record::Money;
use attache_text::conllu;

const CASES: &str = include_str!("cases.conllu");

/// What is expected of a case: type, dead, injured, arrested, size.
type People = (&'static str, EventType, [Option<u64>; 4]);

fn told(text: &str, kind: EventType) -> Magnitude {
    let treebank = conllu::read(CASES).unwrap();
    let sentence = treebank
        .sentences
        .iter()
        .find(|sentence| sentence.span.of(&treebank.text).starts_with(text))
        .unwrap_or_else(|| panic!("no case {text}"));
    magnitude(&Tree::new(sentence), 0, kind).unwrap_or_default()
}

#[test]
fn people_are_counted_by_what_befell_them() {
    use EventType::{Assault, Coerce};
    let cases: [People; 15] = [
        ("Rebels attacked", Assault, [Some(12), Some(40), None, None]),
        ("A dozen", Assault, [Some(12), None, None, None]),
        ("Dozens of", Assault, [Some(12), None, None, None]),
        ("The blast", Assault, [Some(12), Some(20), None, None]),
        ("The raid claimed", Assault, [Some(20), None, None, None]),
        ("The attack killed", Assault, [Some(5), None, None, None]),
        ("Police arrested", Coerce, [None, None, Some(30), None]),
        ("The arrest of", Coerce, [None, None, Some(45), None]),
        ("The death toll", Assault, [Some(41), None, None, None]),
        ("Gunmen shot", Assault, [Some(7), None, None, None]),
        ("Twelve miners", Assault, [Some(12), Some(25), None, None]),
        ("Fighting between", Assault, [Some(60), None, None, None]),
        ("The army seized", Coerce, [None; 4]),
        ("Police detained", Coerce, [None, None, Some(100), None]),
        ("The rebels killed", Assault, [None; 4]),
    ];
    for (text, kind, expected) in cases {
        let Magnitude { dead, injured, arrested, size, .. } = told(text, kind);
        assert_eq!([dead, injured, arrested, size], expected, "{text}");
    }
}

#[test]
fn those_who_take_part_make_the_size() {
    use EventType::{Mobilize, Protest};
    for (text, kind, size) in [
        ("Tens of thousands", Protest, 10_000),
        ("Two hundred thousand", Protest, 200_000),
        ("Some 30,000", Protest, 30_000),
        ("Hundreds of thousands", Protest, 100_000),
        ("Kenya sent", Mobilize, 800),
        ("China sent", Mobilize, 3),
    ] {
        let found = told(text, kind);
        assert_eq!((found.size, found.dead), (Some(size), None), "{text}");
    }
}

#[test]
fn money_is_read_with_its_unit() {
    for (text, value, unit) in [
        ("China gave", 2.5e9, "USD"),
        ("Japan gave", 5e8, "USD"),
        ("Norway sent", 4e7, "EUR"),
        ("Canada lent", 3e8, "CAD"),
        ("The bank approved", 1.5e8, "USD"),
        ("Qatar wired", 5e6, "USD"),
    ] {
        let money = told(text, EventType::Aid).money;
        assert_eq!(money, Some(Money { value, unit: unit.to_owned() }), "{text}");
    }
}

#[test]
fn numbers_are_read_as_written() {
    let number = quantity::number;
    assert_eq!(number("30,000"), Some(30_000.0));
    assert_eq!(number("three"), Some(3.0));
    assert_eq!(number("forty-five"), Some(45.0));
    assert_eq!(number("dozens"), None);
    assert_eq!(number("99999999999999999999999"), None);
    assert_eq!(number("1.2.3"), None);
}
