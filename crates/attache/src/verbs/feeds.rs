//! Addresses asked again and again for what is new, and what of their answers the archive remembers.

use super::keep::{Keeping, Sum};
use crate::talk::Talk;
use anyhow::Context;
use attache_read::fetch::{Poll, Polled};
use std::path::PathBuf;
use std::time::Duration;

/// The least time between two requests to one host.
const DELAY: Duration = Duration::from_secs(1);
/// What the archive remembers the servers' answers under.
const NAME: &str = "feeds";

/// Addresses, and a visitor who knows what their servers said.
pub struct Feeds {
    addresses: Vec<String>,
    poll: Poll,
}

impl Feeds {
    pub fn new(addresses: &[PathBuf], keeping: &Keeping<'_>) -> anyhow::Result<Feeds> {
        let state = match keeping.writer.archive().remembered(NAME)? {
            Some(json) => serde_json::from_str(&json).context("what it remembers of feeds is damaged")?,
            None => Default::default(),
        };
        let options = &keeping.options;
        let poll = Poll::new(options.limits, options.allow_private, DELAY, state);
        let addresses = addresses.iter().filter_map(|path| path.to_str()).map(str::to_owned).collect();
        Ok(Feeds { addresses, poll })
    }

    /// Asks each address once and keeps what is new; says what came of it.
    pub fn round(
        &mut self,
        keeping: &mut Keeping<'_>,
        sum: &mut Sum,
        talk: &mut Talk,
        mut fail: impl FnMut(&mut Talk, &str),
    ) -> anyhow::Result<String> {
        let (mut new, mut same, mut later) = (0, 0, 0);
        for address in &self.addresses {
            match self.poll.get(address) {
                Ok(Polled::New(fetched)) => {
                    new += 1;
                    let known = fetched.known.clone();
                    let documents = fetched.documents(address, &keeping.options);
                    keeping.take(documents, sum, talk, &mut fail)?;
                    // Only now: what was not kept has to come again.
                    self.poll.keep(address, known);
                    keeping.writer.remember(NAME, &serde_json::to_string(self.poll.state())?)?;
                    keeping.writer.commit()?;
                }
                Ok(Polled::Same) => same += 1,
                Ok(Polled::Later(_)) => later += 1,
                Err(error) => fail(talk, &format!("{address}: {error}")),
            }
        }
        let failed = self.addresses.len() - new - same - later;
        let parts =
            [(new, "new"), (same, "unchanged"), (later, "left alone for a while"), (failed, "failed")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        Ok(if parts.is_empty() { String::new() } else { format!("; addresses: {}", parts.join(", ")) })
    }
}
