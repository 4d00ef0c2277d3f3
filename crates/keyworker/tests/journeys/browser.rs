//! A browser without a screen: it knows a page by what a person would see of it.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use jiff::Timestamp;
use keyworker::{
    clock::Clock,
    config::Config,
    web::{App, routes},
};
use scraper::{ElementRef, Html, Selector};
use store::{
    Act, Db,
    id::WorkerId,
    sessions::{self, Stage},
};
use tower::ServiceExt;

/// An installation in this process: a database, a clock that is set, and its pages.
pub struct House {
    pub name: &'static str,
    pub db: Db,
    pub clock: Clock,
    pub app: App,
    router: Router,
}

impl House {
    pub fn new(name: &'static str, db: Db) -> Self {
        let keys = std::env::temp_dir().join("keyworker-tests").join("keys");
        Self::with(name, db, Config { demonstration: true, council: "Ashmere".into(), keys, ..Config::default() })
    }

    pub fn with(name: &'static str, db: Db, config: Config) -> Self {
        // A test that fails shows why a page could not be made.
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer().try_init();
        let clock = Clock::at(store::testing::start());
        let app = App::new(db.clone(), clock.clone(), config).unwrap();
        House { name, db, clock, router: routes::router(app.clone()), app }
    }

    /// One house on each database at hand, with `testing::small` in it.
    pub async fn each() -> Vec<(House, store::testing::Small)> {
        let mut all = Vec::new();
        for (name, db) in store::testing::databases().await {
            let small = store::testing::small(&db).await.unwrap();
            all.push((House::new(name, db), small));
        }
        all
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            path: "/".into(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: String::new(),
            bytes: Vec::new(),
            typed: Vec::new(),
        }
    }

    /// A browser in which this worker is signed in; the signing in itself has journeys of its own.
    pub async fn signed_in(&self, worker: &WorkerId) -> Browser {
        let mut tx = self.db.write(Act::new(worker.clone(), self.now())).await.unwrap();
        let id = sessions::start(&mut tx, worker, Stage::Full, "test", self.app.limits()).await.unwrap();
        tx.commit().await.unwrap();
        let mut browser = self.stranger();
        browser.cookies.insert("keyworker_session".into(), id);
        browser
    }
}

pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
    typed: Vec<(String, String)>,
}

impl Browser {
    /// Opens an address and follows where it leads.
    pub async fn visit(&mut self, path: &str) -> &mut Self {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends any request with this browser's cookies, and follows 303.
    pub async fn send(&mut self, mut request: Request<Body>) -> &mut Self {
        for _ in 0..10 {
            self.path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
            let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
            if !cookies.is_empty() {
                request.headers_mut().insert("cookie", cookies.parse().unwrap());
            }
            request.headers_mut().insert("host", "localhost".parse().unwrap());
            let response = self.router.clone().oneshot(request).await.unwrap();
            self.keep_cookies(response.headers());
            self.status = response.status();
            self.headers = response.headers().clone();
            self.bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
            self.body = String::from_utf8_lossy(&self.bytes).into_owned();
            self.typed.clear();
            let Some(to) = (self.status == StatusCode::SEE_OTHER).then(|| self.headers["location"].to_str().unwrap().to_owned()) else {
                break;
            };
            request = Request::get(to).body(Body::empty()).unwrap();
        }
        self
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for set in headers.get_all("set-cookie") {
            let (pair, rest) = set.to_str().unwrap().split_once(';').unwrap();
            let (key, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(key);
            } else {
                self.cookies.insert(key.into(), value.into());
            }
        }
    }

    /// Fills in a field by its label (for a date: the label, then `fill_date`).
    pub fn fill(&mut self, label: &str, value: &str) -> &mut Self {
        let name = self.field_named(label);
        self.typed.retain(|(k, _)| *k != name);
        self.typed.push((name, value.into()));
        self
    }

    /// Fills in a date by the legend of its group.
    pub fn fill_date(&mut self, legend: &str, day: &str, month: &str, year: &str) -> &mut Self {
        let page = Html::parse_document(&self.body);
        let group = page
            .select(&css("fieldset"))
            .find(|f| f.select(&css("legend")).next().is_some_and(|l| words(l) == legend))
            .unwrap_or_else(|| panic!("no date \"{legend}\" on {}", self.path));
        let names: Vec<String> = group.select(&css("input")).map(|i| i.attr("name").unwrap().to_owned()).collect();
        for (name, value) in names.into_iter().zip([day, month, year]) {
            self.typed.retain(|(k, _)| *k != name);
            self.typed.push((name, value.into()));
        }
        self
    }

    /// Chooses a radio button, a checkbox or an option by its words; `question` is the legend or label above it.
    pub fn choose(&mut self, question: &str, answer: &str) -> &mut Self {
        let (name, value, many) = self.find_choice(question, answer);
        if !many {
            self.typed.retain(|(k, _)| *k != name);
        }
        self.typed.push((name, value));
        self
    }

    fn find_choice(&self, question: &str, answer: &str) -> (String, String, bool) {
        let page = Html::parse_document(&self.body);
        for group in page.select(&css("fieldset")).filter(|f| f.select(&css("legend")).next().is_some_and(|l| words(l) == question)) {
            if let Some(label) = group.select(&css("label")).find(|l| words(*l) == answer) {
                let id = label.attr("for").unwrap();
                let input = group.select(&css("input")).find(|i| i.attr("id") == Some(id)).unwrap();
                return (
                    input.attr("name").unwrap().into(),
                    input.attr("value").unwrap_or("on").into(),
                    input.attr("type") == Some("checkbox"),
                );
            }
        }
        if let Some(label) = page.select(&css("label")).find(|l| words(*l) == question) {
            let id = label.attr("for").unwrap();
            if let Some(select) = page.select(&css("select")).find(|s| s.attr("id") == Some(id)) {
                let option = select
                    .select(&css("option"))
                    .find(|o| words(*o) == answer)
                    .unwrap_or_else(|| panic!("no choice \"{answer}\" of \"{question}\" on {}", self.path));
                return (
                    select.attr("name").unwrap().into(),
                    option.attr("value").map(str::to_owned).unwrap_or_else(|| words(option)),
                    false,
                );
            }
        }
        panic!("no question \"{question}\" with the answer \"{answer}\" on {}:\n{}", self.path, self.text());
    }

    fn field_named(&self, label: &str) -> String {
        let page = Html::parse_document(&self.body);
        let found = page
            .select(&css("label"))
            .find(|l| words(*l) == label)
            .unwrap_or_else(|| panic!("no field \"{label}\" on {}:\n{}", self.path, self.text()));
        let id = found.attr("for").unwrap();
        page.select(&css("input, textarea, select"))
            .find(|i| i.attr("id") == Some(id))
            .unwrap_or_else(|| panic!("the label \"{label}\" has no field"))
            .attr("name")
            .unwrap()
            .to_owned()
    }

    /// Presses a button by its words and sends its form, with what was on the page and what was filled in.
    pub async fn press(&mut self, button: &str) -> &mut Self {
        let (action, fields) = self.form_of(button);
        self.post(&action, &fields).await
    }

    /// The address and the fields that pressing this button would send: to send them twice, or changed.
    pub fn form_of(&self, button: &str) -> (String, Vec<(String, String)>) {
        let page = Html::parse_document(&self.body);
        let pressed = page
            .select(&css("form button, form input[type=submit]"))
            .find(|b| words(*b) == button || b.attr("value") == Some(button))
            .unwrap_or_else(|| panic!("no button \"{button}\" on {} ({}):\n{}", self.path, self.status, self.text()));
        let form = pressed.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "form").unwrap();
        let action =
            pressed.attr("formaction").or(form.attr("action")).filter(|a| !a.is_empty()).map_or_else(|| self.path.clone(), str::to_owned);
        let mut fields: Vec<(String, String)> = form
            .select(&css("input, textarea, select"))
            .filter_map(already)
            .filter(|(name, _)| !self.typed.iter().any(|(k, _)| k == name))
            .collect();
        fields.extend(self.typed.iter().cloned());
        if let Some(name) = pressed.attr("name") {
            fields.push((name.into(), pressed.attr("value").unwrap_or_default().into()));
        }
        (action, fields)
    }

