//! Every form that keeps drafts: its name in the list of drafts, where it is opened, and where it is sent.

use super::super::{Problem, form::Form};

/// One kind of form that keeps drafts.
pub struct Kind {
    pub code: &'static str,
    pub label: &'static str,
    /// Where it is opened; each `{}` is a part of the subject, in order.
    pub address: &'static str,
    pub about: About,
    /// Where it is sent, if the pages themselves keep it: often where it is opened. Empty where its handler does.
    sent_to: &'static str,
    /// Fields that a link to the form fills in: a draft with others of them is of another matter.
    pub told_apart_by: &'static [&'static str],
}

/// What a draft is about, which decides what the list may say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The first part of the subject is a person.
    Person,
    Other,
}

const fn by_handler(code: &'static str, label: &'static str, address: &'static str, about: About) -> Kind {
    Kind { code, label, address, about, sent_to: "", told_apart_by: &[] }
}

const fn by_page(code: &'static str, label: &'static str, address: &'static str, about: About) -> Kind {
    Kind { code, label, address, about, sent_to: address, told_apart_by: &[] }
}

const fn on_page(code: &'static str, label: &'static str, address: &'static str, sent_to: &'static str) -> Kind {
    Kind { code, label, address, about: About::Other, sent_to, told_apart_by: &[] }
}

use About::{Other, Person};

