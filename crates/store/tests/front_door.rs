//! The front door on both databases: from the first words to what follows, and who may read meanwhile.
#![allow(clippy::unwrap_used)]

use care::{
    access::Deed,
    family::RelationKind,
    front_door::{
        Channel, DangerQuestion, EnquirerKind, EnquiryStep, LegalBasis, MayLeaveMessage, Outcome, ReplyBy, Side, Told, UrgencyBand,
        WhyNotTold,
    },
    person::Answer,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use store::{
    Act, Day, Db, Error, Tx,
    front_door::{self, Chosen, Decision, Enquirer, Head, NewPerson, Part, Reply, Show, Taken, ToEnquirer},
    id::{EnquiryId, PersonId, TeamId, WorkerId, fresh},
    outbox::{Channel as Way, Message},
    people, policy, run, sql,
    testing::{self, Small, TODAY, scene, start},
    waits, workers,
};

/// The small world with a front door that decides: Dana, a social worker there, and Marta, its manager; and Ellie's
/// sister at home, her brother elsewhere and their mother.
struct World {
    db: Db,
    name: &'static str,
    s: Small,
    dana: WorkerId,
    marta: WorkerId,
    sister: PersonId,
    brother: PersonId,
    stranger: PersonId,
    adults: TeamId,
}

async fn worlds() -> Vec<World> {
    let mut all = Vec::new();
    for (name, db) in testing::databases().await {
        let s = testing::small(&db).await.unwrap();
        let mut tx = scene(&db).await;
        let dana = testing::worker(&mut tx, "Dana", "Frost", "front_door_worker", Some(&s.front_door)).await.unwrap();
        role(&mut tx, &dana, "social_worker", &s.front_door).await;
        let marta = testing::worker(&mut tx, "Marta", "Quist", "team_manager", Some(&s.front_door)).await.unwrap();
        let sister = testing::person(&mut tx, "Rosa", "Marsh", Some(date(2019, 7, 7))).await.unwrap();
        let brother = testing::person(&mut tx, "Jude", "Marsh", Some(date(2012, 1, 9))).await.unwrap();
        let mother = testing::person(&mut tx, "Anna", "Marsh", Some(date(1988, 1, 9))).await.unwrap();
        let stranger = testing::person(&mut tx, "Lev", "Stone", Some(date(2014, 1, 9))).await.unwrap();
        let adults = testing::team(&mut tx, "Adults East", "adults").await.unwrap();
        for child in [&s.child, &sister, &brother] {
            relation(&mut tx, &mother, child).await;
        }
        household(&mut tx, &[&s.child, &sister, &mother]).await;
        address(&mut tx, &mother).await;
        tx.commit().await.unwrap();
        all.push(World { db, name, s, dana, marta, sister, brother, stranger, adults });
    }
    all
}

async fn role(tx: &mut Tx, worker: &WorkerId, role: &str, team: &TeamId) {
    let at = tx.act().at();
    run!(
        tx,
        sqlx::query(
            "INSERT INTO role_held (id, worker_id, role, team_id, from_on, granted_by, granted_at) VALUES ($1,$2,$3,$4,$5,'system',$6)"
        )
        .bind(fresh())
        .bind(worker)
        .bind(role)
        .bind(team)
        .bind(Day(date(2020, 1, 1)))
        .bind(at)
    )
    .unwrap();
}

async fn relation(tx: &mut Tx, mother: &PersonId, child: &PersonId) {
    run!(
        tx,
        sqlx::query("INSERT INTO relationship (id, person_id, other_id, kind, parental_responsibility, lives_with, source) VALUES ($1,$2,$3,$4,'yes','yes','hand')")
            .bind(fresh())
            .bind(mother)
            .bind(child)
            .bind(RelationKind::Mother.code())
    )
    .unwrap();
}

async fn household(tx: &mut Tx, members: &[&PersonId]) {
    let home = fresh();
    run!(tx, sqlx::query("INSERT INTO household (id, name, lines, postcode) VALUES ($1,'Marsh','1 Mill Lane','ZZ1 1AA')").bind(&home))
        .unwrap();
    for member in members {
        run!(
            tx,
            sqlx::query("INSERT INTO household_member (id, household_id, person_id) VALUES ($1,$2,$3)")
                .bind(fresh())
                .bind(&home)
                .bind(*member)
        )
        .unwrap();
    }
}

async fn address(tx: &mut Tx, person: &PersonId) {
    run!(
        tx,
        sqlx::query("INSERT INTO person_address (id, person_id, kind, lines, postcode, confidential) VALUES ($1,$2,'home','1 Mill Lane','ZZ1 1AA',$3)")
            .bind(fresh())
            .bind(person)
            .bind(false)
    )
    .unwrap();
}

fn no_danger() -> Vec<(DangerQuestion, Answer<bool>)> {
    DangerQuestion::ALL.iter().map(|q| (*q, Answer::Known(false))).collect()
}

fn taken() -> Taken {
    Taken {
        channel: Channel::Telephone,
        side: Some(Side::Child),
        band: UrgencyBand::Routine,
        received_at: start(),
        enquirer: Enquirer {
            kind: Some(EnquirerKind::School),
            name: "Ms Hale".into(),
            organisation: "Mill Lane Primary".into(),
            ..Enquirer::default()
        },
        words: "Ellie came without lunch for a week".into(),
        danger: no_danger(),
        reply: Reply {
            by: Some(ReplyBy::Email),
            address: "hale@school.example".into(),
            message: Some(MayLeaveMessage::Yes),
            words: String::new(),
        },
        legal_basis: Some(LegalBasis::Section17),
        told: Told::Yes { on: TODAY },
    }
}

fn about(record: &PersonId) -> NewPerson {
    NewPerson {
        part: Part::Subject,
        given_name: "Ellie".into(),
        surname: "Marsh".into(),
        born_on: None,
        born_words: "about ten".into(),
        address: String::new(),
        postcode: String::new(),
        relation: String::new(),
        record: Some(record.clone()),
    }
}

fn decision(outcome: Outcome, people: &[(&PersonId, &TeamId)]) -> Decision {
    Decision {
        outcome,
        reason: "Three signs of neglect, and nobody at home answers".into(),
        family_reason: "School is worried that Ellie is hungry".into(),
        legal_basis: Some(LegalBasis::Section17),
        told: Told::Yes { on: TODAY },
        people: people.iter().map(|(person, team)| Chosen { person: (*person).clone(), team: Some((*team).clone()) }).collect(),
        cases: vec![],
        authority: String::new(),
        to_enquirer: ToEnquirer::Later,
        to_family: None,
    }
}

impl World {
    async fn by(&self, worker: &WorkerId) -> Tx {
        self.at(worker, start()).await
    }
    async fn at(&self, worker: &WorkerId, at: Timestamp) -> Tx {
        self.db.write(Act::new(worker.clone(), at)).await.unwrap()
    }
    /// Dana writes an enquiry down about these people.
    async fn enquiry(&self, taken: &Taken, people: &[&PersonId]) -> EnquiryId {
        let mut tx = self.by(&self.dana).await;
        let people: Vec<NewPerson> = people.iter().map(|p| about(p)).collect();
        let id = front_door::record(&mut tx, taken, &people).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
    async fn decide(&self, who: &WorkerId, id: &EnquiryId, decision: &Decision) -> store::Result<front_door::Decided> {
        let mut tx = self.by(who).await;
        let opened = front_door::open(&mut tx, id).await?;
        let version = opened.enquiry.version;
        let made = front_door::decide(&mut tx, &opened, version, decision).await?;
        tx.commit().await?;
        Ok(made)
    }
    async fn count(&self, text: &'static str) -> i64 {
        let mut tx = scene(&self.db).await;
        let (n,): (i64,) = sql!(tx, |c| sqlx::query_as(text).fetch_one(c)).unwrap();
        n
    }
    async fn may_read(&self, worker: &WorkerId, person: &PersonId, at: Timestamp) -> bool {
        let mut tx = self.db.read(Act::new(worker.clone(), at)).await.unwrap();
        let read = people::open(&mut tx, person, Deed::ReadRecord).await.is_ok();
        tx.finish().await.unwrap();
        read
    }
    async fn board(&self, worker: &WorkerId) -> Vec<front_door::Row> {
        let mut tx = self.db.read(Act::new(worker.clone(), start())).await.unwrap();
        let rows = front_door::board(&mut tx).await.unwrap();
        tx.finish().await.unwrap();
        rows
    }
}

#[tokio::test]
async fn an_enquiry_is_under_way_with_hardly_anything_said() {
    for w in worlds().await {
        let mut bare = taken();
        bare.enquirer = Enquirer::default();
        bare.side = None;
        bare.danger = vec![];
        bare.reply = Reply::default();
        bare.told = Told::NotAsked;
        bare.words = "Shouting next door".into();
        let id = w.enquiry(&bare, &[]).await;
        let rows = w.board(&w.dana).await;
        assert_eq!(rows.len(), 1, "{}", w.name);
        assert_eq!(rows[0].enquiry.id, id);
        assert_eq!(rows[0].enquiry.band, "urgent", "questions about danger that were not asked count as urgent");
        assert_eq!(rows[0].left, "4 hours left");
        assert_eq!(w.count("SELECT COUNT(*) FROM due WHERE subject_kind = 'enquiry' AND met_on IS NULL").await, 3);
    }
}

#[tokio::test]
async fn the_history_opens_with_the_enquiry_and_closes_five_working_days_after_the_decision() {
    for w in worlds().await {
        let now = start();
        for person in [&w.s.child, &w.sister, &w.brother] {
            assert!(!w.may_read(&w.s.flora, person, now).await, "{}", w.name);
        }
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        for person in [&w.s.child, &w.sister, &w.brother] {
            assert!(w.may_read(&w.s.flora, person, now).await, "{}: the child, the sister at home, the brother elsewhere", w.name);
        }
        assert!(!w.may_read(&w.s.flora, &w.stranger, now).await);
        assert!(!w.may_read(&w.s.tom, &w.s.child, now).await, "the enquiry opens nothing to other teams");
        w.decide(&w.dana, &id, &decision(Outcome::NoFurtherAction, &[(&w.s.child, &w.s.north)])).await.unwrap();
        // Decided on Thursday 14 May 2026; five working days on is Thursday 21 May.
        for (at, open) in [("2026-05-21T21:00:00Z", true), ("2026-05-22T08:00:00Z", false)] {
            assert_eq!(w.may_read(&w.s.flora, &w.sister, at.parse().unwrap()).await, open, "{} {at}", w.name);
        }
    }
}

#[tokio::test]
async fn a_link_taken_back_closes_what_it_had_opened() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child, &w.stranger]).await;
        let mut tx = w.by(&w.dana).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let row =
            front_door::people_of(&mut tx, &opened).await.unwrap().into_iter().find(|p| p.person_id.as_ref() == Some(&w.stranger)).unwrap();
        front_door::unlink(&mut tx, &opened, &row.id).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!w.may_read(&w.s.flora, &w.stranger, start()).await, "{}", w.name);
        assert!(w.may_read(&w.s.flora, &w.sister, start()).await);
    }
}

