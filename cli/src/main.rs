//! The command `refrain`: shows what repeats in texts.
//!
//! Arguments, files, printing and exit codes; all that is known about texts comes from the library.
//! A subcommand is a variant of [`args::Command`] and a file with its arguments and its `run`.

mod args;
mod beside;
mod check;
mod compare;
mod corpus;
mod differences;
mod excerpt;
mod failure;
mod input;
mod output;
mod summary;
mod text;
mod visible;
mod wrap;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Cli, Command};
use crate::failure::{Failure, Status};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let status = match Cli::try_parse() {
        Ok(cli) => run(cli).unwrap_or_else(|failure| failure::tell(&failure)),
        // Help and version come this way too.
        Err(error) => match output::finished(error.print()) {
            Err(failure) => failure::tell(&failure),
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
