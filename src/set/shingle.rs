//! Shingles: the runs of consecutive units that are as long as `width` words, and the set of the distinct ones.

use super::hash::{POLYNOMIAL_BASE, combine, extend, finish, inverse, is_unspaced};
use super::{Overlap, overlap};
use crate::arch::{ByteClassifier, Instructions, Kernel};
use crate::util::bytes::Header;
use crate::util::error::Error;

/// How many shingles are computed at a time, so that the compiler can use vector registers.
const LANES: usize = 8;

/// The largest width for which each shingle is computed from its units, [`LANES`] at a time. For larger
/// widths a rolling polynomial is faster, because its cost does not grow with the width.
const MAX_DIRECT_WIDTH: usize = 8;

/// The number of shingles of some units, repeats included.
pub(super) fn count(units: &[u64], width: usize) -> usize {
    if !has_unspaced(units) {
        return if units.is_empty() { 0 } else { units.len().saturating_sub(width) + 1 };
    }
    let wanted = width.saturating_mul(2);
    let mut size = 0;
    let after_last = units.iter().rposition(|&unit| {
        size += half_tokens(unit);
        size >= wanted
    });
    after_last.unwrap_or(0) + 1
}

/// Whether some of the units are characters of a script without spaces.
#[inline]
fn has_unspaced(units: &[u64]) -> bool {
    // Without a branch in the inner loop, so that the compiler can use vector registers.
    units.chunks(64).any(|units| units.iter().fold(false, |any, &unit| any | is_unspaced(unit)))
}

fn half_tokens(unit: u64) -> usize {
    if is_unspaced(unit) { 1 } else { 2 }
}

/// Appends the shingles of `units` to `shingles`, in the order of the units and with repeats.
///
/// A shingle is a run of units that has `2 * width` half-tokens. A unit has two, but a character of a script
/// without spaces has one ([`is_unspaced`]). So a shingle is `width` words, or twice
/// as many such characters. In mixed text it may have a half-token more, if its last unit is a word. A
/// shingle begins at every unit after which enough units follow: at the first `units.len() - width + 1` if none
/// is such a character. If all units together have fewer half-tokens, they are one shingle; no units give
/// no shingle.
///
/// # Panics
///
/// If `width` is 0.
pub fn shingle(units: &[u64], width: usize, shingles: &mut Vec<u64>) {
    first_shingles(units, width, usize::MAX, shingles);
}

/// The same for at most the first `most` shingles.
pub(super) fn first_shingles(units: &[u64], width: usize, most: usize, shingles: &mut Vec<u64>) {
    assert!(width > 0, "a shingle has at least one unit");
    if units.is_empty() {
        return;
    }
    let reach = width.saturating_mul(2).saturating_add(most).min(units.len());
    if has_unspaced(&units[..reach]) {
        return shingles.extend(MixedShingles::new(units, width).take(most));
    }
    let width = width.min(units.len());
    let units = &units[..units.len().min(most.saturating_add(width - 1))];
    if width > MAX_DIRECT_WIDTH {
        return shingle_rolling(units, width, shingles);
    }
    Instructions::detect().run(Direct { units, width, shingles });
}

/// Where each shingle of `units` ends, in the order of [`shingle`]: the number of units before its end. If all
/// units together are shorter than a shingle, there is one, which ends behind the last.
///
/// # Panics
///
/// If `width` is 0.
#[must_use]
pub fn shingle_ends(units: &[u64], width: usize) -> Vec<u32> {
    assert!(width > 0, "a shingle has at least one unit");
    let wanted = width.saturating_mul(2);
    let (mut end, mut size) = (0, 0);
    let mut ends = Vec::with_capacity(count(units, width));
    for &first in units {
        while size < wanted
            && let Some(&unit) = units.get(end)
        {
            size += half_tokens(unit);
            end += 1;
        }
        if size < wanted && !ends.is_empty() {
            break;
        }
        ends.push(end as u32);
        size -= half_tokens(first);
    }
    ends
}

/// The shingles of units of which some are characters of a script without spaces, by a rolling polynomial.
struct MixedShingles<'a> {
    units: &'a [u64],
    /// The half-tokens of a shingle, and of the units from `start` to `end`.
    wanted: usize,
    size: usize,
    start: usize,
    end: usize,
    /// The polynomial of these units, and the power of its base that belongs to their number.
    run: u64,
    power: u64,
}

impl<'a> MixedShingles<'a> {
    fn new(units: &'a [u64], width: usize) -> Self {
        Self { units, wanted: width.saturating_mul(2), size: 0, start: 0, end: 0, run: 0, power: 1 }
    }
}

impl Iterator for MixedShingles<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        const INVERSE: u64 = inverse(POLYNOMIAL_BASE);
        while self.size < self.wanted
            && let Some(&unit) = self.units.get(self.end)
        {
            self.run = extend(self.run, unit);
            self.power = self.power.wrapping_mul(POLYNOMIAL_BASE);
            self.size += half_tokens(unit);
            self.end += 1;
        }
        if self.start == self.units.len() || self.size < self.wanted && self.start > 0 {
            return None;
        }
        let len = (self.end - self.start) as u64;
        let shingle = finish(self.run.wrapping_add(len.wrapping_mul(self.power)));
        let first = self.units[self.start];
        self.power = self.power.wrapping_mul(INVERSE);
        self.run = self.run.wrapping_sub(first.wrapping_mul(self.power));
        self.size -= half_tokens(first);
        self.start += 1;
        Some(shingle)
    }
}

