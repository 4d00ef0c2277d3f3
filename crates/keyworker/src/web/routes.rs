//! Every address of Keyworker, on one screen, each with who may use it. A route cannot be added without saying so.

use axum::{Router, extract::DefaultBodyLimit, handler::Handler, middleware, routing};
use care::access::{Admission, Deed, Role, RouteNeed};

use super::{
    App, Problem, access, account, allocation, assets, drafts, front_door, govuk::NavItem, help, imports, letters, people, policy, public,
    record, service, session, staff, supervision, teams, work,
};

/// One row of the table, for the test that walks all of them.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub need: RouteNeed,
}

pub struct Routes {
    app: App,
    router: Router<App>,
    pub table: Vec<Route>,
}

impl Routes {
    fn get<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, need: RouteNeed, handler: H) -> Self {
        self.table.push(Route { method: "GET", path, need });
        let layer = middleware::from_fn_with_state((self.app.clone(), need), session::admit);
        self.router = self.router.route(path, routing::get(handler).layer(layer));
        self
    }

    /// A form with files: its body may be long, and is read piece by piece.
    fn upload<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, need: RouteNeed, handler: H) -> Self {
        self.table.push(Route { method: "POST", path, need });
        let layer = middleware::from_fn_with_state((self.app.clone(), need), session::admit);
        self.router = self.router.route(path, routing::post(handler).layer(DefaultBodyLimit::disable()).layer(layer));
        self
    }

    fn post<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, need: RouteNeed, handler: H) -> Self {
        self.table.push(Route { method: "POST", path, need });
        let layer = middleware::from_fn_with_state((self.app.clone(), need), session::admit);
        self.router = self.router.route(path, routing::post(handler).layer(layer));
        self
    }
}

use RouteNeed::{AnyOf, Person, Public, Service, SignedIn};

/// The store narrows these to the workers of each one's own teams and line.
pub const ABSENCE_KEEPERS: &[Role] = &[Role::BusinessSupport, Role::TeamManager, Role::GroupManager, Role::Director, Role::HumanResources];

/// Those who see the front door and may take figures out.
const FRONT_DOOR_FIGURES: &[Role] = &[Role::TeamManager, Role::GroupManager, Role::Director];

