//! Says what is wrong with a line that is not a record.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::field_path::{FieldPath, PathMatch};
use super::record::{DecodedText, FieldNames, LINE, Record, is_id};

/// How many field names are listed in a message.
const MAX_NAMES: usize = 12;
/// How many characters of a field name are shown.
const MAX_NAME: usize = 40;
/// How many characters of a JSON error are shown; it may quote the line.
const MAX_MESSAGE: usize = 120;
/// How deep inside objects fields are listed.
const MAX_DEPTH: usize = 3;

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

    /// The error of serde_json on a line, whose position is relative to the line.
    pub(crate) fn from_json(error: &serde_json::Error, line: &str) -> Self {
        if error.is_eof() {
            // The first line of an object that goes on, not a record that was cut off.
            let opens = line.trim_end().ends_with(['{', '[', ',']);
            return Self {
                column: Some(error.column().max(1)),
                message: match opens {
                    true => format!("the object goes on in the next line; {ONE_A_LINE} {PRETTY}"),
                    false => format!("the object does not end; {ONE_A_LINE} it was probably cut off"),
                },
            };
        }
        let full = error.to_string();
        let message = full.rsplit_once(" at line ").map_or(&*full, |(message, _)| message);
        Self {
            column: (error.line() == 1).then(|| error.column().max(1)),
            message: shorten(message, MAX_MESSAGE),
        }
    }
}

/// What JSON Lines are, and how to make them.
const ONE_A_LINE: &str = "JSON Lines have one whole object a line;";
const PRETTY: &str = "`jq -c . FILE` puts each object on one line";
const ARRAY: &str = "`jq -c '.[]' FILE` makes lines of an array";

/// Why these bytes are not UTF-8.
pub(crate) fn not_utf8(line: &[u8]) -> Problem {
    let at = std::str::from_utf8(line).map_or_else(|error| error.valid_up_to(), str::len);
    Problem { column: Some(at + 1), message: "invalid UTF-8".to_owned() }
}

/// Why [`Record::parse`] failed on this line.
pub(crate) fn diagnose(line: &str, fields: &FieldNames) -> Problem {
    let start = line.trim_start();
    if start.starts_with('[') {
        return Problem::new(format!("an array, not an object; {ONE_A_LINE} {ARRAY}"));
    }
    let all = match serde_json::from_str::<AllFields<'_>>(line) {
        Ok(AllFields(all)) => all,
        Err(error) if !start.starts_with('{') && !error.is_eof() => {
            let is = match start.as_bytes() {
                [b'"' | b'n' | b't' | b'f' | b'-' | b'0'..=b'9', ..] if error.is_data() => json_type(start),
                [b'}' | b']', ..] => {
                    return Problem::new(format!("no object begins here; {ONE_A_LINE} {PRETTY}"));
                }
                _ => return Problem::new(format!("this is not JSON; {ONE_A_LINE} expected `{{`")),
            };
            return Problem::new(format!("{is}, not an object; {ONE_A_LINE} expected `{{`"));
        }
        Err(error) => return Problem::from_json(&error, line),
    };
    let FieldNames { id, text, rank } = fields;
    for path in [id.as_ref(), Some(text), rank.as_ref()].into_iter().flatten() {
        match values(&all, path) {
            Ok(found) if found.len() < 2 => {}
            _ => {
                return Problem::new(format!("the field `{}` occurs twice", shorten(path.name(), MAX_NAME)));
            }
        }
    }
    let value = |path| values(&all, path).ok().and_then(|found| found.first().map(|value| value.get()));
    if let Some(path) = id {
        let Some(id) = value(path) else { return no_id(path, &all) };
        if !is_id(id) {
            return Problem::new(format!(
                "the field `{}` is {}, not a string or a number; `--id-field {LINE}` takes the numbers of the \
                 lines as ids",
                shorten(path.name(), MAX_NAME),
                json_type(id)
            ));
        }
    }
    let Some(found) = value(text) else { return no_text(text, &all) };
    if !found.starts_with('"') {
        return Problem::new(format!(
            "the field `{}` is {}, not a string",
            shorten(text.name(), MAX_NAME),
            json_type(found)
        ));
    }
    match Record::<DecodedText<'_>>::parse(line, fields) {
        Err(error) => Problem::from_json(&error, line),
        Ok(_) => unreachable!("only lines that could not be parsed are diagnosed"),
    }
}

