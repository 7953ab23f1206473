//! Which person of the registry a name means, and what that person was on a date.

use super::Entity;
use super::registry::{Office, Person, Registry, Term, role_of};
use jiff::civil::Date;

/// What the words around a name say of its bearer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// Country that the words give.
    pub(crate) country: Option<String>,
    /// Country that the delegation or side suggests.
    pub(crate) context: Option<String>,
    /// Rows of offices that the words give.
    pub(crate) offices: Vec<usize>,
    /// "Former".
    pub(crate) former: bool,
}

/// What a person was on a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The office's key, also where it is over.
    pub(crate) office: Option<String>,
    /// The office in words, "former" before it where it is over.
    pub(crate) role: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) sectors: Vec<String>,
}

impl Standing {
    /// The person as an entity of this standing; without a country of office, of the person's own.
    pub(crate) fn entity(self, person: &Person) -> Entity {
        Entity {
            id: Some(person.id.clone()),
            name: person.name.clone(),
            country: self.country.or_else(|| person.country.clone()),
            sector: self.sectors.first().cloned(),
            sectors: self.sectors,
            role: self.role,
        }
    }
}

/// Offices that answer to one another: the counterpart of a foreign minister can be a secretary of
/// state, that of a president a prime minister.
const EQUIVALENT: [&[&str]; 4] = [
    &[
        "president",
        "prime-minister",
        "chancellor",
        "president-of-the-government",
        "king",
        "emir",
        "supreme-leader",
        "leader",
    ],
    &["foreign-minister", "secretary-of-state"],
    &["interior-minister", "homeland-security-secretary"],
    &["vice-president", "deputy-prime-minister"],
];

/// The offices whose holders can be counterparts of an office's holder, itself first.
pub(crate) fn counterparts(office: &str) -> impl Iterator<Item = &str> {
    let equivalent = EQUIVALENT.iter().find(|offices| offices.contains(&office)).copied().unwrap_or(&[]);
    std::iter::once(office).chain(equivalent.iter().copied().filter(move |other| *other != office))
}

/// Below this a candidate is somebody else of the same name.
const SOMEBODY_ELSE: f64 = -1.0;

impl Registry {
    /// Who held an office of a country on a day; none where nobody or several are known.
    pub(crate) fn holder(&self, office: &str, country: &str, on: Option<Date>) -> Option<usize> {
        let on = on?;
        let holds = |term: &Term| {
            term.office == office
                && term.country.as_deref() == Some(country)
                && term.start.is_some()
                && term.covers(on)
        };
        let mut holders = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.terms.iter().any(holds))
            .map(|(row, _)| row);
        let first = holders.next()?;
        holders.next().is_none().then_some(first)
    }

    /// The person among several of one name that the hints and the date fit best; none where all are
    /// contradicted.
    pub(crate) fn choose(&self, candidates: &[usize], hints: &Hints, on: Option<Date>) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for &candidate in candidates {
            let Some(person) = self.people.get(candidate) else { continue };
            let weight = self.fit(person, hints, on);
            if weight > SOMEBODY_ELSE && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, candidate));
            }
        }
        best.map(|(_, person)| person)
    }

    /// How well a person fits the words around the name; see the arms for the weights.
    fn fit(&self, person: &Person, hints: &Hints, on: Option<Date>) -> f64 {
        let of = |country: &str| {
            person.country.as_deref() == Some(country)
                || person.terms.iter().any(|term| term.country.as_deref() == Some(country))
        };
        let by_country = match (hints.country.as_deref(), hints.context.as_deref()) {
            (Some(country), _) if of(country) => 3.0,
            (Some(_), _) => -5.0,
            (None, Some(country)) if of(country) => 2.0,
            (None, Some(_)) => -2.0,
            (None, None) => 0.0,
        };
        let office = |row: &usize| self.offices.get(*row);
        let by_office = hints
            .offices
            .iter()
            .filter_map(office)
            .map(|office| self.office_fit(person, office, on))
            .fold(f64::NAN, f64::max);
        let now = |term: &Term| on.is_none_or(|on| term.covers(on)) && !term.office.is_empty();
        let in_office = if person.terms.iter().any(now) { 1.0 } else { 0.0 };
        let heads = |term: &&Term| self.office(&term.office).is_some_and(|office| office.head);
        let fame = if person.terms.iter().any(|term| heads(&term)) { 0.5 } else { 0.0 };
        by_country + in_office + fame + if by_office.is_nan() { 0.0 } else { by_office }
    }

    fn office_fit(&self, person: &Person, office: &Office, on: Option<Date>) -> f64 {
        let held: Vec<&Term> =
            person.terms.iter().filter(|term| same_office(&term.office, &office.key)).collect();
        let current = held.iter().any(|term| on.is_none_or(|on| term.covers(on)));
        let sector = |term: &Term| term.sectors.iter().any(|sector| office.sectors.contains(sector));
        match (held.is_empty(), current, office.single) {
            (false, true, _) => 3.0,
            (false, false, _) => 1.5,
            (true, _, true) => -3.0,
            (true, _, false) if person.terms.iter().any(sector) => 0.0,
            (true, _, false) => -1.5,
        }
    }

    /// What a person was on a date; offices the words name come first.
    pub(crate) fn standing(&self, person: &Person, on: Option<Date>, hints: &Hints) -> Standing {
        let named = |term: &Term| {
            hints
                .offices
                .iter()
                .filter_map(|row| self.offices.get(*row))
                .any(|office| same_office(&term.office, &office.key))
        };
        let rank = |term: &Term| {
            let head = self.office(&term.office).is_some_and(|office| office.head);
            (named(term), head && !term.sectors.iter().any(|sector| sector == "ELI"), term.start)
        };
        let covers = |term: &&Term| on.is_none_or(|on| term.covers(on));
        let over = |term: &&Term| on.is_some_and(|on| term.is_over(on));
        let country = |term: &Term| term.country.clone().or_else(|| person.country.clone());
        let key = |term: &Term| Some(term.office.clone()).filter(|office| !office.is_empty());
        let terms = person.terms.iter();

        if let Some(term) =
            terms.clone().filter(covers).max_by_key(|term| rank(term)).filter(|_| !hints.former)
        {
            let role = key(term).map(|key| role_of(&key));
            return Standing {
                office: key(term),
                role,
                country: country(term),
                sectors: term.sectors.clone(),
            };
        }
        let past =
            terms.filter(|term| hints.former || over(term)).max_by_key(|term| (rank(term), over(term)));
        let Some(term) = past else {
            // Only offices still to come: the words, if any, must tell.
            return Standing { country: person.country.clone(), ..Standing::default() };
        };
        // "Former ambassador X": the words name an office that the registry does not have for X.
        let told = hints
            .offices
            .first()
            .and_then(|row| self.offices.get(*row))
            .filter(|_| hints.former && !named(term));
        let office = told.map(|office| office.key.clone()).or_else(|| key(term));
        let role = office
            .as_deref()
            .map(role_of)
            .map(|role| format!("former {}", role.trim_start_matches("former ")));
        Standing { office, role, country: country(term), sectors: vec!["ELI".to_string()] }
    }
}

/// True where two office keys name the same office; "minister" of a title may be any of them.
fn same_office(one: &str, other: &str) -> bool {
    let general = |key: &str, of: &str| key == "minister" && of.ends_with("-minister");
    let led = |key: &str, of: &str| {
        key == "leader" && ["president", "prime-minister", "chancellor", "supreme-leader"].contains(&of)
    };
    one == other || general(one, other) || general(other, one) || led(one, other) || led(other, one)
}
