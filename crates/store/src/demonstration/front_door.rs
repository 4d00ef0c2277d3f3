//! The invented front door: half a year that was decided, what waits now, and what hangs on it – steps, clocks, who may
//! read meanwhile, messages, letters, the hand-over between shifts and a few drafts.

use care::{
    access::Role,
    calendar::london,
    examples::{Borough, Dice, Enquiry, Whom, behind_case, decided, waiting},
    front_door::{
        DangerQuestion, EnquirerKind, EnquiryDone, EnquiryDue, EnquiryState, LegalBasis, Outcome, ReplyBy, Side, UrgencyBand, enquiry_due,
        history_open_until, reference,
    },
    person::Answer,
};
use jiff::Timestamp;

use super::{
    ENTRY, TEAM, WORKER,
    around::Around,
    id,
    known::{Known, Lately},
    writer::Writer,
};
use crate::{
    Result, Tx,
    bulk::{Cell, Rows},
    front_door::{danger_text, late_after},
};

/// The front door's team, its manager, and the emergency duty worker of the cast, by their places.
pub(super) const FRONT_DOOR: usize = 5;
pub(super) const MANAGER: usize = 10;
pub(super) const FLORA: usize = 9;
const ENQUIRY: u8 = 8;

/// One enquiry on its way into the database.
pub(super) struct Made<'k> {
    pub id: String,
    pub reference: String,
    pub enquiry: Enquiry,
    pub about: Option<&'k Known>,
    pub owner: Option<String>,
    pub decider: String,
}

pub(super) struct Tables {
    enquiries: Rows,
    people: Rows,
    pub steps: Rows,
    access: Rows,
    helped: Rows,
    referrals: Rows,
    dues: Rows,
}

#[rustfmt::skip]
impl Tables {
    fn begin() -> Self {
        Tables {
            enquiries: Rows::into("enquiry", &["id", "reference", "channel", "side", "state", "band", "owner_id", "received_at", "recorded_by", "recorded_at", "enquirer_kind", "enquirer_name",
                "enquirer_organisation", "enquirer_telephone", "enquirer_relation", "words", "danger", "reply_by", "reply_address", "may_leave_message", "reply_words", "legal_basis", "told", "told_on",
                "told_words", "due_at", "due_code", "acted_at", "acknowledged_at", "acknowledged_by", "acknowledged_how", "answered_at", "answered_how", "outcome", "reason", "family_reason",
                "proposed_by", "proposed_at", "decided_by", "decided_at", "version"]),
            people: Rows::into("enquiry_person", &["id", "enquiry_id", "person_id", "part", "given_name", "surname", "born_on", "born_words", "address", "postcode", "relation", "linked_by", "linked_at"]),
            steps: Rows::into("enquiry_step", &["id", "enquiry_id", "step", "words", "facts", "taken_by", "taken_at"]),
            access: Rows::into("enquiry_access", &["enquiry_id", "person_id", "last_day_on"]),
            helped: Rows::into("enquiry_answer", &["id", "enquiry_id", "token_hash", "asked_at", "ends_at", "helped", "words", "answered_at"]),
            referrals: Rows::into("referral", &["id", "person_id", "enquiry_id", "side", "outcome", "received_on", "enquirer_kind", "legal_basis", "decided_on", "decided_by", "reason", "team_id", "involvement_id",
                "source", "recorded_by", "recorded_at"]),
            dues: Rows::into("due", &["id", "subject_kind", "subject_id", "code", "start_on", "start_at", "due_on", "due_at", "met_on", "recorded_at"]),
        }
    }

    async fn send(&mut self, tx: &mut Tx) -> Result<()> {
        for rows in [&mut self.enquiries, &mut self.people, &mut self.steps, &mut self.access, &mut self.helped, &mut self.referrals, &mut self.dues] {
            rows.send(tx).await?;
        }
        Ok(())
    }
}