/// Computes every shingle from its units.
struct Direct<'a> {
    units: &'a [u64],
    width: usize,
    shingles: &'a mut Vec<u64>,
}

impl Kernel for Direct<'_> {
    type Output = ();

    #[inline(always)]
    fn run<B: ByteClassifier>(self) {
        let Self { units, width, shingles } = self;
        let start = shingles.len();
        let count = units.len() - width + 1;
        shingles.reserve(count);
        let Some(last) = count.checked_sub(LANES) else {
            return shingles.extend(units.windows(width).map(combine));
        };
        // The last lanes may overlap those before them: that is faster than a loop for the remainder.
        for at in (0..last).step_by(LANES).chain([last]) {
            let mut runs = [width as u64; LANES];
            for offset in at..at + width {
                let units: &[u64; LANES] = units[offset..].first_chunk().expect("units for every lane");
                for (run, &unit) in runs.iter_mut().zip(units) {
                    *run = extend(*run, unit);
                }
            }
            shingles.truncate(start + at);
            shingles.extend_from_slice(&runs.map(finish));
        }
    }
}

/// The same with the rolling polynomial of Rabin and Karp: for each shingle one unit leaves and one enters.
fn shingle_rolling(units: &[u64], width: usize, shingles: &mut Vec<u64>) {
    let power = (0..width).fold(1_u64, |power, _| power.wrapping_mul(POLYNOMIAL_BASE));
    let length = (width as u64).wrapping_mul(power);
    let mut run = units[..width].iter().fold(0, |run, &unit| extend(run, unit));
    shingles.push(finish(run.wrapping_add(length)));
    for (&leaves, &enters) in units.iter().zip(&units[width..]) {
        run = extend(run, enters).wrapping_sub(leaves.wrapping_mul(power));
        shingles.push(finish(run.wrapping_add(length)));
    }
}

/// The distinct shingles of a paragraph, in ascending order.
///
/// A set can be stored, as [bytes](Self::to_bytes) or, with the feature `serde`, as a list of numbers. The
/// shingles depend on the width and on what they are made of, which is not stored with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "Vec<u64>", try_from = "Vec<u64>"))]
pub struct ShingleSet(Box<[u64]>);

const HEADER: Header = Header { what: "shingle set", magic: *b"rfn-sh", version: 1 };

impl ShingleSet {
    /// The shingles of `width` words each; [`shingle`] says how many units these are.
    ///
    /// # Panics
    ///
    /// If `width` is 0.
    #[must_use]
    pub fn new(units: &[u64], width: usize) -> Self {
        let mut shingles = Vec::new();
        shingle(units, width, &mut shingles);
        shingles.into_iter().collect()
    }

    /// The members, ascending and distinct.
    #[must_use]
    pub fn as_slice(&self) -> &[u64] {
        &self.0
    }

    /// The number of distinct shingles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no shingles, as in a paragraph without tokens, which matches nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The overlap of this set, the left one, and another.
    ///
    /// # Panics
    ///
    /// If a set has 2^32 members or more.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Overlap {
        overlap(&self.0, &other.0)
    }

    /// The set as bytes, to be stored. All numbers are little-endian:
    ///
    /// | bytes | hold |
    /// | --- | --- |
    /// | 0..6 | `rfn-sh` in ASCII |
    /// | 6..8 | the version of this form, 1 |
    /// | 8..16 | the number of shingles `n` |
    /// | 16..16 + 8 n | the shingles, ascending and distinct |
    ///
    /// ```
    /// use refrain::set::ShingleSet;
    ///
    /// let set: ShingleSet = [258, 3].into_iter().collect();
    /// let bytes = set.to_bytes();
    /// assert_eq!(bytes, b"rfn-sh\x01\0\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\x02\x01\0\0\0\0\0\0");
    /// assert_eq!(ShingleSet::from_bytes(&bytes)?, set);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEADER.write(8 + 8 * self.len());
        bytes.extend_from_slice(&(self.len() as u64).to_le_bytes());
        bytes.extend(self.0.iter().flat_map(|shingle| shingle.to_le_bytes()));
        bytes
    }

    /// Reads a set from the bytes that [`to_bytes`](Self::to_bytes) made of it.
    ///
    /// # Errors
    ///
    /// If the bytes are of something else or of another version, are cut off or too many, or if the
    /// shingles do not ascend ([`ErrorKind::Malformed`](crate::ErrorKind::Malformed)).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut rest = HEADER.read(bytes)?;
        let count = rest.number()?;
        let shingles: Vec<u64> = rest.items(count)?.iter().copied().map(u64::from_le_bytes).collect();
        Self::try_from(shingles)
    }
}

