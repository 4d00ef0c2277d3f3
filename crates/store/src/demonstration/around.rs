//! What hangs on the invented enquiries: messages that wait, letters and e-mails, the hand-over between shifts, drafts.

use care::{
    calendar::{add_days, london},
    examples::Borough,
    front_door::{AnswerFacts, EnquiryState, Outcome, ReplyBy, ToldAs, answer},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    GUARDIAN, TEAM, WORKER,
    front_door::{FLORA, FRONT_DOOR, MANAGER, Made, reply},
    id,
    known::Known,
    writer::Writer,
};
use crate::{
    Result, Tx,
    bulk::{Cell, Rows},
};

const EWAN: usize = 11;
const EMERGENCY_DUTY: usize = 6;
const PRIYA: usize = 0;

pub(super) struct Around {
    now: Timestamp,
    notices: Rows,
    outbox: Rows,
    hand_over: Rows,
    drafts: Rows,
    /// An open enquiry for the drafts and the hand-over to be about.
    open: Vec<String>,
}

impl Around {
    pub(super) fn begin(now: Timestamp) -> Self {
        Around {
            now,
            notices: Rows::into(
                "notice",
                &[
                    "id",
                    "to_worker_id",
                    "to_team_id",
                    "kind",
                    "person_id",
                    "subject_kind",
                    "subject_id",
                    "words",
                    "must_acknowledge",
                    "created_at",
                ],
            ),
            outbox: Rows::into(
                "outbox",
                &[
                    "id",
                    "channel",
                    "to_name",
                    "to_address",
                    "subject",
                    "body",
                    "about_kind",
                    "about_id",
                    "state",
                    "tries",
                    "sent_at",
                    "problem",
                    "created_by",
                    "created_at",
                ],
            ),
            hand_over: Rows::into(
                "hand_over",
                &[
                    "id",
                    "for_on",
                    "to_team_id",
                    "enquiry_id",
                    "urgency",
                    "what_happened",
                    "what_to_do",
                    "written_by",
                    "written_at",
                    "read_by",
                    "read_at",
                    "done_by",
                    "done_at",
                    "done_words",
                ],
            ),
            drafts: Rows::into(
                "draft",
                &["id", "worker_id", "form", "subject_id", "tab", "label", "href", "fields", "version", "saved_at"],
            ),
            open: Vec::new(),
        }
    }

    /// The messages, letters and proposals of one enquiry; only what is recent still waits or is kept to look at.
    pub(super) fn of(&mut self, writer: &mut Writer<'_>, steps: &mut Rows, made: &Made<'_>) {
        let e = &made.enquiry;
        let recent = e.decided_at.is_some_and(|at| at > ago(self.now, 72));
        if e.state == EnquiryState::UnderWay && made.about.is_some() {
            self.open.push(made.id.clone());
        }
        match (e.state, e.telling.outcome) {
            (EnquiryState::AwaitingSignOff, _) => self.proposed(writer, steps, made),
            (EnquiryState::Decided, Outcome::NewInformation) if recent => self.information(writer, made),
            _ => {}
        }
        if e.telling.words.contains("Shouting through the wall")
            && e.state == EnquiryState::New
            && made.about.is_none()
            && matches!(e.whom, care::examples::Whom::Spoken("Iris", _))
        {
            let words = "An enquiry matched a hidden record of which you are the guardian. Whoever took the enquiry was shown nothing. Read the enquiry, link the record if it is meant, and see that somebody on the record's list decides it.";
            self.notice(writer, Some(GUARDIAN), None, "hidden_record_touched", made, words, true);
        }
        if recent && e.answered_at.is_some() {
            self.letter(writer, made);
        }
    }

