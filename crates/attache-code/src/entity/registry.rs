//! The registry: every country, person, office, organisation and agent noun the program knows, loaded
//! once from its tables and never changed.

use super::dictionary::UserActor;
use super::names::{NameIndex, key, words};
use super::table::{RegistryError, Row, Table};
use jiff::civil::Date;
use std::collections::HashMap;

/// The text of the registry's tables (`data/entities/*.tsv`).
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables<'a> {
    /// Countries: codes, names, demonyms, adjectives, capitals.
    pub countries: &'a str,
    /// Dependencies and the country each is folded into.
    pub dependencies: &'a str,
    /// Partially recognised entities and their nominal sovereign (sector PRE).
    pub unrecognised: &'a str,
    /// Former states and names, with the successor's code.
    pub former: &'a str,
    /// People, one row per office term.
    pub people: &'a str,
    /// Offices and how English names them.
    pub offices: &'a str,
    /// Common nouns that give a sector.
    pub agents: &'a str,
    /// Organisations.
    pub organisations: &'a str,
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Country {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) source: String,
}

/// A person and all terms known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) terms: Vec<Term>,
}

/// One office held for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The office's key (`foreign-minister`); empty where the row gives none.
    pub office: String,
    /// Country or international code it was held for.
    pub country: Option<String>,
    /// Sectors, the primary one first.
    pub sectors: Vec<String>,
    /// First day it may have been held; none where unknown.
    pub start: Option<Date>,
    /// Last day it may have been held; none where unknown or not over.
    pub end: Option<Date>,
    /// `public-domain` or `general-knowledge`.
    pub grade: String,
    /// Where the row came from.
    pub source: String,
}

impl Term {
    /// True where the term can have covered the day.
    pub fn covers(&self, day: Date) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day <= end)
    }

    /// True where the term was over on the day.
    pub fn is_over(&self, day: Date) -> bool {
        self.end.is_some_and(|end| end < day)
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) kind: String,
    pub(crate) grade: String,
    pub(crate) source: String,
}

/// An office and its sectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Office {
    pub(crate) key: String,
    pub(crate) titles: Vec<String>,
    pub(crate) sectors: Vec<String>,
    /// True for the head of a state or government.
    pub(crate) head: bool,
    /// True where one person holds it at a time.
    pub(crate) single: bool,
}

impl Office {
    /// The office in words: "foreign minister".
    pub(crate) fn role(&self) -> String {
        role_of(&self.key)
    }

    /// The office as a text names it, where many kinds share the key ("general", "special envoy"); an
    /// abbreviation is written out.
    pub(crate) fn role_as(&self, title: &str) -> String {
        let abbreviated = |known: &&String| known.contains('.') && key(known) == title;
        match (self.single, self.titles.iter().find(abbreviated), self.titles.first()) {
            (true, _, _) => self.role(),
            (false, Some(_), Some(first)) => first.clone(),
            (false, _, _) => title.to_string(),
        }
    }
}

/// An office key in words.
pub(crate) fn role_of(key: &str) -> String {
    key.replace('-', " ").replace("president elect", "president-elect")
}

/// What an agent noun means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AgentKind {
    Person,
    Group,
    Institution,
}

/// A common noun that gives a sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Agent {
    pub(crate) noun: String,
    pub(crate) sectors: Vec<String>,
    pub(crate) kind: AgentKind,
}

/// What a proper name can mean; numbers are rows of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    Country(usize),
    /// A noun for its people.
    People(usize),
    /// An adjective.
    Nationality(usize),
    Capital(usize),
    /// A seat of power that stands for the government.
    Seat(usize),
    /// A partially recognised entity of this country.
    Unrecognised(usize),
    Person(usize),
    Organisation(usize),
    /// An actor of a user's dictionary.
    User(usize),
}

/// What a common noun can mean; numbers are rows of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    Office(usize),
    Agent(usize),
}

/// Countries, people, offices, organisations and agents: immutable once loaded.
#[derive(Debug, Clone)]
pub struct Registry {
    pub(crate) countries: Vec<Country>,
    pub(crate) people: Vec<Person>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) offices: Vec<Office>,
    pub(crate) agents: Vec<Agent>,
    /// Actors of users' dictionaries.
    pub(crate) users: Vec<UserActor>,
    /// Proper names.
    pub(crate) names: NameIndex<Sense>,
    /// Titles and agent nouns, by folded words.
    pub(crate) nouns: HashMap<String, Vec<Noun>>,
    /// Number of words of the longest title or agent noun by its first word.
    pub(crate) noun_lengths: HashMap<String, usize>,
    /// People by folded last word of a name, and by names of one word.
    pub(crate) surnames: HashMap<String, Vec<usize>>,
    codes: HashMap<String, usize>,
}

