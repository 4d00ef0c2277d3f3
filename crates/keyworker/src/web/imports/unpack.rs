//! The tables of a return in one ZIP file. Only what is told to be a table is unpacked, never an archive within it, and no
//! more than fits: what an archive says of its sizes is not believed.

use std::io::{Cursor, Read, copy, sink};

use store::imports::Source;
use zip::ZipArchive;

use super::receive::{AT_ONCE, named};
use crate::config::Config;

/// No honest archive of ours holds more entries.
const ENTRIES: usize = 2_000;
/// A workbook or archive unpacks to no more than so many times the largest upload.
const TIMES: u64 = 3;

#[derive(Debug, Clone, Copy)]
pub struct Limits {
    unpacked: u64,
}

impl Limits {
    pub fn of(config: &Config) -> Limits {
        Limits { unpacked: u64::from(config.largest_import_megabytes) * 1024 * 1024 * TIMES }
    }
}

/// The tables in an archive: its .csv and .txt files, else its .xml files.
pub fn unpack(bytes: &[u8], limits: Limits) -> Result<Vec<Source>, String> {
    let mut archive = open(bytes)?;
    let mut wanted = |endings: &[&str]| -> Result<Vec<usize>, String> {
        let mut found = Vec::new();
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(damaged)?;
            let name = entry.name().map_err(damaged)?.into_owned();
            let last = name.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
            let ours = !last.starts_with('.') && !name.starts_with("__MACOSX") && endings.iter().any(|ending| last.ends_with(ending));
            if entry.is_file() && ours {
                found.push(index);
            }
        }
        Ok(found)
    };
    let mut indexes = wanted(&[".csv", ".txt"])?;
    if indexes.is_empty() {
        indexes = wanted(&[".xml"])?;
    }
    if indexes.is_empty() {
        return Err("There is no table in this ZIP file: it should hold the CSV files of the return".into());
    }
    if indexes.len() > AT_ONCE {
        return Err(format!("This ZIP file holds more than {AT_ONCE} tables"));
    }
    let mut left = limits.unpacked;
    let mut sources = Vec::new();
    for index in indexes {
        let entry = archive.by_index(index).map_err(damaged)?;
        let name = folder_and_name(&entry.name().map_err(damaged)?);
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes).map_err(damaged)?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
        sources.push(Source { name, bytes });
    }
    Ok(sources)
}

/// A workbook is an archive too: it is unpacked into nothing first, to see that it fits.
pub fn check_container(bytes: &[u8], limits: Limits) -> Result<(), String> {
    let mut archive = open(bytes)?;
    let mut left = limits.unpacked;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let size = copy(&mut entry.take(left + 1), &mut sink()).map_err(damaged)?;
        left = left.checked_sub(size).ok_or_else(too_large)?;
    }
    Ok(())
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > ENTRIES {
        return Err("This file holds far more than a return: it was not unpacked".into());
    }
    for index in 0..archive.len() {
        if archive.by_index_raw(index).map_err(damaged)?.encrypted() {
            return Err("This file is locked with a password. Save it without one and choose it again".into());
        }
    }
    Ok(archive)
}

fn damaged(_: impl std::fmt::Display) -> String {
    "This file is damaged or was cut short: it cannot be unpacked".into()
}

fn too_large() -> String {
    "This file unpacks to far more than fits: it was not taken".into()
}

/// The last folder is kept, because it may say which year a table is of.
fn folder_and_name(path: &str) -> String {
    let mut parts = path.rsplit(['/', '\\']);
    let name = named(parts.next().unwrap_or_default());
    let folder: String = parts.next().unwrap_or_default().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).take(40).collect();
    if folder.is_empty() { name } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const SMALL: Limits = Limits { unpacked: 10_000 };

    #[test]
    fn the_tables_are_unpacked_and_nothing_else() {
        let packed = archive(&[
            ("2025-26/header.csv", b"CHILD\n"),
            ("../../etc/x.csv", b"a"),
            ("notes.docx", b"x"),
            ("__MACOSX/y.csv", b"z"),
            ("in.zip", b"PK"),
        ]);
        let names: Vec<String> = unpack(&packed, SMALL).unwrap().into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["2025-26/header.csv", "etc/x.csv"]);
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bomb = archive(&[("a.csv", &[0; 9_000]), ("b.csv", &[0; 9_000])]);
        assert!(bomb.len() < 1_000);
        assert_eq!(unpack(&bomb, SMALL).unwrap_err(), too_large());
        assert_eq!(check_container(&bomb, SMALL).unwrap_err(), too_large());
        assert!(unpack(&bomb[..bomb.len() / 2], SMALL).is_err());
    }
}
