use super::*;
use jiff::Timestamp;
use proptest::prelude::*;

fn calendar() -> Calendar {
    Calendar::england_and_wales()
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

/// What government publishes, where the file is at hand.
#[test]
fn agrees_with_the_published_list() {
    let shared = std::env::var("KEYWORKER_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let Ok(text) = std::fs::read_to_string(format!("{shared}/data/places/bank-holidays.json")) else {
        println!("skipped: the published list of bank holidays is not at hand");
        return;
    };
    let start = text.find("\"england-and-wales\"").unwrap();
    let end = text[start..].find("\"scotland\"").map_or(text.len(), |e| start + e);
    let dates: Vec<Date> =
        text[start..end].split("\"date\"").skip(1).map(|rest| rest.split('"').nth(1).unwrap().parse().unwrap()).collect();
    assert!(dates.len() > 50);
    let (first, last) = (*dates.iter().min().unwrap(), *dates.iter().max().unwrap());
    let ours: Vec<Date> =
        calendar().holidays().iter().map(|h| h.on).filter(|d| *d >= date(first.year(), 1, 1) && *d <= date(last.year(), 12, 31)).collect();
    let mut theirs = dates;
    theirs.sort();
    assert_eq!(ours, theirs);
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
    ] {
        assert_eq!(hours.add_minutes(&calendar, at(from), minutes), at(until), "{from}");
        assert_eq!(hours.minutes_between(&calendar, at(from), at(until)), minutes, "{from}");
    }
}

/// Counting one day after another, as a person with a wall calendar would.
fn slow(calendar: &Calendar, start: Date, days: i32) -> Date {
    let (mut day, mut left) = (start, days);
    while left != 0 {
        day = add_days(day, days.signum());
        if calendar.is_working_day(day) {
            left -= days.signum();
        }
    }
    day
}

proptest! {
    #[test]
    fn quick_counting_is_slow_counting(offset in 400_i32..31_000, days in -300_i32..600) {
        let calendar = calendar();
        let start = add_days(FIRST, offset);
        prop_assert_eq!(calendar.add_working_days(start, days), slow(&calendar, start, days));
    }

    #[test]
    fn day_numbers_go_there_and_back(offset in 0_u32..32_872) {
        let day = from_first(offset);
        prop_assert_eq!(days_from_first(day), i32::try_from(offset).unwrap());
        prop_assert_eq!(day, add_days(FIRST, i32::try_from(offset).unwrap()));
    }
}
