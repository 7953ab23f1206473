//! What all pages share: the language, links that keep it, the pin of the archive's state.

use crate::params::Params;
use attache_report::Tongue;
use axum::http::{HeaderMap, header};

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its language.
    pub tongue: Tongue,
    /// Its title.
    pub title: String,
    /// The state of the archive it was made from.
    pub state: i64,
    /// True where the address asks for another state than the archive is in.
    pub moved: bool,
    /// This page in the other language.
    pub other: String,
    /// This page, pinned.
    pub pinned: String,
    /// The program.
    pub version: &'static str,
    path: String,
    params: Params,
    chosen: bool,
}

impl Frame {
    /// The frame of an address, not yet of a state.
    pub fn new(params: &Params, headers: &HeaderMap, path: &str) -> Frame {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let tongue = params.tongue(accepted);
        let other = match tongue {
            Tongue::En => "es",
            Tongue::Es => "en",
        };
        Frame {
            tongue,
            title: "Attaché".into(),
            state: 0,
            moved: false,
            other: format!("{path}?{}", params.with(&[("lang", other)])),
            pinned: String::new(),
            version: attache_report::tell::VERSION,
            path: path.to_owned(),
            params: params.clone(),
            chosen: params.get("lang").is_some(),
        }
    }

    /// The frame with its title and state.
    pub fn of(mut self, title: &str, state: i64) -> Frame {
        self.title = attache_text::clean(title).chars().take(200).collect();
        self.moved =
            self.params.get("v").and_then(|pin| pin.parse().ok()).is_some_and(|pin: i64| pin != state);
        self.pinned = format!("{}?{}", self.path, self.params.with(&[("v", &state.to_string())]));
        self.state = state;
        self
    }

    /// The words of a key in the page's language.
    pub fn say<'a>(&self, key: &'a str) -> &'a str {
        self.tongue.say(key)
    }

    /// An address on this server that keeps the chosen language.
    pub fn link(&self, path: &str, pairs: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        pairs.iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        if self.chosen {
            query.append_pair("lang", self.tongue.code());
        }
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// This page with other parameters.
    pub fn here(&self, change: &[(&str, &str)]) -> String {
        format!("{}?{}", self.path, self.params.with(change))
    }

    /// Another path with this page's parameters and some changed.
    pub fn there(&self, path: &str, change: &[(&str, &str)]) -> String {
        format!("{path}?{}", self.params.with(change))
    }

    /// The page of an event.
    pub fn event(&self, id: &str) -> String {
        self.link(&format!("/event/{}", segment(id)), &[])
    }

    /// The page of a story.
    pub fn story(&self, id: &i64) -> String {
        self.link(&format!("/story/{id}"), &[])
    }

    /// The page of a relation.
    pub fn relation(&self, a: &str, b: &str) -> String {
        self.link("/relation", &[("a", a), ("b", b)])
    }

    /// The page of a person, body or country.
    pub fn entity(&self, id: &str) -> String {
        self.link("/entity", &[("id", id)])
    }

    /// A page without parameters.
    pub fn page(&self, path: &str) -> String {
        self.link(path, &[])
    }

    /// A parameter of this page, for its forms.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).unwrap_or("")
    }

    /// The code of the other language.
    pub fn other_code(&self) -> &'static str {
        match self.tongue {
            Tongue::En => "es",
            Tongue::Es => "en",
        }
    }

    /// True on the search page.
    pub fn is_search(&self) -> bool {
        self.path == "/search"
    }

    /// True where the address chose the language.
    pub fn is_chosen(&self) -> bool {
        self.chosen
    }
}

/// A path segment: everything but letters, digits, `-`, `_` and `.` escaped.
fn segment(id: &str) -> String {
    let mut safe = String::new();
    for byte in id.bytes() {
        match byte {
            b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => safe.push(char::from(byte)),
            byte => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_language_and_escape() {
        let params = Params::parse(Some("lang=es&a=COL")).unwrap();
        let frame = Frame::new(&params, &HeaderMap::new(), "/relation");
        assert_eq!(frame.event("a/b?c"), "/event/a%2Fb%3Fc?lang=es");
        assert_eq!(frame.relation("COL:MIL", "US A"), "/relation?a=COL%3AMIL&b=US+A&lang=es");
        assert_eq!(frame.other, "/relation?a=COL&lang=en");
        let frame = frame.of("t", 7);
        assert_eq!((frame.pinned.as_str(), frame.moved), ("/relation?a=COL&lang=es&v=7", false));
    }
}
