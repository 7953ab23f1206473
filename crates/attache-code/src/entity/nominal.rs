//! Descriptions without a name: "the Colombian government", "Israeli soldiers", "the foreign minister
//! of Peru", "both leaders", "his U.S. counterpart", "the Andean nation", and pronouns.

use super::describe::{NounFound, Reading, Scene};
use super::identify::Hints;
use super::names::words;
use super::registry::{AgentKind, Noun, Registry};
use super::resolve::{Reader, country_entity, government};
use super::{Entity, How};
use crate::coreference::memory::{Place, Wanted};
use crate::coreference::pronoun::{self, Pronoun, gender_of_title};
use crate::coreference::{Kind, Referent};
use attache_text::Upos;

const COUNTRY_WORDS: [&str; 9] =
    ["country", "nation", "state", "republic", "kingdom", "neighbor", "neighbour", "island", "homeland"];
const SIDE_WORDS: [&str; 10] =
    ["side", "party", "ally", "rival", "capital", "power", "team", "delegation", "partner", "adversary"];
const LEADER_WORDS: [&str; 8] =
    ["leader", "president", "man", "woman", "politician", "statesman", "head", "counterpart"];
const GOVERNMENT_WORDS: [&str; 8] = [
    "government",
    "administration",
    "presidency",
    "regime",
    "authority",
    "cabinet",
    "leadership",
    "executive",
];
const GROUP_WORDS: [&str; 8] =
    ["group", "organisation", "organization", "movement", "militia", "party", "faction", "company"];
