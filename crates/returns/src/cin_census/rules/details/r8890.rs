//! 8890: one enquiry at a time: another begins only after the conference of the first.

use super::super::spans::{LastDay, overlapping};
use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8890",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["S47ActualStartDate"],
    years: Years::ALL,
    message: "A section 47 enquiry begins while another goes on.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let lasting = episode.enquiries.iter().filter(|enquiry| !enquiry.no_conference_needed());
        let stretches = lasting.map(|enquiry| (&enquiry.at, enquiry.started_on, enquiry.conference_on));
        for at in overlapping(stretches, LastDay::Included) {
            breaches.add(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            (
                "<Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate><DateOfInitialCPC>2025-05-20</DateOfInitialCPC></Section47><Section47><S47ActualStartDate>2025-05-21</S47ActualStartDate></Section47>",
                0,
            ),
            (
                "<Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate><DateOfInitialCPC>2025-05-20</DateOfInitialCPC></Section47><Section47><S47ActualStartDate>2025-05-20</S47ActualStartDate></Section47>",
                1,
            ),
            (
                "<Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47><Section47><S47ActualStartDate>2025-08-01</S47ActualStartDate></Section47>",
                1,
            ),
            (
                "<Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate><ICPCnotRequired>1</ICPCnotRequired></Section47><Section47><S47ActualStartDate>2025-08-01</S47ActualStartDate></Section47>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