impl Writer<'_> {
    /// Writes the whole front door, after the families.
    pub(super) async fn front_door(&mut self, tx: &mut Tx, borough: &Borough) -> Result<()> {
        let (known, lately) = (std::mem::take(&mut self.known), std::mem::take(&mut self.lately));
        let at_the_door: Vec<String> =
            borough.workers.iter().filter(|w| w.role == Role::FrontDoorWorker).map(|w| id(WORKER, w.no)).collect();
        let mut tables = Tables::begin();
        let mut no = 0;
        let calendar = care::calendar::Calendar::england_and_wales();
        let mut dice = Dice::new(borough.size.seed, 79);
        for one in &lately {
            let side = if one.known.child { Side::Child } else { Side::Adult };
            let enquiry = behind_case(&mut dice, &calendar, side, one.opened_on);
            let made = make(&mut no, enquiry, Some(&one.known), &at_the_door);
            self.enquiry(&mut tables, &made);
            self.referral(&mut tables, &made, one);
        }
        let mut around = Around::begin(self.now);
        let now = self.now;
        let came = |e: &Enquiry| e.received_at < now && e.decided_at.is_none_or(|at| at < now);
        for mut enquiry in decided(borough.size).into_iter().chain(waiting(borough.size, now)).filter(came) {
            if enquiry.answered_at.is_some_and(|at| at > now) {
                (enquiry.answered_at, enquiry.helped) = (None, None);
            }
            let about = whom(&enquiry, &known);
            let made = make(&mut no, enquiry, about, &at_the_door);
            self.enquiry(&mut tables, &made);
            around.of(self, &mut tables.steps, &made);
        }
        self.entries.send(tx).await?;
        tables.send(tx).await?;
        around.shift(self, borough, &known);
        around.send(tx).await
    }

    fn enquiry(&mut self, tables: &mut Tables, made: &Made<'_>) {
        let e = &made.enquiry;
        let Ok(due) = enquiry_due(e.telling.side, e.band, e.received_at, &self.clocks) else { return };
        tables.enquiries.push(row(made, &due));
        self.about(tables, made);
        self.steps(tables, made);
        self.clocks_of(tables, made, &due);
        if let (Some(said), Some(asked_at)) = (&e.helped, e.answered_at) {
            let ends = asked_at.checked_add(jiff::SignedDuration::from_hours(24 * 60)).unwrap_or(asked_at);
            let (helped, at) = match said {
                Some(helped) => (
                    Cell::text(helped.code()),
                    Cell::At(asked_at.checked_add(jiff::SignedDuration::from_hours(20)).unwrap_or(asked_at).min(self.now)),
                ),
                None => (Cell::Null, Cell::Null),
            };
            let digest = crate::sessions::digest(&made.id);
            tables.helped.push([
                self.other(),
                Cell::text(&made.id),
                Cell::text(digest),
                Cell::At(asked_at),
                Cell::At(ends),
                helped,
                Cell::text(""),
                at,
            ]);
        }
    }

    /// Whom it is about, and whose history it opens.
    fn about(&mut self, tables: &mut Tables, made: &Made<'_>) {
        let e = &made.enquiry;
        let (given, surname) = match (e.whom, made.about) {
            (_, Some(known)) => (known.given_name.as_str(), known.surname.as_str()),
            (Whom::Spoken(given, surname) | Whom::Cast(given, surname), None) => (given, surname),
            _ => ("", ""),
        };
        let linked = made.about.filter(|_| e.state != EnquiryState::New);
        let linked_by = made.owner.clone().unwrap_or_else(|| made.decider.clone());
        tables.people.push([
            self.other(),
            Cell::text(&made.id),
            Cell::text_or_null(linked.map(|k| k.person.clone())),
            Cell::text("subject"),
            Cell::text(given),
            Cell::text(surname),
            Cell::on(linked.and_then(|k| k.born_on)),
            Cell::text(""),
            Cell::text(linked.map_or("", |k| k.address.as_str())),
            Cell::text(linked.map_or("", |k| k.postcode.as_str())),
            Cell::text(""),
            Cell::text_or_null(linked.map(|_| linked_by)),
            linked.map_or(Cell::Null, |_| Cell::At(e.received_at)),
        ]);
        let Some(known) = linked else { return };
        let until = e.decided_at.and_then(|at| history_open_until(london(at).date(), &self.clocks).ok());
        if until.is_some_and(|until| until < london(self.now).date()) {
            return;
        }
        for person in &known.family {
            tables.access.push([Cell::text(&made.id), Cell::text(person), Cell::on(until)]);
        }
    }

    fn steps(&mut self, tables: &mut Tables, made: &Made<'_>) {
        let e = &made.enquiry;
        let mut step = |step: &str, words: &str, by: &str, at: Timestamp| {
            tables.steps.push([
                self.other(),
                Cell::text(&made.id),
                Cell::text(step),
                Cell::text(words),
                Cell::text("{}"),
                Cell::text(by),
                Cell::At(at),
            ]);
        };
        let owner = made.owner.as_deref().unwrap_or("system");
        let public = e.telling.channel == care::front_door::Channel::PublicPage;
        step("received", e.telling.channel.label(), if public { "public" } else { owner }, e.received_at);
        if public && made.owner.is_some() {
            step("taken", "", owner, e.acted_at.unwrap_or(e.received_at));
        }
        if let Some(at) = e.acted_at.filter(|_| e.band != UrgencyBand::Routine) {
            step("acted", "Rang back, and heard that everybody is safe for the moment.", owner, at);
        }
        if e.state == EnquiryState::AwaitingInformation {
            step(
                "ask_for_information",
                "School nurse to say when they were last weighed; asked to ring by tomorrow noon.",
                owner,
                e.acted_at.unwrap_or(e.received_at),
            );
        }
        if let Some(at) = e.decided_at {
            step("decide", &format!("{}. {}", e.telling.outcome.label(), e.telling.reason), &made.decider, at);
        }
        self.story(made);
    }

    /// What stands in the person's own story; who made contact is said by kind.
    fn story(&mut self, made: &Made<'_>) {
        let e = &made.enquiry;
        let (Some(known), Some(decided_at)) = (made.about, e.decided_at) else { return };
        let facts = format!("{{\"enquiry\":\"{}\",\"reference\":\"{}\"}}", made.id, made.reference);
        let came = if e.telling.outcome == Outcome::NewInformation { "new_information" } else { "enquiry" };
        let title = format!("{}: {}", if came == "enquiry" { "Enquiry" } else { "New information" }, e.telling.from.label());
        let mut lines = vec![(came, e.received_at, title, e.telling.words)];
        // A case's own story has its referral already.
        if !e.telling.outcome.opens_referral() {
            lines.push(("enquiry_decided", decided_at, e.telling.outcome.label().to_owned(), e.telling.reason));
        }
        for (kind, at, title, words) in lines {
            let entry = id(ENTRY, self.progress.entries);
            self.progress.entries += 1;
            let on = london(at).date();
            self.entries.push([
                Cell::text(entry),
                Cell::text(&known.person),
                Cell::text(kind),
                Cell::On(on),
                Cell::text(title),
                Cell::text(words),
                Cell::No,
                Cell::text(&facts),
                Cell::text("hand"),
                Cell::text(&made.decider),
                Cell::At(decided_at),
            ]);
        }
    }

    fn clocks_of(&mut self, tables: &mut Tables, made: &Made<'_>, due: &EnquiryDue) {
        let e = &made.enquiry;
        let acted = e.acted_at.or(e.decided_at);
        for (due, met) in [(&due.act, acted), (&due.acknowledge, e.acknowledged_at), (&due.decide, e.decided_at)] {
            if due.code == "ENQ_ACK" && e.telling.from == EnquirerKind::Anonymous {
                continue;
            }
            tables.dues.push([
                self.other(),
                Cell::text("enquiry"),
                Cell::text(&made.id),
                Cell::text(&due.code),
                Cell::On(london(e.received_at).date()),
                Cell::At(e.received_at),
                Cell::On(due.on),
                due.at.map_or(Cell::Null, Cell::At),
                met.map_or(Cell::Null, |at| Cell::On(london(at).date())),
                Cell::At(e.received_at),
            ]);
        }
    }

    fn referral(&mut self, tables: &mut Tables, made: &Made<'_>, one: &Lately) {
        let (e, decided_at) = (&made.enquiry, made.enquiry.decided_at.unwrap_or(self.now));
        tables.referrals.push([
            self.other(),
            Cell::text(&one.known.person),
            Cell::text(&made.id),
            Cell::text(e.telling.side.code()),
            Cell::text(e.telling.outcome.code()),
            Cell::On(london(e.received_at).date()),
            Cell::text(e.telling.from.code()),
            Cell::text(basis(e.telling.side).code()),
            Cell::On(london(decided_at).date()),
            Cell::text(&made.decider),
            Cell::text(e.telling.reason),
            Cell::text(id(TEAM, one.team)),
            Cell::text(&one.case),
            Cell::text("hand"),
            Cell::text(&made.decider),
            Cell::At(decided_at),
        ]);
    }
}

