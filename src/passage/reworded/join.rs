//! From accepted stretches that lie close to each other to one.

use std::ops::Range;

use super::accept::Judge;
use super::pairing::{Pairing, Scratch};
use crate::util::progress::Cancelled;

/// Joins accepted stretches that lie close to each other on both sides, if they are alike together with
/// what lies between them: a sentence there was put in, or hardly a word of it was kept.
///
/// Each is judged with the last one only, so that a long copy in many pieces costs no more than its length.
pub(super) fn join(
    mut accepted: Vec<[Range<u32>; 2]>,
    pairing: &Pairing<'_>,
    judge: &mut Judge<'_>,
    scratch: &mut Scratch,
) -> Result<Vec<[Range<u32>; 2]>, Cancelled> {
    let gap = pairing.search.thresholds.join_gap;
    accepted.sort_by_key(|sides| (sides[0].start, sides[1].start));
    let mut joined: Vec<[Range<u32>; 2]> = Vec::new();
    let mut last: Option<[Range<u32>; 2]> = None;
    for piece in accepted {
        pairing.search.watch.poll()?;
        let near =
            |last: &[Range<u32>; 2]| last.iter().zip(&piece).all(|(a, b)| f64::from(distance(a, b)) <= gap);
        if let (Some(whole), Some(last)) = (joined.last_mut(), last.filter(near))
            && judge.is_alike(scratch, &hull(&last, &piece))?
        {
            *whole = hull(whole, &piece);
        } else {
            joined.push(piece.clone());
        }
        last = Some(piece);
    }
    Ok(joined)
}

/// The least stretches that hold two others on both sides.
fn hull(a: &[Range<u32>; 2], b: &[Range<u32>; 2]) -> [Range<u32>; 2] {
    [0, 1].map(|side| a[side].start.min(b[side].start)..a[side].end.max(b[side].end))
}

/// How many places lie between two stretches.
fn distance(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.start.max(b.start).saturating_sub(a.end.min(b.end))
}
