//! Colours and weights of text.

/// How a piece of text looks on a terminal with colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    /// The level of a warning.
    Warning,
    /// The level of a note.
    Note,
    /// Line numbers.
    Gutter,
    /// Words that all wordings have in common.
    Common,
    /// What stands around.
    Dim,
}

impl Style {
    /// The text in this style, or as it is without colours.
    pub(super) fn paint(self, text: &str, colored: bool) -> String {
        let code = match self {
            Self::Plain => "",
            Self::Bold => "1",
            Self::Warning => "1;33",
            Self::Note => "1;32",
            Self::Gutter => "1;34",
            Self::Common => "1;4",
            Self::Dim => "2",
        };
        if !colored || code.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}
