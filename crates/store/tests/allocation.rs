//! Allocation on both databases: who wins when fifty decide at once, what each was told, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic)]

use care::{
    access::Deed,
    allocation::{AllocationPart, AllocationState, CheckedNote, EndReason, Step, TransferState, ZeroKind},
    timescale::Start,
};
use jiff::civil::{Date, date};
use store::{
    Act, Day, Db, Error, Tx,
    allocation::{self, Beside, Board, CaseRow, Decided, Decision, DutyKind, Given, Letterhead, PartOfDay, Scope},
    dues,
    id::{AllocationId, InvolvementId, PersonId, TeamId, WorkerId, fresh},
    run, sql, testing,
};

const NOTE: CheckedNote = CheckedNote { from: testing::TODAY, first_visit_by: Some(date(2026, 5, 21)), next_look_on: date(2026, 6, 11) };

struct Scene {
    small: testing::Small,
    head: Letterhead,
}

async fn scene(db: &Db) -> Scene {
    Scene { small: testing::small(db).await.unwrap(), head: Letterhead { council: "Ashmere".into() } }
}

async fn child(tx: &mut Tx, name: &str, team: &TeamId, kind: &str) -> (PersonId, InvolvementId) {
    let person = testing::person(tx, name, "Marlow", Some(date(2014, 3, 2))).await.unwrap();
    let case = testing::case(tx, &person, team, kind, date(2026, 5, 1)).await.unwrap();
    (person, case)
}

async fn as_worker(db: &Db, worker: &WorkerId) -> Tx {
    db.write(Act::new(worker.clone(), testing::start())).await.unwrap()
}

/// The sentence that a manager reads of one worker.
async fn reads(db: &Db, manager: &WorkerId, case: &InvolvementId, worker: &WorkerId) -> String {
    let mut tx = db.read(Act::new(manager.clone(), testing::start())).await.unwrap();
    let (opened, row) = allocation::open_case(&mut tx, case, Deed::Allocate).await.unwrap();
    let page = allocation::choosing(&mut tx, &opened, &row, &[]).await.unwrap();
    tx.finish().await.unwrap();
    page.choices.iter().find(|choice| choice.worker.id == *worker).map(|choice| choice.effect.to_string()).unwrap_or_default()
}

struct Ask<'a> {
    manager: &'a WorkerId,
    case: &'a InvolvementId,
    worker: &'a WorkerId,
    co_worker: Option<&'a WorkerId>,
    read: &'a str,
    despite: &'a str,
    change: Option<EndReason>,
}

impl<'a> Ask<'a> {
    fn new(manager: &'a WorkerId, case: &'a InvolvementId, worker: &'a WorkerId, read: &'a str) -> Self {
        Ask { manager, case, worker, co_worker: None, read, despite: "", change: None }
    }

    /// Sends the decision with the present worker as the page showed it at the time.
    async fn send(&self, db: &Db, head: &Letterhead, seen: Option<AllocationId>) -> store::Result<Decided> {
        let mut tx = db.write(Act::new(self.manager.clone(), testing::start())).await?;
        let (opened, case): (_, CaseRow) = allocation::open_case(&mut tx, self.case, Deed::Allocate).await?;
        let given = [Given { opened, case, seen }];
        let decision = Decision {
            worker: self.worker.clone(),
            co_worker: self.co_worker.cloned(),
            note: NOTE,
            why_this_worker: "Knows the school",
            what_to_do: "Assess",
            risks_to_worker: "None known",
            risks_to_child: "None known",
            read: self.read,
            despite: self.despite,
            change: self.change,
            letterhead: head,
        };
        let decided = allocation::allocate(&mut tx, &given, &decision).await?;
        if matches!(decided, Decided::Allocated(_)) {
            tx.commit().await?;
        }
        Ok(decided)
    }
}

fn refused(result: store::Result<Decided>) -> String {
    match result {
        Err(Error::Refused { words, .. }) => words,
        other => panic!("not refused: {other:?}"),
    }
}

