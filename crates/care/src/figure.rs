//! Figures that people see. They are kept as exact integers until they are shown, and rounded half up in one
//! place, so that a page, a letter and a file never differ in the last digit.

use std::fmt;

/// `numerator ÷ denominator` rounded half up to a whole number; `None` when there is nothing to divide by.
/// Half up means away from nought for what people count, and towards plus infinity below nought: −2.5 is −2.
pub fn half_up(numerator: i64, denominator: i64) -> Option<i64> {
    if denominator == 0 {
        return None;
    }
    let sign: i128 = if denominator < 0 { -1 } else { 1 };
    let (n, d) = (i128::from(numerator) * sign, i128::from(denominator) * sign);
    i64::try_from((2 * n + d).div_euclid(2 * d)).ok()
}

/// A figure with one decimal, held as a whole number of tenths: 21.3 is `Tenths(213)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Tenths(pub i64);

impl Tenths {
    /// `numerator ÷ denominator` to one decimal; `None` when there is nothing to divide by.
    pub fn of(numerator: i64, denominator: i64) -> Option<Tenths> {
        half_up(numerator.checked_mul(10)?, denominator).map(Tenths)
    }
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.abs() / 10, self.0.abs() % 10);
        if tenth == 0 { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{tenth}") }
    }
}

/// A measure that is no count (a ratio, an index), with a fixed number of decimals, rounded half up.
pub fn decimal(measure: f64, places: u32) -> String {
    let scale = 10_f64.powi(places as i32);
    let rounded = (measure * scale + 0.5).floor() / scale;
    format!("{:.*}", places as usize, if rounded == 0.0 { 0.0 } else { rounded })
}

/// A share in words with the counts that made it: "3 of 4 (75%)"; "0 of 0" has no percentage.
pub fn share(part: i64, whole: i64) -> String {
    match half_up(part.saturating_mul(100), whole) {
        Some(percent) => format!("{part} of {whole} ({percent}%)"),
        None => format!("{part} of {whole}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_half_up() {
        for (n, d, expected) in [
            (5, 2, Some(3)),
            (4, 2, Some(2)),
            (7, 5, Some(1)),
            (8, 5, Some(2)),
            (-5, 2, Some(-2)),
            (5, -2, Some(-2)),
            (-7, 2, Some(-3)),
            (0, 9, Some(0)),
            (1, 0, None),
            (i64::MAX, 1, Some(i64::MAX)),
        ] {
            assert_eq!(half_up(n, d), expected, "{n}/{d}");
        }
    }

    #[test]
    fn shows_tenths_and_shares() {
        assert_eq!(Tenths::of(17_000, 800).map(|t| t.to_string()), Some("21.3".into()));
        assert_eq!(Tenths::of(22, 1).map(|t| t.to_string()), Some("22".into()));
        assert_eq!(Tenths(-5).to_string(), "-0.5");
        assert_eq!(Tenths::of(1, 0), None);
        assert_eq!(decimal(0.04405, 4), "0.0441");
        assert_eq!(decimal(78.5, 0), "79");
        assert_eq!(decimal(-0.00001, 4), "0.0000");
        assert_eq!(share(3, 4), "3 of 4 (75%)");
        assert_eq!(share(0, 0), "0 of 0");
        assert_eq!(share(1, 200), "1 of 200 (1%)");
    }
}
