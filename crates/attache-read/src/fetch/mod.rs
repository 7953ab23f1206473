//! Addresses the user typed, fetched with care: `http` and `https` only, no address of this machine or its
//! network, checked after the name was looked up and anew for every redirect; bounded in bytes and time.
//! [`Poll`] does it again and again, politely.

mod address;
mod poll;
mod robots;

pub use poll::{Poll, Polled, State};

use crate::stream::{self, media_type};
use crate::{Document, Limits, Options, Problem};
use address::Guard;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::http::header::{
    ACCEPT, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// What the client calls itself.
pub const AGENT: &str = concat!("attache/", env!("CARGO_PKG_VERSION"));
/// What it likes best.
const WANTED: &str =
    "text/html, application/rss+xml, application/atom+xml, application/feed+json, text/plain, */*;q=0.5";
/// Longest wait for a connection, and for the first bytes of an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why an address gave nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// It is no address, or not of the web.
    #[error("not an http or https address: {0}")]
    Address(String),
    /// The host is this machine or one of its network.
    #[error(
        "{host} is {address}, an address of this machine or its network; --allow-private fetches from there"
    )]
    Private {
        /// The host asked for.
        host: String,
        /// What its name stands for.
        address: std::net::IpAddr,
    },
    /// It led on to other addresses too often.
    #[error("more than {0} redirects")]
    Redirects(usize),
    /// The server says no.
    #[error("the server answers {status}")]
    Status {
        /// Its code.
        status: u16,
        /// How long it asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The answer is too long.
    #[error("an answer of more than {0} bytes")]
    TooLarge(u64),
    /// robots.txt asks not to fetch it.
    #[error("robots.txt of the site asks not to fetch this")]
    Robots,
    /// The connection failed.
    #[error("{0}")]
    Connection(String),
}

/// What is known of an address from the last time, so that nothing is sent twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The entity tag it had.
    pub etag: Option<String>,
    /// When it was last changed, as the server wrote it.
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The address it came from, behind all redirects.
    pub url: String,
    /// False where nothing has changed since the last time; the body is empty then.
    pub changed: bool,
    /// The bytes as sent.
    pub body: Vec<u8>,
    /// The media type with its parameters.
    pub content_type: Option<String>,
    /// For the next time.
    pub known: Known,
}

impl Fetched {
    /// The charset the server named.
    pub fn charset(&self) -> Option<String> {
        media_type(self.content_type.as_deref()?).1
    }

    /// The documents in it; `name` is what problems call it.
    pub fn documents(
        self,
        name: &str,
        options: &Options,
    ) -> impl Iterator<Item = Result<Document, Problem>> + Send + use<> {
        stream::answered(self, name, &Arc::new(options.clone()))
    }
}

/// An HTTP client for addresses from users and from redirects.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
}

impl Fetcher {
    /// A client with these limits; `allow_private` lets it fetch from this machine and its network.
    pub fn new(limits: Limits, allow_private: bool) -> Fetcher {
        let config = Agent::config_builder()
            .user_agent(AGENT)
            // Redirects are followed here, so that each address is looked at; a proxy would look names up
            // itself, where nobody checks what they stand for.
            .max_redirects(0)
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(limits.seconds)))
            .timeout_resolve(Some(PATIENCE))
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .max_response_header_size(limits.head)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard { allow_private });
        Fetcher { agent, limits }
    }

    /// Fetches an address. `known` makes the server send only what is new.
    ///
    /// # Errors
    /// [`FetchError`].
    pub fn get(&self, address: &str, known: &Known) -> Result<Fetched, FetchError> {
        let mut url = web(address)?;
        for _ in 0..=self.limits.redirects {
            match self.ask(&url, known)? {
                Answer::Moved(to) => {
                    let next = url.join(&to).map_err(|_| FetchError::Address(to))?;
                    url = web(next.as_str())?;
                }
                Answer::Here(fetched) => return Ok(fetched),
            }
        }
        Err(FetchError::Redirects(self.limits.redirects))
    }

    fn ask(&self, url: &Url, known: &Known) -> Result<Answer, FetchError> {
        let mut request = self.agent.get(url.as_str()).header(ACCEPT, WANTED);
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        let answer = request.call().map_err(|error| address::told(&error, url))?;
        let header =
            |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let status = answer.status().as_u16();
        if let (301 | 302 | 303 | 307 | 308, Some(to)) = (status, header(LOCATION)) {
            return Ok(Answer::Moved(to));
        }
        if status != 200 && status != 304 {
            let seconds = header(RETRY_AFTER).and_then(|value| value.trim().parse().ok());
            return Err(FetchError::Status { status, retry_after: seconds.map(Duration::from_secs) });
        }
        let fresh = Known { etag: header(ETAG), last_modified: header(LAST_MODIFIED) };
        let known = if status == 304 { known.clone() } else { fresh };
        let content_type = header(CONTENT_TYPE);
        let most = self.limits.body;
        let mut body = Vec::new();
        if status == 200 {
            let reader = answer.into_body().into_reader().take(most + 1);
            let read = { reader }.read_to_end(&mut body);
            read.map_err(|error| FetchError::Connection(error.to_string()))?;
            if body.len() as u64 > most {
                return Err(FetchError::TooLarge(most));
            }
        }
        Ok(Answer::Here(Fetched { url: url.to_string(), changed: status == 200, body, content_type, known }))
    }
}

enum Answer {
    Here(Fetched),
    Moved(String),
}

/// An address of the web, without names and passwords, which would be sent on to wherever it leads.
fn web(address: &str) -> Result<Url, FetchError> {
    let shown = || FetchError::Address(address.chars().take(200).collect());
    let url = Url::parse(address).map_err(|_| shown())?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none();
    if good { Ok(url) } else { Err(shown()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web_only() {
        assert!(web("https://news.example.org/a?b#c").is_ok());
        for wrong in
            ["file:///etc/passwd", "ftp://x.example/", "gopher://x", "http://", "https://a:b@x.example/", "x"]
        {
            assert!(web(wrong).is_err(), "{wrong}");
        }
    }
}
