//! Who somebody in an enquiry may be: likely records with the reason in words. A hidden record that matches shows
//! nothing and alerts its guardian.

use care::matching::{Born, LIKELY, Sought, in_words};

use super::{alert, people::EnquiryPerson};
use crate::{
    Act, Db, Result,
    error::IndexCard,
    id::{EnquiryId, PersonId},
    people,
    search::{self, Seen},
};

/// So many are shown for one person.
const SHOWN: usize = 5;

#[derive(Debug, Clone, serde::Serialize)]
pub struct Match {
    pub id: PersonId,
    pub card: IndexCard,
    pub why: String,
    /// Why the record does not open yet, if it does not.
    pub closed: Option<String>,
}

/// The likely records of somebody who is not linked yet. Runs in transactions of its own, because what it comes upon may
/// have to be told at once.
pub async fn matches(db: &Db, act: &Act, enquiry: &EnquiryId, person: &EnquiryPerson) -> Result<Vec<Match>> {
    let born = person.born_on.map_or(Born::default(), |d| Born::on(d.0));
    let sought = Sought::read(&person.given_name, &person.surname, born, &person.postcode);
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = db.read(act.clone()).await?;
    let found = search::find(&mut tx, &sought, SHOWN).await?;
    let mut all = Vec::new();
    for hit in found.hits.iter().filter(|hit| hit.probability >= LIKELY) {
        let card = people::index_card(&mut tx, &hit.person_id).await?;
        let closed = match &hit.seen {
            Seen::Record => None,
            Seen::Index(why) => Some(why.clone()),
        };
        all.push(Match { id: hit.person_id.clone(), card, why: in_words(&hit.why), closed });
    }
    tx.finish().await?;
    if !found.hidden.is_empty() {
        let mut tx = db.write(act.clone()).await?;
        for person in &found.hidden {
            alert::hidden_matched(&mut tx, enquiry, person).await?;
        }
        tx.commit_quietly().await?;
    }
    Ok(all)
}
