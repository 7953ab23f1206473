//! Whom phrases mean: `cases/entities.tsv` through the real registry and the real model.

use attache_code::entity::{Entity, Registry, Resolution, Tables, mend, resolve};
use attache_text::encoder::Model;
use attache_text::{Block, BlockKind, Mention, MentionKind, Report, Sentence, Span, Upos, segment, tokenize};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// How many cases may fail where the parser errs on them; the output names each.
const MOST_MISSES: usize = 6;

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
    .expect("the built-in data loads")
}

fn model() -> Model {
    Model::from_bytes(&fs::read(root().join("data/models/en.safetensors")).expect("the built-in data loads"))
        .expect("the built-in data loads")
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
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
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
        let kind = reason.split_once(':').map_or("other", |(kind, _)| kind);
        let (asked, missed) = kinds.entry(kind.to_owned()).or_insert((0, 0));
        *asked += 1;
        *missed += usize::from(!right);
        if !right {
            misses.push(format!("{text}\n  {phrase}: {} instead of {expected} ({reason})", told(found)));
        }
    }
    for (kind, (asked, missed)) in &kinds {
        println!("{kind}: {missed} of {asked} missed");
    }
    println!("{} of {total} right\n{}", total - misses.len(), misses.join("\n"));
    assert!(misses.len() <= MOST_MISSES, "{} of {total} wrong:\n{}", misses.len(), misses.join("\n"));
}

#[test]
fn the_registry_answers_names_and_offices() {
    let registry = registry();
    let names = |query: &str, on: Option<&str>| -> Vec<String> {
        let known = registry.who(query, on.map(|on| on.parse().unwrap()));
        known.into_iter().map(|known| known.entity.name).collect()
    };
    assert_eq!(names("president of France", Some("2010-05-01")), ["Nicolas Sarkozy"]);
    assert_eq!(names("French president", Some("2010-05-01")), ["Nicolas Sarkozy"]);
    assert!(names("president of France", None).len() > 3);
    assert_eq!(names("Peru", None), ["Peru"]);
    assert!(names("grand vizier of Peru", None).is_empty());
    let merkel = registry.who("Angela Merkel", Some("2022-02-01".parse().unwrap()));
    assert_eq!(merkel[0].entity.sector.as_deref(), Some("ELI"));
    assert!(!merkel[0].source.is_empty() && !merkel[0].terms.is_empty());
}

/// Broken trees: arcs at random, circles and all. The resolution must still keep its promises.
#[test]
fn any_arcs_give_sorted_nested_mentions() {
    let registry = registry();
    let text = "On the Kenyan side, President William Ruto and his Ugandan counterpart, the two ministers, \
                Hamas fighters of Peru and the police in Mali told them who it was, Secretary of State X.";
    let block = Block { kind: BlockKind::Body, span: Span::new(0, text.len()) };
    let report = Report { text: text.into(), blocks: vec![block], ..Report::default() };
    let relations = [
        "nsubj",
        "obj",
        "nmod",
        "nmod:poss",
        "appos",
        "conj",
        "flat",
        "compound",
        "amod",
        "obl",
        "case",
        "acl:relcl",
    ];
    let classes = [Upos::Noun, Upos::Propn, Upos::Pron, Upos::Adj, Upos::Adp, Upos::Verb];
    let mut seed: u64 = 7;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..300 {
        let mut sentences = Vec::new();
        for span in segment::segment(&report).sentences {
            let mut tokens = tokenize::tokens(text, span);
            let size = tokens.len();
            for token in &mut tokens {
                // An index behind the last token is broken, too.
                token.head = Some(random(size + 2)).filter(|_| random(9) > 0);
                token.deprel = relations[random(relations.len())].into();
                token.upos = classes[random(classes.len())];
            }
            let first = random(size);
            let mentions = vec![Mention { first, last: (first + 2).min(size), kind: MentionKind::Per }];
            let mut sentence = Sentence { span, tokens, mentions };
            mend(&mut sentence);
            sentences.push(sentence);
        }
        let resolution = resolve(text, &sentences, &[], &registry, None);
        for pair in resolution.mentions.windows(2) {
            assert!((pair[0].sentence, pair[0].first) <= (pair[1].sentence, pair[1].first));
        }
        for (index, one) in resolution.mentions.iter().enumerate() {
            assert!(one.first <= one.head && one.head < one.last && !one.entities.is_empty(), "{one:?}");
            for other in
                resolution.mentions.iter().skip(index + 1).filter(|other| other.sentence == one.sentence)
            {
                assert_ne!(one.head, other.head);
                assert!(one.last <= other.first || other.last <= one.last, "{one:?} crosses {other:?}");
            }
        }
    }
}

#[test]
fn credits_name_nobody() {
    let (registry, model) = (registry(), model());
    let text = "Photograph: Angela Merkel, government of Peru.";
    let sentences = analyse(&model, text);
    let kinds = vec![BlockKind::Credit; sentences.len()];
    assert!(resolve(text, &sentences, &kinds, &registry, None).mentions.is_empty());
}
