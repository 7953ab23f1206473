//! Descriptions that take up somebody named before: "the minister", "the group", "both leaders", "the
//! two countries", "his U.S. counterpart", "the Andean nation".

use super::describe::{NounFound, Reading, Scene};
use super::identify::{Hints, counterparts};
use super::names::words;
use super::nominal::{COUNTRY_WORDS, GOVERNMENT_WORDS, SAME, SIDE_WORDS};
use super::registry::{Noun, Registry};
use super::resolve::{Reader, country_entity, government};
use super::{Entity, How};
use crate::coreference::memory::{Place, Wanted};
use crate::coreference::{Kind, Referent};

const LEADER_WORDS: [&str; 8] =
    ["leader", "president", "man", "woman", "politician", "statesman", "head", "counterpart"];
pub(super) const GROUP_WORDS: [&str; 8] =
    ["group", "organisation", "organization", "movement", "militia", "party", "faction", "company"];
/// Names of regions that news uses, with the countries they mean beside the registry's region column.
const REGIONS: [(&str, &[&str]); 8] = [
    ("andean", &["COL", "ECU", "PER", "BOL", "VEN", "CHL"]),
    ("gulf", &["SAU", "ARE", "QAT", "KWT", "BHR", "OMN"]),
    ("baltic", &["EST", "LVA", "LTU"]),
    ("nordic", &["SWE", "NOR", "FIN", "DNK", "ISL"]),
    ("scandinavian", &["SWE", "NOR", "DNK"]),
    ("himalayan", &["NPL", "BTN"]),
    (
        "latin american",
        &[
            "MEX", "GTM", "HND", "SLV", "NIC", "CRI", "PAN", "CUB", "DOM", "HTI", "COL", "VEN", "ECU", "PER",
            "BOL", "CHL", "ARG", "PRY", "URY", "BRA",
        ],
    ),
    ("horn of africa", &["ETH", "ERI", "SOM", "DJI"]),
];

impl<'a> Reader<'a> {
    /// The earlier mention that "the president", "the rebels", "the group" takes up.
    pub(super) fn taken_up(
        &self,
        scene: &Scene<'_>,
        place: Place,
        reading: &Reading,
        referent: &Referent,
        noun: &NounFound,
    ) -> Option<Referent> {
        if let Some(office) = &referent.office
            && !referent.plural
        {
            let wanted = Wanted { kinds: &[Kind::Person], office: Some(office), ..Wanted::default() };
            let exact = self.memory.nominal(place, wanted);
            let general = || {
                // "The minister" takes up a foreign minister, "the leader" a president.
                let broad: &[&str] = match office.as_str() {
                    "minister" => &[
                        "foreign-minister",
                        "defence-minister",
                        "interior-minister",
                        "finance-minister",
                        "justice-minister",
                    ],
                    "leader" => &[
                        "president",
                        "prime-minister",
                        "chancellor",
                        "supreme-leader",
                        "rebel-leader",
                        "opposition-leader",
                    ],
                    _ => &[],
                };
                broad.iter().find_map(|office| {
                    self.memory.nominal(
                        place,
                        Wanted { kinds: &[Kind::Person], office: Some(office), ..Wanted::default() },
                    )
                })
            };
            return exact.or_else(general);
        }
        let last = noun.key.rsplit(' ').next().unwrap_or("");
        // "The Islamic party" is not "the communist party" of before.
        let modifier = |&token: &usize| {
            matches!(scene.tree.relation(token), "amod" | "compound")
                && !(noun.first <= token && token < noun.last)
        };
        let modifiers: Vec<String> = (reading.phrase.first..place.token)
            .filter(modifier)
            .map(|token| scene.tree.lower(token))
            .filter(|word| !SAME.contains(&word.as_str()))
            .collect();
        let same_noun = |known: &Referent| {
            let name = known.entity.name.to_lowercase();
            let described = known.noun.rsplit(' ').next() == Some(last)
                && known.plural == referent.plural
                && modifiers.iter().all(|word| name.contains(word.as_str()));
            (described && known.entity.country.is_some())
                .then(|| format!("{} {:?}", known.entity.name, known.entity.country))
        };
        if let Some(known) = self.memory.foremost(place, same_noun) {
            return Some(known);
        }
        if GOVERNMENT_WORDS.contains(&last) || !modifiers.is_empty() {
            return None;
        }
        let group = GROUP_WORDS.contains(&last);
        let sector = referent.entity.sector.clone();
        let groups = |known: &Referent| {
            let organised =
                known.entity.id.is_some() && matches!(known.kind, Kind::Institution | Kind::Group);
            let not_state = known.entity.sector.as_deref() != Some("GOV") && known.entity.sector.is_some();
            let fits = if group {
                not_state
            } else {
                known.entity.sector == sector
                    && matches!(sector.as_deref(), Some("REB" | "UAF" | "PTY" | "OPP"))
            };
            (organised && fits).then(|| known.entity.name.clone())
        };
        self.memory.foremost(place, groups)
    }

