//! Pairs of paragraphs, made from the matches of groups.

use std::fmt;

use super::groups::Groups;
use super::number_families::NumberFamilies;
use super::verify::Match;
use crate::set::{Overlap, OverlapCounter, ShingleSets};
use crate::util::id::ParagraphId;
use crate::util::parallel;
use crate::util::progress::{Cancelled, Watch};
use crate::util::share::two_digits;

/// Two near-duplicate paragraphs, verified by comparing their shingle sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Pair {
    /// The earlier paragraph.
    pub left: ParagraphId,
    /// The later paragraph.
    pub right: ParagraphId,
    /// The numbers of their shingles and of the shingles that they share.
    pub overlap: Overlap,
    /// The only difference between them, if it makes them two different texts rather than two copies of
    /// one; `None` for all other pairs.
    pub differs: Option<Differs>,
}

/// The only difference between two near-duplicate paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Differs {
    /// They have the same words but different numbers: "Road 1506 is closed", "Road 1507 is closed".
    ///
    /// A number is a run of tokens that hold a digit of any script, such as `3.5`, `1,000`, `v1.2` or
    /// `B52`. Dates are numbers, also with the name of a month: in any language, a word between a day and
    /// a year, or before both, is part of the date (`12 December 2022`, `December 12th, 2022`,
    /// `12 de diciembre de 2022`). A word beside a single number is not part of it. A number that the
    /// other paragraph lacks is a difference in words.
    ///
    /// In a report, paragraphs that differ only in a label in front of them, such as `3.2.1`, `(4)` or
    /// `[00:12]`, are two copies of one text. So are those that a counter counts: three or more of a
    /// document whose numbers go up by one from each to the next. A corpus keeps all of them apart.
    Numbers,
}

impl Pair {
    /// |left ∩ right| / |left ∪ right|; at least the threshold.
    #[must_use]
    pub fn resemblance(&self) -> f64 {
        self.overlap.resemblance()
    }

    /// Which part of the left paragraph is in the right one, and the reverse, in `0.0..=1.0`.
    #[must_use]
    pub fn containment(&self) -> [f64; 2] {
        self.overlap.containment()
    }
}

impl fmt::Display for Pair {
    /// Such as `paragraphs 3 and 7, resemblance 0.61`, with `, differs in numbers only` if it does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { left, right, differs, .. } = self;
        write!(f, "paragraphs {left} and {right}, resemblance {}", two_digits(self.resemblance()))?;
        match differs {
            Some(Differs::Numbers) => f.write_str(", differs in numbers only"),
            None => Ok(()),
        }
    }
}

/// All pairs of paragraphs in ascending order: those inside each group, and those of matching groups.
///
/// In a group of more than `copies` identical paragraphs, each is paired with the first only, and only
/// the first is paired with paragraphs of other groups, so the number of pairs stays linear. Of each
/// paragraph, at most `limit` pairs with earlier ones of other groups are made. Returns also the
/// paragraphs with more pairs.
pub(crate) fn expand(
    groups: &Groups,
    sets: &ShingleSets,
    matches: &[Match],
    numbers: &NumberFamilies,
    copies: usize,
    limit: usize,
    watch: Watch<'_>,
) -> Result<(Vec<Pair>, Vec<ParagraphId>), Cancelled> {
    let pair = |a: u32, b: u32, overlap: Overlap, differs: Option<Differs>| {
        if a < b {
            Pair { left: ParagraphId(a), right: ParagraphId(b), overlap, differs }
        } else {
            Pair { left: ParagraphId(b), right: ParagraphId(a), overlap: overlap.reversed(), differs }
        }
    };
    // The members of a group that are paired with paragraphs of other groups.
    let paired = |group: usize| match groups.members(group) {
        many if many.len() > copies => &many[..1],
        members => members,
    };
    let mut counter = OverlapCounter::default();
    let mut pairs = Vec::new();
    for (group, members) in groups.iter().enumerate().filter(|(_, members)| members.len() > 1) {
        let size = counter.distinct(sets.unsorted(group));
        let overlap = Overlap { shared: size, left: size, right: size };
        for (at, &left) in paired(group).iter().enumerate() {
            pairs.extend(members[at + 1..].iter().map(|&right| pair(left, right, overlap, None)));
        }
        watch.poll()?;
    }
    let mut counts = vec![0; if limit == usize::MAX { 0 } else { groups.paragraphs() }];
    for found in matches {
        let differs = numbers.differ_only_in_numbers(found.left, found.right).then_some(Differs::Numbers);
        for &left in paired(found.left as usize) {
            for &right in paired(found.right as usize) {
                let pair = pair(left, right, found.overlap, differs);
                if let Some(count) = counts.get_mut(pair.right.index()) {
                    *count += 1;
                    if *count > limit {
                        continue;
                    }
                }
                pairs.push(pair);
            }
        }
        watch.poll()?;
    }
    parallel::try_sort_unstable_by_key(&mut pairs, |pair| (pair.left, pair.right), watch)?;
    let limited =
        (0..).zip(counts).filter(|&(_, count)| count > limit).map(|(id, _)| ParagraphId(id)).collect();
    Ok((pairs, limited))
}

#[cfg(feature = "serde")]
mod json {
    //! The JSON form: ratios for readers, and the counts from which they are computed.

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Differs, Overlap, Pair, ParagraphId};

    #[derive(Serialize)]
    struct Written {
        left: ParagraphId,
        right: ParagraphId,
        resemblance: f64,
        containment: [f64; 2],
        shingles: Overlap,
        #[serde(skip_serializing_if = "Option::is_none")]
        differs: Option<Differs>,
    }

    #[derive(Deserialize)]
    struct Read {
        left: ParagraphId,
        right: ParagraphId,
        shingles: Overlap,
        #[serde(default)]
        differs: Option<Differs>,
    }

    impl Serialize for Pair {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let written = Written {
                left: self.left,
                right: self.right,
                resemblance: self.resemblance(),
                containment: self.containment(),
                shingles: self.overlap,
                differs: self.differs,
            };
            written.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Pair {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let Read { left, right, shingles, differs } = Read::deserialize(deserializer)?;
            Ok(Self { left, right, overlap: shingles, differs })
        }
    }
}