/// A fixed address comes before one with a place in it.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    by_handler("note", "Case note", "/people/{}/notes/new", Person),
    by_handler("visit", "Visit", "/people/{}/visits/new", Person),
    by_handler("decision", "Management decision", "/people/{}/decisions/new", Person),
    by_handler("supervision", "Case supervision", "/people/{}/supervision/new", Person),
    by_handler("correction", "Correction", "/people/{}/entries/{}/correct", Person),
    by_handler("person", "New person", "/people/new", Other),
    by_handler("allocation", "Allocation", "/cases/{}/allocate", Other),
    by_handler("unallocated_review", "Weekly look", "/cases/{}/review", Other),
    by_handler("enquiry", "New enquiry", "/front-door/enquiries/new?call={}", Other),
    by_handler("enquiry_decision", "Decision on an enquiry", "/front-door/enquiries/{}/decide", Other),
    by_handler("personal_supervision", "Supervision of a worker", "/supervision/{}/new", Other),
    by_handler("document", "Documents to add", "/people/{}/documents/new", Person),
    // The front door
    by_page("enquiry_change", "Change of an enquiry", "/front-door/enquiries/{}/change", Other),
    by_page("enquiry_answer", "What the enquirer was told", "/front-door/enquiries/{}/answer", Other),
    on_page("enquiry_step", "Words on an enquiry", "/front-door/enquiries/{}#words-{}", "/front-door/enquiries/{}"),
    Kind { told_apart_by: &["person", "enquiry"], ..by_page("hand_over", "Hand-over", "/front-door/hand-over/new", Other) },
    // A person's details
    by_page("person_edit", "Change of details", "/people/{}/edit/{}", Person),
    by_page("name", "Another name", "/people/{}/names/new", Person),
    by_page("address", "Address", "/people/{}/addresses/new", Person),
    by_page("address_end", "End of an address", "/people/{}/addresses/{}/end", Person),
    by_page("number", "Number", "/people/{}/numbers/new", Person),
    by_page("alert", "Alert", "/people/{}/alerts/new", Person),
    by_page("alert_review", "Review of an alert", "/people/{}/alerts/{}", Person),
    by_page("relationship", "Somebody in the family", "/people/{}/family/new", Person),
    by_page("relationship_end", "End of a relationship", "/people/{}/family/{}/end", Person),
    by_page("household", "Household", "/people/{}/households/new", Person),
    by_page("household_leave", "Leaving a household", "/people/{}/households/{}/leave", Person),
    by_page("document_withdraw", "Withdrawing a document", "/people/{}/documents/{}/withdraw", Person),
    by_page("status", "Status", "/people/{}/statuses/new", Person),
    by_page("status_dates", "Dates of a status", "/people/{}/statuses/{}/dates", Person),
    by_page("status_end", "End of a status", "/people/{}/statuses/{}/end", Person),
    by_page("entry_move", "Moving an entry to the right record", "/people/{}/entries/{}/move", Person),
    by_page("going_out", "Going on a visit", "/people/{}/going-out", Person),
    by_page("back", "Word that somebody is safe", "/going-out/{}", Other),
    // Allocation
    by_page("allocation_answer", "Answer to an allocation", "/allocations/{}", Other),
    by_page("case_end", "End of a worker’s part or a case", "/cases/{}/end", Other),
    by_page("transfer", "Offer to another team", "/cases/{}/transfer", Other),
    by_page("transfer_answer", "Answer to an offer", "/transfers/{}", Other),
    by_page("cover", "Cover or co-worker", "/cases/{}/workers", Other),
    on_page("escalation", "Question to the group manager", "/cases/{}/review#ask_words", "/cases/{}/escalation"),
    by_page("escalation_answer", "Answer of the group manager", "/escalations/{}", Other),
    on_page("supervision_words", "Own words on supervision", "/supervision/{}#words-{}", "/supervision/{}/{}/agree"),
    // Access
    by_page("conflict", "Conflict of interest", "/people/{}/conflict", Other),
    by_page("conflict_found", "Conflict of interest that was found", "/people/{}/conflicts", Other),
    by_page("restriction", "Restriction of a record", "/people/{}/restriction", Other),
    by_page("glass", "Reason for opening a record", "/people/{}/break-glass/reason", Other),
    by_page("glass_review", "Review of emergency access", "/access/reviews/{}", Other),
    by_page("audit_inquiry", "Reason for an inquiry", "/audit/worker/{}", Other),
    by_page("audit_export", "Reason for taking the audit out", "/audit/export", Other),
    // Staff
    by_page("worker", "New worker", "/staff/new", Other),
    by_page("team_new", "New team", "/staff/teams/new", Other),
    by_page("team", "Change of a team", "/staff/teams/{}", Other),
    by_page("worker_details", "Change of a worker", "/staff/{}/details", Other),
    by_page("worker_supervisor", "Supervisor", "/staff/{}/supervision", Other),
    by_page("worker_leaving", "Leaving", "/staff/{}/leaving", Other),
    by_page("role", "Role", "/staff/{}/roles/new", Other),
    by_page("role_end", "End of a role", "/staff/{}/roles/{}/end", Other),
    by_page("account", "New account", "/staff/{}/account/new", Other),
    by_page("absence_new", "Absence", "/absences/new", Other),
    by_page("absence", "Change of an absence", "/absences/{}", Other),
    by_page("absence_reason", "Reason of an absence", "/absences/{}/reason", Other),
    // Policy
    by_page("holding", "Who may hold a case", "/policy/holding/new", Other),
    by_page("timescale", "Change of a timescale", "/policy/timescales/{}", Other),
    by_page("holiday", "Holiday", "/policy/holidays", Other),
    by_page("setting", "Change of a setting", "/policy/{}", Other),
];

pub fn kind(code: &str) -> Result<&'static Kind, Problem> {
    KINDS.iter().find(|k| k.code == code).ok_or(Problem::NotFound)
}

/// The kind of the form that a page of this address shows, and its subject.
pub fn of_page(path: &str) -> Option<(&'static Kind, String)> {
    KINDS.iter().filter(|kind| kind.sent_to == kind.address).find_map(|kind| Some((kind, subject(&places(kind.sent_to, path)?))))
}

/// The kind of a form that was sent to this address, and its subject. A page with several forms tells them by `step`.
pub fn sent_to(path: &str, form: &Form) -> Option<(&'static Kind, String)> {
    KINDS.iter().find_map(|kind| {
        let mut parts = places(kind.sent_to, path)?;
        if kind.address.matches("{}").count() > parts.len() {
            parts.push(Some(form.raw("step")).filter(|step| is_part(step))?);
        }
        Some((kind, subject(&parts)))
    })
}

/// A form about nothing yet is about "new".
fn subject(parts: &[String]) -> String {
    if parts.is_empty() { "new".into() } else { parts.join(".") }
}

