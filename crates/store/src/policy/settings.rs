//! Settings as they are stored and read: a key, a value, the day from which it holds, and its source.

use care::{
    access::{BreakGlassPolicy, Deed, Holding, HoldingPolicy, HoldingRule, Role},
    allocation::{BandPolicy, Bands},
    calendar::OfficeHours,
    case_kind::CaseKind,
    coded,
    timescale::{LocalChange, Register},
};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::on;
use crate::{At, Day, Error, Result, Tx, audit::Noted, id::fresh, rights, run, sql};

coded! {
    /// What may be set, besides timescales (`timescale.CODE`) and who may hold what (`holding.ROLE.KIND`).
    pub enum Key {
        Band = "band", "Guideline of children for each full-time worker";
        OfficeHours = "hours.office", "Office hours";
        BreakGlassHours = "access.break_glass_hours", "Longest access by breaking the glass, in hours";
        ExpectedWeeks = "allocation.expected_weeks", "How long work on a case usually lasts at least, in weeks";
        LetterTelephone = "letters.telephone", "Telephone number in letters";
        OutOfHours = "letters.out_of_hours", "Telephone number for nights and weekends in letters";
        Complaints = "letters.complaints", "Where a complaint goes, in letters";
        MoveDays = "record.move_days", "How long an entry on the wrong record may be moved, in days";
        SignOff = "front_door.sign_off", "Whether a manager signs off what is decided at the front door";
        KnownUntil = "calendar.known_until", "Bank holidays confirmed until";
    }
}

/// One value, with when and by whom it was set.
#[derive(Debug, Clone, sqlx::FromRow, serde::Serialize)]
pub struct Setting {
    pub key: String,
    pub value: String,
    pub from_on: Day,
    pub source: String,
    pub set_by: String,
    pub set_at: At,
}

/// A value about to be set: JSON where it has parts, otherwise plain text.
#[derive(Debug, Clone)]
pub struct NewSetting {
    pub key: String,
    pub value: String,
    pub from_on: Date,
    pub source: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct BandValue {
    lower: i64,
    upper: i64,
    red_above: i64,
}

#[derive(Debug, Serialize, Deserialize)]
struct HoursValue {
    opens: Time,
    closes: Time,
}

/// Every value that was ever set, the earliest first; of one day's the first set first.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Setting>> {
    Ok(sql!(tx, |c| sqlx::query_as("SELECT key, value, from_on, source, set_by, set_at FROM policy_setting ORDER BY from_on, set_at, id")
        .fetch_all(c))?)
}

/// The values of one key, the latest first.
pub async fn history(tx: &mut Tx, key: &str) -> Result<Vec<Setting>> {
    Ok(sql!(tx, |c| sqlx::query_as(
        "SELECT key, value, from_on, source, set_by, set_at FROM policy_setting WHERE key = $1 ORDER BY from_on DESC, set_at DESC, id DESC"
    )
    .bind(key)
    .fetch_all(c))?)
}

/// Sets a value from a day on. Nothing earlier is lost; a value of the same day set later holds.
pub async fn set(tx: &mut Tx, new: &NewSetting) -> Result<()> {
    rights::require(tx, Deed::ChangePolicy).await?;
    checked(new)?;
    write(tx, new).await
}

/// Sets a local timescale from a day on; the law's and guidance's are refused.
pub async fn set_timescale(tx: &mut Tx, change: &LocalChange) -> Result<()> {
    rights::require(tx, Deed::ChangePolicy).await?;
    Register::with_local(std::slice::from_ref(change)).map_err(|e| Error::refused("amount", e.to_string()))?;
    let new = NewSetting {
        key: format!("timescale.{}", change.code),
        value: serde_json::to_string(change)?,
        from_on: change.from_on,
        source: change.source.clone(),
    };
    write(tx, &new).await
}

