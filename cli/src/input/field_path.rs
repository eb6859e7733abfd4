//! The names of fields, also of fields inside objects.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The name of a field. `meta.url` is the field `url` of the object `meta`, or a field whose name has a dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldPath {
    name: String,
    /// The parts of a name with dots; no part otherwise.
    parts: Vec<String>,
}

/// What a field of a record is to a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathMatch {
    /// It is the field.
    Whole,
    /// It is the object that may hold the field.
    Head,
    Other,
}

impl FieldPath {
    pub(crate) fn new(name: &str) -> Self {
        let parts = if name.contains('.') { name.split('.').map(str::to_owned).collect() } else { vec![] };
        Self { name: name.to_owned(), parts }
    }

    /// The name with its dots.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What a field of the record with this name is.
    pub(crate) fn matches(&self, field: &str) -> PathMatch {
        if field == self.name {
            PathMatch::Whole
        } else if self.parts.first().is_some_and(|head| head == field) {
            PathMatch::Head
        } else {
            PathMatch::Other
        }
    }

    /// The value of the field inside the object that is its head; `None` if there is no such field.
    ///
    /// # Errors
    ///
    /// If the value of the head is not JSON, or a name occurs twice on the way.
    pub(crate) fn inside<'a>(&self, head: &'a RawValue) -> serde_json::Result<Option<&'a RawValue>> {
        let mut value = head;
        for name in &self.parts[1..] {
            if !value.get().starts_with('{') {
                return Ok(None);
            }
            let mut deserializer = serde_json::Deserializer::from_str(value.get());
            match OneField(name).deserialize(&mut deserializer)? {
                Some(found) => value = found,
                None => return Ok(None),
            }
        }
        Ok(Some(value))
    }
}

/// Reads the value of one field of an object.
struct OneField<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for OneField<'_> {
    type Value = Option<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for OneField<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_it) = map.next_key_seed(IsName(self.0))? {
            if !is_it {
                map.next_value::<IgnoredAny>()?;
            } else if found.replace(map.next_value()?).is_some() {
                return Err(A::Error::custom("a field occurs twice"));
            }
        }
        Ok(found)
    }
}

/// Whether a name is this one.
struct IsName<'n>(&'n str);

impl<'de> DeserializeSeed<'de> for IsName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsName<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_into_objects() {
        let cases = [
            ("a.b", r#"{"b": 1}"#, Some("1")),
            ("a.b", r#"{"c": 1}"#, None),
            ("a.b", "[1]", None),
            ("a.b.c", r#"{"x": {}, "b": {"c": "z"}}"#, Some("\"z\"")),
            ("a.b.c", r#"{"b": 5}"#, None),
            ("a..c", r#"{"": {"c": true}}"#, Some("true")),
        ];
        for (path, head, expected) in cases {
            let head: &RawValue = serde_json::from_str(head).unwrap();
            let found = FieldPath::new(path).inside(head).unwrap();
            assert_eq!(found.map(RawValue::get), expected, "{path} in {head}");
        }
        let twice: &RawValue = serde_json::from_str(r#"{"b": 1, "b": 2}"#).unwrap();
        assert!(FieldPath::new("a.b").inside(twice).is_err());
    }

    #[test]
    fn a_name_with_a_dot_may_be_a_name() {
        let path = FieldPath::new("meta.url");
        assert_eq!(
            ["meta.url", "meta", "url"].map(|field| path.matches(field)),
            [PathMatch::Whole, PathMatch::Head, PathMatch::Other]
        );
        assert_eq!(FieldPath::new("meta").matches("meta"), PathMatch::Whole);
    }
}
