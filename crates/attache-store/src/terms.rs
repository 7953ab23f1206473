//! The terms a report turns on: names, numbers and telling words of its title and first sentences.

use crate::hash;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words looked at behind the title.
const FIRST_WORDS: usize = 160;
/// Terms kept.
const MOST: usize = 40;
/// Letters a word is known by: endings differ between tellings.
const STEM: usize = 6;
/// Words with fewer letters tell nothing unless they are names or numbers.
const SHORTEST: usize = 4;

/// Weight of a name, of a number, of a word.
const NAME: u8 = 4;
const NUMBER: u8 = 3;
const WORD: u8 = 1;

/// One term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Hash of its stem.
    pub hash: u32,
    /// How much it tells: 4 for names, 3 for numbers, 1 for words; one more where the title has it.
    pub weight: u8,
}

/// Words that stand in any report, days and months among them. Forms are cut to six letters like all others.
const COMMON: &str = "about above accord according added after again against agency agenda agree agreed ahead alleged already also april august
although amid among announced another around asked away back based because become been before began behind being believe
below between both call called came cannot case cause caused change chief city close come comment conference confirmed
could council countries country dead deal december decision department despite does done down during each early earlier effort efforts
eight either ending enough even evening event ever every expected face failed father fear february federal find first five
following foreign former found four friday from full further gave general give given going good government governments group
groups had half happened hard have head heard held help here high himself hold home hour hours house however hundreds
immediately important including increase injured inside into issue itself january july june just keep killed know known
large last late later latest lead leader leaders least leave left less like likely line little live local long look made main
major make making many march matter mean measure media meet meeting member members men might million minister ministers
ministry minute monday month months more morning most move much must national near nearly need never news next night nine
noon north nothing november number october offer office officer officers official officials once only open order other others
outside over part parts party past people percent perhaps place plan plans point police policy possible present president
press pressure problem public quarter question quickly rather reach reached read ready really reason received recent
recently region released remain remained report reported reporters reports residents respond response return right saturday
said same saying says second secretary security seek seen senior sent september service seven several shall should side
since situation small some soon source sources south spoke spokesman spokesperson spokeswoman started state stated
statement states still stop such sunday support take taken talk talks tell than thank that their them then there these
they thing think third this those though thousands three through thursday time times today together told tomorrow took
toward town tried tuesday turn under until upon used very visit want warned week weeks well went were west what when where
whether which while whole whose will with within without witness witnesses woman women word work workers world would wounded
year years yesterday young";

/// The words of a text: runs of letters and digits, with inner apostrophes, hyphens, points and commas
/// of numbers ("4,500").
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | ',' | '.')))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .flat_map(|word| {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            // "4,500" is one word, "talks,Peru" is two.
            let mut parts: Vec<&str> =
                if number { vec![word] } else { word.split(['\'', '’', ',', '.']).collect() };
            parts.retain(|part| !part.is_empty());
            parts
        })
}

/// The terms of a report, the most telling first.
pub fn telling(title: &str, body: &str) -> Vec<Term> {
    let mut weights: HashMap<u32, u8> = HashMap::new();
    let mut order: Vec<u32> = Vec::new();
    let body_start = |index: usize, word: &str| index == 0 || !word.starts_with(char::is_uppercase);
    let title_words: Vec<&str> = words(title).collect();
    // A headline in which every word is capitalised tells nothing about names.
    let shouted = title_words.iter().filter(|word| word.starts_with(char::is_uppercase)).count() * 2
        > title_words.len() + 2;
    let mut add = |word: &str, is_name: bool, in_title: bool| {
        let Some((hash, weight)) = weigh(word, is_name) else { return };
        let entry = weights.entry(hash).or_insert_with(|| {
            order.push(hash);
            0
        });
        *entry = (*entry).max(weight + u8::from(in_title));
    };
    for (index, word) in title_words.iter().enumerate() {
        add(word, !shouted && !body_start(index, word), true);
    }
    let mut seen = 0;
    for sentence in body.split_inclusive(['.', '!', '?', '\n', ':', '"', '“']) {
        for (index, word) in words(sentence).enumerate() {
            seen += 1;
            if seen > FIRST_WORDS {
                break;
            }
            add(word, index > 0 && word.starts_with(char::is_uppercase), false);
        }
    }
    let mut terms: Vec<Term> = order.into_iter().map(|hash| Term { hash, weight: weights[&hash] }).collect();
    // Stable: terms of one weight stay in the order of the text.
    terms.sort_by_key(|term| std::cmp::Reverse(term.weight));
    terms.truncate(MOST);
    terms
}

