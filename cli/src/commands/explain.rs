//! `refrain explain`: what a rule means and what to do about its findings.

use std::io::Write as _;

use clap::{Args, ColorChoice};
use refrain_report::{EXPLANATIONS, Explanation};

use super::status::Status;
use crate::error::Error;
use crate::nearest::did_you_mean;
use crate::output::stdout;
use crate::render::explanations;

/// Explain a rule: what it means, its formula, an example, what to do, and when to ignore it.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// Name of the rule, as in brackets after "warning" or "note" [default: a list of all rules].
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self, color: ColorChoice) -> Result<Status, Error> {
        let Some(name) = &self.rule else {
            let width = EXPLANATIONS.iter().map(|it| it.rule.to_string().len()).max().unwrap_or(0);
            stdout::write(color, |out, _| {
                for Explanation { rule, short, .. } in &EXPLANATIONS {
                    writeln!(out, "{:width$}  {short}", rule.to_string())?;
                }
                writeln!(out, "\n`refrain explain RULE` says more about one of them.")
            })?;
            return Ok(Status::Done);
        };
        let wanted = name.trim().to_lowercase().replace('_', "-");
        let found = EXPLANATIONS.iter().find(|it| it.rule.to_string() == wanted);
        let Some(explanation) = found else {
            let names: Vec<String> = EXPLANATIONS.iter().map(|it| it.rule.to_string()).collect();
            let hint = did_you_mean(&wanted, names.iter().map(String::as_str));
            let list = if hint.is_empty() { format!("; the rules are {}", names.join(", ")) } else { hint };
            return Err(Error::new(format!("there is no rule `{name}`{list}")));
        };
        stdout::write(color, |out, layout| explanations::write(out, layout, explanation))?;
        Ok(Status::Done)
    }
}