fn made(result: store::Result<Decided>) -> AllocationId {
    match result.unwrap() {
        Decided::Allocated(ids) => ids[0].clone(),
        Decided::Changed(choice) => panic!("changed: {}", choice.effect),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_who_give_one_case_at_once_exactly_one_wins() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let mut tx = testing::scene(&db).await;
        let (_, case) = child(&mut tx, "Kai", &s.small.north, "child_in_need").await;
        let other = testing::worker(&mut tx, "Omar", "Said", "social_worker", Some(&s.small.north)).await.unwrap();
        tx.commit().await.unwrap();
        let sentences = [reads(&db, &s.small.grace, &case, &s.small.priya).await, reads(&db, &s.small.grace, &case, &other).await];
        let mut all = tokio::task::JoinSet::new();
        for n in 0..50 {
            let (db, manager, case, head) = (db.clone(), s.small.grace.clone(), case.clone(), s.head.clone());
            let worker = if n % 2 == 0 { s.small.priya.clone() } else { other.clone() };
            let read = sentences[n % 2].clone();
            all.spawn(async move {
                loop {
                    match Ask::new(&manager, &case, &worker, &read).send(&db, &head, None).await {
                        // The pool was full: a person would press again.
                        Err(Error::Busy) => {}
                        other => break other,
                    }
                }
            });
        }
        let (mut won, mut lost) = (0, 0);
        while let Some(done) = all.join_next().await {
            match done.unwrap() {
                Ok(Decided::Allocated(_)) => won += 1,
                Err(Error::Refused { .. } | Error::Stale) => lost += 1,
                other => panic!("{name}: {other:?}"),
            }
        }
        assert_eq!((won, lost), (1, 49), "{name}");
        let mut tx = db.read(Act::system(testing::start())).await.unwrap();
        assert_eq!(allocation::primaries(&mut tx, &case).await.unwrap(), 1, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn managers_who_decide_at_once_are_never_told_the_same() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let mut tx = testing::scene(&db).await;
        let mut cases = Vec::new();
        for n in 0..8 {
            cases.push(child(&mut tx, &format!("Child {n}"), &s.small.north, "child_in_need").await.1);
        }
        tx.commit().await.unwrap();
        let read = reads(&db, &s.small.grace, &cases[0], &s.small.priya).await;
        assert!(read.starts_with("Priya Nair, full time, would hold 2, within the guideline of 22"), "{name}: {read}");
        let mut all = tokio::task::JoinSet::new();
        for case in cases {
            let (db, manager, worker, head, read) =
                (db.clone(), s.small.grace.clone(), s.small.priya.clone(), s.head.clone(), read.clone());
            all.spawn(async move { Ask::new(&manager, &case, &worker, &read).send(&db, &head, None).await });
        }
        let (mut won, mut told) = (0, Vec::new());
        while let Some(done) = all.join_next().await {
            match done.unwrap().unwrap() {
                Decided::Allocated(_) => won += 1,
                Decided::Changed(choice) => told.push(choice.effect.after.children),
            }
        }
        assert_eq!(won, 1, "{name}: the sentence was true for one of them only");
        assert_eq!(told, [3; 7], "{name}: the others are told what is true now");
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let (north, grace) = (&s.small.north, &s.small.grace);
        let mut tx = testing::scene(&db).await;
        let (_, plain) = child(&mut tx, "Kai", north, "child_in_need").await;
        let (on_plan, plan) = child(&mut tx, "Lola", north, "child_in_need").await;
        testing::status(&mut tx, &on_plan, "protection_plan", date(2026, 4, 1)).await.unwrap();
        let (relative, kin) = child(&mut tx, "Max", north, "child_in_need").await;
        let left = testing::worker(&mut tx, "Len", "Gone", "social_worker", Some(north)).await.unwrap();
        testing::post(&mut tx, &left, 100, Some(date(2026, 5, 13))).await.unwrap();
        let newly = testing::worker(&mut tx, "Nina", "New", "newly_qualified_social_worker", Some(north)).await.unwrap();
        let nothing = testing::worker(&mut tx, "Zed", "Nil", "social_worker", Some(north)).await.unwrap();
        testing::post(&mut tx, &nothing, 0, None).await.unwrap();
        let absent = testing::worker(&mut tx, "Abe", "Way", "social_worker", Some(north)).await.unwrap();
        testing::away(&mut tx, &absent, date(2026, 5, 12), Some(date(2026, 6, 1))).await.unwrap();
        run!(
            tx,
            sqlx::query("INSERT INTO conflict_of_interest (id, worker_id, person_id, reason, from_on) VALUES ($1,$2,$3,'relative',$4)")
                .bind(fresh())
                .bind(&s.small.priya)
                .bind(&relative)
                .bind(Day(date(2026, 1, 1)))
        )
        .unwrap();
        tx.commit().await.unwrap();

        // (case, worker, what is said)
        for (case, worker, words) in [
            (&plain, &left, "Len Gone left"),
            (&plain, &nothing, "No capacity, 1 child uncovered"),
            (&plain, &absent, "away from 12 May 2026, back after 31 May 2026"),
            (&plan, &newly, "Name an experienced co-worker"),
            (&kin, &s.small.priya, "Conflict of interest: related to the person or family"),
            (&plain, &s.small.grace, ""),
        ] {
            let read = reads(&db, grace, case, worker).await;
            if words.is_empty() {
                assert_eq!(read, "", "{name}: a manager without children is no choice");
                continue;
            }
            // Somebody who has left is on no list; whoever sends the form all the same is refused.
            let ask = Ask::new(grace, case, worker, &read);
            let result = match read.as_str() {
                "" => {
                    let mut tx = db.read(Act::new(grace.clone(), testing::start())).await.unwrap();
                    let _ = allocation::open_case(&mut tx, case, Deed::Allocate).await.unwrap();
                    match ask.send(&db, &s.head, None).await {
                        Ok(Decided::Changed(now)) => Ask { read: &now.effect.to_string(), ..ask }.send(&db, &s.head, None).await,
                        other => other,
                    }
                }
                _ => ask.send(&db, &s.head, None).await,
            };
            let said = refused(result);
            assert!(said.contains(words), "{name}: {said} does not say {words}");
        }
    }
}

#[tokio::test]
async fn a_concern_is_decided_with_a_reason_and_a_plan_with_a_co_worker() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let (north, grace) = (&s.small.north, &s.small.grace);
        let mut tx = testing::scene(&db).await;
        let (person, plan) = child(&mut tx, "Lola", north, "child_in_need").await;
        testing::status(&mut tx, &person, "protection_plan", date(2026, 4, 1)).await.unwrap();
        let newly = testing::worker(&mut tx, "Nina", "New", "newly_qualified_social_worker", Some(north)).await.unwrap();
        tx.commit().await.unwrap();
        let read = reads(&db, grace, &plan, &newly).await;
        let ask = Ask { co_worker: Some(&s.small.priya), ..Ask::new(grace, &plan, &newly, &read) };
        let id = made(ask.send(&db, &s.head, None).await);

        // The worker cannot take it safely; the manager stands by it; the group manager confirms.
        let mut tx = testing::scene(&db).await;
        let gina = testing::worker(&mut tx, "Gina", "Lead", "group_manager", None).await.unwrap();
        tx.commit().await.unwrap();
        let steps: [(&WorkerId, Step, &str, Result<AllocationState, &str>); 6] = [
            (&newly, Step::SayCannotTake, "", Err("Say why you cannot take this safely")),
            (&newly, Step::SayCannotTake, "Nine court days next month", Ok(AllocationState::CannotTake)),
            (&newly, Step::ManagerStands, "Court is covered", Err("role")),
            (grace, Step::ManagerStands, "Court is covered", Ok(AllocationState::ManagerStands)),
            (&gina, Step::GroupManagerConfirms, "With one case less", Ok(AllocationState::Confirmed)),
            (&newly, Step::Acknowledge, "", Ok(AllocationState::Acknowledged)),
        ];
        for (n, (who, step, reason, expected)) in steps.into_iter().enumerate() {
            let mut tx = as_worker(&db, who).await;
            let version = allocation::allocation(&mut tx, &id).await.unwrap().part.version;
            let got = allocation::answer(&mut tx, &id, step, reason, version).await;
            match (got, expected) {
                (Ok(state), Ok(expected)) => {
                    assert_eq!(state, expected, "{name} {n}");
                    tx.commit().await.unwrap();
                }
                (Err(Error::Refused { words, .. }), Err(expected)) => assert_eq!(words, expected, "{name} {n}"),
                (Err(Error::RoleLacks), Err("role")) => {}
                (got, expected) => panic!("{name} {n}: {got:?} is not {expected:?}"),
            }
        }
        let mut tx = db.read(Act::new(newly.clone(), testing::start())).await.unwrap();
        let one = allocation::allocation(&mut tx, &id).await.unwrap();
        assert_eq!(one.steps.len(), 4, "{name}");
        assert!(one.part.acknowledged_at.is_some(), "{name}");
    }
}

