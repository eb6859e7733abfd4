//! A chart along a document: how much of each paragraph was said before.

use maud::{Markup, html};
use refrain::{ParagraphSummary, Span};

use super::figures::{coordinate, percent};
use super::limits;
use super::marks::Mark;
use super::sources::Source;
use super::text;

/// The width of a chart in its own units.
const WIDTH: f64 = 1000.0;
/// The height of its upper and of its lower half.
const HALF: f64 = 40.0;

/// One bar: one paragraph, or several if there are very many.
#[derive(Debug)]
struct Bar {
    first: u32,
    line: usize,
    tokens: usize,
    /// Tokens times their coverage.
    covered: f64,
    /// Bytes of the text that stand in the document before, and all.
    again: usize,
    bytes: usize,
}

/// The coverage of each paragraph above, the share of it that repeats below. Nothing if no paragraph has a word.
pub(super) fn chart(source: &Source<'_>, paragraphs: &[ParagraphSummary], marks: &[Mark]) -> Markup {
    let bars = bars(source, paragraphs, marks);
    let all: usize = bars.iter().map(|bar| bar.tokens).sum();
    if all == 0 {
        return html! {};
    }
    let scale = WIDTH / all as f64;
    let mut x = 0.0;
    let starts: Vec<f64> = bars
        .iter()
        .map(|bar| {
            x += bar.tokens as f64 * scale;
            x - bar.tokens as f64 * scale
        })
        .collect();
    let most = bars.iter().map(Bar::coverage).fold(0.0, f64::max);
    html! {
        figure.chart {
            figcaption {
                span.key.up { "said before" }
                span.key.down { "marked as a repetition" }
                span.hint { "share of each paragraph, from the beginning to the end of the text" }
            }
            svg viewBox={ "0 0 " (WIDTH) " " (2.0 * HALF + 2.0) } preserveAspectRatio="none" role="img"
                aria-label={ "Of each paragraph, how much was said before and how much is marked; at most " (percent(most)) " was said before" } {
                @for (bar, x) in bars.iter().zip(&starts) {
                    rect.bar data-p=(bar.first) x=(coordinate(*x)) width=(coordinate(bar.inner(scale))) height=(2.0 * HALF + 2.0) {
                        title { "Line " (bar.line) ": " (percent(bar.coverage())) " said before, " (percent(bar.again())) " marked" }
                    }
                }
                path.up d=(path(&bars, &starts, scale, |bar| (HALF * (1.0 - bar.coverage()), HALF * bar.coverage()))) {}
                path.down d=(path(&bars, &starts, scale, |bar| (HALF + 2.0, HALF * bar.again()))) {}
                line.axis x1="0" x2=(WIDTH) y1=(HALF + 1.0) y2=(HALF + 1.0) {}
            }
        }
    }
}

impl Bar {
    fn coverage(&self) -> f64 {
        self.covered / self.tokens.max(1) as f64
    }

    fn again(&self) -> f64 {
        self.again as f64 / self.bytes.max(1) as f64
    }

    /// Its width without the gap to the next one.
    fn inner(&self, scale: f64) -> f64 {
        let width = self.tokens as f64 * scale;
        (width - 1.5).max(width / 2.0)
    }
}

/// The boxes of all bars as one path, given the top and the height of each.
fn path(bars: &[Bar], starts: &[f64], scale: f64, shape: impl Fn(&Bar) -> (f64, f64)) -> String {
    let mut out = String::new();
    for (bar, &x) in bars.iter().zip(starts) {
        let (y, height) = shape(bar);
        if height > 0.0 {
            let [x, y, width, height] = [x, y, bar.inner(scale), height].map(coordinate);
            out.push_str(&format!("M{x} {y}h{width}v{height}h-{width}z"));
        }
    }
    out
}

fn bars(source: &Source<'_>, paragraphs: &[ParagraphSummary], marks: &[Mark]) -> Vec<Bar> {
    let covered = covered(marks);
    let shown: Vec<_> =
        text::spans(source, paragraphs).filter(|(paragraph, _)| paragraph.tokens > 0).collect();
    let each = shown.len().div_ceil(limits::BARS).max(1);
    let bar = |part: &[(&ParagraphSummary, Span)]| Bar {
        first: part[0].0.id.0,
        line: part[0].0.line,
        tokens: part.iter().map(|(paragraph, _)| paragraph.tokens).sum(),
        covered: part.iter().map(|(paragraph, _)| paragraph.coverage * paragraph.tokens as f64).sum(),
        again: part.iter().map(|&(_, span)| overlap(&covered, span)).sum(),
        bytes: part.iter().map(|(_, span)| span.len()).sum(),
    };
    shown.chunks(each).map(bar).collect()
}

/// The union of what is marked as said again.
fn covered(marks: &[Mark]) -> Vec<Span> {
    let mut union: Vec<Span> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.shown && mark.again) {
        match union.last_mut() {
            Some(last) if mark.span.start <= last.end => last.end = last.end.max(mark.span.end),
            _ => union.push(mark.span),
        }
    }
    union
}

/// How many bytes of a span lie in sorted spans that do not overlap.
fn overlap(spans: &[Span], span: Span) -> usize {
    let from = spans.partition_point(|other| other.end <= span.start);
    let inside = spans[from..].iter().take_while(|other| other.start < span.end);
    inside.map(|other| other.end.min(span.end) - other.start.max(span.start)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_once_and_only_where_they_come_again() {
        let mark = |start, end, again, shown| Mark {
            span: Span::new(start, end),
            thing: 0,
            spot: 0,
            strength: 1,
            shown,
            again,
        };
        let marks = [
            mark(0, 9, false, true),
            mark(10, 20, true, true),
            mark(15, 25, true, true),
            mark(30, 40, true, false),
            mark(50, 60, true, true),
        ];
        let union = covered(&marks);
        assert_eq!(union, [Span::new(10, 25), Span::new(50, 60)]);
        let table = [((0, 12), 2), ((12, 55), 18), ((26, 49), 0), ((0, 100), 25)];
        for ((start, end), bytes) in table {
            assert_eq!(overlap(&union, Span::new(start, end)), bytes, "{start}..{end}");
        }
    }
}
