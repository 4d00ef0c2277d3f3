//! Carrying a run out: read, judged as a whole, taken in within one transaction, and what became of it written down.

use jiff::civil::Date;
use returns::{
    facts::{self, Extract},
    finding::{Finding, Kind as Sort, Severity},
};

use super::{
    Kind, Progress, Report, RunState, Source, from_list,
    held::{self, Heart},
    intake::Intake,
    recognise,
    runs::{Telling, fail_row, kept_sources},
};
use crate::{Act, Db, Error, Result, Tx, audit::Noted, bulk, id::ImportId, run as execute};

/// Takes in the files of a run that waits. A run that failed, or whose process is gone, may be carried out again.
pub async fn carry_out(db: &Db, act: &Act, id: &ImportId, today: Date, progress: impl Fn(Progress) + Send + Sync) -> Result<Report> {
    let (kind, name, holder) = held::begin(db, act, id).await?;
    let _heart = Heart::begin(db, act, id, &holder);
    let sources = kept_sources(db, act, id).await?;
    let telling = Telling::new(db, id, &holder, &progress);
    let outcome = match kind {
        Kind::People => from_list::take(db, act, id, &name, &sources, today, &telling, &mut |_| Ok(())).await,
        _ => of_return(db, act, id, kind, &name, sources, today, &telling).await,
    };
    match outcome {
        Ok(report) => {
            if report.total.stored > MANY {
                bulk::settle(db).await?;
            }
            Ok(report)
        }
        Err(error) => {
            fail_row(db, act, id, &holder, &in_words(&error)).await?;
            Err(error)
        }
    }
}

/// Whether these files can be taken in as what they are said to be, found out by reading them: the same refusals as
/// [`carry_out`] would make, before anything is kept. The files come back.
pub async fn check(kind: Kind, sources: Vec<Source>, today: Date) -> Result<Vec<Source>> {
    let looked = move || match kind {
        Kind::People => from_list::open(&sources, today).map(|()| sources),
        _ => read(kind, &sources, today).map(|_| sources),
    };
    tokio::task::spawn_blocking(looked).await.map_err(|e| Error::Corrupt(e.to_string()))?
}

/// Why nothing was taken in, for whoever gave the file.
pub(super) fn in_words(error: &Error) -> String {
    match error {
        Error::Refused { words, .. } => words.clone(),
        Error::RoleLacks => "You may not take files in. Nothing was taken in.".into(),
        Error::NoRoom => "The disk of the server is full. Nothing was taken in; try again when there is room.".into(),
        Error::Busy => "The database was busy or out of reach. Nothing was taken in; try again.".into(),
        _ => "Something went wrong on the server. Nothing was taken in. Try again; if it fails again, tell whoever runs Keyworker.".into(),
    }
}

/// After so many new rows the databases are given the time to settle at once.
pub(super) const MANY: u64 = 20_000;

#[allow(clippy::too_many_arguments, reason = "one run, said once")]
async fn of_return(
    db: &Db,
    act: &Act,
    id: &ImportId,
    kind: Kind,
    name: &str,
    sources: Vec<Source>,
    today: Date,
    telling: &Telling<'_>,
) -> Result<Report> {
    let bytes: usize = sources.iter().map(|source| source.bytes.len()).sum();
    let extracts = tokio::task::spawn_blocking(move || read(kind, &sources, today)).await.map_err(|e| Error::Corrupt(e.to_string()))??;
    telling.read(bytes, extracts.iter().map(|extract| extract.records.len()).sum());
    let mut report = Report::new(id.as_str(), kind, name);
    let mut tx = db.write(act.clone()).await?;
    one_at_a_time(&mut tx).await?;
    bulk::make_room(&mut tx).await?;
    let mut intake = Intake::begin(&tx, id, kind, today);
    for extract in &extracts {
        report.about(extract);
        intake.take(&mut tx, extract, &mut report, telling).await?;
    }
    intake.follow(&mut tx).await?;
    (report.new_people, report.new_workers) = (intake.new_people, intake.new_workers);
    intake.filing.end(&mut tx).await?;
    finish(tx, id, report, telling).await
}

/// Writes down what became of a run and commits it.
pub(super) async fn finish(mut tx: Tx, id: &ImportId, mut report: Report, telling: &Telling<'_>) -> Result<Report> {
    report.add_up();
    if !report.reconciles() {
        return Err(Error::Corrupt(format!("the import does not add up: {}", report.sentence())));
    }
    bulk::give_room_back(&mut tx).await?;
    let (at, total) = (tx.act().at(), i64::try_from(report.total.read).unwrap_or(i64::MAX));
    let written = serde_json::to_string(&report.shortened())?;
    let ended = execute!(
        tx,
        sqlx::query(
            "UPDATE import_run SET state = $1, ended_at = $2, done = $3, of = $3, report = $4, failure = NULL WHERE id = $5 AND holder = $6"
        )
        .bind(RunState::Done.code())
        .bind(at)
        .bind(total)
        .bind(&written)
        .bind(id)
        .bind(telling.holder().as_str())
    )?;
    if ended == 0 {
        // Another process took the run up meanwhile: this one stores nothing.
        return Err(Error::Stale);
    }
    tx.note(Noted::new("import.take_in", "import", id).because(report.kind.code()).words(report.sentence()));
    tx.commit().await?;
    telling.done();
    Ok(report)
}

/// Two imports at once would each make the person whom the other is making. SQLite has one writer anyway.
pub(super) async fn one_at_a_time(tx: &mut Tx) -> Result<()> {
    if let crate::Conn::Postgres(t) = &mut tx.conn {
        sqlx::query("LOCK TABLE import_subject IN SHARE ROW EXCLUSIVE MODE").execute(&mut **t).await?;
    }
    Ok(())
}

/// Reads the files, and refuses them as a whole where they are not what they were said to be, or not all there.
fn read(kind: Kind, sources: &[Source], today: Date) -> Result<Vec<Extract>> {
    let Some(of_return) = kind.of_return() else { return Err(Error::refused("file", "This is not a return")) };
    if let Some(other) = recognise(sources).filter(|other| *other != kind) {
        let first = sources.first().map(|source| source.name.as_str()).unwrap_or_default();
        let words = format!("{first}:1:1: This is another sort of file: {}, not {}. Nothing was taken in.", other.label(), kind.label());
        return Err(Error::refused("file", words));
    }
    let borrowed: Vec<_> = sources.iter().map(Source::borrowed).collect();
    let extracts = facts::read(of_return, &borrowed, today);
    let findings = || extracts.iter().flat_map(|extract| &extract.findings);
    if let Some(cut) = findings().find(|finding| finding.kind == Sort::CutShort) {
        return Err(Error::refused("file", format!("{} Nothing was taken in: a child might be missing.", line(cut))));
    }
    if extracts.iter().all(|extract| extract.read() == 0) {
        let unread = findings().find(|finding| finding.severity == Severity::Refused).or_else(|| findings().next());
        let words = unread.map_or_else(|| "There is nothing in this file.".to_owned(), line);
        return Err(Error::refused("file", format!("{words} Nothing was taken in.")));
    }
    Ok(extracts)
}

/// `cin.xml:12:7: …`.
pub(super) fn line(finding: &Finding) -> String {
    format!("{}: {}", finding.at, finding.message)
}
