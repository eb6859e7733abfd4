//! Themes: what a document says again, in whatever words.
//!
//! A sentence may hold several ideas, so a theme is not a group of sentences but a few words that come
//! together in several paragraphs. *Sentences* become sets of stems with *weights*; *pairs* of sentences
//! that are alike, or that share a passage, show which words come back; *phrases* are those of these words
//! that stand close together in both; and *choose* picks the phrases that most paragraphs say, so that each
//! place belongs to one theme.
//!
//! | file | does |
//! | --- | --- |
//! | `levels` | every threshold and limit |
//! | `sentences` | cuts a document into sentences, with their stems |
//! | `weights` | weighs stems, by the document and by the language |
//! | `pairs` | finds sentences that are alike |
//! | `phrases` | finds words that stand close together |
//! | `choose` | chooses themes, and finds all their places |

mod choose;
mod levels;
mod pairs;
mod phrases;
mod sentences;
mod weights;

use std::ops::Range;

use self::choose::choose;
use self::levels::Level;
use self::pairs::pairs;
use self::sentences::Sentences;
use self::weights::Weights;
use crate::input::TokenizedDocuments;
use crate::passage::Stretches;
use crate::settings::{Background, Themes};
use crate::util::progress::{Cancelled, Watch};

/// One thing that a document says several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Theme {
    /// How much is said again, in thousandths: the mean weight of what its places share, for each paragraph
    /// but one.
    pub(crate) score: u64,
    /// In how many paragraphs it is said; of a document of one paragraph, on how many lines.
    pub(crate) paragraphs: u32,
    /// Where it is said, in order; none overlaps another, of this theme or another one.
    pub(crate) places: Vec<Range<u32>>,
    /// The heaviest of the places, the first of several.
    pub(crate) heaviest: usize,
}

/// The themes of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentThemes {
    /// Those with the highest score first.
    pub(crate) themes: Vec<Theme>,
    /// How many sentences of at least four tokens there are,
    pub(crate) sentences: usize,
    /// and how many of them say something again: they hold a place of a theme that is not its first.
    pub(crate) said_again: usize,
    /// Whether lines count, because all is one paragraph.
    pub(crate) lines: bool,
}

/// Finds the themes of a document. `passages` are those that it repeats by itself.
pub(crate) fn within(
    texts: &TokenizedDocuments<'_>,
    document: usize,
    passages: &[Stretches],
    (level, background): (Themes, Option<&Background>),
    watch: Watch<'_>,
) -> Result<DocumentThemes, Cancelled> {
    let Some(level) = Level::of(level) else { return Ok(DocumentThemes::default()) };
    let sentences = Sentences::new(texts, document, watch)?;
    let weights = Weights::new(texts, &sentences, background, watch)?;
    let pairs = pairs(&sentences, &weights, level, passages, watch)?;
    let chosen = choose(texts, &sentences, &weights, level, &pairs, watch)?;
    Ok(DocumentThemes {
        themes: chosen.themes,
        sentences: sentences.len(),
        said_again: chosen.said_again,
        lines: sentences.blocks_are_lines,
    })
}
