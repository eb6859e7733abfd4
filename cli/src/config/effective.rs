//! What is in force for one file, and where each value came from.

use std::collections::BTreeMap;
use std::path::Path;

use refrain::{InputKind, Rule, Settings};
use serde_json::Value;

use super::fail_on::FailOn;
use super::file::{ConfigFile, Entry};
use super::keys;
use super::rule_level::RuleLevel;
use crate::error::Error;

/// All values that are in force for a file.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    /// The name of the file of settings, if there is one.
    pub(crate) file: Option<String>,
    values: BTreeMap<String, Sourced>,
}

/// A value, and where it came from.
#[derive(Clone, Debug)]
pub(crate) struct Sourced {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    /// A place such as `refrain.toml:3:13`.
    File(String),
    /// An option such as `--threshold`.
    Option(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::File(place) => place,
            Self::Option(name) => name,
        })
    }
}

impl Effective {
    /// Defaults, then what the file of settings says, then what it says for this path, then the options.
    pub(super) fn new(
        path: &Path,
        file: Option<&ConfigFile>,
        options: &[(&'static str, Value)],
    ) -> Result<Self, Error> {
        let mut effective = Self { file: file.map(|file| file.name.clone()), values: BTreeMap::new() };
        for (key, value) in keys::flat(&Settings::default()) {
            effective.set(&key, value, Origin::Default);
        }
        effective.set("fail-on", Value::from(vec!["warning"]), Origin::Default);
        effective.set("max-redundancy", Value::Null, Origin::Default);
        effective.set("input", Value::Null, Origin::Default);
        effective.set("ignore-lines", Value::Bool(false), Origin::Default);
        if let Some(file) = file {
            let kinds = file.kinds.iter().filter(|(globs, _)| globs.matches(path)).map(|(_, entry)| entry);
            let overrides = file.overrides.iter().filter(|(globs, _)| globs.matches(path));
            let entries = file.values.iter().chain(kinds).chain(overrides.flat_map(|(_, entries)| entries));
            for Entry { key, value, place } in entries {
                effective.set(key, value.clone(), Origin::File(place.clone()));
            }
        }
        for (key, value) in options {
            let option = if key.starts_with("verdict.") { "profile" } else { key };
            effective.set(key, value.clone(), Origin::Option(format!("--{option}")));
        }
        Ok(effective)
    }

    fn set(&mut self, key: &str, value: Value, origin: Origin) {
        self.values.insert(key.to_owned(), Sourced { value, origin });
    }

    /// All keys with their values, in the order of the keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&str, &Sourced)> {
        self.values.iter().map(|(key, sourced)| (&**key, sourced))
    }

    /// The settings of the library, but for the table of common words, which may be in a file:
    /// [`background`](Self::background).
    pub(crate) fn settings(&self) -> Result<Settings, Error> {
        let values = self.setting_values().filter(|(key, _)| *key != "background");
        keys::settings(values).map_err(|error| Error::new(format!("cannot combine the settings: {error}")))
    }

    fn setting_values(&self) -> impl Iterator<Item = (&str, &Value)> {
        let is_setting = |key: &str| keys::SETTINGS.iter().any(|(name, _)| *name == key);
        self.values().filter(move |(key, _)| is_setting(key)).map(|(key, sourced)| (key, &sourced.value))
    }

    /// The table of common words: `en/1`, `none` or the name of a file.
    pub(crate) fn background(&self) -> &str {
        self.values["background"].value.as_str().unwrap_or_default()
    }

    /// How the file is read, if it was said.
    pub(crate) fn input(&self) -> Option<InputKind> {
        self.values["input"].value.as_str()?.parse().ok()
    }

    /// Whether lines of plain text may say what is not to be reported.
    pub(crate) fn ignore_lines(&self) -> bool {
        self.values["ignore-lines"].value == Value::Bool(true)
    }

    /// Equal for files that can be compared with each other: all settings are the same.
    pub(crate) fn group(&self) -> String {
        let values: BTreeMap<&str, &Value> = self.setting_values().collect();
        serde_json::to_string(&values).unwrap_or_default()
    }

    /// An error of the library about a setting, with the place or the option that the value came from.
    pub(crate) fn error(&self, error: refrain::Error) -> Error {
        let message = error.to_string();
        let place = error.setting().and_then(|setting| {
            let key = setting.replace('_', "-");
            let Origin::File(place) = &self.values.get(&key)?.origin else { return None };
            Some(format!("{place}: {key}{}", message.strip_prefix(setting)?))
        });
        place.map_or_else(|| error.into(), Error::new)
    }

    /// What becomes of the findings of a rule, if it was said.
    pub(crate) fn rule_level(&self, rule: Rule) -> Option<RuleLevel> {
        self.values.get(&format!("rules.{rule}"))?.value.as_str()?.parse().ok()
    }

    /// Which findings make the command fail.
    pub(crate) fn fail_on(&self) -> FailOn {
        let names = self.values["fail-on"].value.as_array().into_iter().flatten().filter_map(Value::as_str);
        FailOn::new(names).unwrap_or_default()
    }

    /// The greatest redundancy of a document that does not make the command fail.
    pub(crate) fn max_redundancy(&self) -> Option<f64> {
        self.values["max-redundancy"].value.as_f64()
    }
}
