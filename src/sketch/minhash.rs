//! MinHash signatures.

use crate::arch::{ByteClassifier, Instructions, Kernel};
use crate::set::hash::mix;
use crate::util::bytes::Header;
use crate::util::error::{Cause, Error};
use crate::util::progress::{Cancelled, Watch};

/// The number of lanes computed at a time; tables are padded to a multiple of it.
const LANE_BLOCK: usize = 32;

/// A family of hash functions that makes signatures.
///
/// Lane `i` of a signature is the minimum of `a_i · x + b_i` modulo 2^32 over all shingles, where `x` is
/// the upper half of a shingle's hash, which is well mixed, and `a_i` is odd. The `a_i` and `b_i` are
/// drawn from the seed by SplitMix64. The same shingles give the same lanes on every machine, with any
/// instructions.
#[derive(Clone, Debug)]
pub struct MinHash {
    lanes: usize,
    seed: u64,
    multipliers: Box<[u32]>,
    offsets: Box<[u32]>,
    instructions: Instructions,
}

impl MinHash {
    /// The largest number of lanes of a signature.
    pub const MAX_LANES: usize = 65_536;

    /// A family of `lanes` hash functions drawn from `seed`.
    ///
    /// The functions are drawn in order: the signatures of a smaller family are the first lanes of those
    /// of a larger family with the same seed.
    ///
    /// # Errors
    ///
    /// If `lanes` is 0 or more than [`MAX_LANES`](Self::MAX_LANES).
    pub fn new(lanes: usize, seed: u64) -> Result<Self, Error> {
        if !(1..=Self::MAX_LANES).contains(&lanes) {
            return Err(Error::out_of_range("lanes", lanes, "at least 1 and at most 65536"));
        }
        let padded = lanes.next_multiple_of(LANE_BLOCK);
        let mut state = seed;
        let mut draw = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            mix(state)
        };
        let (multipliers, offsets) = (0..padded)
            .map(|_| {
                let drawn = draw();
                ((drawn >> 32) as u32 | 1, drawn as u32)
            })
            .unzip::<u32, u32, Vec<_>, Vec<_>>();
        Ok(Self {
            lanes,
            seed,
            multipliers: multipliers.into(),
            offsets: offsets.into(),
            instructions: Instructions::detect(),
        })
    }

    /// The number of lanes of the signatures.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// The seed from which the functions were drawn.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The signature of a set, given as its shingles in any order; repeats do not matter.
    #[must_use]
    pub fn signature(&self, shingles: &[u64]) -> Signature {
        let mut lanes = Vec::new();
        self.sign(shingles, &mut lanes, Watch::none()).expect("nobody cancels it");
        lanes.truncate(self.lanes);
        Signature { seed: self.seed, empty: shingles.is_empty(), lanes: lanes.into() }
    }

    /// Replaces the content of `minima` by the lanes of a signature and those that pad the tables. All
    /// lanes of the empty set are `u32::MAX`.
    pub(crate) fn sign(
        &self,
        shingles: &[u64],
        minima: &mut Vec<u32>,
        watch: Watch<'_>,
    ) -> Result<(), Cancelled> {
        /// The number of values after which the watcher is asked: a few milliseconds.
        const PART: usize = 1 << 22;
        minima.clear();
        minima.resize(self.multipliers.len(), u32::MAX);
        let Self { multipliers, offsets, .. } = self;
        for shingles in shingles.chunks((PART / multipliers.len()).max(1)) {
            self.instructions.run(LowerMinima { shingles, multipliers, offsets, minima });
            watch.poll()?;
        }
        Ok(())
    }
}

/// Lowers each of `minima` to the minimum of its function over `shingles`.
struct LowerMinima<'a> {
    shingles: &'a [u64],
    multipliers: &'a [u32],
    offsets: &'a [u32],
    minima: &'a mut [u32],
}

impl Kernel for LowerMinima<'_> {
    type Output = ();

    /// Works on one block of lanes at a time, so that functions and minima stay in registers.
    #[inline(always)]
    fn run<B: ByteClassifier>(self) {
        let functions = self.multipliers.as_chunks().0.iter().zip(self.offsets.as_chunks().0);
        for ((a, b), minima) in functions.zip(self.minima.as_chunks_mut::<LANE_BLOCK>().0) {
            let (a, b): (&[u32; LANE_BLOCK], &[u32; LANE_BLOCK]) = (a, b);
            let mut least = *minima;
            for shingle in self.shingles {
                let x = (shingle >> 32) as u32;
                for lane in 0..LANE_BLOCK {
                    let value = a[lane].wrapping_mul(x).wrapping_add(b[lane]);
                    least[lane] = least[lane].min(value);
                }
            }
            *minima = least;
        }
    }
}

