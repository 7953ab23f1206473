//! A sentence's dependency tree, asked in the words of frames: deep subject, deep object, owner,
//! preposition. Every walk is bounded; a malformed tree gives fewer answers, never a loop.

use super::frame::{Path, Step};
use attache_text::{MentionKind, Sentence, Upos};

/// How far a search for a shared subject climbs.
const CLIMB: usize = 8;
/// Weekdays: names that would pass for places and people.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Words that are particles right behind a verb, whatever the parser calls them.
const PARTICLES: [&str; 11] =
    ["over", "up", "out", "off", "down", "back", "away", "in", "aside", "forward", "through"];
/// Pronouns that stand for the noun a relative clause belongs to.
const RELATIVE: [&str; 4] = ["who", "which", "that", "whom"];

/// A sentence and, for each token, its dependents in order.
#[derive(Debug)]
pub struct Tree<'a> {
    sentence: &'a Sentence,
    children: Vec<Vec<usize>>,
    /// True for tokens that name a time: "on Friday" fills no slot of `on`.
    temporal: Vec<bool>,
}

impl<'a> Tree<'a> {
    /// Reads the heads of a sentence.
    pub fn new(sentence: &'a Sentence) -> Tree<'a> {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (index, token) in sentence.tokens.iter().enumerate() {
            if let Some(list) =
                token.head.filter(|&head| head != index).and_then(|head| children.get_mut(head))
            {
                list.push(index);
            }
        }
        let dates = sentence.mentions.iter().filter(|mention| mention.kind == MentionKind::Date);
        let in_date = |index: usize| dates.clone().any(|date| (date.first..date.last).contains(&index));
        let temporal = sentence
            .tokens
            .iter()
            .enumerate()
            .map(|(index, token)| in_date(index) || DAYS.contains(&token.text.to_lowercase().as_str()))
            .collect();
        Tree { sentence, children, temporal }
    }

    /// The sentence.
    pub fn sentence(&self) -> &'a Sentence {
        self.sentence
    }

    /// True for the head of an expression of time.
    pub fn is_temporal(&self, token: usize) -> bool {
        self.temporal[token]
    }

    /// Lower-case lemma of a token.
    pub fn lemma(&self, token: usize) -> String {
        self.sentence.tokens[token].lemma.to_lowercase()
    }

    /// Part of speech of a token.
    pub fn upos(&self, token: usize) -> Upos {
        self.sentence.tokens[token].upos
    }