#[tokio::test]
async fn a_change_of_worker_needs_its_cause_and_is_refused_on_what_was_not_seen() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let (north, grace, case) = (&s.small.north, &s.small.grace, &s.small.involvement);
        let mut tx = testing::scene(&db).await;
        let omar = testing::worker(&mut tx, "Omar", "Said", "social_worker", Some(north)).await.unwrap();
        let (old,): (AllocationId,) =
            sql!(tx, |c| sqlx::query_as("SELECT id FROM allocation WHERE involvement_id = $1").bind(case).fetch_one(c)).unwrap();
        tx.commit().await.unwrap();
        let read = reads(&db, grace, case, &omar).await;
        assert!(read.starts_with("Omar Said, full time, would hold 1"), "{name}: {read}");
        let ask = Ask::new(grace, case, &omar, &read);
        assert_eq!(refused(ask.send(&db, &s.head, Some(old.clone())).await), "Say why the worker changes", "{name}");
        let ask = Ask { change: Some(EndReason::Workload), ..ask };
        assert!(refused(ask.send(&db, &s.head, None).await).starts_with("Priya Nair was given this case meanwhile"), "{name}");
        made(ask.send(&db, &s.head, Some(old)).await);
        let mut tx = db.read(Act::new(grace.clone(), testing::start())).await.unwrap();
        let opened = store::people::open(&mut tx, &s.small.child, Deed::ReadRecord).await.unwrap();
        let parts = allocation::parts(&mut tx, &opened).await.unwrap();
        let told: Vec<(String, Option<String>, Option<Date>)> =
            parts.iter().map(|p| (p.worker(), p.end_cause.clone(), p.until_on.map(|d| d.0))).collect();
        assert_eq!(
            told,
            [("Omar Said".into(), None, None), ("Priya Nair".into(), Some("workload".into()), Some(date(2026, 5, 13)))],
            "{name}"
        );
    }
}

