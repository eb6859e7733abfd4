//! Settings that were validated, with what is made of them once.

use std::sync::Arc;

use super::background::Background;
use super::scope::PairSearch;
use super::shingle::SHINGLES;
use super::values::Settings;
use crate::sketch::{Bander, Banding, MinHash};
use crate::util::error::{Cause, Error};
use crate::util::parallel::Threads;

/// All that a detector works with. Holding one proves that the settings are valid.
#[derive(Debug)]
pub(crate) struct Configuration {
    pub(crate) settings: Settings,
    /// The bands of a banded search, if the settings allow one.
    pub(crate) bander: Option<Bander>,
    pub(crate) threads: Threads,
    /// The table of common words, if there is one.
    pub(crate) background: Option<Arc<Background>>,
}

impl Configuration {
    /// Checks all settings and starts the threads, if a number of them was asked for. `given` is a table of
    /// common words, which the settings may name.
    pub(crate) fn new(
        settings: Settings,
        threads: Option<usize>,
        given: Option<Arc<Background>>,
    ) -> Result<Self, Error> {
        let background = match (&*settings.background, given) {
            (Background::NONE, _) => None,
            (Background::ENGLISH, _) => Some(Background::english()),
            (name, Some(given)) if given.name() == name => Some(given),
            (name, _) => {
                let accepts = "en/1, none, or the name of a table that the builder was given";
                return Err(Error::out_of_range("background", name, accepts));
            }
        };
        let bander = validate(&settings)?;
        let threads = Threads::new(threads)?;
        Ok(Self { settings, bander, threads, background })
    }
}

/// Checks all settings, and draws the bands of a banded search if there can be one.
fn validate(settings: &Settings) -> Result<Option<Bander>, Error> {
    let &Settings { shingle, min_passage_tokens, copies, max_pairs, lanes, seed, .. } = settings;
    if shingle.width == 0 {
        return Err(Error::out_of_range("shingle", shingle, SHINGLES));
    }
    let counts = [
        ("min_passage_tokens", Some(min_passage_tokens)),
        ("copies", Some(copies)),
        ("max_pairs", max_pairs),
    ];
    if let Some((name, _)) = counts.into_iter().find(|&(_, count)| count == Some(0)) {
        return Err(Error::out_of_range(name, 0, "at least 1"));
    }
    if let Some(boilerplate) = settings.boilerplate {
        boilerplate.validate()?;
    }
    settings.verdict.validate()?;
    // A family of too many lanes is refused, whether or not it is used.
    MinHash::new(lanes, seed)?;
    match Banding::with_rows(settings.threshold, settings.recall, lanes, shingle.most_rows()) {
        Ok(banding) => Ok(Some(Bander::new(MinHash::new(banding.lanes(), seed)?, banding))),
        // Thresholds of a few hundredths would need more lanes; an exact search needs none.
        Err(error)
            if matches!(error.cause(), Cause::UnreachableRecall { .. })
                && settings.search != PairSearch::Banded =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
