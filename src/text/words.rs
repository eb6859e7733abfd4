//! The hashes of a text's tokens, and nothing else, as fast as the machine can.
//!
//! The same tokens as [`tokens`](super::tokens), without their spans. Blocks of 64 bytes become
//! masks of bits; words are runs of set bits, found by counting zeros. The quotes and dashes of
//! typeset English are ASCII to the masks, apostrophes inside words among them; where any other
//! character stands, the word it stands in, and nothing but that word, goes the general way.

use super::token::{Word, any_token};
use crate::arch::{Blocks, Instructions, Loop, Masks};
use crate::set::hash;

/// Appends the hashes of the tokens of `text` to `hashes`, in order: the same as those of
/// [`tokens`](super::tokens), several times as fast.
///
/// Returns what the tokens count where a least number of them is asked, doubled: 2 each, or 1 for
/// one character of a script without spaces.
pub fn hash_tokens(text: &str, hashes: &mut Vec<u64>) -> usize {
    Instructions::detect().run(HashTokens { text, hashes })
}

struct HashTokens<'a> {
    text: &'a str,
    hashes: &'a mut Vec<u64>,
}

/// Words are hashed this many at a time.
const BATCH: usize = 32;

/// Words that wait to be hashed: their bytes as two machine words.
struct Batch {
    low: [u64; BATCH],
    high: [u64; BATCH],
    len: usize,
}

impl Batch {
    #[inline(always)]
    fn flush(&mut self, hashes: &mut Vec<u64>) {
        // All of them, since a fixed number can be hashed in vector registers.
        let mut hashed = [0; BATCH];
        for (hashed, (low, high)) in hashed.iter_mut().zip(self.low.iter().zip(&self.high)) {
            *hashed = hash::ascii_token(*low, *high);
        }
        hashes.extend_from_slice(&hashed[..self.len]);
        self.len = 0;
    }
}

impl Loop for HashTokens<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<B: Blocks>(self) -> usize {
        let Self { text, hashes } = self;
        let bytes = text.as_bytes();
        let before = hashes.len();
        let mut unspaced = 0;
        let mut normal = String::new();
        let mut batch = Batch { low: [0; BATCH], high: [0; BATCH], len: 0 };
        let mut at = 0;
        // Each turn begins at the start of the text or where no token goes on.
        while at < bytes.len() {
            let mut padded = [b' '; 64 + LOAD];
            let rest = &bytes[at..];
            // A word is loaded with 16 bytes, some of which may be beyond the block.
            let (window, block): (&[u8], &[u8; 64]) = match rest.first_chunk::<{ 64 + LOAD }>() {
                Some(window) => (window, window.first_chunk().expect("64 of more")),
                None => {
                    let len = rest.len().min(64);
                    padded[..len].copy_from_slice(&rest[..len]);
                    (&padded, padded.first_chunk().expect("64 of more"))
                }
            };
            let found = Found::new::<B>(block, rest.len());
            batch.push(window, &found, hashes);
            at += found.end;
            if found.general {
                batch.flush(hashes);
                // Where one word is strange, so is the next, as a rule.
                loop {
                    at = any_token(text, at, &mut normal, &mut |word: Word<'_>| {
                        hashes.push(word.hash());
                        unspaced += usize::from(word.unspaced);
                    });
                    at += usize::from(bytes.get(at) == Some(&b' '));
                    if bytes.get(at).is_none_or(u8::is_ascii) {
                        break;
                    }
                }
            }
        }
        batch.flush(hashes);
        2 * (hashes.len() - before) - unspaced
    }
}

/// So many bytes are loaded of each word.
const LOAD: usize = 16;

/// The bit by which lower-case letters differ from upper-case ones, and which digits have too.
const SPACES: u128 = u128::from_ne_bytes([b' '; LOAD]);

/// The bytes of a word among those loaded, by its length.
const KEPT: [u128; LOAD + 1] = {
    let mut kept = [0; LOAD + 1];
    let mut len = 1;
    while len <= LOAD {
        kept[len] = u128::MAX >> (8 * (LOAD - len));
        len += 1;
    }
    kept
};

/// The words of a block.
struct Found {
    /// The bytes of words, with apostrophes inside them.
    words: u64,
    /// Those apostrophes.
    joints: u64,
    /// How far the block was understood: never inside a token.
    end: usize,
    /// Whether what follows there must go the general way.
    general: bool,
}

impl Found {
    #[inline(always)]
    fn new<B: Blocks>(block: &[u8; 64], remaining: usize) -> Self {
        let Masks { word, apostrophe, wide } = B::masks(block);
        let (mut joints, mut apostrophes) = (apostrophe & word << 1 & word >> 1, apostrophe);
        // The bits from which on the block is not understood.
        let mut unknown = 0;
        if wide != 0 {
            let known = Punctuation::new::<B>(block);
            joints |= triple(known.apostrophe & word << 1 & word >> 3);
            apostrophes |= triple(known.apostrophe);
            let strange = wide & !triple(known.apostrophe | known.other);
            if strange != 0 {
                unknown = u64::MAX << strange.trailing_zeros();
            }
        }
        // What touches the unknown, or the end of a block that is not the end of the text, may go
        // on there.
        let open = unknown != 0 || remaining > 64;
        let pending = if open { (word | apostrophes | unknown).leading_ones() } else { 0 };
        let end = 64 - pending as usize;
        // A strange character makes all from the start of its word on pending; so does a word that
        // fills the block.
        let general = unknown != 0 || end == 0;
        let inside = if end == 64 { u64::MAX } else { (1 << end) - 1 };
        Self { words: (word | joints) & inside, joints: joints & inside, end: end.min(remaining), general }
    }
}

