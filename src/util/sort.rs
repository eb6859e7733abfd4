//! Sorting of hashes, and of entries with a hash as key.

use crate::util::progress::{Cancelled, Watch};

/// The number of bits in a digit of the radix sort. Two digits put nearly all entries in order.
const DIGIT: u32 = 11;
/// Below this number of entries a comparison sort is faster.
const FEW: usize = 1 << DIGIT;
/// The number of entries after which the watcher is asked.
const PIECE: usize = 1 << 16;

/// Sorts entries whose upper 32 bits are a well-mixed key.
///
/// Two passes of radix sort by the upper 22 bits put nearly all entries in order. A comparison sort
/// then orders each run of entries with equal upper bits. `scratch` may hold anything. If the watcher
/// cancels, the entries are in no order.
pub(crate) fn sort_keyed(
    entries: &mut Vec<u64>,
    scratch: &mut Vec<u64>,
    watch: Watch<'_>,
) -> Result<(), Cancelled> {
    if entries.len() < FEW {
        entries.sort_unstable();
        return Ok(());
    }
    scratch.resize(entries.len(), 0);
    for shift in [64 - 2 * DIGIT, 64 - DIGIT] {
        let digit = |entry: u64| (entry >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = [0_usize; 1 << DIGIT];
        for piece in entries.chunks(PIECE) {
            piece.iter().for_each(|&entry| starts[digit(entry)] += 1);
            watch.poll()?;
        }
        let mut start = 0;
        for count in &mut starts {
            start += std::mem::replace(count, start);
        }
        for piece in entries.chunks(PIECE) {
            for &entry in piece {
                let start = &mut starts[digit(entry)];
                scratch[*start] = entry;
                *start += 1;
            }
            watch.poll()?;
        }
        std::mem::swap(entries, scratch);
    }
    let runs = entries.chunk_by_mut(|a, b| a >> (64 - 2 * DIGIT) == b >> (64 - 2 * DIGIT));
    for (number, run) in runs.enumerate() {
        if run.len() > 1 {
            run.sort_unstable();
        }
        if run.len() > PIECE {
            watch.poll()?;
        }
        watch.poll_at(number)?;
    }
    Ok(())
}

/// Sorts hashes; fast if they are spread evenly over all 64-bit numbers.
///
/// One pass puts each hash into the bucket of its highest bits, with about one bucket for each hash.
/// After it, a hash is at most a few places from its final position, so an insertion sort finishes the
/// work. Hashes chosen by an attacker to fall into one bucket go to a comparison sort.
pub(crate) fn sort_hashes(hashes: &mut [u64], scratch: &mut Vec<u64>) {
    const MAX_BITS: u32 = 8;
    if !(16..4 << MAX_BITS).contains(&hashes.len()) {
        return hashes.sort_unstable();
    }
    let bits = hashes.len().ilog2().min(MAX_BITS);
    let shift = u64::BITS - bits;
    let mut ends = [0_u16; 1 << MAX_BITS];
    for &hash in &*hashes {
        ends[(hash >> shift) as usize] += 1;
    }
    let mut start = 0;
    for end in &mut ends[..1 << bits] {
        start += std::mem::replace(end, start);
    }
    scratch.clear();
    scratch.extend_from_slice(hashes);
    for &hash in &*scratch {
        let end = &mut ends[(hash >> shift) as usize];
        hashes[usize::from(*end)] = hash;
        *end += 1;
    }
    insertion_sort(hashes);
}

/// Sorts hashes that are nearly in order. Switches to another sort after too many moves.
fn insertion_sort(hashes: &mut [u64]) {
    // Enough for all hashes that are spread evenly.
    let mut moves_left = 16 * hashes.len();
    for at in 1..hashes.len() {
        let hash = hashes[at];
        let mut to = at;
        while to > 0 && hashes[to - 1] > hash {
            hashes[to] = hashes[to - 1];
            to -= 1;
        }
        hashes[to] = hash;
        moves_left = moves_left.saturating_sub(at - to);
        if moves_left == 0 {
            return hashes.sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn hashes_of_any_distribution_are_sorted() {
        let spread = |i: u64| mix(i);
        let crowded = |i: u64| mix(i) >> 32;
        let falling = |i: u64| u64::MAX - i;
        let repeated = |i: u64| mix(i % 7);
        let mut scratch = Vec::new();
        for make in [spread, crowded, falling, repeated] {
            for count in [0, 1, 2, 15, 16, 17, 64, 65, 255, 256, 257, 1000, 1024, 1025, 5000] {
                let mut hashes: Vec<u64> = (0..count).map(make).collect();
                let mut expected = hashes.clone();
                expected.sort_unstable();
                sort_hashes(&mut hashes, &mut scratch);
                assert_eq!(hashes, expected, "{count} hashes");
            }
        }
    }

    #[test]
    fn entries_are_sorted_by_key() {
        let mut scratch = Vec::new();
        for count in [0, 1, 2, 1000, 70_000] {
            // Few distinct upper bits, so that there are runs to sort.
            let mut entries: Vec<u64> =
                (0..count).map(|i| mix(i) >> 40 << 38 | mix(i) & 0xff << 32 | i).collect();
            let mut expected = entries.clone();
            expected.sort_unstable();
            sort_keyed(&mut entries, &mut scratch, Watch::none()).unwrap();
            assert_eq!(entries, expected);
        }
    }
}
