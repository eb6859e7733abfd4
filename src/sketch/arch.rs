//! The signature loop, compiled once for each instruction set: the one room of `unsafe`.
//!
//! The loop is written once, in safe code that compilers turn into vector instructions, and
//! inlined into functions for which wider instructions are enabled; all compute the same integers.
//! On AArch64 NEON is part of the baseline, so there the portable kernel already is the NEON one.

use super::signature::BLOCK;

/// A way to compute signatures that this machine has: holding the value is the proof of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kernel(Instructions);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instructions {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Kernel {
    /// The fastest kernel that this machine has.
    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f") {
            return Self(Instructions::Avx512);
        } else if is_x86_feature_detected!("avx2") {
            return Self(Instructions::Avx2);
        }
        Self(Instructions::Baseline)
    }

    /// All kernels that this machine has.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        let mut kernels = vec![Self(Instructions::Baseline)];
        #[cfg(target_arch = "x86_64")]
        {
            kernels.extend(is_x86_feature_detected!("avx2").then_some(Self(Instructions::Avx2)));
            kernels.extend(is_x86_feature_detected!("avx512f").then_some(Self(Instructions::Avx512)));
        }
        kernels
    }

    /// Lowers each of `minima` to the least value that its function takes on `shingles`.
    ///
    /// # Panics
    ///
    /// If the three tables differ in length, or that is no multiple of [`BLOCK`].
    pub(super) fn minima(self, shingles: &[u64], multipliers: &[u32], offsets: &[u32], minima: &mut [u32]) {
        assert!(multipliers.len() == minima.len() && offsets.len() == minima.len());
        assert!(minima.len().is_multiple_of(BLOCK));
        match self.0 {
            Instructions::Baseline => lower(shingles, multipliers, offsets, minima),
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call of a function for one instruction set")]
            // SAFETY: `detect` and `all` make this value only where the machine has AVX2.
            Instructions::Avx2 => unsafe { lower_avx2(shingles, multipliers, offsets, minima) },
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call of a function for one instruction set")]
            // SAFETY: `detect` and `all` make this value only where the machine has AVX-512F.
            Instructions::Avx512 => unsafe { lower_avx512(shingles, multipliers, offsets, minima) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn lower_avx2(shingles: &[u64], multipliers: &[u32], offsets: &[u32], minima: &mut [u32]) {
    lower(shingles, multipliers, offsets, minima);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn lower_avx512(shingles: &[u64], multipliers: &[u32], offsets: &[u32], minima: &mut [u32]) {
    lower(shingles, multipliers, offsets, minima);
}

/// Block by block of lanes, so that functions and minima stay in registers over all shingles.
#[inline(always)]
fn lower(shingles: &[u64], multipliers: &[u32], offsets: &[u32], minima: &mut [u32]) {
    let functions = multipliers.as_chunks::<BLOCK>().0.iter().zip(offsets.as_chunks::<BLOCK>().0);
    for ((a, b), minima) in functions.zip(minima.as_chunks_mut::<BLOCK>().0) {
        let mut least = *minima;
        for shingle in shingles {
            let x = (shingle >> 32) as u32;
            for lane in 0..BLOCK {
                let value = a[lane].wrapping_mul(x).wrapping_add(b[lane]);
                least[lane] = least[lane].min(value);
            }
        }
        *minima = least;
    }
}
