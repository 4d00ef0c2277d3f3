use super::*;
use crate::calendar::{Calendar, OfficeHours, calendar_days_between};
use jiff::Timestamp;
use jiff::civil::date;

fn due(code: &str, start: Start) -> Due {
    nationally(|clocks| clocks.due(code, start)).unwrap()
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
        due.explain(),
        "Rule: Child and family assessment: The assessment is finished within 45 working days of the referral; a reason is recorded \
         when it takes longer\n\
         Starts: Friday 20 November 2026: the referral was received\n\
         Reckoned: Friday 20 November 2026 is day 0; 45 working days on, not counting weekends or 25 December (Christmas Day), \
         28 December (Boxing Day, substitute day) and 1 January (New Year's Day), is Wednesday 27 January 2027.\n\
         Source: Working Together to Safeguard Children (statutory guidance; as a secondary source reports it)\n"
    );
    assert_eq!((due.warning.as_deref(), due.when()), (None, "Wednesday 27 January 2027".into()));
}

#[test]
fn the_arithmetic_says_what_was_done() {
    let winter = |text: &str| Start::At(text.parse().unwrap());
    for (code, start, words) in [
        (
            "REF_DEC",
            Start::On(date(2026, 12, 26)),
            "Saturday 26 December 2026 is day 0; 1 working day on, not counting weekends or 28 December (Boxing Day, substitute day), is Tuesday 29 December 2026.",
        ),
        // A day that was counted past is not one that was left out: Tuesday is the conference, Easter Monday lies before.
        (
            "CPR_REPORT_1",
            Start::On(date(2026, 4, 7)),
            "Tuesday 7 April 2026 is day 0; 2 working days before, not counting weekends or 3 April (Good Friday) and 6 April (Easter Monday), is Wednesday 1 April 2026.",
        ),
        (
            "LAC_VISIT_6W",
            Start::On(date(2026, 12, 18)),
            "Friday 18 December 2026 is day 0; 6 weeks (42 calendar days) on is Friday 29 January 2027.",
        ),
        (
            "RCPC_1",
            Start::On(date(2026, 11, 30)),
            "Monday 30 November 2026 is day 0; 3 months on, at the end of February 2027 because it has no day 30, is Sunday 28 February 2027.",
        ),
        ("RCPC_1", Start::On(date(2026, 11, 2)), "Monday 2 November 2026 is day 0; 3 months on is Tuesday 2 February 2027."),
        ("EPO", Start::On(date(2026, 11, 2)), "Monday 2 November 2026 is day 0; 8 calendar days on is Tuesday 10 November 2026."),
        (
            "NOT_COVERED",
            Start::On(date(2026, 11, 21)),
            "Saturday 21 November 2026 is no working day, so Monday 23 November 2026 is day 1; the last of 10 working days, not counting weekends, is Friday 4 December 2026.",
        ),
        (
            "RHI",
            winter("2026-03-27T18:00:00Z"),
            "From 6pm on Friday 27 March 2026, 72 hours on the clock, through nights, weekends and bank holidays, end at 7pm on Monday 30 March 2026, the clocks having changed between.",
        ),
        (
            "ENQ_ROUTINE",
            winter("2026-05-01T15:15:00Z"),
            "From 4:15pm on Friday 1 May 2026, 8 working hours, counted from 8:45am to 5:15pm, not counting weekends or 4 May (Early May bank holiday), end at 3:45pm on Tuesday 5 May 2026.",
        ),
    ] {
        assert_eq!(due(code, start).arithmetic, words, "{code}");
    }
    assert_eq!(due("RHI", winter("2026-03-27T18:00:00Z")).start, "Friday 27 March 2026 at 6pm: the child came back");
    let mut rule = Register::national().on("CFA", date(2026, 1, 1)).unwrap().clone();
    (rule.unit, rule.roll, rule.amount) = (Unit::CalendarDays, Roll::NextWorkingDay, 2);
    let due = rule.due(Start::On(date(2026, 11, 20)), &Calendar::england_and_wales(), &OfficeHours::default());
    assert!(due.arithmetic.ends_with("is Sunday 22 November 2026, which moves on to the next working day, Monday 23 November 2026."));
}

#[test]
fn what_is_not_sure_is_said() {
    for (code, start, warning) in [
        ("CFA", date(2028, 10, 2), None),
        ("CFA", date(2028, 12, 1), Some("Bank holidays are known until 31 December 2028; this date may still move.")),
        // Weeks and months count holidays as any other day.
        ("LAC_VISIT_6W", date(2028, 12, 1), None),
        ("PROCEEDINGS", date(2014, 4, 22), None),
        ("PROCEEDINGS", date(2014, 4, 21), Some("The rule is held here as from 22 April 2014; this started before.")),
    ] {
        assert_eq!(due(code, Start::On(start)).warning.as_deref(), warning, "{code} {start}");
    }
}