#[tokio::test]
async fn a_referral_fans_out_to_each_child() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let made = w
            .decide(
                &w.dana,
                &id,
                &decision(Outcome::ChildrensReferral, &[(&w.s.child, &w.s.south), (&w.sister, &w.s.south), (&w.brother, &w.s.north)]),
            )
            .await
            .unwrap();
        assert_eq!((made.referrals.len(), made.involvements.len()), (3, 3), "{}", w.name);
        assert_eq!(w.count("SELECT COUNT(DISTINCT family_event_id) FROM referral").await, 1);
        assert_eq!(w.count("SELECT COUNT(DISTINCT person_id) FROM entry WHERE kind = 'referral' AND family_event_id IS NOT NULL").await, 3);
        assert_eq!(
            w.count("SELECT COUNT(*) FROM due WHERE code = 'REF_DEC' AND subject_kind = 'referral' AND met_on IS NOT NULL").await,
            3
        );
        // Received on Thursday 14 May 2026; 45 working days on, the spring bank holiday left out, is Friday 17 July.
        assert_eq!(
            w.count("SELECT COUNT(*) FROM due WHERE code = 'CFA' AND due_on = '2026-07-17' AND met_on IS NULL").await,
            3,
            "{}",
            w.name
        );
        assert_eq!(w.count("SELECT COUNT(*) FROM due WHERE subject_kind = 'enquiry' AND code = 'REF_DEC' AND met_on IS NOT NULL").await, 1);
        assert_eq!(
            w.count("SELECT COUNT(*) FROM involvement i WHERE NOT EXISTS (SELECT 1 FROM allocation a WHERE a.involvement_id = i.id)").await,
            3
        );
        assert!(w.count("SELECT COUNT(*) FROM notice WHERE kind = 'referral' AND to_team_id IS NOT NULL").await == 2, "each team once");
    }
}

