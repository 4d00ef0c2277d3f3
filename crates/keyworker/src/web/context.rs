//! One request: who asks, at what moment, and the ways to read, write and answer.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse},
};
use care::access::Role;
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use store::{Act, Tx, drafts::From, sessions::Stage, todo};

use super::{
    App, Outcome, Problem,
    caller::Caller,
    cookies, drafts,
    form::Form,
    govuk::{self, Flash, FlashKind, Glass, Page, ToDo},
    session::SignedIn,
};

#[derive(Clone)]
pub struct Context {
    pub app: App,
    /// A worker who is fully signed in.
    pub signed_in: Option<SignedIn>,
    /// A worker between the password and the second step: may use the pages of signing in and nothing else.
    pub signing_in: Option<SignedIn>,
    pub now: Timestamp,
    pub caller: Caller,
    path: String,
    reads: bool,
    flash: Option<String>,
    /// The draft from which the form of this request was opened: gone as soon as the form has done its work.
    sent: Arc<OnceLock<Sent>>,
}

/// A draft, as the store clears it.
#[derive(Debug, Clone)]
struct Sent {
    form: &'static str,
    subject: String,
    from: From,
}

impl Context {
    pub fn new(app: App, found: Option<SignedIn>, request: &Request) -> Self {
        let (signed_in, signing_in) = match found {
            Some(s) if s.session.stage == Stage::Full => (Some(s), None),
            other => (None, other),
        };
        let flash = cookies::read(request.headers(), &app.config, "news").map(|v| cookies::decode(&v));
        let now = app.clock.now();
        let caller = Caller::of(request, &app.config);
        let (path, reads) = (request.uri().path().to_owned(), request.method() != Method::POST);
        Self { app, signed_in, signing_in, now, caller, path, reads, flash, sent: Arc::default() }
    }

    /// The form that came with this request was opened from this draft.
    pub fn was_sent_from(&self, form: &'static str, subject: String, from: From) {
        // A request has one form; a second would be a mistake of ours, and the first stays.
        drop(self.sent.set(Sent { form, subject, from }));
    }

    pub fn act(&self) -> Act {
        match &self.signed_in {
            Some(s) => Act::new(s.session.worker_id.clone(), self.now),
            None => Act::public(self.now),
        }
    }
    pub fn today(&self) -> Date {
        self.act().today()
    }
    pub fn path(&self) -> &str {
        &self.path
    }
    /// The worker who asks; a page that anyone may see has none.
    pub fn worker(&self) -> Result<&SignedIn, Problem> {
        self.signed_in.as_ref().ok_or(Problem::SignIn { return_to: self.path.clone() })
    }
    pub fn roles(&self) -> Vec<Role> {
        self.signed_in.iter().flat_map(|s| &s.standing.roles).filter_map(|r| Role::from_code(&r.role)).collect()
    }
    pub fn has_role(&self, any_of: &[Role]) -> bool {
        self.roles().iter().any(|r| any_of.contains(r))
    }

    /// A transaction to read in; end it with [`Context::page`], which shows nothing before the reading is on record.
    pub async fn read(&self) -> Result<Tx, Problem> {
        Ok(self.app.db.read(self.act()).await?)
    }
    /// A transaction to write in; end it with `tx.commit()`.
    pub async fn write(&self) -> Result<Tx, Problem> {
        let mut tx = self.app.db.write(self.act()).await?;
        if let Some(Sent { form, subject, from }) = self.sent.get() {
            tx.sends(form, subject, from);
        }
        Ok(tx)
    }

    /// Shows a page. Ends the reading transaction first: its audit rows are on disk before the first byte leaves.
    pub async fn page(&self, tx: Tx, title: &str, template: &str, data: impl Serialize) -> Outcome {
        self.show(tx, title, template, data, None, StatusCode::OK).await
    }

    /// Shows a form again with its errors and everything that was typed, status 422 when there are errors.
    pub async fn form(&self, tx: Tx, title: &str, template: &str, form: &Form, data: impl Serialize) -> Outcome {
        let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.show(tx, title, template, data, Some(form), status).await
    }

