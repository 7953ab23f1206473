//! The codes of other schemes: countries, sectors, and CAMEO beside PLOVER.

use attache_code::EventType;
use attache_code::ontology::Ontology;
use std::collections::HashMap;

/// PLOVER's codes that stand in the country's place.
const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

/// The tables the codes are read from, as text.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// `entities/countries.tsv`
    pub countries: &'a str,
    /// `entities/dependencies.tsv`
    pub dependencies: &'a str,
    /// `entities/codes.tsv`
    pub codes: &'a str,
    /// `ontology/sectors.tsv`
    pub sectors: &'a str,
    /// `ontology/crosswalk.tsv`
    pub crosswalk: &'a str,
}

/// A row of a table that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{table}, line {line}: {what}")]
pub struct CodesError {
    table: &'static str,
    line: usize,
    what: String,
}

/// The codes of all schemes.
#[derive(Debug)]
pub struct Codes {
    ontology: Ontology,
    countries: HashMap<String, Country>,
    names: HashMap<String, String>,
    fips: HashMap<String, String>,
    cameo: HashMap<String, String>,
    cow: HashMap<String, String>,
    sectors_in: HashMap<(String, String), Option<String>>,
    sectors_out: HashMap<(String, String), String>,
    crosswalk: HashMap<(EventType, Option<String>), String>,
}

#[derive(Debug, Default)]
struct Country {
    name: String,
    icews: String,
    cow: String,
    fips: String,
    cameo: String,
}

/// The two other schemes of sectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Cameo,
    Icews,
}

impl Scheme {
    fn as_str(self) -> &'static str {
        match self {
            Scheme::Cameo => "cameo",
            Scheme::Icews => "icews",
        }
    }
}

impl Codes {
    /// Reads the tables.
    ///
    /// # Errors
    /// The first row that cannot be used, by table and line.
    pub fn from_tables(tables: &Tables<'_>, ontology: Ontology) -> Result<Codes, CodesError> {
        let mut codes = Codes {
            ontology,
            countries: HashMap::new(),
            names: HashMap::new(),
            fips: HashMap::new(),
            cameo: HashMap::new(),
            cow: HashMap::new(),
            sectors_in: HashMap::new(),
            sectors_out: HashMap::new(),
            crosswalk: HashMap::new(),
        };
        for row in rows("entities/codes.tsv", tables.codes) {
            codes.other_codes(&row?)?;
        }
        for row in rows("entities/countries.tsv", tables.countries) {
            codes.country(&row?)?;
        }
        for row in rows("entities/dependencies.tsv", tables.dependencies) {
            let row = row?;
            let (name, owner) = (row.get("name")?, row.get("owner")?);
            codes.names.entry(key(name)).or_insert_with(|| owner.to_owned());
        }
        for row in rows("ontology/sectors.tsv", tables.sectors) {
            let row = row?;
            let [scheme, code, sector] = [row.get("scheme")?, row.get("code")?, row.get("sector")?];
            let sector = (sector != "-").then(|| sector.to_owned());
            if let Some(sector) = &sector {
                let place = (scheme.to_owned(), sector.clone());
                codes.sectors_out.entry(place).or_insert_with(|| code.to_owned());
            }
            codes.sectors_in.insert((scheme.to_owned(), key(code)), sector);
        }
        for row in rows("ontology/crosswalk.tsv", tables.crosswalk) {
            let row = row?;
            let kind = row.get("type")?;
            let kind =
                EventType::parse(kind).ok_or_else(|| row.error(format!("`{kind}` is not an event type")))?;
            let mode = Some(row.get("mode")?).filter(|mode| *mode != "-").map(str::to_owned);
            codes.crosswalk.insert((kind, mode), row.get("cameo")?.to_owned());
        }
        Ok(codes)
    }

    fn other_codes(&mut self, row: &DataRow<'_>) -> Result<(), CodesError> {
        let id = row.get("id")?.to_owned();
        let cameo = Some(row.get("cameo")?).filter(|code| !code.is_empty()).unwrap_or(&id).to_owned();
        for code in std::iter::once(row.get("fips")?).chain(row.get("fips_also")?.split('|')) {
            if !code.is_empty() {
                self.fips.insert(code.to_owned(), id.clone());
            }
        }
        for code in [cameo.as_str(), id.as_str()].into_iter().chain(row.get("cameo_also")?.split('|')) {
            if !code.is_empty() {
                self.cameo.insert(code.to_owned(), id.clone());
            }
        }
        let country = Country {
            icews: row.get("icews")?.to_owned(),
            fips: row.get("fips")?.to_owned(),
            cameo,
            ..Country::default()
        };
        self.countries.insert(id, country);
        Ok(())
    }

    fn country(&mut self, row: &DataRow<'_>) -> Result<(), CodesError> {
        let (id, name, cow) = (row.get("id")?, row.get("name")?, row.get("cow")?);
        let country = self.countries.entry(id.to_owned()).or_default();
        country.name = name.to_owned();
        country.cow = cow.to_owned();
        if country.icews.is_empty() {
            country.icews = name.to_owned();
        }
        if !cow.is_empty() {
            self.cow.insert(cow.to_owned(), id.to_owned());
        }
        let icews = country.icews.clone();
        let all = [id, name, row.get("iso2")?, &icews];
        for name in all.into_iter().chain(row.get("names")?.split('|')).filter(|name| !name.is_empty()) {
            self.names.insert(key(name), id.to_owned());
        }
        Ok(())
    }

