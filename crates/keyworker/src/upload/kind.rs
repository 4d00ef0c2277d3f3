//! What a file is, by its first bytes. Its name only tells apart what looks the same inside, such as kinds of plain text.

use std::fmt;

/// What may be kept, with the name's ending that it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Jpeg,
    Png,
    Word,
    Excel,
    PowerPoint,
    OpenText,
    OpenSheet,
    OpenSlides,
    OldWord,
    OldExcel,
    OldPowerPoint,
    Outlook,
    RichText,
    Text,
    Csv,
    Mail,
    Mp3,
    Wav,
    M4a,
}

/// Why a file is not kept, in words that say what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    TooLarge { megabytes: u32 },
    Archive,
    Program,
    WebPage,
    OtherPicture,
    Unknown,
    Locked,
    Macros,
    Bomb,
    Damaged,
}

/// For the file field: what a browser offers first.
pub const ACCEPTED: &str = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.pptx,.odt,.ods,.odp,.doc,.xls,.ppt,.msg,.rtf,.txt,.csv,.eml,.mp3,.wav,.m4a";

impl Kind {
    pub const fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::PowerPoint => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Kind::OpenText => "application/vnd.oasis.opendocument.text",
            Kind::OpenSheet => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::OpenSlides => "application/vnd.oasis.opendocument.presentation",
            Kind::OldWord => "application/msword",
            Kind::OldExcel => "application/vnd.ms-excel",
            Kind::OldPowerPoint => "application/vnd.ms-powerpoint",
            Kind::Outlook => "application/vnd.ms-outlook",
            Kind::RichText => "application/rtf",
            Kind::Text | Kind::Csv | Kind::Mail => "text/plain; charset=utf-8",
            Kind::Mp3 => "audio/mpeg",
            Kind::Wav => "audio/wav",
            Kind::M4a => "audio/mp4",
        }
    }

    pub const fn ending(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::Word => "docx",
            Kind::Excel => "xlsx",
            Kind::PowerPoint => "pptx",
            Kind::OpenText => "odt",
            Kind::OpenSheet => "ods",
            Kind::OpenSlides => "odp",
            Kind::OldWord => "doc",
            Kind::OldExcel => "xls",
            Kind::OldPowerPoint => "ppt",
            Kind::Outlook => "msg",
            Kind::RichText => "rtf",
            Kind::Text => "txt",
            Kind::Csv => "csv",
            Kind::Mail => "eml",
            Kind::Mp3 => "mp3",
            Kind::Wav => "wav",
            Kind::M4a => "m4a",
        }
    }

    /// Whether its contents are files of their own, listed at its end.
    pub const fn is_container(self) -> bool {
        matches!(self, Kind::Word | Kind::Excel | Kind::PowerPoint | Kind::OpenText | Kind::OpenSheet | Kind::OpenSlides)
    }

    pub const fn is_text(self) -> bool {
        matches!(self, Kind::Text | Kind::Csv | Kind::Mail)
    }
}

/// From the first bytes (as many as a part holds) and the name that was given.
pub fn kind_of(head: &[u8], name: &str) -> Result<Kind, Refusal> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    let Some(found) = infer::get(head) else { return text(head, &ending) };
    Ok(match found.mime_type() {
        "application/pdf" => Kind::Pdf,
        "image/jpeg" => Kind::Jpeg,
        "image/png" => Kind::Png,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Kind::Word,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Kind::Excel,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => Kind::PowerPoint,
        "application/vnd.oasis.opendocument.text" => Kind::OpenText,
        "application/vnd.oasis.opendocument.spreadsheet" => Kind::OpenSheet,
        "application/vnd.oasis.opendocument.presentation" => Kind::OpenSlides,
        "application/rtf" => Kind::RichText,
        "application/msword" | "application/vnd.ms-excel" | "application/vnd.ms-powerpoint" | "application/x-ole-storage" => old(&ending)?,
        "audio/mpeg" => Kind::Mp3,
        "audio/x-wav" => Kind::Wav,
        "audio/m4a" => Kind::M4a,
        // Some programs write the parts of a document in another order; its list at the end decides.
        "application/zip" => zipped(&ending)?,
        "text/html" | "text/xml" => return Err(Refusal::WebPage),
        other => return Err(refused(other)),
    })
}

/// Office's old containers look alike, and so does a new document behind a password.
fn old(ending: &str) -> Result<Kind, Refusal> {
    match ending {
        "doc" | "dot" => Ok(Kind::OldWord),
        "xls" => Ok(Kind::OldExcel),
        "ppt" => Ok(Kind::OldPowerPoint),
        "msg" => Ok(Kind::Outlook),
        "docx" | "xlsx" | "pptx" => Err(Refusal::Locked),
        _ => Err(Refusal::Unknown),
    }
}

