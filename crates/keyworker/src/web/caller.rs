//! Where a request comes from: the address, the device as people would name it, and whether the browser carries the
//! mark of a device from which somebody has signed in before.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, header},
};

use super::cookies;
use crate::config::Config;

#[derive(Debug, Clone)]
pub struct Caller {
    /// `None` only in tests, which have no connection.
    pub address: Option<IpAddr>,
    /// "Firefox on Windows".
    pub device: String,
    /// The secret of the device's cookie.
    pub device_token: Option<String>,
    /// Whether a script asks and wants JSON, not a page.
    pub wants_json: bool,
}

impl Caller {
    pub fn of(request: &Request, config: &Config) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Caller {
            address: peer.map(|peer| address(peer, headers, &config.trusted_proxies)),
            device: device(text(header::USER_AGENT)),
            device_token: cookies::read(headers, config, "device"),
            wants_json: text(header::ACCEPT).starts_with("application/json"),
        }
    }

    /// The address as a key to count under; a whole /64 of IPv6 is one caller.
    pub fn address_key(&self) -> String {
        match self.address {
            Some(IpAddr::V6(v6)) => format!("address {:x?}", &v6.segments()[..4]),
            Some(v4) => format!("address {v4}"),
            None => "address unknown".into(),
        }
    }
}

/// The peer itself, unless it is a proxy that we trust: then the last address in its list that is no such proxy.
/// Whatever stands further left may have been written by the caller.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let listed = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok());
    let chain: Vec<IpAddr> = listed.flat_map(|v| v.split(',')).map_while(|part| part.trim().parse().ok()).collect();
    chain.into_iter().rev().find(|a| !trusted.contains(a)).unwrap_or(peer)
}

/// The browser and the system in words, from what it says of itself.
fn device(agent: &str) -> String {
    let first = |words: &[(&str, &'static str)]| words.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "an iPhone"),
        ("iPad", "an iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "a Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.into(),
        _ => "Another program".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_is_believed_from_a_trusted_proxy_only() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxy = ip("10.0.0.1");
        for (peer, forwarded, expected) in [
            ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.1", "198.51.100.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            assert_eq!(address(ip(peer), &headers, &[proxy]), ip(expected), "{peer} {forwarded}");
        }
    }

    #[test]
    fn a_device_is_named_in_words() {
        for (agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
                "Edge on Windows",
            ),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari on an iPhone"),
            ("curl/8", "Another program"),
        ] {
            assert_eq!(device(agent), expected);
        }
    }
}
