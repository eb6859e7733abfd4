//! Changes of an index, and what is stored after each. Tests of crashes and of power losses share them.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use refrain_index::Index;

use super::generator::{Rng, Writer};
use super::go_on;

/// What is done, step by step. It depends on the seed alone.
pub(crate) enum Step {
    Add(Vec<(String, String)>),
    Replace(Vec<(String, String)>),
    Remove(Vec<String>),
    Compact,
}

/// What is stored: names and texts.
pub(crate) type Content = BTreeMap<String, String>;

/// The first steps, each with what is stored after it.
pub(crate) fn steps(seed: u64, count: usize) -> Vec<(Step, Content)> {
    let (mut rng, mut writer) = (Rng::new(seed), Writer::english(seed));
    let mut stored = Content::new();
    let mut steps = Vec::new();
    for number in 0..count {
        let some = |rng: &mut Rng, stored: &Content| -> Vec<String> {
            stored.keys().filter(|_| rng.once_in(4)).cloned().collect()
        };
        let step = match rng.below(10) {
            0 | 1 if !stored.is_empty() => Step::Remove(some(&mut rng, &stored)),
            2 if !stored.is_empty() => {
                let names = some(&mut rng, &stored);
                Step::Replace(names.into_iter().map(|name| (name, writer.document(600))).collect())
            }
            3 => Step::Compact,
            _ => {
                let documents = 1 + rng.below(6);
                Step::Add(
                    (0..documents).map(|at| (format!("{number}-{at}"), writer.document(1500))).collect(),
                )
            }
        };
        match &step {
            Step::Add(documents) | Step::Replace(documents) => stored.extend(documents.iter().cloned()),
            Step::Remove(names) => stored.retain(|name, _| !names.contains(name)),
            Step::Compact => {}
        }
        steps.push((step, stored.clone()));
    }
    steps
}

impl Step {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Replace(_) => "replace",
            Self::Remove(_) => "remove",
            Self::Compact => "compact",
        }
    }
}

pub(crate) fn apply(index: &mut Index, step: Step) -> Result<(), refrain_index::Error> {
    match step {
        Step::Add(documents) => index.add_all(&documents, go_on).map(drop),
        Step::Replace(documents) => index.replace_all(&documents, go_on).map(drop),
        Step::Remove(names) => index.remove_all(names.iter().map(String::as_str)).map(drop),
        Step::Compact => index.compact(go_on),
    }
}

/// What an index holds.
pub(crate) fn content(index: &Index) -> Content {
    let mut names = Vec::new();
    let listed = index.documents(|stored| {
        names.push(stored.name);
        ControlFlow::Continue(())
    });
    listed.unwrap();
    let text = |name: &str| index.document(name).unwrap().unwrap().text().to_owned();
    names.into_iter().map(|name| (name.clone(), text(&name))).collect()
}

/// What was found after crashes, by the step that was not acknowledged.
#[derive(Default)]
pub(crate) struct Table(BTreeMap<&'static str, [usize; 2]>);

impl Table {
    /// Counts a crash during a step that changes `before` to `after`. The index must have one of them.
    pub(crate) fn count(
        &mut self,
        step: &Step,
        found: &Content,
        [before, after]: [&Content; 2],
        context: &str,
    ) {
        assert!(found == before || found == after, "{context}: {:?}", found.keys());
        let is_after = found == after && before != after;
        self.0.entry(step.name()).or_default()[usize::from(is_after)] += 1;
    }
}

impl std::fmt::Display for Table {
    /// In Markdown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "| step under way | state before it | state after it | another state |")?;
        writeln!(f, "| --- | ---: | ---: | ---: |")?;
        self.0
            .iter()
            .try_for_each(|(step, [before, after])| writeln!(f, "| {step} | {before} | {after} | 0 |"))
    }
}
