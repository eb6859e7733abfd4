//! The hashes of a text's tokens without their spans, as fast as possible.
//!
//! The tokens are those of [`tokens`](super::tokens). Each block of 64 bytes is turned into bit masks.
//! Words are runs of set bits, found by counting zeros, and are hashed 32 at a time. This fast path
//! handles ASCII and the quotes, apostrophes and dashes of typeset English. The general path reads what
//! stands between white space and holds any other character, or a mark of strings for machines or a sign
//! that carries meaning. It ends with the next token.

use super::machine::is_hash;
use super::token::{Piece, next_piece};
use crate::arch::{ByteClassifier, ByteMasks, Instructions, Kernel};
use crate::set::hash;

/// Appends the hashes of the tokens of `text` to `hashes`, in order: the hashes of
/// [`tokens`](super::tokens), but several times as fast.
///
/// Returns the length of the text in half-tokens: 2 for each token, or 1 for one character of a script
/// without spaces.
pub fn hash_tokens(text: &str, hashes: &mut Vec<u64>) -> usize {
    Instructions::detect().run(HashTokens { text, hashes })
}

struct HashTokens<'a> {
    text: &'a str,
    hashes: &'a mut Vec<u64>,
}

/// The number of bytes classified at a time.
const BLOCK: usize = 64;
/// The number of bytes loaded of each word.
const LOAD: usize = 16;
/// The bytes of a block, and those loaded of a word that begins in its last byte.
const WINDOW: usize = BLOCK + LOAD;

impl Kernel for HashTokens<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<B: ByteClassifier>(self) -> usize {
        let Self { text, hashes } = self;
        let bytes = text.as_bytes();
        let before = hashes.len();
        let mut unspaced = 0;
        let mut normal = String::new();
        let mut batch = Batch::default();
        // A window must not read beyond the text, so the last bytes are read from a longer copy.
        let whole = (bytes.len() + 1).saturating_sub(WINDOW);
        let mut end = [b' '; 2 * WINDOW];
        match bytes.last_chunk::<{ WINDOW - 1 }>() {
            Some(last) => end[..WINDOW - 1].copy_from_slice(last),
            None => end[..bytes.len()].copy_from_slice(bytes),
        }
        let mut at = 0;
        // Each round begins at the start of the text or between two tokens.
        while at < bytes.len() {
            let rest = if at < whole { &bytes[at..] } else { &end[at - whole..] };
            let window: &[u8; WINDOW] = rest.first_chunk().expect("a window fits");
            let block =
                BlockWords::new::<B>(window.first_chunk().expect("it holds a block"), bytes.len() - at);
            batch.push(window, &block, hashes);
            at += block.end;
            if block.general {
                batch.flush(hashes);
                let special = at - block.end + block.special;
                // After one word that needs the general path, the next usually needs it, too. A sign may
                // change the token after it, so reading ends with a token behind the special byte.
                let mut is_open = true;
                while at < bytes.len() && (is_open || at <= special || !bytes[at].is_ascii()) {
                    is_open = true;
                    at = next_piece(text, at, &mut normal, &mut |piece: Piece<'_>| match piece {
                        Piece::Word(word) => {
                            hashes.push(word.hash());
                            unspaced += usize::from(word.unspaced);
                            is_open = false;
                        }
                        Piece::Sign(sign) => {
                            if let Some(last) = hashes[before..].last_mut() {
                                *last ^= sign.change;
                            }
                        }
                    });
                    // A string for machines may end in what is a sign to the next token.
                    is_open |= matches!(bytes[at - 1], b'$' | b'+' | b'-' | b'<' | b'=' | b'>');
                    at += usize::from(!is_open && bytes.get(at) == Some(&b' '));
                }
            }
        }
        batch.flush(hashes);
        2 * (hashes.len() - before) - unspaced
    }
}

/// The words of a block.
struct BlockWords {
    /// The bytes of words, including the apostrophes inside them.
    words: u64,
    /// The bytes of these apostrophes.
    inner_apostrophes: u64,
    /// The end of the part that is read here; never inside a token, nor between characters other than white
    /// space of which one is special.
    end: usize,
    /// Whether the text there must take the general path.
    general: bool,
    /// The first byte that makes it so.
    special: usize,
}

