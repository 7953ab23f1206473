//! Sides: who stands on one end of a relation. A country, one sector of it, a group of countries, or a
//! single person or organisation.

use attache_code::entity::{Registry, name_key};
use attache_code::record::Actor;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One end of a relation. An actor stands on it if it is one of `ids` or `names`, or if it is of one of
/// `countries` and, where a `sector` is asked for, of that sector.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Side {
    /// How the command line and the addresses of the page write it: `COL`, `COL:MIL`, `EU`.
    pub code: String,
    /// How people read it: "Colombia", "Colombia, military".
    pub name: String,
    /// ISO 3166 alpha-3 codes, or PLOVER's codes for international actors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// PLOVER's three letters; any sector where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Ids of the registry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// Folded names, for those the registry does not know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

impl Side {
    /// True where the actor stands on this side.
    pub fn matches(&self, actor: &Actor) -> bool {
        if actor.id.as_ref().is_some_and(|id| self.ids.contains(id)) {
            return true;
        }
        if !self.names.is_empty() && self.names.contains(&name_key(&actor.name)) {
            return true;
        }
        let country = actor.country.as_ref().is_some_and(|country| self.countries.contains(country));
        country && self.sector.as_ref().is_none_or(|sector| has_sector(actor, sector))
    }

    /// True where any of the actors does.
    pub fn matches_any(&self, actors: &[Actor]) -> bool {
        actors.iter().any(|actor| self.matches(actor))
    }

    /// A country by its code, named by its code.
    pub fn country(code: &str) -> Side {
        Side { code: code.into(), name: code.into(), countries: vec![code.into()], ..Side::default() }
    }
}

fn has_sector(actor: &Actor, sector: &str) -> bool {
    actor.sector.as_deref() == Some(sector) || actor.sectors.iter().any(|one| one == sector)
}

/// What words can mean a side: countries, groups and who the registry knows.
#[derive(Debug, Clone)]
pub struct Sides {
    registry: Registry,
    countries: BTreeMap<String, CountryName>,
    groups: BTreeMap<String, Group>,
    sectors: BTreeMap<String, String>,
}

/// How a country is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryName {
    /// In English.
    pub en: String,
    /// In Spanish; the English name where the table has none.
    pub es: String,
}

/// A group of countries.
#[derive(Debug, Clone)]
struct Group {
    code: String,
    name: String,
    id: String,
    own: String,
    members: Vec<String>,
}

/// Words that mean no side.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SideError {
    /// Nothing was given.
    #[error("a side needs a name: a country (COL), a sector of it (COL:MIL), a group (EU), a person")]
    Empty,
    /// The sector is none.
    #[error("`{0}` is no sector; PLOVER's are GOV, MIL, LEG, OPP, REB and the like")]
    Sector(String),
    /// The part before the sector is no country or group.
    #[error("`{0}` is no country or group, so it can have no sector")]
    Country(String),
    /// Longer than any name.
    #[error("a side of {0} letters; names have at most 100")]
    Long(usize),
}

/// No name of a side is longer, in letters.
const LONGEST: usize = 100;

