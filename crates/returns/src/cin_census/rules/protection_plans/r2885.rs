//! 2885: a plan is made at a conference and begins that day. Asked of plans that begin in the census year, because an earlier conference need not be returned.

use super::super::{Breaches, Setting, Test};
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "2885",
    weight: Weight::Error,
    module: "ChildProtectionPlans",
    fields: &["CPPstartDate", "DateOfInitialCPC"],
    years: Years::ALL,
    message: "The child protection plan does not begin on the day of an initial conference.",
    test: Test::EachChild(test),
};

fn test(child: &Child, setting: &Setting, breaches: &mut Breaches) {
    for episode in &child.episodes {
        let enquiries = episode.enquiries.iter().filter_map(|enquiry| enquiry.conference_on);
        let held: BTreeSet<Date> = enquiries.chain(episode.conference_on).collect();
        for plan in &episode.protection_plans {
            let Some(started_on) = plan.started_on else { continue };
            let early = setting.first_day.is_some_and(|first_day| started_on < first_day);
            let late = setting.last_day.is_some_and(|last_day| last_day < started_on);
            if !early && !late && !held.contains(&started_on) {
                breaches.add(&plan.at);
            }
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
                "<Section47><DateOfInitialCPC>2025-05-01</DateOfInitialCPC></Section47><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>",
                0,
            ),
            (
                "<DateOfInitialCPC>2025-05-01</DateOfInitialCPC><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>",
                0,
            ),
            (
                "<Section47><DateOfInitialCPC>2025-05-02</DateOfInitialCPC></Section47><ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>",
                1,
            ),
            ("<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate></ChildProtectionPlans>", 1),
            ("<ChildProtectionPlans><CPPstartDate>2024-05-01</CPPstartDate></ChildProtectionPlans>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
