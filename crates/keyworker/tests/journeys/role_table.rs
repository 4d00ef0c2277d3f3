//! The whole table: every route × every role × own, team's, other team's, restricted, hidden and unknown person. It walks
//! the router's own table, so that a new route is tried by itself; a path with a new kind of id needs a line in `Borough`.
//!
//! What is expected is what `care::access` says of the ties that the store finds. Pages may refuse more than the role
//! (a worker of another team among the absences), never less.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use care::access::{Admission, Ask, Conflict, Decision, Deed, List, Relationship, Restriction, Role, RouteNeed, decide};
use keyworker::web::routes::{self, Route};
use store::{
    Act, Db,
    id::{PersonId, TeamId, WorkerId, fresh},
    people,
    sessions::{self, Stage},
    testing::{self, behind_its_back},
};
use tower::ServiceExt;

use crate::browser::House;

/// How a person stands to the worker who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    Own,
    Team,
    OtherTeam,
    Restricted,
    Hidden,
    Unknown,
}

const ALL: [Stands; 6] = [Stands::Own, Stands::Team, Stands::OtherTeam, Stands::Restricted, Stands::Hidden, Stands::Unknown];

/// The ids of one person's record, by the name that they have in a path.
type Ids = BTreeMap<&'static str, String>;

/// A person whose case is open in a team, with a row of most kinds.
async fn case(db: &Db, team: &TeamId, holder: Option<&WorkerId>) -> Ids {
    let mut tx = testing::scene(db).await;
    let person = testing::person(&mut tx, "Ellie", "Marsh", None).await.unwrap();
    tx.commit().await.unwrap();
    let ids: Ids = ["case", "allocation", "entry", "status", "alert"]
        .into_iter()
        .map(|name| (name, fresh()))
        .chain([("person", person.to_string())])
        .collect();
    let id = |name: &str| ids[name].clone();
    let at = "'2026-05-01T09:00:00.000Z'";
    behind_its_back(db, &format!("INSERT INTO involvement (id, person_id, team_id, kind, opened_on, source, version) VALUES ('{}','{}','{team}','child_in_need','2026-02-02','hand',1)", id("case"), id("person"))).await;
    if let Some(holder) = holder {
        behind_its_back(db, &format!("INSERT INTO allocation (id, involvement_id, person_id, worker_id, part, state, from_on, why_this_worker, what_to_do, risks_to_worker, risks_to_child, allocated_by, allocated_at, version)
            VALUES ('{}','{}','{}','{holder}','primary','acknowledged','2026-02-02','','','','','system',{at},1)", id("allocation"), id("case"), id("person"))).await;
    }
    behind_its_back(db, &format!("INSERT INTO entry (id, person_id, kind, happened_on, title, words, significant, facts, source, recorded_by, recorded_at) VALUES ('{}','{}','note','2026-05-01','A note','Words',FALSE,'{{}}','hand','system',{at})", id("entry"), id("person"))).await;
    behind_its_back(db, &format!("INSERT INTO person_status (id, person_id, kind, code, from_on, facts, source, recorded_by, recorded_at) VALUES ('{}','{}','child_in_need','N1','2026-02-02','{{}}','hand','system',{at})", id("status"), id("person"))).await;
    behind_its_back(db, &format!("INSERT INTO person_alert (id, person_id, kind, words, from_on, told, recorded_by, recorded_at) VALUES ('{}','{}','dog','A dog','2026-02-02','','system',{at})", id("alert"), id("person"))).await;
    ids
}

/// Ids in paths for which no row is made: the answer to whoever may ask is then "there is no such page".
const WITHOUT_ROW: [&str; 34] = [
    "supervised",
    "meeting",
    "action",
    "out",
    "guide",
    "kind",
    "code",
    "day",
    "setting",
    "relationship",
    "conflict",
    "escalation",
    "transfer",
    "letter",
    "line",
    "turn",
    "draft",
    "notice",
    "list",
    "session",
    "token",
    "held",
    "grant",
    "inquiry",
    "absence",
    "form",
    "part",
    "address",
    "number",
    "stay",
    "document",
    "enquiry",
    "run",
    "source",
];

struct Borough {
    house: House,
    router: Router,
    table: Vec<Route>,
    /// What stands the same way to everyone: the people of the team and of the other, the restricted, the hidden.
    shared: BTreeMap<Stands, Ids>,
    /// Ids that belong to no person.
    common: Ids,
    north: TeamId,
    /// What was not as expected; all of it is told at the end.
    faults: Mutex<Vec<String>>,
}

/// One worker in one role, signed in.
struct Asker {
    role: Option<Role>,
    worker: WorkerId,
    session: String,
    csrf: String,
    own: Ids,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Borough {
    async fn new(name: &'static str, db: Db) -> Self {
        let small = testing::small(&db).await.unwrap();
        let mut shared = BTreeMap::new();
        for (stands, team, holder) in [
            (Stands::Team, &small.north, &small.priya),
            (Stands::OtherTeam, &small.south, &small.tom),
            (Stands::Restricted, &small.north, &small.priya),
            (Stands::Hidden, &small.north, &small.priya),
        ] {
            shared.insert(stands, case(&db, team, Some(holder)).await);
        }
        for (stands, level) in [(Stands::Restricted, "restricted"), (Stands::Hidden, "hidden")] {
            behind_its_back(&db, &format!("INSERT INTO restriction (person_id, level, guardian_id, reason, set_by, set_at) VALUES ('{}','{level}','{}','a reason','system','2026-05-01T09:00:00.000Z')", shared[&stands]["person"], small.sam)).await;
        }
        let unknown = ["person", "case", "allocation", "entry", "status", "alert"].into_iter().map(|name| (name, fresh())).collect();
        shared.insert(Stands::Unknown, unknown);
        let role_held = testing::text(&db, &format!("SELECT id FROM role_held WHERE worker_id = '{}'", small.tom)).await;
        let mut common: Ids = WITHOUT_ROW.into_iter().map(|name| (name, fresh())).collect();
        common.extend([
            ("worker", small.tom.to_string()),
            ("team", small.south.to_string()),
            ("role_held", role_held),
            ("subject", shared[&Stands::Team]["person"].clone()),
        ]);
        let house = House::new(name, db);
        let (router, table) = (routes::router(house.app.clone()), routes::routes(house.app.clone()).table);
        Self { house, router, table, shared, common, north: small.north, faults: Mutex::default() }
    }

    async fn asker(&self, role: Option<Role>) -> Asker {
        let db = &self.house.db;
        let mut tx = testing::scene(db).await;
        let code = role.map_or("no_such_role", Role::code);
        let worker = testing::worker(&mut tx, code, "Asker", code, Some(&self.north)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.write(Act::new(worker.clone(), self.house.now())).await.unwrap();
        let limits = self.house.app.limits();
        let session = sessions::start(&mut tx, &worker, Stage::Full, "test", limits).await.unwrap();
        let csrf = sessions::find(&mut tx, &session, limits).await.unwrap().unwrap().csrf;
        tx.commit().await.unwrap();
        let own = case(db, &self.north, Some(&worker)).await;
        Asker { role, worker, session, csrf, own }
    }

    fn ids<'a>(&'a self, asker: &'a Asker, stands: Stands) -> &'a Ids {
        if stands == Stands::Own { &asker.own } else { &self.shared[&stands] }
    }

    /// The path with its ids.
    fn path(&self, route: &Route, ids: &Ids) -> String {
        let fill = |part: &str| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            None => part.to_owned(),
            Some(name) => ids.get(name).or_else(|| self.common.get(name)).cloned().unwrap_or_else(|| {
                panic!(
                    "{} {}: add an id for {{{name}}} to `case`, `common` or WITHOUT_ROW in tests/journeys/role_table.rs",
                    route.method, route.path
                )
            }),
        };
        route.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }

    async fn ask(&self, route: &Route, path: &str, asker: Option<&Asker>, extra: &[(&str, &str)], fields: &str) -> Answer {
        let mut request = Request::builder().method(route.method).uri(path).header("host", "localhost");
        if let Some(asker) = asker {
            request = request.header("cookie", format!("keyworker_session={}", asker.session));
        }
        for (name, value) in extra {
            request = request.header(*name, *value);
        }
        let body = if route.method == "POST" { Body::from(fields.to_owned()) } else { Body::empty() };
        let response = self
            .router
            .clone()
            .oneshot(request.header("content-type", "application/x-www-form-urlencoded").body(body).unwrap())
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = String::from_utf8_lossy(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).into_owned();
        let answer = Answer { status, headers, body };
        self.has_every_header(route, path, &answer);
        answer
    }

    /// Every answer, whatever its status, carries every header, and none is a failure.
    fn has_every_header(&self, route: &Route, path: &str, answer: &Answer) {
        let what = || format!("{} {path} ({}) {}", route.method, route.path, answer.status);
        self.expect(!answer.status.is_server_error(), what);
        let text = |name: &str| answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let policy = text("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            self.expect(policy.contains(part), || format!("{}: {part}", what()));
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            self.expect(text(name) == value, || format!("{}: {name} is {}", what(), text(name)));
        }
    }

    fn expect(&self, fits: bool, words: impl FnOnce() -> String) {
        if !fits {
            self.faults.lock().unwrap().push(words());
        }
    }

    /// What `care::access` says of this worker, this person and this deed.
    async fn judged(&self, asker: &Asker, stands: Stands, deed: Deed) -> (Decision, Vec<Relationship>) {
        let person = PersonId::from_text(&self.ids(asker, stands)["person"]);
        let mut tx = self.house.db.read(Act::new(asker.worker.clone(), self.house.now())).await.unwrap();
        let ties = people::ties(&mut tx, &asker.worker, &person).await.unwrap();
        let restriction = match stands {
            Stands::Restricted => Restriction::Restricted(List::NotOn),
            Stands::Hidden => Restriction::Hidden(List::NotOn),
            _ => Restriction::None,
        };
        let roles: Vec<Role> = asker.role.into_iter().collect();
        let ask = Ask {
            roles: &roles,
            relationships: &ties,
            restriction,
            conflict: Conflict::NoneDeclared,
            deed,
            at: self.house.now(),
            today: testing::TODAY,
        };
        (decide(&ask), ties)
    }
}

fn has_param(route: &Route) -> bool {
    route.path.contains('{')
}

/// Whether the path leads to one person: by their id, their case or their allocation.
fn leads_to_a_person(route: &Route) -> bool {
    ["{person}", "{case}", "{allocation}"].iter().any(|name| route.path.contains(name))
}

/// Whether the path also names something for which there may be no row.
fn names_more(route: &Route) -> bool {
    WITHOUT_ROW.iter().any(|name| route.path.contains(&format!("{{{name}}}")))
}

/// The page without what differs from one showing to the next.
fn without_tokens(body: &str) -> String {
    let mut out = String::new();
    for (n, part) in body.split("name=\"form_token\" value=\"").enumerate() {
        out.push_str(if n == 0 { part } else { part.split_once('"').map_or(part, |(_, rest)| rest) });
    }
    out
}

async fn walk(borough: &Borough, role: Option<Role>) -> usize {
    let asker = borough.asker(role).await;
    let roles: Vec<Role> = role.into_iter().collect();
    let mut asked = 0;
    for route in &borough.table {
        // Signing out and ending sessions would end this walk.
        if matches!(route.path, "/sign-out" | "/account/sessions/end-others") {
            continue;
        }
        asked += match (route.need.admits(Some(&roles)), route.method) {
            (_, "POST") => post(borough, &asker, route).await,
            (Admission::RoleLacks, _) => role_lacks(borough, &asker, route).await,
            (_, _) if leads_to_a_person(route) => person(borough, &asker, route).await,
            _ => admitted(borough, &asker, route).await,
        };
    }
    asked
}

/// The role's refusal is the same whether or not there is such a record.
async fn role_lacks(borough: &Borough, asker: &Asker, route: &Route) -> usize {
    let mut pages = Vec::new();
    for stands in [Stands::Own, Stands::Hidden, Stands::Unknown] {
        let path = borough.path(route, borough.ids(asker, stands));
        let answer = borough.ask(route, &path, Some(asker), &[], "").await;
        borough.expect(answer.status == StatusCode::FORBIDDEN, || {
            format!("{:?} GET {}: {} in place of 403", asker.role, route.path, answer.status)
        });
        pages.push(without_tokens(&answer.body));
    }
    borough.expect(pages.windows(2).all(|p| p[0] == p[1]), || format!("{:?} GET {}: the refusal tells", asker.role, route.path));
    3
}

async fn admitted(borough: &Borough, asker: &Asker, route: &Route) -> usize {
    let path = borough.path(route, &asker.own);
    let status = borough.ask(route, &path, Some(asker), &[], "").await.status.as_u16();
    let fits = if has_param(route) { matches!(status, 200 | 303 | 403 | 404 | 410) } else { matches!(status, 200 | 303 | 404) };
    borough.expect(fits, || format!("{:?} GET {}: {status}", asker.role, route.path));
    1
}

async fn person(borough: &Borough, asker: &Asker, route: &Route) -> usize {
    let RouteNeed::Person(deed) = route.need else { panic!("{}: a person's address needs a person's deed", route.path) };
    let mut gone = Vec::new();
    for stands in ALL {
        let path = borough.path(route, borough.ids(asker, stands));
        let answer = borough.ask(route, &path, Some(asker), &[], "").await;
        let (decision, _) = borough.judged(asker, stands, deed).await;
        let status = answer.status.as_u16();
        let fits = match decision {
            _ if stands == Stands::Unknown => status == 404,
            Decision::Nothing => status == 404,
            Decision::Index(_) => status == 403 || (names_more(route) && status == 404),
            Decision::Full(_) => matches!(status, 200 | 303) || (names_more(route) && status == 404),
            Decision::RoleLacks => status == 403,
        };
        borough.expect(fits, || format!("{:?} GET {} {stands:?}: {status}, but {decision:?}", asker.role, route.path));
        if decision == Decision::Nothing || stands == Stands::Unknown {
            gone.push(without_tokens(&answer.body));
        }
    }
    borough.expect(gone.windows(2).all(|p| p[0] == p[1]), || {
        format!("{:?} GET {}: a hidden record is not an unknown page to the byte", asker.role, route.path)
    });
    ALL.len()
}

/// Without the form's token, from another site, without the role or the tie: nothing is done.
async fn post(borough: &Borough, asker: &Asker, route: &Route) -> usize {
    let roles: Vec<Role> = asker.role.into_iter().collect();
    let (path, token) = (borough.path(route, &asker.own), format!("csrf={}", asker.csrf));
    let refused = |status: StatusCode, why: &str| {
        borough.expect(status == StatusCode::FORBIDDEN, || format!("{:?} POST {}: {status} {why}", asker.role, route.path))
    };
    refused(borough.ask(route, &path, Some(asker), &[], "").await.status, "without the token");
    refused(borough.ask(route, &path, Some(asker), &[], "csrf=0000").await.status, "with another token");
    refused(borough.ask(route, &path, Some(asker), &[("origin", "https://evil.example")], &token).await.status, "from another origin");
    refused(borough.ask(route, &path, Some(asker), &[("origin", "null")], &token).await.status, "from no origin");
    refused(borough.ask(route, &path, Some(asker), &[("sec-fetch-site", "cross-site")], &token).await.status, "from another site");
    if route.need.admits(Some(&roles)) == Admission::RoleLacks {
        refused(borough.ask(route, &path, Some(asker), &[], &token).await.status, "without the role");
        return 6;
    }
    let RouteNeed::Person(deed) = route.need else { return 5 };
    if !leads_to_a_person(route) {
        return 5;
    }
    let mut asked = 5;
    for stands in ALL {
        let (decision, _) = borough.judged(asker, stands, deed).await;
        let expected = match decision {
            _ if stands == Stands::Unknown => 404,
            Decision::Nothing => 404,
            Decision::Index(_) => 403,
            // It would be done.
            _ => continue,
        };
        let path = borough.path(route, borough.ids(asker, stands));
        let status = borough.ask(route, &path, Some(asker), &[], &token).await.status.as_u16();
        // A form that is not filled in may come back, to whoever may read the record that it stands on.
        let may_read = borough.judged(asker, stands, Deed::ReadRecord).await.0.is_full();
        let fits = status == expected || (expected == 403 && names_more(route) && status == 404) || (may_read && status == 422);
        borough.expect(fits, || format!("{:?} POST {} {stands:?}: {status}, but {decision:?}", asker.role, route.path));
        asked += 1;
    }
    asked
}

/// Nobody signed in: public pages only, and never a record.
async fn stranger(borough: &Borough) -> usize {
    for route in &borough.table {
        let path = borough.path(route, &borough.shared[&Stands::Team]);
        let answer = borough.ask(route, &path, None, &[], "").await;
        if route.need != RouteNeed::Public {
            let to = answer.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default();
            let fits = answer.status == StatusCode::SEE_OTHER && to.starts_with("/sign-in") && answer.body.is_empty();
            borough.expect(fits, || format!("nobody {} {}: {}", route.method, route.path, answer.status));
        }
        if route.method == "POST" {
            let status = borough.ask(route, &path, None, &[("origin", "https://evil.example")], "").await.status;
            borough.expect(status == StatusCode::FORBIDDEN, || format!("nobody POST {} from another origin: {status}", route.path));
        }
    }
    borough.table.len()
}

async fn walk_all(name: &'static str, db: Db, roles: &[Option<Role>]) {
    let borough = Arc::new(Borough::new(name, db).await);
    let mut asked = stranger(&borough).await;
    let mut walks = tokio::task::JoinSet::new();
    for role in roles.iter().copied() {
        let borough = borough.clone();
        walks.spawn(async move { walk(&borough, role).await });
    }
    while let Some(done) = walks.join_next().await {
        match done {
            Ok(n) => asked += n,
            Err(e) => std::panic::resume_unwind(e.into_panic()),
        }
    }
    eprintln!("{name}: {} routes, {} roles, {asked} requests", borough.table.len(), roles.len());
    let faults = borough.faults.lock().unwrap().clone();
    assert!(faults.is_empty(), "{name}: {} of {asked} answers are not what care::access says:\n{}", faults.len(), faults.join("\n"));
    let verdict = store::audit::verify(&borough.house.db, None, &[]).await.unwrap();
    assert_eq!(verdict.faults, vec![], "{name}: the audit of all this holds");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_route_answers_every_role_and_tie_as_care_says() {
    let every: Vec<Option<Role>> = Role::ALL.iter().copied().map(Some).chain([None]).collect();
    // One role of each reach shows that the other database judges alike.
    let some = [Some(Role::SocialWorker), Some(Role::TeamManager), Some(Role::Auditor), Some(Role::Councillor), None];
    for (name, db) in testing::databases().await {
        walk_all(name, db, if name == "SQLite" { &every } else { &some }).await;
    }
}

#[tokio::test]
async fn the_ties_are_what_the_table_takes_them_for() {
    for (name, db) in testing::databases().await {
        let borough = Borough::new(name, db).await;
        let asker = borough.asker(Some(Role::SocialWorker)).await;
        for (stands, expected) in [
            (Stands::Own, vec![Relationship::Allocated, Relationship::OwnTeam]),
            (Stands::Team, vec![Relationship::OwnTeam]),
            (Stands::OtherTeam, vec![]),
        ] {
            let (_, ties) = borough.judged(&asker, stands, Deed::ReadRecord).await;
            assert_eq!(ties, expected, "{name}: {stands:?}");
        }
    }
}

#[tokio::test]
async fn every_route_says_who_may_use_it_in_a_way_that_fits() {
    let (house, _) = House::each().await.remove(0);
    for route in routes::routes(house.app.clone()).table {
        assert!(route.need.is_sound(), "{} {}", route.method, route.path);
        if leads_to_a_person(&route) {
            assert!(matches!(route.need, RouteNeed::Person(_)), "{} {}", route.method, route.path);
        }
        if route.method == "GET" && route.need == RouteNeed::Public {
            assert!(!route.path.contains("people"), "{}", route.path);
        }
    }
}
