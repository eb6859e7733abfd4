//! What a transaction changes as a whole: the runs, and counts.

use serde::{Deserialize, Serialize};

use crate::bits::{seal, unseal};
use crate::error::Error;
use crate::filter::Layout;
use crate::store::{Read, Table, Write};

/// The state of an index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    /// The number of the next paragraph.
    pub(crate) next_paragraph: u64,
    /// The number of the next run.
    pub(crate) next_run: u32,
    pub(crate) documents: u64,
    /// The paragraphs of the stored documents.
    pub(crate) paragraphs: u64,
    pub(crate) tokens: u64,
    /// The bytes of the sources of the stored documents.
    pub(crate) bytes: u64,
    /// The runs, by age: their paragraphs ascend.
    pub(crate) runs: Vec<Run>,
}

/// A sorted run of postings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) id: u32,
    /// How often its postings were merged.
    pub(crate) level: u32,
    /// The numbers of its paragraphs are from this one on.
    pub(crate) first: u64,
    /// The number behind the last.
    pub(crate) end: u64,
    pub(crate) postings: u64,
    pub(crate) blocks: u32,
    pub(crate) filter: Layout,
}

const KEY: &[u8] = b"state";

impl State {
    pub(crate) fn load(store: &(impl Read + ?Sized)) -> Result<Self, Error> {
        let sealed = store.get(Table::Meta, KEY)?.ok_or_else(|| Error::damaged("it has no state"))?;
        let state = unseal("the state", KEY, &sealed)?;
        serde_json::from_slice(state).map_err(|error| Error::damaged(format_args!("the state: {error}")))
    }

    pub(crate) fn save(&self, store: &mut (impl Write + ?Sized)) -> Result<(), Error> {
        let state = serde_json::to_vec(self).expect("numbers can be written");
        store.put(Table::Meta, KEY, &seal(KEY, state))
    }
}
