//! The digest of hand-made events: what a person sees, with and without colour.

use attache::digest::{Ink, NARROWEST, Setting, digest};
use attache_code::record::{Actor, Evidence, Magnitude, Money, Place, Precision, ReportRef};
use attache_code::{Event, EventType, Status};
use attache_text::{Published, PublishedBy, Report, Span};
use unicode_width::UnicodeWidthStr;

const LETTERS: Setting = Setting { width: 80, ink: Ink::Letters };
const COLOUR: Setting = Setting { width: 80, ink: Ink::Colour };

const VISIT: &str = "On Tuesday Norwegian Prime Minister Kari Solberg welcomed Ghana's foreign minister \
                     in Oslo, where both governments want to speak about fishing and trade.";

/// The span of the words in the text, which must hold them.
fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn actor(text: &str, words: &str, name: &str, code: (&str, &str), role: Option<&str>) -> Actor {
    Actor {
        name: name.into(),
        id: None,
        country: Some(code.0.into()).filter(|code: &String| !code.is_empty()),
        sector: Some(code.1.into()).filter(|code: &String| !code.is_empty()),
        sectors: vec![code.1.into()],
        role: role.map(String::from),
        text: words.into(),
        span: at(text, words),
    }
}

fn event(kind: EventType, sentence: &str, trigger: &str) -> Event {
    Event {
        id: "0f3c9a1b77de".into(),
        version: "attache".into(),
        report: ReportRef::default(),
        kind,
        mode: Vec::new(),
        contexts: Vec::new(),
        quad: kind.quad(),
        score: 4.0,
        cameo: "042".into(),
        goldstein: None,
        status: Status::Actual,
        date: None,
        date_precision: None,
        date_raw: None,
        actor: Vec::new(),
        recipient: Vec::new(),
        place: None,
        magnitude: None,
        said_by: Vec::new(),
        confidence: 0.5,
        evidence: Evidence {
            sentence: sentence.into(),
            span: Span::new(0, sentence.len()),
            trigger: at(sentence, trigger),
        },
        why: Vec::new(),
        mentions: 1,
        told: Vec::new(),
    }
}

fn visit() -> Event {
    Event {
        mode: vec!["visit".into()],
        contexts: vec!["diplomatic".into(), "natural_resource".into()],
        date: Some("2025-06-10".parse().expect("a date")),
        date_precision: Some(Precision::Day),
        date_raw: Some("On Tuesday".into()),
        actor: vec![actor(
            VISIT,
            "Ghana's foreign minister",
            "foreign minister",
            ("GHA", "GOV"),
            Some("foreign minister"),
        )],
        recipient: vec![actor(
            VISIT,
            "Norwegian Prime Minister Kari Solberg",
            "Kari Solberg",
            ("NOR", "GOV"),
            Some("prime minister"),
        )],
        place: Some(Place {
            name: "Oslo".into(),
            city: Some("Oslo".into()),
            admin1: None,
            country: Some("NOR".into()),
            lat: None,
            lon: None,
            geonameid: None,
            text: "Oslo".into(),
            span: at(VISIT, "Oslo"),
        }),
        confidence: 0.934,
        mentions: 3,
        ..event(EventType::Consult, VISIT, "welcomed")
    }
}

fn report() -> Report {
    Report {
        title: Some("Ghana and Norway talk about fish".into()),
        publisher: Some("The Harbour Gazette".into()),
        byline: Some("Ama Nilsen".into()),
        url: Some("https://harbour.example/2025/fish".into()),
        published: Some(Published {
            date: "2025-06-11".parse().expect("a date"),
            raw: "06/11/2025".into(),
            ambiguous: true,
            by: PublishedBy::Metadata,
        }),
        notes: vec!["3 byte sequences were not valid UTF-8 and stand as U+FFFD".into()],
        ..Report::default()
    }
}

#[test]
fn a_report_with_letters() {
    let threat = "Rebels near the northern mines said they would attack the army convoy within days.";
    let threat = Event {
        status: Status::Future,
        score: -6.5,
        cameo: "138".into(),
        actor: vec![actor(threat, "Rebels", "rebels", ("", "REB"), None)],
        recipient: vec![actor(threat, "the army convoy", "army convoy", ("", "MIL"), None)],
        said_by: vec![actor(threat, "Rebels", "rebels", ("", "REB"), None)],
        magnitude: Some(Magnitude {
            dead: Some(0),
            size: Some(200),
            money: Some(Money { value: 2_500_000.0, unit: "USD".into() }),
            ..Magnitude::default()
        }),
        ..event(EventType::Threaten, threat, "attack")
    };
    insta::assert_snapshot!(digest(&report(), &[visit(), threat], 7, LETTERS));
}

