//! The second reading: writes the kept records and the removed paragraphs.

use std::io::Write as _;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use refrain::{ParagraphId, Span};

use super::json_edit::{JsonString, write_thinned};
use super::record_store::id_or_line;
use super::removals::Removals;
use crate::error::Error;
use crate::input::lines::{count_lines, lines, pieces, trim_line};
use crate::input::record::{FieldNames, RawText, Record};
use crate::input::source::Source;
use crate::output::sink::Sink;

/// What the first reading found.
#[derive(Debug)]
pub(crate) struct Rewrite<'a> {
    pub(crate) removals: Removals<'a>,
    /// The numbers of the lines that are not records, counted from 0, in ascending order.
    pub(crate) skipped: &'a [usize],
    pub(crate) fields: &'a FieldNames,
}

/// How much of the source was read again.
#[derive(Debug, Default)]
struct Position {
    records: usize,
    /// Counted only if there are lines to skip, or the numbers of the lines are the ids.
    lines: usize,
}

/// A record that was read again.
#[derive(Debug)]
struct RawRecord<'a> {
    line: &'a str,
    /// The number of its line, counted from 0, if lines are counted.
    number: usize,
    /// `None` if the number of the line is the id.
    id: Option<&'a str>,
    /// The text as written, a part of the line.
    text: &'a str,
}

/// The outputs for a piece of a block.
#[derive(Debug, Default)]
struct PieceOutput {
    kept: Vec<u8>,
    removed: Vec<u8>,
}

impl Rewrite<'_> {
    /// Reads the source again and writes the kept records to `kept`, the removed paragraphs to `removed`.
    ///
    /// Calls `progress` with the number of bytes read.
    ///
    /// # Errors
    ///
    /// Fails if the source is not the same as in the first reading.
    pub(crate) fn write(
        &self,
        source: &mut Source,
        mut kept: Option<&mut Sink>,
        mut removed: Option<&mut Sink>,
        progress: impl Fn(u64) + Sync,
    ) -> Result<(), Error> {
        let blocks = source.blocks(None)?;
        let source = &*source;
        let with_removed = removed.is_some();
        let mut position = Position::default();
        blocks.for_each(
            |error| source.read_error(&error),
            |block| {
                progress(source.position());
                self.block_outputs(block, with_removed, &mut position).ok_or_else(|| source.changed())
            },
            |outputs| {
                for output in outputs {
                    if let Some(kept) = &mut kept {
                        kept.write(&output.kept)?;
                    }
                    if let Some(removed) = &mut removed {
                        removed.write(&output.removed)?;
                    }
                }
                Ok(())
            },
        )?;
        if position.records != self.removals.store.records() {
            return Err(source.changed());
        }
        source.unchanged()
    }

    /// The outputs for the pieces of a block; `None` if the block differs from the first reading.
    fn block_outputs(
        &self,
        block: &[u8],
        with_removed: bool,
        position: &mut Position,
    ) -> Option<Vec<PieceOutput>> {
        let mut numbered = Vec::new();
        for piece in pieces(block) {
            numbered.push((position.lines, piece));
            if !self.skipped.is_empty() || self.fields.id.is_none() {
                position.lines += count_lines(piece);
            }
        }
        let parsed = numbered.par_iter().map(|&(lines_before, piece)| self.parse(lines_before, piece));
        let mut pieces = Vec::with_capacity(numbered.len());
        for records in parsed.collect::<Option<Vec<_>>>()? {
            let first = position.records;
            position.records += records.len();
            pieces.push((first, records));
        }
        if position.records > self.removals.store.records() {
            return None;
        }
        pieces.par_iter().map(|(first, records)| self.piece_output(*first, records, with_removed)).collect()
    }

    /// Parses the records of a piece; `None` if the piece differs from the first reading.
    fn parse<'a>(&self, lines_before: usize, piece: &'a [u8]) -> Option<Vec<RawRecord<'a>>> {
        let mut records = Vec::new();
        for (number, line) in lines(piece) {
            if self.skipped.binary_search(&(lines_before + number)).is_ok() {
                continue;
            }
            let line = line.ok()?;
            let Record { id, text: RawText(text), .. } = Record::parse(trim_line(line), self.fields).ok()?;
            records.push(RawRecord { line, number: lines_before + number, id, text });
        }
        Some(records)
    }

    /// The outputs for records that start with number `first`; `None` if they differ from the first
    /// reading.
    fn piece_output(
        &self,
        first: usize,
        records: &[RawRecord<'_>],
        with_removed: bool,
    ) -> Option<PieceOutput> {
        let mut output = PieceOutput::default();
        output.kept.reserve(records.iter().map(|record| record.line.len()).sum());
        let store = self.removals.store;
        let paragraphs = store.paragraphs();
        let mut id = paragraphs.partition_point(|paragraph| (paragraph.record as usize) < first);
        let mut spans = Vec::new();
        for (index, record) in (first..).zip(records) {
            if *id_or_line(record.id, record.number) != *store.id(index) {
                return None;
            }
            let own = paragraphs[id..].iter().take_while(|paragraph| paragraph.record as usize == index);
            spans.clear();
            spans.extend(
                own.zip(id..)
                    .map(|(paragraph, id)| (paragraph.span(), self.removals.kept_instead(id).is_none())),
            );
            self.add_kept(record, &spans, &mut output)?;
            if with_removed {
                self.add_removed(record, id, &spans, &mut output)?;
            }
            id += spans.len();
        }
        Some(output)
    }

    /// Appends what is kept of a record, whose paragraphs are `spans`, each with whether it is kept.
    fn add_kept(
        &self,
        record: &RawRecord<'_>,
        spans: &[(Span, bool)],
        output: &mut PieceOutput,
    ) -> Option<()> {
        let kept = spans.iter().filter(|(_, keep)| *keep).count();
        if kept == spans.len() {
            output.kept.extend_from_slice(record.line.as_bytes());
        } else if kept > 0 {
            write_thinned(record.line, record.text, spans, &mut output.kept)?;
        }
        Some(())
    }

    /// Appends a line for each removed paragraph of a record, whose first paragraph is `first`.
    fn add_removed(
        &self,
        record: &RawRecord<'_>,
        first: usize,
        spans: &[(Span, bool)],
        output: &mut PieceOutput,
    ) -> Option<()> {
        let mut text = JsonString::new(record.text);
        for (id, &(span, _)) in (first..).zip(spans).filter(|(_, (_, keep))| !keep) {
            let kept = self.removals.kept_instead(id)?;
            let resemblance = kept.resemblance;
            let store = self.removals.store;
            let line = &mut output.removed;
            line.push(b'{');
            store.write_place(line, ParagraphId(id as u32), ["id", "span"]);
            write!(line, r#","text":"{}","kept":{{"#, text.slice(span)?).ok()?;
            store.write_place(line, kept.paragraph, ["id", "span"]);
            writeln!(line, r#"}},"resemblance":{resemblance:?}}}"#).ok()?;
        }
        Some(())
    }
}