impl Registry {
    /// Loads the registry.
    ///
    /// # Errors
    /// A table without a needed column, a row without a needed cell, a date that is none, a country
    /// code no country has, or an id twice: the error names table, line and column.
    pub fn from_tables(tables: &Tables<'_>) -> Result<Registry, RegistryError> {
        let mut registry = Registry {
            countries: Vec::new(),
            people: Vec::new(),
            organisations: Vec::new(),
            offices: Vec::new(),
            agents: Vec::new(),
            users: Vec::new(),
            names: NameIndex::new(),
            nouns: HashMap::new(),
            noun_lengths: HashMap::new(),
            surnames: HashMap::new(),
            codes: HashMap::new(),
        };
        registry.load_countries(tables.countries)?;
        registry.load_parts("dependencies", tables.dependencies, "owner", Sense::Country)?;
        registry.load_parts("unrecognised", tables.unrecognised, "sovereign", Sense::Unrecognised)?;
        registry.load_parts("former", tables.former, "successor", Sense::Country)?;
        registry.load_offices(tables.offices)?;
        registry.load_agents(tables.agents)?;
        registry.load_organisations(tables.organisations)?;
        registry.load_people(tables.people)?;
        Ok(registry)
    }

    /// The country of an alpha-3 code.
    pub(crate) fn country(&self, code: &str) -> Option<&Country> {
        self.codes.get(code).and_then(|&row| self.countries.get(row))
    }

    /// The office of a key.
    pub(crate) fn office(&self, key: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.key == key)
    }

    fn load_countries(&mut self, text: &str) -> Result<(), RegistryError> {
        let table = Table::new("countries", text, &["id", "name"])?;
        for row in table.rows() {
            let (id, name) = (row.need("id")?.to_string(), row.need("name")?.to_string());
            let at = self.countries.len();
            if self.codes.insert(id.clone(), at).is_some() {
                return Err(row.error("id", format!("\"{id}\" stands twice")));
            }
            self.names.add(&name, Sense::Country(at));
            row.list("names").for_each(|name| self.names.add(name, Sense::Country(at)));
            row.list("capital")
                .chain(row.list("capital_names"))
                .for_each(|name| self.names.add(name, Sense::Capital(at)));
            row.list("metonyms").for_each(|name| self.names.add(name, Sense::Seat(at)));
            self.add_people_words(&row, at);
            let (region, source) = (row.get("region").to_string(), row.get("source").to_string());
            self.countries.push(Country { id, name, region, source });
        }
        Ok(())
    }

    fn add_people_words(&mut self, row: &Row<'_>, country: usize) {
        row.list("adjectives").for_each(|word| self.names.add(word, Sense::Nationality(country)));
        for demonym in row.list("demonyms") {
            self.names.add(demonym, Sense::People(country));
            if let Some(plural) = plural_demonym(demonym) {
                self.names.add(&plural, Sense::People(country));
            }
        }
    }

    /// Names that belong to a country under another name: dependencies, unrecognised and former states.
    fn load_parts(
        &mut self,
        table: &'static str,
        text: &str,
        owner: &str,
        sense: fn(usize) -> Sense,
    ) -> Result<(), RegistryError> {
        let table = Table::new(table, text, &["name", owner])?;
        for row in table.rows() {
            let code = row.need(owner)?;
            let Some(&country) = self.codes.get(code) else {
                return Err(row.error(owner, format!("\"{code}\" is no country of the registry")));
            };
            self.names.add(row.need("name")?, sense(country));
            row.list("names").for_each(|name| self.names.add(name, sense(country)));
            self.add_people_words(&row, country);
        }
        Ok(())
    }

    fn load_offices(&mut self, text: &str) -> Result<(), RegistryError> {
        let table = Table::new("offices", text, &["office", "titles"])?;
        for row in table.rows() {
            let at = self.offices.len();
            let titles: Vec<String> = row.list("titles").map(str::to_string).collect();
            // "Former" is read from the words, for every office alike.
            for title in
                titles.iter().filter(|title| !title.starts_with("former ") && !title.starts_with("ex-"))
            {
                self.add_noun(title, Noun::Office(at));
            }
            let head = matches!(row.get("head"), "state" | "government");
            let single = row.get("holders") == "one" || head;
            let key = row.need("office")?.to_string();
            self.offices.push(Office { key, titles, sectors: row.sectors(), head, single });
        }
        Ok(())
    }

    fn load_agents(&mut self, text: &str) -> Result<(), RegistryError> {
        let table = Table::new("agents", text, &["noun", "sector"])?;
        for row in table.rows() {
            let at = self.agents.len();
            let noun = row.need("noun")?.to_string();
            self.add_noun(&noun, Noun::Agent(at));
            row.list("plural").for_each(|plural| self.add_noun(plural, Noun::Agent(at)));
            let kind = match row.get("kind") {
                "institution" => AgentKind::Institution,
                "group" => AgentKind::Group,
                _ => AgentKind::Person,
            };
            self.agents.push(Agent { noun, sectors: row.sectors(), kind });
        }
        Ok(())
    }

    fn add_noun(&mut self, noun: &str, sense: Noun) {
        let words = words(noun);
        let Some(first) = words.first() else { return };
        let longest = self.noun_lengths.entry(first.clone()).or_default();
        *longest = words.len().max(*longest);
        let senses = self.nouns.entry(words.join(" ")).or_default();
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }

    /// Lets a noun mean this and nothing else.
    pub(super) fn replace_noun(&mut self, noun: &str, sense: Noun) {
        self.nouns.remove(&words(noun).join(" "));
        self.add_noun(noun, sense);
    }

    fn load_organisations(&mut self, text: &str) -> Result<(), RegistryError> {
        let table = Table::new("organisations", text, &["id", "name"])?;
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for row in table.rows() {
            let at = self.organisations.len();
            let id = row.need("id")?;
            if let Some(line) = seen.insert(id, at) {
                return Err(row.error("id", format!("\"{id}\" stands twice (also as entry {})", line + 1)));
            }
            let name = row.need("name")?.to_string();
            self.names.add(&name, Sense::Organisation(at));
            row.list("names").for_each(|name| self.names.add(name, Sense::Organisation(at)));
            self.organisations.push(Organisation {
                id: id.to_string(),
                name,
                country: code(row.get("country")),
                sectors: row.sectors(),
                kind: row.get("kind").to_string(),
                grade: row.get("grade").to_string(),
                source: row.get("source").to_string(),
            });
        }
        Ok(())
    }

    fn add_person_name(&mut self, name: &str, person: usize) {
        self.names.add(name, Sense::Person(person));
        let key = key(name);
        let last = key.rsplit(' ').next().unwrap_or("").to_string();
        let bearers = self.surnames.entry(last).or_default();
        if !bearers.contains(&person) {
            bearers.push(person);
        }
    }

    fn load_people(&mut self, text: &str) -> Result<(), RegistryError> {
        let table = Table::new("people", text, &["person", "name"])?;
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut named: HashMap<usize, &str> = HashMap::new();
        for row in table.rows() {
            let (id, name) = (row.need("person")?, row.need("name")?);
            let country = code(row.get("country"));
            let at = *known.entry(id).or_insert(self.people.len());
            if at == self.people.len() {
                let (id, name) = (id.to_string(), name.to_string());
                self.people.push(Person { id, name, country: country.clone(), terms: Vec::new() });
            }
            // A person's further terms repeat the names.
            let names = row.get("names");
            if named.insert(at, names) != Some(names) {
                std::iter::once(name)
                    .chain(row.list("names"))
                    .for_each(|name| self.add_person_name(name, at));
            }
            let term = Term {
                office: row.get("office").to_string(),
                country,
                sectors: row.sectors(),
                start: row.first_day("start")?,
                end: row.last_day("end")?,
                grade: row.get("grade").to_string(),
                source: row.get("source").to_string(),
            };
            if let Some(person) = self.people.get_mut(at) {
                person.terms.push(term);
            }
        }
        Ok(())
    }
}

