//! The file formats of a corpus.

use std::ffi::OsStr;
use std::path::Path;

/// How the records of a corpus are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// JSON Lines.
    Lines,
    /// JSON Lines, compressed with gzip.
    Gzip,
    /// JSON Lines, compressed with Zstandard.
    Zstd,
    Parquet,
}

impl Format {
    /// The format that the extension of a file name stands for.
    pub(crate) fn of(path: &Path) -> Self {
        match &*extension(path) {
            "gz" => Self::Gzip,
            "zst" => Self::Zstd,
            "parquet" => Self::Parquet,
            _ => Self::Lines,
        }
    }
}

/// The extension of a file name in lower case.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase()
}

/// What to do with a file whose name says that it has no records that can be read.
pub(crate) fn other_extension(path: &Path) -> Option<&'static str> {
    Some(match &*extension(path) {
        "csv" => "it is CSV: make JSON Lines of it first, for example with `mlr --icsv --ojsonl cat`",
        "tsv" => "it is TSV: make JSON Lines of it first, for example with `mlr --itsv --ojsonl cat`",
        "arrow" | "feather" => "it is Arrow: write it as Parquet or JSON Lines first",
        "tar" | "tgz" => "it is an archive: unpack it first",
        _ => return None,
    })
}

/// How many bytes [`other_format`] looks at.
pub(crate) const SIGNATURE: usize = 6;

/// What to do with an input with these first bytes, if they are known from a format that is neither text nor
/// JSON Lines.
///
/// Without this check every line would be bad, and `--skip-bad` would skip them all.
pub(crate) fn other_format(first: &[u8]) -> Option<&'static str> {
    match first {
        [0x1f, 0x8b, ..] => Some("it looks like gzip: rename it to end in .gz, or decompress it first"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Some("it looks like Zstandard: rename it to end in .zst, or decompress it first")
        }
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => {
            Some("it looks like xz: decompress it first, for example with `xz -dc FILE | refrain … -`")
        }
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, ..] | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, ..] => {
            Some("it looks like bzip2: decompress it first, for example with `bzip2 -dc FILE | refrain … -`")
        }
        [0x04, 0x22, 0x4d, 0x18, ..] => {
            Some("it looks like LZ4: decompress it first, for example with `lz4 -dc FILE | refrain … -`")
        }
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(
            "it looks like a ZIP archive: unpack it first, for example with `unzip -p FILE | refrain … -`",
        ),
        [b'7', b'z', 0xbc, 0xaf, ..] => Some("it looks like a 7z archive: unpack it first"),
        [b'P', b'A', b'R', b'1', ..] => Some("it looks like Parquet: use a file whose name ends in .parquet"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("it looks like UTF-16; expected UTF-8"),
        _ => None,
    }
}
