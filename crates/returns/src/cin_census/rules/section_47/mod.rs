//! Rules about enquiries under section 47 and initial conferences.

pub(super) mod kw01;
pub(super) mod r1104;
pub(super) mod r2889;
pub(super) mod r8675q;
pub(super) mod r8839;
pub(super) mod r8870q;
pub(super) mod r8875;

use jiff::civil::{Date, Weekday};

use crate::cin_census::Child;
use crate::position::At;

/// Every place where an initial conference may be dated: at an enquiry, or at the episode where there was none.
fn conferences(child: &Child) -> impl Iterator<Item = (&At, Option<Date>)> {
    child.episodes.iter().flat_map(|episode| {
        let enquiries = episode.enquiries.iter().map(|enquiry| (&enquiry.at, enquiry.conference_on));
        enquiries.chain([(&episode.at, episode.conference_on)])
    })
}

fn on_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
