//! The sentence of effect: what giving these children to this worker would make of the caseload, said before the
//! manager decides and reckoned inside the transaction that decides.

use super::{Band, BandPolicy, Caseload, Fte};
use crate::figure::Tenths;
use std::fmt;

/// What would be, if the manager said yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub name: String,
    pub after: Caseload,
    pub band: Band,
    band_words: String,
    standing: Standing,
    /// Children for each full-time post over the whole team, after.
    pub team_average: Option<Tenths>,
}

/// Where the worker would stand among those of the team who have capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    OnlyOne,
    Highest,
    EqualHighest,
    Below { highest: Option<Tenths> },
}

/// The effect of giving `more` children to a worker, whose present caseload is `now`; `others` are the rest of the
/// team as they are. Those without capacity and without children do not count.
pub fn effect(name: &str, now: Caseload, more: i64, others: &[Caseload], policy: &BandPolicy) -> Effect {
    let after = now.with(more);
    let children: i64 = others.iter().map(|load| load.children).sum::<i64>() + after.children;
    let fte: i64 = others.iter().map(|load| load.fte.in_hundredths()).sum::<i64>() + after.fte.in_hundredths();
    Effect {
        name: name.to_owned(),
        after,
        band: policy.band(after),
        band_words: policy.words(after),
        standing: standing(after, others),
        team_average: Tenths::of(children.saturating_mul(100), fte),
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(rate) = self.after.per_full_time_post() else {
            return write!(f, "{} would have {}", self.name, self.after.words());
        };
        let held = self.after.children;
        match self.after.fte {
            Fte::FULL => write!(f, "{}, full time, would hold {held}, {}", self.name, self.band_words)?,
            fte => {
                write!(f, "{}, at {fte}, would hold {held}: {rate} for each full-time post, ", self.name)?;
                f.write_str(&self.band_words)?;
            }
        }
        let average = self.team_average.map(|tenths| tenths.to_string()).unwrap_or_default();
        match self.standing {
            Standing::OnlyOne => write!(f, " and the only caseload in the team"),
            Standing::Highest => write!(f, " and the highest in the team, whose average is {average}"),
            Standing::EqualHighest => write!(f, " and the equal highest in the team, whose average is {average}"),
            Standing::Below { highest: Some(highest) } => {
                write!(f, ", in a team whose average is {average} and highest {highest}")
            }
            Standing::Below { highest: None } => {
                write!(f, ", in a team whose average is {average}")
            }
        }
    }
}

fn standing(after: Caseload, others: &[Caseload]) -> Standing {
    let with_capacity = others.iter().filter(|load| load.fte > Fte::NONE);
    let Some(highest) = with_capacity.copied().max_by(|a, b| a.compare(*b)) else {
        return Standing::OnlyOne;
    };
    match after.compare(highest) {
        std::cmp::Ordering::Greater => Standing::Highest,
        std::cmp::Ordering::Equal => Standing::EqualHighest,
        std::cmp::Ordering::Less => Standing::Below { highest: highest.per_full_time_post() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(children: i64, hundredths: u16) -> Caseload {
        Caseload::new(children, Fte::hundredths(hundredths).unwrap())
    }

    fn said(now: Caseload, more: i64, others: &[Caseload]) -> String {
        effect("Priya", now, more, others, &BandPolicy::default()).to_string()
    }

    #[test]
    fn says_the_effect() {
        // 17 + 14 + 11 + 11 = 53 children over 3.5 posts: 15.1.
        let team = [load(14, 100), load(11, 90), load(11, 80)];
        for (now, more, others, expected) in [
            (
                load(16, 80),
                1,
                &team[..],
                "Priya, at 0.8, would hold 17: 21.3 for each full-time post, within the guideline of 22 and the \
                 highest in the team, whose average is 15.1",
            ),
            (
                load(9, 100),
                2,
                &team[..],
                "Priya, full time, would hold 11, within the guideline of 22, in a team whose average is 12.7 and \
                 highest 14",
            ),
            (
                load(13, 100),
                1,
                &team[..],
                "Priya, full time, would hold 14, within the guideline of 22 and the equal highest in the team, whose \
                 average is 13.5",
            ),
            (
                load(22, 100),
                1,
                &[load(22, 100), load(0, 0)],
                "Priya, full time, would hold 23, above the guideline of 22 and the highest in the team, whose average \
                 is 22.5",
            ),
            (
                load(15, 50),
                1,
                &[load(20, 100)],
                "Priya, at 0.5, would hold 16: 32 for each full-time post, above 30, in the red, against a guideline \
                 of 22 and the highest in the team, whose average is 24",
            ),
            (
                load(3, 60),
                1,
                &[],
                "Priya, at 0.6, would hold 4: 6.7 for each full-time post, within the guideline of 22 and the only \
                 caseload in the team",
            ),
            (load(11, 0), 1, &[load(20, 100)], "Priya would have no capacity, 12 children uncovered"),
        ] {
            assert_eq!(said(now, more, others), expected);
        }
    }

    #[test]
    fn counts_children_whom_nobody_can_hold_in_the_average() {
        let effect = effect("Priya", load(10, 100), 0, &[load(10, 0)], &BandPolicy::default());
        assert_eq!(effect.team_average, Some(Tenths(200)));
    }
}