#[test]
fn a_report_with_colour() {
    insta::assert_snapshot!(digest(&report(), &[visit()], 1, COLOUR));
}

#[test]
fn a_report_without_events() {
    insta::assert_snapshot!(digest(&Report::default(), &[], 12, LETTERS), @r"
    (no title)
    no published date

    No event in 12 sentences.
    ");
}

#[test]
fn marks_nest_and_share_a_span() {
    let text = "Both governments condemned the U.S. strike.";
    let both = actor(text, "Both governments", "Chad", ("TCD", "GOV"), None);
    let nested = Event {
        actor: vec![
            both.clone(),
            Actor { name: "Niger".into(), country: Some("NER".into()), ..both.clone() },
        ],
        recipient: vec![actor(text, "the U.S. strike", "strike", ("", ""), None), both],
        place: Some(Place {
            name: "United States".into(),
            city: None,
            admin1: None,
            country: Some("USA".into()),
            lat: None,
            lon: None,
            geonameid: None,
            text: "U.S.".into(),
            span: at(text, "U.S."),
        }),
        ..event(EventType::Accuse, text, "condemned")
    };
    let told = digest(&report(), &[nested], 1, LETTERS).replace("\n    | ", " ");
    assert!(
        told.contains(
            "[actor and recipient: Both governments] [trigger: condemned] [recipient: the [place: U.S.] strike]."
        ),
        "{told}"
    );
}

#[test]
fn a_crossing_or_foreign_span_is_not_marked() {
    let text = "The port union rejected the offer.";
    let mut crossing = event(EventType::Reject, text, "rejected the");
    crossing.recipient = vec![actor(text, "the offer", "offer", ("", ""), None)];
    // The words under the span are not those of the actor: another text's offsets.
    crossing.actor =
        vec![Actor { span: Span::new(4, 8), ..actor(text, "The port union", "union", ("", "LAB"), None) }];
    let told = digest(&report(), &[crossing], 1, LETTERS);
    assert!(told.contains("| The port union [trigger: rejected the] offer."), "{told}");
}

#[test]
fn no_line_is_wider_than_asked() {
    let text = format!(
        "外交部長會見了{} and talked 🤝 about Donaudampfschifffahrtsgesellschaftskapitänsmützen.",
        "很".repeat(90)
    );
    let mut wide = event(EventType::Consult, &text, "talked");
    wide.actor = vec![actor(&text, "外交部長", "外交部長", ("CHN", "GOV"), None)];
    for width in [0, 40, 57, 80, 500] {
        let told = digest(&report(), &[wide.clone(), visit()], 2, Setting { width, ink: Ink::Letters });
        for line in told.lines() {
            assert!(line.width() <= width.clamp(NARROWEST, 80), "{} columns: {line}", line.width());
        }
    }
}

#[test]
fn input_cannot_write_escapes() {
    let text = "A \x1b[31mminister\x07 met \u{202e}nobody\u{202c}.";
    let mut hostile = event(EventType::Consult, text, "met");
    hostile.actor =
        vec![actor(text, "minister\x07", "\x1b]0;title\x07", ("X\x1bX", "GOV"), Some("\u{9b}2J"))];
    let mut page = report();
    page.title = Some("News\x1b[2J".into());
    page.notes = vec!["a\rb".into()];
    let told = digest(&page, &[hostile], 1, LETTERS);
    assert!(!told.chars().any(|letter| letter.is_control() && letter != '\n'), "{told:?}");
    assert!(!told.contains('\u{202e}'));
    assert!(told.contains("[trigger: met] nobody."), "{told}");
}

#[test]
fn a_very_long_sentence_is_cut_around_its_marks() {
    let filler = "and the harbour master wrote another line in his book ".repeat(60);
    let text = format!("{filler}before Peru warned Chile {filler}again.");
    let mut long = event(EventType::Threaten, &text, "warned");
    long.actor = vec![actor(&text, "Peru", "Peru", ("PER", ""), None)];
    long.recipient = vec![actor(&text, "Chile", "Chile", ("CHL", ""), None)];
    let told = digest(&report(), &[long], 1, LETTERS);
    assert!(told.contains("[actor: Peru] [trigger: warned] [recipient:"), "{told}");
    assert!(told.contains("| … ") && told.lines().count() < 25, "{told}");
}
