//! Tokens: the words of a text, or single characters in scripts without spaces.

use super::unicode::{CharClass, TokenTraits, char_traits, normalize};
use crate::set::hash;
use crate::util::progress::{Cancelled, Watch};
use crate::util::span::Span;

/// A word of a text: its place in the original and the hash of its normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// The bytes of the token in the original text.
    pub span: Span,
    /// The hash of the normalised token ([`hash::token`]).
    pub hash: u64,
    /// Whether the token is one character of a script without spaces. Where a minimum number of tokens
    /// is required, two of these count as one.
    pub unspaced: bool,
}

/// The tokens of `text`, in order.
///
/// A token is a run of letters, digits and marks. Apostrophes inside a word and default-ignorable
/// characters are skipped; all other characters separate tokens, also hyphens. Each character of Han,
/// Kana, Thai, Lao, Khmer and Burmese is a token, together with the marks that follow it. The hash is
/// that of the `NFKC_Casefold` form, so tokens that differ only in case, in width or in canonically
/// equivalent spelling have the same hash. Accents and digits do make a difference.
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

/// Appends the tokens of `text` and the stem of each, which inflected forms of a word share.
///
/// A stem is the hash of the first five characters of the normalised token; marks are not counted. This
/// is crude but needs no dictionary; four or six characters work about as well. In scripts without
/// spaces, where a token is one character, the stem is the hash of the token
/// and the next one.
pub(crate) fn stemmed_tokens(
    text: &str,
    tokens: &mut Vec<Token>,
    stems: &mut Vec<u64>,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    let start = tokens.len();
    tokenize_watched(text, watch, &mut |word: Word<'_>| {
        let hash = word.hash();
        tokens.push(Token { span: word.span, hash, unspaced: word.unspaced });
        let stem = stem(word.normal);
        stems.push(if stem.len() == word.normal.len() { hash } else { hash::token(stem.as_bytes()) });
    })?;
    for at in start..tokens.len() {
        if at % POLL == 0 {
            watch.poll()?;
        }
        if let [first, second, ..] = &tokens[at..]
            && first.unspaced
            && second.unspaced
        {
            stems[at] = hash::combine(&[first.hash, second.hash]);
        }
    }
    Ok(())
}

/// Passes the text of the stem of each token to `sink`: what [`stemmed_tokens`] hashes, in order. Of two
/// neighbouring tokens of a script without spaces it is both characters.
pub(crate) fn stem_texts(text: &str, sink: &mut impl FnMut(&str)) {
    let mut last: Option<String> = None;
    tokenize(text, &mut |word: Word<'_>| {
        if let Some(mut before) = last.take() {
            if word.unspaced {
                before.push_str(word.normal);
            }
            sink(&before);
        }
        if word.unspaced { last = Some(word.normal.to_owned()) } else { sink(stem(word.normal)) }
    });
    if let Some(last) = last {
        sink(&last);
    }
}

/// The number of tokens after which the watcher is asked: some hundredths of a millisecond.
const POLL: usize = 1 << 14;

/// The number of characters in a stem.
const STEM_LENGTH: usize = 5;

/// The first characters of a normalised token, with the marks that follow them.
fn stem(normal: &str) -> &str {
    if normal.len() <= STEM_LENGTH {
        return normal;
    }
    if normal.as_bytes()[..=STEM_LENGTH].is_ascii() {
        return &normal[..STEM_LENGTH];
    }
    let bases =
        normal.char_indices().filter(|&(_, c)| c.is_ascii() || char_traits(c).class() != CharClass::Mark);
    bases.map(|(at, _)| at).nth(STEM_LENGTH).map_or(normal, |end| &normal[..end])
}

/// A token with its normal form.
pub(super) struct Word<'a> {
    span: Span,
    normal: &'a str,
    /// Whether it is one character of a script without spaces.
    pub(super) unspaced: bool,
    has_digit: bool,
}

impl Word<'_> {
    pub(super) fn hash(&self) -> u64 {
        hash::token_with_digit(self.normal.as_bytes(), self.has_digit)
    }
}

/// Appends the hashes of the characters of the normalised tokens of `text`, with one space between tokens.
pub(crate) fn hash_characters(text: &str, hashes: &mut Vec<u64>, watch: Watch<'_>) -> Result<(), Cancelled> {
    let start = hashes.len();
    tokenize_watched(text, watch, &mut |word: Word<'_>| {
        if hashes.len() > start {
            hashes.push(hash::character(' '));
        }
        hashes.extend(word.normal.chars().map(hash::character));
    })
}

/// Cuts `text` into tokens and passes each to `sink`.
fn tokenize(text: &str, sink: &mut impl FnMut(Word<'_>)) {
    tokenize_part(text, 0, text.len(), &mut String::new(), sink);
}

/// The same, part by part, until the watcher cancels.
fn tokenize_watched(text: &str, watch: Watch<'_>, sink: &mut impl FnMut(Word<'_>)) -> Result<(), Cancelled> {
    /// The bytes of a part: some tenths of a millisecond.
    const PART: usize = 1 << 15;
    let (mut at, mut normal) = (0, String::new());
    while at < text.len() {
        at = tokenize_part(text, at, text.len().min(at + PART), &mut normal, sink);
        watch.poll()?;
    }
    Ok(())
}

