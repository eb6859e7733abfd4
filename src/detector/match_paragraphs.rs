//! What matching makes of the paragraphs.

use std::sync::OnceLock;

use crate::input::TokenizedDocuments;
use crate::matching::{self, Container, Groups, Identities, Match, Matches, NumberFamilies, ShingleIndex};
use crate::measure::{BoilerplateText, ShinglePlaces};
use crate::rules::CONTAINED;
use crate::set::ShingleSets;
use crate::settings::{Configuration, Settings, Shingle};
use crate::sketch::{Bander, Banding};
use crate::util::error::Error;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

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
    /// For each group, the first earlier one that holds most of it in one stretch.
    pub(super) containers: Vec<Option<Container>>,
    pub(super) banding: Option<Banding>,
}

/// Matches the paragraphs that are long enough. `boilerplate` finds what is boilerplate, by the groups
/// and their matches.
pub(super) fn match_paragraphs(
    configuration: &Configuration,
    texts: &TokenizedDocuments<'_>,
    boilerplate: impl FnOnce(&Groups, &[Match]) -> Result<BoilerplateText, Cancelled>,
    watch: Watch<'_>,
) -> Result<Matched, Error> {
    let Settings { shingle, threshold, search, merge_numbers, .. } = configuration.settings;
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
    let boilerplate = boilerplate(&groups, &matches)?;
    let containers = containers(shingle, texts, &groups, &sets, &index, &matches, &boilerplate, watch)?;
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
#[expect(clippy::too_many_arguments, reason = "all that matching has made so far")]
fn containers(
    shingle: Shingle,
    texts: &TokenizedDocuments<'_>,
    groups: &Groups,
    sets: &ShingleSets,
    index: &ShingleIndex,
    matches: &[Match],
    boilerplate: &BoilerplateText,
    watch: Watch<'_>,
) -> Result<Vec<Option<Container>>, Error> {
    let mut near = vec![false; sets.len()];
    for found in matches.iter().filter(|found| !boilerplate.group(groups, found.left as usize)) {
        near[found.right as usize] = true;
    }
    let asked = |group: usize| !near[group] && !boilerplate.group(groups, group);
    let may_contain = |group| !boilerplate.group(groups, group);
    // Made once for each container, since a long one may contain very many paragraphs.
    let places: Vec<OnceLock<ShinglePlaces>> = (0..sets.len()).map(|_| OnceLock::new()).collect();
    let stretch = |container: usize, group: usize, needed: u32| {
        let of_container = places[container].get_or_init(|| {
            let mut units = Vec::new();
            let read = texts.units(groups.first(container) as usize, shingle, &mut units, Watch::none());
            read.expect("nobody cancels it");
            ShinglePlaces::new(&units, shingle)
        });
        of_container.stretch(sets.get(group), needed)
    };
    Ok(matching::containers(sets, index, CONTAINED, asked, may_contain, stretch, watch)?)
}
