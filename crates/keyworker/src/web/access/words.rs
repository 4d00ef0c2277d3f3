//! The audit in words: its entries hold codes, so that they stay what they were when a word on a page changes.

use std::collections::HashMap;

use care::access::{Deed, Relationship};
use store::{
    Tx,
    id::{PersonId, WorkerId},
    people,
    seen::Looked,
    workers,
};

use crate::web::Problem;

/// Who did it.
pub fn actor(entry: &Looked) -> String {
    match (&entry.actor_name, entry.actor.as_str()) {
        (Some(name), _) => name.trim().to_owned(),
        (None, "system") => "Keyworker itself".into(),
        (None, "public") => "Somebody without an account".into(),
        (None, other) => other.to_owned(),
    }
}

/// What was done, without its subject.
pub fn deed(code: &str) -> String {
    if let Some(deed) = Deed::from_code(code) {
        return capital(deed.label());
    }
    let known = match code {
        "search" => "Searched",
        "glass.break" => "Broke the glass",
        "glass.mend" => "Ended emergency access",
        "refused.index_only" => "Was shown no more than the index",
        "refused.hidden" => "Was shown nothing: the record is hidden from them",
        "refused.role_lacks" => "Asked for a page that their role does not use",
        "refused.forged" => "Sent a form that was not accepted",
        "refused.sign_in" => "A sign-in was refused",
        "guardian.alert" => "The record’s guardian was alerted",
        "restriction.set" => "Restricted the record",
        "restriction.lift" => "Lifted the restriction",
        "conflict.record" => "Recorded a conflict of interest",
        "conflict.end" => "Ended a conflict of interest",
        _ => "",
    };
    if known.is_empty() { capital(&code.replace(['.', '_'], " ")) } else { known.to_owned() }
}

/// Why it was allowed.
pub fn because(code: &str) -> String {
    let tie = serde_json::from_str::<Relationship>(code).or_else(|_| serde_json::from_str(&format!("\"{code}\"")));
    match tie {
        Ok(tie) => tie_words(tie),
        Err(_) if code == "role" => "By role".into(),
        Err(_) => capital(&code.replace('_', " ")),
    }
}

fn tie_words(tie: Relationship) -> String {
    match tie {
        Relationship::Allocated => "Allocated worker".into(),
        Relationship::CoWorker => "Co-worker".into(),
        Relationship::Cover => "Covering for the allocated worker".into(),
        Relationship::OwnTeam => "In the team that holds the case".into(),
        Relationship::LineOfSupervision => "Supervises the worker or the team".into(),
        Relationship::DutyToday => "On duty for the team".into(),
        Relationship::FrontDoorOpen => "Enquiry open at the front door".into(),
        Relationship::FrontDoorDecided { .. } => "Enquiry decided lately".into(),
        Relationship::EmergencyDuty => "Emergency duty".into(),
        Relationship::ReviewingOfficer => "Reviewing officer".into(),
        Relationship::ConferenceChair => "Chairs the conference".into(),
        Relationship::BreakGlass { .. } => "Broke the glass".into(),
        Relationship::Added { .. } => "Added the person lately".into(),
        Relationship::Granted { purpose, .. } => format!("Given access: {}", purpose.label().to_lowercase()),
    }
}

fn capital(text: &str) -> String {
    care::words::capital(text)
}

/// Entries about people, each with the person's name where the reader may know it.
pub async fn rows(tx: &mut Tx, entries: &[Looked]) -> Result<Vec<minijinja::Value>, Problem> {
    let mut people: Vec<PersonId> = entries.iter().filter(|e| names_a_person(e)).map(|e| PersonId::from_text(&e.subject_id)).collect();
    people.sort();
    people.dedup();
    let names: HashMap<PersonId, String> = people::names(tx, &people).await?;
    let row = |e: &Looked| {
        let person = PersonId::from_text(&e.subject_id);
        let name = names.get(&person);
        let about = match name {
            Some(name) => name.clone(),
            None if names_a_person(e) => "A person whose record is not shown to you".into(),
            None => e.words.as_deref().map(|w| format!("“{w}”")).unwrap_or_default(),
        };
        minijinja::context! {
            seq => e.seq, at => e.at.to_string(), who => actor(e), what => deed(&e.deed), why => because(&e.because), about,
            href => name.map(|_| format!("/people/{person}")), words => e.words.clone(), refused => e.subject_kind == "refusal",
        }
    };
    Ok(entries.iter().map(row).collect())
}

/// Refusals: about a person, an address of ours, or the account that was guessed at.
pub async fn refusal_rows(tx: &mut Tx, entries: &[Looked]) -> Result<Vec<minijinja::Value>, Problem> {
    let mut all = rows(tx, entries).await?;
    for (row, entry) in all.iter_mut().zip(entries) {
        let about = match entry.deed.as_str() {
            "refused.sign_in" => account_of(tx, &entry.subject_id).await?,
            "refused.role_lacks" | "refused.forged" => entry.subject_id.clone(),
            _ => continue,
        };
        *row = minijinja::context! { about, ..row.clone() };
    }
    Ok(all)
}

async fn account_of(tx: &mut Tx, worker: &str) -> Result<String, Problem> {
    match workers::worker(tx, &WorkerId::from_text(worker)).await {
        Ok(found) => Ok(format!("The account of {}", found.name())),
        Err(store::Error::NotFound) => Ok("A user name that nobody has".into()),
        Err(e) => Err(e.into()),
    }
}

/// Refusals carry an address where there is no person.
fn names_a_person(entry: &Looked) -> bool {
    !entry.subject_id.is_empty() && !matches!(entry.deed.as_str(), "refused.role_lacks" | "refused.forged" | "refused.sign_in" | "search")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_as_words() {
        for (code, expected) in [
            ("read_record", "Read the record"),
            ("search", "Searched"),
            ("visit.record", "Visit record"),
            ("glass.break", "Broke the glass"),
        ] {
            assert_eq!(deed(code), expected);
        }
        for (code, expected) in [
            ("allocated", "Allocated worker"),
            ("line_of_supervision", "Supervises the worker or the team"),
            (r#"{"break_glass":{"until":"2026-05-14T13:00:00Z"}}"#, "Broke the glass"),
            ("role", "By role"),
            ("", ""),
        ] {
            assert_eq!(because(code), expected);
        }
    }
}
