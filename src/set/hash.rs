//! All hash functions that results or stored data depend on, specified to the bit.
//!
//! All arithmetic is on unsigned integers modulo 2^64, and bytes are read in little-endian order, so
//! the values are the same on every machine. The known-answer tests below fix them.
//!
//! | function | of | definition |
//! | --- | --- | --- |
//! | [`token`] | the bytes of a normalised token | up to 16 bytes: zero-padded into two words `lo`, `hi`, then `mix(lo ^ rotl(hi · C1, 32))`; longer: XXH3-64, seed 0; then the lowest bit is set if the token holds a digit, else cleared |
//! | [`unspaced`] | a character of a script without spaces, with its marks | as `token`, with the twenty highest bits replaced by `UNSPACED` |
//! | [`machine`] | a string written for machines, such as a URL | XXH3-64, seed `MACHINE`; the lowest bit as in `token` |
//! | `sign` | a sign that changes a token, such as `$` | `mix(SIGN + code point)` without the lowest bit; the hash of the token is its own, exclusive or with those of its signs |
//! | [`character`] | one normalised character | `mix(code point)` |
//! | [`combine`] | a run of units `u1 … un` | `h = n`, then `h = h · K + ui` for each, then `h ^= h >> 32; h *= C2; h ^= h >> 32` |
//! | [`identity`] | a sequence of tokens | XXH3-128, seed 0, of their hashes, eight bytes each |
//!
//! `K` is `POLYNOMIAL_BASE`; all constants are in this file.
//!
//! `combine` depends on the number and the order of the units, and on where each of them ends: "a bc"
//! and "ab c" are different shingles.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

use crate::arch::with_bytes;

/// Multipliers of the SplitMix64 finaliser (Stafford's variant 13, in Steele, Lea, Flood 2014).
const C1: u64 = 0xbf58_476d_1ce4_e5b9;
const C2: u64 = 0x94d0_49bb_1331_11eb;

/// The base of the polynomial that combines units into a shingle: 2^64 divided by the golden ratio,
/// made odd so that multiplication by it is invertible.
pub(super) const POLYNOMIAL_BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The most bytes of a token that is hashed as two machine words.
const SHORT: usize = 16;

/// The hash of a normalised token, given as its bytes in UTF-8.
///
/// Tokens hold no NUL byte, so different tokens are still different after padding with zeros.
#[must_use]
pub fn token(bytes: &[u8]) -> u64 {
    let digit = std::str::from_utf8(bytes).is_ok_and(|token| token.chars().any(char::is_numeric));
    token_with_digit(bytes, digit)
}

/// Whether the token with this hash holds a digit of any script.
#[inline]
#[must_use]
pub fn holds_digit(token: u64) -> bool {
    token & DIGIT != 0
}

/// The bit of a token's hash that is set if the token holds a digit.
const DIGIT: u64 = 1;

/// The highest bits of the hash of every character of a script without spaces, and of one in a million
/// other tokens. No [`character`] has them.
const UNSPACED: u64 = 0x5ca1e;
const UNSPACED_SHIFT: u32 = 44;

/// The hash of a token that is one character of a script without spaces, given as its normalised bytes.
///
/// Shingles need to know such tokens ([`shingle`](super::shingle())). The hash says it, so that a list of hashes
/// is all that they are made from.
#[must_use]
pub fn unspaced(bytes: &[u8]) -> u64 {
    token(bytes) & ((1 << UNSPACED_SHIFT) - 1) | UNSPACED << UNSPACED_SHIFT
}

/// Whether a token counts as a character of a script without spaces.
#[inline(always)]
#[must_use]
pub fn is_unspaced(token: u64) -> bool {
    token >> UNSPACED_SHIFT == UNSPACED
}

/// The seed of the hashes of strings for machines, so that no word has them.
const MACHINE: u64 = 0x6d61_6368_696e_6521;

/// The hash of a string written for machines, given as its normalised bytes.
#[must_use]
pub fn machine(bytes: &[u8]) -> u64 {
    let digit = std::str::from_utf8(bytes).is_ok_and(|token| token.chars().any(char::is_numeric));
    xxh3_64_with_seed(bytes, MACHINE) & !DIGIT | u64::from(digit)
}

/// Keeps the hashes of signs apart from those of characters.
const SIGN: u64 = 1 << 32;

/// What a sign changes in the hash of a token: an exclusive or.
pub(crate) fn sign(sign: char) -> u64 {
    mix(SIGN + u64::from(u32::from(sign))) & !DIGIT
}

