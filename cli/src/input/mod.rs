//! Reading texts and corpora.

pub(crate) mod blocks;
pub(crate) mod diagnose;
mod gzip;
#[cfg(feature = "parquet")]
mod parquet;
pub(crate) mod rank;
pub(crate) mod record;
pub(crate) mod source;
pub(crate) mod text_file;
