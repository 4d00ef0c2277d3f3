//! `keyworker audit verify` and `keyworker doctor` as they are run, and the task that signs checkpoints: whoever has the
//! database can alter it, but each way of doing so is named with the entry's number.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use care::access::Deed;
use keyworker::{clock::Clock, jobs::checkpoints::Checkpoints, keys::Keys};
use store::{
    Act, Db, backup, people,
    testing::{self, Small, behind_its_back},
};
use tempfile::TempDir;

/// A SQLite installation on the disk, with its folder of keys beside it.
struct Installed {
    folder: TempDir,
    db: Db,
    small: Small,
    clock: Clock,
    points: Checkpoints,
}

impl Installed {
    async fn new() -> Installed {
        let folder = TempDir::new().unwrap();
        let keys = folder.path().join("keys");
        std::fs::create_dir_all(&keys).unwrap();
        let db = Db::open(&format!("sqlite://{}", folder.path().join("keyworker.db").display())).await.unwrap();
        db.migrate().await.unwrap();
        let small = testing::small(&db).await.unwrap();
        let clock = Clock::at(testing::start());
        let points = Checkpoints::new(&db, &clock, &Keys::new(&keys)).unwrap();
        let installed = Installed { folder, db, small, clock, points };
        installed.used().await;
        installed
    }

    async fn used(&self) {
        for _ in 0..8 {
            let mut tx = self.db.read(Act::new(self.small.priya.clone(), self.clock.now())).await.unwrap();
            people::open(&mut tx, &self.small.child, Deed::ReadRecord).await.unwrap();
            tx.finish().await.unwrap();
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, database: &str, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_keyworker"))
            .args(words)
            .env("DATABASE", format!("sqlite://{}", self.at(database).display()))
            .env("KEYS", self.at("keys"))
            .output()
            .unwrap()
    }

    /// What `audit verify` says, and its exit code.
    fn verify(&self, more: &[&str]) -> (i32, String) {
        said(&self.run("keyworker.db", &[&["audit", "verify"], more].concat()))
    }

    fn log(&self) -> Vec<String> {
        std::fs::read_to_string(self.at("keys/checkpoints.log")).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    async fn last(&self) -> i64 {
        testing::text(&self.db, "SELECT CAST(last_seq AS TEXT) FROM audit_head WHERE id = 1").await.parse().unwrap()
    }
}

fn said(output: &Output) -> (i32, String) {
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), text)
}

#[tokio::test]
async fn a_chain_that_holds_is_said_to_and_each_tampering_is_named() {
    let cases: [(&[&str], i64); 4] = [
        (&["UPDATE audit_entry SET actor = actor || 'x' WHERE seq = 3"], 3),
        (&["DELETE FROM audit_detail WHERE seq = 4", "DELETE FROM audit_entry WHERE seq = 4"], 4),
        (
            &[
                "DELETE FROM audit_detail WHERE seq IN (5, 6)",
                "UPDATE audit_entry SET seq = -5 WHERE seq = 5",
                "UPDATE audit_entry SET seq = 5 WHERE seq = 6",
                "UPDATE audit_entry SET seq = 6 WHERE seq = -5",
            ],
            5,
        ),
        (&["UPDATE audit_checkpoint SET signature = '00' || substr(signature, 3)"], 0),
    ];
    for (statements, seq) in cases {
        let mut here = Installed::new().await;
        here.points.sign().await.unwrap();
        let (code, text) = here.verify(&[]);
        assert!(code == 0 && text.contains("the chain holds"), "{code}: {text}");
        let (code, text) = said(&here.run("keyworker.db", &["doctor"]));
        assert!(code == 0 && text.contains("hold together"), "{code}: {text}");
        for statement in statements {
            assert!(behind_its_back(&here.db, statement).await > 0 || statement.contains("audit_detail"), "{statement}");
        }
        let entry = if seq == 0 { "its signature is not this installation's".to_owned() } else { format!("entry {seq}: ") };
        let (code, text) = here.verify(&[]);
        assert!(code == 1 && text.contains(&entry), "{statements:?}: {code}: {text}");
        if seq > 0 {
            let (code, text) = said(&here.run("keyworker.db", &["doctor"]));
            assert!(code == 1 && text.contains("FAIL  audit"), "{code}: {text}");
            let (_, json) = here.verify(&["--format", "json"]);
            let told: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
            assert!(told["faults"].as_array().unwrap().iter().any(|fault| fault["entry"] == seq), "{json}");
        }
    }
}

