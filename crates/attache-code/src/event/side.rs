//! Who in a sentence may be a side of an event: first whom its phrases name, then phrases that name nobody
//! known but stand where one acts or is acted upon ("the convoy", "three of them").

use super::party::Parties;
use crate::entity::EntityMention;
use crate::record::Actor;
use attache_text::{Span, Upos};

/// Named sides looked at in one sentence; a list of forty countries is not read pair by pair.
const MOST_NAMED: usize = 12;
/// Further phrases looked at.
const MOST_OPEN: usize = 10;
/// Prepositions behind which a place is only where something happens.
const WHERE: [&str; 6] = ["in", "at", "near", "across", "around", "inside"];
/// Prepositions behind which someone may be acted upon or act.
const TOWARDS: [&str; 16] = [
    "by", "to", "against", "at", "on", "upon", "with", "from", "of", "for", "into", "between", "among",
    "towards", "toward", "onto",
];
/// Words that stand for someone told before.
const PRONOUNS: [&str; 13] =
    ["he", "she", "they", "it", "him", "her", "them", "both", "each", "others", "those", "some", "many"];

/// One side an event may have.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its tokens.
    pub words: Vec<usize>,
    /// Its bytes in the report.
    pub span: Span,
    /// Whom it names; for a phrase that names nobody known, its own words.
    pub actors: Vec<Actor>,
    /// Whether the resolver knows whom it means.
    pub named: bool,
}

/// The named sides of the sentence (the outermost resolved phrases), then the open ones, each in text order.
pub fn sides(parties: &Parties<'_>) -> Vec<Side> {
    let mut sides = named(parties);
    let open = open(parties, &sides);
    sides.extend(open);
    sides
}

fn named(parties: &Parties<'_>) -> Vec<Side> {
    let mentions = parties.resolution.of(parties.index);
    let known = || mentions.iter().filter(|mention| !mention.entities.is_empty());
    let inside =
        |span: Span, other: Span| other.start <= span.start && span.end <= other.end && span != other;
    known()
        .filter(|mention| !known().any(|other| inside(mention.span, other.span)))
        .filter(|mention| may_act(parties, mention))
        .map(|mention| Side {
            words: (mention.first..mention.last).collect(),
            span: mention.span,
            actors: parties.actors(&[mention.head]),
            named: true,
        })
        .filter(|side| !side.actors.is_empty())
        .take(MOST_NAMED)
        .collect()
}

/// A phrase that may be a side of its own: no adjective, no owner told by a pronoun ("its mission"), and no
/// bare place where something merely happens ("in Verona") or was written ("LYON: …", "Raipur, India - …").
fn may_act(parties: &Parties<'_>, mention: &EntityMention) -> bool {
    let (tree, head) = (parties.tree, mention.head);
    let owner = tree.upos(head) == Upos::Pron && tree.relation(head) == "nmod";
    let place = mention.entities.iter().all(|entity| entity.sector.is_none())
        && (tree.preposition(head).is_some_and(|word| WHERE.contains(&word.as_str()))
            || mention.last <= dateline(parties));
    tree.upos(head) != Upos::Adj && !owner && !place
}

/// How many tokens at the sentence's start are the place a bare text was written at.
fn dateline(parties: &Parties<'_>) -> usize {
    let tree = parties.tree;
    let tokens = &tree.sentence().tokens;
    let end =
        tokens.iter().take(8).position(|token| matches!(token.text.as_str(), ":" | "-" | "--" | "–" | "—"));
    let Some(end) = end.filter(|&end| end > 0) else { return 0 };
    let set_off = tokens[end].text == ":" || tokens[end].span.start > tokens[end - 1].span.end;
    let place = (0..end).all(|token| matches!(tree.upos(token), Upos::Propn | Upos::Punct));
    if set_off && place { end } else { 0 }
}

fn open(parties: &Parties<'_>, named: &[Side]) -> Vec<Side> {
    let count = parties.tree.sentence().tokens.len();
    let free = |side: &Side| !named.iter().any(|other| other.span.overlaps(side.span));
    (0..count).filter_map(|head| phrase(parties, head)).filter(free).take(MOST_OPEN).collect()
}

/// The phrase of a head that names nobody known, where it stands as someone who acts or is acted upon.
pub fn phrase(parties: &Parties<'_>, head: usize) -> Option<Side> {
    let tree = parties.tree;
    let tokens = &tree.sentence().tokens;
    let pronoun = PRONOUNS.contains(&tokens[head].text.to_lowercase().as_str());
    let nominal = match tree.upos(head) {
        Upos::Noun | Upos::Propn => true,
        Upos::Pron | Upos::Det => pronoun,
        Upos::Num => tokens[head].text.chars().all(char::is_alphabetic),
        _ => false,
    };
    // A conjunct stands where the first one stands.
    let first = std::iter::once(head)
        .chain(tree.ancestors(head))
        .find(|&token| tree.relation(token) != "conj")
        .unwrap_or(head);
    let stands = match tree.relation(first) {
        "nsubj" | "obj" | "iobj" => true,
        "obl" | "nmod" => match tree.preposition(first) {
            Some(word) => TOWARDS.contains(&word.as_str()),
            None => tree.deprel(first) == "nmod:poss" && !pronoun,
        },
        _ => false,
    };
    if !nominal || !stands || tree.is_temporal(head) || parties.behind(head).is_some() {
        return None;
    }
    let own = |&child: &usize| {
        let before =
            matches!(tree.relation(child), "det" | "amod" | "nummod" | "compound" | "advmod" | "nmod")
                && child < head
                && tree.preposition(child).is_none();
        before || matches!(tree.relation(child), "flat" | "goeswith")
    };
    let children = tree.children(head).iter().copied().filter(own);
    let (from, to) = children.fold((head, head), |(from, to), child| (from.min(child), to.max(child)));
    let span = tokens[from].span.join(tokens[to].span);
    let text = span.of(parties.text);
    let bare = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
    let actor = Actor { name: bare.to_owned(), text: text.to_owned(), span, ..Actor::default() };
    Some(Side { words: (from..=to).collect(), span, actors: vec![actor], named: false })
}