fn zipped(ending: &str) -> Result<Kind, Refusal> {
    match ending {
        "docx" => Ok(Kind::Word),
        "xlsx" => Ok(Kind::Excel),
        "pptx" => Ok(Kind::PowerPoint),
        "odt" => Ok(Kind::OpenText),
        "ods" => Ok(Kind::OpenSheet),
        "odp" => Ok(Kind::OpenSlides),
        _ => Err(Refusal::Archive),
    }
}

fn refused(media_type: &str) -> Refusal {
    match media_type {
        t if t.starts_with("image/") => Refusal::OtherPicture,
        "text/x-shellscript" | "application/java" | "application/wasm" | "application/x-executable" | "application/x-mach-binary" => {
            Refusal::Program
        }
        "application/vnd.microsoft.portable-executable" | "application/vnd.debian.binary-package" | "application/x-rpm" => Refusal::Program,
        t if t.contains("zip") || t.contains("tar") || t.contains("compress") || t.contains("rar") || t.contains("7z") => Refusal::Archive,
        _ => Refusal::Unknown,
    }
}

/// Plain text: no bytes that no text has, and not a page or a picture written as text.
fn text(head: &[u8], ending: &str) -> Result<Kind, Refusal> {
    if !is_plain(head) {
        return Err(if ["heic", "heif", "tif", "tiff", "webp", "gif", "bmp"].contains(&ending) {
            Refusal::OtherPicture
        } else {
            Refusal::Unknown
        });
    }
    let start = head.iter().position(|b| !b.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(b)).map(|at| head[at]);
    if start == Some(b'<') {
        return Err(Refusal::WebPage);
    }
    match ending {
        "csv" => Ok(Kind::Csv),
        "eml" => Ok(Kind::Mail),
        "txt" | "text" | "md" | "log" | "" => Ok(Kind::Text),
        _ => Err(Refusal::Unknown),
    }
}

/// Whether bytes may be text in any of the usual encodings of one byte, or in UTF-8.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| *b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Empty => write!(f, "the file is empty"),
            Refusal::TooLarge { megabytes } => {
                write!(f, "the file is larger than {megabytes} megabytes. Split it, or save it in a smaller size")
            }
            Refusal::Archive => write!(f, "it is an archive of files. Take them out and add them one by one"),
            Refusal::Program => write!(f, "it is a program, and programs are never kept on a record"),
            Refusal::WebPage => write!(f, "it is a web page or a drawing made as one. Save it as a PDF and add that"),
            Refusal::OtherPicture => {
                write!(
                    f,
                    "pictures must be JPEG or PNG, so that the place and time hidden in them can be taken out. Save it as JPEG and add that"
                )
            }
            Refusal::Unknown => write!(f, "it is of a kind that is not kept. Save it as a PDF and add that"),
            Refusal::Locked => {
                write!(f, "it is protected by a password, so nobody could check it for viruses. Take the password off and add it again")
            }
            Refusal::Macros => write!(f, "it holds macros, which are programs. Save it without them and add it again"),
            Refusal::Bomb => write!(f, "it holds far more than its size says. Save it as a PDF and add that"),
            Refusal::Damaged => write!(f, "it is damaged or cut short. Open it, save it again and add that"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_decide_and_not_the_name() {
        for (head, name, expected) in [
            (b"%PDF-1.7 ...".as_slice(), "holiday.jpg", Ok(Kind::Pdf)),
            (b"\xFF\xD8\xFF\xE0\x00\x10JFIF", "letter.pdf", Ok(Kind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", "x", Ok(Kind::Png)),
            (b"Dear all,\r\nthe meeting is on Monday.", "note.txt", Ok(Kind::Text)),
            (b"From: a@b\nSubject: x\n\nhello", "mail.eml", Ok(Kind::Mail)),
            (b"a,b\n1,2", "list.csv", Ok(Kind::Csv)),
            (b"<!DOCTYPE html><script>alert(1)</script>", "note.txt", Err(Refusal::WebPage)),
            (b"  <svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "note.txt", Err(Refusal::WebPage)),
            (b"<?xml version=\"1.0\"?><a/>", "note.csv", Err(Refusal::WebPage)),
            (b"MZ\x90\x00\x03\x00\x00\x00", "report.pdf", Err(Refusal::Program)),
            (b"#!/bin/sh\nrm -rf /", "note.txt", Err(Refusal::Program)),
            (b"PK\x03\x04\x14\x00\x00\x00", "photos.zip", Err(Refusal::Archive)),
            (b"GIF89a\x01\x00", "x.gif", Err(Refusal::OtherPicture)),
            (b"alert(1)", "x.js", Err(Refusal::Unknown)),
            (b"\x00\x01\x02\x03\x04", "x.txt", Err(Refusal::Unknown)),
            (b"", "x.txt", Err(Refusal::Empty)),
        ] {
            assert_eq!(kind_of(head, name), expected, "{name}: {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_new_document_behind_a_password_is_an_old_container() {
        let ole = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
        assert_eq!(kind_of(&ole, "plan.docx"), Err(Refusal::Locked));
        assert_eq!(kind_of(&ole, "mail.msg"), Ok(Kind::Outlook));
    }
}
