//! `refrain config`: what is in force for a file, and where each value came from.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::{Args, ColorChoice};
use serde_json::{Map, Value, json};

use super::status::Status;
use crate::config::effective::Effective;
use crate::config::find::Configs;
use crate::error::Error;
use crate::input::globs::absolute;
use crate::options::report::OutputFormat;
use crate::options::settings::SettingsOptions;
use crate::options::values::file;
use crate::output::stdout;
use crate::render::printable::printable;

/// Show which settings are in force for a file, and where each of them came from.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Config {
    /// File, which need not exist [default: a file in the current folder].
    #[arg(value_name = "FILE", value_parser = file())]
    file: Option<OsString>,
    #[command(flatten)]
    settings: SettingsOptions,
    /// Output format.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

const AFTER_HELP: &str = "\
A value comes from an option, from refrain.toml (with line and column), or is the
default. The nearest refrain.toml upward from the file is in force as a whole;
those above it are not read.

Examples:
  refrain config docs/guide.md
  refrain config --format json docs/guide.md | jq '.values.threshold'

Exit status:
  0  success
  2  error, such as an unknown key in refrain.toml";

impl Config {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let SettingsOptions { config, no_config, .. } = &self.settings;
        let mut configs = Configs::new(config.as_deref(), *no_config, self.settings.given()?)?;
        let effective = match &self.file {
            Some(file) => configs.effective(&absolute(Path::new(file)))?,
            None => configs.here()?,
        };
        match self.format {
            OutputFormat::Json => stdout::write_json(&as_json(&effective))?,
            OutputFormat::Text => stdout::write(color, |out, _| write_text(out, &effective))?,
        }
        Ok(Status::Done)
    }
}

fn as_json(effective: &Effective) -> Value {
    let values: Map<String, Value> = effective
        .values()
        .map(|(key, sourced)| {
            (key.to_owned(), json!({ "value": sourced.value, "from": sourced.origin.to_string() }))
        })
        .collect();
    json!({ "file": effective.file, "values": values })
}

fn write_text(out: &mut impl Write, effective: &Effective) -> io::Result<()> {
    match &effective.file {
        Some(file) => writeln!(out, "# {}", printable(file))?,
        None => writeln!(out, "# no refrain.toml")?,
    }
    let rows: Vec<[String; 3]> = effective
        .values()
        .map(|(key, sourced)| {
            let value = if sourced.value.is_null() { "none".to_owned() } else { sourced.value.to_string() };
            [key.to_owned(), value, sourced.origin.to_string()]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1).min(24));
    for [key, value, origin] in &rows {
        let line = format!("{key:first$}  {value:second$}  {origin}");
        writeln!(out, "{}", printable(&line))?;
    }
    Ok(())
}
