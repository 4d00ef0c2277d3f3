//! Around every request: who is it, may they use this route, was the form really theirs, and the headers of every answer.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use store::{
    Act,
    audit::Noted,
    restrictions,
    sessions::{self, Session},
    workers::{self, Standing},
};

use care::access::{Admission, RouteNeed};

use super::{
    App, Problem,
    account::held,
    context::{Context, public_page},
    cookies, govuk,
};

/// A session in use, with what its worker may be today. Read anew for every request, so that a right withdrawn is gone at once.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub session: Session,
    pub standing: Standing,
}

/// The outermost layer: turns problems into pages and puts the headers on every answer, whatever its status.
pub async fn answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = std::time::Instant::now();
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    // An address that is there for another method is no page either.
    let no_page = matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
    if no_page && response.extensions().get::<Problem>().is_none() && !path.starts_with("/assets/") {
        response = Problem::NotFound.into_response();
    }
    if let Some(problem) = response.extensions().get::<Problem>().cloned() {
        let context = response.extensions().get::<Context>().cloned();
        response = page_of(&app, &problem, context, response).await;
    }
    headers(&app, &mut response);
    app.figures.answered(response.status(), began.elapsed());
    response
}

/// Each route's own layer: loads the session, checks what the route needs, and only then calls the handler.
pub async fn admit(State((app, need)): State<(App, RouteNeed)>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // What a script asks by itself is no use of the session.
    let by_script = path == "/session/left" || path.starts_with("/imports/") && path.ends_with("/progress");
    let uses = if by_script { Uses::No } else { Uses::Session };
    let found = match load(&app, request.headers(), uses).await {
        Ok(found) => found,
        Err(problem) => return problem.into_response(),
    };
    let context = Context::new(app, found, &request);
    let mut response = match permit(&context, need, &request) {
        Ok(()) => {
            request.extensions_mut().insert(context.clone());
            next.run(request).await
        }
        Err(Problem::SignIn { .. }) if context.caller.wants_json => return StatusCode::UNAUTHORIZED.into_response(),
        Err(Problem::SignIn { return_to }) if request.method() == Method::POST => match held::keep(&context, request).await {
            Ok(kept) => Problem::SignIn { return_to: kept.unwrap_or(return_to) }.into_response(),
            Err(problem) => problem.into_response(),
        },
        Err(problem) => problem.into_response(),
    };
    if let Some(refused) = response.extensions().get::<Problem>().cloned()
        && let Err(problem) = on_record(&context, &refused).await
    {
        response = problem.into_response();
    }
    response.extensions_mut().insert(context);
    response
}

/// A refusal is on record before it is answered; the guardian of a hidden record is alerted at once.
async fn on_record(context: &Context, refused: &Problem) -> Result<(), Problem> {
    let (deed, subject) = match refused {
        Problem::IndexOnly(card) => ("refused.index_only", card.person_id.clone()),
        Problem::Hidden(person) => ("refused.hidden", person.to_string()),
        Problem::RoleLacks => ("refused.role_lacks", context.path().to_owned()),
        Problem::Forged => ("refused.forged", context.path().to_owned()),
        _ => return Ok(()),
    };
    let mut tx = context.write().await?;
    tx.note(Noted::new(deed, "refusal", subject));
    if let Problem::Hidden(person) = refused {
        restrictions::alert_guardian(&mut tx, person).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn permit(context: &Context, need: RouteNeed, request: &Request) -> Result<(), Problem> {
    if request.method() == Method::POST {
        same_origin(request.headers(), context.app.config.public_address.as_deref())?;
    }
    let roles = context.signed_in.as_ref().map(|_| context.roles());
    match need.admits(roles.as_deref()) {
        Admission::Admitted | Admission::AdmittedToAsk => Ok(()),
        Admission::RoleLacks => Err(Problem::RoleLacks),
        Admission::SignInFirst => {
            let asked = request.uri().path_and_query().filter(|_| request.method() == Method::GET);
            Err(Problem::SignIn { return_to: asked.map_or_else(|| "/".into(), ToString::to_string) })
        }
    }
}

/// A form from another site is refused before it is read. Browsers that send neither header still need the form's token.
fn same_origin(headers: &HeaderMap, public: Option<&str>) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if matches!(text("sec-fetch-site"), Some("cross-site" | "same-site")) {
        return Err(Problem::Forged);
    }
    let Some(origin) = text("origin") else { return Ok(()) };
    let host = text("host").unwrap_or_default();
    let ours = public.is_some_and(|p| p.trim_end_matches('/') == origin) || origin.split_once("://").is_some_and(|(_, rest)| rest == host);
    if ours { Ok(()) } else { Err(Problem::Forged) }
}

/// Whether a request counts as use of its session, which puts off its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Uses {
    Session,
    No,
}

