//! Tables whose keys are hashes already.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Builds hashers for keys that are 64-bit hashes: each key is multiplied by the secret of the table.
///
/// The hash functions of this crate are public, so the author of a text could choose words that
/// collide. The random secret prevents that. No table is read in its own order, so no result depends
/// on the secret.
#[derive(Clone, Debug)]
pub(crate) struct PrehashedBuildHasher(u64);

impl Default for PrehashedBuildHasher {
    fn default() -> Self {
        Self(secret())
    }
}

/// A random odd number, so that nobody can predict where a table stores a hash.
pub(crate) fn secret() -> u64 {
    RandomState::new().hash_one(0) | 1
}

impl BuildHasher for PrehashedBuildHasher {
    type Hasher = PrehashedHasher;

    fn build_hasher(&self) -> PrehashedHasher {
        PrehashedHasher { secret: self.0, hash: 0 }
    }
}

/// The hasher that [`PrehashedBuildHasher`] builds.
#[derive(Debug)]
pub(crate) struct PrehashedHasher {
    secret: u64,
    hash: u64,
}

impl Hasher for PrehashedHasher {
    fn finish(&self) -> u64 {
        self.hash
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("the keys of these tables are 64-bit hashes");
    }

    fn write_u64(&mut self, hash: u64) {
        // Mixes both halves of the product, because tables use the upper and the lower bits.
        let product = u128::from(hash) * u128::from(self.secret);
        self.hash = (product >> 64) as u64 ^ product as u64;
    }
}

/// A map from hashes, as one table or, for many of them, as several: a table that grows cannot be
/// interrupted.
#[derive(Clone, Debug)]
pub(crate) struct Tables<V>(Vec<HashMap<u64, V, PrehashedBuildHasher>>);

impl<V: Clone> Tables<V> {
    /// More hashes than this are spread over several tables.
    pub(crate) const MANY: usize = 1 << 18;
    /// The number of these tables, a power of two.
    const COUNT: usize = 64;

    /// An empty map for about this many hashes.
    pub(crate) fn new(hashes: usize) -> Self {
        Self(vec![HashMap::default(); if hashes > Self::MANY { Self::COUNT } else { 1 }])
    }

    /// The table that a hash belongs to. Hashes are well mixed, their upper bits too.
    pub(crate) fn table(&mut self, hash: u64) -> &mut HashMap<u64, V, PrehashedBuildHasher> {
        let number = (hash >> 32) as usize & (self.0.len() - 1);
        &mut self.0[number]
    }

    pub(crate) fn contains(&self, hash: u64) -> bool {
        self.0[(hash >> 32) as usize & (self.0.len() - 1)].contains_key(&hash)
    }
}
