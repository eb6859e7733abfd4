//! Strings written for machines: addresses, paths, time stamps and keys. Each is one token.
//!
//! | kind | examples | letter case that counts |
//! | --- | --- | --- |
//! | URL | `https://example.org/a?b=1`, `www.example.org` | behind the host |
//! | e-mail address | `first.last@example.org` | none |
//! | file path | `/a/b.txt`, `C:\x\y`, `./x`, `~/x`, `src/main.rs` | all |
//! | time stamp | `[00:12]`, `(1:02:03)`, `00:00:12,000`, `2024-05-01T12:00:00Z` | none |
//! | UUID, hash | `8-4-4-4-12` hexadecimal digits; 32 or more of them, with a letter and a digit | none |
//!
//! A mark that ends a sentence, or a bracket that closes around the string, does not belong to it. A path
//! without a beginning such as `/` or `./` must end in a file name with a suffix in lower case, so `and/or`,
//! `km/h` and `1/2` are none; one that begins with `/` needs two names, or one with a suffix. A time of day
//! in a sentence (`09:30`) is no time stamp: that needs brackets, thousandths of a second, an arrow to
//! another one, or a date. Default-ignorable characters are skipped, as in words.

use unicode_normalization::UnicodeNormalization;

use super::unicode::{CharClass, char_traits};

/// A string for machines at the start of some text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Machine {
    pub(super) end: usize,
    fold: Fold,
}

/// Where upper and lower case make no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    All,
    /// Up to the end of the host.
    Host,
    Nothing,
}

/// The most characters of an e-mail address before `@`, and of the first name of a path.
const LONGEST_NAME: usize = 64;
/// The most characters of a scheme.
const LONGEST_SCHEME: usize = 32;
/// The bytes in which one of the marks of such a string must come.
const LOOK_AHEAD: usize = 512;
/// The fewest digits of a hash.
const LEAST_HASH: usize = 32;

/// The string for machines that begins at `at`, where a word begins or one of `/`, `\`, `.` and `~` stands.
///
/// The result depends on the text alone, not on where reading began. Whatever the text, reading all of it
/// takes time in proportion to its length.
pub(super) fn machine(text: &str, at: usize) -> Option<Machine> {
    if !has_mark(&text.as_bytes()[at..]) {
        return None;
    }
    let start = Reader { text, next: at, end: at };
    let before = sign_before(text, at);
    let is_mark = |c: char| !c.is_ascii() && char_traits(c).class() == CharClass::Mark;
    // A letter with marks may also be written as one character, which begins no such string.
    let has_marks = || start.peek().and_then(|(_, at)| at.peek()).is_some_and(|(c, _)| is_mark(c));
    if before.is_some_and(is_word) || has_marks() {
        return None;
    }
    let found = |end: usize, fold: Fold| Some(Machine { end, fold });
    if let Some(end) = url(start) {
        return found(end, Fold::Host);
    }
    if !before.is_some_and(|c| matches!(c, '.' | '_' | '%' | '+' | '-'))
        && let Some(end) = mail(start)
    {
        return found(end, Fold::All);
    }
    if let Some(end) = stamp(start, before).or_else(|| uuid(start, before)) {
        return found(end, Fold::All);
    }
    path(start, before).and_then(|end| found(end, Fold::Nothing))
}

/// Whether a word is a hash: its characters, without those that are skipped.
pub(super) fn is_hash(word: &[u8]) -> bool {
    word.len() >= LEAST_HASH
        && word.iter().all(u8::is_ascii_hexdigit)
        && word.iter().any(u8::is_ascii_digit)
        && word.iter().any(u8::is_ascii_alphabetic)
}

impl Machine {
    /// Writes the normal form of the string, which begins at `at`, to `normal`.
    pub(super) fn normalize(self, text: &str, at: usize, normal: &mut String) {
        normal.clear();
        let raw = text[at..self.end].chars();
        normal.extend(raw.filter(|&c| char_traits(c).class() != CharClass::Ignorable).nfc());
        let scheme = normal.find("://").filter(|&at| !normal[..at].contains('/'));
        let host = scheme.map_or(0, |at| at + 3);
        let folded = match self.fold {
            Fold::All => normal.len(),
            Fold::Host => normal[host..].find(['/', '?', '#']).map_or(normal.len(), |end| host + end),
            Fold::Nothing => 0,
        };
        normal[..folded].make_ascii_lowercase();
    }
}

