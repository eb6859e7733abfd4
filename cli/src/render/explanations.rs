//! What a rule means, for people in the terminal.

use std::io::{self, Write};

use refrain_report::Explanation;

use super::layout::Layout;
use super::wrap::wrap;

/// Writes what a rule means.
pub(crate) fn write(out: &mut impl Write, layout: Layout, explanation: &Explanation) -> io::Result<()> {
    let bold = |text: &str| match layout.colored {
        true => format!("\x1b[1m{text}\x1b[0m"),
        false => text.to_owned(),
    };
    let Explanation { rule, short, level, meaning, formula, example, advice, ignore, .. } = explanation;
    writeln!(out, "{}: {short}", bold(&rule.to_string()))?;
    let parts = [
        ("Level", *level),
        ("What it means", meaning),
        ("Formula", formula),
        ("Example", example),
        ("What to do", advice),
        ("When to ignore it", ignore),
    ];
    for (title, text) in parts {
        writeln!(out, "\n{}", bold(title))?;
        for line in text.lines() {
            for row in wrap(line, layout.width.saturating_sub(INDENT.len()), usize::MAX) {
                writeln!(out, "{INDENT}{}", &line[row])?;
            }
        }
    }
    let last = format!(
        "In refrain.toml, `rules.{rule} = \"off\"` leaves its findings out; \"note\" and \"warning\" set their level."
    );
    writeln!(out)?;
    wrap(&last, layout.width, usize::MAX).into_iter().try_for_each(|row| writeln!(out, "{}", &last[row]))
}

const INDENT: &str = "  ";
