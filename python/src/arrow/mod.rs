//! Columns and tables in the memory format of Arrow, to and from any library that speaks its PyCapsule interface.
//!
//! | file | holds |
//! | --- | --- |
//! | `capsule` | the C structures of Arrow, taken out of capsules and put into them |
//! | `names` | the names of columns, and the nearest to one that is not there |
//! | `texts` | a column of texts, from Arrow or from a list |
//! | `ids` | a column of ids |
//! | `ranks` | a column of numbers by which records are preferred |
//! | `values` | Arrow values as objects, and as JSON |
//! | `stored` | arrays as bytes, for `pickle` |
//! | `table` | a table, read from any library and given to any |

mod capsule;
mod ids;
mod names;
mod ranks;
mod stored;
mod table;
mod texts;
mod values;

pub(crate) use capsule::Arrays;
pub(crate) use ids::Ids;
pub(crate) use ranks::ranks;
pub(crate) use table::{Column, Table, unpickled_table};
pub(crate) use texts::{Texts, text};
pub(crate) use values::json_values;
