//! Tokens: the words of a text, or the characters of scripts without spaces.

use super::unicode::{Class, Form, normalize, traits};
use crate::set::hash;
use crate::util::span::Span;

/// A word of normalised text and where it stands in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// The bytes of the original that the token was cut from.
    pub span: Span,
    /// The hash of the normalised token ([`hash::token`]).
    pub hash: u64,
    /// Whether the token is one character of a script without spaces; where a least number of
    /// tokens is asked, two such count as one.
    pub unspaced: bool,
}

/// The tokens of `text`, in order.
///
/// A token is a run of letters, digits and marks. Apostrophes inside a word and default-ignorable
/// characters are passed over; all else parts tokens, hyphens too. Each character of Han, Kana,
/// Thai, Lao, Khmer and Burmese is a token, with the marks that follow it. A token's hash is of
/// its `NFKC_Casefold`, so case, width and canonically equal spellings make no difference, while
/// accents and digits do.
///
/// ```
/// let text = "The Queen’s co-pilots";
/// let tokens = refrain::text::tokens(text);
/// let words: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
/// assert_eq!(words, ["The", "Queen’s", "co", "pilots"]);
/// assert_eq!(tokens[1].hash, refrain::text::tokens("QUEENS")[0].hash);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, &mut |word: Word<'_>| {
        tokens.push(Token { span: word.span, hash: word.hash(), unspaced: word.unspaced });
    });
    tokens
}

/// The tokens of `text` and, for each of them, its stem: what inflected forms of a word have in
/// common.
///
/// A stem is the hash of the first five characters of the normalised token, a character counted
/// with its marks. That is crude and needs no dictionary of any language; four or six do about as
/// well. In scripts without spaces, where a token is one character, it is of two in a row.
pub(crate) fn stemmed_tokens(text: &str, tokens: &mut Vec<Token>, stems: &mut Vec<u64>) {
    let start = tokens.len();
    tokenize(text, &mut |word: Word<'_>| {
        let hash = word.hash();
        tokens.push(Token { span: word.span, hash, unspaced: word.unspaced });
        let stem = stem(word.normal);
        stems.push(if stem.len() == word.normal.len() { hash } else { hash::token(stem.as_bytes()) });
    });
    for at in start..tokens.len() {
        if let [first, second, ..] = &tokens[at..]
            && first.unspaced
            && second.unspaced
        {
            stems[at] = hash::combine(&[first.hash, second.hash]);
        }
    }
}

/// So many characters make a stem.
const STEM: usize = 5;

/// The first characters of a normalised token, with the marks that follow them.
fn stem(normal: &str) -> &str {
    if normal.len() <= STEM {
        return normal;
    }
    if normal.as_bytes()[..=STEM].is_ascii() {
        return &normal[..STEM];
    }
    let bases = normal.char_indices().filter(|&(_, c)| c.is_ascii() || traits(c).class() != Class::Mark);
    bases.map(|(at, _)| at).nth(STEM).map_or(normal, |end| &normal[..end])
}

/// A token as it is cut.
pub(super) struct Word<'a> {
    span: Span,
    normal: &'a str,
    /// Whether it is one character of a script without spaces.
    pub(super) unspaced: bool,
    digit: bool,
}

impl Word<'_> {
    pub(super) fn hash(&self) -> u64 {
        hash::known_token(self.normal.as_bytes(), self.digit)
    }
}

/// Appends the hashes of the characters of the normalised tokens of `text`, joined by one space.
pub(crate) fn hash_characters(text: &str, hashes: &mut Vec<u64>) {
    let start = hashes.len();
    tokenize(text, &mut |word: Word<'_>| {
        if hashes.len() > start {
            hashes.push(hash::character(' '));
        }
        hashes.extend(word.normal.chars().map(hash::character));
    });
}

/// Cuts `text` into tokens and hands each to `sink`.
///
/// Words of ASCII alone take a short way; a word with any other character in it, and nothing but
/// that word, takes the general one.
fn tokenize(text: &str, sink: &mut impl FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut normal = String::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        if byte.is_ascii_alphanumeric() {
            normal.clear();
            at = ascii_word(bytes, at, &mut normal);
            if bytes.get(at).is_none_or(u8::is_ascii) {
                let digit = normal.bytes().any(|byte| byte.is_ascii_digit());
                sink(Word { span: Span::new(start, at), normal: &normal, unspaced: false, digit });
                continue;
            }
        } else if byte.is_ascii() {
            at += 1;
            continue;
        }
        at = any_token(text, start, &mut normal, sink);
    }
}

/// Reads an ASCII word that begins at `at` into `normal` and returns its end, which is before the
/// first byte that is not ASCII, or that parts words.
fn ascii_word(bytes: &[u8], mut at: usize, normal: &mut String) -> usize {
    loop {
        match bytes[at..] {
            [byte, ..] if byte.is_ascii_alphanumeric() => {
                normal.push(char::from(byte.to_ascii_lowercase()));
                at += 1;
            }
            [b'\'' | b'`', next, ..] if next.is_ascii_alphanumeric() => at += 1,
            // Whether the apostrophe is inside a word is for the general way to tell.
            [b'\'' | b'`', next, ..] if !next.is_ascii() => return at + 1,
            _ => return at,
        }
    }
}

