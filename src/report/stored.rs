//! How types with shares are serialised. Shares are computed again from the counts next to them, since a
//! reader may round a decimal number differently.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::finding::Finding;
use super::summary::{DocumentSummary, ParagraphSummary};

macro_rules! with_shares {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // The function that is derived for the fields, not this one.
                Self::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut read = Self::deserialize(deserializer)?;
                read.set_shares();
                Ok(read)
            }
        }
    )*};
}

with_shares! { DocumentSummary, ParagraphSummary, Finding }