impl BlockWords {
    #[inline(always)]
    fn new<B: ByteClassifier>(block: &[u8; BLOCK], remaining: usize) -> Self {
        let ByteMasks { word, apostrophe, non_ascii, space, rare, joint, full_stop } = B::classify(block);
        let (mut inner, mut special) = (apostrophe & word << 1 & word >> 1, 0);
        if non_ascii != 0 {
            let known = Punctuation::new::<B>(block);
            inner |= triple(known.apostrophe & word << 1 & word >> 3);
            special = non_ascii & !triple(known.apostrophe | known.other);
        }
        // These marks are special before a letter, a digit or white space, if at all.
        let marks =
            rare | joint & (word >> 1 | space >> 1 | non_ascii >> 1) | full_stop & word << 1 & word >> 1;
        if marks != 0 {
            special |= special_marks(block, marks);
        }
        // The first byte that needs the general path, and all bytes after it.
        let unknown = if special == 0 { 0 } else { u64::MAX << special.trailing_zeros() };
        // What ends at an unknown byte, or at the end of the block but not of the text, may continue there.
        let open = unknown != 0 || remaining > BLOCK;
        let pending = if open { (!space | unknown).leading_ones() } else { 0 };
        let end = BLOCK - pending as usize;
        // The general path reads what holds the first unknown byte, and what fills the block. What may continue
        // after the block is read with the next one.
        let general = unknown != 0 || end == 0;
        let inside = if end == BLOCK { u64::MAX } else { (1 << end) - 1 };
        Self {
            words: (word | inner) & inside,
            inner_apostrophes: inner & inside,
            end: end.min(remaining),
            general,
            special: special.trailing_zeros() as usize % BLOCK,
        }
    }

    /// Whether a word is longer than the bytes loaded of it, including apostrophes.
    #[inline(always)]
    fn has_long(&self) -> bool {
        let two = self.words & self.words >> 1;
        let four = two & two >> 2;
        let eight = four & four >> 4;
        eight & eight >> 8 & self.words >> LOAD != 0
    }
}

/// The marks that are part of strings for machines, that carry meaning, or that break a word at a line end.
#[inline(never)]
fn special_marks(block: &[u8; BLOCK], marks: u64) -> u64 {
    let at = |at: usize| block.get(at).copied().unwrap_or(b'0');
    let is_special = |mark: usize| match block[mark] {
        // Before a digit it may be a minus; before a line end, or a special one, it may break a word.
        b'-' => {
            let next = at(mark + 1);
            next.is_ascii_digit() || matches!(next, b'\n' | b'\r') || !next.is_ascii()
        }
        b':' => at(mark + 1).is_ascii_digit(),
        b'.' => mark >= 3 && block[mark - 3..mark].eq_ignore_ascii_case(b"www"),
        _ => true,
    };
    let mut left = marks;
    let mut special = 0;
    while left != 0 {
        let mark = left.trailing_zeros();
        special |= u64::from(is_special(mark as usize)) << mark;
        left &= left - 1;
    }
    special
}

/// The first bytes of characters from U+2000 to U+203F that separate words or are apostrophes, that carry no
/// meaning, and that lie completely in the block.
struct Punctuation {
    apostrophe: u64,
    other: u64,
}

impl Punctuation {
    #[inline(always)]
    fn new<B: ByteClassifier>(block: &[u8; BLOCK]) -> Self {
        let third = |low, high| B::in_range(block, low, high) >> 2;
        let lead = B::in_range(block, 0xe2, 0xe2) & B::in_range(block, 0x80, 0x80) >> 1 & u64::MAX >> 2;
        let apostrophe = third(0x98, 0x99) | third(0x9b, 0x9b) | third(0xb2, 0xb2);
        // Default-ignorable characters do not separate words, and per mille belongs to the number before it.
        let special = third(0x8b, 0x8f) | third(0xaa, 0xae) | third(0xb0, 0xb1);
        // Before a digit a dash may be a minus; a hyphen before anything but a word may break one.
        let digit = B::in_range(block, b'0', b'9') >> 3;
        let letter = (B::in_range(block, b'a', b'z') | B::in_range(block, b'A', b'Z')) >> 3;
        let dash = third(0x91, 0x93) & digit | third(0x90, 0x90) & !letter;
        Self { apostrophe: lead & apostrophe, other: lead & !(apostrophe | special | dash) }
    }
}

/// All bytes of three-byte characters, given their first bytes.
#[inline(always)]
fn triple(first: u64) -> u64 {
    first | first << 1 | first << 2
}

/// The number of words hashed at a time.
const LANES: usize = 32;
/// The largest number of words in a block.
const MAX_WORDS: usize = BLOCK / 2;

/// Words not hashed yet: the loaded bytes of each as two machine words, and its length.
struct Batch {
    low: [u64; LANES + MAX_WORDS],
    high: [u64; LANES + MAX_WORDS],
    sizes: [u8; LANES + MAX_WORDS],
    /// The number of words; fewer than `LANES` between blocks.
    len: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            low: [0; LANES + MAX_WORDS],
            high: [0; LANES + MAX_WORDS],
            sizes: [0; LANES + MAX_WORDS],
            len: 0,
        }
    }
}

