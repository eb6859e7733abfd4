//! Which groups differ in numbers only.

/// The identity of each group with its numbers left open.
///
/// Groups are different, so those that are equal in this differ in numbers only. That is an
/// equivalence: it parts the groups into families.
#[derive(Debug, Default)]
pub(crate) struct NumberFamilies(Vec<u64>);

impl NumberFamilies {
    /// Adds the next group.
    pub(crate) fn push(&mut self, open: u64) {
        self.0.push(open);
    }

    /// Whether two different groups differ in numbers only.
    pub(crate) fn differ_only_in_numbers(&self, left: u32, right: u32) -> bool {
        self.0[left as usize] == self.0[right as usize]
    }
}

impl FromIterator<u64> for NumberFamilies {
    fn from_iter<I: IntoIterator<Item = u64>>(open: I) -> Self {
        Self(open.into_iter().collect())
    }
}