#[tokio::test]
async fn every_outcome_does_what_it_says() {
    for w in worlds().await {
        for outcome in Outcome::ALL {
            let side = if outcome.fits(Side::Child) { Side::Child } else { Side::Adult };
            let id = w.enquiry(&Taken { side: Some(side), ..taken() }, &[&w.stranger]).await;
            let mut d = decision(*outcome, &[(&w.stranger, if side == Side::Child { &w.s.south } else { &w.adults })]);
            if *outcome == Outcome::NewInformation {
                let mut tx = w.by(&w.dana).await;
                let opened = front_door::open(&mut tx, &id).await.unwrap();
                front_door::add_person(&mut tx, &opened, &about(&w.s.child)).await.unwrap();
                tx.commit().await.unwrap();
                d.cases = vec![w.s.involvement.clone()];
            }
            if *outcome == Outcome::OtherAuthority {
                d.authority = "Borough of Fenwick".into();
            }
            let made = w.decide(&w.dana, &id, &d).await.unwrap_or_else(|e| panic!("{} {outcome}: {e}", w.name));
            assert_eq!(made.referrals.len(), usize::from(outcome.opens_referral()), "{} {outcome}", w.name);
            assert_eq!(made.involvements.len(), usize::from(outcome.case_kind().is_some()), "{} {outcome}", w.name);
        }
        assert_eq!(
            w.count("SELECT COUNT(*) FROM notice WHERE kind = 'new_information' AND must_acknowledge").await,
            2,
            "the worker and duty, {}",
            w.name
        );
        assert_eq!(testing::notices(&w.db, &w.s.priya).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn what_is_missing_stands_in_the_way() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let good = decision(Outcome::ChildrensReferral, &[(&w.s.child, &w.s.south)]);
        let stranger = decision(Outcome::ChildrensReferral, &[(&w.stranger, &w.s.south)]);
        for (who, d, field) in [
            (&w.dana, Decision { reason: " ".into(), ..good.clone() }, "reason"),
            (&w.dana, Decision { legal_basis: None, ..good.clone() }, "legal_basis"),
            (&w.dana, Decision { told: Told::NotAsked, ..good.clone() }, "told"),
            (&w.dana, Decision { people: vec![], ..good.clone() }, "about"),
            (&w.dana, Decision { people: vec![Chosen { person: w.s.child.clone(), team: None }], ..good.clone() }, "team"),
            (&w.dana, decision(Outcome::NewInformation, &[]), "cases"),
            (&w.dana, decision(Outcome::OtherAuthority, &[]), "authority"),
            (&w.dana, decision(Outcome::AdultSafeguarding, &[(&w.s.child, &w.s.south)]), "outcome"),
            (&w.dana, stranger, "about"),
        ] {
            match w.decide(who, &id, &d).await {
                Err(Error::Refused { field: got, .. }) => assert_eq!(got, field, "{}", w.name),
                other => panic!("{} {field}: {other:?}", w.name),
            }
        }
        // A front-door worker who is no social worker does not decide for a child.
        assert!(matches!(w.decide(&w.s.flora, &id, &good).await, Err(Error::RoleLacks)), "{}", w.name);
        let withheld = Told::No { why: WhyNotTold::RiskToPerson, described: String::new() };
        w.decide(&w.dana, &id, &Decision { told: withheld, ..good }).await.unwrap();
    }
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_hears_of_the_other() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let mut tx = w.by(&w.dana).await;
        let seen = front_door::open(&mut tx, &id).await.unwrap().enquiry.version;
        tx.commit().await.unwrap();
        w.decide(&w.dana, &id, &decision(Outcome::ChildrensReferral, &[(&w.s.child, &w.s.south)])).await.unwrap();
        let mut tx = w.by(&w.marta).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let second = front_door::decide(&mut tx, &opened, seen, &decision(Outcome::NoFurtherAction, &[])).await;
        assert!(matches!(second, Err(Error::Stale)), "{}: {second:?}", w.name);
        drop(tx);
        assert_eq!(w.count("SELECT COUNT(*) FROM referral").await, 1, "{}", w.name);
    }
}

