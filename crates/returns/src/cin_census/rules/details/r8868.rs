//! 8868: a case is closed when its enquiries are.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8868",
    weight: Weight::Error,
    module: "CINdetails",
    fields: &["ICPCnotRequired", "CINclosureDate", "DateOfInitialCPC"],
    years: Years::ALL,
    message: "The case is closed with a section 47 enquiry that has neither a conference nor the finding that none is needed.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in child.episodes.iter().filter(|episode| episode.closed_on.is_some()) {
        if episode.enquiries.iter().any(|enquiry| enquiry.open()) {
            breaches.add(&episode.at);
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
            ("<CINclosureDate>2025-06-01</CINclosureDate><Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47>", 1),
            (
                "<CINclosureDate>2025-06-01</CINclosureDate><Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate><ICPCnotRequired>1</ICPCnotRequired></Section47>",
                0,
            ),
            (
                "<CINclosureDate>2025-06-01</CINclosureDate><Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate><DateOfInitialCPC>2025-05-20</DateOfInitialCPC></Section47>",
                0,
            ),
            ("<Section47><S47ActualStartDate>2025-05-01</S47ActualStartDate></Section47>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
