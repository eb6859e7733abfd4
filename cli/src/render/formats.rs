//! Reports in the formats of `refrain-report`.

use std::io::{self, Write};

use refrain_report::{Checked, Select, csv, github, html, junit, lines, markdown, sarif};

/// A format that is written without colours and without regard to a width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    Html,
    Sarif,
    Github,
    Lines,
    Markdown,
    Csv,
    CsvDocuments,
    Junit,
}

/// Writes the reports of a run, and the messages about what it could not read in the formats that have a place for them.
pub(crate) fn write(
    out: &mut impl Write,
    format: FileFormat,
    checked: &[Checked<'_>],
    unread: &[String],
    select: Select,
) -> io::Result<()> {
    match format {
        FileFormat::Html => match checked {
            [checked] => html::write(out, checked.report, checked.documents),
            several => Err(io::Error::other(format!(
                "the files have {} different settings, so they make as many reports; HTML shows one",
                several.len()
            ))),
        },
        FileFormat::Sarif => sarif::write(out, checked, unread, select),
        FileFormat::Github => github::write(out, checked, unread, select),
        FileFormat::Lines => lines::write(out, checked, select),
        FileFormat::Markdown => markdown::write(out, checked, select),
        FileFormat::Csv => csv::write_findings(out, checked, select),
        FileFormat::CsvDocuments => csv::write_documents(out, checked, select),
        FileFormat::Junit => junit::write(out, checked, unread, select),
    }
}
