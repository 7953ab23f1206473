//! Dictionaries as the manuals describe them and as they are found.

use super::*;
use crate::entity::Tables;
use jiff::civil::date;

const COUNTRIES: &str = "id\tname\nCOL\tColombia\nUSA\tUnited States\nROU\tRomania\n";

fn registry() -> Registry {
    let agents = "noun\tplural\tsector\nguard\tguards\tMIL\n";
    Registry::from_tables(&Tables { countries: COUNTRIES, agents, ..Tables::default() }).unwrap()
}

fn read(text: &str) -> Dictionary {
    registry().read_dictionary(text)
}

fn code(entity: &Entity) -> String {
    format!("{}:{}", entity.country.as_deref().unwrap_or("-"), entity.sectors.join(","))
}

#[test]
fn a_petrarch_actor_has_names_and_dated_codes() {
    let dictionary = read(
        "# heads\nÁLVARO_URIBE_ ; CountryInfo\n+URIBE_VELEZ_\n\t[COLELI <20020807]\r\n\t[COLGOV 20020807-20100806]\n\t[COLELI >20100806]\nUNITED_STATES_ [USA]\n+U.S.\n",
    );
    assert_eq!(dictionary.findings, []);
    let [uribe, states] = &dictionary.actors[..] else { panic!("{dictionary:?}") };
    assert_eq!((uribe.name.as_str(), &uribe.names[..]), ("Álvaro Uribe", &["Uribe Velez".to_owned()][..]));
    assert_eq!(code(&uribe.entity(Some(date(2001, 1, 1)))), "COL:ELI");
    assert_eq!(code(&uribe.entity(Some(date(2005, 1, 1)))), "COL:GOV");
    assert_eq!(code(&uribe.entity(Some(date(2015, 1, 1)))), "COL:ELI");
    assert_eq!(code(&states.entity(None)), "USA:");
    assert_eq!(states.names, ["U.S."]);
}

#[test]
fn lines_of_the_wild_are_told_and_the_rest_is_read() {
    let dictionary = read(
        "\t[COLGOV]\nPASTRANA_ [COLGOV 19980807-20020807\nURIBE_ [COLGOV]\n\t[>20020807]\nNOBODY_\nODD_ [COLQQQ]\nLATE_ [COLGOV 20100230-20101301]\nBACK_ [COLGOV 2010-2005]\nBUCHAREST_ [ROMGOV]\n+  \nEUROPE_ [EURGOV]\n",
    );
    let told: Vec<(usize, &str)> = dictionary.findings.iter().map(|f| (f.line, f.problem.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, "a code without a name above it: left out"),
            (2, "a bracket that is not closed: read to its end"),
            (5, "\"Nobody\" has no code: left out"),
            (6, "COLQQQ: QQQ is no country, international body or role"),
            (7, "\"20100230-20101301\" gives no days: the code COLGOV is left out"),
            (7, "\"LATE\" has no code: left out"),
            (8, "\"2010-2005\" ends before it begins: the code COLGOV is left out"),
            (8, "\"BACK\" has no code: left out"),
            (10, "\"\" is no name: left out"),
        ]
    );
    let of = |name: &str| dictionary.actors.iter().find(|actor| actor.name == name).unwrap();
    assert_eq!(code(&of("Pastrana").entity(Some(date(2000, 1, 1)))), "COL:GOV");
    // A date without a code dates the code above it.
    assert_eq!(of("Uribe").codes[1].start, Some(date(2002, 8, 8)));
    assert_eq!(code(&of("Bucharest").entity(None)), "ROU:GOV");
    assert_eq!(code(&of("Europe").entity(None)), "EUR:GOV");
}

#[test]
fn agents_have_plurals_by_rule_and_by_hand() {
    let dictionary = read(
        "!PERSON! = MAN, WOMAN\nFARMER [~AGR] ; comment\nSECRETARY [~GOV]\nPOLICEWOMAN {POLICEWOMEN} [~COP]\nPOLICE {} [~COP]\nCHURCH_!PERSON! [~REL]\nREPORTER [~MED]\nOGRE [~XYZ]\nODD_!SET! [~GOV]\n",
    );
    let of = |noun: &str| dictionary.agents.iter().find(|agent| agent.noun == noun).unwrap();
    assert_eq!(of("farmer").plurals, ["farmers"]);
    assert_eq!(of("secretary").plurals, ["secretaries"]);
    assert_eq!(of("policewoman").plurals, ["policewomen"]);
    assert!(of("police").plurals.is_empty());
    assert_eq!(of("church woman").sectors, ["REL"]);
    // CAMEO's MED are the media, PLOVER's JRN.
    assert_eq!(of("reporter").sectors, ["JRN"]);
    assert_eq!(dictionary.findings.iter().map(|f| f.line).collect::<Vec<_>>(), [8, 9]);
}

#[test]
fn the_own_table_and_toml_say_the_same() {
    let table = "name\tnames\tnoun\tcountry\tsectors\tstart\tend\nAda Virta\tVirta\t\tCOL\tGOV;MIL\t2020\t2021-06\nAda Virta\t\t\tCOL\tELI\t2021-07\t\n\t\twatchman\t\tCOP\t\t\nMist\t\t\tXXX\tGOV\t\t\n";
    let toml = "[[actor]]\nname = \"Ada Virta\"\nnames = [\"Virta\"]\ncountry = \"COL\"\nsectors = [\"GOV\", \"MIL\"]\nstart = \"2020\"\nend = \"2021-06\"\n\n[[actor]]\nname = \"Ada Virta\"\ncountry = \"COL\"\nsectors = [\"ELI\"]\nstart = \"2021-07\"\n\n[[agent]]\nnoun = \"watchman\"\nsectors = [\"COP\"]\n";
    let (table, toml) = (read(table), read(toml));
    assert_eq!((&table.actors, &table.agents), (&toml.actors, &toml.agents));
    assert_eq!(code(&table.actors[0].entity(Some(date(2021, 6, 30)))), "COL:GOV,MIL");
    assert_eq!(table.findings, [Finding { line: 5, problem: "\"XXX\" is no country: left out".into() }]);
    assert_eq!(toml.findings, []);
    assert_eq!(read("[[actor]]\nname = 3\n").findings[0].line, 2);
}

#[test]
fn the_user_goes_before_the_registry() {
    let mut registry = registry();
    let dictionary = registry.read_dictionary("COLOMBIA_ [USAGOV]\nGUARD [~CRM]\n");
    assert_eq!(dictionary.findings, []);
    registry.add_dictionary(dictionary);
    let known = registry.who("Colombia", None);
    assert_eq!(known.len(), 1);
    assert_eq!((known[0].kind, code(&known[0].entity)), ("dictionary", "USA:GOV".into()));
    let guard = &registry.nouns["guard"];
    assert_eq!(guard.len(), 1);
}

#[test]
fn any_bytes_are_survived() {
    for text in
        ["", "[", "[[", "+", "~[", "!x! =", "A [", "A [<", "\u{feff}name\tnoun", "{", "é [~", "!a [~GOV]"]
    {
        let _ = read(text);
    }
    let long = "A".repeat(LONGEST_LINE + 1);
    assert_eq!(read(&long).findings[0].line, 1);
}
