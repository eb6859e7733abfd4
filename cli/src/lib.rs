//! The command `refrain` as a function: options, files, printing and exit statuses. Everything about texts comes from
//! the library `refrain`, which is what other programs should use.

// The layers, lowest first: a file imports only from modules above it in this list. Inside a folder,
// files may import each other, but not in a circle. (Blank lines keep rustfmt from sorting the list.)

mod error;

mod nearest;

mod render;

mod output;

mod input;

mod config;

mod corpus;

mod baseline;

mod options;

mod commands;

mod cli;

pub use crate::corpus::json_line::{JsonLine, JsonLines};

use std::ffi::OsString;

use clap::Parser as _;

use crate::cli::Cli;
use crate::commands::Status;
use crate::output::{stderr, stdout};

/// Runs the command with its arguments, the first of which is its name, and returns its exit status, as
/// `refrain help` lists them. It prints on standard output and standard error, errors too.
///
/// While a command writes files, SIGINT and SIGTERM remove what is unfinished and end the process.
///
/// ```
/// assert_eq!(refrain_cli::run(["refrain", "explain", "near-duplicate"]), 0);
/// assert_eq!(refrain_cli::run(["refrain", "check", "no-such-file.txt"]), 2);
/// ```
pub fn run<I>(arguments: I) -> u8
where
    I: IntoIterator<Item: Into<OsString> + Clone>,
{
    let result = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli.run(),
        // Help and version come as errors too, and are printed on standard output.
        Err(error) => {
            let status = if error.use_stderr() { Status::Failed } else { Status::Done };
            stdout::result(error.print()).map(|()| status)
        }
    };
    let status = result.unwrap_or_else(|error| {
        stderr::print_error(&error);
        Status::Failed
    });
    status.into()
}
