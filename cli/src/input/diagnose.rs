//! What is wrong with a line, said so that it can be mended.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::record::{Fields, Record, Text, is_id};

/// How many fields are named of a record that lacks one.
const NAMED: usize = 12;
/// How many characters of a strange name are shown,
const NAME: usize = 40;
/// and how many of a message, which may quote the line.
const MESSAGE: usize = 120;

/// Why a line holds no record, and in which column (in bytes, from 1), where that says something.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) column: Option<usize>,
    pub(crate) message: String,
}

impl Problem {
    fn new(message: String) -> Self {
        Self { column: None, message }
    }

    /// What serde_json says, whose places count within the line.
    fn from_json(error: &serde_json::Error) -> Self {
        let full = error.to_string();
        let message = full.rsplit_once(" at line ").map_or(&*full, |(message, _)| message);
        Self { column: (error.line() == 1).then(|| error.column().max(1)), message: short(message, MESSAGE) }
    }
}

/// Why these bytes are no text.
pub(crate) fn not_utf8(line: &[u8]) -> Problem {
    let at = std::str::from_utf8(line).map_or_else(|error| error.valid_up_to(), str::len);
    Problem { column: Some(at + 1), message: "invalid UTF-8".to_owned() }
}

/// What these bytes, the first four of an input, begin, if that is known and cannot be JSON Lines.
pub(crate) fn foreign(first: &[u8]) -> Option<&'static str> {
    match first {
        [0x1f, 0x8b, ..] => Some("it looks like gzip: give it the ending .gz, or decompress it first"),
        [0x28, 0xb5, 0x2f, 0xfd] => {
            Some("it looks like Zstandard: give it the ending .zst, or decompress it first")
        }
        b"PAR1" => Some("it looks like Parquet: put it in a file with the ending .parquet"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("it looks like UTF-16, and UTF-8 is needed"),
        _ => None,
    }
}

/// Why [`Record::read`] failed on this line.
pub(crate) fn diagnose(line: &str, fields: &Fields) -> Problem {
    let all = match serde_json::from_str::<All<'_>>(line) {
        Ok(All(all)) => all,
        Err(error) => return Problem::from_json(&error),
    };
    for name in [Some(&fields.id), Some(&fields.text), fields.rank.as_ref()].into_iter().flatten() {
        if all.iter().filter(|(field, _)| field == name).count() > 1 {
            return Problem::new(format!("the field `{}` is there twice", short(name, NAME)));
        }
    }
    let value = |name: &str| all.iter().find(|(field, _)| field == name).map(|(_, value)| value.get());
    let (id, text) = match (value(&fields.id), value(&fields.text)) {
        (Some(id), Some(text)) => (id, text),
        (None, _) => return missing(&fields.id, "--id-field", &all),
        (_, None) => return missing(&fields.text, "--text-field", &all),
    };
    if !is_id(id) {
        let message =
            format!("the field `{}` is {}, not a string or a number", short(&fields.id, NAME), kind(id));
        return Problem::new(message);
    }
    if !text.starts_with('"') {
        return Problem::new(format!(
            "the field `{}` is {}, not a string",
            short(&fields.text, NAME),
            kind(text)
        ));
    }
    match Record::<Text<'_>>::read(line, fields) {
        Err(error) => Problem::from_json(&error),
        Ok(_) => unreachable!("a line that could be read is not asked about"),
    }
}

fn missing(name: &str, option: &str, all: &[(String, &RawValue)]) -> Problem {
    let there = there(all.iter().map(|(name, _)| name.as_str()));
    Problem::new(format!("no field `{}` (see {option}); {there}", short(name, NAME)))
}

/// "there are `id`, `body`": the names that may have been meant.
pub(crate) fn there<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let all = names.len();
    let mut named: Vec<String> = names.take(NAMED).map(|name| format!("`{}`", short(name, NAME))).collect();
    if all > NAMED {
        named.push(format!("{} more", all - NAMED));
    }
    match &*named {
        [] => "there is none at all".to_owned(),
        [name] => format!("there is {name}"),
        names => format!("there are {}", names.join(", ")),
    }
}

fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

fn kind(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'n') => "null",
        Some(b't' | b'f') => "a boolean",
        Some(b'[') => "an array",
        Some(b'{') => "an object",
        Some(b'"') => "a string",
        _ => "a number",
    }
}

/// All fields of an object.
struct All<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for All<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AllVisitor).map(Self)
    }
}

struct AllVisitor;

impl<'de> Visitor<'de> for AllVisitor {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(entry) = map.next_entry()? {
            all.push(entry);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_name_what_is_wrong() {
        let fields = Fields { id: "id".into(), text: "text".into(), rank: None };
        let cases = [
            (r#"{"id": 1, "text": "a""#, Some(21), "EOF while parsing an object"),
            (r#"{"id": 1 "text": "a"}"#, Some(10), "expected `,` or `}`"),
            (r#"{"id": 1, "text": "a"} {}"#, Some(24), "trailing characters"),
            (r#"{"id": 1, "body": "a"}"#, None, "no field `text` (see --text-field); there are `id`, `body`"),
            (r#"{"id": 1}"#, None, "no field `text` (see --text-field); there is `id`"),
            ("{}", None, "no field `id` (see --id-field); there is none at all"),
            (r#"{"id": null, "text": "a"}"#, None, "the field `id` is null, not a string or a number"),
            (r#"{"id": 1, "text": 5}"#, None, "the field `text` is a number, not a string"),
            (r#"{"id": 1, "id": 2, "text": "a"}"#, None, "the field `id` is there twice"),
            (r#"{"id": 1, "text": "\ud800"}"#, Some(26), "unexpected end of hex escape"),
            ("[]", Some(0), "invalid type: sequence, expected an object"),
        ];
        for (line, column, message) in cases {
            let problem = diagnose(line, &fields);
            assert_eq!(problem.message, message, "{line}");
            assert_eq!(problem.column.is_some(), column.is_some(), "{line}: {problem:?}");
        }
        assert_eq!(not_utf8(b"ab\xff").column, Some(3));
    }
}