/// Passes over what begins no token at `at`, or cuts one token there. Returns where to go on.
pub(super) fn any_token(
    text: &str,
    at: usize,
    normal: &mut String,
    sink: &mut impl FnMut(Word<'_>),
) -> usize {
    let rest = &text[at..];
    let mut chars = rest.char_indices().map(|(offset, c)| (offset, c, traits(c)));
    let (_, first, found) = chars.next().expect("called before the end of the text");
    let class = found.class();
    if !matches!(class, Class::Word | Class::Unspaced) {
        return at + first.len_utf8();
    }
    // `end` is that of the last character that belongs to the token, `next` where reading stopped.
    let (mut end, mut next) = (first.len_utf8(), rest.len());
    let mut apostrophe = false;
    let mut whole = true;
    let mut form = Form::of(found);
    for (offset, c, found) in chars {
        let belongs = match found.class() {
            Class::Ignorable => {
                whole = false;
                continue;
            }
            Class::Apostrophe if class == Class::Word && !apostrophe => {
                apostrophe = true;
                continue;
            }
            Class::Word => class == Class::Word,
            Class::Mark => !apostrophe,
            Class::Apostrophe | Class::Unspaced | Class::Other => false,
        };
        if !belongs {
            next = offset;
            break;
        }
        form.push(found);
        whole &= !apostrophe;
        apostrophe = false;
        end = offset + c.len_utf8();
    }
    let raw = &rest[..end];
    let span = Span::new(at, at + end);
    let (unspaced, digit) = (class == Class::Unspaced, form.holds_digit());
    if whole && form.is_normal() {
        sink(Word { span, normal: raw, unspaced, digit });
    } else {
        normal.clear();
        normalize(raw, normal);
        if !normal.is_empty() {
            sink(Word { span, normal, unspaced, digit });
        }
    }
    at + next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, String)> {
        let mut words = Vec::new();
        tokenize(text, &mut |word: Word<'_>| {
            assert_eq!(word.hash(), hash::token(word.normal.as_bytes()), "{}", word.normal);
            words.push((word.span.of(text), word.normal.to_owned()));
        });
        words
    }

    #[test]
    fn words_are_cut_and_normalised() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            ("… — !?", &[]),
            ("The end.", &["the", "end"]),
            ("Russia's Russia’s RUSSIAʼS", &["russias", "russias", "russias"]),
            ("rock’n’roll ’tis dogs’ 'quoted'", &["rocknroll", "tis", "dogs", "quoted"]),
            ("a''b a'\u{301}b é'a a’é a'é", &["a", "b", "a", "b", "éa", "aé", "aé"]),
            ("non-alliance state-of-the-art", &["non", "alliance", "state", "of", "the", "art"]),
            ("snake_case 3.5 1,000", &["snake", "case", "3", "5", "1", "000"]),
            ("co\u{ad}op zero\u{200b}width \u{200b}a", &["coop", "zerowidth", "a"]),
            ("Straße CAFÉ cafe\u{301}", &["strasse", "café", "café"]),
            ("漢字かな", &["漢", "字", "か", "な"]),
            ("か\u{3099}ｶﾞー", &["が", "ガ", "ー"]),
            ("iPhone手机2024年", &["iphone", "手", "机", "2024", "年"]),
            ("ที่นี่", &["ที่", "นี่"]),
            ("हिन्दी में", &["हिन्दी", "में"]),
            ("\u{301}a <\u{338}b", &["a", "b"]),
            ("a🎉b\0c", &["a", "b", "c"]),
        ];
        for (text, expected) in table {
            let cut: Vec<String> = words(text).into_iter().map(|(_, normal)| normal).collect();
            assert_eq!(&cut, expected, "{text:?}");
        }
    }

    #[test]
    fn stems_are_five_characters_with_their_marks() {
        for (word, expected) in [
            ("a", "a"),
            ("tides", "tides"),
            ("harbour", "harbo"),
            ("éclairage", "éclai"),
            ("überall", "übera"),
            ("naïve", "naïve"),
            ("हिन्दुस्तानी", "हिन्दुस्ता"),
        ] {
            assert_eq!(stem(word), expected);
        }
        let (mut tokens, mut stems) = (Vec::new(), Vec::new());
        stemmed_tokens("Negotiated negotiations, 港口 x 港口", &mut tokens, &mut stems);
        assert_eq!(tokens.len(), stems.len());
        assert_eq!(stems[0], stems[1]);
        assert_eq!((stems[2], stems[4]), (stems[5], hash::token(b"x")));
        assert_ne!(stems[2], tokens[2].hash);
        assert_eq!(stems[3], tokens[3].hash);
    }

    #[test]
    fn unspaced_characters_take_their_marks_along() {
        let text = "ที่นี่";
        let raw: Vec<&str> = words(text).into_iter().map(|(raw, _)| raw).collect();
        assert_eq!(raw, ["ที่", "นี่"]);
        assert!(tokens(text).iter().all(|token| token.unspaced));
    }

    #[test]
    fn spans_leave_out_what_trails() {
        let raw: Vec<&str> = words("dogs’ co\u{ad} x\u{200d}.").into_iter().map(|(raw, _)| raw).collect();
        assert_eq!(raw, ["dogs", "co", "x"]);
    }

    /// No character is a token in one canonical form and something else in another.
    #[test]
    fn every_character_tokenises_as_its_decomposition() {
        use unicode_normalization::UnicodeNormalization;
        for c in '\u{80}'..=char::MAX {
            let composed = format!("a{c}b {c}");
            let decomposed: String = composed.nfd().collect();
            if composed != decomposed {
                let [l, r] = [&composed, &decomposed]
                    .map(|text| words(text).into_iter().map(|(_, normal)| normal).collect::<Vec<_>>());
                assert_eq!(l, r, "U+{:04X}", c as u32);
            }
        }
    }
}
