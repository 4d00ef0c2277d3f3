//! Which year a looked-after return is for. The files do not say. Some tables (outcomes, care leavers) have no dates,
//! so that without the year a row of them could not be told from last year's.

use jiff::civil::Date;

use super::{Return, Source};
use crate::year::ReturnYear;

/// The files of a folder, split into returns: by the year in their names where there is one (`2017-episodes.csv`), in
/// the order of those years, so that what was said later is taken in later. An XML file is a return by itself and
/// comes after the tables of its year.
pub fn by_year<'a>(sources: &[Source<'a>]) -> Vec<Vec<Source<'a>>> {
    let mut sets: Vec<(Option<u16>, Vec<Source<'a>>)> = Vec::new();
    let (alone, tables): (Vec<Source<'a>>, Vec<Source<'a>>) = sources.iter().partition(|source| is_xml(source.bytes));
    for source in tables {
        let year = named_year(source.name);
        match sets.iter_mut().find(|(known, _)| *known == year) {
            Some((_, set)) => set.push(source),
            None => sets.push((year, vec![source])),
        }
    }
    sets.extend(alone.into_iter().map(|source| (named_year(source.name), vec![source])));
    sets.sort_by_key(|(year, _)| *year);
    sets.into_iter().map(|(_, set)| set).collect()
}

/// By its first letter, in any encoding.
fn is_xml(bytes: &[u8]) -> bool {
    let letters = bytes.iter().filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF | b' ' | b'\t' | b'\r' | b'\n'));
    letters.take(1).eq([&b'<'])
}

/// The year for which a return was made. Where a file's name holds a year, the one that begins or ends in it and
/// has more of the dates; otherwise the latest in which at least one in a hundred of its episodes, reviews and
/// absences began, ended or was held, so that one mistyped date does not move it.
pub fn inferred_year(tables: &Return) -> Option<ReturnYear> {
    let years = years(tables);
    let named = tables.files.iter().find_map(|(file, _)| named_year(file.as_str()));
    match named.and_then(|named| named.try_into().ok()) {
        Some(named) => begins_or_ends(named, &years),
        None => latest_common(years),
    }
}

fn years(tables: &Return) -> Vec<ReturnYear> {
    let episodes = tables.episodes.iter().flat_map(|episode| [episode.began_on, episode.ended_on]);
    let reviews = tables.reviews.iter().map(|review| review.held_on);
    let absences = tables.missing.iter().flat_map(|missing| [missing.from_on, missing.until_on]);
    let workers = tables.social_workers.iter().flat_map(|worker| [worker.from_on, worker.until_on]);
    let days = episodes.chain(reviews).chain(absences).chain(workers).flatten();
    days.filter_map(|day: Date| ReturnYear::of(day)).collect()
}

fn begins_or_ends(named: i16, years: &[ReturnYear]) -> Option<ReturnYear> {
    let (ends, begins) = (ReturnYear::ending(named)?, ReturnYear::ending(named + 1)?);
    let count = |year: ReturnYear| years.iter().filter(|other| **other == year).count();
    Some(if count(begins) > count(ends) { begins } else { ends })
}

fn latest_common(mut years: Vec<ReturnYear>) -> Option<ReturnYear> {
    years.sort_unstable();
    let enough = years.len().div_ceil(100);
    years.chunk_by(|one, other| one == other).rev().find(|chunk| chunk.len() >= enough).map(|chunk| chunk[0])
}

/// The first run of exactly four figures that reads as a year.
fn named_year(name: &str) -> Option<u16> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.split(|letter: char| !letter.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .find_map(|run| run.parse().ok().filter(|year| (1990..2100).contains(year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_put_together_by_the_year_in_their_names() {
        let names = ["2018-header.csv", "a/2017-header.csv", "header.csv", "2018-episodes.csv", "12345.csv"];
        let sources: Vec<Source<'_>> = names.iter().map(|name| Source { name, bytes: b"" }).collect();
        let sets: Vec<Vec<&str>> = by_year(&sources).into_iter().map(|set| set.into_iter().map(|source| source.name).collect()).collect();
        assert_eq!(sets, [vec!["header.csv", "12345.csv"], vec!["a/2017-header.csv"], vec!["2018-header.csv", "2018-episodes.csv"]]);
    }

    #[test]
    fn an_xml_file_is_a_return_by_itself() {
        let source = |name, bytes| Source { name, bytes };
        let files: [Source<'_>; 4] =
            [source("b.xml", b"\xFE\xFF\0<\0E"), source("a.csv", b"CHILD"), source("c.csv", b""), source("d.xml", b"\n<E")];
        let sets: Vec<usize> = by_year(&files).iter().map(Vec::len).collect();
        assert_eq!(sets, [2, 1, 1]);
    }

    #[test]
    fn one_mistyped_date_does_not_move_the_year() {
        let year = |ends| ReturnYear::ending(ends).unwrap();
        let mut years = vec![year(2017); 150];
        years.extend([year(2018); 60]);
        years.push(year(2081));
        assert_eq!(latest_common(years), Some(year(2018)));
        assert_eq!(latest_common(vec![year(2020)]), Some(year(2020)));
        assert_eq!(latest_common(vec![]), None);
    }

    #[test]
    fn a_year_in_the_name_is_where_it_begins_or_ends() {
        let year = |ends| ReturnYear::ending(ends).unwrap();
        assert_eq!(begins_or_ends(2017, &[year(2018), year(2018), year(2017)]), Some(year(2018)));
        assert_eq!(begins_or_ends(2017, &[year(2018), year(2017), year(2017)]), Some(year(2017)));
        assert_eq!(begins_or_ends(2017, &[]), Some(year(2017)));
    }
}