#[tokio::test]
async fn with_sign_off_nobody_signs_off_their_own() {
    for w in worlds().await {
        let mut tx = w.db.write(Act::command_line("test", start())).await.unwrap();
        policy::set(
            &mut tx,
            &policy::NewSetting {
                key: "front_door.sign_off".into(),
                value: "manager".into(),
                from_on: TODAY,
                source: "Practice board".into(),
            },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let d = decision(Outcome::ChildrensReferral, &[(&w.s.child, &w.s.south)]);
        assert!(matches!(w.decide(&w.dana, &id, &d).await, Err(Error::Refused { field: "outcome", .. })), "{}", w.name);
        for proposer in [&w.marta, &w.dana] {
            let mut tx = w.by(proposer).await;
            let opened = front_door::open(&mut tx, &id).await.unwrap();
            let version = opened.enquiry.version;
            front_door::propose(&mut tx, &opened, version, &d, "{}").await.unwrap();
            tx.commit().await.unwrap();
            if *proposer == w.marta {
                let own = w.decide(&w.marta, &id, &d).await;
                assert!(matches!(own, Err(Error::Refused { .. })), "{}: {own:?}", w.name);
                let mut tx = w.by(&w.marta).await;
                let opened = front_door::open(&mut tx, &id).await.unwrap();
                let version = opened.enquiry.version;
                front_door::move_on(&mut tx, &opened, version, EnquiryStep::ReturnDecision, "Ask school first").await.unwrap();
                tx.commit().await.unwrap();
            }
        }
        w.decide(&w.marta, &id, &d).await.unwrap();
    }
}

#[tokio::test]
async fn a_hidden_record_shows_nothing_and_alerts_its_guardian_once() {
    for w in worlds().await {
        testing::hide(&w.db, &w.s.child, &w.s.ines).await.unwrap();
        let id = w.enquiry(&taken(), &[]).await;
        let mut tx = w.by(&w.dana).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let typed = NewPerson { record: None, born_on: Some(date(2016, 3, 2)), ..about(&w.s.child) };
        front_door::add_person(&mut tx, &opened, &typed).await.unwrap();
        let row = front_door::people_of(&mut tx, &opened).await.unwrap().remove(0);
        tx.commit().await.unwrap();
        for _ in 0..2 {
            let found = front_door::matches(&w.db, &Act::new(w.dana.clone(), start()), &id, &row).await.unwrap();
            assert!(found.iter().all(|m| m.id != w.s.child), "{}", w.name);
        }
        assert_eq!(testing::notices(&w.db, &w.s.ines).await.unwrap(), 1, "{}", w.name);
        // Its address typed in by hand is no such record either.
        let mut tx = w.by(&w.dana).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        assert!(matches!(front_door::link(&mut tx, &opened, &row.id, &w.s.child).await, Err(Error::Hidden(_))), "{}", w.name);
        drop(tx);
        // The guardian was sent the enquiry, links the record, and from then on it is gone for all who are not on the list.
        let mut tx = w.by(&w.s.ines).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        front_door::link(&mut tx, &opened, &row.id, &w.s.child).await.unwrap();
        tx.commit().await.unwrap();
        assert!(w.board(&w.dana).await.is_empty(), "{}", w.name);
        let mut tx = w.by(&w.dana).await;
        assert!(matches!(front_door::open(&mut tx, &id).await, Err(Error::Hidden(_))), "{}", w.name);
    }
}

#[tokio::test]
async fn only_the_front_door_and_those_who_were_told_read_an_enquiry() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        for (who, may) in [
            (&w.dana, true),
            (&w.s.flora, true),
            (&w.marta, true),
            (&w.s.priya, false),
            (&w.s.tom, false),
            (&w.s.grace, false),
            (&w.s.sam, false),
        ] {
            let mut tx = w.by(who).await;
            assert_eq!(front_door::open(&mut tx, &id).await.is_ok(), may, "{} {who}", w.name);
        }
        let mut d = decision(Outcome::NewInformation, &[(&w.s.child, &w.s.north)]);
        d.cases = vec![w.s.involvement.clone()];
        w.decide(&w.dana, &id, &d).await.unwrap();
        let mut tx = w.by(&w.s.priya).await;
        assert!(front_door::open(&mut tx, &id).await.is_ok(), "{}: the allocated worker was told", w.name);
        drop(tx);
        let mut tx = w.by(&w.s.tom).await;
        assert!(matches!(front_door::open(&mut tx, &id).await, Err(Error::RoleLacks)));
    }
}

