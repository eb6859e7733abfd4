//! The findings on the paragraphs of one document of a set, as if it stood alone.

use super::add_stretches::add_stretches;
use super::match_paragraphs::match_paragraphs;
use super::paragraph_facts::{Summaries, paragraph_facts};
use crate::input::TokenizedDocuments;
use crate::measure::{BoilerplateText, Coverage};
use crate::report::ParagraphSummary;
use crate::rules::{self, Weighed};
use crate::settings::{Configuration, CoverageScope};
use crate::util::error::Error;
use crate::util::id::ParagraphId;
use crate::util::progress::Watch;

/// What is known of all documents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) texts: &'a TokenizedDocuments<'a>,
    pub(super) summaries: Summaries<'a>,
    pub(super) boilerplate: &'a BoilerplateText,
}

/// The findings on the paragraphs of a document. Apart from boilerplate, which belongs to the set, they are
/// those that the document has alone.
pub(super) fn own_findings(set: &Set<'_>, document: usize, watch: Watch<'_>) -> Result<Vec<Weighed>, Error> {
    let settings = &set.configuration.settings;
    let watch = watch.quiet();
    let range = set.texts.paragraphs_of(document);
    let alone = set.texts.only(document);
    let boilerplate = set.boilerplate.part(range.clone(), set.texts.places_of(document));
    let matched = match_paragraphs(set.configuration, &alone, |_, _| Ok(boilerplate), watch)?;
    let first = range.start as u32;
    let paragraphs: Vec<ParagraphSummary> = (0..)
        .zip(&set.summaries.paragraphs[range.clone()])
        .map(|(id, paragraph)| ParagraphSummary { id: ParagraphId(id), document: 0, ..paragraph.clone() })
        .collect();
    let coverage = set.summaries.coverage[range].iter().map(|coverage| match settings.coverage {
        CoverageScope::Document => {
            let sources = coverage.sources.iter().map(|source| source - first).collect();
            Coverage { sources, ..*coverage }
        }
        // What other documents said before is a fact about the set.
        CoverageScope::Documents => Coverage::default(),
    });
    let coverage: Vec<Coverage> = coverage.collect();
    let summaries = Summaries {
        lines: &set.summaries.lines[document..=document],
        documents: &set.summaries.documents[document..=document],
        paragraphs: &paragraphs,
        coverage: &coverage,
    };
    let facts = paragraph_facts(settings, &alone, &matched, summaries, watch)?;
    let mut found = rules::on_paragraphs(&facts, watch)?;
    add_stretches(&mut found, settings, &alone, &matched, &facts, watch)?;
    found.iter_mut().for_each(|found| found.move_to(document, first));
    Ok(found)
}