fn make<'k>(no: &mut usize, enquiry: Enquiry, about: Option<&'k Known>, at_the_door: &[String]) -> Made<'k> {
    *no += 1;
    let drawn = (*no as u64).wrapping_mul(611_953) + 90_001;
    let worker = at_the_door.get(enquiry.draw % at_the_door.len().max(1)).cloned().unwrap_or_else(|| id(WORKER, FLORA));
    let decider = if enquiry.draw.is_multiple_of(3) { id(WORKER, MANAGER) } else { worker.clone() };
    Made {
        id: id(ENQUIRY, *no),
        reference: reference(drawn),
        owner: (enquiry.state != EnquiryState::New).then_some(worker),
        enquiry,
        about,
        decider,
    }
}

/// Whom an enquiry concerns among those who were gathered.
fn whom<'k>(enquiry: &Enquiry, known: &'k [Known]) -> Option<&'k Known> {
    let child = enquiry.telling.side == Side::Child;
    let fits = |k: &&Known| match enquiry.whom {
        Whom::Known => k.child == child && k.case.is_none(),
        Whom::OpenCase => k.child == child && k.case.as_ref().is_some_and(|c| c.worker.is_some()),
        Whom::Cast(given, surname) => k.given_name == given && k.surname == surname,
        Whom::Spoken(..) => false,
    };
    let start = enquiry.draw % known.len().max(1);
    let around = || known[start..].iter().chain(&known[..start]);
    let anybody = |k: &&Known| enquiry.whom == Whom::Known && k.child == child;
    around().find(fits).or_else(|| around().find(anybody))
}