async fn write(tx: &mut Tx, new: &NewSetting) -> Result<()> {
    if new.source.trim().is_empty() {
        return Err(Error::refused("source", "Say who decided this, and where it is written"));
    }
    let (id, by, at) = (fresh(), tx.act().worker().to_string(), tx.act().at());
    run!(
        tx,
        sqlx::query("INSERT INTO policy_setting (id, key, value, from_on, source, set_by, set_at) VALUES ($1,$2,$3,$4,$5,$6,$7)")
            .bind(&id)
            .bind(&new.key)
            .bind(&new.value)
            .bind(Day(new.from_on))
            .bind(&new.source)
            .bind(&by)
            .bind(at)
    )?;
    tx.note(Noted::new("policy.set", "policy", &new.key).because(format!("{} from {}", new.value, new.from_on)));
    Ok(())
}

/// A value that would not be read back is refused before it is kept.
fn checked(new: &NewSetting) -> Result<()> {
    let one = [Setting {
        key: new.key.clone(),
        value: new.value.clone(),
        from_on: Day(new.from_on),
        source: new.source.clone(),
        set_by: String::new(),
        set_at: At(jiff::Timestamp::UNIX_EPOCH),
    }];
    match Key::from_code(&new.key) {
        Some(Key::Band) => bands(&one).map(|_| ()),
        Some(Key::OfficeHours) => hours(&one, new.from_on).map(|_| ()),
        Some(Key::BreakGlassHours) => break_glass(&one, new.from_on).map(|_| ()),
        Some(Key::ExpectedWeeks) => whole(&new.value, 1..=520).map(|_| ()),
        Some(Key::MoveDays) => whole(&new.value, 1..=365).map(|_| ()),
        Some(Key::LetterTelephone | Key::OutOfHours | Key::Complaints) => Ok(()),
        Some(Key::SignOff) => match new.value.as_str() {
            "manager" | "not_needed" => Ok(()),
            _ => Err(Error::refused("value", "Choose whether a manager signs it off")),
        },
        Some(Key::KnownUntil) => new.value.parse::<Date>().map(|_| ()).map_err(|_| Error::refused("value", "Enter a day")),
        None => holding_rule(&one[0]).map(|_| ()).ok_or_else(|| Error::refused("key", "There is no such setting")),
    }
}

fn whole(value: &str, range: std::ops::RangeInclusive<i64>) -> Result<i64> {
    let words = || Error::refused("value", format!("Enter a whole number from {} to {}", range.start(), range.end()));
    value.trim().parse::<i64>().ok().filter(|n| range.contains(n)).ok_or_else(words)
}

fn json<T: DeserializeOwned>(setting: &Setting) -> Result<T> {
    serde_json::from_str(&setting.value).map_err(|_| Error::Corrupt(format!("policy {} is {}", setting.key, setting.value)))
}

pub(super) fn hours(settings: &[Setting], day: Date) -> Result<OfficeHours> {
    let Some(found) = on(settings, Key::OfficeHours.code(), day) else { return Ok(OfficeHours::default()) };
    let value: HoursValue = json(found)?;
    if value.opens >= value.closes {
        return Err(Error::refused("closes", "The office must close after it opens"));
    }
    Ok(OfficeHours { opens: value.opens, closes: value.closes })
}

/// The default stands for the time before the first line that was set.
pub(super) fn bands(settings: &[Setting]) -> Result<Bands> {
    let mut all = Bands::default();
    for one in settings.iter().filter(|s| s.key == Key::Band.code()) {
        let BandValue { lower, upper, red_above } = json(one)?;
        if !(1..=200).contains(&lower) || lower > upper || upper > red_above || red_above > 200 {
            return Err(Error::refused("upper", "The three numbers must rise: lower end, upper end, and above which it is red"));
        }
        all.0.retain(|band| band.from != one.from_on.0);
        all.0.push(BandPolicy { from: one.from_on.0, lower, upper, red_above, source: one.source.clone() });
    }
    Ok(all)
}

pub(super) fn holding(settings: &[Setting]) -> Result<HoldingPolicy> {
    let mut policy = HoldingPolicy::default();
    for rule in settings.iter().filter_map(holding_rule) {
        policy.rules.retain(|old| !(old.role == rule.role && old.kind == rule.kind && old.from == rule.from));
        policy.rules.push(rule);
    }
    Ok(policy)
}

/// `holding.ROLE.KIND` with the code of how it may be held.
fn holding_rule(setting: &Setting) -> Option<HoldingRule> {
    let (role, kind) = setting.key.strip_prefix("holding.")?.split_once('.')?;
    Some(HoldingRule {
        role: Role::from_code(role)?,
        kind: CaseKind::from_code(kind)?,
        holding: Holding::from_code(&setting.value)?,
        from: setting.from_on.0,
        source: setting.source.clone(),
    })
}

