//! 8841: a review comes after the plan it reviews. The finding stands at the review.

use super::super::{Breaches, Setting, Test};
use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8841",
    weight: Weight::Error,
    module: "Reviews",
    fields: &["CPPstartDate", "CPPreviewDate"],
    years: Years::ALL,
    message: "The review is dated on or before the day on which the plan begins.",
    test: Test::EachChild(test),
};

fn test(child: &Child, _: &Setting, breaches: &mut Breaches) {
    for plan in child.episodes.iter().flat_map(|episode| &episode.protection_plans) {
        let Some(started_on) = plan.started_on else { continue };
        for review in plan.reviews.iter().filter(|it| it.held_on.is_some_and(|day| day <= started_on)) {
            breaches.add(&review.at);
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
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><Reviews><CPPreviewDate>2025-05-01</CPPreviewDate><CPPreviewDate>2025-04-01</CPPreviewDate><CPPreviewDate>2025-07-01</CPPreviewDate></Reviews></ChildProtectionPlans>",
                2,
            ),
            (
                "<ChildProtectionPlans><CPPstartDate>2025-05-01</CPPstartDate><Reviews><CPPreviewDate>2025-07-01</CPPreviewDate></Reviews></ChildProtectionPlans>",
                0,
            ),
            ("<ChildProtectionPlans><Reviews><CPPreviewDate>2025-07-01</CPPreviewDate></Reviews></ChildProtectionPlans>", 0),
        ];
        assert_in_episode(&RULE, &cases);
    }
}