fn code(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_string())
}

/// The plural of a demonym where it has one of its own: "Colombian" → "Colombians", but "Japanese".
fn plural_demonym(demonym: &str) -> Option<String> {
    if let Some(stem) = demonym.strip_suffix("man") {
        let whole = ["Ger", "O", "Ro", "Turk", "Yemeni", "Caym"].contains(&stem);
        return Some(if whole { format!("{demonym}s") } else { format!("{stem}men") });
    }
    let same = ["ese", "ch", "sh", "s", "z"].iter().any(|ending| demonym.ends_with(ending));
    (!same).then(|| format!("{demonym}s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_code_is_told_with_its_place() {
        let tables = Tables {
            countries: "id\tname\nFIN\tFinland\n",
            dependencies: "name\towner\nÅland\tFIN\nBermuda\tGBR\n",
            ..Tables::default()
        };
        let error = Registry::from_tables(&tables).unwrap_err();
        assert_eq!((error.table, error.line, error.column.as_str()), ("dependencies", 3, "owner"));
    }

    #[test]
    fn terms_of_one_person_are_gathered() {
        let people = "person\tname\tcountry\toffice\tsector\tstart\tend\n\
                      p.FIN.a\tAda Virta\tFIN\tminister\tGOV\t2001\t2003-05\n\
                      p.FIN.a\tAda Virta\tFIN\tpresident\tGOV\t2010-01-02\t\n";
        let tables = Tables { countries: "id\tname\nFIN\tFinland\n", people, ..Tables::default() };
        let registry = Registry::from_tables(&tables).unwrap();
        assert_eq!(registry.people.len(), 1);
        assert_eq!(registry.people[0].terms.len(), 2);
        assert!(registry.people[0].terms[0].is_over(jiff::civil::date(2003, 6, 1)));
    }

    #[test]
    fn demonyms_get_their_plurals() {
        assert_eq!(plural_demonym("Peruvian").as_deref(), Some("Peruvians"));
        assert_eq!(plural_demonym("Frenchman").as_deref(), Some("Frenchmen"));
        assert_eq!(plural_demonym("German").as_deref(), Some("Germans"));
        assert_eq!(plural_demonym("Japanese"), None);
    }
}
