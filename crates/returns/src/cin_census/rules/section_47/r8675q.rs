//! 8675Q: a conference is held within 15 working days of the strategy discussion; an enquiry that is open for longer needs a reason.

use super::super::{Breaches, Setting, Test, before};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8675Q",
    weight: Weight::Query,
    module: "Section47",
    fields: &["DateOfInitialCPC", "S47ActualStartDate", "ICPCnotRequired"],
    years: Years::ALL,
    message: "The section 47 enquiry began more than 15 working days before the end of the year, without a conference or the finding that none is needed.",
    test: Test::EachChild(test),
};

fn test(child: &Child, setting: &Setting, breaches: &mut Breaches) {
    let Some(last_day) = setting.last_day else { return };
    let earliest = setting.calendar.add_working_days(last_day, -15);
    let open = child.episodes.iter().flat_map(|it| &it.enquiries).filter(|it| it.open());
    for enquiry in open.filter(|it| before(it.started_on, Some(earliest))) {
        breaches.add(&enquiry.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<Section47><S47ActualStartDate>2026-03-09</S47ActualStartDate></Section47>", 1),
            ("<Section47><S47ActualStartDate>2026-03-10</S47ActualStartDate></Section47>", 0),
            ("<Section47><S47ActualStartDate>2025-03-09</S47ActualStartDate><ICPCnotRequired>true</ICPCnotRequired></Section47>", 0),
            (
                "<Section47><S47ActualStartDate>2025-03-09</S47ActualStartDate><DateOfInitialCPC>2025-03-20</DateOfInitialCPC></Section47>",
                0,
            ),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
