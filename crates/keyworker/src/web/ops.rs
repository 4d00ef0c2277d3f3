//! What the people who run Keyworker watch, on a port of its own that is loopback unless they say otherwise: whether it
//! is well, and figures for Prometheus. Neither names anybody.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use axum::{Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use store::{Act, health};

use super::App;

/// How long an answer takes, in buckets of milliseconds; the last is everything above.
const BUCKETS: [u64; 9] = [5, 10, 20, 30, 50, 100, 250, 1000, u64::MAX];

/// Counted since this process began.
#[derive(Debug)]
pub struct Figures {
    began: Instant,
    answers: [AtomicU64; 6],
    within: [AtomicU64; 9],
    micros: AtomicU64,
}

impl Default for Figures {
    fn default() -> Self {
        Figures { began: Instant::now(), answers: Default::default(), within: Default::default(), micros: AtomicU64::new(0) }
    }
}

impl Figures {
    pub fn answered(&self, status: StatusCode, took: std::time::Duration) {
        let class = usize::from(status.as_u16() / 100).min(5);
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        for (bucket, most) in self.within.iter().zip(BUCKETS) {
            if millis <= most {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.micros.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn text(&self) -> String {
        let read = |n: &AtomicU64| n.load(Ordering::Relaxed);
        let mut out = String::from("# HELP keyworker_answers_total Answers by class of status.\n# TYPE keyworker_answers_total counter\n");
        for (class, n) in self.answers.iter().enumerate().skip(1) {
            out.push_str(&format!("keyworker_answers_total{{class=\"{class}xx\"}} {}\n", read(n)));
        }
        out.push_str("# HELP keyworker_answer_seconds How long an answer took.\n# TYPE keyworker_answer_seconds histogram\n");
        for (n, most) in self.within.iter().zip(BUCKETS) {
            let le = if most == u64::MAX { "+Inf".to_owned() } else { format!("{}", most as f64 / 1000.0) };
            out.push_str(&format!("keyworker_answer_seconds_bucket{{le=\"{le}\"}} {}\n", read(n)));
        }
        let count: u64 = self.answers.iter().map(read).sum();
        out.push_str(&format!(
            "keyworker_answer_seconds_sum {}\nkeyworker_answer_seconds_count {count}\n",
            read(&self.micros) as f64 / 1e6
        ));
        out.push_str(&format!(
            "# HELP keyworker_up_seconds Since this process began.\n# TYPE keyworker_up_seconds gauge\nkeyworker_up_seconds {}\n",
            self.began.elapsed().as_secs()
        ));
        out
    }
}

/// The two addresses of the operators.
pub fn router(app: App) -> Router {
    Router::new().route("/healthz", get(healthz)).route("/metrics", get(metrics)).with_state(app)
}

/// 200 when the database answers and can be written to, otherwise 503 with what is wrong.
async fn healthz(State(app): State<App>) -> impl IntoResponse {
    match health::check(&app.db, Act::system(app.clock.now())).await {
        Ok(()) => (StatusCode::OK, "well\n".to_owned()),
        Err(e) => (StatusCode::SERVICE_UNAVAILABLE, format!("{e}\n")),
    }
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    let sizes = health::sizes(&app.db).await.unwrap_or_default();
    let mut text = app.figures.text();
    for (name, n) in sizes {
        text.push_str(&format!("# TYPE keyworker_{name} gauge\nkeyworker_{name} {n}\n"));
    }
    ([("content-type", "text/plain; version=0.0.4")], text)
}
