//! The resolving of a report: its noun phrases in text order, each read ([`super::describe`]), looked
//! up ([`super::identify`]) and, where the words alone do not tell, settled from what the report has
//! said before ([`crate::coreference`]).
//!
//! A report is gone through twice. The first time gathers its cast: every full name with what the
//! words around it say, and the countries in view. The second time a title such as "Senator Moreno",
//! which may come before the full name, finds it there.

use super::describe::{Reading, Scene, nation};
use super::names::Found;
use super::registry::{Registry, Sense};
use super::{Entity, EntityMention, How, Resolution};
use crate::coreference::memory::{Item, Memory, Part, Place};
use crate::coreference::{Kind, Referent};
use attache_text::{BlockKind, MentionKind, Sentence, Span, Upos};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Every noun phrase of the report that can act or be acted on, and whom it means on that date.
///
/// `kinds` has the block kind of each sentence; sentences of kinds that are not coded (credits,
/// boilerplate) name nobody. A missing kind counts as body text. `text` is the report's text that the
/// spans of the tokens point into.
pub fn resolve(
    text: &str,
    sentences: &[Sentence],
    kinds: &[BlockKind],
    registry: &Registry,
    on: Option<Date>,
) -> Resolution {
    let coded = |index: usize| kinds.get(index).is_none_or(|kind| kind.is_coded());
    let scenes: Vec<Option<Scene<'_>>> = sentences
        .iter()
        .enumerate()
        .map(|(index, sentence)| coded(index).then(|| Scene::new(sentence, registry)))
        .collect();
    let mut first = Reader::new(text, &scenes, registry, on, Cast::default());
    first.go_through();
    let cast = Cast::of(&first.told, registry);
    let mut second = Reader::new(text, &scenes, registry, on, cast);
    second.go_through();
    second.into_resolution()
}

/// A report names no more people by full name; a text that does is a list, and the rest stay out.
const MOST_PEOPLE: usize = 2000;

/// Words of names that are capitalised like organisations but cannot act.
const DOCUMENTS: [&str; 16] = [
    "agreement",
    "accord",
    "accords",
    "treaty",
    "pact",
    "list",
    "act",
    "law",
    "convention",
    "protocol",
    "plan",
    "summit",
    "cup",
    "championship",
    "constitution",
    "declaration",
];

/// One settled phrase.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) place: Place,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) referents: Vec<Referent>,
    pub(super) how: How,
    /// Folded words of the person's name in the phrase; empty for none.
    pub(super) name: Vec<String>,
}

/// A person of the report by full name.
#[derive(Debug, Clone)]
pub(super) struct CastPerson {
    pub(super) name: Vec<String>,
    pub(super) referent: Referent,
}

/// Who and which countries a report names, known before it is read again.
#[derive(Debug, Clone, Default)]
pub(super) struct Cast {
    pub(super) people: Vec<CastPerson>,
    /// How often each country is named.
    countries: BTreeMap<String, usize>,
}

impl Cast {
    fn of(told: &[Told], registry: &Registry) -> Cast {
        let mut cast = Cast::default();
        for phrase in told {
            for referent in &phrase.referents {
                let country =
                    referent.entity.country.as_deref().filter(|code| registry.country(code).is_some());
                if let Some(country) = country {
                    *cast.countries.entry(country.to_string()).or_default() += 1;
                }
            }
            let [referent] = phrase.referents.as_slice() else { continue };
            if phrase.name.len() < 2 || referent.kind != Kind::Person {
                continue;
            }
            let full = cast.people.len() >= MOST_PEOPLE;
            match cast.people.iter_mut().find(|known| known.name == phrase.name) {
                Some(known) if knowledge(&known.referent) < knowledge(referent) => {
                    known.referent = referent.clone();
                }
                Some(_) => {}
                None if full => {}
                None => {
                    cast.people.push(CastPerson { name: phrase.name.clone(), referent: referent.clone() });
                }
            }
        }
        cast
    }

    /// The one country a report has in view; none where there are several.
    pub(super) fn only_country(&self) -> Option<&str> {
        let mut countries = self.countries.keys();
        let first = countries.next()?;
        countries.next().is_none().then_some(first)
    }
}

