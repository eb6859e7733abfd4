//! A report of `check`, laid out like the messages of a compiler.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Padding, Renderer, Snippet};
use refrain::{Document, Finding, Level, Place, Report, Rule};

use super::excerpt::{Excerpt, excerpt};
use super::layout::Layout;
use super::numbers::count;
use super::printable::printable;
use super::summary::{Shown, left_out, summary};
use super::word_differences::word_differences;

/// How many related places of a finding are shown.
const MAX_RELATED: usize = 3;

/// Writes all warnings, at most `max_notes` notes, and a summary. Findings that are not worth showing are left
/// out, unless all notes are wanted.
pub(crate) fn write(
    out: &mut impl Write,
    layout: Layout,
    report: &Report,
    documents: &[Document<'_>],
    max_notes: usize,
) -> io::Result<()> {
    let renderer = if layout.colored { Renderer::styled() } else { Renderer::plain() };
    // Excerpts are already cut to the width. The renderer must not cut them again.
    let renderer = renderer.term_width(10 * layout.width);
    let page = Page { renderer, columns: layout.width, documents };
    let mut shown = Shown::default();
    for finding in report.findings() {
        match finding.level {
            Level::Warning => shown.warnings += 1,
            _ if !finding.shown && max_notes < usize::MAX => {
                shown.hidden += 1;
                continue;
            }
            _ if shown.notes == max_notes => {
                shown.over_limit += 1;
                continue;
            }
            _ => shown.notes += 1,
        }
        writeln!(out, "{}\n", page.render(finding, report))?;
    }
    writeln!(out, "{}", printable(&summary(report, &shown)))?;
    left_out(report).map_or(Ok(()), |line| writeln!(out, "{line}"))
}

/// What all findings of a report need to be shown.
#[derive(Debug)]
struct Page<'a> {
    renderer: Renderer,
    columns: usize,
    documents: &'a [Document<'a>],
}

impl Page<'_> {
    fn render(&self, finding: &Finding, report: &Report) -> String {
        let level = match finding.level {
            Level::Warning => annotate_snippets::Level::WARNING,
            _ => annotate_snippets::Level::NOTE,
        };
        let views = views(finding);
        let last_line = views.iter().map(|view| view.line).max().unwrap_or(1);
        let gutter = last_line.to_string().len() + " | ".len();
        let title = level.clone().primary_title(printable(&finding.message)).id(finding.rule.to_string());
        // The renderer puts no space between the first group and the second, so the first is empty. It
        // would also compute columns from the excerpt, which is only part of a line. So the origin, with
        // the true column, is in a group of its own.
        let mut groups = vec![Group::with_level(level.clone()), Group::with_title(title)];
        let last = views.len() - 1;
        for (index, view) in views.into_iter().enumerate() {
            let document = &self.documents[view.document];
            let origin = Origin::path(printable(document.name())).line(view.line).char_column(view.column);
            let origin_group = Group::with_level(level.clone());
            groups.push(if index > 0 { origin_group.element(Padding) } else { origin_group }.element(origin));
            let Some(mark) = view.mark else { continue };
            let reserved = if mark.label.is_empty() { 0 } else { mark.label.len() + 1 };
            let columns = self.columns.saturating_sub(gutter).max(reserved + 20);
            let Excerpt { text, marked } = excerpt(document.text(), mark.span, columns, reserved);
            let annotation: Annotation<'_> = mark.kind.span(marked).label(mark.label);
            let snippet = Snippet::source(text).line_start(view.line).annotation(annotation);
            let mut group = Group::with_level(level.clone()).element(snippet);
            if index == last && finding.related.len() > MAX_RELATED {
                let more = finding.related.len() - MAX_RELATED;
                group = group.element(Padding).element(
                    annotate_snippets::Level::NOTE.message(format!("and {}", count(more, "more place"))),
                );
            }
            groups.push(group);
        }
        if matches!(finding.rule, Rule::NearDuplicate | Rule::DiffersInNumbers) {
            let columns = self.columns.saturating_sub(gutter + "differs: ".len());
            let line = word_differences(report, self.documents, finding, columns);
            if let Some(line) = line {
                let last = groups.pop().expect("there is a title");
                groups.push(last.element(Padding).element(level.with_name("differs").message(line)));
            }
        }
        self.renderer.render(&groups).trim_start().to_owned()
    }
}

/// A place to show.
#[derive(Debug)]
struct View {
    document: usize,
    line: usize,
    column: usize,
    mark: Option<Mark>,
}

/// The text to underline at a place.
#[derive(Debug)]
struct Mark {
    span: refrain::Span,
    kind: AnnotationKind,
    label: &'static str,
}

impl View {
    fn new(place: &Place, kind: AnnotationKind, label: &'static str) -> Self {
        let mark = Mark { span: place.span, kind, label };
        Self { document: place.document, line: place.line, column: place.column, mark: Some(mark) }
    }
}

/// The places of a finding, its own first.
fn views(finding: &Finding) -> Vec<View> {
    let &Finding { document, line, column, span, .. } = finding;
    if finding.paragraph.is_none() {
        // A finding about a whole document: underlining all of it would say nothing.
        return match finding.related.first() {
            Some(place) => vec![View::new(place, AnnotationKind::Primary, "repetition starts here")],
            None => vec![View { document, line, column, mark: None }],
        };
    }
    let mark = Mark { span, kind: AnnotationKind::Primary, label: "" };
    let mut views = vec![View { document, line, column, mark: Some(mark) }];
    for (index, place) in finding.related.iter().take(MAX_RELATED).enumerate() {
        let label = match finding.rule {
            Rule::Repetitive => "contains part of it",
            Rule::Boilerplate => "also here",
            _ if index == 0 => "first occurrence",
            _ => "also here",
        };
        views.push(View::new(place, AnnotationKind::Context, label));
    }
    views
}