#[tokio::test]
async fn a_conflict_of_interest_shuts_the_enquiry() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let mut tx = scene(&w.db).await;
        run!(
            tx,
            sqlx::query("INSERT INTO conflict_of_interest (id, worker_id, person_id, reason, from_on) VALUES ($1,$2,$3,'relative',$4)")
                .bind(fresh())
                .bind(&w.s.flora)
                .bind(&w.s.child)
                .bind(Day(TODAY))
        )
        .unwrap();
        tx.commit().await.unwrap();
        let mut tx = w.by(&w.s.flora).await;
        assert!(matches!(front_door::open(&mut tx, &id).await, Err(Error::IndexOnly(_))), "{}", w.name);
        drop(tx);
        assert!(w.board(&w.s.flora).await.is_empty());
        assert_eq!(w.board(&w.dana).await.len(), 1);
    }
}

#[tokio::test]
async fn nothing_goes_by_a_way_that_was_not_said_to_be_safe() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let message = |channel, address: &str| Message {
            channel,
            to_name: String::new(),
            to_address: address.into(),
            subject: "s".into(),
            body: "b".into(),
        };
        for (message, good) in [
            (message(Way::Letter, "1 Mill Lane"), false),
            (message(Way::Email, "other@school.example"), false),
            (message(Way::Email, "hale@school.example"), true),
        ] {
            let d = Decision { to_enquirer: ToEnquirer::Message(message), ..decision(Outcome::NoFurtherAction, &[]) };
            let got = w.decide(&w.dana, &id, &d).await;
            assert_eq!(got.is_ok(), good, "{}: {got:?}", w.name);
        }
        assert_eq!(w.count("SELECT COUNT(*) FROM outbox WHERE state = 'to_send'").await, 1);
        assert_eq!(
            w.count("SELECT COUNT(*) FROM due WHERE code = 'ENQ_ACK' AND met_on IS NOT NULL").await,
            1,
            "an answer acknowledges too"
        );
    }
}

