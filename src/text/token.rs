//! Tokens: the words of a text, or single characters in scripts without spaces.

use super::line_break::joined_at;
use super::machine::{canonical, is_hash, machine};
use super::sign;
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
    /// Whether the token is a URL, an e-mail address, a file path, a time stamp, a hash or a UUID. Such a token
    /// takes no part in passages and themes.
    pub machine: bool,
}

/// The tokens of `text`, in order.
///
/// A token is a run of letters, digits and marks. Apostrophes inside a word and default-ignorable
/// characters are skipped; all other characters separate tokens, also hyphens. Each character of Han,
/// Kana, Thai, Lao, Khmer and Burmese is a token, together with the marks that follow it. The hash is
/// that of the `NFKC_Casefold` form, so tokens that differ only in case, in width or in canonically
/// equivalent spelling have the same hash. Accents and digits do make a difference. Tatweel and other
/// characters that only stretch a word are ignorable.
///
/// Three things are more than runs of letters:
///
/// * A URL, an e-mail address, a file path, a time stamp, a hash or a UUID is one token, without the marks and
///   brackets around it. Its hash is that of no word ([`hash::machine`]).
/// * A sign that carries meaning is no token, but changes the hash of the token that it belongs to: a currency
///   or `-`, `+` and `±` before a number, `%`, `‰` and `°` after it, a comparison such as `<` or `=` before what
///   is compared, and the end of `C++` and `C#`. All forms of a sign are the same (`-15` and `−15`), and one
///   space before `%` makes no difference. The span includes signs that touch the token. Decorations are not
///   signs: `=====`, `-->`, `<tag>`, and `>` at the start of a line.
/// * A word broken at one line end is one token: after a soft hyphen, or after a hyphen that directly follows a
///   letter, if the next line begins with a lower-case letter. A hyphen of a compound with several (`state-of-`)
///   breaks no word.
///
/// ```
/// let text = "The Queen’s co-pilots";
/// let tokens = refrain::text::tokens(text);
/// let words: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
/// assert_eq!(words, ["The", "Queen’s", "co", "pilots"]);
/// assert_eq!(tokens[1].hash, refrain::text::tokens("QUEENS")[0].hash);
///
/// let text = "It costs $50: see https://example.org/tides.";
/// let tokens = refrain::text::tokens(text);
/// let words: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
/// assert_eq!(words, ["It", "costs", "$50", "see", "https://example.org/tides"]);
/// assert_ne!(tokens[2].hash, refrain::text::tokens("50")[0].hash);
/// assert!(tokens[4].machine);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, &mut |piece: Piece<'_>| match piece {
        Piece::Word(word) => tokens.push(word.token()),
        Piece::Sign(sign) => sign.apply(&mut tokens),
    });
    tokens
}

/// Appends the tokens of `text` and the stem of each, which inflected forms of a word share.
///
/// A stem is the hash of the first five characters of the normalised token; marks are not counted. This
/// is crude but needs no dictionary; four or six characters work about as well. In scripts without
/// spaces, where a token is one character, the stem is the hash of the token and the next one, if nothing
/// stands between them. Where something does, it is the stem of the token before: single characters are so
/// frequent that they say nothing. Signs do not count.
pub(crate) fn stemmed_tokens(
    text: &str,
    tokens: &mut Vec<Token>,
    stems: &mut Vec<u64>,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    let start = tokens.len();
    tokenize_watched(text, watch, &mut |piece: Piece<'_>| {
        let word = match piece {
            Piece::Word(word) => word,
            Piece::Sign(sign) => return sign.apply(tokens),
        };
        tokens.push(word.token());
        let stem = word.stem();
        let is_whole = word.machine || stem.len() == word.normal.len();
        stems.push(if is_whole { word.unsigned_hash() } else { hash::token(stem.as_bytes()) });
    })?;
    for at in start..tokens.len() {
        if at % POLL == 0 {
            watch.poll()?;
        }
        let joins = |at: usize| tokens.get(at + 1).is_some_and(|next| tokens[at].is_written_before(next));
        if joins(at) {
            stems[at] = hash::combine(&[tokens[at].hash, tokens[at + 1].hash]);
        } else if at > start && joins(at - 1) {
            stems[at] = stems[at - 1];
        }
    }
    Ok(())
}

