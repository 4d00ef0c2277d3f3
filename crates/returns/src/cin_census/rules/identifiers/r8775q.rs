//! 8775Q: someone older than 25 at the end of the census year should not still have been a child in need after that birthday.

use super::super::{Breaches, Setting, Test};
use care::calendar::add_months;
use jiff::civil::Date;

use crate::cin_census::Child;
use crate::rule::{Rule, Weight};
use crate::year::Years;

pub(in crate::cin_census::rules) const RULE: Rule<Test> = Rule {
    code: "8775Q",
    weight: Weight::Query,
    module: "ChildIdentifiers",
    fields: &["PersonBirthDate", "CINclosureDate"],
    years: Years::ALL,
    message: "The child was over 25 at the end of the year, and still in need after the 25th birthday.",
    test: Test::EachChild(test),
};

fn test(child: &Child, setting: &Setting, breaches: &mut Breaches) {
    let (Some(born_on), Some(last_day)) = (child.born_on, setting.last_day) else { return };
    let turned_25 = add_months(born_on, 25 * 12);
    let open_after = |closed_on: Option<Date>| closed_on.is_none_or(|day| day > turned_25);
    if turned_25 < last_day && child.episodes.iter().any(|episode| open_after(episode.closed_on)) {
        breaches.add(&child.at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_breaches;
    use super::RULE;

    #[test]
    fn broken_or_not() {
        let cases = [
            ("<ChildIdentifiers><PersonBirthDate>2001-03-30</PersonBirthDate></ChildIdentifiers><CINdetails></CINdetails>", 1),
            ("<ChildIdentifiers><PersonBirthDate>2001-03-31</PersonBirthDate></ChildIdentifiers><CINdetails></CINdetails>", 0),
            (
                "<ChildIdentifiers><PersonBirthDate>1965-03-27</PersonBirthDate></ChildIdentifiers><CINdetails><CINclosureDate>1971-02-27</CINclosureDate></CINdetails>",
                0,
            ),
            ("<ChildIdentifiers><PersonBirthDate>2010-03-27</PersonBirthDate></ChildIdentifiers><CINdetails></CINdetails>", 0),
        ];
        assert_breaches(&RULE, &cases);
    }
}
