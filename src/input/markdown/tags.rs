//! Cuts HTML into tags, comments and text.

use crate::util::span::Span;

/// A piece of HTML; spans are bytes of the text that is cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Span),
    Tag(Tag),
    /// A comment, with its marks.
    Comment(Span),
    /// A declaration or an instruction.
    Other,
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) span: Span,
    pub(super) name: Span,
    /// Whether it ends an element.
    pub(super) is_end: bool,
    /// The value of its attribute `alt`, without quotes.
    pub(super) alt: Option<Span>,
}

/// Cuts a text from its beginning on. Each byte is looked at a bounded number of times.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    text: &'t str,
    pub(super) at: usize,
    braces: Braces,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, braces: Braces::new(text) }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let start = self.at;
        let rest = &self.text[start..];
        if rest.is_empty() {
            return None;
        }
        if !begins_markup(rest) {
            let mut others = rest.match_indices('<').map(|(at, _)| at);
            self.at = start + others.find(|&at| begins_markup(&rest[at..])).unwrap_or(rest.len());
            return Some(Piece::Text(Span::new(start, self.at)));
        }
        // What does not end takes all that follows, as in a browser.
        let all = self.text.len();
        let end_after = |mark: &str| rest.find(mark).map_or(all, |at| start + at + mark.len());
        if let Some(inner) = rest.strip_prefix("<!--") {
            // `<!-->` is a comment, too.
            let is_short = [">", "->"].iter().find(|short| inner.starts_with(**short));
            let end = is_short.map(|short| start + "<!--".len() + short.len());
            self.at = end.unwrap_or_else(|| end_after("-->"));
            return Some(Piece::Comment(Span::new(start, self.at)));
        }
        if rest.starts_with("<![CDATA[") {
            self.at = end_after("]]>");
            return Some(Piece::Other);
        }
        if rest.starts_with("<?") {
            self.at = end_after("?>");
            return Some(Piece::Other);
        }
        let is_end = rest.starts_with("</");
        let name_start = start + if is_end { 2 } else { 1 };
        let name = Span::new(name_start, name_start + name_len(&self.text[name_start..]));
        let mut alt = None;
        let mut attributes = Attributes { text: self.text, at: name.end, braces: &mut self.braces };
        let end = loop {
            match attributes.next() {
                Found::Attribute { name, value, .. } => {
                    if alt.is_none() && name.of(self.text).eq_ignore_ascii_case("alt") {
                        alt = value;
                    }
                }
                Found::End(end) => break end,
                Found::Unclosed => break all,
            }
        };
        self.at = end;
        Some(if name.is_empty() {
            Piece::Other
        } else {
            Piece::Tag(Tag { span: Span::new(start, end), name, is_end, alt })
        })
    }
}

/// Whether a text begins with a tag, a comment, a declaration or an instruction.
fn begins_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    let second = bytes.get(1).copied().unwrap_or_default();
    let third = || bytes.get(2).copied().unwrap_or_default();
    // `<>` and `</>` are tags of MDX.
    bytes[0] == b'<'
        && (second.is_ascii_alphabetic()
            || matches!(second, b'!' | b'?' | b'>')
            || (second == b'/' && (third().is_ascii_alphabetic() || third() == b'>')))
}

/// The length of the name of an element at the beginning of a text.
fn name_len(text: &str) -> usize {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    text.bytes().take_while(is_name).count()
}

/// What comes next inside a tag.
enum Found {
    Attribute { name: Span, value: Option<Span>, in_braces: bool },
    End(usize),
    Unclosed,
}

/// The attributes of a tag, up to its end.
struct Attributes<'t, 'b> {
    text: &'t str,
    at: usize,
    braces: &'b mut Braces,
}

impl Attributes<'_, '_> {
    fn next(&mut self) -> Found {
        let bytes = self.text.as_bytes();
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        let start = self.at;
        match bytes.get(start) {
            None => return Found::Unclosed,
            Some(b'>') => return Found::End(start + 1),
            Some(b'{') => {
                if let Some(end) = self.braces.end(self.text, start) {
                    self.at = end;
                    return Found::Attribute {
                        name: Span::new(start, start),
                        value: Some(Span::new(start, end)),
                        in_braces: true,
                    };
                }
                self.at += 1;
            }
            // A name has one character at least.
            Some(_) => self.at += 1,
        }
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = Span::new(start, self.at);
        self.skip(|byte| byte.is_ascii_whitespace());
        if bytes.get(self.at) != Some(&b'=') {
            return Found::Attribute { name, value: None, in_braces: false };
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        let start = self.at;
        match bytes.get(start) {
            Some(&quote @ (b'"' | b'\'')) => {
                let Some(len) = self.text[start + 1..].find(char::from(quote)) else {
                    return Found::Unclosed;
                };
                self.at = start + 1 + len + 1;
                let value = Span::new(start + 1, start + 1 + len);
                return Found::Attribute { name, value: Some(value), in_braces: false };
            }
            Some(b'{') => {
                if let Some(end) = self.braces.end(self.text, start) {
                    self.at = end;
                    return Found::Attribute { name, value: Some(Span::new(start, end)), in_braces: true };
                }
            }
            _ => {}
        }
        self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>');
        Found::Attribute { name, value: Some(Span::new(start, self.at)), in_braces: false }
    }

    /// Goes on while bytes are of a kind. Bytes outside of ASCII are all of one kind, so it ends between
    /// characters.
    fn skip(&mut self, is: impl Fn(u8) -> bool) {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|&byte| is(byte) || (byte >= 0x80 && is(0x80))) {
            self.at += 1;
        }
    }
}