impl Sides {
    /// What the registry and the tables `countries.tsv` and `organisations.tsv` know; `sectors` are
    /// PLOVER's codes with what they mean.
    pub fn new(registry: Registry, countries: &str, organisations: &str, sectors: &[(&str, &str)]) -> Sides {
        let countries = rows(countries)
            .filter_map(|row| {
                let code = row.get("id").filter(|code| !code.is_empty())?;
                let en = row.get("name").copied().unwrap_or(code).to_owned();
                let es = row.get("names_es").and_then(|names| names.split('|').next());
                let es = es.filter(|name| !name.is_empty()).unwrap_or(&en).to_owned();
                Some(((*code).to_owned(), CountryName { en, es }))
            })
            .collect();
        let mut groups = BTreeMap::new();
        for row in rows(organisations) {
            let field = |name: &str| row.get(name).copied().unwrap_or("");
            let members: Vec<String> =
                field("members").split(';').filter(|code| !code.is_empty()).map(str::to_owned).collect();
            if members.is_empty() {
                continue;
            }
            let short = field("names").split('|').find(|name| is_short(name));
            let code = short.unwrap_or_else(|| field("name")).to_owned();
            let (name, id, own) =
                (field("name").to_owned(), field("id").to_owned(), field("country").to_owned());
            for known in field("names").split('|').chain([field("name")]) {
                let group = Group {
                    code: code.clone(),
                    name: name.clone(),
                    id: id.clone(),
                    own: own.clone(),
                    members: members.clone(),
                };
                groups.entry(name_key(known)).or_insert(group);
            }
        }
        let sectors = sectors.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
        Sides { registry, countries, groups, sectors }
    }

    /// The side that the words mean. A name nobody knows is taken as it is: generic actors and people
    /// outside the registry have names too.
    ///
    /// # Errors
    /// No words, or a sector that is none.
    pub fn parse(&self, words: &str) -> Result<Side, SideError> {
        let words = words.trim();
        if words.is_empty() {
            return Err(SideError::Empty);
        }
        let letters = words.chars().count();
        if letters > LONGEST {
            return Err(SideError::Long(letters));
        }
        if let Some((country, sector)) = words.split_once([':', '/']) {
            let sector = sector.trim().to_uppercase();
            let Some(meaning) = self.sectors.get(&sector) else { return Err(SideError::Sector(sector)) };
            let Some(mut side) = self.country_or_group(country.trim()) else {
                return Err(SideError::Country(country.into()));
            };
            side.code = format!("{}:{sector}", side.code);
            side.name = format!("{}, {}", side.name, meaning.split(':').next().unwrap_or(meaning));
            side.sector = Some(sector);
            side.ids.clear();
            return Ok(side);
        }
        if let Some(side) = self.country_or_group(words) {
            return Ok(side);
        }
        Ok(self.someone(words))
    }

    /// How a country is called; none for codes that are no country's.
    pub fn country_name(&self, code: &str) -> Option<&CountryName> {
        self.countries.get(code)
    }

    /// All countries, by code.
    pub fn countries(&self) -> impl Iterator<Item = (&str, &CountryName)> {
        self.countries.iter().map(|(code, name)| (code.as_str(), name))
    }

    /// The registry it was made with.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    fn country_or_group(&self, words: &str) -> Option<Side> {
        let code = words.to_uppercase();
        if let Some(name) = self.countries.get(&code) {
            return Some(Side { name: name.en.clone(), ..Side::country(&code) });
        }
        if let Some(group) = self.groups.get(&name_key(words)) {
            let mut countries = group.members.clone();
            // EUR stands for the European Union's own bodies; IGO and UNO for many organisations.
            if group.own == "EUR" {
                countries.push("EUR".into());
            }
            return Some(Side {
                code: group.code.clone(),
                name: group.name.clone(),
                countries,
                sector: None,
                ids: vec![group.id.clone()],
                names: Vec::new(),
            });
        }
        let known = self.registry.who(words, None);
        let country = known.iter().find(|one| one.kind == "country")?;
        let code = country.entity.country.clone().or_else(|| country.entity.id.clone())?;
        let name =
            self.countries.get(&code).map_or_else(|| country.entity.name.clone(), |name| name.en.clone());
        Some(Side { name, ..Side::country(&code) })
    }

    /// A person or organisation, known or not.
    fn someone(&self, words: &str) -> Side {
        let known = self.registry.who(words, None);
        let (name, ids) = match known.first() {
            Some(first) => (first.entity.name.clone(), first.entity.id.clone().into_iter().collect()),
            None => (words.to_owned(), Vec::new()),
        };
        let names = vec![name_key(&name)];
        Side { code: name.clone(), name, countries: Vec::new(), sector: None, ids, names }
    }
}

