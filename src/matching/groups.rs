//! Groups of paragraphs with the same words in the same order.

use crate::arch::prefetch;

/// Assigns each added paragraph to the group of its identity.
///
/// A hash table with open addressing that holds group numbers. The identities are hashes already; each is
/// stored once, in the order of the groups.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    /// The group of each paragraph, or `NONE`.
    of: Vec<u32>,
    taking_part: usize,
    groups: Vec<u128>,
    /// The slots of the table; their number is a power of two. The lower half of a slot is a group, the
    /// upper half 32 bits of its identity, which are nearly always enough to find that groups differ. Or
    /// the slot is `EMPTY`.
    table: Vec<u64>,
}

impl Identities {
    /// Adds a paragraph. Without an identity it belongs to no group. Returns whether it is the first of its
    /// group.
    pub(crate) fn push(&mut self, identity: Option<u128>) -> bool {
        let Some(identity) = identity else {
            self.of.push(NONE);
            return false;
        };
        self.taking_part += 1;
        if 2 * self.groups.len() >= self.table.len() {
            self.grow();
        }
        let slot = self.find(identity);
        let new = self.table[slot] == EMPTY;
        if new {
            self.table[slot] = entry(identity, self.groups.len());
            self.groups.push(identity);
        }
        self.of.push(self.table[slot] as u32);
        new
    }

    /// Loads the slot of a paragraph into the cache; it is best called a few paragraphs before `push`.
    pub(crate) fn prefetch(&self, identity: Option<u128>) {
        if let Some(identity) = identity.filter(|_| !self.table.is_empty()) {
            prefetch(&self.table[self.slot(identity)..][..1]);
        }
    }

    /// The slot at which the search for an identity begins.
    fn slot(&self, identity: u128) -> usize {
        (identity >> 64) as usize & (self.table.len() - 1)
    }

    /// The slot of an identity, or the empty slot where it belongs.
    fn find(&self, identity: u128) -> usize {
        let mut slot = self.slot(identity);
        loop {
            let found = self.table[slot];
            let same = found >> 32 == entry(identity, 0) >> 32;
            if found == EMPTY || same && self.groups[found as u32 as usize] == identity {
                return slot;
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    fn grow(&mut self) {
        let slots = (2 * self.table.len()).max(1024);
        // The groups are enough to fill the new table, so the old one need not wait for that.
        self.table = Vec::new();
        self.table = vec![EMPTY; slots];
        for group in 0..self.groups.len() {
            let slot = self.find(self.groups[group]);
            self.table[slot] = entry(self.groups[group], group);
        }
    }

    /// The number of paragraphs.
    pub(crate) fn len(&self) -> usize {
        self.of.len()
    }

    /// The number of paragraphs with an identity.
    pub(crate) fn taking_part(&self) -> usize {
        self.taking_part
    }

    /// The number of groups.
    pub(crate) fn groups(&self) -> usize {
        self.groups.len()
    }

    /// The finished groups with their members.
    pub(crate) fn into_groups(self) -> Groups {
        let Self { of, groups, table, .. } = self;
        drop(table);
        let count = groups.len();
        drop(groups);
        Groups::new(of, count)
    }
}

/// Groups of identical paragraphs, numbered in the order of their first members.
///
/// All later matching compares groups, so copies cost no further time.
#[derive(Debug)]
pub(crate) struct Groups {
    /// The group of each paragraph, or `NONE`.
    of: Vec<u32>,
    /// The members of all groups, group by group, ascending inside each.
    members: Vec<u32>,
    ends: Vec<usize>,
}

const NONE: u32 = u32::MAX;

/// A slot without a group: no group has the number `NONE`.
const EMPTY: u64 = u64::MAX;

/// The slot of a group in the table.
fn entry(identity: u128, group: usize) -> u64 {
    u64::from(identity as u32) << 32 | group as u64
}

impl Groups {
    /// Groups of paragraphs of which each is in a group, or in none if that is `NONE`. No group is empty.
    pub(crate) fn new(of: Vec<u32>, groups: usize) -> Self {
        let mut ends = vec![0; groups];
        for &group in of.iter().filter(|&&group| group != NONE) {
            ends[group as usize] += 1;
        }
        let mut end = 0;
        for start in &mut ends {
            end += std::mem::replace(start, end);
        }
        let mut members = vec![0; end];
        for (paragraph, &group) in (0..).zip(&of).filter(|&(_, &group)| group != NONE) {
            let at = &mut ends[group as usize];
            members[*at] = paragraph;
            *at += 1;
        }
        Self { of, members, ends }
    }

    /// The number of groups.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of paragraphs, including those without a group.
    pub(crate) fn paragraphs(&self) -> usize {
        self.of.len()
    }

    /// The group of a paragraph, if it has one.
    pub(crate) fn of(&self, paragraph: usize) -> Option<usize> {
        let group = self.of[paragraph];
        (group != NONE).then_some(group as usize)
    }

    /// The paragraphs of a group, ascending; never empty.
    pub(crate) fn members(&self, group: usize) -> &[u32] {
        let start = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.members[start..self.ends[group]]
    }

    /// The first paragraph of a group.
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
        let mut identities = Identities::default();
        let new = [Some(9), None, Some(3), Some(9), Some(1), Some(3), Some(9)].map(|i| identities.push(i));
        assert_eq!(new, [true, false, true, false, true, false, false]);
        let groups = identities.into_groups();
        assert!(groups.iter().eq([&[0, 3, 6][..], &[2, 5], &[4]]));
        assert_eq!(groups.of(5), Some(1));
        assert_eq!(groups.of(1), None);
        assert_eq!(groups.first(1), 2);
    }

    #[test]
    fn the_table_grows_with_the_groups() {
        let mut identities = Identities::default();
        for round in 0..2 {
            for i in 0..10_000_u128 {
                assert_eq!(identities.push(Some((i << 64) | (i * i))), round == 0);
            }
        }
        assert_eq!(identities.groups(), 10_000);
        assert!(identities.into_groups().iter().all(|members| members.len() == 2));
    }
}
