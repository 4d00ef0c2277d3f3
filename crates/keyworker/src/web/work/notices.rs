//! Messages: new information, answers, alerts. Some only want reading, others have to be acknowledged.

use axum::extract::Path;
use store::{
    id::NoticeId,
    work::{self, Which},
};

use crate::web::{Context, Outcome, govuk, posted::Posted};

/// GET /notices
pub async fn show(cx: Context) -> Outcome {
    let me = cx.worker()?.standing.worker.id.clone();
    let mut tx = cx.read().await?;
    let waiting = work::notices(&mut tx, &me, Which::Waiting).await?;
    let all = work::notices(&mut tx, &me, Which::All).await?;
    let earlier: Vec<_> = all.into_iter().filter(|n| !waiting.iter().any(|w| w.id == n.id)).collect();
    let data = minijinja::context! { waiting => govuk::value(&waiting), earlier => govuk::value(&earlier) };
    cx.page(tx, "Messages", "work/notices.html", data).await
}

/// POST /notices/{notice}
pub async fn acknowledge(cx: Context, Path(id): Path<String>, Posted(_): Posted) -> Outcome {
    let mut tx = cx.write().await?;
    work::acknowledge(&mut tx, &NoticeId::from_text(id)).await?;
    tx.commit().await?;
    cx.go("/notices", "Noted.")
}
