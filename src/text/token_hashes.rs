//! The hashes of a text's tokens, and nothing else, as fast as the machine can.
//!
//! The same tokens as [`tokens`](super::tokens), without their spans. Blocks of 64 bytes become
//! masks of bits; words are runs of set bits, found by counting zeros, and are hashed 32 at a
//! time. The quotes and dashes of typeset English are ASCII to the masks, apostrophes inside words
//! among them; where any other character stands, the word it stands in, and nothing but that word,
//! goes the general way.

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

/// So many bytes are classified at a time.
const BLOCK: usize = 64;
/// So many bytes are loaded of each word.
const LOAD: usize = 16;
/// A block, and what is loaded of a word that begins in its last byte.
const WINDOW: usize = BLOCK + LOAD;

impl Loop for HashTokens<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<B: Blocks>(self) -> usize {
        let Self { text, hashes } = self;
        let bytes = text.as_bytes();
        let before = hashes.len();
        let mut unspaced = 0;
        let mut normal = String::new();
        let mut batch = Batch::default();
        // The last bytes have no whole window before them; they are read from a copy with room behind it.
        let whole = (bytes.len() + 1).saturating_sub(WINDOW);
        let mut end = [b' '; 2 * WINDOW];
        match bytes.last_chunk::<{ WINDOW - 1 }>() {
            Some(last) => end[..WINDOW - 1].copy_from_slice(last),
            None => end[..bytes.len()].copy_from_slice(bytes),
        }
        let mut at = 0;
        // Each turn begins at the start of the text or where no token goes on.
        while at < bytes.len() {
            let rest = if at < whole { &bytes[at..] } else { &end[at - whole..] };
            let window: &[u8; WINDOW] = rest.first_chunk().expect("there is room for a window");
            let found = Found::new::<B>(window.first_chunk().expect("64 of more"), bytes.len() - at);
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
    fn new<B: Blocks>(block: &[u8; BLOCK], remaining: usize) -> Self {
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
        let open = unknown != 0 || remaining > BLOCK;
        let pending = if open { (word | apostrophes | unknown).leading_ones() } else { 0 };
        let end = BLOCK - pending as usize;
        // A strange character makes all from the start of its word on pending; so does a word that
        // fills the block.
        let general = unknown != 0 || end == 0;
        let inside = if end == BLOCK { u64::MAX } else { (1 << end) - 1 };
        Self { words: (word | joints) & inside, joints: joints & inside, end: end.min(remaining), general }
    }

    /// Whether a word is longer than what is loaded of it, apostrophes counted.
    #[inline(always)]
    fn has_long(&self) -> bool {
        let two = self.words & self.words >> 1;
        let four = two & two >> 2;
        let eight = four & four >> 4;
        eight & eight >> 8 & self.words >> LOAD != 0
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
    fn new<B: Blocks>(block: &[u8; BLOCK]) -> Self {
        let third = |low, high| B::within(block, low, high) >> 2;
        let lead = B::within(block, 0xe2, 0xe2) & B::within(block, 0x80, 0x80) >> 1 & u64::MAX >> 2;
        let apostrophe = third(0x98, 0x99) | third(0x9b, 0x9b) | third(0xb2, 0xb2);
        // Default-ignorable: these vanish inside words.
        let ignorable = third(0x8b, 0x8f) | third(0xaa, 0xae);
        Self { apostrophe: lead & apostrophe, other: lead & !(apostrophe | ignorable) }
    }
}

/// All three bytes of characters, given the first ones.
#[inline(always)]
fn triple(first: u64) -> u64 {
    first | first << 1 | first << 2
}

/// Words are hashed so many at a time.
const LANES: usize = 32;
/// A block has at most so many words.
const MOST: usize = BLOCK / 2;

/// Words that wait to be hashed: what was loaded of each, as two machine words, and its length.
struct Batch {
    low: [u64; LANES + MOST],
    high: [u64; LANES + MOST],
    sizes: [u8; LANES + MOST],
    /// Less than a whole number of lanes between blocks.
    len: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self { low: [0; LANES + MOST], high: [0; LANES + MOST], sizes: [0; LANES + MOST], len: 0 }
    }
}

impl Batch {
    /// Takes up the words of a block.
    #[inline(always)]
    fn push(&mut self, window: &[u8; WINDOW], found: &Found, hashes: &mut Vec<u64>) {
        let starts = found.words & !(found.words << 1);
        if found.has_long() {
            return self.push_one_by_one(window, found, hashes);
        }
        self.load(window, starts, found.words & !(found.words >> 1));
        if found.joints != 0 && !self.join(window, found, starts) {
            return self.push_one_by_one(window, found, hashes);
        }
        self.len += starts.count_ones() as usize;
        if self.len >= LANES {
            hashes.extend_from_slice(&self.hash());
            move_up(&mut self.low);
            move_up(&mut self.high);
            move_up(&mut self.sizes);
            self.len -= LANES;
        }
    }

