//! A worker's first page: what they have to do.

use super::{Context, Outcome};

pub async fn show(cx: Context) -> Outcome {
    let tx = cx.read().await?;
    cx.page(tx, "My work", "home.html", minijinja::context! {}).await
}
