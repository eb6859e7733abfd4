//! Kinds of input, and which one a source is.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::builder::DocumentBuilder;
use super::document::Document;
#[cfg(feature = "html")]
use super::html;
#[cfg(feature = "markdown")]
use super::markdown;
use super::plain;
use super::read_options::ReadOptions;
use super::subtitles;
use crate::util::error::Error;

/// How a source is read.
///
/// Written and read in lower case.
///
/// ```
/// use refrain::{InputKind, ReadOptions};
///
/// let source = "1\n00:00:01,000 --> 00:00:04,000\nThe sea is calm.\n";
/// let kind = InputKind::from_name("talk.srt").unwrap_or_else(|| InputKind::guess(source));
/// let document = kind.read("talk.srt", source, &ReadOptions::default());
/// assert_eq!(document.text(), "The sea is calm.");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum InputKind {
    /// Plain text, read as it stands.
    #[default]
    Plain,
    /// Markdown: CommonMark with tables, footnotes, strikethrough, task lists and front matter. Of MDX, imports,
    /// exports and the tags of components are not read.
    #[cfg(feature = "markdown")]
    Markdown,
    /// HTML.
    #[cfg(feature = "html")]
    Html,
    /// Subtitles, SubRip (`.srt`) or WebVTT (`.vtt`): the text of each cue is a paragraph.
    Subtitles,
}

impl InputKind {
    /// All kinds that this build can read.
    pub const ALL: &'static [Self] = &[
        Self::Plain,
        #[cfg(feature = "markdown")]
        Self::Markdown,
        #[cfg(feature = "html")]
        Self::Html,
        Self::Subtitles,
    ];

    /// The endings of the names of such files, without the dot, in lower case.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &["txt", "text"],
            #[cfg(feature = "markdown")]
            Self::Markdown => &["md", "markdown", "mdx"],
            #[cfg(feature = "html")]
            Self::Html => &["html", "htm", "xhtml"],
            Self::Subtitles => &["srt", "vtt"],
        }
    }

    /// The kind that the ending of a name tells, in any case of letters; `None` for other endings.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let is_of = |kind: &Self| kind.endings().iter().any(|other| other.eq_ignore_ascii_case(ending));
        Self::ALL.iter().copied().find(is_of)
    }

    /// The kind that the beginning of a source looks like; [`Plain`](Self::Plain) if in doubt.
    ///
    /// Subtitles begin with `WEBVTT` or with a time line; HTML with a document type or a tag of a page; Markdown
    /// with front matter, or it has lines that only Markdown has: headings with `#`, fences, links.
    #[must_use]
    pub fn guess(source: &str) -> Self {
        /// The bytes that are looked at.
        const BEGINNING: usize = 1 << 13;
        let source = source.trim_start_matches('\u{feff}').trim_start();
        let beginning = &source[..source.floor_char_boundary(BEGINNING)];
        if subtitles::looks_like(beginning) {
            return Self::Subtitles;
        }
        #[cfg(feature = "html")]
        if html::looks_like(beginning) {
            return Self::Html;
        }
        #[cfg(feature = "markdown")]
        if markdown::looks_like(beginning) {
            return Self::Markdown;
        }
        Self::Plain
    }

    /// Reads a source. Whatever it holds, it can be read: what is malformed is read as a browser would, or as
    /// text.
    #[must_use]
    pub fn read<'a>(
        self,
        name: impl Into<Cow<'a, str>>,
        source: impl Into<Cow<'a, str>>,
        options: &ReadOptions,
    ) -> Document<'a> {
        let read: fn(&str, &mut DocumentBuilder<'_>, &ReadOptions) = match self {
            Self::Plain if options.ignore_lines => plain::read,
            Self::Plain => return Document::new(name, source),
            #[cfg(feature = "markdown")]
            Self::Markdown => markdown::read,
            #[cfg(feature = "html")]
            Self::Html => html::read,
            Self::Subtitles => subtitles::read,
        };
        let source = source.into();
        if self == Self::Plain && !plain::has_comments(&source) {
            return Document::new(name, source);
        }
        let mut builder = Document::builder("", &*source);
        read(&source, &mut builder, options);
        let blocks = builder.build_blocks();
        let blocks = blocks.unwrap_or_else(|error| panic!("a parser passed a bad span: {error}"));
        Document::from_blocks(name.into(), source, blocks)
    }
}

impl fmt::Display for InputKind {
    /// The name of the kind.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            #[cfg(feature = "markdown")]
            Self::Markdown => "markdown",
            #[cfg(feature = "html")]
            Self::Html => "html",
            Self::Subtitles => "subtitles",
        })
    }
}

impl FromStr for InputKind {
    type Err = Error;

    /// Reads the name of a kind.
    ///
    /// # Errors
    ///
    /// If no kind has this name, or this build cannot read it.
    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.iter().find(|kind| kind.to_string() == text);
        let accepts = if cfg!(all(feature = "markdown", feature = "html")) {
            "plain, markdown, html or subtitles"
        } else {
            "plain or subtitles, or markdown or html if the features of these names are on"
        };
        found.copied().ok_or_else(|| Error::out_of_range("input", text, accepts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_name_and_ending() {
        for &kind in InputKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
            for ending in kind.endings() {
                assert_eq!(InputKind::from_name(&format!("a.b.{ending}")), Some(kind));
                assert_eq!(InputKind::from_name(&format!("A.{}", ending.to_uppercase())), Some(kind));
            }
        }
        assert_eq!(InputKind::from_name("README"), None);
        assert_eq!(InputKind::from_name("a.rst"), None);
        assert!("docx".parse::<InputKind>().unwrap_err().to_string().starts_with("input must be plain"));
    }

    #[test]
    fn a_text_without_marks_is_plain() {
        for text in ["", "It rains.\n\nIt pours.", "# a comment", "1\n2\n3", "<3", "a < b and c > d", "--- a"]
        {
            assert_eq!(InputKind::guess(text), InputKind::Plain, "{text}");
        }
    }
}
