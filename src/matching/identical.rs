//! Paragraphs that say the same words in the same order, collapsed into groups.

use crate::parallel;

/// Groups of identical paragraphs, numbered in the order of their first members.
///
/// All later matching is between groups, so copies cost nothing beyond this sort.
#[derive(Debug)]
pub(crate) struct Groups {
    /// The group of each paragraph, or `NONE`.
    of: Vec<u32>,
    /// The members of all groups, group by group, ascending inside each.
    members: Vec<u32>,
    ends: Vec<usize>,
}

const NONE: u32 = u32::MAX;

impl Groups {
    /// Groups the paragraphs by identity; those without one take no part.
    pub(crate) fn new(identities: &[Option<u128>]) -> Self {
        let mut sorted: Vec<(u128, u32)> = (0..)
            .zip(identities)
            .filter_map(|(paragraph, identity)| identity.map(|identity| (identity, paragraph)))
            .collect();
        parallel::sort_unstable(&mut sorted);
        let mut runs: Vec<&[(u128, u32)]> = sorted.chunk_by(|a, b| a.0 == b.0).collect();
        runs.sort_unstable_by_key(|run| run[0].1);
        let mut groups = Self {
            of: vec![NONE; identities.len()],
            members: Vec::with_capacity(sorted.len()),
            ends: Vec::with_capacity(runs.len()),
        };
        for (group, run) in (0..).zip(runs) {
            for &(_, paragraph) in run {
                groups.of[paragraph as usize] = group;
                groups.members.push(paragraph);
            }
            groups.ends.push(groups.members.len());
        }
        groups
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The group that a paragraph belongs to, unless it takes no part.
    pub(crate) fn of(&self, paragraph: usize) -> Option<usize> {
        let group = self.of[paragraph];
        (group != NONE).then_some(group as usize)
    }

    /// The paragraphs of a group, ascending; never empty.
    pub(crate) fn members(&self, group: usize) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.members[start..self.ends[group]]
    }

    /// The paragraph that stands for a group.
    pub(crate) fn first(&self, group: usize) -> u32 {
        self.members(group)[0]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|group| self.members(group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_follow_their_first_members() {
        let groups = Groups::new(&[Some(9), None, Some(3), Some(9), Some(1), Some(3), Some(9)]);
        assert!(groups.iter().eq([&[0, 3, 6][..], &[2, 5], &[4]]));
        assert_eq!(groups.of(5), Some(1));
        assert_eq!(groups.of(1), None);
        assert_eq!(groups.first(1), 2);
    }
}