/// Offices that speak or act for the body that their phrase names ("police spokesman").
const SPEAKS_FOR_ITS_BODY: [&str; 9] = [
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
/// Codes that stand where a country stands.
const BEYOND_COUNTRIES: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

impl<'a> Reader<'a> {
    /// Whom a description without a name means; none where the phrase describes no actor.
    pub(super) fn nominal(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<(Vec<Referent>, How)> {
        let lemma = scene.tree.lemma(place.token);
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
        if reading.noun.is_none() && SIDE_WORDS.contains(&lemma.as_str()) {
            let country = self.nationality(scene, place, reading)?;
            let country = self.registry.country(&country)?;
            let entity = government(country_entity(&country.id, &country.name));
            return Some((vec![Referent::new(entity, Kind::Institution)], How::Agent));
        }
        let noun = reading.noun.clone()?;
        // "The Colombian and Peruvian presidents": one for each country.
        if reading.plural && reading.nations.len() > 1 {
            let each = reading.nations.iter().map(|&nation| Reading {
                nations: vec![nation],
                plural: false,
                ..reading.clone()
            });
            let each: Vec<Reading> = each.collect();
            let referents = each
                .iter()
                .filter_map(|reading| self.one(scene, place, reading, &noun))
                .map(|(referent, _)| referent);
            return Some((referents.collect(), How::Agent));
        }
        let (referent, how) = self.one(scene, place, reading, &noun)?;
        Some((vec![referent], how))
    }

    /// The name in apposition to a title: "the foreign minister, Jane Doe".
    fn named_by_partner(
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
    fn one(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        noun: &NounFound,
    ) -> Option<(Referent, How)> {
        let mut hints = self.hints(scene, place, reading);
        let mut referent = self.sense(scene, place, reading, noun)?;
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
        if taken_up && let Some(earlier) = self.taken_up(place, &referent, noun) {
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
        self.as_government(scene, reading, noun, &mut referent);
        Some((referent, How::Agent))
    }

    /// Who holds an office of a country: named so in this report, else known to the registry.
    fn holder(&self, place: Place, office: &str, country: &str, hints: &Hints) -> Option<Referent> {
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

    /// The earlier mention that "the president", "the rebels", "the group" takes up.
    fn taken_up(&self, place: Place, referent: &Referent, noun: &NounFound) -> Option<Referent> {
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
        let same_noun = |known: &Referent| {
            let described = known.noun.rsplit(' ').next() == Some(last) && known.plural == referent.plural;
            (described && known.entity.country.is_some())
                .then(|| format!("{} {:?}", known.entity.name, known.entity.country))
        };
        if let Some(known) = self.memory.prominent(place, 1, same_noun).pop() {
            return Some(known);
        }
        if GOVERNMENT_WORDS.contains(&last) {
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
        self.memory.prominent(place, 1, groups).pop()
    }

    /// Makes "the Colombian government" the government itself.
    fn as_government(&self, scene: &Scene<'_>, reading: &Reading, noun: &NounFound, referent: &mut Referent) {
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
        let mut role = offices.map(|office| office.role());
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
    fn body(
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
                && referent.kind == Kind::Institution
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

    fn is_office(&self, noun: &NounFound) -> bool {
        noun.senses.iter().any(|sense| matches!(sense, Noun::Office(_)))
    }

    /// "To London" of an ambassador: told in the role, no nationality.
    fn posting(&self, scene: &Scene<'_>, reading: &Reading, office: Option<&str>) -> Option<String> {
        if !matches!(office?, "ambassador" | "envoy" | "consul") {
            return None;
        }
        let (case, head) =
            reading.behind.iter().find(|(case, _)| matches!(case.as_str(), "to" | "in" | "at" | "for"))?;
        let phrase = scene.tree.phrase(*head);
        Some(format!("{case} {}", self.words(scene, phrase.first, phrase.core)))
    }

    /// The words of a description: without determiners and owners, in lower case but for its names.
    fn description(&self, scene: &Scene<'_>, reading: &Reading) -> String {
        let tree = &scene.tree;
        let end =
            reading.noun.as_ref().map_or(reading.phrase.core, |noun| noun.last.max(reading.phrase.core));
        let skip = |token: usize| {
            matches!(tree.relation(token), "det" | "nummod" | "punct")
                || tree.deprel(token) == "nmod:poss"
                || matches!(tree.upos(token), Upos::Det | Upos::Num | Upos::Pron)
        };
        let owned = |token: usize| {
            tree.relation(token) == "case"
                || tree.head(token).is_some_and(|head| tree.deprel(head) == "nmod:poss")
        };
        let inside =
            |token: usize| reading.noun.as_ref().is_some_and(|noun| noun.first <= token && token < noun.last);
        let kept =
            (reading.phrase.first..end).filter(|&token| inside(token) || !skip(token) && !owned(token));
        let word = |token: usize| match scene.name_at(token) {
            Some(_) => tree.token(token).map_or_else(String::new, |token| token.text.clone()),
            None => tree.lower(token),
        };
        kept.map(word).collect::<Vec<_>>().join(" ")
    }

    /// "His U.S. counterpart", "her counterpart from Peru": the same office, the other country.
    fn counterpart(
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
            && let Some(holder) = self.holder(place, &office.key, country, &Hints::default())
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

    /// "The two countries", "both governments", "the leaders": the most prominent ones so far.
    fn several(
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
        if counted && !reading.definite && !both {
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
                (known.kind == Kind::Person && !known.plural && fits)
                    .then(|| known.entity.id.clone().unwrap_or_else(|| known.entity.name.clone()))
            };
            let people = self.memory.prominent(place, number, same);
            return (people.len() == number).then_some(people);
        }
        let registry = self.registry;
        let state =
            |known: &Referent| known.entity.country.clone().filter(|code| registry.country(code).is_some());
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

    /// "The country", "the Andean nation": the most prominent one that the adjective allows.
    fn country_word(&mut self, scene: &'a Scene<'a>, place: Place, reading: &Reading) -> Option<Referent> {
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
        let id = self.memory.prominent(place, 1, fits).pop()?.entity.country?;
        let country = self.registry.country(&id)?;
        Some(Referent::new(country_entity(&country.id, &country.name), Kind::Country))
    }

    /// Whom a pronoun takes up.
    pub(super) fn pronoun(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<Referent> {
        let tree = &scene.tree;
        let Some(which) = pronoun::pronoun(&tree.lower(place.token)) else { return Vec::new() };
        let owns = tree.deprel(place.token) == "nmod:poss";
        let coordination = tree.head(place.token).filter(|_| owns).map(|head| tree.first_conjunct(head));
        let clause = tree.head(tree.first_conjunct(place.token));
        let not_under = clause.filter(|_| !owns && tree.relation(place.token) != "nsubj");
        let wanted = Wanted { kinds: pronoun::kinds(which), not_under, coordination, ..Wanted::default() };
        match which {
            Pronoun::Relative => self.relative(scene, place),
            Pronoun::Speaker => self.speaker(scene, place),
            Pronoun::Person(gender) => {
                let found = self
                    .memory
                    .pronoun(place, Wanted { gender: Some(gender), plural: Some(false), ..wanted });
                found.map(|referent| Referent { gender: Some(gender), ..referent }).into_iter().collect()
            }
            Pronoun::Thing if tree.relation(place.token) == "expl" => Vec::new(),
            Pronoun::Thing => {
                self.memory.pronoun(place, Wanted { plural: Some(false), ..wanted }).into_iter().collect()
            }
            Pronoun::Several => {
                let joined = self.memory.coordinated(place, |_| true);
                if joined.len() > 1 {
                    return joined;
                }
                let several = self.memory.pronoun(place, Wanted { plural: Some(true), ..wanted });
                let body = || {
                    self.memory.pronoun(place, Wanted { kinds: &[Kind::Institution, Kind::Group], ..wanted })
                };
                several.or_else(body).into_iter().collect()
            }
        }
    }

    /// The noun that a relative clause describes.
    fn relative(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<Referent> {
        let tree = &scene.tree;
        let mut at = place.token;
        for _ in 0..12 {
            let Some(above) = tree.head(at) else { return Vec::new() };
            if tree.deprel(at).starts_with("acl") && above < place.token {
                return self.settle(scene, place.sentence, above);
            }
            at = above;
        }
        Vec::new()
    }

    /// Who says "we" or "I": the subject of the verb that reports the words.
    fn speaker(&mut self, scene: &'a Scene<'a>, place: Place) -> Vec<Referent> {
        let tree = &scene.tree;
        let mut at = place.token;
        for _ in 0..24 {
            let Some(above) = tree.head(at) else { return Vec::new() };
            let mut sayers = vec![];
            if matches!(tree.relation(at), "ccomp" | "parataxis") {
                sayers.push(above);
            }
            sayers.extend(tree.dependents(above, "parataxis"));
            for verb in sayers {
                let says = matches!(
                    tree.lemma(verb).as_str(),
                    "say"
                        | "tell"
                        | "add"
                        | "declare"
                        | "announce"
                        | "warn"
                        | "vow"
                        | "insist"
                        | "note"
                        | "write"
                );
                let subject = tree.dependents(verb, "nsubj").find(|&subject| subject != place.token);
                if let (true, Some(subject)) = (says, subject) {
                    return self.settle(scene, place.sentence, subject);
                }
            }
            at = above;
        }
        Vec::new()
    }
}

fn is_beyond(entity: &Entity) -> bool {
    entity.country.as_deref().is_some_and(|code| BEYOND_COUNTRIES.contains(&code))
}

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
