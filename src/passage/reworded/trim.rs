//! From the units of a cluster to the stretches that really match.

use std::ops::Range;

use super::pairing::{Pairing, Scratch};
use crate::util::progress::Cancelled;

/// How often ends are peeled and trimmed; further rounds change hardly anything.
const PEELS: usize = 3;
const TRIMS: usize = 2;
/// Shares of weight are whole parts of this, so that sums do not depend on their order.
const WHOLE: f64 = 65_536.0;

/// The stretches that a cluster fills; `None` if nothing of them is left.
pub(super) fn core(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    mut units: [Range<usize>; 2],
) -> Result<Option<[Range<u32>; 2]>, Cancelled> {
    for _ in 0..PEELS {
        let before = units.clone();
        peel(pairing, scratch, &mut units, 0)?;
        peel(pairing, scratch, &mut units, 1)?;
        if units == before {
            break;
        }
    }
    trim_both(pairing, scratch, units.map(|units| pairing.units.places(&units)))
}

/// The parts of two paragraphs that match each other, from the first to the last matched token; the
/// paragraphs as a whole where nearly all of both matches.
pub(super) fn tighten(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    whole: [Range<u32>; 2],
) -> Result<Option<[Range<u32>; 2]>, Cancelled> {
    let Some(parts) = trim_both(pairing, scratch, whole.clone())? else { return Ok(None) };
    let least = pairing.search.thresholds.nearly_whole;
    let nearly_whole =
        parts.iter().zip(&whole).all(|(part, whole)| part.len() as f64 >= least * whole.len() as f64);
    trim_to_matches(pairing, scratch, if nearly_whole { whole } else { parts })
}

/// Lets both stretches grow at both ends while their next stems are equal. Then each runs from its first
/// to its last matched token.
pub(super) fn extend(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    mut sides: [Range<u32>; 2],
) -> Result<Option<[Range<u32>; 2]>, Cancelled> {
    let stem = |place: u32| pairing.search.sequence.stem(place);
    let [left, right] = &mut sides;
    let bounds = &pairing.places;
    while left.end < bounds[0].end && right.end < bounds[1].end && stem(left.end) == stem(right.end) {
        (left.end, right.end) = (left.end + 1, right.end + 1);
    }
    while left.start > bounds[0].start
        && right.start > bounds[1].start
        && stem(left.start - 1) == stem(right.start - 1)
    {
        (left.start, right.start) = (left.start - 1, right.start - 1);
    }
    trim_to_matches(pairing, scratch, sides)
}

fn trim_both(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    mut sides: [Range<u32>; 2],
) -> Result<Option<[Range<u32>; 2]>, Cancelled> {
    for _ in 0..TRIMS {
        for side in 0..2 {
            let part = trim(pairing, scratch, &sides[side], &sides[1 - side])?;
            let Some(part) = part else { return Ok(None) };
            sides[side] = part;
        }
    }
    Ok(Some(sides))
}

/// Takes a unit off each end of a side if it alone supplies hardly anything of itself.
fn peel(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    sides: &mut [Range<usize>; 2],
    side: usize,
) -> Result<(), Cancelled> {
    let watch = pairing.search.watch;
    let (units, weights) = (pairing.units, &pairing.search.weights);
    let other = units.places(&sides[1 - side]);
    let [matched, _] = &mut scratch.stems;
    matched.set(pairing.search.sequence.stems_of(&other).iter().copied());
    watch.poll()?;
    let counts = &mut scratch.counts;
    let all = sides[side].clone();
    for unit in all.clone() {
        watch.poll_at(unit)?;
        units.stems(unit).for_each(|stem| counts[stem as usize] += 1);
    }
    for last in [false, true] {
        let rest = &mut sides[side];
        if rest.len() < 2 {
            break;
        }
        let unit = if last { rest.end - 1 } else { rest.start };
        let alone = units.stems(unit).filter(|&stem| counts[stem as usize] == 1 && matched.contains(stem));
        let alone: u64 = alone.map(|stem| weights.rarity(stem)).sum();
        if (alone as f64) < pairing.search.thresholds.peel_share * units.total(unit) as f64 {
            units.stems(unit).for_each(|stem| counts[stem as usize] -= 1);
            if last { rest.end -= 1 } else { rest.start += 1 }
        }
    }
    for unit in all {
        watch.poll_at(unit)?;
        units.stems(unit).for_each(|stem| counts[stem as usize] = 0);
    }
    Ok(())
}

/// The part of a stretch with the greatest sum of `rarity · (matched - θ)`, where `θ` is half the share
/// of its weight that matches, but at least the threshold.
fn trim(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    stretch: &Range<u32>,
    other: &Range<u32>,
) -> Result<Option<Range<u32>>, Cancelled> {
    let watch = pairing.search.watch;
    let (sequence, weights) = (pairing.search.sequence, &pairing.search.weights);
    let [matches, _] = &mut scratch.stems;
    matches.set(sequence.stems_of(other).iter().copied());
    let (mut matched, mut whole) = (0, 0);
    for (number, &stem) in sequence.stems_of(stretch).iter().enumerate() {
        watch.poll_at(number)?;
        let weight = weights.rarity(stem);
        whole += weight;
        matched += if matches.contains(stem) { weight } else { 0 };
    }
    let least = (WHOLE * pairing.search.thresholds.trim_share) as u64;
    let Some(half) = (matched * (WHOLE / 2.0) as u64).checked_div(whole) else { return Ok(None) };
    let theta = half.max(least) as i64;
    let (mut start, mut sum) = (stretch.start, 0);
    let (mut best, mut kept) = (0, stretch.start..stretch.start);
    for place in stretch.clone() {
        watch.poll_at(place as usize)?;
        let stem = sequence.stem(place);
        let gain = if matches.contains(stem) { WHOLE as i64 - theta } else { -theta };
        sum += weights.rarity(stem) as i64 * gain;
        if sum <= 0 {
            (start, sum) = (place + 1, 0);
        } else if sum > best {
            (best, kept) = (sum, start..place + 1);
        }
    }
    Ok((!kept.is_empty()).then_some(kept))
}

/// Cuts off what does not match at the ends.
fn trim_to_matches(
    pairing: &Pairing<'_>,
    scratch: &mut Scratch,
    mut sides: [Range<u32>; 2],
) -> Result<Option<[Range<u32>; 2]>, Cancelled> {
    let sequence = pairing.search.sequence;
    let [matches, _] = &mut scratch.stems;
    for side in [0, 1, 0] {
        pairing.search.watch.poll()?;
        matches.set(sequence.stems_of(&sides[1 - side]).iter().copied());
        let matched = |place: &u32| matches.contains(sequence.stem(*place));
        let ends = sides[side].clone().find(matched).zip(sides[side].clone().rfind(matched));
        let Some((first, last)) = ends else { return Ok(None) };
        sides[side] = first..last + 1;
    }
    Ok(Some(sides))
}
