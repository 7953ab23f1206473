//! How large: people killed, hurt, arrested, taking part, and money, as the words give them.

use super::tree::Tree;
use crate::EventType;
use crate::record::{Magnitude, Money};
use attache_text::Upos;

const KILLING: [&str; 9] =
    ["kill", "die", "dead", "slay", "murder", "massacre", "death", "behead", "execute"];
const HURTING: [&str; 6] = ["wound", "injure", "hurt", "maim", "injured", "wounded"];
const ARRESTING: [&str; 7] = ["arrest", "detain", "jail", "capture", "imprison", "apprehend", "seize"];
const PEOPLE: [&str; 38] = [
    "people",
    "person",
    "civilian",
    "soldier",
    "troop",
    "rebel",
    "militant",
    "protester",
    "demonstrator",
    "officer",
    "policeman",
    "child",
    "woman",
    "man",
    "worker",
    "student",
    "fighter",
    "insurgent",
    "gunman",
    "resident",
    "villager",
    "migrant",
    "hostage",
    "prisoner",
    "journalist",
    "member",
    "guerrilla",
    "terrorist",
    "pilgrim",
    "passenger",
    "other",
    "activist",
    "diplomat",
    "suspect",
    "farmer",
    "teacher",
    "striker",
    "marcher",
];
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
const CURRENCIES: [(&str, &str); 12] = [
    ("us$", "USD"),
    ("$", "USD"),
    ("dollar", "USD"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("£", "GBP"),
    ("pound", "GBP"),
    ("¥", "JPY"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("rouble", "RUB"),
    ("ruble", "RUB"),
];

/// The magnitude a sentence gives to an event of a type told at a trigger; none where it gives no number.
pub fn magnitude(tree: &Tree<'_>, trigger: usize, kind: EventType) -> Option<Magnitude> {
    let mut found = Magnitude::default();
    let tokens = &tree.sentence().tokens;
    for (index, token) in tokens.iter().enumerate() {
        if tree.upos(index) != Upos::Num || tree.relation(index) != "nummod" {
            continue;
        }
        let Some(noun) = tree.head(index) else { continue };
        let Some(count) = whole_number(&token.text) else { continue };
        if !PEOPLE.contains(&tree.lemma(noun).as_str()) {
            continue;
        }
        match fate(tree, noun) {
            Some(Fate::Dead) => found.dead = found.dead.or(Some(count)),
            Some(Fate::Injured) => found.injured = found.injured.or(Some(count)),
            Some(Fate::Arrested) => found.arrested = found.arrested.or(Some(count)),
            None if matches!(kind, EventType::Protest | EventType::Mobilize | EventType::Retreat) => {
                found.size = found.size.or(Some(count));
            }
            None => {}
        }
    }
    if matches!(
        kind,
        EventType::Aid | EventType::Agree | EventType::Cooperate | EventType::Support | EventType::Sanction
    ) {
        found.money = money(tree, trigger);
    }
    (found != Magnitude::default()).then_some(found)
}

enum Fate {
    Dead,
    Injured,
    Arrested,
}

/// What befell the people a noun names: the verb they are object (or passive subject) of, or a predicate.
fn fate(tree: &Tree<'_>, noun: usize) -> Option<Fate> {
    let mut token = noun;
    for _ in 0..3 {
        let head = tree.head(token)?;
        let lemma = tree.lemma(head);
        let undergoes = matches!(tree.deprel(token), "obj" | "nsubj:pass" | "conj" | "nsubj");
        if !undergoes {
            return None;
        }
        let subject_of_active = tree.deprel(token) == "nsubj" && !matches!(lemma.as_str(), "die" | "dead");
        if !subject_of_active {
            if KILLING.contains(&lemma.as_str()) {
                return Some(Fate::Dead);
            }
            if HURTING.contains(&lemma.as_str()) {
                return Some(Fate::Injured);
            }
            if ARRESTING.contains(&lemma.as_str()) {
                return Some(Fate::Arrested);
            }
        }
        token = head;
    }
    None
}

/// A whole number as written: "30,000", "12", "three".
pub fn whole_number(text: &str) -> Option<u64> {
    let text = text.to_lowercase();
    if let Some(index) = SMALL.iter().position(|word| *word == text) {
        return Some(index as u64 + 1);
    }
    text.replace([',', ' '], "").parse().ok()
}

/// The first amount of money of the sentence, looked for after the trigger first.
fn money(tree: &Tree<'_>, trigger: usize) -> Option<Money> {
    let tokens = &tree.sentence().tokens;
    let amount = |index: usize| {
        let value: f64 = tokens[index].text.replace(',', "").parse().ok()?;
        let scale = tokens.get(index + 1).map_or(1.0, |next| match next.text.to_lowercase().as_str() {
            "thousand" => 1e3,
            "million" | "mn" | "m" => 1e6,
            "billion" | "bn" | "b" => 1e9,
            "trillion" | "tn" => 1e12,
            _ => 1.0,
        });
        let before = index.checked_sub(1).map(|i| tokens[i].text.to_lowercase());
        let after = tokens.get(index + 1 + usize::from(scale > 1.0)).map(|token| token.lemma.to_lowercase());
        let unit = CURRENCIES
            .iter()
            .find(|(sign, _)| before.as_deref() == Some(*sign) || after.as_deref() == Some(*sign))?;
        (value.is_finite()).then(|| Money { value: value * scale, unit: unit.1.to_owned() })
    };
    (trigger..tokens.len()).chain(0..trigger).find_map(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        assert_eq!(whole_number("30,000"), Some(30_000));
        assert_eq!(whole_number("Three"), Some(3));
        assert_eq!(whole_number("dozens"), None);
        assert_eq!(whole_number("99999999999999999999999"), None);
    }
}
