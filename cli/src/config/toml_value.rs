//! Places in a file, and values of TOML as values of JSON.

use std::ops::Range;

use serde_json::Value;
use toml::de::DeValue;

use crate::error::Error;

/// A file of TOML with its name, for messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Toml<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

/// The most characters of a value that a message shows.
const MAX_SHOWN: usize = 40;

impl Toml<'_> {
    /// `refrain.toml:3:13`, the place where a range of bytes begins; columns count characters.
    pub(super) fn place(self, range: &Range<usize>) -> String {
        let before = &self.text[..self.text.floor_char_boundary(range.start)];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.matches('\n').count() + 1;
        format!("{}:{line}:{}", self.name, before[line_start..].chars().count() + 1)
    }

    pub(super) fn error(self, range: &Range<usize>, message: impl std::fmt::Display) -> Error {
        Error::new(format!("{}: {message}", self.place(range)))
    }

    /// `threshold must be …, got "high"`.
    pub(super) fn wrong_value(self, key: &str, accepts: &str, range: &Range<usize>) -> Error {
        let value = self.text.get(range.clone()).unwrap_or_default();
        let first = value.lines().next().unwrap_or_default();
        let mut shown: String = first.chars().take(MAX_SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        self.error(range, format!("{key} must be {accepts}, got {shown}"))
    }
}

/// A value of TOML as one of JSON; `None` for dates, tables and numbers that JSON does not have.
pub(super) fn json(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::from(&**text),
        DeValue::Boolean(value) => Value::from(*value),
        DeValue::Integer(number) => {
            let (digits, radix) = (number.as_str(), number.radix());
            match i64::from_str_radix(digits, radix) {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(u64::from_str_radix(digits, radix).ok()?),
            }
        }
        DeValue::Float(number) => Value::Number(serde_json::Number::from_f64(number.as_str().parse().ok()?)?),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| json(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Datetime(_) | DeValue::Table(_) => return None,
    })
}
