//! People: a name with its title, nationality, apposition and delegation decides together whom it
//! means; the bare name only where nothing else is said.

use super::describe::{Reading, Scene};
use super::identify::Hints;
use super::names::words;
use super::registry::{AgentKind, Noun, Sense};
use super::resolve::Reader;
use super::{Entity, How};
use crate::coreference::memory::Place;
use crate::coreference::pronoun::gender_of_title;
use crate::coreference::{Gender, Kind, Referent};
use attache_text::{MentionKind, Upos};

/// Countries whose names put the family name first.
const FAMILY_NAME_FIRST: [&str; 7] = ["CHN", "PRK", "KOR", "TWN", "VNM", "HKG", "KHM"];
/// Offices that are somebody's abroad: "ambassador to Peru" is not Peruvian.
const POSTED: [&str; 5] = ["ambassador", "envoy", "consul", "diplomat", "un-ambassador"];
/// Nouns of a party to talks: "on the Colombian side", "the U.S. delegation".
const DELEGATIONS: [&str; 8] =
    ["side", "delegation", "team", "entourage", "party", "camp", "retinue", "contingent"];

impl<'a> Reader<'a> {
    /// The person a phrase names; none where the phrase names no person.
    pub(super) fn person(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<(Vec<Referent>, How)> {
        let (first, last) = reading.name?;
        let name = words(&self.words(scene, first, last));
        if name.is_empty() || self.is_day_or_month(scene, first, &name) {
            return None;
        }
        let partners = self.partners(scene, place.token);
        let hints = self.person_hints(scene, place, reading, &partners);
        let gender = self.gender(scene, first, reading);

        if let Some(referent) = self.short_for_someone(&name, &hints) {
            return Some((
                vec![Referent { gender: gender.or(referent.gender), ..referent }],
                How::Coreference,
            ));
        }
        let text = self.words(scene, first, last);
        let full: Vec<usize> = self.registry.names.get(&text).into_iter().filter_map(person_row).collect();
        let inside = if full.is_empty() { self.registered_within(scene, first, last) } else { Vec::new() };
        let candidates = if full.is_empty() { inside } else { full };
        let is_person = self.is_person(scene, (first, last), reading, &partners);
        let mut chosen = self.registry.choose(&candidates, &hints, self.on);
        if chosen.is_some() && name.len() == 1 && !is_person && scene.tree.upos(first) != Upos::Propn {
            chosen = None;
        }
        if chosen.is_none() && candidates.is_empty() && name.len() == 1 {
            chosen = self.by_surname(&name, &hints, is_person);
        }
        if let Some(row) = chosen {
            let referent = self.registered(row, &hints)?;
            return Some((vec![Referent { gender, ..referent }], How::Name));
        }
        if !is_person {
            return None;
        }
        let mut referent = self.described(text, scene, place, reading, &partners, &hints);
        referent.gender = gender;
        let known = self.cast.people.iter().find(|known| known.name == name);
        if let Some(known) = known.filter(|known| {
            referent.entity.country.is_none()
                || referent.entity.sector.is_none() && known.referent.entity.sector.is_some()
        }) {
            referent.entity = known.referent.entity.clone();
            referent.office.clone_from(&known.referent.office);
        }
        Some((vec![referent], How::Description))
    }

    /// "Friday" and "May" are people's names too, but not where they tell the time.
    fn is_day_or_month(&self, scene: &Scene<'_>, token: usize, name: &[String]) -> bool {
        let [word] = name else { return false };
        let day = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let month = ["january", "february", "march", "april", "may", "june", "july", "august", "september"];
        let number = |token: usize| scene.tree.upos(token) == Upos::Num;
        let beside =
            token.checked_sub(1).is_some_and(|before| number(before) || scene.tree.upos(before) == Upos::Adp)
                || number(token + 1);
        day.contains(&word.as_str())
            || month.contains(&word.as_str())
                && (beside || scene.mention(token, &[MentionKind::Date]).is_some())
    }

    /// Phrases that describe the same person: appositions either way, a predicate ("X is the mayor of
    /// Y"), and coordinated titles before one name ("the former minister and current candidate, X").
    pub(super) fn partners(&self, scene: &Scene<'_>, head: usize) -> Vec<usize> {
        let tree = &scene.tree;
        let mut partners: Vec<usize> = tree.dependents(head, "appos").collect();
        let relation = tree.relation(head);
        if let Some(above) = tree.head(head) {
            if relation == "appos" {
                partners.push(above);
            }
            if relation == "nsubj"
                && tree.dependents(above, "cop").any(|cop| matches!(tree.lower(cop).as_str(), "is" | "'s"))
            {
                partners.push(above);
            }
        }
        if let Some(title) = self.title_before_comma(scene, head) {
            partners.push(title);
        }
        // "The former ambassador and current candidate, X": titles under one determiner.
        for index in 0..partners.len() {
            let partner = partners[index];
            let undetermined = |token: usize| {
                tree.dependents(token, "det").next().is_none()
                    && tree.dependents(token, "flat").next().is_none()
            };
            if let Some(above) =
                tree.head(partner).filter(|_| tree.relation(partner) == "conj" && undetermined(partner))
            {
                partners.push(above);
            }
            partners.extend(
                tree.dependents(partner, "conj")
                    .filter(|&conjunct| undetermined(conjunct) && conjunct < head),
            );
        }
        partners.retain(|&partner| partner != head);
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    /// The title right before ", NAME" where the parser took the name for a further conjunct.
    fn title_before_comma(&self, scene: &Scene<'_>, head: usize) -> Option<usize> {
        let tree = &scene.tree;
        let phrase = tree.phrase(head);
        let comma = phrase.first.checked_sub(1).filter(|&token| tree.lower(token) == ",")?;
        if tree.relation(head) == "appos"
            || tree.upos(head) != Upos::Propn
            || phrase.first + 1 < phrase.core && !self.is_bare(scene, head)
        {
            return None;
        }
        let above = tree.head(head)?;
        let candidates = [above].into_iter().chain(tree.dependents(above, "conj"));
        candidates.filter(|&token| token < comma && token != head).find(|&token| {
            let ends_there = tree.phrase(token).last == comma;
            let titled = scene.read(token).name.is_none() && self.names_person(scene, token);
            ends_there
                && titled
                && tree.upos(token) == Upos::Noun
                && tree.token(token).is_none_or(|word| word.feat("Number") != Some("Plur"))
        })
    }

    /// True for a phrase that is a name and nothing else.
    fn is_bare(&self, scene: &Scene<'_>, head: usize) -> bool {
        let reading = scene.read(head);
        reading.name.is_some_and(|(first, last)| first == reading.phrase.first && last == reading.phrase.core)
    }

    /// True where the phrase's noun is an office or another word for one person.
    fn names_person(&self, scene: &Scene<'_>, head: usize) -> bool {
        let reading = scene.read(head);
        reading.noun.iter().chain(&reading.titles).any(|noun| self.is_personal(&noun.senses))
            || matches!(scene.tree.lemma(head).as_str(), "counterpart" | "aspirant" | "hopeful")
    }

    fn is_personal(&self, senses: &[Noun]) -> bool {
        senses.iter().any(|sense| match sense {
            Noun::Office(_) => true,
            Noun::Agent(row) => {
                self.registry.agents.get(*row).is_some_and(|agent| agent.kind == AgentKind::Person)
            }
        })
    }

    /// True where something beside the capital letters says that the name is a person's.
    fn is_person(
        &self,
        scene: &Scene<'_>,
        (first, last): (usize, usize),
        reading: &Reading,
        partners: &[usize],
    ) -> bool {
        let other = [
            MentionKind::Org,
            MentionKind::Gpe,
            MentionKind::Loc,
            MentionKind::Fac,
            MentionKind::Norp,
            MentionKind::Date,
        ];
        let kind = |kinds: &[MentionKind]| (first..last).any(|token| scene.mention(token, kinds).is_some());
        if kind(&[MentionKind::Per]) {
            return true;
        }
        let titled =
            reading.titles.iter().any(|title| title.last <= first && self.is_personal(&title.senses));
        let headed =
            reading.noun.as_ref().is_some_and(|noun| noun.last <= first && self.is_personal(&noun.senses));
        let proper = (first..last).all(|token| {
            scene.tree.upos(token) == Upos::Propn
                || scene.tree.relation(token) == "flat"
                || !scene.tree.heads_phrase(token)
        });
        let addressed = first > 0 && super::describe::is_address(&scene.tree.lower(first - 1));
        let described = last - first > 1 && partners.iter().any(|&partner| self.names_person(scene, partner));
        proper && (addressed || !kind(&other) && (titled || headed || described))
    }

    /// A short name that takes up a full name of this report.
    fn short_for_someone(&self, name: &[String], hints: &Hints) -> Option<Referent> {
        let fits = |referent: &Referent| match (&hints.country, &referent.entity.country) {
            (Some(asked), Some(own)) => asked == own,
            _ => true,
        };
        let office = |referent: &Referent| {
            let held = hints.offices.iter().filter_map(|row| self.registry.offices.get(*row));
            usize::from(held.into_iter().any(|office| Some(&office.key) == referent.office.as_ref()))
        };
        let mut best: Option<(usize, &Referent)> = None;
        for person in
            self.cast.people.iter().filter(|person| is_short_for(name, &person.name, &person.referent))
        {
            let weight = office(&person.referent);
            if fits(&person.referent) && best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, &person.referent));
            }
        }
        best.map(|(_, referent)| referent.clone())
    }

    /// People of the registry whose name of two words or more stands inside the stretch.
    fn registered_within(&self, scene: &Scene<'_>, first: usize, last: usize) -> Vec<usize> {
        let inside = scene
            .names
            .iter()
            .filter(|found| first <= found.first && found.last <= last && found.last - found.first > 1);
        inside.flat_map(|found| found.senses.iter().copied().filter_map(person_row)).collect()
    }

    /// The person of the registry that a lone surname means: the title or country must say so, or one
    /// bearer alone heads a state or government on the day.
    fn by_surname(&self, name: &[String], hints: &Hints, is_person: bool) -> Option<usize> {
        let bearers = self.registry.surnames.get(name.first()?)?;
        let holds = |row: &&usize, head: bool| {
            self.registry.people.get(**row).is_some_and(|person| {
                person.terms.iter().any(|term| {
                    let current = self.on.is_none_or(|on| term.covers(on));
                    let office = self.registry.office(&term.office);
                    current && office.is_some_and(|office| office.head || !head)
                })
            })
        };
        let current: Vec<usize> = bearers.iter().filter(|row| holds(row, false)).copied().collect();
        if hints.country.is_some() || !hints.offices.is_empty() {
            let fitting = if hints.former { bearers.as_slice() } else { current.as_slice() };
            let titled = self
                .registry
                .choose(fitting, hints, self.on)
                .or_else(|| self.registry.choose(bearers, hints, self.on));
            return titled.filter(|&row| self.agrees(row, hints));
        }
        let heads: Vec<usize> = bearers.iter().filter(|row| holds(row, true)).copied().collect();
        match heads.as_slice() {
            [only] if is_person || self.on.is_some() => Some(*only),
            _ => None,
        }
    }

    /// True where the person held an office that the words give, or is of the country they give.
    fn agrees(&self, row: usize, hints: &Hints) -> bool {
        let Some(person) = self.registry.people.get(row) else { return false };
        let offices: Vec<&str> = hints
            .offices
            .iter()
            .filter_map(|row| self.registry.offices.get(*row))
            .map(|office| office.key.as_str())
            .collect();
        let held = person.terms.iter().any(|term| offices.contains(&term.office.as_str()));
        held || offices.is_empty() && hints.country.is_some() && hints.country == person.country
    }

    /// A person of the registry on the report's date.
    pub(super) fn registered(&self, row: usize, hints: &Hints) -> Option<Referent> {
        let person = self.registry.people.get(row)?;
        let mut standing = self.registry.standing(person, self.on, hints);
        if standing.sectors.is_empty()
            && let Some(office) = hints.offices.first().and_then(|row| self.registry.offices.get(*row))
        {
            standing.sectors.clone_from(&office.sectors);
            standing.role = Some(office.role());
            standing.office = Some(office.key.clone());
        }
        let office = standing.office.take();
        Some(Referent { office, ..Referent::new(standing.entity(person), Kind::Person) })
    }

    /// A person the registry does not have, placed by the words around the name.
    fn described(
        &mut self,
        name: String,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        partners: &[usize],
        hints: &Hints,
    ) -> Referent {
        let mut described = self.titled(scene, place, reading);
        for &partner in partners {
            let reading = scene.read(partner);
            if reading.name.is_none() {
                let more = self.titled(scene, Place { token: partner, ..place }, &reading);
                described = both(described, more);
            }
        }
        let country = hints
            .country
            .clone()
            .or_else(|| described.entity.country.clone())
            .or_else(|| hints.context.clone());
        if let Some(office) = hints.offices.first().and_then(|row| self.registry.offices.get(*row))
            && described.entity.role.is_none()
            && described.office.is_none()
        {
            // "His counterpart, NAME": the office is told by somebody else's.
            described.entity.role = Some(office.role());
            described.office = Some(office.key.clone());
        }
        let entity = Entity { name, country, id: None, ..described.entity };
        Referent {
            entity,
            kind: Kind::Person,
            plural: false,
            office: described.office,
            gender: None,
            noun: String::new(),
        }
    }

    /// Sector and role that the titles of one phrase give.
    fn titled(&mut self, scene: &'a Scene<'a>, place: Place, reading: &Reading) -> Referent {
        let mut result = Referent::new(Entity::default(), Kind::Person);
        let nouns: Vec<_> = reading.titles.iter().chain(reading.noun.as_ref()).cloned().collect();
        for noun in &nouns {
            if let Some(referent) =
                self.sense(scene, place, reading, noun).filter(|_| self.is_personal(&noun.senses))
            {
                result = both(result, referent);
            }
        }
        result
    }

    /// What the words around a person's name say, its partners' included.
    fn person_hints(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
        partners: &[usize],
    ) -> Hints {
        let mut hints = self.hints(scene, place, reading);
        for &partner in partners {
            let reading = scene.read(partner);
            if reading.name.is_some() {
                continue;
            }
            let more = self.hints(scene, Place { token: partner, ..place }, &reading);
            hints.country = hints.country.or(more.country);
            hints.offices.extend(more.offices);
            hints.former |= more.former;
        }
        if hints.country.is_none() {
            hints.context = self.delegation(scene, place, partners);
            if hints.context.is_none() {
                hints.country = self.implied(scene, reading, &hints);
            }
        }
        hints
    }

    /// Nationality, offices and "former" of one phrase.
    pub(super) fn hints(&mut self, scene: &'a Scene<'a>, place: Place, reading: &Reading) -> Hints {
        let nouns = reading.noun.iter().chain(&reading.titles);
        let offices: Vec<usize> = nouns
            .flat_map(|noun| noun.senses.iter())
            .filter_map(|sense| match sense {
                Noun::Office(row) => Some(*row),
                Noun::Agent(_) => None,
            })
            .collect();
        let mut offices = offices;
        if scene.tree.lemma(place.token) == "counterpart" {
            offices.extend(self.office_of_counterpart(scene, place, reading));
        }
        Hints {
            country: self.nationality(scene, place, reading),
            context: None,
            offices,
            former: reading.former,
        }
    }

    /// The country that the words of a phrase give: adjective, owner, or "of", "from", "in" behind it.
    pub(super) fn nationality(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        reading: &Reading,
    ) -> Option<String> {
        if let Some(country) = reading.nations.first().and_then(|&row| self.registry.countries.get(row)) {
            return Some(country.id.clone());
        }
        // "His counterpart" is of the other country.
        let counterpart = scene.tree.lemma(place.token) == "counterpart";
        for &owner in reading.owners.iter().filter(|&&owner| owner != place.token && !counterpart) {
            if let [referent] = self.settle(scene, place.sentence, owner).as_slice()
                && referent.entity.country.is_some()
            {
                return referent.entity.country.clone();
            }
        }
        let nouns = reading.noun.iter().chain(&reading.titles).flat_map(|noun| noun.senses.iter());
        let posted = nouns.clone().any(|sense| match sense {
            Noun::Office(row) => {
                self.registry.offices.get(*row).is_some_and(|office| POSTED.contains(&office.key.as_str()))
            }
            Noun::Agent(_) => false,
        });
        let candidate = matches!(
            scene.tree.lemma(place.token).as_str(),
            "aspirant" | "candidate" | "contender" | "hopeful" | "heir"
        );
        for (case, nominal) in &reading.behind {
            let gives = match case.as_str() {
                "of" | "from" => true,
                "in" => !posted && reading.name.is_none(),
                "to" | "for" => candidate,
                _ => false,
            };
            if !gives {
                continue;
            }
            let country = self.country_behind(scene, place, *nominal, 0);
            if country.is_some() {
                return country;
            }
        }
        None
    }

    /// The country of a phrase behind a preposition, or of the one behind that ("the presidency of Peru").
    fn country_behind(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        nominal: usize,
        depth: usize,
    ) -> Option<String> {
        let settled = self.settle(scene, place.sentence, nominal);
        if let Some(country) = settled.first().and_then(|referent| referent.entity.country.clone()) {
            return Some(country);
        }
        let reading = scene.read(nominal);
        if let Some(country) = reading.nations.first().and_then(|&row| self.registry.countries.get(row)) {
            return Some(country.id.clone());
        }
        let next = reading.behind.iter().find(|(case, _)| matches!(case.as_str(), "of" | "in"))?.1;
        if depth > 4 { None } else { self.country_behind(scene, place, next, depth + 1) }
    }

    /// The country that a party's name or an office of one country alone implies.
    fn implied(&self, scene: &Scene<'_>, reading: &Reading, hints: &Hints) -> Option<String> {
        let office = |key: &str| {
            hints
                .offices
                .iter()
                .filter_map(|row| self.registry.offices.get(*row))
                .any(|office| office.key == key)
        };
        if office("secretary-of-state") {
            return Some("USA".into());
        }
        let legislator = ["senator", "representative", "governor", "candidate", "member-of-parliament"]
            .iter()
            .any(|key| office(key));
        for token in reading.phrase.first..reading.phrase.core {
            let word = scene.tree.lower(token);
            if legislator && matches!(word.as_str(), "republican" | "democratic" | "democrat" | "gop") {
                return Some("USA".into());
            }
            let party = self.registry.names.get(&format!("{word} party"));
            let mut countries = party.into_iter().filter_map(|sense| match sense {
                Sense::Organisation(row) => {
                    self.registry.organisations.get(row).and_then(|party| party.country.clone())
                }
                _ => None,
            });
            if let (true, Some(country), None) = (legislator, countries.next(), countries.next()) {
                return Some(country);
            }
        }
        None
    }

    /// The country of the delegation a person is told to belong to: "on the Peruvian side, …", "the
    /// members of the Peruvian delegation are …", "the Peruvian president was accompanied by …".
    pub(super) fn delegation(
        &mut self,
        scene: &'a Scene<'a>,
        place: Place,
        partners: &[usize],
    ) -> Option<String> {
        let tree = &scene.tree;
        let mut own = tree.first_conjunct(place.token);
        if let Some(&title) = partners.first().filter(|_| matches!(tree.relation(own), "appos" | "conj")) {
            own = tree.first_conjunct(title);
        }
        let governor = if tree.relation(own) == "root" || tree.dependents(own, "cop").next().is_some() {
            own
        } else {
            tree.head(own)?
        };
        let mut around: Vec<usize> = tree.children(governor).to_vec();
        around.push(governor);
        let size = around.len();
        for index in 0..size {
            let child = around[index];
            around.extend(tree.dependents(child, "nmod").chain(tree.dependents(child, "conj")));
        }
        for token in around.into_iter().filter(|&token| token != place.token && token != own) {
            if DELEGATIONS.contains(&tree.lemma(token).as_str()) {
                let reading = scene.read(token);
                let country = self.nationality(scene, Place { token, ..place }, &reading);
                if country.is_some() {
                    return country;
                }
            }
        }
        let verb = tree.lemma(governor);
        let agent = matches!(tree.deprel(own), "obl" | "obl:agent") && tree.case(own) == "by";
        if agent && matches!(verb.as_str(), "accompany" | "flank" | "join" | "escort") {
            let subject = tree.dependents(governor, "nsubj").next()?;
            return self
                .settle(scene, place.sentence, subject)
                .first()
                .and_then(|referent| referent.entity.country.clone());
        }
        None
    }

    fn gender(&self, scene: &Scene<'_>, first: usize, reading: &Reading) -> Option<Gender> {
        let address =
            first.checked_sub(1).map(|token| scene.tree.lower(token).trim_end_matches('.').to_string());
        let address = address.as_deref().and_then(gender_of_title);
        address.or_else(|| {
            reading.titles.iter().chain(&reading.noun).find_map(|title| gender_of_title(&title.key))
        })
    }
}