/// Whether a mark of such a string comes soon, before white space.
fn has_mark(bytes: &[u8]) -> bool {
    if matches!(bytes, [b'w' | b'W', b'w' | b'W', b'w' | b'W', ..]) {
        return true;
    }
    let mut bytes = bytes.iter().take(LOOK_AHEAD).take_while(|byte| !byte.is_ascii_whitespace()).peekable();
    while let Some(byte) = bytes.next() {
        let is_mark = match byte {
            b'/' | b'\\' | b'@' => true,
            // Of dates, times and UUIDs; characters that are skipped may stand between.
            b':' | b'-' => bytes.peek().is_some_and(|next| next.is_ascii_digit() || !next.is_ascii()),
            _ => false,
        };
        if is_mark {
            return true;
        }
    }
    false
}

/// A letter or digit, or a mark that belongs to one.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || !c.is_ascii() && matches!(char_traits(c).class(), CharClass::Word | CharClass::Mark)
}

/// The character that `c` is canonically equivalent to, if that is in ASCII.
pub(super) fn canonical(c: char) -> char {
    match c {
        '\u{212a}' => 'K',
        '\u{37e}' => ';',
        '\u{1fef}' => '`',
        c => c,
    }
}

/// The last character before `at` that is not skipped, and where it begins.
pub(super) fn last_before(text: &str, at: usize) -> Option<(char, usize)> {
    let mut chars = text[..at].char_indices().rev();
    chars
        .find(|&(_, c)| c.is_ascii() || char_traits(c).class() != CharClass::Ignorable)
        .map(|(at, c)| (canonical(c), at))
}

/// The same without its place. A sign with combining marks, which may also be written as one character, is
/// U+FFFD.
pub(super) fn sign_before(text: &str, at: usize) -> Option<char> {
    let (last, mut at) = last_before(text, at)?;
    let is_mark = |c: char| !c.is_ascii() && char_traits(c).class() == CharClass::Mark;
    let mut base = last;
    while is_mark(base) {
        match last_before(text, at) {
            Some((c, before)) => (base, at) = (c, before),
            None => break,
        }
    }
    Some(if base == last || is_word(base) { last } else { '\u{fffd}' })
}

/// The first character from `at` on that is not skipped, and where it ends.
pub(super) fn first_after(text: &str, at: usize) -> Option<(char, usize)> {
    let mut chars = text[at..].char_indices();
    chars
        .find(|&(_, c)| c.is_ascii() || char_traits(c).class() != CharClass::Ignorable)
        .map(|(offset, c)| (canonical(c), at + offset + c.len_utf8()))
}

/// Reads characters, without those that are skipped.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    /// Where to go on.
    next: usize,
    /// The end of the last character read.
    end: usize,
}

impl Reader<'_> {
    /// The next character, or `None` at the end or before a sign with combining marks, which is another sign.
    fn peek(self) -> Option<(char, Self)> {
        let (c, end) = first_after(self.text, self.next)?;
        let after = Self { next: end, end, ..self };
        let is_mark = |c: char| !c.is_ascii() && char_traits(c).class() == CharClass::Mark;
        if !is_word(c) && self.text.as_bytes().get(end).is_some_and(|byte| !byte.is_ascii()) {
            let combined = first_after(self.text, end).is_some_and(|(c, _)| is_mark(c));
            return (!combined).then_some((c, after));
        }
        Some((c, after))
    }

    /// The reader after the next character, if that passes a test.
    fn one(self, test: impl Fn(char) -> bool) -> Option<Self> {
        self.peek().filter(|&(c, _)| test(c)).map(|(_, after)| after)
    }

    fn char(self, wanted: char) -> Option<Self> {
        self.one(|c| c == wanted)
    }

    /// The reader after as many characters as pass a test, and how many these are; one more than `most` is enough.
    fn many(mut self, most: usize, test: impl Fn(char) -> bool) -> (Self, usize) {
        let mut count = 0;
        while count <= most
            && let Some(after) = self.one(&test)
        {
            (self, count) = (after, count + 1);
        }
        (self, count)
    }

    /// The reader after some characters that pass a test, if there are as many as wanted.
    fn times(self, wanted: std::ops::RangeInclusive<usize>, test: impl Fn(char) -> bool) -> Option<Self> {
        let (after, count) = self.many(*wanted.end(), test);
        wanted.contains(&count).then_some(after)
    }

    fn digits(self, wanted: std::ops::RangeInclusive<usize>) -> Option<Self> {
        self.times(wanted, |c| c.is_ascii_digit())
    }

    /// Whether no word goes on here.
    fn is_end(self) -> bool {
        !first_after(self.text, self.next).is_some_and(|(c, _)| is_word(c))
    }
}