pub(super) fn basis(side: Side) -> LegalBasis {
    if side == Side::Child { LegalBasis::Section17 } else { LegalBasis::CareActAssessment }
}

/// How it is safe to reply to each, and where.
pub(super) fn reply(made: &Made<'_>) -> (ReplyBy, String, &'static str) {
    let e = &made.enquiry;
    let number = format!("07700 900{:03}", e.draw % 1000);
    match e.telling.from {
        EnquirerKind::Anonymous => (ReplyBy::DoNotContact, String::new(), "no"),
        EnquirerKind::ParentOrCarer | EnquirerKind::Relative => {
            (ReplyBy::Telephone, number, if e.draw.is_multiple_of(2) { "yes" } else { "number_only" })
        }
        EnquirerKind::ThePerson if e.telling.side == Side::Child => (ReplyBy::ThroughAnother, "Ms Hale, Mill Lane Primary".into(), "no"),
        EnquirerKind::ThePerson => (ReplyBy::Letter, "14 Fold Lane, Ashmere, ZZ1 4QP".into(), "yes"),
        _ => (ReplyBy::Email, format!("reply{}@{}.example", e.draw % 97, e.telling.from.code().replace('_', "-")), "yes"),
    }
}

#[rustfmt::skip]
fn row(made: &Made<'_>, due: &EnquiryDue) -> [Cell; 41] {
    let e = &made.enquiry;
    let t = &e.telling;
    let open = e.state.is_open();
    let anonymous = t.from == EnquirerKind::Anonymous;
    let never = anonymous.then_some(e.received_at);
    let done = EnquiryDone { acted_at: e.acted_at, acknowledged_at: e.acknowledged_at.or(never), decided_at: e.decided_at };
    let told = !open && e.answered_at.is_none() && !anonymous;
    let next = due.next(&done).filter(|_| open || told);
    let (by, address, message) = reply(made);
    let at = |at: Option<Timestamp>| at.map_or(Cell::Null, Cell::At);
    let if_decided = |text: &str| if open { Cell::Null } else { Cell::text(text) };
    let proposed = e.state == EnquiryState::AwaitingSignOff;
    let public = t.channel == care::front_door::Channel::PublicPage;
    let how = if by == ReplyBy::Email { "email" } else { "telephone" };
    let answered_how = if anonymous { Cell::text("not_told") } else { Cell::text(if by == ReplyBy::Email { "email" } else if by == ReplyBy::Letter { "letter" } else { "telephone" }) };
    [
        Cell::text(&made.id), Cell::text(&made.reference), Cell::text(t.channel.code()), Cell::text(t.side.code()), Cell::text(e.state.code()), Cell::text(e.band.code()),
        Cell::text_or_null(made.owner.clone()), Cell::At(e.received_at), Cell::text(if public { "public".to_owned() } else { made.owner.clone().unwrap_or_else(|| id(WORKER, FLORA)) }), Cell::At(e.received_at),
        Cell::text(t.from.code()), Cell::text(t.name), Cell::text(t.organisation), Cell::text(if by == ReplyBy::Telephone { address.as_str() } else { "" }), Cell::text(""), Cell::text(t.words), Cell::text(danger(e)),
        Cell::text(by.code()), Cell::text(&address), Cell::text(message), Cell::text(""), if_decided(basis(t.side).code()),
        if open { Cell::text("not_asked") } else { Cell::text("yes") }, if open { Cell::Null } else { Cell::on(e.decided_at.map(|at| london(at).date())) }, Cell::text(""),
        next.map_or(Cell::Null, |due| Cell::At(late_after(due).0)), Cell::text_or_null(next.map(|due| due.code.clone())), at(e.acted_at), at(e.acknowledged_at),
        Cell::text_or_null(e.acknowledged_at.map(|_| made.owner.clone().unwrap_or_else(|| made.decider.clone()))), Cell::text_or_null(e.acknowledged_at.map(|_| how)), at(e.answered_at),
        if e.answered_at.is_some() || (anonymous && !open) { answered_how } else { Cell::Null },
        if proposed { Cell::text(t.outcome.code()) } else { if_decided(t.outcome.code()) }, if_decided(t.reason), if_decided(t.family),
        if proposed { Cell::text_or_null(made.owner.clone()) } else { Cell::Null }, if proposed { at(e.acted_at) } else { Cell::Null },
        if open { Cell::Null } else { Cell::text(&made.decider) }, at(e.decided_at), Cell::Number(1),
    ]
}

/// The answers about immediate danger, as they fit the band; of what came in just now nobody has asked yet.
fn danger(e: &Enquiry) -> String {
    if e.state == EnquiryState::New && e.band != UrgencyBand::Immediate {
        return "{}".into();
    }
    let yes = |q: &DangerQuestion| e.band == UrgencyBand::Immediate && *q == DangerQuestion::HurtNow;
    let unknown = |q: &DangerQuestion| e.band == UrgencyBand::Urgent && *q == DangerQuestion::PersonWhoHarms;
    let answers = DangerQuestion::ALL.iter().map(|q| {
        (
            *q,
            if yes(q) {
                Answer::Known(true)
            } else if unknown(q) {
                Answer::Unknown
            } else {
                Answer::Known(false)
            },
        )
    });
    danger_text(&answers.collect())
}