/// How much is known of somebody, to keep the fuller of two descriptions.
fn knowledge(referent: &Referent) -> usize {
    let entity = &referent.entity;
    let known =
        [entity.id.is_some(), entity.country.is_some(), entity.sector.is_some(), entity.role.is_some()];
    known.iter().enumerate().map(|(index, known)| usize::from(*known) << (3 - index)).sum()
}

/// A report on its way through.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) scenes: &'a [Option<Scene<'a>>],
    pub(super) registry: &'a Registry,
    pub(super) on: Option<Date>,
    pub(super) cast: Cast,
    pub(super) memory: Memory,
    pub(super) told: Vec<Told>,
    /// Phrases settled or under way, by sentence and head.
    settled: HashMap<(usize, usize), Vec<Referent>>,
}

impl<'a> Reader<'a> {
    fn new(
        text: &'a str,
        scenes: &'a [Option<Scene<'a>>],
        registry: &'a Registry,
        on: Option<Date>,
        cast: Cast,
    ) -> Reader<'a> {
        let (memory, told, settled) = (Memory::default(), Vec::new(), HashMap::new());
        Reader { text, scenes, registry, on, cast, memory, told, settled }
    }

    fn go_through(&mut self) {
        let scenes = self.scenes;
        for (index, scene) in scenes.iter().enumerate() {
            let Some(scene) = scene else { continue };
            for token in 0..scene.tree.sentence.tokens.len() {
                if scene.tree.heads_phrase(token) {
                    self.settle(scene, index, token);
                } else if is_modifier(scene, token) {
                    self.settle(scene, index, above(scene, token));
                    self.settle_modifier(scene, index, token);
                }
            }
        }
    }

    /// Whom the phrase of a head means; nobody where it is no actor. Asked again, it answers the same.
    pub(super) fn settle(&mut self, scene: &'a Scene<'a>, sentence: usize, head: usize) -> Vec<Referent> {
        if let Some(known) = self.settled.get(&(sentence, head)) {
            return known.clone();
        }
        // A phrase that leads back to itself (an owner that is its own possession) finds nobody.
        self.settled.insert((sentence, head), Vec::new());
        let place = Place { sentence, token: head };
        let (reading, referents, how) = if matches!(scene.tree.upos(head), Upos::Pron | Upos::Det) {
            let phrase = scene.tree.phrase(head);
            let referents = self.pronoun(scene, place);
            (Reading::bare(phrase), referents, How::Coreference)
        } else {
            let reading = scene.read(head);
            let (referents, how) = self.decide(scene, place, &reading);
            (reading, referents, how)
        };
        self.keep(scene, place, (reading.phrase.first, reading.phrase.last), reading.name, referents, how)
    }

    /// Settles a name or agent noun that only modifies another noun: "U.S." in "U.S. sanctions".
    fn settle_modifier(&mut self, scene: &'a Scene<'a>, sentence: usize, token: usize) {
        let taken = |told: &Told| {
            let covers = told.place.sentence == sentence && told.first <= token && token < told.last;
            covers && told.place.token == above(scene, token) && self.is_part_of_name(scene, told, token)
        };
        if self.told.iter().rev().take(40).any(taken) {
            return;
        }
        // "The Clinton List" is named after somebody; it is not somebody's.
        let tree = &scene.tree;
        let titled = tree.relation(token) == "compound"
            && tree.head(token).is_some_and(|head| {
                tree.upos(head) == Upos::Propn && scene.noun_at(head, 0, usize::MAX).is_none()
            });
        let personal = scene
            .name_at(token)
            .is_some_and(|found| found.senses.iter().all(|sense| matches!(sense, Sense::Person(_))));
        if titled && (personal || scene.mention(token, &[MentionKind::Per]).is_some()) {
            return;
        }
        self.settle(scene, sentence, token);
    }

    /// True where the token belongs to the name or title that settled a phrase.
    fn is_part_of_name(&self, scene: &'a Scene<'a>, told: &Told, token: usize) -> bool {
        let reading = scene.read(told.place.token);
        let within = |first: usize, last: usize| first <= token && token < last;
        let name = reading.name.is_some_and(|(first, last)| within(first, last));
        let noun = reading
            .noun
            .iter()
            .chain(&reading.titles)
            .any(|noun| within(noun.first, noun.last) && noun.last - noun.first > 1);
        let title = reading.name.is_some() && reading.titles.iter().any(|noun| within(noun.first, noun.last));
        let proper = reading.proper.is_some_and(|found| within(found.first, found.last));
        name || proper || title || noun
    }

    /// Writes down what a phrase means and remembers it.
    fn keep(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        (first, last): (usize, usize),
        name: Option<(usize, usize)>,
        referents: Vec<Referent>,
        how: How,
    ) -> Vec<Referent> {
        self.settled.insert((place.sentence, place.token), referents.clone());
        if referents.is_empty() {
            return referents;
        }
        let tree = &scene.tree;
        let name = name.filter(|_| referents.iter().all(|referent| referent.kind == Kind::Person));
        let name =
            name.map_or_else(Vec::new, |(first, last)| super::names::words(&self.words(scene, first, last)));
        let coordination = tree.first_conjunct(place.token);
        let part = part_of(scene, coordination, place.token);
        let governor = tree.head(coordination);
        self.memory.add(Item { place, part, governor, coordination, referents: referents.clone() });
        self.told.push(Told { place, first, last, referents: referents.clone(), how, name });
        referents
    }

    /// The report's words from one token up to another.
    pub(super) fn words(&self, scene: &Scene<'_>, first: usize, last: usize) -> String {
        let span = |token: usize| scene.tree.token(token).map(|token| token.span);
        let (Some(start), Some(end)) = (span(first), span(last.saturating_sub(1))) else {
            return String::new();
        };
        Span::new(start.start, end.end).of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Decides whom a read phrase means.
    fn decide(&mut self, scene: &'a Scene<'a>, place: Place, reading: &Reading) -> (Vec<Referent>, How) {
        let personal =
            |found: &&Found<Sense>| found.senses.iter().any(|sense| matches!(sense, Sense::Person(_)));
        let proper = reading.proper.as_ref();
        // "Colombia" in "Bank of the Republic of Colombia" is a part of that name.
        let part = |found: &&Found<Sense>| {
            !personal(found)
                && found.last - found.first > 1
                && scene.head_of(found.first, found.last) != place.token
        };
        if proper.filter(part).is_some() || scene.inside_title(place.token) {
            return (Vec::new(), How::Name);
        }
        // A name that a person bears as well is a person's first.
        let steps = if proper.filter(personal).is_some() { [false, true] } else { [true, false] };
        for by_name in steps {
            if !by_name && let Some(found) = self.person(scene, place, reading) {
                return found;
            }
            if by_name && let Some(found) = proper {
                let referents = self.proper(scene, place, reading, found);
                if !referents.is_empty() {
                    return (referents, How::Name);
                }
            }
        }
        let nominal = self.nominal(scene, place, reading);
        if nominal.is_some() || reading.noun.is_some() {
            return nominal.unwrap_or((Vec::new(), How::Agent));
        }
        if let Some((first, last)) = scene.mention(place.token, &[MentionKind::Org])
            && scene.tree.upos(place.token) == Upos::Propn
            && !(first..last).any(|token| DOCUMENTS.contains(&scene.tree.lower(token).as_str()))
        {
            let name = self.words(scene, first, last);
            let hints = self.hints(scene, place, reading);
            let entity = Entity { name, country: hints.country, ..Entity::default() };
            return (vec![Referent::new(entity, Kind::Institution)], How::Description);
        }
        (Vec::new(), How::Name)
    }

    /// A country, its people, its capital or seat of power, or an organisation of the registry.
    fn proper(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        found: &Found<Sense>,
    ) -> Vec<Referent> {
        let acts = acts(scene, place.token);
        let of = |row: usize| self.registry.countries.get(row);
        let heads = scene.tree.heads_phrase(place.token);
        let country = |row: usize| of(row).map(|country| country_entity(&country.id, &country.name));
        let mut organisations = Vec::new();
        let mut capital = None;
        for sense in &found.senses {
            match *sense {
                Sense::User(row) => {
                    let Some(actor) = self.registry.users.get(row) else { continue };
                    let person = scene.mention(place.token, &[MentionKind::Per]).is_some();
                    let entity = actor.entity(self.on);
                    let kind = match () {
                        () if person => Kind::Person,
                        () if entity.sectors.is_empty() && entity.country.is_some() => Kind::Country,
                        () => Kind::Institution,
                    };
                    return vec![Referent::new(entity, kind)];
                }
                Sense::Country(row) => {
                    return country(row)
                        .map(|entity| Referent::new(entity, Kind::Country))
                        .into_iter()
                        .collect();
                }
                Sense::Unrecognised(row) => {
                    let entity = of(row).map(|sovereign| Entity {
                        name: self.words(scene, found.first, found.last),
                        country: Some(sovereign.id.clone()),
                        sector: Some("PRE".into()),
                        sectors: vec!["PRE".into()],
                        ..Entity::default()
                    });
                    return entity.map(|entity| Referent::new(entity, Kind::Country)).into_iter().collect();
                }
                Sense::Capital(row) => capital = country(row),
                Sense::Seat(row) => capital = country(row),
                Sense::Organisation(row) => organisations.push(row),
                Sense::People(_) | Sense::Nationality(_) | Sense::Person(_) => {}
            }
        }
        if let Some(mut entity) = capital {
            if acts && heads {
                entity = government(entity);
            }
            let kind = if acts && heads { Kind::Institution } else { Kind::Country };
            return vec![Referent::new(entity, kind)];
        }
        if let Some(row) = nation(&found.senses).filter(|_| organisations.is_empty() || !heads) {
            let Some(mut entity) = country(row) else { return Vec::new() };
            let mut kind = Kind::Country;
            if heads {
                // "Two Colombians", "a Colombian": citizens; "the Colombians" may be the state.
                let citizens =
                    reading.number.is_some() || reading.indefinite || !reading.plural && !reading.definite;
                let people =
                    reading.plural || found.senses.iter().any(|sense| matches!(sense, Sense::People(_)));
                if citizens && people {
                    entity.name = self.words(scene, found.first, found.last);
                    entity.id = None;
                    (entity.sector, entity.sectors) = (Some("CVL".into()), vec!["CVL".into()]);
                }
                kind = Kind::Group;
            }
            return vec![Referent {
                plural: kind == Kind::Group && reading.plural,
                ..Referent::new(entity, kind)
            }];
        }
        let hints = self.hints(scene, place, reading);
        let organisation = self.organisation(&organisations, hints.country.as_deref());
        organisation.map(|entity| Referent::new(entity, Kind::Institution)).into_iter().collect()
    }

    /// The organisation of one name that fits the country the words give, or else the report's.
    fn organisation(&self, rows: &[usize], country: Option<&str>) -> Option<Entity> {
        let known: Vec<_> = rows.iter().filter_map(|&row| self.registry.organisations.get(row)).collect();
        let foreign = |code: &str| self.registry.country(code).is_some();
        let fits = |code: &Option<String>| match (code.as_deref(), country) {
            (Some(own), Some(asked)) => own == asked || !foreign(own),
            _ => true,
        };
        let in_view = |code: &Option<String>| {
            code.as_ref().and_then(|code| self.cast.countries.get(code)).copied().unwrap_or(0)
        };
        let mut fitting = known.iter().filter(|organisation| fits(&organisation.country));
        let first = fitting.next()?;
        let best =
            fitting.fold(
                first,
                |best, next| if in_view(&next.country) > in_view(&best.country) { next } else { best },
            );
        Some(Entity {
            id: Some(best.id.clone()),
            name: best.name.clone(),
            country: best.country.clone(),
            sector: best.sectors.first().cloned(),
            sectors: best.sectors.clone(),
            role: None,
        })
    }

    fn into_resolution(self) -> Resolution {
        let mut mentions: Vec<EntityMention> = Vec::new();
        for told in self.told {
            let Some(Some(scene)) = self.scenes.get(told.place.sentence) else { continue };
            let span = |token: usize| scene.tree.token(token).map(|token| token.span);
            let (Some(start), Some(end)) = (span(told.first), span(told.last.saturating_sub(1))) else {
                continue;
            };
            mentions.push(EntityMention {
                sentence: told.place.sentence,
                first: told.first,
                last: told.last,
                head: told.place.token,
                span: start.join(end),
                entities: told.referents.into_iter().map(|referent| referent.entity).collect(),
                how: told.how,
            });
        }
        mentions.sort_by_key(|mention| (mention.sentence, mention.first, std::cmp::Reverse(mention.last)));
        uncross(&mut mentions, self.scenes);
        Resolution { mentions }
    }
}

