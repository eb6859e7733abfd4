//! The nearest `refrain.toml` upward from a file.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::effective::Effective;
use super::file::{ConfigFile, in_folder};
use crate::error::Error;
use crate::input::endings;
use crate::input::globs::{Globs, absolute};
use crate::input::text_file::STDIN;

/// Finds what is in force for files. The nearest file of settings is in force as a whole; those above it are not
/// read.
#[derive(Debug)]
pub(crate) struct Configs {
    source: Source,
    /// What the options say: keys and values.
    options: Vec<(&'static str, Value)>,
    /// The nearest file for each folder that was asked for.
    folders: HashMap<PathBuf, Option<Arc<ConfigFile>>>,
}

#[derive(Debug)]
enum Source {
    Search,
    Given(Arc<ConfigFile>),
    None,
}

impl Configs {
    /// Takes the `given` file, or none if `none`, else searches.
    pub(crate) fn new(
        given: Option<&OsStr>,
        none: bool,
        options: Vec<(&'static str, Value)>,
    ) -> Result<Self, Error> {
        let source = match given {
            _ if none => Source::None,
            Some(file) => Source::Given(Arc::new(ConfigFile::read(Path::new(file))?)),
            None => Source::Search,
        };
        Ok(Self { source, options, folders: HashMap::new() })
    }

    /// What is in force for a file, given by its absolute path.
    pub(crate) fn effective(&mut self, path: &Path) -> Result<Effective, Error> {
        let file = self.file_for(path)?;
        Effective::new(path, file.as_deref(), &self.options)
    }

    /// What is in force for a file in the current folder.
    pub(crate) fn here(&mut self) -> Result<Effective, Error> {
        self.effective(&absolute(Path::new(STDIN)))
    }

    /// Whether a file in a folder is read: if `include`, or else its file of settings, names it, or else its ending
    /// is known, unless its file of settings excludes it.
    pub(crate) fn admits(&mut self, path: &Path, include: Option<&Globs>) -> Result<bool, Error> {
        let file = self.file_for(path)?;
        let included = match include.or(file.as_ref().and_then(|file| file.include.as_ref())) {
            Some(globs) => globs.matches(path),
            None => endings::known(path).is_some(),
        };
        let excluded = file.and_then(|file| file.exclude.as_ref().map(|globs| globs.matches(path)));
        Ok(included && excluded != Some(true))
    }

    fn file_for(&mut self, path: &Path) -> Result<Option<Arc<ConfigFile>>, Error> {
        match &self.source {
            Source::None => Ok(None),
            Source::Given(file) => Ok(Some(Arc::clone(file))),
            Source::Search => match path.parent() {
                Some(folder) => self.nearest(folder),
                None => Ok(None),
            },
        }
    }

    fn nearest(&mut self, folder: &Path) -> Result<Option<Arc<ConfigFile>>, Error> {
        let mut new = Vec::new();
        let mut found = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.folders.get(folder) {
                found.clone_from(known);
                break;
            }
            new.push(folder);
            if let Some(file) = in_folder(folder) {
                found = Some(Arc::new(ConfigFile::read(&file)?));
                break;
            }
        }
        for folder in new {
            self.folders.insert(folder.to_owned(), found.clone());
        }
        Ok(found)
    }
}
