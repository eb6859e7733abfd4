//! The command line as a whole: the list of commands, and the options of all of them.
//!
//! A new command is a file in `commands` with its options and its `run`, and a variant here.

use clap::{ColorChoice, CommandFactory as _, Parser, Subcommand};

#[cfg(feature = "index")]
use crate::commands::Index;
use crate::commands::{
    Background, Check, Clusters, Compare, Completions, Config, Dedup, Explain, Man, Pairs, Render, Status,
};
use crate::error::Error;

/// Find what repeats in texts: near-duplicate paragraphs, paragraphs that add little new, and
/// repeated passages.
#[derive(Debug, Parser)]
#[command(name = "refrain", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// When to use colours; `auto` uses them on a terminal unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Check),
    Compare(Compare),
    Pairs(Pairs),
    Clusters(Clusters),
    Dedup(Dedup),
    Background(Background),
    Render(Render),
    #[cfg(feature = "index")]
    Index(Index),
    Explain(Explain),
    Config(Config),
    Completions(Completions),
    Man(Man),
}

impl Cli {
    pub(crate) fn run(self) -> Result<Status, Error> {
        match self.command {
            Command::Check(check) => check.run(self.color),
            Command::Compare(compare) => compare.run(self.color),
            Command::Pairs(pairs) => pairs.run(),
            Command::Clusters(clusters) => clusters.run(),
            Command::Dedup(dedup) => dedup.run(self.color),
            Command::Background(background) => background.run(),
            Command::Render(render) => render.run(self.color),
            #[cfg(feature = "index")]
            Command::Index(index) => index.run(self.color),
            Command::Explain(explain) => explain.run(self.color),
            Command::Config(config) => config.run(self.color),
            Command::Completions(completions) => completions.run(Self::command()),
            Command::Man(man) => man.run(Self::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
