//! A JPEG without what a camera hides in it: place, time, device, a second picture. What is needed to show it stays, and
//! which way up it is. The format: ITU-T T.81, annex B.

use super::kind::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Start,
    Segments,
    Picture,
    End,
}

/// Takes the file piece by piece and gives out what stays.
#[derive(Debug)]
pub struct Jpeg {
    at: Where,
    held: Vec<u8>,
    showed: bool,
}

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const EXIF: u8 = 0xE1;

impl Jpeg {
    pub fn new() -> Self {
        Jpeg { at: Where::Start, held: Vec::new(), showed: false }
    }

    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
        if self.at == Where::End {
            return Ok(());
        }
        self.held.extend_from_slice(bytes);
        loop {
            let used = match self.at {
                Where::Start => self.start(out)?,
                Where::Segments => self.segment(out)?,
                Where::Picture => self.picture(out),
                Where::End => {
                    self.held.clear();
                    return Ok(());
                }
            };
            let Some(used) = used else { return Ok(()) };
            self.held.drain(..used);
        }
    }

    /// A picture cut short by its camera may be shown as far as it goes.
    pub fn end(self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        if !self.showed {
            return Err(Refusal::Damaged);
        }
        if self.at == Where::Picture {
            out.extend_from_slice(&self.held);
        }
        if self.at != Where::End {
            out.extend_from_slice(&[0xFF, END]);
        }
        Ok(())
    }

    /// Each step says how much it has used; `None` when it needs more.
    fn start(&mut self, out: &mut Vec<u8>) -> Result<Option<usize>, Refusal> {
        if self.held.len() < 2 {
            return Ok(None);
        }
        if self.held[..2] != [0xFF, START] {
            return Err(Refusal::Damaged);
        }
        out.extend_from_slice(&self.held[..2]);
        self.at = Where::Segments;
        Ok(Some(2))
    }

    fn segment(&mut self, out: &mut Vec<u8>) -> Result<Option<usize>, Refusal> {
        let held = &self.held;
        let [first, marker, ..] = held[..] else { return Ok(None) };
        match (first, marker) {
            (0xFF, 0xFF) => return Ok(Some(1)),
            (0xFF, END) => {
                out.extend_from_slice(&[0xFF, END]);
                self.at = Where::End;
                return Ok(Some(2));
            }
            (0xFF, 0x01 | 0xD0..=0xD7) => {
                out.extend_from_slice(&held[..2]);
                return Ok(Some(2));
            }
            (0xFF, _) => {}
            _ => return Err(Refusal::Damaged),
        }
        let [_, _, high, low, ..] = held[..] else { return Ok(None) };
        let length = usize::from(u16::from_be_bytes([high, low])) + 2;
        if length < 4 {
            return Err(Refusal::Damaged);
        }
        if held.len() < length {
            return Ok(None);
        }
        let body = &held[4..length];
        if stays(marker, body) {
            out.extend_from_slice(&held[..length]);
        } else if let Some(turned) = (marker == EXIF).then(|| orientation(body)).flatten() {
            out.extend_from_slice(&which_way_up(turned));
        }
        if marker == SCAN {
            (self.at, self.showed) = (Where::Picture, true);
        }
        Ok(Some(length))
    }

    /// The picture itself, up to the next marker.
    fn picture(&mut self, out: &mut Vec<u8>) -> Option<usize> {
        let ends = self.held.windows(2).position(|w| w[0] == 0xFF && !matches!(w[1], 0x00 | 0xD0..=0xD7 | 0xFF));
        if let Some(at) = ends {
            out.extend_from_slice(&self.held[..at]);
            self.at = Where::Segments;
            return Some(at);
        }
        let whole = if self.held.last() == Some(&0xFF) { self.held.len() - 1 } else { self.held.len() };
        out.extend_from_slice(&self.held[..whole]);
        (whole > 0).then_some(whole)
    }
}

/// What is needed to show the picture; every other application's own data and every comment goes.
fn stays(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE0 => true,
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// Which way up the picture is, 2 to 8, where a camera says so.
fn orientation(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let list = usize::try_from(long(4)?).ok().filter(|at| *at < tiff.len())?;
    let entries = usize::from(short(list)?);
    let at = (0..entries).map(|n| list + 2 + n * 12).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(at + 8)?).ok().filter(|turned| (2..=8).contains(turned))
}

/// The smallest note that says which way up a picture is.
fn which_way_up(turned: u8) -> [u8; 36] {
    let mut note = [0; 36];
    note[..4].copy_from_slice(&[0xFF, EXIF, 0, 34]);
    note[4..10].copy_from_slice(b"Exif\0\0");
    note[10..18].copy_from_slice(b"MM\0*\0\0\0\x08");
    note[18..20].copy_from_slice(&[0, 1]);
    note[20..32].copy_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0]);
    note
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let mut out = vec![0xFF, marker];
        out.extend(((body.len() + 2) as u16).to_be_bytes());
        out.extend(body);
        out
    }

    fn photo(exif: &[u8]) -> Vec<u8> {
        [
            vec![0xFF, START],
            segment(0xE0, b"JFIF\0\x01\x02"),
            segment(EXIF, exif),
            segment(0xED, b"Photoshop 3.0\0 secret caption"),
            segment(0xFE, b"secret comment"),
            segment(0xE2, b"ICC_PROFILE\0 colours"),
            segment(0xDB, &[1; 65]),
            segment(SCAN, &[1, 1, 0, 0, 63, 0]),
            b"\x12\xFF\x00\x34\xFF\xD0\x56".to_vec(),
            segment(0xC4, b"\xFF\xD9 a table"),
            segment(SCAN, &[1, 1, 0, 0, 63, 0]),
            b"\x78".to_vec(),
            vec![0xFF, END],
            b"\xFF\xD8\xFF\xE1 second picture with a secret place".to_vec(),
        ]
        .concat()
    }

    fn through(bytes: &[u8], step: usize) -> Result<Vec<u8>, Refusal> {
        let (mut jpeg, mut out) = (Jpeg::new(), Vec::new());
        for piece in bytes.chunks(step) {
            jpeg.push(piece, &mut out)?;
        }
        jpeg.end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn what_a_camera_hides_is_gone_however_the_file_is_cut() {
        let whole = through(&photo(b"Exif\0\0 secret place"), usize::MAX).unwrap();
        let said = String::from_utf8_lossy(&whole).into_owned();
        assert!(!said.contains("secret") && said.contains("ICC_PROFILE") && said.contains("a table"), "{said}");
        assert_eq!(&whole[whole.len() - 3..], b"\x78\xFF\xD9");
        for step in [1, 2, 3, 7, 64] {
            assert_eq!(through(&photo(b"Exif\0\0 secret place"), step).as_deref(), Ok(whole.as_slice()), "{step}");
        }
        assert_eq!(through(&whole, 5).as_deref(), Ok(whole.as_slice()), "a second time changes nothing");
    }

    #[test]
    fn it_stays_the_right_way_up() {
        let exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x10\x01\x02\0\x04\0\0\0\0\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let out = through(&photo(exif), usize::MAX).unwrap();
        let at = out.windows(6).position(|w| w == b"Exif\0\0").unwrap();
        assert_eq!(orientation(&out[at..]), Some(6));
    }

    #[test]
    fn what_is_no_picture_is_damaged() {
        for bytes in [b"\xFF\xD8".as_slice(), b"\xFF\xD8\xFF\xE0\x00\x01", b"\xFF\xD8nonsense", b"GIF89a", b""] {
            assert_eq!(through(bytes, 1), Err(Refusal::Damaged), "{bytes:?}");
        }
    }
}
