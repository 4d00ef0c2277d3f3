//! Deciding an enquiry over HTTP: what follows for each child, who signs it off, who is told what, and whom it comes back to.

use care::{
    front_door::{Channel, DangerQuestion, EnquirerKind, LegalBasis, MayLeaveMessage, Outcome, ReplyBy, Side, Told, UrgencyBand},
    person::Answer,
};
use jiff::civil::date;
use keyworker::jobs::unanswered;
use store::{
    Act,
    front_door::{self, Enquirer, NewPerson, Part, Reply, Taken},
    id::{EnquiryId, PersonId, WorkerId},
    outbox,
    testing::{self, Small, TODAY, scene, start},
};

use crate::browser::{Browser, House};

/// The small world with a social worker and a manager at the front door, and Ellie's sister at home with their mother.
struct World {
    house: House,
    s: Small,
    dana: WorkerId,
    marta: WorkerId,
    adult: PersonId,
}

async fn worlds() -> Vec<World> {
    let mut all = Vec::new();
    for (house, s) in House::each().await {
        let mut tx = scene(&house.db).await;
        let dana = testing::worker(&mut tx, "Dana", "Frost", "social_worker", Some(&s.front_door)).await.unwrap();
        let marta = testing::worker(&mut tx, "Marta", "Quist", "team_manager", Some(&s.front_door)).await.unwrap();
        let sister = testing::person(&mut tx, "Rosa", "Marsh", Some(date(2019, 7, 7))).await.unwrap();
        let mother = testing::person(&mut tx, "Anna", "Marsh", Some(date(1988, 1, 9))).await.unwrap();
        let adult = testing::person(&mut tx, "Lev", "Stone", Some(date(1944, 1, 9))).await.unwrap();
        testing::team(&mut tx, "Adults East", "adults").await.unwrap();
        for child in [&s.child, &sister] {
            testing::relation(&mut tx, &mother, child, "mother").await.unwrap();
        }
        testing::address(&mut tx, &mother, "1 Mill Lane", "ZZ1 1AA").await.unwrap();
        tx.commit().await.unwrap();
        // A social worker of the front door holds both roles.
        let both = format!(
            "INSERT INTO role_held (id, worker_id, role, team_id, from_on, granted_by, granted_at)
             SELECT '{}', worker_id, 'front_door_worker', team_id, from_on, granted_by, granted_at FROM role_held WHERE worker_id = '{dana}'",
            store::id::fresh()
        );
        testing::behind_its_back(&house.db, &both).await;
        testing::behind_its_back(&house.db, "UPDATE relationship SET lives_with = 'yes'").await;
        all.push(World { house, s, dana, marta, adult });
    }
    all
}