impl Token {
    /// Whether this token and the next one are characters of a script without spaces with nothing between.
    pub(crate) fn is_written_before(&self, next: &Self) -> bool {
        self.unspaced && next.unspaced && self.span.end == next.span.start
    }
}

/// Passes the text of the stem of each token to `sink`: what [`stemmed_tokens`] hashes, in order. Of two
/// tokens of a script without spaces with nothing between them it is both characters. Strings for machines
/// are left out.
pub(crate) fn stem_texts(text: &str, sink: &mut impl FnMut(&str)) {
    // The last character that is a token, and the stem of the one written before it.
    let mut last: Option<(Token, String)> = None;
    let mut before_last: Option<String> = None;
    tokenize(text, &mut |piece: Piece<'_>| {
        let Piece::Word(word) = piece else { return };
        let token = word.token();
        if let Some((before, mut stem)) = last.take() {
            if before.is_written_before(&token) {
                stem.push_str(word.normal);
                sink(&stem);
                before_last = Some(stem);
            } else {
                sink(&before_last.take().unwrap_or(stem));
            }
        }
        if word.unspaced {
            last = Some((token, word.normal.to_owned()));
        } else if !word.machine {
            sink(word.stem());
        }
    });
    if let Some((_, stem)) = last {
        sink(&before_last.unwrap_or(stem));
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

/// What is found in a text.
pub(super) enum Piece<'a> {
    Word(Word<'a>),
    /// A sign that changes the token before it.
    Sign(Sign),
}

/// A sign behind the token that it changes.
#[derive(Clone, Copy)]
pub(super) struct Sign {
    /// What changes in the hash: an exclusive or.
    pub(super) change: u64,
    end: usize,
    /// Whether nothing stands between the token and the sign.
    touches: bool,
}

impl Sign {
    /// Changes the last token.
    fn apply(self, tokens: &mut [Token]) {
        if let Some(last) = tokens.last_mut() {
            last.hash ^= self.change;
            if self.touches {
                last.span = Span::new(last.span.start, self.end);
            }
        }
    }
}

/// A token with its normal form.
pub(super) struct Word<'a> {
    span: Span,
    normal: &'a str,
    /// Whether it is one character of a script without spaces.
    pub(super) unspaced: bool,
    has_digit: bool,
    machine: bool,
    /// What the signs before it change in the hash.
    change: u64,
}

impl<'a> Word<'a> {
    /// A word of `text`, with the signs before it. It begins with `first`.
    #[inline]
    fn new(text: &str, span: Span, first: char, normal: &'a str, has_digit: bool) -> Self {
        let (change, start) = sign::before(text, span.start, first);
        let span = Span::new(start, span.end);
        Self { span, normal, unspaced: false, has_digit, machine: is_hash(normal.as_bytes()), change }
    }

    #[inline]
    pub(super) fn hash(&self) -> u64 {
        self.unsigned_hash() ^ self.change
    }

    #[inline]
    fn unsigned_hash(&self) -> u64 {
        if self.unspaced {
            hash::unspaced(self.normal.as_bytes())
        } else if self.machine {
            hash::machine(self.normal.as_bytes())
        } else {
            hash::token_with_digit(self.normal.as_bytes(), self.has_digit)
        }
    }

    #[inline]
    fn token(&self) -> Token {
        Token { span: self.span, hash: self.hash(), unspaced: self.unspaced, machine: self.machine }
    }

    /// The text of its stem.
    fn stem(&self) -> &'a str {
        if self.machine { self.normal } else { stem(self.normal) }
    }
}

/// Appends the hashes of the characters of the normalised tokens of `text`, with one space between tokens.
pub(crate) fn hash_characters(text: &str, hashes: &mut Vec<u64>, watch: Watch<'_>) -> Result<(), Cancelled> {
    let start = hashes.len();
    tokenize_watched(text, watch, &mut |piece: Piece<'_>| {
        let Piece::Word(word) = piece else { return };
        if hashes.len() > start {
            hashes.push(hash::character(' '));
        }
        hashes.extend(word.normal.chars().map(hash::character));
    })
}

/// The number of characters of each normalised token of `text`.
pub(crate) fn count_characters(text: &str, watch: Watch<'_>) -> Result<Vec<usize>, Cancelled> {
    let mut counts = Vec::new();
    tokenize_watched(text, watch, &mut |piece: Piece<'_>| {
        if let Piece::Word(word) = piece {
            counts.push(word.normal.chars().count());
        }
    })?;
    Ok(counts)
}

