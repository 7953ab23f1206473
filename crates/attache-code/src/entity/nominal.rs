//! Descriptions without a name: "the Colombian government", "Israeli soldiers", "the foreign minister
//! of Peru". What takes up an earlier mention stands in [`super::anaphora`].

use super::anaphora::GROUP_WORDS;
use super::describe::{NounFound, Reading, Scene};
use super::identify::Hints;
use super::registry::{AgentKind, Noun};
use super::resolve::{Reader, country_entity, government};
use super::{Entity, How};
use crate::coreference::memory::{Place, Wanted};
use crate::coreference::pronoun::gender_of_title;
use crate::coreference::{Kind, Referent};
use attache_text::Upos;

pub(super) const COUNTRY_WORDS: [&str; 9] =
    ["country", "nation", "state", "republic", "kingdom", "neighbor", "neighbour", "island", "homeland"];
pub(super) const SIDE_WORDS: [&str; 10] =
    ["side", "party", "ally", "rival", "capital", "power", "team", "delegation", "partner", "adversary"];
pub(super) const GOVERNMENT_WORDS: [&str; 8] = [
    "government",
    "administration",
    "presidency",
    "regime",
    "authority",
    "cabinet",
    "leadership",
    "executive",
];
/// Offices that speak or act for the body that their phrase names ("police spokesman").
pub(super) const SPEAKS_FOR_ITS_BODY: [&str; 9] = [
    "spokesperson",
    "leader",
    "adviser",
    "diplomat",
    "envoy",
    "military-officer",
    "minister",
    "commissioner",
    "secretary-general",
];
/// Adjectives that describe nobody: left out of descriptions, and no difference between two of them.
pub(super) const SAME: [&str; 16] = [
    "same",
    "such",
    "other",
    "own",
    "certain",
    "various",
    "several",
    "many",
    "few",
    "so-called",
    "said",
    "whole",
    "entire",
    "alleged",
    "current",
    "new",
];
/// Codes that stand where a country stands.
pub(super) const BEYOND_COUNTRIES: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

