//! Which groups differ only in numbers that make them different texts.

/// What is known of the numbers of a group.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    /// The identity of its tokens that ignores numbers.
    open: u64,
    /// The identity of its tokens without labels in front of them; for a group that counts, `COUNTED`.
    said: u64,
}

/// Instead of the identity of what is said, for groups whose numbers only count them.
const COUNTED: u64 = u64::MAX;

/// For each group the identity of its tokens that ignores numbers, and one that ignores labels.
///
/// Groups for which the first is equal form a family: they differ only in numbers. If the second is
/// equal, too, they differ only in a label, and say the same.
#[derive(Debug, Default)]
pub(crate) struct NumberFamilies(Vec<Numbers>);

impl NumberFamilies {
    /// Adds the next group: its identity that ignores numbers, and the one that ignores labels.
    pub(crate) fn push(&mut self, open: u64, said: u64) {
        self.0.push(Numbers { open, said });
    }

    /// The identity of a group that ignores numbers.
    pub(crate) fn family(&self, group: usize) -> u64 {
        self.0[group].open
    }

    /// From now on the numbers of these groups only count them: those of one family say the same.
    pub(crate) fn count_only(&mut self, groups: impl IntoIterator<Item = u32>) {
        groups.into_iter().for_each(|group| self.0[group as usize].said = COUNTED);
    }

    /// Whether two different groups differ only in numbers that make them different texts; never, if numbers
    /// are not looked at.
    pub(crate) fn keep_apart(numbers: Option<&Self>, left: u32, right: u32) -> bool {
        numbers.is_some_and(|numbers| numbers.differ_only_in_numbers(left, right))
    }

    /// Whether two different groups differ only in numbers that make them different texts.
    pub(crate) fn differ_only_in_numbers(&self, left: u32, right: u32) -> bool {
        let [left, right] = [left, right].map(|group| self.0[group as usize]);
        left.open == right.open && left.said != right.said
    }
}

impl FromIterator<(u64, u64)> for NumberFamilies {
    fn from_iter<I: IntoIterator<Item = (u64, u64)>>(identities: I) -> Self {
        Self(identities.into_iter().map(|(open, said)| Numbers { open, said }).collect())
    }
}