/// Cuts `text` into tokens and passes each to `sink`.
fn tokenize(text: &str, sink: &mut impl FnMut(Piece<'_>)) {
    tokenize_part(text, 0, text.len(), &mut String::new(), sink);
}

/// The same, part by part, until the watcher cancels.
fn tokenize_watched(text: &str, watch: Watch<'_>, sink: &mut impl FnMut(Piece<'_>)) -> Result<(), Cancelled> {
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
/// ASCII words take a fast path. A word with any other character, or one that may be part of a string for
/// machines, takes the general path, which ends with that word.
fn tokenize_part(
    text: &str,
    mut at: usize,
    end: usize,
    normal: &mut String,
    sink: &mut impl FnMut(Piece<'_>),
) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        let byte = bytes[at];
        let start = at;
        if byte.is_ascii_alphanumeric() {
            normal.clear();
            at = ascii_word(bytes, at, normal);
            if ends_plainly(&bytes[at..]) {
                let has_digit = normal.bytes().any(|byte| byte.is_ascii_digit());
                let span = Span::new(start, at);
                sink(Piece::Word(Word::new(text, span, char::from(byte), normal, has_digit)));
                continue;
            }
        } else if byte.is_ascii() && !begins_piece(&bytes[at..]) {
            at += 1;
            continue;
        }
        at = next_piece(text, start, normal, sink);
    }
    at
}

/// Whether what follows an ASCII word shows that it is complete and no part of a string for machines.
#[inline]
fn ends_plainly(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b'.' | b':', next, ..] => next.is_ascii_whitespace() || matches!(next, b'"' | b')'),
        [b'-' | b'+' | b'_' | b'%' | b'~' | b'@' | b'/' | b'\\', ..] => false,
        [byte, ..] => byte.is_ascii(),
    }
}

