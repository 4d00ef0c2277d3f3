//! Numbers as they stand in returns: counts, and amounts with up to six decimals, kept exactly.

use std::fmt;

use serde::{Serialize, Serializer};

/// An amount in millionths, such as a full-time equivalent of 0.521371.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millionths(pub i64);

impl Millionths {
    pub const ONE: Millionths = Millionths(1_000_000);

    /// From `0.521371`, `-3`, `.5`; a seventh decimal is rounded half up. Thousands may not be separated.
    pub fn parse(text: &str) -> Option<Millionths> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || whole.len() > 12 || !plain(whole) || !plain(fraction) {
            return None;
        }
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut decimals = fraction.bytes().chain(std::iter::repeat(b'0')).map(|byte| i64::from(byte - b'0'));
        let millionths = decimals.by_ref().take(6).fold(0, |sum, digit| sum * 10 + digit);
        let round = i64::from(decimals.next().is_some_and(|digit| digit >= 5));
        Some(Millionths(sign * (whole * 1_000_000 + millionths + round)))
    }
}

impl fmt::Display for Millionths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let written = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
        f.write_str(written.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Millionths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A count; `3.0`, as some systems write a whole number, is 3.
pub(crate) fn whole(text: &str) -> Option<u32> {
    let digits = text.strip_suffix(".0").or_else(|| text.strip_suffix(".00")).unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        let cases = [
            ("0.521371", Some("0.521371")),
            ("1", Some("1")),
            ("1.000000", Some("1")),
            (".5", Some("0.5")),
            ("-2.25", Some("-2.25")),
            ("15.31", Some("15.31")),
            ("6.1382614647501708", Some("6.138261")),
            ("0.9999996", Some("1")),
            ("1,000", None),
            ("", None),
            (".", None),
            ("1.2.3", None),
            ("9999999999999", None),
            ("NaN", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Millionths::parse(text).map(|amount| amount.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn counts_are_whole() {
        let cases = [("0", Some(0)), ("12", Some(12)), ("1.0", Some(1)), ("1.5", None), ("-1", None), ("", None), ("+1", None)];
        for (text, expected) in cases {
            assert_eq!(whole(text), expected, "{text}");
        }
    }
}
