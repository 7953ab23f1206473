//! What the learned relation head thinks of one pair, in the ontology's terms.

use crate::EventType;
use attache_text::encoder::Model;
use attache_text::heads::relation::Judgement;

/// A mode is named at this probability.
const SURE_MODE: f32 = 0.5;

/// Type and mode of what joins two sides, each with a probability.
#[derive(Debug, Clone, Default)]
pub struct Opinion {
    /// Nothing between the two.
    pub none: f32,
    /// How likely the trigger is a word that tells it; 0 where no trigger was sought.
    pub told: f32,
    types: Vec<(EventType, f32)>,
    modes: Vec<(EventType, String, f32)>,
}

impl Opinion {
    /// Reads a judgement of this model: its types as PLOVER 2.0 has them. Columns the ontology does not know
    /// are passed over.
    pub fn new(model: &Model, judgement: &Judgement) -> Opinion {
        Opinion::read(model, judgement, &judgement.types)
    }

    /// The same with the types as the roots of CAMEO's codes have them.
    pub fn of_roots(model: &Model, judgement: &Judgement) -> Opinion {
        Opinion::read(model, judgement, &judgement.cameo)
    }

    fn read(model: &Model, judgement: &Judgement, types: &[f32]) -> Opinion {
        let Some(columns) = model.relations() else { return Opinion::default() };
        let mut opinion = Opinion::default();
        for (root, &p) in columns.roots.iter().zip(types) {
            match EventType::parse(root) {
                Some(kind) => opinion.types.push((kind, p)),
                None => opinion.none = p,
            }
        }
        for (name, &p) in columns.modes.iter().zip(&judgement.modes) {
            let Some((kind, mode)) = name.split_once(' ') else { continue };
            opinion.modes.extend(EventType::parse(kind).map(|kind| (kind, mode.to_owned(), p)));
        }
        opinion
    }

    /// Probability of this type.
    pub fn of(&self, kind: EventType) -> f32 {
        self.types.iter().find(|(own, _)| *own == kind).map_or(0.0, |(_, p)| *p)
    }

    /// Probability of this type, given that something happens.
    pub fn given_event(&self, kind: EventType) -> f32 {
        self.of(kind) / (1.0 - self.none).max(1e-6)
    }

    /// The likeliest types, at most so many, the likeliest first.
    pub fn likeliest(&self, most: usize) -> Vec<(EventType, f32)> {
        let mut types = self.types.clone();
        types.sort_by(|a, b| b.1.total_cmp(&a.1));
        types.truncate(most);
        types
    }

    /// The likeliest type.
    pub fn best(&self) -> Option<(EventType, f32)> {
        self.types.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The likeliest mode, were it this type; none where the head is not sure of it.
    pub fn mode(&self, kind: EventType) -> Option<String> {
        let own = self.modes.iter().filter(|(of, _, p)| *of == kind && *p >= SURE_MODE);
        own.max_by(|a, b| a.2.total_cmp(&b.2)).map(|(_, mode, _)| mode.clone())
    }
}