/// All values that a path leads to.
fn values<'a>(all: &[(String, &'a RawValue)], path: &FieldPath) -> serde_json::Result<Vec<&'a RawValue>> {
    let mut found = Vec::new();
    for (name, value) in all {
        match path.matches(name) {
            PathMatch::Whole => found.push(*value),
            PathMatch::Head => found.extend(path.inside(value)?),
            PathMatch::Other => {}
        }
    }
    Ok(found)
}

fn no_id(path: &FieldPath, all: &[(String, &RawValue)]) -> Problem {
    Problem::new(format!(
        "no field `{}`; name the field with the ids with --id-field, or take the numbers of the lines with \
         `--id-field {LINE}`; {}",
        shorten(path.name(), MAX_NAME),
        fields_inside(all)
    ))
}

fn no_text(path: &FieldPath, all: &[(String, &RawValue)]) -> Problem {
    Problem::new(format!(
        "no field `{}`; name the field with the text with --text-field; {}",
        shorten(path.name(), MAX_NAME),
        fields_inside(all)
    ))
}

/// The same for a line; nothing if it is not an object.
pub(crate) fn fields_of(line: &str) -> String {
    serde_json::from_str::<AllFields<'_>>(line).map_or_else(|_| String::new(), |all| fields_inside(&all.0))
}

/// "the fields are `id`, `meta.body`": the names that may have been meant, also inside objects.
fn fields_inside(all: &[(String, &RawValue)]) -> String {
    let mut names = Vec::new();
    add_names("", all, MAX_DEPTH, &mut names);
    name_list("field", names.iter().map(String::as_str))
}

fn add_names(before: &str, all: &[(String, &RawValue)], depth: usize, names: &mut Vec<String>) {
    for (name, value) in all {
        let name = format!("{before}{name}");
        match serde_json::from_str::<AllFields<'_>>(value.get()) {
            Ok(AllFields(inside)) if depth > 1 && !inside.is_empty() => {
                add_names(&format!("{name}."), &inside, depth - 1, names);
            }
            _ => names.push(name),
        }
    }
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
        let fields = FieldNames::new("id", "text", None);
        let cases = [
            (
                r#"{"id": 1, "text": "a""#,
                Some(21),
                "the object does not end; JSON Lines have one whole object a line; it was probably cut off",
            ),
            (
                r#"{"id": 1,"#,
                Some(9),
                "the object goes on in the next line; JSON Lines have one whole object a line; `jq -c . FILE` \
                 puts each object on one line",
            ),
            (r#"{"id": 1 "text": "a"}"#, Some(10), "expected `,` or `}`"),
            (r#"{"id": 1, "text": "a"} {}"#, Some(24), "trailing characters"),
            (
                r#"{"id": 1, "body": "a", "meta": {"url": "b", "more": {}}}"#,
                None,
                "no field `text`; name the field with the text with --text-field; the fields are `id`, `body`, \
                 `meta.url`, `meta.more`",
            ),
            (
                "{}",
                None,
                "no field `id`; name the field with the ids with --id-field, or take the numbers of the lines \
                 with `--id-field line`; there are no fields",
            ),
            (
                r#"{"id": null, "text": "a"}"#,
                None,
                "the field `id` is null, not a string or a number; `--id-field line` takes the numbers of the \
                 lines as ids",
            ),
            (r#"{"id": 1, "text": 5}"#, None, "the field `text` is a number, not a string"),
            (r#"{"id": 1, "id": 2, "text": "a"}"#, None, "the field `id` occurs twice"),
            (r#"{"id": 1, "text": "\ud800"}"#, Some(26), "unexpected end of hex escape"),
            (
                "[{",
                None,
                "an array, not an object; JSON Lines have one whole object a line; `jq -c '.[]' FILE` makes \
                 lines of an array",
            ),
            (
                "  }",
                None,
                "no object begins here; JSON Lines have one whole object a line; `jq -c . FILE` puts each \
                 object on one line",
            ),
            ("12", None, "a number, not an object; JSON Lines have one whole object a line; expected `{`"),
            ("hello", None, "this is not JSON; JSON Lines have one whole object a line; expected `{`"),
        ];
        for (line, column, message) in cases {
            let problem = diagnose(line, &fields);
            assert_eq!(problem.message, message, "{line}");
            assert_eq!(problem.column.is_some(), column.is_some(), "{line}: {problem:?}");
        }
        assert_eq!(not_utf8(b"ab\xff").column, Some(3));
    }
}
