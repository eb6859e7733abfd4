//! The ids of the records and the places of their paragraphs; the texts are not kept.
//!
//! A paragraph takes 12 bytes, and a record 16 bytes in addition to its id. For a dry run a paragraph takes
//! its opening and 8 bytes more.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;

use rayon::slice::ParallelSliceMut as _;
use refrain::{ParagraphId, Rank, Span};

use crate::error::Error;

/// The length in bytes of the opening of a paragraph: a line of the widest column, in most scripts.
const OPENING: usize = 80;

/// The place of a paragraph: its record and its span in the text of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) record: u32,
    start: u32,
    end: u32,
}

impl Paragraph {
    /// `None` if the record number or the span exceeds 32 bits.
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
pub(crate) struct RecordStore {
    /// All ids as written.
    ids: Strings,
    /// The rank of each record; empty unless the command uses ranks.
    ranks: Vec<Rank>,
    paragraphs: Vec<Paragraph>,
    /// The first bytes of each paragraph; empty unless the command shows them.
    openings: Strings,
    /// A hash of each id, until [`duplicate_ids`](Self::duplicate_ids) takes them.
    id_hashes: Vec<u64>,
}

/// Many short strings, joined, and the end of each.
#[derive(Debug, Default)]
struct Strings {
    joined: String,
    ends: Vec<usize>,
}

impl Strings {
    fn push(&mut self, string: &str) {
        self.joined.push_str(string);
        self.ends.push(self.joined.len());
    }

    fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.joined[start..self.ends[index]]
    }
}

/// Ids of more than one record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DuplicateIds {
    /// How many records have the id of an earlier record.
    pub(crate) records: usize,
    /// The first such id.
    pub(crate) first: String,
}

pub(crate) fn hash_id(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The id of a record as outputs write it: its field, or the number of its line, here counted from 0.
pub(crate) fn id_or_line(id: Option<&str>, line: usize) -> Cow<'_, str> {
    id.map_or_else(|| (line + 1).to_string().into(), Cow::Borrowed)
}

impl RecordStore {
    pub(crate) fn records(&self) -> usize {
        self.ids.ends.len()
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

    /// The id of a record, as written.
    pub(crate) fn id(&self, record: usize) -> &str {
        self.ids.get(record)
    }

    /// The first bytes of a paragraph, whole characters, if openings are kept.
    pub(crate) fn opening(&self, id: ParagraphId) -> &str {
        self.openings.get(id.index())
    }

    /// Adds a record; its paragraphs come next.
    pub(crate) fn push_record(&mut self, id: &str, hash: u64, rank: Option<Rank>) -> Result<(), Error> {
        if u32::try_from(self.records()).is_err() {
            return Err(Error::new(format!("the input has more than {} records", u32::MAX)));
        }
        self.ids.push(id);
        self.ranks.extend(rank);
        self.id_hashes.push(hash);
        Ok(())
    }

    /// Adds paragraphs whose record numbers are relative to the record `first`.
    pub(crate) fn push_paragraphs(&mut self, first: usize, paragraphs: &[Paragraph]) {
        let shifted =
            |&paragraph: &Paragraph| Paragraph { record: paragraph.record + first as u32, ..paragraph };
        self.paragraphs.extend(paragraphs.iter().map(shifted));
    }

    /// Keeps the opening of the next paragraph that has none yet.
    pub(crate) fn push_opening(&mut self, paragraph: &str) {
        self.openings.push(&paragraph[..paragraph.floor_char_boundary(OPENING)]);
    }

    /// The ids of more than one record, compared as written. Works only once.
    ///
    /// Sorting the hashes takes a quarter of the memory of a hash table. Ids with equal hashes are then
    /// compared.
    pub(crate) fn duplicate_ids(&mut self) -> Option<DuplicateIds> {
        let mut hashes = std::mem::take(&mut self.id_hashes);
        hashes.par_sort_unstable();
        let repeated: HashSet<u64> =
            hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        drop(hashes);
        if repeated.is_empty() {
            return None;
        }
        let mut occurrences = HashMap::new();
        let mut found: Option<DuplicateIds> = None;
        for id in
            (0..self.records()).map(|record| self.id(record)).filter(|id| repeated.contains(&hash_id(id)))
        {
            let times = occurrences.entry(id).or_insert(0_usize);
            *times += 1;
            if *times > 1 {
                found.get_or_insert_with(|| DuplicateIds { records: 0, first: id.to_owned() }).records += 1;
            }
        }
        found
    }

    /// Appends the record id and the span of a paragraph as JSON fields with these names.
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
            let mut store = RecordStore::default();
            for id in ids {
                store.push_record(id, hash_id(id), None).unwrap();
            }
            store.duplicate_ids().map(|found| (found.records, found.first))
        };
        assert_eq!(duplicates(&[]), None);
        assert_eq!(duplicates(&["1", "2", "12", "\"1\""]), None);
        assert_eq!(duplicates(&["1", "2", "2", "1", "2"]), Some((3, "2".to_owned())));
    }
}
