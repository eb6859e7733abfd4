//! Reports for people, laid out like a compiler's.

use std::io::{self, Write as _};

use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Padding, Renderer, Snippet};
use refrain::{Document, Finding, Level, Place, Report, Rule};

use crate::output::stdout::Out;
use crate::render::excerpt::{Excerpt, excerpt};
use crate::render::printable::visible;
use crate::render::summary::{Shown, count, summary};
use crate::render::word_differences::differences;

/// How many places are shown besides that of the finding itself.
const PLACES: usize = 3;

/// Writes all warnings, so many notes, and a summary.
///
/// A note on a passage that says no more than another finding did is left out.
pub(crate) fn write(
    out: &mut Out,
    report: &Report,
    documents: &[Document<'_>],
    notes: usize,
) -> io::Result<()> {
    let renderer = if out.colored { Renderer::styled() } else { Renderer::plain() };
    // Excerpts come cut to the width, so the renderer has nothing to trim.
    let page = Page { renderer: renderer.term_width(10 * out.width), columns: out.width, documents };
    let matched = matched_paragraphs(report);
    let mut shown = Shown::default();
    for finding in report.findings() {
        match finding.level {
            Level::Warning => shown.warnings += 1,
            Level::Note if says_the_same_twice(finding, &matched) => {
                shown.left_out += 1;
                continue;
            }
            Level::Note if shown.notes == notes => {
                shown.more += 1;
                continue;
            }
            Level::Note => shown.notes += 1,
        }
        writeln!(out, "{}\n", page.finding(finding, report))?;
    }
    writeln!(out, "{}", visible(&summary(report, &shown)))
}

/// By id, which paragraphs a finding matches to another one as a whole.
fn matched_paragraphs(report: &Report) -> Vec<bool> {
    let mut matched = vec![false; report.paragraphs().len()];
    for finding in report.findings() {
        let whole = matches!(
            finding.rule,
            Rule::ExactDuplicate | Rule::NearDuplicate | Rule::Contained | Rule::DiffersInNumbers
        );
        if let Some(paragraph) = finding.paragraph.filter(|_| whole) {
            matched[paragraph.index()] = true;
        }
    }
    matched
}

/// Whether a passage comes back only in such paragraphs.
fn says_the_same_twice(note: &Finding, matched: &[bool]) -> bool {
    if note.rule != Rule::RepeatedPassage {
        return false;
    }
    let later = note.related.iter().skip(1).map(|place| place.paragraph);
    note.paragraph.into_iter().chain(later).all(|paragraph| matched[paragraph.index()])
}

/// What findings are shown on.
#[derive(Debug)]
struct Page<'a> {
    renderer: Renderer,
    columns: usize,
    documents: &'a [Document<'a>],
}

impl Page<'_> {
    fn finding(&self, finding: &Finding, report: &Report) -> String {
        let level = match finding.level {
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Note => annotate_snippets::Level::NOTE,
        };
        let views = views(finding);
        let last_line = views.iter().map(|view| view.line).max().unwrap_or(1);
        let gutter = last_line.to_string().len() + " | ".len();
        let title = level.clone().primary_title(visible(&finding.message)).id(finding.rule.to_string());
        // The renderer joins the groups of a report more closely than we want it to after the first,
        // and reckons columns from what it is given, which is only part of a line. So the first is
        // empty, and origins stand in groups of their own.
        let mut groups = vec![Group::with_level(level.clone()), Group::with_title(title)];
        let last = views.len() - 1;
        for (index, view) in views.into_iter().enumerate() {
            let document = &self.documents[view.document];
            let origin = Origin::path(visible(document.name())).line(view.line).char_column(view.column);
            let origin_group = Group::with_level(level.clone());
            groups.push(if index > 0 { origin_group.element(Padding) } else { origin_group }.element(origin));
            let Some(mark) = view.mark else { continue };
            let reserved = if mark.label.is_empty() { 0 } else { mark.label.len() + 1 };
            let columns = self.columns.saturating_sub(gutter).max(reserved + 20);
            let Excerpt { text, mark: span } = excerpt(document.text(), mark.span, columns, reserved);
            let annotation: Annotation<'_> = mark.kind.span(span).label(mark.label);
            let snippet = Snippet::source(text).line_start(view.line).annotation(annotation);
            let mut group = Group::with_level(level.clone()).element(snippet);
            if index == last && finding.related.len() > PLACES {
                let more = finding.related.len() - PLACES;
                group = group.element(Padding).element(
                    annotate_snippets::Level::NOTE.message(format!("and at {}", count(more, "more place"))),
                );
            }
            groups.push(group);
        }
        if matches!(finding.rule, Rule::NearDuplicate | Rule::DiffersInNumbers) {
            let columns = self.columns.saturating_sub(gutter + "differs: ".len());
            let line = differences(report, self.documents, finding, columns);
            let told = line.map(|line| level.with_name("differs").message(line));
            let last = groups.pop().expect("there is a title");
            groups.push(told.into_iter().fold(last, |last, told| last.element(Padding).element(told)));
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

/// What is underlined at a place.
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

/// The places of a finding, its own in front.
fn views(finding: &Finding) -> Vec<View> {
    let &Finding { document, line, column, span, .. } = finding;
    if finding.paragraph.is_none() {
        // Nobody wants a whole document underlined.
        return match finding.related.first() {
            Some(place) => vec![View::new(place, AnnotationKind::Primary, "repeats from here on")],
            None => vec![View { document, line, column, mark: None }],
        };
    }
    let mark = Mark { span, kind: AnnotationKind::Primary, label: "" };
    let mut views = vec![View { document, line, column, mark: Some(mark) }];
    for (index, place) in finding.related.iter().take(PLACES).enumerate() {
        let label = match finding.rule {
            Rule::Repetitive => "part of it said here",
            Rule::Boilerplate => "and here",
            _ if index == 0 => "said first here",
            _ => "and again here",
        };
        views.push(View::new(place, AnnotationKind::Context, label));
    }
    views
}
