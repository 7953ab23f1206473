//! The whole way of a report through the code: sentences, who, what, when, where, and the records.

use crate::Status;
use crate::date;
use crate::entity::{self, Registry, Resolution};
use crate::event::asked::Asked;
use crate::event::context::{self, Weights};
use crate::event::gather::{self, Gathered};
use crate::event::learned;
use crate::event::lexicon::Lexicon;
use crate::event::matching::{self, HEAD, Outcome, Tried};
use crate::event::party::Parties;
use crate::event::telling::Telling;
use crate::event::tree::Tree;
use crate::ontology::Ontology;
use crate::place::{self, Gazetteer, Toponym};
use crate::record::{Actor, Event, Evidence, ReportRef};
use attache_text::encoder::{Encoded, Model};
use attache_text::language::{self, Language};
use attache_text::{BlockKind, Casing, Report, Sentence, Span, casing, segment, tokenize};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Bytes of a report that are coded; what lies beyond is left with a note.
pub const MOST_BYTES: usize = 400_000;

/// Everything the coder knows, loaded once; shared by all threads.
#[derive(Debug)]
pub struct Coder {
    model: Model,
    lexicon: Lexicon,
    registry: Registry,
    gazetteer: Gazetteer,
    ontology: Ontology,
    version: String,
}

/// A report with every layer that was added to it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The language it was read in.
    pub language: Language,
    /// Its sentences, in text order.
    pub sentences: Vec<Sentence>,
    /// The kind of block each sentence stands in.
    pub kinds: Vec<BlockKind>,
    /// Whom its phrases mean.
    pub resolution: Resolution,
    /// Its place names.
    pub toponyms: Vec<Toponym>,
    /// Its events, in the order of their first telling.
    pub events: Vec<Event>,
    /// Every frame that was tried, for `attache explain`.
    pub trace: Vec<Tried>,
    /// Every question the learned head answered with a type worth a note, for `attache explain`.
    pub asked: Vec<Asked>,
    /// Things a person should know about how this was coded.
    pub notes: Vec<String>,
}

/// The layers under the events.
#[derive(Debug, Clone, Copy)]
struct Layers<'a> {
    sentences: &'a [Sentence],
    encoded: &'a [Encoded],
    kinds: &'a [BlockKind],
    resolution: &'a Resolution,
    toponyms: &'a [Toponym],
    weights: &'a [Weights],
}

/// Why a report cannot be coded.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum CodeError {
    /// The report is in a language there is no lexicon for.
    #[error("written in {name} ({code}), which attache cannot code yet; it codes English")]
    Language {
        /// ISO 639-1 code.
        code: String,
        /// English name of the language.
        name: String,
    },
}

impl Coder {
    /// A coder from its loaded parts.
    pub fn from_parts(
        model: Model,
        lexicon: Lexicon,
        registry: Registry,
        gazetteer: Gazetteer,
        ontology: Ontology,
    ) -> Coder {
        let version = format!(
            "attache {}, model {}, plover {}",
            env!("CARGO_PKG_VERSION"),
            model.id(),
            ontology.version()
        );
        Coder { model, lexicon, registry, gazetteer, ontology, version }
    }

