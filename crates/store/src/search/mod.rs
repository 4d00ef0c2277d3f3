//! Finding a person. `care::matching` says under which keys someone is filed, which keys an enquiry looks up and how
//! alike two descriptions are; here are the tables, and who may see what was found.
//!
//! A search is a few statements: the spellings near to the names typed; who has the same date, postcode or names;
//! what is known of the best of them; when nobody stands out, who would fit with one mistake; what this worker may
//! see. A key that holds more than 400 people (a common name, a hostel's postcode) gives its first 400 only: others
//! are found when a date or postcode is given as well, and [`Found::more_to_be_had`] says so.
//!
//! What someone searched for is in the audit, in its erasable part. A hidden record that matches is never in the
//! answer; its guardian is alerted (see [`search`]).

mod bulk;
mod candidate;
mod file;
mod statement;
mod words;

pub use bulk::Filing;
pub use candidate::{Found, Hit, Seen, find};
pub use file::{bring_up_to_date, file_person, refile_all};
pub(crate) use statement::{list, places};
pub use words::recount;

use crate::{Act, Db, Result, restrictions};
use care::matching::Sought;

/// Searches as one worker's act: committed to the audit, and the guardians of hidden records that matched alerted,
/// before the answer is given.
pub async fn search(db: &Db, act: Act, sought: &Sought, limit: usize) -> Result<Found> {
    let mut tx = db.read(act.clone()).await?;
    let found = find(&mut tx, sought, limit).await?;
    tx.finish().await?;
    if !found.hidden.is_empty() {
        let mut tx = db.write(act).await?;
        for person in &found.hidden {
            restrictions::alert_guardian(&mut tx, person).await?;
        }
        tx.commit().await?;
    }
    Ok(found)
}
