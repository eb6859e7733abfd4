//! What the corpus commands do with the records of their input.

pub(crate) mod json_edit;
pub(crate) mod keep_policy;
pub(crate) mod progress_bar;
pub(crate) mod read;
pub(crate) mod record_store;
pub(crate) mod run_summary;
