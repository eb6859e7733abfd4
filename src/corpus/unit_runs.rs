//! Paragraphs cut into the units of their shingles.

use crate::set::hash;
use crate::settings::Unit;
use crate::text;
use crate::util::progress::Watch;

/// The units of some paragraphs, end to end, with what equal paragraphs have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitRuns {
    units: Vec<u64>,
    /// Where those of each paragraph end.
    ends: Vec<usize>,
    /// The identity of each paragraph that is long enough.
    pub(super) identities: Vec<Option<u128>>,
    /// The same with numbers left open, and as it is, of each paragraph.
    pub(super) numbers: Vec<(u64, u64)>,
    scratch: Vec<u64>,
}

impl UnitRuns {
    /// How many paragraphs there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn clear(&mut self) {
        self.units.clear();
        self.ends.clear();
        self.identities.clear();
        self.numbers.clear();
    }

    pub(super) fn push(&mut self, text: &str, unit: Unit, least_size: usize) {
        let start = self.units.len();
        let size = text::hash_tokens(text, &mut self.units);
        let identity = (size >= least_size).then(|| hash::identity(&self.units[start..]));
        let (units, scratch) = (&self.units[start..], &mut self.scratch);
        // A number in front may be a date or a score, and what is removed is lost. So nothing counts as a label.
        let numbers = |identity| (text::identity_ignoring_numbers(units, identity, scratch), identity as u64);
        self.numbers.push(identity.map_or((0, 0), numbers));
        if unit == Unit::Char && identity.is_some() {
            self.units.truncate(start);
            let hashed = text::hash_characters(text, &mut self.units, Watch::none());
            hashed.expect("nobody cancels it");
        }
        self.ends.push(self.units.len());
        self.identities.push(identity);
    }

    /// Adds the units of a paragraph whose identity is known already.
    pub(super) fn push_units(&mut self, units: &[u64]) {
        self.units.extend_from_slice(units);
        self.ends.push(self.units.len());
    }

    pub(super) fn units(&self, index: usize) -> &[u64] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.units[start..self.ends[index]]
    }
}
