//! Asks clamd whether a file is clean, by its INSTREAM command over TCP or a socket. A scanner that does not answer has
//! not said "clean": the file stays shut and is asked about again.

use std::time::Duration;

use anyhow::{Context, bail};
use store::{
    Db,
    documents::{Contents, Verdict},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Where the scanner listens: `host:port`, or the path of its socket.
#[derive(Debug, Clone)]
pub struct Scanner {
    address: String,
}

const TO_CONNECT: Duration = Duration::from_secs(5);
const TO_SCAN: Duration = Duration::from_secs(60);
/// No answer of clamd is longer.
const LONGEST_ANSWER: u64 = 4096;

impl Scanner {
    pub fn new(address: &str) -> Self {
        Scanner { address: address.trim().to_owned() }
    }

    /// Whether anything listens there.
    pub async fn answers(&self) -> bool {
        match self.address.strip_prefix("unix:").unwrap_or(&self.address) {
            path if path.starts_with('/') => timeout(TO_CONNECT, UnixStream::connect(path)).await.is_ok_and(|c| c.is_ok()),
            address => timeout(TO_CONNECT, TcpStream::connect(address)).await.is_ok_and(|c| c.is_ok()),
        }
    }

    pub async fn scan(&self, db: &Db, contents: Contents) -> anyhow::Result<Verdict> {
        let answer = match self.address.strip_prefix("unix:").unwrap_or(&self.address) {
            path if path.starts_with('/') => {
                let stream = timeout(TO_CONNECT, UnixStream::connect(path)).await.context("the scanner did not answer in time")??;
                timeout(TO_SCAN, ask(stream, db, contents)).await
            }
            address => {
                let stream = timeout(TO_CONNECT, TcpStream::connect(address)).await.context("the scanner did not answer in time")??;
                timeout(TO_SCAN, ask(stream, db, contents)).await
            }
        };
        verdict(&answer.context("the scanner took too long")??)
    }
}

async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, db: &Db, mut contents: Contents) -> anyhow::Result<String> {
    stream.write_all(b"zINSTREAM\0").await?;
    while let Some(part) = contents.next(db).await? {
        stream.write_u32(u32::try_from(part.len())?).await?;
        stream.write_all(&part).await?;
    }
    stream.write_u32(0).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).trim_end_matches('\0').trim().to_owned())
}

/// "stream: OK", or "stream: Eicar-Test-Signature FOUND"; anything else is no verdict.
fn verdict(answer: &str) -> anyhow::Result<Verdict> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    if said == "OK" {
        return Ok(Verdict::Clean);
    }
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Infected(name.to_owned())),
        None => bail!("the scanner gave no verdict: {said}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(verdict("stream: OK").ok(), Some(Verdict::Clean));
        assert_eq!(verdict("stream: Eicar-Test-Signature FOUND").ok(), Some(Verdict::Infected("Eicar-Test-Signature".into())));
        for answer in ["", "INSTREAM size limit exceeded. ERROR", "stream: NOT OK", "PONG"] {
            assert!(verdict(answer).is_err(), "{answer}");
        }
    }
}
