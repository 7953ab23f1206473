//! Dates and places of events on trees drawn by hand, so that what is tested is the reading of the tree.

use attache_code::date::{EventDate, expressions, situate};
use attache_code::place::{Toponym, place_of};
use attache_code::record::{Place, Precision};
use attache_text::{Sentence, Span, Token, Upos};
use jiff::civil::{Date, date};

/// 2026-02-04 is a Wednesday.
const PUBLISHED: Date = date(2026, 2, 4);

/// A sentence from `form/upos/head/deprel` words; heads count from 1, 0 is the root.
fn tree(words: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for word in words.split_whitespace() {
        let [form, upos, head, deprel] =
            word.split('/').collect::<Vec<_>>().try_into().expect("a well-formed case");
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        tokens.push(Token {
            span: Span::new(start, text.len()),
            text: form.to_owned(),
            lemma: lemma(form).to_owned(),
            upos: Upos::parse(upos).expect("a well-formed case"),
            feats: if form.ends_with("ed") || form == "said" {
                "Tense=Past|VerbForm=Fin".into()
            } else {
                String::new()
            },
            head: head.parse::<usize>().expect("a well-formed case").checked_sub(1),
            deprel: deprel.to_owned(),
            ..Token::default()
        });
    }
    let span = Span::new(0, text.len());
    (text, Sentence { span, tokens, mentions: Vec::new() })
}

fn lemma(form: &str) -> &str {
    match form {
        "visited" => "visit",
        "said" => "say",
        "marched" => "march",
        other => other,
    }
}

fn dated(words: &str, trigger: &str) -> EventDate {
    let (text, sentence) = tree(words);
    let at = sentence.tokens.iter().position(|token| token.text == trigger).expect("a well-formed case");
    let found = expressions(&text, &sentence, PUBLISHED);
    situate(&sentence, &found, at, Some(PUBLISHED)).expect("a well-formed case")
}

#[test]
fn the_clause_gives_the_date() {
    let words = "He/PRON/2/nsubj said/VERB/0/root on/ADP/4/case Monday/PROPN/2/obl that/SCONJ/7/mark \
                 troops/NOUN/7/nsubj attacked/VERB/2/ccomp the/DET/9/det town/NOUN/7/obj on/ADP/11/case Sunday/PROPN/7/obl";
    let (said, attacked) = (dated(words, "said"), dated(words, "attacked"));
    assert_eq!((said.date, said.told), (date(2026, 2, 2), true));
    assert_eq!((attacked.date, attacked.told), (date(2026, 2, 1), true));
    assert_eq!(attacked.raw.as_deref(), Some("Sunday"));
}

#[test]
fn what_was_told_on_a_day_takes_that_day_over() {
    let date_of = dated(
        "He/PRON/2/nsubj said/VERB/0/root on/ADP/4/case Monday/PROPN/2/obl that/SCONJ/7/mark troops/NOUN/7/nsubj \
         attacked/VERB/2/ccomp the/DET/9/det town/NOUN/7/obj",
        "attacked",
    );
    assert_eq!((date_of.date, date_of.told), (date(2026, 2, 2), false));
}

#[test]
fn a_noun_behind_after_has_not_the_date_of_its_clause() {
    let words = "They/PRON/2/nsubj talked/VERB/0/root on/ADP/4/case Tuesday/PROPN/2/obl after/ADP/7/case the/DET/7/det \
                 embargo/NOUN/2/obl";
    assert_eq!(dated(words, "talked").date, date(2026, 2, 3));
    let embargo = dated(words, "embargo");
    assert_eq!((embargo.date, embargo.raw), (PUBLISHED, None));
}

#[test]
fn a_possessive_date_belongs_to_its_noun() {
    let words = "They/PRON/2/nsubj talked/VERB/0/root after/ADP/6/case Sunday/PROPN/6/nmod:poss 's/PART/4/case attack/NOUN/2/obl";
    assert_eq!(dated(words, "attack").date, date(2026, 2, 1));
    assert_eq!(dated(words, "talked").raw, None);
}

#[test]
fn the_object_of_a_light_verb_has_its_date() {
    let held = dated(
        "She/PRON/2/nsubj arranged/VERB/0/root a/DET/4/det meeting/NOUN/2/obj a/DET/7/det few/ADJ/7/amod days/NOUN/8/obl:npmod ago/ADV/2/advmod",
        "meeting",
    );
    assert_eq!((held.date, held.end), (date(2026, 1, 28), date(2026, 2, 2)));
    assert_eq!((held.precision, held.told), (Precision::Week, true));
    assert_eq!(held.raw.as_deref(), Some("a few days ago"));
}

