//! Says of most keys that a run does not have them, from some 10 bits a key, and fewer in a very large run.
//!
//! A filter is cut into parts by ranges of keys, since a query needs few of them. In a part, a key chooses a line of 64
//! bytes and up to six bits in it, so that it costs one access to memory (Putze, Sanders, Singler 2009, *Cache-, hash- and
//! space-efficient Bloom filters*).

use crate::keys::KEY_BITS;

/// The bits of a filter for each key.
const BITS: u64 = 10;
/// The most bytes of a filter, so that it can be kept in memory. It is reached with 320 million keys, some 10 million
/// paragraphs.
const MOST: u64 = 384 << 20;
/// The most bits that a key has in a line.
const PROBES: u64 = 6;
/// The most bytes of a part. The store has pages of powers of two, and a little of each is its own.
const PART: u64 = (1 << 14) - 64;
/// The bytes of a line.
const LINE: usize = 64;

/// How a filter is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Layout {
    /// The number of parts.
    pub(crate) parts: u32,
    /// The lines of each part.
    lines: u32,
    /// The bits that a key has in its line.
    probes: u32,
}

impl Layout {
    /// The layout of a filter for this number of keys.
    pub(crate) fn new(keys: u64) -> Self {
        let bytes = (keys * BITS / 8).min(MOST);
        let parts = bytes.div_ceil(PART).max(1);
        let lines = bytes.div_ceil(parts * LINE as u64).max(1);
        // Fewest keys pass by chance with ln 2 bits set for each bit of the filter.
        let probes = (bytes * 8 * 7 / keys.max(1) + 5) / 10;
        Self { parts: parts as u32, lines: lines as u32, probes: probes.clamp(1, PROBES) as u32 }
    }

    /// The part of a key.
    pub(crate) fn part(self, key: u64) -> u32 {
        ((u128::from(key) * u128::from(self.parts)) >> KEY_BITS) as u32
    }

    pub(crate) fn empty_part(self) -> Vec<u8> {
        vec![0; self.lines as usize * LINE]
    }

    /// Whether the bytes can be a part.
    pub(crate) fn fits(self, part: &[u8]) -> bool {
        part.len() == self.lines as usize * LINE && self.lines > 0
    }

    fn line(self, hash: u64) -> usize {
        ((u128::from(hash) * u128::from(self.lines)) >> 64) as usize * LINE
    }

    pub(crate) fn insert(self, part: &mut [u8], key: u64) {
        let hash = mix(key);
        let line = self.line(hash);
        for bit in self.bits(hash) {
            part[line + bit / 8] |= 1 << (bit % 8);
        }
    }

    /// False if the key was not inserted; true if it was, and by chance.
    pub(crate) fn may_have(self, part: &[u8], key: u64) -> bool {
        let hash = mix(key);
        let line = self.line(hash);
        self.bits(hash).all(|bit| part[line + bit / 8] & 1 << (bit % 8) != 0)
    }

    /// The places of a key in its line.
    fn bits(self, hash: u64) -> impl Iterator<Item = usize> {
        let hash = mix(hash);
        (0..self.probes).map(move |number| (hash >> (9 * number)) as usize % (8 * LINE))
    }
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
fn mix(key: u64) -> u64 {
    let key = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let key = (key ^ key >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ key >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ key >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1.2 % of foreign keys pass in theory, for lines of 64 bytes a little more.
    #[test]
    fn all_keys_pass_and_few_others() {
        let layout = Layout::new(13_000);
        assert_eq!(layout.parts, 1);
        let mut part = layout.empty_part();
        let keys: Vec<u64> = (0..13_000).map(|key| mix(key) >> (64 - KEY_BITS)).collect();
        keys.iter().for_each(|&key| layout.insert(&mut part, key));
        assert!(keys.iter().all(|&key| layout.may_have(&part, key)));
        let wrong = (50_000..150_000).filter(|&key| layout.may_have(&part, mix(key) >> (64 - KEY_BITS)));
        let wrong = wrong.count();
        assert!((500..2500).contains(&wrong), "{wrong}");
    }

    #[test]
    fn very_large_filters_have_fewer_bits() {
        let probes = |keys| Layout::new(keys).probes;
        assert_eq!(
            [1, 1_000_000, 320_000_000, 600_000_000, 1_200_000_000, 12_000_000_000].map(probes),
            [6, 6, 6, 4, 2, 1]
        );
        for keys in [0, 1, 320_000_000, 1_200_000_000, 12_000_000_000] {
            let layout = Layout::new(keys);
            let bytes = u64::from(layout.parts) * u64::from(layout.lines) * LINE as u64;
            assert!(bytes <= MOST + MOST / 100 && layout.lines > 0, "{keys}: {bytes}");
        }
    }

    #[test]
    fn parts_ascend_with_the_keys() {
        let layout = Layout::new(1_000_000);
        let parts: Vec<u32> = (0..100).map(|number| layout.part(number << (KEY_BITS - 7))).collect();
        assert!(parts.is_sorted() && parts[99] < layout.parts && parts[0] == 0);
        assert_eq!(layout.part((1 << KEY_BITS) - 1), layout.parts - 1);
    }
}