/// What a team's own board says is what the whole service's says of that team.
async fn each_team_agrees(tx: &mut Tx, whole: &Board) {
    for team in store::teams::all(tx).await.unwrap() {
        let own = Board::read(tx, &Scope::Team(team.id.clone())).await.unwrap();
        let within = store::teams::with_below(tx, &team.id).await.unwrap();
        let lines = |board: &Board| -> Vec<String> {
            let here = board.cases.iter().filter(|case| case.team.as_ref().is_some_and(|one| within.contains(one)));
            here.map(|case| format!("{:?} {:?} {}", case.involvement, case.zero, case.words())).collect()
        };
        assert_eq!(lines(&own), lines(whole), "{}", team.name);
        for worker in own.people.values() {
            let same = &whole.people[&worker.id];
            assert_eq!(
                (worker.children, &worker.roles, &worker.teams, &worker.dates),
                (same.children, &same.roles, &same.teams, &same.dates)
            );
        }
    }
}

#[tokio::test]
async fn the_board_reads_zero_only_when_every_child_has_a_worker() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let north = &s.small.north;
        let board = |db: Db| async move {
            let mut tx = db.read(Act::system(testing::start())).await.unwrap();
            let board = Board::read(&mut tx, &Scope::Whole).await.unwrap();
            each_team_agrees(&mut tx, &board).await;
            tx.finish().await.unwrap();
            board
        };
        let counts = |board: &Board| -> Vec<(usize, usize, usize)> {
            board.zero_board().iter().map(|line| (line.without_worker.len(), line.not_covered.len(), line.leaving.len())).collect()
        };
        let none = board(db.clone()).await;
        assert_eq!(counts(&none), [(0, 0, 0); 5], "{name}");
        assert_eq!(none.waiting().len(), 0, "{name}");

        let mut tx = testing::scene(&db).await;
        // A plan held by Priya, who is away from today; another held by somebody who left; one whom no team has.
        testing::status(&mut tx, &s.small.child, "protection_plan", date(2026, 4, 1)).await.unwrap();
        testing::away(&mut tx, &s.small.priya, testing::TODAY, None).await.unwrap();
        let (gone_child, gone_case) = child(&mut tx, "Lola", north, "protection_plan").await;
        let gone = testing::worker(&mut tx, "Len", "Gone", "social_worker", Some(north)).await.unwrap();
        testing::allocation(&mut tx, &gone_case, &gone_child, &gone).await.unwrap();
        testing::post(&mut tx, &gone, 100, Some(date(2026, 5, 10))).await.unwrap();
        let nobody = testing::person(&mut tx, "Noor", "Marlow", Some(date(2012, 1, 1))).await.unwrap();
        testing::status(&mut tx, &nobody, "looked_after", date(2026, 4, 20)).await.unwrap();
        let (_, plain) = child(&mut tx, "Plain", north, "child_in_need").await;
        tx.commit().await.unwrap();
        let now = board(db.clone()).await;
        assert_eq!(counts(&now), [(1, 1, 0), (1, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)], "{name}");
        let order: Vec<Option<ZeroKind>> = now.waiting().iter().map(|case| case.zero).collect();
        assert_eq!(order, [Some(ZeroKind::ProtectionPlan), Some(ZeroKind::LookedAfter), None], "{name}");
        assert_eq!(now.waiting()[0].waiting().unwrap().days, 3, "{name}: since the day after the last working day");
        assert_eq!(now.waiting()[2].involvement.as_ref(), Some(&plain), "{name}");
    }
}