#[test]
fn a_rule_has_versions_by_date() {
    for (code, start, length) in [
        ("CFA", date(2013, 4, 14), "45 working days"),
        ("SAR", date(1994, 1, 1), "40 calendar days"),
        ("SAR", date(2018, 5, 24), "40 calendar days"),
        ("SAR", date(2018, 5, 25), "1 month"),
        ("LAC_VISIT_6W", date(2005, 1, 1), "6 weeks"),
    ] {
        assert_eq!(Register::national().on(code, start).unwrap().length(), length, "{code} {start}");
    }
}

#[test]
fn hours_stand_by_the_minute() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    for (code, start, now, standing, words) in [
        ("ENQ_URGENT", "2026-11-23T09:00:00Z", "2026-11-23T10:30:00Z", Standing::Today, "2 hours 30 minutes left"),
        ("ENQ_URGENT", "2026-11-23T09:00:00Z", "2026-11-23T13:00:01Z", Standing::Late, "late by less than a minute"),
        ("ENQ_URGENT", "2026-11-23T09:00:00Z", "2026-11-23T15:00:00Z", Standing::Late, "late by 2 hours"),
        ("RHI", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", Standing::Soon, "3 calendar days left"),
        ("ENQ_ROUTINE", "2026-11-20T16:45:00Z", "2026-11-22T12:00:00Z", Standing::Soon, "7 working hours 30 minutes left"),
        ("ENQ_ROUTINE", "2026-11-20T16:45:00Z", "2026-11-23T16:45:00Z", Standing::Late, "late by 30 working minutes"),
        ("REF_DEC", "2026-11-20T16:45:00Z", "2026-11-24T00:00:00Z", Standing::Late, "late by 1 working day"),
        ("REF_DEC", "2026-11-20T16:45:00Z", "2026-11-23T23:59:59Z", Standing::Today, "due today"),
    ] {
        let due = due(code, Start::At(at(start)));
        let stands = nationally(|clocks| due.open(at(now), clocks));
        assert_eq!((stands.standing, stands.words.as_str()), (standing, words), "{code} {now}");
    }
    for (code, done, standing, words) in [
        ("ENQ_URGENT", Start::At(at("2026-11-23T13:00:00Z")), Standing::Met, "done on time"),
        ("ENQ_URGENT", Start::At(at("2026-11-23T14:05:00Z")), Standing::MetLate, "done 1 hour 5 minutes late"),
        ("ENQ_URGENT", Start::On(date(2026, 11, 23)), Standing::Met, "done on time"),
        ("ENQ_URGENT", Start::On(date(2026, 11, 25)), Standing::MetLate, "done 2 calendar days late"),
        ("REF_DEC", Start::At(at("2026-11-24T23:59:00Z")), Standing::Met, "done on time"),
        ("REF_DEC", Start::On(date(2026, 11, 26)), Standing::MetLate, "done 2 working days late"),
    ] {
        let due = due(code, Start::At(at("2026-11-23T09:00:00Z")));
        let stands = nationally(|clocks| due.done(done, clocks));
        assert_eq!((stands.standing, stands.words.as_str()), (standing, words), "{code} {done:?}");
    }
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

fn change(code: &str, amount: i32, unit: Unit, from_on: jiff::civil::Date) -> LocalChange {
    LocalChange { code: code.into(), amount, unit, from_on, source: "Cabinet, 12 July 2026".into() }
}

#[test]
fn a_council_changes_its_own_rules_only() {
    let from = date(2026, 9, 1);
    let changed = |code, amount| Register::with_local(&[change(code, amount, Unit::WorkingDays, from)]);
    let register = changed("CP_VISIT", 10).unwrap();
    assert_eq!(register.on("CP_VISIT", date(2026, 8, 31)).unwrap().length(), "2 weeks");
    let now = register.on("CP_VISIT", from).unwrap();
    assert_eq!((now.length().as_str(), now.source.as_str()), ("10 working days", "Cabinet, 12 July 2026"));
    assert_eq!(now.words, "The child is seen at least every 10 working days, or as often as the plan says");
    for (code, amount, error) in [
        ("CFA", 60, Unknown::NotLocal("CFA".into())),
        ("LAC_VISIT_6W", 60, Unknown::NotLocal("LAC_VISIT_6W".into())),
        ("NONE", 6, Unknown::NoSuchRule("NONE".into())),
        ("CP_VISIT", 0, Unknown::Amount("CP_VISIT".into())),
        ("CP_VISIT", 401, Unknown::Amount("CP_VISIT".into())),
        ("CP_VISIT", i32::MIN, Unknown::Amount("CP_VISIT".into())),
    ] {
        assert_eq!(changed(code, amount).unwrap_err(), error);
    }
    // A report that is due before a conference stays due before it, however the length is typed.
    for typed in [3, -3] {
        let register = changed("CPR_REPORT_1", typed).unwrap();
        let rule = register.on("CPR_REPORT_1", from).unwrap();
        assert_eq!((rule.amount, rule.words.as_str()), (-3, "The report is ready 3 working days before the conference"));
    }
}

#[test]
fn changes_follow_each_other_by_their_days() {
    let days = [date(2026, 9, 1), date(2027, 4, 1)];
    let register = Register::with_local(&[
        change("CIN_VISIT", 6, Unit::Weeks, days[1]),
        change("CIN_VISIT", 15, Unit::WorkingDays, days[0]),
        // Set again for the same day: the later setting holds.
        change("CIN_VISIT", 10, Unit::WorkingDays, days[0]),
    ])
    .unwrap();
    for (day, length) in [
        (date(2026, 8, 31), "20 working days"),
        (days[0], "10 working days"),
        (date(2027, 3, 31), "10 working days"),
        (days[1], "6 weeks"),
        (date(2040, 1, 1), "6 weeks"),
        (date(1980, 1, 1), "20 working days"),
    ] {
        assert_eq!(register.on("CIN_VISIT", day).unwrap().length(), length, "{day}");
        assert_eq!(register.in_force(day.max(date(1990, 1, 1))).filter(|r| r.code == "CIN_VISIT").count(), 1, "{day}");
    }
}

#[test]
fn every_local_rule_can_be_changed_and_says_so() {
    for rule in Register::national().all().iter().filter(|r| r.kind == Kind::Local) {
        let register = Register::with_local(&[change(&rule.code, 123, Unit::WorkingDays, date(2026, 9, 1))]).unwrap();
        let changed = register.on(&rule.code, date(2026, 9, 1)).unwrap();
        assert!(changed.words.contains("123 working days") && changed.amount == 123 * rule.amount.signum(), "{}", changed.words);
    }
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
    assert_eq!((core_group(0), core_group(1)), ("CORE_1", "CORE_N"));
    assert_eq!((looked_after_review(0), looked_after_review(1), looked_after_review(7)), ("LAC_REV_1", "LAC_REV_2", "LAC_REV_N"));
    assert_eq!(
        (protection_review(ProtectionStep::InitialConference), protection_review(ProtectionStep::LaterReview)),
        ("RCPC_1", "RCPC_N")
    );
}

/// A placement that began on Friday 2 January 2026; visits and the first review → the next visit.
#[test]
fn the_next_visit_follows_from_the_placement() {
    use VisitRegime::*;
    let (none, review) = (None, Some(date(2026, 1, 29)));
    let visit = |month, day| Some(date(2026, month, day));
    for (regime, last_visit_on, first_review_on, due) in [
        (Ordinary, none, none, date(2026, 1, 9)),
        (Ordinary, visit(1, 9), none, date(2026, 2, 20)),
        // The last visit was to the placement before: this one has had none.
        (Ordinary, Some(date(2025, 12, 30)), review, date(2026, 1, 9)),
        (LongTerm, visit(12, 31), review, date(2027, 2, 11)),
        (LongTerm, Some(date(2027, 1, 2)), review, date(2027, 4, 2)),
        (LongTermAgreed, Some(date(2027, 1, 2)), review, date(2027, 7, 2)),
        (LongTermAgreed, visit(12, 31), review, date(2027, 2, 11)),
        (Ordinary, Some(date(2027, 1, 2)), review, date(2027, 2, 13)),
        (TemporaryApproval, visit(1, 9), none, date(2026, 1, 16)),
        (TemporaryApproval, visit(1, 30), review, date(2026, 2, 27)),
        (InterimOrderWithParent, none, none, date(2026, 1, 9)),
        (InterimOrderWithParent, visit(1, 16), none, date(2026, 1, 23)),
        (InterimOrderWithParent, visit(1, 30), review, date(2026, 2, 27)),
        (ParentBeforeAssessment, visit(1, 16), none, date(2026, 1, 23)),
        (ParentBeforeAssessment, visit(1, 30), review, date(2026, 3, 13)),
        (CareOrderAtHome, none, none, date(2026, 1, 9)),
        (CareOrderAtHome, visit(1, 9), none, date(2026, 2, 20)),
    ] {
        let placement = PlacementDates { regime, began_on: date(2026, 1, 2), last_visit_on, first_review_on };
        assert_eq!(nationally(|clocks| placement.next_visit(clocks)).unwrap().on, due, "{placement:?}");
    }
}

#[test]
fn reviews_conferences_and_core_groups_follow_what_was_held() {
    let began = date(2026, 12, 18);
    let held = [date(2027, 4, 19), date(2027, 1, 20)];
    nationally(|clocks| {
        for (made, due) in [
            (next_looked_after_review(began, &[], clocks), date(2027, 1, 20)),
            (next_looked_after_review(began, &held[1..], clocks), date(2027, 4, 20)),
            (next_looked_after_review(began, &held, clocks), date(2027, 10, 19)),
            (next_conference(date(2026, 11, 30), &[], clocks), date(2027, 2, 28)),
            (next_conference(date(2026, 11, 30), &[date(2027, 2, 26)], clocks), date(2027, 8, 26)),
            (next_core_group(date(2026, 12, 21), &[], clocks), date(2027, 1, 7)),
            (next_core_group(date(2026, 12, 21), &[date(2027, 1, 6)], clocks), date(2027, 2, 6)),
        ] {
            assert_eq!(made.unwrap().on, due);
        }
    });
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
        assert!(seen.insert((&rule.code, rule.until_on)), "{} stands twice", rule.code);
        assert!(!rule.source.is_empty() && rule.amount != 0);
    }
    assert_eq!(register.on("REF_DEC", date(2026, 1, 1)).unwrap().length(), "1 working day");
    assert_eq!(register.on("ENQ_IMMEDIATE", date(2026, 1, 1)).unwrap().length(), "1 hour on the clock");
    crate::assert_coded!(Unit, Kind, StartDay, Roll, Checked, VisitRegime, Standing);
}

