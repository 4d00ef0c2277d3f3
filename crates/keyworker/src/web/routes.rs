//! Every address of Keyworker, on one screen, each with who may use it. A route cannot be added without saying so.

use axum::{Router, handler::Handler, middleware, routing};
use care::access::Role;

use super::{App, account, context::Nav, govuk, home, session};

/// Who may use a route. What of a person's record they may then see is decided in `store`, for each record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anyone, without an account.
    Public,
    /// Whoever is between the password and the second step.
    SigningIn,
    /// Any worker who is signed in.
    SignedIn,
    /// A worker who holds one of these roles.
    AnyOf(&'static [Role]),
}

impl Need {
    pub fn met_by(self, roles: impl AsRef<[Role]>) -> bool {
        match self {
            Need::Public | Need::SigningIn | Need::SignedIn => true,
            Need::AnyOf(wanted) => roles.as_ref().iter().any(|r| wanted.contains(r)),
        }
    }
}

/// One row of the table, for the test that walks all of them.
#[derive(Debug, Clone)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub need: Need,
}

pub struct Routes {
    app: App,
    router: Router<App>,
    pub table: Vec<Route>,
}

impl Routes {
    fn get<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, need: Need, handler: H) -> Self {
        self.table.push(Route { method: "GET", path, need });
        let layer = middleware::from_fn_with_state((self.app.clone(), need), session::admit);
        self.router = self.router.route(path, routing::get(handler).layer(layer));
        self
    }

    fn post<H: Handler<T, App>, T: 'static>(mut self, path: &'static str, need: Need, handler: H) -> Self {
        self.table.push(Route { method: "POST", path, need });
        let layer = middleware::from_fn_with_state((self.app.clone(), need), session::admit);
        self.router = self.router.route(path, routing::post(handler).layer(layer));
        self
    }
}

use Need::{Public, SignedIn, SigningIn};

/// The whole table.
#[rustfmt::skip]
pub fn routes(app: App) -> Routes {
    Routes { app, router: Router::new(), table: Vec::new() }
        .get("/", SignedIn, home::show)
        .get("/sign-in", Public, account::sign_in::show)
        .post("/sign-in", Public, account::sign_in::submit)
        .post("/sign-out", SigningIn, account::sign_in::sign_out)
}

/// The table as a service, with the assets, the problem pages and the headers around it.
pub fn router(app: App) -> Router {
    routes(app.clone())
        .router
        .route("/assets/{*path}", routing::get(govuk::serve_asset))
        .layer(middleware::from_fn_with_state(app.clone(), session::answer))
        .with_state(app)
}

/// The service navigation for these roles: each area with its first page.
pub fn navigation(roles: &[Role], path: &str) -> Vec<Nav> {
    const AREAS: &[(&str, &str, Need)] = &[("My work", "/", SignedIn)];
    AREAS
        .iter()
        .filter(|(_, _, need)| need.met_by(roles))
        .map(|(text, href, _)| Nav { text: (*text).into(), href: (*href).into(), active: if *href == "/" { path == "/" } else { path.starts_with(href) } })
        .collect()
}
