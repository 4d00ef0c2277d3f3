//! `keyworker workday`: working days of England and Wales on the command line, one at a time or a stream of them.
//!
//! A stream is read and written without setting anything aside for each line, so that millions take seconds. A line that
//! cannot be answered is named on standard error with its column; the others are answered, and the exit code is 2.

use std::{
    io::{self, BufRead, BufWriter, Write},
    process::ExitCode,
};

use anyhow::Context as _;
use care::calendar::{Calendar, FIRST, LAST};
use jiff::civil::Date;

#[derive(clap::Args)]
#[command(after_help = "Examples:
  keyworker workday add 2026-11-20 45
  keyworker workday between 2026-11-20 2027-01-27
  printf '2026-11-20,45\\n2026-12-24,1\\n' | keyworker workday add -

Exit codes: 0 everything was answered, 2 something could not be.")]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// Text is the bare answer, and a row for each line of a stream
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    /// start,days,due or a,b,days, without a header
    Csv,
    /// One line for each answer
    Json,
}

#[derive(clap::Subcommand)]
enum What {
    /// The date so many working days after a start
    Add {
        /// A date such as 2026-11-20, or - to read lines `start,days`
        start: String,
        /// How many working days; before the start, when negative
        #[arg(allow_negative_numbers = true)]
        days: Option<String>,
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
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match answer(&args, &mut io::stdin().lock(), &mut out, &mut io::stderr().lock())
        .and_then(|n| out.flush().map(|()| n).map_err(Into::into))
    {
        Ok(0) => Ok(ExitCode::SUCCESS),
        Ok(_) => Ok(ExitCode::from(super::COULD_NOT)),
        // Whoever read the answers has seen enough.
        Err(e) if e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) => Ok(ExitCode::SUCCESS),
        Err(e) => Err(e),
    }
}

