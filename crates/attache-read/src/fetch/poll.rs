//! The same addresses again and again, without being a burden: one request a while to each host, only what is
//! new, and nothing robots.txt asks not to fetch.

use super::robots::Robots;
use super::{FetchError, Fetched, Fetcher, Known, web};
use crate::Limits;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};
use url::Url;

/// How long robots.txt is believed.
const ROBOTS_AGE: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a server in trouble is left alone where it does not say, and the longest it is believed.
const TROUBLE: Duration = Duration::from_secs(15 * 60);
const LONGEST_TROUBLE: Duration = Duration::from_secs(24 * 60 * 60);

/// What is kept between two runs: for each address what the server said of its last version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State(BTreeMap<String, Seen>);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
}

/// What a poll brought.
#[derive(Debug)]
pub enum Polled {
    /// Something new.
    New(Fetched),
    /// Nothing new.
    Same,
    /// Not asked: the server wants to be left alone for so long.
    Later(Duration),
}

/// A polite visitor.
#[derive(Debug)]
pub struct Poll {
    fetcher: Fetcher,
    state: State,
    /// The least time between two requests to a host.
    delay: Duration,
    hosts: BTreeMap<String, Host>,
}

#[derive(Debug, Default)]
struct Host {
    asked: Option<Instant>,
    robots: Option<(Instant, Robots)>,
    /// Not before.
    rest: Option<Instant>,
}

impl Poll {
    /// A visitor that waits `delay` between two requests to one host, or longer where the host asks for it.
    pub fn new(limits: Limits, allow_private: bool, delay: Duration, state: State) -> Poll {
        Poll { fetcher: Fetcher::new(limits, allow_private), state, delay, hosts: BTreeMap::new() }
    }

    /// What to keep for the next run.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Fetches an address where there is something new. May wait, for at most a minute.
    ///
    /// # Errors
    /// [`FetchError`]; a server that is in trouble is left alone for a while afterwards. An answer counts as
    /// seen only after [`Poll::keep`], so that what could not be stored comes again.
    pub fn get(&mut self, address: &str) -> Result<Polled, FetchError> {
        let url = web(address)?;
        let host = url.origin().ascii_serialization();
        if let Some(rest) = self.hosts.get(&host).and_then(|host| host.rest)
            && let Some(left) = rest.checked_duration_since(Instant::now())
        {
            return Ok(Polled::Later(left));
        }
        let robots = self.robots(&host, &url)?;
        let path =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        if !robots.allows(&path) {
            return Err(FetchError::Robots);
        }
        self.wait(&host, robots.delay);
        let seen = self.state.0.get(address).cloned().unwrap_or_default();
        let known = Known { etag: seen.etag, last_modified: seen.last_modified };
        match self.fetcher.get(address, &known) {
            Ok(fetched) if fetched.changed => Ok(Polled::New(fetched)),
            Ok(_) => Ok(Polled::Same),
            Err(error) => {
                if let FetchError::Status { status: 429 | 500..=599, retry_after } = error {
                    let rest = retry_after.unwrap_or(TROUBLE).min(LONGEST_TROUBLE);
                    self.hosts.entry(host).or_default().rest = Some(Instant::now() + rest);
                }
                Err(error)
            }
        }
    }

    /// Says that an answer is stored, of which the server said this ([`Fetched::known`]): the next poll asks
    /// only for what is newer.
    pub fn keep(&mut self, address: &str, known: Known) {
        let Known { etag, last_modified } = known;
        self.state.0.insert(address.to_owned(), Seen { etag, last_modified });
    }

    /// The host's wishes, asked for once a day.
    fn robots(&mut self, host: &str, url: &Url) -> Result<Robots, FetchError> {
        if let Some((asked, robots)) = self.hosts.get(host).and_then(|host| host.robots.as_ref())
            && asked.elapsed() < ROBOTS_AGE
        {
            return Ok(robots.clone());
        }
        self.wait(host, None);
        let place = url.join("/robots.txt").map_err(|_| FetchError::Address(url.to_string()))?;
        let robots = match self.fetcher.get(place.as_str(), &Known::default()) {
            Ok(fetched) => Robots::parse(&fetched.body, "attache"),
            // No such file, or none for us: nothing is asked. In trouble: everything is.
            Err(FetchError::Status { status: 400..=499, .. } | FetchError::Redirects(_)) => Robots::default(),
            Err(FetchError::Status { .. }) => {
                let host = self.hosts.entry(host.to_owned()).or_default();
                host.rest = Some(Instant::now() + TROUBLE);
                return Ok(Robots::nothing());
            }
            Err(other) => return Err(other),
        };
        self.hosts.entry(host.to_owned()).or_default().robots = Some((Instant::now(), robots.clone()));
        Ok(robots)
    }

    /// Waits until the host may be asked again, and notes that it is asked now.
    fn wait(&mut self, host: &str, asked_for: Option<Duration>) {
        let delay = self.delay.max(asked_for.unwrap_or_default());
        let host = self.hosts.entry(host.to_owned()).or_default();
        if let Some(asked) = host.asked {
            thread::sleep(delay.saturating_sub(asked.elapsed()));
        }
        host.asked = Some(Instant::now());
    }
}
