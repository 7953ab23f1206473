//! Pronouns: which words they are and what each asks of its antecedent.

use super::{Gender, Kind};

/// A third-person pronoun and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    Person(Gender),
    /// It, its: one country, institution or group.
    Thing,
    /// They, their: several, or a body that acts as several.
    Several,
    /// Who, which, that in a relative clause.
    Relative,
    /// We, our, I, my: whoever speaks.
    Speaker,
}

/// The pronoun of a word in lower case.
pub(crate) fn pronoun(word: &str) -> Option<Pronoun> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Pronoun::Person(Gender::He),
        "she" | "her" | "hers" | "herself" => Pronoun::Person(Gender::She),
        "it" | "its" | "itself" => Pronoun::Thing,
        "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::Several,
        "who" | "whom" | "which" | "that" | "whose" => Pronoun::Relative,
        "i" | "we" | "us" | "our" | "ours" | "me" | "my" | "mine" => Pronoun::Speaker,
        _ => return None,
    })
}

/// The kinds a pronoun can mean.
pub(crate) fn kinds(pronoun: Pronoun) -> &'static [Kind] {
    match pronoun {
        Pronoun::Person(_) => &[Kind::Person],
        Pronoun::Thing => &[Kind::Country, Kind::Institution, Kind::Group],
        Pronoun::Several => &[Kind::Group, Kind::Institution, Kind::Person, Kind::Country],
        Pronoun::Relative | Pronoun::Speaker => &[],
    }
}

/// The gender a title or form of address shows.
pub(crate) fn gender_of_title(title: &str) -> Option<Gender> {
    let last = title.split(' ').next_back().unwrap_or("");
    match last {
        "mr" | "sir" | "king" | "prince" | "emperor" | "emir" | "sultan" | "lord" | "pope" | "father" => {
            Some(Gender::He)
        }
        "mrs" | "ms" | "miss" | "lady" | "queen" | "princess" | "duchess" | "mother" | "nun" | "empress"
        | "dame" => Some(Gender::She),
        word if word.ends_with("woman") || word.ends_with("women") => Some(Gender::She),
        word if word.ends_with("man") && word != "woman" => Some(Gender::He),
        _ => None,
    }
}
