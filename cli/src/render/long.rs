//! Findings laid out like the messages of a compiler, each place with the text around it.

use std::cmp::Reverse;

use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Padding, Renderer, Snippet};
use refrain::{Document, Finding, Level, Place, Report, Rule, Span, Stretch};

use super::excerpt::{Excerpt, excerpt};
use super::layout::Layout;
use super::numbers::count;
use super::printable::{printable, text_width};
use super::word_differences::{new_words, word_differences};

/// How many related places of a finding are shown.
const MAX_RELATED: usize = 3;
/// The same of a theme, whose wordings differ.
const MAX_WORDINGS: usize = 7;

/// What all findings of a report need to be shown.
#[derive(Debug)]
pub(super) struct Page<'a> {
    renderer: Renderer,
    columns: usize,
    documents: &'a [Document<'a>],
}

impl<'a> Page<'a> {
    pub(super) fn new(layout: Layout, documents: &'a [Document<'a>]) -> Self {
        let renderer = if layout.colored { Renderer::styled() } else { Renderer::plain() };
        // Excerpts are already cut to the width. The renderer must not cut them again.
        let renderer = renderer.term_width(10 * layout.width);
        Self { renderer, columns: layout.width, documents }
    }

    /// The lines of a finding, without a line feed at the end.
    pub(super) fn render(&self, finding: &Finding, report: &Report) -> String {
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
            let group = Group::with_level(level.clone());
            let origin = Origin::path(printable(document.name())).line(view.line).char_column(view.column);
            groups.push(if index > 0 { group.element(Padding) } else { group }.element(origin));
            let Some(mark) = view.mark else { continue };
            let reserved = if mark.label.is_empty() { 0 } else { text_width(&printable(&mark.label)) + 1 };
            let columns = self.columns.saturating_sub(gutter).max(reserved + 20);
            let Excerpt { text, marked } =
                excerpt(document.text(), document.to_text(mark.span), columns, reserved);
            let annotation: Annotation<'_> =
                mark.kind.span(marked).label(printable(&mark.label).into_owned());
            let snippet = Snippet::source(text).line_start(view.line).annotation(annotation);
            let mut group = Group::with_level(level.clone()).element(snippet);
            if let Some(more) = hidden_places(finding).filter(|_| index == last) {
                group = group.element(Padding).element(
                    annotate_snippets::Level::NOTE.message(format!("and {}", count(more, "more place"))),
                );
            }
            groups.push(group);
        }
        let columns = self.columns.saturating_sub(gutter + "differs: ".len());
        let (name, line) = match finding.rule {
            Rule::NearDuplicate | Rule::DiffersInNumbers => {
                ("differs", word_differences(report, self.documents, finding, columns))
            }
            _ => ("new here", new_words(self.documents, finding, columns)),
        };
        if let Some(line) = line {
            let last = groups.pop().expect("there is a title");
            groups.push(last.element(Padding).element(level.with_name(name).message(line)));
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
    span: Span,
    kind: AnnotationKind,
    label: String,
}

impl View {
    fn new(place: &Place, kind: AnnotationKind, label: &str) -> Self {
        let mark = Mark { span: place.span, kind, label: label.to_owned() };
        Self { document: place.document, line: place.line, column: place.column, mark: Some(mark) }
    }
}

/// How many related places of a finding are shown.
fn max_related(finding: &Finding) -> usize {
    if finding.rule == Rule::SaidAgain { MAX_WORDINGS } else { MAX_RELATED }
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
    if finding.rule == Rule::Repetitive && !finding.stretches.is_empty() {
        return stretch_views(finding);
    }
    let mark = Mark { span, kind: AnnotationKind::Primary, label: String::new() };
    let mut views = vec![View { document, line, column, mark: Some(mark) }];
    for (index, place) in finding.related.iter().take(max_related(finding)).enumerate() {
        let label = match finding.rule {
            Rule::Repetitive => "contains part of it",
            Rule::Boilerplate | Rule::SaidAgain => "also here",
            Rule::Contained if index == 0 => "contained here",
            Rule::Contained => "also contained",
            _ if index == 0 => "first occurrence",
            _ => "also here",
        };
        let mut view = View::new(place, AnnotationKind::Context, label);
        if let (Rule::Contained, 0, [first, ..]) = (finding.rule, index, &finding.stretches[..]) {
            // The part of the container that says it.
            let sources = finding.stretches.iter().map(|stretch| stretch.source.span);
            let (start, end) = sources.fold((first.source.span.start, 0), |(start, end), span| {
                (span.start.min(start), span.end.max(end))
            });
            let earliest = finding.stretches.iter().min_by_key(|stretch| stretch.source.span.start);
            let Place { line, column, .. } = earliest.unwrap_or(first).source;
            let mark = view.mark.map(|mark| Mark { span: Span::new(start, end), ..mark });
            view = View { line, column, mark, ..view };
        }
        views.push(view);
    }
    views
}

/// The longest stretches of a paragraph that were said before, in the order of the paragraph, each with
/// the line where it stood. The words there are the same, so they are not shown.
fn stretch_views(finding: &Finding) -> Vec<View> {
    let mut longest: Vec<&Stretch> = finding.stretches.iter().collect();
    longest.sort_by_key(|stretch| Reverse(stretch.span.len()));
    longest.truncate(MAX_RELATED);
    longest.sort_by_key(|stretch| stretch.span.start);
    let view = |stretch: &&Stretch| {
        let Stretch { span, line, column, source, .. } = *stretch;
        let label = if source.document == finding.document {
            format!("said at line {}", source.line)
        } else {
            format!("said at {}:{}", source.name, source.line)
        };
        let mark = Mark { span: *span, kind: AnnotationKind::Primary, label };
        View { document: finding.document, line: *line, column: *column, mark: Some(mark) }
    };
    longest.iter().map(view).collect()
}

/// How many places of a finding are not shown, if there are any.
fn hidden_places(finding: &Finding) -> Option<usize> {
    let all = match (finding.rule, &finding.stretches[..]) {
        (Rule::Repetitive, [_, ..]) => finding.stretches.len(),
        _ => finding.related.len(),
    };
    all.checked_sub(max_related(finding)).filter(|&more| more > 0)
}