#[tokio::test]
async fn a_named_cover_worker_clears_not_covered_and_the_worker_stays() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let mut tx = testing::scene(&db).await;
        testing::status(&mut tx, &s.small.child, "protection_plan", date(2026, 4, 1)).await.unwrap();
        testing::away(&mut tx, &s.small.priya, testing::TODAY, Some(date(2026, 6, 1))).await.unwrap();
        let omar = testing::worker(&mut tx, "Omar", "Said", "social_worker", Some(&s.small.north)).await.unwrap();
        let ada = testing::worker(&mut tx, "Ada", "Help", "family_support_worker", Some(&s.small.north)).await.unwrap();
        dues::open_until(&mut tx, &dues::About::person(&s.small.child), "CP_VISIT", Start::On(date(2026, 5, 1)), testing::TODAY, None)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let open = |db: Db| async move {
            let mut tx = db.read(Act::system(testing::start())).await.unwrap();
            let board = Board::read(&mut tx, &Scope::Whole).await.unwrap();
            each_team_agrees(&mut tx, &board).await;
            let visits = allocation::nobody_visits(&mut tx, &Scope::Whole).await.unwrap();
            (board.not_covered().len(), board.must_be_zero(), visits.len())
        };
        assert_eq!(open(db.clone()).await, (1, 1, 1), "{name}");
        let cover = |worker: WorkerId, from: Date, until: Option<Date>| {
            let (db, s) = (db.clone(), &s.small);
            async move {
                let mut tx = as_worker(&db, &s.grace).await;
                let (opened, case) = allocation::open_case(&mut tx, &s.involvement, Deed::Allocate).await.unwrap();
                let new = Beside { part: AllocationPart::Cover, worker, from, until, why: "Visits while Priya is away" };
                match allocation::name_beside(&mut tx, &opened, &case, &new).await {
                    Ok(_) => tx.commit().await.map(|()| String::new()).unwrap(),
                    Err(Error::Refused { words, .. }) => words,
                    Err(other) => panic!("{other:?}"),
                }
            }
        };
        let until = Some(date(2026, 5, 31));
        for (worker, from, until, words) in [
            (&omar, testing::TODAY, None, "Say until when the cover lasts"),
            (&omar, date(2026, 5, 13), until, "First day must be today or later"),
            (&s.small.priya, testing::TODAY, until, "Priya Nair is the allocated worker"),
        ] {
            assert_eq!(cover(worker.clone(), from, until).await, words, "{name}");
        }
        assert_eq!(cover(ada, testing::TODAY, until).await, "Child protection plan: this worker's role may not hold this", "{name}");
        assert_eq!(cover(omar, testing::TODAY, until).await, "", "{name}");
        assert_eq!(open(db.clone()).await, (0, 0, 0), "{name}");
        let mut tx = db.read(Act::new(s.small.grace.clone(), testing::start())).await.unwrap();
        let (_, case) = allocation::open_case(&mut tx, &s.small.involvement, Deed::ReadRecord).await.unwrap();
        assert_eq!(case.worker_id, Some(s.small.priya.clone()), "{name}: an absence is no change of worker");
    }
}

