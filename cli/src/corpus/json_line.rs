//! Lines of JSON Lines one by one, for programs that get them from elsewhere.

use std::borrow::Cow;

use refrain::{Rank, Span};

use super::json_edit::{JsonString, write_thinned};
use crate::input::diagnose::{Problem, diagnose};
use crate::input::lines::trim_line;
use crate::input::record::{DecodedText, FieldNames, RawText, Record};

/// Reads lines of JSON Lines and cuts paragraphs out of them, just as the corpus commands do.
///
/// ```
/// use refrain::Span;
/// use refrain_cli::JsonLines;
///
/// let lines = JsonLines::new("id", "text", None);
/// let line = r#"{"id": 7, "text": "One.\n\nTwo \u2013 two."}"#;
/// let record = lines.parse(line).unwrap();
/// assert_eq!((record.id, &record.text[..]), (Some("7"), "One.\n\nTwo – two."));
///
/// let paragraphs = [(Span::new(0, 4), false), (Span::new(6, 18), true)];
/// assert_eq!(lines.thinned(line, &paragraphs).unwrap(), r#"{"id": 7, "text": "Two \u2013 two."}"#);
/// assert_eq!(lines.as_written(line, Span::new(6, 18)), Some(r"Two \u2013 two."));
///
/// let problem = lines.parse(r#"{"id": 8, "text": null}"#).unwrap_err();
/// assert_eq!(problem, "the field `text` is null, not a string");
/// ```
#[derive(Clone, Debug)]
pub struct JsonLines {
    fields: FieldNames,
}

/// What the commands use of a record.
#[derive(Debug)]
#[non_exhaustive]
pub struct JsonLine<'a> {
    /// The id as written: a string or a number. `None` if the numbers of the lines are the ids.
    pub id: Option<&'a str>,
    /// The text.
    pub text: Cow<'a, str>,
    /// The number in the field by which records are preferred.
    pub rank: Rank,
}

impl JsonLines {
    /// Names the fields as the options of the commands do; the id may be `line`.
    #[must_use]
    pub fn new(id_field: &str, text_field: &str, rank_field: Option<&str>) -> Self {
        Self { fields: FieldNames::new(id_field, text_field, rank_field) }
    }

    /// Reads a line.
    ///
    /// # Errors
    ///
    /// If it is not a record: what is wrong with it, and where.
    pub fn parse<'a>(&self, line: &'a str) -> Result<JsonLine<'a>, String> {
        let line = trim_line(line);
        match Record::<DecodedText<'a>>::parse(line, &self.fields) {
            Ok(Record { id, text: DecodedText(text), rank }) => Ok(JsonLine { id, text, rank }),
            Err(_) => Err(match diagnose(line, &self.fields) {
                Problem { column: Some(column), message } => format!("column {column}: {message}"),
                Problem { column: None, message } => message,
            }),
        }
    }

    /// The line with only some of the paragraphs of its text. `paragraphs` are all of them, each with whether it
    /// stays; at least one does.
    ///
    /// `None` if the line is not a record with these paragraphs.
    #[must_use]
    pub fn thinned(&self, line: &str, paragraphs: &[(Span, bool)]) -> Option<String> {
        let mut result = Vec::with_capacity(line.len());
        write_thinned(line, self.raw_text(line)?, paragraphs, &mut result)?;
        String::from_utf8(result).ok()
    }

    /// A span of the text of a line as it is written in JSON, without quotes.
    #[must_use]
    pub fn as_written<'a>(&self, line: &'a str, span: Span) -> Option<&'a str> {
        JsonString::new(self.raw_text(line)?).slice(span)
    }

    fn raw_text<'a>(&self, line: &'a str) -> Option<&'a str> {
        let RawText(text) = Record::parse(trim_line(line), &self.fields).ok()?.text;
        Some(text)
    }
}