/// Finds the ends of expressions in braces.
#[derive(Debug)]
pub(super) struct Braces {
    /// The bytes that may still be looked at. It bounds the time for texts full of braces that do not close.
    left: usize,
}

impl Braces {
    /// An expression is not longer.
    const LONGEST: usize = 1 << 14;

    pub(super) fn new(text: &str) -> Self {
        Self { left: Self::LONGEST + 8 * text.len() }
    }

    /// The end of the expression whose opening brace is at `start`.
    pub(super) fn end(&mut self, text: &str, start: usize) -> Option<usize> {
        let bytes = &text.as_bytes()[start..];
        let bytes = &bytes[..bytes.len().min(Self::LONGEST).min(self.left)];
        let mut depth = 0_usize;
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.left -= at;
                return Some(start + at + 1);
            }
        }
        self.left -= bytes.len();
        None
    }
}

/// The end of a tag of MDX that is not one of HTML, since it has an expression in braces, at the beginning of
/// the rest of a text. All in it must be as in a tag, for `a <b` is text.
pub(super) fn jsx_tag_end(text: &str, start: usize, braces: &mut Braces) -> Option<usize> {
    let name = start + 1;
    let len = name_len(&text[name..]);
    if len == 0 || !text.as_bytes()[name].is_ascii_alphabetic() {
        return None;
    }
    // Otherwise the rest of a text full of `<` would be taken for a name, at each of them.
    let behind = text.as_bytes().get(name + len)?;
    if !behind.is_ascii_whitespace() && !matches!(behind, b'/' | b'>' | b'{') {
        return None;
    }
    let mut attributes = Attributes { text, at: name + len, braces };
    let mut has_expression = false;
    loop {
        match attributes.next() {
            Found::Attribute { name, value, in_braces } => {
                // MDX has no values without quotes. Without this, each of many tags with an open brace would be
                // read to the end of the text.
                let is_bare =
                    |value: Span| !in_braces && !matches!(text.as_bytes()[value.start - 1], b'"' | b'\'');
                if value.is_some_and(is_bare) {
                    return None;
                }
                let name = name.of(text);
                let is_named =
                    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
                if !is_named || (name.is_empty() && !in_braces) {
                    return None;
                }
                has_expression |= in_braces;
            }
            Found::End(end) => return has_expression.then_some(end),
            Found::Unclosed => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts, tags and comments of a text; a tag is shown as its name.
    fn cut(text: &str) -> Vec<&str> {
        let of = |piece| match piece {
            Piece::Text(span) | Piece::Comment(span) => span.of(text),
            Piece::Tag(tag) => tag.name.of(text),
            Piece::Other => "",
        };
        Pieces::new(text).map(of).collect()
    }

    #[test]
    fn html_is_cut() {
        let table: &[(&str, &[&str])] = &[
            ("a<b>c</b>d", &["a", "b", "c", "b", "d"]),
            ("é < 3 <é <- <", &["é < 3 <é <- <"]),
            ("<a href='>' x=\">\" y=a>b", &["a", "b"]),
            ("<p title=it's>b</p>", &["p", "b", "p"]),
            ("<a\nb = 'é'\n/>c", &["a", "c"]),
            (
                "<!-- a > b -->c<!-->d<!--->e<!--f",
                &["<!-- a > b -->", "c", "<!-->", "d", "<!--->", "e", "<!--f"],
            ),
            ("<!DOCTYPE a>b<?c > ?>d<![CDATA[ > ]]>e", &["", "b", "", "d", "", "e"]),
            ("<>a</>", &["", "a", ""]),
            ("<a b={x > {y}} {...z}>c", &["a", "c"]),
            ("<a b={x c>d", &["a", "d"]),
            ("<a b='c>d", &["a"]),
            ("<a é=é>b<a", &["a", "b", "a"]),
        ];
        for (text, expected) in table {
            assert_eq!(&cut(text), expected, "{text}");
        }
    }

    #[test]
    fn tags_with_expressions_are_told_from_text() {
        let table = [
            ("<A b={c > d} e=\"f\" g />h", Some(23)),
            ("<A {...b}>c", Some(10)),
            ("<A b={{c: \"d\"}}>", Some(16)),
            ("<A b>c", None),
            ("<a and {b} c, d> e", None),
            ("<3 {b}>", None),
            ("<A b={c", None),
            ("<A b={c} <d>", None),
            ("<A b={c} d=e>", None),
        ];
        for (text, end) in table {
            assert_eq!(jsx_tag_end(text, 0, &mut Braces::new(text)), end, "{text}");
        }
    }
}