/// Every number of days that people read says whether they are working or calendar days.
#[test]
fn every_number_of_days_says_which() {
    let register = Register::national();
    let texts = register.all().iter().flat_map(|r| [&r.words, &r.anchor, &r.source, &r.name]).map(String::as_str);
    for text in texts.chain(UNNUMBERED.iter().flat_map(|d| [d.words, d.source])) {
        let said: Vec<&str> = text.split([' ', ',', ';']).collect();
        for pair in said.windows(2) {
            let bare = pair[0].chars().all(|c| c.is_ascii_digit()) && !pair[0].is_empty() && matches!(pair[1], "day" | "days");
            assert!(!bare, "{text}");
        }
    }
}

/// A rule in each unit, counted one day at a time.
fn slowly(rule: &Timescale, start: jiff::civil::Date, calendar: &Calendar) -> jiff::civil::Date {
    let (mut day, mut left) = (start, rule.amount.abs());
    let step = rule.amount.signum();
    let counts = |day| rule.unit == Unit::CalendarDays || calendar.is_working_day(day);
    if rule.start_day == StartDay::IsDayOne && counts(start) {
        left -= 1;
    }
    while left > 0 {
        day = crate::calendar::add_days(day, step);
        left -= i32::from(counts(day));
    }
    while rule.roll != Roll::Stays && !calendar.is_working_day(day) {
        day = crate::calendar::add_days(day, if rule.roll == Roll::NextWorkingDay { 1 } else { -1 });
    }
    day
}

