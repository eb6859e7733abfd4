//! Which of several near-duplicates `dedup` keeps.

use std::cmp::Reverse;
use std::str::FromStr;

use rayon::slice::ParallelSliceMut as _;
use refrain::ParagraphId;

use super::record_store::RecordStore;

/// Which of several near-duplicates to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeepPolicy {
    First,
    Longest,
    Last,
    /// The paragraph whose record has the highest number in this field.
    Field(String),
}

impl FromStr for KeepPolicy {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.split_once(':')) {
            ("first", _) => Ok(Self::First),
            ("longest", _) => Ok(Self::Longest),
            ("last", _) => Ok(Self::Last),
            (_, Some(("field", name))) if !name.is_empty() => Ok(Self::Field(name.to_owned())),
            _ => Err("expected first, longest, last or field:NAME"),
        }
    }
}

impl KeepPolicy {
    /// The field whose numbers are compared.
    pub(crate) fn field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            _ => None,
        }
    }

    /// All paragraphs in descending order of preference; of equal ones the earlier comes first.
    ///
    /// `None` stands for the order of the input.
    pub(crate) fn preference_order(&self, store: &RecordStore) -> Option<Vec<ParagraphId>> {
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
