//! What a check asks for.

use serde_json::Value;

use crate::documents::Stored;

/// Which stored documents a check looks at, and how many of them.
///
/// ```
/// use refrain_index::Query;
/// use serde_json::json;
///
/// // Only what was published before May, by a field of the metadata.
/// let query = Query::new().before_field("date", json!("2024-05-01"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Query {
    pub(crate) before: Option<u64>,
    pub(crate) field: Option<(String, Value)>,
    pub(crate) except: Option<String>,
    pub(crate) max_matches: usize,
    pub(crate) frequent: usize,
}

impl Default for Query {
    fn default() -> Self {
        Self { before: None, field: None, except: None, max_matches: 16, frequent: 1000 }
    }
}

impl Query {
    /// Looks at all stored documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks only at documents with a lesser [number](Stored::number): those that were added before that one.
    pub fn before_number(mut self, number: u64) -> Self {
        self.before = Some(number);
        self
    }

    /// Looks only at documents whose metadata has a lesser value in a field: numbers by value, strings by their bytes,
    /// as suits dates such as `2024-05-01`. Documents without the field, or with a value of another type, are left out.
    pub fn before_field(mut self, field: impl Into<String>, value: Value) -> Self {
        self.field = Some((field.into(), value));
        self
    }

    /// Leaves out the document with this name, such as an earlier version of the one to check.
    pub fn except(mut self, name: impl Into<String>) -> Self {
        self.except = Some(name.into());
        self
    }

    /// The most stored documents to compare with, 1 or more. Default 16. If what others share is not in one of
    /// these, they are compared, too, so that the guarantee holds.
    pub fn max_matches(mut self, most: usize) -> Self {
        self.max_matches = most.max(1);
        self
    }

    /// Words that more stored paragraphs have than this are boilerplate: they are reported as that, and no document is
    /// compared for them alone. Default 1000.
    pub fn frequent(mut self, paragraphs: usize) -> Self {
        self.frequent = paragraphs.max(1);
        self
    }

    /// Whether a stored document is looked at.
    pub(crate) fn admits(&self, stored: &Stored) -> bool {
        self.before.is_none_or(|number| stored.number < number)
            && self.except.as_ref().is_none_or(|name| *name != stored.name)
            && self.field.as_ref().is_none_or(|(field, value)| is_less(stored.metadata.get(field), value))
    }
}

fn is_less(found: Option<&Value>, value: &Value) -> bool {
    match (found, value) {
        (Some(Value::String(found)), Value::String(value)) => found < value,
        (Some(Value::Number(found)), Value::Number(value)) => match (found.as_i64(), value.as_i64()) {
            (Some(found), Some(value)) => found < value,
            _ => found.as_f64() < value.as_f64(),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn earlier_documents_are_admitted() {
        let stored = |metadata| Stored {
            number: 7,
            name: "a".to_owned(),
            metadata,
            bytes: 0,
            tokens: 0,
            paragraphs: 0,
        };
        for (metadata, value, admitted) in [
            (json!({"date": "2024-04-30"}), json!("2024-05-01"), true),
            (json!({"date": "2024-05-01"}), json!("2024-05-01"), false),
            (json!({"date": 5}), json!(6.5), true),
            (json!({"date": 7}), json!(6), false),
            (json!({"date": 5}), json!("2024"), false),
            (json!({}), json!("2024"), false),
            (json!(null), json!("2024"), false),
        ] {
            let query = Query::new().before_field("date", value.clone());
            assert_eq!(query.admits(&stored(metadata.clone())), admitted, "{metadata} {value}");
        }
        assert!(!Query::new().before_number(7).admits(&stored(json!(null))));
        assert!(Query::new().before_number(8).admits(&stored(json!(null))));
        assert!(!Query::new().except("a").admits(&stored(json!(null))));
    }
}