async fn load(app: &App, headers: &HeaderMap, uses: Uses) -> Result<Option<SignedIn>, Problem> {
    let Some(id) = cookies::read(headers, &app.config, "session") else { return Ok(None) };
    let now = app.clock.now();
    let mut tx = app.db.read(Act::system(now)).await?;
    let Some(session) = sessions::find(&mut tx, &id, app.limits()).await? else { return Ok(None) };
    let today = tx.today();
    let standing = workers::standing(&mut tx, &session.worker_id, today).await?;
    tx.finish().await?;
    if uses == Uses::Session && now.duration_since(session.seen_at.0).as_secs() >= 60 {
        sessions::touch(&app.db, &session, now).await?;
    }
    Ok(Some(SignedIn { session, standing }))
}

async fn page_of(app: &App, problem: &Problem, context: Option<Context>, bare: Response) -> Response {
    if let Problem::Broken(what) = problem {
        tracing::error!(problem = %what, "a page could not be made");
    }
    if matches!(problem, Problem::SignIn { .. }) {
        return bare;
    }
    let page = match &context {
        Some(context) => context.plain_page(),
        None => public_page(app),
    };
    let data = minijinja::context! { page => govuk::value(&page), problem => problem_value(problem) };
    let mut response = match app.templates.render("problem.html", data) {
        Ok(html) => Html(html).into_response(),
        Err(e) => {
            tracing::error!(error = %format!("{e:#}"), "the page of a problem could not be made");
            "Something is wrong with this page. Nothing was saved. Go back and try again.".into_response()
        }
    };
    *response.status_mut() = problem.status();
    if let Problem::TooMany { again_in_seconds } = problem {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*again_in_seconds));
    }
    response
}

fn problem_value(problem: &Problem) -> minijinja::Value {
    let (kind, words) = match problem {
        Problem::NotFound | Problem::Hidden(_) => ("not_found", String::new()),
        Problem::IndexOnly(card) => return minijinja::context! { kind => "index_only", card => govuk::value(&**card) },
        Problem::RoleLacks => ("role_lacks", String::new()),
        Problem::SignIn { .. } => ("sign_in", String::new()),
        Problem::Forged => ("forged", String::new()),
        Problem::Stale => ("stale", String::new()),
        Problem::BadRequest(words) => ("bad_request", words.clone()),
        Problem::TooLarge(words) => ("too_large", words.clone()),
        Problem::TooMany { again_in_seconds } => ("too_many", again_in_seconds.to_string()),
        Problem::NoRoom => ("no_room", String::new()),
        Problem::Busy => ("busy", String::new()),
        Problem::Broken(_) => ("broken", String::new()),
    };
    minijinja::context! { kind, words }
}

fn headers(app: &App, response: &mut Response<Body>) {
    let is_asset = response.headers().contains_key("x-keyworker-asset");
    let map = response.headers_mut();
    map.remove("x-keyworker-asset");
    let mut put = |name: &'static str, value: &'static str| {
        map.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    put("content-security-policy", govuk::CONTENT_SECURITY_POLICY);
    put("x-content-type-options", "nosniff");
    put("referrer-policy", "same-origin");
    put("cross-origin-opener-policy", "same-origin");
    put("cross-origin-resource-policy", "same-origin");
    put("permissions-policy", "camera=(), microphone=(), geolocation=()");
    if !is_asset {
        put("cache-control", "no-store");
    }
    if !app.config.is_plain_http() {
        put("strict-transport-security", "max-age=31536000");
    }
}
