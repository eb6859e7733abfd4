//! Scores as a Markdown table.

use std::fmt::Write as _;

use super::score::Score;

/// The scores of both methods on problems of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) engine: Score,
    pub(crate) runs: Score,
}

/// A title, the rows, and a last row with their sum.
pub(crate) fn table(title: &str, rows: &[Row]) -> String {
    let mut all = Row { name: "**all**".to_owned(), engine: Score::default(), runs: Score::default() };
    for row in rows {
        all.engine += row.engine;
        all.runs += row.runs;
    }
    let width = rows.iter().map(|row| row.name.len()).chain([all.name.len(), title.len()]).max().unwrap_or(0);
    let mut out = format!(
        "| {title:width$} | cases | plagdet | precision | recall | granularity | runs: plagdet | precision | recall | granularity |\n\
         |-{}-|------:|--------:|----------:|-------:|------------:|--------------:|----------:|-------:|------------:|\n",
        "-".repeat(width)
    );
    for Row { name, engine, runs } in rows.iter().chain([&all]) {
        let _ = writeln!(
            out,
            "| {name:width$} | {:5} | {:7.3} | {:9.3} | {:6.3} | {:11.2} | {:13.3} | {:9.3} | {:6.3} | {:11.2} |",
            engine.cases,
            engine.plagdet(),
            engine.precision(),
            engine.recall(),
            engine.granularity(),
            runs.plagdet(),
            runs.precision(),
            runs.recall(),
            runs.granularity(),
        );
    }
    out
}
