//! Pairs of paragraphs, from matches of groups.

use super::groups::Groups;
use super::number_families::NumberFamilies;
use super::verify::Match;
use crate::set::{Overlap, OverlapCounter, ShingleSets};
use crate::util::id::ParagraphId;
use crate::util::parallel;

/// Two near-duplicate paragraphs: a fact, verified on their shingle sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Pair {
    /// The earlier paragraph.
    pub left: ParagraphId,
    /// The later paragraph.
    pub right: ParagraphId,
    /// How many shingles they share and have.
    pub overlap: Overlap,
    /// What alone tells them apart, if it is something that makes them two texts rather than one text
    /// said twice.
    pub differs: Option<Differs>,
}

/// What alone two near-duplicate paragraphs differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Differs {
    /// They have the same words around numbers, and other numbers: "Road 1506 is closed", "Road 1507
    /// is closed".
    ///
    /// A number is a run of tokens that hold a digit, of any script, such as `3.5`, `1,000`, `v1.2` or
    /// `B52`. Dates are numbers, with a month's name too: a word between a day and a year, or before
    /// both, counts as part of the date, in any language (`12 December 2022`, `December 12th, 2022`,
    /// `12 de diciembre de 2022`). A word beside one number alone does not, and a number that the other
    /// paragraph lacks is a difference in words.
    Numbers,
}

impl Pair {
    /// |left ∩ right| / |left ∪ right|, at least the threshold.
    #[must_use]
    pub fn resemblance(&self) -> f64 {
        self.overlap.resemblance()
    }

    /// How much of the left paragraph the right one holds, and the reverse.
    #[must_use]
    pub fn containment(&self) -> [f64; 2] {
        self.overlap.containment()
    }
}

/// All pairs of paragraphs, ascending: those inside each group, and those of matching groups.
///
/// Of a group of more than `copies` identical paragraphs each is paired with the first only, and
/// only the first stands for them in pairs with others, so that a crowd stays linear.
pub(crate) fn expand(
    groups: &Groups,
    sets: &ShingleSets,
    matches: &[Match],
    numbers: &NumberFamilies,
    copies: usize,
) -> Vec<Pair> {
    let pair = |a: u32, b: u32, overlap: Overlap, differs: Option<Differs>| {
        if a < b {
            Pair { left: ParagraphId(a), right: ParagraphId(b), overlap, differs }
        } else {
            Pair { left: ParagraphId(b), right: ParagraphId(a), overlap: overlap.reversed(), differs }
        }
    };
    // Those members of a group that take part in pairs with others.
    let standing = |group: usize| match groups.members(group) {
        crowd if crowd.len() > copies => &crowd[..1],
        members => members,
    };
    let mut counter = OverlapCounter::default();
    let mut pairs = Vec::new();
    for (group, members) in groups.iter().enumerate().filter(|(_, members)| members.len() > 1) {
        let size = counter.distinct(sets.unsorted(group));
        let overlap = Overlap { shared: size, left: size, right: size };
        for (at, &left) in standing(group).iter().enumerate() {
            pairs.extend(members[at + 1..].iter().map(|&right| pair(left, right, overlap, None)));
        }
    }
    for found in matches {
        let differs = numbers.differ_only_in_numbers(found.left, found.right).then_some(Differs::Numbers);
        for &left in standing(found.left as usize) {
            let rights = standing(found.right as usize).iter();
            pairs.extend(rights.map(|&right| pair(left, right, found.overlap, differs)));
        }
    }
    parallel::sort_unstable_by_key(&mut pairs, |pair| (pair.left, pair.right));
    pairs
}

#[cfg(feature = "serde")]
mod json {
    //! The contract's form: ratios for those who read, counts for those who must reproduce them.

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
