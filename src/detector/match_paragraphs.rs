//! What matching makes of the paragraphs.

use crate::input::TokenizedDocuments;
use crate::matching::{self, Groups, Identities, Match, Matches, NumberFamilies, ShingleIndex};
use crate::measure::BoilerplateText;
use crate::rules::CONTAINED;
use crate::set::{Overlap, ShingleSets};
use crate::settings::{Configuration, Settings};
use crate::sketch::{Bander, Banding};
use crate::util::error::Error;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Stage, Watch};

/// Groups of identical paragraphs, and how they are alike.
#[derive(Debug)]
pub(super) struct Matched {
    pub(super) groups: Groups,
    /// The numbers of each group.
    pub(super) numbers: NumberFamilies,
    /// The shingles of each group.
    pub(super) sets: ShingleSets,
    /// In ascending order.
    pub(super) matches: Vec<Match>,
    /// The groups that have more matches than were looked for.
    pub(super) limited: Vec<u32>,
    pub(super) boilerplate: BoilerplateText,
    /// For each group, the first earlier one that holds most of it, and what they share.
    pub(super) containers: Vec<Option<(u32, Overlap)>>,
    pub(super) banding: Option<Banding>,
}

/// Matches the paragraphs that are long enough.
pub(super) fn match_paragraphs(
    configuration: &Configuration,
    texts: &TokenizedDocuments<'_>,
    watch: Watch<'_>,
) -> Result<Matched, Error> {
    let Settings { shingle, threshold, search, merge_numbers, .. } = configuration.settings;
    watch.show(Stage::Matching, 0, 1)?;
    let groups = group(&configuration.settings, texts, watch)?;
    let numbers = parallel::try_map_ranges(groups.len(), 256, |range| {
        let of = |group: usize| texts.identities_of_numbers(groups.first(group) as usize, watch);
        range.map(of).collect::<Result<Vec<_>, Cancelled>>()
    })?;
    let mut numbers: NumberFamilies = numbers.into_iter().flatten().collect();
    let documents = texts.by_document().into_iter();
    let counted =
        matching::counted(&groups, &numbers, documents, |paragraph| texts.numbers(paragraph), watch)?;
    numbers.count_only(counted);
    let mut sets = ShingleSets::try_collect(groups.len(), shingle.width, watch, |group, units| {
        Ok::<_, Error>(texts.units(groups.first(group) as usize, shingle, units, watch)?)
    })?;
    let bander = configuration.bander.as_ref().filter(|_| search.is_banded(groups.len()));
    let keys = bander.map(|bander| bander.all_keys(&sets, watch)).transpose()?;
    let limit = configuration.settings.max_reported_pairs();
    let all = |sets: &ShingleSets| (0..).take(sets.len()).collect::<Vec<u32>>();
    let (mut found, index) = if let Some(keys) = &keys {
        let found = matching::search(&mut sets, Some(keys), threshold, limit, watch)?;
        sets.sort(|_| true, watch)?;
        let index = ShingleIndex::new(&sets, &all(&sets), watch)?;
        (found, index)
    } else {
        sets.sort(|_| true, watch)?;
        let index = ShingleIndex::new(&sets, &all(&sets), watch)?;
        (matching::search_indexed(&sets, &index, threshold, limit, watch)?, index)
    };
    if !found.limited.is_empty() {
        // What clusters and findings need of the matches that the limit left out. Boilerplate merges numbers.
        let apart = Some(&numbers).filter(|_| !merge_numbers);
        let merged = configuration.settings.boilerplate.map(|_| None);
        for numbers in [Some(apart), merged].into_iter().flatten() {
            let keys = keys.as_ref();
            found.add(matching::with_representatives(&mut sets, keys, &groups, threshold, numbers, watch)?);
        }
    }
    drop(keys);
    let Matches { matches, limited } = found;
    let boilerplate = match configuration.settings.boilerplate {
        Some(boilerplate) => {
            let least = boilerplate.least(texts.documents.len());
            BoilerplateText::paragraphs(least, texts, &groups, &matches, watch)?
        }
        None => BoilerplateText::default(),
    };
    let containers = containers(&sets, &index, &matches, &boilerplate, watch)?;
    let banding = bander.map(Bander::banding);
    Ok(Matched { groups, numbers, sets, matches, limited, boilerplate, containers, banding })
}

/// The groups of identical paragraphs.
fn group(settings: &Settings, texts: &TokenizedDocuments<'_>, watch: Watch<'_>) -> Result<Groups, Cancelled> {
    let least_size = settings.min_paragraph_tokens.max(1).saturating_mul(2);
    let identities = parallel::try_map_ranges(texts.paragraphs.len(), 256, |range| {
        let identity = |paragraph: usize| {
            let is_long_enough = texts.paragraphs[paragraph].size >= least_size;
            is_long_enough.then(|| texts.identity(paragraph, watch)).transpose()
        };
        range.map(identity).collect::<Result<Vec<_>, Cancelled>>()
    })?;
    let mut groups = Identities::default();
    for identities in identities {
        for identity in identities {
            groups.push(identity);
        }
        watch.poll()?;
    }
    Ok(groups.into_groups())
}

/// Who contains whom, among groups that are not boilerplate and resemble no earlier one.
fn containers(
    sets: &ShingleSets,
    index: &ShingleIndex,
    matches: &[Match],
    boilerplate: &BoilerplateText,
    watch: Watch<'_>,
) -> Result<Vec<Option<(u32, Overlap)>>, Error> {
    let mut near = vec![false; sets.len()];
    for found in matches.iter().filter(|found| !boilerplate.group(found.left as usize)) {
        near[found.right as usize] = true;
    }
    let asked = |group: usize| !near[group] && !boilerplate.group(group);
    let may_contain = |group| !boilerplate.group(group);
    Ok(matching::containers(sets, index, CONTAINED, asked, may_contain, watch)?)
}
