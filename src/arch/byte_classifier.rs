//! Classifies 64 bytes at a time, one bit for each byte.

/// The classes of the bytes of a block, one bit for each byte; the lowest bit is for the first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ByteMasks {
    /// ASCII letters and digits.
    pub(crate) word: u64,
    /// `'` and the grave accent.
    pub(crate) apostrophe: u64,
    /// Bytes outside ASCII.
    pub(crate) non_ascii: u64,
    /// Control characters and spaces: all bytes up to 0x20.
    pub(crate) space: u64,
    /// The marks of [`class_of`].
    pub(crate) rare: u64,
    pub(crate) joint: u64,
    pub(crate) full_stop: u64,
}

/// Classes of ASCII marks, as bits.
const RARE: u8 = 1;
const JOINT: u8 = 2;
const FULL_STOP: u8 = 4;

/// The classes of a byte. There are rare marks, marks inside compounds and times, and the full stop.
const fn class_of(byte: u8) -> u8 {
    match byte {
        b'#' | b'$' | b'%' | b'+' | b'/' | b'<' | b'=' | b'>' | b'@' | b'\\' => RARE,
        b'-' | b':' => JOINT,
        b'.' => FULL_STOP,
        _ => 0,
    }
}

/// Classifies blocks of bytes with one set of instructions.
///
/// Code outside this module cannot name an implementation. [`Instructions`](super::Instructions) names
/// one only after it has found that the machine has its instructions. So code that receives an
/// implementation as a type parameter always runs on a machine that supports it.
pub(crate) trait ByteClassifier {
    /// The classes of the bytes of a block.
    fn classify(block: &[u8; 64]) -> ByteMasks;

    /// A bit for each byte of the block in `low..=high`.
    fn in_range(block: &[u8; 64], low: u8, high: u8) -> u64;
}

/// Runs on every machine.
pub(crate) struct Portable;

impl ByteClassifier for Portable {
    #[inline(always)]
    fn classify(block: &[u8; 64]) -> ByteMasks {
        ByteMasks {
            word: bits(block, |byte| byte.is_ascii_alphanumeric()),
            apostrophe: bits(block, |byte| byte == b'\'' || byte == b'`'),
            non_ascii: bits(block, |byte| !byte.is_ascii()),
            space: bits(block, |byte| byte <= b' '),
            rare: bits(block, |byte| class_of(byte) == RARE),
            joint: bits(block, |byte| class_of(byte) == JOINT),
            full_stop: bits(block, |byte| class_of(byte) == FULL_STOP),
        }
    }

    #[inline(always)]
    fn in_range(block: &[u8; 64], low: u8, high: u8) -> u64 {
        bits(block, |byte| (low..=high).contains(&byte))
    }
}

/// A bit for each byte that passes a test. The loops are simple, so compilers vectorise them.
#[inline(always)]
fn bits(block: &[u8; 64], test: impl Fn(u8) -> bool) -> u64 {
    let mut passed = [0; 64];
    for (passed, &byte) in passed.iter_mut().zip(block) {
        *passed = u8::from(test(byte));
    }
    let eights = passed.as_chunks::<8>().0.iter();
    eights.rev().fold(0, |bits, &eight| {
        // Moves the lowest bit of byte i to bit 56 + i; no two terms of the product overlap.
        const GATHER: u64 = 0x0102_0408_1020_4080;
        bits << 8 | u64::from_le_bytes(eight).wrapping_mul(GATHER) >> 56
    })
}

