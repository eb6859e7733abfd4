//! The command `refrain`: options, files, printing and exit codes. Everything about texts comes from the
//! library.

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

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::Cli;
use crate::commands::Status;
use crate::output::{stderr, stdout};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let result = match Cli::try_parse() {
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
