//! The lines before the text: YAML between `---`, or TOML between `+++`.

use super::blocks::Blocks;
use crate::input::block::Role;
use crate::util::span::Span;

/// The front matter of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// The lines between the marks.
    lines: Span,
    is_toml: bool,
    /// The first byte after it.
    pub(super) end: usize,
}

/// The front matter of a source that begins at `start`.
///
/// Between two lines that part a text there can be anything, so the first line inside has to be a key.
pub(super) fn front_matter(source: &str, start: usize) -> Option<FrontMatter> {
    let mut lines = lines(source, start);
    let mark = lines.next()?.of(source).trim_end();
    let is_toml = match mark {
        "---" => false,
        "+++" => true,
        _ => return None,
    };
    let mut inner: Option<Span> = None;
    let mut has_key = false;
    for line in lines {
        let text = line.of(source).trim_end();
        if text == mark || (!is_toml && text == "...") {
            let inner = inner.unwrap_or(Span::new(line.start, line.start));
            return Some(FrontMatter { lines: inner, is_toml, end: line.end });
        }
        inner = Some(Span::new(inner.map_or(line.start, |inner| inner.start), line.end));
        if !has_key && !text.is_empty() && !text.starts_with('#') {
            has_key = key(text, is_toml).is_some() || (is_toml && text.starts_with('['));
            if !has_key {
                return None;
            }
        }
    }
    None
}

/// Reads the title and the description.
pub(super) fn read(front: FrontMatter, source: &str, blocks: &mut Blocks<'_, '_, '_>) {
    let all: Vec<Span> = lines(&source[..front.lines.end], front.lines.start).collect();
    for (at, line) in all.iter().enumerate() {
        let text = line.of(source);
        if front.is_toml && text.starts_with('[') {
            // What follows belongs to a table.
            return;
        }
        let Some((name, value)) = key(text, front.is_toml) else { continue };
        let role = match name {
            "title" => Role::Heading,
            "description" => Role::Body,
            _ => continue,
        };
        blocks.next(role);
        let value = trimmed(source, Span::new(line.start + value, line.end));
        match value.of(source).bytes().next() {
            Some(quote @ (b'"' | b'\'')) => {
                quoted(source, Span::new(value.start + 1, value.end), quote, front.is_toml, blocks);
            }
            // The lines of a text follow, indented.
            Some(b'|' | b'>') if !front.is_toml => {
                let is_inside = |line: &&Span| {
                    let text = line.of(source);
                    text.starts_with([' ', '\t']) || text.trim().is_empty()
                };
                for line in all[at + 1..].iter().take_while(is_inside) {
                    blocks.copy(Span::new(trimmed(source, *line).start, line.end));
                }
            }
            _ => {
                let text = value.of(source);
                let len = text.find(" #").unwrap_or(text.len());
                blocks.copy(Span::new(value.start, value.start + len));
            }
        }
    }
}

/// The key that a line begins with, and where its value begins.
fn key(line: &str, is_toml: bool) -> Option<(&str, usize)> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let len = line.bytes().take_while(is_name).count();
    let rest = &line[len..];
    let after = if is_toml { rest.trim_start().strip_prefix('=') } else { rest.strip_prefix(':') }?;
    // In `a:b` there is no key.
    let is_parted = is_toml || after.is_empty() || after.starts_with(char::is_whitespace);
    (len > 0 && is_parted).then(|| (&line[..len], line.len() - after.len()))
}

/// Reads a text up to its closing quote.
fn quoted(source: &str, span: Span, quote: u8, is_toml: bool, blocks: &mut Blocks<'_, '_, '_>) {
    let bytes = source.as_bytes();
    let (mut from, mut at) = (span.start, span.start);
    while at < span.end && (bytes[at] != quote || is_doubled(bytes, at, quote, is_toml, span.end)) {
        let escaped = match bytes[at] {
            b'\\' if quote == b'"' && at + 1 < span.end && source.is_char_boundary(at + 2) => {
                Some(match bytes[at + 1] {
                    b'n' => "\n",
                    b't' => "\t",
                    _ => &source[at + 1..at + 2],
                })
            }
            byte if byte == quote => Some("'"),
            _ => None,
        };
        if let Some(text) = escaped {
            blocks.copy(Span::new(from, at));
            blocks.replace(Span::new(at, at + 2), text);
            at += 2;
            from = at;
        } else {
            at += 1;
        }
    }
    blocks.copy(Span::new(from, at));
}

/// Whether a quote stands for itself, as `''` does in YAML.
fn is_doubled(bytes: &[u8], at: usize, quote: u8, is_toml: bool, end: usize) -> bool {
    quote == b'\'' && !is_toml && at + 1 < end && bytes[at + 1] == quote
}

/// The span without white space at its ends.
fn trimmed(source: &str, span: Span) -> Span {
    let text = span.of(source);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

/// The lines from a place on, with their ends.
fn lines(source: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut at = start;
    source[start..].split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        span
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_has_marks_and_a_key() {
        let table = [
            ("---\na: b\n---\nc", Some("c")),
            ("---\r\n# x\r\n\r\na:\r\n - b\r\n...\r\nc", Some("c")),
            ("+++\na = 1\n+++", Some("")),
            ("+++\n[a]\n+++\n", Some("")),
            ("---\n---\nc", Some("c")),
            ("---\na: b\n", None),
            ("---\n\nSome text.\n\n---\n", None),
            ("---\na:b\n---\n", None),
            ("----\na: b\n----\n", None),
            (" ---\na: b\n---\n", None),
            ("", None),
        ];
        for (source, rest) in table {
            let end = front_matter(source, 0).map(|front| &source[front.end..]);
            assert_eq!(end, rest, "{source:?}");
        }
    }
}
