use super::*;
use crate::calendar::{Calendar, OfficeHours, calendar_days_between};
use jiff::Timestamp;
use jiff::civil::date;

fn due(code: &str, start: Start) -> Due {
    let (calendar, hours) = (Calendar::england_and_wales(), OfficeHours::default());
    Register::national().on(code, start.day()).unwrap().due(start, &calendar, &hours)
}

#[test]
fn due_dates_by_rule() {
    for (code, start, expected) in [
        ("REF_DEC", date(2026, 12, 24), date(2026, 12, 29)),
        ("REF_DEC", date(2026, 12, 26), date(2026, 12, 29)),
        ("CFA", date(2026, 11, 20), date(2027, 1, 27)),
        ("ICPC", date(2026, 12, 14), date(2027, 1, 7)),
        ("LAC_REV_1", date(2026, 12, 18), date(2027, 1, 20)),
        ("RCPC_1", date(2026, 11, 30), date(2027, 2, 28)),
        ("LAC_VISIT_6W", date(2026, 12, 18), date(2027, 1, 29)),
        ("LAC_VISIT_FIRST", date(2026, 12, 18), date(2026, 12, 25)),
        ("CPR_REPORT_1", date(2026, 4, 7), date(2026, 4, 1)),
        ("RETAIN_LAC", date(2020, 2, 29), date(2095, 2, 28)),
        ("LEAVER_NOTICE", date(2026, 12, 31), date(2026, 12, 3)),
    ] {
        assert_eq!(due(code, Start::On(start)).on, expected, "{code} from {start}");
    }
}

#[test]
fn the_start_may_be_the_first_day() {
    let (calendar, hours) = (Calendar::england_and_wales(), OfficeHours::default());
    let mut rule = Register::national().on("CFA", date(2026, 1, 1)).unwrap().clone();
    rule.start_day = StartDay::IsDayOne;
    for (start, amount, expected) in [
        (date(2026, 11, 20), 45, date(2027, 1, 26)),
        // A start on a Saturday is not itself a working day: day 1 is the Monday.
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 2, date(2026, 11, 24)),
        (date(2026, 11, 20), 1, date(2026, 11, 20)),
    ] {
        rule.amount = amount;
        assert_eq!(rule.reckon(Start::On(start), &calendar, &hours).0, expected, "{start} {amount}");
    }
    rule.start_day = StartDay::IsDayZero;
    rule.unit = Unit::CalendarDays;
    for (roll, expected) in
        [(Roll::Stays, date(2026, 11, 22)), (Roll::NextWorkingDay, date(2026, 11, 23)), (Roll::PreviousWorkingDay, date(2026, 11, 20))]
    {
        (rule.roll, rule.amount) = (roll, 2);
        assert_eq!(rule.reckon(Start::On(date(2026, 11, 20)), &calendar, &hours).0, expected);
    }
}

#[test]
fn hours_run_through_nights_weekends_and_clock_changes() {
    for (code, from, expected) in [
        ("RHI", "2026-03-27T18:00:00Z", "2026-03-30T18:00:00Z"),
        ("PPO", "2026-10-24T12:00:00Z", "2026-10-27T12:00:00Z"),
        ("ENQ_ROUTINE", "2026-05-01T15:15:00Z", "2026-05-05T14:45:00Z"),
    ] {
        let start: Timestamp = from.parse().unwrap();
        assert_eq!(due(code, Start::At(start)).at, Some(expected.parse().unwrap()), "{code}");
    }
}

#[test]
fn every_due_date_can_be_explained() {
    let due = due("CFA", Start::On(date(2026, 11, 20)));
    assert_eq!(
        due.arithmetic,
        "Friday 20 November 2026 is day 0; 45 working days on, not counting weekends or 25 December (Christmas Day), \
         28 December (Boxing Day, substitute day) and 1 January (New Year's Day), is Wednesday 27 January 2027."
    );
    assert_eq!(due.start, "Friday 20 November 2026: the referral was received");
    assert!(due.source.starts_with("Working Together to Safeguard Children (statutory guidance"));
    assert_eq!(due.warning, None);
    assert!(super::tests::due("CFA", Start::On(date(2028, 12, 1))).warning.is_some());
}

#[test]
fn lateness_says_which_days_it_counts() {
    let calendar = Calendar::england_and_wales();
    for (due_on, today, days, expected) in [
        (date(2026, 5, 14), date(2026, 5, 14), InDays::Working, "due today"),
        (date(2026, 5, 14), date(2026, 5, 15), InDays::Working, "late by 1 working day"),
        (date(2026, 5, 14), date(2026, 5, 19), InDays::Working, "late by 3 working days"),
        (date(2026, 5, 14), date(2026, 5, 19), InDays::Calendar, "late by 5 calendar days"),
        (date(2026, 5, 15), date(2026, 5, 16), InDays::Working, "late, by less than 1 working day"),
        (date(2026, 5, 20), date(2026, 5, 14), InDays::Working, "due in 4 working days"),
    ] {
        assert_eq!(Lateness::open(due_on, today, days, &calendar).words(), expected);
    }
    assert_eq!(Lateness::met(date(2026, 5, 14), date(2026, 5, 14), InDays::Working, &calendar).words(), "done on time");
    assert_eq!(Lateness::met(date(2026, 5, 14), date(2026, 5, 18), InDays::Working, &calendar).words(), "done 2 working days late");
    assert_eq!(calendar_days_between(date(2026, 5, 14), date(2026, 5, 19)), 5);
}