    fn proposed(&mut self, writer: &mut Writer<'_>, steps: &mut Rows, made: &Made<'_>) {
        let (e, t) = (&made.enquiry, &made.enquiry.telling);
        let on = london(e.received_at).date();
        let (day, month, year) = (on.day().to_string(), on.month().to_string(), on.year().to_string());
        let mut typed = vec![
            ["outcome", t.outcome.code()],
            ["reason", t.reason],
            ["family_reason", t.family],
            ["legal_basis", super::front_door::basis(t.side).code()],
            ["to_enquirer", "later"],
            ["to_family", "person"],
            ["told", "yes"],
            ["told_on-day", &day],
            ["told_on-month", &month],
            ["told_on-year", &year],
        ];
        if let Some(known) = made.about {
            typed.push(["about", known.person.as_str()]);
        }
        let facts = serde_json::to_string(&typed).unwrap_or_default();
        let by = made.owner.clone().unwrap_or_default();
        let at = e.acted_at.unwrap_or(e.received_at);
        steps.push([
            writer.other(),
            Cell::text(&made.id),
            Cell::text("propose_decision"),
            Cell::text(t.outcome.label()),
            Cell::text(facts),
            Cell::text(by),
            Cell::At(at),
        ]);
        self.notice(
            writer,
            Some(MANAGER),
            None,
            "sign_off_wanted",
            made,
            "A decision at the front door waits for a manager's sign-off.",
            false,
        );
    }

    fn information(&mut self, writer: &mut Writer<'_>, made: &Made<'_>) {
        let words = "New information about somebody with an open case came in at the front door. Read it, and say that you have.";
        let Some(case) = made.about.and_then(|known| known.case.as_ref()) else { return };
        self.notice(writer, case.worker, None, "new_information", made, words, true);
        self.notice(writer, None, Some(case.team), "new_information", made, words, true);
    }

    #[expect(clippy::too_many_arguments, reason = "one row of a table, cell by cell")]
    fn notice(
        &mut self,
        writer: &mut Writer<'_>,
        worker: Option<usize>,
        team: Option<usize>,
        kind: &str,
        made: &Made<'_>,
        words: &str,
        must: bool,
    ) {
        let e = &made.enquiry;
        self.notices.push([
            writer.other(),
            Cell::text_or_null(worker.map(|no| id(WORKER, no))),
            Cell::text_or_null(team.map(|no| id(TEAM, no))),
            Cell::text(kind),
            if kind == "new_information" { Cell::text_or_null(made.about.map(|k| k.person.clone())) } else { Cell::Null },
            Cell::text("enquiry"),
            Cell::text(&made.id),
            Cell::text(words),
            if must { Cell::Yes } else { Cell::No },
            Cell::At(e.decided_at.or(e.acted_at).unwrap_or(e.received_at)),
        ]);
    }

    /// The answer, as it went or is to go out.
    fn letter(&mut self, writer: &mut Writer<'_>, made: &Made<'_>) {
        let (e, t) = (&made.enquiry, &made.enquiry.telling);
        let (by, address, _) = reply(made);
        let decided_at = e.decided_at.unwrap_or(e.received_at);
        let facts = AnswerFacts {
            council: "Metropolitan Borough of Ashmere".into(),
            team: "Front door".into(),
            telephone: "01632 960100".into(),
            out_of_hours: "01632 960199".into(),
            reference: made.reference.clone(),
            received_on: london(e.received_at).date(),
            outcome: t.outcome,
            reason: t.family.into(),
            complaints: "Complaints, Town Hall, Ashmere ZZ1 1AA".into(),
            on: london(decided_at).date(),
        };
        let (channel, told_as, address) = match by {
            ReplyBy::Email => ("email", t.from.told_as(), address),
            ReplyBy::Letter => ("letter", t.from.told_as(), address),
            // The family is written to, whoever rang.
            _ => match made.about {
                Some(known) => ("letter", ToldAs::FamilyOrAdult, format!("{}\n{}", known.address, known.postcode)),
                None => return,
            },
        };
        let letter = answer(&facts, told_as);
        let failed = channel == "email" && e.draw.is_multiple_of(11);
        let state = match channel {
            "email" if failed => "failed",
            "email" => "sent",
            _ if e.draw.is_multiple_of(2) => "to_print",
            _ => "printed",
        };
        self.outbox.push([
            writer.other(),
            Cell::text(channel),
            Cell::text(if channel == "letter" { "The parents or carers" } else { "" }),
            Cell::text(address),
            Cell::text(letter.subject),
            Cell::text(letter.body),
            Cell::text("enquiry"),
            Cell::text(&made.id),
            Cell::text(state),
            Cell::Number(i64::from(failed) * 8),
            if state == "sent" { Cell::At(decided_at) } else { Cell::Null },
            if failed { Cell::text("The receiving server does not know this address.") } else { Cell::Null },
            Cell::text(&made.decider),
            Cell::At(decided_at),
        ]);
    }