/// Answers what was asked; gives how many lines could not be.
fn answer(args: &Args, input: &mut impl BufRead, out: &mut impl Write, err: &mut impl Write) -> anyhow::Result<usize> {
    let (question, first, second) = match &args.what {
        What::Add { start, days, start_day_counts: false } => (Question::Add, start, days),
        What::Add { start, days, start_day_counts: true } => (Question::AddCountingStart, start, days),
        What::Between { from, to } => (Question::Between, from, to),
    };
    let asked = Asked { calendar: Calendar::england_and_wales(), question, format: args.format };
    match (first.as_str(), second) {
        ("-", None) => asked.stream(input, out, err),
        ("-", Some(more)) => anyhow::bail!("with - the lines of standard input say everything; leave out {more}"),
        (_, None) => anyhow::bail!("{}", question.missing()),
        (first, Some(second)) => {
            let found = asked.one(first.as_bytes(), second.as_bytes()).map_err(|bad| anyhow::anyhow!(bad.words))?;
            let form = if args.format == Format::Text { Form::Bare } else { Form::Row };
            asked.write(out, first.as_bytes(), second.as_bytes(), &found, form)?;
            asked.warn(err, usize::from(found.is_unsure))?;
            Ok(0)
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Add,
    AddCountingStart,
    Between,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Bare,
    Row,
}

struct Asked {
    calendar: Calendar,
    question: Question,
    format: Format,
}

struct Found {
    answer: Answer,
    /// Whether it was reckoned beyond the holidays that have been announced.
    is_unsure: bool,
}

enum Answer {
    Due { days: i32, due: Date },
    Days(i32),
}

/// What is wrong, and with which of the two values.
struct Bad {
    of: Of,
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    First,
    Second,
}

impl Asked {
    fn stream(&self, input: &mut impl BufRead, out: &mut impl Write, err: &mut impl Write) -> anyhow::Result<usize> {
        let (mut line, mut number, mut refused, mut unsure) = (Vec::new(), 0_usize, 0, 0);
        loop {
            line.clear();
            number += 1;
            if input.read_until(b'\n', &mut line).with_context(|| format!("standard input:{number}: cannot be read"))? == 0 {
                self.warn(err, unsure)?;
                return Ok(refused);
            }
            let text = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
            let text = text.trim_ascii_end();
            if text.is_empty() {
                continue;
            }
            let comma = text.iter().position(|b| *b == b',').unwrap_or(text.len());
            let (first, second) = (&text[..comma], text.get(comma + 1..).unwrap_or_default());
            match self.one(first, second) {
                Ok(found) => {
                    unsure += usize::from(found.is_unsure);
                    self.write(out, first.trim_ascii(), second.trim_ascii(), &found, Form::Row)?;
                }
                Err(bad) => {
                    let column = if bad.of == Of::First { 1 } else { comma + 2 };
                    writeln!(err, "standard input:{number}:{column}: {}", bad.words)?;
                    refused += 1;
                }
            }
        }
    }

    fn one(&self, first: &[u8], second: &[u8]) -> Result<Found, Bad> {
        let from = date(first).map_err(|words| Bad { of: Of::First, words })?;
        let bad = |words| Bad { of: Of::Second, words };
        if self.question == Question::Between {
            let to = date(second).map_err(bad)?;
            let days = self.calendar.working_days_between(from, to);
            return Ok(Found { answer: Answer::Days(days), is_unsure: self.calendar.is_beyond_known(from.max(to)) });
        }
        let days = whole(second).map_err(bad)?;
        let due = self.later(from, days);
        if !(FIRST..=LAST).contains(&due) {
            return Err(bad(format!("{days} working days reach beyond {FIRST} to {LAST}, for which bank holidays are held")));
        }
        Ok(Found { answer: Answer::Due { days, due }, is_unsure: self.calendar.is_beyond_known(from.max(due)) })
    }

    /// With the start as day 1, a start on a day off counts from the next working day, or backwards from the one before.
    fn later(&self, start: Date, days: i32) -> Date {
        let calendar = &self.calendar;
        match (self.question, days) {
            (Question::AddCountingStart, days) if days > 0 => calendar.add_working_days(calendar.next_working_day(start), days - 1),
            (Question::AddCountingStart, days) if days < 0 => calendar.add_working_days(calendar.previous_working_day(start), days + 1),
            _ => calendar.add_working_days(start, days),
        }
    }

    fn write(&self, out: &mut impl Write, first: &[u8], second: &[u8], found: &Found, form: Form) -> io::Result<()> {
        match (self.format, form) {
            (Format::Json, _) => {
                let text = |bytes| String::from_utf8_lossy(bytes);
                match found.answer {
                    // Written as a number, not as it was typed: a plus sign or a leading 0 is no part of one there.
                    Answer::Due { days, due } => writeln!(out, "{{\"start\":\"{}\",\"days\":{days},\"due\":\"{due}\"}}", text(first)),
                    Answer::Days(days) => writeln!(out, "{{\"a\":\"{}\",\"b\":\"{}\",\"days\":{days}}}", text(first), text(second)),
                }
            }
            (_, Form::Bare) => found.answer.line(out),
            (_, Form::Row) => {
                out.write_all(first)?;
                out.write_all(b",")?;
                out.write_all(second)?;
                out.write_all(b",")?;
                found.answer.line(out)
            }
        }
    }

    fn warn(&self, err: &mut impl Write, unsure: usize) -> io::Result<()> {
        match (unsure, self.calendar.known_until()) {
            (0, _) => Ok(()),
            (1, until) => writeln!(err, "beware: bank holidays are known until {until}; one answer lies beyond and may still move"),
            (n, until) => writeln!(err, "beware: bank holidays are known until {until}; {n} answers lie beyond and may still move"),
        }
    }
}

impl Question {
    fn missing(self) -> &'static str {
        match self {
            Question::Between => "say until when: keyworker workday between 2026-11-20 2027-01-27",
            _ => "say how many working days: keyworker workday add 2026-11-20 45",
        }
    }
}

impl Answer {
    fn line(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Answer::Due { due, .. } => out.write_all(&iso(*due)),
            Answer::Days(days) => writeln!(out, "{days}"),
        }
    }
}

/// A date and the end of its line; years here have four digits.
fn iso(on: Date) -> [u8; 11] {
    let digit = |n: i16, tens: i16| b'0' + u8::try_from(n / tens % 10).unwrap_or(0);
    let (y, m, d) = (on.year(), i16::from(on.month()), i16::from(on.day()));
    let year = [digit(y, 1000), digit(y, 100), digit(y, 10), digit(y, 1)];
    [year[0], year[1], year[2], year[3], b'-', digit(m, 10), digit(m, 1), b'-', digit(d, 10), digit(d, 1), b'\n']
}

fn whole(text: &[u8]) -> Result<i32, String> {
    let text = text.trim_ascii();
    let number = str::from_utf8(text).ok().and_then(|t| t.parse().ok());
    number.ok_or_else(|| match text {
        [] => "the number of days is missing".into(),
        _ => format!("\"{}\" is not a whole number of days", shown(text)),
    })
}

