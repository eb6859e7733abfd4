//! Which findings are shown, and which of them are one thing: the copies of one paragraph.

use std::collections::BTreeMap;

use refrain::{Finding, Level, Place, Report, Rule};

use super::summary::Shown;

/// How much is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The most notes.
    pub(crate) notes: usize,
    /// The most warnings of each file; by default [`ONE_FILE`] of one file, and fewer of each of several.
    pub(crate) warnings: Option<usize>,
}

/// The warnings that are shown if there is one file, those of each file if there are several, and those in all then.
const ONE_FILE: usize = 20;
const EACH_FILE: usize = 5;
const ALL_FILES: usize = 100;

/// Findings that are shown as one: the first, and the others that repeat the same paragraph in the same way.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) findings: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    /// The earliest paragraph that the findings of a group repeat.
    pub(super) fn first(&self) -> Option<&'a Place> {
        let related = self.findings.iter().filter_map(|finding| finding.related.first());
        related.min_by_key(|place| place.paragraph)
    }
}

/// The findings of a document that are shown, and how many there are.
#[derive(Debug, Default)]
pub(super) struct Chosen<'a> {
    pub(super) groups: Vec<Group<'a>>,
    pub(super) warnings: usize,
    /// Those that are worth showing.
    pub(super) notes: usize,
    pub(super) warnings_shown: usize,
}

/// What the copies of one paragraph have in common: the document they stand in, their rule, and the paragraph.
type Key = (usize, Rule, u32);

/// For each rule and copy, the first paragraph that it repeats, if need be through other copies.
type Firsts = BTreeMap<(Rule, u32), u32>;

fn firsts(report: &Report) -> Firsts {
    let copies = report.findings().iter().filter_map(|finding| {
        let paragraph = finding.paragraph?;
        Some(((finding.rule, paragraph.0), repeated(finding)?))
    });
    let repeated: BTreeMap<(Rule, u32), u32> = copies.collect();
    let mut firsts = Firsts::new();
    // In the order of paragraphs, so that the first of an earlier one is known.
    for ((rule, copy), earlier) in repeated {
        let first = firsts.get(&(rule, earlier)).copied().unwrap_or(earlier);
        firsts.insert((rule, copy), first);
    }
    firsts
}

/// The paragraph that a copy repeats; `None` if the finding is no copy, or names all copies itself.
fn repeated(finding: &Finding) -> Option<u32> {
    let copies = matches!(finding.rule, Rule::ExactDuplicate | Rule::NearDuplicate | Rule::DiffersInNumbers);
    let first = finding.related.first().filter(|_| copies && finding.paragraph.is_some())?;
    // A note on short copies names all of them.
    let single = finding.level == Level::Warning || finding.related.len() == 1;
    single.then_some(first.paragraph.0).filter(|&first| finding.paragraph.is_some_and(|copy| first < copy.0))
}

fn key(finding: &Finding, firsts: &Firsts) -> Option<Key> {
    repeated(finding)?;
    let first = firsts.get(&(finding.rule, finding.paragraph?.0))?;
    Some((finding.document, finding.rule, *first))
}

/// The findings to show of each document, in their order. A group takes the place of its first finding, and counts as
/// one for the limits.
pub(super) fn choose(report: &Report, limits: Limits, grouped: bool) -> (Vec<Chosen<'_>>, Shown) {
    let (each, all) = match limits.warnings {
        Some(each) => (each, usize::MAX),
        None if report.documents().len() > 1 => (EACH_FILE, ALL_FILES),
        None => (ONE_FILE, usize::MAX),
    };
    let mut chosen: Vec<Chosen<'_>> = report.documents().iter().map(|_| Chosen::default()).collect();
    let mut shown = Shown::default();
    let (mut of_file, mut of_all, mut notes) = (vec![0; chosen.len()], 0, 0);
    // The group of each key in its document; `None` if it is not shown.
    let firsts = if grouped { firsts(report) } else { Firsts::new() };
    let mut known: BTreeMap<Key, Option<usize>> = BTreeMap::new();
    for finding in report.findings() {
        let warning = finding.level == Level::Warning;
        if !warning && !finding.shown && limits.notes < usize::MAX {
            shown.hidden += 1;
            continue;
        }
        let document = finding.document;
        let chosen = &mut chosen[document];
        let key = if grouped { key(finding, &firsts) } else { None };
        let group = key.and_then(|key| known.get(&key).copied());
        let group = group.unwrap_or_else(|| {
            let fits = match warning {
                true => of_file[document] < each && of_all < all,
                false => notes < limits.notes,
            };
            let group = fits.then(|| {
                let (file, all, notes) = (&mut of_file[document], &mut of_all, &mut notes);
                let counters: &mut [&mut usize] = if warning { &mut [file, all] } else { &mut [notes] };
                counters.iter_mut().for_each(|counter| **counter += 1);
                chosen.groups.push(Group { findings: Vec::new() });
                chosen.groups.len() - 1
            });
            if let Some(key) = key {
                known.insert(key, group);
            }
            group
        });
        if warning {
            shown.warnings += 1;
            chosen.warnings += 1;
        } else {
            chosen.notes += 1;
        }
        match group {
            Some(group) => {
                chosen.groups[group].findings.push(finding);
                if warning {
                    shown.warnings_shown += 1;
                    chosen.warnings_shown += 1;
                } else {
                    shown.notes += 1;
                }
            }
            None if !warning => shown.over_limit += 1,
            None => {}
        }
    }
    (chosen, shown)
}
