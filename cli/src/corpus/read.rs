//! The first reading: fills the record store and the library's corpus.

use std::borrow::Cow;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use refrain::{Corpus, ParagraphBreaks, Rank, Span};

use super::progress_bar::ProgressBar;
use super::record_store::{Paragraph, RecordStore, hash_id, id_or_line};
use crate::error::Error;
use crate::input::diagnose::{Problem, diagnose, not_utf8};
use crate::input::lines::{count_lines, lines, pieces, trim_line};
use crate::input::record::{DecodedText, FieldNames, Record};
use crate::input::source::Source;

/// The records of a corpus, without their texts, and what was skipped.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) store: RecordStore,
    /// The numbers of the lines that are not records, counted from 0, if they may be skipped.
    pub(crate) skipped: Vec<usize>,
    /// What is wrong with the first of them.
    pub(crate) first_problem: Option<String>,
    /// The size of the lines in bytes, after decompression.
    pub(crate) bytes: usize,
}

/// What to read, and what to keep of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadOptions<'a> {
    pub(crate) fields: &'a FieldNames,
    /// What separates the paragraphs of a text.
    pub(crate) breaks: ParagraphBreaks,
    /// Whether lines that are not records are skipped and counted.
    pub(crate) skip_bad: bool,
    /// Whether the opening of each paragraph is kept.
    pub(crate) openings: bool,
}

/// Reads all records of a source and adds their paragraphs to `corpus`.
pub(crate) fn read_records(
    source: &mut Source,
    options: ReadOptions<'_>,
    corpus: &mut Corpus,
    progress: &ProgressBar,
) -> Result<Records, Error> {
    let ReadOptions { fields, skip_bad, openings, .. } = options;
    progress.start_bytes("reading", source.len());
    let blocks = source.blocks(Some(fields))?;
    let source = &*source;
    let mut records = Records::default();
    let mut lines_before = 0;
    blocks.for_each(
        |error| source.read_error(&error),
        |block| {
            let pieces: Vec<Piece<'_>> =
                pieces(block).par_iter().map(|piece| Piece::parse(piece, options)).collect();
            for piece in &pieces {
                for (line, problem) in &piece.problems {
                    let message = problem_message(source, lines_before + line, problem);
                    if !skip_bad {
                        return Err(Error::new(message));
                    }
                    records.skipped.push(lines_before + line);
                    records.first_problem.get_or_insert(message);
                }
                piece.add_to(&mut records.store, fields.rank.is_some(), lines_before)?;
                lines_before += piece.lines;
            }
            let paragraphs: Vec<&str> = pieces.iter().flat_map(Piece::paragraphs).collect();
            if openings {
                paragraphs.iter().for_each(|paragraph| records.store.push_opening(paragraph));
            }
            corpus.extend(&paragraphs)?;
            records.bytes += block.len();
            progress.set_position(source.position());
            Ok(())
        },
        |()| Ok(()),
    )?;
    Ok(records)
}

/// "corpus.jsonl: line 7, column 12: expected `,` or `}`".
fn problem_message(source: &Source, line: usize, problem: &Problem) -> String {
    let Problem { column, message } = problem;
    let column = column.map(|column| format!(", column {column}")).unwrap_or_default();
    format!("{}: {} {}{column}: {message}", source.name, source.unit(), line + 1)
}

/// The records of a piece of a block.
#[derive(Debug, Default)]
struct Piece<'a> {
    records: Vec<ParsedRecord<'a>>,
    /// Their record numbers are counted from the first record of the piece.
    paragraphs: Vec<Paragraph>,
    /// The lines that are not records, by their number in the piece.
    problems: Vec<(usize, Problem)>,
    lines: usize,
}

#[derive(Debug)]
struct ParsedRecord<'a> {
    /// `None` if the number of the line is the id.
    id: Option<&'a str>,
    /// The hash of the id, if it is a field.
    hash: u64,
    /// The number of its line in the piece, counted from 0.
    line: usize,
    rank: Rank,
    text: Cow<'a, str>,
}

impl<'a> Piece<'a> {
    /// Parses all lines, or those up to the first that is not a record.
    fn parse(bytes: &'a [u8], options: ReadOptions<'_>) -> Self {
        let mut piece = Self { lines: count_lines(bytes), ..Self::default() };
        for (number, line) in lines(bytes) {
            let parsed = match line {
                Ok(line) => piece.push(number, trim_line(line), options),
                Err(bytes) => Err(not_utf8(bytes.trim_ascii_end())),
            };
            if let Err(problem) = parsed {
                piece.problems.push((number, problem));
                if !options.skip_bad {
                    break;
                }
            }
        }
        piece
    }

    fn push(&mut self, number: usize, line: &'a str, options: ReadOptions<'_>) -> Result<(), Problem> {
        let ReadOptions { fields, breaks, .. } = options;
        let Ok(Record { id, text: DecodedText(text), rank }) = Record::<DecodedText<'a>>::parse(line, fields)
        else {
            return Err(diagnose(line, fields));
        };
        let index = self.records.len();
        let paragraphs_before = self.paragraphs.len();
        for span in breaks.paragraphs(&text) {
            match Paragraph::new(index, span) {
                Some(paragraph) => self.paragraphs.push(paragraph),
                None => {
                    self.paragraphs.truncate(paragraphs_before);
                    let message = format!("the text is longer than {} bytes", u32::MAX);
                    return Err(Problem { column: None, message });
                }
            }
        }
        self.records.push(ParsedRecord { id, hash: id.map_or(0, hash_id), line: number, rank, text });
        Ok(())
    }

    fn add_to(&self, store: &mut RecordStore, ranked: bool, lines_before: usize) -> Result<(), Error> {
        let first = store.records();
        for record in &self.records {
            let id = id_or_line(record.id, lines_before + record.line);
            let hash = if record.id.is_some() { record.hash } else { hash_id(&id) };
            store.push_record(&id, hash, ranked.then_some(record.rank))?;
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
