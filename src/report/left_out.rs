//! What a report does not list.

/// How many paragraphs have more pairs than a report lists. In an ordinary report it is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LeftOut {
    /// How many paragraphs have more pairs with earlier ones than
    /// [`max_pairs`](crate::Settings::max_pairs) allows. How many more is not known: to find them is the
    /// work that the limit spares.
    pub limited: usize,
    /// How many different paragraphs have more than [`copies`](crate::Settings::copies) copies,
    /// themselves counted. Each copy is paired with the first only.
    pub crowds: usize,
}

impl LeftOut {
    /// Whether all pairs are listed.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}
