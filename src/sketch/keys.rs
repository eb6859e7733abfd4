//! The hashes of all bands of very many signatures: all that matching keeps of them.

use super::{Banding, MinHash};
use crate::parallel;
use crate::set::{ShingleSets, hash};

/// Makes band keys.
#[derive(Clone, Debug)]
pub(crate) struct Bander {
    family: MinHash,
    banding: Banding,
}

impl Bander {
    /// For a family whose signatures are at least as long as all bands together.
    pub(crate) fn new(family: MinHash, banding: Banding) -> Self {
        assert!(banding.lanes() <= family.lanes(), "a band takes lanes that there are");
        Self { family, banding }
    }

    pub(crate) fn banding(&self) -> Banding {
        self.banding
    }

    /// Appends the keys of a set, one a band, given its shingles in any order. `minima` is scratch.
    ///
    /// Two bands with the same key are as good as equal: a collision makes a candidate more, never
    /// a pair less.
    pub(crate) fn keys(&self, shingles: &[u64], minima: &mut Vec<u32>, keys: &mut Vec<u32>) {
        self.family.sign(shingles, minima);
        let bands = minima.chunks_exact(self.banding.rows).take(self.banding.bands);
        keys.extend(bands.map(|lanes| (hash::combine_lanes(lanes) >> 32) as u32));
    }
}

impl Bander {
    /// The keys of all sets.
    pub(crate) fn all_keys(&self, sets: &ShingleSets) -> BandKeys {
        let made = parallel::map_ranges(sets.len(), BLOCK, |range| {
            let (mut keys, mut minima) = (Vec::new(), Vec::new());
            for set in range {
                self.keys(sets.unsorted(set), &mut minima, &mut keys);
            }
            keys
        });
        let mut all = BandKeys::new(self.banding);
        for keys in made {
            all.extend(&keys);
        }
        all
    }
}

/// So many sets have their keys in one block.
const BLOCK: usize = 1024;

/// The keys of all bands of many sets.
#[derive(Debug)]
pub(crate) struct BandKeys {
    bands: usize,
    /// Set by set in each block.
    blocks: Vec<Vec<u32>>,
}

impl BandKeys {
    pub(crate) fn new(banding: Banding) -> Self {
        Self { bands: banding.bands, blocks: Vec::new() }
    }

    /// Adds the keys of some sets.
    pub(crate) fn extend(&mut self, keys: &[u32]) {
        for set in keys.chunks_exact(self.bands) {
            match self.blocks.last_mut() {
                Some(block) if block.len() < BLOCK * self.bands => block.extend_from_slice(set),
                _ => {
                    let mut block = Vec::with_capacity(BLOCK * self.bands);
                    block.extend_from_slice(set);
                    self.blocks.push(block);
                }
            }
        }
    }

    pub(crate) fn bands(&self) -> usize {
        self.bands
    }

    /// The keys of a set, one a band.
    pub(crate) fn of(&self, set: u32) -> &[u32] {
        let set = set as usize;
        &self.blocks[set / BLOCK][set % BLOCK * self.bands..][..self.bands]
    }

    /// The keys of one band in the upper halves, with the sets they are of in the lower ones.
    pub(crate) fn band(&self, band: usize) -> Vec<u64> {
        let mut entries = Vec::with_capacity(self.blocks.len() * BLOCK);
        for block in &self.blocks {
            let first = entries.len() as u64;
            let sets = block.chunks_exact(self.bands);
            entries.extend((first..).zip(sets).map(|(set, keys)| u64::from(keys[band]) << 32 | set));
        }
        entries
    }
}
