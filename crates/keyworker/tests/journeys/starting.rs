//! What must hold before the server starts: where it may listen, whose database a demonstration may use, and that the first
//! account is made by a command, once.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use store::testing;
use tempfile::TempDir;

/// The program in a folder of its own, without what the environment of the test says.
fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyworker"));
    command.current_dir(folder).env("DATABASE", format!("sqlite://{}/one.db", folder.display())).env("KEYS", folder.join("keys"));
    for name in ["LISTEN", "PORT", "OPS_PORT", "OPS_LISTEN", "KEYWORKER_CONFIG", "PUBLIC_ADDRESS"] {
        command.env_remove(name);
    }
    command
}

fn setup(folder: &Path) -> Output {
    program(folder).args(["setup", "--given-name", "Sam", "--surname", "Dunn", "--username", "sam.dunn"]).output().unwrap()
}

fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A server that is stopped when the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn asked(port: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn waited_for(port: &str, path: &str) -> String {
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(60) {
        match asked(port, path) {
            Some(answer) => return answer,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    }
    panic!("nothing answered on {port}");
}

#[test]
fn the_first_account_is_made_by_a_command_once() {
    let folder = TempDir::new().unwrap();
    let first = setup(folder.path());
    assert!(first.status.success(), "{}", said(&first));
    assert!(
        String::from_utf8_lossy(&first.stdout).contains("/link/") || String::from_utf8_lossy(&first.stdout).contains("http"),
        "a link is printed"
    );
    let second = setup(folder.path());
    assert!(!second.status.success() && said(&second).contains("there are accounts already"), "{}", said(&second));
}

#[test]
fn a_demonstration_takes_no_database_of_others() {
    let folder = TempDir::new().unwrap();
    assert!(setup(folder.path()).status.success());
    let made = program(folder.path()).args(["demo", "--folder", "demo", "--people", "1", "--years", "1"]).output().unwrap();
    assert!(!made.status.success() && said(&made).contains("is no demonstration"), "{}", said(&made));
    std::fs::write(folder.path().join("k.toml"), "demonstration = true\n").unwrap();
    let served = program(folder.path())
        .args(["serve", "--config", "k.toml"])
        .env("PORT", free_port())
        .env("OPS_PORT", free_port())
        .output()
        .unwrap();
    assert!(!served.status.success() && said(&served).contains("this database is none"), "{}", said(&served));
}

#[test]
fn plain_http_is_served_on_loopback_only() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("k.toml"), "demonstration = true\n").unwrap();
    for (arguments, listen, words) in [
        (&["serve"][..], "0.0.0.0", "is not loopback and the connection is plain http"),
        (&["serve", "--config", "k.toml"], "0.0.0.0", "listens on loopback only"),
    ] {
        let output = program(folder.path()).args(arguments).env("LISTEN", listen).env("PORT", free_port()).output().unwrap();
        assert!(!output.status.success() && said(&output).contains(words), "{listen}: {}", said(&output));
    }
    let output = program(folder.path()).arg("serve").env("PORT", "front").output().unwrap();
    assert!(said(&output).contains("PORT is \"front\", which is not a port number"), "{}", said(&output));
}

#[test]
fn health_and_figures_stand_on_a_port_of_their_own() {
    let folder = TempDir::new().unwrap();
    let (port, ops) = (free_port(), free_port());
    let child = program(folder.path()).arg("serve").env("PORT", &port).env("OPS_PORT", &ops).stderr(Stdio::null()).spawn().unwrap();
    let _running = Running(child);
    assert!(waited_for(&port, "/sign-in").starts_with("HTTP/1.1 200"));
    for path in ["/healthz", "/metrics"] {
        assert!(asked(&ops, path).unwrap().starts_with("HTTP/1.1 200"), "{path} on the operators' port");
        assert!(!asked(&port, path).unwrap().starts_with("HTTP/1.1 200"), "{path} on the port of the pages");
    }
    assert!(!asked(&ops, "/sign-in").unwrap().starts_with("HTTP/1.1 200"), "no pages on the operators' port");
    // A second server finds the operators' port taken, and says so instead of serving unseen.
    let other = TempDir::new().unwrap();
    let second = program(other.path()).arg("serve").env("PORT", free_port()).env("OPS_PORT", &ops).output().unwrap();
    assert!(!second.status.success() && said(&second).contains("set OPS_PORT"), "{}", said(&second));
}

/// Two servers on one PostgreSQL: what one writes the other reads, a session of one holds in the other, and both write into
/// one chain.
#[tokio::test]
async fn several_servers_share_a_database() {
    for (name, db) in testing::databases().await {
        let small = testing::small(&db).await.unwrap();
        if name == "SQLite" {
            continue;
        }
        let address = testing::text(&db, "SELECT current_database()").await;
        let server = std::env::var("TEST_POSTGRES").unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        let second = store::Db::open(&format!("{base}/{address}")).await.unwrap();
        let act = store::Act::new(small.priya.clone(), testing::start());
        for (n, one) in [(1, &db), (2, &second), (3, &db)] {
            let mut tx = one.write(act.clone()).await.unwrap();
            let child = store::people::open(&mut tx, &small.child, care::access::Deed::WriteNote).await.unwrap();
            let entry = store::record::NewEntry::new(
                care::chronology::EntryKind::CaseNote,
                jiff::civil::date(2026, 5, 14),
                format!("Note {n}"),
                "Words",
            );
            store::record::add(&mut tx, &child, &entry).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut tx = second.read(act).await.unwrap();
        let child = store::people::open(&mut tx, &small.child, care::access::Deed::ReadRecord).await.unwrap();
        assert_eq!(store::record::story(&mut tx, &child, 10).await.unwrap().len(), 3);
        tx.finish().await.unwrap();
        let verdict = store::audit::verify(&second, None, &[]).await.unwrap();
        assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
    }
}
