//! The places Attaché knows, by name.

use super::PlaceError;
use super::key::Key;
use super::pack::{Pack, Packer};
use super::site::{Site, Sort, code};
use super::table::Table;
use super::words::PlaceWords;
use std::borrow::Cow;
use std::collections::HashMap;

/// Where countries and large regions are said to be.
const CENTRES: &str = include_str!("../../../../data/toponyms/centres.tsv");
/// Continents, seas, rivers, mountains.
const FEATURES: &str = include_str!("../../../../data/toponyms/features.tsv");

/// Places by name. Loaded once, read by all threads.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    /// Towns and regions, packed ahead; facilities, features and countries, packed as they are loaded.
    packs: [Pack; 2],
}

/// The small tables of a gazetteer as text, columns by name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables<'a> {
    /// `data/places/facilities.tsv`.
    pub facilities: &'a str,
    /// `data/entities/countries.tsv`: names, demonyms and adjectives.
    pub countries: &'a str,
    /// `data/places/countries.tsv`: the point of a country that `data/toponyms/centres.tsv` does not have.
    pub points: &'a str,
}

impl Gazetteer {
    /// A gazetteer from the block that [`Gazetteer::pack`] made and the small tables.
    ///
    /// # Errors
    /// Where the block is none, a column is missing or a row has no usable coordinates, with table and line.
    pub fn new(packed: Cow<'static, [u8]>, tables: &Tables<'_>) -> Result<Gazetteer, PlaceError> {
        let packed = Pack::new(packed).ok_or(PlaceError::Packed)?;
        let mut packer = Packer::default();
        let facilities = Table::new("facilities.tsv", tables.facilities);
        each_place(&facilities, |site, names| packer.add(&Site { sort: Sort::Facility, ..site }, names))?;
        features(&mut packer)?;
        countries(&mut packer, tables)?;
        let small = Pack::new(packer.finish().into()).ok_or(PlaceError::Packed)?;
        Ok(Gazetteer { packs: [packed, small] })
    }

    /// The block of towns and regions from the texts of `places.tsv`, `admin1.tsv` and `admin2.tsv` in
    /// `data/places`. The same texts give the same bytes.
    ///
    /// # Errors
    /// Where a column is missing or a row has no usable coordinates, with table and line.
    pub fn pack(places: &str, admin1: &str, admin2: &str) -> Result<Vec<u8>, PlaceError> {
        let mut packer = Packer::default();
        each_place(&Table::new("places.tsv", places), |site, names| packer.add(&site, names))?;
        regions(&mut packer, &Table::new("admin1.tsv", admin1), Sort::Region)?;
        regions(&mut packer, &Table::new("admin2.tsv", admin2), Sort::County)?;
        Ok(packer.finish())
    }

    /// How many places it holds; demonyms count as places here.
    pub fn len(&self) -> usize {
        self.packs.iter().map(Pack::len).sum()
    }

    /// True where it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sites of a name. `capitals`: the words are written in capitals, as abbreviations are.
    pub(super) fn sites(&self, key: Key, capitals: bool) -> impl Iterator<Item = Site<'_>> {
        self.packs.iter().flat_map(move |pack| pack.find(key, capitals))
    }
}

/// Calls `add` with each row of a table of towns or facilities and its names.
fn each_place<'t>(
    table: &Table<'t>,
    mut add: impl FnMut(Site<'t>, Box<dyn Iterator<Item = &'t str> + 't>),
) -> Result<(), PlaceError> {
    let columns =
        ["geonameid", "name", "alternates", "country", "admin1", "lat", "lon", "population", "feature"];
    let mut at = [0; 9];
    for (place, column) in at.iter_mut().zip(columns) {
        *place = table.column(column)?;
    }
    let [geonameid, name, alternates, country, admin1, lat, lon, population, feature] = at;
    let (city, admin2) = (table.column("city").ok(), table.column("admin2").ok());
    for (line, row) in table.rows() {
        let (Some(lat), Some(lon)) = (row.number(lat), row.number(lon)) else {
            return Err(table.error(line, "no coordinates"));
        };
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column));
        let site = Site {
            sort: if row.cell(feature) == "PPLC" { Sort::Capital } else { Sort::City },
            name: row.cell(name),
            city: cell(city),
            admin1: row.cell(admin1),
            admin2: cell(admin2),
            country: code(row.cell(country)),
            lat,
            lon,
            population: row.number(population).unwrap_or(0),
            geonameid: row.number(geonameid),
        };
        add(site, Box::new([site.name].into_iter().chain(row.cell(alternates).split('|'))));
    }
    Ok(())
}