/// The end of a URL with a scheme, or of an address that begins with `www.`.
fn url(start: Reader<'_>) -> Option<usize> {
    let scheme = || {
        let first = start.one(|c| c.is_ascii_alphabetic())?;
        let (after, count) =
            first.many(LONGEST_SCHEME, |c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        (1..=LONGEST_SCHEME).contains(&count).then_some(after)?.char(':')?.char('/')?.char('/')
    };
    let www = || start.times(3..=3, |c| matches!(c, 'w' | 'W'))?.char('.');
    let body = scheme().or_else(www)?;
    body.one(|c| is_word(c) || matches!(c, '[' | '/'))?;
    let (mut at, mut end) = (body, None);
    let mut open = [0_u32; 2];
    while let Some((c, after)) = at.peek() {
        match c {
            '(' | '[' => open[usize::from(c == '[')] += 1,
            ')' | ']' => {
                let open = &mut open[usize::from(c == ']')];
                if *open == 0 {
                    break;
                }
                *open -= 1;
                end = Some(after.end);
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => {}
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' => break,
            c if c.is_ascii_graphic() || is_word(c) => end = Some(after.end),
            _ => break,
        }
        at = after;
    }
    end
}

/// The end of an e-mail address.
fn mail(start: Reader<'_>) -> Option<usize> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let label = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut at = start.times(1..=LONGEST_NAME, local)?.char('@')?.times(1..=LONGEST_NAME, label)?;
    let mut top = 0;
    while let Some(next) = at.char('.').and_then(|at| at.times(1..=LONGEST_NAME, label)) {
        top = at.char('.')?.many(LONGEST_NAME, |c| c.is_ascii_alphabetic()).1;
        at = next;
    }
    (top >= 2 && at.is_end()).then_some(at.end)
}

/// The end of a time stamp; `before` is the character before it.
fn stamp(start: Reader<'_>, before: Option<char>) -> Option<usize> {
    let date = || {
        let day = start.digits(4..=4)?.char('-')?.digits(2..=2)?.char('-')?.digits(2..=2)?;
        let (time, ..) = clock(day.one(|c| matches!(c, 'T' | 't'))?)?;
        let zone = || {
            let hours = time.one(|c| matches!(c, '+' | '-'))?.digits(2..=2)?;
            hours.char(':').unwrap_or(hours).digits(2..=2)
        };
        Some(time.one(|c| matches!(c, 'Z' | 'z')).or_else(zone).unwrap_or(time))
    };
    if let Some(after) = date().filter(|after| after.is_end()) {
        return Some(after.end);
    }
    let (after, parts, fraction) = clock(start)?;
    let closed = |c: char| after.char(c).is_some();
    let is_stamp = match before {
        Some('[') if closed(']') => true,
        Some('(') if closed(')') => parts == 3,
        _ => fraction == 3 && (parts == 3 || has_arrow(start, after)),
    };
    (is_stamp && after.is_end()).then_some(after.end)
}

/// Whether an arrow stands before or after a time.
fn has_arrow(start: Reader<'_>, after: Reader<'_>) -> bool {
    let before = start.text[..start.next].trim_end_matches(' ').ends_with("-->");
    before || start.text[after.next..].trim_start_matches(' ').starts_with("-->")
}

/// What follows a time of two or three parts, how many these are, and the digits behind the seconds.
fn clock(start: Reader<'_>) -> Option<(Reader<'_>, usize, usize)> {
    let digit = |c: char| c.is_ascii_digit();
    let minutes = start.digits(1..=3)?.char(':')?.digits(2..=2)?;
    let seconds = minutes.char(':').and_then(|at| at.digits(2..=2));
    let (at, parts) = seconds.map_or((minutes, 2), |at| (at, 3));
    let fraction =
        at.one(|c| matches!(c, '.' | ',')).map(|at| at.many(9, digit)).filter(|&(_, count)| count > 0);
    let (at, fraction) = fraction.unwrap_or((at, 0));
    Some((at, parts, fraction))
}

/// The end of a UUID, whose third group begins with the digit of its version.
fn uuid(start: Reader<'_>, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|c| matches!(c, '-' | '_')) {
        return None;
    }
    let group = |at: Reader<'_>, len: usize| {
        let after = at.times(len..=len, |c| c.is_ascii_hexdigit());
        after.map(|Reader { next, end, .. }| (next, end))
    };
    let mut at = start;
    for (number, len) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if number > 0 {
            at = at.char('-')?;
        }
        if number == 2 {
            at.one(|c| c.is_ascii_digit())?;
        }
        let (next, end) = group(at, len)?;
        at = Reader { next, end, ..at };
    }
    (at.is_end() && at.char('-').is_none()).then_some(at.end)
}