fn taken(side: Side, kind: EnquirerKind) -> Taken {
    Taken {
        channel: Channel::Telephone,
        side: Some(side),
        band: UrgencyBand::Routine,
        received_at: start(),
        enquirer: Enquirer { kind: Some(kind), name: "Ms Hale".into(), ..Enquirer::default() },
        words: "Ellie came without lunch <b>for a week</b>".into(),
        danger: DangerQuestion::ALL.iter().map(|q| (*q, Answer::Known(false))).collect(),
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

impl World {
    async fn enquiry(&self, taken: &Taken, person: &PersonId) -> EnquiryId {
        let mut tx = self.house.db.write(Act::new(self.dana.clone(), self.house.now())).await.unwrap();
        let new = NewPerson {
            part: Part::Subject,
            given_name: "Ellie".into(),
            surname: "Marsh".into(),
            born_on: None,
            born_words: "about ten".into(),
            address: String::new(),
            postcode: String::new(),
            relation: String::new(),
            record: Some(person.clone()),
        };
        let id = front_door::record(&mut tx, taken, &[new]).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
    async fn school(&self) -> EnquiryId {
        self.enquiry(&taken(Side::Child, EnquirerKind::School), &self.s.child).await
    }
    async fn count(&self, text: &'static str) -> i64 {
        testing::text(&self.house.db, &text.replacen("COUNT(*)", "CAST(COUNT(*) AS TEXT)", 1)).await.parse().unwrap()
    }
    async fn sent(&self, id: &EnquiryId) -> Vec<outbox::Row> {
        let mut tx = self.house.db.read(Act::system(self.house.now())).await.unwrap();
        outbox::about(&mut tx, "enquiry", id.as_str()).await.unwrap()
    }
    async fn sign_off(&self) {
        let mut tx = self.house.db.write(Act::command_line("test", self.house.now())).await.unwrap();
        let value = store::policy::NewSetting {
            key: "front_door.sign_off".into(),
            value: "manager".into(),
            from_on: TODAY,
            source: "Practice board".into(),
        };
        store::policy::set(&mut tx, &value).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn decide(id: &EnquiryId) -> String {
    format!("/front-door/enquiries/{id}/decide")
}

/// Fills in what any decision needs.
fn fill(browser: &mut Browser, outcome: Outcome) {
    browser.choose("What follows?", outcome.label());
    browser.fill("Why, for the record", "Three signs of neglect <script>alert(1)</script> قصة 👩‍👧");
    browser.fill("Why, in words for the family or adult", "School is worried that Ellie is hungry");
    browser.choose("How does the enquirer hear of it?", "Send the answer by e-mail");
}

/// The address of the last letter's question.
fn question(sent: &[outbox::Row]) -> String {
    let body = &sent.iter().find(|m| m.body.contains("/enquiry/answer/")).unwrap().body;
    format!("/enquiry/answer/{}", body.split("/enquiry/answer/").nth(1).unwrap().trim())
}

#[tokio::test]
async fn two_sisters_become_two_cases_that_wait_with_clocks() {
    for w in worlds().await {
        let id = w.school().await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id))
            .await
            .is(200)
            .sees("Ellie came without lunch <b>for a week</b>")
            .sees("Rosa Marsh")
            .sees("A brother or sister");
        dana.sees("Child in need, North safeguarding, with Priya Nair");
        fill(&mut dana, Outcome::ChildrensReferral);
        dana.choose("Whom is it decided for?", "Ellie Marsh").choose("Whom is it decided for?", "Rosa Marsh");
        dana.choose("Which team takes it on?", "South safeguarding").choose("How does the family or adult hear of it?", "By letter");
        dana.press("Check before you decide").await.is(200).sees("Nothing has been decided or sent yet");
        dana.sees("the story of 2 people")
            .sees("1 Mill Lane")
            .sees("School is worried that Ellie is hungry")
            .sees("accepted as a referral");
        assert_eq!(w.sent(&id).await.len(), 0);
        let (action, fields) = dana.form_of("Decide");
        dana.post(&action, &fields).await.is(200).sees("Referral to children's social care").sees("Decided by Dana Frost");
        dana.post(&action, &fields).await.is(200);
        assert_eq!(w.count("SELECT COUNT(*) FROM referral").await, 2, "{}: sent twice is done once", w.house.name);
        assert_eq!(w.count("SELECT COUNT(*) FROM due WHERE code = 'CFA' AND met_on IS NULL").await, 2);
        assert_eq!(w.count("SELECT COUNT(*) FROM involvement i WHERE i.kind = 'assessment' AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.involvement_id = i.id)").await, 2);
        assert_eq!(w.count("SELECT COUNT(*) FROM draft").await, 0);
        let sent = w.sent(&id).await;
        let to_school = sent.iter().find(|m| m.channel == "email").unwrap();
        assert!(!to_school.body.contains("hungry") && !to_school.body.contains("Ellie"), "the reason is the family's alone");
        assert!(sent.iter().any(|m| m.channel == "letter" && m.body.contains("hungry") && m.body.contains("Ombudsman")));
    }
}

#[tokio::test]
async fn advice_asks_whether_it_helped() {
    for w in worlds().await {
        let id = w.enquiry(&taken(Side::Child, EnquirerKind::ParentOrCarer), &w.s.child).await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id)).await.is(200).sees("The enquirer is the family");
        fill(&mut dana, Outcome::Advice);
        dana.press("Check before you decide").await.is(200).sees("We have given information and advice").sees("Why: School is worried");
        dana.press("Decide").await.is(200).sees("The enquirer has been told");
        let link = question(&w.sent(&id).await);
        let mut stranger = w.house.stranger();
        stranger.visit(&link).await.is(200);
        stranger.choose("Did it help?", "In part").press("Send").await.is(200);
        dana.visit(&format!("/front-door/enquiries/{id}/answer")).await.sees("In part");
    }
}

#[tokio::test]
async fn a_member_of_the_public_hears_only_that_it_was_considered() {
    for w in worlds().await {
        let id = w.enquiry(&taken(Side::Child, EnquirerKind::PublicMember), &w.s.child).await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id)).await;
        fill(&mut dana, Outcome::FamilyHelp);
        dana.choose("Which team takes it on?", "South safeguarding")
            .choose("How does the family or adult hear of it?", "Somebody tells them");
        dana.press("Check before you decide").await.is(200);
        dana.press("Decide").await.is(200);
        let sent = w.sent(&id).await;
        let [message] = sent.as_slice() else { panic!("one message, not {}", sent.len()) };
        assert!(message.body.contains("We have considered what you told us."));
        for word in ["Ellie", "Marsh", "lunch", "hungry", "amily help", "South"] {
            assert!(!format!("{} {}", message.subject, message.body).contains(word), "{word}");
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost() {
    for w in worlds().await {
        let id = w.school().await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id))
            .await
            .press("Check before you decide")
            .await
            .is(422)
            .sees("Choose what follows")
            .sees("Choose how the enquirer hears of it");
        dana.choose("What follows?", "Referral to children's social care")
            .choose("How does the enquirer hear of it?", "Send the answer by e-mail");
        dana.fill("Why, in words for the family or adult", "קצר <i>x</i>");
        dana.press("Check before you decide").await.is(422).sees("Say why this was decided").sees("Choose the team that takes it on");
        dana.sees("Choose how the family or adult hears of it").sees("קצר <i>x</i>");
        dana.choose("What follows?", "Sent to another authority")
            .press("Check before you decide")
            .await
            .is(422)
            .sees("Say which authority");
        dana.choose("What follows?", "New information on an open case")
            .press("Check before you decide")
            .await
            .is(422)
            .sees("Choose whose open case");
        dana.choose("Was the parent or adult told of the enquiry?", "No")
            .press("Check before you decide")
            .await
            .is(422)
            .sees("Choose why they were not told");
        dana.choose("Why not?", "It would put the child or adult at risk").choose("How does the family or adult hear of it?", "By letter");
        dana.press("Check before you decide").await.is(422).sees("They are not to be told, so no letter can go to them");
        assert_eq!(w.count("SELECT COUNT(*) FROM referral").await, 0);
        let (action, mut fields) = dana.form_of("Save draft");
        fields.push(("save_draft".into(), "yes".into()));
        dana.post(&action, &fields).await.is(200).sees("קצר <i>x</i>");
        dana.visit("/drafts").await.sees("Decision on an enquiry");
    }
}

