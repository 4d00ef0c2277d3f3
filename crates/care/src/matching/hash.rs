//! A number for a piece of text that is the same on every machine and in every version: search keys are stored, so
//! the reckoning may never change without every key being made again. FNV-1a, then mixed so that all bits count.
//! Not for secrets.

#[derive(Debug, Clone, Copy)]
pub struct Hasher(u64);

impl Hasher {
    pub fn new() -> Hasher {
        Hasher(0xCBF2_9CE4_8422_2325)
    }

    /// Adds text and its end, so that "AB","C" and "A","BC" differ.
    pub fn text(self, text: &str) -> Hasher {
        self.bytes(text.as_bytes()).bytes(&[0xFF])
    }

    pub fn number(self, number: u64) -> Hasher {
        self.bytes(&number.to_le_bytes())
    }

    pub fn finish(self) -> u64 {
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ mixed >> 32
    }

    fn bytes(self, bytes: &[u8]) -> Hasher {
        Hasher(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)))
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stored keys rest on these very numbers.
    #[test]
    fn never_changes() {
        let one = Hasher::new().text("SMITH").number(7).finish();
        assert_eq!(one, Hasher::new().text("SMITH").number(7).finish());
        assert_ne!(one, Hasher::new().text("SMIT").text("H").number(7).finish());
        assert_eq!(Hasher::new().text("ASHMERE").finish(), 10_266_183_177_807_448_745);
    }
}
