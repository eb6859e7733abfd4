//! Many lines, made in parallel and written in order.

use rayon::iter::ParallelIterator as _;
use rayon::slice::ParallelSlice as _;

use super::sink::Sink;
use crate::error::Failure;

/// Lines that one thread makes at a time,
const GRAIN: usize = 1 << 10;
/// and lines that are made before they are written: enough for many threads, and a few megabytes.
const BATCH: usize = GRAIN << 5;

/// Writes what `line` makes of each item, until nobody reads any more.
pub(crate) fn write_all<T: Sync>(
    sink: &mut Sink,
    items: &[T],
    line: impl Fn(&T, &mut Vec<u8>) + Sync,
) -> Result<(), Failure> {
    for batch in items.chunks(BATCH) {
        let parts: Vec<Vec<u8>> = batch
            .par_chunks(GRAIN)
            .map(|items| {
                let mut lines = Vec::with_capacity(items.len() << 7);
                for item in items {
                    line(item, &mut lines);
                }
                lines
            })
            .collect();
        for part in parts {
            sink.write(&part)?;
        }
        if sink.is_closed() {
            break;
        }
    }
    Ok(())
}
