//! Overlapping places cut into stretches that do not overlap.

use std::collections::BTreeSet;

use refrain::Span;

use super::limits;
use super::things::{STRONGEST, Things};

/// A place of a finding in the text of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    /// The number of the finding.
    pub(super) thing: usize,
    /// Which of its places.
    pub(super) spot: usize,
    pub(super) strength: u8,
    /// Whether the finding is worth showing.
    pub(super) shown: bool,
    /// Whether it said the same before, in this document.
    pub(super) again: bool,
}

/// The marks of each document, by their spans.
pub(super) fn by_document(things: &Things<'_>, documents: usize) -> Vec<Vec<Mark>> {
    let mut marks = vec![Vec::new(); documents];
    for (number, thing) in things.all.iter().enumerate() {
        let mut before = None;
        for (at, spot) in thing.spots.iter().enumerate() {
            let again = match thing.finding.stretches.is_empty() {
                true => before == Some(spot.document),
                false => at % 2 == 0,
            };
            before = Some(spot.document);
            let (Some(span), true) = (spot.span, spot.visible) else { continue };
            marks[spot.document].push(Mark {
                span,
                thing: number,
                spot: at,
                strength: thing.strength,
                shown: thing.finding.shown,
                again,
            });
        }
    }
    for marks in &mut marks {
        marks.sort_by_key(|mark| (mark.span, mark.thing, mark.spot));
    }
    marks
}

/// A stretch of text under the same marks.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) span: Span,
    /// How strong, from 1; 0 if nothing that is shown lies here.
    pub(super) strength: u8,
    /// The findings and which of their places, the shortest place first; no more than
    /// [`NAMED`](limits::NAMED).
    pub(super) names: Vec<(usize, usize)>,
}

/// Cuts a span of a text at the ends of its marks. Each part of it lies in one segment.
///
/// `marks` are sorted by their spans. The time is near-linear in their number.
pub(super) fn segments(span: Span, marks: &[Mark]) -> Vec<Segment> {
    let mut edges: Vec<(usize, bool, usize)> = Vec::with_capacity(2 * marks.len());
    for (at, mark) in marks.iter().enumerate() {
        let (start, end) = (mark.span.start.max(span.start), mark.span.end.min(span.end));
        if start < end {
            edges.push((start, true, at));
            edges.push((end, false, at));
        }
    }
    edges.sort_unstable();
    let mut segments = Vec::new();
    let mut open = BTreeSet::new();
    let mut strengths = [0usize; STRONGEST as usize + 1];
    let mut at = span.start;
    let mut push = |at: usize, end: usize, open: &BTreeSet<_>, strengths: &[usize]| {
        if at < end {
            let strength = (1..=STRONGEST).rev().find(|&s| strengths[usize::from(s)] > 0).unwrap_or(0);
            let names = open.iter().take(limits::NAMED).map(|&(_, _, thing, spot)| (thing, spot)).collect();
            segments.push(Segment { span: Span::new(at, end), strength, names });
        }
    };
    for (edge, starts, index) in edges {
        push(at, edge, &open, &strengths);
        at = edge;
        let mark = marks[index];
        // What is shown comes before what is not, and the most special before the others.
        let key = (!mark.shown, mark.span.len(), mark.thing, mark.spot);
        let strength = usize::from(if mark.shown { mark.strength } else { 0 });
        if starts {
            open.insert(key);
            strengths[strength] += 1;
        } else {
            open.remove(&key);
            strengths[strength] -= 1;
        }
    }
    push(at, span.end, &open, &strengths);
    segments
}

/// The marks that touch spans that are asked for in the order of the text.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    marks: &'a [Mark],
    next: usize,
    open: Vec<Mark>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(marks: &'a [Mark]) -> Self {
        Self { marks, next: 0, open: Vec::new() }
    }

    pub(super) fn at(&mut self, span: Span) -> &[Mark] {
        self.open.retain(|mark| mark.span.end > span.start);
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start < span.end) {
            self.next += 1;
            if mark.span.end > span.start {
                self.open.push(*mark);
            }
        }
        &self.open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, thing: usize, strength: u8) -> Mark {
        Mark { span: Span::new(start, end), thing, spot: 0, strength, shown: strength > 0, again: false }
    }

    #[test]
    fn overlapping_marks_are_cut_at_their_ends() {
        let marks = [mark(0, 9, 7, 0), mark(2, 6, 0, 1), mark(4, 8, 1, 3), mark(12, 20, 2, 2)];
        let found = segments(Span::new(1, 14), &marks);
        let found: Vec<_> = found
            .iter()
            .map(|segment| {
                (
                    segment.span.start,
                    segment.span.end,
                    segment.strength,
                    segment.names.iter().map(|n| n.0).collect::<Vec<_>>(),
                )
            })
            .collect();
        let expected = [
            (1, 2, 0, vec![7]),
            (2, 4, 1, vec![0, 7]),
            (4, 6, 3, vec![0, 1, 7]),
            (6, 8, 3, vec![1, 7]),
            (8, 9, 0, vec![7]),
            (9, 12, 0, vec![]),
            (12, 14, 2, vec![2]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_without_marks_is_one_segment_and_none_is_empty() {
        assert_eq!(segments(Span::new(3, 9), &[]).len(), 1);
        assert_eq!(segments(Span::new(3, 3), &[mark(0, 9, 0, 1)]).len(), 0);
        assert_eq!(segments(Span::new(3, 9), &[mark(0, 3, 0, 1), mark(9, 12, 1, 1)]).len(), 1);
    }

    #[test]
    fn many_marks_on_one_place_name_a_few() {
        let marks: Vec<Mark> = (0..1000).map(|thing| mark(0, 1000 + thing, thing, 1)).collect();
        let found = segments(Span::new(0, 2000), &marks);
        assert_eq!(found.len(), 1001);
        assert!(found.iter().all(|segment| segment.names.len() <= limits::NAMED));
        assert_eq!(found[0].names[0], (0, 0));
    }

    #[test]
    fn a_cursor_gives_the_marks_of_each_paragraph() {
        let marks = [mark(0, 30, 0, 1), mark(2, 6, 1, 1), mark(25, 28, 2, 1)];
        let mut cursor = Cursor::new(&marks);
        let mut things =
            |start, end| cursor.at(Span::new(start, end)).iter().map(|mark| mark.thing).collect::<Vec<_>>();
        assert_eq!(things(0, 10), [0, 1]);
        assert_eq!(things(12, 20), [0]);
        assert_eq!(things(22, 40), [0, 2]);
        assert!(things(41, 50).is_empty());
    }
}