impl<'a> Reader<'a> {
    /// Whom a description without a name means; none where the phrase describes no actor.
    pub(super) fn nominal(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<(Vec<Referent>, How)> {
        // "The Landfall Islands" are a name; the words for countries are common nouns.
        let proper = scene.tree.upos(place.token) == Upos::Propn;
        let lemma = if proper { String::new() } else { scene.tree.lemma(place.token) };
        if lemma == "counterpart" {
            return self.counterpart(scene, place, reading);
        }
        if let Some(named) = self.named_by_partner(scene, place, reading) {
            return Some((named, How::Coreference));
        }
        if let Some(several) = self.several(scene, place, reading, &lemma) {
            return Some((several, How::Coreference));
        }
        if COUNTRY_WORDS.contains(&lemma.as_str()) && !reading.plural {
            let country = self.country_word(scene, place, reading)?;
            return Some((vec![country], How::Coreference));
        }
        if reading.noun.is_none() && matches!(lemma.as_str(), "side" | "delegation" | "team" | "camp") {
            let country = self.nationality(scene, place, reading)?;
            let country = self.registry.country(&country)?;
            let entity = government(country_entity(&country.id, &country.name));
            return Some((vec![Referent::new(entity, Kind::Institution)], How::Agent));
        }
        if reading.noun.is_none() && GROUP_WORDS.contains(&lemma.as_str()) {
            return self.group_word(place, reading).map(|group| (vec![group], How::Coreference));
        }
        let noun = reading.noun.clone()?;
        // "The Colombian and Peruvian presidents", "the leaders of Peru and Chile": one for each country.
        let nations = if reading.plural { self.nations(scene, place, reading) } else { Vec::new() };
        if nations.len() > 1 {
            let each: Vec<Reading> = nations
                .into_iter()
                .map(|nation| Reading { nations: vec![nation], plural: false, ..reading.clone() })
                .collect();
            let referents = each.iter().filter_map(|reading| self.one(scene, place, reading, &noun));
            return Some((referents.map(|(referent, _)| referent).collect(), How::Agent));
        }
        let (referent, how) = self.one(scene, place, reading, &noun)?;
        Some((vec![referent], how))
    }

    /// Every country (row of the registry) that the words of a phrase give, each once.
    fn nations(&mut self, scene: &'a Scene<'a>, place: Place, reading: &Reading) -> Vec<usize> {
        let mut nations = reading.nations.clone();
        if nations.is_empty() {
            let behind = reading.behind.iter().filter(|(case, _)| matches!(case.as_str(), "of" | "from"));
            let mut owners: Vec<usize> =
                behind.map(|(_, token)| *token).chain(reading.owners.iter().copied()).collect();
            for index in 0..owners.len() {
                owners.extend(scene.tree.dependents(owners[index], "conj"));
            }
            for owner in owners.into_iter().filter(|&owner| owner != place.token) {
                for referent in self.settle(scene, place.sentence, owner) {
                    let state = matches!(referent.kind, Kind::Country | Kind::Institution | Kind::Person);
                    let country = referent.entity.country.filter(|_| state);
                    nations.extend(
                        country.and_then(|code| {
                            self.registry.countries.iter().position(|known| known.id == code)
                        }),
                    );
                }
            }
        }
        nations.dedup();
        nations
    }

    /// The name in apposition to a title: "the foreign minister, Jane Doe".
    pub(super) fn named_by_partner(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<Vec<Referent>> {
        if reading.plural && reading.noun.is_none() {
            return None;
        }
        let tree = &scene.tree;
        let conjunct =
            tree.dependents(place.token, "conj").flat_map(|conjunct| tree.dependents(conjunct, "appos"));
        let above = tree.head(place.token).filter(|_| matches!(tree.relation(place.token), "appos" | "conj"));
        let beside = above.into_iter().chain(
            above
                .into_iter()
                .flat_map(|above| tree.dependents(above, "appos").chain(tree.dependents(above, "conj"))),
        );
        let near: Vec<usize> = tree
            .dependents(place.token, "appos")
            .chain(conjunct)
            .chain(beside)
            .chain(tree.dependents(place.token, "conj"))
            .collect();
        let partner = near.into_iter().filter(|&token| token != place.token).find(|&token| {
            scene.read(token).name.is_some() && self.partners(scene, token).contains(&place.token)
        })?;
        let referents = self.settle(scene, place.sentence, partner);
        (!referents.is_empty()).then_some(referents)
    }

    /// One office holder, institution or group.
    pub(super) fn one(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        noun: &NounFound,
    ) -> Option<(Referent, How)> {
        let mut hints = self.hints(scene, place, reading);
        let mut referent = self.sense(scene, place, reading, noun)?;
        // "He ran for president", "serves as minister": an office, nobody who holds it.
        let bare = !reading.definite
            && !reading.indefinite
            && reading.owners.is_empty()
            && reading.nations.is_empty();
        if bare && referent.office.is_some() && matches!(scene.tree.case(place.token).as_str(), "for" | "as")
        {
            return None;
        }
        if hints.country.is_none() && referent.entity.country.is_none() {
            hints.context = self.delegation(scene, place, &[]);
        }
        let stated = hints
            .country
            .clone()
            .or_else(|| referent.entity.country.clone())
            .or_else(|| hints.context.clone());
        let personal = referent.kind == Kind::Person && !referent.plural;
        let taken_up = reading.definite && !reading.indefinite && stated.is_none() && !reading.former;
        if taken_up && let Some(earlier) = self.taken_up(scene, place, reading, &referent, noun) {
            return Some((earlier, How::Coreference));
        }
        let institution = referent.kind == Kind::Institution
            || noun.key.contains("police")
            || noun.key.contains("army")
            || noun.key.contains("military");
        let alone = (reading.definite || institution) && !reading.indefinite;
        let in_view =
            self.cast.only_country().filter(|_| alone && !is_beyond(&referent.entity)).map(str::to_string);
        let country = stated.or(in_view);
        if personal
            && !reading.former
            && !reading.indefinite
            && let (Some(country), Some(office)) = (&country, &referent.office)
            && let Some(holder) = self.holder(place, office, country, &hints)
        {
            return Some((holder, How::Coreference));
        }
        if referent.entity.country.is_none() {
            referent.entity.country = country;
        }
        if let Some(name) = self.proper_name(scene, reading).filter(|_| referent.kind == Kind::Institution) {
            referent.entity.name = name;
            referent.noun = String::new();
            return Some((referent, How::Description));
        }
        self.as_government(scene, reading, noun, &mut referent);
        Some((referent, How::Agent))
    }

    /// The whole name of a body that is written as one ("Pakistan People's Party"); none for a description.
    pub(super) fn proper_name(&self, scene: &Scene<'_>, reading: &Reading) -> Option<String> {
        let tree = &scene.tree;
        let phrase = &reading.phrase;
        let first = (phrase.first..phrase.core).find(|&token| tree.upos(token) != Upos::Det)?;
        let capital = |token: usize| {
            let word = tree.token(token).map_or("", |token| &token.text);
            word.starts_with(|letter: char| letter.is_uppercase() || !letter.is_alphanumeric())
        };
        let own =
            reading.noun.as_ref().is_some_and(|noun| first < noun.first) && (first..phrase.core).all(capital);
        // "Colombian Army" says whose army it is; that is a description.
        let only_nation = scene
            .name_at(first)
            .is_some_and(|found| reading.noun.as_ref().is_some_and(|noun| found.last == noun.first));
        (own && !only_nation && tree.upos(phrase.head) == Upos::Propn)
            .then(|| self.words(scene, first, phrase.core))
    }

    /// Who holds an office of a country: named so in this report, else known to the registry.
    pub(super) fn holder(
        &self,
        place: Place,
        office: &str,
        country: &str,
        hints: &Hints,
    ) -> Option<Referent> {
        let wanted = Wanted {
            kinds: &[Kind::Person],
            office: Some(office),
            country: Some(country),
            ..Wanted::default()
        };
        let named = self
            .memory
            .nominal(place, wanted)
            .filter(|known| known.entity.sector.as_deref() != Some("ELI") && known.noun.is_empty());
        let row =
            || self.registry.holder(office, country, self.on).and_then(|row| self.registered(row, hints));
        let single = self.registry.office(office).is_some_and(|office| office.single);
        named.or_else(|| row().filter(|_| single))
    }

    /// Makes "the Colombian government" the government itself.
    pub(super) fn as_government(
        &self,
        scene: &Scene<'_>,
        reading: &Reading,
        noun: &NounFound,
        referent: &mut Referent,
    ) {
        let last = noun.key.rsplit(' ').next().unwrap_or("");
        if !GOVERNMENT_WORDS.contains(&last)
            || referent.entity.sector.as_deref() != Some("GOV")
            || reading.indefinite
        {
            return;
        }
        let level = ["local", "regional", "provincial", "municipal", "state", "city", "interim-"];
        if (reading.phrase.first..reading.phrase.core)
            .any(|token| level.contains(&scene.tree.lower(token).as_str()))
        {
            return;
        }
        if let Some(country) = referent.entity.country.as_deref().and_then(|code| self.registry.country(code))
        {
            referent.entity = government(country_entity(&country.id, &country.name));
        }
    }

    /// What a title or agent noun of a phrase gives: sectors, role, the body it belongs to.
    pub(super) fn sense(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        noun: &NounFound,
    ) -> Option<Referent> {
        let offices = noun.senses.iter().find_map(|sense| match sense {
            Noun::Office(row) => self.registry.offices.get(*row),
            Noun::Agent(_) => None,
        });
        let agents = noun.senses.iter().find_map(|sense| match sense {
            Noun::Agent(row) => self.registry.agents.get(*row),
            Noun::Office(_) => None,
        });
        let mut sectors =
            offices.map(|office| &office.sectors).or(agents.map(|agent| &agent.sectors))?.clone();
        let kind = match agents.map(|agent| agent.kind) {
            _ if offices.is_some() => Kind::Person,
            Some(AgentKind::Institution) => Kind::Institution,
            Some(AgentKind::Group) if !reading.plural => Kind::Institution,
            Some(AgentKind::Group) => Kind::Group,
            _ if reading.plural => Kind::Group,
            _ => Kind::Person,
        };
        let office = offices.map(|office| office.key.clone());
        let mut role = offices.map(|office| office.role_as(&noun.key));
        let mut entity = Entity { name: self.description(scene, reading), ..Entity::default() };

        let speaks = office.as_deref().is_none_or(|office| SPEAKS_FOR_ITS_BODY.contains(&office));
        let vague = sectors.first().is_none_or(|sector| {
            matches!(sector.as_str(), "GOV" | "UNK" | "CVL" | "IGO" | "MIL" | "UAF" | "REB" | "SPY" | "COP")
        });
        if speaks
            && vague
            && let Some(body) = self.body(scene, place, reading, noun)
        {
            let international = body.country.as_deref().is_some_and(|code| BEYOND_COUNTRIES.contains(&code));
            if !international && !body.sectors.is_empty() {
                sectors = body.sectors;
            }
            entity.country = body.country;
            entity.id = body.id;
        }
        if let Some(at) = sectors.iter().position(|sector| BEYOND_COUNTRIES.contains(&sector.as_str())) {
            let code = sectors.remove(at);
            entity.country = entity.country.or(Some(code));
        }
        if reading.former && kind == Kind::Person {
            sectors.retain(|sector| sector != "ELI");
            sectors.truncate(0);
            sectors.push("ELI".into());
            role = role.map(|role| format!("former {role}"));
        }
        if let Some(place) = self.posting(scene, reading, office.as_deref()) {
            role = role.map(|role| format!("{role} {place}"));
        }
        entity.sector = sectors.first().cloned();
        entity.sectors = sectors;
        entity.role = role;
        let plural = reading.plural;
        let gender = gender_of_title(&noun.key).filter(|_| kind == Kind::Person);
        Some(Referent { entity, kind, plural, office, gender, noun: noun.key.clone() })
    }

    /// The organisation or institution a phrase belongs to: "Hamas" in "Hamas fighters", "army" in "an
    /// army spokesman".
    pub(super) fn body(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        noun: &NounFound,
    ) -> Option<Entity> {
        let of = reading
            .behind
            .iter()
            .filter(|(case, _)| matches!(case.as_str(), "of" | "for" | "from" | "with"))
            .map(|(_, token)| *token);
        let owners: Vec<usize> = reading.owners.iter().copied().chain(of).collect();
        for owner in owners.into_iter().filter(|&owner| owner != place.token) {
            if let [referent] = self.settle(scene, place.sentence, owner).as_slice()
                && matches!(referent.kind, Kind::Institution | Kind::Group)
                && referent.entity.sector.is_some()
            {
                let mut body = referent.entity.clone();
                body.id = body.id.filter(|id| self.registry.country(id).is_none());
                return Some(body);
            }
        }
        let title = reading.titles.iter().find(|title| title.last <= noun.first && !self.is_office(title))?;
        let agent = title.senses.iter().find_map(|sense| match sense {
            Noun::Agent(row) => {
                self.registry.agents.get(*row).filter(|agent| agent.kind != AgentKind::Person)
            }
            Noun::Office(_) => None,
        })?;
        Some(Entity { sectors: agent.sectors.clone(), ..Entity::default() })
    }

    pub(super) fn is_office(&self, noun: &NounFound) -> bool {
        noun.senses.iter().any(|sense| matches!(sense, Noun::Office(_)))
    }

    /// "To London" of an ambassador: told in the role, no nationality.
    pub(super) fn posting(
        &self,
        scene: &Scene<'_>,
        reading: &Reading,
        office: Option<&str>,
    ) -> Option<String> {
        if !matches!(office?, "ambassador" | "envoy" | "consul") {
            return None;
        }
        let (case, head) =
            reading.behind.iter().find(|(case, _)| matches!(case.as_str(), "to" | "in" | "at" | "for"))?;
        let phrase = scene.tree.phrase(*head);
        Some(format!("{case} {}", self.words(scene, phrase.first, phrase.core)))
    }

    /// The words of a description: without determiners, numbers and owners, in lower case but for names.
    pub(super) fn description(&self, scene: &Scene<'_>, reading: &Reading) -> String {
        let tree = &scene.tree;
        let end =
            reading.noun.as_ref().map_or(reading.phrase.core, |noun| noun.last.max(reading.phrase.core));
        let owner = |token: usize| {
            reading.owners.iter().any(|&owner| {
                let phrase = tree.phrase(owner);
                tree.deprel(owner) == "nmod:poss" && phrase.first <= token && token < phrase.core
            })
        };
        let empty = |token: usize| {
            let class = matches!(
                tree.upos(token),
                Upos::Det | Upos::Num | Upos::Pron | Upos::Adv | Upos::Adp | Upos::Part
            );
            class
                || SAME.contains(&tree.lower(token).as_str())
                || matches!(tree.lower(token).as_str(), "\"" | "“" | "”" | ",")
        };
        let inside =
            |token: usize| reading.noun.as_ref().is_some_and(|noun| noun.first <= token && token < noun.last);
        let mut description = String::new();
        let mut end_before = None;
        for token in
            (reading.phrase.first..end).filter(|&token| inside(token) || !empty(token) && !owner(token))
        {
            let Some(word) = tree.token(token) else { continue };
            if !description.is_empty() && end_before != Some(word.span.start) {
                description.push(' ');
            }
            let named = scene.name_at(token).is_some();
            description.push_str(&if named { word.text.clone() } else { word.text.to_lowercase() });
            end_before = Some(word.span.end);
        }
        description.trim_matches(['-', ' ']).to_string()
    }
}

fn is_beyond(entity: &Entity) -> bool {
    entity.country.as_deref().is_some_and(|code| BEYOND_COUNTRIES.contains(&code))
}
