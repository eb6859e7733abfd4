//! Hash tables of what is hashed already.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Hashes 64-bit hashes for a table: one multiplication by a secret of the table's own.
///
/// The hashes of this crate are public functions, so whoever writes a text could choose words that
/// collide; the secret takes that away. No table is ever read in its own order, so no result
/// depends on it.
#[derive(Clone, Debug)]
pub(crate) struct Hashed(u64);

impl Default for Hashed {
    fn default() -> Self {
        Self(secret())
    }
}

/// A random odd number, by which nobody can foresee where a table puts a hash.
pub(crate) fn secret() -> u64 {
    RandomState::new().hash_one(0) | 1
}

impl BuildHasher for Hashed {
    type Hasher = Multiply;

    fn build_hasher(&self) -> Multiply {
        Multiply { secret: self.0, hash: 0 }
    }
}

/// The hasher that [`Hashed`] builds.
#[derive(Debug)]
pub(crate) struct Multiply {
    secret: u64,
    hash: u64,
}

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.hash
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only hashes are hashed with this");
    }

    fn write_u64(&mut self, hash: u64) {
        // Both halves of the product, since tables look at the upper bits and at the lower ones.
        let product = u128::from(hash) * u128::from(self.secret);
        self.hash = (product >> 64) as u64 ^ product as u64;
    }
}
