//! 8839: at most one enquiry is open in an episode. The finding stands at each after the first.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8839",
    weight: Weight::Error,
    module: "Section47",
    fields: &["DateOfInitialCPC"],
    years: Years::ALL,
    message: "Two or more section 47 enquiries are open at once in one episode.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        for enquiry in episode.enquiries.iter().filter(|enquiry| enquiry.open()).skip(1) {
            breaches.add(&enquiry.at);
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
