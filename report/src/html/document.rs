//! The section of one document: figures, chart, text with marks and map, findings.

use maud::{Markup, html};
use refrain::{DocumentSummary, Level, ParagraphSummary, Report, Settings, Verdict};

use super::card::{Cards, name};
use super::chart::chart;
use super::figures::{bytes, count, of, percent};
use super::map::map;
use super::marks::Mark;
use super::sources::{Source, Sources};
use super::text::text;
use super::things::{Thing, Things};
use super::visible::{Plain, Visible};

/// All that sections are written from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sections<'a> {
    pub(super) report: &'a Report,
    pub(super) sources: &'a Sources<'a>,
    pub(super) things: &'a Things<'a>,
    pub(super) marks: &'a [Vec<Mark>],
    /// The folder of all documents, which is not shown with each.
    pub(super) folder: &'a str,
    /// The range of the paragraphs of each document.
    pub(super) paragraphs: &'a [std::ops::Range<usize>],
}

impl Sections<'_> {
    /// The section of a document, closed unless it is the only one.
    pub(super) fn section(&self, document: usize) -> Markup {
        let summary = &self.report.documents()[document];
        let content = self.content(document);
        html! {
            @if self.report.documents().len() == 1 {
                section.doc id={ "d" (document) } { (content) }
            } @else {
                details.doc id={ "d" (document) } {
                    summary {
                        span.name dir="auto" { (Visible(summary.name.get(self.folder.len()..).unwrap_or(""))) }
                        (verdict(summary.verdict))
                        span.small { (percent(summary.redundancy)) " redundant · " (of(summary.tokens, "word")) }
                    }
                    (content)
                }
            }
        }
    }

    fn content(&self, document: usize) -> Markup {
        let summary = &self.report.documents()[document];
        let paragraphs = &self.report.paragraphs()[self.paragraphs[document].clone()];
        let source = self.sources.get(document);
        html! {
            @if self.report.documents().len() > 1 { (figures(summary, self.report.settings())) }
            @if let Some(source) = source { (chart(source, paragraphs, &self.marks[document])) }
            div.columns {
                @if let Some(source) = source {
                    (map(source.until, &self.marks[document]))
                    (self.text(document, source, paragraphs))
                } @else {
                    p.missing { "The text is not at hand, or is not the one that was checked: only the findings are shown." }
                }
                (self.findings(document))
            }
        }
    }

    fn text(&self, document: usize, source: &Source<'_>, paragraphs: &[ParagraphSummary]) -> Markup {
        let notes = self.notes(document);
        let note = |paragraph: &ParagraphSummary| {
            let from = notes.partition_point(|&(id, _)| id < paragraph.id.0);
            html! {
                @for &(_, number) in notes[from..].iter().take_while(|note| note.0 == paragraph.id.0).take(2) {
                    p.flag { a href={ "#f" (number) } data-thing=(number) { (name(self.things.all[number].finding.rule)) } }
                }
            }
        };
        html! {
            article.text lang="" aria-label="Text" {
                h2.sr lang="en" { "Text" }
                @if source.text().trim().is_empty() { p.none { "The text is empty." } }
                (text(source, paragraphs, &self.marks[document], note))
                @if source.left_out() > 0 {
                    p.cut role="note" {
                        "The page shows the first " (bytes(source.until)) " of this text. " (bytes(source.left_out()))
                        " are left out; the JSON report has all that was found in them."
                    }
                }
            }
        }
    }

    /// The paragraphs that have a warning, with its number.
    fn notes(&self, document: usize) -> Vec<(u32, usize)> {
        let warnings = self
            .things
            .of(document)
            .filter(|(_, thing)| thing.finding.shown && thing.finding.level == Level::Warning);
        let mut notes: Vec<(u32, usize)> = warnings
            .flat_map(|(number, thing)| {
                let findings = [thing.finding].into_iter().chain(thing.copies.iter().copied());
                findings.filter_map(move |finding| Some((finding.paragraph?.0, number)))
            })
            .collect();
        notes.sort_unstable();
        notes
    }

    fn findings(&self, document: usize) -> Markup {
        let cards = Cards { report: self.report, sources: self.sources };
        let [shown, hidden]: [Vec<_>; 2] = [true, false]
            .map(|shown| self.things.of(document).filter(|found| found.1.finding.shown == shown).collect());
        let [more, more_hidden] = self.things.left_out[document];
        let all = |things: &[(usize, &Thing<'_>)]| {
            things.iter().map(|thing| 1 + thing.1.copies.len()).sum::<usize>()
        };
        html! {
            aside.findings aria-label={ "Findings" @if self.report.documents().len() > 1 { " in " (Plain(&self.report.documents()[document].name)) } } {
                h2 { "Findings " span.small { (count(all(&shown) + more)) } }
                @if shown.is_empty() { p.none { "Nothing comes back that is worth showing." } }
                @for (number, thing) in &shown { (cards.card(*number, thing)) }
                @if more > 0 {
                    p.cut role="note" { (of(more, "finding")) " more, of less weight, are left out; the JSON report has all of them." }
                }
                @if !hidden.is_empty() {
                    details.rest {
                        summary { "Not worth showing " span.small { (count(all(&hidden) + more_hidden)) } }
                        @for (number, thing) in &hidden { (cards.card(*number, thing)) }
                        @if more_hidden > 0 {
                            p.cut role="note" { (of(more_hidden, "finding")) " more are left out; the JSON report has all of them." }
                        }
                    }
                }
            }
        }
    }
}

/// The figures of a document.
pub(super) fn figures(summary: &DocumentSummary, settings: &Settings) -> Markup {
    let limits = &settings.verdict;
    html! {
        dl.figures {
            div { dt { "Redundant" } dd { (percent(summary.redundancy)) span.small { "limit " (percent(limits.redundancy)) } } }
            div { dt { "Sentences that say something again" } dd { (percent(summary.said_again)) span.small { (count(summary.said_again_sentences)) " of " (count(summary.sentences)) } } }
            div { dt { "Ending like its opening" } dd { (percent(summary.opening_closing)) } }
            div { dt { "Words" } dd { (count(summary.tokens)) } }
            div { dt { "Paragraphs" } dd { (count(summary.paragraphs)) @if summary.short_paragraphs > 0 { span.small { (count(summary.short_paragraphs)) " too short to compare" } } } }
            @if summary.shared > 0.0 {
                div { dt { "In other documents" } dd { (percent(summary.shared)) } }
            }
        }
        @if summary.ignored_blocks > 0 {
            p.small { (of(summary.ignored_blocks, "block")) " not read, since a comment in the source says so." }
        }
    }
}

pub(super) fn verdict(verdict: Verdict) -> Markup {
    html! { span class={ "verdict " (verdict) } { (verdict) } }
}

/// What a verdict means, in a sentence.
pub(super) fn sentence(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Repetitive => "Much of it is repeated, word for word or edited.",
        Verdict::Padded => "It says the same again in other words, or ends as it began.",
        _ => "It repeats no more than is usual.",
    }
}
