//! Clusters around representatives.

use super::groups::Groups;
use super::verify::Match;
use crate::set::Overlap;
use crate::util::id::ParagraphId;

/// A representative and the paragraphs that were verified against it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Cluster {
    /// The first of the members. Every other was verified against it, though pairs list the copies of
    /// a crowd with their first only.
    pub representative: ParagraphId,
    /// Two paragraphs or more, ascending, the representative first.
    pub members: Vec<ParagraphId>,
}

/// Clusters the paragraphs: taken in order, each joins the most similar representative that it
/// has a verified pair with, the earlier of equals, else becomes one itself.
///
/// No chain of likenesses can grow: a member is a near-duplicate of its representative, whatever
/// the others are. Paragraphs that stay alone make no cluster. Matches `apart` are passed over.
///
/// # Complexity
///
/// Linear in paragraphs and matches: a group becomes a representative at most once and then tells
/// the groups it matches.
pub(crate) fn clusters(groups: &Groups, matches: &[Match], apart: impl Fn(u32, u32) -> bool) -> Vec<Cluster> {
    let neighbours = Neighbours::new(groups.len(), matches, apart);
    // The best representative that each group has been told of.
    let mut best: Vec<Option<(Overlap, u32)>> = vec![None; groups.len()];
    // The representative that belongs to each group.
    let mut own: Vec<Option<u32>> = vec![None; groups.len()];
    let mut joined: Vec<(u32, u32)> = Vec::new();
    let mut paragraphs: Vec<(u32, usize)> = groups
        .iter()
        .enumerate()
        .flat_map(|(group, members)| members.iter().map(move |&paragraph| (paragraph, group)))
        .collect();
    paragraphs.sort_unstable();
    for (paragraph, group) in paragraphs {
        // One of its own group is identical, and none can be more similar than that.
        let representative = own[group].or(best[group].map(|(_, representative)| representative));
        if representative.is_none() {
            own[group] = Some(paragraph);
            for &(neighbour, overlap) in neighbours.of(group) {
                let best = &mut best[neighbour as usize];
                if best.is_none_or(|(found, _)| overlap.cmp_resemblance(found).is_gt()) {
                    *best = Some((overlap, paragraph));
                }
            }
        }
        joined.push((representative.unwrap_or(paragraph), paragraph));
    }
    joined.sort_unstable();
    joined
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|members| members.len() > 1)
        .map(|members| Cluster {
            representative: ParagraphId(members[0].0),
            members: members.iter().map(|&(_, paragraph)| ParagraphId(paragraph)).collect(),
        })
        .collect()
}

/// The matches of each group.
struct Neighbours {
    links: Vec<(u32, Overlap)>,
    ends: Vec<usize>,
}

impl Neighbours {
    fn new(groups: usize, matches: &[Match], apart: impl Fn(u32, u32) -> bool) -> Self {
        let mut directed: Vec<(u32, u32, Overlap)> = matches
            .iter()
            .filter(|found| !apart(found.left, found.right))
            .flat_map(|&Match { left, right, overlap }| [(left, right, overlap), (right, left, overlap)])
            .collect();
        directed.sort_unstable_by_key(|&(from, to, _)| (from, to));
        let ends = (0..groups)
            .map(|group| directed.partition_point(|&(from, _, _)| from as usize <= group))
            .collect();
        Self { links: directed.into_iter().map(|(_, to, overlap)| (to, overlap)).collect(), ends }
    }

    fn of(&self, group: usize) -> &[(u32, Overlap)] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.links[start..self.ends[group]]
    }
}

#[cfg(test)]
mod tests {
    use super::super::groups::Identities;
    use super::*;

    fn matched(left: u32, right: u32, shared: u32) -> Match {
        Match { left, right, overlap: Overlap { shared, left: 10, right: 10 } }
    }

    fn members(identities: &[u128], matches: &[Match]) -> Vec<Vec<u32>> {
        let mut groups = Identities::default();
        for &identity in identities {
            groups.push(Some(identity));
        }
        let clusters = clusters(&groups.into_groups(), matches, |_, _| false);
        clusters.iter().map(|cluster| cluster.members.iter().map(|id| id.0).collect()).collect()
    }

    #[test]
    fn a_chain_does_not_become_one_cluster() {
        let chain = [matched(0, 1, 9), matched(1, 2, 9), matched(2, 3, 9)];
        assert_eq!(members(&[1, 2, 3, 4], &chain), [[0, 1], [2, 3]]);
    }

    #[test]
    fn the_most_similar_representative_wins_and_the_earlier_of_equals() {
        assert_eq!(members(&[1, 2, 3], &[matched(0, 2, 7), matched(1, 2, 8)]), [[1, 2]]);
        assert_eq!(members(&[1, 2, 3], &[matched(0, 2, 8), matched(1, 2, 8)]), [[0, 2]]);
    }

    /// Group 0 is paragraph 0; group 1 is 1 and 3; group 2 is paragraph 2. Paragraph 1 joins 0;
    /// then 2 becomes a representative that is more similar to 3 than 0 is.
    #[test]
    fn a_copy_may_join_a_representative_that_came_after_the_first() {
        let matches = [matched(0, 1, 7), matched(1, 2, 9)];
        assert_eq!(members(&[1, 2, 3, 2], &matches), [[0, 1], [2, 3]]);
    }
}
