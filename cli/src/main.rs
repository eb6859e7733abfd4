//! The command `refrain`: shows what repeats in texts.
//!
//! Arguments, files, printing and exit codes; all that is known about texts comes from the library.
//! A subcommand is a variant of [`options::Command`] and a file with its arguments and its `run`.

mod commands;
mod corpus;
mod error;
mod input;
mod options;
mod output;
mod render;

use std::process::ExitCode;

use clap::Parser as _;

use crate::error::{Failure, Status};
use crate::options::{Cli, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let status = match Cli::try_parse() {
        Ok(cli) => run(cli).unwrap_or_else(|failure| error::tell(&failure)),
        // Help and version come this way too.
        Err(error) => match output::stdout::finished(error.print()) {
            Err(failure) => error::tell(&failure),
            Ok(()) if error.use_stderr() => Status::Failed,
            Ok(()) => Status::Clean,
        },
    };
    status.into()
}

fn run(cli: Cli) -> Result<Status, Failure> {
    match cli.command {
        Command::Check(check) => check.run(cli.color),
        Command::Compare(compare) => compare.run(cli.color),
        Command::Pairs(pairs) => pairs.run(),
        Command::Clusters(clusters) => clusters.run(),
        Command::Dedup(dedup) => dedup.run(),
    }
}
