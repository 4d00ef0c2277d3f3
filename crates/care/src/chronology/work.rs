//! A worker's own lists: what is late, due today and in the next seven days, whom they have not seen, what is newly
//! theirs, what is unread. Every count on a page is the length of one of these lists.
//! Days are calendar days.

use crate::{
    allocation::AllocationState,
    case_kind::CaseKind,
    timescale::{Clocks, Start, Unknown},
    words,
};
use jiff::{ToSpan, civil::Date};

/// Something due, not done and not dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow<I> {
    pub id: I,
    pub due_on: Date,
}

/// A case that the worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow<I> {
    pub id: I,
    pub kind: CaseKind,
    pub state: AllocationState,
    pub given_on: Date,
    /// The last visit at which the person was seen, by anybody.
    pub last_seen_on: Option<Date>,
}

/// A message to the worker that nobody has read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow<I> {
    pub id: I,
    pub received_on: Date,
}

/// The lists. No due row is in two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyWork<'a, I> {
    pub late: Vec<&'a DueRow<I>>,
    pub due_today: Vec<&'a DueRow<I>>,
    pub next_seven_days: Vec<&'a DueRow<I>>,
    pub not_seen: Vec<(&'a CaseRow<I>, NotSeen)>,
    /// Not acknowledged yet.
    pub newly_given: Vec<&'a CaseRow<I>>,
    pub unread: Vec<&'a NoticeRow<I>>,
}

/// How long nobody has seen the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotSeen {
    /// Days since the last visit at which they were seen.
    ForDays(i32),
    /// Never seen; days since the case was given.
    Never { days: i32 },
}

/// The lists for today, each with the most pressing first.
pub fn my_work<'a, I: Ord>(
    due: &'a [DueRow<I>],
    cases: &'a [CaseRow<I>],
    unread: &'a [NoticeRow<I>],
    clocks: &Clocks<'_>,
    today: Date,
) -> Result<MyWork<'a, I>, Unknown> {
    let week = today.saturating_add(7.days());
    let between = |keep: &dyn Fn(Date) -> bool| {
        let mut rows: Vec<&DueRow<I>> = due.iter().filter(|row| keep(row.due_on)).collect();
        rows.sort_by(|a, b| (a.due_on, &a.id).cmp(&(b.due_on, &b.id)));
        rows
    };
    let awaited = |case: &&CaseRow<I>| matches!(case.state, AllocationState::Offered | AllocationState::Confirmed);
    let mut newly_given: Vec<&CaseRow<I>> = cases.iter().filter(awaited).collect();
    newly_given.sort_by(|a, b| (a.given_on, &a.id).cmp(&(b.given_on, &b.id)));
    let mut unread: Vec<&NoticeRow<I>> = unread.iter().collect();
    unread.sort_by(|a, b| (a.received_on, &a.id).cmp(&(b.received_on, &b.id)));
    Ok(MyWork {
        late: between(&|on| on < today),
        due_today: between(&|on| on == today),
        next_seven_days: between(&|on| on > today && on <= week),
        not_seen: not_seen_list(cases, clocks, today)?,
        newly_given,
        unread,
    })
}

/// How long nobody has seen somebody.
pub fn not_seen(last_seen_on: Option<Date>, given_on: Date, today: Date) -> NotSeen {
    match last_seen_on {
        Some(seen) => NotSeen::ForDays((today - seen).get_days()),
        None => NotSeen::Never { days: (today - given_on).get_days() },
    }
}

/// Whether that is too long for this kind of case, by the register's interval between visits, counted from when they
/// were last seen or the case was given. Adults are visited as their plan says, and stand on no such list.
pub fn not_seen_too_long(case: &CaseRow<impl Sized>, clocks: &Clocks<'_>, today: Date) -> Result<bool, Unknown> {
    let code = match case.kind {
        CaseKind::ProtectionPlan | CaseKind::Section47 => "CP_VISIT",
        CaseKind::LookedAfter => "LAC_VISIT_6W",
        CaseKind::PrivatelyFostered => "PF_VISIT",
        CaseKind::PreBirth => return Ok(false),
        kind if kind.is_childrens() => "CIN_VISIT",
        _ => return Ok(false),
    };
    let since = case.last_seen_on.unwrap_or(case.given_on);
    Ok(clocks.due(code, Start::On(since))?.on < today)
}

