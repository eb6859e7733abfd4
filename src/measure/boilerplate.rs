//! What belongs to the set of documents rather than to each of them: boilerplate.

use std::collections::HashSet;

use crate::input::Texts;
use crate::matching::{self, Cluster, Groups, Match};
use crate::passage::Stretches;
use crate::set::shingle;
use crate::settings::Shingle;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::place_set::PlaceSet;

/// The paragraphs and passages that stand in many documents. None, unless they were looked for.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// The clusters of such paragraphs.
    pub(crate) clusters: Vec<Cluster>,
    /// By group, whether a member is in one of those.
    groups: Vec<bool>,
    /// By passage.
    passages: Vec<bool>,
    /// All their tokens.
    pub(crate) marks: PlaceSet,
}

impl Marked {
    /// The paragraphs that stand in at least so many documents, as they are or nearly so, whatever
    /// numbers they hold.
    pub(crate) fn paragraphs(least: usize, texts: &Texts<'_>, groups: &Groups, matches: &[Match]) -> Self {
        let mut clusters = matching::clusters(groups, matches, |_, _| false);
        clusters.retain(|cluster| {
            let documents = cluster.members.iter().map(|id| texts.paragraphs[id.index()].document);
            count_distinct(documents) >= least
        });
        let mut of_groups = vec![false; groups.len()];
        for member in clusters.iter().flat_map(|cluster| &cluster.members) {
            of_groups[groups.of(member.index()).expect("members take part")] = true;
        }
        Self { clusters, groups: of_groups, ..Self::default() }
    }

    /// Adds the passages that stand in at least so many documents, and marks the tokens of all.
    pub(crate) fn add_passages(
        &mut self,
        least: usize,
        texts: &Texts<'_>,
        groups: &Groups,
        passages: &[Stretches],
    ) {
        let is_common = |passage: &Stretches| {
            let first = passage.occurrences.iter().map(|places| texts.locate(places).0[0]);
            count_distinct(first.map(|paragraph| texts.paragraphs[paragraph].document)) >= least
        };
        self.passages = passages.iter().map(is_common).collect();
        let paragraphs = (0..texts.paragraphs.len()).filter(|&paragraph| self.paragraph(groups, paragraph));
        let whole = paragraphs.map(|paragraph| texts.paragraphs[paragraph].places.clone());
        let common = passages.iter().zip(&self.passages).filter(|(_, is)| **is);
        let parts = common.flat_map(|(passage, _)| &passage.occurrences);
        let parts = parts.map(|places| places.start as usize..places.end as usize);
        self.marks = PlaceSet::new(texts.tokens.len(), whole.chain(parts));
    }

    /// Whether the paragraphs of a group are boilerplate.
    pub(crate) fn group(&self, group: usize) -> bool {
        self.groups.get(group).is_some_and(|&is| is)
    }

    /// Whether a paragraph is boilerplate as a whole.
    pub(crate) fn paragraph(&self, groups: &Groups, paragraph: usize) -> bool {
        groups.of(paragraph).is_some_and(|group| self.group(group))
    }

    /// Whether a passage is boilerplate.
    pub(crate) fn passage(&self, passage: usize) -> bool {
        self.passages.get(passage).is_some_and(|&is| is)
    }

    /// The shingles of all that is marked.
    pub(crate) fn shingles(&self, texts: &Texts<'_>, by: Shingle) -> HashSet<u64, PrehashedBuildHasher> {
        let mut all = HashSet::default();
        let (mut units, mut shingles) = (Vec::new(), Vec::new());
        for paragraph in 0..texts.paragraphs.len() {
            for run in self.marks.runs(texts.paragraphs[paragraph].places.clone()) {
                texts.units_of(paragraph, run, by, &mut units);
                shingles.clear();
                shingle(&units, by.width, &mut shingles);
                all.extend(&shingles);
            }
        }
        all
    }
}

/// How many different numbers there are among ascending ones.
fn count_distinct(numbers: impl Iterator<Item = usize>) -> usize {
    let mut last = None;
    numbers.filter(|&number| last.replace(number) != Some(number)).count()
}
