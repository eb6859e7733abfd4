//! `refrain clusters`: the near-duplicates of a corpus, around representatives.

use std::io::Write as _;

use clap::Args;
use refrain::{ParagraphId, Representative};

use super::corpus_run::{Common, Read};
use crate::error::{Failure, Status};
use crate::output::parallel_lines::write_all;
use crate::render::summary;

/// Gathers the near-duplicate paragraphs of a corpus around representatives.
///
/// Taken in order, each paragraph joins the most similar representative that it is a near-duplicate
/// of, else becomes one itself; so no chain of likenesses can grow. "Road 1506 is closed" and "Road
/// 1507 is closed" differ in numbers only and do not join each other.
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Clusters {
    #[command(flatten)]
    common: Common,
    /// Lets paragraphs that differ in numbers or dates only join each other.
    #[arg(long)]
    merge_numbers: bool,
}

const EXAMPLES: &str = "\
Examples:
  refrain clusters articles.jsonl > clusters.jsonl
  refrain clusters --threshold 0.8 articles.jsonl.zst | jq '.members | length' | sort -n | tail

Each line: {\"representative\": {\"id\": id, \"span\": [s, e]},
            \"members\": [{\"id\": id, \"span\": [s, e], \"resemblance\": x}, ...]}
The representative is the first of two members or more; resemblance is that to it.

Exit status:
  0  done
  2  it could not be done";

impl Clusters {
    pub(crate) fn run(&self) -> Result<Status, Failure> {
        let mut sink = self.common.open_output()?;
        self.common.run(
            |builder| builder.merge_numbers(self.merge_numbers),
            None,
            false,
            |read| {
                let Read { corpus, gathered, meter, tally, .. } = read;
                let found = corpus.representatives(None, |progress| meter.watch(progress))?;
                let members = joined(&found);
                let clusters: Vec<&[(u32, u32)]> = members.chunk_by(|a, b| a.0 == b.0).collect();
                let store = &gathered.store;
                write_all(&mut sink, &clusters, |members: &&[(u32, u32)], line| {
                    let representative = ParagraphId(members[0].0);
                    line.extend_from_slice(br#"{"representative":{"#);
                    store.write_place(line, representative, ["id", "span"]);
                    line.extend_from_slice(br#"},"members":[{"#);
                    store.write_place(line, representative, ["id", "span"]);
                    line.extend_from_slice(br#","resemblance":1.0}"#);
                    for &(_, member) in *members {
                        line.extend_from_slice(b",{");
                        store.write_place(line, ParagraphId(member), ["id", "span"]);
                        let resemblance = found[member as usize].resemblance;
                        write!(line, r#","resemblance":{resemblance:?}}}"#).expect("memory takes it");
                    }
                    line.extend_from_slice(b"]}\n");
                })?;
                meter.clear();
                sink.complete()?.publish()?;
                let result = summary::count(clusters.len(), "cluster");
                let size = summary::count(clusters.len() + members.len(), "paragraph");
                Ok((tally, format!("{result} of {size}")))
            },
        )
    }
}

/// Every paragraph that has another representative than itself, after that, in order.
fn joined(found: &[Representative]) -> Vec<(u32, u32)> {
    let mut joined: Vec<(u32, u32)> = (0..)
        .zip(found)
        .filter(|(paragraph, found)| found.paragraph.0 != *paragraph)
        .map(|(paragraph, found)| (found.paragraph.0, paragraph))
        .collect();
    joined.sort_unstable();
    joined
}
