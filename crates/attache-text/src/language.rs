//! Which language a report is in.

use crate::Report;
use whatlang::{Detector, Lang};

/// The language of a report and how sure that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// ISO 639-1 code ("en"); where the language has none, its ISO 639-3 code; empty when unknown.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// True where the text, or the document's word together with the text, settles it.
    pub reliable: bool,
}

impl Language {
    /// A language the caller knows.
    pub fn given(code: &str) -> Language {
        Language { code: code.to_owned(), confidence: 1.0, reliable: true }
    }

    /// The language's English name; its code where that is not known.
    pub fn name(&self) -> &str {
        Lang::all()
            .iter()
            .find(|&&lang| code_of(lang) == self.code)
            .map_or(&self.code, |lang| lang.eng_name())
    }
}

/// Words no English text of a few sentences does without, and other languages do.
const ENGLISH_WORDS: [&str; 14] =
    ["the", "of", "and", "to", "that", "was", "with", "for", "from", "after", "by", "his", "its", "has"];

/// The share of such words from which a short text counts as English whatever its letters suggest.
const ENGLISH_SHARE: f64 = 0.1;

/// Languages whose reports can be coded: those with tables and a model.
const CODABLE: [&str; 1] = ["en"];

/// How much text is looked at, in bytes. More does not change the answer.
const ENOUGH: usize = 8_000;

/// Under so many bytes the document's own declaration weighs more than the letters.
const SHORT: usize = 200;

/// True where reports in the language of this code can be coded.
pub fn is_codable(code: &str) -> bool {
    CODABLE.contains(&code)
}

/// The language of the coded blocks of `report`.
///
/// What the document declares decides where the text is short and does not clearly say otherwise.
pub fn detect(report: &Report) -> Language {
    let text = sample(report);
    let declared = report.declared_language.as_deref().and_then(declared_code);
    let Some(info) = Detector::new().detect(&text) else {
        let reliable = declared.is_some();
        return Language { code: declared.unwrap_or_default(), confidence: 0.0, reliable };
    };
    let code = code_of(info.lang());
    let confidence = info.confidence();
    // Names weigh too much in a line or two: there, function words decide.
    let unsure = !info.is_reliable() || text.len() < SHORT;
    if code != "en" && unsure && english_share(&text) >= ENGLISH_SHARE {
        return Language { code: "en".to_owned(), confidence: 1.0 - confidence, reliable: false };
    }
    match declared {
        Some(declared) if declared == code => Language { code, confidence, reliable: true },
        Some(declared) if text.len() < SHORT || !info.is_reliable() => {
            Language { code: declared, confidence: 1.0 - confidence, reliable: text.len() < SHORT }
        }
        _ => Language { code, confidence, reliable: info.is_reliable() },
    }
}

/// The share of [`ENGLISH_WORDS`] among the words of a text.
fn english_share(text: &str) -> f64 {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (all, english) = words.fold((0.0_f64, 0.0), |(all, english), word| {
        let known = ENGLISH_WORDS.contains(&word.to_lowercase().as_str());
        (all + 1.0, english + f64::from(u8::from(known)))
    });
    english / all.max(1.0)
}

/// The first [`ENOUGH`] bytes of the coded blocks, a space between them.
fn sample(report: &Report) -> String {
    let mut text = String::new();
    for block in report.blocks.iter().filter(|block| block.kind.is_coded()) {
        let words = block.span.of(&report.text);
        let mut room = ENOUGH.saturating_sub(text.len()).min(words.len());
        while !words.is_char_boundary(room) {
            room -= 1;
        }
        text.push_str(&words[..room]);
        text.push(' ');
        if text.len() >= ENOUGH {
            break;
        }
    }
    text
}

/// "en-GB" → "en"; none for what cannot be a code.
fn declared_code(declared: &str) -> Option<String> {
    let code = declared.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// ISO 639-1 of the detector's languages, <https://www.loc.gov/standards/iso639-2/php/code_list.php>.
fn code_of(language: Lang) -> String {
    let code = match language {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Srp => "sr",
        Lang::Hrv => "hr",
        Lang::Slv => "sl",
        Lang::Slk => "sk",
        Lang::Ces => "cs",
        Lang::Pol => "pl",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Cat => "ca",
        Lang::Ell => "el",
        Lang::Tur => "tr",
        Lang::Aze => "az",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Pan => "pa",
        Lang::Guj => "gu",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Kan => "kn",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Sin => "si",
        Lang::Mya => "my",
        Lang::Khm => "km",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Jav => "jv",
        Lang::Tgl => "tl",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Afr => "af",
        Lang::Amh => "am",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Epo => "eo",
        Lang::Lat => "la",
        other => other.code(),
    };
    code.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, BlockKind, Span};

    fn report(text: &str, declared: Option<&str>) -> Report {
        Report {
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Body, span: Span::new(0, text.len()) }],
            declared_language: declared.map(str::to_owned),
            ..Report::default()
        }
    }

    #[test]
    fn paragraphs_are_told_apart() {
        let english = "The foreign ministers of the two countries met on Monday to speak about the border, \
            and agreed to meet again before the end of the month.";
        let spanish = "Los cancilleres de los dos países se reunieron el lunes para hablar de la frontera \
            y acordaron verse otra vez antes de que termine el mes.";
        let found = detect(&report(english, None));
        assert!(found.code == "en" && found.reliable && is_codable(&found.code));
        let found = detect(&report(spanish, None));
        assert!(found.code == "es" && !is_codable(&found.code));
    }

    #[test]
    fn a_short_text_goes_by_its_declaration() {
        assert_eq!(detect(&report("Gabon, Oslo", Some("en-GB"))).code, "en");
        assert_eq!(detect(&report("", Some("fr"))).code, "fr");
        assert_eq!(detect(&report("", None)).code, "");
        assert!(!detect(&report("12 34 !!", None)).reliable);
    }

    #[test]
    fn a_long_text_outweighs_a_wrong_declaration() {
        let german = "Die Außenminister der beiden Länder trafen sich am Montag, um über die Grenze zu sprechen, \
            und vereinbarten, sich vor dem Ende des Monats noch einmal zu treffen. Beide Seiten nannten das \
            Gespräch nützlich, über Einzelheiten wollten sie aber nicht reden.";
        assert_eq!(detect(&report(german, Some("en"))).code, "de");
    }
}
