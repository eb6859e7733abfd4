//! Proves an index against its texts.

use std::collections::BTreeSet;

use crate::bits::unseal;
use crate::documents::Record;
use crate::error::Error;
use crate::keys::Hashed;
use crate::lookup::{Filters, find};
use crate::merge::RunReader;
use crate::postings::Posting;
use crate::progress::{Stage, Watch, show};
use crate::run_writer::filter_key;
use crate::settings::{Derived, Settings};
use crate::state::State;
use crate::store::{Read, Table};
use crate::texts::{Dictionary, load_text};

/// What a verification counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Verified {
    /// The stored documents.
    pub documents: u64,
    /// Their paragraphs.
    pub paragraphs: u64,
    /// The postings that lead to them.
    pub postings: u64,
    /// Whether the postings were computed again from the texts. Without texts it can only be said that all that is
    /// stored can be read and fits together.
    pub from_texts: bool,
}

/// The documents whose postings are compared at a time, in postings.
const SLICE: usize = 1 << 21;
/// The same in paragraphs, for an index without texts, where the postings are not known before.
const PARAGRAPHS: u64 = 1 << 16;

pub(crate) fn verify(
    store: &(impl Read + ?Sized),
    (settings, derived): (&Settings, &Derived),
    dictionary: &Dictionary,
    watch: Watch<'_>,
) -> Result<Verified, Error> {
    let state = State::load(store)?;
    let mut counts = Verified { from_texts: settings.texts, ..Verified::default() };
    check_filters(store, &state)?;
    let mut slice = Slice { store, state: &state, expected: Vec::new(), from: 0 };
    let (mut tokens, mut bytes) = (0, 0);
    let mut from = 0_u64;
    while let Some(record) = next_document(store, from)? {
        show(watch, Stage::Verifying, counts.documents, state.documents)?;
        let stored = &record.stored;
        let fault = |what: &str| Err(Error::damaged(format_args!("{} of {}", what, stored.name)));
        if from > stored.number || stored.number + record.numbers() > state.next_paragraph {
            return fault("the number");
        }
        let number = store.get(Table::Names, stored.name.as_bytes())?;
        if number.as_deref() != Some(&stored.number.to_be_bytes()) {
            return fault("the entry for the name");
        }
        if settings.texts {
            let document = load_text(store, dictionary, stored.number)?;
            let hashed = Hashed::new(&document, settings.detector.paragraphs);
            let again = Record::new(stored.number, &document, stored.metadata.clone(), (&hashed, true));
            if again != record {
                return fault("the record");
            }
            let (keys, _) = hashed.keys(derived);
            let own = keys.iter();
            slice.expected.extend(
                own.map(|key| Posting { key: key.key, paragraph: stored.number + u64::from(key.paragraph) }),
            );
        }
        counts.documents += 1;
        counts.paragraphs += stored.paragraphs;
        tokens += stored.tokens;
        bytes += stored.bytes;
        from = stored.number + record.numbers();
        if slice.expected.len() > SLICE || from - slice.from > PARAGRAPHS {
            counts.postings += slice.compare(from, settings.texts)?;
        }
    }
    counts.postings += slice.compare(state.next_paragraph, settings.texts)?;
    let found = (counts.documents, counts.paragraphs, tokens, bytes);
    if found != (state.documents, state.paragraphs, state.tokens, state.bytes) {
        return Err(Error::damaged("its counts are wrong"));
    }
    check_entries(store, &state, settings.texts)?;
    Ok(counts)
}

/// The first document with this number or a greater one.
pub(crate) fn next_document(store: &(impl Read + ?Sized), number: u64) -> Result<Option<Record>, Error> {
    let mut found = None;
    store.scan(Table::Documents, &number.to_be_bytes(), &mut |key, value| {
        found = Some(Record::decode(key, value)?);
        Ok(false)
    })?;
    Ok(found)
}

/// The postings of a range of paragraphs.
struct Slice<'a, R: ?Sized> {
    store: &'a R,
    state: &'a State,
    expected: Vec<Posting>,
    from: u64,
}