/// What stands in the places of an address, if it is of this pattern.
fn places(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (mut want, mut have, mut found) = (pattern.split('/'), path.split('/'), Vec::new());
    loop {
        match (want.next(), have.next()) {
            (None, None) => return (!pattern.is_empty()).then_some(found),
            (Some("{}"), Some(part)) if is_part(part) && part != "new" => found.push(part.to_owned()),
            (Some(a), Some(b)) if a == b => {}
            _ => return None,
        }
    }
}

/// A part of a subject stands in an address as it is.
fn is_part(text: &str) -> bool {
    !text.is_empty() && text.len() <= 80 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

impl Kind {
    /// Where the form is opened. A subject of two parts, as `PERSON.ENTRY`, fills two places.
    pub fn href(&self, subject: &str) -> String {
        subject.split('.').fold(self.address.to_owned(), |address, part| address.replacen("{}", part, 1))
    }

    /// What of a form is kept. A form that the pages keep goes on from the state of the row that it was opened on.
    pub fn matter(&self, form: &Form) -> Vec<(String, String)> {
        let mut matter = form.matter();
        if let Some(version) = form.version().filter(|_| !self.sent_to.is_empty()) {
            matter.push(("version".into(), version.to_string()));
        }
        matter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_page_is_what_stands_in_its_address() {
        for (path, code, subject) in [
            ("/people/ab12/alerts/new", "alert", "ab12"),
            ("/people/ab12/alerts/cd34", "alert_review", "ab12.cd34"),
            ("/staff/teams/new", "team_new", "new"),
            ("/staff/teams/east", "team", "east"),
            ("/policy/holidays", "holiday", "new"),
            ("/policy/caseload_band", "setting", "caseload_band"),
            ("/front-door/hand-over/new", "hand_over", "new"),
        ] {
            let (kind, found) = of_page(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!((kind.code, found.as_str()), (code, subject), "{path}");
        }
        for path in ["/people/ab12", "/people/a%20b/alerts/new", "/people/ab12/notes/new", "/front-door/enquiries/ab12", "/"] {
            assert!(of_page(path).is_none(), "{path}");
        }
    }

    #[test]
    fn forms_on_one_page_are_told_apart_by_their_step() {
        let step = |step: &str| sent_to("/front-door/enquiries/e1", &Form::opened([("step", step)])).map(|(k, s)| (k.code, s));
        assert_eq!(step("acted"), Some(("enquiry_step", "e1.acted".to_owned())));
        assert_eq!(step("../x"), None);
        let (kind, subject) = sent_to("/supervision/w1/m2/agree", &Form::default()).unwrap();
        assert_eq!((kind.code, kind.href(&subject)), ("supervision_words", "/supervision/w1#words-m2".to_owned()));
    }

    #[test]
    fn every_kind_has_a_code_of_its_own() {
        let mut codes: Vec<_> = KINDS.iter().map(|k| k.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
    }

    /// Forms into which words are typed and that keep no draft: what is typed there is a secret, a search, held already, or nobody's
    /// who has an account.
    const WITHOUT_DRAFT: &[&str] = &[
        "account/held.html",
        "account/link.html",
        "account/password.html",
        "account/second_step.html",
        "account/set_up.html",
        "account/sign_in.html",
        "account/own_second_step.html",
        "front_door/board.html",
        "gallery/public.html",
        "front_door/hand_over.html",
        "policy/holidays.html",
        "public/enquiry.html",
        "public/helped.html",
        "staff/list.html",
    ];

    #[test]
    fn no_form_loses_the_words_typed_into_it() {
        let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
        let mut found = 0;
        for folder in std::fs::read_dir(&pages).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
            for file in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "html"))
            {
                let name = file.strip_prefix(&pages).unwrap().to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&file).unwrap();
                for form in text.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap()) {
                    let typed = ["kwTextArea(", "kwTextInput(", "<textarea", "govukTextarea("].iter().any(|part| form.contains(part));
                    found += usize::from(typed);
                    assert!(
                        !typed || form.contains("data-draft-url") || WITHOUT_DRAFT.contains(&name.as_str()),
                        "{name}: a form without a draft"
                    );
                }
            }
        }
        assert!(found > 30, "{found} forms were looked at");
    }
}