impl NotSeen {
    pub const fn days(self) -> i32 {
        match self {
            NotSeen::ForDays(days) | NotSeen::Never { days } => days,
        }
    }

    /// "not seen for 34 days", "seen today", "never seen since the case was given 12 days ago".
    pub fn words(self) -> String {
        let days = |count: i32| words::counted(i64::from(count), "day", "days");
        match self {
            NotSeen::ForDays(..=0) => "seen today".into(),
            NotSeen::ForDays(count) => format!("not seen for {}", days(count)),
            NotSeen::Never { days: ..=0 } => "not seen yet; given today".into(),
            NotSeen::Never { days: count } => format!("never seen since the case was given {} ago", days(count)),
        }
    }
}

fn not_seen_list<'a, I: Ord>(cases: &'a [CaseRow<I>], clocks: &Clocks<'_>, today: Date) -> Result<Vec<(&'a CaseRow<I>, NotSeen)>, Unknown> {
    let mut rows: Vec<(&CaseRow<I>, NotSeen)> = vec![];
    for case in cases.iter().filter(|case| case.state.is_open()) {
        if not_seen_too_long(case, clocks, today)? {
            rows.push((case, not_seen(case.last_seen_on, case.given_on, today)));
        }
    }
    rows.sort_by(|a, b| b.1.days().cmp(&a.1.days()).then_with(|| a.0.id.cmp(&b.0.id)));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::nationally;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn case(id: u32, kind: CaseKind, state: AllocationState, last_seen_on: Option<Date>) -> CaseRow<u32> {
        CaseRow { id, kind, state, given_on: date(2026, 9, 1), last_seen_on }
    }

    #[test]
    fn sorts_what_is_due() {
        let due: Vec<DueRow<u32>> = [
            (1, date(2026, 11, 22)),
            (2, TODAY),
            (3, date(2026, 11, 24)),
            (4, date(2026, 11, 30)),
            (5, date(2026, 12, 1)),
            (6, date(2026, 10, 1)),
        ]
        .map(|(id, due_on)| DueRow { id, due_on })
        .into();
        let work = nationally(|clocks| my_work(&due, &[], &[], clocks, TODAY)).unwrap();
        let ids = |rows: &[&DueRow<u32>]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(&work.late), [6, 1]);
        assert_eq!(ids(&work.due_today), [2]);
        assert_eq!(ids(&work.next_seven_days), [3, 4]);
    }

    #[test]
    fn lists_whom_nobody_saw_and_what_is_new() {
        use AllocationState::*;
        let seen = |days: i32| Some(TODAY.saturating_sub(days.days()));
        let cases = [
            case(1, CaseKind::ProtectionPlan, Acknowledged, seen(14)),
            case(2, CaseKind::ProtectionPlan, Acknowledged, seen(15)),
            case(3, CaseKind::LookedAfter, Offered, seen(42)),
            case(4, CaseKind::LookedAfter, Confirmed, seen(43)),
            case(5, CaseKind::ChildInNeed, Acknowledged, None),
            case(6, CaseKind::AdultSupport, Acknowledged, None),
            case(7, CaseKind::PreBirth, Acknowledged, None),
            case(8, CaseKind::ChildInNeed, Ended, None),
        ];
        let work = nationally(|clocks| my_work(&[], &cases, &[], clocks, TODAY)).unwrap();
        let unseen: Vec<(u32, i32)> = work.not_seen.iter().map(|(case, unseen)| (case.id, unseen.days())).collect();
        assert_eq!(unseen, [(5, 83), (4, 43), (2, 15)]);
        assert_eq!(work.newly_given.iter().map(|case| case.id).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn says_how_long() {
        for (last, given, said) in [
            (Some(TODAY), TODAY, "seen today"),
            (Some(date(2026, 11, 22)), TODAY, "not seen for 1 day"),
            (Some(date(2026, 10, 20)), TODAY, "not seen for 34 days"),
            (None, TODAY, "not seen yet; given today"),
            (None, date(2026, 11, 11), "never seen since the case was given 12 days ago"),
        ] {
            assert_eq!(not_seen(last, given, TODAY).words(), said);
        }
    }
}
