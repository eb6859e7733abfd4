//! Which fields of a record are kept with its text, for an index.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::field_path::{FieldPath, PathMatch};
use super::record::FieldNames;

/// The fields that are kept.
#[derive(Clone, Debug, Default)]
pub(crate) enum MetadataFields {
    #[default]
    None,
    /// All but those with the id and the text.
    All,
    Named(Vec<FieldPath>),
}

/// The name that stands for all fields.
const ALL: &str = "*";

impl MetadataFields {
    /// From the names that options give; one of them may be `*`.
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut fields = Self::None;
        for name in names {
            match &mut fields {
                _ if name == ALL => return Self::All,
                Self::Named(paths) => paths.push(FieldPath::new(name)),
                _ => fields = Self::Named(vec![FieldPath::new(name)]),
            }
        }
        fields
    }

    /// Whether nothing is kept.
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The fields of a record that are kept, by the names that options give. What is null is not there.
    ///
    /// # Errors
    ///
    /// If the line is not an object, or a name occurs twice in an object on the way to a field.
    pub(crate) fn of(&self, line: &str, used: &FieldNames) -> serde_json::Result<Map<String, Value>> {
        let mut kept = Map::new();
        if self.is_none() {
            return Ok(kept);
        }
        let mut keep = |name: &str, value: &RawValue| {
            let value: Value = serde_json::from_str(value.get())?;
            if !value.is_null() {
                kept.insert(name.to_owned(), value);
            }
            serde_json::Result::Ok(())
        };
        for (name, value) in serde_json::from_str::<BTreeMap<String, &RawValue>>(line)? {
            match self {
                Self::None => {}
                Self::All => {
                    let holds = |path: &FieldPath| path.matches(&name) != PathMatch::Other;
                    if !holds(&used.text) && !used.id.as_ref().is_some_and(holds) {
                        keep(&name, value)?;
                    }
                }
                Self::Named(paths) => {
                    for path in paths {
                        match path.matches(&name) {
                            PathMatch::Whole => keep(path.name(), value)?,
                            PathMatch::Head => {
                                path.inside(value)?.map_or(Ok(()), |value| keep(path.name(), value))?;
                            }
                            PathMatch::Other => {}
                        }
                    }
                }
            }
        }
        Ok(kept)
    }

    /// The fields that are named.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let paths = if let Self::Named(paths) = self { paths.as_slice() } else { &[] };
        paths.iter().map(FieldPath::name)
    }
}