    /// The encoder with its heads.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Types, modes, contexts and codes.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The English name of a country by its ISO 3166 alpha-3 code.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.registry.country(code).map(|country| country.name.as_str())
    }

    /// Program, model and ontology, as each of its events names them.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Codes a report.
    ///
    /// # Errors
    /// Where the report's language is none that can be coded.
    pub fn code(&self, report: &Report) -> Result<Coded, CodeError> {
        let language = language::detect(report);
        if !language::is_codable(&language.code) {
            return Err(CodeError::Language { name: language.name().to_owned(), code: language.code });
        }
        Ok(self.code_in(report, language))
    }

    /// Codes a report whose language is known to be one that can be coded.
    pub fn code_in(&self, report: &Report, language: Language) -> Coded {
        let mut notes = Vec::new();
        let segmented = segment::segment(report);
        let casings = Casing::of_blocks(report);
        let mut sentences = Vec::new();
        let mut encoded = Vec::new();
        let mut kinds = Vec::new();
        for &span in &segmented.sentences {
            if span.end > MOST_BYTES {
                notes.push(format!("only the first {MOST_BYTES} bytes of the text were coded"));
                break;
            }
            let block = block_at(report, span);
            let casing = casings.get(block).copied().unwrap_or(Casing::Usual);
            let (sentence, states) = self.read(&report.text, span, casing);
            sentences.push(sentence);
            encoded.push(states);
            kinds.push(report.blocks.get(block).map_or(BlockKind::Body, |block| block.kind));
        }
        let published = report.published.as_ref().map(|published| published.date);
        let mut resolution = entity::resolve(&report.text, &sentences, &kinds, &self.registry, published);
        let dateline = segmented.dateline.as_ref().map(|line| bare_sentence(report, line.place));
        let hints = place::Hints {
            countries: &countries(&resolution),
            dateline: dateline.as_ref(),
            publisher: report.publisher.as_deref(),
        };
        let toponyms = place::locate(&report.text, &sentences, &self.gazetteer, hints);
        place::belong(&mut resolution, &sentences, &toponyms);
        let dateline = toponyms.iter().find(|toponym| toponym.sentence == sentences.len());
        let weights: Vec<Weights> =
            sentences.iter().map(|s| context::weigh(s, self.lexicon.contexts())).collect();
        let layers = Layers {
            sentences: &sentences,
            encoded: &encoded,
            kinds: &kinds,
            resolution: &resolution,
            toponyms: &toponyms,
            weights: &weights,
        };
        let (tellings, mut trace, asked) = self.tellings(report, layers, dateline, published);
        let (gathered, bare) = gather::gather(tellings);
        for telling in bare {
            set_outcome(&mut trace, &telling, Outcome::NoParties);
        }
        let main = main_event(&gathered);
        let events = gathered
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let about = if Some(index) == main { context::of_report(&weights) } else { Vec::new() };
                self.record(report, one, published, &about)
            })
            .collect();
        Coded { language, sentences, kinds, resolution, toponyms, events, trace, asked, notes }
    }

    /// One sentence with its tokens and all the model says of them.
    pub fn analyse(&self, text: &str, span: Span) -> Sentence {
        self.read(text, span, Casing::Usual).0
    }

    /// The same, with what the relation head needs. A sentence that has lost its capitals, or is in capitals,
    /// is read twice: in small letters, and with the capitals that the first reading gives it back.
    fn read(&self, text: &str, span: Span, casing: Casing) -> (Sentence, Encoded) {
        let (mut sentence, mut encoded) = self.encode(text, span);
        if casing != Casing::Usual {
            if casing == Casing::Capitals {
                casing::lower(&mut sentence);
                self.model.analyse(text, &mut sentence);
            }
            let names = self.registry.names_in_small(&sentence);
            casing::restore(&mut sentence, &names);
            encoded = self.model.analyse(text, &mut sentence);
        }
        entity::mend(&mut sentence);
        (sentence, encoded)
    }

    /// A sentence as the model gives it, arcs not mended, with what the relation head needs.
    pub(crate) fn encode(&self, text: &str, span: Span) -> (Sentence, Encoded) {
        let mut sentence = Sentence { span, tokens: tokenize::tokens(text, span), mentions: Vec::new() };
        let encoded = self.model.analyse(text, &mut sentence);
        (sentence, encoded)
    }

    /// Every telling of every event, in text order, every frame tried and every question to the head.
    fn tellings(
        &self,
        report: &Report,
        Layers { sentences, encoded, kinds, resolution, toponyms, weights }: Layers<'_>,
        dateline: Option<&Toponym>,
        published: Option<Date>,
    ) -> (Vec<Telling>, Vec<Tried>, Vec<Asked>) {
        let mut tellings = Vec::new();
        let mut trace = Vec::new();
        let mut questions = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            if !kinds[index].is_coded() || sentence.tokens.is_empty() {
                continue;
            }
            let tree = Tree::new(sentence);
            let parties = Parties { tree: &tree, index, resolution, text: &report.text };
            let (matches, tried) = matching::matches(&parties, &self.lexicon);
            trace.extend(tried);
            let (matches, asked) =
                learned::settle(&parties, matches, &self.lexicon, &self.model, &encoded[index]);
            questions.extend(asked);
            if matches.is_empty() {
                continue;
            }
            let times = date::expressions(&report.text, sentence, published);
            for found in matches {
                let mut telling =
                    Telling::new(&parties, found, kinds[index], &times, published, &self.lexicon);
                word(&mut telling, sentence, &report.text);
                let here = place::place_of(sentence, index, telling.trigger, toponyms, dateline);
                telling.place = here.map(|toponym| toponym.place.clone());
                for context in context::of_sentence(&weights[index]) {
                    if !telling.contexts.iter().any(|known| known == context) {
                        telling.contexts.push(context.to_owned());
                    }
                }
                tellings.push(telling);
            }
        }
        (tellings, trace, questions)
    }

    fn record(
        &self,
        report: &Report,
        gathered: &Gathered,
        published: Option<Date>,
        about: &[String],
    ) -> Event {
        let best = &gathered.tellings[gathered.best];
        let all = &gathered.tellings;
        let best_first = || std::iter::once(best).chain(all);
        let mode = distinct(
            best_first().filter_map(|t| t.mode.as_ref().filter(|m| self.ontology.is_mode(t.kind, m))),
        );
        let contexts = distinct(best_first().flat_map(|t| &t.contexts).chain(about));
        let date = best_first().filter_map(|t| t.date.as_ref()).find(|date| date.told).or(best.date.as_ref());
        let cameo = if best.cameo.is_empty() {
            self.ontology.cameo_root(best.kind).to_owned()
        } else {
            best.cameo.clone()
        };
        let (mut actor, mut recipient) = gather::sides(gathered);
        let mut said_by = best.said_by.clone();
        actor.iter_mut().chain(&mut recipient).chain(&mut said_by).for_each(identify);
        let mut told: Vec<Span> = all.iter().map(|t| t.sentence_span).collect();
        told.dedup();
        Event {
            id: event_id(report, best),
            version: self.version.clone(),
            report: ReportRef {
                id: report.id.clone(),
                given_id: report.given_id.clone(),
                url: report.url.clone(),
                publisher: report.publisher.clone(),
                title: report.title.clone(),
                published,
            },
            kind: best.kind,
            contexts,
            quad: best.kind.quad(),
            score: self.ontology.score(best.kind, mode.first().map(String::as_str)),
            goldstein: self.ontology.goldstein(&cameo),
            cameo,
            mode,
            status: gather::status(gathered, published),
            date: date.map(|date| date.date),
            date_precision: date.map(|date| date.precision),
            date_raw: date.and_then(|date| date.raw.clone()),
            actor,
            recipient,
            place: best_first().find_map(|t| t.place.clone()),
            magnitude: best_first().find_map(|t| t.magnitude.clone()),
            said_by,
            confidence: confidence(best, all.len()),
            evidence: Evidence {
                sentence: best.sentence_span.of(&report.text).to_owned(),
                span: best.sentence_span,
                trigger: best.trigger_span,
            },
            why: best.why.clone(),
            mentions: all.len(),
            told,
        }
    }
}

