//! The three cookies: the session; one line of news for the next page (never a name: it is kept by the browser); and the
//! mark of a device from which somebody has signed in before.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::Config;

/// Over https the name is bound to this host by its prefix; over plain http on loopback a browser would refuse it.
fn name(config: &Config, short: &str) -> String {
    if config.is_plain_http() { format!("keyworker_{short}") } else { format!("__Host-keyworker_{short}") }
}

pub fn read(headers: &HeaderMap, config: &Config, short: &str) -> Option<String> {
    let wanted = name(config, short);
    headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == wanted && !value.is_empty()).then(|| value.to_owned())
    })
}

pub fn set(config: &Config, short: &str, value: &str) -> Option<HeaderValue> {
    let secure = if config.is_plain_http() { "" } else { "; Secure" };
    HeaderValue::from_str(&format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", name(config, short))).ok()
}

/// A cookie that stays for so many days, whether or not anybody is signed in.
pub fn set_for_days(config: &Config, short: &str, value: &str, days: u32) -> Option<HeaderValue> {
    let secure = if config.is_plain_http() { "" } else { "; Secure" };
    let seconds = u64::from(days) * 86_400;
    HeaderValue::from_str(&format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", name(config, short))).ok()
}

pub fn clear(config: &Config, short: &str) -> Option<HeaderValue> {
    let secure = if config.is_plain_http() { "" } else { "; Secure" };
    HeaderValue::from_str(&format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", name(config, short))).ok()
}

/// Percent-encodes words so that they can stand in a cookie.
pub fn encode(words: &str) -> String {
    words
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-_.".contains(&b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten().and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(hex.unwrap_or(bytes[i]));
        i += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
