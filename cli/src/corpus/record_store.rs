//! What is kept of the records: their ids, and where their paragraphs are.
//!
//! Twelve bytes for a paragraph, and sixteen for a record besides its id; the texts go.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;

use rayon::slice::ParallelSliceMut as _;
use refrain::{ParagraphId, Span};

use crate::error::Failure;
use crate::input::rank::Rank;

/// A paragraph of a record, and its span in the record's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) record: u32,
    start: u32,
    end: u32,
}

impl Paragraph {
    /// Fails if the text is longer than a span can tell.
    pub(crate) fn new(record: usize, span: Span) -> Option<Self> {
        Some(Self {
            record: record.try_into().ok()?,
            start: span.start.try_into().ok()?,
            end: span.end.try_into().ok()?,
        })
    }

    pub(crate) fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// All records and paragraphs that were read, in order.
#[derive(Debug, Default)]
pub(crate) struct Store {
    /// All ids as they are written, one after the other, and where each ends.
    ids: String,
    ends: Vec<usize>,
    /// Empty unless asked for.
    ranks: Vec<Rank>,
    paragraphs: Vec<Paragraph>,
    /// A hash of each id, until [`duplicates`](Self::duplicates) looks at them.
    hashes: Vec<u64>,
}

/// Ids that more than one record has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Duplicates {
    /// How many records have the id of an earlier one.
    pub(crate) records: usize,
    /// The first such id.
    pub(crate) first: String,
}

pub(crate) fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl Store {
    pub(crate) fn records(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    pub(crate) fn paragraph(&self, id: ParagraphId) -> Paragraph {
        self.paragraphs[id.index()]
    }

    pub(crate) fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// The id of a record, as it is written.
    pub(crate) fn id(&self, record: usize) -> &str {
        let start = record.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ids[start..self.ends[record]]
    }

    /// Adds a record; its paragraphs come next.
    pub(crate) fn push_record(&mut self, id: &str, hash: u64, rank: Option<Rank>) -> Result<(), Failure> {
        if u32::try_from(self.ends.len()).is_err() {
            return Err(Failure::new(format!("more than {} records", u32::MAX)));
        }
        self.ids.push_str(id);
        self.ends.push(self.ids.len());
        self.ranks.extend(rank);
        self.hashes.push(hash);
        Ok(())
    }

    /// Adds paragraphs, whose records are counted from `first`.
    pub(crate) fn push_paragraphs(&mut self, first: usize, paragraphs: &[Paragraph]) {
        let shifted =
            |&paragraph: &Paragraph| Paragraph { record: paragraph.record + first as u32, ..paragraph };
        self.paragraphs.extend(paragraphs.iter().map(shifted));
    }

    /// The ids that come more than once, compared as they are written.
    ///
    /// Hashes are sorted rather than kept in a table, which takes a fourth of the memory; what they
    /// suspect is looked at. To be called once.
    pub(crate) fn duplicates(&mut self) -> Option<Duplicates> {
        let mut hashes = std::mem::take(&mut self.hashes);
        hashes.par_sort_unstable();
        let suspects: HashSet<u64> =
            hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        drop(hashes);
        if suspects.is_empty() {
            return None;
        }
        let mut met = HashMap::new();
        let mut found: Option<Duplicates> = None;
        for id in (0..self.records()).map(|record| self.id(record)).filter(|id| suspects.contains(&hash(id)))
        {
            let times = met.entry(id).or_insert(0_usize);
            *times += 1;
            if *times > 1 {
                found.get_or_insert_with(|| Duplicates { records: 0, first: id.to_owned() }).records += 1;
            }
        }
        found
    }

    /// Writes `id` and `span` of a paragraph as fields of these names.
    pub(crate) fn write_place(&self, line: &mut Vec<u8>, id: ParagraphId, names: [&str; 2]) {
        let paragraph = self.paragraph(id);
        let raw = self.id(paragraph.record as usize);
        let [id, span] = names;
        write!(line, r#""{id}":{raw},"{span}":[{},{}]"#, paragraph.start, paragraph.end)
            .expect("writing to memory does not fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicate_ids_are_counted_and_the_first_is_named() {
        let duplicates = |ids: &[&str]| {
            let mut store = Store::default();
            for id in ids {
                store.push_record(id, hash(id), None).unwrap();
            }
            store.duplicates().map(|found| (found.records, found.first))
        };
        assert_eq!(duplicates(&[]), None);
        assert_eq!(duplicates(&["1", "2", "12", "\"1\""]), None);
        assert_eq!(duplicates(&["1", "2", "2", "1", "2"]), Some((3, "2".to_owned())));
    }
}
