//! What someone types into the one box by which people are found, taken apart: "jon smyth 3/4/12 ZZ1", "Smith, John",
//! "999 000 0018", "07700 900123", "H801200001001". What has figures in it is a date, a postcode or a number; the rest
//! are names, the last of which is taken as the family name unless a comma says otherwise. The search itself allows
//! for names the other way round.

use super::{born::Born, fold, known::number, place::Place, sought::Sought};

/// Never fails: what is not understood is looked for as a name.
pub fn read_search(typed: &str, this_year: i16) -> Sought {
    let typed: String = typed.chars().take(LONGEST).collect();
    let mut words: Vec<&str> = typed.split_whitespace().collect();
    let mut sought = Sought::default();
    take_born(&mut words, this_year, &mut sought);
    take_postcode(&mut words, &mut sought);
    take_numbers(&mut words, &mut sought);
    words.retain(|word| !TITLES.contains(&word.trim_matches(['.', ',']).to_lowercase().as_str()));
    names(&words.join(" "), &mut sought);
    sought
}

/// Characters beyond these are not read.
const LONGEST: usize = 300;
const TITLES: [&str; 10] = ["mr", "mrs", "miss", "ms", "mx", "dr", "master", "rev", "sir", "born"];

/// The first run of up to three words that together make a date, the longest first.
fn take_born(words: &mut Vec<&str>, this_year: i16, sought: &mut Sought) {
    for length in [3, 2, 1] {
        for at in 0..(words.len() + 1).saturating_sub(length) {
            let run = &words[at..at + length];
            if !looks_like_date(run) {
                continue;
            }
            let text = run.join(" ");
            if let Some(born) = Born::read(text.trim_matches(','), this_year).filter(|b| length == 1 || b.month.is_some()) {
                sought.born = born;
                words.drain(at..at + length);
                return;
            }
        }
    }
}

/// Figures with strokes between, a year, eight figures, or figures beside the name of a month.
fn looks_like_date(run: &[&str]) -> bool {
    let figure = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    match run {
        [only] => {
            let only = only.trim_matches(',');
            let parts = only.split(['/', '-', '.']).count();
            let year = only.len() == 4 && (only.starts_with("19") || only.starts_with("20"));
            figure(only) && (parts == 3 || year || (parts == 2 && only.contains('/')) || eight_figures(only))
        }
        many => many.iter().any(|w| figure(w)) && many.iter().all(|w| figure(w) || month_name(w)) && many.iter().any(|w| month_name(w)),
    }
}

fn eight_figures(word: &str) -> bool {
    word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit())
}

fn month_name(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let word = word.trim_matches([',', '.']).to_lowercase();
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word))
}

/// A postcode in one word or two, or its first part.
fn take_postcode(words: &mut Vec<&str>, sought: &mut Sought) {
    for length in [2, 1] {
        for at in 0..(words.len() + 1).saturating_sub(length) {
            let run = words[at..at + length].concat();
            let whole = crate::person::Postcode::read(&run).is_some() && run.chars().any(|c| c.is_ascii_digit());
            if whole || (length == 1 && first_part(&run)) {
                sought.place = Place::read(&run);
                words.drain(at..at + length);
                return;
            }
        }
    }
}

/// "ZZ1", "Z12", "ZZ1A": one or two letters, a figure, perhaps one more.
fn first_part(word: &str) -> bool {
    let shape: String = word
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_ascii_alphabetic() {
                'A'
            } else {
                '?'
            }
        })
        .collect();
    matches!(shape.as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
}

/// Whatever still has figures: a run of words of figures only is one number, as telephone and NHS numbers are written.
fn take_numbers(words: &mut Vec<&str>, sought: &mut Sought) {
    let mut run = String::new();
    let mut rest = Vec::new();
    for word in words.drain(..) {
        let bare = word.trim_matches([',', '(', ')']);
        if bare.bytes().all(|b| b.is_ascii_digit() || b"+-".contains(&b)) && bare.bytes().any(|b| b.is_ascii_digit()) {
            run.push_str(bare);
            continue;
        }
        sought.numbers.extend(number(&std::mem::take(&mut run)));
        if bare.chars().any(|c| c.is_ascii_digit()) {
            sought.numbers.extend(number(bare));
        } else {
            rest.push(word);
        }
    }
    sought.numbers.extend(number(&run));
    *words = rest;
}

/// "Smith, John" or "John Smith"; a single name may be either, and is looked for as both.
fn names(text: &str, sought: &mut Sought) {
    if let Some((family, given)) = text.split_once(',') {
        sought.family = fold::words(family);
        sought.given = fold::words(given);
        return;
    }
    let mut words = fold::words(text);
    sought.family.extend(words.pop());
    sought.given = words;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_apart_what_is_typed() {
        for (typed, given, family, born, place, numbers) in [
            ("jon smyth 3/4/12 ZZ1", "JON", "SMYTH", "2012-4-3", "ZZ1", ""),
            ("Smith, John", "JOHN", "SMITH", "", "", ""),
            ("Mrs Mary Ann O'Brien", "MARY ANN", "OBRIEN", "", "", ""),
            ("smith", "", "SMITH", "", "", ""),
            ("999 000 0018", "", "", "", "", "9990000018"),
            ("9434765919", "", "", "", "", "9434765919"),
            ("+44 7700 900123", "", "", "", "", "07700900123"),
            ("Tia 07700 900 123", "", "TIA", "", "", "07700900123"),
            ("H801200001001", "", "", "", "", "H801200001001"),
            ("zz1 4qp", "", "", "", "ZZ14QP", ""),
            ("Marlow zz14qp 2015", "", "MARLOW", "2015", "ZZ14QP", ""),
            ("Tia Marlow 3 April 2012", "TIA", "MARLOW", "2012-4-3", "", ""),
            ("Tia Marlow april 2012", "TIA", "MARLOW", "2012-4", "", ""),
            ("Tia Marlow 03042012", "TIA", "MARLOW", "2012-4-3", "", ""),
            ("April May", "APRIL", "MAY", "", "", ""),
            ("born 2012-04-03", "", "", "2012-4-3", "", ""),
            ("C0012345", "", "", "", "", "C0012345"),
            ("مريم حداد", "مريم", "حداد", "", "", ""),
            ("🦄", "", "🦄", "", "", ""),
            ("'; DROP TABLE person; --", "DROP TABLE", "PERSON", "", "", ""),
            ("", "", "", "", "", ""),
        ] {
            let sought = read_search(typed, 2026);
            let parts = [sought.born.year, sought.born.month.map(Into::into), sought.born.day.map(Into::into)];
            let read = parts.iter().flatten().map(i16::to_string).collect::<Vec<_>>().join("-");
            let read_place = sought.place.as_ref().map(|p| p.as_str()).unwrap_or_default();
            let got = (sought.given.join(" "), sought.family.join(" "), read, read_place.to_owned(), sought.numbers.join(" "));
            assert_eq!(got, (given.into(), family.into(), born.into(), place.to_owned(), numbers.into()), "{typed}");
        }
    }

    #[test]
    fn never_fails() {
        for typed in ["\0\u{202E}", "((((", "/ - .", "1/2/3/4/5", "99999999999999999999999", "a 1 b 2 c 3", "ZZ1 ZZ1 ZZ1"] {
            let _ = read_search(&typed.repeat(40), 2026);
        }
    }
}
