//! Takes paragraphs out of a text as it is written in JSON, so that not a byte of the others changes.
//!
//! The text is not decoded and encoded again: `\u00e9` stays `\u00e9`, whatever wrote it.

use std::ops::Range;

use memchr::memchr;
use refrain::Span;

/// A JSON string as it is written, quotes and all, by places in the text that it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Written<'a> {
    raw: &'a str,
    /// Two places that belong together, in the raw string and in the text; they only go on.
    at: usize,
    text: usize,
}

impl<'a> Written<'a> {
    pub(crate) fn new(raw: &'a str) -> Self {
        Self { raw, at: 1, text: 0 }
    }

    /// The raw place of a place in the text, which is not before the last that was asked for;
    /// `None` if the text has no such place.
    fn find(&mut self, text: usize) -> Option<usize> {
        let bytes = &self.raw.as_bytes()[..self.raw.len().checked_sub(1)?];
        while self.text < text {
            let rest = bytes.get(self.at..)?;
            let wanted = text - self.text;
            let plain = memchr(b'\\', &rest[..rest.len().min(wanted)]).unwrap_or(rest.len().min(wanted));
            if plain > 0 {
                self.at += plain;
                self.text += plain;
                continue;
            }
            let (raw, text) = escape(rest)?;
            self.at += raw;
            self.text += text;
        }
        (self.text == text && self.raw.is_char_boundary(self.at)).then_some(self.at)
    }

    /// What stands for a part of the text.
    pub(crate) fn part(&mut self, span: Span) -> Option<&'a str> {
        let start = self.find(span.start)?;
        let end = self.find(span.end)?;
        Some(&self.raw[start..end])
    }

    /// The raw string without some paragraphs; at least one of them stays.
    ///
    /// With a paragraph goes the separator in front of it, or that behind it if none stays before.
    pub(crate) fn without(mut self, paragraphs: &[(Span, bool)], result: &mut Vec<u8>) -> Option<()> {
        let mut copied = 0;
        for cut in cuts(paragraphs) {
            let (start, end) = (self.find(cut.start)?, self.find(cut.end)?);
            result.extend_from_slice(&self.raw.as_bytes()[copied..start]);
            copied = end;
        }
        result.extend_from_slice(&self.raw.as_bytes()[copied..]);
        Some(())
    }
}

/// What is cut from a text of these paragraphs, each with whether it stays.
fn cuts(paragraphs: &[(Span, bool)]) -> Vec<Range<usize>> {
    let first_kept = paragraphs.iter().position(|&(_, stays)| stays).unwrap_or(paragraphs.len());
    let mut cuts = Vec::new();
    if let Some(&(kept, _)) = paragraphs.get(first_kept).filter(|_| first_kept > 0) {
        cuts.push(paragraphs[0].0.start..kept.start);
    }
    for pair in paragraphs.windows(2).skip(first_kept) {
        let [(before, _), (paragraph, stays)] = pair else { unreachable!("windows of two") };
        if !stays {
            cuts.push(before.end..paragraph.end);
        }
    }
    cuts
}

/// How many bytes the escape at the front takes, and how many in the text it stands for.
fn escape(raw: &[u8]) -> Option<(usize, usize)> {
    if raw.get(1)? != &b'u' {
        return Some((2, 1));
    }
    let code = std::str::from_utf8(raw.get(2..6)?).ok()?;
    match u32::from_str_radix(code, 16).ok()? {
        // The first of a pair that stands for one character.
        0xd800..0xdc00 => Some((12, 4)),
        code => Some((6, char::from_u32(code)?.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts the paragraphs that begin with "x".
    fn cut(raw: &str) -> String {
        let text: String = serde_json::from_str(raw).unwrap();
        let paragraphs: Vec<(Span, bool)> =
            refrain::text::paragraphs(&text).map(|span| (span, !span.of(&text).starts_with('x'))).collect();
        for &(span, _) in &paragraphs {
            let part = Written::new(raw).part(span).unwrap();
            assert_eq!(serde_json::from_str::<String>(&format!("\"{part}\"")).unwrap(), span.of(&text));
        }
        let mut result = Vec::new();
        Written::new(raw).without(&paragraphs, &mut result).unwrap();
        String::from_utf8(result).unwrap()
    }

    #[test]
    fn what_stays_is_written_as_it_was() {
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
            assert_eq!(cut(raw), expected, "{raw}");
        }
    }

    #[test]
    fn places_that_are_not_there_are_not_found() {
        assert_eq!(Written::new(r#""abc""#).part(Span::new(1, 4)), None);
        assert_eq!(Written::new(r#""\u00e9""#).part(Span::new(1, 2)), None);
        assert_eq!(Written::new(r#""é""#).part(Span::new(1, 2)), None);
        assert_eq!(Written::new("").part(Span::new(0, 0)), None);
        assert_eq!(Written::new(r#""""#).part(Span::new(0, 0)), Some(""));
    }
}