    /// "The two countries", "both governments", "the leaders": the most prominent ones so far.
    pub(super) fn several(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        lemma: &str,
    ) -> Option<Vec<Referent>> {
        let plain = reading.nations.is_empty()
            && reading.behind.iter().all(|(case, _)| !matches!(case.as_str(), "of" | "from"));
        let known = [COUNTRY_WORDS.as_slice(), &SIDE_WORDS, &LEADER_WORDS, &GOVERNMENT_WORDS]
            .concat()
            .contains(&lemma)
            || reading.noun.as_ref().is_some_and(|noun| self.is_office(noun));
        let counted = reading.number.is_some() && !reading.indefinite;
        if !reading.plural
            || !plain
            || !known
            || !(reading.definite || counted)
            || reading.owners.iter().any(|&owner| owner != place.token)
        {
            return None;
        }
        // "Two ministers were killed" counts new ones.
        let both = (reading.phrase.first..reading.phrase.core).any(|token| scene.tree.lower(token) == "both");
        let between = scene.tree.case(place.token) == "between";
        if counted && !reading.definite && !both && !between {
            return None;
        }
        // "The leaders" after "EU leaders" are those.
        let noun = reading.noun.as_ref().map_or("", |noun| noun.key.as_str());
        let again =
            |known: &Referent| (known.plural && !noun.is_empty() && known.noun == noun).then(String::new);
        if reading.number.is_none() && self.memory.foremost(place, again).is_some() {
            return None;
        }
        if reading.number.is_none()
            && !(COUNTRY_WORDS.contains(&lemma)
                || LEADER_WORDS.contains(&lemma)
                || lemma == "side"
                || lemma == "government")
        {
            return None;
        }
        let number = reading.number.unwrap_or(2);
        let office = reading.noun.as_ref().and_then(|noun| {
            noun.senses.iter().find_map(|sense| match sense {
                Noun::Office(row) => self.registry.offices.get(*row).map(|office| office.key.clone()),
                Noun::Agent(_) => None,
            })
        });
        let people = LEADER_WORDS.contains(&lemma) || office.is_some();
        if people {
            let general = office.as_deref().is_none_or(|office| matches!(office, "leader" | "minister"));
            let same = |known: &Referent| {
                let fits = general || known.office == office;
                let named = known.noun.is_empty() && known.entity.sector.as_deref() != Some("ELI");
                (known.kind == Kind::Person && !known.plural && named && fits)
                    .then(|| known.entity.id.clone().unwrap_or_else(|| known.entity.name.clone()))
            };
            let people = self.memory.prominent(place, number, same);
            return (people.len() == number).then_some(people);
        }
        if matches!(lemma, "side" | "party")
            && let Some(sides) = self.sides(place, number)
        {
            return Some(sides);
        }
        let registry = self.registry;
        // "Peru signed treaties with both countries": whoever acts is not one of them.
        let acting = self.acting(scene, place);
        let state = |known: &Referent| {
            let country = known.entity.country.clone().filter(|code| registry.country(code).is_some());
            country.filter(|country| !acting.contains(country))
        };
        let states = self.memory.prominent(place, number, state);
        if states.len() < number {
            return None;
        }
        let governs =
            GOVERNMENT_WORDS.contains(&lemma) || matches!(lemma, "side" | "delegation" | "team" | "party");
        let named = states
            .iter()
            .filter_map(|known| known.entity.country.as_deref())
            .filter_map(|code| registry.country(code));
        let entities = named.map(|country| country_entity(&country.id, &country.name));
        Some(match governs {
            true => entities.map(|entity| Referent::new(government(entity), Kind::Institution)).collect(),
            false => entities.map(|entity| Referent::new(entity, Kind::Country)).collect(),
        })
    }

    /// "The two sides" of a fight or talks in which one is an organised group: states count by their country,
    /// groups by themselves. None where all are states.
    fn sides(&mut self, place: Place, number: usize) -> Option<Vec<Referent>> {
        let registry = self.registry;
        let organised = |known: &Referent| {
            let sector = known.entity.sector.as_deref().is_some_and(|sector| sector != "GOV");
            sector && known.entity.id.is_some() && known.kind == Kind::Institution
        };
        let side = |known: &Referent| match organised(known) {
            true => known.entity.id.clone(),
            false => known.entity.country.clone().filter(|code| registry.country(code).is_some()),
        };
        let sides = self.memory.prominent(place, number, side);
        let mixed = sides.len() == number && sides.iter().any(organised);
        mixed.then_some(sides)
    }

