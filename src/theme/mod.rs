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
//! | `found` | what is returned |
//! | `levels` | every threshold and limit |
//! | `sentences` | cuts a document into sentences, with their stems |
//! | `weights` | weighs stems, by the document and by the language |
//! | `pairs` | finds sentences that are alike |
//! | `phrases` | finds words that stand close together |
//! | `choose` | chooses themes, and finds all their places |

mod choose;
mod found;
mod levels;
mod pairs;
mod phrases;
mod sentences;
mod weights;

use self::choose::choose;
pub(crate) use self::found::DocumentThemes;
use self::levels::Level;
use self::pairs::pairs;
use self::sentences::Sentences;
use self::weights::Weights;
use crate::input::TokenizedDocuments;
use crate::passage::Stretches;
use crate::settings::{Background, Themes};
use crate::util::progress::{Cancelled, Watch};

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
    Ok(DocumentThemes { themes: chosen.themes, sentences: sentences.len(), said_again: chosen.said_again })
}
