//! Sends the e-mails of the outbox by SMTP. One server holds the lease; each message is taken, sent and marked in steps of
//! their own, so that no transaction is open while the network is spoken to. A message keeps one Message-ID for good.

use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use store::{
    Act, Db,
    id::fresh,
    outbox::{self, Refusal, Row},
};

use crate::{clock::Clock, config::Config};

/// How long the lease and a message are held; sending one takes less by far.
const HELD_SECONDS: i64 = 120;
const BETWEEN: Duration = Duration::from_secs(10);

/// The council's mail server, and whom the mail is from.
#[derive(Clone)]
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    holder: String,
}

impl Post {
    /// `smtp` is an address such as `smtps://user:password@mail.example` or `smtp://localhost:25`; none means that e-mails wait.
    pub fn from_config(config: &Config) -> anyhow::Result<Option<Post>> {
        let Some(address) = &config.smtp else { return Ok(None) };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)
            .context("smtp is not an address such as smtps://user:password@mail.example or smtp://localhost:25")?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        let from =
            config.smtp_from.parse().with_context(|| format!("smtp_from is \"{}\", which is no e-mail address", config.smtp_from))?;
        Ok(Some(Post { transport, from, holder: fresh() }))
    }

    fn mail(&self, message: &Row) -> anyhow::Result<Mail> {
        let host = self.from.email.domain();
        Ok(Mail::builder()
            .message_id(Some(format!("<{}@{host}>", message.id)))
            .from(self.from.clone())
            .to(Mailbox::new(None, message.to_address.trim().parse()?))
            .subject(&message.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())?)
    }
}

/// Looks for e-mails to send, for ever.
pub async fn run(db: Db, clock: Clock, post: Post) {
    loop {
        if let Err(e) = send_all(&db, clock.now(), &post).await {
            tracing::warn!(problem = %e, "the outbox could not be emptied; it is tried again");
        }
        tokio::time::sleep(BETWEEN).await;
    }
}

/// Sends what is waiting now; says how many went out.
pub async fn send_all(db: &Db, now: Timestamp, post: &Post) -> anyhow::Result<usize> {
    let mut tx = db.read(Act::system(now)).await?;
    let waiting = outbox::waiting(&mut tx).await?;
    tx.finish().await?;
    let mut sent = 0;
    for _ in 0..waiting {
        let Some(message) = take(db, now, post).await? else { break };
        let result = deliver(post, &message).await;
        let mut tx = db.write(Act::system(now)).await?;
        match result {
            Ok(()) => {
                outbox::sent(&mut tx, &message.id, &post.holder).await?;
                sent += 1;
            }
            Err((refusal, problem)) => outbox::not_sent(&mut tx, &message, &post.holder, refusal, &problem).await?,
        }
        tx.commit().await?;
    }
    Ok(sent)
}

async fn take(db: &Db, now: Timestamp, post: &Post) -> anyhow::Result<Option<Row>> {
    let mut tx = db.write(Act::system(now)).await?;
    let held = outbox::take_lease(&mut tx, "outbox", &post.holder, HELD_SECONDS).await?;
    let message = if held { outbox::take_next(&mut tx, &post.holder, HELD_SECONDS).await? } else { None };
    tx.commit().await?;
    Ok(message)
}

/// An address that is none, and a server that says never, are not tried again. The problem names no recipient.
async fn deliver(post: &Post, message: &Row) -> Result<(), (Refusal, String)> {
    let mail = post.mail(message).map_err(|_| (Refusal::ForGood, "This is not an e-mail address that can be written to.".to_owned()))?;
    match post.transport.send(mail).await {
        Ok(_) => Ok(()),
        Err(e) if e.is_permanent() => Err((Refusal::ForGood, "The mail server refused it.".into())),
        Err(e) if e.is_timeout() => Err((Refusal::ForNow, "The mail server did not answer in time.".into())),
        Err(_) => Err((Refusal::ForNow, "The mail server could not be reached or did not take it.".into())),
    }
}