/// The sketch of a set: in each lane the minimum of one hash function.
///
/// It keeps the number of lanes and the seed; comparing signatures that differ in them is an error.
///
/// A signature can be stored, as [bytes](Self::to_bytes) or, with the feature `serde`, as a map of its
/// `seed` and its `lanes`, with `empty` if it is of the empty set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Stored"))]
pub struct Signature {
    seed: u64,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    empty: bool,
    lanes: Box<[u32]>,
}

const HEADER: Header = Header { what: "signature", magic: *b"rfn-mh", version: 1 };

/// A signature as it was read.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
struct Stored {
    seed: u64,
    #[serde(default)]
    empty: bool,
    lanes: Vec<u32>,
}

#[cfg(feature = "serde")]
impl TryFrom<Stored> for Signature {
    type Error = Error;

    fn try_from(Stored { seed, empty, lanes }: Stored) -> Result<Self, Error> {
        Self::checked(seed, empty, lanes)
    }
}

impl Signature {
    /// The lanes, one for each function of the family.
    #[must_use]
    pub fn as_slice(&self) -> &[u32] {
        &self.lanes
    }

    /// Whether this is the signature of the empty set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The seed from which the functions of the family were drawn.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The signature as bytes, to be stored. All numbers are little-endian:
    ///
    /// | bytes | hold |
    /// | --- | --- |
    /// | 0..6 | `rfn-mh` in ASCII |
    /// | 6..8 | the version of this form and of the hash functions, 1 |
    /// | 8..16 | the seed |
    /// | 16..24 | 1 if it is of the empty set, else 0 |
    /// | 24..32 | the number of lanes `k` |
    /// | 32..32 + 4 k | the lanes |
    ///
    /// ```
    /// use refrain::sketch::{MinHash, Signature};
    ///
    /// let signature = MinHash::new(64, 7)?.signature(&[1 << 32, 2 << 32]);
    /// let bytes = signature.to_bytes();
    /// assert_eq!(bytes.len(), 32 + 4 * 64);
    /// assert_eq!(Signature::from_bytes(&bytes)?, signature);
    ///
    /// let error = Signature::from_bytes(&bytes[..100]).unwrap_err();
    /// assert_eq!(error.to_string(), "not a stored signature: 68 bytes where 64 items of 4 bytes should be");
    /// # Ok::<(), refrain::Error>(())
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = HEADER.write(24 + 4 * self.lanes.len());
        for number in [self.seed, self.empty.into(), self.lanes.len() as u64] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend(self.lanes.iter().flat_map(|lane| lane.to_le_bytes()));
        bytes
    }

    /// Reads a signature from the bytes that [`to_bytes`](Self::to_bytes) made of it.
    ///
    /// # Errors
    ///
    /// If the bytes are of something else or of another version, are cut off or too many, or hold what no
    /// signature has ([`ErrorKind::Malformed`](crate::ErrorKind::Malformed)).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut rest = HEADER.read(bytes)?;
        let [seed, empty, lanes] = [rest.number()?, rest.number()?, rest.number()?];
        if empty > 1 {
            return Err(Error::malformed(
                HEADER.what,
                format!("its mark of emptiness is {empty}, not 0 or 1"),
            ));
        }
        let lanes = rest.items(lanes)?.iter().copied().map(u32::from_le_bytes).collect();
        Self::checked(seed, empty == 1, lanes)
    }

    fn checked(seed: u64, empty: bool, lanes: Vec<u32>) -> Result<Self, Error> {
        let (count, most) = (lanes.len(), MinHash::MAX_LANES);
        if !(1..=most).contains(&count) {
            return Err(Error::malformed(HEADER.what, format!("it has {count} lanes, not 1 to {most}")));
        }
        if empty && lanes.iter().any(|&lane| lane != u32::MAX) {
            let problem = format!("it is of the empty set, but a lane is not {}", u32::MAX);
            return Err(Error::malformed(HEADER.what, problem));
        }
        Ok(Self { seed, empty, lanes: lanes.into() })
    }

    /// Estimates the resemblance of the two sets these signatures were made from.
    ///
    /// The estimate is the fraction of equal lanes, in `0.0..=1.0`. It is unbiased, with standard error
    /// `sqrt(J * (1 - J) / k)` for a true resemblance `J` and `k` lanes: about 0.035 for `J = 0.8` and
    /// `k = 128` (Broder et al. 1998). An empty set resembles nothing, so its estimate is 0.
    ///
    /// # Errors
    ///
    /// If the signatures differ in their number of lanes or in their seed.
    ///
    /// ```
    /// use refrain::sketch::MinHash;
    ///
    /// let family = MinHash::new(128, 0)?;
    /// let [a, b] = [[1, 2, 3], [3, 2, 1]].map(|shingles| family.signature(&shingles));
    /// assert_eq!(a.estimate_resemblance(&b)?, 1.0);
    /// # Ok::<(), refrain::Error>(())
    /// ```
    pub fn estimate_resemblance(&self, other: &Self) -> Result<f64, Error> {
        let [left, right] = [self, other].map(|signature| (signature.lanes.len(), signature.seed));
        if left != right {
            return Err(Cause::DifferentSettings { left, right }.into());
        }
        if self.empty || other.empty {
            return Ok(0.0);
        }
        let equal = self.lanes.iter().zip(&other.lanes).filter(|(a, b)| a == b).count();
        Ok(equal as f64 / self.lanes.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shingles(range: std::ops::Range<u64>) -> Vec<u64> {
        range.map(mix).collect()
    }

    /// Stored signatures depend on these values: a change here is a new format, not a fix.
    #[test]
    fn known_answers() {
        let signature = MinHash::new(4, 42).unwrap().signature(&[1 << 32, 2 << 32, 3 << 32]);
        assert_eq!(signature.as_slice(), [1769014538, 71743337, 1516373673, 379685265]);
        let signature = MinHash::new(3, 0).unwrap().signature(&shingles(0..100));
        assert_eq!(signature.as_slice(), [59203240, 49184475, 69615309]);
    }

    /// Stored bytes depend on these values: a change here is a new version of the form.
    #[test]
    fn known_bytes() {
        let signature = MinHash::new(2, 0x0102).unwrap().signature(&[]);
        let expected = b"rfn-mh\x01\0\x02\x01\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\
            \xff\xff\xff\xff\xff\xff\xff\xff";
        assert_eq!(signature.to_bytes(), expected);
        let signature = MinHash::new(4, 42).unwrap().signature(&[1 << 32, 2 << 32, 3 << 32]);
        let bytes = signature.to_bytes();
        assert_eq!(bytes[8..16], 42_u64.to_le_bytes());
        assert_eq!(bytes[32..36], 1769014538_u32.to_le_bytes());
        assert_eq!(Signature::from_bytes(&bytes), Ok(signature));
    }

    #[test]
    fn other_bytes_are_refused() {
        let bytes = MinHash::new(3, 0).unwrap().signature(&[]).to_bytes();
        for end in 0..bytes.len() {
            assert!(Signature::from_bytes(&bytes[..end]).is_err(), "cut off at {end}");
        }
        assert!(Signature::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
        let changed = |at: usize, byte: u8| {
            let mut bytes = bytes.clone();
            bytes[at] = byte;
            Signature::from_bytes(&bytes).unwrap_err().to_string()
        };
        assert!(changed(0, b'x').ends_with("it begins with \"xfn-mh\", not with \"rfn-mh\""));
        assert_eq!(changed(7, 1), "not a stored signature: it has version 257, only 1 can be read");
        assert_eq!(changed(16, 2), "not a stored signature: its mark of emptiness is 2, not 0 or 1");
        assert_eq!(
            changed(31, 1),
            "not a stored signature: 12 bytes where 72057594037927939 items of 4 bytes should be"
        );
        assert_eq!(
            changed(32, 0),
            "not a stored signature: it is of the empty set, but a lane is not 4294967295"
        );
        let none = [&bytes[..24], &[0; 8]].concat();
        let error = Signature::from_bytes(&none).unwrap_err().to_string();
        assert_eq!(error, "not a stored signature: it has 0 lanes, not 1 to 65536");
    }

    #[cfg(feature = "serde")]
    #[test]
    fn signatures_are_maps() {
        let family = MinHash::new(2, 5).unwrap();
        for (shingles, expected) in [
            (vec![], r#"{"seed":5,"empty":true,"lanes":[4294967295,4294967295]}"#.to_owned()),
            (vec![0], {
                let lanes = family.signature(&[0]);
                format!(r#"{{"seed":5,"lanes":[{},{}]}}"#, lanes.as_slice()[0], lanes.as_slice()[1])
            }),
        ] {
            let signature = family.signature(&shingles);
            assert_eq!(serde_json::to_string(&signature).unwrap(), expected);
            assert_eq!(serde_json::from_str::<Signature>(&expected).unwrap(), signature);
        }
        assert!(serde_json::from_str::<Signature>(r#"{"seed":5,"lanes":[]}"#).is_err());
    }

    #[test]
    fn all_instructions_compute_the_lanes_of_the_definition() {
        for instructions in Instructions::all() {
            for (lanes, count) in [(1, 0), (1, 1), (31, 7), (96, 40), (128, 105), (300, 3)] {
                let family = MinHash { instructions, ..MinHash::new(lanes, 7).unwrap() };
                let shingles = shingles(0..count);
                let naive: Vec<u32> = (0..lanes)
                    .map(|lane| {
                        let (a, b) = (family.multipliers[lane], family.offsets[lane]);
                        let value = |s: &u64| a.wrapping_mul((s >> 32) as u32).wrapping_add(b);
                        shingles.iter().map(value).min().unwrap_or(u32::MAX)
                    })
                    .collect();
                assert_eq!(family.signature(&shingles).as_slice(), naive, "{instructions:?}");
            }
        }
    }

    #[test]
    fn signature_of_union_is_elementwise_min() {
        let family = MinHash::new(128, 1).unwrap();
        let [a, b, both] = [0..40, 25..90, 0..90].map(|range| family.signature(&shingles(range)));
        let min = a.lanes.iter().zip(&b.lanes).map(|(a, b)| *a.min(b));
        assert!(both.lanes.iter().copied().eq(min));
    }

    #[test]
    fn a_short_signature_is_the_start_of_a_long_one() {
        let [few, many] = [16, 200].map(|lanes| MinHash::new(lanes, 5).unwrap().signature(&shingles(0..9)));
        assert_eq!(few.as_slice(), &many.as_slice()[..16]);
    }

    #[test]
    fn signatures_of_different_settings_and_of_empty_sets() {
        let sign = |lanes, seed, range| MinHash::new(lanes, seed).unwrap().signature(&shingles(range));
        let a = sign(64, 0, 0..5);
        assert!(a.estimate_resemblance(&sign(64, 1, 0..5)).is_err());
        let error = a.estimate_resemblance(&sign(32, 0, 0..5)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "signatures of different settings: 64 lanes with seed 0, 32 lanes with seed 0"
        );
        let empty = sign(64, 0, 0..0);
        assert!(empty.is_empty());
        assert_eq!(empty.estimate_resemblance(&empty), Ok(0.0));
        assert!(MinHash::new(0, 0).is_err());
    }

    /// The mean of the estimates of `TRIALS` independent families has a standard error of
    /// sqrt(J(1−J) / (k · TRIALS)). A bound of four standard errors fails by chance in one of 16,000
    /// cases; the seeds are fixed, so the result is too. The mean square error has the expected value
    /// J(1−J)/k and, as the mean of TRIALS nearly normal squares, a relative standard error of
    /// sqrt(2/TRIALS); its bound is four standard errors, too.
    #[test]
    fn the_error_of_estimates_is_that_of_the_theory() {
        const LANES: usize = 128;
        const TRIALS: u64 = 400;
        for size in [20_u64, 50, 100, 300] {
            for j in [0.3, 0.5, 0.7, 0.8, 0.95] {
                // Two sets of `size` shingles that share `shared` have J = shared / (2 size − shared).
                let shared = (2.0 * size as f64 * j / (1.0 + j)).round() as u64;
                let truth = shared as f64 / (2 * size - shared) as f64;
                let (mut sum, mut squares) = (0.0, 0.0);
                for trial in 0..TRIALS {
                    let family = MinHash::new(LANES, trial).unwrap();
                    let base = mix(trial ^ size << 32) << 1;
                    let set = |from: u64| -> Vec<u64> {
                        (from..from + size).map(|i| mix(base.wrapping_add(i))).collect()
                    };
                    let [a, b] = [0, size - shared].map(|from| family.signature(&set(from)));
                    let error = a.estimate_resemblance(&b).unwrap() - truth;
                    sum += error;
                    squares += error * error;
                }
                let variance = truth * (1.0 - truth) / LANES as f64;
                let bias = (sum / TRIALS as f64).abs();
                let bias_bound = 4.0 * (variance / TRIALS as f64).sqrt();
                assert!(bias <= bias_bound, "n = {size}, J = {truth}: bias {bias} > {bias_bound}");
                let ratio = squares / TRIALS as f64 / variance;
                let ratio_bound = 1.0 + 4.0 * (2.0 / TRIALS as f64).sqrt();
                assert!(ratio <= ratio_bound, "n = {size}, J = {truth}: {ratio} of the variance");
            }
        }
    }
}
