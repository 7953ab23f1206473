//! `attache parse`: the sentences of reports as CoNLL-U, with the model's tags, arcs and mentions.

use super::read::report;
use super::texts::BUG;
use crate::args::Parse;
use crate::ordered::in_order;
use crate::talk::Talk;
use crate::{Outcome, data};
use anyhow::Context;
use attache_code::coder::MOST_BYTES;
use attache_read::{Document, Problem};
use attache_text::encoder::Model;
use attache_text::{Report, Sentence, conllu, language, segment, tokenize};
use std::io::{self, BufWriter, Write};

/// Parses every report behind the inputs.
pub fn run(args: &Parse, quiet: bool) -> Outcome {
    let model = data::model()?;
    let options = args.reading.options();
    let work = |document: Result<Document, Problem>| -> Result<String, String> {
        let (report, name) = report(document, &options).map_err(|error| error.to_string())?;
        parsed(&model, &report).map_err(|reason| format!("{name}: {reason}"))
    };

    let mut talk = Talk::new("reports", quiet);
    let mut out = BufWriter::new(io::stdout().lock());
    in_order(attache_read::documents(&args.input, &options), work, |answered| {
        talk.step();
        match answered.unwrap_or_else(|| Err(BUG.to_owned())) {
            Ok(text) => talk.aside(|| out.write_all(text.as_bytes())),
            Err(reason) => {
                talk.fail(&reason);
                Ok(())
            }
        }
    })
    .and_then(|()| out.flush())
    .context("standard output")?;
    Ok(talk.end())
}

/// The report's sentences, as far as they would be coded; ids are the report's with the sentence's number.
fn parsed(model: &Model, report: &Report) -> Result<String, String> {
    let code = language::detect(report).code;
    if !language::is_codable(&code) {
        return Err(format!("written in a language attache cannot parse yet ({code}); it parses English"));
    }
    let mut text = format!("# newdoc id = {}\n", report.id);
    for (index, span) in segment::segment(report).sentences.into_iter().enumerate() {
        if span.end > MOST_BYTES {
            text += &format!("# only the first {MOST_BYTES} bytes of the text were parsed\n");
            break;
        }
        let tokens = tokenize::tokens(&report.text, span);
        let mut sentence = Sentence { span, tokens, mentions: Vec::new() };
        model.analyse(&report.text, &mut sentence);
        conllu::write(&mut text, &report.text, &sentence, &format!("{}-{}", report.id, index + 1));
    }
    Ok(text)
}
