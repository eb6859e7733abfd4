//! The first reading: every record into the store, every paragraph into the library's corpus.

use std::borrow::Cow;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use refrain::{Corpus, Span, text};

use super::progress_bar::Meter;
use super::record_store::{Paragraph, Store, hash};
use crate::error::Failure;
use crate::input::blocks::{count_lines, lines, pieces};
use crate::input::diagnose::{Problem, diagnose, not_utf8};
use crate::input::rank::Rank;
use crate::input::record::{Fields, Record, Text};
use crate::input::source::Source;

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) store: Store,
    /// Which lines, counted from 0, hold no record, if those may be skipped.
    pub(crate) skipped: Vec<usize>,
    /// What is wrong with the first of them.
    pub(crate) first_skipped: Option<String>,
    /// How many bytes of lines there were, after decompression.
    pub(crate) bytes: usize,
}

/// Reads all of a source.
pub(crate) fn gather(
    source: &mut Source,
    fields: &Fields,
    skip_bad: bool,
    corpus: &mut Corpus<'_>,
    meter: &Meter,
) -> Result<Gathered, Failure> {
    meter.reading("reading", source.len());
    let blocks = source.blocks(Some(fields))?;
    let source = &*source;
    let mut gathered = Gathered::default();
    let mut lines_before = 0;
    blocks.each(
        |error| source.unreadable(&error),
        |block| {
            let parts: Vec<Part<'_>> =
                pieces(block).par_iter().map(|piece| Part::read(piece, fields, skip_bad)).collect();
            for part in &parts {
                for (line, problem) in &part.bad {
                    let message = located(source, lines_before + line, problem);
                    if !skip_bad {
                        return Err(Failure::new(message));
                    }
                    gathered.skipped.push(lines_before + line);
                    gathered.first_skipped.get_or_insert(message);
                }
                part.store(&mut gathered.store, fields.rank.is_some())?;
                lines_before += part.lines;
            }
            let paragraphs: Vec<&str> = parts.iter().flat_map(Part::paragraphs).collect();
            corpus.extend(&paragraphs)?;
            gathered.bytes += block.len();
            meter.at(source.position());
            Ok(())
        },
        |()| Ok(()),
    )?;
    Ok(gathered)
}

/// "corpus.jsonl: line 7, column 12: expected `,` or `}`".
fn located(source: &Source, line: usize, problem: &Problem) -> String {
    let Problem { column, message } = problem;
    let column = column.map(|column| format!(", column {column}")).unwrap_or_default();
    format!("{}: {} {}{column}: {message}", source.name, source.unit(), line + 1)
}

/// A line without its end, and without a mark of byte order before it, which the first may have.
pub(crate) fn bare(line: &str) -> &str {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    line.trim_end_matches(['\n', '\r'])
}

/// The records of a piece.
#[derive(Debug, Default)]
struct Part<'a> {
    records: Vec<Entry<'a>>,
    /// By the index of their record in this part.
    paragraphs: Vec<Paragraph>,
    /// Lines without a record, by their number in the piece.
    bad: Vec<(usize, Problem)>,
    lines: usize,
}

#[derive(Debug)]
struct Entry<'a> {
    id: &'a str,
    hash: u64,
    rank: Rank,
    text: Cow<'a, str>,
}

impl<'a> Part<'a> {
    fn read(piece: &'a [u8], fields: &Fields, skip_bad: bool) -> Self {
        let mut part = Self { lines: count_lines(piece), ..Self::default() };
        for (number, line) in lines(piece) {
            let read = match line {
                Ok(line) => part.push(bare(line), fields),
                Err(bytes) => Err(not_utf8(bytes.trim_ascii_end())),
            };
            if let Err(problem) = read {
                part.bad.push((number, problem));
                if !skip_bad {
                    break;
                }
            }
        }
        part
    }

    fn push(&mut self, line: &'a str, fields: &Fields) -> Result<(), Problem> {
        let read = Record::<Text<'a>>::read(line, fields);
        let Ok(Record { id, text: Text(text), rank }) = read else { return Err(diagnose(line, fields)) };
        let index = self.records.len();
        let before = self.paragraphs.len();
        for span in text::paragraphs(&text) {
            match Paragraph::new(index, span) {
                Some(paragraph) => self.paragraphs.push(paragraph),
                None => {
                    self.paragraphs.truncate(before);
                    let message = format!("the text is longer than {} bytes", u32::MAX);
                    return Err(Problem { column: None, message });
                }
            }
        }
        self.records.push(Entry { id, hash: hash(id), rank, text });
        Ok(())
    }

    fn store(&self, store: &mut Store, ranked: bool) -> Result<(), Failure> {
        let first = store.records();
        for record in &self.records {
            store.push_record(record.id, record.hash, ranked.then_some(record.rank))?;
        }
        store.push_paragraphs(first, &self.paragraphs);
        Ok(())
    }

    fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().map(|paragraph| {
            let span: Span = paragraph.span();
            span.of(&self.records[paragraph.record as usize].text)
        })
    }
}
