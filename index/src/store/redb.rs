//! The store in a file of redb.
//!
//! One process writes, and any number of processes read beside it (`ConcurrencyMode::SingleWriter`). Every commit is
//! durable, in two phases and with the state of the allocator, so that a file whose writer was killed opens as fast as
//! any other.
//!
//! redb panics where pages of a file make no sense. So each call of it is guarded, and a panic is a damaged file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use redb::{
    Builder, CompactionError, ConcurrencyMode, Database, DatabaseError, ReadOnlyDatabase, ReadOnlyTable,
    ReadTransaction, ReadableDatabase as _, ReadableTable, StorageError, TableDefinition, TableError,
};

use super::tables::{Read, Sink, Table, Write};
use crate::error::{Error, ErrorKind};

/// The most bytes of pages that are kept in memory.
const CACHE: usize = 64 << 20;

/// An open file.
pub(crate) struct RedbStore {
    /// `None` while it is dropped.
    file: Option<Open>,
}

enum Open {
    Writer(Database),
    Reader(ReadOnlyDatabase),
}

impl From<Open> for RedbStore {
    fn from(file: Open) -> Self {
        Self { file: Some(file) }
    }
}

impl Drop for RedbStore {
    /// Closing writes, and so it may find damaged pages, too. What was committed is safe already.
    fn drop(&mut self) {
        let file = self.file.take();
        let _ = guarded(|| {
            drop(file);
            Ok(())
        });
    }
}

type Bytes = &'static [u8];

fn definition(table: Table) -> TableDefinition<'static, Bytes, Bytes> {
    TableDefinition::new(table.name())
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    let shared = cfg!(any(target_os = "linux", target_vendor = "apple", windows));
    // Elsewhere redb has no locks for parts of a file.
    if shared {
        builder.set_concurrency_mode(ConcurrencyMode::SingleWriter);
    }
    builder.set_cache_size(CACHE);
    builder
}

/// Calls redb; a panic of it is an error.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::damaged("its pages cannot be followed")))
}

impl RedbStore {
    /// Creates a file, which must not exist.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        guarded(|| Ok(Open::Writer(builder().create(path)?).into()))
    }

    /// Opens a file to write it. `thorough` reads all of it and checks its checksums.
    pub(crate) fn open(path: &Path, thorough: bool) -> Result<Self, Error> {
        guarded(|| {
            let mut builder = builder();
            builder.set_check_integrity_on_open(thorough);
            Ok(Open::Writer(builder.open(path)?).into())
        })
    }

    /// Opens a file to read it.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self, Error> {
        guarded(|| Ok(Open::Reader(builder().open_read_only(path)?).into()))
    }

    /// Opens what a test keeps somewhere else; an empty one is created.
    #[cfg(test)]
    pub(crate) fn with_backend(backend: impl redb::StorageBackend) -> Result<Self, Error> {
        // Only files have locks.
        guarded(|| {
            let mut builder = Builder::new();
            Ok(Open::Writer(builder.set_cache_size(CACHE).create_with_backend(backend)?).into())
        })
    }

    pub(crate) fn is_reader(&self) -> bool {
        matches!(self.file, Some(Open::Reader(_)))
    }

    /// The tables as they are now; later commits do not change them.
    pub(crate) fn read(&self) -> Result<Snapshot, Error> {
        guarded(|| {
            let transaction = match &self.file {
                Some(Open::Writer(database)) => database.begin_read()?,
                Some(Open::Reader(database)) => database.begin_read()?,
                None => return Err(read_only()),
            };
            let open = |table| Ok::<_, Error>(transaction.open_table(definition(table))?);
            let tables = Table::ALL.map(open).into_iter().collect::<Result<Vec<_>, _>>()?;
            Ok(Snapshot { tables, _transaction: transaction })
        })
    }

    /// Runs `work` in a transaction, and commits what it did if it succeeds. Else nothing has changed.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut dyn Write) -> Result<T, Error>) -> Result<T, Error> {
        let Some(Open::Writer(database)) = &self.file else { return Err(read_only()) };
        let transaction = guarded(|| {
            let mut transaction = database.begin_write()?;
            transaction.set_quick_repair(true);
            Ok(transaction)
        })?;
        // `work` is not guarded as a whole: a panic of the caller's functions in it is theirs.
        let done = {
            let mut tables = guarded(|| {
                let open = |table| Ok::<_, Error>(transaction.open_table(definition(table))?);
                Ok(Tables { tables: Table::ALL.map(open).into_iter().collect::<Result<_, _>>()? })
            })?;
            let done = work(&mut tables);
            guarded(|| {
                drop(tables);
                Ok(())
            })?;
            done
        };
        guarded(|| match done {
            Ok(done) => {
                transaction.commit()?;
                Ok(done)
            }
            Err(error) => {
                // It is dropped anyway; the error that matters is this one.
                let _ = transaction.abort();
                Err(error)
            }
        })
    }

    /// Moves what the file holds to its beginning and cuts it. Whether anything was moved.
    pub(crate) fn compact(&mut self) -> Result<bool, Error> {
        let Some(Open::Writer(database)) = &mut self.file else { return Err(read_only()) };
        guarded(|| Ok(database.compact()?))
    }
}

