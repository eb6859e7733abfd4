//! Characters: what each is to the tokeniser, and how tokens are normalised.
//!
//! | file | does |
//! | --- | --- |
//! | `casefold` | `NFKC_Casefold` of any text, the slow way |
//! | `char_class` | the class of a character and what its normalisation needs |
//! | `normalize` | the normal form of a token, the fast way where the characters allow it |

mod casefold;
mod char_class;
mod normalize;

pub(super) use char_class::{Class, traits};
pub(super) use normalize::{Form, normalize};