fn regions(packer: &mut Packer, table: &Table<'_>, sort: Sort) -> Result<(), PlaceError> {
    let (name, country) = (table.column("name")?, table.column("country")?);
    let (lat, lon) = (table.column("lat")?, table.column("lon")?);
    let (population, within) = (table.column("population").ok(), table.column("admin1").ok());
    let centres = centres()?;
    for (line, row) in table.rows() {
        let (Some(lat), Some(lon)) = (row.number(lat), row.number(lon)) else {
            return Err(table.error(line, "no coordinates"));
        };
        let (name, country) = (row.cell(name), code(row.cell(country)));
        let (lat, lon) = centres.get(&(country, name)).copied().unwrap_or((lat, lon));
        let county = sort == Sort::County;
        let site = Site {
            sort,
            name,
            city: "",
            admin1: within.map_or(name, |column| row.cell(column)),
            admin2: if county { name } else { "" },
            country,
            lat,
            lon,
            population: population.and_then(|p| row.number(p)).unwrap_or(0),
            geonameid: None,
        };
        packer.add(&site, [name, short_region(name)].into_iter());
    }
    Ok(())
}

fn features(packer: &mut Packer) -> Result<(), PlaceError> {
    let table = Table::new("features.tsv", FEATURES);
    let (name, alternates) = (table.column("name")?, table.column("alternates")?);
    let (country, lat, lon) = (table.column("country")?, table.column("lat")?, table.column("lon")?);
    for (line, row) in table.rows() {
        let (Some(lat), Some(lon)) = (row.number(lat), row.number(lon)) else {
            return Err(table.error(line, "no coordinates"));
        };
        let site = Site {
            sort: if row.cell(country).is_empty() { Sort::Wide } else { Sort::Facility },
            name: row.cell(name),
            city: "",
            admin1: "",
            admin2: "",
            country: code(row.cell(country)),
            lat,
            lon,
            population: 0,
            geonameid: None,
        };
        packer.add(&site, [site.name].into_iter().chain(row.cell(alternates).split('|')));
    }
    Ok(())
}

fn countries(packer: &mut Packer, tables: &Tables<'_>) -> Result<(), PlaceError> {
    let points = Table::new("countries.tsv", tables.points);
    let (id, lat, lon) = (points.column("id")?, points.column("lat")?, points.column("lon")?);
    let capitals: HashMap<[u8; 3], (f64, f64)> = points
        .rows()
        .filter_map(|(_, row)| Some((code(row.cell(id)), (row.number(lat)?, row.number(lon)?))))
        .collect();
    let centres = centres()?;
    let table = Table::new("countries.tsv", tables.countries);
    let (id, name, names) = (table.column("id")?, table.column("name")?, table.column("names")?);
    let (demonyms, adjectives) = (table.column("demonyms")?, table.column("adjectives")?);
    for (_, row) in table.rows() {
        let country = code(row.cell(id));
        let point = centres.get(&(country, "")).or_else(|| capitals.get(&country));
        let (lat, lon) = point.copied().unwrap_or((f64::NAN, f64::NAN));
        let site = Site {
            sort: Sort::Country,
            name: row.cell(name),
            city: "",
            admin1: "",
            admin2: "",
            country,
            lat,
            lon,
            population: 0,
            geonameid: None,
        };
        packer.add(&site, [site.name].into_iter().chain(row.cell(names).split('|')));
        let words = row.cell(demonyms).split('|').chain(row.cell(adjectives).split('|'));
        packer.add(&Site { sort: Sort::Demonym, ..site }, words);
    }
    Ok(())
}

/// Latitude and longitude of a region's centre, by country and name.
type Centres = HashMap<([u8; 3], &'static str), (f64, f64)>;

/// Middles by country and region; the region is empty for the country itself.
fn centres() -> Result<Centres, PlaceError> {
    let table = Table::new("centres.tsv", CENTRES);
    let (country, region) = (table.column("country")?, table.column("region")?);
    let (lat, lon) = (table.column("lat")?, table.column("lon")?);
    let mut centres = HashMap::new();
    for (line, row) in table.rows() {
        let (Some(lat), Some(lon)) = (row.number::<f64>(lat), row.number::<f64>(lon)) else {
            return Err(table.error(line, "no coordinates"));
        };
        centres.insert((code(row.cell(country)), row.cell(region)), (lat, lon));
    }
    Ok(centres)
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
    const STARTS: [&str; 6] =
        ["State of ", "Province of ", "Republic of ", "Departamento de ", "Provincia de ", "County "];
    let ends = ENDS.iter().find_map(|end| name.strip_suffix(end));
    let short = ends.or_else(|| STARTS.iter().find_map(|start| name.strip_prefix(start))).unwrap_or(name);
    // "North Governorate" is never called North.
    if PlaceWords::english().never.contains(&short.to_lowercase()) { name } else { short }
}
