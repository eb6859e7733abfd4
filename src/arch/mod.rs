//! The one room of `unsafe`: loops compiled for wider instructions, chosen when the program runs.
//!
//! A hot loop is written once, in safe and portable code, as a [`Loop`]. [`Instructions::run`]
//! inlines it into a function for which the instructions that this machine was found to have are
//! enabled, so that the compiler uses them; integers come out the same, whichever they are. Where
//! compilers do not find the instructions, there is a kernel for each set ([`Blocks`]) and a
//! portable twin.
//!
//! On AArch64 NEON is part of the baseline, so the baseline already is its version.
//!
//! | file | holds |
//! | --- | --- |
//! | `blocks` | the kernels that classify the bytes of a block |
#![expect(unsafe_code, reason = "this is the room for it")]

mod blocks;

pub(crate) use blocks::{Blocks, Masks};

/// A loop worth compiling for wider instructions.
///
/// `run` must be `#[inline(always)]`, and so must what it spends its time in: what is not inlined
/// is compiled for the baseline.
pub(crate) trait Loop {
    /// What it comes to.
    type Output;

    /// Does the work; `B` classifies blocks of bytes with the instructions at hand.
    fn run<B: Blocks>(self) -> Self::Output;
}

/// The instructions that this machine has: holding the value is the proof of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instructions(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// The widest that this machine has, unless the build was told to stay below that, so that the
    /// others can be measured: `RUSTFLAGS='--cfg refrain_instructions="avx2"'`, or `"baseline"`.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if cfg!(refrain_instructions = "baseline") {
            return Self(Set::Baseline);
        } else if has_avx512() && cfg!(not(refrain_instructions = "avx2")) {
            return Self(Set::Avx512);
        } else if has_avx2() {
            return Self(Set::Avx2);
        }
        Self(Set::Baseline)
    }

    /// All that this machine has.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![Self(Set::Baseline)];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(has_avx2().then_some(Self(Set::Avx2)));
            all.extend(has_avx512().then_some(Self(Set::Avx512)));
        }
        all
    }

    /// Runs a loop with these instructions.
    pub(crate) fn run<L: Loop>(self, work: L) -> L::Output {
        match self.0 {
            Set::Baseline => work.run::<blocks::Portable>(),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: this value is made only where `has_avx2` found all that the function enables.
            Set::Avx2 => unsafe { run_avx2(work) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: this value is made only where `has_avx512` found all that the function enables.
            Set::Avx512 => unsafe { run_avx512(work) },
        }
    }
}

/// Asks for the front of `items`, some kilobyte of them, to be fetched into the cache for work that comes
/// soon, where no prefetcher in the machine would foresee it.
#[inline]
pub(crate) fn prefetch<T>(items: &[T]) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        const LINE: usize = 64;
        const LINES: usize = 16;
        let front = size_of_val(items).min(LINES * LINE);
        for offset in (0..front).step_by(LINE) {
            // SAFETY: a hint, which is part of the baseline and reads nothing that a program can see; the
            // offset is less than the size of the items.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(items.as_ptr().cast::<i8>().add(offset)) };
        }
    }
}

/// What `work` makes of the bytes of `words`, each word little-endian.
#[inline]
pub(crate) fn with_bytes<T>(words: &[u64], work: impl FnOnce(&[u8]) -> T) -> T {
    if cfg!(target_endian = "little") {
        // SAFETY: words have no bytes that are not initialised, and bytes need no alignment.
        work(unsafe { std::slice::from_raw_parts(words.as_ptr().cast(), size_of_val(words)) })
    } else {
        work(&words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>())
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    has_avx2()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
}

// Not inlined, even where the whole build has the instructions: what compilers make of a loop would depend
// on what stands around it.
#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx2<L: Loop>(work: L) -> L::Output {
    work.run::<blocks::Avx2>()
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx512<L: Loop>(work: L) -> L::Output {
    work.run::<blocks::Avx512>()
}
