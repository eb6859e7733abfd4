//! `refrain dedup`: a corpus without its near-duplicates.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::Path;

use clap::Args;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use refrain::{ParagraphId, Representative, Span};

use super::corpus_run::{Common, Read};
use crate::corpus::json_edit::Written;
use crate::corpus::keep_policy::Keep;
use crate::corpus::read::bare;
use crate::corpus::record_store::Store;
use crate::error::{Failure, Status, warn};
use crate::input::blocks::{count_lines, lines, pieces};
use crate::input::record::{Fields, RawText, Record};
use crate::input::source::Source;
use crate::options::file;
use crate::output::atomic_file::place;
use crate::output::sink::{Sink, Standard, publish};
use crate::render::summary;

/// Takes near-duplicate paragraphs out of a corpus.
///
/// A paragraph is taken out if it is a near-duplicate of one that stays; not if the two differ in
/// numbers only, as "Road 1506 is closed" and "Road 1507 is closed" do. What is left of a record keeps
/// its fields, their order and its separators; a record of which nothing is left goes.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Dedup {
    #[command(flatten)]
    common: Common,
    /// Which of several near-duplicates stays: first, longest, last, or field:NAME for the one whose
    /// record has the highest number in that field; of equals the earlier.
    ///
    /// Records without a number there come after all that have one.
    #[arg(long, value_name = "WHICH", default_value = "first")]
    keep: Keep,
    /// Takes out paragraphs too that differ in numbers or dates only from one that stays.
    #[arg(long)]
    merge_numbers: bool,
    /// Where a line for each paragraph goes that was taken out, with the one that stays instead.
    #[arg(long, value_name = "FILE", value_parser = file())]
    removed: Option<OsString>,
}

const EXAMPLES: &str = "\
Examples:
  refrain dedup --threshold 0.8 -o clean.jsonl articles.jsonl
  refrain dedup --keep field:score --removed removed.jsonl -o clean.jsonl.gz articles.jsonl.gz

The output is JSON Lines, from Parquet too; records of which nothing was taken out are the bytes they
were. Each line of --removed: {\"id\": id, \"span\": [s, e], \"text\": text,
  \"kept\": {\"id\": id, \"span\": [s, e]}, \"resemblance\": x}

Exit status:
  0  done
  2  it could not be done";

impl Dedup {
    pub(crate) fn run(&self) -> Result<Status, Failure> {
        self.check_paths()?;
        let mut outputs = Outputs {
            kept: Sink::open(self.common.output.as_deref())?,
            removed: self.removed.as_deref().map(|path| Sink::open(Some(path))).transpose()?,
        };
        self.common.run(
            |builder| builder.merge_numbers(self.merge_numbers),
            self.keep.field(),
            true,
            |read| {
                let Read { corpus, gathered, mut source, meter, mut tally } = read;
                let store = &gathered.store;
                self.check_ranks(store, &mut tally.notes, &source);
                let order = self.keep.order(store);
                let found = corpus.representatives(order.as_deref(), |progress| meter.watch(progress))?;
                drop(order);
                let split = Split {
                    store,
                    found: &found,
                    removed: self.removed.is_some(),
                    skipped: &gathered.skipped,
                };
                let fields = Fields {
                    id: self.common.id_field.clone(),
                    text: self.common.text_field.clone(),
                    rank: None,
                };
                meter.reading("writing", source.len());
                let dropped = split.write(&mut source, &fields, &mut outputs, |done| meter.at(done))?;
                meter.clear();
                outputs.publish()?;
                let removed =
                    (0..).zip(&found).filter(|(id, found)| found.paragraph != ParagraphId(*id)).count();
                let result = format!(
                    "{} taken out, {} left out as empty",
                    summary::count(removed, "paragraph"),
                    summary::count(dropped, "record")
                );
                Ok((tally, result))
            },
        )
    }

    /// Refuses outputs that would overwrite each other, or the input with what was taken out of it.
    ///
    /// That the input is replaced by what stays of it may be meant.
    fn check_paths(&self) -> Result<(), Failure> {
        let Some(removed) = &self.removed else { return Ok(()) };
        self.common.refuse_input("--removed", removed)?;
        let output = self.common.output.as_deref().unwrap_or(OsStr::new("-"));
        let [kept, gone] = [output, removed].map(Standard::named);
        let same_file =
            || kept.is_none() && place(output).is_some_and(|output| Some(output) == place(removed));
        if kept.is_some() && kept == gone || same_file() {
            let name = Path::new(removed).display();
            return Err(Failure::new(format!("-o and --removed are both {name}")));
        }
        Ok(())
    }

    fn check_ranks(&self, store: &Store, notes: &mut Vec<String>, source: &Source) {
        let Some(field) = self.keep.field() else { return };
        let without = store.ranks().iter().filter(|rank| rank.is_none()).count();
        if without == store.records() && without > 0 {
            warn(&format!("{}: no record has a number in the field `{field}`", source.name));
        } else if without > 0 {
            let records = summary::count(without, "record");
            let have = if without == 1 { "has" } else { "have" };
            notes.push(format!("{records} {have} no number in the field `{field}`: the others stay rather"));
        }
    }
}

/// Where records go, and what was taken out of them.
#[derive(Debug)]
struct Outputs {
    kept: Sink,
    removed: Option<Sink>,
}

impl Outputs {
    /// Both are complete before either is seen.
    fn publish(self) -> Result<(), Failure> {
        let removed = self.removed.map(Sink::complete).transpose()?;
        let kept = self.kept.complete()?;
        publish(removed.into_iter().chain([kept]))
    }
}

/// Who stays and who goes.
#[derive(Debug)]
struct Split<'a> {
    store: &'a Store,
    found: &'a [Representative],
    /// Whether anyone asks for what goes.
    removed: bool,
    /// Which lines, counted from 0, hold no record.
    skipped: &'a [usize],
}

