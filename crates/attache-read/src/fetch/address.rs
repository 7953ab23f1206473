//! Which network addresses may be connected to. The check stands between looking a name up and connecting, so
//! a name that answers differently the second time gains nothing.

use super::FetchError;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

/// Looks names up and refuses what is not of the open internet.
#[derive(Debug)]
pub(super) struct Guard {
    pub allow_private: bool,
}

/// A refusal on its way through the client.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no address of the open internet")]
struct Refused(IpAddr);

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // One private address among public ones is a trick, not a fallback.
        match found.iter().find(|address| !self.allow_private && !is_public(address.ip())) {
            Some(address) => Err(ureq::Error::Other(Box::new(Refused(address.ip())))),
            None => Ok(found),
        }
    }
}

/// What the client says, in our words.
pub(super) fn told(error: &ureq::Error, url: &Url) -> FetchError {
    if let ureq::Error::Other(inner) = error
        && let Some(Refused(address)) = inner.downcast_ref::<Refused>()
    {
        return FetchError::Private { host: url.host_str().unwrap_or("").to_owned(), address: *address };
    }
    FetchError::Connection(error.to_string())
}

/// True for addresses that are no machine's own, no private network's and no special purpose's, by the
/// registries of RFC 6890.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let part = address.segments();
    let [first, second, ..] = part;
    // Addresses that carry an IPv4 address are as public as that: mapped, and translated (NAT64).
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [.., high, low] = part;
    let inner = Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    if part.starts_with(&[0x64, 0xff9b, 0, 0, 0, 0]) {
        return is_public_v4(inner);
    }
    // Only 2000::/3 is given out at all; in it, 2001::/23 (Teredo and others), 2001:db8::/32 and 3fff::/20
    // (documentation) and 2002::/16 (6to4, which carries an IPv4 address) are no hosts of news.
    (first & 0xe000) == 0x2000
        && !(first == 0x2001 && second < 0x0200)
        && !(first == 0x2001 && second == 0x0db8)
        && !(first == 0x3fff && second < 0x1000)
        && first != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_public() {
        for public in [
            "1.1.1.1",
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "0.1.2.3",
            "255.255.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "198.18.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "203.0.113.9",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "fec0::1",
            "5f00::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }
}
