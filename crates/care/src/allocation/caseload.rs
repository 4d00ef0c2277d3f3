//! How many children a worker holds, for each full-time post, against the guideline band. Counts are compared as
//! exact integers, so that nobody is put in a band by rounding.
//!
//! Source of the band: an authority's guideline of 18 to 22 children for each full-time worker, with more than 30
//! shown red; no national standard exists. Fewer than 18 is within the guideline, never a shortfall.

use crate::figure::Tenths;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A worker's share of a full-time post, in hundredths: 0.8 is `Fte::hundredths(80)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fte(u16);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FteProblem {
    NotANumber,
    /// More than one and a fifth posts.
    TooMuch,
}

/// Children held as primary worker, and the capacity that holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Caseload {
    pub children: i64,
    pub fte: Fte,
}

/// Where a caseload lies against the guideline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Up to and including the guideline's upper end; there is no lower one.
    Within,
    Above,
    Red,
    /// Children are held, and there is no capacity to hold them.
    NoCapacity,
    /// No guideline is set for this kind of worker or team.
    Unguided,
}

/// The band from one day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandPolicy {
    pub from: Date,
    pub lower: i64,
    pub upper: i64,
    pub red_above: i64,
    pub source: String,
}

/// The band as it was and is; the latest line on or before a date holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bands(pub Vec<BandPolicy>);

impl Fte {
    pub const FULL: Fte = Fte(100);
    pub const NONE: Fte = Fte(0);

    /// Up to 120 hundredths.
    pub const fn hundredths(hundredths: u16) -> Option<Fte> {
        if hundredths <= 120 { Some(Fte(hundredths)) } else { None }
    }

    /// "0.8", "1", ".75".
    pub fn read(typed: &str) -> Result<Fte, FteProblem> {
        let (whole, part) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() + part.len() == 0 {
            return Err(FteProblem::NotANumber);
        }
        let whole: u16 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| FteProblem::TooMuch)? };
        let part: u16 = format!("{part:0<2}").parse().map_err(|_| FteProblem::NotANumber)?;
        let hundredths = whole.checked_mul(100).and_then(|h| h.checked_add(part)).ok_or(FteProblem::TooMuch)?;
        Fte::hundredths(hundredths).ok_or(FteProblem::TooMuch)
    }

    pub const fn in_hundredths(self) -> i64 {
        self.0 as i64
    }
}

impl Caseload {
    pub const fn new(children: i64, fte: Fte) -> Self {
        Caseload { children, fte }
    }

    /// Children for each full-time post; `None` without capacity.
    pub fn per_full_time_post(self) -> Option<Tenths> {
        Tenths::of(self.children.saturating_mul(100), self.fte.in_hundredths())
    }

    /// The caseload with some children more.
    pub const fn with(self, more: i64) -> Self {
        Caseload { children: self.children + more, fte: self.fte }
    }

    /// Which of two is the heavier for each post; children without capacity weigh more than any with.
    pub fn compare(self, other: Self) -> std::cmp::Ordering {
        // No children and no capacity weigh nothing: any share of a post says so.
        let post = |load: Self| {
            if load.children == 0 { 1 } else { load.fte.in_hundredths() }
        };
        match (post(self), post(other)) {
            (0, 0) => self.children.cmp(&other.children),
            (0, _) => std::cmp::Ordering::Greater,
            (_, 0) => std::cmp::Ordering::Less,
            (mine, theirs) => (self.children * theirs).cmp(&(other.children * mine)),
        }
    }

    /// "17 children, 21.3 for each full-time post", or "no capacity, 12 children uncovered".
    pub fn words(self) -> String {
        let children = crate::words::counted(self.children, "child", "children");
        match self.per_full_time_post() {
            Some(_) if self.fte == Fte::FULL => children,
            Some(rate) => format!("{children}, {rate} for each full-time post"),
            None if self.children == 0 => "no capacity".into(),
            None => format!("no capacity, {children} uncovered"),
        }
    }
}

