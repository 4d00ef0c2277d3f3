//! Documents that are archives inside (Word, Excel, OpenDocument): the list at their end says what they hold. It is read,
//! never followed: programs, passwords and bombs are refused by what the list says.

use super::kind::{Kind, Refusal};

/// The list is looked for in so many last bytes.
pub const TAIL: usize = 2 * 1024 * 1024;
const MOST_ENTRIES: u64 = 10_000;
/// Unpacked, so many bytes are a bomb, or so many times the size when that is large.
const MOST_BYTES: u64 = 600 * 1024 * 1024;
const MOST_TIMES: u64 = 100;
const SMALL: u64 = 20 * 1024 * 1024;

/// What the document is, by its own list; `tail` are the last bytes of a file of this size.
pub fn look(kind: Kind, tail: &[u8], size: u64) -> Result<Kind, Refusal> {
    let entries = entries(tail, size)?;
    let unpacked: u64 = entries.iter().map(|e| e.size).sum();
    if entries.iter().any(|e| e.locked) {
        return Err(Refusal::Locked);
    }
    if unpacked > MOST_BYTES || (unpacked > SMALL && unpacked > size.saturating_mul(MOST_TIMES)) {
        return Err(Refusal::Bomb);
    }
    let has = |name: &str| entries.iter().any(|e| e.name.eq_ignore_ascii_case(name.as_bytes()));
    let ends = |end: &str| entries.iter().any(|e| e.name.to_ascii_lowercase().ends_with(end.as_bytes()));
    if ends("vbaproject.bin") || has("Basic/script-lc.xml") {
        return Err(Refusal::Macros);
    }
    if [".exe", ".dll", ".js", ".vbs", ".bat", ".jar", ".ps1", ".scr"].iter().any(|end| ends(end)) {
        return Err(Refusal::Program);
    }
    match kind {
        _ if has("word/document.xml") => Ok(Kind::Word),
        _ if has("xl/workbook.xml") || has("xl/workbook.bin") => Ok(Kind::Excel),
        _ if has("ppt/presentation.xml") => Ok(Kind::PowerPoint),
        Kind::OpenText | Kind::OpenSheet | Kind::OpenSlides if has("content.xml") => Ok(kind),
        _ => Err(Refusal::Archive),
    }
}

struct Entry<'a> {
    name: &'a [u8],
    size: u64,
    locked: bool,
}

const END: &[u8] = b"PK\x05\x06";
const LISTED: &[u8] = b"PK\x01\x02";

fn entries(tail: &[u8], size: u64) -> Result<Vec<Entry<'_>>, Refusal> {
    let end = tail.windows(4).rposition(|w| w == END).ok_or(Refusal::Damaged)?;
    let count = u64::from(short(tail, end + 10).ok_or(Refusal::Damaged)?);
    let begins = u64::from(long(tail, end + 16).ok_or(Refusal::Damaged)?);
    if count > MOST_ENTRIES || begins == u64::from(u32::MAX) {
        return Err(Refusal::Bomb);
    }
    let before = size - tail.len() as u64;
    let mut at = usize::try_from(begins.checked_sub(before).ok_or(Refusal::Bomb)?).map_err(|_| Refusal::Bomb)?;
    let mut all = Vec::new();
    for _ in 0..count {
        if tail.get(at..at + 4) != Some(LISTED) {
            return Err(Refusal::Damaged);
        }
        let field = |from: usize| short(tail, at + from).map(usize::from).ok_or(Refusal::Damaged);
        let (name, extra, comment) = (field(28)?, field(30)?, field(32)?);
        all.push(Entry {
            name: tail.get(at + 46..at + 46 + name).ok_or(Refusal::Damaged)?,
            size: u64::from(long(tail, at + 24).ok_or(Refusal::Damaged)?),
            locked: field(8)? & 1 == 1,
        });
        at += 46 + name + extra + comment;
    }
    Ok(all)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive's list alone, of names with their unpacked sizes; enough for what is read here.
    fn list(entries: &[(&str, u32, u16)]) -> Vec<u8> {
        let mut out = b"PK\x03\x04 the files themselves".to_vec();
        let begins = out.len() as u32;
        for (name, size, flags) in entries {
            let mut entry = vec![0; 46];
            entry[..4].copy_from_slice(LISTED);
            entry[8..10].copy_from_slice(&flags.to_le_bytes());
            entry[24..28].copy_from_slice(&size.to_le_bytes());
            entry[28..30].copy_from_slice(&(name.len() as u16).to_le_bytes());
            out.extend(entry);
            out.extend(name.as_bytes());
        }
        let mut end = vec![0; 22];
        end[..4].copy_from_slice(END);
        end[10..12].copy_from_slice(&(entries.len() as u16).to_le_bytes());
        end[16..20].copy_from_slice(&begins.to_le_bytes());
        out.extend(end);
        out
    }

    #[test]
    fn the_list_says_what_it_is_and_what_is_wrong_with_it() {
        for (entries, expected) in [
            (vec![("[Content_Types].xml", 10, 0), ("word/document.xml", 900, 0)], Ok(Kind::Word)),
            (vec![("xl/workbook.xml", 900, 0)], Ok(Kind::Excel)),
            (vec![("word/document.xml", 900, 0), ("word/vbaProject.bin", 9, 0)], Err(Refusal::Macros)),
            (vec![("word/document.xml", 900, 1)], Err(Refusal::Locked)),
            (vec![("word/document.xml", u32::MAX - 1, 0)], Err(Refusal::Bomb)),
            (vec![("photo.jpg", 900, 0)], Err(Refusal::Archive)),
            (vec![("word/document.xml", 900, 0), ("word/run.exe", 9, 0)], Err(Refusal::Program)),
        ] {
            let file = list(&entries);
            assert_eq!(look(Kind::Word, &file, file.len() as u64), expected, "{entries:?}");
        }
    }

    #[test]
    fn a_list_that_lies_about_its_place_is_damaged_and_never_a_crash() {
        let file = list(&[("word/document.xml", 900, 0)]);
        for cut in 0..file.len() {
            let _ = look(Kind::Word, &file[..cut], cut as u64);
            let mut other = file.clone();
            other[cut] ^= 0xff;
            let _ = look(Kind::Word, &other, other.len() as u64);
        }
        assert_eq!(look(Kind::Word, b"PK\x03\x04 cut short", 14), Err(Refusal::Damaged));
    }
}
