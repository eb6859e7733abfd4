//! Says what is wrong with a line that is not a record.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::record::{DecodedText, FieldNames, Record, is_id};

/// How many field names are listed in a message.
const MAX_NAMES: usize = 12;
/// How many characters of a field name are shown.
const MAX_NAME: usize = 40;
/// How many characters of a JSON error are shown; it may quote the line.
const MAX_MESSAGE: usize = 120;

/// Why a line is not a record, and the column in bytes, counted from 1, if it is known.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) column: Option<usize>,
    pub(crate) message: String,
}

impl Problem {
    fn new(message: String) -> Self {
        Self { column: None, message }
    }

    /// The error of serde_json, whose position is relative to the line.
    fn from_json(error: &serde_json::Error) -> Self {
        let full = error.to_string();
        let message = full.rsplit_once(" at line ").map_or(&*full, |(message, _)| message);
        Self {
            column: (error.line() == 1).then(|| error.column().max(1)),
            message: shorten(message, MAX_MESSAGE),
        }
    }
}

/// Why these bytes are not UTF-8.
pub(crate) fn not_utf8(line: &[u8]) -> Problem {
    let at = std::str::from_utf8(line).map_or_else(|error| error.valid_up_to(), str::len);
    Problem { column: Some(at + 1), message: "invalid UTF-8".to_owned() }
}

/// Why [`Record::parse`] failed on this line.
pub(crate) fn diagnose(line: &str, fields: &FieldNames) -> Problem {
    let all = match serde_json::from_str::<AllFields<'_>>(line) {
        Ok(AllFields(all)) => all,
        Err(error) => return Problem::from_json(&error),
    };
    for name in [Some(&fields.id), Some(&fields.text), fields.rank.as_ref()].into_iter().flatten() {
        if all.iter().filter(|(field, _)| field == name).count() > 1 {
            return Problem::new(format!("the field `{}` occurs twice", shorten(name, MAX_NAME)));
        }
    }
    let value = |name: &str| all.iter().find(|(field, _)| field == name).map(|(_, value)| value.get());
    let (id, text) = match (value(&fields.id), value(&fields.text)) {
        (Some(id), Some(text)) => (id, text),
        (None, _) => return missing(&fields.id, "--id-field", &all),
        (_, None) => return missing(&fields.text, "--text-field", &all),
    };
    if !is_id(id) {
        let message = format!(
            "the field `{}` is {}, not a string or a number",
            shorten(&fields.id, MAX_NAME),
            json_type(id)
        );
        return Problem::new(message);
    }
    if !text.starts_with('"') {
        return Problem::new(format!(
            "the field `{}` is {}, not a string",
            shorten(&fields.text, MAX_NAME),
            json_type(text)
        ));
    }
    match Record::<DecodedText<'_>>::parse(line, fields) {
        Err(error) => Problem::from_json(&error),
        Ok(_) => unreachable!("only lines that could not be parsed are diagnosed"),
    }
}

fn missing(name: &str, option: &str, all: &[(String, &RawValue)]) -> Problem {
    let fields = name_list("field", all.iter().map(|(name, _)| name.as_str()));
    Problem::new(format!("no field `{}` (see {option}); {fields}", shorten(name, MAX_NAME)))
}

/// "the fields are `id`, `body`": the names that may have been meant.
pub(crate) fn name_list<'a>(noun: &str, names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let all = names.len();
    let mut listed: Vec<String> =
        names.take(MAX_NAMES).map(|name| format!("`{}`", shorten(name, MAX_NAME))).collect();
    if all > MAX_NAMES {
        listed.push(format!("{} more", all - MAX_NAMES));
    }
    match &*listed {
        [] => format!("there are no {noun}s"),
        [name] => format!("the only {noun} is {name}"),
        names => format!("the {noun}s are {}", names.join(", ")),
    }
}

fn shorten(text: &str, max_chars: usize) -> String {
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

fn json_type(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'n') => "null",
        Some(b't' | b'f') => "a boolean",
        Some(b'[') => "an array",
        Some(b'{') => "an object",
        Some(b'"') => "a string",
        _ => "a number",
    }
}

/// All fields of a JSON object.
struct AllFields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for AllFields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AllFieldsVisitor).map(Self)
    }
}

struct AllFieldsVisitor;

impl<'de> Visitor<'de> for AllFieldsVisitor {
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
    fn messages_name_the_problem() {
        let fields = FieldNames { id: "id".into(), text: "text".into(), rank: None };
        let cases = [
            (r#"{"id": 1, "text": "a""#, Some(21), "EOF while parsing an object"),
            (r#"{"id": 1 "text": "a"}"#, Some(10), "expected `,` or `}`"),
            (r#"{"id": 1, "text": "a"} {}"#, Some(24), "trailing characters"),
            (
                r#"{"id": 1, "body": "a"}"#,
                None,
                "no field `text` (see --text-field); the fields are `id`, `body`",
            ),
            (r#"{"id": 1}"#, None, "no field `text` (see --text-field); the only field is `id`"),
            ("{}", None, "no field `id` (see --id-field); there are no fields"),
            (r#"{"id": null, "text": "a"}"#, None, "the field `id` is null, not a string or a number"),
            (r#"{"id": 1, "text": 5}"#, None, "the field `text` is a number, not a string"),
            (r#"{"id": 1, "id": 2, "text": "a"}"#, None, "the field `id` occurs twice"),
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
