//! The hashes of the bands of many signatures. Matching keeps only these.

use super::{Banding, MinHash};
use crate::arch::{ByteClassifier, Instructions, Kernel};
use crate::set::{BLOCK, ShingleSets};
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// Makes the band keys of shingle sets.
#[derive(Clone, Debug)]
pub(crate) struct Bander {
    family: MinHash,
    banding: Banding,
}

impl Bander {
    /// Makes keys from signatures of `family`, which must be at least as long as all bands together.
    pub(crate) fn new(family: MinHash, banding: Banding) -> Self {
        assert!(banding.lanes() <= family.lanes(), "all bands together are no longer than a signature");
        Self { family, banding }
    }

    pub(crate) fn banding(&self) -> Banding {
        self.banding
    }

    /// The keys of all sets.
    pub(crate) fn all_keys(&self, sets: &ShingleSets, watch: Watch<'_>) -> Result<BandKeys, Cancelled> {
        let made = parallel::try_map_ranges(sets.len(), BLOCK, |range| {
            self.block(range.map(|set| sets.unsorted(set)), watch)
        })?;
        let mut all = BandKeys::new(self.banding);
        made.into_iter().for_each(|keys| all.append(keys));
        Ok(all)
    }

    /// The keys of at most [`BLOCK`] sets, each given as its shingles in any order.
    pub(crate) fn block<'s>(
        &self,
        sets: impl Iterator<Item = &'s [u64]>,
        watch: Watch<'_>,
    ) -> Result<BandKeys, Cancelled> {
        let mut keys = BandKeys::new(self.banding);
        let (mut minima, mut made) = (Vec::new(), vec![0; self.banding.bands]);
        for set in sets {
            self.keys(set, &mut minima, &mut made, watch)?;
            keys.push(made.iter().copied());
        }
        Ok(keys)
    }

    /// Writes the keys of a set, one for each band, to `keys`. `minima` is scratch.
    pub(crate) fn keys(
        &self,
        set: &[u64],
        minima: &mut Vec<u32>,
        keys: &mut [u32],
        watch: Watch<'_>,
    ) -> Result<(), Cancelled> {
        self.family.sign(set, minima, watch)?;
        let rows = &minima[..self.banding.lanes()];
        Instructions::detect().run(HashBands { rows, keys });
        Ok(())
    }
}

/// The base of the polynomial that makes a key: 2^32 divided by the golden ratio, odd.
const BASE: u32 = 0x9e37_79b9;

/// Computes the keys of all bands of a signature, one in each place of `keys`.
///
/// Row `r` of band `b` is lane `r · bands + b`, so that the keys of many bands are computed at a time.
/// Each key is a polynomial modulo 2^32 of the lanes of the band; its upper bits depend on all of them.
/// Two bands with the same key count as equal: a collision can add a candidate, but never lose a pair.
struct HashBands<'a> {
    rows: &'a [u32],
    keys: &'a mut [u32],
}

impl Kernel for HashBands<'_> {
    type Output = ();

    #[inline(always)]
    fn run<B: ByteClassifier>(self) {
        self.keys.fill(0);
        for row in self.rows.chunks_exact(self.keys.len()) {
            for (key, &lane) in self.keys.iter_mut().zip(row) {
                *key = key.wrapping_add(lane).wrapping_mul(BASE);
            }
        }
    }
}

/// The distance between the keys of neighbouring bands in a block. With a power of two, all keys of a set
/// would fall into the same set of the cache, which has fewer lines than there are bands.
const STRIDE: usize = BLOCK + 16;

/// The keys of all bands of many sets, in blocks like the sets.
#[derive(Debug)]
pub(crate) struct BandKeys {
    bands: usize,
    len: usize,
    /// Band by band in each block, because bands are read one after the other.
    blocks: Vec<Box<[u32]>>,
}

impl BandKeys {
    pub(crate) fn new(banding: Banding) -> Self {
        Self { bands: banding.bands, len: 0, blocks: Vec::new() }
    }

    /// Adds the keys of a set.
    pub(crate) fn push(&mut self, keys: impl Iterator<Item = u32>) {
        let slot = self.len % BLOCK;
        if slot == 0 {
            self.blocks.push(vec![0; self.bands * STRIDE].into());
        }
        let block = self.blocks.last_mut().expect("the last block has room");
        for (key, band) in keys.zip(block.chunks_exact_mut(STRIDE)) {
            band[slot] = key;
        }
        self.len += 1;
    }

    /// Adds the keys of `more` sets after these, whose blocks must be full.
    pub(crate) fn append(&mut self, mut more: Self) {
        assert!(self.len.is_multiple_of(BLOCK), "only the last block may be partly filled");
        self.blocks.append(&mut more.blocks);
        self.len += more.len;
    }

    pub(crate) fn bands(&self) -> usize {
        self.bands
    }

    /// The number of sets.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The keys of all sets in a band, one block after the other.
    pub(crate) fn band(&self, band: usize) -> impl Iterator<Item = &[u32]> {
        let blocks = self.blocks.iter().enumerate();
        blocks.map(move |(number, block)| {
            let count = BLOCK.min(self.len - number * BLOCK);
            &block[band * STRIDE..][..count]
        })
    }
}