#[tokio::test]
async fn whoever_comes_second_sees_what_was_decided_and_keeps_their_words() {
    for w in worlds().await {
        let id = w.school().await;
        let (mut dana, mut marta) = (w.house.signed_in(&w.dana).await, w.house.signed_in(&w.marta).await);
        for browser in [&mut dana, &mut marta] {
            browser.visit(&decide(&id)).await.is(200);
            fill(browser, Outcome::NoFurtherAction);
            browser.choose("How does the family or adult hear of it?", "Somebody tells them");
        }
        marta.fill("Why, for the record", "My own careful words");
        // Somebody adds to it meanwhile: it is asked again, with everything kept.
        let mut tx = w.house.db.write(Act::new(w.dana.clone(), w.house.now())).await.unwrap();
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let version = opened.enquiry.version;
        front_door::acted(&mut tx, &opened, version, "Rang the school back").await.unwrap();
        tx.commit().await.unwrap();
        dana.press("Check before you decide").await.is(409).sees("Somebody changed this enquiry meanwhile").sees("Rang the school back");
        dana.press("Check before you decide").await.is(200);
        dana.press("Decide").await.is(200);
        marta.press("Check before you decide").await.is(409).sees("Dana Frost").sees("No further action").sees("My own careful words");
        marta.visit(&decide(&id)).await.is(200).sees("This enquiry has been decided");
        assert_eq!(w.sent(&id).await.len(), 1);
    }
}