/// The whole table.
#[rustfmt::skip]
pub fn routes(app: App) -> Routes {
    Routes { app, router: Router::new(), table: Vec::new() }
        .get("/", SignedIn, work::show)
        .get("/work/{list}", SignedIn, work::list)
        .get("/notices", SignedIn, work::notices::show)
        .post("/notices/{notice}", SignedIn, work::notices::acknowledge)
        .get("/sign-in", Public, account::sign_in::show)
        .post("/sign-in", Public, account::sign_in::submit)
        .post("/sign-in/as", Public, account::demonstration::submit)
        .get("/sign-in/code", Public, account::second_step::show)
        .post("/sign-in/code", Public, account::second_step::submit)
        .post("/sign-in/recovery-code", Public, account::second_step::submit_recovery)
        .get("/sign-in/set-up", Public, account::set_up::show)
        .post("/sign-in/set-up", Public, account::set_up::submit)
        .post("/sign-in/start-again", Public, account::set_up::start_again)
        .post("/sign-out", SignedIn, account::sign_in::sign_out)
        .get("/link/{token}", Public, account::link::show)
        .post("/link/{token}", Public, account::link::submit)
        // A worker's own account, sessions and second step
        .get("/account", SignedIn, account::mine::show)
        .get("/account/password", SignedIn, account::mine::password)
        .post("/account/password", SignedIn, account::mine::set_password)
        .get("/account/second-step", SignedIn, account::mine::second_step)
        .post("/account/second-step", SignedIn, account::mine::begin_second_step)
        .get("/account/second-step/new", SignedIn, account::mine::new_second_step)
        .post("/account/second-step/new", SignedIn, account::mine::confirm_second_step)
        .post("/account/recovery-codes", SignedIn, account::mine::renew_codes)
        .post("/account/sessions/end-others", SignedIn, account::sessions::end_others)
        .post("/account/sessions/{session}/end", SignedIn, account::sessions::end)
        .get("/session/left", SignedIn, account::sessions::left)
        .post("/session/extend", SignedIn, account::sessions::extend)
        .get("/held/{held}", SignedIn, account::held::show)
        .post("/held/{held}/send", SignedIn, account::held::send)
        .post("/held/{held}/discard", SignedIn, account::held::discard)
        // Accounts, teams and roles
        .get("/staff", Service(Deed::KeepStaff), staff::list::show)
        .post("/staff/find", Service(Deed::KeepStaff), staff::list::find)
        .get("/staff/new", Service(Deed::KeepStaff), staff::details::new)
        .post("/staff/new", Service(Deed::KeepStaff), staff::details::add)
        .get("/staff/teams", Service(Deed::KeepStaff), staff::teams::list)
        .get("/staff/teams/new", Service(Deed::KeepStaff), staff::teams::new)
        .post("/staff/teams/new", Service(Deed::KeepStaff), staff::teams::add)
        .get("/staff/teams/{team}", Service(Deed::KeepStaff), staff::teams::show)
        .post("/staff/teams/{team}", Service(Deed::KeepStaff), staff::teams::change)
        .get("/staff/{worker}", Service(Deed::KeepStaff), staff::show::show)
        .get("/staff/{worker}/details", Service(Deed::KeepStaff), staff::details::show)
        .post("/staff/{worker}/details", Service(Deed::KeepStaff), staff::details::change)
        .get("/staff/{worker}/supervision", Service(Deed::KeepStaff), staff::supervision::show)
        .post("/staff/{worker}/supervision", Service(Deed::KeepStaff), staff::supervision::submit)
        .get("/staff/{worker}/leaving", Service(Deed::KeepStaff), staff::leaving::show)
        .post("/staff/{worker}/leaving", Service(Deed::KeepStaff), staff::leaving::submit)
        .get("/staff/{worker}/roles/new", Service(Deed::ManageAccounts), staff::roles::new)
        .post("/staff/{worker}/roles/new", Service(Deed::ManageAccounts), staff::roles::give)
        .get("/staff/{worker}/roles/{role_held}/end", Service(Deed::ManageAccounts), staff::roles::ask_to_end)
        .post("/staff/{worker}/roles/{role_held}/end", Service(Deed::ManageAccounts), staff::roles::end)
        .get("/staff/{worker}/account/new", Service(Deed::ManageAccounts), staff::accounts::new)
        .post("/staff/{worker}/account/new", Service(Deed::ManageAccounts), staff::accounts::open)
        .post("/staff/{worker}/account/link", Service(Deed::ManageAccounts), staff::accounts::link)
        .post("/staff/{worker}/account/disable", Service(Deed::ManageAccounts), staff::accounts::disable)
        .post("/staff/{worker}/account/enable", Service(Deed::ManageAccounts), staff::accounts::enable)
        .post("/staff/{worker}/account/remove-second-step", Service(Deed::ManageAccounts), staff::accounts::remove_second_step)
        .post("/staff/{worker}/account/sessions/{session}/end", Service(Deed::ManageAccounts), staff::accounts::end_session)
        .get("/absences", AnyOf(ABSENCE_KEEPERS), staff::absences::list)
        .get("/absences/new", AnyOf(ABSENCE_KEEPERS), staff::absences::new)
        .post("/absences/new", AnyOf(ABSENCE_KEEPERS), staff::absences::record)
        .get("/absences/{absence}", AnyOf(ABSENCE_KEEPERS), staff::absences::show)
        .post("/absences/{absence}", AnyOf(ABSENCE_KEEPERS), staff::absences::change)
        .get("/absences/{absence}/reason", AnyOf(&[Role::HumanResources]), staff::absences::reason)
        .post("/absences/{absence}/reason", AnyOf(&[Role::HumanResources]), staff::absences::set_reason)
        // Access: break the glass, restrictions, audit
        .get("/people/{person}/break-glass", Person(Deed::ReadIndex), access::glass::show)
        .get("/people/{person}/break-glass/reason", Person(Deed::ReadIndex), access::glass::reason)
        .post("/people/{person}/break-glass/reason", Person(Deed::ReadIndex), access::glass::submit)
        .post("/people/{person}/break-glass/end", Person(Deed::ReadIndex), access::glass::mend)
        .get("/people/{person}/restriction", Person(Deed::RestrictRecord), access::restriction::show)
        .post("/people/{person}/restriction", Person(Deed::RestrictRecord), access::restriction::submit)
        .post("/people/{person}/restriction/lift", Person(Deed::RestrictRecord), access::restriction::lift)
        .get("/people/{person}/conflict", Person(Deed::ReadIndex), access::conflicts::new)
        .post("/people/{person}/conflict", Person(Deed::ReadIndex), access::conflicts::declare)
        .get("/people/{person}/conflicts", Person(Deed::RestrictRecord), access::conflicts::of_person)
        .post("/people/{person}/conflicts", Person(Deed::RestrictRecord), access::conflicts::record)
        .post("/people/{person}/conflicts/{conflict}/end", Person(Deed::RestrictRecord), access::conflicts::end)
        .get("/people/{person}/seen", Person(Deed::ReadAccessLog), access::seen::of_person)
        .get("/account/seen", SignedIn, access::seen::own)
        .get("/account/conflicts", SignedIn, access::conflicts::own)
        .get("/access/reviews", Service(Deed::ReviewBreakGlass), access::reviews::list)
        .get("/access/reviews/{grant}", Service(Deed::ReviewBreakGlass), access::reviews::show)
        .post("/access/reviews/{grant}", Service(Deed::ReviewBreakGlass), access::reviews::submit)
        .get("/audit", Service(Deed::ReadWorkersAudit), access::oversight::show)
        .get("/audit/refusals", Service(Deed::ReadRefusals), access::oversight::refusals)
        .get("/audit/worker", Service(Deed::ReadWorkersAudit), access::oversight::choose)
        .get("/audit/worker/{worker}", Service(Deed::ReadWorkersAudit), access::inquiry::new)
        .post("/audit/worker/{worker}", Service(Deed::ReadWorkersAudit), access::inquiry::open)
        .get("/audit/inquiry/{inquiry}", Service(Deed::ReadWorkersAudit), access::inquiry::show)
        .get("/audit/export", Service(Deed::ReadWorkersAudit), access::export::show)
        .post("/audit/export", Service(Deed::ReadWorkersAudit), access::export::download)
        // Finding and adding people
        .post("/people/find", Person(Deed::ReadIndex), people::find::find)
        .get("/people/new", Person(Deed::ChangePerson), people::new::show)
        .post("/people/new", Person(Deed::ChangePerson), people::new::submit)
        .post("/people/new/start", Person(Deed::ChangePerson), people::new::start)
        // A person's record
        .get("/people/{person}", Person(Deed::ReadRecord), people::story::show)
        .get("/people/{person}/story", Person(Deed::ReadRecord), people::story::whole)
        .get("/people/{person}/involvement", Person(Deed::ReadRecord), people::story::involvement)
        .post("/people/{person}/entries/{entry}/mark", Person(Deed::WriteNote), people::story::mark)
        .get("/people/{person}/details", Person(Deed::ReadRecord), people::details::show)
        .get("/people/{person}/edit", Person(Deed::ChangePerson), people::edit::first)
        .get("/people/{person}/edit/{part}", Person(Deed::ChangePerson), people::edit::show)
        .post("/people/{person}/edit/{part}", Person(Deed::ChangePerson), people::edit::change)
        .get("/people/{person}/names/new", Person(Deed::ChangePerson), people::known_by::new_name)
        .post("/people/{person}/names/new", Person(Deed::ChangePerson), people::known_by::add_name)
        .get("/people/{person}/addresses/new", Person(Deed::ChangePerson), people::known_by::new_address)
        .post("/people/{person}/addresses/new", Person(Deed::ChangePerson), people::known_by::add_address)
        .get("/people/{person}/addresses/{address}/end", Person(Deed::ChangePerson), people::known_by::ending_address)
        .post("/people/{person}/addresses/{address}/end", Person(Deed::ChangePerson), people::known_by::end_address)
        .get("/people/{person}/numbers/new", Person(Deed::ChangePerson), people::known_by::new_number)
        .post("/people/{person}/numbers/new", Person(Deed::ChangePerson), people::known_by::add_number)
        .post("/people/{person}/numbers/{number}/seen", Person(Deed::ChangePerson), people::known_by::verify)
        .post("/people/{person}/numbers/{number}/remove", Person(Deed::ChangePerson), people::known_by::remove)
        .get("/people/{person}/alerts/new", Person(Deed::ChangePerson), people::alerts::new)
        .post("/people/{person}/alerts/new", Person(Deed::ChangePerson), people::alerts::add)
        .get("/people/{person}/alerts/{alert}", Person(Deed::ChangePerson), people::alerts::show)
        .post("/people/{person}/alerts/{alert}", Person(Deed::ChangePerson), people::alerts::review)
        .post("/people/{person}/alerts/{alert}/end", Person(Deed::ChangePerson), people::alerts::end)
        .get("/people/{person}/family", Person(Deed::ReadRecord), people::family::show)
        .get("/people/{person}/family/new", Person(Deed::ChangePerson), people::family::new)
        .post("/people/{person}/family/new", Person(Deed::ChangePerson), people::family::add)
        .get("/people/{person}/family/{relationship}/end", Person(Deed::ChangePerson), people::family::ending)
        .post("/people/{person}/family/{relationship}/end", Person(Deed::ChangePerson), people::family::end)
        .get("/people/{person}/households/new", Person(Deed::ChangePerson), people::households::new)
        .post("/people/{person}/households/new", Person(Deed::ChangePerson), people::households::add)
        .get("/people/{person}/households/{stay}/leave", Person(Deed::ChangePerson), people::households::leaving)
        .post("/people/{person}/households/{stay}/leave", Person(Deed::ChangePerson), people::households::leave)
        .get("/people/{person}/documents", Person(Deed::ReadRecord), people::documents::list)
        .get("/people/{person}/documents/new", Person(Deed::WriteNote), people::documents::new)
        .upload("/people/{person}/documents/new", Person(Deed::WriteNote), people::documents::add)
        .get("/people/{person}/documents/{document}", Person(Deed::ReadRecord), people::documents::download)
        .get("/people/{person}/documents/{document}/withdraw", Person(Deed::WriteNote), people::documents::withdrawing)
        .post("/people/{person}/documents/{document}/withdraw", Person(Deed::WriteNote), people::documents::withdraw)
        .get("/people/{person}/statuses/new", Person(Deed::ChangePerson), people::statuses::new)
        .post("/people/{person}/statuses/new", Person(Deed::ChangePerson), people::statuses::add)
        .get("/people/{person}/statuses/{status}/dates", Person(Deed::ChangePerson), people::statuses::dates)
        .post("/people/{person}/statuses/{status}/dates", Person(Deed::ChangePerson), people::statuses::set_dates)
        .get("/people/{person}/statuses/{status}/end", Person(Deed::ChangePerson), people::statuses::ending)
        .post("/people/{person}/statuses/{status}/end", Person(Deed::ChangePerson), people::statuses::end)
        // The story: notes, visits, decisions, supervision
        .get("/people/{person}/notes/new", Person(Deed::WriteNote), record::note::show)
        .post("/people/{person}/notes/new", Person(Deed::WriteNote), record::note::submit)
        .get("/people/{person}/visits/new", Person(Deed::WriteNote), record::visit::show)
        .post("/people/{person}/visits/new", Person(Deed::WriteNote), record::visit::submit)
        .get("/people/{person}/going-out", Person(Deed::WriteNote), record::going_out::show)
        .post("/people/{person}/going-out", Person(Deed::WriteNote), record::going_out::submit)
        .get("/going-out/{out}", SignedIn, record::going_out::one)
        .post("/going-out/{out}", SignedIn, record::going_out::back)
        .get("/people/{person}/decisions/new", Person(Deed::RecordDecision), record::decision::show_decision)
        .post("/people/{person}/decisions/new", Person(Deed::RecordDecision), record::decision::submit_decision)
        .get("/people/{person}/supervision/new", Person(Deed::RecordDecision), record::decision::show_supervision)
        .post("/people/{person}/supervision/new", Person(Deed::RecordDecision), record::decision::submit_supervision)
        .get("/people/{person}/entries/{entry}/correct", Person(Deed::WriteNote), record::correction::show)
        .post("/people/{person}/entries/{entry}/correct", Person(Deed::WriteNote), record::correction::submit)
        .get("/people/{person}/entries/{entry}/move", Person(Deed::WriteNote), record::moving::show)
        .post("/people/{person}/entries/{entry}/move", Person(Deed::WriteNote), record::moving::submit)
        // A worker's own supervision
        .get("/supervision", SignedIn, supervision::list)
        .get("/supervision/{supervised}", SignedIn, supervision::show)
        .get("/supervision/{supervised}/new", SignedIn, supervision::new)
        .post("/supervision/{supervised}/new", SignedIn, supervision::submit)
        .post("/supervision/{supervised}/{meeting}/agree", SignedIn, supervision::agree)
        .post("/supervision/{supervised}/actions/{action}/done", SignedIn, supervision::done)
        // Drafts and messages
        .get("/drafts", SignedIn, drafts::show)
        .post("/drafts/{form}/{subject}", SignedIn, drafts::save)
        .get("/drafts/{form}/{subject}/versions", SignedIn, drafts::versions)
        .post("/draft/{draft}/discard", SignedIn, drafts::discard)
        // Front door
        .get("/front-door/hand-over", Service(Deed::SeeFrontDoor), front_door::hand_over::show)
        .get("/front-door/hand-over/new", Service(Deed::SeeFrontDoor), front_door::hand_over::new)
        .post("/front-door/hand-over/new", Service(Deed::SeeFrontDoor), front_door::hand_over::submit)
        .post("/front-door/hand-over/{line}/read", Service(Deed::SeeFrontDoor), front_door::hand_over::mark_read)
        .post("/front-door/hand-over/{line}/done", Service(Deed::SeeFrontDoor), front_door::hand_over::mark_done)
        .get("/front-door/figures", Service(Deed::SeeFrontDoor), front_door::figures::show)
        .get("/front-door/figures/csv", AnyOf(FRONT_DOOR_FIGURES), front_door::figures::csv)
        .get("/front-door", Service(Deed::SeeFrontDoor), front_door::board::show)
        .get("/front-door/enquiries/new", Service(Deed::RecordEnquiry), front_door::taking::new)
        .post("/front-door/enquiries/new", Service(Deed::RecordEnquiry), front_door::taking::submit)
        .get("/front-door/enquiries/{enquiry}", Service(Deed::RecordEnquiry), front_door::enquiry::show)
        .post("/front-door/enquiries/{enquiry}", Service(Deed::RecordEnquiry), front_door::enquiry::step)
        .get("/front-door/enquiries/{enquiry}/change", Service(Deed::RecordEnquiry), front_door::taking::edit)
        .post("/front-door/enquiries/{enquiry}/change", Service(Deed::RecordEnquiry), front_door::taking::change)
        .get("/front-door/enquiries/{enquiry}/decide", Person(Deed::DecideEnquiry), front_door::decide::show)
        .post("/front-door/enquiries/{enquiry}/decide", Person(Deed::DecideEnquiry), front_door::decide::submit)
        .get("/front-door/enquiries/{enquiry}/answer", Service(Deed::RecordEnquiry), front_door::answer::show)
        .post("/front-door/enquiries/{enquiry}/answer", Service(Deed::RecordEnquiry), front_door::answer::submit)
        // Letters and e-mails
        .get("/letters", SignedIn, letters::list)
        .get("/letters/{letter}", SignedIn, letters::show)
        .post("/letters/{letter}", SignedIn, letters::settle)
        // Public pages
        .get("/enquiry", Public, public::enquiry::show)
        .post("/enquiry", Public, public::enquiry::submit)
        .get("/enquiry/answer/{token}", Public, public::helped::show)
        .post("/enquiry/answer/{token}", Public, public::helped::submit)
        // About Keyworker
        .get("/help", Public, help::list)
        .get("/help/{guide}", Public, help::show)
        .get("/accessibility", Public, help::accessibility)
        .get("/privacy", Public, help::privacy)
        // Allocation, cover, duty
        .get("/unallocated", Service(Deed::SeeTeam), allocation::unallocated::show)
        .get("/unallocated.csv", Service(Deed::Export), allocation::unallocated::file)
        .get("/people/{person}/allocate", Person(Deed::Allocate), allocation::of_person)
        .get("/people/{person}/workers", Person(Deed::ReadRecord), allocation::workers::of_person)
        .get("/cases/{case}/allocate", Person(Deed::Allocate), allocation::allocate::show)
        .post("/cases/{case}/allocate", Person(Deed::Allocate), allocation::allocate::submit)
        .get("/cases/{case}/review", Person(Deed::RecordDecision), allocation::review::show)
        .post("/cases/{case}/review", Person(Deed::RecordDecision), allocation::review::submit)
        .post("/cases/{case}/escalation", Person(Deed::RecordDecision), allocation::review::ask)
        .get("/escalations/{escalation}", Person(Deed::Allocate), allocation::review::show_question)
        .post("/escalations/{escalation}", Person(Deed::Allocate), allocation::review::answer_question)
        .get("/allocations/{allocation}", Person(Deed::ReadRecord), allocation::answer::show)
        .post("/allocations/{allocation}", Person(Deed::ReadRecord), allocation::answer::submit)
        .get("/cases/{case}/workers", Person(Deed::ReadRecord), allocation::workers::show)
        .post("/cases/{case}/workers", Person(Deed::Allocate), allocation::workers::name)
        .get("/cases/{case}/end", Person(Deed::Allocate), allocation::end::show)
        .post("/cases/{case}/end", Person(Deed::Allocate), allocation::end::submit)
        .get("/cases/{case}/transfer", Person(Deed::Allocate), allocation::transfer::show)
        .post("/cases/{case}/transfer", Person(Deed::Allocate), allocation::transfer::submit)
        .get("/transfers/{transfer}", Person(Deed::Allocate), allocation::transfer::show_offer)
        .post("/transfers/{transfer}", Person(Deed::Allocate), allocation::transfer::answer)
        .get("/duty", Service(Deed::SeeTeam), allocation::duty::show)
        .get("/teams/{team}/duty", Service(Deed::SeeTeam), allocation::duty::week)
        .post("/teams/{team}/duty", Service(Deed::KeepRota), allocation::duty::put_on)
        .post("/teams/{team}/duty/{turn}/off", Service(Deed::KeepRota), allocation::duty::take_off)
        // Team and service
        .get("/teams", Service(Deed::SeeTeam), teams::list::show)
        .get("/teams/{team}", Service(Deed::SeeTeam), teams::show::show)
        .get("/teams/{team}/caseloads.csv", Service(Deed::Export), teams::show::file)
        .get("/service", Service(Deed::SeeService), service::show)
        .get("/service.csv", Service(Deed::Export), service::file)
        .get("/service/zero/{kind}", Service(Deed::SeeTeam), service::zero)
        // Policy, timescales, holidays
        .get("/policy", SignedIn, policy::show)
        .get("/policy/timescales", SignedIn, policy::timescales::show)
        .get("/policy/timescales/{code}", Service(Deed::ChangePolicy), policy::timescales::edit)
        .post("/policy/timescales/{code}", Service(Deed::ChangePolicy), policy::timescales::change)
        .get("/policy/holidays", SignedIn, policy::holidays::show)
        .post("/policy/holidays", Service(Deed::ChangePolicy), policy::holidays::add)
        .post("/policy/holidays/known", Service(Deed::ChangePolicy), policy::holidays::confirm)
        .post("/policy/holidays/{day}/remove", Service(Deed::ChangePolicy), policy::holidays::remove)
        .get("/policy/{setting}", Service(Deed::ChangePolicy), policy::settings::edit)
        .post("/policy/{setting}", Service(Deed::ChangePolicy), policy::settings::change)
        .get("/policy/holding", SignedIn, staff::holding::show)
        .get("/policy/holding/new", Service(Deed::ChangePolicy), staff::holding::new)
        .post("/policy/holding/new", Service(Deed::ChangePolicy), staff::holding::set)
        // Imports
        .get("/imports", Service(Deed::Import), imports::list)
        .get("/imports/new", Service(Deed::Import), imports::upload::show)
        .upload("/imports/new", Service(Deed::Import), imports::upload::submit)
        .get("/imports/{run}", Service(Deed::Import), imports::show)
        .get("/imports/{run}/progress", Service(Deed::Import), imports::progress)
        .get("/imports/{run}/report.csv", Service(Deed::Import), imports::report_file)
        .get("/imports/{run}/sources/{source}", Service(Deed::Import), imports::source)
        .post("/imports/{run}/again", Service(Deed::Import), imports::again)
}

