//! `attache evaluate`: the coder behind the questions that a gold file asks.

use super::texts;
use crate::evaluate::{self, Answerer, Args, Question};
use crate::{Outcome, data};
use attache_code::Cut;
use attache_text::Report;
use serde_json::Value;
use std::io::{self, Write};

/// Scores a gold file.
pub fn run(args: &Args) -> Outcome {
    let coder = data::coder()?;
    let code =
        |question: &Question<'_>| texts::code(&coder, &report(question)).map_err(|error| error.to_string());
    let told = evaluate::run(
        args,
        &Answerer {
            extract: &|question| Ok(code(question)?.events),
            relate: &|text, actor, recipient| coder.relate(text, actor, recipient, Cut::Roots),
            locate: &|question| {
                Ok(code(question)?.toponyms.into_iter().map(|toponym| toponym.place).collect())
            },
            country: &|code| coder.country_name(code).map(str::to_owned),
            analyse: &|text, sentence| {
                coder.model().analyse(text, sentence);
            },
        },
    )?;
    let mut out = io::stdout().lock();
    out.write_all(told.as_bytes())?;
    out.flush()?;
    Ok(0)
}

fn report(question: &Question<'_>) -> Report {
    let language = question.language.map(str::to_owned);
    texts::report(&Value::from(question.id), question.text.to_owned(), question.date, language)
}
