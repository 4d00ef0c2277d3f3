use super::*;
use jiff::Timestamp;
use proptest::prelude::*;

fn calendar() -> &'static Calendar {
    static USUAL: std::sync::LazyLock<Calendar> = std::sync::LazyLock::new(Calendar::england_and_wales);
    &USUAL
}

/// Received → due, start day not counted (`domain` test vectors of the working calendar).
#[test]
fn working_days_from_a_date() {
    let calendar = calendar();
    for (start, days, due) in [
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 26), 1, date(2026, 12, 29)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 11, 20), 45, date(2027, 1, 27)),
        (date(2026, 3, 2), 45, date(2026, 5, 7)),
        (date(2026, 12, 14), 15, date(2027, 1, 7)),
        (date(2026, 3, 25), 15, date(2026, 4, 17)),
        (date(2026, 12, 21), 10, date(2027, 1, 7)),
        (date(2026, 12, 18), 20, date(2027, 1, 20)),
        (date(2026, 5, 14), 0, date(2026, 5, 14)),
        (date(2026, 4, 7), -2, date(2026, 4, 1)),
    ] {
        assert_eq!(calendar.add_working_days(start, days), due, "{start} + {days}");
        if days > 0 {
            assert_eq!(calendar.working_days_between(start, due), days, "{start} to {due}");
        }
    }
    assert_eq!(add_months(date(2026, 11, 30), 3), date(2027, 2, 28));
    assert_eq!(add_weeks(date(2026, 12, 18), 6), date(2027, 1, 29));
}

#[test]
fn holidays_as_they_were_and_will_be() {
    let calendar = calendar();
    let of = |year: i16| -> Vec<String> {
        calendar.holidays().iter().filter(|h| h.on.year() == year).map(|h| h.on.strftime("%d %b").to_string()).collect()
    };
    assert_eq!(of(2026), ["01 Jan", "03 Apr", "06 Apr", "04 May", "25 May", "31 Aug", "25 Dec", "28 Dec"]);
    assert_eq!(of(2027), ["01 Jan", "26 Mar", "29 Mar", "03 May", "31 May", "30 Aug", "27 Dec", "28 Dec"]);
    assert_eq!(of(2012), ["02 Jan", "06 Apr", "09 Apr", "07 May", "04 Jun", "05 Jun", "27 Aug", "25 Dec", "26 Dec"]);
    assert_eq!(of(2020), ["01 Jan", "10 Apr", "13 Apr", "08 May", "25 May", "31 Aug", "25 Dec", "28 Dec"]);
    assert_eq!(of(2022), ["03 Jan", "15 Apr", "18 Apr", "02 May", "02 Jun", "03 Jun", "29 Aug", "19 Sep", "26 Dec", "27 Dec"]);
    assert!(calendar.is_beyond_known(date(2029, 1, 2)) && !calendar.is_beyond_known(date(2028, 12, 29)));
}

/// What government publishes, where the file is at hand. It calls the spring holiday that was moved to June 2012 a
/// substitute day, and those moved in other years not: that mark is compared only in winter, where it follows a rule.
#[test]
fn agrees_with_the_published_list() {
    let shared = std::env::var("KEYWORKER_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let Ok(text) = std::fs::read_to_string(format!("{shared}/data/places/bank-holidays.json")) else {
        println!("skipped: the published list of bank holidays is not at hand");
        return;
    };
    let start = text.find("\"england-and-wales\"").unwrap();
    let end = text[start..].find("\"scotland\"").map_or(text.len(), |e| start + e);
    let mut theirs: Vec<(Date, bool)> = text[start..end]
        .split("\"date\"")
        .skip(1)
        .map(|rest| {
            let on: Date = rest.split('"').nth(1).unwrap().parse().unwrap();
            (on, rest.contains("\"Substitute day\"") && on.month() != 6)
        })
        .collect();
    theirs.sort();
    assert!(theirs.len() > 50);
    let (first, last) = (theirs[0].0.year(), theirs[theirs.len() - 1].0.year());
    let calendar = calendar();
    let ours: Vec<(Date, bool)> = calendar
        .holidays()
        .iter()
        .filter(|h| (first..=last).contains(&h.on.year()))
        .map(|h| (h.on, h.name.ends_with("substitute day")))
        .collect();
    assert_eq!(ours, theirs);
    assert!(calendar.known_until() <= date(last, 12, 31), "nothing is known beyond what is published");
}

/// 2028: New Year's Day is a Saturday; a 29 February; a council enters a holiday that was proclaimed since, and moves one.
#[test]
fn a_council_may_enter_and_move_a_holiday() {
    let (extra, moved) = (date(2028, 6, 12), date(2028, 5, 1));
    let mut holidays: Vec<Holiday> = published().into_iter().filter(|h| h.on != moved).collect();
    holidays.push(Holiday { on: extra, name: "Proclaimed".into() });
    let changed = Calendar::with_holidays(holidays, date(2029, 12, 31));
    let usual = calendar();
    assert_eq!(usual.add_working_days(date(2028, 6, 9), 1), date(2028, 6, 12));
    assert_eq!(changed.add_working_days(date(2028, 6, 9), 1), date(2028, 6, 13));
    assert!(changed.is_working_day(moved) && !usual.is_working_day(moved));
    assert!(!changed.is_beyond_known(date(2029, 6, 1)) && usual.is_beyond_known(date(2029, 6, 1)));
    let names: Vec<&str> = changed.holidays_between(date(2028, 6, 9), date(2028, 6, 12)).map(|h| h.name.as_str()).collect();
    assert_eq!(names, ["Proclaimed"]);
}