    /// Countries of the subjects of the clause a phrase stands in, itself left aside.
    fn acting(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<String> {
        let tree = &scene.tree;
        let mut at = place.token;
        for _ in 0..8 {
            let Some(above) = tree.head(at) else { return Vec::new() };
            if tree.relation(at) == "nsubj" {
                return Vec::new();
            }
            if let Some(subject) =
                tree.dependents(above, "nsubj").find(|&subject| subject != at && subject < place.token)
            {
                let subjects = self.settle(scene, place.sentence, subject);
                return subjects.into_iter().filter_map(|subject| subject.entity.country).collect();
            }
            at = above;
        }
        Vec::new()
    }

    /// "The country", "the Andean nation": the most prominent one that the adjective allows.
    pub(super) fn country_word(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<Referent> {
        if let Some(country) = reading.nations.first().and_then(|&row| self.registry.countries.get(row)) {
            return Some(Referent::new(country_entity(&country.id, &country.name), Kind::Country));
        }
        if !reading.definite
            || reading.indefinite
            || !reading.owners.is_empty() && scene.tree.lemma(place.token) == "state"
        {
            return None;
        }
        let adjectives: Vec<String> =
            (reading.phrase.first..place.token).map(|token| scene.tree.lower(token)).collect();
        let adjectives = words(&adjectives.join(" ")).join(" ");
        let registry = self.registry;
        let fits = |known: &Referent| {
            let country = registry.country(known.entity.country.as_deref()?)?;
            in_region(registry, &country.id, &adjectives).then(|| country.id.clone())
        };
        let id = self.memory.foremost(place, fits)?.entity.country?;
        let country = self.registry.country(&id)?;
        Some(Referent::new(country_entity(&country.id, &country.name), Kind::Country))
    }

    /// "The group", "the movement": the last organised one named that is no state's.
    pub(super) fn group_word(&self, place: Place, reading: &Reading) -> Option<Referent> {
        let bare = reading.nations.is_empty() && reading.owners.is_empty() && reading.behind.is_empty();
        if !reading.definite || reading.plural || !bare {
            return None;
        }
        let organised = |known: &Referent| {
            let body = matches!(known.kind, Kind::Institution | Kind::Group) && !known.entity.name.is_empty();
            let own = !matches!(known.entity.sector.as_deref(), None | Some("GOV" | "CVL" | "JUD" | "LEG"));
            (body && own).then(|| known.entity.name.clone())
        };
        self.memory.foremost(place, organised)
    }

    /// "His U.S. counterpart", "her counterpart from Peru": the same office, the other country.
    pub(super) fn counterpart(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<(Vec<Referent>, How)> {
        if let Some(named) = self.named_by_partner(scene, place, reading) {
            return Some((named, How::Coreference));
        }
        let country = self.nationality(scene, place, reading);
        let office = self.office_of_counterpart(scene, place, reading);
        let office = office.and_then(|row| self.registry.offices.get(row));
        if let (Some(country), Some(office)) = (&country, office)
            && let Some(holder) = counterparts(&office.key)
                .find_map(|office| self.holder(place, office, country, &Hints::default()))
        {
            return Some((vec![holder], How::Coreference));
        }
        let country = country?;
        let sectors = office.map_or_else(|| vec!["GOV".to_string()], |office| office.sectors.clone());
        let entity = Entity {
            name: self.description(scene, reading),
            country: Some(country),
            sector: sectors.first().cloned(),
            sectors,
            role: office.map(|office| office.role()),
            id: None,
        };
        let kind = if reading.plural { Kind::Group } else { Kind::Person };
        let referent = Referent {
            office: office.map(|office| office.key.clone()),
            plural: reading.plural,
            ..Referent::new(entity, kind)
        };
        Some((vec![referent], How::Coreference))
    }

    /// The office of whoever the counterpart answers to.
    pub(super) fn office_of_counterpart(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<usize> {
        let owner = reading.owners.iter().copied().find(|&owner| owner != place.token);
        let owner = owner.map(|owner| self.settle(scene, place.sentence, owner));
        let office = match owner.as_deref() {
            Some([owner]) => owner.office.clone(),
            _ => self
                .memory
                .pronoun(place, Wanted { kinds: &[Kind::Person], ..Wanted::default() })
                .and_then(|person| person.office),
        }?;
        self.registry.offices.iter().position(|known| known.key == office)
    }
}

/// True where a country's adjectives ("Andean", "South American", "West African") do not rule it out.
fn in_region(registry: &Registry, id: &str, adjectives: &str) -> bool {
    if let Some((_, members)) = REGIONS.iter().find(|(name, _)| adjectives.contains(name)) {
        return members.contains(&id);
    }
    let region = registry.country(id).map_or_else(String::new, |country| country.region.to_lowercase());
    let continents = [
        ("african", "africa"),
        ("european", "europe"),
        ("asian", "asia"),
        ("caribbean", "caribbean"),
        ("balkan", "balkans"),
        ("american", "america"),
    ];
    let Some((adjective, noun)) =
        continents.iter().find(|(adjective, _)| adjectives.split(' ').any(|word| word == *adjective))
    else {
        return true;
    };
    let part = ["south", "north", "east", "west", "central", "southeast"].iter().find(|part| {
        adjectives.contains(&format!("{part} {adjective}"))
            || adjectives.contains(&format!("{part}ern {adjective}"))
    });
    region.contains(noun) && part.is_none_or(|part| region.contains(part))
}
