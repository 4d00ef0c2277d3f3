//! Codes from an authenticator app (RFC 6238: six digits, thirty seconds, SHA-1, which is what every app knows), and the
//! picture and the words by which the app learns the secret. Leaves out passkeys, which come later.

use qrcode::{EcLevel, QrCode, render::svg};
use totp_rs::{Builder, Secret};

/// Bytes of a secret: 160 bits, as RFC 4226 recommends.
pub const SECRET_BYTES: usize = 20;
const STEP_SECONDS: i64 = 30;

/// A fresh secret.
pub fn fresh() -> anyhow::Result<[u8; SECRET_BYTES]> {
    let mut secret = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(|_| anyhow::anyhow!("the machine gives no randomness"))?;
    Ok(secret)
}

/// The step of a code that is right now, or was one step ago, or will be in one: clocks differ. Spaces are let pass.
pub fn step_of(secret: &[u8], typed: &str, now: jiff::Timestamp) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if typed.len() != 6 || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let totp = Builder::new().with_secret(Secret::from(secret)).build().ok()?;
    let step = totp.check(&typed, u64::try_from(now.as_second()).ok()?)?;
    i64::try_from(step).ok()
}

/// The code of a moment, for tests and for whoever checks another program.
pub fn code_at(secret: &[u8], now: jiff::Timestamp) -> Option<String> {
    let totp = Builder::new().with_secret(Secret::from(secret)).build().ok()?;
    Some(totp.generate(u64::try_from(now.as_second()).ok()?).to_string())
}

pub fn seconds_of_a_step() -> i64 {
    STEP_SECONDS
}

/// What the picture says to the app.
pub fn address(secret: &[u8], council: &str, username: &str) -> String {
    let encode = crate::web::cookies::encode;
    let issuer = encode(&format!("Keyworker {council}"));
    format!("otpauth://totp/{issuer}:{}?secret={}&issuer={issuer}&digits=6&period={STEP_SECONDS}", encode(username), base32(secret))
}

/// The secret in groups of four letters, for typing.
pub fn typed(secret: &[u8]) -> String {
    let letters = base32(secret);
    let groups: Vec<&str> = (0..letters.len()).step_by(4).map(|i| &letters[i..(i + 4).min(letters.len())]).collect();
    groups.join(" ")
}

/// The picture, as SVG that stands in the page: a reader hears what it is for, and that the words below do the same.
pub fn picture(address: &str) -> anyhow::Result<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)?;
    let drawn = code.render::<svg::Color>().min_dimensions(200, 200).quiet_zone(true).build();
    let from = drawn.find("<svg").unwrap_or(0);
    Ok(drawn[from..].replacen("<svg", "<svg class=\"kw-qr\" role=\"img\" aria-label=\"Picture for your authenticator app to scan\"", 1))
}

fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: Vec<u8> = bytes.iter().flat_map(|b| (0..8).rev().map(move |i| (b >> i) & 1)).collect();
    bits.chunks(5)
        .map(|five| char::from(LETTERS[five.iter().enumerate().fold(0, |n, (i, bit)| n | usize::from(*bit) << (4 - i))]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, its eight digits cut to six.
    #[test]
    fn gives_the_codes_of_the_standard() {
        let secret = b"12345678901234567890";
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            let at = jiff::Timestamp::from_second(second).unwrap();
            assert_eq!(step_of(secret, code, at), Some(second / 30), "{second}");
            assert_eq!(code_at(secret, at).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_code_holds_a_step_before_and_after_and_no_longer() {
        let secret = b"12345678901234567890";
        let at = |s| jiff::Timestamp::from_second(s).unwrap();
        for (second, right) in [(59, true), (30, true), (29, true), (0, true), (89, true), (90, false), (120, false)] {
            assert_eq!(step_of(secret, "287 082", at(second)).is_some(), right, "{second}");
        }
        for typed in ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(secret, typed, at(59)), None, "{typed}");
        }
    }

    #[test]
    fn the_secret_is_written_for_the_app() {
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(typed(b"12345"), "GEZD GNBV");
        let address = address(b"12345", "Ashmere", "priya.nair");
        assert_eq!(address, "otpauth://totp/Keyworker%20Ashmere:priya.nair?secret=GEZDGNBV&issuer=Keyworker%20Ashmere&digits=6&period=30");
        assert!(picture(&address).unwrap().starts_with("<svg class=\"kw-qr\" role=\"img\""));
    }
}