#[cfg(target_arch = "x86_64")]
pub(crate) use x86_64::{Avx2, Avx512};

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use std::arch::x86_64::*;

    use super::{ByteClassifier, ByteMasks, FULL_STOP, JOINT, RARE, class_of};

    // A mark has a class and a high half, of which there are seven pairs, so a bit stands for each. A byte is a
    // mark of a pair if the bit is in the entries of both its halves.
    const PAIRS: [(u8, u8); 7] =
        [(RARE, 2), (RARE, 3), (RARE, 4), (RARE, 5), (JOINT, 2), (JOINT, 3), (FULL_STOP, 2)];
    const RARE_PAIRS: u8 = 0b1111;
    const JOINT_PAIRS: u8 = 0b11_0000;
    const FULL_STOP_PAIRS: u8 = 0b100_0000;
    static HALVES: [[u8; 16]; 2] = halves_of_marks();

    /// The entries of low halves and of high halves.
    const fn halves_of_marks() -> [[u8; 16]; 2] {
        let mut tables = [[0; 16]; 2];
        let mut pair = 0;
        while pair < PAIRS.len() {
            let (class, high) = PAIRS[pair];
            tables[1][high as usize] |= 1 << pair;
            let mut low = 0;
            while low < 16 {
                if class_of(16 * high + low) == class {
                    tables[0][low as usize] |= 1 << pair;
                }
                low += 1;
            }
            pair += 1;
        }
        tables
    }

    /// 32 bytes per instruction.
    pub(crate) struct Avx2;

    impl ByteClassifier for Avx2 {
        #[inline(always)]
        fn classify(block: &[u8; 64]) -> ByteMasks {
            // SAFETY: `Avx2` is named only by `run_avx2`, which runs only where AVX2 was detected.
            unsafe { classify_avx2(block) }
        }

        #[inline(always)]
        fn in_range(block: &[u8; 64], low: u8, high: u8) -> u64 {
            // SAFETY: as above.
            unsafe { in_range_avx2(block, low, high) }
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn classify_avx2(block: &[u8; 64]) -> ByteMasks {
        // `x < n` for unsigned bytes: the minimum of `x` and `n - 1` is `x`.
        let below =
            |x: __m256i, n: u8| _mm256_cmpeq_epi8(_mm256_min_epu8(x, _mm256_set1_epi8(n as i8 - 1)), x);
        let equal = |x: __m256i, byte: u8| _mm256_cmpeq_epi8(x, _mm256_set1_epi8(byte as i8));
        let [rare, joint, full_stop] = marks_avx2(block);
        ByteMasks {
            word: halves(block, |x| {
                let lower = _mm256_or_si256(x, _mm256_set1_epi8(0x20));
                let letter = below(_mm256_sub_epi8(lower, _mm256_set1_epi8(b'a' as i8)), 26);
                let digit = below(_mm256_sub_epi8(x, _mm256_set1_epi8(b'0' as i8)), 10);
                _mm256_or_si256(letter, digit)
            }),
            apostrophe: halves(block, |x| _mm256_or_si256(equal(x, b'\''), equal(x, b'`'))),
            non_ascii: halves(block, |x| x),
            space: halves(block, |x| below(x, b' ' + 1)),
            rare,
            joint,
            full_stop,
        }
    }

    /// The pairs that the bytes of the block are marks of, as masks of bytes for some pairs each.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn marks_avx2(block: &[u8; 64]) -> [u64; 3] {
        let (low, high) = (repeated(&HALVES[0]), repeated(&HALVES[1]));
        let pairs = |x: __m256i| {
            let high_half = _mm256_and_si256(_mm256_srli_epi16(x, 4), _mm256_set1_epi8(15));
            _mm256_and_si256(_mm256_shuffle_epi8(low, x), _mm256_shuffle_epi8(high, high_half))
        };
        let (first, second) = load_avx2(block);
        let (first, second) = (pairs(first), pairs(second));
        let bits = |pairs: __m256i, wanted: u8| {
            let found = _mm256_and_si256(pairs, _mm256_set1_epi8(wanted.cast_signed()));
            let any = _mm256_cmpgt_epi8(found, _mm256_setzero_si256());
            u64::from(_mm256_movemask_epi8(any).cast_unsigned())
        };
        let both = |wanted: u8| bits(first, wanted) | bits(second, wanted) << 32;
        [both(RARE_PAIRS), both(JOINT_PAIRS), both(FULL_STOP_PAIRS)]
    }

    /// A table in both halves of a register.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn repeated(table: &[u8; 16]) -> __m256i {
        // SAFETY: the load reads the 16 bytes of the table, and needs no alignment.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
    }

    /// The halves of a block.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn load_avx2(block: &[u8; 64]) -> (__m256i, __m256i) {
        let start = block.as_ptr();
        // SAFETY: both loads lie inside the 64 bytes of the block, and need no alignment.
        unsafe { (_mm256_loadu_si256(start.cast()), _mm256_loadu_si256(start.add(32).cast())) }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn in_range_avx2(block: &[u8; 64], low: u8, high: u8) -> u64 {
        halves(block, |x| {
            let above = _mm256_sub_epi8(x, _mm256_set1_epi8(low as i8));
            _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8((high - low) as i8)), above)
        })
    }

    /// The top bits of the bytes that `test` computes from each byte.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn halves(block: &[u8; 64], test: impl Fn(__m256i) -> __m256i) -> u64 {
        let (low, high) = load_avx2(block);
        let bits = |half| u64::from(_mm256_movemask_epi8(test(half)).cast_unsigned());
        bits(low) | bits(high) << 32
    }

    /// 64 bytes per instruction.
    pub(crate) struct Avx512;

    impl ByteClassifier for Avx512 {
        #[inline(always)]
        fn classify(block: &[u8; 64]) -> ByteMasks {
            // SAFETY: `Avx512` is named only by `run_avx512`, which runs only where AVX-512F and BW were
            // detected.
            unsafe { classify_avx512(block) }
        }

        #[inline(always)]
        fn in_range(block: &[u8; 64], low: u8, high: u8) -> u64 {
            // SAFETY: as above.
            unsafe { in_range_avx512(block, low, high) }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn classify_avx512(block: &[u8; 64]) -> ByteMasks {
        let x = load(block);
        let all = |byte: u8| _mm512_set1_epi8(byte as i8);
        let lower = _mm512_or_si512(x, all(0x20));
        let letter = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(lower, all(b'a')), all(26));
        let digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x, all(b'0')), all(10));
        // SAFETY: each load reads the 16 bytes of a table, and needs no alignment.
        let low = unsafe { _mm_loadu_si128(HALVES[0].as_ptr().cast()) };
        // SAFETY: as above.
        let high = unsafe { _mm_loadu_si128(HALVES[1].as_ptr().cast()) };
        let by_low = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(low), x);
        let high_half = _mm512_and_si512(_mm512_srli_epi16(x, 4), all(15));
        let by_high = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(high), high_half);
        let found = _mm512_and_si512(by_low, by_high);
        let marks = |pairs: u8| _mm512_test_epi8_mask(found, all(pairs));
        ByteMasks {
            word: letter | digit,
            apostrophe: _mm512_cmpeq_epi8_mask(x, all(b'\'')) | _mm512_cmpeq_epi8_mask(x, all(b'`')),
            non_ascii: _mm512_movepi8_mask(x),
            space: _mm512_cmple_epu8_mask(x, all(b' ')),
            rare: marks(RARE_PAIRS),
            joint: marks(JOINT_PAIRS),
            full_stop: marks(FULL_STOP_PAIRS),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn in_range_avx512(block: &[u8; 64], low: u8, high: u8) -> u64 {
        let above = _mm512_sub_epi8(load(block), _mm512_set1_epi8(low as i8));
        _mm512_cmple_epu8_mask(above, _mm512_set1_epi8((high - low) as i8))
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn load(block: &[u8; 64]) -> __m512i {
        // SAFETY: the load reads the 64 bytes of the block, and needs no alignment.
        unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Instructions, Kernel};
    use super::*;

    struct Classify<'a>(&'a [u8; 64]);

    impl Kernel for Classify<'_> {
        type Output = (ByteMasks, u64);

        #[inline(always)]
        fn run<B: ByteClassifier>(self) -> (ByteMasks, u64) {
            (B::classify(self.0), B::in_range(self.0, 0x98, 0xe2))
        }
    }

    #[test]
    fn every_byte_at_every_position_has_the_same_class_for_all_instructions() {
        // Each step takes Miri seconds. In larger steps every byte still comes at four positions.
        let step = if cfg!(miri) { 16 } else { 1 };
        for shift in (0..=255).step_by(step) {
            let block = std::array::from_fn(|at| (at as u8).wrapping_mul(37).wrapping_add(shift));
            let bits = |test: fn(&u8) -> bool| {
                (0..).zip(&block).fold(0, |bits, (at, byte)| bits | u64::from(test(byte)) << at)
            };
            let masks = ByteMasks {
                word: bits(u8::is_ascii_alphanumeric),
                apostrophe: bits(|byte| matches!(byte, b'\'' | b'`')),
                non_ascii: bits(|byte| !byte.is_ascii()),
                space: bits(|&byte| byte <= b' '),
                rare: bits(|byte| b"#$%+/<=>@\\".contains(byte)),
                joint: bits(|byte| b"-:".contains(byte)),
                full_stop: bits(|&byte| byte == b'.'),
            };
            let expected = (masks, bits(|byte| (0x98..=0xe2).contains(byte)));
            for instructions in Instructions::all() {
                assert_eq!(instructions.run(Classify(&block)), expected, "{instructions:?}");
            }
        }
    }
}
