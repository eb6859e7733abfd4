//! One check, from documents to a report.

use super::assemble::{Facts, assemble};
use super::cover_paragraphs::cover_paragraphs;
use super::in_source::in_source;
use super::match_paragraphs::match_paragraphs;
use super::task::Task;
use crate::input::{Document, TokenizedDocuments};
use crate::matching::{Groups, Match};
use crate::measure::BoilerplateText;
use crate::passage::{self, PassageSettings, PassageThresholds, Stretches};
use crate::report::Report;
use crate::settings::{Configuration, Themes};
use crate::theme::{self, DocumentThemes};
use crate::util::error::Error;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Stage, Watch};

/// Passages of this many tokens are evidence of themes.
const EVIDENCE: usize = 4;

pub(super) fn check(
    configuration: &Configuration,
    thresholds: PassageThresholds,
    documents: &[Document<'_>],
    task: Task,
    watch: Watch<'_>,
) -> Result<Report, Error> {
    let settings = &configuration.settings;
    let texts = TokenizedDocuments::new(documents, settings.paragraphs, watch)?;
    watch.show(Stage::Matching, 0, 1)?;
    let least = settings.boilerplate.map(|boilerplate| boilerplate.least(documents.len()));
    let boilerplate = |groups: &Groups, matches: &[Match]| match least {
        Some(least) => BoilerplateText::paragraphs(least, &texts, groups, matches, watch),
        None => Ok(BoilerplateText::default()),
    };
    let mut matched = match_paragraphs(configuration, &texts, boilerplate, watch)?;

    watch.show(Stage::FindingPassages, 0, 1)?;
    let passage_settings = PassageSettings { min_tokens: settings.min_passage_tokens, thresholds };
    let by_itself = if task == Task::Shared { 0 } else { documents.len() };
    let found = parallel::try_map_ranges(by_itself, 1, |range| {
        search_alone(configuration, &texts, range.start, &passage_settings, watch)
    })?;
    let (own, mut themes): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let own: Vec<Stretches> = own.into_iter().flatten().collect();
    themes.resize_with(documents.len(), DocumentThemes::default);
    if task != Task::Check {
        // A comparison is about what both have.
        themes.iter_mut().for_each(|found| found.themes.clear());
    }
    let reported = match (task, documents.len()) {
        (Task::Compare | Task::Shared, _) => passage::between(&texts, &passage_settings, watch)?,
        (Task::Check, 0 | 1) => own.clone(),
        (Task::Check, _) => {
            let mut all = passage::across(&texts, &passage_settings, watch)?;
            all.extend(own.iter().cloned());
            passage::rank(&mut all);
            all
        }
    };
    if let Some(least) = least {
        matched.boilerplate.add_passages(least, &texts, &reported);
    }

    watch.show(Stage::Measuring, 0, 1)?;
    let coverage = cover_paragraphs(settings, &texts, &matched, watch)?;
    let facts = Facts {
        configuration,
        task,
        texts: &texts,
        matched: &matched,
        coverage: &coverage,
        own: &own,
        reported: &reported,
        themes: &themes,
    };
    let mut report = assemble(&facts, watch)?;
    if task != Task::Check {
        report.findings.retain(|found| found.related.iter().any(|place| place.document != found.document));
        // Who compares two documents asks for all that they share.
        for finding in &mut report.findings {
            (finding.shown, finding.hidden) = (true, None);
        }
    }
    in_source(&mut report, documents);
    Ok(report)
}

/// The passages of a document by itself, and its themes.
fn search_alone(
    configuration: &Configuration,
    texts: &TokenizedDocuments<'_>,
    document: usize,
    passages: &PassageSettings,
    watch: Watch<'_>,
) -> Result<(Vec<Stretches>, DocumentThemes), Cancelled> {
    let level = configuration.settings.themes;
    // Also shorter passages than are reported show what is said again.
    let short = Some(EVIDENCE).filter(|&short| level != Themes::Off && short < passages.min_tokens);
    let [passages, shorter] = passage::within(texts, document, passages, short, watch)?;
    let evidence = if short.is_some() { &shorter } else { &passages };
    let background = configuration.background.as_deref();
    let find = |level| theme::within(texts, document, evidence, (level, background), watch);
    let mut themes = find(level)?;
    if !matches!(level, Themes::Off | Themes::Strict) {
        // The verdict does not depend on what is reported.
        let DocumentThemes { sentences, said_again, .. } = find(Themes::Strict)?;
        (themes.sentences, themes.said_again) = (sentences, said_again);
    }
    Ok((passages, themes))
}
