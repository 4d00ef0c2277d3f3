//! A file's name as it is kept: without a path, without signs that a system or a page would stumble over, with the ending
//! of what the file is.

/// The longest name without its ending, in characters.
const LONGEST: usize = 120;

/// "C:\\docs\\Report \"final\".PDF" becomes "Report final.pdf".
pub fn clean_name(given: &str, ending: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').filter(|(_, end)| end.len() <= 5).map_or(last, |(stem, _)| stem);
    let seen = |c: &char| !c.is_control() && !"<>:\"|?*%;`$".contains(*c) && !turns(*c);
    let clean: String = stem.chars().filter(seen).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let clean = clean.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let clean = care::person::shortened(clean.trim_matches(['.', ' ', '-']), LONGEST);
    let clean = if clean.is_empty() { "Document" } else { &clean };
    format!("{clean}.{ending}")
}

/// Characters that turn the direction of text or are not seen, with which an ending can be hidden.
fn turns(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_harmless() {
        for (given, ending, expected) in [
            ("C:\\docs\\Report \"final\".PDF", "pdf", "Report final.pdf"),
            ("../../etc/passwd", "txt", "passwd.txt"),
            ("invoice\u{202E}fdp.exe", "pdf", "invoicefdp.pdf"),
            ("", "png", "Document.png"),
            (".htaccess", "txt", "htaccess.txt"),
            ("<script>alert(1)</script>.pdf", "pdf", "script.pdf"),
            ("رسالة 👩‍👧.docx", "docx", "رسالة 👩👧.docx"),
            ("line\nbreak\r\n.pdf", "pdf", "linebreak.pdf"),
            ("Minutes 3.5.2026", "txt", "Minutes 3.5.txt"),
        ] {
            assert_eq!(clean_name(given, ending), expected, "{given}");
        }
        assert_eq!(clean_name(&"a".repeat(500), "pdf").chars().count(), LONGEST + 4);
    }
}
