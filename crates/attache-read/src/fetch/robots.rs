//! What robots.txt asks of visitors, by RFC 9309: the group that names us, else the one for all; the longest
//! rule that fits decides, and between equals the one that allows.

use std::time::Duration;

/// How much of a robots.txt is read; the RFC asks for 500 KiB at least.
const MOST_BYTES: usize = 500 * 1024;
/// Most rules kept, and the longest pattern.
const MOST_RULES: usize = 2000;
const LONGEST: usize = 1000;
/// The longest delay between two requests that is honoured.
const LONGEST_DELAY: u64 = 60;

/// A site's wishes for one visitor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Vec<(bool, String)>,
    /// How long to wait between two requests.
    pub delay: Option<Duration>,
}

impl Robots {
    /// Everything is forbidden: what the RFC asks for where the server is in trouble.
    pub fn nothing() -> Robots {
        Robots { rules: vec![(false, "/".into())], delay: None }
    }

    /// The wishes for a visitor that calls itself `agent`.
    pub fn parse(bytes: &[u8], agent: &str) -> Robots {
        let text = String::from_utf8_lossy(bytes.get(..MOST_BYTES).unwrap_or(bytes)).into_owned();
        let (mut ours, mut everyones) = (Robots::default(), Robots::default());
        let (mut named_us, mut found_us, mut named_all, mut naming) = (false, false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or("");
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    (named_us, named_all) = (false, false);
                }
                naming = true;
                let name = value.split(['/', ' ']).next().unwrap_or("");
                named_us |= name.eq_ignore_ascii_case(agent);
                named_all |= name == "*";
                found_us |= named_us;
                continue;
            }
            naming = false;
            for (named, robots) in [(named_us, &mut ours), (named_all, &mut everyones)] {
                if named {
                    robots.add(&key, value);
                }
            }
        }
        if found_us { ours } else { everyones }
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if value.is_empty() || value.len() > LONGEST => {}
            "allow" | "disallow" if self.rules.len() < MOST_RULES => {
                self.rules.push((key == "allow", value.to_owned()));
            }
            "crawl-delay" => {
                let seconds =
                    value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds > 0.0);
                self.delay = seconds
                    .map(|seconds| Duration::from_secs_f64(seconds.min(1e6)))
                    .map(|delay| delay.min(Duration::from_secs(LONGEST_DELAY)));
            }
            _ => {}
        }
    }

    /// True where a path, with its query, may be fetched.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        let strongest = fitting.max_by_key(|(allow, pattern)| (pattern.len(), *allow));
        strongest.is_none_or(|(allow, _)| *allow)
    }
}

/// True where a path begins as a pattern says; `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let last = if anchored { parts.pop() } else { None };
    // The earliest place for each part leaves the most for those after it.
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    match (anchored, last) {
        (false, _) => true,
        (true, None) => rest.is_empty(),
        (true, Some(last)) => rest.ends_with(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(
            b"# x\nUser-agent: *\nDisallow: /\n\nUser-Agent: other\nUser-agent: Attache/1.0\nDisallow: /private # no\n\
              Allow: /private/news\nDisallow: /*.pdf$\nCrawl-delay: 2.5\n\nUser-agent: third\nDisallow: /x\n",
            "attache",
        );
        for (path, allowed) in [
            ("/", true),
            ("/private/a", false),
            ("/private/news/a", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
            ("/x", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, Some(Duration::from_millis(2500)));
    }

    #[test]
    fn nobody_named_and_nothing_said() {
        assert!(!Robots::parse(b"User-agent: *\nDisallow: /", "attache").allows("/feed"));
        assert!(Robots::parse(b"User-agent: *\nDisallow:", "attache").allows("/feed"));
        assert!(Robots::parse(b"<html>not found</html>", "attache").allows("/feed"));
        assert!(Robots::parse(b"User-agent: *\nDisallow: /a\nAllow: /a", "attache").allows("/a"));
        assert!(!Robots::nothing().allows("/feed"));
        assert_eq!(
            Robots::parse(b"User-agent: *\nCrawl-delay: 1e99", "x").delay,
            Some(Duration::from_secs(60))
        );
    }

    #[test]
    fn patterns_cost_little() {
        let pattern = "/".to_owned() + &"a*".repeat(450) + "b";
        assert!(!fits(&pattern, &("/".to_owned() + &"a".repeat(100_000))));
        assert!(fits("/*/x$", "/a/x/x") && !fits("/a$", "/ab") && fits("*", "/"));
    }
}
