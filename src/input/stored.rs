//! Documents as bytes, to keep them and check them again later.
//!
//! After the header come numbers of eight bytes, little-endian, and texts, each behind its length: the name; the
//! source; then 0 for plain text, or 1 and what was read: its text; the number of its pieces, and of each the span
//! in the text, the span in the source, and whether the bytes are the same; the number of blocks, and of each its
//! span, its role, the number of rules that are not shown on it, and their names; the number of ignored blocks.

use std::sync::Arc;

use super::block::{Block, Role};
use super::block_text::BlockText;
use super::document::Document;
use super::source_map::{Piece, SourceMap};
use crate::settings::Rule;
use crate::util::bytes::{Header, Rest};
use crate::util::error::Error;
use crate::util::span::Span;

const HEADER: Header = Header { what: "document", magic: *b"rfn-do", version: 1 };

/// The roles by the numbers that stand for them. New ones come last.
const ROLES: [Role; 9] = [
    Role::Body,
    Role::Item,
    Role::Quote,
    Role::Cell,
    Role::Heading,
    Role::Caption,
    Role::Boilerplate,
    Role::Contents,
    Role::Code,
];

impl Document<'_> {
    /// The document as bytes, with what was read of a source with markup. They are the same on any machine.
    ///
    /// [Problems](Self::problems) are not written.
    ///
    /// ```
    /// use refrain::{Document, InputKind, ReadOptions};
    ///
    /// let source = "00:01.000 --> 00:02.000\nSome <i>marked</i> text.";
    /// let document = InputKind::Subtitles.read("a.srt", source, &ReadOptions::default());
    /// let read = Document::from_bytes(&document.to_bytes())?;
    /// assert_eq!(read, document);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEADER.write(64 + self.name().len() + self.source().len());
        write_text(&mut bytes, self.name());
        write_text(&mut bytes, self.source());
        let read = self.block_text();
        write_number(&mut bytes, usize::from(read.is_some()));
        if let Some(read) = read {
            write_text(&mut bytes, &read.text);
            write_number(&mut bytes, read.map.pieces().len());
            for piece in read.map.pieces() {
                write_span(&mut bytes, piece.text);
                write_span(&mut bytes, piece.source);
                write_number(&mut bytes, usize::from(piece.copied));
            }
            write_number(&mut bytes, read.blocks.len());
            for block in &read.blocks {
                write_span(&mut bytes, block.span);
                let role = ROLES.iter().position(|&role| role == block.role);
                write_number(&mut bytes, role.expect("the table has all roles"));
                write_number(&mut bytes, block.ignored.len());
                block.ignored.iter().for_each(|rule| write_text(&mut bytes, &rule.to_string()));
            }
            write_number(&mut bytes, read.ignored);
        }
        bytes
    }

    /// Reads a document from the bytes that [`to_bytes`](Self::to_bytes) made of it.
    ///
    /// # Errors
    ///
    /// If the bytes are of something else or of another version, are cut off or too many, or name spans that the
    /// texts do not have ([`ErrorKind::Malformed`](crate::ErrorKind::Malformed)).
    pub fn from_bytes(bytes: &[u8]) -> Result<Document<'static>, Error> {
        let mut rest = HEADER.read(bytes)?;
        let name = rest.text()?.to_owned();
        let source = rest.text()?.to_owned();
        if !flag(&mut rest)? {
            rest.items::<1>(0)?;
            return Ok(Document::new(name, source));
        }
        let text = rest.text()?.to_owned();
        let mut map = SourceMap::default();
        let (mut in_text, mut in_source) = (0, 0);
        for _ in 0..rest.number()? {
            let piece = Piece {
                text: span(&mut rest, &text, &mut in_text)?,
                source: span(&mut rest, &source, &mut in_source)?,
                copied: flag(&mut rest)?,
            };
            if piece.copied && piece.text.of(&text) != piece.source.of(&source) {
                return Err(malformed("a copied piece of the text is not in the source"));
            }
            map.push(piece.text, piece.source, piece.copied);
        }
        let (mut blocks, mut end) = (Vec::new(), 0);
        for _ in 0..rest.number()? {
            let span = span(&mut rest, &text, &mut end)?;
            let role = rest.number()?;
            let role = usize::try_from(role).ok().and_then(|role| ROLES.get(role)).copied();
            let role = role.ok_or_else(|| malformed("a block has an unknown role"))?;
            let mut ignored = Vec::new();
            for _ in 0..rest.number()? {
                let rule = rest.text()?.parse::<Rule>();
                ignored.push(rule.map_err(|_| malformed("a block ignores an unknown rule"))?);
            }
            blocks.push(Block { span, role, ignored: ignored.into() });
        }
        let ignored = usize::try_from(rest.number()?).map_err(|_| malformed("too many ignored blocks"))?;
        rest.items::<1>(0)?;
        let read = BlockText { text, map, blocks, ignored, problems: Vec::new() };
        Ok(Document::from_read(name.into(), source.into(), Some(Arc::new(read))))
    }
}

fn write_number(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend_from_slice(&(number as u64).to_le_bytes());
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn write_span(bytes: &mut Vec<u8>, span: Span) {
    write_number(bytes, span.start);
    write_number(bytes, span.end);
}

fn malformed(problem: &str) -> Error {
    Error::malformed(HEADER.what, problem)
}

fn flag(rest: &mut Rest<'_>) -> Result<bool, Error> {
    match rest.number()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(malformed("a number that is neither 0 nor 1 where one of them should be")),
    }
}

/// A span of `text` that begins at `end` or behind it; `end` becomes its end.
fn span(rest: &mut Rest<'_>, text: &str, end: &mut usize) -> Result<Span, Error> {
    let [from, to] = [rest.number()?, rest.number()?].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
    if from < *end || text.get(from..to).is_none() {
        return Err(malformed("a span that the text does not have, or out of order"));
    }
    *end = to;
    Ok(Span::new(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked() -> Document<'static> {
        let mut builder = Document::builder("a.own", "= Räin\nIt is _im_portant.");
        builder.start(Role::Heading).copy(Span::new(2, 7));
        builder.start_ignoring(Role::Item, &[Rule::Contained]).copy(Span::new(8, 14));
        builder.copy(Span::new(15, 17)).replace(Span::new(17, 18), "").copy(Span::new(18, 26));
        builder.build().unwrap()
    }

    #[test]
    fn documents_are_read_as_they_were_written() {
        for document in [Document::from(""), Document::new("ä", "A text.\n\nAnother."), marked()] {
            let read = Document::from_bytes(&document.to_bytes()).unwrap();
            assert_eq!(read, document);
        }
    }

    /// Each is refused, or is a document all of whose spans can be taken.
    #[test]
    fn damaged_bytes_are_refused_or_sound() {
        let bytes = marked().to_bytes();
        for end in 0..bytes.len() {
            assert!(Document::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[place] ^= 1 << bit;
                if let Ok(read) = Document::from_bytes(&damaged) {
                    for block in read.blocks().unwrap_or_default() {
                        let _ = read.to_source(block.span).of(read.source());
                        let _ = block.span.of(read.text());
                    }
                }
            }
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(Document::from_bytes(&longer).is_err());
    }
}
