//! Runs every case of `cases/dates.tsv`: a published date, a sentence, one of its time expressions and the
//! days that names. The sentences are split into tokens only, so this is the grammar without the parser.

use attache_code::date::expressions;
use attache_code::record::Precision;
use attache_text::{Sentence, Span, tokenize};
use jiff::civil::Date;

struct Case<'a> {
    published: Date,
    sentence: &'a str,
    phrase: &'a str,
    days: Option<(Date, Date, Precision)>,
    reason: &'a str,
}

fn cases(table: &str) -> Vec<Case<'_>> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|line| {
        let [published, sentence, phrase, start, end, precision, reason] = line
            .split('\t')
            .collect::<Vec<_>>()
            .try_into()
            .unwrap_or_else(|_| panic!("seven columns: {line}"));
        let days = (phrase != "-").then(|| {
            let precision = serde_json::from_value(precision.into()).expect("a well-formed case");
            (start.parse().expect("a well-formed case"), end.parse().expect("a well-formed case"), precision)
        });
        Case { published: published.parse().expect("a well-formed case"), sentence, phrase, days, reason }
    })
    .collect()
}

fn sentence(text: &str) -> Sentence {
    let span = Span::new(0, text.len());
    Sentence { span, tokens: tokenize::tokens(text, span), mentions: Vec::new() }
}

#[test]
fn every_case_gives_its_days() {
    let cases = cases(include_str!("../../../cases/dates.tsv"));
    assert!(cases.len() >= 300, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let found = expressions(case.sentence, &sentence(case.sentence), case.published);
        let right = match case.days {
            None => found.is_empty(),
            Some(days) => found.iter().any(|expression| {
                let same = (expression.start, expression.end, expression.precision) == days;
                same && expression.span.of(case.sentence) == case.phrase
            }),
        };
        if !right {
            let found: Vec<String> = found
                .iter()
                .map(|e| format!("{:?} {}..{} {:?}", e.span.of(case.sentence), e.start, e.end, e.precision))
                .collect();
            wrong.push(format!("{} [{}; {}]\n    found {found:?}", case.sentence, case.phrase, case.reason));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Without a published date only what gives its own year has days.
#[test]
fn undated_reports_keep_their_explicit_dates() {
    let text = "The bomb went off on 3 February 1990 and the mayor fled a day later; on Friday he was found.";
    let found = expressions(text, &sentence(text), None);
    let days: Vec<String> = found.iter().map(|e| format!("{} {}", e.span.of(text), e.start)).collect();
    assert_eq!(days, ["3 February 1990 1990-02-03", "a day later 1990-02-04"]);
}