impl BandPolicy {
    pub fn band(&self, load: Caseload) -> Band {
        self.of_all(load.children, load.fte.in_hundredths())
    }

    /// Where the average of a team lies.
    pub fn band_of_team(&self, loads: impl Iterator<Item = Caseload>) -> Band {
        let (children, fte) = loads.fold((0, 0), |sum, load| (sum.0 + load.children, sum.1 + load.fte.in_hundredths()));
        self.of_all(children, fte)
    }

    fn of_all(&self, children: i64, fte: i64) -> Band {
        let over = |limit: i64| children * 100 > limit * fte;
        match () {
            _ if fte == 0 && children > 0 => Band::NoCapacity,
            _ if self.is_none() => Band::Unguided,
            _ if over(self.red_above) => Band::Red,
            _ if over(self.upper) => Band::Above,
            _ => Band::Within,
        }
    }

    /// "within the guideline of 22"; where rounding would hide by how little it is crossed, it says so.
    pub fn words(&self, load: Caseload) -> String {
        let hidden = |limit: i64| load.per_full_time_post() == Some(Tenths(limit * 10));
        match self.band(load) {
            Band::NoCapacity => load.words(),
            Band::Red if hidden(self.red_above) => {
                format!("just above {}, in the red", self.red_above)
            }
            Band::Red => format!("above {}, in the red, against a guideline of {}", self.red_above, self.upper),
            Band::Above if hidden(self.upper) => {
                format!("just above the guideline of {}", self.upper)
            }
            Band::Above => format!("above the guideline of {}", self.upper),
            Band::Within => format!("within the guideline of {}", self.upper),
            Band::Unguided => "for which no guideline is set".into(),
        }
    }

    /// What holds where no guideline is set: adults' teams, and workers who are not social workers.
    pub fn none() -> Self {
        BandPolicy { lower: 0, upper: 0, red_above: 0, source: "No guideline is set".into(), ..BandPolicy::default() }
    }

    pub const fn is_none(&self) -> bool {
        self.upper == 0
    }
}

impl Band {
    /// For a list or a picture, where colour is never alone.
    pub const fn label(self) -> &'static str {
        match self {
            Band::Within => "Within the guideline",
            Band::Above => "Above the guideline",
            Band::Red => "Red",
            Band::NoCapacity => "No capacity",
            Band::Unguided => "No guideline",
        }
    }
}

impl Bands {
    /// The band on a date; before the first line, the first line.
    pub fn on(&self, on: Date) -> Option<&BandPolicy> {
        let latest = self.0.iter().filter(|band| band.from <= on).max_by_key(|band| band.from);
        latest.or_else(|| self.0.iter().min_by_key(|band| band.from))
    }
}

impl Default for BandPolicy {
    fn default() -> Self {
        BandPolicy {
            from: date(2013, 1, 1),
            lower: 18,
            upper: 22,
            red_above: 30,
            source: "Local guideline: 18 to 22 children for each full-time social worker; above 30 is red".into(),
        }
    }
}

impl Default for Bands {
    fn default() -> Self {
        Bands(vec![BandPolicy::default()])
    }
}

