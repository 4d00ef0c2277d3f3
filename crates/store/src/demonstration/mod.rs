//! Writing the invented borough of `care::examples` into a database, in bulk and in one transaction: either all of it is
//! there or none.

mod around;
mod front_door;
mod known;
mod staff;
mod waiting;
mod writer;

use care::examples::{Borough, Size};
use jiff::{Timestamp, civil::Date};

use writer::Writer;

use crate::{Act, Db, Error, Result, Tx, audit::Noted, bulk, policy, run, sql};

/// How much of the borough has been made, for a progress bar.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    pub people: usize,
    pub entries: usize,
}

/// Whether a borough was made whole in this database.
pub async fn is_made(db: &Db) -> Result<bool> {
    let mut tx = db.read(Act::system(Timestamp::UNIX_EPOCH)).await?;
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM policy_setting WHERE key = 'demonstration.made'").fetch_one(c))?;
    Ok(n > 0)
}

/// Refused on a database that holds anybody who was not invented: a demonstration signs people in by one press of a button.
async fn require_empty(tx: &mut Tx) -> Result<()> {
    let (n,): (i64,) = sql!(tx, |c| sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM worker) + (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM account)"
    )
    .fetch_one(c))?;
    if n == 0 {
        return Ok(());
    }
    Err(Error::refused(
        "database",
        "this database already holds people or accounts and is no demonstration: give the demonstration a database of its own",
    ))
}

/// Makes the borough. `seen` is told now and then how far it is.
pub async fn make(db: &Db, size: Size, now: Timestamp, mut seen: impl FnMut(Progress)) -> Result<Progress> {
    let mut tx = db.write(Act::system(now)).await?;
    require_empty(&mut tx).await?;
    bulk::make_room(&mut tx).await?;
    let borough = Borough::new(size);
    let rules = policy::rules(&mut tx).await?;
    let mut writer = Writer::begin(now, rules.clocks());
    writer.staff(&mut tx, &borough).await?;
    let mut sent = 0;
    for family in borough.families() {
        writer.family(&borough, &family);
        if writer.progress.entries > sent + AT_ONCE {
            writer.send(&mut tx).await?;
            (sent, _) = (writer.progress.entries, seen(writer.progress));
        }
    }
    writer.send(&mut tx).await?;
    writer.front_door(&mut tx, &borough).await?;
    let progress = writer.end(&mut tx).await?;
    let today = crate::Day(tx.today());
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query("INSERT INTO policy_setting (id, key, value, from_on, source, set_by, set_at) VALUES ('demonstration','demonstration.made','true',$1,'made by the demo command','system',$2)")
            .bind(today)
            .bind(at)
    )?;
    for (key, value) in LETTERS {
        let source = "Invented for the demonstration".to_owned();
        policy::set(&mut tx, &policy::NewSetting { key: key.code().into(), value: value.into(), from_on: BEGAN, source }).await?;
    }
    tx.note(Noted::new("demonstration.make", "borough", format!("{} people", progress.people)));
    bulk::give_room_back(&mut tx).await?;
    tx.commit().await?;
    bulk::settle(db).await?;
    Ok(progress)
}

/// The same id for the same thing each time; in the order in which they are made, and before any id of today's.
fn id(kind: u8, no: usize) -> String {
    format!("0100{kind:02x}00{no:024x}")
}
/// So many entries are gathered before they are sent.
const AT_ONCE: usize = 20_000;

const TEAM: u8 = 1;
const WORKER: u8 = 2;
const PERSON: u8 = 3;
const HOME: u8 = 4;
const CASE: u8 = 5;
const ENTRY: u8 = 6;
const OTHER: u8 = 7;

/// Sunita Rao, principal social worker, by her place among the cast: who guards the hidden record.
const GUARDIAN: usize = 8;
const BEGAN: Date = jiff::civil::date(2015, 4, 1);

/// What letters say of whom to ring and where to complain.
const LETTERS: [(policy::Key, &str); 3] = [
    (policy::Key::LetterTelephone, "01632 960100"),
    (policy::Key::OutOfHours, "01632 960199"),
    (policy::Key::Complaints, "Complaints, Town Hall, Ashmere ZZ1 1AA"),
];
