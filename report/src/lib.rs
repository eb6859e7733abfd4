//! Shows reports of [`refrain`] where people look.
//!
//! A [`Report`](refrain::Report) is data. Each module of this crate writes it in one format.

pub mod html;