/// What was met again so far.
#[derive(Debug, Default)]
struct Met {
    records: usize,
    /// Counted only where lines are skipped.
    lines: usize,
}

/// A record as it is met again.
#[derive(Debug)]
struct Again<'a> {
    line: &'a str,
    /// Where its text begins in the line, as it is written.
    at: usize,
    text: &'a str,
    id: &'a str,
}

/// What comes of a piece of the input.
#[derive(Debug, Default)]
struct Part {
    kept: Vec<u8>,
    removed: Vec<u8>,
    /// Records of which nothing is left.
    dropped: usize,
}

impl Split<'_> {
    /// Reads the source again and writes both outputs. Returns how many records were left out.
    fn write(
        &self,
        source: &mut Source,
        fields: &Fields,
        outputs: &mut Outputs,
        progress: impl Fn(u64) + Sync,
    ) -> Result<usize, Failure> {
        let blocks = source.blocks(None)?;
        let source = &*source;
        let mut met = Met::default();
        let mut dropped = 0;
        let Outputs { kept, removed } = outputs;
        blocks.each(
            |error| source.unreadable(&error),
            |block| {
                progress(source.position());
                self.parts(block, fields, &mut met).ok_or_else(|| source.changed())
            },
            |parts| {
                for part in parts {
                    kept.write(&part.kept)?;
                    if let Some(removed) = removed {
                        removed.write(&part.removed)?;
                    }
                    dropped += part.dropped;
                }
                Ok(())
            },
        )?;
        if met.records != self.store.records() {
            return Err(source.changed());
        }
        source.unchanged()?;
        Ok(dropped)
    }

    /// Both outputs of a block; `None` if that is not what it held.
    fn parts(&self, block: &[u8], fields: &Fields, met: &mut Met) -> Option<Vec<Part>> {
        let mut numbered = Vec::new();
        for piece in pieces(block) {
            numbered.push((met.lines, piece));
            if !self.skipped.is_empty() {
                met.lines += count_lines(piece);
            }
        }
        let read = numbered.par_iter().map(|&(before, piece)| self.read(before, piece, fields));
        let mut parts = Vec::with_capacity(numbered.len());
        for records in read.collect::<Option<Vec<_>>>()? {
            let first = met.records;
            met.records += records.len();
            parts.push((first, records));
        }
        if met.records > self.store.records() {
            return None;
        }
        parts.par_iter().map(|(first, records)| self.part(*first, records)).collect()
    }

    /// The records of a piece with so many lines before it; `None` if that is not what it held.
    fn read<'a>(&self, before: usize, piece: &'a [u8], fields: &Fields) -> Option<Vec<Again<'a>>> {
        let mut again = Vec::new();
        for (number, line) in lines(piece) {
            if self.skipped.binary_search(&(before + number)).is_ok() {
                continue;
            }
            let line = line.ok()?;
            let Record { id, text: RawText(text), .. } = Record::read(bare(line), fields).ok()?;
            let at = text.as_ptr() as usize - line.as_ptr() as usize;
            again.push(Again { line, at, text, id });
        }
        Some(again)
    }

    /// Both outputs of some records, of which the first is given; `None` if they are not those.
    fn part(&self, first: usize, records: &[Again<'_>]) -> Option<Part> {
        let mut part = Part::default();
        part.kept.reserve(records.iter().map(|record| record.line.len()).sum());
        let paragraphs = self.store.paragraphs();
        let mut id = paragraphs.partition_point(|paragraph| (paragraph.record as usize) < first);
        let mut spans = Vec::new();
        for (index, record) in (first..).zip(records) {
            if record.id != self.store.id(index) {
                return None;
            }
            let own = paragraphs[id..].iter().take_while(|paragraph| paragraph.record as usize == index);
            let ids = id..;
            spans.clear();
            spans.extend(own.zip(ids).map(|(paragraph, id)| (paragraph.span(), self.stays(id))));
            self.record(record, id, &spans, &mut part)?;
            id += spans.len();
        }
        Some(part)
    }

    /// Whether a paragraph stands for itself.
    fn stays(&self, paragraph: usize) -> bool {
        self.found[paragraph].paragraph.index() == paragraph
    }

    /// Both outputs of a record of these paragraphs.
    fn record(
        &self,
        record: &Again<'_>,
        first: usize,
        spans: &[(Span, bool)],
        part: &mut Part,
    ) -> Option<()> {
        let staying = spans.iter().filter(|(_, stays)| *stays).count();
        if staying == spans.len() {
            part.kept.extend_from_slice(record.line.as_bytes());
            return Some(());
        }
        if staying == 0 {
            part.dropped += 1;
        } else {
            let line = record.line.as_bytes();
            part.kept.extend_from_slice(&line[..record.at]);
            Written::new(record.text).without(spans, &mut part.kept)?;
            part.kept.extend_from_slice(&line[record.at + record.text.len()..]);
        }
        if !self.removed {
            return Some(());
        }
        let mut written = Written::new(record.text);
        for (id, &(span, stays)) in (first..).zip(spans) {
            if stays {
                continue;
            }
            let Representative { paragraph: kept, resemblance, .. } = self.found[id];
            let line = &mut part.removed;
            line.push(b'{');
            self.store.write_place(line, ParagraphId(id as u32), ["id", "span"]);
            write!(line, r#","text":"{}","kept":{{"#, written.part(span)?).ok()?;
            self.store.write_place(line, kept, ["id", "span"]);
            writeln!(line, r#"}},"resemblance":{resemblance:?}}}"#).ok()?;
        }
        Some(())
    }
}
