//! How a report is made from all facts.

use std::ops::Range;

use super::add_stretches::add_stretches;
use super::align_pairs::align_pairs;
use super::match_paragraphs::Matched;
use super::own_findings::{Set, own_findings};
use super::paragraph_facts::{Summaries, paragraph_facts};
use super::task::Task;
use crate::input::{Document, SourceLines, TokenizedDocuments};
use crate::matching;
use crate::measure::{Coverage, Redundancy, Shared, opening_closing, redundancy, shared};
use crate::passage::Stretches;
use crate::report::{
    DocumentSummary, Finding, LeftOut, Occurrence, ParagraphSummary, Passage, Report, Schema, Theme, Verdict,
};
use crate::rules::{self, DocumentRedundancy, ThemeFacts};
use crate::settings::{Configuration, Settings};
use crate::text::ParagraphBreaks;
use crate::theme::DocumentThemes;
use crate::util::error::Error;
use crate::util::id::ParagraphId;
use crate::util::parallel;
use crate::util::place_set::PlaceSet;
use crate::util::progress::{Cancelled, Stage, Watch};
use crate::util::share::Share;

/// All that a report is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    pub(super) configuration: &'a Configuration,
    pub(super) task: Task,
    pub(super) texts: &'a TokenizedDocuments<'a>,
    pub(super) matched: &'a Matched,
    pub(super) coverage: &'a [Coverage],
    /// The passages of each document by itself: what redundancy counts.
    pub(super) own: &'a [Stretches],
    /// The passages that are reported.
    pub(super) reported: &'a [Stretches],
    /// The themes of each document.
    pub(super) themes: &'a [DocumentThemes],
}

/// Makes the report.
pub(super) fn assemble(facts: &Facts<'_>, watch: Watch<'_>) -> Result<Report, Error> {
    let Facts { configuration, texts, matched, .. } = *facts;
    let settings = &configuration.settings;
    let documents = texts.places_by_document();
    let excluded = &matched.boilerplate.tokens;
    let redundancy = redundancy(facts.own, &documents, excluded, watch)?;
    let shared = shared(facts.reported, &documents, &texts.stems, watch)?;
    let lines = parallel::try_map_ranges(texts.documents.len(), 1, |range| {
        SourceLines::new(&texts.documents[range.start], watch)
    })?;

    watch.show(Stage::Reporting, 0, 1)?;
    let mut documents = summarize_documents(facts, &redundancy, &shared, watch)?;
    let paragraphs = summarize_paragraphs(facts, &lines, watch)?;
    let locate = Locate { texts, lines: &lines };
    let passages = facts.reported.iter().map(|stretches| locate.passage(stretches, watch));
    let passages = passages.collect::<Result<Vec<_>, _>>()?;
    let themes = locate.themes(facts.themes, watch)?;
    let (findings, redundancy) =
        find(facts, &locate, &documents, &paragraphs, (&passages, &themes), redundancy, watch)?;
    for (document, redundancy) in documents.iter_mut().zip(redundancy) {
        (document.verdict, document.repetition) = rules::verdict(document, redundancy, &settings.verdict);
    }
    let numbers = Some(&matched.numbers).filter(|_| !settings.merge_numbers);
    let clusters = matching::clusters(&matched.groups, &matched.matches, numbers, watch)?;
    let (pairs, limited) = matching::expand(
        &matched.groups,
        &matched.sets,
        &matched.matches,
        &matched.numbers,
        settings.copies,
        listed_pairs(settings),
        watch,
    )?;
    let pairs = align_pairs(texts, &matched.groups, pairs, watch)?;
    watch.show(Stage::Reporting, 1, 1)?;
    Ok(Report {
        schema: Schema::Report1,
        settings: settings.clone(),
        banding: matched.banding,
        documents,
        paragraphs,
        left_out: left_out(matched, &limited, settings.copies),
        pairs,
        clusters,
        passages,
        themes: themes.into_iter().map(|found| found.theme).collect(),
        findings,
    })
}

/// The most pairs of a paragraph with earlier, different ones that are listed: as many as were looked
/// for, and the one with its representative.
fn listed_pairs(settings: &Settings) -> usize {
    let most = settings.max_reported_pairs().saturating_add(1);
    // A limit that was asked for counts identical paragraphs as one.
    if settings.max_pairs.is_none() {
        most
    } else {
        most.saturating_mul(settings.copies.saturating_mul(settings.copies))
    }
}

