//! A record: a line with an object in it, of which two or three fields matter.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::rank::Rank;

/// What the fields that matter are called.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) id: String,
    pub(crate) text: String,
    /// By whose number it is decided who stays.
    pub(crate) rank: Option<String>,
}

/// What matters of a record. `T` is [`Text`], or [`RawText`] for a text as it is written.
#[derive(Debug)]
pub(crate) struct Record<'a, T> {
    /// As it is written: a string or a number that is given back byte for byte.
    pub(crate) id: &'a str,
    pub(crate) text: T,
    pub(crate) rank: Rank,
}

/// A decoded text, borrowed where it has no escapes.
#[derive(Debug)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

/// A text as it is written, quotes and all.
#[derive(Debug)]
pub(crate) struct RawText<'a>(pub(crate) &'a str);

impl<'a, T: Deserialize<'a>> Record<'a, T> {
    /// Reads a line. If that fails, [`diagnose`](super::diagnose) tells why.
    pub(crate) fn read(line: &'a str, fields: &Fields) -> serde_json::Result<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let record = Seed { fields, text: PhantomData }.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(record)
    }
}

/// Whether an id is what it may be.
pub(crate) fn is_id(raw: &str) -> bool {
    raw.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit())
}

struct Seed<'f, T> {
    fields: &'f Fields,
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
            let twice = match key {
                Key::Id => id.replace(map.next_value()?).is_some(),
                Key::Text => text.replace(map.next_value()?).is_some(),
                Key::Rank => rank.replace(map.next_value()?).is_some(),
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
            if twice {
                return Err(A::Error::custom("a field is there twice"));
            }
        }
        let id = id.map(RawValue::get).filter(|id| is_id(id));
        let (Some(id), Some(text)) = (id, text) else {
            return Err(A::Error::custom("a field is missing"));
        };
        let rank = match &self.fields.rank {
            None => Rank::NONE,
            Some(name) if *name == self.fields.id => Rank::of(id),
            Some(_) => rank.map_or(Rank::NONE, |rank| Rank::of(rank.get())),
        };
        Ok(Record { id, text, rank })
    }
}

enum Key {
    Id,
    Text,
    Rank,
    Other,
}

struct KeySeed<'f>(&'f Fields);

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
        Ok(if name == self.0.text {
            Key::Text
        } else if name == self.0.id {
            Key::Id
        } else if self.0.rank.as_deref() == Some(name) {
            Key::Rank
        } else {
            Key::Other
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
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