/// A date as four, two and two digits, within the years for which bank holidays are held.
fn date(text: &[u8]) -> Result<Date, String> {
    let text = text.trim_ascii();
    if text.is_empty() {
        return Err("the date is missing".into());
    }
    let no_date = || format!("\"{}\" is not a date such as 2026-11-20", shown(text));
    let number = |part: &[u8]| part.iter().try_fold(0_i16, |n, b| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0')));
    let &[a, b, c, d, b'-', m1, m2, b'-', d1, d2] = text else { return Err(no_date()) };
    let parts = (number(&[a, b, c, d]), number(&[m1, m2]), number(&[d1, d2]));
    let (Some(year), Some(month), Some(day)) = parts else { return Err(no_date()) };
    let small = |n: i16| i8::try_from(n).unwrap_or(0);
    let date = Date::new(year, small(month), small(day)).map_err(|_| no_date())?;
    match (FIRST..=LAST).contains(&date) {
        true => Ok(date),
        false => Err(format!("{date} lies outside {FIRST} to {LAST}, for which bank holidays are held")),
    }
}

/// What was typed, cut short and without what a terminal would obey.
fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).chars().take(40).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    /// Runs the command; gives what it wrote, what it complained of, and how many lines it refused.
    fn ask(words: &str, input: &[u8]) -> (String, String, Option<usize>) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let line = Line::try_parse_from(std::iter::once("workday").chain(words.split(' '))).unwrap();
        let result = answer(&line.args, &mut &input[..], &mut out, &mut err);
        if let Err(e) = &result {
            err.extend_from_slice(e.to_string().as_bytes());
        }
        (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap(), result.ok())
    }

    #[test]
    fn answers_one_question() {
        for (words, out) in [
            ("add 2026-11-20 45", "2027-01-27\n"),
            ("add 2026-11-20 45 --start-day-counts", "2027-01-26\n"),
            ("add 2026-11-21 1 --start-day-counts", "2026-11-23\n"),
            ("add 2026-11-21 -1 --start-day-counts", "2026-11-20\n"),
            ("add 2026-11-21 0 --start-day-counts", "2026-11-21\n"),
            ("add 2026-04-07 -2", "2026-04-01\n"),
            ("between 2026-11-20 2027-01-27", "45\n"),
            ("between 2027-01-27 2026-11-20", "-45\n"),
            ("between 2026-11-20 2027-01-27 --format csv", "2026-11-20,2027-01-27,45\n"),
            ("add 2026-11-20 +045 --format json", "{\"start\":\"2026-11-20\",\"days\":45,\"due\":\"2027-01-27\"}\n"),
            ("between 2026-11-20 2027-01-27 --format json", "{\"a\":\"2026-11-20\",\"b\":\"2027-01-27\",\"days\":45}\n"),
        ] {
            assert_eq!(ask(words, b""), (out.into(), String::new(), Some(0)), "{words}");
        }
    }

    #[test]
    fn says_why_it_cannot_answer() {
        for (words, err) in [
            ("add 2026-02-30 4", "\"2026-02-30\" is not a date such as 2026-11-20"),
            ("add 20.11.2026 4", "\"20.11.2026\" is not a date such as 2026-11-20"),
            ("add 2026-11-20 4.5", "\"4.5\" is not a whole number of days"),
            ("add 1989-12-31 4", "1989-12-31 lies outside 1990-01-01 to 2079-12-31, for which bank holidays are held"),
            ("add 2079-12-29 4", "4 working days reach beyond 1990-01-01 to 2079-12-31, for which bank holidays are held"),
            ("add 2026-11-20", "say how many working days: keyworker workday add 2026-11-20 45"),
            ("between 2026-11-20", "say until when: keyworker workday between 2026-11-20 2027-01-27"),
            ("add - 4", "with - the lines of standard input say everything; leave out 4"),
        ] {
            assert_eq!(ask(words, b""), (String::new(), err.into(), None), "{words}");
        }
    }

    #[test]
    fn answers_a_stream_line_by_line() {
        let input = b"\xef\xbb\xbf2026-11-20,45\r\n\n 2026-12-24 , 1\nstart,days\n2026-12-24\n2026-12-24,\xff\n2028-12-29,1\n2026-12-24,1";
        let (out, err, refused) = ask("add -", input);
        assert_eq!(out, "2026-11-20,45,2027-01-27\n2026-12-24,1,2026-12-29\n2028-12-29,1,2029-01-02\n2026-12-24,1,2026-12-29\n");
        assert_eq!(
            err,
            "standard input:4:1: \"start\" is not a date such as 2026-11-20\n\
             standard input:5:12: the number of days is missing\n\
             standard input:6:12: \"\u{fffd}\" is not a whole number of days\n\
             beware: bank holidays are known until 2028-12-31; one answer lies beyond and may still move\n"
        );
        assert_eq!(refused, Some(3));
        assert_eq!(ask("add - --start-day-counts", b"2026-11-20,45\n").0, "2026-11-20,45,2027-01-26\n");
        assert_eq!(ask("between -", b"2026-11-20,2027-01-27\n").0, "2026-11-20,2027-01-27,45\n");
        assert_eq!(
            ask("between - --format json", b"2026-11-20,2027-01-27\n").0,
            "{\"a\":\"2026-11-20\",\"b\":\"2027-01-27\",\"days\":45}\n"
        );
        assert_eq!(ask("add -", b""), (String::new(), String::new(), Some(0)));
    }
}