    /// The full relation of a token to its head.
    pub fn deprel(&self, token: usize) -> &'a str {
        &self.sentence.tokens[token].deprel
    }

    /// The relation without its subtype.
    pub fn relation(&self, token: usize) -> &'a str {
        self.sentence.tokens[token].relation()
    }

    /// The governing token.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.sentence.tokens[token].head.filter(|&head| head != token && head < self.sentence.tokens.len())
    }

    /// The dependents of a token, in order.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.children[token]
    }

    /// The dependents in one relation (without regard to subtype).
    pub fn related(&self, token: usize, relation: &str) -> impl Iterator<Item = usize> {
        self.children[token].iter().copied().filter(move |&child| self.relation(child) == relation)
    }

    /// A token and everything joined to it by "and", "or", "but", in order.
    pub fn group(&self, token: usize) -> Vec<usize> {
        let mut group = vec![token];
        let mut next = 0;
        while next < group.len() {
            for child in self.related(group[next], "conj") {
                if !group.contains(&child) {
                    group.push(child);
                }
            }
            next += 1;
        }
        group.sort_unstable();
        group
    }

    /// True where the first token governs the second, directly or over others.
    pub fn dominates(&self, above: usize, below: usize) -> bool {
        self.ancestors(below).any(|token| token == above)
    }

    /// The governors of a token, nearest first; bounded by the sentence's length.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.head(token), |&token| self.head(token)).take(self.children.len())
    }

    /// What stands in a slot: the heads of the phrases, conjuncts included.
    pub fn fillers(&self, trigger: usize, path: &Path) -> Vec<usize> {
        let mut heads = vec![trigger];
        for (depth, step) in path.0.iter().enumerate() {
            let mut next = Vec::new();
            for &head in &heads {
                for filler in self.step(head, step, depth) {
                    for token in self.group(filler) {
                        if token != trigger && !next.contains(&token) {
                            next.push(token);
                        }
                    }
                }
            }
            heads = next;
        }
        heads
    }

    fn step(&self, token: usize, step: &Step, depth: usize) -> Vec<usize> {
        match step {
            Step::Subj => self.deep_subject(token),
            Step::Obj => self.deep_object(token),
            Step::Iobj => self.related(token, "iobj").collect(),
            Step::Poss => self.owners(token),
            Step::Prt => self.particles(token),
            Step::Xcomp => self.related(token, "xcomp").collect(),
            Step::Ccomp => self.related(token, "ccomp").collect(),
            Step::Advcl => self.related(token, "advcl").chain(self.related(token, "acl")).collect(),
            Step::Relation(name) => self.related(token, name).collect(),
            Step::Prep(preposition) => self.oblique(token, preposition, depth == 0),
        }
    }

    /// Particles of a verb, and what stands right behind it like one.
    fn particles(&self, verb: usize) -> Vec<usize> {
        let marked: Vec<usize> = self.children[verb]
            .iter()
            .copied()
            .filter(|&child| self.deprel(child) == "compound:prt")
            .collect();
        let next = verb + 1;
        let like = |token: usize| {
            matches!(self.upos(token), Upos::Adp | Upos::Adv)
                && PARTICLES.contains(&self.sentence.tokens[token].text.to_lowercase().as_str())
        };
        match marked.is_empty() && next < self.sentence.tokens.len() && like(next) {
            true => vec![next],
            false => marked,
        }
    }

    /// True for a verb form whose surface subject is the one acted on.
    pub fn is_passive(&self, verb: usize) -> bool {
        let marked = self.children[verb].iter().any(|&child| {
            matches!(self.deprel(child), "nsubj:pass" | "aux:pass" | "csubj:pass" | "obl:agent")
        });
        if marked {
            return true;
        }
        let token = &self.sentence.tokens[verb];
        let participle = token.feat("VerbForm") == Some("Part") && token.feat("Tense") == Some("Past");
        if !participle || self.has(verb, "obj") || self.has(verb, "aux") || self.has(verb, "nsubj") {
            return false;
        }
        match self.deprel(verb) {
            "acl" | "advcl" | "amod" => true,
            "conj" => self.head(verb).is_some_and(|first| self.has_passive_mark(first)),
            _ => false,
        }
    }

    fn has_passive_mark(&self, verb: usize) -> bool {
        self.children[verb].iter().any(|&child| matches!(self.deprel(child), "nsubj:pass" | "aux:pass"))
    }

    fn has(&self, token: usize, relation: &str) -> bool {
        self.related(token, relation).next().is_some()
    }

    /// The surface subject of a verb, own or shared with the clause it hangs on.
    pub fn surface_subject(&self, verb: usize) -> Vec<usize> {
        let mut verb = verb;
        for _ in 0..CLIMB {
            let mut own: Vec<usize> = self.related(verb, "nsubj").collect();
            // "X accused Y, Z said": of two subjects the one behind the verb belongs to the other verb.
            // Of two before it ("Moreno, one of his critics, met") the second explains the first.
            if let Some(first) = own.iter().copied().find(|&subject| subject < verb) {
                own = vec![first];
            }
            if !own.is_empty() {
                return own.into_iter().map(|subject| self.antecedent(verb, subject)).collect();
            }
            let Some(head) = self.head(verb) else { return Vec::new() };
            match self.deprel(verb) {
                "conj" | "parataxis" if self.upos(head) == Upos::Verb || self.has(head, "nsubj") => {
                    verb = head;
                }
                "xcomp" => {
                    let object: Vec<usize> =
                        self.related(head, "obj").chain(self.related(head, "iobj")).collect();
                    if !object.is_empty() {
                        return object;
                    }
                    verb = head;
                }
                "advcl" | "ccomp" if self.upos(head) == Upos::Verb => verb = head,
                "acl" | "acl:relcl" => {
                    // "a plan to attack": the plan's owner attacks; "troops entering": the troops enter.
                    let infinitive = self.sentence.tokens[verb].feat("VerbForm") == Some("Inf");
                    return if infinitive { self.noun_subject(head) } else { vec![head] };
                }
                _ => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// Who is behind a noun such as "plan": its owner, or the subject of the verb it is object of.
    fn noun_subject(&self, noun: usize) -> Vec<usize> {
        let owners = self.owners(noun);
        if !owners.is_empty() {
            return owners;
        }
        match (self.relation(noun), self.head(noun)) {
            ("obj" | "obl", Some(verb)) => self.deep_subject_of_verb(verb),
            _ => self.related(noun, "nsubj").collect(),
        }
    }

    /// A relative pronoun's noun; any other subject is itself.
    fn antecedent(&self, verb: usize, subject: usize) -> usize {
        let relative = RELATIVE.contains(&self.lemma(subject).as_str()) && self.upos(subject) == Upos::Pron;
        let mut clause = verb;
        for _ in 0..CLIMB {
            match (self.deprel(clause), self.head(clause)) {
                ("acl:relcl", Some(noun)) if relative => return noun,
                ("conj", Some(first)) if relative => clause = first,
                _ => break,
            }
        }
        subject
    }

    fn deep_subject(&self, token: usize) -> Vec<usize> {
        match self.upos(token) {
            Upos::Verb | Upos::Aux => self.deep_subject_of_verb(token),
            _ => match (self.relation(token), self.head(token)) {
                ("obj" | "obl" | "xcomp", Some(verb)) if self.upos(verb) == Upos::Verb => {
                    self.deep_subject_of_verb(verb)
                }
                ("nsubj", Some(verb)) if self.is_passive(verb) => self.agent(verb),
                _ => self.surface_subject(token),
            },
        }
    }

    fn deep_subject_of_verb(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) { self.agent(verb) } else { self.surface_subject(verb) }
    }

    /// The by-phrase of a passive.
    fn agent(&self, verb: usize) -> Vec<usize> {
        let marked: Vec<usize> =
            self.marked_by(verb, "by").into_iter().filter(|&c| self.deprel(c) == "obl:agent").collect();
        if !marked.is_empty() {
            return marked;
        }
        let own = self.marked_by(verb, "by");
        if !own.is_empty() {
            return own;
        }
        if let Some(next) = self.follows_at_once(verb, "by") {
            return vec![next];
        }
        // "accused of fraud by X": the parser may hang the agent on the phrase before it.
        self.related(verb, "obl").flat_map(|phrase| self.marked_by(phrase, "by")).collect()
    }

    fn deep_object(&self, token: usize) -> Vec<usize> {
        if !matches!(self.upos(token), Upos::Verb | Upos::Aux) {
            return self.related(token, "obj").collect();
        }
        if self.is_passive(token) {
            return self.surface_subject(token);
        }
        let own: Vec<usize> = self.related(token, "obj").chain(self.related(token, "iobj")).collect();
        if !own.is_empty() {
            return own.into_iter().map(|object| self.antecedent(token, object)).collect();
        }
        // A noun behind the verb without preposition is its object, whatever the parser calls it.
        let bare = self.related(token, "obl").find(|&phrase| {
            phrase > token
                && matches!(self.upos(phrase), Upos::Noun | Upos::Propn | Upos::Pron)
                && !self.temporal[phrase]
                && self.deprel(phrase) == "obl"
                && self.preposition(phrase).is_none()
        });
        if let Some(object) = bare {
            return vec![object];
        }
        // "the sanctions Washington imposed": the noun is the object its clause leaves out.
        if self.deprel(token) == "acl:relcl" && self.has(token, "nsubj") {
            let pronoun_is_subject =
                self.related(token, "nsubj").any(|s| RELATIVE.contains(&self.lemma(s).as_str()));
            if let (false, Some(noun)) = (pronoun_is_subject, self.head(token)) {
                return vec![noun];
            }
        }
        // "attacked and killed the soldiers": the object stands with the second verb.
        self.related(token, "conj")
            .filter(|&second| self.upos(second) == Upos::Verb && !self.has(second, "nsubj"))
            .flat_map(|second| self.related(second, "obj"))
            .take(1)
            .collect()
    }

    /// Whoever stands before a noun as its owner; shared owners of conjoined nouns too.
    fn owners(&self, noun: usize) -> Vec<usize> {
        let stands_before = |&child: &usize| {
            let owner = matches!(
                self.deprel(child),
                "nmod:poss" | "compound" | "amod" | "nmod:desc" | "nmod:unmarked"
            );
            child < noun && (owner || self.deprel(child) == "nmod" && self.is_genitive(child))
        };
        let own: Vec<usize> = self.children[noun].iter().copied().filter(stands_before).collect();
        // "U.S. threats and sanctions" share their owner; "his exile and the loss of his post" do not.
        let shares = self.relation(noun) == "conj" && self.related(noun, "det").next().is_none();
        match self.head(noun) {
            Some(first) if own.is_empty() && shares && first < noun && self.relation(first) != "conj" => {
                self.owners(first)
            }
            _ => own,
        }
    }

    /// True for "Peru's", "the States'".
    fn is_genitive(&self, noun: usize) -> bool {
        let next = self.sentence.tokens.get(noun + 1);
        next.is_some_and(|mark| matches!(mark.text.as_str(), "'s" | "'" | "’s" | "’"))
    }

    /// Phrases with a preposition: on the trigger, or where parsers differ in what they hang them on,
    /// on the verb whose object the trigger is, or on the trigger's own object.
    fn oblique(&self, token: usize, preposition: &str, spread: bool) -> Vec<usize> {
        let own = self.marked_by(token, preposition);
        if !own.is_empty() || !spread {
            return own;
        }
        // "revocation of his visa": what follows at once belongs here, whatever the parser hung it on.
        if let Some(phrase) = self.follows_at_once(token, preposition) {
            return vec![phrase];
        }
        let noun = !matches!(self.upos(token), Upos::Verb | Upos::Aux);
        let beside: Vec<usize> = match noun {
            true => self
                .head(token)
                .filter(|_| matches!(self.relation(token), "obj" | "nsubj"))
                .into_iter()
                .collect(),
            false => self.related(token, "obj").chain(self.related(token, "xcomp")).collect(),
        };
        if let Some(found) = self.first_marked(&beside, preposition) {
            return found;
        }
        // "the visit by the president to Kyiv", "50 million euros in aid to Turkey": one phrase further in.
        let inner = self.children[token].iter().copied().filter(|&child| {
            matches!(self.relation(child), "nmod" | "obl" | "obj") && (noun || self.relation(child) != "nmod")
        });
        let deeper: Vec<usize> = inner
            .flat_map(|phrase| {
                let next = self.related(phrase, "nmod").flat_map(|below| self.marked_by(below, preposition));
                self.marked_by(phrase, preposition).into_iter().chain(next).collect::<Vec<_>>()
            })
            .collect();
        if !deeper.is_empty() || !noun {
            return deeper;
        }
        let first = self.head(token).filter(|_| self.relation(token) == "conj");
        let conjuncts: Vec<usize> = self.related(token, "conj").chain(first).collect();
        self.first_marked(&conjuncts, preposition).unwrap_or_default()
    }

    /// The phrases with a preposition on the first of several tokens that has any.
    fn first_marked(&self, tokens: &[usize], preposition: &str) -> Option<Vec<usize>> {
        tokens.iter().map(|&token| self.marked_by(token, preposition)).find(|found| !found.is_empty())
    }

    /// The phrase whose preposition is the very next word.
    fn follows_at_once(&self, token: usize, preposition: &str) -> Option<usize> {
        let next = self.sentence.tokens.get(token + 1)?;
        let phrase = self.head(token + 1)?;
        let fits = next.text.to_lowercase() == preposition
            && next.relation() == "case"
            && phrase > token
            && !self.temporal[phrase];
        fits.then_some(phrase)
    }

    /// Dependents of a token that stand with a preposition.
    fn marked_by(&self, token: usize, preposition: &str) -> Vec<usize> {
        self.children[token]
            .iter()
            .copied()
            .filter(|&child| {
                matches!(self.relation(child), "obl" | "nmod" | "advcl" | "acl" | "xcomp")
                    && !self.temporal[child]
                    && self.preposition(child).is_some_and(|words| words == preposition)
            })
            .collect()
    }

    /// The preposition a phrase stands with ("with", "out of"), lower case.
    pub fn preposition(&self, token: usize) -> Option<String> {
        let marker = |owner: usize| {
            let marks = |&child: &usize| matches!(self.relation(child), "case" | "mark") && child < token;
            self.children[owner].iter().copied().find(marks)
        };
        // "with President X": the parser may hang the preposition on the title.
        let case = marker(token).or_else(|| {
            let titles = self.children[token].iter().copied();
            titles
                .filter(|&child| {
                    child < token && matches!(self.relation(child), "nmod" | "compound" | "flat")
                })
                .find_map(marker)
        })?;
        let mut words = vec![case];
        words.extend(self.related(case, "fixed"));
        // "out of", where the parser made two case words of it.
        let mut last = case;
        for &child in &self.children[token] {
            if child == last + 1 && child < token && self.relation(child) == "case" {
                words.push(child);
                last = child;
            }
        }
        words.sort_unstable();
        words.dedup();
        Some(
            words
                .iter()
                .map(|&word| self.sentence.tokens[word].text.to_lowercase())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }
}
