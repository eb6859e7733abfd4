//! What a check asks for.

use std::cmp::Ordering;

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
    /// as suits dates such as `2024-05-01`. `meta.date` is the field `date` of the object `meta`, or a field whose name
    /// has a dot. Documents without the field, or with a value of another type, are left out, and
    /// [counted](crate::Report::undated).
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
    /// compared for them alone. 1 or more, default 1000.
    pub fn frequent(mut self, paragraphs: usize) -> Self {
        self.frequent = paragraphs.max(1);
        self
    }

    /// The value of a field in metadata, as [`before_field`](Self::before_field) finds it: that of the field with this
    /// name, or else, for a name such as `a.b.c`, that of the field `b.c` in the object `a`, by the same rule. `None` if
    /// there is no such field, or the metadata is not an object.
    ///
    /// ```
    /// use refrain_index::Query;
    /// use serde_json::json;
    ///
    /// let metadata = json!({"meta": {"date": "2024-05-01", "dc.date": "2024"}});
    /// assert_eq!(Query::value_of(&metadata, "meta.date"), Some(&json!("2024-05-01")));
    /// assert_eq!(Query::value_of(&metadata, "meta.dc.date"), Some(&json!("2024")));
    /// assert_eq!(Query::value_of(&metadata, "date"), None);
    /// ```
    #[must_use]
    pub fn value_of<'v>(metadata: &'v Value, field: &str) -> Option<&'v Value> {
        metadata.get(field).or_else(|| {
            let (head, rest) = field.split_once('.')?;
            Self::value_of(metadata.get(head)?, rest)
        })
    }

    /// Whether a stored document is looked at.
    pub(crate) fn admits(&self, stored: &Stored) -> Admits {
        if self.before.is_some_and(|number| stored.number >= number)
            || self.except.as_ref().is_some_and(|name| *name == stored.name)
        {
            return Admits::No;
        }
        let Some((field, value)) = &self.field else { return Admits::Yes };
        match Self::value_of(&stored.metadata, field).and_then(|found| compare(found, value)) {
            Some(Ordering::Less) => Admits::Yes,
            Some(_) => Admits::No,
            None => Admits::Undated,
        }
    }
}

/// Whether a stored document is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admits {
    Yes,
    No,
    /// No: it has no value that can be compared with the one of the query.
    Undated,
}

fn compare(found: &Value, value: &Value) -> Option<Ordering> {
    match (found, value) {
        (Value::String(found), Value::String(value)) => Some(found.cmp(value)),
        (Value::Number(found), Value::Number(value)) => match (found.as_i64(), value.as_i64()) {
            (Some(found), Some(value)) => Some(found.cmp(&value)),
            _ => found.as_f64()?.partial_cmp(&value.as_f64()?),
        },
        _ => None,
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
        use Admits::{No, Undated, Yes};
        for (metadata, value, admitted) in [
            (json!({"date": "2024-04-30"}), json!("2024-05-01"), Yes),
            (json!({"date": "2024-05-01"}), json!("2024-05-01"), No),
            (json!({"date": 5}), json!(6.5), Yes),
            (json!({"date": 7}), json!(6), No),
            (json!({"date": 5}), json!("2024"), Undated),
            (json!({}), json!("2024"), Undated),
            (json!(null), json!("2024"), Undated),
        ] {
            let query = Query::new().before_field("date", value.clone());
            assert_eq!(query.admits(&stored(metadata.clone())), admitted, "{metadata} {value}");
        }
        for (field, admitted) in [("a.b", Yes), ("a.b.c", Undated), ("c.d", Yes), ("a", Undated)] {
            let query = Query::new().before_field(field, json!(5));
            assert_eq!(query.admits(&stored(json!({"a": {"b": 4}, "c.d": 4}))), admitted, "{field}");
        }
        for (metadata, value) in [
            (json!({"a": {"b.c": 1}}), Some(1)),
            (json!({"a": {"b": {"c": 1}}}), Some(1)),
            (json!({"a.b.c": 1, "a": {"b.c": 2}}), Some(1)),
            (json!({"a.b": {"c": 1}}), None),
            (json!([1]), None),
        ] {
            let found = Query::value_of(&metadata, "a.b.c").and_then(Value::as_i64);
            assert_eq!(found, value, "{metadata}");
        }
        for (query, admitted) in [
            (Query::new().before_number(7), No),
            (Query::new().before_number(8), Yes),
            (Query::new().except("a"), No),
            (Query::new().except("b"), Yes),
        ] {
            assert_eq!(query.admits(&stored(json!(null))), admitted, "{query:?}");
        }
    }
}