/// The hash and weight of a word; none for words that tell nothing.
fn weigh(word: &str, is_name: bool) -> Option<(u32, u8)> {
    let lower = word.to_lowercase();
    let stem: String = lower.chars().take(STEM).collect();
    let key = |text: &str| hash::bytes(text.as_bytes()) as u32;
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return Some((key(&lower.replace([',', '.'], "")), NUMBER));
    }
    if is_name && lower.chars().count() > 1 && !is_common(&stem) {
        return Some((key(&stem), NAME));
    }
    (lower.chars().count() >= SHORTEST && !is_common(&stem)).then(|| (key(&stem), WORD))
}

fn is_common(stem: &str) -> bool {
    static STEMS: LazyLock<HashSet<String>> =
        LazyLock::new(|| COMMON.split_whitespace().map(|word| word.chars().take(STEM).collect()).collect());
    STEMS.contains(stem)
}

/// How much two reports turn on the same terms, 0…1: the weight they share over what both have, and the
/// number of names and numbers shared.
pub fn overlap(a: &[Term], b: &[Term]) -> (f64, usize) {
    let (mut shared, mut strong) = (0.0, 0);
    for term in b {
        if let Some(weight) = weight(a, term.hash) {
            shared += f64::from(weight.min(term.weight));
            strong += usize::from(weight.min(term.weight) >= NUMBER);
        }
    }
    let sum = |terms: &[Term]| terms.iter().map(|term| f64::from(term.weight)).sum::<f64>();
    let all = (sum(a) * sum(b)).sqrt();
    (if all > 0.0 { shared / all } else { 0.0 }, strong)
}

/// How far two reports speak of the same names and numbers, 0…1: the weight of those shared over all of
/// the report that has less of its own. A cut text, or one that was added to, agrees wholly; two texts of
/// one mould do not. 1 where one has neither names nor numbers.
pub fn agreement(a: &[Term], b: &[Term]) -> f64 {
    let (a, b) = (strong(a), strong(b));
    let share = |of: &[Term], other: &[Term]| {
        let sum =
            |terms: &mut dyn Iterator<Item = &Term>| terms.map(|term| f64::from(term.weight)).sum::<f64>();
        sum(&mut of.iter().filter(|term| weight(other, term.hash).is_some())) / sum(&mut of.iter())
    };
    if a.is_empty() || b.is_empty() { 1.0 } else { share(&a, &b).max(share(&b, &a)) }
}

/// The weight of a term among some forty: looking through them is faster than a table.
fn weight(terms: &[Term], hash: u32) -> Option<u8> {
    terms.iter().find(|term| term.hash == hash).map(|term| term.weight)
}

fn strong(terms: &[Term]) -> Vec<Term> {
    terms.iter().filter(|term| term.weight >= NUMBER).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retellings_share_terms() {
        let one = telling(
            "Quake kills 37 in Sarvan",
            "A magnitude 6.1 earthquake struck the Sarvan valley on Monday, killing 37 villagers, Governor Ilo Maren said.",
        );
        let other = telling(
            "Sarvan valley mourns",
            "At least 37 villagers died when the ground shook under Sarvan. Ilo Maren, the governor, put the magnitude at 6.1.",
        );
        let (alike, strong) = overlap(&one, &other);
        assert!(alike > 0.5 && strong >= 4, "{alike} {strong}");
        let else_where = telling(
            "Quake in Tolmo",
            "A magnitude 5.4 earthquake struck Tolmo on Monday, killing 12 people.",
        );
        assert!(overlap(&one, &else_where).0 < 0.3);
        assert_eq!(words("in 4,500 talks,Peru's").collect::<Vec<_>>(), ["in", "4,500", "talks", "Peru", "s"]);
    }
}
