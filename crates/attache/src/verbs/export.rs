//! `attache export`: the events of an archive in a format of the field.

use crate::Outcome;
use crate::exchange::{self, Export};
use attache_store::Archive;
use attache_store::query::{self, Filter};

/// Events asked for at once.
const PAGE: usize = 1000;

/// Writes every event of the archive, page by page.
pub fn run(args: &Export, quiet: bool) -> Outcome {
    let archive = Archive::open(&args.archive)?;
    let page = |number: usize| {
        let filter = Filter { limit: Some(PAGE), offset: number * PAGE, ..Filter::default() };
        query::events(&archive, &filter)
    };
    let mut number = 0;
    let mut held = Vec::new().into_iter();
    let events = std::iter::from_fn(|| {
        if held.len() == 0 {
            held = match page(number) {
                Ok(found) => found.into_iter(),
                Err(error) => return Some(Err(error.into())),
            };
            number += 1;
        }
        held.next().map(|archived: query::Archived| Ok(archived.event))
    });
    exchange::export(events, args, quiet)
}