#[tokio::test]
async fn a_transfer_waits_for_the_other_team_and_leaves_no_gap() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let small = &s.small;
        let mut tx = testing::scene(&db).await;
        testing::status(&mut tx, &small.child, "protection_plan", date(2026, 4, 1)).await.unwrap();
        let hugo = testing::worker(&mut tx, "Hugo", "South", "team_manager", Some(&small.south)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = as_worker(&db, &small.grace).await;
        let (opened, case) = allocation::open_case(&mut tx, &small.involvement, Deed::Allocate).await.unwrap();
        let id = allocation::propose(&mut tx, &opened, &case, &small.south, "Moved house", "Core group on Friday").await.unwrap();
        let again = allocation::propose(&mut tx, &opened, &case, &small.south, "Moved house", "Core group on Friday").await;
        assert!(matches!(again, Err(Error::Refused { field: "to", .. })), "{name}: {again:?}");
        tx.commit().await.unwrap();

        // Grace may not accept her own offer; Hugo reads the record and does.
        let mut tx = as_worker(&db, &small.grace).await;
        let own = allocation::answer_transfer(&mut tx, &id, TransferState::Accepted, "").await;
        assert!(matches!(own, Err(Error::RoleLacks)), "{name}: {own:?}");
        drop(tx);
        let mut tx = as_worker(&db, &hugo).await;
        let declined = allocation::answer_transfer(&mut tx, &id, TransferState::Declined, "").await;
        assert!(matches!(declined, Err(Error::Refused { field: "reason", .. })), "{name}: {declined:?}");
        drop(tx);
        let mut tx = as_worker(&db, &hugo).await;
        let moved = allocation::answer_transfer(&mut tx, &id, TransferState::Accepted, "").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = as_worker(&db, &hugo).await;
        let (_, now) = allocation::open_case(&mut tx, &moved, Deed::Allocate).await.unwrap();
        assert_eq!((now.team_id.clone(), now.worker_id.clone()), (small.south.clone(), Some(small.priya.clone())), "{name}");
        let (_, old) = allocation::open_case(&mut tx, &small.involvement, Deed::ReadRecord).await.unwrap();
        assert_eq!(old.closed_on.map(|day| day.0), Some(testing::TODAY), "{name}");
        let twice = allocation::answer_transfer(&mut tx, &id, TransferState::Declined, "Changed my mind").await;
        assert!(matches!(twice, Err(Error::Refused { .. } | Error::Stale)), "{name}: {twice:?}");
        drop(tx);
        let mut tx = db.read(Act::system(testing::start())).await.unwrap();
        assert_eq!(Board::read(&mut tx, &Scope::Whole).await.unwrap().must_be_zero(), 0, "{name}: never without a worker");
    }
}

