//! What is read of a source in addition to its text.

/// What is read of a source in addition to its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[non_exhaustive]
pub struct ReadOptions {
    /// Whether the texts that stand for pictures are read, as captions. Default `false`.
    pub alt_text: bool,
    /// Whether the title and the description in the front matter of Markdown, or in the head of a page of HTML,
    /// are read: the title as a heading. Default `false`.
    pub front_matter: bool,
    /// Whether lines of plain text that begin with `# refrain-ignore` are comments: `# refrain-ignore` about the
    /// next paragraph, `# refrain-ignore-start` about all up to `# refrain-ignore-end`, with names of rules behind
    /// as in comments of Markdown and HTML. Default `false`.
    pub ignore_lines: bool,
}
