//! Who is told of a new worker, or that there is none yet, and in what words. A young person of eleven or more gets a
//! letter of their own (one authority's published procedure). Letters are plain text made from the record.

use crate::{case_kind::CaseKind, coded, words};
use jiff::civil::Date;

/// From this age, in years, a child is written to.
pub const YOUNG_PERSON_FROM: u16 = 11;

coded! {
    pub enum Audience {
        Family = "family", "Parents or carers";
        YoungPerson = "young_person", "The young person";
        Adult = "adult", "The adult";
        Professional = "professional", "Professionals around the person";
    }
}

/// The worker to be named, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewWorker {
    Named { name: String, role: String, from: Date },
    NoneYet,
}

/// What the letter is made from. `person` is the child's or adult's name as they use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerLetter {
    pub council: String,
    pub team: String,
    pub telephone: String,
    pub to: String,
    pub person: String,
    pub worker: NewWorker,
    pub on: Date,
}

/// A letter as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub body: String,
}

/// Who must be told, by the kind of case and the age in years where it is known.
pub fn who_must_be_told(kind: CaseKind, age: Option<u16>) -> Vec<Audience> {
    if !kind.is_childrens() || kind == CaseKind::CareLeaver {
        return vec![Audience::Adult, Audience::Professional];
    }
    match age {
        Some(years) if years >= YOUNG_PERSON_FROM => {
            vec![Audience::Family, Audience::YoungPerson, Audience::Professional]
        }
        _ => vec![Audience::Family, Audience::Professional],
    }
}

impl WorkerLetter {
    pub fn write(&self, audience: Audience) -> Letter {
        let paragraphs = [
            format!("{}\n{}", self.council, words::date(self.on)),
            format!("Dear {}", self.to),
            self.news(audience),
            self.what_next(audience),
            format!("{}\nTelephone {}", self.team, self.telephone),
        ];
        Letter { subject: self.subject(audience).to_owned(), body: paragraphs.join("\n\n") + "\n" }
    }

    /// Without a name, because a subject is read by whoever sees the envelope.
    fn subject(&self, audience: Audience) -> &'static str {
        match (&self.worker, audience) {
            (NewWorker::Named { .. }, Audience::Professional) => "A new worker",
            (NewWorker::Named { .. }, _) => "Your new worker",
            (NewWorker::NoneYet, Audience::Professional) => "No named worker yet",
            (NewWorker::NoneYet, _) => "You do not have a named worker yet",
        }
    }

    fn news(&self, audience: Audience) -> String {
        let whose = match audience {
            Audience::YoungPerson | Audience::Adult => "your".to_owned(),
            Audience::Family | Audience::Professional => format!("{}'s", self.person),
        };
        match &self.worker {
            NewWorker::Named { name, role, from } => {
                format!("From {} {name} is {whose} worker. {name} is a {}.", words::date(*from), role.to_lowercase())
            }
            NewWorker::NoneYet => format!(
                "We have not yet been able to name one person as {whose} worker. Until we do, the duty worker in our \
                 team looks after this, and a manager looks at it every week."
            ),
        }
    }

    fn what_next(&self, audience: Audience) -> String {
        let urgent = "If somebody is in danger now, telephone 999.";
        match (&self.worker, audience) {
            (NewWorker::Named { name, .. }, Audience::YoungPerson) => format!(
                "{name} will come to meet you. You can say what you would like {name} to know, and you can tell us if \
                 something about this does not feel right. {urgent}"
            ),
            (NewWorker::Named { name, .. }, Audience::Professional) => {
                format!("Please send what {name} should know to the team. This letter holds no more than you need.")
            }
            (NewWorker::Named { name, .. }, _) => {
                format!("{name} will be in touch. You can reach the team by telephone until then. {urgent}")
            }
            (NewWorker::NoneYet, Audience::Professional) => {
                "Please speak to the duty worker. We will write again as soon as there is a named worker.".into()
            }
            (NewWorker::NoneYet, _) => {
                format!("We will write again as soon as there is a named worker. {urgent}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn tells_by_kind_and_age() {
        use Audience::*;
        for (kind, age, told) in [
            (CaseKind::ChildInNeed, Some(10), vec![Family, Professional]),
            (CaseKind::ChildInNeed, Some(11), vec![Family, YoungPerson, Professional]),
            (CaseKind::PreBirth, None, vec![Family, Professional]),
            (CaseKind::CareLeaver, Some(19), vec![Adult, Professional]),
            (CaseKind::AdultSupport, Some(80), vec![Adult, Professional]),
        ] {
            assert_eq!(who_must_be_told(kind, age), told, "{kind} {age:?}");
        }
        crate::assert_coded!(Audience);
    }

    fn letter(worker: NewWorker) -> WorkerLetter {
        WorkerLetter {
            council: "Metropolitan Borough of Ashmere".into(),
            team: "Family Safeguarding North".into(),
            telephone: "01632 960123".into(),
            to: "Ms Marlow".into(),
            person: "Kai".into(),
            worker,
            on: date(2026, 11, 23),
        }
    }

    #[test]
    fn writes_letters() {
        let named = letter(NewWorker::Named { name: "Priya Nair".into(), role: "Social worker".into(), from: date(2026, 11, 30) });
        let family = named.write(Audience::Family);
        assert!(family.body.contains("From 30 November 2026 Priya Nair is Kai's worker. Priya Nair is a social worker."));
        assert!(family.body.starts_with("Metropolitan Borough of Ashmere\n23 November 2026\n\nDear Ms Marlow\n\n"));
        let young = named.write(Audience::YoungPerson);
        assert!(young.body.contains("is your worker") && young.body.contains("come to meet you"));
        let none = letter(NewWorker::NoneYet).write(Audience::Professional);
        assert_eq!(none.subject, "No named worker yet");
        assert!(none.body.contains("name one person as Kai's worker"));
        for audience in Audience::ALL {
            assert!(letter(NewWorker::NoneYet).write(*audience).body.ends_with("Telephone 01632 960123\n"));
        }
    }
}
