//! How all benches measure.

use std::time::Duration;

use criterion::{Criterion, Throughput};

/// Few and short samples: the whole takes minutes, and differences of a few percent are still seen.
/// Options of the command line come after and win.
pub(crate) fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(900))
        .configure_from_args()
}

/// Paragraphs, and bytes of the text they were written in, per second.
pub(crate) fn throughput(paragraphs: usize, bytes: usize) -> Throughput {
    Throughput::ElementsAndBytes { elements: paragraphs as u64, bytes: bytes as u64 }
}
