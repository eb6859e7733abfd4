//! Copies of paragraphs that are too short for pairs.

use super::match_paragraphs::Matched;
use crate::input::TokenizedDocuments;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};

/// The paragraphs that are too short for pairs but have tokens, and the same as others.
pub(super) fn short_copies(
    texts: &TokenizedDocuments<'_>,
    matched: &Matched,
    watch: Watch<'_>,
) -> Result<Vec<Vec<u32>>, Cancelled> {
    let mut short: Vec<(u128, u32)> = Vec::new();
    for paragraph in 0..texts.paragraphs.len() {
        watch.poll()?;
        let places = texts.paragraphs[paragraph].places.clone();
        let counts = !places.is_empty() && !matched.boilerplate.tokens.contains_all(places);
        if counts && matched.groups.of(paragraph).is_none() {
            short.push((texts.identity(paragraph, watch)?, paragraph as u32));
        }
    }
    parallel::try_sort_unstable(&mut short, watch)?;
    let copies = short.chunk_by(|a, b| a.0 == b.0).filter(|copies| copies.len() > 1);
    let mut copies: Vec<Vec<u32>> =
        copies.map(|copies| copies.iter().map(|&(_, paragraph)| paragraph).collect()).collect();
    copies.sort_unstable();
    Ok(copies)
}
