//! Places as actors: "shelled Kharkiv" is done to Ukraine.

use super::Toponym;
use crate::entity::{Entity, EntityMention, How, Resolution};
use attache_text::{Mention, MentionKind, Sentence};

/// A place that nobody knows as an actor stands for the country it lies in.
pub fn belong(resolution: &mut Resolution, sentences: &[Sentence], toponyms: &[Toponym]) {
    for toponym in toponyms {
        let Some(country) = &toponym.place.country else { continue };
        let inside = |head: usize| (toponym.first..toponym.last).contains(&head);
        let mut known = false;
        for mention in
            resolution.mentions.iter_mut().filter(|m| m.sentence == toponym.sentence && inside(m.head))
        {
            known = true;
            for entity in mention.entities.iter_mut() {
                if entity.country.is_none() && entity.id.is_none() && entity.sector.is_none() {
                    entity.country = Some(country.clone());
                }
            }
        }
        let Some(sentence) = sentences.get(toponym.sentence).filter(|_| !known) else { continue };
        // "Athens" of "Athens Police Department" does nothing by itself.
        let part = |m: &Mention| {
            let within = m.first <= toponym.first && toponym.last <= m.last;
            m.kind == MentionKind::Org && within && m.last - m.first > toponym.last - toponym.first
        };
        if sentence.mentions.iter().any(part) {
            continue;
        }
        let outside = |&index: &usize| sentence.tokens[index].head.is_none_or(|head| !inside(head));
        let Some(head) = (toponym.first..toponym.last.min(sentence.tokens.len())).find(outside) else {
            continue;
        };
        let place =
            Entity { name: toponym.place.name.clone(), country: Some(country.clone()), ..Entity::default() };
        resolution.mentions.push(EntityMention {
            sentence: toponym.sentence,
            first: toponym.first,
            last: toponym.last,
            head,
            span: toponym.place.span,
            entities: vec![place],
            how: How::Name,
        });
    }
    resolution.mentions.sort_by_key(|mention| (mention.sentence, mention.first));
}