    pub async fn post(&mut self, action: &str, fields: &[(String, String)]) -> &mut Self {
        let body = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect::<Vec<_>>().join("&");
        self.send(Request::post(action).header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap()).await
    }

    /// Follows a link by its words.
    pub async fn follow(&mut self, link: &str) -> &mut Self {
        let to = {
            let page = Html::parse_document(&self.body);
            page.select(&css("a[href]"))
                .find(|a| words(*a) == link)
                .unwrap_or_else(|| panic!("no link \"{link}\" on {}:\n{}", self.path, self.text()))
                .attr("href")
                .unwrap()
                .to_owned()
        };
        self.visit(&to).await
    }

    /// What a person would read on the page.
    pub fn text(&self) -> String {
        let page = Html::parse_document(&self.body);
        page.select(&css("body")).next().map(words).unwrap_or_default()
    }

    #[track_caller]
    pub fn sees(&self, expected: &str) -> &Self {
        assert!(self.text().contains(expected), "\"{expected}\" is not on {} ({}):\n{}", self.path, self.status, self.text());
        self
    }

    #[track_caller]
    pub fn does_not_see(&self, unexpected: &str) -> &Self {
        assert!(!self.text().contains(unexpected), "\"{unexpected}\" is on {}:\n{}", self.path, self.text());
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}:\n{}", self.path, self.text());
        self
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

/// The words of an element, without scripts, single-spaced.
fn words(element: ElementRef) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        if let Some(text) = node.value().as_text()
            && !node.ancestors().filter_map(ElementRef::wrap).any(|e| matches!(e.value().name(), "script" | "style"))
        {
            out.push_str(text);
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a field would send if nothing were changed.
fn already(field: ElementRef) -> Option<(String, String)> {
    let name = field.attr("name")?.to_owned();
    match (field.value().name(), field.attr("type")) {
        (_, Some("submit" | "file")) => None,
        (_, Some("radio" | "checkbox")) => field.attr("checked").map(|_| (name, field.attr("value").unwrap_or("on").to_owned())),
        ("select", _) => {
            let options: Vec<ElementRef> = field.select(&css("option")).collect();
            let chosen = options.iter().find(|o| o.attr("selected").is_some()).or(options.first())?;
            Some((name, chosen.attr("value").map(str::to_owned).unwrap_or_else(|| words(*chosen))))
        }
        ("textarea", _) => Some((name, field.text().collect::<String>())),
        _ => Some((name, field.attr("value").unwrap_or_default().to_owned())),
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
