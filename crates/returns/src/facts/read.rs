//! From files to facts in one step, for an import.

use jiff::civil::Date;

use super::{Extract, ReturnKind, from_annex_a, from_cin, from_ssda903, from_workforce};
use crate::finding::Log;
use crate::position::FileName;
use crate::ssda903::Source;
use crate::{annex_a, cin_census, ssda903, text, workforce_census};

/// Reads files of one kind. Each extract is to be taken in by itself and in this order: a census file gives one, a
/// folder of looked-after returns of several years one a year, oldest first.
pub fn read(kind: ReturnKind, sources: &[Source<'_>], today: Date) -> Vec<Extract> {
    match kind {
        ReturnKind::Ssda903 => ssda903::by_year(sources)
            .iter()
            .map(|set| {
                let (tables, findings) = ssda903::read(set);
                from_ssda903(&tables, findings, None, today)
            })
            .collect(),
        _ => sources.iter().map(|source| read_one(kind, source, today)).collect(),
    }
}

/// Which return a file holds, by its contents; nothing where it is none of them.
pub fn recognise(source: &Source<'_>) -> Option<ReturnKind> {
    if source.bytes.starts_with(b"PK\x03\x04") {
        let (lists, _) = annex_a::read(source.bytes, source.name);
        return (!lists.sheets.is_empty()).then_some(ReturnKind::AnnexA);
    }
    let mut log = Log::new(&FileName::new(source.name));
    let text = text::decode(source.bytes, &mut log)?;
    let start: String = text.chars().take(4_000).collect();
    if !start.trim_start().starts_with('<') {
        return ssda903::known_by_columns(&start).then_some(ReturnKind::Ssda903);
    }
    let has = |element: &str| start.to_ascii_lowercase().contains(&element.to_ascii_lowercase());
    if has("<EXPSSDA903") {
        Some(ReturnKind::Ssda903)
    } else if has("<Collection>CSWW") || has("<CSWWWorker") || has("<LALevelVacancies") {
        Some(ReturnKind::Workforce)
    } else if has("<Collection>CIN<") || has("<Children>") || has("<ChildIdentifiers") {
        Some(ReturnKind::Cin)
    } else {
        None
    }
}

fn read_one(kind: ReturnKind, source: &Source<'_>, today: Date) -> Extract {
    match kind {
        ReturnKind::Workforce => {
            let (census, findings) = workforce_census::read(source.bytes, source.name);
            from_workforce(&census, findings, today)
        }
        ReturnKind::AnnexA => {
            let (lists, findings) = annex_a::read(source.bytes, source.name);
            from_annex_a(&lists, findings, today)
        }
        ReturnKind::Cin | ReturnKind::Ssda903 => {
            let (census, findings) = cin_census::read(source.bytes, source.name);
            from_cin(&census, findings, today)
        }
    }
}
