//! Removes paragraphs from a text as written in JSON.
//!
//! The text is not decoded and encoded again, so the rest stays the same byte for byte: `\u00e9` stays
//! `\u00e9`.

use memchr::memchr;
use refrain::Span;
use refrain::text::cuts;

/// A JSON string as written, quotes included, addressed by offsets in the decoded text.
#[derive(Clone, Debug)]
pub(crate) struct JsonString<'a> {
    raw: &'a str,
    /// An offset in `raw` and the same place in the decoded text. They only increase.
    raw_offset: usize,
    text_offset: usize,
}

impl<'a> JsonString<'a> {
    pub(crate) fn new(raw: &'a str) -> Self {
        Self { raw, raw_offset: 1, text_offset: 0 }
    }

    /// Converts an offset in the decoded text, at least as large as that of the previous call, to an offset
    /// in `raw`. `None` if it is not a character boundary of the text.
    fn raw_offset(&mut self, text_offset: usize) -> Option<usize> {
        let bytes = &self.raw.as_bytes()[..self.raw.len().checked_sub(1)?];
        while self.text_offset < text_offset {
            let rest = bytes.get(self.raw_offset..)?;
            let wanted = text_offset - self.text_offset;
            let plain = memchr(b'\\', &rest[..rest.len().min(wanted)]).unwrap_or(rest.len().min(wanted));
            if plain > 0 {
                self.raw_offset += plain;
                self.text_offset += plain;
                continue;
            }
            let (raw, text) = escape_lengths(rest)?;
            self.raw_offset += raw;
            self.text_offset += text;
        }
        (self.text_offset == text_offset && self.raw.is_char_boundary(self.raw_offset))
            .then_some(self.raw_offset)
    }

    /// A span of the decoded text, as written.
    pub(crate) fn slice(&mut self, span: Span) -> Option<&'a str> {
        let start = self.raw_offset(span.start)?;
        let end = self.raw_offset(span.end)?;
        Some(&self.raw[start..end])
    }

    /// Appends the string, as written, without the paragraphs that are not kept.
    ///
    /// `paragraphs` are all paragraphs of the text, each with whether it is kept; at least one must be. A
    /// paragraph is removed with the separator before it, or with that after it if none before it is kept.
    pub(crate) fn write_kept(mut self, paragraphs: &[(Span, bool)], result: &mut Vec<u8>) -> Option<()> {
        let mut copied = 0;
        for cut in cuts(paragraphs) {
            let (start, end) = (self.raw_offset(cut.start)?, self.raw_offset(cut.end)?);
            result.extend_from_slice(&self.raw.as_bytes()[copied..start]);
            copied = end;
        }
        result.extend_from_slice(&self.raw.as_bytes()[copied..]);
        Some(())
    }
}

/// Appends a line with only some of the paragraphs of its text, which is a part of the line. `paragraphs` are as in
/// [`JsonString::write_kept`].
pub(crate) fn write_thinned(
    line: &str,
    text: &str,
    paragraphs: &[(Span, bool)],
    result: &mut Vec<u8>,
) -> Option<()> {
    let start = text.as_ptr() as usize - line.as_ptr() as usize;
    let line = line.as_bytes();
    result.extend_from_slice(&line[..start]);
    JsonString::new(text).write_kept(paragraphs, result)?;
    result.extend_from_slice(&line[start + text.len()..]);
    Some(())
}

/// The length in bytes of the escape sequence at the start, and of the text it stands for.
fn escape_lengths(raw: &[u8]) -> Option<(usize, usize)> {
    if raw.get(1)? != &b'u' {
        return Some((2, 1));
    }
    let code = std::str::from_utf8(raw.get(2..6)?).ok()?;
    match u32::from_str_radix(code, 16).ok()? {
        // The first half of a surrogate pair, which stands for one character.
        0xd800..0xdc00 => Some((12, 4)),
        code => Some((6, char::from_u32(code)?.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removes the paragraphs that begin with "x".
    fn without_x(raw: &str) -> String {
        let text: String = serde_json::from_str(raw).unwrap();
        let paragraphs: Vec<(Span, bool)> =
            refrain::text::paragraphs(&text).map(|span| (span, !span.of(&text).starts_with('x'))).collect();
        for &(span, _) in &paragraphs {
            let part = JsonString::new(raw).slice(span).unwrap();
            assert_eq!(serde_json::from_str::<String>(&format!("\"{part}\"")).unwrap(), span.of(&text));
        }
        let mut result = Vec::new();
        JsonString::new(raw).write_kept(&paragraphs, &mut result).unwrap();
        String::from_utf8(result).unwrap()
    }

    #[test]
    fn kept_text_is_written_as_it_was() {
        let cases = [
            (r#""a""#, r#""a""#),
            (r#""a\n\nx\n\nb""#, r#""a\n\nb""#),
            (r#""x\n\na\n \nb""#, r#""a\n \nb""#),
            (r#"" \n x\n\na\n\nx y\n""#, r#"" \n a\n""#),
            (r#""a\n\nx\r\n \r\nb\n\n\nc""#, r#""a\r\n \r\nb\n\n\nc""#),
            (
                r#""caf\u00e9 \t\"\/\\\n\nx \ud83d\ude00\n\n\ud83D\uDE00 é\u0021\n""#,
                r#""caf\u00e9 \t\"\/\\\n\n\ud83D\uDE00 é\u0021\n""#,
            ),
            (r#""\ufeffx\n\n日本\u2029x\u2029\u65e5""#, r#""\ufeff日本\u2029\u65e5""#),
            (r#""x\n\nx\n\na\n\nx\n\nx\n\nb\n\nx""#, r#""a\n\nb""#),
        ];
        for (raw, expected) in cases {
            assert_eq!(without_x(raw), expected, "{raw}");
        }
    }

    #[test]
    fn invalid_offsets_are_not_found() {
        assert_eq!(JsonString::new(r#""abc""#).slice(Span::new(1, 4)), None);
        assert_eq!(JsonString::new(r#""\u00e9""#).slice(Span::new(1, 2)), None);
        assert_eq!(JsonString::new(r#""é""#).slice(Span::new(1, 2)), None);
        assert_eq!(JsonString::new("").slice(Span::new(0, 0)), None);
        assert_eq!(JsonString::new(r#""""#).slice(Span::new(0, 0)), Some(""));
    }
}
