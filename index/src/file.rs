//! An index file: how it is created and opened, and what must stand in it.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::path::Path;

use refrain::{Document, ParagraphBreaks};
use xxhash_rust::xxh3::xxh3_64;

use crate::bits::{seal, unseal};
use crate::error::{Error, ErrorKind};
use crate::keys::Hashed;
use crate::settings::Settings;
use crate::state::State;
use crate::store::{Read, RedbStore, Table};

/// The version of the format.
const FORMAT: &[u8] = b"refrain.index/2";

/// The bytes of a page of the store, which writes whole ones.
const PAGE: u64 = 4096;
/// How a file of the store begins.
const MAGIC: &[u8] = b"redb";

/// Creates a file, which must not exist.
pub(crate) fn create(path: &Path, settings: &Settings) -> Result<RedbStore, Error> {
    settings.derive()?;
    require_path(path)?;
    if path.is_dir() {
        let problem =
            "it is a folder; an index is a file, so give the path of a new file, such as one in this folder";
        return Err(Error::new(ErrorKind::Exists, problem));
    }
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    made.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::new(
            ErrorKind::Exists,
            "there is a file already; open it, or create the index in another file",
        ),
        std::io::ErrorKind::NotFound => Error::new(ErrorKind::NotFound, "there is no such folder"),
        // It ends in a slash.
        std::io::ErrorKind::IsADirectory => {
            Error::new(ErrorKind::Setting, "it is the path of a folder; give the path of a new file")
        }
        _ => Error::io(&error),
    })?;
    let store = RedbStore::create(path)?;
    initialize(&store, settings)?;
    Ok(store)
}

/// Writes what an empty index has.
pub(crate) fn initialize(store: &RedbStore, settings: &Settings) -> Result<(), Error> {
    let json = serde_json::to_vec(settings).expect("settings can be written");
    store.write(|tables| {
        tables.put(Table::Meta, b"format", FORMAT)?;
        tables.put(Table::Meta, b"settings", &seal(b"settings", json))?;
        tables.put(Table::Meta, b"known", &known_answers(settings)?.to_le_bytes())?;
        State::default().save(tables)
    })
}

/// Opens a file for writing.
pub(crate) fn open(path: &Path, thorough: bool) -> Result<RedbStore, Error> {
    require_index(path)?;
    RedbStore::open(path, thorough)
}

/// Opens a file for reading. If its writer was killed, it is opened for writing first, which repairs it.
pub(crate) fn open_read_only(path: &Path) -> Result<RedbStore, Error> {
    require_index(path)?;
    match RedbStore::open_read_only(path) {
        Err(error) if error.kind() == ErrorKind::NeedsRepair => {
            match RedbStore::open(path, false) {
                // Closed at once, which ends the repair.
                Ok(writer) => drop(writer),
                // Another process repairs it, or it cannot be written.
                Err(other) if matches!(other.kind(), ErrorKind::Locked | ErrorKind::ReadOnly) => {}
                Err(other) => return Err(other),
            }
            RedbStore::open_read_only(path)
        }
        opened => opened,
    }
}

/// Refuses a path without a name, which the system says does not exist.
fn require_path(path: &Path) -> Result<(), Error> {
    if path.as_os_str().is_empty() {
        let problem = "the path of the index is empty; give that of a file, such as published.index";
        return Err(Error::new(ErrorKind::Setting, problem));
    }
    Ok(())
}

/// Refuses what is not a file of the store. redb takes an empty file for a new one, and creates tables in it.
fn require_index(path: &Path) -> Result<(), Error> {
    require_path(path)?;
    let metadata = std::fs::metadata(path).map_err(|error| Error::io(&error))?;
    if metadata.is_dir() {
        return Err(Error::new(ErrorKind::NotAnIndex, "it is a folder; an index is a file"));
    }
    if metadata.len() == 0 {
        let problem = "it is empty: its creation was interrupted; remove it and create it again";
        return Err(Error::new(ErrorKind::NotAnIndex, problem));
    }
    if metadata.is_file() && metadata.len() % PAGE != 0 && begins_like_the_store(path)? {
        return Err(Error::damaged("the file is cut off"));
    }
    Ok(())
}

fn begins_like_the_store(path: &Path) -> Result<bool, Error> {
    let mut first = Vec::new();
    let file = File::open(path).map_err(|error| Error::io(&error))?;
    file.take(MAGIC.len() as u64).read_to_end(&mut first).map_err(|error| Error::io(&error))?;
    Ok(first == MAGIC)
}

/// Reads the settings of an index, and checks that it can be used.
pub(crate) fn settings(store: &impl Read) -> Result<Settings, Error> {
    let format = store.get(Table::Meta, b"format")?.unwrap_or_default();
    if format != FORMAT {
        let [found, wanted] = [&format, FORMAT].map(|format| String::from_utf8_lossy(format).into_owned());
        return Err(if found.starts_with("refrain.index/") {
            let problem = format!(
                "it has the format {found}, and this version of the program reads {wanted}; use the version that \
                 made it, or create a new index from the documents"
            );
            Error::new(ErrorKind::OtherVersion, problem)
        } else {
            Error::new(
                ErrorKind::NotAnIndex,
                "it is a database, but not an index; create one in another file",
            )
        });
    }
    let sealed = store.get(Table::Meta, b"settings")?.ok_or_else(|| Error::damaged("it has no settings"))?;
    let settings: Settings = serde_json::from_slice(unseal("the settings", b"settings", &sealed)?)
        .map_err(|error| Error::damaged(format_args!("the settings: {error}")))?;
    let known = store.get(Table::Meta, b"known")?.unwrap_or_default();
    if known != known_answers(&settings)?.to_le_bytes() {
        let problem = "it was made by a version of the program that cuts or hashes words in another way; create a new \
                       index from the documents";
        return Err(Error::new(ErrorKind::OtherVersion, problem));
    }
    Ok(settings)
}

/// A hash of the keys of a text with words of many kinds. Another version with other keys has another one.
fn known_answers(settings: &Settings) -> Result<u64, Error> {
    const TEXT: &str = "\
The keeper’s boat left St. Petróvia at 7:45 with 3,000 kilos of salt, ice-cold beer and naïve hopes; \
NOBODY on the pier waved, and nobody\u{ad}else knew why the co-operative had sold it.

潮の流れは毎朝変わります。 Ветер стих к вечеру, и лодки вернулись домой одна за другой, как и вчера.";
    let hashed = Hashed::new(&Document::from(TEXT), ParagraphBreaks::Blank);
    let (keys, sizes) = hashed.keys(&settings.derive()?);
    let keys = keys.iter().flat_map(|key| [key.key, u64::from(key.paragraph), u64::from(key.token)]);
    let numbers = keys.chain(sizes.iter().map(|&size| u64::from(size))).chain(hashed.tokens.iter().copied());
    let bytes: Vec<u8> = numbers.flat_map(u64::to_le_bytes).collect();
    Ok(xxh3_64(&bytes))
}
