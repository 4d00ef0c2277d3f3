//! `keyworker find ENQUIRIES.csv`: who the people described in a file may be, and how long each search took.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use care::matching::{Born, Sought, in_words};
use returns::{
    finding::Severity,
    people_list::{self, Listed, PeopleList},
};
use serde_json::json;
use store::{
    Act, Db,
    people_list::imported_ids,
    search::{self, Hit},
};

use super::given;

#[derive(clap::Args)]
#[command(after_help = "Example:
  keyworker find enquiries.csv --database sqlite:///var/lib/keyworker/keyworker.db > found.csv

Enquiries have an id and any of given_name, surname, sex, dob, postcode, nhs_no. Out come enquiry, rank, id, score and
why, for the first 20 of each; on standard error, how long a search took without writing its audit row.")]
pub struct Args {
    /// The file, or - for standard input
    file: PathBuf,
    /// sqlite:///absolute/path or postgres://user@host/name
    #[arg(long, env = "DATABASE")]
    database: String,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Csv,
    /// One line for each enquiry
    Json,
}

/// How many are listed for each enquiry.
const LISTED: usize = 20;

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    super::block_on(find(args))
}

async fn find(args: Args) -> anyhow::Result<ExitCode> {
    let act = given::act();
    let (name, bytes) = given::file(&args.file)?;
    let (text, findings) = people_list::decode(&bytes, &name);
    let mut refused = told(&findings);
    let Some(text) = text else { return Ok(ExitCode::from(super::COULD_NOT)) };
    let (list, findings) = PeopleList::open(&text, &name, act.today());
    refused += told(&findings);
    let Some(mut list) = list else { return Ok(ExitCode::from(super::COULD_NOT)) };

    let db = super::open_database(&args.database).await?;
    let mut out = Out::new(args.format)?;
    let mut took = Vec::new();
    loop {
        let batch = list.next(1000);
        if batch.read == 0 {
            break;
        }
        refused += told(&batch.findings);
        for enquiry in &batch.people {
            took.push(one(&db, &act, enquiry, &mut out).await?);
        }
    }
    out.flush()?;
    db.close().await;
    eprintln!("{}", times(took));
    Ok(ExitCode::from(u8::from(refused > 0)))
}

/// Mistakes are what a search is for: only rows that were not looked for at all are told.
fn told(findings: &[returns::finding::Finding]) -> usize {
    let refused: Vec<_> = findings.iter().filter(|f| f.severity == Severity::Refused).collect();
    refused.iter().for_each(|f| eprintln!("{}: {}", f.at, f.message));
    refused.len()
}

/// Looks for one, and says how long that took: candidates, scoring and access check.
async fn one(db: &Db, act: &Act, enquiry: &Listed, out: &mut Out) -> anyhow::Result<Duration> {
    let sought = sought(enquiry, act.today().year());
    let begun = Instant::now();
    let mut tx = db.read(act.clone()).await?;
    let found = search::find(&mut tx, &sought, LISTED).await?;
    let took = begun.elapsed();
    let people: Vec<_> = found.hits.iter().map(|hit| hit.person_id.clone()).collect();
    let ids = imported_ids(&mut tx, &people).await?;
    tx.finish().await?;
    let hits: Vec<(&str, &Hit)> =
        found.hits.iter().map(|hit| (ids.get(&hit.person_id).map_or(hit.person_id.as_str(), String::as_str), hit)).collect();
    out.enquiry(&enquiry.id, &hits)?;
    Ok(took)
}

fn sought(enquiry: &Listed, this_year: i16) -> Sought {
    let born = enquiry.born_on.map(Born::on).or_else(|| Born::read(&enquiry.dob, this_year)).unwrap_or_default();
    Sought::read(&enquiry.given_name, &enquiry.surname, born, &enquiry.postcode).with_sex(enquiry.sex).with_number(&enquiry.nhs_no)
}

enum Out {
    Csv(Box<csv::Writer<io::Stdout>>),
    Json(BufWriter<io::Stdout>),
}

impl Out {
    fn new(format: Format) -> anyhow::Result<Out> {
        if format == Format::Json {
            return Ok(Out::Json(BufWriter::new(io::stdout())));
        }
        let mut rows = csv::Writer::from_writer(io::stdout());
        rows.write_record(["enquiry", "rank", "id", "score", "why"])?;
        Ok(Out::Csv(Box::new(rows)))
    }

    fn enquiry(&mut self, enquiry: &str, hits: &[(&str, &Hit)]) -> anyhow::Result<()> {
        match self {
            Out::Csv(rows) => {
                for ((id, hit), rank) in hits.iter().zip(1..) {
                    rows.write_record([enquiry, &format!("{rank}"), id, &format!("{:.1}", hit.points), &in_words(&hit.why)])?;
                }
            }
            Out::Json(out) => {
                let hit = |(id, hit): &(&str, &Hit), rank: usize| json!({"rank": rank, "id": id, "score": (hit.points * 10.0).round() / 10.0, "why": in_words(&hit.why)});
                let hits: Vec<_> = hits.iter().zip(1..).map(|(h, rank)| hit(h, rank)).collect();
                serde_json::to_writer(&mut *out, &json!({"enquiry": enquiry, "found": hits}))?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Csv(rows) => rows.flush(),
            Out::Json(out) => out.flush(),
        }
    }
}

/// The line that tools read: half, 95 and 99 of a hundred searches took no longer.
fn times(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let within = |of_a_hundred: usize| {
        let at = (took.len() * of_a_hundred).div_ceil(100).saturating_sub(1);
        took.get(at).map_or(0.0, |t| t.as_secs_f64() * 1000.0)
    };
    format!("p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms", within(50), within(95), within(99))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_times_as_tools_read_them() {
        let took = (1..=200).rev().map(Duration::from_millis).collect();
        assert_eq!(times(took), "p50 100.0 ms, p95 190.0 ms, p99 198.0 ms");
        assert_eq!(times(vec![]), "p50 0.0 ms, p95 0.0 ms, p99 0.0 ms");
    }
}
