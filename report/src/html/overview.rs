//! A table of many documents.

use std::collections::BTreeMap;

use maud::{Markup, html};
use refrain::{Level, Report};

use super::document::verdict;
use super::figures::{count, percent};
use super::limits;
use super::visible::{Name, Plain, Visible};

/// The documents with which one shares most that are named.
const PARTNERS: usize = 3;

/// The table, with a row for each document.
pub(super) fn overview(report: &Report) -> Markup {
    let partners = partners(report);
    let levels = levels(report);
    let documents = report.documents();
    let shown = documents.len().min(limits::DOCUMENTS);
    let folder = common_folder(report);
    let short = |at: usize| match &documents[at].name[folder.len()..] {
        "" => "(no name)",
        name => name,
    };
    html! {
        section.overview aria-labelledby="overview-title" {
            h2 #overview-title { "Documents " @if !folder.is_empty() { span.small { "in " bdi { (Name(folder)) } } } }
            form.filter #filter hidden {
                label { "Name " input #filter-name type="search" autocomplete="off"; }
                label { "Verdict " select #filter-verdict {
                    option value="" { "any" }
                    option { "repetitive" } option { "padded" } option { "ok" }
                } }
                label.check { input #filter-warnings type="checkbox"; " with warnings" }
                label.check { input #filter-shared type="checkbox"; " shares with others" }
                output #filter-count {}
            }
            div.scroll tabindex="0" role="region" aria-label="Table of documents" {
                table #documents {
                    thead { tr {
                        @for (title, kind) in [("Document", "text"), ("Verdict", "text"), ("Redundant", "number"), ("Said again", "number"), ("Warnings", "number"), ("Notes", "number"), ("Words", "number"), ("Shares most with", "share")] {
                            th scope="col" data-kind=(kind) class={ "of-" (kind) } { (title) }
                        }
                    } }
                    tbody {
                        @for (at, document) in documents[..shown].iter().enumerate() {
                            tr data-verdict=(document.verdict) {
                                th scope="row" { a href={ "#d" (at) } dir="auto" { (Name(short(at))) } }
                                td { (verdict(document.verdict)) }
                                (share(document.redundancy))
                                (share(document.said_again))
                                td.number data-v=(levels[at][1]) { (count(levels[at][1])) }
                                td.number data-v=(levels[at][0]) { (count(levels[at][0])) }
                                td.number data-v=(document.tokens) { (count(document.tokens)) }
                                td.shared data-v=(format!("{:.4}", document.shared)) {
                                    @if document.shared > 0.0 { (percent(document.shared)) }
                                    @for (other, places) in partners[at].iter().take(PARTNERS) {
                                        " " a href={ "#d" (other) } title=(Plain(&format!("{places} in common"))) { bdi { (Visible(short(*other))) } }
                                    }
                                    @if partners[at].len() > PARTNERS { " and " (partners[at].len() - PARTNERS) " more" }
                                }
                            }
                        }
                    }
                }
            }
            @if shown < documents.len() {
                p.cut role="note" { "The page has the first " (count(shown)) " documents; " (count(documents.len() - shown)) " more are left out. The JSON report has all of them." }
            }
        }
    }
}

fn share(value: f64) -> Markup {
    let width = super::figures::coordinate(value.clamp(0.0, 1.0) * 40.0);
    html! {
        td.number data-v=(format!("{value:.4}")) {
            svg.meter viewBox="0 0 40 8" aria-hidden="true" { rect.bed width="40" height="8" {} rect.up width=(width) height="8" {} }
            span.value { (percent(value)) }
        }
    }
}

/// The folder of all documents, with its slash, or nothing.
pub(super) fn common_folder(report: &Report) -> &str {
    let mut names = report.documents().iter().map(|document| &document.name[..]);
    let first = names.next().unwrap_or("");
    let common = names.fold(first, |common, name| {
        let same = common.chars().zip(name.chars()).take_while(|(a, b)| a == b);
        &common[..same.map(|(c, _)| c.len_utf8()).sum()]
    });
    &common[..common.rfind(['/', '\\']).map_or(0, |slash| slash + 1)]
}

/// How many notes and warnings that are shown each document has.
fn levels(report: &Report) -> Vec<[usize; 2]> {
    let mut levels = vec![[0; 2]; report.documents().len()];
    for finding in report.shown() {
        if let Some(counts) = levels.get_mut(finding.document) {
            counts[usize::from(finding.level == Level::Warning)] += 1;
        }
    }
    levels
}

/// For each document, those that it has passages or paragraphs in common with, and how many: most first.
///
/// Of what stands in very many documents only the first are counted.
fn partners(report: &Report) -> Vec<Vec<(usize, usize)>> {
    let documents = report.documents().len();
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut relate = |mut all: Vec<usize>| {
        all.sort_unstable();
        all.dedup();
        all.truncate(limits::RELATED);
        for (at, &left) in all.iter().enumerate() {
            for &right in &all[at + 1..] {
                *counts.entry((left, right)).or_default() += 1;
            }
        }
    };
    for passage in report.passages() {
        relate(passage.occurrences.iter().map(|occurrence| occurrence.document).collect());
    }
    for pair in report.pairs() {
        let document =
            |id: refrain::ParagraphId| report.paragraphs().get(id.index()).map(|found| found.document);
        relate([pair.left, pair.right].into_iter().filter_map(document).collect());
    }
    let mut partners = vec![Vec::new(); documents];
    for (&(left, right), &count) in counts.iter().filter(|&(&(_, right), _)| right < documents) {
        partners[left].push((right, count));
        partners[right].push((left, count));
    }
    for partners in &mut partners {
        partners.sort_by_key(|&(other, count)| (usize::MAX - count, other));
    }
    partners
}