    /// Loads words given their first and last bytes, behind those that wait.
    #[inline(always)]
    fn load(&mut self, window: &[u8; WINDOW], mut starts: u64, mut lasts: u64) {
        let mut at = self.len % LANES;
        while starts != 0 {
            let (start, last) = (starts.trailing_zeros(), lasts.trailing_zeros());
            starts &= starts - 1;
            lasts &= lasts.wrapping_sub(1);
            let loaded = load(window, start as usize);
            (self.low[at], self.high[at]) = (loaded as u64, (loaded >> 64) as u64);
            self.sizes[at] = (last + 1 - start) as u8;
            at += 1;
        }
    }

    /// Takes the apostrophes out of words that were just loaded. Returns whether that could be done:
    /// a word with two of them goes another way.
    #[inline(always)]
    fn join(&mut self, window: &[u8; WINDOW], found: &Found, starts: u64) -> bool {
        let mut joints = found.joints;
        while joints != 0 {
            let joint = joints.trailing_zeros();
            let width = (!(joints >> joint)).trailing_zeros();
            joints &= joints.wrapping_add(1 << joint);
            let before = (1 << joint) - 1;
            let start = u64::BITS - (!found.words & before).leading_zeros();
            let rest = (!(found.words >> joint)).trailing_zeros();
            if joints != 0 && joints.trailing_zeros() < joint + rest {
                return false;
            }
            let kept = 8 * (joint - start);
            let front = load(window, start as usize) & ((1 << kept) - 1);
            let word = front | load(window, (joint + width) as usize) << kept;
            let at = self.len + (starts & before).count_ones() as usize - 1;
            (self.low[at], self.high[at]) = (word as u64, (word >> 64) as u64);
            self.sizes[at] -= width as u8;
        }
        true
    }

    /// Hashes the words of a block that has a long one, or one with several apostrophes.
    #[inline(never)]
    fn push_one_by_one(&mut self, window: &[u8; WINDOW], found: &Found, hashes: &mut Vec<u64>) {
        self.flush(hashes);
        let mut words = found.words;
        while words != 0 {
            let start = words.trailing_zeros() as usize;
            let len = (!(words >> start)).trailing_zeros() as usize;
            let (mut normal, mut size, mut digit) = ([0; BLOCK], 0, false);
            for (at, byte) in (start..).zip(&window[start..start + len]) {
                normal[size] = byte | LOWER as u8;
                digit |= byte.is_ascii_digit();
                size += usize::from(found.joints >> at & 1 == 0);
            }
            hashes.push(hash::known_token(&normal[..size], digit));
            // Adding 1 at its start carries through the whole word.
            words &= words.wrapping_add(1 << start);
        }
    }

    /// Hashes all that wait.
    #[inline(always)]
    fn flush(&mut self, hashes: &mut Vec<u64>) {
        if self.len > 0 {
            hashes.extend_from_slice(&self.hash());
            hashes.truncate(hashes.len() - (LANES - self.len));
            self.len = 0;
        }
    }

    /// The hashes of the first words that wait, and of whatever else stands in their lanes.
    #[inline(always)]
    fn hash(&self) -> [u64; LANES] {
        let mut hashed = [0; LANES];
        for (lane, hashed) in hashed.iter_mut().enumerate() {
            let size = u64::from(self.sizes[lane]);
            let behind = size.saturating_sub(8);
            let low = u64::MAX >> (64 - 8 * size.clamp(1, 8));
            let high = if behind > 0 { u64::MAX >> (64 - 8 * behind.min(8)) } else { 0 };
            *hashed = hash::ascii_token((self.low[lane] | LOWER) & low, (self.high[lane] | LOWER) & high);
        }
        hashed
    }
}

/// Puts what waits behind the lanes into them.
#[inline(always)]
fn move_up<T: Copy>(items: &mut [T; LANES + MOST]) {
    let (lanes, behind) = items.split_at_mut(LANES);
    lanes[..MOST].copy_from_slice(behind);
}

/// The bit by which lower-case letters differ from upper-case ones, and which digits have too.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// What is loaded of a word that begins at `start`.
#[inline(always)]
fn load(window: &[u8; WINDOW], start: usize) -> u128 {
    u128::from_le_bytes(*window[start..].first_chunk().expect("a word begins in the block or at its end"))
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
