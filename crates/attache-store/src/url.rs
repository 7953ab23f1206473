//! One form for the addresses of one page.

/// Parameters that say where a reader came from, not what the page is.
const TRACKING: [&str; 14] = [
    "fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "cmpid", "ref", "ref_src", "ncid",
    "ocid", "smid", "spm",
];
/// Host prefixes that name a view of a site.
const VIEWS: [&str; 5] = ["www.", "m.", "mobile.", "amp.", "edition."];
/// Last parts of a path that name a view of a page.
const ENDINGS: [&str; 5] = ["/amp", "/amp.html", "/index.html", "/index.htm", "/index.php"];

/// The address without scheme, view of the site, fragment, tracking parameters and order of parameters;
/// none where it is empty.
///
/// Paths keep their case: servers may tell it apart.
pub fn key(url: &str) -> Option<String> {
    let url = url.trim();
    let url = url.split_once('#').map_or(url, |(page, _)| page);
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (page, query) = url.split_once('?').unwrap_or((url, ""));
    let (host, path) = page.find('/').map_or((page, ""), |at| page.split_at(at));
    let mut host = host.to_lowercase();
    for port in [":80", ":443"] {
        if let Some(bare) = host.strip_suffix(port) {
            host = bare.to_owned();
        }
    }
    while let Some(bare) = VIEWS.iter().find_map(|view| host.strip_prefix(view)) {
        // "m.co" is a site, not the mobile view of "co".
        if !bare.contains('.') {
            break;
        }
        host = bare.to_owned();
    }
    let mut path = path.trim_end_matches('/');
    if let Some(bare) = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)) {
        path = bare.trim_end_matches('/');
    }
    let mut parameters: Vec<&str> = query.split('&').filter(|parameter| !is_tracking(parameter)).collect();
    parameters.sort_unstable();
    let mut key = format!("{host}{path}");
    if !parameters.is_empty() {
        key = format!("{key}?{}", parameters.join("&"));
    }
    (!key.is_empty()).then_some(key)
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or("").to_lowercase();
    name.is_empty()
        || name.starts_with("utm_")
        || TRACKING.contains(&name.as_str())
        || name == "amp"
        || name == "outputtype"
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn views_of_a_page_have_one_key() {
        let page = key("https://www.example.org/world/talks?id=7&page=2");
        assert_eq!(page.as_deref(), Some("example.org/world/talks?id=7&page=2"));
        for other in [
            "http://example.org/world/talks/?page=2&id=7#comments",
            "https://m.example.org:443/world/talks/amp?utm_source=x&id=7&page=2&fbclid=abc",
            "EXAMPLE.org/world/talks?id=7&page=2",
        ] {
            assert_eq!(key(other), page, "{other}");
        }
        assert_ne!(key("https://example.org/world/talks?id=8&page=2"), page);
        assert_eq!(key("https://m.co/a").as_deref(), Some("m.co/a"));
        assert_eq!(key("  "), None);
    }
}