#[tokio::test]
async fn a_family_that_is_not_to_be_told_is_sent_nothing() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let letter = Message {
            channel: Way::Letter,
            to_name: "Anna Marsh".into(),
            to_address: "1 Mill Lane".into(),
            subject: "s".into(),
            body: "b".into(),
        };
        let d = Decision {
            told: Told::No { why: WhyNotTold::RiskToPerson, described: String::new() },
            to_family: Some(letter),
            ..decision(Outcome::NoFurtherAction, &[])
        };
        w.decide(&w.dana, &id, &d).await.unwrap();
        assert_eq!(w.count("SELECT COUNT(*) FROM outbox").await, 0, "{}", w.name);
    }
}

#[tokio::test]
async fn the_board_counts_what_it_lists() {
    for w in worlds().await {
        for (minutes, band, side) in
            [(0, UrgencyBand::Routine, Side::Child), (300, UrgencyBand::Urgent, Side::Child), (10, UrgencyBand::Immediate, Side::Adult)]
        {
            let t = Taken { band, side: Some(side), received_at: start() - SignedDuration::from_mins(minutes), ..taken() };
            w.enquiry(&t, &[]).await;
        }
        let rows = w.board(&w.dana).await;
        let bands: Vec<&str> = rows.iter().map(|r| r.enquiry.band.as_str()).collect();
        assert_eq!(bands, ["immediate", "urgent", "routine"], "{}: danger, then late, then the rest", w.name);
        assert_eq!(rows[1].left, "late by 1 hour");
        let me = w.dana.to_string();
        let late = rows.iter().filter(|r| Show::Late.holds(r, &me)).count() as i64;
        let immediate = rows.iter().filter(|r| Show::Immediate.holds(r, &me)).count() as i64;
        let mut tx = w.db.read(Act::new(w.dana.clone(), start())).await.unwrap();
        let standing = workers::standing(&mut tx, &w.dana, TODAY).await.unwrap();
        assert_eq!(front_door::counts(&mut tx, &standing).await.unwrap(), Some((late, immediate)), "{}", w.name);
        assert_eq!((late, immediate), (1, 1));
        tx.finish().await.unwrap();
    }
}

