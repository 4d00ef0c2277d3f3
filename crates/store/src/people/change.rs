//! Adding a person, and changing who they are. Whoever saves is told when somebody else saved meanwhile; what stood before
//! is kept: names among the names, everything else in the audit's erasable words.

use care::person::NameUse;

use super::{known_by, person::Person};
use crate::{
    At, Day, Error, Result, Tx,
    audit::Noted,
    id::{PersonId, fresh},
    people::Opened,
    run, search,
};

/// Who a person is, as it is typed: coded answers by their codes.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    pub given_name: String,
    pub surname: String,
    pub known_as: Option<String>,
    pub born_on: Option<Day>,
    pub born_about: BornAbout,
    pub expected_on: Option<Day>,
    pub died_on: Option<Day>,
    pub sex: String,
    pub pronouns: Option<String>,
    pub ethnicity: String,
    pub first_language: String,
    pub interpreter: String,
    pub disability: String,
    pub disability_codes: String,
    pub telephone: Option<String>,
    pub email: Option<String>,
}

/// Whether a day of birth is certain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BornAbout {
    #[default]
    Exactly,
    About,
}

/// Why a name is another than it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Renamed {
    /// They took another name: the old one stays among their names.
    #[default]
    Changed,
    /// The old one was written wrongly, and was never theirs.
    Mistyped,
}

/// For so many hours whoever added a person may fill them in, before a team or an enquiry gives a tie.
const ADDED_HOURS: i64 = 24;

/// Adds a person, with their present name, and files them for searching.
pub async fn create(tx: &mut Tx, new: &NewPerson) -> Result<PersonId> {
    let (id, at, me) = (PersonId::new(), tx.act().at(), tx.act().worker().clone());
    run!(
        tx,
        sqlx::query(
            "INSERT INTO person (id, given_name, surname, sort_name, known_as, born_on, born_about, expected_on, died_on, sex, pronouns, ethnicity, first_language, interpreter, disability,
               disability_codes, telephone, email, source, recorded_at, recorded_by, version) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,'hand',$19,$20,1)"
        )
        .bind(&id).bind(&new.given_name).bind(&new.surname).bind(care::matching::sort_name(&new.surname, &new.given_name)).bind(&new.known_as)
        .bind(new.born_on).bind(new.born_about == BornAbout::About).bind(new.expected_on).bind(new.died_on).bind(&new.sex).bind(&new.pronouns)
        .bind(&new.ethnicity).bind(&new.first_language).bind(&new.interpreter).bind(&new.disability).bind(&new.disability_codes)
        .bind(&new.telephone).bind(&new.email).bind(at).bind(me.as_str())
    )?;
    known_by::add_name(tx, &id, NameUse::Current, &new.given_name, &new.surname, None, None).await?;
    let until = At::cut(at.0 + jiff::SignedDuration::from_hours(ADDED_HOURS));
    run!(
        tx,
        sqlx::query("INSERT INTO access_grant (id, worker_id, person_id, kind, reason_code, reason, from_at, until_at) VALUES ($1,$2,$3,'added','','Added this person',$4,$5)")
            .bind(fresh()).bind(&me).bind(&id).bind(at).bind(until)
    )?;
    search::file_person(tx, &id).await?;
    tx.note(Noted::new("person.create", "person", &id));
    Ok(id)
}

/// Changes who the person is, unless somebody else did meanwhile. A name given up stays among the names.
pub async fn change(tx: &mut Tx, opened: &Opened, version: i64, new: &NewPerson, renamed: Renamed) -> Result<()> {
    let (id, old) = (opened.id(), opened.person());
    let n = run!(
        tx,
        sqlx::query(
            "UPDATE person SET given_name = $1, surname = $2, sort_name = $3, known_as = $4, born_on = $5, born_about = $6, expected_on = $7, died_on = $8, sex = $9, pronouns = $10, ethnicity = $11,
               first_language = $12, interpreter = $13, disability = $14, disability_codes = $15, telephone = $16, email = $17, version = version + 1 WHERE id = $18 AND version = $19"
        )
        .bind(&new.given_name).bind(&new.surname).bind(care::matching::sort_name(&new.surname, &new.given_name)).bind(&new.known_as)
        .bind(new.born_on).bind(new.born_about == BornAbout::About).bind(new.expected_on).bind(new.died_on).bind(&new.sex).bind(&new.pronouns)
        .bind(&new.ethnicity).bind(&new.first_language).bind(&new.interpreter).bind(&new.disability).bind(&new.disability_codes)
        .bind(&new.telephone).bind(&new.email).bind(id).bind(version)
    )?;
    if n == 0 {
        return Err(Error::Stale);
    }
    if (&old.given_name, &old.surname) != (&new.given_name, &new.surname) {
        known_by::rename(tx, old, &new.given_name, &new.surname, renamed).await?;
    }
    search::file_person(tx, id).await?;
    tx.note(Noted::new("person.change", "person", id).words(before(old)));
    Ok(())
}

/// What stood before, for the audit's erasable part.
fn before(old: &Person) -> String {
    let day = |name: &str, day: Option<Day>| day.map(|d| format!("{name} {d}"));
    let text = |name: &str, text: &Option<String>| text.as_ref().map(|t| format!("{name} {t}"));
    let parts = [
        Some(format!("was {}", old.name())),
        text("known as", &old.known_as),
        text("pronouns", &old.pronouns),
        day("born", old.born_on),
        day("expected", old.expected_on),
        day("died", old.died_on),
        Some(format!("sex {}, ethnicity {}, language {}, interpreter {}", old.sex, old.ethnicity, old.first_language, old.interpreter)),
        Some(format!("disability {} {}", old.disability, old.disability_codes)),
        text("telephone", &old.telephone),
        text("e-mail", &old.email),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
