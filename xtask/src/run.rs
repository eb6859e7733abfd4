//! Runs other programs.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// What could not be done, for whoever called.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) String);

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is a folder of the repository")
}

/// Runs cargo.
pub(crate) fn cargo(arguments: &[&str]) -> Result<(), Failed> {
    run(Command::new(env!("CARGO")).args(arguments))
}

/// Runs a program in the repository, and shows what it is.
pub(crate) fn run(command: &mut Command) -> Result<(), Failed> {
    let words = || [command.get_program()].into_iter().chain(command.get_args()).map(OsStr::to_string_lossy);
    let shown = words().collect::<Vec<_>>().join(" ");
    #[expect(clippy::print_stderr, reason = "it is a program")]
    {
        eprintln!("$ {shown}");
    }
    let status = command.current_dir(repository()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failed(format!("failed: {shown}: {status}"))),
        Err(error) => Err(Failed(format!("cannot run {shown}: {error}"))),
    }
}
