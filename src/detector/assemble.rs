//! How a report is put together from what both wings say.

use std::ops::Range;

use super::align_pairs::align;
use crate::input::Texts;
use crate::matching::{self, Groups, Match, NumberFamilies};
use crate::measure::{Coverage, Marked, Repeats, repeats, shared};
use crate::passage::Stretches;
use crate::report::{DocumentSummary, Occurrence, ParagraphSummary, Passage, Report, Schema};
use crate::rules::{Facts, Repeated, findings};
use crate::set::{Overlap, ShingleSets};
use crate::settings::Settings;
use crate::sketch::Banding;
use crate::text::LineIndex;
use crate::util::id::ParagraphId;
use crate::util::parallel;
use crate::util::place_set::PlaceSet;

/// What matching made of the paragraphs.
#[derive(Debug)]
pub(crate) struct Matched {
    pub(crate) groups: Groups,
    /// Of each group.
    pub(crate) numbers: NumberFamilies,
    /// The shingles of each group.
    pub(crate) sets: ShingleSets,
    pub(crate) matches: Vec<Match>,
    pub(crate) marked: Marked,
    /// For each group, the first earlier one that holds most of it, and what they share.
    pub(crate) containers: Vec<Option<(u32, Overlap)>>,
    pub(crate) banding: Option<Banding>,
}

/// All that goes into a report, and how its parts are put together.
pub(crate) struct Assembly<'a> {
    settings: &'a Settings,
    texts: &'a Texts<'a>,
    matched: Matched,
    coverage: Vec<Coverage>,
    stretches: &'a [Stretches],
    lines: Vec<LineIndex<'a>>,
    repeats: Vec<Repeats>,
}

impl<'a> Assembly<'a> {
    /// Documents repeat what `all` passages say; those of the report are `stretches`.
    pub(crate) fn new(
        settings: &'a Settings,
        texts: &'a Texts<'a>,
        matched: Matched,
        coverage: Vec<Coverage>,
        all: &[Stretches],
        stretches: &'a [Stretches],
    ) -> Self {
        let lines = parallel::map_ranges(texts.documents.len(), 1, |range| {
            LineIndex::new(texts.documents[range.start].text())
        });
        let repeats = repeats(all, &texts.places_by_document(), &matched.marked.marks);
        Self { settings, texts, matched, coverage, stretches, lines, repeats }
    }

    pub(crate) fn report(self) -> Report {
        let Matched { groups, numbers, sets, matches, marked, containers, banding } = &self.matched;
        // Whether two groups are near each other and yet two texts.
        let apart = |a, b| !self.settings.merge_numbers && numbers.differ_only_in_numbers(a, b);
        let documents = self.documents();
        let paragraphs = self.paragraphs();
        let passages: Vec<Passage> = self.stretches.iter().map(|found| self.passage(found)).collect();
        let facts = Facts {
            documents: &documents,
            paragraphs: &paragraphs,
            lines: &self.lines,
            coverage: &self.coverage,
            sizes: self.texts.paragraphs.iter().map(|paragraph| paragraph.size).collect(),
            groups,
            matches,
            apart: &apart,
            marked,
            unmarked: self.stretches.iter().map(|passage| self.count_unmarked(passage)).collect(),
            containers,
            passages: &passages,
            repeats: &|notices| self.repeated(notices),
        };
        Report {
            schema: Schema::Report1,
            settings: self.settings.clone(),
            banding: *banding,
            pairs: align(
                self.texts,
                groups,
                matching::expand(groups, sets, matches, numbers, self.settings.copies),
            ),
            clusters: matching::clusters(groups, matches, apart),
            findings: findings(&facts),
            documents,
            paragraphs,
            passages,
        }
    }

    fn documents(&self) -> Vec<DocumentSummary> {
        let shared = shared(self.stretches, &self.texts.places_by_document(), &self.texts.stems);
        let all = self.texts.documents.iter().zip(self.texts.by_document()).zip(&self.repeats).zip(shared);
        all.map(|(((document, paragraphs), repeats), shared)| {
            let short = paragraphs.clone().filter(|&paragraph| self.matched.groups.of(paragraph).is_none());
            let places = self.texts.places(paragraphs.clone());
            // A document without tokens repeats and shares none of them.
            let share = |tokens: usize| tokens as f64 / places.len().max(1) as f64;
            DocumentSummary {
                name: document.name().to_owned(),
                bytes: document.text().len(),
                tokens: places.len(),
                paragraphs: paragraphs.len(),
                short_paragraphs: short.count(),
                redundancy: share(repeats.tokens),
                shared: share(shared),
            }
        })
        .collect()
    }

    fn paragraphs(&self) -> Vec<ParagraphSummary> {
        let all = (0..).map(ParagraphId).zip(&self.texts.paragraphs).zip(&self.coverage);
        all.map(|((id, paragraph), coverage)| ParagraphSummary {
            id,
            document: paragraph.document,
            span: paragraph.span,
            line: self.lines[paragraph.document].locate(paragraph.span).0,
            tokens: paragraph.places.len(),
            coverage: coverage.share(),
            boilerplate: self.matched.marked.paragraph(&self.matched.groups, id.index()),
        })
        .collect()
    }

    /// What repeats in each document if nothing in these paragraphs does, nor in boilerplate.
    fn repeated(&self, besides: &[ParagraphId]) -> Vec<Repeated> {
        let documents = self.texts.places_by_document();
        let paragraphs = besides.iter().map(|id| self.texts.paragraphs[id.index()].places.clone());
        let repeats = if besides.is_empty() {
            self.repeats.clone()
        } else {
            let boilerplate = self.matched.marked.marks.runs(0..self.texts.tokens.len());
            let marks = PlaceSet::new(self.texts.tokens.len(), boilerplate.into_iter().chain(paragraphs));
            repeats(self.stretches, &documents, &marks)
        };
        let repeated = |(Repeats { tokens, first }, places): (Repeats, &Range<usize>)| Repeated {
            share: tokens as f64 / places.len().max(1) as f64,
            first: first.map(|places| self.occurrence(&places)),
        };
        repeats.into_iter().zip(&documents).map(repeated).collect()
    }

    /// How many occurrences of a passage are not all boilerplate.
    fn count_unmarked(&self, stretches: &Stretches) -> usize {
        let covered = |places: &&Range<u32>| {
            self.matched.marked.marks.contains_all(places.start as usize..places.end as usize)
        };
        stretches.occurrences.iter().filter(|places| !covered(places)).count()
    }

    fn passage(&self, stretches: &Stretches) -> Passage {
        Passage {
            kind: stretches.kind,
            score: stretches.score(),
            tokens: stretches.tokens as usize,
            occurrences: stretches.occurrences.iter().map(|places| self.occurrence(places)).collect(),
        }
    }

    fn occurrence(&self, places: &Range<u32>) -> Occurrence {
        let ([first, last], span) = self.texts.locate(places);
        let document = self.texts.paragraphs[first].document;
        let (line, column) = self.lines[document].locate(span);
        let [first, last] = [first, last].map(|paragraph| ParagraphId(paragraph as u32));
        Occurrence {
            document,
            paragraph: first,
            paragraphs: (first != last).then_some([first, last]),
            span,
            line,
            column,
            text: span.of(self.texts.documents[document].text()).to_owned(),
        }
    }
}
