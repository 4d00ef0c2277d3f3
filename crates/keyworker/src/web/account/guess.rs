//! Whoever guesses, and how long they must wait: see the top of this folder for why nobody is shut out.

use store::{
    Tx,
    accounts::{self, Account, Patience},
};

use crate::web::{Context, Problem};

/// The keys under which one attempt is counted.
#[derive(Debug, Clone)]
pub struct Guesser {
    keys: Vec<(String, Patience)>,
}

impl Guesser {
    /// At the password: by the device if its owner is known there, else by name and address.
    pub async fn at_password(cx: &Context, tx: &mut Tx, username: &str, account: Option<&Account>) -> Result<Self, Problem> {
        Ok(match known_device(cx, tx, account).await? {
            Some(device) => Self { keys: vec![(format!("device {device}"), Patience::DEVICE)] },
            None => Self {
                keys: vec![
                    (format!("name {}", username.trim().to_lowercase()), Patience::NAME),
                    (cx.caller.address_key(), Patience::ADDRESS),
                ],
            },
        })
    }

    /// At the second step: whoever is there knows the password.
    pub async fn at_code(cx: &Context, tx: &mut Tx, account: &Account) -> Result<Self, Problem> {
        let key = match known_device(cx, tx, Some(account)).await? {
            Some(device) => format!("code device {device}"),
            None => format!("code {}", account.worker_id),
        };
        Ok(Self { keys: vec![(key, Patience::CODE)] })
    }

    /// Refuses while any of the keys has to wait. Nothing is compared meanwhile, and the wait does not grow.
    pub async fn must_not_wait(&self, tx: &mut Tx) -> Result<(), Problem> {
        let mut longest = 0;
        for (key, patience) in &self.keys {
            longest = longest.max(accounts::wait_in_seconds(tx, key, *patience).await?);
        }
        if longest > 0 { Err(Problem::TooMany { again_in_seconds: longest }) } else { Ok(()) }
    }

    pub async fn was_wrong(&self, cx: &Context, account: Option<&Account>, what: &'static str) -> Result<(), Problem> {
        let mut tx = cx.write().await?;
        accounts::guessed_wrong(&mut tx, &self.keys, account.map(|a| &a.worker_id), what).await?;
        Ok(tx.commit().await?)
    }

    /// Forgets what was counted, but for the address: others guess from there too.
    pub async fn was_right(&self, tx: &mut Tx) -> Result<(), Problem> {
        for (key, _) in self.keys.iter().filter(|(key, _)| !key.starts_with("address ")) {
            accounts::guessed_right(tx, key).await?;
        }
        Ok(())
    }
}

async fn known_device(cx: &Context, tx: &mut Tx, account: Option<&Account>) -> Result<Option<String>, Problem> {
    let (Some(token), Some(account)) = (&cx.caller.device_token, account) else { return Ok(None) };
    Ok(accounts::known_device(tx, token, &account.worker_id).await?.map(|d| d.token_hash))
}