/// The end of a file path; `before` is the character before it.
fn path(start: Reader<'_>, before: Option<char>) -> Option<usize> {
    let inside = |c: char| matches!(c, '/' | '\\' | '.' | '-' | '_' | '+' | '~' | '%' | '@' | '<');
    if before.is_some_and(inside) {
        return None;
    }
    let here = || {
        let dots = start.char('.').map(|at| at.char('.').unwrap_or(at));
        dots.or_else(|| start.char('~'))?.char('/')
    };
    let drive = || start.one(|c| c.is_ascii_alphabetic())?.char(':')?.one(|c| matches!(c, '/' | '\\'));
    let share = || start.char('\\')?.char('\\');
    if let Some(at) = here().or_else(drive) {
        return names(at, usize::MAX).filter(|names| names.count > 0).map(|names| names.end);
    }
    if let Some(at) = share() {
        return names(at, usize::MAX).filter(|names| names.count > 1).map(|names| names.end);
    }
    if let Some(at) = start.char('/') {
        let names = names(at, usize::MAX)?;
        return (names.has_letter && (names.count > 1 || names.has_suffix)).then_some(names.end);
    }
    start.one(is_word)?;
    let names = names(start, LONGEST_NAME)?;
    (names.count > 1 && names.has_suffix).then_some(names.end)
}

/// The names of a path, parted by slashes.
struct Names {
    count: usize,
    /// The end of the last one, without the marks that may follow it.
    end: usize,
    /// Whether the last one has a suffix of at most five letters and digits in lower case.
    has_suffix: bool,
    has_letter: bool,
}

