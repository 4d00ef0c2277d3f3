//! What was typed on the page of a decision, and the same in words where it can no longer be changed.

use care::{
    access::Deed,
    front_door::{LegalBasis, Outcome, Told, WhyNotTold},
};
use store::{
    Tx, allocation,
    front_door::{Chosen, Decision, ToEnquirer},
    id::{InvolvementId, PersonId, TeamId},
};

use crate::web::{Problem, form::Form};

/// A decision as it was typed, and how the enquirer and the family are to hear of it.
pub struct Typed {
    pub decision: Decision,
    pub to_enquirer: Way,
    pub to_family: Way,
}

/// How somebody hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Letter,
    Person,
    NotSaid,
}

/// Reads the form; what is wrong by itself is said beside its field. The rest is the store's to say.
pub fn read(form: &mut Form) -> Option<Typed> {
    let outcomes: Vec<(&str, Outcome)> = Outcome::ALL.iter().map(|o| (o.code(), *o)).collect();
    let outcome = form.choice("outcome", &outcomes, "Choose what follows");
    let reason = form.text("reason", 0..=20_000, "");
    let family_reason = form.text("family_reason", 0..=5_000, "");
    let authority = form.text("authority", 0..=200, "");
    let told = told(form);
    let ways = [("message", ()), ("later", ()), ("nobody", ())];
    form.choice("to_enquirer", &ways, "Choose how the enquirer hears of it");
    let outcome = outcome?;
    let people =
        form.all("about").into_iter().map(|id| Chosen { team: team(form, &id, outcome), person: PersonId::from_text(id) }).collect();
    let cases = if outcome == Outcome::NewInformation { form.all("cases") } else { vec![] };
    let to_enquirer = if form.raw("to_enquirer") == "nobody" { ToEnquirer::Nobody } else { ToEnquirer::Later };
    let decision = Decision {
        outcome,
        reason,
        family_reason,
        legal_basis: LegalBasis::from_code(&form.raw("legal_basis")),
        told: told?,
        people,
        cases: cases.into_iter().map(InvolvementId::from_text).collect(),
        authority,
        to_enquirer,
        to_family: None,
    };
    let way = |field: &str| match form.raw(field).as_str() {
        "message" | "letter" => Way::Letter,
        "" => Way::NotSaid,
        _ => Way::Person,
    };
    let typed = Typed { decision, to_enquirer: way("to_enquirer"), to_family: way("to_family") };
    form.is_good().then_some(typed)
}

/// The team of one person: their own where one was chosen, otherwise the team of all.
fn team(form: &Form, person: &str, outcome: Outcome) -> Option<TeamId> {
    outcome.case_kind()?;
    let own = form.raw(&format!("team-{person}"));
    let all = form.raw("team");
    Some(if own.is_empty() { all } else { own }).filter(|id| !id.is_empty()).map(TeamId::from_text)
}

/// `None` where a date or a reason is missing, which then stands beside its field.
/// Whether the parent or the adult was told.
pub fn told(form: &mut Form) -> Option<Told> {
    match form.raw("told").as_str() {
        "yes" => Some(Told::Yes { on: form.required_date("told_on", "the date on which they were told")? }),
        "will_be" => Some(Told::WillBe { by: form.required_date("told_by", "the date by which they will be told")? }),
        "no" => {
            let reasons: Vec<(&str, WhyNotTold)> = WhyNotTold::ALL.iter().map(|w| (w.code(), *w)).collect();
            let why = form.choice("told_why", &reasons, "Choose why they were not told")?;
            Some(Told::No { why, described: form.text("told_words", 0..=5_000, "") })
        }
        _ => Some(Told::NotAsked),
    }
}

impl Typed {
    /// New information belongs to those whose open cases were chosen, and is written into their stories.
    pub async fn about_their_cases(&mut self, tx: &mut Tx) -> Result<(), Problem> {
        if self.decision.outcome != Outcome::NewInformation {
            return Ok(());
        }
        for case in &self.decision.cases {
            let (_, row) = allocation::open_case(tx, case, Deed::DecideEnquiry).await?;
            if !self.decision.people.iter().any(|chosen| chosen.person == row.person_id) {
                self.decision.people.push(Chosen { person: row.person_id, team: None });
            }
        }
        Ok(())
    }
}

/// The fields that are the decision itself, to be kept with a proposal.
pub fn kept(form: &Form) -> Vec<(String, String)> {
    const PASSING: [&str; 4] = ["confirm", "shown_enquirer", "shown_family", "comment"];
    form.matter().into_iter().filter(|(name, _)| !PASSING.contains(&name.as_str())).collect()
}

/// What was typed, in words.
pub fn words(form: &Form) -> Vec<(&'static str, String)> {
    let label = |found: Option<&'static str>| found.unwrap_or_default().to_owned();
    let told = match form.raw("told").as_str() {
        "yes" => "They were told".to_owned(),
        "will_be" => "They will be told".to_owned(),
        "no" => format!("Not told: {}", label(WhyNotTold::from_code(&form.raw("told_why")).map(WhyNotTold::label))),
        _ => String::new(),
    };
    let mut all = vec![
        ("What follows", label(Outcome::from_code(&form.raw("outcome")).map(Outcome::label))),
        ("Why, for the record", form.raw("reason")),
        ("Why, for the family", form.raw("family_reason")),
        ("Legal basis", label(LegalBasis::from_code(&form.raw("legal_basis")).map(LegalBasis::label))),
        ("Parent or adult told", told),
        ("Other authority", form.raw("authority")),
    ];
    all.retain(|(_, words)| !words.is_empty());
    all
}
