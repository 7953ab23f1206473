//! Full-text questions: what a user types, as FTS5 understands it.

/// The FTS5 query for a user's words: all of them, `"a phrase"` in quotes, `begin*` for beginnings.
/// Whatever else is typed is taken as words, so that no text is an error. None where there are no words.
pub fn query(text: &str) -> Option<String> {
    let mut terms = Vec::new();
    // Parts between quotes are phrases; an unclosed quote opens a phrase to the end.
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            terms.extend(term(part));
        } else {
            terms.extend(part.split_whitespace().filter_map(term));
        }
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

fn term(part: &str) -> Option<String> {
    let star = part.trim_end().ends_with('*');
    let words: Vec<&str> =
        part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| format!("\"{}\"{}", words.join(" "), if star { "*" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn any_text_is_a_query() {
        assert_eq!(query("trade talks").as_deref(), Some("\"trade\" \"talks\""));
        assert_eq!(query("\"border patrol\" sanction*").as_deref(), Some("\"border patrol\" \"sanction\"*"));
        assert_eq!(query("NOT (a OR -b) col:x").as_deref(), Some("\"NOT\" \"a\" \"OR\" \"b\" \"col x\""));
        assert_eq!(query(" \"*\" "), None);
    }
}