/// Shrinks a phrase that crosses the one before it (a tree with crossing arcs) to its head.
fn uncross(mentions: &mut [EntityMention], scenes: &[Option<Scene<'_>>]) {
    for index in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(index);
        let mention = &mut rest[0];
        let crosses = |other: &EntityMention| {
            other.sentence == mention.sentence
                && other.first < mention.first
                && mention.first < other.last
                && other.last < mention.last
        };
        if before.iter().rev().take(16).any(crosses) {
            (mention.first, mention.last) = (mention.head, mention.head + 1);
            let scene = scenes.get(mention.sentence).and_then(Option::as_ref);
            if let Some(token) = scene.and_then(|scene| scene.tree.token(mention.head)) {
                mention.span = token.span;
            }
        }
    }
    mentions.sort_by_key(|mention| (mention.sentence, mention.first, std::cmp::Reverse(mention.last)));
}

/// A country as an entity: no sector of its own.
pub(super) fn country_entity(id: &str, name: &str) -> Entity {
    Entity {
        id: Some(id.to_string()),
        name: name.to_string(),
        country: Some(id.to_string()),
        ..Entity::default()
    }
}

/// The government of a country.
pub(super) fn government(country: Entity) -> Entity {
    let name = format!("government of {}", country.name);
    Entity { name, sector: Some("GOV".into()), sectors: vec!["GOV".into()], ..country }
}