pub(super) fn break_glass(settings: &[Setting], day: Date) -> Result<BreakGlassPolicy> {
    let Some(found) = on(settings, Key::BreakGlassHours.code(), day) else { return Ok(BreakGlassPolicy::default()) };
    let longest_hours = u8::try_from(whole(&found.value, 1..=24)?).unwrap_or(4);
    Ok(BreakGlassPolicy { longest_hours, ..BreakGlassPolicy::default() })
}

pub(super) fn number(settings: &[Setting], key: Key, day: Date, default: i64) -> i64 {
    on(settings, key.code(), day).and_then(|s| s.value.trim().parse().ok()).unwrap_or(default)
}

pub(super) fn text(settings: &[Setting], key: Key, day: Date) -> String {
    on(settings, key.code(), day).map(|s| s.value.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use care::{access::Role, allocation::Caseload, allocation::Fte};
    use jiff::civil::date;

    fn setting(key: &str, value: &str, from_on: Date) -> Setting {
        Setting {
            key: key.into(),
            value: value.into(),
            from_on: Day(from_on),
            source: "test".into(),
            set_by: "system".into(),
            set_at: At(jiff::Timestamp::UNIX_EPOCH),
        }
    }

    #[test]
    fn the_latest_value_that_began_by_a_day_holds() {
        let from = [date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 1)];
        let all = [
            setting("allocation.expected_weeks", "8", from[0]),
            setting("allocation.expected_weeks", "10", from[1]),
            setting("allocation.expected_weeks", "11", from[2]),
        ];
        for (day, expected) in [(date(2025, 12, 31), 12), (date(2026, 5, 31), 8), (date(2026, 6, 1), 11)] {
            assert_eq!(number(&all, Key::ExpectedWeeks, day, 12), expected, "{day}");
        }
    }

    #[test]
    fn a_band_holds_from_its_day() {
        let all = [setting("band", r#"{"lower":16,"upper":20,"red_above":28}"#, date(2027, 4, 1))];
        let bands = bands(&all).unwrap();
        let upper = |day| bands.on(day).unwrap().upper;
        assert_eq!((upper(date(2027, 3, 31)), upper(date(2027, 4, 1))), (22, 20));
        let load = Caseload::new(21, Fte::FULL);
        assert_ne!(bands.on(date(2027, 3, 31)).unwrap().band(load), bands.on(date(2027, 4, 1)).unwrap().band(load));
    }

    #[test]
    fn what_would_not_be_read_back_is_refused() {
        let day = date(2027, 4, 1);
        for (key, value, good) in [
            ("band", r#"{"lower":16,"upper":20,"red_above":28}"#, true),
            ("band", r#"{"lower":20,"upper":16,"red_above":28}"#, false),
            ("band", "22", false),
            ("hours.office", r#"{"opens":"09:00:00","closes":"17:00:00"}"#, true),
            ("hours.office", r#"{"opens":"17:00:00","closes":"09:00:00"}"#, false),
            ("access.break_glass_hours", "25", false),
            ("access.break_glass_hours", "2", true),
            ("calendar.known_until", "2029-12-31", true),
            ("calendar.known_until", "soon", false),
            ("holding.team_manager.protection_plan", "not", true),
            ("holding.team_manager.nothing", "not", false),
            ("no.such.key", "1", false),
        ] {
            let new = NewSetting { key: key.into(), value: value.into(), from_on: day, source: "test".into() };
            assert_eq!(checked(&new).is_ok(), good, "{key} {value}");
        }
    }

    #[test]
    fn a_rule_of_holding_is_changed_from_its_day() {
        let all = [setting("holding.team_manager.protection_plan", "not", date(2027, 4, 1))];
        let policy = holding(&all).unwrap();
        let may = |day| policy.may_hold(Role::TeamManager, CaseKind::ProtectionPlan, day);
        assert_eq!((may(date(2027, 3, 31)), may(date(2027, 4, 1))), (Holding::Alone, Holding::Not));
    }
}
