//! For the tests of the rules: a child written down as the census writes it.

use super::{REGISTER, Test, run};
use crate::cin_census::read;
use crate::rule::Rule;

/// Asserts how often the rule is broken by a census of 2025-26 with these children, written without the tags that
/// every one of them has.
#[track_caller]
pub(super) fn assert_breaches(rule: &Rule<Test>, cases: &[(&str, usize)]) {
    for (inside, expected) in cases {
        let found = breaches(rule, &format!("<Child>{inside}</Child>"));
        assert_eq!(found, *expected, "{}: {inside}", rule.code);
    }
    assert!(REGISTER.iter().any(|registered| registered.code == rule.code));
    assert!(cases.iter().any(|(_, count)| *count > 0) && cases.iter().any(|(_, count)| *count == 0));
}

/// As [`assert_breaches`], for rules that look inside one episode: cases are what stands in `CINdetails`.
#[track_caller]
pub(super) fn assert_in_episode(rule: &Rule<Test>, cases: &[(&str, usize)]) {
    let whole: Vec<(String, usize)> = cases.iter().map(|(inside, count)| (format!("<CINdetails>{inside}</CINdetails>"), *count)).collect();
    let whole: Vec<(&str, usize)> = whole.iter().map(|(inside, count)| (inside.as_str(), *count)).collect();
    assert_breaches(rule, &whole);
}

pub(super) fn breaches(rule: &Rule<Test>, children: &str) -> usize {
    let xml = format!(
        "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>\
         <ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>{children}</Children></Message>"
    );
    let (census, findings) = read(xml.as_bytes(), "test.xml");
    assert_eq!(findings, [], "{children}");
    let setting = super::Setting {
        first_day: Some(jiff::civil::date(2025, 4, 1)),
        last_day: census.reference_on(),
        calendar: care::calendar::Calendar::england_and_wales(),
    };
    run(rule, &census, &setting).len()
}
