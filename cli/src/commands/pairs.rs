//! `refrain pairs`: the near-duplicates of a corpus, two by two.

use std::io::Write as _;

use clap::Args;
use refrain::{Differs, Pair, Settings};

use super::corpus_run::{Common, Read};
use crate::error::{Failure, Status};
use crate::options::count;
use crate::output::parallel_lines::write_all;
use crate::render::summary;

/// Lists all pairs of near-duplicate paragraphs of a corpus.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Pairs {
    #[command(flatten)]
    common: Common,
    /// Of more identical paragraphs than this, each is paired with the first only, and only the
    /// first stands for them in other pairs.
    #[arg(long, value_name = "N", value_parser = count, default_value_t = Settings::default().copies)]
    copies: usize,
    /// Of each paragraph, list at most so many pairs with earlier, different ones: the earliest.
    ///
    /// Identical paragraphs count as one here, and what is listed of one is listed of all its copies (but
    /// see --copies). The summary says how many paragraphs have more pairs than that; how many pairs are
    /// left out is not counted, since to find them is the work that this spares. Where a template made
    /// very many paragraphs, their pairs are too many to list. `clusters` and `dedup` do not need this.
    #[arg(long, value_name = "N", value_parser = count)]
    max_pairs_per_paragraph: Option<usize>,
}

const EXAMPLES: &str = "\
Examples:
  refrain pairs articles.jsonl > pairs.jsonl
  refrain pairs --threshold 0.8 --text-field body -o pairs.jsonl.gz articles.parquet
  zcat part-*.gz | refrain pairs - | jq -c 'select(.resemblance == 1)'
  refrain pairs articles.jsonl | jq -c 'select(.differs == \"numbers\")'

Each line: {\"a\": id, \"a_span\": [s, e], \"b\": id, \"b_span\": [s, e], \"resemblance\": x, \"containment\": [x, y]}
Spans are bytes of the text; containment is that of a in b, then of b in a. A pair that differs in
numbers or dates only has \"differs\": \"numbers\" besides.

Exit status:
  0  done
  2  it could not be done";

impl Pairs {
    pub(crate) fn run(&self) -> Result<Status, Failure> {
        let mut sink = self.common.open_output()?;
        let settings = |builder: refrain::DetectorBuilder| {
            builder.copies(self.copies).max_pairs(self.max_pairs_per_paragraph)
        };
        self.common.run(settings, None, false, |read| {
            let Read { corpus, gathered, meter, mut tally, .. } = read;
            let found = corpus.pairs(|progress| meter.watch(progress))?;
            let store = &gathered.store;
            write_all(&mut sink, &found.pairs, |pair: &Pair, line| {
                line.push(b'{');
                store.write_place(line, pair.left, ["a", "a_span"]);
                line.push(b',');
                store.write_place(line, pair.right, ["b", "b_span"]);
                let [left, right] = pair.containment();
                let resemblance = pair.resemblance();
                // The shortest digits that read back as the same number.
                write!(line, r#","resemblance":{resemblance:?},"containment":[{left:?},{right:?}]"#)
                    .expect("writing to memory does not fail");
                if pair.differs == Some(Differs::Numbers) {
                    line.extend_from_slice(br#","differs":"numbers""#);
                }
                line.extend_from_slice(b"}\n");
            })?;
            meter.clear();
            sink.complete()?.publish()?;
            if found.crowds > 0 {
                let paragraphs = summary::count(found.crowds, "paragraph");
                let (stand, its) = if found.crowds == 1 { ("stands", "its") } else { ("stand", "their") };
                tally.notes.push(format!(
                    "{paragraphs} {stand} more than {}: each of {its} copies is paired with the first only \
                     (see --copies)",
                    summary::count(self.copies, "time")
                ));
            }
            if let Some(most) = self.max_pairs_per_paragraph.filter(|_| found.limited > 0) {
                let paragraphs = summary::count(found.limited, "different paragraph");
                let have = if found.limited == 1 { "has" } else { "have" };
                let pairs = summary::count(most, "pair");
                tally.notes.push(format!(
                    "{paragraphs} {have} more than {pairs} with earlier, different ones: those beyond are left out"
                ));
            }
            Ok((tally, summary::count(found.pairs.len(), "pair")))
        })
    }
}
