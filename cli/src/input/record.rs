//! Parses a line as a record: a JSON object of which only two or three fields are used.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use refrain::Rank;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::field_path::{FieldPath, PathMatch};

/// The names of the fields that are used.
#[derive(Clone, Debug)]
pub(crate) struct FieldNames {
    /// `None` if the numbers of the lines are the ids.
    pub(crate) id: Option<FieldPath>,
    pub(crate) text: FieldPath,
    /// The field whose number `--keep field:NAME` compares.
    pub(crate) rank: Option<FieldPath>,
}

/// The name that stands for the number of the line.
pub(crate) const LINE: &str = "line";

impl FieldNames {
    /// From the names that options give; the id may be [`LINE`].
    pub(crate) fn new(id: &str, text: &str, rank: Option<&str>) -> Self {
        let id = (id != LINE).then(|| FieldPath::new(id));
        Self { id, text: FieldPath::new(text), rank: rank.map(FieldPath::new) }
    }
}

/// The fields of a record that are used. `T` is [`DecodedText`], or [`RawText`] for the text as written.
#[derive(Debug)]
pub(crate) struct Record<'a, T> {
    /// The id as written: a string or a number. Outputs repeat it byte for byte. `None` if the number of the
    /// line is the id.
    pub(crate) id: Option<&'a str>,
    pub(crate) text: T,
    pub(crate) rank: Rank,
}

/// A decoded text, borrowed if it has no escapes.
#[derive(Debug)]
pub(crate) struct DecodedText<'a>(pub(crate) Cow<'a, str>);

/// A text as written in JSON, quotes included.
#[derive(Debug)]
pub(crate) struct RawText<'a>(pub(crate) &'a str);

impl<'a, T: Deserialize<'a>> Record<'a, T> {
    /// Parses a line. If this fails, `diagnose` says why in terms of the field names.
    pub(crate) fn parse(line: &'a str, fields: &FieldNames) -> serde_json::Result<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let record = Seed { fields, text: PhantomData }.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(record)
    }
}

/// Whether a JSON value, as written, may be an id: a string or a number.
pub(crate) fn is_id(raw: &str) -> bool {
    raw.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit())
}

struct Seed<'f, T> {
    fields: &'f FieldNames,
    text: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = Record<'de, T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Seed<'_, T> {
    type Value = Record<'de, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut id, mut text, mut rank) = (None::<&RawValue>, None, None::<&RawValue>);
        while let Some(key) = map.next_key_seed(KeySeed(self.fields))? {
            let duplicate = match key {
                Key::Id => id.replace(map.next_value()?).is_some(),
                Key::Text => text.replace(map.next_value()?).is_some(),
                Key::Rank => rank.replace(map.next_value()?).is_some(),
                Key::Head(heads) => {
                    let inside =
                        Inside::of((heads, map.next_value()?), self.fields).map_err(A::Error::custom)?;
                    let found = inside.text.map(|raw| serde_json::from_str::<T>(raw.get())).transpose();
                    replace(&mut id, inside.id)
                        | replace(&mut rank, inside.rank)
                        | replace(&mut text, found.map_err(A::Error::custom)?)
                }
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if duplicate {
                return Err(A::Error::custom("a field occurs twice"));
            }
        }
        let id = id.map(RawValue::get).filter(|id| is_id(id));
        let Some(text) = text.filter(|_| id.is_some() || self.fields.id.is_none()) else {
            return Err(A::Error::custom("a field is missing"));
        };
        let rank = match &self.fields.rank {
            None => Rank::NONE,
            name if *name == self.fields.id => id.map_or(Rank::NONE, Rank::of_json),
            Some(_) => rank.map_or(Rank::NONE, |rank| Rank::of_json(rank.get())),
        };
        Ok(Record { id, text, rank })
    }
}

/// Puts a value in place, if there is one. Whether one was there before.
fn replace<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    value.is_some_and(|value| place.replace(value).is_some())
}

/// The fields that one object inside the record holds.
struct Inside<'a> {
    id: Option<&'a RawValue>,
    text: Option<&'a RawValue>,
    rank: Option<&'a RawValue>,
}

impl<'a> Inside<'a> {
    fn of((head, value): (Heads, &'a RawValue), fields: &FieldNames) -> serde_json::Result<Self> {
        let of = |field: Option<&FieldPath>, wanted: bool| match field.filter(|_| wanted) {
            Some(field) => field.inside(value),
            None => Ok(None),
        };
        Ok(Self {
            id: of(fields.id.as_ref(), head.id)?,
            text: of(Some(&fields.text), head.text)?,
            rank: of(fields.rank.as_ref(), head.rank)?,
        })
    }
}

enum Key {
    Id,
    Text,
    Rank,
    /// An object that may hold some of them.
    Head(Heads),
    Other,
}

/// Which fields an object may hold.
struct Heads {
    id: bool,
    text: bool,
    rank: bool,
}

struct KeySeed<'f>(&'f FieldNames);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        let FieldNames { id, text, rank } = self.0;
        let of = |field: &Option<FieldPath>| field.as_ref().map_or(PathMatch::Other, |it| it.matches(name));
        let (id, text, rank) = (of(id), text.matches(name), of(rank));
        Ok(match (text, id, rank) {
            (PathMatch::Other, PathMatch::Other, PathMatch::Other) => Key::Other,
            (PathMatch::Whole, ..) => Key::Text,
            (_, PathMatch::Whole, _) => Key::Id,
            (.., PathMatch::Whole) => Key::Rank,
            _ => Key::Head(Heads {
                id: id == PathMatch::Head,
                text: text == PathMatch::Head,
                rank: rank == PathMatch::Head,
            }),
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for DecodedText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for RawText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(|raw| Self(raw.get()))
    }
}
