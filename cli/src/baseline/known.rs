//! Which findings of a run are known, and which known ones are gone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use refrain::{Document, Finding};
use refrain_report::Fingerprint;
use serde::Serialize;

use super::entry::{Entry, beginning};
use super::file;
use crate::error::Error;
use crate::input::globs::absolute;
use crate::output::paths::parent_directory;

/// A baseline in use.
#[derive(Debug)]
pub(crate) struct Known {
    path: PathBuf,
    folder: PathBuf,
    /// What the file says.
    old: BTreeMap<Fingerprint, Entry>,
    /// How many of each fingerprint were found.
    found: BTreeMap<Fingerprint, Entry>,
    /// The documents that were checked.
    checked: BTreeSet<String>,
}

/// What a baseline did.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Outcome {
    /// How many findings were known, and are left out.
    pub(crate) known: usize,
    /// Known findings that were not found again.
    pub(crate) gone: Vec<Gone>,
}

/// A known finding that was not found again.
#[derive(Debug, Serialize)]
pub(crate) struct Gone {
    pub(crate) file: String,
    pub(crate) rule: String,
    pub(crate) text: String,
}

impl Known {
    /// Opens a file, which must exist unless it is to be written.
    pub(crate) fn open(path: &Path, update: bool) -> Result<Self, Error> {
        let old = match file::read(path)? {
            None if !update => {
                let name = path.display();
                return Err(Error::new(format!(
                    "cannot read {name}: there is no such file; --update-baseline writes it"
                )));
            }
            old => old.unwrap_or_default(),
        };
        let folder = absolute(parent_directory(path));
        Ok(Self { path: path.to_owned(), folder, old, found: BTreeMap::new(), checked: BTreeSet::new() })
    }

    /// The name of a document from the folder of the file, with `/`, so that it is the same on every machine.
    fn name(&self, name: &str) -> String {
        if name.starts_with('<') {
            return name.to_owned();
        }
        let path = absolute(Path::new(name));
        match path.strip_prefix(&self.folder) {
            Ok(inside) => inside.to_string_lossy().replace('\\', "/"),
            Err(_) => name.to_owned(),
        }
    }

    /// Notes that these documents were checked.
    pub(crate) fn add_documents(&mut self, documents: &[Document<'_>]) {
        let names: Vec<String> = documents.iter().map(|document| self.name(document.name())).collect();
        self.checked.extend(names);
    }

    /// Whether a finding is known. Counts it; of equal findings only as many are known as the file says.
    pub(crate) fn is_known(&mut self, finding: &Finding, documents: &[Document<'_>]) -> bool {
        let file = self.name(&finding.name);
        let fingerprint = Fingerprint::of(finding, &file, documents);
        let found = match self.found.get_mut(&fingerprint) {
            Some(found) => {
                found.count += 1;
                found.count
            }
            // Findings that are not worth showing need not be known, but may be.
            None if !finding.shown && !self.old.contains_key(&fingerprint) => return false,
            None => {
                let others: BTreeSet<String> = finding
                    .related
                    .iter()
                    .filter(|place| place.document != finding.document)
                    .map(|place| self.name(documents[place.document].name()))
                    .collect();
                let entry = Entry {
                    file,
                    rule: finding.rule.to_string(),
                    text: if finding.paragraph.is_some() {
                        beginning(&finding.excerpt)
                    } else {
                        String::new()
                    },
                    with: others.into_iter().collect(),
                    count: 1,
                    fingerprint: fingerprint.to_string(),
                };
                self.found.insert(fingerprint, entry);
                1
            }
        };
        self.old.get(&fingerprint).is_some_and(|old| found <= old.count)
    }

    /// How many findings were known, and which known ones are gone. Of a document that was not checked and still
    /// exists, none is gone.
    pub(crate) fn outcome(&self) -> Outcome {
        let mut outcome = Outcome::default();
        for (fingerprint, old) in &self.old {
            let found = self.found.get(fingerprint).map_or(0, |found| found.count);
            outcome.known += found.min(old.count);
            if self.was_looked_for(old) {
                let Entry { file, rule, text, .. } = old.clone();
                let gone = || Gone { file: file.clone(), rule: rule.clone(), text: text.clone() };
                outcome.gone.extend((found..old.count).map(|_| gone()));
            }
        }
        outcome.gone.sort_by(|a, b| (&a.file, &a.rule, &a.text).cmp(&(&b.file, &b.rule, &b.text)));
        outcome
    }

    /// Whether a known finding would have been found, if it were there.
    fn was_looked_for(&self, entry: &Entry) -> bool {
        let all_checked = entry.documents().all(|name| self.checked.contains(name));
        all_checked || entry.documents().any(|name| !self.checked.contains(name) && !self.exists(name))
    }

    /// Whether the file of a document exists; a record is in the file before the `#`.
    fn exists(&self, name: &str) -> bool {
        let is_file = |name: &str| self.folder.join(name).exists();
        is_file(name) || name.match_indices('#').any(|(at, _)| is_file(&name[..at]))
    }

    /// Writes what was found. Entries of documents that were not checked, and exist, stay. Returns how many
    /// findings the file holds.
    pub(crate) fn update(mut self) -> Result<usize, Error> {
        let old = std::mem::take(&mut self.old);
        let mut entries: Vec<Entry> = self.found.values().cloned().collect();
        let stays = |fingerprint: &Fingerprint, entry: &Entry| {
            !self.found.contains_key(fingerprint) && !self.was_looked_for(entry)
        };
        entries.extend(
            old.iter().filter(|(fingerprint, old)| stays(fingerprint, old)).map(|(_, old)| old.clone()),
        );
        let findings = entries.iter().map(|entry| entry.count).sum();
        file::write(&self.path, entries)?;
        Ok(findings)
    }
}
