//! The actor codes of CAMEO coders: a country's three letters and the letters of its roles, "COLGOV".

use super::codes::{Codes, Scheme};
use attache_code::record::Actor;

/// What stands for nobody.
pub(crate) const NOBODY: &str = "---";

/// An actor code, apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// CAMEO's country or international letters; empty where none are known.
    pub entity: String,
    /// Three letters each, the first sector's first.
    pub roles: Vec<String>,
}

/// An actor's code, apart. An unknown country is left out, a sector without CAMEO letters too.
pub(crate) fn parts(actor: &Actor, codes: &Codes) -> Parts {
    let country = actor.country.as_deref().unwrap_or("");
    let entity = match country {
        "UNO" => "IGOUNO",
        "EUR" => "IGOEUREEC",
        "ISM" => "NGM",
        "IGO" | "NGO" | "IMG" | "MNC" => country,
        country => codes.cameo_country(country),
    };
    let own = own_sector(country);
    let all = actor.sector.iter().chain(&actor.sectors);
    let mut roles: Vec<String> = Vec::new();
    for sector in all.filter(|sector| Some(sector.as_str()) != own) {
        if let Some(role) = codes.sector_out(Scheme::Cameo, sector)
            && !roles.iter().any(|known| known == role)
        {
            roles.push(role.to_owned());
        }
    }
    Parts { entity: entity.to_owned(), roles }
}

/// A whole code: at most three roles, as the coders write them.
pub(crate) fn write(actor: Option<&Actor>, codes: &Codes) -> String {
    let Some(actor) = actor else { return NOBODY.to_owned() };
    let parts = parts(actor, codes);
    let mut code = if parts.entity.is_empty() { NOBODY.to_owned() } else { parts.entity };
    code.extend(parts.roles.into_iter().take(3));
    code
}

/// Country and sectors of an actor code; letters nobody knows are passed over.
pub(crate) fn read(code: &str, codes: &Codes) -> (Option<String>, Vec<String>) {
    let letters: Vec<char> = code.chars().collect();
    let mut parts: Vec<String> = letters.chunks(3).map(|part| part.iter().collect()).collect();
    let mut country = None;
    if let Some(first) = parts.first().map(String::as_str) {
        let second = parts.get(1).map(String::as_str);
        let (found, taken) = match (first, second) {
            (NOBODY, _) => (None, 1),
            ("IGO", Some("UNO")) => (Some("UNO"), 2),
            ("IGO", Some("EUR")) => (Some("EUR"), 2),
            ("UNO", _) => (Some("UNO"), 1),
            ("EEC", _) => (Some("EUR"), 1),
            ("NGM", _) => (Some("ISM"), 1),
            ("IGO" | "NGO" | "IMG" | "MNC", _) => (Some(first), 1),
            _ => match codes.country_of_cameo(first) {
                Some(id) => (Some(id), 1),
                None => (None, 0),
            },
        };
        country = found.map(str::to_owned);
        parts.drain(..taken);
    }
    if country.as_deref() == Some("EUR") && parts.first().is_some_and(|part| part == "EEC") {
        parts.remove(0);
    }
    let mut sectors: Vec<String> = Vec::new();
    let known = parts.iter().filter_map(|part| codes.sector_in(Scheme::Cameo, part).flatten());
    for sector in known.chain(country.as_deref().and_then(own_sector)) {
        if !sectors.iter().any(|other| other == sector) {
            sectors.push(sector.to_owned());
        }
    }
    (country, sectors)
}

/// The sector an international code says already.
fn own_sector(country: &str) -> Option<&'static str> {
    match country {
        "IGO" | "UNO" | "EUR" => Some("IGO"),
        "NGO" => Some("NGO"),
        _ => None,
    }
}
