//! Takes a file in pieces of any length and gives it out in parts of one length: looked at, cleaned of what is hidden in
//! it, counted and digested. Of the whole file no more than a part and the end is held in memory.

use sha2::{Digest, Sha256};

use super::{
    container,
    jpeg::Jpeg,
    kind::{Kind, Refusal, is_plain, kind_of},
    png::Png,
};

enum Cleaner {
    Nothing,
    Jpeg(Jpeg),
    Png(Png),
}

pub struct Receiver {
    name: String,
    most: u64,
    part: usize,
    kind: Option<Kind>,
    cleaner: Cleaner,
    /// What has come in before the kind was known.
    head: Vec<u8>,
    /// What goes out next.
    held: Vec<u8>,
    tail: Vec<u8>,
    came: u64,
    digest: Sha256,
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub kind: Kind,
    pub name: String,
    pub sha256: String,
}

/// Enough to tell what a file is.
const HEAD: usize = 64 * 1024;

impl Receiver {
    /// `part` is the length of the parts, `most` the largest file in bytes.
    pub fn new(name: &str, part: usize, most: u64) -> Self {
        Receiver {
            name: name.to_owned(),
            most,
            part,
            kind: None,
            cleaner: Cleaner::Nothing,
            head: Vec::new(),
            held: Vec::new(),
            tail: Vec::new(),
            came: 0,
            digest: Sha256::new(),
        }
    }

    /// Takes a piece; gives the parts that are full.
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
        self.came += piece.len() as u64;
        if self.came > self.most {
            return Err(Refusal::TooLarge { megabytes: u32::try_from(self.most / (1024 * 1024)).unwrap_or(u32::MAX) });
        }
        if self.kind.is_some() {
            self.take(piece)?;
        } else {
            self.head.extend_from_slice(piece);
            if self.head.len() >= HEAD {
                self.begin()?;
            }
        }
        Ok(self.full())
    }

    /// The file has ended; gives the last parts and what it was.
    pub fn end(mut self) -> Result<(Vec<Vec<u8>>, Received), Refusal> {
        if self.kind.is_none() {
            self.begin()?;
        }
        match std::mem::replace(&mut self.cleaner, Cleaner::Nothing) {
            Cleaner::Nothing => {}
            Cleaner::Jpeg(jpeg) => jpeg.end(&mut self.held)?,
            Cleaner::Png(png) => png.end()?,
        }
        let mut kind = self.kind.ok_or(Refusal::Empty)?;
        if kind.is_container() {
            kind = container::look(kind, &self.tail, self.came)?;
        }
        let mut parts = self.full();
        if !self.held.is_empty() {
            self.digest.update(&self.held);
            parts.push(std::mem::take(&mut self.held));
        }
        let sha256 = self.digest.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Ok((parts, Received { kind, name: super::clean_name(&self.name, kind.ending()), sha256 }))
    }

    fn begin(&mut self) -> Result<(), Refusal> {
        let kind = kind_of(&self.head, &self.name)?;
        self.kind = Some(kind);
        self.cleaner = match kind {
            Kind::Jpeg => Cleaner::Jpeg(Jpeg::new()),
            Kind::Png => Cleaner::Png(Png::new()),
            _ => Cleaner::Nothing,
        };
        let head = std::mem::take(&mut self.head);
        self.take(&head)
    }

    fn take(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        match &mut self.cleaner {
            Cleaner::Nothing => self.held.extend_from_slice(piece),
            Cleaner::Jpeg(jpeg) => jpeg.push(piece, &mut self.held)?,
            Cleaner::Png(png) => png.push(piece, &mut self.held)?,
        }
        match self.kind {
            Some(kind) if kind.is_text() && !is_plain(piece) => Err(Refusal::Unknown),
            Some(kind) if kind.is_container() => {
                self.tail.extend_from_slice(piece);
                let over = self.tail.len().saturating_sub(container::TAIL);
                self.tail.drain(..over);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn full(&mut self) -> Vec<Vec<u8>> {
        let mut parts = Vec::new();
        while self.held.len() >= self.part {
            let rest = self.held.split_off(self.part);
            let part = std::mem::replace(&mut self.held, rest);
            self.digest.update(&part);
            parts.push(part);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(name: &str, bytes: &[u8], step: usize) -> Result<(Vec<usize>, Received), Refusal> {
        let mut receiver = Receiver::new(name, 1000, 100_000);
        let mut parts = Vec::new();
        for piece in bytes.chunks(step) {
            parts.extend(receiver.push(piece)?);
        }
        let (last, whole) = receiver.end()?;
        parts.extend(last);
        Ok((parts.iter().map(Vec::len).collect(), whole))
    }

    #[test]
    fn parts_are_of_one_length_however_the_pieces_come() {
        let pdf = [b"%PDF-1.7\n".as_slice(), &[7; 2500]].concat();
        let first = received("a b.pdf", &pdf, 13).unwrap();
        assert_eq!(first.0, [1000, 1000, 509]);
        assert_eq!((first.1.kind, first.1.name.as_str()), (Kind::Pdf, "a b.pdf"));
        for step in [1, 999, 100_000] {
            assert_eq!(received("a b.pdf", &pdf, step), Ok(first.clone()));
        }
    }

    #[test]
    fn too_large_odd_and_empty_files_are_refused() {
        let large = [b"%PDF-1.7\n".as_slice(), &[7; 100_000]].concat();
        assert_eq!(received("a.pdf", &large, 5000), Err(Refusal::TooLarge { megabytes: 0 }));
        assert_eq!(received("a.txt", b"", 1), Err(Refusal::Empty));
        let turns_odd = [vec![b'a'; 70_000], vec![0, 1, 2]].concat();
        assert_eq!(received("a.txt", &turns_odd, 4000), Err(Refusal::Unknown), "text to begin with, a program in the end");
    }
}
