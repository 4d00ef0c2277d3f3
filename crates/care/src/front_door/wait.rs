//! How long people waited for an answer, on the real clock, which runs through nights and weekends.

use crate::timescale::span;

/// How long people waited for an answer, in minutes of the real clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    pub answered: usize,
    /// Half waited this long or less.
    pub middle: i64,
    /// Nine in ten waited this long or less.
    pub nine_in_ten: i64,
    pub longest: i64,
    /// Still waiting now, and the longest of them.
    pub still_waiting: usize,
    pub longest_still_waiting: Option<i64>,
}

/// How long people waited; `None` when nobody was answered and nobody waits.
pub fn waits(answered: &[i64], still_waiting: &[i64]) -> Option<Waits> {
    if answered.is_empty() && still_waiting.is_empty() {
        return None;
    }
    let mut sorted = answered.to_vec();
    sorted.sort_unstable();
    // The smallest wait that at least this share of people did not exceed.
    let within = |tenths: usize| sorted.get((sorted.len() * tenths).div_ceil(10).max(1) - 1).copied().unwrap_or(0);
    Some(Waits {
        answered: sorted.len(),
        middle: within(5),
        nine_in_ten: within(9),
        longest: sorted.last().copied().unwrap_or(0),
        still_waiting: still_waiting.len(),
        longest_still_waiting: still_waiting.iter().max().copied(),
    })
}

impl Waits {
    pub fn words(&self) -> String {
        let answered = match self.answered {
            0 => "nobody was answered yet".into(),
            n => format!(
                "{} answered: half within {}, nine in ten within {}, the longest {}",
                n,
                span(self.middle),
                span(self.nine_in_ten),
                span(self.longest)
            ),
        };
        match self.longest_still_waiting {
            Some(longest) => format!("{answered}; {} still waiting, the longest {}", self.still_waiting, span(longest)),
            None => answered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_long_people_waited() {
        assert_eq!(waits(&[], &[]), None);
        let ten: Vec<i64> = (1..=10).map(|n| n * 60).collect();
        let measured = waits(&ten, &[30]).unwrap();
        assert_eq!((measured.middle, measured.nine_in_ten, measured.longest), (300, 540, 600));
        assert_eq!(
            measured.words(),
            "10 answered: half within 5 hours, nine in ten within 9 hours, the longest 10 hours; 1 still waiting, the \
             longest 30 minutes"
        );
        assert_eq!(waits(&[], &[5]).unwrap().words(), "nobody was answered yet; 1 still waiting, the longest 5 minutes");
        assert_eq!(waits(&[7], &[]).unwrap().middle, 7);
    }
}
