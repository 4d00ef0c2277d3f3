//! Properties of everything here that reads what people type: it never fails on any text, and reading what was read
//! changes nothing.

use crate::{
    allocation::Fte,
    person::{ChildNumber, NhsNumber, Postcode, PupilNumber, read_name_part, shortened},
    typed_date::{TypedDate, read_one_box},
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn names_are_read_once(typed in any::<String>(), letters in 0_usize..40) {
        if let Ok(once) = read_name_part("Name", &typed) {
            prop_assert_eq!(read_name_part("Name", &once), Ok(once.clone()));
            prop_assert!(shortened(&once, letters).chars().count() <= letters.max(1));
        }
    }

    #[test]
    fn postcodes_are_read_once(typed in "[ -~]{0,12}|[A-Za-z]{1,2}[0-9OIl]{1,2} ?[0-9OIl][A-Za-z]{2}") {
        if let Some(once) = Postcode::read(&typed) {
            prop_assert_eq!(Postcode::read(once.as_str()), Some(once));
        }
    }

    #[test]
    fn numbers_never_fail(typed in any::<String>(), digits in "[0-9]{10}") {
        let _ = (NhsNumber::read(&typed), PupilNumber::read(&typed), ChildNumber::read(&typed), Fte::read(&typed));
        if let Ok(number) = NhsNumber::read(&digits) {
            prop_assert_eq!(NhsNumber::read(&number.to_string()), Ok(number));
        }
    }

    #[test]
    fn dates_never_fail(day in any::<String>(), month in any::<String>(), year in any::<String>()) {
        let _ = (TypedDate { day: &day, month: &month, year: &year }.read("Date"), read_one_box("Date", &day));
    }

    #[test]
    fn dates_are_read_back(year in 1900_i16..2100, month in 1_i8..13, day in 1_i8..29) {
        let on = jiff::civil::date(year, month, day);
        let boxes = [day.to_string(), month.to_string(), year.to_string()];
        let typed = TypedDate { day: &boxes[0], month: &boxes[1], year: &boxes[2] };
        prop_assert_eq!(typed.required("Date"), Ok(on));
        prop_assert_eq!(read_one_box("Date", &crate::words::date(on)), Ok(Some(on)));
        prop_assert_eq!(read_one_box("Date", &on.to_string()), Ok(Some(on)));
    }
}
