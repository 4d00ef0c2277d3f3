//! `keyworker workday`: working days of England and Wales on the command line, one at a time or a stream of them.

use std::{
    io::{self, BufRead, BufWriter, Write},
    process::ExitCode,
};

use anyhow::Context as _;
use care::calendar::Calendar;
use jiff::civil::Date;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  keyworker workday add 2026-11-20 45
  keyworker workday between 2026-11-20 2027-01-27
  printf '2026-11-20,45\\n' | keyworker workday add -")]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The date so many working days after a start
    Add {
        /// A date such as 2026-11-20, or - to read lines `start,days`
        start: String,
        /// How many working days
        #[arg(allow_negative_numbers = true)]
        days: Option<i32>,
        /// The start is day 1, not day 0
        #[arg(long)]
        start_day_counts: bool,
    },
    /// The working days after the first date up to and including the second
    Between {
        /// A date, or - to read lines `a,b`
        from: String,
        to: Option<String>,
    },
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let calendar = Calendar::england_and_wales();
    let mut out = BufWriter::new(io::stdout().lock());
    let findings = match args.what {
        What::Add { start, days, start_day_counts } => {
            let first = if start_day_counts { First::Counts } else { First::IsZero };
            add(&calendar, &start, days, first, &mut out)?
        }
        What::Between { from, to } => between(&calendar, &from, to.as_deref(), &mut out)?,
    };
    out.flush()?;
    Ok(ExitCode::from(u8::from(findings > 0)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    IsZero,
    Counts,
}

fn add(calendar: &Calendar, start: &str, days: Option<i32>, first: First, out: &mut impl Write) -> anyhow::Result<usize> {
    if start != "-" {
        let days = days.context("say how many working days: keyworker workday add 2026-11-20 45")?;
        let start = date(start).map_err(anyhow::Error::msg)?;
        writeln!(out, "{}", later(calendar, start, days, first))?;
        return Ok(0);
    }
    each_line(|line| {
        let (start, days) = line.split_once(',').ok_or("there is no comma: write start,days")?;
        let number: i32 = days.trim().parse().map_err(|_| format!("\"{days}\" is not a whole number of days"))?;
        let due = later(calendar, date(start)?, number, first);
        writeln!(out, "{},{},{due}", start.trim(), days.trim()).map_err(|e| e.to_string())
    })
}

fn between(calendar: &Calendar, from: &str, to: Option<&str>, out: &mut impl Write) -> anyhow::Result<usize> {
    if from != "-" {
        let to = to.context("say until when: keyworker workday between 2026-11-20 2027-01-27")?;
        let (from, to) = (date(from).map_err(anyhow::Error::msg)?, date(to).map_err(anyhow::Error::msg)?);
        writeln!(out, "{}", calendar.working_days_between(from, to))?;
        return Ok(0);
    }
    each_line(|line| {
        let (a, b) = line.split_once(',').ok_or("there is no comma: write a,b")?;
        let days = calendar.working_days_between(date(a)?, date(b)?);
        writeln!(out, "{},{},{days}", a.trim(), b.trim()).map_err(|e| e.to_string())
    })
}

/// With the start as day 1, a start on a day off counts from the next working day.
fn later(calendar: &Calendar, start: Date, days: i32, first: First) -> Date {
    match first {
        First::Counts if days > 0 => calendar.add_working_days(calendar.next_working_day(start), days - 1),
        _ => calendar.add_working_days(start, days),
    }
}

fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let date: Date = text.parse().map_err(|_| format!("\"{text}\" is not a date such as 2026-11-20"))?;
    if (1999..=2079).contains(&date.year()) {
        Ok(date)
    } else {
        Err(format!("\"{text}\" lies outside the years 1999 to 2079, for which bank holidays are known or reckoned"))
    }
}

/// Runs over the lines of standard input; each bad one is said with its number, the rest go on.
fn each_line(mut one: impl FnMut(&str) -> Result<(), String>) -> anyhow::Result<usize> {
    let (mut input, mut line, mut number, mut findings) = (io::stdin().lock(), String::new(), 0, 0);
    loop {
        line.clear();
        number += 1;
        if input.read_line(&mut line).with_context(|| format!("line {number} of standard input cannot be read"))? == 0 {
            return Ok(findings);
        }
        let text = line.trim_end();
        if text.is_empty() {
            continue;
        }
        if let Err(words) = one(text) {
            eprintln!("standard input, line {number}: {words}");
            findings += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_with_and_without_the_start_day() {
        let calendar = Calendar::england_and_wales();
        for (start, days, first, due) in [
            ("2026-11-20", 45, First::IsZero, "2027-01-27"),
            ("2026-11-20", 45, First::Counts, "2027-01-26"),
            ("2026-11-21", 1, First::Counts, "2026-11-23"),
        ] {
            assert_eq!(later(&calendar, date(start).unwrap(), days, first).to_string(), due);
        }
        assert_eq!(date("2026-02-30"), Err("\"2026-02-30\" is not a date such as 2026-11-20".into()));
        assert!(date("1870-01-01").is_err());
    }
}