#[test]
fn the_published_day_is_taken_over_and_nothing_invented() {
    let (_, sentence) = tree("They/PRON/2/nsubj talked/VERB/0/root");
    let known = situate(&sentence, &[], 1, Some(PUBLISHED)).unwrap();
    assert_eq!(
        (known.date, known.precision, known.told, known.raw),
        (PUBLISHED, Precision::Day, false, None)
    );
    assert_eq!(situate(&sentence, &[], 1, None), None);
}

fn toponym(sentence: &Sentence, word: &str, city: Option<&str>) -> Toponym {
    let first = sentence.tokens.iter().position(|token| token.text == word).expect("a well-formed case");
    let place = Place {
        name: word.to_owned(),
        city: city.map(str::to_owned),
        admin1: city.map(|_| "Region".to_owned()),
        country: None,
        lat: None,
        lon: None,
        geonameid: None,
        text: word.to_owned(),
        span: sentence.tokens[first].span,
    };
    Toponym { sentence: 0, first, last: first + 1, place }
}

fn placed(words: &str, trigger: &str, places: &[(&str, Option<&str>)]) -> Option<String> {
    let (_, sentence) = tree(words);
    let toponyms: Vec<Toponym> = places.iter().map(|(word, city)| toponym(&sentence, word, *city)).collect();
    let at = sentence.tokens.iter().position(|token| token.text == trigger).expect("a well-formed case");
    place_of(&sentence, 0, at, &toponyms, None).map(|toponym| toponym.place.name.clone())
}

#[test]
fn a_building_before_its_town() {
    let words = "They/PRON/2/nsubj talked/VERB/0/root at/ADP/5/case the/DET/5/det Castle/PROPN/2/obl in/ADP/7/case Prague/PROPN/5/nmod";
    let places = [("Castle", Some("Prague")), ("Prague", Some("Prague"))];
    assert_eq!(placed(words, "talked", &places).as_deref(), Some("Castle"));
}

#[test]
fn a_government_s_seat_as_subject_is_no_place() {
    let words = "Madrid/PROPN/2/nsubj condemned/VERB/0/root the/DET/4/det attack/NOUN/2/obj in/ADP/6/case Lima/PROPN/4/nmod";
    let places = [("Madrid", Some("Madrid")), ("Lima", Some("Lima"))];
    assert_eq!(placed(words, "attack", &places).as_deref(), Some("Lima"));
    assert_eq!(placed("Madrid/PROPN/2/nsubj protested/VERB/0/root", "protested", &places[..1]), None);
}

#[test]
fn the_place_of_the_telling_is_not_the_event_s() {
    let words = "Troops/NOUN/2/nsubj attacked/VERB/7/ccomp a/DET/4/det spokesman/NOUN/7/nsubj in/ADP/6/case Geneva/PROPN/4/nmod said/VERB/0/root";
    assert_eq!(placed(words, "attacked", &[("Geneva", Some("Geneva"))]), None);
}

#[test]
fn the_goal_of_a_visit_is_its_place() {
    let words = "The/DET/2/det visit/NOUN/5/nsubj to/ADP/4/case Lima/PROPN/2/nmod ended/VERB/0/root";
    assert_eq!(placed(words, "visit", &[("Lima", Some("Lima"))]).as_deref(), Some("Lima"));
    let letter = "The/DET/2/det letter/NOUN/5/nsubj to/ADP/4/case Lima/PROPN/2/nmod ended/VERB/0/root";
    assert_eq!(placed(letter, "letter", &[("Lima", Some("Lima"))]), None);
}

#[test]
fn a_country_only_where_nothing_finer_is_told() {
    let words = "They/PRON/2/nsubj talked/VERB/0/root in/ADP/4/case Oslo/PROPN/2/obl ,/PUNCT/6/punct Norway/PROPN/4/appos";
    let places = [("Oslo", Some("Oslo")), ("Norway", None)];
    assert_eq!(placed(words, "talked", &places).as_deref(), Some("Oslo"));
    assert_eq!(placed(words, "talked", &places[1..]).as_deref(), Some("Norway"));
}

#[test]
fn without_a_phrase_the_dateline_is_the_place() {
    let (_, sentence) = tree("They/PRON/2/nsubj talked/VERB/0/root");
    let (_, line) = tree("QUITO/PROPN/0/root");
    let dateline = toponym(&line, "QUITO", Some("QUITO"));
    assert_eq!(place_of(&sentence, 3, 1, &[], Some(&dateline)), Some(&dateline));
    assert_eq!(place_of(&sentence, 3, 1, &[], None), None);
}
