//! Reports as text.

pub(crate) mod excerpt;
pub(crate) mod printable;
pub(crate) mod side_by_side;
pub(crate) mod summary;
pub(crate) mod text;
pub(crate) mod word_differences;
pub(crate) mod wrap;
