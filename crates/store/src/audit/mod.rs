//! The audit chain: every read, search, export and write, in one chain however many servers write to it.
//!
//! How one chain is kept: the single row of `audit_head` is advanced with an `UPDATE … RETURNING` inside the
//! transaction that makes the entries. On PostgreSQL that row's lock orders the writers and is taken last,
//! just before the commit, so that it cannot deadlock and is held only for the commit itself; on SQLite there
//! is one writer anyway. Sequence numbers therefore have no gaps, and an entry exists exactly when what it
//! speaks of was committed.
//!
//! Personal words stand in `audit_detail` and can be erased; the chain holds a salted digest of them only.

mod chain;
mod checkpoint;
mod recorder;
mod verify;

pub use chain::{Noted, chain};
pub use checkpoint::{Checkpoint, Signer, checkpoint, holds, unsigned};
pub use ed25519_dalek::VerifyingKey as PublicKey;
pub use recorder::Recorder;
pub use verify::{Fault, Verdict, verify};
