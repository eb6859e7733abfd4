//! Passages that come back.

use std::fmt;

use crate::passage::PassageKind;
use crate::util::id::ParagraphId;
use crate::util::span::Span;

/// A stretch of tokens that comes back, with all its occurrences.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Passage {
    /// How the occurrences are alike.
    pub kind: PassageKind,
    /// How informative the repetition is: the sum of the weights of the tokens that two occurrences
    /// match; of two forms of a word, the lesser weight. Each token is matched once, so what one of the two
    /// repeats counts as often as the other has it. The two are the pair of stretches that the passage
    /// was found by, one of them its pattern.
    ///
    /// A token weighs `max(0, ln((n + 1) / (f + 0.5)) - 1)` if `f` of `n` sentences hold it, and nearer
    /// to 1 the fewer of 20 sentences there are. `n` counts the sentences of all documents that say
    /// something new, `f` those in which the two tokens before and after it are new: else what comes
    /// back often would look common. 0 or more, in steps of 0.001.
    pub score: f64,
    /// The least number of tokens that an occurrence matches with the pattern of the passage, which is
    /// one of them; all of their tokens if the kind is verbatim.
    pub tokens: usize,
    /// Two or more, in the order of documents and places; none overlaps another.
    pub occurrences: Vec<Occurrence>,
}

impl fmt::Display for Passage {
    /// Such as `12 words in 2 places, edited`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, tokens, occurrences, .. } = self;
        let s = |count: usize| if count == 1 { "" } else { "s" };
        let places = occurrences.len();
        write!(f, "{tokens} word{} in {places} place{}, {kind}", s(*tokens), s(places))
    }
}

/// One place where a passage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Occurrence {
    /// The place of its document among all documents.
    pub document: usize,
    /// The paragraph that it begins in.
    pub paragraph: ParagraphId,
    /// The first and the last paragraph, where it stands in more than one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub paragraphs: Option<[ParagraphId; 2]>,
    /// From its first to its last matching token, in bytes of the document.
    pub span: Span,
    /// The line on which it begins, counted from 1; 0 in a stored report without lines.
    #[cfg_attr(feature = "serde", serde(default))]
    pub line: usize,
    /// The column at which it begins, in characters, counted from 1; 0 as above.
    #[cfg_attr(feature = "serde", serde(default))]
    pub column: usize,
    /// The words of the document there.
    pub text: String,
}
