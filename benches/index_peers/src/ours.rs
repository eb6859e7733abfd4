//! The index of `refrain`: its findings are verified, and a report says where and what.

use std::ops::ControlFlow;
use std::path::Path;

use refrain_index::{Index, Settings};

use crate::data::Data;
use crate::measure::Measured;
use crate::{COMMIT, Outcome};

pub(crate) fn run(data: &Data, folder: &Path, texts: bool) -> Outcome<Measured> {
    let mut settings = Settings::default();
    settings.texts = texts;
    let path = folder.join("a.index");
    let add = || {
        let mut index = Index::create(&path, settings)?;
        let entries = data.stored.iter().enumerate().map(|(number, text)| (number.to_string(), &**text));
        // It commits after 10,000 paragraphs.
        const { assert!(COMMIT == 10_000) };
        index.add_all(entries, |_| ControlFlow::Continue(()))?;
        index.compact(|_| ControlFlow::Continue(()))?;
        Ok(index)
    };
    Measured::of(&data.queries, add, |index, text| {
        let matches = index.check(text)?.matches;
        let alike = matches.iter().filter(|found| !found.paragraphs.is_empty());
        Ok(alike.map(|found| found.stored.name.parse()).collect::<Result<_, _>>()?)
    })
}