/// Keeps the hashes of places apart from those of characters and signs.
const PLACE: u64 = 1 << 48;

/// A hash for what stands at one place of a text and matches nothing else.
pub(crate) fn place(place: u64) -> u64 {
    mix(PLACE + place)
}

/// The hash of a token; the caller knows whether it holds a digit.
pub(crate) fn token_with_digit(bytes: &[u8], digit: bool) -> u64 {
    let hash = if bytes.len() > SHORT {
        xxh3_64(bytes)
    } else {
        let (lo, hi) = padded(bytes);
        short(lo, hi)
    };
    hash & !DIGIT | u64::from(digit)
}

/// At most 16 bytes as two machine words, padded with zeros.
///
/// The loads overlap, which is faster than a copy whose length is known only at run time.
#[inline(always)]
fn padded(bytes: &[u8]) -> (u64, u64) {
    let len = bytes.len();
    let eight = |at: usize| u64::from_le_bytes(*bytes[at..].first_chunk().expect("eight bytes"));
    let four = |at: usize| u64::from(u32::from_le_bytes(*bytes[at..].first_chunk().expect("four bytes")));
    match len {
        9.. => (eight(0), eight(len - 8) >> (8 * (16 - len))),
        8 => (eight(0), 0),
        4.. => (four(0) | four(len - 4) << (8 * (len - 4)), 0),
        0 => (0, 0),
        _ => {
            let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
            (byte(0) | byte(len / 2) | byte(len - 1), 0)
        }
    }
}

/// The hash of a token of at most 16 lower-case ASCII letters and digits, given as two machine words
/// padded with zeros.
#[inline(always)]
pub(crate) fn ascii_token(lo: u64, hi: u64) -> u64 {
    // Digits have bit 0x20 but not bit 0x40; letters have both, and zeros have neither.
    let digits = ((lo & !(lo >> 1)) | (hi & !(hi >> 1))) & 0x2020_2020_2020_2020;
    short(lo, hi) & !DIGIT | u64::from(digits != 0)
}

#[inline(always)]
fn short(lo: u64, hi: u64) -> u64 {
    mix(lo ^ hi.wrapping_mul(C1).rotate_left(32))
}

/// The hash of one normalised character, the unit of character shingles.
#[inline]
#[must_use]
pub fn character(c: char) -> u64 {
    mix(u64::from(u32::from(c)))
}

/// The hash of a run of units as one shingle.
///
/// The hash of an empty run is 0; no shingle set holds it.
#[inline]
#[must_use]
pub fn combine(units: &[u64]) -> u64 {
    finish(units.iter().fold(units.len() as u64, |run, &unit| extend(run, unit)))
}

/// Adds a unit to the end of a run.
#[inline(always)]
pub(super) fn extend(run: u64, unit: u64) -> u64 {
    run.wrapping_mul(POLYNOMIAL_BASE).wrapping_add(unit)
}

/// Mixes the bits of a complete run.
#[inline(always)]
pub(super) fn finish(run: u64) -> u64 {
    let h = (run ^ (run >> 32)).wrapping_mul(C2);
    h ^ (h >> 32)
}

/// The 128-bit identity of a token sequence: equal for paragraphs with the same words in the same
/// order; case and punctuation do not matter.
#[must_use]
pub fn identity(tokens: &[u64]) -> u128 {
    with_bytes(tokens, xxh3_128)
}

/// Two candidates for the bytes of the token with this hash, padded with zeros.
///
/// For a token of at most eight bytes, the hash is a bijection of the bytes except for the digit bit, so
/// one of the two candidates is the token. For a longer token both are arbitrary bytes.
pub(crate) fn short_token_candidates(token: u64) -> [[u8; 8]; 2] {
    [token, token ^ DIGIT].map(|hash| unmix(hash).to_le_bytes())
}

/// A bijection of 64 bits in which every input bit moves every output bit (SplitMix64's finaliser).
#[inline(always)]
pub(crate) fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(C1);
    let x = (x ^ (x >> 27)).wrapping_mul(C2);
    x ^ (x >> 31)
}

/// The inverse of [`mix`].
fn unmix(x: u64) -> u64 {
    const I1: u64 = inverse(C1);
    const I2: u64 = inverse(C2);
    let x = (x ^ (x >> 31) ^ (x >> 62)).wrapping_mul(I2);
    let x = (x ^ (x >> 27) ^ (x >> 54)).wrapping_mul(I1);
    x ^ (x >> 30) ^ (x >> 60)
}