fn read_only() -> Error {
    Error::new(ErrorKind::ReadOnly, "the index was opened for reading only")
}

/// One state of the tables.
pub(crate) struct Snapshot {
    tables: Vec<ReadOnlyTable<Bytes, Bytes>>,
    _transaction: ReadTransaction,
}

/// The tables in a transaction that changes them.
struct Tables<'t> {
    tables: Vec<redb::Table<'t, Bytes, Bytes>>,
}

macro_rules! reads {
    ($type:ty) => {
        impl Read for $type {
            fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
                guarded(|| {
                    let found = ReadableTable::get(&self.tables[table as usize], key)?;
                    Ok(found.map(|value| value.value().to_vec()))
                })
            }

            fn scan(&self, table: Table, from: &[u8], sink: Sink<'_>) -> Result<(), Error> {
                guarded(|| {
                    let range = ReadableTable::range::<&[u8]>(&self.tables[table as usize], from..)?;
                    each(range, sink)
                })
            }

            fn scan_back(&self, table: Table, from: &[u8], sink: Sink<'_>) -> Result<(), Error> {
                guarded(|| {
                    let range = ReadableTable::range::<&[u8]>(&self.tables[table as usize], ..=from)?;
                    each(range.rev(), sink)
                })
            }
        }
    };
}

reads!(Snapshot);
reads!(Tables<'_>);

type Entry<'a> = (redb::AccessGuard<'a, Bytes>, redb::AccessGuard<'a, Bytes>);

fn each<'a>(
    entries: impl Iterator<Item = Result<Entry<'a>, StorageError>>,
    sink: Sink<'_>,
) -> Result<(), Error> {
    for entry in entries {
        let (key, value) = entry?;
        if !sink(key.value(), value.value())? {
            break;
        }
    }
    Ok(())
}

impl Write for Tables<'_> {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<(), Error> {
        guarded(|| {
            self.tables[table as usize].insert(key, value)?;
            Ok(())
        })
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Error> {
        guarded(|| {
            self.tables[table as usize].remove(key)?;
            Ok(())
        })
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Self::new(ErrorKind::NotAnIndex, "it is not an index; create one in another file")
            }
            StorageError::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                Self::damaged("the file is cut off")
            }
            StorageError::Io(error) => Self::io(&error),
            StorageError::Corrupted(what) => Self::damaged(what),
            StorageError::PreviousIo => {
                Self::new(ErrorKind::Io, "an earlier write failed; close the index and open it again")
            }
            error => Self::new(ErrorKind::Io, error.to_string()),
        }
    }
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::DatabaseAlreadyOpen => Self::new(
                ErrorKind::Locked,
                "it is open for writing elsewhere; wait until that has ended, or open it for reading only",
            ),
            DatabaseError::LockProtocolMismatch => Self::new(
                ErrorKind::Locked,
                "it is open in a process with another version of this program; end that first",
            ),
            DatabaseError::RepairAborted => Self::new(
                ErrorKind::NeedsRepair,
                "the process that wrote it was killed, or its disk was full; open it once for writing, which needs \
                 some room on the disk, then it can be read",
            ),
            DatabaseError::UpgradeRequired(version) => Self::new(
                ErrorKind::OtherVersion,
                format!(
                    "its file has version {version} of the store, which this version of the program cannot read"
                ),
            ),
            DatabaseError::Storage(error) => error.into(),
            error => Self::new(ErrorKind::Io, error.to_string()),
        }
    }
}

impl From<TableError> for Error {
    fn from(error: TableError) -> Self {
        match error {
            TableError::Storage(error) => error.into(),
            _ => Self::new(
                ErrorKind::NotAnIndex,
                "it is a database, but not an index; create one in another file",
            ),
        }
    }
}

impl From<redb::TransactionError> for Error {
    fn from(error: redb::TransactionError) -> Self {
        match error {
            redb::TransactionError::Storage(error) => error.into(),
            error => Self::new(ErrorKind::Io, error.to_string()),
        }
    }
}

impl From<redb::CommitError> for Error {
    fn from(error: redb::CommitError) -> Self {
        match error {
            redb::CommitError::Storage(error) => error.into(),
            error => Self::new(ErrorKind::Io, error.to_string()),
        }
    }
}

impl From<CompactionError> for Error {
    fn from(error: CompactionError) -> Self {
        match error {
            CompactionError::Storage(error) => error.into(),
            CompactionError::TransactionInProgress => Self::new(
                ErrorKind::Locked,
                "it is being read elsewhere; it can be compacted when no check is going on",
            ),
            error => Self::new(ErrorKind::Io, error.to_string()),
        }
    }
}