#[tokio::test]
async fn an_enquiry_opened_again_is_one_enquiry_in_the_figures() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[&w.s.child]).await;
        let d = decision(Outcome::NoFurtherAction, &[(&w.s.child, &w.s.north)]);
        w.decide(&w.dana, &id, &d).await.unwrap();
        let decided = |w: &World| {
            let (db, marta) = (w.db.clone(), w.marta.clone());
            async move {
                let mut tx = db.read(Act::new(marta, start())).await.unwrap();
                let found = waits::figures(&mut tx, waits::Period { from: TODAY, until: TODAY }).await.unwrap();
                tx.finish().await.unwrap();
                let clock = found.clocks.into_iter().find(|c| c.code == "REF_DEC").unwrap();
                (clock.on_time, clock.late, clock.open)
            }
        };
        assert_eq!(decided(&w).await, (1, 0, 0), "{}", w.name);
        let mut tx = w.by(&w.marta).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        front_door::move_on(&mut tx, &opened, opened.enquiry.version, EnquiryStep::Reopen, "A second call").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(decided(&w).await, (0, 0, 1), "{}: it is open again, and nothing else", w.name);
        w.decide(&w.dana, &id, &d).await.unwrap();
        assert_eq!(decided(&w).await, (1, 0, 0), "{}: one enquiry, decided", w.name);
    }
}