    async fn show(
        &self,
        mut tx: Tx,
        title: &str,
        template: &str,
        data: impl Serialize,
        form: Option<&Form>,
        status: StatusCode,
    ) -> Outcome {
        let mut page = self.plain_page();
        page.title = title.to_owned();
        let kept = match form {
            Some(form) => self.kept(&mut tx, form, &mut page).await?,
            None => None,
        };
        let form = kept.as_ref().or(form);
        if let Some(signed_in) = &self.signed_in {
            let counts = todo::counts(&mut tx, &signed_in.standing).await?;
            page.todo = counts
                .into_iter()
                .map(|t| ToDo { label: t.label, count: t.count.unsigned_abs(), href: t.href, urgent: t.urgent })
                .collect();
        }
        page.glass = self.glass(&tx, &page);
        page.errors = form.map(Form::errors).unwrap_or_default().to_vec();
        tx.finish().await?;
        let typed = form.map(Form::typed).unwrap_or_default();
        let context = minijinja::context! { page => govuk::value(&page), form => govuk::value(&typed), ..govuk::value(&data) };
        let mut response = Html(self.app.templates.render(template, context)?).into_response();
        *response.status_mut() = status;
        if self.flash.is_some()
            && let Some(value) = cookies::clear(&self.app.config, "news")
        {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(response)
    }

    /// A form that keeps drafts: as it was left, where it is opened; as it was sent, where it comes back with errors.
    async fn kept(&self, tx: &mut Tx, form: &Form, page: &mut Page) -> Result<Option<Form>, Problem> {
        if self.signed_in.is_none() {
            return Ok(None);
        }
        let Some((kind, subject)) = drafts::of_page(&self.path) else { return Ok(None) };
        if !self.reads {
            page.draft = Some(drafts::again(kind.code, &subject, form));
            return Ok(None);
        }
        let (form, shown) = drafts::opened_by_page(tx, kind, &subject, form).await?;
        page.draft = Some(shown);
        Ok(Some(form))
    }

    /// What stands above every page of a record that is open by breaking the glass.
    fn glass(&self, tx: &Tx, page: &Page) -> Option<Glass> {
        page.signed_in.as_ref()?;
        let until = tx.glass_until()?;
        let person = self.path.strip_prefix("/people/").and_then(|rest| rest.split('/').next());
        Some(Glass { until: until.to_string(), end: person.map(|id| format!("/people/{id}/break-glass/end")) })
    }

    /// After a form was saved: on to the next page, with a line of news on it. The news carries no name.
    pub fn go(&self, to: &str, news: &str) -> Outcome {
        let mut headers = HeaderMap::new();
        headers.insert(header::LOCATION, to.parse().map_err(|_| Problem::Broken("an address with a line end".into()))?);
        if !news.is_empty()
            && let Some(value) = cookies::set(&self.app.config, "news", &cookies::encode(news))
        {
            headers.append(header::SET_COOKIE, value);
        }
        Ok((StatusCode::SEE_OTHER, headers).into_response())
    }

    /// Minutes until the session ends if nothing more is done: when idle, or at its very end, whichever is sooner.
    pub fn minutes_left(&self, s: &SignedIn) -> u32 {
        let to_the_end = s.session.ends_at.0.duration_since(self.now).as_secs() / 60;
        u32::try_from(to_the_end).unwrap_or(0).min(self.app.config.idle_minutes)
    }

    /// The shell without anything from the database.
    pub fn plain_page(&self) -> Page {
        let mut page = public_page(&self.app);
        page.flash = self.flash.clone().map(|text| Flash { kind: FlashKind::Success, text });
        page.form_token = store::id::fresh();
        if let Some(s) = &self.signed_in {
            let roles = self.roles();
            page.csrf.clone_from(&s.session.csrf);
            let labels: Vec<&str> = roles.iter().map(|r| r.label()).collect();
            page.signed_in =
                Some(govuk::SignedIn { id: s.session.worker_id.to_string(), name: s.standing.worker.name(), roles: labels.join(", ") });
            page.nav = super::routes::navigation(&roles, &self.path);
            page.may_find = super::routes::may_find(&roles);
            page.session_ends_in_minutes = Some(self.minutes_left(s));
        } else if let Some(s) = &self.signing_in {
            page.csrf.clone_from(&s.session.csrf);
        }
        page
    }
}

/// The shell of a page on which nobody is signed in.
pub fn public_page(app: &App) -> Page {
    Page { demo: app.config.demonstration, council: app.config.council.clone(), ..Page::default() }
}

impl<S: Sync> FromRequestParts<S> for Context {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Context>().cloned().ok_or_else(|| Problem::Broken("a route outside the table".into()))
    }
}