/// The first bytes of those characters U+2000 to U+203F that part words or are apostrophes, and lie
/// in the block as a whole.
struct Punctuation {
    apostrophe: u64,
    other: u64,
}

impl Punctuation {
    #[inline(always)]
    fn new<B: Blocks>(block: &[u8; 64]) -> Self {
        let mut lead = B::equal(block, 0xe2) & B::equal(block, 0x80) >> 1 & u64::MAX >> 2;
        let mut found = Self { apostrophe: 0, other: 0 };
        while lead != 0 {
            let at = lead.trailing_zeros() as usize;
            let bit = 1 << at;
            lead &= lead - 1;
            match block[(at + 2) % 64] {
                0x98 | 0x99 | 0x9b | 0xb2 => found.apostrophe |= bit,
                // Default-ignorable: these vanish inside words.
                0x8b..=0x8f | 0xaa..=0xae => {}
                _ => found.other |= bit,
            }
        }
        found
    }
}

/// All three bytes of characters, given the first ones.
#[inline(always)]
fn triple(first: u64) -> u64 {
    first | first << 1 | first << 2
}

impl Batch {
    /// Takes up the words of a block.
    #[inline(always)]
    fn push(&mut self, window: &[u8], found: &Found, hashes: &mut Vec<u64>) {
        let mut words = found.words;
        while words != 0 {
            let start = words.trailing_zeros() as usize;
            let len = (!(words >> start)).trailing_zeros() as usize;
            let run = if len == 64 { u64::MAX } else { ((1 << len) - 1) << start };
            words &= !run;
            if self.len == BATCH {
                self.flush(hashes);
            }
            if found.joints & run == 0 && len <= LOAD {
                let word: &[u8; LOAD] = window[start..start + LOAD].try_into().expect("16 bytes");
                let at = self.len % BATCH;
                let lower = (u128::from_le_bytes(*word) | SPACES) & KEPT[len];
                self.low[at] = lower as u64;
                self.high[at] = (lower >> 64) as u64;
                self.len += 1;
            } else {
                self.push_long(&window[start..start + len], found.joints >> start, hashes);
            }
        }
    }

    /// A word that is longer, or has apostrophes in it.
    #[inline(never)]
    fn push_long(&mut self, word: &[u8], joints: u64, hashes: &mut Vec<u64>) {
        let mut lower = [0; 64];
        let mut len = 0;
        for (at, byte) in word.iter().enumerate() {
            lower[len] = byte | 0x20;
            len += usize::from(joints >> at & 1 == 0);
        }
        if len <= LOAD {
            let [low, high] = [0, 8].map(|at| u64::from_le_bytes(lower[at..at + 8].try_into().expect("8")));
            let kept = |from: usize| match len.saturating_sub(from) {
                0 => 0,
                rest => u64::MAX >> (64 - 8 * rest.min(8)),
            };
            (self.low[self.len], self.high[self.len]) = (low & kept(0), high & kept(8));
            self.len += 1;
        } else {
            self.flush(hashes);
            hashes.push(hash::token(&lower[..len]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn assert_same(text: &str) {
        let expected: Vec<u64> = tokens(text).iter().map(|token| token.hash).collect();
        for instructions in Instructions::all() {
            let mut hashes = Vec::new();
            let size = instructions.run(HashTokens { text, hashes: &mut hashes });
            assert_eq!(hashes, expected, "{instructions:?}: {text:?}");
            let unspaced = tokens(text).iter().filter(|token| token.unspaced).count();
            assert_eq!(size, 2 * expected.len() - unspaced);
        }
    }

    #[test]
    fn words_at_every_place_of_a_block() {
        let words = [
            "a",
            "Word",
            "sixteen_letters",
            "SIXTEENLETTERSxx",
            "seventeenletters1",
            "don't",
            "don’t",
            "’tis",
            "dogs’",
            "“quoted”",
            "em—dash",
            "d’été",
            "été",
            "co\u{ad}op",
            "zero\u{200b}width",
            "漢字",
            "a'b'c",
            "a''b",
            "e\u{301}",
            "x\u{2032}y",
            "1‚2",
            "``",
            "ﬁ",
            "…",
            "\u{2028}",
            "don't've",
            "a’\u{200d}b",
        ];
        for word in words {
            for before in 0..70 {
                let spaces = " ".repeat(before);
                assert_same(&format!("{spaces}{word}"));
                assert_same(&format!("{}{word} and {word}{word}", "x".repeat(before)));
                assert_same(&format!("{}{word}’{word}—{}", "ab ".repeat(before), "y".repeat(before)));
            }
        }
    }

    #[test]
    fn long_words_and_odd_ends() {
        for len in [0, 1, 15, 16, 17, 63, 64, 65, 79, 80, 81, 200] {
            let word = "w".repeat(len);
            assert_same(&word);
            assert_same(&format!("{word}’s {word}'"));
            assert_same(&format!("{word}é {word}"));
            assert_same(&format!("'{word}' “{word}”"));
        }
    }
}
