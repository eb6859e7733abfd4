//! The text of a document as a reader sees it, with its marks.

use std::fmt::Write;

use maud::{Markup, Render, html};
use refrain::{ParagraphSummary, Role, Span};

use super::marks::{Cursor, Mark, segments};
use super::sources::Source;
use super::visible::Visible;

/// The paragraphs of a document, in order. `note` says what stands beside a paragraph.
pub(super) fn text(
    source: &Source<'_>,
    paragraphs: &[ParagraphSummary],
    marks: &[Mark],
    note: impl Fn(&ParagraphSummary) -> Markup,
) -> Markup {
    let text = source.text();
    let paragraphs_shown = spans(source, paragraphs).map(|(summary, _)| summary);
    let mut cursor = Cursor::new(marks);
    let mut at = 0;
    html! {
        @for ((summary, span), class) in spans(source, paragraphs).zip(classes(paragraphs_shown)) {
            (between(text, at, span.start))
            @let () = at = span.end;
            (paragraph(summary, class, Marked { text, span, marks: cursor.at(span) }.render(), note(summary)))
        }
        @if at < source.until { (between(text, at, source.until)) }
    }
}

/// One paragraph with its line number: its words, and what stands beside them.
pub(super) fn paragraph(
    summary: &ParagraphSummary,
    class: &'static str,
    words: Markup,
    note: Markup,
) -> Markup {
    html! {
        div class={ "para " (class) } id={ "p" (summary.id) } {
            span.line aria-hidden="true" { (summary.line) }
            (block(class, words))
            (note)
        }
    }
}

/// The paragraphs that are shown, with their spans in the text; the last one may be cut.
pub(super) fn spans<'p>(
    source: &Source<'_>,
    paragraphs: &'p [ParagraphSummary],
) -> impl Iterator<Item = (&'p ParagraphSummary, Span)> {
    let mut at = 0;
    let spans = paragraphs.iter().filter_map(|paragraph| Some((paragraph, source.to_text(paragraph.span)?)));
    spans.filter_map(move |(paragraph, span)| {
        let end = span.end.min(source.until);
        // Those of another report may lie anywhere.
        (span.start >= at && span.start < end).then(|| {
            at = end;
            (paragraph, Span::new(span.start, end))
        })
    })
}

/// Text that belongs to no paragraph, such as source code.
fn between(text: &str, start: usize, end: usize) -> Markup {
    let text = text.get(start..end).unwrap_or("").trim_matches(['\n', '\r', '\u{feff}']);
    html! {
        @if !text.trim().is_empty() {
            div."para code" { pre dir="auto" tabindex="0" aria-label="Source code, which is not read" { (Visible(text)) } }
        }
    }
}

fn block(class: &str, words: Markup) -> Markup {
    html! {
        @match class {
            "heading" => h3.t dir="auto" { (words) },
            "quote" => blockquote.t dir="auto" { (words) },
            _ => p.t dir="auto" { (words) },
        }
    }
}

/// The classes of paragraphs, by their roles. Three or more headings in a row head nothing: they are the lines of
/// a list or of a table.
pub(super) fn classes<'p>(paragraphs: impl Iterator<Item = &'p ParagraphSummary>) -> Vec<&'static str> {
    let mut classes: Vec<&str> = paragraphs.map(|summary| role(summary.role)).collect();
    for run in classes.chunk_by_mut(|a, b| a == b).filter(|run| run[0] == "heading" && run.len() > 2) {
        run.fill("label");
    }
    classes
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Item => "item",
        Role::Quote => "quote",
        Role::Cell => "cell",
        Role::Heading => "heading",
        Role::Caption => "caption",
        Role::Boilerplate => "furniture",
        Role::Contents => "contents",
        _ => "body",
    }
}

/// A span of a text with its marks.
struct Marked<'a> {
    text: &'a str,
    span: Span,
    marks: &'a [Mark],
}

impl Render for Marked<'_> {
    fn render_to(&self, out: &mut String) {
        for segment in segments(self.span, self.marks) {
            let words = segment.span.of(self.text);
            let Some(&(thing, _)) = segment.names.first() else {
                Visible(words).render_to(out);
                continue;
            };
            let class = match segment.strength {
                0 => "m hid".to_owned(),
                strength => format!("m s{strength}"),
            };
            _ = write!(out, r##"<a class="{class}" href="#f{thing}" data-o=""##);
            for (at, (thing, spot)) in segment.names.iter().enumerate() {
                let space = if at > 0 { " " } else { "" };
                _ = write!(out, "{space}{thing}.{spot}");
            }
            out.push_str(r#"">"#);
            Visible(words).render_to(out);
            out.push_str("</a>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_part_a_text_and_escape_it() {
        let mark = |start, end, thing| Mark {
            span: Span::new(start, end),
            thing,
            spot: 1,
            strength: 2,
            shown: true,
            again: false,
        };
        let text = "a <b> c";
        let marks = [mark(2, 5, 3), mark(4, 9, 5)];
        let marked = Marked { text, span: Span::new(0, 7), marks: &marks };
        let expected = concat!(
            r##"a <a class="m s2" href="#f3" data-o="3.1">&lt;b</a>"##,
            r##"<a class="m s2" href="#f3" data-o="3.1 5.1">&gt;</a>"##,
            r##"<a class="m s2" href="#f5" data-o="5.1"> c</a>"##
        );
        assert_eq!(marked.render().into_string(), expected);
    }
}
