//! Sorting by hashes.

/// Digits of so many bits, of which two are sorted by; what they leave undone is little.
const DIGIT: u32 = 11;
/// Fewer entries than this are sorted sooner by comparing them.
const FEW: usize = 1 << DIGIT;

/// Sorts entries that have a well-mixed key in the upper half.
///
/// Two passes of radix sort, by the upper 22 bits of the keys, put all but a few entries in their
/// places; runs that are alike in those bits are sorted one by one. `other` is scratch.
pub(crate) fn sort_keyed(entries: &mut Vec<u64>, other: &mut Vec<u64>) {
    if entries.len() < FEW {
        return entries.sort_unstable();
    }
    other.resize(entries.len(), 0);
    for shift in [64 - 2 * DIGIT, 64 - DIGIT] {
        let digit = |entry: u64| (entry >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = [0_usize; 1 << DIGIT];
        for &entry in &*entries {
            starts[digit(entry)] += 1;
        }
        let mut start = 0;
        for count in &mut starts {
            start += std::mem::replace(count, start);
        }
        for &entry in &*entries {
            let start = &mut starts[digit(entry)];
            other[*start] = entry;
            *start += 1;
        }
        std::mem::swap(entries, other);
    }
    for run in entries.chunk_by_mut(|a, b| a >> (64 - 2 * DIGIT) == b >> (64 - 2 * DIGIT)) {
        if run.len() > 1 {
            run.sort_unstable();
        }
    }
}

/// Sorts hashes that are spread evenly over all numbers, if they are what they seem.
///
/// One pass puts each into the bucket of its uppermost bits, about one for each hash; what
/// is still out of order then is so by a place or two. Hashes that somebody chose to fall into one
/// bucket are sorted by comparing.
pub(crate) fn sort_hashes(hashes: &mut [u64], scratch: &mut Vec<u64>) {
    const MOST_BITS: u32 = 8;
    if !(16..4 << MOST_BITS).contains(&hashes.len()) {
        return hashes.sort_unstable();
    }
    let bits = hashes.len().ilog2().min(MOST_BITS);
    let shift = u64::BITS - bits;
    let mut ends = [0_u16; 1 << MOST_BITS];
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
    insert(hashes);
}

/// Sorts what is nearly sorted.
fn insert(hashes: &mut [u64]) {
    // Enough for any hashes that are spread evenly.
    let mut patience = 16 * hashes.len();
    for at in 1..hashes.len() {
        let hash = hashes[at];
        let mut to = at;
        while to > 0 && hashes[to - 1] > hash {
            hashes[to] = hashes[to - 1];
            to -= 1;
        }
        hashes[to] = hash;
        patience = patience.saturating_sub(at - to);
        if patience == 0 {
            return hashes.sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn hashes_are_sorted_whatever_they_are() {
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
    fn the_radix_sort_sorts() {
        let mut scratch = Vec::new();
        for count in [0, 1, 2, 1000, 70_000] {
            // Few different upper bits, so that there are runs to sort.
            let mut entries: Vec<u64> =
                (0..count).map(|i| mix(i) >> 40 << 38 | mix(i) & 0xff << 32 | i).collect();
            let mut expected = entries.clone();
            expected.sort_unstable();
            sort_keyed(&mut entries, &mut scratch);
            assert_eq!(entries, expected);
        }
    }
}
