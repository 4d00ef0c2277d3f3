//! How many due dates a second of processor time the calendar reckons, and its holidays for comparing with others.
//!
//!     cargo run --release -p care --example bench_workdays
//!     cargo run --release -p care --example bench_workdays -- days 2000 2028    the working days, a line each
//!     cargo run --release -p care --example bench_workdays -- add 2000 2028     start,days,due as in the benchmark

use std::{hint::black_box, io::Write};

use care::calendar::{Calendar, add_days};
use jiff::civil::{Date, date};

/// Reckoned in each round: every day of 29 years as start, with 1 to 250 working days in an order that no cache foresees.
const ROUND: usize = 1_000_000;
const ROUNDS: usize = 40;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let calendar = Calendar::england_and_wales();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => measure(&calendar),
        ["days", from, to] => days(&calendar, from.parse()?, to.parse()?),
        ["add", from, to] => added(&calendar, from.parse()?, to.parse()?),
        _ => Err("say nothing, or: days FROM TO, or: add FROM TO (years)".into()),
    }
}

fn measure(calendar: &Calendar) -> Result<(), Box<dyn std::error::Error>> {
    let asked = asked(2000, 2028);
    let pairs: Vec<(Date, Date)> = asked.iter().map(|(start, days)| (*start, add_days(*start, *days))).collect();
    let total = (ROUND * ROUNDS) as f64 / 1e6;
    let built = seconds_of(|| drop(black_box(Calendar::england_and_wales())))?;
    let add = seconds_of(|| {
        for _ in 0..ROUNDS {
            for (start, days) in &asked {
                black_box(calendar.add_working_days(black_box(*start), black_box(*days)));
            }
        }
    })?;
    let between = seconds_of(|| {
        for _ in 0..ROUNDS {
            for (from, to) in &pairs {
                black_box(calendar.working_days_between(black_box(*from), black_box(*to)));
            }
        }
    })?;
    println!("add_working_days       {:.1} million a CPU second", total / add);
    println!("working_days_between   {:.1} million a CPU second", total / between);
    println!("making the calendar    {:.2} ms", built * 1e3);
    Ok(())
}

/// Starts and numbers of days, spread by a step that shares no factor with their count.
fn asked(from: i16, to: i16) -> Vec<(Date, i32)> {
    let first = date(from, 1, 1);
    let length = usize::try_from(care::calendar::calendar_days_between(first, date(to, 1, 1))).unwrap_or(1).max(1);
    let small = |n: usize| i32::try_from(n).unwrap_or(0);
    (0..ROUND).map(|n| (add_days(first, small(n * 7919 % length)), small(1 + n * 31 % 250))).collect()
}

fn days(calendar: &Calendar, from: i16, to: i16) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut day, last) = (date(from, 1, 1), date(to, 12, 31));
    while day <= last {
        if calendar.is_working_day(day) {
            writeln!(out, "{day}")?;
        }
        day = day.tomorrow()?;
    }
    Ok(out.flush()?)
}

fn added(calendar: &Calendar, from: i16, to: i16) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (start, days) in asked(from, to) {
        writeln!(out, "{start},{days},{}", calendar.add_working_days(start, days))?;
    }
    Ok(out.flush()?)
}

/// Processor seconds of this thread, from Linux; elapsed ones elsewhere.
fn seconds_of(work: impl FnOnce()) -> Result<f64, Box<dyn std::error::Error>> {
    let cpu = || -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
    };
    let (before, clock) = (cpu(), std::time::Instant::now());
    work();
    Ok(match (before, cpu()) {
        (Some(before), Some(after)) if after > before => after - before,
        _ => clock.elapsed().as_secs_f64(),
    })
}