proptest::proptest! {
    #[test]
    fn due_dates_are_those_counted_slowly(
        offset in 0_i32..14_000,
        amount in proptest::prop_oneof![-60_i32..=-1, 1_i32..=90],
        unit in proptest::sample::select(vec![Unit::WorkingDays, Unit::CalendarDays]),
        start_day in proptest::sample::select(StartDay::ALL.to_vec()),
        roll in proptest::sample::select(Roll::ALL.to_vec()),
    ) {
        static CALENDAR: std::sync::LazyLock<Calendar> = std::sync::LazyLock::new(Calendar::england_and_wales);
        let start = crate::calendar::add_days(date(1999, 1, 1), offset);
        let rule = Timescale { amount, unit, start_day, roll, ..Register::national().on("CFA", date(2026, 1, 1)).unwrap().clone() };
        let due = rule.due(Start::On(start), &CALENDAR, &OfficeHours::default());
        proptest::prop_assert_eq!(due.on, slowly(&rule, start, &CALENDAR));
        proptest::prop_assert!(due.arithmetic.contains(&crate::words::weekday_and_date(due.on)));
    }

    #[test]
    fn what_is_late_is_so_by_at_least_a_moment(second in 1_600_000_000_i64..1_900_000_000, later in -2_000_000_i64..2_000_000) {
        for code in ["ENQ_URGENT", "ENQ_ROUTINE", "REF_DEC", "CP_VISIT"] {
            let due = due(code, Start::At(Timestamp::from_second(second).unwrap()));
            let now = Timestamp::from_second(second + later).unwrap();
            let stands = nationally(|clocks| due.open(now, clocks));
            let late = due.at.map_or(crate::calendar::london(now).date() > due.on, |at| now > at);
            proptest::prop_assert_eq!(stands.standing == Standing::Late, late);
            proptest::prop_assert_eq!(stands.words.contains("late"), late);
        }
    }
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