#[tokio::test]
async fn a_case_with_a_plan_is_not_closed_and_an_end_names_its_cause() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let small = &s.small;
        let mut tx = testing::scene(&db).await;
        testing::status(&mut tx, &small.child, "protection_plan", date(2026, 4, 1)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = as_worker(&db, &small.grace).await;
        let (opened, case) = allocation::open_case(&mut tx, &small.involvement, Deed::Allocate).await.unwrap();
        let closed = allocation::close(&mut tx, &opened, &case, testing::TODAY, EndReason::CaseClosed, "Done").await;
        assert!(matches!(closed, Err(Error::Refused { field: "reason", .. })), "{name}: {closed:?}");
        let part = allocation::parts(&mut tx, &opened).await.unwrap().remove(0);
        for (on, good) in [(date(2026, 5, 15), false), (date(2026, 2, 1), false), (testing::TODAY, true)] {
            let ended = allocation::end(&mut tx, &opened, &case, &part.id, on, EndReason::PersonAsked, "She asked").await;
            assert_eq!(ended.is_ok(), good, "{name}: {on} {ended:?}");
        }
        tx.commit().await.unwrap();
        let mut tx = db.read(Act::system(testing::start())).await.unwrap();
        let board = Board::read(&mut tx, &Scope::Team(small.north.clone())).await.unwrap();
        assert_eq!((board.waiting().len(), board.must_be_zero()), (1, 1), "{name}");
    }
}

#[tokio::test]
async fn the_rota_is_kept_by_those_who_may_and_counts_nobody_twice() {
    for (name, db) in testing::databases().await {
        let s = scene(&db).await;
        let small = &s.small;
        let day = date(2026, 5, 18);
        let put = |who: &WorkerId, worker: &WorkerId, part: PartOfDay| {
            let (db, who, worker, team) = (db.clone(), who.clone(), worker.clone(), small.north.clone());
            async move {
                let mut tx = as_worker(&db, &who).await;
                let done = allocation::put_on(&mut tx, &team, day, part, DutyKind::Duty, &worker).await;
                if done.is_ok() {
                    tx.commit().await.unwrap();
                }
                done
            }
        };
        assert!(matches!(put(&small.priya, &small.priya, PartOfDay::Day).await, Err(Error::RoleLacks)), "{name}");
        assert!(put(&small.grace, &small.priya, PartOfDay::Morning).await.is_ok(), "{name}");
        assert!(matches!(put(&small.grace, &small.priya, PartOfDay::Day).await, Err(Error::Refused { field: "worker", .. })), "{name}");
        assert!(put(&small.grace, &small.priya, PartOfDay::Afternoon).await.is_ok(), "{name}");
        let mut tx = as_worker(&db, &small.grace).await;
        let turns = allocation::turns(&mut tx, &small.north, day, 1).await.unwrap();
        assert_eq!(turns.len(), 2, "{name}");
        allocation::take_off(&mut tx, &small.north, &turns[0].id).await.unwrap();
        assert_eq!(allocation::turns(&mut tx, &small.north, day, 7).await.unwrap().len(), 1, "{name}");
    }
}
