//! Passages: stretches of tokens that come back, each with all its occurrences.
//!
//! This file is the pipeline. All tokens of some documents make a *sequence*; stems get *weights* by how
//! few sentences have them; *finders* return candidates, which are two stretches that match; *select*
//! decides which of them are passages, and they are *ranked*.
//!
//! | file | step | does |
//! | --- | --- | --- |
//! | `kind` | data | verbatim, edited, reworded |
//! | `candidate` | data | two stretches that match |
//! | `stretches` | data | all occurrences of one passage |
//! | `thresholds` | data | every threshold and limit of the search |
//! | `number_set` | data | scratch sets of stems |
//! | `document_order` | sequence | the order in which documents are searched, and back |
//! | `sequence` | sequence | tokens by place, with sentences, paragraphs and documents |
//! | `weights` | weights | how informative the repetition of a stem is |
//! | `units` | weights | sentences or paragraphs as bags of stems, and an index of them |
//! | `bigrams` | weights | pairs of neighbouring stems |
//! | `search` | weights | all of that, made once for all finders |
//! | `matches` | finders | which tokens of two stretches match in any order |
//! | `aligned/` | finders | the same words in the same order, with small gaps |
//! | `reworded/` | finders | the same informative words in any order |
//! | `summary` | finders | a stretch of one document that condenses a longer one of another |
//! | `frames` | finders | rewordings cut apart that are verbatim stretches around unlike text |
//! | `whole_paragraph` | finders | equal paragraphs of two documents, and equal documents |
//! | `select/` | select | what covers what, what is merged, what is dropped |

mod aligned;
mod bigrams;
mod candidate;
mod document_order;
mod frames;
mod kind;
mod matches;
mod number_set;
mod reworded;
mod search;
mod select;
mod sequence;
mod stretches;
mod summary;
mod thresholds;
mod units;
mod weights;
mod whole_paragraph;

use std::cmp::Reverse;

pub use self::kind::PassageKind;
pub(crate) use self::stretches::Stretches;
pub use self::thresholds::PassageThresholds;

use self::candidate::Candidate;
use self::document_order::DocumentOrder;
use self::reworded::{DocumentPair, PairScratch};
use self::search::Search;
use self::sequence::Sequence;
use crate::input::TokenizedDocuments;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassageSettings {
    /// Passages have at least this many tokens.
    pub(crate) min_tokens: usize,
    pub(crate) thresholds: PassageThresholds,
}

/// The passages that one document, given by its number, repeats, the most informative first. If `short`
/// is given, also those of at least that many tokens that match in order.
///
/// They depend on that document alone. Places count over all documents, in the order of input.
pub(crate) fn within(
    texts: &TokenizedDocuments<'_>,
    document: usize,
    settings: &PassageSettings,
    short: Option<usize>,
    watch: Watch<'_>,
) -> Result<[Vec<Stretches>; 2], Cancelled> {
    let order = DocumentOrder::alone(texts, document);
    let sequence = Sequence::of(texts, &order.documents, watch)?;
    let mut search = Search::new(&sequence, settings.thresholds, half_tokens(settings.min_tokens), watch)?;
    let seeds = aligned::seeds(&search)?;
    let mut candidates = aligned::find(&search, &seeds)?;
    candidates.extend(reworded::within(&search)?);
    let mut passages = select::select(&search, &candidates)?;
    let mut shorter = Vec::new();
    if let Some(short) = short {
        search.min_size = half_tokens(short);
        shorter = select::select(&search, &aligned::find(&search, &seeds)?)?;
    }
    for passages in [&mut passages, &mut shorter] {
        put_in_order(passages, &order, watch)?;
    }
    Ok([passages, shorter])
}

/// The passages that stand in several documents, the most informative first.
pub(crate) fn across(
    texts: &TokenizedDocuments<'_>,
    settings: &PassageSettings,
    watch: Watch<'_>,
) -> Result<Vec<Stretches>, Cancelled> {
    find(texts, settings, watch, shared)
}

/// Puts passages in order, the most informative first.
pub(crate) fn rank(passages: &mut [Stretches]) {
    passages.sort_by_cached_key(|passage| (Reverse(passage.rank()), passage.occurrences[0].start));
}

/// The passages that two documents share, the most informative first. Equal paragraphs need less weight
/// than other passages, and equal documents are a passage whatever their words are.
pub(crate) fn between(
    texts: &TokenizedDocuments<'_>,
    settings: &PassageSettings,
    watch: Watch<'_>,
) -> Result<Vec<Stretches>, Cancelled> {
    find(texts, settings, watch, |search| {
        let mut passages = shared(search)?;
        passages.extend(whole_paragraph::across(search, &passages)?);
        Ok(passages)
    })
}

/// Makes sequence and weights of all documents, and finds passages in them.
fn find(
    texts: &TokenizedDocuments<'_>,
    settings: &PassageSettings,
    watch: Watch<'_>,
    passages: impl FnOnce(&Search<'_>) -> Result<Vec<Stretches>, Cancelled>,
) -> Result<Vec<Stretches>, Cancelled> {
    let order = DocumentOrder::by_length(texts);
    let sequence = Sequence::of(texts, &order.documents, watch)?;
    let search = Search::new(&sequence, settings.thresholds, half_tokens(settings.min_tokens), watch)?;
    let mut passages = passages(&search)?;
    put_in_order(&mut passages, &order, watch)?;
    Ok(passages)
}

fn half_tokens(tokens: usize) -> u32 {
    u32::try_from(tokens.saturating_mul(2)).unwrap_or(u32::MAX)
}

/// Moves passages to the order of input, and puts the most informative first.
fn put_in_order(
    passages: &mut [Stretches],
    order: &DocumentOrder,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    for passage in &mut *passages {
        order.to_input(passage);
        watch.poll()?;
    }
    rank(passages);
    Ok(())
}

/// The passages that stand in several documents.
fn shared(search: &Search<'_>) -> Result<Vec<Stretches>, Cancelled> {
    let pairs = reworded::document_pairs(search)?;
    let mut candidates = aligned::find(search, &aligned::seeds(search)?)?;
    let reworded = in_other_words(search, &pairs)?;
    candidates.extend(frames::cut(search, reworded)?);
    let mut passages = select::select(search, &candidates)?;
    passages.retain(|passage| search.sequence.are_in_several_documents(&passage.occurrences));
    Ok(passages)
}

/// What pairs of documents share in other words.
fn in_other_words(search: &Search<'_>, pairs: &[[usize; 2]]) -> Result<Vec<Candidate>, Cancelled> {
    let found = parallel::try_map_ranges(pairs.len(), 16, |range| {
        let mut scratch = PairScratch::new(search);
        let mut found = Vec::new();
        for &documents in &pairs[range] {
            search.watch.poll()?;
            let Some(pair) = DocumentPair::between(search, documents)? else { continue };
            let reworded = reworded::between(&pair, &mut scratch)?;
            found.extend(summary::between(&pair, &mut scratch, &reworded)?);
            found.extend(reworded);
        }
        Ok(found)
    })?;
    Ok(found.into_iter().flatten().collect())
}