/// Cuts the tokens that begin in a part of `text` and passes each to `sink`. Returns where the next part
/// begins; the first begins at 0.
///
/// ASCII words take a fast path. A word with any other character takes the general path, which ends with
/// that word.
fn tokenize_part(
    text: &str,
    mut at: usize,
    end: usize,
    normal: &mut String,
    sink: &mut impl FnMut(Word<'_>),
) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        let byte = bytes[at];
        let start = at;
        if byte.is_ascii_alphanumeric() {
            normal.clear();
            at = ascii_word(bytes, at, normal);
            if bytes.get(at).is_none_or(u8::is_ascii) {
                let has_digit = normal.bytes().any(|byte| byte.is_ascii_digit());
                sink(Word { span: Span::new(start, at), normal, unspaced: false, has_digit });
                continue;
            }
        } else if byte.is_ascii() {
            at += 1;
            continue;
        }
        at = unicode_token(text, start, normal, sink);
    }
    at
}

/// Reads an ASCII word at `at` into `normal` and returns its end: the first byte that is not ASCII or that
/// separates words.
fn ascii_word(bytes: &[u8], mut at: usize, normal: &mut String) -> usize {
    loop {
        match bytes[at..] {
            [byte, ..] if byte.is_ascii_alphanumeric() => {
                normal.push(char::from(byte.to_ascii_lowercase()));
                at += 1;
            }
            [b'\'' | b'`', next, ..] if next.is_ascii_alphanumeric() => at += 1,
            // The general path decides whether the apostrophe is inside a word.
            [b'\'' | b'`', next, ..] if !next.is_ascii() => return at + 1,
            _ => return at,
        }
    }
}

/// Skips a character at `at` that begins no token, or cuts one token there. Returns where to continue.
pub(super) fn unicode_token(
    text: &str,
    at: usize,
    normal: &mut String,
    sink: &mut impl FnMut(Word<'_>),
) -> usize {
    let rest = &text[at..];
    let mut chars = rest.char_indices().map(|(offset, c)| (offset, c, char_traits(c)));
    let (_, first, found) = chars.next().expect("called before the end of the text");
    let class = found.class();
    if !matches!(class, CharClass::Word | CharClass::Unspaced) {
        return at + first.len_utf8();
    }
    // `end` is the end of the last character of the token, `next` is where reading stopped.
    let (mut end, mut next) = (first.len_utf8(), rest.len());
    let mut apostrophe = false;
    let mut contiguous = true;
    let mut traits = TokenTraits::of(found);
    for (offset, c, found) in chars {
        let belongs = match found.class() {
            CharClass::Ignorable => {
                contiguous = false;
                continue;
            }
            CharClass::Apostrophe if class == CharClass::Word && !apostrophe => {
                apostrophe = true;
                continue;
            }
            CharClass::Word => class == CharClass::Word,
            CharClass::Mark => !apostrophe,
            CharClass::Apostrophe | CharClass::Unspaced | CharClass::Other => false,
        };
        if !belongs {
            next = offset;
            break;
        }
        traits.push(found);
        contiguous &= !apostrophe;
        apostrophe = false;
        end = offset + c.len_utf8();
    }
    let raw = &rest[..end];
    let span = Span::new(at, at + end);
    let (unspaced, has_digit) = (class == CharClass::Unspaced, traits.has_digit());
    if contiguous && traits.is_normal() {
        sink(Word { span, normal: raw, unspaced, has_digit });
    } else {
        normal.clear();
        normalize(raw, normal);
        if !normal.is_empty() {
            sink(Word { span, normal, unspaced, has_digit });
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
    fn parts_cut_the_same_tokens() {
        let text = "Russia’s co\u{ad}op, don't 漢字 'tis e\u{301}te\u{301} x\u{200d}. ".repeat(9000);
        let mut cut = Vec::new();
        tokenize_watched(&text, Watch::none(), &mut |word: Word<'_>| cut.push((word.span, word.hash())))
            .unwrap();
        assert!(cut.into_iter().eq(tokens(&text).into_iter().map(|token| (token.span, token.hash))));
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
        stemmed_tokens("Negotiated negotiations, 港口 x 港口", &mut tokens, &mut stems, Watch::none())
            .unwrap();
        assert_eq!(tokens.len(), stems.len());
        assert_eq!(stems[0], stems[1]);
        assert_eq!((stems[2], stems[4]), (stems[5], hash::token(b"x")));
        assert_ne!(stems[2], tokens[2].hash);
        assert_eq!(stems[3], tokens[3].hash);
        let mut texts = Vec::new();
        stem_texts("Negotiated negotiations, 港口 x 港口", &mut |stem: &str| texts.push(stem.to_owned()));
        assert_eq!(texts, ["negot", "negot", "港口", "口", "x", "港口", "口"]);
    }

    #[test]
    fn unspaced_characters_keep_their_marks() {
        let text = "ที่นี่";
        let raw: Vec<&str> = words(text).into_iter().map(|(raw, _)| raw).collect();
        assert_eq!(raw, ["ที่", "นี่"]);
        assert!(tokens(text).iter().all(|token| token.unspaced));
    }

    #[test]
    fn spans_exclude_trailing_apostrophes_and_ignorable_characters() {
        let raw: Vec<&str> = words("dogs’ co\u{ad} x\u{200d}.").into_iter().map(|(raw, _)| raw).collect();
        assert_eq!(raw, ["dogs", "co", "x"]);
    }

    /// The canonical forms of a character give the same tokens.
    #[test]
    fn every_character_gives_the_tokens_of_its_decomposition() {
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
