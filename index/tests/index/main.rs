//! Tests of the index, from outside.

mod api;
mod child;
mod crash;
mod damage;
#[path = "../../../benches/generator.rs"]
mod generator;
mod guarantee;
mod pipeline;
mod processes;
mod steps;
mod stream;

use std::ops::ControlFlow;

use refrain_index::{Index, Progress};

/// A watcher that never cancels.
fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The names of all stored documents, in their order.
fn names(index: &Index) -> Vec<String> {
    let mut names = Vec::new();
    index
        .documents(|stored| {
            names.push(stored.name);
            ControlFlow::Continue(())
        })
        .unwrap();
    names
}