/// The values, each once, in the order of their first.
fn distinct<'a>(values: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for value in values {
        if !list.contains(value) {
            list.push(value.clone());
        }
    }
    list
}

/// The number of the block that a sentence stands in.
fn block_at(report: &Report, span: Span) -> usize {
    // Blocks stand in order: a report of many lines is not searched from its start for each sentence.
    report.blocks.partition_point(|block| block.span.end <= span.start)
}

/// Gives an actor with a name that the registry does not have an id of its own, the same wherever that name
/// stands with that country: `x.PER.luis-quispe`. Descriptions ("armed men") get none.
fn identify(actor: &mut Actor) {
    let particle = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
    let named = |word: &str| word.chars().next().is_some_and(char::is_uppercase) || particle(word);
    let words: Vec<&str> = actor.name.split_whitespace().collect();
    let name = words.len() > 1 && words.iter().all(|word| named(word)) && !words.iter().all(|w| particle(w));
    if actor.id.is_none() && name {
        let country = actor.country.as_deref().unwrap_or("-");
        actor.id = Some(format!("x.{country}.{}", entity::slug(&actor.name)));
    }
}

/// Lets each side be told by the whole phrase that names it, as far as it shares no word with the other's.
fn word(telling: &mut Telling, sentence: &Sentence, text: &str) {
    let trigger = telling.trigger;
    let mut sides: Vec<&mut Actor> = telling.actor.iter_mut().chain(&mut telling.recipient).collect();
    let worded: Vec<Span> = sides.iter().map(|side| entity::wording(sentence, trigger, side.span)).collect();
    let own: Vec<Span> = sides.iter().map(|side| side.span).collect();
    for (index, side) in sides.iter_mut().enumerate() {
        let shared =
            (0..own.len()).any(|other| own[other] != own[index] && worded[index].overlaps(own[other]));
        if !shared {
            side.span = worded[index];
            side.text = worded[index].of(text).to_owned();
        }
    }
}

