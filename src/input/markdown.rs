//! Markdown.

use super::builder::DocumentBuilder;
use super::read_options::ReadOptions;

pub(super) fn looks_like(_: &str) -> bool {
    false
}

pub(super) fn read(_: &str, _: &mut DocumentBuilder<'_>, _: &ReadOptions) {}
