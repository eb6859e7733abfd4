//! `refrain background`: a table of the words that are common in a corpus.

use std::ffi::OsString;
use std::path::Path;

use clap::Args;
use refrain::BackgroundCounts;

use super::status::Status;
use crate::error::Error;
use crate::input::diagnose::{Problem, diagnose, not_utf8};
use crate::input::lines::{count_lines, lines, trim_line};
use crate::input::record::{DecodedText, FieldNames, Record};
use crate::input::source::Source;
use crate::options::values::file;
use crate::output::paths::same_file;
use crate::output::sink::Sink;

/// Make a table of the words that are common in a corpus, for `refrain check --background`.
///
/// Texts of the length of an article, some hundreds of them or more, in the language of the documents to
/// check, serve best.
#[derive(Args, Debug)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct Background {
    /// Input: JSON Lines, one object with an id and a text per line; `-` reads standard input.
    ///
    /// Files whose names end in .gz or .zst are decompressed (those of `zstd --long=31` take 2 GiB of memory); files whose names end in .parquet are read
    /// as Parquet.
    #[arg(value_name = "IN", value_parser = file())]
    input: OsString,
    /// Field with the id, a string or a number; `line` takes the numbers of the lines (or rows) as ids.
    ///
    /// A dot leads into an object: `meta.url`.
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// Field with the text; a dot leads into an object: `article.body`.
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// Output file [default: standard output].
    ///
    /// It appears only when it is complete: it is written under a temporary name and then renamed.
    #[arg(short, long, value_name = "FILE", value_parser = file())]
    output: Option<OsString>,
}

const AFTER_HELP: &str = "\
Output: a line `documents N`, then a line with the stem and the number of texts
that have it, for each stem in at least one of fifty-five texts. A stem is the
first five characters of a word.

Examples:
  refrain background articles.jsonl -o common.txt
  refrain check --background common.txt article.txt

Exit status:
  0  success
  2  error";

impl Background {
    pub(crate) fn run(&self) -> Result<Status, Error> {
        if let Some(output) = self.output.as_ref().filter(|output| *output != "-" && self.input != "-")
            && same_file(&self.input, output)
        {
            let name = Path::new(output).display();
            return Err(Error::new(format!("-o is {name}, which is the input")));
        }
        let mut sink = Sink::open(self.output.as_deref())?;
        let fields = FieldNames::new(&self.id_field, &self.text_field, None);
        let mut source = Source::open(&self.input, false)?;
        let blocks = source.blocks(Some(&fields))?;
        let source = &source;
        let mut counts = BackgroundCounts::default();
        let mut lines_before = 0;
        blocks.for_each(
            |error| source.read_error(&error),
            |block| {
                for (number, line) in lines(block) {
                    let counted = match line {
                        Ok(line) => add(&mut counts, trim_line(line), &fields),
                        Err(bytes) => Err(not_utf8(bytes.trim_ascii_end())),
                    };
                    counted.map_err(|Problem { column, message }| {
                        let column = column.map(|column| format!(", column {column}")).unwrap_or_default();
                        let line = lines_before + number + 1;
                        Error::new(format!("{}: {} {line}{column}: {message}", source.name, source.unit()))
                    })?;
                }
                lines_before += count_lines(block);
                Ok(())
            },
            |()| Ok(()),
        )?;
        if counts.documents() == 0 {
            return Err(Error::new(format!("{}: no text has a word", source.name)));
        }
        sink.write(counts.table().as_bytes())?;
        sink.complete()?.publish()?;
        Ok(Status::Done)
    }
}

/// Counts the text of a line.
fn add(counts: &mut BackgroundCounts, line: &str, fields: &FieldNames) -> Result<(), Problem> {
    let Ok(Record { text: DecodedText(text), .. }) = Record::<DecodedText<'_>>::parse(line, fields) else {
        return Err(diagnose(line, fields));
    };
    counts.add(&text);
    Ok(())
}
