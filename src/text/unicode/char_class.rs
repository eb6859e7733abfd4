//! What a character is to the tokeniser, and how it may be normalised.
//!
//! The properties come from `std` and `unicode-normalization`. Asking them costs tens of
//! nanoseconds, so the answers for a block of 256 characters are kept once one of them was met;
//! the memo is a pure function of the character and changes no result.

use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, char as properties, is_nfkc_quick};

use super::casefold::nfkc_casefold;

/// The part that a character plays in a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// White space, punctuation, symbols: parts tokens.
    Other,
    /// A default-ignorable character, such as a soft hyphen or a zero-width joiner: vanishes.
    Ignorable,
    /// Vanishes inside a word, parts tokens elsewhere.
    Apostrophe,
    /// A combining mark: belongs to the character before it, and begins no token.
    Mark,
    /// A letter or digit of a script that puts spaces between words.
    Word,
    /// A character of a script without spaces: a token of its own, with its marks.
    Unspaced,
}

/// A character's class and what its normalisation needs, in one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Traits(u8);

impl Traits {
    const CLASS: u8 = 0b0111;
    /// `NFKC_Casefold` leaves the character as it is, wherever it stands.
    const STABLE: u8 = 0b1000;
    /// `NFKC_Casefold` maps it to its one lower-case character, which is stable.
    const LOWERED: u8 = 0b1_0000;
    /// A mark that canonical ordering may move past another such mark.
    const MOVES: u8 = 0b10_0000;
    /// A digit of any script, or what `NFKC_Casefold` makes one of.
    const DIGIT: u8 = 0b100_0000;

    pub(crate) fn class(self) -> Class {
        match self.0 & Self::CLASS {
            0 => Class::Other,
            1 => Class::Ignorable,
            2 => Class::Apostrophe,
            3 => Class::Mark,
            4 => Class::Word,
            _ => Class::Unspaced,
        }
    }

    pub(crate) fn is_stable(self) -> bool {
        self.0 & Self::STABLE != 0
    }

    pub(crate) fn is_lowered(self) -> bool {
        self.0 & Self::LOWERED != 0
    }

    pub(crate) fn moves(self) -> bool {
        self.0 & Self::MOVES != 0
    }

    pub(crate) fn is_digit(self) -> bool {
        self.0 & Self::DIGIT != 0
    }

    /// Works the traits out from the Unicode properties.
    fn derive(c: char) -> Self {
        let class = classify(c);
        let mut bits = class as u8;
        if matches!(class, Class::Mark | Class::Word | Class::Unspaced) {
            let folded = nfkc_casefold(c.encode_utf8(&mut [0; 4]));
            let inert = |c| is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes;
            if folded.chars().eq([c]) && inert(c) {
                bits |= Self::STABLE;
            } else if let [lower] = c.to_lowercase().collect::<Vec<_>>()[..]
                && folded.chars().eq([lower])
                && inert(lower)
                && nfkc_casefold(&folded) == folded
                && properties::canonical_combining_class(lower) == 0
            {
                bits |= Self::LOWERED;
            }
            if properties::canonical_combining_class(c) != 0 {
                bits |= Self::MOVES;
            }
            if folded.chars().any(char::is_numeric) {
                bits |= Self::DIGIT;
            }
        }
        Self(bits)
    }
}

const BLOCK: usize = 256;
type Block = Box<[Traits; BLOCK]>;

/// The traits of `c`.
pub(crate) fn traits(c: char) -> Traits {
    static BLOCKS: [OnceLock<Block>; (char::MAX as usize + 1) / BLOCK] = [const { OnceLock::new() }; _];
    let code = c as usize;
    let block = BLOCKS[code / BLOCK].get_or_init(|| {
        let first = (code - code % BLOCK) as u32;
        Box::new(std::array::from_fn(|at| {
            char::from_u32(first + at as u32).map_or(Traits(0), Traits::derive)
        }))
    });
    block[code % BLOCK]
}

fn classify(c: char) -> Class {
    if is_apostrophe(c) {
        Class::Apostrophe
    } else if is_default_ignorable(c) {
        Class::Ignorable
    } else if is_mark(c) {
        Class::Mark
    } else if !c.is_alphanumeric() {
        Class::Other
    } else if is_unspaced(c) {
        Class::Unspaced
    } else {
        Class::Word
    }
}

/// The characters that keyboards, typesetters and scrapers put for an apostrophe.
///
/// The acute and the grave accent are among them with the characters they are canonically equal
/// to (U+1FFD, U+1FEF).
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{b4}'
            | '\u{2b9}'
            | '\u{2bb}'..='\u{2bd}'
            | '\u{374}'
            | '\u{5f3}'
            | '\u{1fef}'
            | '\u{1ffd}'
            | '\u{2018}'..='\u{2019}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

/// `General_Category` M, and the two half-width voicing marks that Unicode counts as letters but
/// that extend the kana before them.
fn is_mark(c: char) -> bool {
    properties::is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// The Unicode property `Default_Ignorable_Code_Point`.
fn is_default_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether `c` is of a block of Han, Kana, Thai, Lao, Khmer or Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}' // Thai, Lao
            | '\u{1000}'..='\u{109f}' // Myanmar
            | '\u{1780}'..='\u{17ff}' // Khmer
            | '\u{3005}'..='\u{3007}' // ideographic iteration, closing and zero marks
            | '\u{3021}'..='\u{3029}' // Hangzhou numerals
            | '\u{3031}'..='\u{3035}' // kana repeat marks
            | '\u{3038}'..='\u{303c}'
            | '\u{3041}'..='\u{30ff}' // Hiragana, Katakana
            | '\u{31f0}'..='\u{31ff}' // small Katakana
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a9e0}'..='\u{a9ff}' // Myanmar Extended-B
            | '\u{aa60}'..='\u{aa7f}' // Myanmar Extended-A
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9d}' // half-width Katakana
            | '\u{116d0}'..='\u{116ff}' // Myanmar Extended-C
            | '\u{16fe2}'..='\u{16fff}'
            | '\u{1aff0}'..='\u{1b16f}' // Kana extensions
            | '\u{20000}'..='\u{323af}' // Han extensions
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_has_its_characters() {
        let table = [
            (Class::Other, " \t.-_,!—“”\u{b7}\u{2010}€🎉"),
            (Class::Ignorable, "\u{ad}\u{200b}\u{200d}\u{feff}\u{2060}\u{fe0f}\u{3164}"),
            (Class::Apostrophe, "'’‘ʼ＇`´ʻ"),
            (Class::Mark, "\u{301}\u{94d}\u{93f}\u{3099}\u{ff9e}\u{20e3}"),
            (Class::Word, "aZ09éßжωשم한ก".trim_end_matches('ก')),
            (Class::Unspaced, "漢々ーかカｶกຂខက〇"),
        ];
        for (class, characters) in table {
            for c in characters.chars() {
                assert_eq!(traits(c).class(), class, "{c:?} U+{:04X}", c as u32);
            }
        }
    }

    /// The shortcuts say the same as the full normalisation, for every character there is.
    #[test]
    fn traits_agree_with_full_normalisation() {
        for c in '\u{80}'..=char::MAX {
            let traits = traits(c);
            let folded = nfkc_casefold(&c.to_string());
            if traits.is_stable() {
                assert_eq!(folded, c.to_string());
            } else if traits.is_lowered() {
                assert_eq!(folded, c.to_lowercase().to_string());
            }
        }
    }
}