#[tokio::test]
async fn another_signs_off_and_nobody_their_own() {
    for w in worlds().await {
        w.sign_off().await;
        let id = w.school().await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id)).await.is(200);
        fill(&mut dana, Outcome::ChildrensReferral);
        dana.choose("Which team takes it on?", "South safeguarding").choose("How does the family or adult hear of it?", "By letter");
        dana.press("Check before you propose").await.is(200);
        dana.press("Propose to a manager").await.is(200).sees("waits for a manager");
        assert_eq!(w.count("SELECT COUNT(*) FROM referral").await, 0);
        dana.visit(&decide(&id)).await.sees("You proposed this").sees("Three signs of neglect");
        let mut marta = w.house.signed_in(&w.marta).await;
        marta.visit("/notices").await.sees("waits for a manager's sign-off");
        marta.visit(&decide(&id)).await.is(200).sees("Proposed by Dana Frost").sees("Three signs of neglect");
        marta.press("Send it back").await.is(422).sees("Say what is to be done first");
        marta.fill("What is to be done first", "Ask the health visitor").press("Send it back").await.is(200).sees("Decide what follows");
        // Now the manager proposes, by the address that the page would not offer, and signs nothing of her own.
        let mut tx = w.house.db.write(Act::new(w.marta.clone(), w.house.now())).await.unwrap();
        let opened = front_door::open(&mut tx, &id).await.unwrap();
        let version = opened.enquiry.version;
        let own = front_door::Decision {
            outcome: Outcome::NoFurtherAction,
            reason: "Mine".into(),
            family_reason: String::new(),
            legal_basis: None,
            told: Told::Yes { on: TODAY },
            people: vec![],
            cases: vec![],
            authority: String::new(),
            to_enquirer: front_door::ToEnquirer::Later,
            to_family: None,
        };
        front_door::propose(&mut tx, &opened, version, &own, "[[\"reason\",\"Mine\"]]").await.unwrap();
        tx.commit().await.unwrap();
        marta.visit(&decide(&id)).await.sees("You proposed this");
        let mut grace = w.house.signed_in(&w.s.grace).await;
        grace.visit(&decide(&id)).await.is(403);
        let mut other = w.second_manager().await;
        other.visit(&decide(&id)).await.is(200).sees("Proposed by Marta Quist");
        let (action, mut fields) = other.form_of("Check before you decide");
        fields.retain(|(k, _)| k != "csrf");
        fields.push(("csrf".into(), marta.form_of("Sign out").1.iter().find(|(k, _)| k == "csrf").unwrap().1.clone()));
        fields.extend(
            [
                ("outcome", "no_further_action"),
                ("reason", "Mine"),
                ("told", "not_known"),
                ("to_enquirer", "later"),
                ("to_family", "person"),
                ("confirm", "decide"),
            ]
            .map(|(k, v)| (k.into(), v.into())),
        );
        marta.post(&action, &fields).await.is(422);
        assert_eq!(w.count("SELECT COUNT(*) FROM enquiry WHERE state = 'decided'").await, 0, "{}", w.house.name);
        fill(&mut other, Outcome::NoFurtherAction);
        other.choose("Was the parent or adult told of the enquiry?", "Yes").fill_date("When were they told?", "14", "5", "2026");
        other.choose("How does the family or adult hear of it?", "Somebody tells them");
        other.press("Check before you decide").await.is(200);
        other.press("Decide").await.is(200).sees("Decided by Olu Bright");
    }
}

impl World {
    async fn second_manager(&self) -> Browser {
        let mut tx = scene(&self.house.db).await;
        let olu = testing::worker(&mut tx, "Olu", "Bright", "team_manager", Some(&self.s.front_door)).await.unwrap();
        tx.commit().await.unwrap();
        self.house.signed_in(&olu).await
    }
}

#[tokio::test]
async fn each_outcome_can_be_decided() {
    for w in worlds().await {
        let mut dana = w.house.signed_in(&w.dana).await;
        for outcome in Outcome::ALL {
            let side = if outcome.fits(Side::Child) { Side::Child } else { Side::Adult };
            let person = if side == Side::Child { &w.s.child } else { &w.adult };
            let id = w.enquiry(&taken(side, EnquirerKind::Health), person).await;
            dana.visit(&decide(&id)).await.is(200);
            fill(&mut dana, *outcome);
            if outcome.case_kind().is_some() {
                dana.choose("Which team takes it on?", if side == Side::Child { "South safeguarding" } else { "Adults East" });
            }
            if *outcome == Outcome::NewInformation {
                dana.choose("Whose open case?", "Ellie Marsh: Child in need, North safeguarding, with Priya Nair");
            }
            if *outcome == Outcome::OtherAuthority {
                dana.fill("Which authority?", "Borough of Fenwick");
            }
            dana.choose("How does the family or adult hear of it?", "Somebody tells them");
            dana.press("Check before you decide").await.is(200).sees(outcome.label());
            dana.press("Decide").await.is(200).sees("Decided by Dana Frost").sees("The enquirer has been told");
        }
        assert_eq!(
            w.count("SELECT COUNT(*) FROM enquiry WHERE state = 'decided' AND answered_at IS NOT NULL").await,
            12,
            "{}",
            w.house.name
        );
        assert_eq!(w.count("SELECT COUNT(*) FROM referral").await, 7);
    }
}

