//! What the output device allows.

/// How wide text may be, and whether it may have colours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// The number of columns of a line.
    pub(crate) width: usize,
    pub(crate) colored: bool,
}