    /// The ontology beside these codes.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The country of a name, an ISO code of two or three letters, or PLOVER's code in a country's place.
    pub fn country_of(&self, name: &str) -> Option<&str> {
        let international = INTERNATIONAL.into_iter().find(|code| *code == name);
        international.or_else(|| self.names.get(&key(name)).map(String::as_str))
    }

    /// The country of a FIPS 10-4 code.
    pub fn country_of_fips(&self, code: &str) -> Option<&str> {
        self.fips.get(code).map(String::as_str)
    }

    /// The country of a Correlates of War number.
    pub fn country_of_cow(&self, number: &str) -> Option<&str> {
        self.cow.get(number).map(String::as_str)
    }

    /// The country of CAMEO's three letters.
    pub fn country_of_cameo(&self, code: &str) -> Option<&str> {
        self.cameo.get(code).map(String::as_str)
    }

    /// A country's English name; empty for what is no country.
    pub fn name(&self, id: &str) -> &str {
        self.countries.get(id).map_or("", |country| &country.name)
    }

    /// A country's name in ICEWS.
    pub fn icews_name(&self, id: &str) -> &str {
        self.countries.get(id).map_or("", |country| &country.icews)
    }

    /// A country's Correlates of War number; empty where it has none.
    pub fn cow(&self, id: &str) -> &str {
        self.countries.get(id).map_or("", |country| &country.cow)
    }

    /// A country's FIPS 10-4 code.
    pub fn fips(&self, id: &str) -> &str {
        self.countries.get(id).map_or("", |country| &country.fips)
    }

    /// A country's three letters in CAMEO; empty for what is no country.
    pub fn cameo_country(&self, id: &str) -> &str {
        self.countries.get(id).map_or("", |country| &country.cameo)
    }

    /// True for PLOVER's codes that stand in the country's place.
    pub fn is_international(code: &str) -> bool {
        INTERNATIONAL.contains(&code)
    }

    /// A sector's name in another scheme.
    pub(crate) fn sector_out(&self, scheme: Scheme, sector: &str) -> Option<&str> {
        self.sectors_out.get(&(scheme.as_str().to_owned(), sector.to_owned())).map(String::as_str)
    }

    /// The sector of a name of another scheme; the inner `None` where no sector answers to it.
    pub(crate) fn sector_in(&self, scheme: Scheme, name: &str) -> Option<Option<&str>> {
        self.sectors_in.get(&(scheme.as_str().to_owned(), key(name))).map(Option::as_deref)
    }

    /// True for a sector PLOVER has.
    pub(crate) fn is_sector(&self, code: &str) -> bool {
        self.ontology.sectors().iter().any(|sector| sector.code == code)
    }

    /// The CAMEO code a type and mode are written as.
    pub fn cameo_of(&self, kind: EventType, mode: Option<&str>) -> &str {
        let code = self.crosswalk.get(&(kind, mode.map(str::to_owned)));
        let code = code.or_else(|| self.crosswalk.get(&(kind, None)));
        code.map_or_else(|| self.ontology.cameo_root(kind), String::as_str)
    }

    /// Type and mode of a CAMEO code: `None` where CAMEO has no such code, an inner `None` where PLOVER has
    /// no type for it.
    #[allow(clippy::type_complexity)] // two answers, one inside the other
    pub fn plover_of(&self, cameo: &str) -> Option<Option<(EventType, Option<&str>)>> {
        let code = self.ontology.cameo(cameo)?;
        Some(code.kind.map(|kind| (kind, code.mode.as_deref())))
    }
}

/// Names are the same in any case and without dots.
fn key(name: &str) -> String {
    name.trim().replace('.', "").to_lowercase()
}

/// A row of a table, by the names of its header.
struct DataRow<'a> {
    table: &'static str,
    line: usize,
    header: Vec<&'a str>,
    cells: Vec<&'a str>,
}

impl<'a> DataRow<'a> {
    fn get(&self, name: &str) -> Result<&'a str, CodesError> {
        let at = self.header.iter().position(|column| *column == name);
        at.map(|at| self.cells.get(at).copied().unwrap_or("").trim())
            .ok_or_else(|| self.error(format!("there is no column {name}")))
    }

    fn error(&self, what: String) -> CodesError {
        CodesError { table: self.table, line: self.line, what }
    }
}

fn rows<'a>(
    table: &'static str,
    text: &'a str,
) -> impl Iterator<Item = Result<DataRow<'a>, CodesError>> + 'a {
    let mut header: Vec<&str> = Vec::new();
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.filter_map(move |(index, line)| {
        let cells: Vec<&str> = line.split('\t').collect();
        if header.is_empty() {
            header = cells;
            return None;
        }
        let row = DataRow { table, line: index + 1, header: header.clone(), cells };
        if row.cells.len() > row.header.len() {
            return Some(Err(row.error("more cells than the header has".into())));
        }
        Some(Ok(row))
    })
}
