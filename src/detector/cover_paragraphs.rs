//! The coverage of every paragraph by those before it in its document, or in all documents.

use std::ops::Range;

use super::match_paragraphs::Matched;
use crate::input::TokenizedDocuments;
use crate::measure::{Coverage, coverage};
use crate::set::ShingleSets;
use crate::settings::{CoverageScope, Settings};
use crate::util::error::Error;
use crate::util::parallel;
use crate::util::progress::Watch;

/// The coverage of each paragraph, with sources as ids.
pub(super) fn cover_paragraphs(
    settings: &Settings,
    texts: &TokenizedDocuments<'_>,
    matched: &Matched,
    watch: Watch<'_>,
) -> Result<Vec<Coverage>, Error> {
    let shingle = settings.shingle;
    // Paragraphs that are too short for pairs count here.
    let short: Vec<usize> = (0..texts.paragraphs.len()).filter(|&p| matched.groups.of(p).is_none()).collect();
    let mut sets = ShingleSets::try_collect(short.len(), shingle.width, watch, |index, units| {
        Ok::<_, Error>(texts.units(short[index], shingle, units, watch)?)
    })?;
    sets.sort(|_| true, watch)?;
    let set = |paragraph: usize| match matched.groups.of(paragraph) {
        Some(group) => matched.sets.get(group),
        None => sets.get(short.partition_point(|&before| before < paragraph)),
    };
    let excluded = matched.boilerplate.shingles(texts, shingle, watch)?;
    let scopes = match settings.coverage {
        CoverageScope::Document => texts.by_document(),
        CoverageScope::Documents => vec![Range { start: 0, end: texts.paragraphs.len() }],
    };
    let found = parallel::try_map_ranges(scopes.len(), 1, |range| {
        let paragraphs = scopes[range.start].clone();
        let first = paragraphs.start as u32;
        let mut found = coverage(paragraphs.map(set), &excluded, watch)?;
        for source in found.iter_mut().flat_map(|coverage| &mut coverage.sources) {
            *source += first;
        }
        Ok::<_, Error>(found)
    })?;
    Ok(found.into_iter().flatten().collect())
}
