//! Settings that all benches share.

use std::time::Duration;

use criterion::{Criterion, Throughput};

/// Few and short samples: all benches together take minutes, and differences of a few percent still show.
/// Options on the command line override these.
pub(crate) fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(900))
        .configure_from_args()
}

/// Throughput in paragraphs and in bytes of the original text.
pub(crate) fn throughput(paragraphs: usize, bytes: usize) -> Throughput {
    Throughput::ElementsAndBytes { elements: paragraphs as u64, bytes: bytes as u64 }
}
