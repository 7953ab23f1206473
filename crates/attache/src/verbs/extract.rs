//! `attache extract`: bare texts in, their events out.

use super::texts;
use crate::args::Extract;
use crate::{Outcome, data, dictionaries};
use attache_code::Event;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Question {
    pub id: Value,
    pub text: String,
    pub date: Option<Date>,
    pub lang: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    events: Vec<Event>,
}

/// Codes each line's text.
pub fn run(args: &Extract, quiet: bool) -> Outcome {
    let coder = data::coder_of(|| dictionaries::registry(&args.dictionaries, quiet))?;
    texts::run(&args.texts.input, |question: Question| {
        let report = texts::report(&question.id, question.text, question.date, question.lang);
        let coded = texts::code(&coder, &report).map_err(|error| error.to_string())?;
        Ok(Answer { id: question.id, events: coded.events })
    })
}