#[tokio::test]
async fn new_information_comes_to_the_worker_who_says_that_they_read_it() {
    for w in worlds().await {
        let id = w.school().await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id)).await;
        fill(&mut dana, Outcome::NewInformation);
        dana.choose("Whose open case?", "Ellie Marsh: Child in need, North safeguarding, with Priya Nair");
        dana.press("Check before you decide").await.is(200);
        dana.press("Decide").await.is(200).sees("Priya Nair Not acknowledged yet").sees("Duty, North safeguarding Not acknowledged yet");
        let mut priya = w.house.signed_in(&w.s.priya).await;
        priya.visit("/notices").await.sees("New information about somebody with an open case");
        priya.follow("Read the enquiry").await.is(200).sees("Ellie came without lunch").sees("Not acknowledged yet");
        priya.visit("/notices").await.press("Acknowledge").await.is(200);
        dana.visit(&format!("/front-door/enquiries/{id}/answer")).await.sees("Priya Nair Acknowledged");
        let mut tom = w.house.signed_in(&w.s.tom).await;
        tom.visit(&format!("/front-door/enquiries/{id}/answer")).await.is(403);
    }
}

#[tokio::test]
async fn what_nobody_acknowledged_in_time_comes_to_the_manager_once() {
    for w in worlds().await {
        let id = w.school().await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id)).await;
        fill(&mut dana, Outcome::NewInformation);
        dana.choose("Whose open case?", "Ellie Marsh: Child in need, North safeguarding, with Priya Nair");
        dana.press("Check before you decide").await.is(200);
        dana.press("Decide").await.is(200);
        // Decided on Thursday 14 May 2026: one working day ends on Friday at midnight.
        for (hours, told) in [(8, 0), (24, 0), (24, 1), (24, 0)] {
            w.house.clock.forward(hours * 3600);
            assert_eq!(unanswered::once(&w.house.db, &w.house.clock, "one").await.unwrap(), told, "{}", w.house.name);
        }
        let mut grace = w.house.signed_in(&w.s.grace).await;
        grace.visit("/notices").await.sees("nobody has acknowledged it in time");
        grace.follow("Read the enquiry").await.is(200).sees("Ellie came without lunch");
    }
}

#[tokio::test]
async fn whoever_can_only_be_spoken_to_stays_on_the_board_until_they_were() {
    for w in worlds().await {
        let mut by_telephone = taken(Side::Child, EnquirerKind::ParentOrCarer);
        by_telephone.reply = Reply {
            by: Some(ReplyBy::Telephone),
            address: "01632 960001".into(),
            message: Some(MayLeaveMessage::No),
            words: "After 4 only".into(),
        };
        let id = w.enquiry(&by_telephone, &w.s.child).await;
        let mut dana = w.house.signed_in(&w.dana).await;
        dana.visit(&decide(&id)).await.does_not_see("Send the answer by");
        dana.choose("What follows?", "Information and advice").fill("Why, for the record", "Asked about school meals");
        dana.choose("How does the enquirer hear of it?", "Somebody tells them").press("Check before you decide").await.is(200);
        dana.press("Decide").await.is(200);
        dana.sees("Telephone: 01632 960001").sees("No message").sees("After 4 only");
        dana.press("Put it on record").await.is(422).sees("Choose how they were told");
        dana.choose("How were they told?", "They cannot be told")
            .press("Put it on record")
            .await
            .is(422)
            .sees("Say why they cannot be told");
        dana.choose("How were they told?", "They were told by telephone").choose("Did they say that it helped? (optional)", "Yes");
        let (action, fields) = dana.form_of("Put it on record");
        dana.post(&action, &fields).await.is(200).sees("The enquirer has been told").sees("by telephone");
        dana.post(&action, &fields).await.is(200);
        assert_eq!(w.count("SELECT COUNT(*) FROM enquiry_answer WHERE helped = 'yes'").await, 1, "{}", w.house.name);
        assert_eq!(w.sent(&id).await.len(), 0);
    }
}
