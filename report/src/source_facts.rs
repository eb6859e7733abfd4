//! How the sources of a report were read, so that a stored report can be shown with them later.

use refrain::{Document, InputKind, ReadOptions, Span};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// How a document was read, and what it was.
///
/// The command writes these behind a report in JSON, as the field `sources`, one for each document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceFacts {
    /// The kind of input, such as `markdown`.
    pub input: String,
    #[serde(default, skip_serializing_if = "is_default")]
    /// What was read in addition to its text.
    pub options: ReadOptions,
    /// The 128-bit XXH3 of its bytes, as 32 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
}

fn is_default(options: &ReadOptions) -> bool {
    *options == ReadOptions::default()
}

impl SourceFacts {
    /// Those of a source that was read in this way.
    #[must_use]
    pub fn new(source: &str, kind: InputKind, options: ReadOptions) -> Self {
        Self { input: kind.to_string(), options, hash: Some(hash(source)) }
    }

    /// What is known of a document of which only the name is: the kind by its ending.
    #[must_use]
    pub fn by_name(name: &str) -> Self {
        let kind = InputKind::from_name(name).unwrap_or_default();
        Self { input: kind.to_string(), options: ReadOptions::default(), hash: None }
    }

    /// Reads a source in the same way. `None` if this build does not know the kind of input.
    #[must_use]
    pub fn read<'a>(&self, name: &'a str, source: &'a str) -> Option<Document<'a>> {
        let kind: InputKind = self.input.parse().ok()?;
        Some(kind.read(name, source, &self.options))
    }

    /// Whether a source is the same, as far as is known. `bytes` is its length in the report, and `excerpts` are spans
    /// of it, with the beginnings of their texts as far as these are known.
    #[must_use]
    pub fn is_unchanged<'a>(
        &self,
        document: &Document<'_>,
        bytes: usize,
        mut excerpts: impl Iterator<Item = (Span, &'a str)>,
    ) -> bool {
        let source = document.source();
        // The report may have been edited, so its spans are checked even if the source is the same.
        let is_sound = |(span, excerpt): (Span, &str)| {
            let on_characters = source.is_char_boundary(span.start) && source.is_char_boundary(span.end);
            let known = self.hash.is_some() || excerpt.is_empty();
            on_characters && (known || document.to_text(span).of(document.text()).starts_with(excerpt))
        };
        source.len() == bytes
            && self.hash.as_ref().is_none_or(|known| *known == hash(source))
            && excerpts.all(is_sound)
    }
}

fn hash(source: &str) -> String {
    format!("{:032x}", xxh3_128(source.as_bytes()))
}
