//! Boilerplate: what stands in many documents, and so belongs to the set.

use std::collections::HashSet;
use std::ops::Range;

use crate::input::TokenizedDocuments;
use crate::matching::{self, Cluster, Groups, Match};
use crate::passage::Stretches;
use crate::set::shingle;
use crate::settings::Shingle;
use crate::util::hash_table::PrehashedBuildHasher;
use crate::util::place_set::PlaceSet;
use crate::util::progress::{Cancelled, Watch};

/// The paragraphs and passages that stand in many documents. There are none unless they were looked for.
#[derive(Debug, Default)]
pub(crate) struct BoilerplateText {
    /// The clusters of such paragraphs.
    pub(crate) clusters: Vec<Cluster>,
    /// By paragraph, whether one with the same tokens is in one of those.
    paragraphs: Vec<bool>,
    /// By passage.
    passages: Vec<bool>,
    /// The tokens of all of them.
    pub(crate) tokens: PlaceSet,
}

impl BoilerplateText {
    /// The paragraphs that stand in at least `least` documents: copies and near-duplicates count,
    /// whatever numbers they hold.
    pub(crate) fn paragraphs(
        least: usize,
        texts: &TokenizedDocuments<'_>,
        groups: &Groups,
        matches: &[Match],
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let mut clusters = matching::clusters(groups, matches, None, watch)?;
        clusters.retain(|cluster| {
            let documents = cluster.members.iter().map(|id| texts.paragraphs[id.index()].document);
            count_distinct(documents) >= least
        });
        let mut of_paragraphs = vec![false; texts.paragraphs.len()];
        for member in clusters.iter().flat_map(|cluster| &cluster.members) {
            let group = groups.of(member.index()).expect("members take part");
            groups.members(group).iter().for_each(|&member| of_paragraphs[member as usize] = true);
        }
        Ok(Self { clusters, paragraphs: of_paragraphs, ..Self::default() })
    }

    /// Adds the passages that stand in at least `least` documents, and the tokens of all.
    pub(crate) fn add_passages(
        &mut self,
        least: usize,
        texts: &TokenizedDocuments<'_>,
        passages: &[Stretches],
    ) {
        let is_common = |passage: &Stretches| {
            let first = passage.occurrences.iter().map(|places| texts.locate(places).0[0]);
            count_distinct(first.map(|paragraph| texts.paragraphs[paragraph].document)) >= least
        };
        self.passages = passages.iter().map(is_common).collect();
        let paragraphs = (0..texts.paragraphs.len()).filter(|&paragraph| self.paragraph(paragraph));
        let whole = paragraphs.map(|paragraph| texts.paragraphs[paragraph].places.clone());
        let common = passages.iter().zip(&self.passages).filter(|(_, is)| **is);
        let parts = common.flat_map(|(passage, _)| &passage.occurrences);
        let parts = parts.map(|places| places.start as usize..places.end as usize);
        self.tokens = PlaceSet::new(texts.tokens.len(), whole.chain(parts));
    }

    /// What of it lies in some paragraphs in a row with these tokens, which count from 0 then.
    pub(crate) fn part(&self, paragraphs: Range<usize>, tokens: Range<usize>) -> Self {
        let of_paragraphs = self.paragraphs.get(paragraphs).map_or_else(Vec::new, <[bool]>::to_vec);
        let runs = self.tokens.runs(tokens.clone()).into_iter();
        let runs = runs.map(|run| run.start - tokens.start..run.end - tokens.start);
        Self { paragraphs: of_paragraphs, tokens: PlaceSet::new(tokens.len(), runs), ..Self::default() }
    }

    /// Whether the paragraphs of a group are boilerplate.
    pub(crate) fn group(&self, groups: &Groups, group: usize) -> bool {
        self.paragraph(groups.first(group) as usize)
    }

    /// Whether a paragraph is boilerplate as a whole.
    pub(crate) fn paragraph(&self, paragraph: usize) -> bool {
        self.paragraphs.get(paragraph).is_some_and(|&is| is)
    }

    /// Whether a passage is boilerplate.
    pub(crate) fn passage(&self, passage: usize) -> bool {
        self.passages.get(passage).is_some_and(|&is| is)
    }

    /// The shingles of all boilerplate.
    pub(crate) fn shingles(
        &self,
        texts: &TokenizedDocuments<'_>,
        by: Shingle,
        watch: Watch<'_>,
    ) -> Result<HashSet<u64, PrehashedBuildHasher>, Cancelled> {
        let mut all = HashSet::default();
        let (mut units, mut shingles) = (Vec::new(), Vec::new());
        for paragraph in 0..texts.paragraphs.len() {
            for run in self.tokens.runs(texts.paragraphs[paragraph].places.clone()) {
                texts.units_of(paragraph, run, by, &mut units, watch)?;
                shingles.clear();
                shingle(&units, by.width, &mut shingles);
                all.extend(&shingles);
            }
        }
        Ok(all)
    }
}

/// How many different numbers there are among ascending ones.
fn count_distinct(numbers: impl Iterator<Item = usize>) -> usize {
    let mut last = None;
    numbers.filter(|&number| last.replace(number) != Some(number)).count()
}
