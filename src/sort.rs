//! Sorting by hashes.

/// Digits of so many bits, of which two are sorted by; what they leave undone is little.
const DIGIT: u32 = 11;
/// Fewer entries than this are sorted sooner by comparing them.
const FEW: usize = 1 << DIGIT;

/// Sorts entries that have a well-mixed key in the upper half.
///
/// Two passes of radix sort, by the upper 22 bits of the keys, put all but a few entries in their
/// places; runs that are alike in those bits are sorted one by one.
pub(crate) fn sort_keyed(mut entries: Vec<u64>) -> Vec<u64> {
    if entries.len() < FEW {
        entries.sort_unstable();
        return entries;
    }
    let mut other = vec![0; entries.len()];
    for shift in [64 - 2 * DIGIT, 64 - DIGIT] {
        let digit = |entry: u64| (entry >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = [0_usize; 1 << DIGIT];
        for &entry in &entries {
            starts[digit(entry)] += 1;
        }
        let mut start = 0;
        for count in &mut starts {
            start += std::mem::replace(count, start);
        }
        for &entry in &entries {
            let start = &mut starts[digit(entry)];
            other[*start] = entry;
            *start += 1;
        }
        std::mem::swap(&mut entries, &mut other);
    }
    for run in entries.chunk_by_mut(|a, b| a >> (64 - 2 * DIGIT) == b >> (64 - 2 * DIGIT)) {
        if run.len() > 1 {
            run.sort_unstable();
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash::mix;

    #[test]
    fn the_radix_sort_sorts() {
        for count in [0, 1, 2, 1000, 70_000] {
            // Few different upper bits, so that there are runs to sort.
            let entries: Vec<u64> =
                (0..count).map(|i| mix(i) >> 40 << 38 | mix(i) & 0xff << 32 | i).collect();
            let mut expected = entries.clone();
            expected.sort_unstable();
            assert_eq!(sort_keyed(entries), expected);
        }
    }
}
