//! The steps of matching that machines share, on batches of rows. `refrain_text.spark` puts them in order.
//!
//! | file | does |
//! | --- | --- |
//! | `columns` | takes columns out of a batch by name and type |
//! | `matches` | the matches that were found, as a batch |
//! | `written` | results as the commands write them |
//! | `steps` | what is done with each row alone: fingerprints, verification, thinning |
//! | `buckets` | makes candidates of the paragraphs that share the key of a band |
//! | `rest` | settles in one place what is left |

mod buckets;
mod columns;
mod matches;
mod rest;
mod steps;
mod written;

pub(crate) use buckets::Buckets;
pub(crate) use rest::Rest;
pub(crate) use steps::Steps;
