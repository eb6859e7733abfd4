//! Shows reports of [`refrain`] where people look.
//!
//! A [`Report`](refrain::Report) is data. Each module of this crate writes it in one format.
//!
//! ```
//! use refrain::{Detector, Document};
//! use refrain_report::{Checked, Select, lines};
//!
//! let line = "The ferry leaves the old harbour at nine in the morning, and comes back before it is dark.";
//! let documents = [Document::new("ferry.txt", format!("{line}\n\n{line}\n"))];
//! let report = Detector::new().check_all(&documents);
//! let mut out = Vec::new();
//! lines::write(&mut out, &[Checked::new(&report, &documents)], Select::Shown)?;
//! let out = String::from_utf8(out).unwrap();
//! let line = "ferry.txt:3:1: warning: the same words as the paragraph at line 1 [exact-duplicate]";
//! assert!(out.lines().any(|found| found == line));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Names, texts and messages may hold anything: each format escapes them, and what is left controls neither a
//! terminal nor the direction of the text around it.

mod checked;
mod plain;
mod source_facts;

mod explanation;
mod fingerprint;

pub mod csv;
pub mod github;
pub mod html;
pub mod junit;
pub mod lines;
pub mod markdown;
pub mod sarif;

pub use checked::{Checked, Select};
pub use explanation::{EXPLANATIONS, Explanation};
pub use fingerprint::Fingerprint;
pub use source_facts::SourceFacts;