/// What is not listed, given the paragraphs with more pairs than are listed.
fn left_out(matched: &Matched, limited: &[ParagraphId], copies: usize) -> LeftOut {
    let mut all: Vec<u32> = limited.iter().map(|id| id.0).collect();
    for &group in &matched.limited {
        let members = matched.groups.members(group as usize);
        all.extend(&members[..if members.len() > copies { 1 } else { members.len() }]);
    }
    all.sort_unstable();
    all.dedup();
    LeftOut {
        limited: all.len(),
        crowds: matched.groups.iter().filter(|members| members.len() > copies).count(),
    }
}

fn summarize_documents(
    facts: &Facts<'_>,
    redundancy: &[Redundancy],
    shared: &[Shared],
    watch: Watch<'_>,
) -> Result<Vec<DocumentSummary>, Cancelled> {
    let Facts { texts, matched, .. } = facts;
    let counts = redundancy.iter().zip(shared).zip(facts.themes);
    let all = texts.documents.iter().zip(texts.by_document()).zip(counts);
    all.map(|((document, paragraphs), ((redundancy, shared), themes))| {
        let short = paragraphs.clone().filter(|&paragraph| matched.groups.of(paragraph).is_none());
        let places = texts.places(paragraphs.clone());
        let mut summary = DocumentSummary {
            name: document.name().to_owned(),
            bytes: document.source().len(),
            tokens: places.len(),
            paragraphs: paragraphs.len(),
            paragraph_breaks: breaks(document, facts.configuration.settings.paragraphs),
            ignored_blocks: document.ignored_blocks(),
            short_paragraphs: short.count(),
            redundancy: 0.0,
            redundant_tokens: redundancy.tokens,
            shared: 0.0,
            shared_tokens: shared.tokens,
            shared_area: 0.0,
            shared_area_tokens: shared.area,
            said_again: 0.0,
            said_again_sentences: themes.said_again,
            sentences: themes.sentences,
            opening_closing: match facts.task {
                Task::Check | Task::Compare => opening_closing(
                    document.text(),
                    &texts.tokens[places.clone()],
                    &texts.stems[places.clone()],
                    watch,
                )?,
                Task::Shared => 0.0,
            },
            verdict: Verdict::Ok,
            repetition: 0.0,
        };
        summary.set_shares();
        Ok(summary)
    })
    .collect()
}

/// What separates the paragraphs of a document, unless a parser found them.
fn breaks(document: &Document<'_>, breaks: ParagraphBreaks) -> Option<ParagraphBreaks> {
    document.blocks().is_none().then(|| breaks.resolve(document.text()))
}

