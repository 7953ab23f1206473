//! Event names of published sets, as one of the fifteen roots the relation sets are labelled with.

use serde_json::Value;

/// What stands for no event.
pub const NONE: &str = "NONE";

/// Roots with their quad class, in the sets' reading: CONCEDE and RETREAT are one, YIELD.
const QUADS: [(&str, u8); 15] = [
    ("AGREE", 1),
    ("CONSULT", 1),
    ("SUPPORT", 1),
    ("COOPERATE", 2),
    ("AID", 2),
    ("YIELD", 2),
    ("REQUEST", 3),
    ("ACCUSE", 3),
    ("REJECT", 3),
    ("THREATEN", 3),
    ("PROTEST", 4),
    ("MOBILIZE", 4),
    ("SANCTION", 4),
    ("COERCE", 4),
    ("ASSAULT", 4),
];

/// The quad class of a root; none for what is no root.
pub fn quad(root: &str) -> Option<u8> {
    QUADS.iter().find(|(name, _)| *name == root).map(|(_, quad)| *quad)
}

/// The root of an event name, an older label or a CAMEO code; [`NONE`] for anything else.
pub fn root(name: &str) -> &'static str {
    let name = name.trim().to_uppercase();
    let digits = name.chars().take_while(char::is_ascii_digit).count();
    if digits >= 2 {
        return name.get(..2).and_then(|code| code.parse().ok()).map_or(NONE, cameo_root);
    }
    let name = match name.as_str() {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "CONCEDE" | "RETREAT" => "YIELD",
        "FIGHT" => "ASSAULT",
        "COOPERATION" => "COOPERATE",
        other => other,
    };
    QUADS.iter().find(|(root, _)| *root == name).map_or(NONE, |(root, _)| root)
}

/// The root of a value; [`NONE`] for null.
pub fn root_of(value: &Value) -> &'static str {
    match value {
        Value::String(name) => root(name),
        Value::Number(number) => root(&number.to_string()),
        _ => NONE,
    }
}

/// The root of CAMEO's two leading digits.
fn cameo_root(code: u8) -> &'static str {
    match code {
        3 => "AGREE",
        4 => "CONSULT",
        5 => "SUPPORT",
        6 => "COOPERATE",
        7 => "AID",
        8 => "YIELD",
        9 | 11 => "ACCUSE",
        10 => "REQUEST",
        12 => "REJECT",
        13 => "THREATEN",
        14 => "PROTEST",
        15 => "MOBILIZE",
        16 => "SANCTION",
        17 => "COERCE",
        18..=20 => "ASSAULT",
        _ => NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_codes_and_older_labels_have_roots() {
        assert_eq!(root("retreat"), "YIELD");
        assert_eq!(root("042"), "CONSULT");
        assert_eq!(root("1"), NONE);
        assert_eq!(root("21"), NONE);
        assert_eq!(root_of(&json!(190)), "ASSAULT");
        assert_eq!(root_of(&Value::Null), NONE);
        assert_eq!(quad("YIELD"), Some(2));
    }
}