/// An abbreviation: all letters are capitals.
fn is_short(name: &str) -> bool {
    (2..=8).contains(&name.len()) && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '-')
}

/// The rows of a table of `data/`, each by column name.
fn rows(table: &str) -> impl Iterator<Item = BTreeMap<&str, &str>> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let head: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    lines.map(move |line| head.iter().copied().zip(line.split('\t')).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use attache_code::entity::Tables;

    const COUNTRIES: &str = "id\tname\tcow\tiso2\tnames\tdemonyms\tadjectives\tcapital\tcapital_names\tmetonyms\tregion\tnames_es\tsource\n\
        COL\tColombia\t\t\tColombia\t\tColombian\t\t\t\t\tColombia\t\n\
        USA\tUnited States\t\t\tUnited States|U.S.\t\tAmerican\t\t\t\t\tEstados Unidos\t\n\
        CAN\tCanada\t\t\tCanada\t\t\t\t\t\t\tCanadá\t\n";
    const ORGANISATIONS: &str = "# a note\nid\tname\tnames\tcountry\tsector\tsectors\tmembers\tstart\tend\tkind\tgrade\tsource\n\
        o.INT.andean\tAndean Community\tAndean Community|CAN\tIGO\tIGO\tIGO\tCOL;PER\t\t\tigo\t\t\n\
        o.INT.eu\tEuropean Union\tEuropean Union|EU\tEUR\tEUR\tEUR\tESP;FRA\t\t\tigo\t\t\n";

    fn sides() -> Sides {
        let tables = Tables { countries: COUNTRIES, ..Tables::default() };
        let registry = Registry::from_tables(&tables).unwrap_or_else(|error| panic!("{error}"));
        Sides::new(registry, COUNTRIES, ORGANISATIONS, &[("MIL", "military: armed forces of a state")])
    }

    fn actor(name: &str, country: &str, sector: &str) -> Actor {
        Actor {
            name: name.into(),
            id: None,
            country: Some(country.into()),
            sector: Some(sector.into()),
            sectors: vec![sector.into()],
            role: None,
            text: name.into(),
            span: (0..1).into(),
        }
    }

    #[test]
    fn words_mean_sides() {
        let sides = sides();
        let parse = |words: &str| sides.parse(words).unwrap();
        assert_eq!(parse("col").countries, ["COL"]);
        assert_eq!(parse("United States").code, "USA");
        assert_eq!(parse("U.S.").code, "USA");
        assert_eq!(parse("CAN").name, "Canada");
        assert_eq!(parse("andean community").countries, ["COL", "PER"]);
        assert_eq!(parse("EU").countries, ["ESP", "FRA", "EUR"]);
        assert_eq!(
            (parse("COL:mil").name.as_str(), parse("COL/MIL").code.as_str()),
            ("Colombia, military", "COL:MIL")
        );
        assert_eq!(parse("Ana Pérez").names, ["ana perez"]);
        assert_eq!(sides.parse("COL:XXX"), Err(SideError::Sector("XXX".into())));
        assert!(sides.parse("Nowhere:MIL").is_err() && sides.parse(" ").is_err());
        assert!(sides.parse(&"x".repeat(300)).is_err());
    }

    #[test]
    fn actors_stand_on_sides() {
        let sides = sides();
        let general = actor("General Ana Pérez", "COL", "MIL");
        assert!(sides.parse("COL").unwrap().matches(&general));
        assert!(sides.parse("COL:MIL").unwrap().matches(&general));
        assert!(sides.parse("Andean Community").unwrap().matches(&general));
        assert!(!sides.parse("EU").unwrap().matches(&general));
        assert!(!sides.parse("COL:MIL").unwrap().matches(&actor("x", "COL", "GOV")));
        assert!(sides.parse("general ana perez").unwrap().matches(&general));
    }
}