/// A token that may be a name or agent noun inside another phrase.
fn is_modifier(scene: &Scene<'_>, token: usize) -> bool {
    let tree = &scene.tree;
    if !matches!(tree.relation(token), "compound" | "amod" | "nmod" | "flat" | "nummod") {
        return false;
    }
    match scene.name_at(token) {
        Some(found) => scene.head_of(found.first, found.last) == token,
        None => {
            let noun = matches!(tree.upos(token), Upos::Noun | Upos::Propn) && tree.relation(token) != "flat";
            noun && (scene.noun_at(token, 0, usize::MAX).is_some()
                || scene.mention(token, &[MentionKind::Per]).is_some())
        }
    }
}

/// The head of the phrase that a modifier stands in.
fn above(scene: &Scene<'_>, token: usize) -> usize {
    let mut at = token;
    for _ in 0..16 {
        match scene.tree.head(at) {
            Some(head) if !scene.tree.heads_phrase(at) => at = head,
            _ => break,
        }
    }
    at
}

/// True where a place name can stand for its government: it acts, is acted on, owns, or is the other
/// side ("with Bogotá"), and is not where something happens ("in Bogotá").
fn acts(scene: &Scene<'_>, head: usize) -> bool {
    let tree = &scene.tree;
    let first = tree.first_conjunct(head);
    match tree.deprel(first) {
        "nsubj" | "nsubj:pass" | "obj" | "iobj" | "nmod:poss" | "obl:agent" => true,
        _ => {
            let own = scene.case(head);
            let case = if own.is_empty() { scene.case(first) } else { own };
            matches!(
                case.as_str(),
                "with"
                    | "by"
                    | "against"
                    | "between"
                    | "among"
                    | "towards"
                    | "toward"
                    | "for"
                    | "on"
                    | "upon"
                    | "on behalf of"
            )
        }
    }
}

fn part_of(scene: &Scene<'_>, first_conjunct: usize, head: usize) -> Part {
    if !scene.tree.heads_phrase(head) {
        return Part::Modifier;
    }
    match scene.tree.relation(first_conjunct) {
        "nsubj" | "root" => Part::Subject,
        "obj" | "iobj" => Part::Object,
        "obl" | "appos" | "nmod" if scene.tree.deprel(first_conjunct) != "nmod:poss" => Part::Oblique,
        _ => Part::Modifier,
    }
}
