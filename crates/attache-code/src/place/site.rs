//! One place of the gazetteer.

use crate::record::Place;
use attache_text::Span;

/// What sort of place a site is, the finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A building, strait, strip: anything with a name of its own that is no town.
    Facility,
    City,
    Capital,
    /// A second-order region: "Walker County".
    County,
    Region,
    Country,
    /// A continent, ocean or other stretch that belongs to no country.
    Wide,
    /// No place: an adjective or demonym, which only tells of a country.
    Demonym,
}

impl Sort {
    const ALL: [Sort; 8] = [
        Sort::Facility,
        Sort::City,
        Sort::Capital,
        Sort::County,
        Sort::Region,
        Sort::Country,
        Sort::Wide,
        Sort::Demonym,
    ];

    pub(super) fn code(self) -> u8 {
        Sort::ALL.iter().position(|sort| *sort == self).and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
    }

    pub(super) fn of_code(code: u8) -> Sort {
        Sort::ALL.get(usize::from(code)).copied().unwrap_or(Sort::Facility)
    }
}

/// A place; its words lie in the gazetteer's tables.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Site<'g> {
    pub sort: Sort,
    pub name: &'g str,
    /// The town a facility lies in; empty for other sorts.
    pub city: &'g str,
    pub admin1: &'g str,
    pub admin2: &'g str,
    pub country: [u8; 3],
    /// Degrees; not a number where no point is known.
    pub lat: f64,
    pub lon: f64,
    pub population: u32,
    pub geonameid: Option<u32>,
}

impl Site<'_> {
    /// ISO 3166 alpha-3 code; empty where none is given.
    pub fn country(&self) -> String {
        String::from_utf8_lossy(&self.country).trim_end_matches('\0').to_owned()
    }

    /// True where both lie in one country.
    pub fn same_country(&self, other: &Site<'_>) -> bool {
        self.country == other.country
    }

    /// True where both lie in one region of one country.
    pub fn same_region(&self, other: &Site<'_>) -> bool {
        self.country == other.country && self.admin1 == other.admin1 && !self.admin1.is_empty()
    }

    /// The record of this site as named by `text` at `span`.
    pub fn place(&self, text: String, span: Span) -> Place {
        let word = |word: &str| (!word.is_empty()).then(|| word.to_owned());
        let located = self.lat.is_finite() && self.lon.is_finite();
        Place {
            name: self.name.to_owned(),
            city: word(if matches!(self.sort, Sort::City | Sort::Capital) { self.name } else { self.city }),
            admin1: word(self.admin1),
            country: word(&self.country()),
            lat: located.then_some(self.lat),
            lon: located.then_some(self.lon),
            geonameid: self.geonameid.map(u64::from),
            text,
            span,
        }
    }

    /// Kilometres between the two, on a sphere; infinite where one has no coordinates.
    pub fn distance(&self, other: &Site<'_>) -> f64 {
        const EARTH: f64 = 6371.0;
        let (a, b) = (self.lat.to_radians(), other.lat.to_radians());
        let (dy, dx) = ((b - a) / 2.0, (other.lon - self.lon).to_radians() / 2.0);
        let chord = dy.sin().powi(2) + a.cos() * b.cos() * dx.sin().powi(2);
        let distance = 2.0 * EARTH * chord.sqrt().min(1.0).asin();
        if distance.is_nan() { f64::INFINITY } else { distance }
    }
}

/// A country's code in three bytes, cut or filled.
pub(super) fn code(country: &str) -> [u8; 3] {
    let mut code = [0; 3];
    for (to, from) in code.iter_mut().zip(country.bytes().filter(u8::is_ascii)) {
        *to = from;
    }
    code
}