/// The table as a service, with the assets, the problem pages and the headers around it.
pub fn router(app: App) -> Router {
    routes(app.clone())
        .router
        .route("/assets/{*path}", routing::get(assets::show))
        .fallback_service(
            routing::any(unknown)
                .layer(middleware::from_fn_with_state((app.clone(), RouteNeed::Public), session::admit))
                .with_state(app.clone()),
        )
        .layer(middleware::from_fn_with_state(app.clone(), session::answer))
        .with_state(app)
}

/// An address that is in no row of the table: the same page as for a record that must not be known to exist.
async fn unknown() -> Problem {
    Problem::NotFound
}

/// Whether the box "Find a person" is of any use to these roles.
pub fn may_find(roles: &[Role]) -> bool {
    Person(Deed::ReadIndex).admits(Some(roles)) == Admission::AdmittedToAsk
}

/// The service navigation for these roles: each area with its first page.
pub fn navigation(roles: &[Role], path: &str) -> Vec<NavItem> {
    const AREAS: &[(&str, &str, RouteNeed)] = &[
        ("My work", "/", SignedIn),
        ("Front door", "/front-door", Service(Deed::SeeFrontDoor)),
        ("Allocation", "/unallocated", Service(Deed::SeeTeam)),
        ("Teams", "/teams", Service(Deed::SeeTeam)),
        ("Service", "/service", Service(Deed::SeeService)),
        ("Duty", "/duty", Service(Deed::SeeTeam)),
        ("Policy", "/policy", SignedIn),
        ("Staff", "/staff", Service(Deed::KeepStaff)),
        ("Who is away", "/absences", AnyOf(ABSENCE_KEEPERS)),
        ("Imports", "/imports", Service(Deed::Import)),
        ("Oversight", "/audit", Service(Deed::ReadWorkersAudit)),
    ];
    AREAS
        .iter()
        .filter(|(_, _, need)| matches!(need.admits(Some(roles)), Admission::Admitted | Admission::AdmittedToAsk))
        .map(|(text, href, _)| NavItem {
            text: (*text).into(),
            href: (*href).into(),
            active: if *href == "/" { path == "/" } else { path.starts_with(href) },
        })
        .collect()
}
