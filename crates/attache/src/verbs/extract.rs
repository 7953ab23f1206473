//! `attache extract`: bare texts in, their events out.

use super::texts;
use crate::args::Texts;
use crate::{Outcome, data};
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
pub fn run(args: &Texts) -> Outcome {
    let coder = data::coder()?;
    texts::run(&args.input, |question: Question| {
        let report = texts::report(&question.id, question.text, question.date, question.lang);
        let coded = texts::code(&coder, &report).map_err(|error| error.to_string())?;
        Ok(Answer { id: question.id, events: coded.events })
    })
}
