//! Proves an index against its texts.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_128;

use crate::bits::unseal;
use crate::documents::Record;
use crate::error::Error;
use crate::keys::Hashed;
use crate::lookup::{Filters, find};
use crate::merge::RunReader;
use crate::postings::Posting;
use crate::progress::{Stage, Watch, show};
use crate::removed::Removed;
use crate::run_writer::filter_key;
use crate::settings::{Derived, Settings};
use crate::state::{Run, State};
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

pub(crate) fn verify(
    store: &(impl Read + ?Sized),
    (settings, derived): (&Settings, &Derived),
    dictionary: &Dictionary,
    watch: Watch<'_>,
) -> Result<Verified, Error> {
    let state = State::load(store)?;
    let mut counts = Verified { from_texts: settings.texts, ..Verified::default() };
    check_filters(store, &state)?;
    let mut expected = vec![Sum::default(); state.runs.len()];
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
            let mut own: Vec<Posting> = own
                .map(|key| Posting { key: key.key, paragraph: stored.number + u64::from(key.paragraph) })
                .collect();
            own.dedup();
            let run = state.runs.partition_point(|run| run.end <= stored.number);
            match expected.get_mut(run) {
                Some(sum) => own.into_iter().for_each(|posting| sum.add(posting)),
                None if own.is_empty() => {}
                None => return fault("the postings"),
            }
        }
        counts.documents += 1;
        counts.paragraphs += stored.paragraphs;
        tokens += stored.tokens;
        bytes += stored.bytes;
        from = stored.number + record.numbers();
    }
    for (run, expected) in state.runs.iter().zip(&expected) {
        let found = check_run(store, &state, run, || {
            show(watch, Stage::Verifying, counts.documents, state.documents)
        })?;
        if settings.texts && found != *expected {
            return Err(Error::damaged("the postings are not those of the texts"));
        }
        counts.postings += found.count;
    }
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

/// Postings as a set: their number, and the sum of their hashes, which no other set has but by a chance of 2^-128.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    count: u64,
    hashes: u128,
}

impl Sum {
    fn add(&mut self, Posting { key, paragraph }: Posting) {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&key.to_le_bytes());
        bytes[8..].copy_from_slice(&paragraph.to_le_bytes());
        self.count += 1;
        self.hashes = self.hashes.wrapping_add(xxh3_128(&bytes));
    }
}

/// The postings of each run that are looked up by their keys.
const SAMPLE: u64 = 500;
/// The postings after which the watcher is asked.
const POLL: u64 = 1 << 18;

/// Reads a run, and adds up its postings of stored documents.
fn check_run(
    store: &(impl Read + ?Sized),
    state: &State,
    run: &Run,
    poll: impl Fn() -> Result<(), Error>,
) -> Result<Sum, Error> {
    let removed = Removed::load(store, run.first, run.end)?;
    let mut reader = RunReader::new(run);
    let (mut count, mut last, mut sum) = (0, None, Sum::default());
    let mut sample = Vec::new();
    while let Some(posting) = reader.next(store)? {
        if count % POLL == 0 {
            poll()?;
        }
        if last > Some(posting) || !(run.first..run.end).contains(&posting.paragraph) {
            return Err(Error::damaged("the postings of a run are out of order"));
        }
        if count % (run.postings / SAMPLE).max(1) == 0 {
            sample.push(posting);
        }
        if !removed.has(posting.paragraph) {
            sum.add(posting);
        }
        (count, last) = (count + 1, Some(posting));
    }
    if count != run.postings {
        return Err(Error::damaged("postings are missing"));
    }
    // They are found through the filters and the names of the blocks, too.
    let mut keys: Vec<u64> = sample.iter().map(|posting| posting.key).collect();
    keys.dedup();
    let found = find(store, state, &Filters::default(), &keys, usize::MAX - 1)?;
    for posting in &sample {
        let at = keys.partition_point(|&key| key < posting.key);
        if found[at].paragraphs.binary_search(&posting.paragraph).is_err() {
            return Err(Error::damaged("a posting is not found by its key"));
        }
    }
    Ok(sum)
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
