//! Where each part of a text stands in the source that it was read from.

use crate::util::span::Span;

/// The parts of a text, in order, each with its place in the source. Both are ascending and do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct SourceMap {
    pieces: Vec<Piece>,
}

/// A part of a text: the same bytes as in the source, or text that stands for them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Piece {
    pub(super) text: Span,
    pub(super) source: Span,
    pub(super) copied: bool,
}

impl SourceMap {
    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Adds the next part; `copied` if the source has the same bytes.
    pub(super) fn push(&mut self, text: Span, source: Span, copied: bool) {
        if let Some(last) = self.pieces.last_mut()
            && (last.copied && copied)
            && (last.text.end == text.start && last.source.end == source.start)
        {
            (last.text.end, last.source.end) = (text.end, source.end);
        } else {
            self.pieces.push(Piece { text, source, copied });
        }
    }

    /// Takes out the parts from this place of the text on. No part lies on both sides of it.
    pub(super) fn truncate(&mut self, text: usize) {
        self.pieces.truncate(self.pieces.partition_point(|piece| piece.text.start < text));
    }

    /// The bytes of the source that a span of the text was read from, from its first to its last character.
    pub(crate) fn to_source(&self, span: Span) -> Span {
        let after = self.pieces.partition_point(|piece| piece.text.end <= span.start);
        let start = match self.pieces.get(after) {
            Some(piece) if piece.copied => piece.source.start + span.start.saturating_sub(piece.text.start),
            Some(piece) => piece.source.start,
            None => self.end(),
        };
        if span.is_empty() {
            return Span::new(start, start);
        }
        let before = self.pieces.partition_point(|piece| piece.text.start < span.end);
        let end = match before.checked_sub(1).map(|last| &self.pieces[last]) {
            Some(piece) if piece.copied => {
                piece.source.start + span.end.min(piece.text.end) - piece.text.start
            }
            Some(piece) => piece.source.end,
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// The span of the text that was read from bytes of the source. What was not read is left out.
    pub(crate) fn to_text(&self, span: Span) -> Span {
        let after = self.pieces.partition_point(|piece| piece.source.end <= span.start);
        let before = self.pieces.partition_point(|piece| piece.source.start < span.end);
        if after >= before {
            let at = self
                .pieces
                .get(after)
                .map_or(self.pieces.last().map_or(0, |last| last.text.end), |p| p.text.start);
            return Span::new(at, at);
        }
        let (first, last) = (&self.pieces[after], &self.pieces[before - 1]);
        let start =
            first.text.start + if first.copied { span.start.saturating_sub(first.source.start) } else { 0 };
        let end = if last.copied {
            last.text.start + span.end.min(last.source.end) - last.source.start
        } else {
            last.text.end
        };
        Span::new(start, end.max(start))
    }

    /// The end of the last part, in the source.
    fn end(&self) -> usize {
        self.pieces.last().map_or(0, |last| last.source.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end)
    }

    #[test]
    fn spans_go_to_the_source_and_back() {
        // Source `<b>im</b>port &amp; x`, text `import & x`.
        let mut map = SourceMap::default();
        map.push(span(0, 2), span(3, 5), true);
        map.push(span(2, 5), span(9, 12), true);
        map.push(span(5, 7), span(12, 14), true);
        map.push(span(7, 8), span(14, 19), false);
        map.push(span(8, 10), span(19, 21), true);
        assert_eq!(map.pieces.len(), 4);
        let table = [
            ((0, 6), (3, 13)),
            ((0, 2), (3, 5)),
            ((2, 6), (9, 13)),
            ((1, 3), (4, 10)),
            ((7, 8), (14, 19)),
            ((7, 10), (14, 21)),
            ((9, 10), (20, 21)),
        ];
        for (text, source) in table.map(|(text, source)| (span(text.0, text.1), span(source.0, source.1))) {
            assert_eq!(map.to_source(text), source);
            assert_eq!(map.to_text(source), text);
        }
        assert_eq!(map.to_source(span(2, 2)), span(9, 9));
        assert_eq!(map.to_source(span(10, 10)), span(21, 21));
        assert_eq!(map.to_text(span(0, 21)), span(0, 10));
        assert_eq!(map.to_text(span(5, 9)), span(2, 2));
        assert_eq!(SourceMap::default().to_source(span(0, 0)), span(0, 0));
    }
}