/// The inverse of an odd number modulo 2^64, by Newton's method.
///
/// At first three bits are correct; each step doubles them.
pub(super) const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut bits = 3;
    while bits < 64 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        bits *= 2;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stored hashes depend on these values: a change here is a new format, not a fix.
    #[test]
    fn known_answers() {
        assert_eq!(token(b"refrain"), 0x01f9_ee79_5a80_2fde);
        assert_eq!(token(b"eight ch"), 0x27a5_4f1c_9c5f_8280);
        assert_eq!(token("проверка".as_bytes()), 0xb271_7334_8a96_fb24);
        assert_eq!(token(b"antidisestablishmentarianism"), 0x286f_005c_74f7_68fc);
        assert_eq!(token(b"1506"), 0xa6c2_b96b_501c_58f7);
        assert_eq!(token("٣".as_bytes()), 0xfd88_00e1_4699_c4d3);
        assert_eq!(token(b"covid19variant"), 0x87e9_0968_bdb9_e9cd);
        assert_eq!(unspaced("港".as_bytes()), 0x5ca1_eb15_f279_ab28);
        assert_eq!(machine(b"https://example.org"), 0xd70d_323e_6776_bcc8);
        assert_eq!(token(b"50") ^ sign('$'), 0x8628_d712_fe19_48cd);
        assert_eq!(character('é'), 0xae62_443f_0d2c_70a4);
        assert_eq!(combine(&[1, 2, 3]), 0x3093_ac74_d812_b93b);
        assert_eq!(combine(&[]), 0);
        assert_eq!(identity(&[1, 2, 3]), 0xd0d6_6ae2_837a_0117_026f_21f9_c50d_cf1f);
    }

    #[test]
    fn only_characters_of_scripts_without_spaces_look_like_them() {
        assert!(is_unspaced(unspaced("港".as_bytes())) && holds_digit(unspaced("๑".as_bytes())));
        assert!((char::MIN..=char::MAX).all(|c| !is_unspaced(character(c))));
    }

    #[test]
    fn overlapping_loads_pad_with_zeros() {
        let bytes: Vec<u8> = (1..=16).collect();
        for len in 0..=SHORT {
            let mut copy = [0; SHORT];
            copy[..len].copy_from_slice(&bytes[..len]);
            let word_at = |at: usize| u64::from_le_bytes(copy[at..at + 8].try_into().unwrap());
            assert_eq!(padded(&bytes[..len]), (word_at(0), word_at(8)), "{len} bytes");
        }
    }

    #[test]
    fn shingles_depend_on_order_and_token_boundaries() {
        let [a, ab, bc, c] = [b"a".as_slice(), b"ab", b"bc", b"c"].map(token);
        assert_ne!(combine(&[a, bc]), combine(&[ab, c]));
        assert_ne!(combine(&[a, bc]), combine(&[bc, a]));
        assert_ne!(combine(&[a]), combine(&[a, 0]));
    }

    #[test]
    fn the_fast_hash_of_ascii_tokens_is_the_same() {
        for word in
            ["a", "z", "0", "9", "x86", "eightcha", "ninechar9", "8sixteenletters8", "sixteenletterszz"]
        {
            let mut padded = [0; SHORT];
            padded[..word.len()].copy_from_slice(word.as_bytes());
            let word_at = |at: usize| u64::from_le_bytes(padded[at..at + 8].try_into().unwrap());
            assert_eq!(ascii_token(word_at(0), word_at(8)), token(word.as_bytes()), "{word}");
            assert_eq!(holds_digit(token(word.as_bytes())), word.bytes().any(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn short_tokens_can_be_recovered_from_their_hashes() {
        for x in [0, 1, 0x6e75_6d62_6572, u64::MAX] {
            assert_eq!([unmix(mix(x)), mix(unmix(x))], [x, x]);
        }
        for word in ["a", "1506", "٢٠٢٢", "eightcha", "12th"] {
            let mut padded = [0; 8];
            padded[..word.len()].copy_from_slice(word.as_bytes());
            assert!(short_token_candidates(token(word.as_bytes())).contains(&padded), "{word}");
        }
    }

    #[test]
    fn length_is_part_of_a_short_token() {
        let words = ["a", "aa", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa"];
        let mut hashes = words.map(|word| token(word.as_bytes())).to_vec();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len());
    }
}
