//! Amounts of money in running text: "US$30 billion", "270 million euros", "1.500 millones de dólares".

use attache_text::Span;

/// An amount as a text gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// How much.
    pub value: f64,
    /// ISO 4217 code.
    pub unit: &'static str,
    /// Where it stands.
    pub span: Span,
}

/// Signs before a number, longest first.
const SIGNS: [(&str, &str); 16] = [
    ("US$", "USD"),
    ("U.S.$", "USD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("R$", "BRL"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
];

/// Words after a number. A currency with a nationality before it ("Colombian pesos") is not guessed.
const WORDS: [(&str, &str); 20] = [
    ("us dollars", "USD"),
    ("u.s. dollars", "USD"),
    ("de dólares", "USD"),
    ("de dolares", "USD"),
    ("de euros", "EUR"),
    ("de libras", "GBP"),
    ("dollars", "USD"),
    ("dólares", "USD"),
    ("dolares", "USD"),
    ("euros", "EUR"),
    ("pounds", "GBP"),
    ("yuan", "CNY"),
    ("yen", "JPY"),
    ("roubles", "RUB"),
    ("rubles", "RUB"),
    ("rupees", "INR"),
    ("shekels", "ILS"),
    ("reais", "BRL"),
    ("riyals", "SAR"),
    ("francs", "CHF"),
];

/// Words that multiply, longest first.
const SCALES: [(&str, f64); 12] = [
    ("mil millones", 1e9),
    ("trillion", 1e12),
    ("billones", 1e12),
    ("thousand", 1e3),
    ("millones", 1e6),
    ("billion", 1e9),
    ("million", 1e6),
    ("millón", 1e6),
    ("mil", 1e3),
    ("bn", 1e9),
    ("tn", 1e12),
    ("m", 1e6),
];

/// All amounts of a text, in order.
pub fn amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text[at..].find(|letter: char| letter.is_ascii_digit()) {
        let start = at + offset;
        let (digits, value) = number(&text[start..]);
        let after = start + digits;
        at = after;
        let sign =
            SIGNS.iter().find(|(sign, _)| text[..start].trim_end_matches([' ', '\u{a0}']).ends_with(sign));
        let (scaled, end) = scale(text, value, after);
        let found_unit = match sign {
            Some((sign, unit)) => {
                let begin = text[..start].rfind(sign).unwrap_or(start);
                Some((*unit, begin, end))
            }
            None => word(text, end).map(|(unit, end)| (unit, start, end)),
        };
        if let Some((unit, begin, end)) = found_unit {
            found.push(Amount { value: scaled, unit, span: Span::new(begin, end) });
            at = end;
        }
    }
    found
}

/// A number at the beginning of the words: how many bytes, and its value. A mark followed by exactly three
/// digits parts thousands, any other one the decimals.
fn number(words: &str) -> (usize, f64) {
    let bytes = words.as_bytes();
    let (mut plain, mut end) = (String::new(), 0);
    while let Some(byte) = bytes.get(end) {
        if byte.is_ascii_digit() {
            plain.push(char::from(*byte));
            end += 1;
            continue;
        }
        let digits = bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        match byte {
            b',' | b'.' if digits == 3 => end += 1,
            b',' | b'.' if (1..=2).contains(&digits) => {
                plain.push('.');
                plain.push_str(&words[end + 1..end + 1 + digits]);
                end += 1 + digits;
                break;
            }
            _ => break,
        }
        if plain.len() > 20 {
            break;
        }
    }
    (end.max(1), plain.parse().unwrap_or(0.0))
}

fn scale(text: &str, value: f64, from: usize) -> (f64, usize) {
    match SCALES.iter().find_map(|(word, factor)| Some((*factor, stands(text, from, word)?))) {
        Some((factor, end)) => (value * factor, end),
        None => (value, from),
    }
}

fn word(text: &str, from: usize) -> Option<(&'static str, usize)> {
    WORDS.iter().find_map(|(word, unit)| Some((*unit, stands(text, from, word)?)))
}

/// Where the word ends if it stands at `from`, after a space, a hyphen or nothing, in any case.
fn stands(text: &str, from: usize, word: &str) -> Option<usize> {
    let start = match text[from..].chars().next()? {
        gap @ (' ' | '\u{a0}' | '-') => from + gap.len_utf8(),
        _ => from,
    };
    let there = text.get(start..start + word.len())?;
    let end = start + word.len();
    let ends = text[end..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    (ends && there.to_lowercase() == word).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        amounts(text).iter().map(|one| format!("{} {} {}", one.unit, one.value, one.span.of(text))).collect()
    }

    #[test]
    fn amounts_of_money() {
        assert_eq!(told("trade flows that exceed US$30 billion annually"), ["USD 30000000000 US$30 billion"]);
        assert_eq!(told("a grant of 270 million euros last year"), ["EUR 270000000 270 million euros"]);
        assert_eq!(
            told("un préstamo de 1.500 millones de dólares"),
            ["USD 1500000000 1.500 millones de dólares"]
        );
        assert_eq!(told("fined £2.5m and $1,200"), ["GBP 2500000 £2.5m", "USD 1200 $1,200"]);
        assert_eq!(told("40-million-dollars"), ["USD 40000000 40-million-dollars"]);
    }

    #[test]
    fn other_numbers_are_none() {
        assert!(told("On 3 February 2026, 300 people met in room 4.").is_empty());
        assert!(told("12 meters; 5 mills; 7, 8, 9,").is_empty());
        assert!(told(&"9".repeat(5000)).is_empty());
    }
}