    /// The hand-over between the shifts, and what two workers were typing when they were called away.
    pub(super) fn shift(&mut self, writer: &mut Writer<'_>, borough: &Borough, known: &[Known]) {
        let today = borough.size.today;
        let enquiry = self.open.first().cloned();
        for (no, (to, by, urgency, happened, to_do, days, read, done)) in SHIFT.iter().enumerate() {
            let written = ago(self.now, 5 + 24 * days);
            let at = |yes: bool| if yes { Cell::At(ago(self.now, 24 * days - 1)) } else { Cell::Null };
            let reader = |yes: bool| if yes { Cell::text(id(WORKER, FLORA)) } else { Cell::Null };
            self.hand_over.push([
                writer.other(),
                Cell::On(add_days(today, -i32::try_from(*days).unwrap_or(0))),
                Cell::text(id(TEAM, *to)),
                if no == 0 { Cell::text_or_null(enquiry.clone()) } else { Cell::Null },
                Cell::text(*urgency),
                Cell::text(*happened),
                Cell::text(*to_do),
                Cell::text(id(WORKER, *by)),
                Cell::At(written),
                reader(*read),
                at(*read),
                reader(*done),
                at(*done),
                if *done { Cell::text("Rung and seen. All well.") } else { Cell::Null },
            ]);
        }
        if let Some(open) = self.open.get(1) {
            let fields = r#"[["outcome","childrens_referral"],["reason","Two earlier contacts, and nobody has asked the children. Mother says that"]]"#;
            self.draft(writer, MANAGER, "enquiry_decision", open.clone(), fields);
        }
        if let Some(ellie) = known.iter().find(|k| k.given_name == "Ellie" && k.surname == "Marsh") {
            let fields =
                r#"[["words","Rang Brenda about Saturday. She can have all three, and asks for"],["title","Call with grandmother"]]"#;
            self.draft(writer, PRIYA, "note", ellie.person.clone(), fields);
        }
    }

    fn draft(&mut self, writer: &mut Writer<'_>, worker: usize, form: &str, subject: String, fields: &str) {
        let me = writer.other();
        self.drafts.push([
            me.clone(),
            Cell::text(id(WORKER, worker)),
            Cell::text(form),
            Cell::text(subject),
            me,
            Cell::text(""),
            Cell::text(""),
            Cell::text(fields),
            Cell::Number(1),
            Cell::At(ago(self.now, 2)),
        ]);
    }

    pub(super) async fn send(mut self, tx: &mut Tx) -> Result<()> {
        for rows in [&mut self.notices, &mut self.outbox, &mut self.hand_over, &mut self.drafts] {
            rows.send(tx).await?;
        }
        Ok(())
    }
}

/// To which team, by whom, how soon, what happened, what is to be done, days ago, read, done.
type Line = (usize, usize, &'static str, &'static str, &'static str, i64, bool, bool);

#[rustfmt::skip]
const SHIFT: &[Line] = &[
    (FRONT_DOOR, EWAN, "at_once", "Police took a boy of 14 to his aunt at 2am; she can keep him until tea time and no longer.", "Ring the aunt before 9, and mother when she is awake.", 0, false, false),
    (FRONT_DOOR, EWAN, "today", "A foster carer rang at 22:30: bottle refused all day, no fever. Told to ring 111, which she did.", "Ask the social worker to ring her this morning.", 0, false, false),
    (FRONT_DOOR, EWAN, "to_know", "Two calls from one number, silent both times. Number kept with the call log.", "", 0, false, false),
    (FRONT_DOOR, EWAN, "today", "Hospital holds a girl of 16 until she was seen by the crisis team. Mother is with her.", "Ward wants a name by noon.", 1, true, false),
    (FRONT_DOOR, EWAN, "today", "Grandparents collected both children from the station at midnight.", "Check that they are at school.", 2, true, true),
    (EMERGENCY_DUTY, FLORA, "today", "Father is bailed to another address from six o'clock. Mother has our number for the night.", "Ring her once, about nine.", 1, true, true),
];

fn ago(now: Timestamp, hours: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(now)
}
