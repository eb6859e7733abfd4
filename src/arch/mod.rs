//! Kernels compiled for several instruction sets, one of them chosen at run time. The only `unsafe` code.
//!
//! A hot loop is written once, in safe and portable code, as a [`Kernel`]. [`Instructions::run`]
//! inlines it into a function that is compiled with the instructions of this machine. All instruction
//! sets compute the same integers. Where compilers do not find the best instructions, they are written
//! by hand for each instruction set, beside a portable version ([`ByteClassifier`]).
//!
//! On AArch64 NEON is part of the baseline, so it needs no version of its own.
//!
//! | file | holds |
//! | --- | --- |
//! | `byte_classifier` | the classes of the bytes of a block, for each instruction set |
#![expect(unsafe_code, reason = "the only module with unsafe code")]

mod byte_classifier;

pub(crate) use byte_classifier::{ByteClassifier, ByteMasks};

/// A loop that is faster with wider instructions.
///
/// `run` must be `#[inline(always)]`, and so must the functions that it spends its time in: code that
/// is not inlined is compiled for the baseline.
pub(crate) trait Kernel {
    /// The result.
    type Output;

    /// Does the work; `B` classifies bytes with the instructions of this machine.
    fn run<B: ByteClassifier>(self) -> Self::Output;
}

/// Instructions that this machine has: a value exists only if the machine was found to have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instructions(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// The widest instructions of this machine.
    ///
    /// A build can be limited to narrower ones, to measure them:
    /// `RUSTFLAGS='--cfg refrain_instructions="avx2"'`, or `"baseline"`.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if cfg!(refrain_instructions = "baseline") {
            return Self(Level::Baseline);
        } else if has_avx512() && cfg!(not(refrain_instructions = "avx2")) {
            return Self(Level::Avx512);
        } else if has_avx2() {
            return Self(Level::Avx2);
        }
        Self(Level::Baseline)
    }

    /// All instruction sets of this machine.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![Self(Level::Baseline)];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(has_avx2().then_some(Self(Level::Avx2)));
            all.extend(has_avx512().then_some(Self(Level::Avx512)));
        }
        all
    }

    /// Runs a kernel with these instructions.
    pub(crate) fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self.0 {
            Level::Baseline => kernel.run::<byte_classifier::Portable>(),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: this value is made only where `has_avx2` found all instructions of the function.
            Level::Avx2 => unsafe { run_avx2(kernel) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: this value is made only where `has_avx512` found all instructions of the function.
            Level::Avx512 => unsafe { run_avx512(kernel) },
        }
    }
}

/// Asks the machine to load the first kilobyte of `items` into the cache.
///
/// For items that are needed soon and that the hardware prefetcher cannot predict.
#[inline]
pub(crate) fn prefetch<T>(items: &[T]) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        const LINE: usize = 64;
        const LINES: usize = 16;
        let front = size_of_val(items).min(LINES * LINE);
        for offset in (0..front).step_by(LINE) {
            // SAFETY: the instruction is part of the baseline and only a hint, without visible effects;
            // the offset is less than the size of the items.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(items.as_ptr().cast::<i8>().add(offset)) };
        }
    }
}

/// Calls `work` with the bytes of `words`, each word little-endian.
#[inline]
pub(crate) fn with_bytes<T>(words: &[u64], work: impl FnOnce(&[u8]) -> T) -> T {
    if cfg!(target_endian = "little") {
        // SAFETY: all bytes of the words are initialised, and bytes need no alignment.
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

// Not inlined, even if the whole build has the instructions: the compiled loop would depend on the code
// around it.
#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<byte_classifier::Avx2>()
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<byte_classifier::Avx512>()
}
