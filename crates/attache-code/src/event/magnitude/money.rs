//! Money: "$2.5bn", "40 million euros", "half a billion dollars", "USD 5 million".

use super::quantity;
use crate::record::Money;
use attache_text::Sentence;

const SIGNS: [(&str, &str); 10] = [
    ("us$", "USD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("hk$", "HKD"),
    ("₹", "INR"),
    ("₺", "TRY"),
];
/// Units by name. Names that several states share ("peso", "dinar") tell no code and are left out.
const NAMES: [(&str, &str); 18] = [
    ("dollar", "USD"),
    ("euro", "EUR"),
    ("pound", "GBP"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("rouble", "RUB"),
    ("ruble", "RUB"),
    ("rupee", "INR"),
    ("rupiah", "IDR"),
    ("naira", "NGN"),
    ("rand", "ZAR"),
    ("lira", "TRY"),
    ("zloty", "PLN"),
    ("hryvnia", "UAH"),
    ("baht", "THB"),
    ("shekel", "ILS"),
    ("forint", "HUF"),
    ("taka", "BDT"),
];
/// Dollars, pounds, francs and rupees of others than those the bare name means.
const OF_OTHERS: [(&str, &str, &str); 9] = [
    ("australian", "dollar", "AUD"),
    ("canadian", "dollar", "CAD"),
    ("zealand", "dollar", "NZD"),
    ("singapore", "dollar", "SGD"),
    ("taiwan", "dollar", "TWD"),
    ("egyptian", "pound", "EGP"),
    ("swiss", "franc", "CHF"),
    ("pakistani", "rupee", "PKR"),
    ("sri", "rupee", "LKR"),
];
const SUFFIXES: [(&str, f64); 9] = [
    ("trillion", 1e12),
    ("billion", 1e9),
    ("million", 1e6),
    ("tn", 1e12),
    ("bn", 1e9),
    ("mn", 1e6),
    ("m", 1e6),
    ("b", 1e9),
    ("k", 1e3),
];

/// The first amount of a sentence, looked for after the trigger first.
pub fn first(sentence: &Sentence, trigger: usize) -> Option<Money> {
    let words: Vec<String> = sentence.tokens.iter().map(|token| token.text.to_lowercase()).collect();
    (trigger..words.len()).chain(0..trigger.min(words.len())).find_map(|at| amount(sentence, &words, at))
}

/// True for a sign or code that stands before an amount.
pub fn is_currency(word: &str) -> bool {
    before(&word.to_lowercase()).is_some()
}

fn before(word: &str) -> Option<&'static str> {
    let code = NAMES.iter().chain(&SIGNS).find(|(_, code)| code.eq_ignore_ascii_case(word));
    SIGNS.iter().find(|(sign, _)| *sign == word).or(code).map(|(_, code)| *code)
}

/// The amount whose number begins at a word.
fn amount(sentence: &Sentence, words: &[String], at: usize) -> Option<Money> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let (sign, text) = split_sign(word(at));
    let sign = sign.or_else(|| at.checked_sub(1).and_then(|index| before(word(index))));
    let (value, mut end) = match text {
        "half" if matches!(word(at + 1), "a" | "an") => (0.5, at + 2),
        "a" | "an" if SUFFIXES[..3].iter().any(|(name, _)| *name == word(at + 1)) => (1.0, at + 1),
        _ => (split_suffix(text)?, at + 1),
    };
    let mut scale = 1.0;
    let factor = |word: &str| match word {
        "hundred" => Some(1e2),
        "thousand" => Some(1e3),
        _ => SUFFIXES.iter().find(|(name, _)| *name == word).map(|(_, factor)| *factor),
    };
    while let Some(more) = factor(word(end)) {
        (scale, end) = (scale * more, end + 1);
    }
    let unit = sign.or_else(|| named(sentence, words, end))?;
    let value = value * scale;
    value.is_finite().then(|| Money { value, unit: unit.to_owned() })
}

/// "$2.5bn" in one word: its sign and the rest.
fn split_sign(word: &str) -> (Option<&'static str>, &str) {
    let found = SIGNS.iter().filter(|(sign, _)| word.len() > sign.len() && word.starts_with(sign));
    match found.max_by_key(|(sign, _)| sign.len()) {
        Some((sign, code)) => (Some(code), &word[sign.len()..]),
        None => (None, word),
    }
}

/// "2.5bn", "400", "two": its value.
fn split_suffix(word: &str) -> Option<f64> {
    if let Some(value) = quantity::number(word) {
        return Some(value);
    }
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    let (suffix, factor) = SUFFIXES.iter().find(|(suffix, _)| digits && word.ends_with(suffix))?;
    quantity::number(word[..word.len() - suffix.len()].trim_end()).map(|value| value * factor)
}

/// The unit named behind an amount: "dollars", "Canadian dollars".
fn named(sentence: &Sentence, words: &[String], at: usize) -> Option<&'static str> {
    let lemma = |at: usize| sentence.tokens.get(at).map(|token| token.lemma.to_lowercase());
    let of_other = OF_OTHERS.iter().find(|(whose, name, _)| {
        let next = (at..at + 3).find(|&index| lemma(index).as_deref() == Some(*name));
        next.is_some_and(|noun| words[at..noun].iter().any(|word| word == whose))
    });
    if let Some((_, _, code)) = of_other {
        return Some(code);
    }
    let direct = lemma(at)?;
    let direct = if direct == "us" || direct == "u.s." { lemma(at + 1)? } else { direct };
    NAMES.iter().find(|(name, _)| *name == direct).map(|(_, code)| *code)
}