/// Two descriptions of one person: the first leads, the second adds sectors; what is over comes first.
fn both(first: Referent, second: Referent) -> Referent {
    let is_over = |referent: &Referent| referent.entity.sector.as_deref() == Some("ELI");
    let (mut lead, more) = if first.entity.sector.is_none() || is_over(&second) && !is_over(&first) {
        (second, first)
    } else {
        (first, second)
    };
    for sector in more.entity.sectors {
        if !lead.entity.sectors.contains(&sector) {
            lead.entity.sectors.push(sector);
        }
    }
    lead.entity.role = match (lead.entity.role, more.entity.role) {
        (Some(one), Some(two)) if !one.contains(&two) => Some(format!("{one}, {two}")),
        (one, two) => one.or(two),
    };
    lead.entity.country = lead.entity.country.or(more.entity.country);
    lead.office = lead.office.or(more.office);
    lead
}

fn person_row(sense: Sense) -> Option<usize> {
    match sense {
        Sense::Person(row) => Some(row),
        _ => None,
    }
}

/// True for "Petro" or "Garcia-Peña" beside the full name, and for "Xi" where the family name is first.
fn is_short_for(name: &[String], full: &[String], referent: &Referent) -> bool {
    if name.is_empty() || name.len() >= full.len() {
        return false;
    }
    let family_first =
        referent.entity.country.as_deref().is_some_and(|country| FAMILY_NAME_FIRST.contains(&country));
    let behind_first = full.windows(name.len()).skip(1).any(|part| part == name);
    behind_first || family_first && full.starts_with(name)
}