impl From<ShingleSet> for Vec<u64> {
    fn from(set: ShingleSet) -> Self {
        set.0.into()
    }
}

impl TryFrom<Vec<u64>> for ShingleSet {
    type Error = Error;

    /// A set of shingles that ascend already.
    ///
    /// # Errors
    ///
    /// If they are not ascending and distinct.
    fn try_from(shingles: Vec<u64>) -> Result<Self, Error> {
        match shingles.windows(2).find(|pair| pair[0] >= pair[1]) {
            None => Ok(Self(shingles.into())),
            Some(pair) => {
                let problem = format!("shingle {} is followed by {}, not by a greater one", pair[0], pair[1]);
                Err(Error::malformed(HEADER.what, problem))
            }
        }
    }
}

impl FromIterator<u64> for ShingleSet {
    fn from_iter<I: IntoIterator<Item = u64>>(shingles: I) -> Self {
        let mut shingles: Vec<u64> = shingles.into_iter().collect();
        shingles.sort_unstable();
        shingles.dedup();
        Self(shingles.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set::hash;

    #[test]
    fn stored_sets_are_read_again_and_other_bytes_are_refused() {
        for count in [0, 1, 2, 100] {
            let set: ShingleSet = (0..count).map(hash::mix).collect();
            let bytes = set.to_bytes();
            assert_eq!(ShingleSet::from_bytes(&bytes), Ok(set));
            for end in 0..bytes.len() {
                assert!(ShingleSet::from_bytes(&bytes[..end]).is_err(), "cut off at {end}");
            }
            assert!(ShingleSet::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
        }
        let bytes = ShingleSet(Box::new([1, 2])).to_bytes();
        let problem = |bytes: &[u8]| ShingleSet::from_bytes(bytes).unwrap_err().to_string();
        let changed = |at: usize, byte: u8| {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            problem(&bytes)
        };
        assert_eq!(problem(b"abc"), "not a stored shingle set: 3 bytes, too few for a header of 8");
        assert_eq!(
            problem(b"\x7fELF\x02\x01\x01\0"),
            "not a stored shingle set: it begins with \"\\x7fELF\\x02\\x01\", not with \"rfn-sh\""
        );
        assert_eq!(changed(6, 2), "not a stored shingle set: it has version 2, only 1 can be read");
        assert_eq!(changed(8, 3), "not a stored shingle set: 16 bytes where 3 items of 8 bytes should be");
        assert_eq!(
            changed(16, 2),
            "not a stored shingle set: shingle 2 is followed by 2, not by a greater one"
        );
        assert_eq!(problem(&bytes[..10]), "not a stored shingle set: 2 bytes where a number of 8 should be");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn sets_are_lists_of_numbers() {
        let set: ShingleSet = [u64::MAX, 7].into_iter().collect();
        let written = serde_json::to_string(&set).unwrap();
        assert_eq!(written, "[7,18446744073709551615]");
        assert_eq!(serde_json::from_str::<ShingleSet>(&written).unwrap(), set);
        let error = serde_json::from_str::<ShingleSet>("[7,7]").unwrap_err().to_string();
        assert_eq!(error, "not a stored shingle set: shingle 7 is followed by 7, not by a greater one");
    }

    #[test]
    fn all_algorithms_compute_the_same_shingles() {
        let words: Vec<u64> = (0..200).map(hash::mix).collect();
        let characters: Vec<u64> = (0..200).map(|n: u8| hash::unspaced(&[n])).collect();
        let pick = |at: usize| if at % 7 < 3 { words[at] } else { characters[at] };
        let mixed: Vec<u64> = (0..200).map(pick).collect();
        for units in [words, characters, mixed] {
            assert_definition(&units);
        }
    }

    fn assert_definition(units: &[u64]) {
        for len in [0, 1, 2, 3, 7, 8, 9, 10, 17, 200] {
            for width in [1, 2, 3, 5, 8, 9, 20, 199, 300] {
                let units = &units[..len];
                let mut made = Vec::new();
                shingle(units, width, &mut made);
                let size = |units: &[u64]| units.iter().map(|&unit| half_tokens(unit)).sum::<usize>();
                let ends = |start: usize| (start..=len).find(|&end| size(&units[start..end]) >= 2 * width);
                let mut runs: Vec<_> = (0..len).map_while(|start| Some(start..ends(start)?)).collect();
                if runs.is_empty() && len > 0 {
                    runs.push(0..len);
                }
                let plain: Vec<u64> = runs.iter().map(|run| combine(&units[run.clone()])).collect();
                let ends: Vec<u32> = runs.iter().map(|run| run.end as u32).collect();
                assert_eq!(shingle_ends(units, width), ends, "{len} units, width {width}");
                assert_eq!(count(units, width), ends.len(), "{len} units, width {width}");
                for most in [1, 4, 50] {
                    let mut first = Vec::new();
                    first_shingles(units, width, most, &mut first);
                    assert_eq!(first, plain[..plain.len().min(most)], "{len} units, width {width}");
                }
                assert_eq!(made, plain, "{len} units, width {width}");
            }
        }
    }
}