impl fmt::Display for Fte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            tenths if tenths % 10 == 0 => write!(f, "{whole}.{}", tenths / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl fmt::Display for FteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FteProblem::NotANumber => write!(f, "Enter the share of a full-time post as a number, like 0.8"),
            FteProblem::TooMuch => write!(f, "The share of a full-time post must be 1.2 or less"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(children: i64, hundredths: u16) -> Caseload {
        Caseload::new(children, Fte::hundredths(hundredths).unwrap())
    }

    #[test]
    fn judges_nobody_where_no_guideline_is_set() {
        let none = BandPolicy::none();
        assert!(none.is_none() && !BandPolicy::default().is_none());
        assert_eq!(
            [none.band(load(60, 100)), none.band(load(0, 0)), none.band(load(4, 0))],
            [Band::Unguided, Band::Unguided, Band::NoCapacity]
        );
        assert_eq!(none.words(load(60, 100)), "for which no guideline is set");
        let team = [load(20, 100), load(18, 50)];
        assert_eq!(BandPolicy::default().band_of_team(team.into_iter()), Band::Above, "38 children over 1.5 posts are 25.3");
    }

    #[test]
    fn puts_caseloads_in_bands() {
        let policy = BandPolicy::default();
        for (children, fte, band, words) in [
            (0, 100, Band::Within, "within the guideline of 22"),
            (9, 100, Band::Within, "within the guideline of 22"),
            (18, 100, Band::Within, "within the guideline of 22"),
            (22, 100, Band::Within, "within the guideline of 22"),
            (23, 100, Band::Above, "above the guideline of 22"),
            (30, 100, Band::Above, "above the guideline of 22"),
            (31, 100, Band::Red, "above 30, in the red, against a guideline of 22"),
            (17, 80, Band::Within, "within the guideline of 22"),
            (18, 80, Band::Above, "above the guideline of 22"),
            (24, 80, Band::Above, "above the guideline of 22"),
            (25, 80, Band::Red, "above 30, in the red, against a guideline of 22"),
            (25, 113, Band::Above, "above the guideline of 22"),
            (12, 0, Band::NoCapacity, "no capacity, 12 children uncovered"),
            (1, 0, Band::NoCapacity, "no capacity, 1 child uncovered"),
            (0, 0, Band::Within, "within the guideline of 22"),
        ] {
            let load = load(children, fte);
            assert_eq!((policy.band(load), policy.words(load).as_str()), (band, words), "{children} at {fte}");
        }
    }

    /// 26 at 1.18 is 22.03 for each post: it shows as 22 and is above 22.
    #[test]
    fn says_when_rounding_hides_the_crossing() {
        let (policy, load) = (BandPolicy::default(), load(26, 118));
        assert_eq!(load.per_full_time_post().map(|r| r.to_string()).as_deref(), Some("22"));
        assert_eq!(policy.words(load), "just above the guideline of 22");
    }

    #[test]
    fn never_shows_no_capacity_as_nothing() {
        for (children, fte, words) in [
            (17, 80, "17 children, 21.3 for each full-time post"),
            (1, 100, "1 child"),
            (12, 0, "no capacity, 12 children uncovered"),
            (0, 0, "no capacity"),
            (0, 50, "no children, 0 for each full-time post"),
        ] {
            assert_eq!(load(children, fte).words(), words);
        }
        assert!(load(1, 0).compare(load(40, 100)).is_gt());
        assert!(load(0, 0).compare(load(40, 100)).is_lt());
        assert!(load(9, 50).compare(load(18, 100)).is_eq());
    }

    #[test]
    fn reads_shares_of_a_post() {
        for (typed, read) in [
            ("0.8", Ok("0.8")),
            ("1", Ok("1")),
            (" .75 ", Ok("0.75")),
            ("1.00", Ok("1")),
            ("0.05", Ok("0.05")),
            ("0", Ok("0")),
            ("1.2", Ok("1.2")),
            ("1.21", Err(FteProblem::TooMuch)),
            ("37", Err(FteProblem::TooMuch)),
            ("99999", Err(FteProblem::TooMuch)),
            ("0.333", Err(FteProblem::NotANumber)),
            ("-1", Err(FteProblem::NotANumber)),
            ("", Err(FteProblem::NotANumber)),
            (".", Err(FteProblem::NotANumber)),
        ] {
            assert_eq!(Fte::read(typed).map(|fte| fte.to_string()), read.map(String::from), "{typed}");
        }
    }

    #[test]
    fn bands_are_dated() {
        let later = BandPolicy { from: date(2027, 4, 1), upper: 20, ..BandPolicy::default() };
        let bands = Bands(vec![later, BandPolicy::default()]);
        let upper = |on| bands.on(on).map(|band| band.upper);
        assert_eq!(upper(date(2027, 3, 31)), Some(22));
        assert_eq!(upper(date(2027, 4, 1)), Some(20));
        assert_eq!(upper(date(1999, 1, 1)), Some(22));
    }
}
