//! What users call.

use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use refrain::{Detector, Document};
use serde::Serialize;

use crate::add::{self, Batch, Entry};
use crate::check::Checker;
use crate::documents::{Record, Stored};
use crate::error::Error;
use crate::file;
use crate::lookup::Filters;
use crate::merge::merge;
use crate::progress::{Progress, Stage, Watch, show};
use crate::query::Query;
use crate::report::Report;
use crate::settings::{Derived, Settings};
use crate::state::State;
use crate::store::{Read, RedbStore};
use crate::texts::{Dictionary, load_text};
use crate::verify::{Verified, next_document, verify};

/// An index of documents in a file.
///
/// Checks can run on many threads and in many processes at once, also while one process adds documents; each sees the
/// state after some commit. Only one process can open an index for writing, and one transaction runs at a time.
pub struct Index {
    path: PathBuf,
    store: RedbStore,
    settings: Settings,
    derived: Derived,
    detector: Detector,
    filters: Filters,
    dictionary: Dictionary,
}

/// An index in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// The stored documents.
    pub documents: u64,
    /// Their paragraphs.
    pub paragraphs: u64,
    /// Their tokens.
    pub tokens: u64,
    /// The bytes of their sources.
    pub bytes: u64,
    /// The postings, also those of removed documents that were not merged yet.
    pub postings: u64,
    /// The runs of postings. A check asks each of them.
    pub runs: usize,
    /// The bytes of the file.
    pub file: u64,
}

/// What was added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Added {
    /// The documents.
    pub documents: u64,
    /// Their paragraphs.
    pub paragraphs: u64,
}

/// The number of paragraphs after which documents are committed.
const BATCH: u64 = 10_000;
/// The bytes of text after which they are committed.
const BYTES: usize = 32 << 20;

fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

impl Index {
    /// Creates an index in a new file, and opens it for writing.
    ///
    /// # Errors
    ///
    /// If a setting is out of its range, if there is a file already, or if none can be created there.
    pub fn create(path: impl AsRef<Path>, settings: Settings) -> Result<Self, Error> {
        let path = path.as_ref();
        let made = file::create(path, &settings).and_then(|store| Self::new(path, store, settings));
        made.map_err(|error| error.at(path))
    }

