//! Which groups differ only in numbers.

/// For each group the identity of its tokens that ignores numbers.
///
/// Different groups for which it is equal differ only in numbers. They form a family.
#[derive(Debug, Default)]
pub(crate) struct NumberFamilies(Vec<u64>);

impl NumberFamilies {
    /// Adds the next group.
    pub(crate) fn push(&mut self, identity: u64) {
        self.0.push(identity);
    }

    /// Whether two different groups differ only in numbers; never, if numbers are not looked at.
    pub(crate) fn keep_apart(numbers: Option<&Self>, left: u32, right: u32) -> bool {
        numbers.is_some_and(|numbers| numbers.differ_only_in_numbers(left, right))
    }

    /// Whether two different groups differ only in numbers.
    pub(crate) fn differ_only_in_numbers(&self, left: u32, right: u32) -> bool {
        self.0[left as usize] == self.0[right as usize]
    }
}

impl FromIterator<u64> for NumberFamilies {
    fn from_iter<I: IntoIterator<Item = u64>>(identities: I) -> Self {
        Self(identities.into_iter().collect())
    }
}
