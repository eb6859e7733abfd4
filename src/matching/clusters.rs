//! Clusters: representatives and their near-duplicates.

use super::groups::Groups;
use super::number_families::NumberFamilies;
use super::verify::Match;
use crate::set::Overlap;
use crate::util::id::ParagraphId;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// A representative and the paragraphs that are near-duplicates of it, each verified.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Cluster {
    /// The first of the members. Each other member was verified against it, even where the report does
    /// not list that pair because there are too many copies.
    pub representative: ParagraphId,
    /// Two or more paragraphs in ascending order; the representative is the first.
    pub members: Vec<ParagraphId>,
}

/// Clusters the paragraphs. In their order, each joins the most similar representative with which it forms
/// a verified pair, the earlier of equally similar ones. If there is none, it becomes a representative.
///
/// So a member is always a near-duplicate of its representative, and there are no chains. A paragraph
/// without a near-duplicate is in no cluster. If `numbers` are given, paragraphs that differ only in
/// numbers do not join each other.
///
/// # Complexity
///
/// Linear in paragraphs and matches, after sorting: a group becomes a representative at most once, and
/// only then its matches are read.
pub(crate) fn clusters(
    groups: &Groups,
    matches: &[Match],
    numbers: Option<&NumberFamilies>,
    watch: Watch<'_>,
) -> Result<Vec<Cluster>, Cancelled> {
    let neighbours = Neighbours::new(groups.len(), matches, numbers, watch)?;
    // The most similar representative of each group so far.
    let mut best: Vec<Option<(Overlap, u32)>> = vec![None; groups.len()];
    // The representative that is a member of each group.
    let mut own: Vec<Option<u32>> = vec![None; groups.len()];
    let mut joined: Vec<(u32, u32)> = Vec::new();
    let mut paragraphs: Vec<(u32, usize)> = groups
        .iter()
        .enumerate()
        .flat_map(|(group, members)| members.iter().map(move |&paragraph| (paragraph, group)))
        .collect();
    parallel::try_sort_unstable(&mut paragraphs, watch)?;
    for (paragraph, group) in paragraphs {
        watch.poll()?;
        // A representative in the same group is identical, so no other can be more similar.
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
    parallel::try_sort_unstable(&mut joined, watch)?;
    Ok(joined
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|members| members.len() > 1)
        .map(|members| Cluster {
            representative: ParagraphId(members[0].0),
            members: members.iter().map(|&(_, paragraph)| ParagraphId(paragraph)).collect(),
        })
        .collect())
}

/// The matches of each group.
struct Neighbours {
    links: Vec<(u32, Overlap)>,
    ends: Vec<usize>,
}

impl Neighbours {
    fn new(
        groups: usize,
        matches: &[Match],
        numbers: Option<&NumberFamilies>,
        watch: Watch<'_>,
    ) -> Result<Self, Cancelled> {
        let mut directed: Vec<(u32, u32, Overlap)> = matches
            .iter()
            .filter(|found| !NumberFamilies::keep_apart(numbers, found.left, found.right))
            .flat_map(|&Match { left, right, overlap }| [(left, right, overlap), (right, left, overlap)])
            .collect();
        parallel::try_sort_unstable_by_key(&mut directed, |&(from, to, _)| (from, to), watch)?;
        let ends = (0..groups)
            .map(|group| directed.partition_point(|&(from, _, _)| from as usize <= group))
            .collect();
        Ok(Self { links: directed.into_iter().map(|(_, to, overlap)| (to, overlap)).collect(), ends })
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
        let clusters = clusters(&groups.into_groups(), matches, None, Watch::none()).unwrap();
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
