//! A PNG without words, times and camera data: only the chunks that are needed to show it stay. The format: W3C, Portable
//! Network Graphics (third edition).

use super::kind::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Signature,
    Head,
    Keep(usize),
    Skip(usize),
    Last(usize),
    End,
}

/// Takes the file piece by piece and gives out what stays.
#[derive(Debug)]
pub struct Png {
    at: Where,
    held: Vec<u8>,
}

const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";
/// What a picture needs: its data, colours, transparency and size on paper.
const STAYS: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"cICP",
    b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

impl Png {
    pub fn new() -> Self {
        Png { at: Where::Signature, held: Vec::new() }
    }

    pub fn push(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
        while !bytes.is_empty() {
            match self.at {
                Where::Signature | Where::Head => {
                    let wanted = 8 - self.held.len();
                    let (now, later) = bytes.split_at(wanted.min(bytes.len()));
                    self.held.extend_from_slice(now);
                    bytes = later;
                    if self.held.len() == 8 {
                        self.head(out)?;
                    }
                }
                Where::Keep(left) | Where::Skip(left) | Where::Last(left) => {
                    let (now, later) = bytes.split_at(left.min(bytes.len()));
                    if !matches!(self.at, Where::Skip(_)) {
                        out.extend_from_slice(now);
                    }
                    self.at = self.after(left - now.len());
                    bytes = later;
                }
                Where::End => return Ok(()),
            }
        }
        Ok(())
    }

    pub fn end(self) -> Result<(), Refusal> {
        if self.at == Where::End { Ok(()) } else { Err(Refusal::Damaged) }
    }

    fn after(&self, left: usize) -> Where {
        match (self.at, left) {
            (Where::Last(_), 0) => Where::End,
            (_, 0) => Where::Head,
            (Where::Last(_), left) => Where::Last(left),
            (Where::Skip(_), left) => Where::Skip(left),
            (_, left) => Where::Keep(left),
        }
    }

    /// A chunk's length and kind, or the signature of the file; after a chunk's data stand four bytes of check.
    fn head(&mut self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let head = std::mem::take(&mut self.held);
        if self.at == Where::Signature {
            if head != SIGNATURE {
                return Err(Refusal::Damaged);
            }
            out.extend_from_slice(&head);
            self.at = Where::Head;
            return Ok(());
        }
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let kind = &head[4..];
        if length > i32::MAX as usize || !kind.iter().all(u8::is_ascii_alphabetic) {
            return Err(Refusal::Damaged);
        }
        let stays = STAYS.iter().any(|known| known.as_slice() == kind);
        if stays {
            out.extend_from_slice(&head);
        }
        self.at = match (stays, kind) {
            (true, b"IEND") => Where::Last(length + 4),
            (true, _) => Where::Keep(length + 4),
            (false, _) => Where::Skip(length + 4),
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32).to_be_bytes(), kind.as_slice(), body, b"crc!"].concat()
    }

    fn picture() -> Vec<u8> {
        [
            SIGNATURE.to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", b"Comment\0secret"),
            chunk(b"eXIf", b"MM\0* secret place"),
            chunk(b"IDAT", b"the picture"),
            chunk(b"tIME", b"secret!"),
            chunk(b"IEND", b""),
            b"PK\x03\x04 secret archive".to_vec(),
        ]
        .concat()
    }

    fn through(bytes: &[u8], step: usize) -> Result<Vec<u8>, Refusal> {
        let (mut png, mut out) = (Png::new(), Vec::new());
        for piece in bytes.chunks(step) {
            png.push(piece, &mut out)?;
        }
        png.end()?;
        Ok(out)
    }

    #[test]
    fn words_and_places_are_gone_however_the_file_is_cut() {
        let whole = through(&picture(), usize::MAX).unwrap();
        let said = String::from_utf8_lossy(&whole).into_owned();
        assert!(!said.contains("secret") && said.contains("the picture") && said.ends_with("IENDcrc!"), "{said}");
        for step in [1, 3, 8, 11] {
            assert_eq!(through(&picture(), step).as_deref(), Ok(whole.as_slice()), "{step}");
        }
    }

    #[test]
    fn cut_short_is_damaged() {
        let file = picture();
        for bytes in [&file[..20], &file[..file.len() - 30], b"\x89PNG\r\n\x1a\nnonsense".as_slice(), b""] {
            assert_eq!(through(bytes, 4), Err(Refusal::Damaged));
        }
    }
}
