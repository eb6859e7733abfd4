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
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "gz" => Self::Gzip,
            "zst" => Self::Zstd,
            "parquet" => Self::Parquet,
            _ => Self::Lines,
        }
    }
}

/// Why an input with these first four bytes cannot be JSON Lines, if they are known from another format.
///
/// Without this check every line would be bad, and `--skip-bad` would skip them all.
pub(crate) fn other_format(first: &[u8]) -> Option<&'static str> {
    match first {
        [0x1f, 0x8b, ..] => Some("it looks like gzip: rename it to end in .gz, or decompress it first"),
        [0x28, 0xb5, 0x2f, 0xfd] => {
            Some("it looks like Zstandard: rename it to end in .zst, or decompress it first")
        }
        b"PAR1" => Some("it looks like Parquet: use a file whose name ends in .parquet"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("it looks like UTF-16; expected UTF-8"),
        _ => None,
    }
}