/// A stretch of the report as tokens that nobody has analysed.
fn bare_sentence(report: &Report, span: Span) -> Sentence {
    Sentence { span, tokens: tokenize::tokens(&report.text, span), mentions: Vec::new() }
}

/// The countries a report's phrases name, each once.
fn countries(resolution: &Resolution) -> Vec<String> {
    let entities = resolution.mentions.iter().flat_map(|mention| &mention.entities);
    distinct(entities.filter_map(|entity| entity.country.as_ref()))
}

/// The event a report is about: the one told most often, the first of them.
fn main_event(gathered: &[Gathered]) -> Option<usize> {
    (0..gathered.len()).rev().max_by_key(|&index| gathered[index].tellings.len())
}

fn set_outcome(trace: &mut [Tried], telling: &Telling, outcome: Outcome) {
    let tried = trace.iter_mut().find(|tried| {
        tried.sentence == telling.sentence
            && tried.trigger == telling.trigger
            && tried.frame == telling.frame
            && tried.outcome == Outcome::Coded
    });
    if let Some(tried) = tried {
        tried.outcome = outcome;
    }
}

/// How likely type and sides are right: a logistic curve fitted on the own reports (`evaluation/RESULTS.md`
/// has its calibration) over what frame and head say, raised a little by further tellings, and lowered for
/// what is only supposed or denied, of which the reports have too few to fit.
fn confidence(best: &Telling, tellings: usize) -> f64 {
    let yes = |holds: bool| f64::from(u8::from(holds));
    let known = |side: &[Actor]| side.iter().any(|actor| actor.id.is_some());
    let mut odds = -2.89 + 0.44 * yes(best.frame != HEAD) + 0.29 * yes(known(&best.actor));
    odds += 1.87 * yes(best.roles() == 2);
    if let Some(opinion) = &best.opinion {
        odds += 2.09 * f64::from(opinion.of(best.kind)) - 1.02 * f64::from(opinion.none);
    }
    odds += 0.2 * (tellings.saturating_sub(1).min(3) as f64);
    odds -= 0.7 * yes(matches!(best.status, Status::Hypothetical | Status::Negated));
    (100.0 / (1.0 + (-odds).exp())).round() / 100.0
}

/// The first 16 hex digits of a hash over what makes the event this one.
fn event_id(report: &Report, best: &Telling) -> String {
    let mut hash = Sha256::new();
    hash.update(report.id.as_bytes());
    hash.update(best.kind.as_str());
    hash.update(best.trigger_span.start.to_le_bytes());
    for party in best.actor.iter().chain(&best.recipient) {
        hash.update(party.name.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