    /// Opens an index for writing. No other process may have it open so; others may read it.
    ///
    /// # Errors
    ///
    /// If there is no index, if it was made by another version, if it is damaged, or if it is open elsewhere for
    /// writing; see [`ErrorKind`](crate::ErrorKind).
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Self::with_store(path, file::open(path, false)).map_err(|error| error.at(path))
    }

    /// Does the same as [`open`](Self::open), but reads the whole file first and checks all its checksums. A damaged
    /// file is refused here that would else be noticed when the damaged part is read.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn open_thorough(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Self::with_store(path, file::open(path, true)).map_err(|error| error.at(path))
    }

    /// Opens an index for reading. Each check sees the latest commit of the process that writes.
    ///
    /// If the process that wrote it was killed, the index must be opened for writing once. This is tried here.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open); and if it must be repaired and cannot be written
    /// ([`ErrorKind::NeedsRepair`](crate::ErrorKind::NeedsRepair)).
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Self::with_store(path, file::open_read_only(path)).map_err(|error| error.at(path))
    }

    fn with_store(path: &Path, store: Result<RedbStore, Error>) -> Result<Self, Error> {
        let store = store?;
        let settings = file::settings(&store.read()?)?;
        Self::new(path, store, settings)
    }

    pub(crate) fn new(path: &Path, store: RedbStore, settings: Settings) -> Result<Self, Error> {
        let derived = settings.derive()?;
        let detector = Detector::with_settings(settings.detector.clone())?;
        let (filters, dictionary) = (Filters::default(), Dictionary::default());
        Ok(Self { path: path.to_owned(), store, settings, derived, detector, filters, dictionary })
    }

    /// The settings that it was created with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether it was opened for reading only.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.store.is_reader()
    }

    /// Adds a document, and commits.
    ///
    /// # Errors
    ///
    /// If it has no name, if its name is stored already, or if the file cannot be written. Then nothing has changed.
    pub fn add<'d>(&self, entry: impl Into<Entry<'d>>) -> Result<(), Error> {
        self.add_all([entry.into()], unwatched).map(|_| ())
    }

    /// Adds documents, and commits after some 10,000 paragraphs at a time, and at the end.
    ///
    /// # Errors
    ///
    /// As for [`add`](Self::add), and if `watch` cancelled the work. The batches that were committed before stay;
    /// of the last one nothing does.
    pub fn add_all<'d, E: Into<Entry<'d>>>(
        &self,
        entries: impl IntoIterator<Item = E>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Added, Error> {
        self.store_all(entries, false, &watch).map_err(|error| error.at(&self.path))
    }

    /// Adds a document in place of the one with its name, if there is one, and commits. It gets a new number.
    ///
    /// # Errors
    ///
    /// As for [`add`](Self::add).
    pub fn replace<'d>(&self, entry: impl Into<Entry<'d>>) -> Result<(), Error> {
        self.replace_all([entry.into()], unwatched).map(|_| ())
    }

    /// Does the same as [`add_all`](Self::add_all), but each document takes the place of the one with its name.
    ///
    /// # Errors
    ///
    /// As for [`add_all`](Self::add_all).
    pub fn replace_all<'d, E: Into<Entry<'d>>>(
        &self,
        entries: impl IntoIterator<Item = E>,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Added, Error> {
        self.store_all(entries, true, &watch).map_err(|error| error.at(&self.path))
    }

    fn store_all<'d, E: Into<Entry<'d>>>(
        &self,
        entries: impl IntoIterator<Item = E>,
        replaces: bool,
        watch: Watch<'_>,
    ) -> Result<Added, Error> {
        let mut added = Added::default();
        let mut batch = Batch::default();
        let mut entries = entries.into_iter();
        loop {
            let entry = entries.next();
            let is_end = entry.is_none();
            if let Some(entry) = entry {
                show(watch, Stage::Adding, added.documents + batch.len() as u64, 0)?;
                batch.push(entry.into(), &self.settings, &self.derived)?;
            }
            if is_end || batch.paragraphs >= BATCH || batch.bytes >= BYTES {
                let batch = std::mem::take(&mut batch);
                if batch.len() > 0 {
                    let (documents, paragraphs) = (batch.len() as u64, batch.paragraphs);
                    self.change(|tables, state| {
                        add::store(tables, (state, &self.dictionary), batch, replaces, watch)
                    })?;
                    added.documents += documents;
                    added.paragraphs += paragraphs;
                }
            }
            if is_end {
                return Ok(added);
            }
        }
    }

    /// Runs `work` in a transaction.
    fn change<T>(
        &self,
        work: impl FnOnce(&mut dyn crate::store::Write, &mut State) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.store.write(|tables| {
            let mut state = State::load(tables)?;
            let done = work(tables, &mut state)?;
            state.save(tables)?;
            Ok(done)
        })
    }

    /// Removes the document with a name, and commits. Whether there was one.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn remove(&self, name: &str) -> Result<bool, Error> {
        self.remove_all([name]).map(|removed| removed > 0)
    }

    /// Removes the documents with these names, all in one commit. How many there were.
    ///
    /// # Errors
    ///
    /// If the file cannot be written; then none is removed.
    pub fn remove_all<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<u64, Error> {
        let removed = self.change(|tables, state| {
            let mut removed = 0;
            for name in names {
                removed += u64::from(add::remove(tables, state, name)?);
            }
            Ok(removed)
        });
        removed.map_err(|error| error.at(&self.path))
    }

    /// What of a document was stored before.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged, or the document is over a limit of the library.
    pub fn check<'d>(&self, document: impl Into<Document<'d>>) -> Result<Report, Error> {
        self.check_with(document, &Query::new(), unwatched)
    }

    /// Does the same as [`check`](Self::check) with some of the stored documents, and shows its progress to `watch`,
    /// which can cancel it.
    ///
    /// # Errors
    ///
    /// As for [`check`](Self::check), and if `watch` cancelled it.
    pub fn check_with<'d>(
        &self,
        document: impl Into<Document<'d>>,
        query: &Query,
        watch: impl Fn(Progress) -> ControlFlow<()> + Sync,
    ) -> Result<Report, Error> {
        let document = document.into();
        let check = || self.checker(&self.store.read()?).check(&document, query, &watch);
        check().map_err(|error| error.at(&self.path))
    }

    fn checker<'a, R: Read + ?Sized>(&'a self, store: &'a R) -> Checker<'a, R> {
        let Self { settings, derived, detector, filters, dictionary, .. } = self;
        Checker { store, settings, derived, detector, filters, dictionary }
    }

    /// Checks a document and adds it, both in one transaction: of two that are alike and come at the same time, one
    /// finds the other.
    ///
    /// # Errors
    ///
    /// As for [`check_with`](Self::check_with) and [`add`](Self::add). Then it is not added.
    pub fn check_and_add<'d>(&self, entry: impl Into<Entry<'d>>, query: &Query) -> Result<Report, Error> {
        self.check_and_add_if(entry, query, |_| true)
    }

    /// Checks a document, and adds it if `keep` returns true for the report.
    ///
    /// # Errors
    ///
    /// As for [`check_and_add`](Self::check_and_add).
    pub fn check_and_add_if<'d>(
        &self,
        entry: impl Into<Entry<'d>>,
        query: &Query,
        keep: impl FnOnce(&Report) -> bool,
    ) -> Result<Report, Error> {
        let entry = entry.into();
        let done = self.change(|tables, state| {
            let report = self.checker(&*tables).check(&entry.document, query, &unwatched)?;
            if keep(&report) {
                let mut batch = Batch::default();
                batch.push(entry, &self.settings, &self.derived)?;
                add::store(tables, (state, &self.dictionary), batch, false, &unwatched)?;
            }
            Ok(report)
        });
        done.map_err(|error| error.at(&self.path))
    }

    /// The stored document with a name.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged.
    pub fn get(&self, name: &str) -> Result<Option<Stored>, Error> {
        let get = || {
            let tables = self.store.read()?;
            let Some(number) = add::number_of(&tables, name)? else { return Ok(None) };
            Ok(Record::load(&tables, number)?.map(|record| record.stored))
        };
        get().map_err(|error: Error| error.at(&self.path))
    }

    /// The stored document with a name, as it was given; `None` if there is none, or if texts are not kept.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged.
    pub fn document(&self, name: &str) -> Result<Option<Document<'static>>, Error> {
        let get = || {
            let tables = self.store.read()?;
            match add::number_of(&tables, name)? {
                Some(number) if self.settings.texts => load_text(&tables, &self.dictionary, number).map(Some),
                _ => Ok(None),
            }
        };
        get().map_err(|error: Error| error.at(&self.path))
    }

    /// Passes all stored documents to `sink`, in the order in which they were added, until it returns
    /// [`ControlFlow::Break`]. What is committed meanwhile is not seen.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged.
    pub fn documents(&self, mut sink: impl FnMut(Stored) -> ControlFlow<()>) -> Result<(), Error> {
        let mut each = || {
            let tables = self.store.read()?;
            let mut from = 0;
            while let Some(record) = next_document(&tables, from)? {
                from = record.stored.number + record.numbers();
                if sink(record.stored).is_break() {
                    break;
                }
            }
            Ok(())
        };
        each().map_err(|error: Error| error.at(&self.path))
    }

    /// The index in numbers.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is damaged.
    pub fn stats(&self) -> Result<Stats, Error> {
        let get = || {
            let State { documents, paragraphs, tokens, bytes, runs, .. } = State::load(&self.store.read()?)?;
            let postings = runs.iter().map(|run| run.postings).sum();
            let file = std::fs::metadata(&self.path).map_err(|error| Error::io(&error))?.len();
            Ok(Stats { documents, paragraphs, tokens, bytes, postings, runs: runs.len(), file })
        };
        get().map_err(|error: Error| error.at(&self.path))
    }

    /// Proves the index against its texts: computes all keys again, and compares them with those that are stored.
    ///
    /// # Errors
    ///
    /// If anything does not fit ([`ErrorKind::Damaged`](crate::ErrorKind::Damaged)), or if `watch` cancelled it.
    pub fn verify(&self, watch: impl Fn(Progress) -> ControlFlow<()> + Sync) -> Result<Verified, Error> {
        let run = || verify(&self.store.read()?, (&self.settings, &self.derived), &self.dictionary, &watch);
        run().map_err(|error| error.at(&self.path))
    }

    /// Merges all postings into one run without those of removed documents, which makes checks fastest, and makes the
    /// file as small as it can be.
    ///
    /// # Errors
    ///
    /// If a check goes on in another process or thread ([`ErrorKind::Locked`](crate::ErrorKind::Locked)), if `watch` cancelled it, or if the file
    /// cannot be written. The index is sound in each case.
    pub fn compact(&mut self, watch: impl Fn(Progress) -> ControlFlow<()> + Sync) -> Result<(), Error> {
        let merged = self.change(|tables, state| merge(tables, state, 0, &watch));
        let done = merged.and_then(|()| self.store.compact().map(|_| ()));
        done.map_err(|error| error.at(&self.path))
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("path", &self.path).finish_non_exhaustive()
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Index>();
};