/// The names from here on; the first has at most as many characters as given.
fn names(start: Reader<'_>, longest_first: usize) -> Option<Names> {
    let mut names = Names { count: 0, end: start.end, has_suffix: false, has_letter: false };
    let (mut at, mut is_first) = (start, true);
    loop {
        // The length of the name, and that of what follows its last full stop if this may be a suffix.
        let (mut length, mut suffix, mut is_name) = (0, None, false);
        names.has_suffix = false;
        while let Some((c, after)) = at.peek() {
            match c {
                '.' => suffix = Some(0).filter(|_| length > 0),
                '-' | '_' | '+' | '~' | '%' => suffix = None,
                c if is_word(c) => {
                    suffix = suffix.filter(|&at: &usize| {
                        at < 5 && (c.is_ascii_lowercase() || at > 0 && c.is_ascii_digit())
                    });
                    suffix = suffix.map(|at| at + 1);
                    names.has_letter |= c.is_alphabetic();
                    is_name = true;
                    names.end = after.end;
                    names.has_suffix = suffix.is_some();
                }
                _ => break,
            }
            length += 1;
            if is_first && length > longest_first {
                return None;
            }
            at = after;
        }
        if length == 0 {
            // Two slashes in a row, or one at the end.
            return (names.count > 0).then_some(names);
        }
        is_first = false;
        names.count += usize::from(is_name);
        match at.one(|c| matches!(c, '/' | '\\')) {
            Some(after) if after.one(|c| is_word(c) || matches!(c, '.' | '_' | '-')).is_some() => at = after,
            _ => return Some(names),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The string at the first `|`.
    fn cut(text: &str) -> Option<String> {
        let at = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        machine(&text, at).map(|found| text[at..found.end].to_owned())
    }

    #[test]
    fn strings_for_machines_end_before_the_marks_around_them() {
        let table = [
            ("see |https://example.org/a_b/c.html?d=e%20f#g.", "https://example.org/a_b/c.html?d=e%20f#g"),
            ("[x](|https://example.org/a)", "https://example.org/a"),
            ("(|https://example.org/wiki/Tide_(sea)), so", "https://example.org/wiki/Tide_(sea)"),
            ("**|http://example.org**", "http://example.org"),
            ("<|https://example.org/>", "https://example.org/"),
            ("|git+ssh://host/x", "git+ssh://host/x"),
            ("|https://example.org/wiki/Köln heißt", "https://example.org/wiki/Köln"),
            ("看|https://example.org/a。", "https://example.org/a"),
            ("|www.example.org, where", "www.example.org"),
            ("mailto:|Ann.Lee+x@mail.example.org.", "Ann.Lee+x@mail.example.org"),
            ("|/usr/lib/tide.so.1, which", "/usr/lib/tide.so.1"),
            ("|/notes.txt", "/notes.txt"),
            ("|./run/all", "./run/all"),
            ("|../up.", "../up"),
            ("|~/.config/x", "~/.config/x"),
            (r"|C:\Users\ann\a.doc", r"C:\Users\ann\a.doc"),
            (r"|\\host\share", r"\\host\share"),
            ("in |src/text/token.rs:", "src/text/token.rs"),
            ("[|00:12] Thank", "00:12"),
            ("(|1:02:03)", "1:02:03"),
            ("|00:00:12,000 --> 00:00:15,000", "00:00:12,000"),
            ("|00:12.500 --> 00:15.000", "00:12.500"),
            ("00:12.500 --> |00:15.000", "00:15.000"),
            ("|2024-05-01T12:00:00Z,", "2024-05-01T12:00:00Z"),
            ("|2024-05-01T12:00:00.25+02:00", "2024-05-01T12:00:00.25+02:00"),
            ("{|123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-426614174000"),
            ("|ht\u{ad}tps://exam\u{200b}ple.org\u{ad}", "ht\u{ad}tps://exam\u{200b}ple.org"),
        ];
        for (text, expected) in table {
            assert_eq!(cut(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_people_read_is_none() {
        for text in [
            "|and/or",
            "|he/she/they",
            "|km/h",
            "|1/2",
            "|2024/05/01",
            "|U.S./U.K. trade",
            "at |09:30",
            "(|09:30)",
            "in |3:43.13",
            "in |2:03:59",
            "|2024-05-01",
            "note: |this",
            "|www",
            "|https:// alone",
            "|user@host",
            "x|a@b.org",
            "ö|a@b.org",
            "|a@b.comö",
            "|/or",
            "</|b>",
            "5 |/hour",
            "|co-operate",
            "|e.g. this",
            "|123e4567-e89b-x2d3-a456-426614174000",
            "|...",
        ] {
            assert_eq!(cut(text), None, "{text}");
        }
    }

    #[test]
    fn a_hash_has_many_digits_of_which_some_are_letters() {
        for (word, expected) in [
            ("0123456789abcdef0123456789abcdef", true),
            ("0123456789ABCDEF0123456789abcdef0", true),
            ("0123456789abcdef0123456789abcde", false),
            ("01234567890123456789012345678901", false),
            ("abcdefabcdefabcdefabcdefabcdefab", false),
            ("0123456789abcdef0123456789abcdeg", false),
        ] {
            assert_eq!(is_hash(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn case_counts_where_servers_and_disks_may_tell_it_apart() {
        let normal = |text: &str| {
            let mut normal = String::new();
            machine(text, 0).unwrap().normalize(text, 0, &mut normal);
            normal
        };
        assert_eq!(normal("HTTPS://Example.ORG/Path"), "https://example.org/Path");
        assert_eq!(normal("WWW.Example.ORG?Q"), "www.example.org?Q");
        assert_eq!(normal("Ann@Example.org"), "ann@example.org");
        assert_eq!(normal("/A/b"), "/A/b");
        assert_eq!(normal("https://\u{212a}.org/e\u{301}"), "https://k.org/é");
    }

    #[test]
    fn long_runs_of_marks_take_little_time() {
        for part in ["a/", "a.", "a@", "a@b.", "/", "\\", "http:", "00:", "a\u{ad}", "w", "a-", "../"] {
            let text = part.repeat(200_000 / part.len());
            let mut at = 0;
            while at < text.len() {
                let end = machine(&text, at).map_or(at + 1, |found| found.end);
                at = text.ceil_char_boundary(end);
            }
            assert_eq!(at, text.len(), "{part}");
        }
    }
}