fn summarize_paragraphs(
    facts: &Facts<'_>,
    lines: &[SourceLines<'_>],
    watch: Watch<'_>,
) -> Result<Vec<ParagraphSummary>, Cancelled> {
    let Facts { texts, matched, coverage, .. } = facts;
    let roles = texts.roles(watch)?;
    let all = (0..).map(ParagraphId).zip(&texts.paragraphs).zip(*coverage).zip(roles);
    all.map(|(((id, paragraph), coverage), role)| {
        watch.poll()?;
        let mut summary = ParagraphSummary {
            id,
            document: paragraph.document,
            span: paragraph.span,
            line: lines[paragraph.document].locate(paragraph.span).0,
            role,
            tokens: paragraph.places.len(),
            coverage: 0.0,
            covered: coverage.covered,
            shingles: coverage.shingles,
            boilerplate: matched.boilerplate.paragraph(id.index()),
        };
        summary.set_shares();
        Ok(summary)
    })
    .collect()
}

/// All findings, in the order of the report, and the redundancy of each document outside paragraphs that
/// differ in numbers only.
fn find(
    facts: &Facts<'_>,
    locate: &Locate<'_>,
    documents: &[DocumentSummary],
    paragraphs: &[ParagraphSummary],
    (passages, themes): (&[Passage], &[ThemeFacts]),
    redundancy: Vec<Redundancy>,
    watch: Watch<'_>,
) -> Result<(Vec<Finding>, Vec<Share>), Error> {
    let Facts { configuration, task, texts, matched, coverage, reported, .. } = *facts;
    let settings = &configuration.settings;
    let summaries = Summaries { lines: locate.lines, documents, paragraphs, coverage };
    let rules_facts = rules::Facts {
        passages,
        passage_lengths: reported.iter().map(|passage| passage.size as usize).collect(),
        own_occurrences: reported.iter().map(|passage| own_occurrences(passage, matched)).collect(),
        ..paragraph_facts(settings, texts, matched, summaries, watch)?
    };
    let mut found = rules::on_paragraphs(&rules_facts, watch)?;
    add_stretches(&mut found, settings, texts, matched, &rules_facts, watch)?;
    if task == Task::Check && documents.len() > 1 {
        let set = Set { configuration, texts, summaries, boilerplate: &matched.boilerplate };
        let own =
            parallel::try_map_ranges(documents.len(), 1, |range| own_findings(&set, range.start, watch))?;
        found = rules::with_own(found, own.into_iter().flatten().collect());
    }
    let apart = rules::paragraphs_apart(&found);
    let redundancy = if apart.is_empty() { redundancy } else { redundancy_without(facts, &apart, watch)? };
    let redundancy: Vec<DocumentRedundancy> = redundancy
        .into_iter()
        .zip(documents)
        .map(|(Redundancy { tokens, first }, document)| DocumentRedundancy {
            share: Share::new(tokens, document.tokens),
            first: first.map(|places| locate.occurrence(&places)),
        })
        .collect();
    found.extend(rules::repetitive_documents(&rules_facts, &redundancy));
    found.extend(rules::said_again(&rules_facts, themes));
    found.extend(rules::repeated_passages(&rules_facts));
    rules::sort(&mut found);
    rules::choose(&rules_facts, texts, &mut found, watch)?;
    let redundancy = redundancy.into_iter().map(|found| found.share).collect();
    Ok((rules::in_order(found), redundancy))
}

/// The redundancy of each document if nothing in these paragraphs counts, nor in boilerplate.
fn redundancy_without(
    facts: &Facts<'_>,
    apart: &[ParagraphId],
    watch: Watch<'_>,
) -> Result<Vec<Redundancy>, Cancelled> {
    let Facts { texts, matched, .. } = facts;
    let tokens = texts.tokens.len();
    let paragraphs = apart.iter().map(|id| texts.paragraphs[id.index()].places.clone());
    let boilerplate = matched.boilerplate.tokens.runs(0..tokens);
    let excluded = PlaceSet::new(tokens, boilerplate.into_iter().chain(paragraphs));
    redundancy(facts.own, &texts.places_by_document(), &excluded, watch)
}

/// How many occurrences of a passage are not all boilerplate.
fn own_occurrences(stretches: &Stretches, matched: &Matched) -> usize {
    let tokens = &matched.boilerplate.tokens;
    let is_boilerplate =
        |places: &Range<u32>| tokens.contains_all(places.start as usize..places.end as usize);
    stretches.occurrences.iter().filter(|places| !is_boilerplate(places)).count()
}

/// Finds places of the token sequence in the documents.
#[derive(Clone, Copy, Debug)]
struct Locate<'a> {
    texts: &'a TokenizedDocuments<'a>,
    lines: &'a [SourceLines<'a>],
}

impl Locate<'_> {
    fn passage(&self, stretches: &Stretches, watch: Watch<'_>) -> Result<Passage, Cancelled> {
        let occurrence = |places: &Range<u32>| {
            watch.poll()?;
            Ok(self.occurrence(places))
        };
        Ok(Passage {
            kind: stretches.kind,
            score: stretches.score(),
            tokens: stretches.tokens as usize,
            occurrences: stretches.occurrences.iter().map(occurrence).collect::<Result<_, Cancelled>>()?,
        })
    }

    /// The themes of all documents.
    fn themes(&self, found: &[DocumentThemes], watch: Watch<'_>) -> Result<Vec<ThemeFacts>, Cancelled> {
        let mut themes = Vec::new();
        for document in found {
            for theme in &document.themes {
                watch.poll()?;
                themes.push(ThemeFacts {
                    theme: Theme {
                        score: theme.score as f64 / 1000.0,
                        paragraphs: theme.paragraphs as usize,
                        occurrences: theme.places.iter().map(|places| self.occurrence(places)).collect(),
                    },
                    heaviest: theme.heaviest,
                });
            }
        }
        Ok(themes)
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
