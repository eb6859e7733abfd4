//! The classes of characters, and the normal form of tokens.
//!
//! | file | holds |
//! | --- | --- |
//! | `casefold` | `NFKC_Casefold` of any text, by its definition; slow |
//! | `char_class` | the class of a character, and which steps of normalisation it needs |
//! | `normalize` | the normal form of a token, by a fast path for most characters |

mod casefold;
mod char_class;
mod normalize;

pub(super) use char_class::{CharClass, char_traits};
pub(super) use normalize::{TokenTraits, normalize};
