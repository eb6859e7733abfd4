//! The class of a character for the tokeniser, and which steps of normalisation it needs.
//!
//! The properties come from `std` and `unicode-normalization`. Reading them takes tens of nanoseconds,
//! so they are stored for a block of 256 characters once one of these was met. The stored values depend
//! on the character only, so storing them changes no result.

use std::sync::OnceLock;

use unicode_normalization::{IsNormalized, char as properties, is_nfkc_quick};

use super::casefold::nfkc_casefold;

/// How a character is treated when tokens are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CharClass {
    /// White space, punctuation and symbols: separates tokens.
    Other,
    /// A default-ignorable character, such as a soft hyphen or a zero-width joiner, or one that only stretches a
    /// word: is removed.
    Ignorable,
    /// Is removed inside a word, and separates tokens elsewhere.
    Apostrophe,
    /// A combining mark: belongs to the character before it and begins no token.
    Mark,
    /// A letter or digit of a script that puts spaces between words.
    Word,
    /// A character of a script without spaces: a token by itself, together with its marks.
    Unspaced,
}

/// The class of a character and which steps of normalisation it needs, in one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CharTraits(u8);

impl CharTraits {
    const CLASS: u8 = 0b0111;
    /// `NFKC_Casefold` does not change the character, whatever its neighbours are.
    const STABLE: u8 = 0b1000;
    /// `NFKC_Casefold` maps it to its lower case, a single character, which is stable.
    const LOWERED: u8 = 0b1_0000;
    /// A mark that canonical ordering may exchange with another such mark.
    const REORDERED: u8 = 0b10_0000;
    /// A digit of any script, or a character that `NFKC_Casefold` maps to digits.
    const DIGIT: u8 = 0b100_0000;

    pub(crate) fn class(self) -> CharClass {
        match self.0 & Self::CLASS {
            0 => CharClass::Other,
            1 => CharClass::Ignorable,
            2 => CharClass::Apostrophe,
            3 => CharClass::Mark,
            4 => CharClass::Word,
            _ => CharClass::Unspaced,
        }
    }

    pub(crate) fn is_stable(self) -> bool {
        self.0 & Self::STABLE != 0
    }

    pub(crate) fn is_lowered(self) -> bool {
        self.0 & Self::LOWERED != 0
    }

    pub(crate) fn is_reordered(self) -> bool {
        self.0 & Self::REORDERED != 0
    }

    pub(crate) fn is_digit(self) -> bool {
        self.0 & Self::DIGIT != 0
    }

    /// Computes the traits from the Unicode properties.
    fn derive(c: char) -> Self {
        let class = classify(c);
        let mut bits = class as u8;
        if matches!(class, CharClass::Mark | CharClass::Word | CharClass::Unspaced) {
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
                bits |= Self::REORDERED;
            }
            if folded.chars().any(char::is_numeric) {
                bits |= Self::DIGIT;
            }
        }
        Self(bits)
    }
}

const BLOCK: usize = 256;
type Block = Box<[CharTraits; BLOCK]>;

/// The traits of `c`.
pub(crate) fn char_traits(c: char) -> CharTraits {
    static BLOCKS: [OnceLock<Block>; (char::MAX as usize + 1) / BLOCK] = [const { OnceLock::new() }; _];
    let code = c as usize;
    let block = BLOCKS[code / BLOCK].get_or_init(|| {
        let first = (code - code % BLOCK) as u32;
        Box::new(std::array::from_fn(|at| {
            char::from_u32(first + at as u32).map_or(CharTraits(0), CharTraits::derive)
        }))
    });
    block[code % BLOCK]
}

fn classify(c: char) -> CharClass {
    if is_apostrophe(c) {
        CharClass::Apostrophe
    } else if is_default_ignorable(c) || is_stretching(c) {
        CharClass::Ignorable
    } else if is_mark(c) {
        CharClass::Mark
    } else if !c.is_alphanumeric() {
        CharClass::Other
    } else if is_unspaced(c) {
        CharClass::Unspaced
    } else {
        CharClass::Word
    }
}

/// The characters that keyboards, typesetters and scrapers use for an apostrophe.
///
/// The acute and the grave accent are among them, with their canonical equivalents U+1FFD and U+1FEF.
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

/// `General_Category` M, and the two half-width voicing marks. Unicode calls these letters, but they modify
/// the kana before them.
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

/// Characters that only lengthen a word: tatweel, and its kin in N'Ko and Mongolian.
fn is_stretching(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{7fa}' | '\u{180a}')
}

/// Whether `c` is in a Unicode block of Han, Kana, Thai, Lao, Khmer or Burmese.
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
            (CharClass::Other, " \t.-_,!—“”\u{b7}\u{2010}€🎉"),
            (
                CharClass::Ignorable,
                "\u{ad}\u{200b}\u{200d}\u{feff}\u{2060}\u{fe0f}\u{3164}\u{640}\u{7fa}\u{180a}",
            ),
            (CharClass::Apostrophe, "'’‘ʼ＇`´ʻ"),
            (CharClass::Mark, "\u{301}\u{94d}\u{93f}\u{3099}\u{ff9e}\u{20e3}"),
            (CharClass::Word, "aZ09éßжωשم한ก".trim_end_matches('ก')),
            (CharClass::Unspaced, "漢々ーかカｶกຂខက〇"),
        ];
        for (class, characters) in table {
            for c in characters.chars() {
                assert_eq!(char_traits(c).class(), class, "{c:?} U+{:04X}", c as u32);
            }
        }
    }

    /// For every character, the traits agree with `NFKC_Casefold`.
    #[test]
    fn traits_agree_with_full_normalisation() {
        for c in '\u{80}'..=char::MAX {
            let traits = char_traits(c);
            let folded = nfkc_casefold(&c.to_string());
            if traits.is_stable() {
                assert_eq!(folded, c.to_string());
            } else if traits.is_lowered() {
                assert_eq!(folded, c.to_lowercase().to_string());
            }
        }
    }
}
