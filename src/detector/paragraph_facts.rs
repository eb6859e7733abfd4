//! What the rules need to know of paragraphs: of one document alone, or of all.

use std::ops::Range;

use super::match_paragraphs::Matched;
use super::short_copies::short_copies;
use crate::input::{SourceLines, TokenizedDocuments};
use crate::measure::Coverage;
use crate::report::{DocumentSummary, ParagraphSummary};
use crate::rules;
use crate::settings::Settings;
use crate::util::progress::{Cancelled, Watch};

/// Some documents and their paragraphs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Summaries<'a> {
    pub(super) lines: &'a [SourceLines<'a>],
    pub(super) documents: &'a [DocumentSummary],
    pub(super) paragraphs: &'a [ParagraphSummary],
    pub(super) coverage: &'a [Coverage],
}

/// The facts about the paragraphs of some documents, without passages.
pub(super) fn paragraph_facts<'a>(
    settings: &Settings,
    texts: &'a TokenizedDocuments<'a>,
    matched: &'a Matched,
    summaries: Summaries<'a>,
    watch: Watch<'_>,
) -> Result<rules::Facts<'a>, Cancelled> {
    let Summaries { lines, documents, paragraphs, coverage } = summaries;
    let size =
        |paragraphs: Range<usize>| texts.paragraphs[paragraphs].iter().map(|paragraph| paragraph.size).sum();
    Ok(rules::Facts {
        documents,
        paragraphs,
        texts: texts.documents,
        lines,
        coverage,
        sizes: texts.paragraphs.iter().map(|paragraph| paragraph.size).collect(),
        lengths: texts.by_document().into_iter().map(size).collect(),
        roles: paragraphs.iter().map(|paragraph| paragraph.role).collect(),
        least_size_of_warnings: settings.min_warning_tokens.saturating_mul(2),
        short_copies: short_copies(texts, matched, watch)?,
        groups: &matched.groups,
        matches: &matched.matches,
        numbers: Some(&matched.numbers).filter(|_| !settings.merge_numbers),
        boilerplate: &matched.boilerplate,
        containers: &matched.containers,
        passages: &[],
        passage_lengths: Vec::new(),
        own_occurrences: Vec::new(),
    })
}
