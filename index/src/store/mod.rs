//! Where an index keeps its bytes: sorted tables in one file, changed in transactions.
//!
//! | file | holds |
//! | --- | --- |
//! | `tables` | the tables, and what a store can do |
//! | `redb` | the store in a file of redb |

mod redb;
mod tables;

pub(crate) use self::redb::RedbStore;
pub(crate) use self::tables::{Read, Table, Write};
