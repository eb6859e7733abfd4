//! Pairs of paragraphs, from matches of groups.

use super::identical::Groups;
use super::verify::Match;
use crate::id::ParagraphId;
use crate::parallel;
use crate::set::{Overlap, ShingleSets};

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
pub(crate) fn expand(groups: &Groups, sets: &ShingleSets, matches: &[Match], copies: usize) -> Vec<Pair> {
    let pair = |a: u32, b: u32, overlap: Overlap| {
        if a < b {
            Pair { left: ParagraphId(a), right: ParagraphId(b), overlap }
        } else {
            Pair { left: ParagraphId(b), right: ParagraphId(a), overlap: overlap.reversed() }
        }
    };
    // Those members of a group that take part in pairs with others.
    let standing = |group: usize| match groups.members(group) {
        crowd if crowd.len() > copies => &crowd[..1],
        members => members,
    };
    let mut pairs = Vec::new();
    for (group, members) in groups.iter().enumerate().filter(|(_, members)| members.len() > 1) {
        let size = sets.get(group).len() as u32;
        let overlap = Overlap { shared: size, left: size, right: size };
        for (at, &left) in standing(group).iter().enumerate() {
            pairs.extend(members[at + 1..].iter().map(|&right| pair(left, right, overlap)));
        }
    }
    for found in matches {
        for &left in standing(found.left as usize) {
            let rights = standing(found.right as usize).iter();
            pairs.extend(rights.map(|&right| pair(left, right, found.overlap)));
        }
    }
    parallel::sort_unstable_by_key(&mut pairs, |pair| (pair.left, pair.right));
    pairs
}

#[cfg(feature = "serde")]
mod json {
    //! The contract's form: ratios for those who read, counts for those who must reproduce them.

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Overlap, Pair, ParagraphId};

    #[derive(Serialize)]
    struct Written {
        left: ParagraphId,
        right: ParagraphId,
        resemblance: f64,
        containment: [f64; 2],
        shingles: Overlap,
    }

    #[derive(Deserialize)]
    struct Read {
        left: ParagraphId,
        right: ParagraphId,
        shingles: Overlap,
    }

    impl Serialize for Pair {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let written = Written {
                left: self.left,
                right: self.right,
                resemblance: self.resemblance(),
                containment: self.containment(),
                shingles: self.overlap,
            };
            written.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Pair {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let Read { left, right, shingles } = Read::deserialize(deserializer)?;
            Ok(Self { left, right, overlap: shingles })
        }
    }
}
