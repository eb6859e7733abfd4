//! Who stays: the order in which `dedup` takes the paragraphs.

use std::cmp::Reverse;
use std::str::FromStr;

use rayon::slice::ParallelSliceMut as _;
use refrain::ParagraphId;

use super::record_store::Store;

/// Which of several near-duplicates stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    First,
    Longest,
    Last,
    /// The one whose record has the highest number in this field.
    Field(String),
}

impl FromStr for Keep {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.split_once(':')) {
            ("first", _) => Ok(Self::First),
            ("longest", _) => Ok(Self::Longest),
            ("last", _) => Ok(Self::Last),
            (_, Some(("field", name))) if !name.is_empty() => Ok(Self::Field(name.to_owned())),
            _ => Err("first, longest, last or field:NAME is needed"),
        }
    }
}

impl Keep {
    /// The field of which the numbers are needed.
    pub(crate) fn field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            _ => None,
        }
    }

    /// All paragraphs, those first that should rather stay; of equals the earlier. `None` if that is
    /// the order in which they came.
    pub(crate) fn order(&self, store: &Store) -> Option<Vec<ParagraphId>> {
        let ids = || (0..store.paragraphs().len() as u32).map(ParagraphId);
        match self {
            Self::First => None,
            Self::Last => Some(ids().rev().collect()),
            Self::Longest => {
                let mut order: Vec<ParagraphId> = ids().collect();
                order.par_sort_unstable_by_key(|&id| (Reverse(store.paragraph(id).span().len()), id));
                Some(order)
            }
            Self::Field(_) => {
                let rank = |id: ParagraphId| store.ranks()[store.paragraph(id).record as usize];
                let mut order: Vec<ParagraphId> = ids().collect();
                order.par_sort_unstable_by(|&a, &b| rank(b).cmp(rank(a)).then(a.cmp(&b)));
                Some(order)
            }
        }
    }
}
