//! The places Attaché knows, by name.

use super::PlaceError;
use super::key::Key;
use super::table::Table;
use super::words::PlaceWords;
use std::collections::HashMap;
use std::ops::Range;

/// What sort of place a row is, the finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A building, strait, strip: anything with a name of its own that is no town.
    Facility,
    City,
    Capital,
    Region,
    Country,
    /// No place: an adjective or demonym, which only tells of a country.
    Demonym,
}

/// A place; its words lie in the gazetteer's one buffer.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub sort: Sort,
    name: Range<u32>,
    city: Range<u32>,
    admin1: Range<u32>,
    country: [u8; 3],
    pub lat: f64,
    pub lon: f64,
    pub population: u32,
    pub geonameid: Option<u32>,
}

/// Places by name. Loaded once, read by all threads.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    words: String,
    sites: Vec<Site>,
    /// Sorted by key; a site stands under each of its names. The flag: an abbreviation, so capitals only.
    names: Vec<(Key, u32, bool)>,
}

impl Gazetteer {
    /// A gazetteer from the texts of four tables, columns by name: `data/places/places.tsv`,
    /// `facilities.tsv`, `admin1.tsv`, and the countries with their names, `data/entities/countries.tsv`.
    /// Countries and large regions stand at the middle that `data/toponyms/centres.tsv` gives, other
    /// countries at their capital (`feature` PPLC among the places).
    ///
    /// # Errors
    /// Where a column is missing or a row has no usable coordinates, with table and line.
    pub fn from_tables(
        places: &str,
        facilities: &str,
        admin1: &str,
        countries: &str,
    ) -> Result<Gazetteer, PlaceError> {
        let mut gazetteer = Gazetteer::default();
        gazetteer.words.reserve(places.len() / 2);
        gazetteer.load(&Table::new("places.tsv", places), None)?;
        gazetteer.load(&Table::new("facilities.tsv", facilities), Some(Sort::Facility))?;
        gazetteer.load_regions(&Table::new("admin1.tsv", admin1))?;
        gazetteer.load_countries(&Table::new("countries.tsv", countries))?;
        gazetteer
            .centre(&Table::new("centres.tsv", include_str!("../../../../data/toponyms/centres.tsv")))?;
        gazetteer.names.sort_unstable();
        gazetteer.names.dedup();
        Ok(gazetteer)
    }

    fn load(&mut self, table: &Table<'_>, sort: Option<Sort>) -> Result<(), PlaceError> {
        let columns =
            ["geonameid", "name", "alternates", "country", "admin1", "lat", "lon", "population", "feature"];
        let mut at = [0; 9];
        for (place, column) in at.iter_mut().zip(columns) {
            *place = table.column(column)?;
        }
        let [geonameid, name, alternates, country, admin1, lat, lon, population, feature] = at;
        let city = table.column("city").ok();
        for (line, row) in table.rows() {
            let (Some(lat), Some(lon)) = (row.number(lat), row.number(lon)) else {
                return Err(table.error(line, "no coordinates"));
            };
            let sort = sort.unwrap_or(if row.cell(feature) == "PPLC" { Sort::Capital } else { Sort::City });
            let name = row.cell(name);
            let site = Site {
                sort,
                name: self.keep(name),
                city: match (city, sort) {
                    (Some(city), _) => self.keep(row.cell(city)),
                    (None, _) => 0..0,
                },
                admin1: self.keep(row.cell(admin1)),
                country: code(row.cell(country)),
                lat,
                lon,
                population: row.number(population).unwrap_or(0),
                geonameid: row.number(geonameid),
            };
            self.add(site, [name].into_iter().chain(row.cell(alternates).split('|')));
        }
        Ok(())
    }

    fn load_regions(&mut self, table: &Table<'_>) -> Result<(), PlaceError> {
        let (name, country) = (table.column("name")?, table.column("country")?);
        let (lat, lon) = (table.column("lat")?, table.column("lon")?);
        let population = table.column("population").ok();
        for (_, row) in table.rows() {
            // A region without a town has no point, and nothing to say where it is.
            let (Some(lat), Some(lon)) = (row.number(lat), row.number(lon)) else { continue };
            let name = row.cell(name);
            let kept = self.keep(name);
            let site = Site {
                sort: Sort::Region,
                name: kept.clone(),
                city: 0..0,
                admin1: kept,
                country: code(row.cell(country)),
                lat,
                lon,
                population: population.and_then(|p| row.number(p)).unwrap_or(0),
                geonameid: None,
            };
            self.add(site, [name, short_region(name)].into_iter());
        }
        Ok(())
    }

    fn load_countries(&mut self, table: &Table<'_>) -> Result<(), PlaceError> {
        let (id, name, names) = (table.column("id")?, table.column("name")?, table.column("names")?);
        let (demonyms, adjectives) = (table.column("demonyms")?, table.column("adjectives")?);
        for (_, row) in table.rows() {
            let country = code(row.cell(id));
            let capital =
                self.sites.iter().find(|site| site.sort == Sort::Capital && site.country == country);
            let (lat, lon) = capital.map_or((f64::NAN, f64::NAN), |site| (site.lat, site.lon));
            let kept = self.keep(row.cell(name));
            let site = Site {
                sort: Sort::Country,
                name: kept,
                city: 0..0,
                admin1: 0..0,
                country,
                lat,
                lon,
                population: 0,
                geonameid: None,
            };
            self.add(site.clone(), [row.cell(name)].into_iter().chain(row.cell(names).split('|')));
            let words = row.cell(demonyms).split('|').chain(row.cell(adjectives).split('|'));
            self.add(Site { sort: Sort::Demonym, ..site }, words);
        }
        Ok(())
    }

