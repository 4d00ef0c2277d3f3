//! KW01: the census asks about weekends (8875) and not about bank holidays; a conference on one is as likely to be a slip.

use super::super::{Breaches, Setting, Test};
use super::{conferences, on_weekend};
use jiff::civil::Date;

use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "KW01",
    weight: Weight::Ours,
    module: "Section47",
    fields: &["DateOfInitialCPC"],
    years: Years::ALL,
    message: "The initial conference is dated on a bank holiday.",
    test: Test::EachChild(test),
};

fn test(child: &Child, setting: &Setting, breaches: &mut Breaches) {
    let holiday =
        |day: Option<Date>| day.is_some_and(|day| !on_weekend(day) && setting.calendar.holidays().iter().any(|holiday| holiday.on == day));
    for (at, _) in conferences(child).filter(|(_, day)| holiday(*day)) {
        breaches.add(at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_in_episode;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<Section47><DateOfInitialCPC>2025-12-25</DateOfInitialCPC></Section47>", 1),
            ("<DateOfInitialCPC>2025-08-25</DateOfInitialCPC>", 1),
            ("<Section47><DateOfInitialCPC>2025-12-24</DateOfInitialCPC></Section47>", 0),
            ("<Section47><DateOfInitialCPC>2021-12-25</DateOfInitialCPC></Section47>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
