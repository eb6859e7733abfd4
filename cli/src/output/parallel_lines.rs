//! Formats many lines in parallel and writes them in order.

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use super::sink::Sink;
use crate::error::Error;

/// The number of lines that one thread formats at a time.
const CHUNK: usize = 1 << 10;
/// The number of lines that are formatted before they are written: enough chunks for many threads, and a
/// few megabytes.
const BATCH: usize = CHUNK << 5;

/// Writes a line for each item; `format` appends it to a buffer. Stops early if the reader has closed the
/// output.
pub(crate) fn write_lines<T: Sync>(
    sink: &mut Sink,
    items: &[T],
    format: impl Fn(&T, &mut Vec<u8>) + Sync,
) -> Result<(), Error> {
    for batch in items.chunks(BATCH) {
        let chunks: Vec<Vec<u8>> = batch
            .par_chunks(CHUNK)
            .map(|items| {
                let mut lines = Vec::with_capacity(items.len() << 7);
                for item in items {
                    format(item, &mut lines);
                }
                lines
            })
            .collect();
        for chunk in chunks {
            sink.write(&chunk)?;
        }
        if sink.is_closed() {
            break;
        }
    }
    Ok(())
}