#[tokio::test]
async fn whoever_is_on_no_record_is_added_once() {
    for w in worlds().await {
        let mut new = about(&w.s.child);
        (new.given_name, new.surname, new.record) = ("Mina".into(), "Okoro".into(), None);
        (new.born_on, new.address, new.postcode) = (Some(date(2021, 3, 4)), "2 Mill Lane".into(), "zz1 1ab".into());
        let nameless = NewPerson { given_name: String::new(), surname: String::new(), ..new.clone() };
        let mut tx = w.by(&w.dana).await;
        let id = front_door::record(&mut tx, &taken(), &[new, nameless]).await.unwrap();
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let people = front_door::people_of(&mut tx, &opened).await.unwrap();
        let row = |name: &str| people.iter().find(|p| p.given_name == name).unwrap().id.clone();
        assert!(matches!(front_door::add_to_records(&mut tx, &opened, &row("")).await, Err(Error::Refused { field: "row", .. })));
        front_door::add_to_records(&mut tx, &opened, &row("Mina")).await.unwrap();
        assert!(matches!(front_door::add_to_records(&mut tx, &opened, &row("Mina")).await, Err(Error::Stale)), "{}", w.name);
        let linked = front_door::people_of(&mut tx, &opened).await.unwrap().into_iter().find_map(|p| p.person_id).unwrap();
        let person = people::open(&mut tx, &linked, Deed::ReadRecord).await.unwrap();
        assert_eq!(person.person().name(), "Mina Okoro");
        assert_eq!(people::addresses(&mut tx, &person).await.unwrap()[0].postcode, "ZZ1 1AB");
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn one_address_is_slowed_down_by_the_hour() {
    for w in worlds().await {
        let limit = front_door::Limit { an_hour: 3, a_day: 4 };
        for (minute, key, waits) in
            [(0, "a", None), (1, "a", None), (2, "a", None), (3, "a", Some(57 * 60)), (3, "b", None), (60, "a", Some(60 * 60))]
        {
            let at = start() + SignedDuration::from_mins(minute);
            let mut tx = w.db.write(Act::public(at)).await.unwrap();
            let got = front_door::may_use(&mut tx, key, limit).await.unwrap();
            front_door::refused(tx).await.unwrap();
            assert_eq!(got, waits, "{} minute {minute} of {key}", w.name);
        }
    }
}

#[tokio::test]
async fn the_public_are_acknowledged_without_a_name_and_without_content() {
    for w in worlds().await {
        let mut t = taken();
        t.danger = vec![(DangerQuestion::HurtNow, Answer::Known(true))];
        t.channel = Channel::PublicPage;
        let mut tx = w.db.write(Act::public(start())).await.unwrap();
        let typed = NewPerson { record: Some(w.s.child.clone()), ..about(&w.s.child) };
        let head = Head { council: "Ashmere".into() };
        let (id, reference) = front_door::receive(&mut tx, &t, &[typed], &head).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(reference.len(), 9);
        assert_eq!(w.count("SELECT COUNT(*) FROM enquiry_person").await, 0, "nobody without an account names a record");
        assert_eq!(w.count("SELECT COUNT(*) FROM notice WHERE kind = 'urgent_enquiry'").await, 1, "{}", w.name);
        let mut tx = w.by(&w.dana).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let sent = front_door::messages(&mut tx, &opened).await.unwrap().remove(0);
        assert!(sent.body.contains(&reference) && !sent.body.contains("Ellie") && !sent.body.contains("lunch"), "{}", sent.body);
        assert_eq!((sent.to_name.as_str(), sent.to_address.as_str()), ("", "hale@school.example"));
    }
}

#[tokio::test]
async fn somebody_elses_saving_is_not_overwritten() {
    for w in worlds().await {
        let id = w.enquiry(&taken(), &[]).await;
        let mut tx = w.by(&w.dana).await;
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let version = opened.enquiry.version;
        front_door::change(&mut tx, &opened, version, &Taken { words: "Two weeks".into(), ..taken() }).await.unwrap();
        assert!(matches!(front_door::change(&mut tx, &opened, version, &taken()).await, Err(Error::Stale)), "{}", w.name);
        let ahead = Taken { received_at: start() + SignedDuration::from_hours(1), ..taken() };
        assert!(matches!(front_door::record(&mut tx, &ahead, &[]).await, Err(Error::Refused { .. })));
    }
}