    /// Moves countries and regions to their middle.
    fn centre(&mut self, table: &Table<'_>) -> Result<(), PlaceError> {
        let (country, region) = (table.column("country")?, table.column("region")?);
        let (lat, lon) = (table.column("lat")?, table.column("lon")?);
        let mut centres = HashMap::new();
        for (line, row) in table.rows() {
            let (Some(lat), Some(lon)) = (row.number::<f64>(lat), row.number::<f64>(lon)) else {
                return Err(table.error(line, "no coordinates"));
            };
            centres.insert((code(row.cell(country)), row.cell(region)), (lat, lon));
        }
        let words = &self.words;
        for site in self.sites.iter_mut().filter(|site| matches!(site.sort, Sort::Country | Sort::Region)) {
            let region = words.get(site.admin1.start as usize..site.admin1.end as usize).unwrap_or("");
            if let Some((lat, lon)) = centres.get(&(site.country, region)) {
                (site.lat, site.lon) = (*lat, *lon);
            }
        }
        Ok(())
    }

    fn keep(&mut self, words: &str) -> Range<u32> {
        let start = self.words.len();
        self.words.push_str(words);
        let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        at(start)..at(self.words.len())
    }

    fn add<'n>(&mut self, site: Site, names: impl Iterator<Item = &'n str>) {
        let Ok(index) = u32::try_from(self.sites.len()) else { return };
        for name in names.filter(|name| !name.is_empty()) {
            let letters = || name.chars().filter(|c| c.is_alphabetic());
            let short = letters().count() <= 4 && letters().all(char::is_uppercase);
            self.names.push((Key::of(name), index, short));
        }
        self.sites.push(site);
    }

    /// The sites of a name. `capitals`: the words are written in capitals, as abbreviations are.
    pub(super) fn sites(&self, key: Key, capitals: bool) -> impl Iterator<Item = &Site> {
        let start = self.names.partition_point(|(known, ..)| *known < key);
        let same = self.names.get(start..).unwrap_or(&[]).iter().take_while(move |(known, ..)| *known == key);
        same.filter(move |(_, _, short)| capitals || !short)
            .filter_map(|(_, i, _)| self.sites.get(*i as usize))
    }

    fn word(&self, range: &Range<u32>) -> Option<String> {
        let words = self.words.get(range.start as usize..range.end as usize)?;
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// The record of a site as named by `text` at `span`.
    pub(super) fn place(&self, site: &Site, text: String, span: attache_text::Span) -> crate::record::Place {
        let name = self.word(&site.name).unwrap_or_default();
        let city = match site.sort {
            Sort::City | Sort::Capital => Some(name.clone()),
            _ => self.word(&site.city),
        };
        let located = site.lat.is_finite() && site.lon.is_finite();
        crate::record::Place {
            city,
            admin1: self.word(&site.admin1),
            country: Some(site.country()).filter(|code| !code.is_empty()),
            lat: located.then_some(site.lat),
            lon: located.then_some(site.lon),
            geonameid: site.geonameid.map(u64::from),
            name,
            text,
            span,
        }
    }

    /// True where both lie in one region of one country.
    pub(super) fn same_region(&self, site: &Site, region: &Site) -> bool {
        let word = |range: &Range<u32>| self.words.get(range.start as usize..range.end as usize);
        site.country == region.country && word(&site.admin1) == word(&region.admin1)
    }
}

impl Site {
    /// ISO 3166 alpha-3 code; empty where none is given.
    pub fn country(&self) -> String {
        String::from_utf8_lossy(&self.country).trim_end_matches('\0').to_owned()
    }

    /// True where both lie in one country.
    pub fn same_country(&self, other: &Site) -> bool {
        self.country == other.country
    }

    /// True where it lies in the country of that code.
    pub fn is_in(&self, country: &str) -> bool {
        self.country == code(country)
    }

    /// Kilometres between the two, on a sphere; infinite where one has no coordinates.
    pub fn distance(&self, other: &Site) -> f64 {
        const EARTH: f64 = 6371.0;
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let (dy, dx) = ((b - a) / 2.0, (other.lon - self.lon).to_radians() / 2.0);
        let chord = dy.sin().powi(2) + a.cos() * b.cos() * dx.sin().powi(2);
        let distance = 2.0 * EARTH * chord.sqrt().min(1.0).asin();
        if distance.is_nan() { f64::INFINITY } else { distance }
    }
}

fn code(country: &str) -> [u8; 3] {
    let mut code = [0; 3];
    for (to, from) in code.iter_mut().zip(country.bytes().filter(u8::is_ascii)) {
        *to = from;
    }
    code
}

/// "Santander Department" is called Santander as well, "Republic of Crimea" Crimea.
fn short_region(name: &str) -> &str {
    const ENDS: [&str; 16] = [
        " Department",
        " Province",
        " Region",
        " Governorate",
        " Oblast",
        " State",
        " County",
        " District",
        " Prefecture",
        " Krai",
        " Republic",
        " Voivodeship",
        " Emirate",
        " Division",
        " Parish",
        " Municipality",
    ];
    const STARTS: [&str; 5] =
        ["State of ", "Province of ", "Republic of ", "Departamento de ", "Provincia de "];
    let ends = ENDS.iter().find_map(|end| name.strip_suffix(end));
    let short = ends.or_else(|| STARTS.iter().find_map(|start| name.strip_prefix(start))).unwrap_or(name);
    // "North Governorate" is never called North.
    if PlaceWords::english().never.contains(&short.to_lowercase()) { name } else { short }
}
