//! A map of a document in the margin: where the marks are.

use maud::{Markup, html};

use super::limits::ROWS;
use super::marks::Mark;

/// The map of a text of this number of bytes. The script draws it again by the places of the lines on the screen.
pub(super) fn map(bytes: usize, marks: &[Mark]) -> Markup {
    let rows = rows(bytes, marks);
    html! {
        svg.map viewBox={ "0 0 10 " (ROWS) } preserveAspectRatio="none" aria-hidden="true" {
            rect.bed x="0" y="0" width="10" height=(ROWS) {}
            g.rows {
                @for run in rows.chunk_by(|a, b| a.1 == b.1 && a.0 + 1 == b.0) {
                    rect class={ "s" (run[0].1) } x="1" width="8" y=(run[0].0) height=(run.len()) {}
                }
            }
            g.here {}
        }
    }
}

/// The rows that hold a mark, with the strongest one.
fn rows(bytes: usize, marks: &[Mark]) -> Vec<(usize, u8)> {
    let mut rows = [0; ROWS];
    let row = |at: usize| (at * ROWS / bytes.max(1)).min(ROWS - 1);
    for mark in marks.iter().filter(|mark| mark.shown && mark.span.start < bytes) {
        let (first, last) = (row(mark.span.start), row(mark.span.end.saturating_sub(1)));
        for strength in &mut rows[first..=last.max(first)] {
            *strength = mark.strength.max(*strength);
        }
    }
    rows.into_iter().enumerate().filter(|&(_, strength)| strength > 0).collect()
}

#[cfg(test)]
mod tests {
    use refrain::Span;

    use super::*;

    #[test]
    fn a_row_shows_its_strongest_mark() {
        let mark = |start, end, strength| Mark {
            span: Span::new(start, end),
            thing: 0,
            spot: 0,
            strength,
            shown: true,
            again: true,
        };
        let marks = [mark(0, 20, 1), mark(10, 20, 3), mark(3_990, 4_000, 2), mark(5_000, 6_000, 4)];
        assert_eq!(rows(4_000, &marks), [(0, 1), (1, 3), (399, 2)]);
        assert_eq!(rows(0, &marks), []);
        assert_eq!(map(4_000, &marks).into_string().matches("<rect class=\"s").count(), 3);
    }
}
