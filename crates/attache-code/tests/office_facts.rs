//! Asks the registry who held an office on a day: every row of `evaluation/office-facts.tsv`. Prints what share is
//! right by source, decade and region (`cargo test -p attache-code --test office_facts -- --nocapture`).

use attache_code::entity::{Known, Registry, Tables};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The share of facts from memory, in per cent, below which something was lost from the registry.
const LEAST_OF_MEMORY: f64 = 99.0;
/// The same of those from the Factbook, which the registry was built with.
const LEAST_OF_FACTBOOK: f64 = 97.0;

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The cells of a table's rows by column name.
fn rows(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    lines.map(|line| columns.iter().copied().zip(line.split('\t')).collect()).collect()
}

/// Words of a name that tell it from others: without accents and short parts.
fn words(name: &str) -> Vec<String> {
    let plain = |c: char| match c {
        'á' | 'à' | 'ã' | 'ä' | 'â' | 'ă' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ô' | 'ö' | 'ø' | 'õ' => 'o',
        'ú' | 'ü' | 'û' => 'u',
        'ç' | 'č' | 'ć' => 'c',
        'ñ' | 'ń' => 'n',
        'š' | 'ș' | 'ş' => 's',
        'ž' => 'z',
        'ł' => 'l',
        'đ' => 'd',
        'ý' => 'y',
        'ğ' => 'g',
        other => other,
    };
    let folded: String = name.to_lowercase().chars().map(plain).collect();
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    parts
        .filter(|word| !["bin", "von", "van", "der", "del", "dos"].contains(word))
        .map(str::to_owned)
        .collect()
}

fn is_named(known: &[Known], name: &str) -> bool {
    let wanted = words(name);
    known.iter().any(|known| words(&known.entity.name).iter().any(|word| wanted.contains(word)))
}

/// True where the name, in whatever spelling, is one of the person told.
fn is_same(known: &[Known], named: &[Known]) -> bool {
    let id = |known: &Known| known.entity.id.clone();
    known.iter().any(|known| named.iter().any(|other| id(other).is_some() && id(other) == id(known)))
}

#[test]
fn the_registry_knows_who_held_office() {
    let (countries, offices) = (read("data/entities/countries.tsv"), read("data/entities/offices.tsv"));
    let people = read("data/entities/people.tsv");
    let tables = Tables { countries: &countries, offices: &offices, people: &people, ..Tables::default() };
    let registry = Registry::from_tables(&tables).expect("the built-in data loads");
    let places: BTreeMap<&str, (&str, &str)> =
        rows(&countries).iter().map(|row| (row["id"], (row["name"], row["region"]))).collect();
    let facts = read("evaluation/office-facts.tsv");
    let facts = rows(&facts);
    assert!(facts.len() >= 1000, "only {} facts", facts.len());

    let mut counts: BTreeMap<(&str, String), (usize, usize)> = BTreeMap::new();
    let mut misses = Vec::new();
    for fact in &facts {
        let (country, region) = places[fact["country"]];
        let on: Date = fact["on"].parse().expect("a date");
        let query = format!("{} of {country}", fact["office"].replace('-', " "));
        let known = registry.who(&query, Some(on));
        let right = is_named(&known, fact["name"]) || is_same(&known, &registry.who(fact["name"], Some(on)));
        let source = fact["source"].split('-').next().unwrap_or("");
        for group in [
            "all".to_owned(),
            format!("decade {}0s", &fact["on"][..3]),
            format!("region {}", region.split([';', '|', '/']).next().unwrap_or(region)),
        ] {
            let (asked, found) = counts.entry((source, group)).or_default();
            *asked += 1;
            *found += usize::from(right);
        }
        if !right {
            let told: Vec<&str> = known.iter().map(|known| known.entity.name.as_str()).collect();
            misses.push(format!(
                "{source} {query} on {on}: {} told, {} wanted",
                told.join(", "),
                fact["name"]
            ));
        }
    }
    let share = |(asked, right): (usize, usize)| 100.0 * right as f64 / asked.max(1) as f64;
    for ((source, group), count) in &counts {
        println!("{source}\t{group}\t{}\t{:.1} %", count.0, share(*count));
    }
    println!("{}", misses.join("\n"));
    assert!(share(counts[&("memory", "all".to_owned())]) >= LEAST_OF_MEMORY, "{}", misses.join("\n"));
    assert!(share(counts[&("factbook", "all".to_owned())]) >= LEAST_OF_FACTBOOK, "{}", misses.join("\n"));
}
