//! Mentions: the best well-formed BIOES tagging (Viterbi).

use crate::{Mention, MentionKind};

/// Where in a mention a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Begin,
    Inside,
    End,
    Single,
}

/// A mention tag such as `B-ORG`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    place: Place,
    kind: Option<MentionKind>,
}

impl Tag {
    /// Reads a tag; none for what is none.
    pub fn parse(text: &str) -> Option<Tag> {
        if text == "O" {
            return Some(Tag { place: Place::Outside, kind: None });
        }
        let (place, kind) = text.split_once('-')?;
        let place = match place {
            "B" => Place::Begin,
            "I" => Place::Inside,
            "E" => Place::End,
            "S" => Place::Single,
            _ => return None,
        };
        let kind = match kind {
            "PER" => MentionKind::Per,
            "ORG" => MentionKind::Org,
            "GPE" => MentionKind::Gpe,
            "LOC" => MentionKind::Loc,
            "FAC" => MentionKind::Fac,
            "NORP" => MentionKind::Norp,
            "DATE" => MentionKind::Date,
            "MONEY" => MentionKind::Money,
            _ => return None,
        };
        Some(Tag { place, kind: Some(kind) })
    }

    /// True where a mention goes on after this tag.
    fn is_open(self) -> bool {
        matches!(self.place, Place::Begin | Place::Inside)
    }

    /// True where this tag goes on with a mention.
    fn continues(self) -> bool {
        matches!(self.place, Place::Inside | Place::End)
    }

    fn may_precede(self, next: Tag) -> bool {
        self.is_open() == next.continues() && (!self.is_open() || self.kind == next.kind)
    }
}

/// The mentions of the likeliest well-formed tagging; `scores` has a row a word, a column a tag.
pub fn decode(scores: &[&[f32]], tags: &[Tag]) -> Vec<Mention> {
    let Some((first, rest)) = scores.split_first() else { return Vec::new() };
    let never = f32::NEG_INFINITY;
    let mut paths: Vec<f32> =
        first.iter().zip(tags).map(|(&s, tag)| if tag.continues() { never } else { s }).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(rest.len());
    for row in rest {
        let before = |next: Tag| {
            let fitting = tags.iter().enumerate().filter(|(_, tag)| tag.may_precede(next));
            fitting.fold((never, 0), |best, (i, _)| if paths[i] > best.0 { (paths[i], i) } else { best })
        };
        let steps: Vec<(f32, usize)> = tags.iter().map(|&tag| before(tag)).collect();
        paths = steps.iter().zip(*row).map(|((path, _), score)| path + score).collect();
        back.push(steps.into_iter().map(|(_, from)| from).collect());
    }
    let closed = paths.iter().enumerate().filter(|&(i, _)| !tags[i].is_open());
    let mut tag = closed.fold((never, 0), |best, (i, &p)| if p > best.0 { (p, i) } else { best }).1;
    let mut path = vec![tag];
    for from in back.iter().rev() {
        tag = from[tag];
        path.push(tag);
    }
    path.reverse();
    mentions(&path, tags)
}

fn mentions(path: &[usize], tags: &[Tag]) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut first = 0;
    for (at, &tag) in path.iter().enumerate() {
        let Tag { place, kind } = tags[tag];
        if matches!(place, Place::Begin | Place::Single) {
            first = at;
        }
        if let (Place::End | Place::Single, Some(kind)) = (place, kind) {
            out.push(Mention { first, last: at + 1, kind });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tagging_is_well_formed() {
        let tags: Vec<Tag> =
            ["O", "B-ORG", "I-ORG", "E-ORG", "S-PER"].iter().map(|t| Tag::parse(t).unwrap()).collect();
        let scores: [&[f32]; 4] = [
            &[0.0, 2.0, 0.0, 0.0, 0.0],
            &[3.0, 0.0, 2.5, 0.0, 0.0], // outside by itself, inside by what stands around
            &[0.0, 0.0, 0.0, 2.0, 0.0],
            &[0.0, 0.0, 0.0, 0.0, 1.0],
        ];
        assert_eq!(
            decode(&scores, &tags),
            [
                Mention { first: 0, last: 3, kind: MentionKind::Org },
                Mention { first: 3, last: 4, kind: MentionKind::Per }
            ]
        );
        assert_eq!(decode(&[], &tags), []);
    }

    #[test]
    fn scores_that_are_no_numbers_do_no_harm() {
        let tags = [Tag::parse("O").unwrap(), Tag::parse("S-GPE").unwrap()];
        assert_eq!(decode(&[&[f32::NAN, f32::NAN], &[f32::NAN, f32::NAN]], &tags), []);
        assert_eq!(Tag::parse("B-CAT"), None);
    }
}