#[test]
fn months_stop_at_the_end_and_nothing_runs_over() {
    for (start, months, due) in [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ] {
        assert_eq!(add_months(start, months), due, "{start} + {months} months");
    }
    let calendar = calendar();
    for far in [i32::MIN, i32::MAX] {
        let end = if far < 0 { Date::MIN } else { Date::MAX };
        let start = date(2026, 11, 20);
        assert_eq!((add_days(start, far), add_weeks(start, far), add_months(start, far)), (end, end, end));
        assert_eq!(calendar.add_working_days(start, far), end);
    }
    assert!(calendar.working_days_between(Date::MIN, Date::MAX) > 0 && calendar_days_between(Date::MIN, Date::MAX) == 7_304_483);
}

#[test]
fn office_hours_pause_at_night_on_weekends_and_holidays() {
    let (calendar, hours) = (calendar(), OfficeHours::default());
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    for (from, minutes, until) in [
        // Within a day; British Summer Time is an hour ahead of UTC.
        ("2026-05-14T09:00:00Z", 60, "2026-05-14T10:00:00Z"),
        // Friday 16:45 local + 60 open minutes: Monday 09:15.
        ("2026-05-15T15:45:00Z", 60, "2026-05-18T08:15:00Z"),
        // Over the early May holiday.
        ("2026-05-01T15:45:00Z", 60, "2026-05-05T08:15:00Z"),
        // Before opening counts from opening.
        ("2026-11-23T05:00:00Z", 30, "2026-11-23T09:15:00Z"),
        // What ends with the day ends at closing time.
        ("2026-11-23T05:00:00Z", 510, "2026-11-23T17:15:00Z"),
        // Over both clock changes of the year: the office opens by the clock on the wall.
        ("2026-03-27T17:00:00Z", 30, "2026-03-30T08:00:00Z"),
        ("2026-10-23T16:00:00Z", 30, "2026-10-26T09:00:00Z"),
        // Ten open days over Christmas and New Year.
        ("2026-12-21T09:00:00Z", 5100, "2027-01-07T09:00:00Z"),
        // Half minutes are not lost on the way.
        ("2026-11-20T16:45:30Z", 60, "2026-11-23T09:15:30Z"),
    ] {
        assert_eq!(hours.add_minutes(calendar, at(from), minutes), at(until), "{from}");
        assert_eq!(hours.minutes_between(calendar, at(from), at(until)), minutes, "{from}");
    }
}

#[test]
fn an_office_may_have_odd_hours() {
    let (calendar, at) = (calendar(), "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap());
    let never = OfficeHours { opens: jiff::civil::time(9, 0, 0, 0), closes: jiff::civil::time(9, 0, 0, 0) };
    assert_eq!((never.add_minutes(calendar, at, 60), never.minutes_between(calendar, at, at)), (at, 0));
    let hours = OfficeHours::default();
    assert_eq!(hours.add_minutes(calendar, at, -5), at);
    assert_eq!(hours.minutes_between(calendar, "2026-11-23T09:15:00Z".parse().unwrap(), at), -(5 * 60 + 15 + 30));
    assert!(hours.add_minutes(calendar, at, i64::MAX) > at);
}

/// By the weekday and the list, not by the index that is under test.
fn is_plainly_working(calendar: &Calendar, day: Date) -> bool {
    day.weekday().to_monday_zero_offset() < 5 && calendar.holidays().binary_search_by_key(&day, |h| h.on).is_err()
}

/// Counting one day after another, as a person with a wall calendar would.
fn slow(calendar: &Calendar, start: Date, days: i32) -> Date {
    let (mut day, mut left) = (start, days);
    while left != 0 {
        day = add_days(day, days.signum());
        if is_plainly_working(calendar, day) {
            left -= days.signum();
        }
    }
    day
}

proptest! {
    #[test]
    fn quick_counting_is_slow_counting(offset in -800_i32..33_600, days in -300_i32..600) {
        let calendar = calendar();
        let start = add_days(FIRST, offset);
        let due = calendar.add_working_days(start, days);
        prop_assert_eq!(due, slow(calendar, start, days));
        prop_assert!(days == 0 || calendar.is_working_day(due));
        if days > 0 {
            prop_assert_eq!(calendar.working_days_between(start, due), days);
        }
    }

    #[test]
    fn days_between_are_counted_one_by_one(offset in -800_i32..33_600, length in 0_i32..500) {
        let calendar = calendar();
        let (from, to) = (add_days(FIRST, offset), add_days(FIRST, offset + length));
        let slowly = (1..=length).filter(|n| is_plainly_working(calendar, add_days(from, *n))).count();
        prop_assert_eq!(calendar.working_days_between(from, to), i32::try_from(slowly).unwrap());
        prop_assert_eq!(calendar.working_days_between(to, from), -calendar.working_days_between(from, to));
        prop_assert_eq!(calendar_days_between(from, to), length);
    }

    #[test]
    fn open_minutes_go_there_and_back(second in 1_600_000_000_i64..1_900_000_000, minutes in 1_i64..9_000) {
        let (calendar, hours) = (calendar(), OfficeHours::default());
        let from = Timestamp::from_second(second).unwrap();
        let until = hours.add_minutes(calendar, from, minutes);
        prop_assert_eq!(hours.minutes_between(calendar, from, until), minutes);
        let clock = london(until);
        prop_assert!(calendar.is_working_day(clock.date()) && clock.time() > hours.opens && clock.time() <= hours.closes);
    }
}
