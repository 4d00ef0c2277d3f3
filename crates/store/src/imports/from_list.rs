//! A plain list of people as a run: the same reading and storing as ever (`people_list`), with its run, report and kept
//! source.

use jiff::civil::Date;
use returns::{
    finding::{Finding, Severity},
    people_list::{self as listed, PeopleList},
};

use super::{
    Kind, Progress, Report, Source,
    carry_out::{MANY, finish, in_words, line, one_at_a_time},
    held::{self, Heart},
    report::{Flagged, Refused},
    runs::{Telling, fail_row, receive},
};
use crate::{Act, Db, Error, Result, bulk, id::ImportId, people_list};

/// What is told of findings as they come, so that a list of a million rows need not hold them all.
pub type Seen<'a> = dyn FnMut(&[Finding]) -> std::io::Result<()> + Send + 'a;

/// Receives a list and takes it in, telling each finding as it is found.
pub async fn list(
    db: &Db,
    act: &Act,
    source: Source,
    today: Date,
    progress: impl Fn(Progress) + Send + Sync,
    seen: &mut Seen<'_>,
) -> Result<Report> {
    let sources = [source];
    let id = receive(db, act, Kind::People, &sources).await?;
    let (_, name, holder) = held::begin(db, act, &id).await?;
    let _heart = Heart::begin(db, act, &id, &holder);
    let telling = Telling::new(db, &id, &holder, &progress);
    match take(db, act, &id, &name, &sources, today, &telling, seen).await {
        Ok(report) => {
            if report.total.stored > MANY {
                bulk::settle(db).await?;
            }
            Ok(report)
        }
        Err(error) => {
            fail_row(db, act, &id, &holder, &in_words(&error)).await?;
            Err(error)
        }
    }
}

/// How many rows are read before they are written.
const AT_ONCE: usize = 2000;

#[allow(clippy::too_many_arguments, reason = "one run, said once")]
pub(super) async fn take(
    db: &Db,
    act: &Act,
    id: &ImportId,
    name: &str,
    sources: &[Source],
    today: Date,
    telling: &Telling<'_>,
    seen: &mut Seen<'_>,
) -> Result<Report> {
    let source = sources.first().ok_or_else(|| Error::refused("file", "There is no file"))?;
    let mut report = Report::new(id.as_str(), Kind::People, name);
    let (text, findings) = listed::decode(&source.bytes, &source.name);
    let text = text.ok_or_else(|| unreadable(&findings))?;
    tell(&mut report, &findings, seen)?;
    let (list, findings) = PeopleList::open(&text, &source.name, today);
    let mut list = list.ok_or_else(|| unreadable(&findings))?;
    tell(&mut report, &findings, seen)?;
    telling.read(source.bytes.len(), text.lines().count().saturating_sub(1));

    let mut tx = db.write(act.clone()).await?;
    one_at_a_time(&mut tx).await?;
    let mut intake = people_list::Intake::begin(&mut tx, name).await?;
    let mut read = 0_u64;
    loop {
        let batch = list.next(AT_ONCE);
        if batch.read == 0 {
            break;
        }
        for person in &batch.people {
            intake.take(&mut tx, person).await?;
        }
        read += batch.read as u64;
        tell(&mut report, &batch.findings, seen)?;
        telling.tell(read).await;
    }
    let taken = intake.end(&mut tx).await?;
    let (stored, already_there) = (taken.stored as u64, taken.already_there as u64);
    let line = report.line("person", "people");
    (line.read, line.stored, line.already_there) = (read, stored, already_there);
    line.refused = read - stored - already_there;
    report.new_people = stored;
    finish(tx, id, report, telling).await
}

/// Whether this is a list of people at all.
pub(super) fn open(sources: &[Source], today: Date) -> Result<()> {
    let source = sources.first().ok_or_else(|| Error::refused("file", "There is no file"))?;
    let (text, findings) = listed::decode(&source.bytes, &source.name);
    let text = text.ok_or_else(|| unreadable(&findings))?;
    let (list, findings) = PeopleList::open(&text, &source.name, today);
    list.map(|_| ()).ok_or_else(|| unreadable(&findings))
}

fn unreadable(findings: &[Finding]) -> Error {
    let words =
        findings.iter().find(|finding| finding.severity == Severity::Refused).map_or_else(|| "This is not a list of people.".into(), line);
    Error::refused("file", format!("{words} Nothing was taken in."))
}

/// Refusals are kept with the report; so are flags, as far as a page can show them.
fn tell(report: &mut Report, findings: &[Finding], seen: &mut Seen<'_>) -> Result<()> {
    seen(findings).map_err(|error| Error::Corrupt(format!("a finding could not be told: {error}")))?;
    for finding in findings {
        match finding.severity {
            Severity::Refused => report.refused.push(Refused {
                file: finding.at.file.as_str().into(),
                line: finding.at.spot.line,
                column: finding.at.spot.column,
                unit: "people".into(),
                whose: finding.child.clone(),
                reason: finding.message.clone(),
            }),
            _ if report.flags.len() < super::report::LISTED => report.flags.push(Flagged::from(finding)),
            Severity::Flagged => report.flags_not_listed += 1,
            Severity::Note => {}
        }
    }
    Ok(())
}
