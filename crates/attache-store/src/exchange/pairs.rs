//! Formats of one source and one target a row: an event becomes a row for every pair, rows of one event
//! become one event again.

use super::problem::Problem;
use attache_code::Event;
use attache_code::record::Actor;

/// The most rows one event becomes.
const MOST: usize = 256;

/// Source and target of one row.
pub(crate) type Pair<'a> = (Option<&'a Actor>, Option<&'a Actor>);

/// Every actor with every recipient; without recipients, the actors of a mutual act each with each other.
pub(crate) fn pairs(event: &Event) -> Vec<Pair<'_>> {
    let (actors, recipients) = (&event.actor, &event.recipient);
    let mut pairs: Vec<Pair<'_>> = match (actors.len(), recipients.len()) {
        (0, 0) => vec![(None, None)],
        (0, _) => recipients.iter().map(|recipient| (None, Some(recipient))).collect(),
        (2.., 0) if event.kind.is_mutual() => {
            let others = |at| actors.iter().enumerate().filter(move |(other, _)| *other != at);
            let ordered = actors.iter().enumerate();
            ordered.flat_map(|(at, one)| others(at).map(move |(_, two)| (Some(one), Some(two)))).collect()
        }
        (_, 0) => actors.iter().map(|actor| (Some(actor), None)).collect(),
        _ => actors.iter().flat_map(|one| recipients.iter().map(move |two| (Some(one), Some(two)))).collect(),
    };
    pairs.truncate(MOST);
    pairs
}

/// Joins neighbouring events that differ in nothing but their parties.
pub(crate) fn join(
    events: impl Iterator<Item = Result<Event, Problem>>,
) -> impl Iterator<Item = Result<Event, Problem>> {
    let mut events = events.peekable();
    std::iter::from_fn(move || {
        let mut event = match events.next()? {
            Ok(event) => event,
            problem => return Some(problem),
        };
        let mut rows = 1;
        while rows < MOST
            && let Some(Ok(next)) = events.next_if(|next| next.as_ref().is_ok_and(|next| same(&event, next)))
        {
            rows += 1;
            add(&mut event.actor, next.actor);
            add(&mut event.recipient, next.recipient);
        }
        let each_other = rows > 1
            && event.kind.is_mutual()
            && event.actor.len() == event.recipient.len()
            && event.recipient.iter().all(|recipient| event.actor.contains(recipient));
        if each_other {
            event.recipient.clear();
        }
        Some(Ok(event))
    })
}

fn same(one: &Event, two: &Event) -> bool {
    one.id == two.id
        && one.cameo == two.cameo
        && one.date == two.date
        && one.report == two.report
        && one.place == two.place
        && one.contexts == two.contexts
}

fn add(side: &mut Vec<Actor>, more: Vec<Actor>) {
    for actor in more {
        if !side.contains(&actor) {
            side.push(actor);
        }
    }
}
