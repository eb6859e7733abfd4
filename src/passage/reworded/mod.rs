//! Stretches that say the same in other words, in any order.
//!
//! Sentences are looked up by their rarest stems. Those that are alike form clusters; a cluster is cut
//! down to the stretches that it fills, and accepted if these are more alike than is usual between the
//! two documents. Inside one document, paragraphs are compared as a whole. The scheme is that of
//! Sanchez-Perez, Gelbukh and Sidorov (2014); weights, trimming and the background are our own.
//!
//! | file | turns | into |
//! | --- | --- | --- |
//! | `document_pairs` | all documents | pairs of them to compare |
//! | `pairing` | two documents | the units to compare, and scratch for the work |
//! | `unit_pairs` | units | pairs of them that are alike |
//! | `cluster` | pairs of units | pairs of runs of units |
//! | `trim` | pairs of runs | pairs of stretches |
//! | `accept` | pairs of stretches | those that are alike enough |
//! | `join` | accepted neighbours | one stretch |
//! | `extended` | accepted stretches | what need not be looked at again |

mod accept;
mod cluster;
mod document_pairs;
mod extended;
mod join;
mod pairing;
mod trim;
mod unit_pairs;

use std::ops::Range;

use self::accept::Judge;
use self::extended::Extended;
use self::pairing::{Pairing, Scratch};
use super::candidate::Candidate;
use super::matches::matches;
use super::search::Search;
use super::units::Units;
use crate::util::progress::Cancelled;

pub(super) use self::document_pairs::document_pairs;
pub(super) use self::pairing::{Pairing as DocumentPair, Scratch as PairScratch};

/// The pairs of paragraphs of the only document that say the same, each cut down to what matches.
pub(super) fn within(search: &Search<'_>) -> Result<Vec<Candidate>, Cancelled> {
    let sequence = search.sequence;
    let units = Units::new(sequence, &search.weights, &sequence.paragraph_ends, search.watch)?;
    let pairing = Pairing::within(search, &units);
    let mut scratch = Scratch::new(search);
    let mut judge = Judge::new(&pairing);
    let mut candidates = Vec::new();
    for (left, right) in unit_pairs::sharing_rare_stems(&pairing)? {
        search.watch.poll()?;
        let sides = [left, right].map(|unit| units.unit(unit as usize));
        if judge.are_alike(&mut scratch, [left, right])?
            && !only_ends_match(search, &mut judge, &mut scratch, &sides)?
            && let Some(sides) = trim::tighten(&pairing, &mut scratch, sides)?
        {
            candidates.push(candidate(search, sides)?);
        }
    }
    Ok(candidates)
}

/// Whether two paragraphs begin or end with the same words, and what is left of them is not alike. Then
/// the equal ends are repeated, but the paragraphs as a whole are not.
fn only_ends_match(
    search: &Search<'_>,
    judge: &mut Judge<'_>,
    scratch: &mut Scratch,
    sides: &[Range<u32>; 2],
) -> Result<bool, Cancelled> {
    let [left, right] = sides.each_ref().map(|side| search.sequence.stems_of(side));
    let same = |pairs: &mut dyn Iterator<Item = (&u32, &u32)>| pairs.take_while(|(a, b)| a == b).count();
    let start = same(&mut left.iter().zip(right));
    let rest = left.len().min(right.len()) - start;
    let end = same(&mut left[left.len() - rest..].iter().rev().zip(right[right.len() - rest..].iter().rev()));
    let long = |side: &[u32]| (start + end) as f64 >= search.thresholds.equal_ends * side.len() as f64;
    let inner = sides.each_ref().map(|side| side.start + start as u32..side.end - end as u32);
    Ok((long(left) || long(right))
        && inner.iter().any(|side| !side.is_empty())
        && !judge.is_alike(scratch, &inner)?)
}

/// The stretches that two documents share.
pub(super) fn between(pairing: &Pairing<'_>, scratch: &mut Scratch) -> Result<Vec<Candidate>, Cancelled> {
    let search = pairing.search;
    let seeds = unit_pairs::alike(pairing, scratch)?;
    let clusters = cluster::clusters(seeds, search.thresholds.cluster_jump, search.watch)?;
    let mut judge = Judge::new(pairing);
    let (mut accepted, mut extended) = (Vec::new(), Extended::default());
    for cluster in clusters {
        search.watch.poll()?;
        let Some(core) = trim::core(pairing, scratch, cluster)?.filter(|core| !extended.covers(core)) else {
            continue;
        };
        let Some(sides) = trim::extend(pairing, scratch, core.clone())? else { continue };
        if judge.is_alike(scratch, &sides)? {
            extended.add(&core, &sides);
            accepted.push(sides);
        }
    }
    let joined = join::join(accepted, pairing, &mut judge, scratch)?;
    joined.into_iter().map(|sides| candidate(search, sides)).collect()
}

/// The candidate of two stretches that were accepted.
pub(super) fn candidate(search: &Search<'_>, sides: [Range<u32>; 2]) -> Result<Candidate, Cancelled> {
    let matched = matches(search.sequence, &sides[0], &sides[1], search.watch)?;
    Ok(Candidate { weight: search.weigh(&matched), matched: matched.into(), ordered: false, sides })
}
