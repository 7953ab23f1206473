//! `attache who`: what the registry knows of a name, or who holds an office.

use super::identify::Hints;
use super::names::words;
use super::registry::{Noun, Person, Registry, Sense, Term};
use super::{Entity, names};
use jiff::civil::Date;

/// An answer of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who it is, as on the asked date.
    pub entity: Entity,
    /// `country`, `person`, `organisation`, or `dictionary` for an actor of a user's.
    pub kind: &'static str,
    /// The offices of a person, latest first; empty for others.
    pub terms: Vec<Term>,
    /// `public-domain` or `general-knowledge`; empty where the table does not say.
    pub grade: String,
    /// Where the row came from.
    pub source: String,
}

/// An office of a country that a question asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeAsked {
    /// The office in words: "foreign minister".
    pub role: String,
    /// The country's name.
    pub country: String,
    key: String,
    code: String,
}

impl OfficeAsked {
    /// True where the term is one of this office.
    pub fn is_of(&self, term: &Term) -> bool {
        term.office == self.key && term.country.as_deref() == Some(self.code.as_str())
    }
}

impl Registry {
    /// The office that "foreign minister of Peru" or "Peruvian foreign minister" asks for, whoever held it;
    /// none where the words name no office of a country.
    pub fn office_asked(&self, query: &str) -> Option<OfficeAsked> {
        let (office, country) = self.offices_asked(query).into_iter().next()?;
        let (office, country) = (self.offices.get(office)?, self.countries.get(country)?);
        Some(OfficeAsked {
            role: office.role(),
            country: country.name.clone(),
            key: office.key.clone(),
            code: country.id.clone(),
        })
    }

    /// What the registry knows of a name ("Kofi Annan", "Peru", "ELN") or of an office of a country
    /// ("foreign minister of Peru", "Peruvian foreign minister"), on a date where one is given; empty
    /// where it knows nothing. An office without a date gives all holders, the latest first.
    pub fn who(&self, query: &str, on: Option<Date>) -> Vec<Known> {
        let by_name: Vec<Known> =
            self.names.get(query).into_iter().filter_map(|sense| self.known(sense, on)).collect();
        if !by_name.is_empty() {
            return by_name;
        }
        let holders = self.office_holders(query, on);
        if !holders.is_empty() {
            return holders;
        }
        let last = names::key(query);
        let bearers = self.surnames.get(&last).map_or(&[][..], Vec::as_slice);
        bearers.iter().filter_map(|&row| self.known(Sense::Person(row), on)).collect()
    }

    fn known(&self, sense: Sense, on: Option<Date>) -> Option<Known> {
        match sense {
            Sense::Country(row)
            | Sense::People(row)
            | Sense::Nationality(row)
            | Sense::Capital(row)
            | Sense::Seat(row)
            | Sense::Unrecognised(row) => {
                let country = self.countries.get(row)?;
                let entity = super::resolve::country_entity(&country.id, &country.name);
                Some(Known {
                    entity,
                    kind: "country",
                    terms: Vec::new(),
                    grade: String::new(),
                    source: country.source.clone(),
                })
            }
            Sense::Organisation(row) => {
                let organisation = self.organisations.get(row)?;
                let entity = Entity {
                    id: Some(organisation.id.clone()),
                    name: organisation.name.clone(),
                    country: organisation.country.clone(),
                    sector: organisation.sectors.first().cloned(),
                    sectors: organisation.sectors.clone(),
                    role: (!organisation.kind.is_empty()).then(|| organisation.kind.clone()),
                };
                let (grade, source) = (organisation.grade.clone(), organisation.source.clone());
                Some(Known { entity, kind: "organisation", terms: Vec::new(), grade, source })
            }
            Sense::User(row) => {
                let entity = self.users.get(row)?.entity(on);
                let source = "a dictionary of the user".to_owned();
                Some(Known { entity, kind: "dictionary", terms: Vec::new(), grade: String::new(), source })
            }
            Sense::Person(row) => {
                self.people.get(row).map(|person| self.known_person(person, on, &Hints::default()))
            }
        }
    }

    fn known_person(&self, person: &Person, on: Option<Date>, hints: &Hints) -> Known {
        let standing = self.standing(person, on, hints);
        let mut terms = person.terms.clone();
        terms.sort_by_key(|term| std::cmp::Reverse(term.start));
        let told = terms.iter().find(|term| on.is_none_or(|on| term.covers(on))).or(terms.first());
        let (grade, source) = told.map(|term| (term.grade.clone(), term.source.clone())).unwrap_or_default();
        Known { entity: standing.entity(person), kind: "person", terms, grade, source }
    }

    /// Holders of "OFFICE of COUNTRY" or "NATIONALITY OFFICE".
    fn office_holders(&self, query: &str, on: Option<Date>) -> Vec<Known> {
        let mut answers: Vec<(Option<Date>, Known)> = Vec::new();
        for (office, country) in self.offices_asked(query) {
            if let Some(country) = self.countries.get(country) {
                self.add_holders(office, &country.id, on, &mut answers);
            }
        }
        answers.sort_by_key(|(start, _)| std::cmp::Reverse(*start));
        answers.into_iter().map(|(_, known)| known).collect()
    }

    /// Rows of offices and countries that the words can mean.
    fn offices_asked(&self, query: &str) -> Vec<(usize, usize)> {
        let folded = words(query);
        let mut asked = Vec::new();
        for cut in 1..folded.len() {
            let (front, back) = (folded[..cut].join(" "), folded[cut..].join(" "));
            let back = back.strip_prefix("of ").unwrap_or(&back).to_owned();
            for (office, nation) in [(&front, &back), (&back, &front)] {
                let nation = nation.strip_prefix("the ").unwrap_or(nation);
                let senses = self.names.get(nation);
                let Some(country) = senses.iter().find_map(|sense| super::describe::nation(&[*sense])) else {
                    continue;
                };
                let nouns = self.nouns.get(office).map_or(&[][..], Vec::as_slice);
                asked.extend(nouns.iter().filter_map(|noun| match noun {
                    Noun::Office(row) => Some((*row, country)),
                    Noun::Agent(_) => None,
                }));
            }
        }
        asked
    }

    fn add_holders(
        &self,
        office: usize,
        country: &str,
        on: Option<Date>,
        answers: &mut Vec<(Option<Date>, Known)>,
    ) {
        let Some(key) = self.offices.get(office).map(|office| office.key.as_str()) else { return };
        let hints = Hints { offices: vec![office], ..Hints::default() };
        for person in &self.people {
            let holds = |term: &&Term| {
                term.office == key
                    && term.country.as_deref() == Some(country)
                    && on.is_none_or(|on| term.covers(on))
            };
            let Some(term) = person.terms.iter().filter(holds).max_by_key(|term| term.start) else {
                continue;
            };
            let seen = |known: &(Option<Date>, Known)| known.1.entity.id.as_deref() == Some(&person.id);
            if !answers.iter().any(seen) {
                let mut known = self.known_person(person, on, &hints);
                (known.grade, known.source) = (term.grade.clone(), term.source.clone());
                answers.push((term.start, known));
            }
        }
    }
}
