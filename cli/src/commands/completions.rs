//! `refrain completions` and `refrain man`: what shells and `man` show, made from the options.

use std::io::{self, Write as _};

use clap::{Args, Command};
use clap_complete::Shell;

use super::status::Status;
use crate::error::Error;
use crate::nearest::did_you_mean;
use crate::output::stdout;

/// Print a script that completes commands and options in a shell.
#[derive(Args, Debug)]
#[command(after_long_help = COMPLETIONS_HELP)]
pub(crate) struct Completions {
    /// Shell.
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const COMPLETIONS_HELP: &str = "\
Examples:
  refrain completions bash > ~/.local/share/bash-completion/completions/refrain
  refrain completions zsh > ~/.zfunc/_refrain
  refrain completions fish > ~/.config/fish/completions/refrain.fish";

impl Completions {
    /// `command` is the whole command line.
    pub(crate) fn run(&self, mut command: Command) -> Result<Status, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "refrain", &mut script);
        print(&script)
    }
}

/// Print the manual page of the command, or of one of its commands.
#[derive(Args, Debug)]
#[command(after_long_help = MAN_HELP)]
pub(crate) struct Man {
    /// Command [default: the page of refrain itself].
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

const MAN_HELP: &str = "\
Examples:
  refrain man > refrain.1
  refrain man check | man -l -";

impl Man {
    /// `command` is the whole command line.
    pub(crate) fn run(&self, mut command: Command) -> Result<Status, Error> {
        command.build();
        let page = match &self.command {
            None => command,
            Some(name) => match command.find_subcommand(name) {
                Some(found) => found.clone(),
                None => {
                    let names = command.get_subcommands().map(Command::get_name);
                    let hint = did_you_mean(name, names);
                    return Err(Error::new(format!("there is no command `{name}`{hint}")));
                }
            },
        };
        let mut text = Vec::new();
        let written = clap_mangen::Man::new(page).render(&mut text);
        written.map_err(|error| Error::new(format!("cannot make the page: {error}")))?;
        print(&text)
    }
}

fn print(bytes: &[u8]) -> Result<Status, Error> {
    let mut out = io::stdout().lock();
    stdout::result(out.write_all(bytes).and_then(|()| out.flush()))?;
    Ok(Status::Done)
}
