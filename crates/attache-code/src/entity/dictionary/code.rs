//! CAMEO actor codes as PETRARCH dictionaries write them, in the codes of PLOVER.

use super::super::registry::Registry;

/// CAMEO country codes that ISO 3166 writes otherwise now, or that are no country there.
const COUNTRIES: [(&str, &str); 7] = [
    ("ROM", "ROU"),
    ("ZAR", "COD"),
    ("TMP", "TLS"),
    ("KSV", "KOS"),
    ("XKX", "KOS"),
    ("PAL", "PSE"),
    ("BUR", "MMR"),
];
/// International codes, CAMEO's and PLOVER's.
const INTERNATIONAL: [(&str, &str); 13] = [
    ("IGO", "IGO"),
    ("UNO", "UNO"),
    ("EUR", "EUR"),
    ("EEC", "EUR"),
    ("NGO", "NGO"),
    ("NGM", "NGO"),
    ("ISM", "ISM"),
    ("UIS", "ISM"),
    ("IMG", "IMG"),
    ("MNC", "MNC"),
    ("NAT", "IGO"),
    ("INT", "IGO"),
    ("IGOUNO", "UNO"),
];
/// CAMEO roles and the sector of PLOVER; an empty one says nothing of a sector ("moderate").
const ROLES: [(&str, &str); 44] = [
    ("GOV", "GOV"),
    ("MIL", "MIL"),
    ("REB", "REB"),
    ("OPP", "OPP"),
    ("COP", "COP"),
    ("JUD", "JUD"),
    ("SPY", "SPY"),
    ("UAF", "UAF"),
    ("AGR", "AGR"),
    ("BUS", "BUS"),
    ("CVL", "CVL"),
    ("EDU", "EDU"),
    ("ELI", "ELI"),
    ("LAB", "LAB"),
    ("LEG", "LEG"),
    ("REF", "REF"),
    ("CRM", "CRM"),
    ("PTY", "PTY"),
    ("PRM", "PRM"),
    ("PRE", "PRE"),
    ("REL", "REL"),
    ("SOC", "SOC"),
    ("JRN", "JRN"),
    ("UNK", "UNK"),
    // CAMEO's media are PLOVER's journalists; PLOVER's MED is medical, CAMEO's HLH.
    ("MED", "JRN"),
    ("HLH", "MED"),
    ("INS", "REB"),
    ("SEP", "REB"),
    ("IRG", "UAF"),
    ("SET", "CVL"),
    ("STU", "EDU"),
    ("HRI", "SOC"),
    ("ENV", "SOC"),
    ("DEV", "SOC"),
    ("NGO", "SOC"),
    ("CHR", "REL"),
    ("MOS", "REL"),
    ("JEW", "REL"),
    ("BUD", "REL"),
    ("HIN", "REL"),
    ("CTH", "REL"),
    ("MOD", ""),
    ("RAD", ""),
    ("TOP", ""),
];

/// What a code says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub country: Option<String>,
    pub sectors: Vec<String>,
    /// Parts that nobody knows.
    pub unknown: Vec<String>,
}

/// Reads a code of three-letter parts ("USAGOV", "~COP", "---MIL"); of several parted by `/` the first tells
/// the country, all tell sectors.
pub(super) fn meaning(registry: &Registry, code: &str) -> Meaning {
    let mut meaning = Meaning::default();
    let letters: String =
        code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let bytes = letters.as_bytes();
    for (at, part) in bytes.chunks(3).enumerate() {
        let part = String::from_utf8_lossy(part).into_owned();
        let find = |list: &[(&str, &str)]| {
            list.iter().find(|(from, _)| *from == part).map(|(_, to)| (*to).to_owned())
        };
        let iso = find(&COUNTRIES).unwrap_or_else(|| part.clone());
        let country = registry.country(&iso).map(|country| country.id.clone());
        let place = country.or_else(|| find(&INTERNATIONAL).filter(|_| at == 0 || part == "UNO"));
        match (place, find(&ROLES)) {
            (Some(country), _) if meaning.country.is_none() || country == "UNO" => {
                meaning.country = Some(country);
            }
            (_, Some(sector)) => {
                if !sector.is_empty() && !meaning.sectors.contains(&sector) {
                    meaning.sectors.push(sector);
                }
            }
            // "USA/GBR": a second country is told by a code of its own.
            (Some(_), None) => {}
            (None, None) => meaning.unknown.push(part),
        }
    }
    meaning
}