/// Whether a string for machines, or a sign that changes the token before it, may begin here. No word does.
#[inline]
fn begins_piece(rest: &[u8]) -> bool {
    match rest {
        [b'/' | b'\\' | b'~', next, ..] => !next.is_ascii_whitespace(),
        [b'.', next, ..] => matches!(next, b'.' | b'/') || !next.is_ascii(),
        [byte, ..] => sign::may_follow(*byte),
        [] => false,
    }
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

/// Skips a character at `at` that begins no token, or reads one token or sign there. Returns where to continue.
///
/// What is found depends on the text alone. So reading may begin between any two tokens.
pub(super) fn next_piece(
    text: &str,
    at: usize,
    normal: &mut String,
    sink: &mut impl FnMut(Piece<'_>),
) -> usize {
    let rest = &text[at..];
    let first = rest.chars().next().expect("called before the end of the text");
    let found = char_traits(first);
    let class = found.class();
    let begins_word = matches!(class, CharClass::Word | CharClass::Unspaced);
    if (begins_word && canonical(first).is_ascii() || matches!(first, '/' | '\\' | '.' | '~'))
        && let Some(found) = machine(text, at)
    {
        found.normalize(text, at, normal);
        let (span, has_digit) = (Span::new(at, found.end), normal.chars().any(char::is_numeric));
        sink(Piece::Word(Word { span, normal, unspaced: false, has_digit, machine: true, change: 0 }));
        return found.end;
    }
    if !begins_word {
        return match sign::after(text, at) {
            Some((change, end, touches)) => {
                sink(Piece::Sign(Sign { change, end, touches }));
                end
            }
            None => at + first.len_utf8(),
        };
    }
    // `end` is the end of the last character of the token, `next` is where reading stopped.
    let (mut end, mut next) = (first.len_utf8(), first.len_utf8());
    let mut apostrophe = false;
    let mut contiguous = true;
    let mut traits = TokenTraits::of(found);
    let mut last = first;
    while let Some(c) = rest[next..].chars().next() {
        let found = char_traits(c);
        if matches!(found.class(), CharClass::Other | CharClass::Ignorable)
            && class == CharClass::Word
            && !apostrophe
            && let Some(joined) = joined_at(text, at, at + next, c, last)
        {
            contiguous = false;
            next = joined - at;
            continue;
        }
        let belongs = match found.class() {
            CharClass::Ignorable => {
                contiguous = false;
                next += c.len_utf8();
                continue;
            }
            CharClass::Apostrophe if class == CharClass::Word && !apostrophe => {
                apostrophe = true;
                next += c.len_utf8();
                continue;
            }
            CharClass::Word => class == CharClass::Word,
            CharClass::Mark => !apostrophe,
            CharClass::Apostrophe | CharClass::Unspaced | CharClass::Other => false,
        };
        if !belongs {
            break;
        }
        if found.class() == CharClass::Word {
            last = c;
        }
        traits.push(found);
        contiguous &= !apostrophe;
        apostrophe = false;
        next += c.len_utf8();
        end = next;
    }
    let raw = &rest[..end];
    let span = Span::new(at, at + end);
    let (unspaced, has_digit) = (class == CharClass::Unspaced, traits.has_digit());
    let normal = if contiguous && traits.is_normal() {
        raw
    } else {
        normal.clear();
        normalize(raw, normal);
        normal
    };
    if unspaced && !normal.is_empty() {
        sink(Piece::Word(Word { span, normal, unspaced, has_digit, machine: false, change: 0 }));
    } else if !normal.is_empty() {
        sink(Piece::Word(Word::new(text, span, first, normal, has_digit)));
    }
    at + next
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, String)> {
        let mut words = Vec::new();
        tokenize(text, &mut |piece: Piece<'_>| {
            let Piece::Word(word) = piece else { return };
            let hash = if word.unspaced { hash::unspaced } else { hash::token };
            assert_eq!(word.unsigned_hash(), hash(word.normal.as_bytes()), "{}", word.normal);
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

    /// The text of each token, and the hashes.
    fn cut(text: &str) -> (Vec<&str>, Vec<u64>) {
        tokens(text).iter().map(|token| (token.span.of(text), token.hash)).unzip()
    }

    #[test]
    fn signs_change_what_they_belong_to() {
        let table: &[(&str, &str, &[&str])] = &[
            ("$50", "50", &["$50"]),
            ("$50", "€50", &["$50"]),
            ("US$50", "US 50", &["US", "$50"]),
            ("50€", "50", &["50€"]),
            ("-$50", "$50", &["-$50"]),
            ("at −15 degrees", "at 15 degrees", &["at", "−15", "degrees"]),
            ("50%", "50", &["50%"]),
            ("50‰", "50%", &["50‰"]),
            ("15°", "15", &["15°"]),
            ("15 °C", "15 C", &["15", "C"]),
            ("+5", "5", &["+5"]),
            ("5 ± 2", "5 2", &["5", "2"]),
            ("x < 5", "x > 5", &["x", "5"]),
            ("x<5", "x>5", &["x", "<5"]),
            ("x < y", "x y", &["x", "y"]),
            ("x = y", "x y", &["x", "y"]),
            ("x <= 5", "x < 5", &["x", "5"]),
            ("<5 mg", "5 mg", &["<5", "mg"]),
            ("p < −5", "p > −5", &["p", "−5"]),
            ("x ≠ 5", "x = 5", &["x", "5"]),
            ("C++ and", "C and", &["C++", "and"]),
            ("C#", "C", &["C#"]),
            ("C++", "C#", &["C++"]),
            ("en 50\u{202f}% des", "en 50 des", &["en", "50", "des"]),
            ("٪ 50٪", "50", &["50٪"]),
        ];
        for (left, right, spans) in table {
            assert_eq!(cut(left).0, *spans, "{left}");
            assert_ne!(cut(left).1, cut(right).1, "{left} and {right}");
            assert_eq!(cut(left).0.len(), cut(right).0.len(), "{left} and {right}");
        }
    }

    #[test]
    fn forms_of_a_sign_are_the_same_and_decorations_are_none() {
        for (left, right) in [
            ("-15", "−15"),
            ("–15", "－15"),
            ("50%", "50 %"),
            ("50%", "50 ％"),
            ("€50", "50 €"),
            ("€50", "€ 50"),
            ("$50", "＄50"),
            ("x <= 5", "x ≤ 5"),
            ("x != 5", "x ≠ 5"),
            ("x == 5", "x = 5"),
            ("=\u{338} 5", "≠ 5"),
            ("===== 5", "5"),
            ("= Title =", "Title"),
            ("--> 5", "5"),
            ("a -> b", "a b"),
            ("x => y", "x y"),
            (">>> quoted", "quoted"),
            ("> quoted", "quoted"),
            ("> 5 people\n> 6 people", "5 people 6 people"),
            ("<b>5</b> <td class='x'>6</td>", "b 5 b td class='x' 6 td"),
            ("<i>x</i>", "i x i"),
            ("1990-1995", "1990 1995"),
            ("1990–1995", "1990 1995"),
            ("covid-19", "covid 19"),
            ("-- 5", "5"),
            ("--5", "5"),
            ("- 5 apples", "5 apples"),
            ("# 5", "5"),
            ("see #5", "see 5"),
            ("a % b", "a b"),
            ("and++ this", "and this"),
            ("%20", "20"),
        ] {
            assert_eq!(cut(left).1, cut(right).1, "{left} and {right}");
        }
    }

    #[test]
    fn strings_for_machines_are_one_token() {
        let text = "See https://example.org/a?b=1, a.b@example.org (/a/b.txt) at [00:12]: \
                    0123456789abcdef0123456789ABCDEF.";
        let expected = [
            "See",
            "https://example.org/a?b=1",
            "a.b@example.org",
            "/a/b.txt",
            "at",
            "00:12",
            "0123456789abcdef0123456789ABCDEF",
        ];
        assert_eq!(cut(text).0, expected);
        let machine: Vec<bool> = tokens(text).iter().map(|token| token.machine).collect();
        assert_eq!(machine, [false, true, true, true, false, true, true]);
        assert_eq!(cut("HTTPS://EXAMPLE.org/x").1, cut("https://example.org/x").1);
        assert_ne!(cut("https://example.org/x").1, cut("https://example.org/X").1);
        assert!(hash::holds_digit(tokens("[00:12]")[0].hash));
    }

    #[test]
    fn words_go_on_behind_a_line_end() {
        for (text, expected) in [
            ("under\u{ad}\nstand", "understand"),
            ("under\u{ad}\r\n  Stand", "understand"),
            ("under-\nstand", "understand"),
            ("under‐\r  stand", "understand"),
            ("é-\nté", "été"),
            ("e\u{301}-\u{2028}te\u{301}", "été"),
            ("البلديـــة", "البلدية"),
            ("under- stand", "under stand"),
            ("under-\nStand", "under stand"),
            ("under-\n\nstand", "under stand"),
            ("under\u{ad}\n\nstand", "under stand"),
            ("1990-\nstand", "1990 stand"),
            ("state-of-\nthe", "state of the"),
            ("under -\nstand", "under stand"),
            ("under--\nstand", "under stand"),
            ("ــــ under", "under"),
        ] {
            assert_eq!(cut(text).1, cut(expected).1, "{text:?}");
        }
        assert_eq!(cut("(under-\n  stand's)").0, ["under-\n  stand's"]);
    }

    #[test]
    fn parts_cut_the_same_tokens() {
        let text = "Russia’s co\u{ad}op, don't 漢字 'tis e\u{301}te\u{301} x\u{200d}. ".repeat(9000);
        let mut cut = Vec::new();
        let mut push = |piece: Piece<'_>| match piece {
            Piece::Word(word) => cut.push((word.span, word.hash())),
            Piece::Sign(_) => unreachable!("there are no signs"),
        };
        tokenize_watched(&text, Watch::none(), &mut push).unwrap();
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
        assert_eq!(stems[3], stems[2]);
        let (mut tokens, mut stems) = (Vec::new(), Vec::new());
        stemmed_tokens("港。口 $5", &mut tokens, &mut stems, Watch::none()).unwrap();
        assert_eq!(stems, [tokens[0].hash, tokens[1].hash, hash::token(b"5")]);
        let mut texts = Vec::new();
        stem_texts("Negotiated negotiations, 港口 x 港口", &mut |stem: &str| texts.push(stem.to_owned()));
        assert_eq!(texts, ["negot", "negot", "港口", "港口", "x", "港口", "港口"]);
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
                let [l, r] = [&composed, &decomposed].map(|text| tokens(text).into_iter().map(|t| t.hash));
                assert!(l.eq(r), "U+{:04X}", c as u32);
            }
        }
    }
}
