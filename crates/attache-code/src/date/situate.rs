//! The date of an event: which time expression of the sentence governs its trigger.

use super::TimeExpression;
use super::calendar::Calendar;
use super::period::Period;
use crate::record::Precision;
use attache_text::{Sentence, Span, Token, Upos};
use jiff::civil::Date;

/// When an event took place, and the words that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventDate {
    /// First day of the period.
    pub date: Date,
    /// Last day of the period.
    pub end: Date,
    /// How exact the period is.
    pub precision: Precision,
    /// The words the date was read from; none where it is the published date.
    pub raw: Option<String>,
    /// Where those words stand.
    pub span: Option<Span>,
    /// True where words about the event give the date; false where it is taken over from the telling:
    /// the day it was said, else the published day.
    pub told: bool,
}

/// The date of the event whose trigger is token `trigger` of `sentence`.
///
/// With arcs, an expression counts for the trigger it hangs on, for the clause the trigger stands in,
/// and, taken over, for a clause told on a date ("said on Tuesday that …"). On bare tokens it is the
/// nearest expression, commas counting as distance. Without any expression the published date is taken
/// over; without that too there is no date.
pub fn situate(
    sentence: &Sentence,
    expressions: &[TimeExpression],
    trigger: usize,
    published: Option<Date>,
) -> Option<EventDate> {
    let tokens = &sentence.tokens;
    let parsed = tokens.get(trigger).is_some_and(|t| t.head.is_some() || t.deprel == "root");
    let rank = |expression: &&TimeExpression| {
        let bond = if parsed { bond(tokens, expression, trigger)? } else { Bond::Clause };
        Some((bond, distance(tokens, expression, trigger)))
    };
    let ranked = expressions.iter().filter_map(|e| rank(&e).map(|rank| (rank, e)));
    if let Some(((bond, _), expression)) = ranked.min_by_key(|(rank, _)| *rank) {
        return Some(EventDate {
            date: expression.start,
            end: expression.end,
            precision: expression.precision,
            raw: Some(wording(tokens, expression)),
            span: Some(expression.span),
            told: bond != Bond::Telling,
        });
    }
    let Period { start, end, precision } =
        Period { start: published?, end: published?, precision: Precision::Day };
    Some(EventDate { date: start, end, precision, raw: None, span: None, told: false })
}

/// The words of an expression, one space where the text has any gap.
fn wording(tokens: &[Token], expression: &TimeExpression) -> String {
    let mut words = String::new();
    let mut end = None;
    for token in tokens.get(expression.first..expression.last).unwrap_or(&[]) {
        if end.is_some_and(|end| end < token.span.start) {
            words.push(' ');
        }
        words.push_str(&token.text);
        end = Some(token.span.end);
    }
    words
}

/// Over how many nouns an expression may hang from the trigger.
const NOUNS_DEEP: usize = 4;

/// How an expression belongs to a trigger, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// It hangs on the trigger: "met on Friday", "Friday's meeting".
    Own,
    /// It hangs on the clause the trigger stands in: "held a meeting on Friday".
    Clause,
    /// It hangs on a verb beside the trigger's: "came and signed on Friday".
    Beside,
    /// It hangs on the object or subject of the trigger: "attended Friday's meeting".
    Inside,
    /// It is the date of the telling: "said on Friday that …".
    Telling,
}

fn bond(tokens: &[Token], expression: &TimeExpression, trigger: usize) -> Option<Bond> {
    let inside = |i: usize| (expression.first..expression.last).contains(&i);
    let outer = |i: &usize| tokens.get(*i).and_then(|t| t.head).is_none_or(|head| !inside(head));
    let top = (expression.first..expression.last).find(outer)?;
    if inside(trigger) {
        return None;
    }
    let governor = governing_event(tokens, tokens.get(top)?.head?);
    let governor_is = |i: usize| governor == Some(i);
    if governor_is(trigger) {
        return Some(Bond::Own);
    }
    let governor = governor?;
    let mut at = trigger;
    for _ in 0..tokens.len() {
        let token = tokens.get(at)?;
        let Some(head) = token.head else { break };
        match token.relation() {
            "conj" if head == governor || tokens.get(governor)?.head == Some(head) => {
                return Some(Bond::Beside);
            }
            "ccomp" | "parataxis" if head == governor => return Some(Bond::Telling),
            "obl" | "nmod" | "advcl" | "acl" if cut_off(tokens, at) => break,
            _ => {}
        }
        if head == governor {
            let clause = is_verb(tokens.get(governor)?) || tokens.get(trigger)?.relation() == "compound";
            return clause.then_some(Bond::Clause);
        }
        if is_verb(token) && !matches!(token.relation(), "xcomp" | "conj") {
            // Beyond the trigger's own clause only the date of the telling counts.
            let telling = matches!(token.relation(), "ccomp" | "parataxis");
            return (telling && head == governor)
                .then_some(Bond::Telling)
                .or(inner(tokens, governor, trigger));
        }
        at = head;
    }
    inner(tokens, governor, trigger)
}

/// The expression's governor is itself part of what the trigger governs, over nouns alone: parsers hang
/// "on Monday" on the last noun before it.
fn inner(tokens: &[Token], governor: usize, trigger: usize) -> Option<Bond> {
    let mut at = governor;
    for _ in 0..NOUNS_DEEP {
        let token = tokens.get(at)?;
        let close = matches!(token.relation(), "obj" | "nsubj" | "xcomp" | "obl" | "nmod" | "conj");
        if !close || is_verb(token) || cut_off(tokens, at) {
            return None;
        }
        if token.head == Some(trigger) {
            return Some(Bond::Inside);
        }
        at = token.head?;
    }
    None
}

/// What the expression hangs on. A preposition or auxiliary that the parser made a head stands for its
/// own head.
fn governing_event(tokens: &[Token], head: usize) -> Option<usize> {
    let token = tokens.get(head)?;
    match token.upos {
        Upos::Adp | Upos::Aux | Upos::Part | Upos::Sconj => token.head.or(Some(head)),
        _ => Some(head),
    }
}

fn is_verb(token: &Token) -> bool {
    token.upos == Upos::Verb
}

/// True where a preposition or conjunction such as "after" parts the token from its clause's date.
fn cut_off(tokens: &[Token], at: usize) -> bool {
    let calendar = Calendar::english();
    let mut children = tokens.iter().filter(|child| child.head == Some(at));
    children.any(|child| {
        matches!(child.relation(), "case" | "mark") && calendar.is("apart", &child.text.to_lowercase())
    })
}

/// Tokens between expression and trigger; a comma counts five, a semicolon twenty.
fn distance(tokens: &[Token], expression: &TimeExpression, trigger: usize) -> usize {
    let between =
        if trigger < expression.first { trigger..expression.first } else { expression.last..trigger + 1 };
    let cost = |token: &Token| match token.text.as_str() {
        "," => 5,
        ";" | "—" | ":" => 20,
        _ => 1,
    };
    tokens.get(between).map_or(usize::MAX, |between| between.iter().map(cost).sum())
}
