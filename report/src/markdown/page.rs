//! Text that does not grow beyond a limit.

/// The most bytes of a comment. GitHub allows 65,536 characters, of which none takes less than a byte.
pub const MOST: usize = 65_536;
/// What the last lines may take.
const RESERVE: usize = 512;

/// A text that is written piece by piece.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    full: bool,
}

impl Page {
    /// Appends a piece, or nothing if it does not fit; then nothing that comes later fits, either.
    pub(super) fn push(&mut self, piece: &str) -> bool {
        self.full |= self.text.len() + piece.len() > MOST - RESERVE;
        if !self.full {
            self.text.push_str(piece);
        }
        !self.full
    }

    /// The text, with last lines, which are short.
    pub(super) fn finish(mut self, last: &str) -> String {
        self.text.push_str(last);
        self.text
    }
}