impl Batch {
    /// Adds the words of a block.
    #[inline(always)]
    fn push(&mut self, window: &[u8; WINDOW], block: &BlockWords, hashes: &mut Vec<u64>) {
        let starts = block.words & !(block.words << 1);
        if block.has_long() {
            return self.push_one_by_one(window, block, hashes);
        }
        self.load(window, starts, block.words & !(block.words >> 1));
        if block.inner_apostrophes != 0 && !self.remove_apostrophes(window, block, starts) {
            return self.push_one_by_one(window, block, hashes);
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

    /// Loads words, given their first and last bytes, after those in the batch.
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

    /// Removes the apostrophes from words that were just loaded.
    ///
    /// Returns false if a word has two of them; then the words must be hashed one by one.
    #[inline(always)]
    fn remove_apostrophes(&mut self, window: &[u8; WINDOW], block: &BlockWords, starts: u64) -> bool {
        let mut inner = block.inner_apostrophes;
        while inner != 0 {
            let apostrophe = inner.trailing_zeros();
            let width = (!(inner >> apostrophe)).trailing_zeros();
            inner &= inner.wrapping_add(1 << apostrophe);
            let before = (1 << apostrophe) - 1;
            let start = u64::BITS - (!block.words & before).leading_zeros();
            let rest = (!(block.words >> apostrophe)).trailing_zeros();
            if inner != 0 && inner.trailing_zeros() < apostrophe + rest {
                return false;
            }
            let kept = 8 * (apostrophe - start);
            let front = load(window, start as usize) & ((1 << kept) - 1);
            let word = front | load(window, (apostrophe + width) as usize) << kept;
            let at = self.len + (starts & before).count_ones() as usize - 1;
            (self.low[at], self.high[at]) = (word as u64, (word >> 64) as u64);
            self.sizes[at] -= width as u8;
        }
        true
    }

    /// Hashes the words of a block with a long word or with a word that has several apostrophes.
    #[inline(never)]
    fn push_one_by_one(&mut self, window: &[u8; WINDOW], block: &BlockWords, hashes: &mut Vec<u64>) {
        self.flush(hashes);
        let mut words = block.words;
        while words != 0 {
            let start = words.trailing_zeros() as usize;
            let len = (!(words >> start)).trailing_zeros() as usize;
            let (mut normal, mut size, mut digit) = ([0; BLOCK], 0, false);
            for (at, byte) in (start..).zip(&window[start..start + len]) {
                normal[size] = byte | LOWER as u8;
                digit |= byte.is_ascii_digit();
                size += usize::from(block.inner_apostrophes >> at & 1 == 0);
            }
            let normal = &normal[..size];
            hashes.push(if is_hash(normal) {
                hash::machine(normal)
            } else {
                hash::token_with_digit(normal, digit)
            });
            // Adding 1 at its start carries through the whole word and so clears it.
            words &= words.wrapping_add(1 << start);
        }
    }

    /// Hashes all words of the batch.
    #[inline(always)]
    fn flush(&mut self, hashes: &mut Vec<u64>) {
        if self.len > 0 {
            hashes.extend_from_slice(&self.hash());
            hashes.truncate(hashes.len() - (LANES - self.len));
            self.len = 0;
        }
    }

    /// The hashes of the first `LANES` words; lanes without a word give arbitrary hashes.
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

/// Moves the words after the first `LANES` to the front.
#[inline(always)]
fn move_up<T: Copy>(items: &mut [T; LANES + MAX_WORDS]) {
    let (lanes, behind) = items.split_at_mut(LANES);
    lanes[..MAX_WORDS].copy_from_slice(behind);
}

/// The bit that lower-case letters have and upper-case letters lack; digits have it, too.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// The loaded bytes of a word that begins at `start`.
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
    fn words_at_every_position_of_a_block() {
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
            "$50",
            "50 %",
            "€ 5",
            "5 €",
            "x < −5",
            "x ≠ 5",
            "C++",
            "under-\n stand",
            "under\u{ad}\r\nstand",
            "under‐\nstand",
            "–5",
            "5‰",
            "5\u{202f}%",
            "a.b@example.org",
            "https://example.org/a,b.",
            "www.example.org/x",
            "(00:12) [00:12] 00:12.000 --> 00:13.000",
            "src/a.rs,./b",
            "123e4567-e89b-12d3-a456-426614174000",
            "0123456789abcdef0123456789abcdef",
            "0123456789abcde'f0123456789abcdef",
            "وســط",
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

    /// All short texts of some pieces, at the start, in the middle and at the end of a block.
    #[test]
    fn pieces_next_to_each_other() {
        let pieces = [
            " ", "\n", "-", "$", "%", "<", "=", "+", "#", "/", ".", ":", "@", "\\", "5", "a", "é", "€", "−",
            "–", "’", "°", "漢", "\u{ad}", "\u{a0}", "\u{338}", "www", "[00:12]", "http://", "word", "12",
        ];
        for (first, second) in pieces.iter().flat_map(|a| pieces.iter().map(move |b| (a, b))) {
            for third in pieces {
                let text = format!("{first}{second}{third}");
                let front = [0, 58, 61, 62, 63][text.len() * 7 % 5];
                assert_same(&format!(
                    "{}{text} 7 {text}{second}",
                    "ab ".repeat(front / 3) + &"c"[..front % 3 / 2]
                ));
            }
        }
    }

    #[test]
    fn long_words_and_the_end_of_the_text() {
        for len in [0, 1, 15, 16, 17, 63, 64, 65, 79, 80, 81, 200] {
            let word = "w".repeat(len);
            assert_same(&word);
            assert_same(&format!("{word}’s {word}'"));
            assert_same(&format!("{word}é {word}"));
            assert_same(&format!("'{word}' “{word}”"));
        }
    }
}
