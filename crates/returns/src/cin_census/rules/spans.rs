//! Stretches of time that may lie over one another. Each question is answered in one pass over the sorted days, so
//! that a child with a hundred thousand plans, real or not, costs little.

use jiff::civil::Date;

use crate::position::At;

/// Whether the last day of a stretch belongs to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LastDay {
    Included,
    Left,
}

/// Stretches by their first day, each with the latest last day of any up to it.
pub(super) struct Spans {
    spans: Vec<(Date, Date)>,
}

impl Spans {
    /// Those whose first day is known; without a last day they go on.
    pub(super) fn new(stretches: impl Iterator<Item = (Option<Date>, Option<Date>)>) -> Spans {
        let known = stretches.filter_map(|(from, until)| Some((from?, until.unwrap_or(Date::MAX))));
        let mut spans: Vec<(Date, Date)> = known.collect();
        spans.sort_unstable();
        let mut latest = Date::MIN;
        for span in &mut spans {
            latest = latest.max(span.1);
            span.1 = latest;
        }
        Spans { spans }
    }

    /// Whether a day lies in any of them, the last day left out.
    pub(super) fn cover(&self, day: Date) -> bool {
        let begun = self.spans.partition_point(|(from, _)| *from <= day);
        begun > 0 && day < self.spans[begun - 1].1
    }
}

/// The stretches that begin while an earlier one (or an equal one before it in the file) goes on.
pub(super) fn overlapping<'a>(stretches: impl Iterator<Item = (&'a At, Option<Date>, Option<Date>)>, last_day: LastDay) -> Vec<&'a At> {
    let known = stretches.filter_map(|(at, from, until)| Some((from?, until.unwrap_or(Date::MAX), at)));
    let mut known: Vec<(Date, Date, &At)> = known.collect();
    known.sort_by_key(|(from, ..)| *from);
    let (mut latest, mut found) = (None, Vec::new());
    for (from, until, at) in known {
        let goes_on = |latest: Date| from < latest || (last_day == LastDay::Included && from == latest);
        if latest.is_some_and(goes_on) {
            found.push(at);
        }
        latest = latest.max(Some(until));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::{FileName, Spot};
    use jiff::civil::date;

    fn day(number: i8) -> Option<Date> {
        (number > 0).then(|| date(2026, 1, number))
    }

    #[test]
    fn a_day_is_covered_from_the_first_day_until_before_the_last() {
        let spans = Spans::new([(day(5), day(9)), (day(1), day(3)), (day(2), day(7)), (None, day(30))].into_iter());
        for (number, expected) in [(1, true), (4, true), (8, true), (9, false), (20, false)] {
            assert_eq!(spans.cover(date(2026, 1, number)), expected, "{number}");
        }
        assert!(Spans::new([(day(5), None)].into_iter()).cover(date(2030, 1, 1)));
    }

    #[test]
    fn what_begins_while_another_goes_on_is_found() {
        type Case = (&'static [(i8, i8)], LastDay, &'static [u32]);
        let cases: [Case; 6] = [
            (&[(1, 5), (5, 9)], LastDay::Left, &[]),
            (&[(1, 5), (5, 9)], LastDay::Included, &[2]),
            (&[(3, 9), (1, 5)], LastDay::Left, &[1]),
            (&[(1, 0), (3, 4)], LastDay::Left, &[2]),
            (&[(1, 4), (1, 4)], LastDay::Left, &[2]),
            (&[(1, 20), (2, 3), (10, 12)], LastDay::Left, &[2, 3]),
        ];
        for (stretches, last_day, expected) in cases {
            let file = FileName::new("x");
            let places: Vec<At> = (1..).take(stretches.len()).map(|line| At::new(&file, Spot { line, column: 1 })).collect();
            let stretches = stretches.iter().zip(&places).map(|((from, until), at)| (at, day(*from), day(*until)));
            let mut found: Vec<u32> = overlapping(stretches, last_day).iter().map(|at| at.spot.line).collect();
            found.sort_unstable();
            assert_eq!(found, expected);
        }
    }
}