#[tokio::test]
async fn a_tail_cut_off_and_an_older_copy_are_shown_by_a_checkpoint_kept_outside() {
    let mut here = Installed::new().await;
    here.points.sign().await.unwrap();
    backup::copy_to(&here.db, &here.at("older.db")).await.unwrap();
    here.used().await;
    here.points.sign().await.unwrap();
    let signed = here.last().await;
    let outside = here.at("outside.log");
    std::fs::copy(here.at("keys/checkpoints.log"), &outside).unwrap();
    let since = ["audit", "verify", "--since", outside.to_str().unwrap()];
    assert_eq!(said(&here.run("keyworker.db", &since)).0, 0);

    let (code, text) = said(&here.run("older.db", &since));
    assert!(code == 1 && text.contains(&format!("entry {signed}: is not what was once signed")), "an older copy: {code}: {text}");

    let after = signed - 3;
    let hash = testing::text(&here.db, &format!("SELECT hash FROM audit_entry WHERE seq = {after}")).await;
    for table in ["audit_detail", "audit_entry", "audit_checkpoint"] {
        behind_its_back(&here.db, &format!("DELETE FROM {table} WHERE seq > {after}")).await;
    }
    behind_its_back(&here.db, &format!("UPDATE audit_head SET last_seq = {after}, last_hash = '{hash}' WHERE id = 1")).await;
    let (code, text) = said(&here.run("keyworker.db", &since));
    assert!(code == 1 && text.contains(&format!("entry {signed}: is not what was once signed")), "cut off: {code}: {text}");
    let (code, text) = here.verify(&[]);
    assert!(code == 1, "its own log shows it too: {text}");
}

#[tokio::test]
async fn what_cannot_be_checked_says_so_and_makes_nothing() {
    let here = Installed::new().await;
    let (code, text) = said(&here.run("nowhere.db", &["audit", "verify"]));
    assert!(code == 2 && text.contains("there is no database"), "{code}: {text}");
    assert!(!here.at("nowhere.db").exists());
    std::fs::write(here.at("odd.log"), "not a checkpoint\n").unwrap();
    let (code, text) = here.verify(&["--since", here.at("odd.log").to_str().unwrap()]);
    assert!(code == 2 && text.contains("line 1, is not a checkpoint"), "{code}: {text}");
}

#[tokio::test]
async fn a_checkpoint_is_signed_each_minute_and_a_log_that_was_away_is_made_up() {
    let mut here = Installed::new().await;
    here.points.tick().await.unwrap();
    assert_eq!(here.log().len(), 1);
    here.used().await;
    here.points.tick().await.unwrap();
    assert_eq!(here.log().len(), 1, "not yet a minute");
    here.clock.forward(61);
    std::fs::rename(here.at("keys"), here.at("away")).unwrap();
    assert!(here.points.tick().await.is_err());
    std::fs::rename(here.at("away"), here.at("keys")).unwrap();
    here.points.tick().await.unwrap();
    let log = here.log();
    assert_eq!(log.len(), 2, "{log:?}");
    assert!(log[1].starts_with(&format!("keyworker-audit 1 {} ", here.last().await)), "{log:?}");
    here.clock.forward(61);
    here.points.tick().await.unwrap();
    assert_eq!(here.log().len(), 2, "nothing new, nothing signed");
}
