//! Lines that say who wrote a report. Nobody named there is an actor.

use crate::phrase;

/// Openings of a byline.
const LABELS: &[&str] = &[
    "by",
    "por",
    "written by",
    "author:",
    "autor:",
    "autora:",
    "reported by",
    "text by",
    "texto:",
    "story by",
];

/// Openings of the lines at the end that name the staff.
const STAFF: &[&str] = &[
    "reporting by",
    "additional reporting",
    "writing by",
    "editing by",
    "edited by",
    "compiled by",
    "translated by",
    "reporte de",
    "editado por",
];

/// Small words inside names of people and offices.
const PARTICLES: &[&str] = &[
    "al", "and", "at", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "en", "for", "ibn", "in", "la", "las", "le", "los", "of", "the", "ter", "van", "von", "with", "y",
];

/// Words for the trade, as bylines have them.
const TRADE: &[&str] = &[
    "agencies",
    "agency",
    "bureau",
    "correspondent",
    "correspondents",
    "desk",
    "diplomatic",
    "editor",
    "foreign",
    "news",
    "newsroom",
    "political",
    "reporter",
    "reporters",
    "senior",
    "staff",
    "writer",
    "writers",
    "redacción",
    "agencias",
    "corresponsal",
    "chief",
];

/// Agencies that stand where a name would.
const AGENCIES: &[&str] = &[
    "afp",
    "agence france-presse",
    "al jazeera",
    "anadolu",
    "anadolu agency",
    "ansa",
    "ap",
    "associated press",
    "bbc",
    "bbc news",
    "bloomberg",
    "dpa",
    "efe",
    "europa press",
    "interfax",
    "ians",
    "kyodo",
    "lusa",
    "prensa latina",
    "pti",
    "reuters",
    "ria",
    "tass",
    "the associated press",
    "upi",
    "voa",
    "voa news",
    "xinhua",
    "yonhap",
    "notimex",
    "ptv",
    "staff",
    "news desk",
    "staff writer",
    "staff reporter",
    "redacción",
    "web desk",
    "news agencies",
    "agencies",
];

/// The author a byline names: what follows "By", without the outlet behind a bar.
pub(crate) fn author(line: &str) -> Option<String> {
    let line = line.trim();
    let rest = LABELS.iter().find_map(|label| phrase::strip_prefix(line, label))?;
    let name = first_part(rest.trim_start_matches([':', ' ']));
    (is_name_list(name, 14) && !phrase::ends_sentence(line)).then(|| name.to_string())
}

/// The author, where the whole line is a person's or an agency's name and nothing else.
pub(crate) fn bare_author(line: &str) -> Option<String> {
    let name = first_part(line);
    if is_agency(name) {
        return Some(name.to_string());
    }
    if LABELS.iter().any(|label| phrase::starts_with(name, label)) {
        return None;
    }
    let count = phrase::words(name);
    let plain = !name.contains(|c: char| c.is_numeric() || matches!(c, ':' | '?' | '!' | '"' | '“' | ';'));
    let capitals = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    (plain
        && (2..=8).contains(&count)
        && capitals >= 2
        && is_name_list(name, 8)
        && !phrase::ends_sentence(name))
    .then(|| name.to_string())
}

/// True for a line that names the staff behind a report, or a news agency alone.
pub(crate) fn is_staff_line(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['(', '—', '–', '-', ' ']);
    line.len() <= 400
        && (STAFF.iter().any(|opening| phrase::starts_with(line, opening))
            || line.to_lowercase().contains("contributed to this report")
            || is_agency(line.trim_end_matches([')', '.', ' ']))
            || is_agency(line.split('|').next().unwrap_or("")) && phrase::words(line) <= 5)
}

/// True for the name of a news agency.
pub(crate) fn is_agency(name: &str) -> bool {
    name.len() <= 40 && AGENCIES.contains(&name.trim().to_lowercase().as_str())
}

/// True where every word is capitalised, a particle or a word of the trade.
fn is_name_list(text: &str, most_words: usize) -> bool {
    let mut words = text.split([' ', ',', '/', '&']).filter(|word| !word.is_empty()).peekable();
    let opens = |word: &&str| word.starts_with(char::is_uppercase) || matches!(*word, "the" | "our");
    (words.peek().is_some_and(opens) || is_agency(text))
        && phrase::words(text) <= most_words
        && words.all(|word| {
            let small = word.to_lowercase();
            word.starts_with(char::is_uppercase)
                || PARTICLES.contains(&small.as_str())
                || TRADE.contains(&small.as_str())
                || small.starts_with("al-")
                || small.starts_with("d'")
                || small.starts_with("d’")
        })
}

/// The part before a bar, a bullet, a dash between spaces, or a handle.
fn first_part(text: &str) -> &str {
    let text = text.trim();
    let end = ["|", "•", "·", " - ", " – ", " — ", " @", "\n", " (", "<"]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).trim().trim_end_matches([',', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors() {
        assert_eq!(
            author("By Ana de la Torre and Li Wei | The Gazette").as_deref(),
            Some("Ana de la Torre and Li Wei")
        );
        assert_eq!(author("BY JOHN ROE in Nairobi").as_deref(), Some("JOHN ROE in Nairobi"));
        assert_eq!(author("Por María Núñez").as_deref(), Some("María Núñez"));
        assert_eq!(author("By the Lima desk").as_deref(), Some("the Lima desk"));
        assert_eq!(author("By Friday the two sides had agreed."), None);
        assert_eq!(author("By noon, voting had stopped across the country"), None);
    }

    #[test]
    fn bare_names() {
        assert_eq!(bare_author("Maria Quispe-Lopez").as_deref(), Some("Maria Quispe-Lopez"));
        assert_eq!(bare_author("Reuters").as_deref(), Some("Reuters"));
        assert_eq!(bare_author("Ministers meet again"), None);
        assert_eq!(bare_author("Lima"), None);
    }

    #[test]
    fn staff() {
        assert!(is_staff_line("EFE | Lima"));
        assert!(is_staff_line("(Reporting by Ana Soto; Editing by Li Wei)") && is_staff_line("— AFP"));
        assert!(!is_staff_line("Reporting on the talks stopped at noon") && !is_staff_line("Talks stopped."));
    }
}