impl<R: Read + ?Sized> Slice<'_, R> {
    /// Compares the postings of the paragraphs up to `end` with those that are expected, and counts them.
    fn compare(&mut self, end: u64, from_texts: bool) -> Result<u64, Error> {
        let mut removed = Vec::new();
        self.store.scan(Table::Removed, &[], &mut |key, value| {
            let (Ok(first), Ok(count)) = (key.try_into(), value.try_into()) else {
                return Err(Error::damaged("the table of removed documents cannot be read"));
            };
            let first = u64::from_be_bytes(first);
            removed.push((first, first.saturating_add(u64::from_be_bytes(count))));
            Ok(true)
        })?;
        let is_removed = |paragraph: u64| {
            let behind = removed.partition_point(|&(first, _)| first <= paragraph);
            behind > 0 && paragraph < removed[behind - 1].1
        };
        let mut found = Vec::new();
        for run in &self.state.runs {
            if run.end <= self.from || run.first >= end {
                continue;
            }
            let mut reader = RunReader::new(run);
            let (mut count, mut last) = (0, None);
            while let Some(posting) = reader.next(self.store)? {
                count += 1;
                if last > Some(posting) || !(run.first..run.end).contains(&posting.paragraph) {
                    return Err(Error::damaged("the postings of a run are out of order"));
                }
                last = Some(posting);
                if (self.from..end).contains(&posting.paragraph) && !is_removed(posting.paragraph) {
                    found.push(posting);
                }
            }
            if count != run.postings {
                return Err(Error::damaged("postings are missing"));
            }
        }
        found.sort_unstable();
        self.expected.sort_unstable();
        self.expected.dedup();
        if from_texts && found != self.expected {
            return Err(Error::damaged("the postings are not those of the texts"));
        }
        // They are found through the filters and the names of the blocks, too.
        let step = (found.len() / 500).max(1);
        let sample: Vec<Posting> = found.iter().step_by(step).copied().collect();
        let mut keys: Vec<u64> = sample.iter().map(|posting| posting.key).collect();
        keys.dedup();
        let paragraphs = find(self.store, self.state, &Filters::default(), &keys, usize::MAX - 1)?;
        for posting in &sample {
            let place = keys.binary_search(&posting.key).map_err(|_| Error::damaged("a key"))?;
            if !paragraphs[place].paragraphs.contains(&posting.paragraph) {
                return Err(Error::damaged("a posting is not found by its key"));
            }
        }
        (self.expected, self.from) = (Vec::new(), end);
        Ok(found.len() as u64)
    }
}

/// Reads all filters.
fn check_filters(store: &(impl Read + ?Sized), state: &State) -> Result<(), Error> {
    for run in &state.runs {
        for part in 0..run.filter.parts {
            let key = filter_key(run.id, part);
            let sealed = store.get(Table::Filters, &key)?;
            let sealed = sealed.ok_or_else(|| Error::damaged("a filter is missing"))?;
            if !run.filter.fits(unseal("a filter", &key, &sealed)?) {
                return Err(Error::damaged("a filter has another length than it should have"));
            }
        }
    }
    Ok(())
}

/// Looks for entries that nothing leads to.
fn check_entries(store: &(impl Read + ?Sized), state: &State, texts: bool) -> Result<(), Error> {
    // All texts of documents were read. Others may not be there.
    store.scan(Table::Texts, &[], &mut |key, _| {
        let is_known = texts && store.get(Table::Documents, key.get(..8).unwrap_or_default())?.is_some();
        if is_known { Ok(true) } else { Err(Error::damaged("it has a text without a document")) }
    })?;
    let count = |table: Table| {
        let mut count = 0_u64;
        store.scan(table, &[], &mut |_, _| {
            count += 1;
            Ok(true)
        })?;
        Ok::<_, Error>(count)
    };
    let blocks: u64 = state.runs.iter().map(|run| u64::from(run.blocks)).sum();
    let parts: u64 = state.runs.iter().map(|run| u64::from(run.filter.parts)).sum();
    let ids: BTreeSet<u32> = state.runs.iter().map(|run| run.id).collect();
    for (table, expected) in [(Table::Names, state.documents), (Table::Runs, blocks), (Table::Filters, parts)]
    {
        let found = count(table)?;
        if found != expected || ids.len() != state.runs.len() {
            let problem = format_args!("the table {} has {found} entries, not {expected}", table.name());
            return Err(Error::damaged(problem));
        }
    }
    Ok(())
}
