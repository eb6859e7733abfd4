//! Cuts out lines that are nested too deep.
//!
//! The parser looks at every open container for each line, so its time is lines times depth: 400 kB of nested
//! quotations with lines below them took 20 seconds. No reader can follow a hundred levels. So a source for
//! which that product is far above its length is parsed in parts, and the deep lines between them are text.

use crate::util::span::Span;

/// A part of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Parsed(Span),
    /// A line that is nested too deep, without the marks before its text.
    Deep(Span),
}

/// The levels that a line may have in a source that is cut.
const LEVELS: usize = 100;

/// The product of lines and levels, for each byte, up to which nothing is cut.
const WORK: usize = 50;

/// The parts of `source[start..]`: the whole, in all but hostile sources.
pub(super) fn parts(source: &str, start: usize) -> Vec<Part> {
    let whole = Span::new(start, source.len());
    let (mut lines, mut deepest) = (0_usize, 0);
    for line in source[start..].split('\n') {
        lines += 1;
        deepest = deepest.max(levels(line).0);
    }
    if deepest <= LEVELS || lines.saturating_mul(deepest) <= whole.len().saturating_mul(WORK) {
        return vec![Part::Parsed(whole)];
    }
    let mut parts = Vec::new();
    let (mut from, mut at) = (start, start);
    for line in source[start..].split_inclusive('\n') {
        let (levels, marks) = levels(line);
        if levels > LEVELS {
            parts.push(Part::Parsed(Span::new(from, at)));
            parts.push(Part::Deep(Span::new(at + marks, at + line.len())));
            from = at + line.len();
        }
        at += line.len();
    }
    parts.push(Part::Parsed(Span::new(from, source.len())));
    parts
}

/// A bound of the levels that a line can be in, and the length of the marks before its text.
fn levels(line: &str) -> (usize, usize) {
    let bytes = line.as_bytes();
    let (mut marks, mut spaces) = (0, 0);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' | b'-' | b'+' | b'*' | b':' => marks += 1,
            b' ' => spaces += 1,
            b'\t' => spaces += 4,
            b'.' | b')' if at > 0 && bytes[at - 1].is_ascii_digit() => marks += 1,
            b'0'..=b'9' => {}
            _ => break,
        }
        at += 1;
    }
    // The content of an item is indented by two columns at least.
    (marks + spaces / 2, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_with_many_lines_and_levels_are_cut() {
        let deep = format!("{}a\n", "> ".repeat(5000));
        assert_eq!(parts(&deep, 0), [Part::Parsed(Span::new(0, deep.len()))]);
        let source = format!("x\n{deep}{}", "b\n".repeat(5000));
        let a = 2 + deep.len() - 2;
        let expected = [
            Part::Parsed(Span::new(0, 2)),
            Part::Deep(Span::new(a, a + 2)),
            Part::Parsed(Span::new(a + 2, source.len())),
        ];
        assert_eq!(parts(&source, 0), expected);
        let many = "- a\n  - b\n".repeat(5000);
        assert_eq!(parts(&many, 4), [Part::Parsed(Span::new(4, many.len()))]);
    }
}
