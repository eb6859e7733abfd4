//! The compiled part of the Python package `refrain-text`: texts and columns in, reports and columns out.
//!
//! The package in `refrain_text/` is what users see. It hands over columns and keywords, and makes objects of what
//! comes back.

// The layers, lowest first: a file imports only from modules above it in this list. (Blank lines keep rustfmt from
// sorting it.)

mod errors;

mod threads;

mod watch;

mod positions;

mod arrow;

mod settings;

mod report;

mod corpus;

mod spread;

mod detector;
mod index;

mod command;

use pyo3::prelude::*;

/// The compiled part of refrain_text.
#[pymodule(gil_used = false)]
mod _refrain {
    #[pymodule_export]
    use crate::arrow::{Arrays, Column, Table, json_values, unpickled_table};
    #[pymodule_export]
    use crate::command::run_command;
    #[pymodule_export]
    use crate::detector::{Engine, documents};
    #[pymodule_export]
    use crate::errors::describe;
    #[pymodule_export]
    use crate::index::IndexFile;
    #[pymodule_export]
    use crate::positions::Positions;
    #[pymodule_export]
    use crate::report::CheckedTexts;
    #[pymodule_export]
    use crate::spread::{Buckets, Rest, Steps};

    /// The version of the package.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "a name of Python")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
