//! The ontology file, the CAMEO table and the English lexicon held against each other.

use super::*;

const PLOVER: &str = include_str!("../../../../data/ontology/plover-2.0.toml");
const CAMEO: &str = include_str!("../../../../data/ontology/cameo.tsv");
const LEXICON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/lexicon/en");

fn ontology() -> Ontology {
    Ontology::from_toml(PLOVER, CAMEO).unwrap()
}

/// Rows of a tab-separated file without comments and header.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}

fn frame_files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(format!("{LEXICON}/frames"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_manual_has_67_modes_37_contexts_and_32_sectors() {
    let ontology = ontology();
    let modes: usize = EventType::ALL.iter().map(|kind| ontology.entry(*kind).unwrap().modes.len()).sum();
    assert_eq!((modes, ontology.contexts().len(), ontology.sectors().len()), (67, 37, 32));
    assert_eq!(ontology.statuses().len(), 6);
    assert_eq!(ontology.version(), "2.0");
}

#[test]
fn every_type_is_explained() {
    let ontology = ontology();
    for kind in EventType::ALL {
        let entry = ontology.entry(kind).unwrap();
        assert!(entry.cases.rules.len() >= 3, "{} has too few border rules", kind.as_str());
        assert!(entry.cases.positive.len() >= 2, "{} lacks examples", kind.as_str());
        assert!(ontology.cameo(&entry.cameo).is_some(), "{} has no CAMEO root", kind.as_str());
        assert_taught(kind.as_str(), &entry.definition, &entry.cases);
    }
}

#[test]
fn every_mode_context_sector_and_status_has_a_definition_cases_and_a_border() {
    let ontology = ontology();
    for mode in EventType::ALL.iter().flat_map(|kind| &ontology.entry(*kind).unwrap().modes) {
        assert_taught(&mode.name, &mode.definition, &mode.cases);
    }
    for context in ontology.contexts() {
        assert_taught(&context.name, &context.definition, &context.cases);
    }
    for sector in ontology.sectors() {
        assert_taught(&sector.code, &sector.name, &sector.cases);
    }
    for status in ontology.statuses() {
        assert_taught(&format!("{:?}", status.status), &status.definition, &status.cases);
    }
}

/// An entry says what it is, shows it, and shows what it is not: a sentence with what that is in brackets.
fn assert_taught(name: &str, definition: &str, cases: &Cases) {
    assert!(!definition.is_empty(), "{name} has no definition");
    assert!(!cases.rules.is_empty(), "{name} has no border rule");
    assert!(!cases.positive.is_empty() && !cases.negative.is_empty(), "{name} lacks examples");
    for negative in &cases.negative {
        assert!(negative.ends_with(')') && negative.contains(" ("), "{name}: {negative}");
    }
}

#[test]
fn the_mode_decides_the_score() {
    let ontology = ontology();
    assert_eq!(ontology.score(EventType::Consult, Some("visit")), 4.0);
    assert_eq!(ontology.score(EventType::Consult, None), 2.5);
    // The manual prints 3 for ACCUSE; its modes are all negative.
    assert_eq!(ontology.score(EventType::Accuse, None), -3.0);
    // The manual gives vandalize no score: the type's holds.
    assert_eq!(ontology.score(EventType::Protest, Some("vandalize")), -5.0);
}

#[test]
fn older_labels_are_read() {
    let ontology = ontology();
    assert_eq!(ontology.alias("demand"), Some(EventType::Request));
    assert_eq!(ontology.alias("FIGHT"), Some(EventType::Assault));
    assert_eq!(ontology.alias("Coerce"), Some(EventType::Coerce));
    assert_eq!(ontology.alias("QUARREL"), None);
    assert_eq!(ontology.older("DISAPPROVE").unwrap().mode.as_deref(), Some("disapprove"));
    assert_eq!(ontology.mode(EventType::Assault, "assassinate"), Some("targeted"));
    assert_eq!(ontology.mode(EventType::Retreat, "release"), Some("release"));
    assert_eq!(ontology.mode(EventType::Retreat, "visit"), None);
    assert_eq!(ontology.context("pro-democracy").unwrap().name, "pro_democracy");
}

#[test]
fn a_refined_cameo_code_takes_its_parents_value() {
    let ontology = ontology();
    assert_eq!(ontology.goldstein("042"), Some(1.9));
    assert_eq!(ontology.goldstein("0334"), Some(6.0));
    assert_eq!(ontology.goldstein("0331"), Some(5.2));
    assert_eq!(ontology.goldstein("1952"), Some(-10.0));
    assert_eq!(ontology.goldstein("99"), None);
    assert_eq!(ontology.goldstein("ä2"), None);
}

#[test]
fn cameo_modes_exist() {
    let ontology = ontology();
    for code in ontology.cameo.values() {
        let fine = match (code.kind, &code.mode) {
            (Some(kind), Some(mode)) => ontology.is_mode(kind, mode),
            (_, None) => true,
            (None, Some(_)) => false,
        };
        assert!(fine, "CAMEO {} names a mode its type does not have", code.code);
    }
}

#[test]
fn every_type_mode_context_and_code_of_the_frames_exists() {
    let ontology = ontology();
    let mut count = 0;
    let mut ids = std::collections::BTreeSet::new();
    for (file, text) in frame_files() {
        for cells in rows(&text) {
            let [id, _, _, _, _, kind, mode, cameo, contexts, example] = cells.as_slice() else {
                panic!("{file}: {cells:?} has not 10 columns");
            };
            assert!(ids.insert((*id).to_owned()), "{file}: the id {id} stands twice");
            assert!(!example.is_empty(), "{file}: {id} has no example");
            count += 1;
            if *kind == "NONE" {
                continue;
            }
            let kind = EventType::parse(kind).unwrap_or_else(|| panic!("{file}: {id}: {kind}"));
            assert!(*mode == "-" || ontology.is_mode(kind, mode), "{file}: {id}: mode {mode}");
            assert!(ontology.cameo(cameo).is_some(), "{file}: {id}: CAMEO {cameo}");
            for context in contexts.split(',').filter(|context| *context != "-") {
                assert!(ontology.context(context).is_some(), "{file}: {id}: context {context}");
            }
        }
    }
    assert!(count >= 3_000, "only {count} frames");
}

#[test]
fn every_context_word_names_a_context_and_every_context_has_words() {
    let ontology = ontology();
    let text = std::fs::read_to_string(format!("{LEXICON}/contexts.tsv")).unwrap();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for cells in rows(&text) {
        let context = ontology.context(cells[0]).unwrap_or_else(|| panic!("context {}", cells[0]));
        let weight: f32 = cells[2].parse().unwrap();
        assert!(weight > 0.0 && weight <= 2.0, "{} weighs {weight}", cells[1]);
        *words.entry(context.name.clone()).or_default() += 1;
    }
    for context in ontology.contexts() {
        assert!(words.get(&context.name).is_some_and(|count| *count >= 20), "{} has few words", context.name);
    }
}

#[test]
fn a_misspelt_key_is_an_error() {
    let broken = PLOVER.replacen("recipient_required", "recipient_requird", 1);
    assert!(matches!(Ontology::from_toml(&broken, CAMEO), Err(OntologyError::Toml(_))));
}

#[test]
fn an_alias_to_nothing_is_an_error() {
    let broken = PLOVER.replacen("mode = \"investigate\"", "mode = \"inspect\"", 1);
    let error = Ontology::from_toml(&broken, CAMEO).unwrap_err();
    assert_eq!(error.to_string(), "ontology file: the alias `INVESTIGATE` points to nothing");
}