#[test]
fn a_council_changes_its_own_rules_only() {
    let change = |code: &str, amount| LocalChange {
        code: code.into(),
        amount,
        unit: Unit::WorkingDays,
        from_on: date(2026, 9, 1),
        source: "Cabinet, 12 July 2026".into(),
    };
    let register = Register::with_local(&[change("CP_VISIT", 10)]).unwrap();
    assert_eq!(register.on("CP_VISIT", date(2026, 8, 31)).unwrap().length(), "2 weeks");
    assert_eq!(register.on("CP_VISIT", date(2026, 9, 1)).unwrap().length(), "10 working days");
    assert_eq!(Register::with_local(&[change("CFA", 60)]).unwrap_err(), Unknown::NotLocal("CFA".into()));
    assert_eq!(Register::with_local(&[change("NONE", 6)]).unwrap_err(), Unknown::NoSuchRule("NONE".into()));
    assert_eq!(Register::with_local(&[change("CP_VISIT", 0)]).unwrap_err(), Unknown::Amount("CP_VISIT".into()));
}

#[test]
fn visits_and_reviews_follow_each_other() {
    let placement = |regime, visits, reviewed, over_a_year| Placement { regime, visits, reviewed, over_a_year };
    for (placement, code) in [
        (placement(VisitRegime::Ordinary, 0, false, false), "LAC_VISIT_FIRST"),
        (placement(VisitRegime::Ordinary, 1, false, false), "LAC_VISIT_6W"),
        (placement(VisitRegime::LongTerm, 8, true, false), "LAC_VISIT_6W"),
        (placement(VisitRegime::LongTerm, 9, true, true), "LAC_VISIT_3M"),
        (placement(VisitRegime::LongTermAgreed, 9, true, true), "LAC_VISIT_6M"),
        (placement(VisitRegime::TemporaryApproval, 2, false, false), "LAC_VISIT_WEEKLY"),
        (placement(VisitRegime::TemporaryApproval, 5, true, false), "LAC_VISIT_4W"),
        (placement(VisitRegime::ParentBeforeAssessment, 5, true, false), "LAC_VISIT_6W"),
        (placement(VisitRegime::CareOrderAtHome, 1, false, false), "LAC_VISIT_6W"),
    ] {
        assert_eq!(looked_after_visit(placement), code, "{placement:?}");
        assert!(Register::national().on(code, date(2026, 1, 1)).is_ok());
    }
    assert_eq!((looked_after_review(0), looked_after_review(1), looked_after_review(7)), ("LAC_REV_1", "LAC_REV_2", "LAC_REV_N"));
    assert_eq!(
        (protection_review(ProtectionStep::InitialConference), protection_review(ProtectionStep::LaterReview)),
        ("RCPC_1", "RCPC_N")
    );
}

#[test]
fn seeing_the_child_meets_one_clock_and_starts_the_next() {
    for (met, next) in [("CP_VISIT", Some("CP_VISIT")), ("LAC_VISIT_FIRST", Some("LAC_VISIT_6W")), ("FIRST_VISIT", None), ("CFA", None)] {
        assert_eq!(after_visit(met), next, "{met}");
        assert!(next.is_none_or(|code| Register::national().on(code, date(2026, 1, 1)).is_ok()));
    }
    assert!(is_visit("FIRST_VISIT") && !is_visit("CFA"));
}

#[test]
fn codes_stand_once_and_lengths_read_well() {
    let register = Register::national();
    let mut seen = std::collections::BTreeSet::new();
    for rule in register.all() {
        assert!(seen.insert(&rule.code), "{} stands twice", rule.code);
        assert!(!rule.source.is_empty() && rule.amount != 0);
    }
    assert_eq!(register.on("REF_DEC", date(2026, 1, 1)).unwrap().length(), "1 working day");
    assert_eq!(register.on("ENQ_IMMEDIATE", date(2026, 1, 1)).unwrap().length(), "1 hour on the clock");
    crate::assert_coded!(Unit, Kind, StartDay, Roll, Checked, VisitRegime, Standing);
}

/// `UPDATE=1 cargo test -p care duties` writes the page anew.
#[test]
fn the_page_of_duties_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/duties.md");
    let made = register_markdown();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), made, "docs/duties.md is not current");
}
