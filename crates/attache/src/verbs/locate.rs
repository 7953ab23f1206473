//! `attache locate`: bare texts in, their place names out.

use super::extract::Question;
use super::texts;
use crate::args::Texts;
use crate::{Outcome, data};
use attache_code::place;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Answer {
    id: Value,
    toponyms: Vec<Toponym>,
}

/// A place name; offsets are bytes of the text as given.
#[derive(Serialize)]
struct Toponym {
    start: usize,
    end: usize,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonameid: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
}

impl From<place::Toponym> for Toponym {
    fn from(toponym: place::Toponym) -> Toponym {
        let place = toponym.place;
        Toponym {
            start: place.span.start,
            end: place.span.end,
            text: place.text,
            geonameid: place.geonameid,
            lat: place.lat,
            lon: place.lon,
            country: place.country,
        }
    }
}

/// Finds each text's places.
pub fn run(args: &Texts) -> Outcome {
    let coder = data::coder()?;
    texts::run(&args.input, |question: Question| {
        let report = texts::report(&question.id, question.text, question.date, question.lang);
        let coded = texts::code(&coder, &report).map_err(|error| error.to_string())?;
        Ok(Answer { id: question.id, toponyms: coded.toponyms.into_iter().map(Toponym::from).collect() })
    })
}
