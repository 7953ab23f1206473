//! The built-in knowledge: everything under `data/`, compiled in, so that the program is one file.

use anyhow::Context;
use attache_code::Coder;
use attache_code::entity::{self, Registry};
use attache_code::event::lexicon::{self, Lexicon, Table};
use attache_code::ontology::Ontology;
use attache_code::place::{self, Gazetteer};
use attache_report::Sides;
use attache_store::exchange::{self, Codes};
use attache_text::encoder::Model;

/// A text file of the data folder.
macro_rules! text {
    ($path:literal) => {
        include_str!(concat!("../../../data/", $path))
    };
}

/// A text file of the English lexicon, with its name.
macro_rules! table {
    ($path:literal) => {
        Table { name: $path, text: include_str!(concat!("../../../data/lexicon/en/", $path)) }
    };
}

/// The weights of the encoder and its heads.
static MODEL: &[u8] = include_bytes!("../../../data/models/en.safetensors");

/// Towns and regions, packed by `cargo xtask pack-places`.
static PLACES: &[u8] = include_bytes!("../../../data/places/places.bin");

/// The coder with all it knows. Its parts are loaded side by side.
///
/// # Errors
/// A data file that does not follow its format, by file and line: a fault of the build.
pub fn coder() -> anyhow::Result<Coder> {
    coder_of(registry)
}

/// The coder with a registry that knows more than the built-in one.
///
/// # Errors
/// As for [`coder`], or where `registry` fails.
pub fn coder_of(registry: impl FnOnce() -> anyhow::Result<Registry> + Send) -> anyhow::Result<Coder> {
    let ((model, registry), ((lexicon, ontology), gazetteer)) = rayon::join(
        || rayon::join(model, registry),
        || rayon::join(|| rayon::join(lexicon, ontology), gazetteer),
    );
    Ok(Coder::from_parts(model?, lexicon?, registry?, gazetteer?, ontology?))
}

/// The encoder with its heads.
pub fn model() -> anyhow::Result<Model> {
    Model::from_bytes(MODEL).context("data/models")
}

/// Who is who.
pub fn registry() -> anyhow::Result<Registry> {
    Registry::from_tables(&entity::Tables {
        countries: text!("entities/countries.tsv"),
        dependencies: text!("entities/dependencies.tsv"),
        unrecognised: text!("entities/unrecognised.tsv"),
        former: text!("entities/former.tsv"),
        people: text!("entities/people.tsv"),
        offices: text!("entities/offices.tsv"),
        agents: text!("entities/agents.tsv"),
        organisations: text!("entities/organisations.tsv"),
    })
    .context("data/entities")
}

/// What words mean a side of a relation: countries, groups, and who the registry knows.
pub fn sides() -> anyhow::Result<Sides> {
    let ontology = ontology()?;
    let sectors: Vec<(&str, &str)> =
        ontology.sectors().iter().map(|sector| (sector.code.as_str(), sector.name.as_str())).collect();
    Ok(Sides::new(
        registry()?,
        text!("entities/countries.tsv"),
        text!("entities/organisations.tsv"),
        &sectors,
    ))
}

/// How English tells events.
pub fn lexicon() -> anyhow::Result<Lexicon> {
    let frames = vec![
        table!("frames/agree.tsv"),
        table!("frames/consult.tsv"),
        table!("frames/support.tsv"),
        table!("frames/concede.tsv"),
        table!("frames/cooperate.tsv"),
        table!("frames/aid.tsv"),
        table!("frames/retreat.tsv"),
        table!("frames/request.tsv"),
        table!("frames/accuse.tsv"),
        table!("frames/reject.tsv"),
        table!("frames/threaten.tsv"),
        table!("frames/protest.tsv"),
        table!("frames/sanction.tsv"),
        table!("frames/mobilize.tsv"),
        table!("frames/coerce.tsv"),
        table!("frames/assault.tsv"),
        table!("frames/none.tsv"),
    ];
    Lexicon::from_tables(&lexicon::Tables {
        frames,
        sets: table!("sets.tsv"),
        reporting: table!("reporting.tsv"),
        auxiliaries: table!("auxiliaries.tsv"),
        contexts: table!("contexts.tsv"),
    })
    .context("data/lexicon")
}

/// What can be coded.
pub fn ontology() -> anyhow::Result<Ontology> {
    Ontology::from_toml(text!("ontology/plover-2.0.toml"), text!("ontology/cameo.tsv"))
        .context("data/ontology")
}

/// What other schemes call countries, sectors and events.
pub fn codes() -> anyhow::Result<Codes> {
    let tables = exchange::Tables {
        countries: text!("entities/countries.tsv"),
        dependencies: text!("entities/dependencies.tsv"),
        codes: text!("entities/codes.tsv"),
        sectors: text!("ontology/sectors.tsv"),
        crosswalk: text!("ontology/crosswalk.tsv"),
    };
    Codes::from_tables(&tables, ontology()?).context("data")
}

/// Where is where.
pub fn gazetteer() -> anyhow::Result<Gazetteer> {
    Gazetteer::new(
        PLACES.into(),
        &place::Tables {
            facilities: text!("places/facilities.tsv"),
            countries: text!("entities/countries.tsv"),
            points: text!("places/countries.tsv"),
        },
    )
    .context("data/places")
}
