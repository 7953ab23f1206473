//! Numbers as English writes them: "30,000", "three", "two hundred thousand", "a dozen", "tens of thousands".

use attache_text::Sentence;

const SMALL: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(&str, f64); 6] = [
    ("dozen", 12.0),
    ("score", 20.0),
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
];

/// A number and the tokens that write it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// How many.
    pub value: f64,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

/// All numbers of a sentence, from left to right.
pub fn all(sentence: &Sentence) -> Vec<Quantity> {
    let words: Vec<String> = sentence.tokens.iter().map(|token| token.text.to_lowercase()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match at_word(&words, at) {
            Some(quantity) => {
                at = quantity.end;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

/// The number that begins at a word.
fn at_word(words: &[String], first: usize) -> Option<Quantity> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let made = |value: f64, end: usize| Some(Quantity { value, first, end });
    // "tens of thousands", "dozens", "scores": the least they can mean.
    if let Some(many) = plural(word(first)) {
        return match (word(first + 1), plural(word(first + 2))) {
            ("of", Some(scale)) if scale > many => made(many * scale, first + 3),
            _ if word(first) == "tens" => None,
            _ => made(many, first + 1),
        };
    }
    // "half a million", "a dozen", "a hundred".
    if word(first) == "half" && matches!(word(first + 1), "a" | "an") {
        return scale(word(first + 2)).and_then(|scale| made(scale / 2.0, first + 3));
    }
    let (mut value, mut end) = match word(first) {
        "a" | "an" => (scale(word(first + 1))?, first + 2),
        text => match (scale(text), number(text)) {
            (Some(scale), None) if text != "score" => (scale, first + 1),
            (_, Some(value)) => (value, first + 1),
            _ => return None,
        },
    };
    // "twenty-five", also where the tokenizer parts it.
    if TENS.contains(&word(first))
        && word(end) == "-"
        && let Some(unit) = number(word(end + 1)).filter(|unit| *unit < 10.0)
    {
        (value, end) = (value + unit, end + 2);
    }
    while let Some(scale) = scale(word(end)) {
        (value, end) = (value * scale, end + 1);
    }
    made(value, end)
}

fn plural(word: &str) -> Option<f64> {
    if word == "tens" { Some(10.0) } else { word.strip_suffix('s').and_then(scale) }
}

fn scale(word: &str) -> Option<f64> {
    SCALES.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// A number as one word writes it: "30,000", "2.5", "three", "forty", "twenty-five".
pub fn number(word: &str) -> Option<f64> {
    if let Some(index) = SMALL.iter().position(|small| *small == word) {
        return Some(index as f64 + 1.0);
    }
    if let Some(index) = TENS.iter().position(|ten| *ten == word) {
        return Some(index as f64 * 10.0 + 20.0);
    }
    if let Some((ten, unit)) = word.split_once('-') {
        let index = TENS.iter().position(|name| *name == ten)?;
        let unit = SMALL[..9].iter().position(|name| *name == unit)?;
        return Some(index as f64 * 10.0 + unit as f64 + 21.0);
    }
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    // Long runs of digits are no counts; they would only lose their last digits.
    if !digits || word.len() > 18 || !word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))
    {
        return None;
    }
    word.replace([',', ' '], "").parse().ok()
}
