//! Parses the values of options.
//!
//! Ranges are checked by the library, whose errors name the accepted values.

use std::ffi::{OsStr, OsString};

use clap::builder::{OsStringValueParser, TypedValueParser};
use refrain::{Boilerplate, Error, InputKind, Keep, ParagraphBreaks, Themes};

use crate::config::fail_on::FailOn;
pub(crate) use crate::config::fail_on::share;

pub(crate) fn number(text: &str) -> Result<f64, &'static str> {
    text.parse().map_err(|_| "expected a number, such as 0.5")
}

/// A number that is neither infinite nor none at all.
pub(crate) fn finite(text: &str) -> Result<f64, &'static str> {
    number(text).ok().filter(|number| number.is_finite()).ok_or("expected a number, such as 0.5")
}

/// A level, the name of a rule, or `never`.
pub(crate) fn fail_on(text: &str) -> Result<String, String> {
    FailOn::new([text]).map(|_| text.to_owned())
}

pub(crate) fn count(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "expected a whole number, such as 4")
}

/// A maximum, or `all`.
pub(crate) fn limit(text: &str) -> Result<usize, &'static str> {
    match text {
        "all" => Ok(usize::MAX),
        _ => text.parse().map_err(|_| "expected a whole number or `all`"),
    }
}

pub(crate) fn boilerplate(text: &str) -> Result<Boilerplate, &'static str> {
    text.parse().map_err(|_| "expected a number of documents, such as 5, or a percentage, such as 20%")
}

pub(crate) fn themes(text: &str) -> Result<Themes, &'static str> {
    text.parse().map_err(|_| "expected off, strict, middle or thorough")
}

pub(crate) fn keep(text: &str) -> Result<Keep, &'static str> {
    text.parse().map_err(|_| "expected first, longest, last or field:NAME")
}

pub(crate) fn input_kind(text: &str) -> Result<InputKind, Error> {
    text.parse()
}

pub(crate) fn breaks(text: &str) -> Result<ParagraphBreaks, Error> {
    text.parse()
}

/// The name of a file, or `-`.
pub(crate) fn file() -> impl TypedValueParser<Value = OsString> {
    named("expected a file name or `-`", |_| true)
}

/// The file of an index, which is written and read in places, as no stream can be.
#[cfg(feature = "index")]
pub(crate) fn index_file() -> impl TypedValueParser<Value = OsString> {
    named("expected a file name, such as published.index; it is never standard input or output", |name| {
        name != "-"
    })
}

/// A name that is not empty: that would most likely be an unset variable in a shell script.
fn named(expected: &'static str, admits: fn(&OsStr) -> bool) -> impl TypedValueParser<Value = OsString> {
    OsStringValueParser::new().try_map(move |name| match name.is_empty() || !admits(&name) {
        true => Err(expected),
        false => Ok(name),
    })
}
