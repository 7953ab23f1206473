//! Whom phrases mean: `cases/entities.tsv` through the real registry and the real model.

use attache_code::entity::{Entity, Registry, Resolution, Tables, mend, resolve};
use attache_text::encoder::Model;
use attache_text::{Block, BlockKind, Report, Sentence, Span, segment, tokenize};
use jiff::civil::Date;
use std::fs;
use std::path::PathBuf;

/// How many cases may fail where the parser errs on them; the output names each.
const MOST_MISSES: usize = 4;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn registry() -> Registry {
    let table = |name: &str| read(&format!("data/entities/{name}.tsv"));
    let (countries, dependencies) = (table("countries"), table("dependencies"));
    let (unrecognised, former, people) = (table("unrecognised"), table("former"), table("people"));
    let (offices, agents, organisations) = (table("offices"), table("agents"), table("organisations"));
    Registry::from_tables(&Tables {
        countries: &countries,
        dependencies: &dependencies,
        unrecognised: &unrecognised,
        former: &former,
        people: &people,
        offices: &offices,
        agents: &agents,
        organisations: &organisations,
    })
    .unwrap()
}

fn model() -> Model {
    Model::from_bytes(&fs::read(root().join("data/models/en.safetensors")).unwrap()).unwrap()
}

fn analyse(model: &Model, text: &str) -> Vec<Sentence> {
    let block = Block { kind: BlockKind::Body, span: Span::new(0, text.len()) };
    let report = Report { text: text.into(), blocks: vec![block], ..Report::default() };
    let spans = segment::segment(&report).sentences;
    let sentence = |span| {
        let mut sentence = Sentence { span, tokens: tokenize::tokens(text, span), mentions: Vec::new() };
        model.analyse(text, &mut sentence);
        mend(&mut sentence);
        sentence
    };
    spans.into_iter().map(sentence).collect()
}

/// What the widest mention whose head stands in the phrase means.
fn meant<'a>(resolution: &'a Resolution, sentences: &[Sentence], text: &str, phrase: &str) -> &'a [Entity] {
    let Some(start) = text.rfind(phrase) else { panic!("{phrase:?} does not stand in {text:?}") };
    let span = Span::new(start, start + phrase.len());
    let inside = resolution.mentions.iter().filter(|mention| {
        let head = sentences[mention.sentence].tokens[mention.head].span;
        span.contains(head)
    });
    inside.max_by_key(|mention| mention.span.len()).map_or(&[], |mention| &mention.entities)
}

fn fits(entity: &Entity, expected: &str) -> bool {
    let mut columns = expected.split(';');
    let values = [
        Some(entity.name.as_str()),
        entity.country.as_deref(),
        entity.sector.as_deref(),
        entity.role.as_deref(),
    ];
    values.iter().all(|value| {
        let Some(wanted) = columns.next() else { return true };
        wanted.split('|').any(|wanted| wanted == "*" || wanted == value.unwrap_or("-"))
    })
}

fn told(entities: &[Entity]) -> String {
    let one = |entity: &Entity| {
        let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
        format!("{};{};{};{}", entity.name, or(&entity.country), or(&entity.sector), or(&entity.role))
    };
    if entities.is_empty() {
        "nobody".into()
    } else {
        entities.iter().map(one).collect::<Vec<_>>().join(" + ")
    }
}

#[test]
fn phrases_mean_whom_the_cases_say() {
    let (registry, model) = (registry(), model());
    let cases = read("cases/entities.tsv");
    let rows = cases
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let mut misses = Vec::new();
    let mut total = 0;
    for row in rows {
        let [published, text, phrase, expected, reason] = row.as_slice() else {
            panic!("five columns: {row:?}")
        };
        let on: Date = published.parse().unwrap();
        let sentences = analyse(&model, text);
        let resolution = resolve(text, &sentences, &[], &registry, Some(on));
        let found = meant(&resolution, &sentences, text, phrase);
        let wanted: Vec<&str> =
            if *expected == "nobody" { Vec::new() } else { expected.split(" + ").collect() };
        let right = found.len() == wanted.len()
            && found.iter().zip(&wanted).all(|(entity, wanted)| fits(entity, wanted));
        total += 1;
        if !right {
            misses.push(format!("{text}\n  {phrase}: {} instead of {expected} ({reason})", told(found)));
        }
    }
    println!("{} of {total} right\n{}", total - misses.len(), misses.join("\n"));
    assert!(misses.len() <= MOST_MISSES, "{} of {total} wrong:\n{}", misses.len(), misses.join("\n"));
}
