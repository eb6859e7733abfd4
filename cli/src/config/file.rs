//! One `refrain.toml`, with all its values checked.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use refrain::{InputKind, Rule};
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fail_on::{FailOn, share};
use super::keys;
use super::rule_level::RuleLevel;
use super::toml_value::{Toml, json};
use crate::error::Error;
use crate::input::globs::{Globs, absolute};
use crate::nearest::did_you_mean;

/// A file of settings.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    /// Its name in messages.
    pub(super) name: String,
    /// What is said at its top.
    pub(super) values: Vec<Entry>,
    /// Kinds of input by glob.
    pub(super) kinds: Vec<(Globs, Entry)>,
    /// What differs for some files; later ones win.
    pub(super) overrides: Vec<(Globs, Vec<Entry>)>,
    /// The files that are read from folders, instead of those with known endings.
    pub(super) include: Option<Globs>,
    /// The files that are not read from folders.
    pub(super) exclude: Option<Globs>,
}

/// The value of a key, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Value,
    /// `refrain.toml:3:13`.
    pub(super) place: String,
}

/// A key or a value in the file.
type Key<'a, 'i> = &'a Spanned<std::borrow::Cow<'i, str>>;
type Item<'a, 'i> = &'a Spanned<DeValue<'i>>;

impl ConfigFile {
    /// Reads and checks a file.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let path = absolute(path);
        let name = short_name(&path);
        let read_error = |error: &dyn std::fmt::Display| Error::new(format!("cannot read {name}: {error}"));
        let bytes = fs::read(&path).map_err(|error| read_error(&error))?;
        let text = String::from_utf8(bytes).map_err(|_| read_error(&"it is not UTF-8"))?;
        Self::parse(&name, path.parent().unwrap_or(&path), text.strip_prefix('\u{feff}').unwrap_or(&text))
    }

    /// Checks the text of a file; its globs and file names are relative to the folder `root`.
    pub(super) fn parse(name: &str, root: &Path, text: &str) -> Result<Self, Error> {
        let reader = Reader { toml: Toml { name, text }, root };
        let table = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            reader.toml.error(&span, error.message().lines().next().unwrap_or("this is not TOML"))
        })?;
        let mut file = Self {
            name: name.to_owned(),
            values: Vec::new(),
            kinds: Vec::new(),
            overrides: Vec::new(),
            include: None,
            exclude: None,
        };
        for (key, value) in in_order(table.get_ref()) {
            match &*spelling(key) {
                "include" => file.include = Some(reader.globs("include", value)?),
                "exclude" => file.exclude = Some(reader.globs("exclude", value)?),
                "input" => file.kinds = reader.kinds(value)?,
                "overrides" => file.overrides = reader.overrides(value)?,
                _ => reader.add_entries(key, value, &TOP_KEYS, &mut file.values)?,
            }
        }
        Ok(file)
    }
}

/// The path of a file from the current folder, if it is in it.
fn short_name(path: &Path) -> String {
    let here = absolute(Path::new("."));
    match path.strip_prefix(here) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside.display().to_string(),
        _ => path.display().to_string(),
    }
}

/// The name of a key with hyphens; underscores are the same.
fn spelling(key: Key<'_, '_>) -> String {
    key.get_ref().replace('_', "-")
}

/// The entries of a table in the order of the file.
fn in_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(Key<'a, 'i>, Item<'a, 'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Which keys a table may have in addition to those of settings.
struct Keys {
    /// Whether it is the top of the file.
    top: bool,
}

const TOP_KEYS: Keys = Keys { top: true };
const OVERRIDE_KEYS: Keys = Keys { top: false };

impl Keys {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let others: &[_] = if self.top { &keys::TOP } else { &[("files", ""), ("input", "")] };
        let settings = keys::SETTINGS.iter().filter(|(key, _)| !key.contains('.'));
        settings.chain(&keys::COMMAND).chain(others).map(|(key, _)| *key)
    }
}

/// Reads the values of a file.
#[derive(Clone, Copy, Debug)]
struct Reader<'a> {
    toml: Toml<'a>,
    root: &'a Path,
}

impl Reader<'_> {
    fn wrong(&self, key: &str, range: &Range<usize>) -> Error {
        self.toml.wrong_value(key, keys::accepts(key).unwrap_or("something else"), range)
    }

    /// Appends what a key says: one value, or several for a table.
    fn add_entries(
        &self,
        key: Key<'_, '_>,
        item: Item<'_, '_>,
        allowed: &Keys,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Error> {
        let name = spelling(key);
        let range = item.span();
        let mut add = |key: &str, value: Value, range: &Range<usize>| {
            entries.push(Entry { key: key.to_owned(), value, place: self.toml.place(range) });
        };
        let value = json(item.get_ref());
        match (&*name, item.get_ref()) {
            ("verdict", DeValue::Table(table)) => {
                for (inner, item) in in_order(table) {
                    let full = format!("verdict.{}", spelling(inner));
                    if keys::accepts(&full).is_none() {
                        let names = ["redundancy", "padding"];
                        return Err(self.unknown(inner, "key of verdict", &names));
                    }
                    add(&full, self.setting(&full, item)?, &item.span());
                }
            }
            ("rules", DeValue::Table(table)) => {
                for (rule, item) in in_order(table) {
                    let name = spelling(rule);
                    let names: Vec<String> = Rule::ALL.iter().map(Rule::to_string).collect();
                    if !names.contains(&name) {
                        let names: Vec<&str> = names.iter().map(String::as_str).collect();
                        return Err(self.unknown(rule, "rule", &names));
                    }
                    let level = json(item.get_ref()).filter(|value| {
                        value.as_str().is_some_and(|level| level.parse::<RuleLevel>().is_ok())
                    });
                    let accepts = "\"off\", \"note\" or \"warning\"";
                    let Some(level) = level else {
                        return Err(self.toml.wrong_value(&name, accepts, &item.span()));
                    };
                    add(&format!("rules.{name}"), level, &item.span());
                }
            }
            ("profile", _) => {
                let profile = value.as_ref().and_then(Value::as_str).and_then(|name| name.parse().ok());
                let profile: refrain::Profile = profile.ok_or_else(|| self.wrong("profile", &range))?;
                let limits = profile.limits();
                // What `verdict` says itself wins, wherever it stands.
                entries.insert(0, self.entry("verdict.padding", limits.padding.into(), &range));
                entries.insert(0, self.entry("verdict.redundancy", limits.redundancy.into(), &range));
            }
            ("fail-on", _) => {
                let names = value.and_then(strings).ok_or_else(|| self.wrong("fail-on", &range))?;
                FailOn::new(names.iter().map(String::as_str))
                    .map_err(|problem| self.toml.error(&range, format!("fail-on: {problem}")))?;
                add(&name, names.into(), &range);
            }
            ("ignore-lines", DeValue::Boolean(_)) => {
                add("ignore-lines", json(item.get_ref()).unwrap_or_default(), &range);
            }
            ("ignore-lines", _) => return Err(self.wrong("ignore-lines", &range)),
            ("max-redundancy", _) => {
                let text = match value {
                    Some(Value::String(text)) => text,
                    Some(Value::Number(number)) => number.to_string(),
                    _ => return Err(self.wrong("max-redundancy", &range)),
                };
                let share = share(&text).map_err(|_| self.wrong("max-redundancy", &range))?;
                add(&name, share.into(), &range);
            }
            ("input", _) if !allowed.top => add("input", self.kind(item)?, &range),
            ("rules" | "verdict", _) => return Err(self.wrong(&name, &range)),
            _ if keys::SETTINGS.iter().any(|(key, _)| *key == name) => {
                add(&name, self.setting(&name, item)?, &range);
            }
            _ => {
                let names: Vec<&str> = allowed.names().collect();
                return Err(self.unknown(key, "key", &names));
            }
        }
        Ok(())
    }

    fn entry(&self, key: &str, value: Value, range: &Range<usize>) -> Entry {
        Entry { key: key.to_owned(), value, place: self.toml.place(range) }
    }

    fn unknown(&self, key: Key<'_, '_>, what: &str, names: &[&str]) -> Error {
        let hint = did_you_mean(&spelling(key), names.iter().copied());
        let list = if hint.is_empty() { format!("; expected one of {}", names.join(", ")) } else { hint };
        self.toml.error(&key.span(), format!("unknown {what} `{}`{list}", key.get_ref()))
    }

    /// The value of a setting.
    fn setting(&self, key: &str, item: Item<'_, '_>) -> Result<Value, Error> {
        let range = item.span();
        let value = json(item.get_ref()).map(|value| keys::normal(key, value));
        let value =
            value.filter(|value| keys::is_sound(key, value)).ok_or_else(|| self.wrong(key, &range))?;
        Ok(match (key, value.as_str()) {
            ("background", Some(name)) if !matches!(name, "en/1" | "none") => {
                self.root.join(name).to_string_lossy().into_owned().into()
            }
            _ => value,
        })
    }

    fn kind(&self, item: Item<'_, '_>) -> Result<Value, Error> {
        let kind = json(item.get_ref())
            .filter(|kind| kind.as_str().is_some_and(|kind| kind.parse::<InputKind>().is_ok()));
        let accepts = "\"plain\", \"markdown\", \"html\" or \"subtitles\"";
        kind.ok_or_else(|| self.toml.wrong_value("the kind of input", accepts, &item.span()))
    }

    /// One glob or several.
    fn globs(&self, key: &str, item: Item<'_, '_>) -> Result<Globs, Error> {
        let range = item.span();
        let accepts = keys::accepts(key).unwrap_or("globs, such as [\"*.srt\"]");
        let wrong = || self.toml.wrong_value(key, accepts, &range);
        let globs = json(item.get_ref()).and_then(strings).ok_or_else(wrong)?;
        let globs = Globs::new(self.root, globs.iter().map(String::as_str));
        globs.map_err(|problem| self.toml.error(&range, format!("{key}: {problem}")))
    }

    fn kinds(&self, item: Item<'_, '_>) -> Result<Vec<(Globs, Entry)>, Error> {
        let DeValue::Table(table) = item.get_ref() else { return Err(self.wrong("input", &item.span())) };
        let kind = |(glob, item): (Key<'_, '_>, Item<'_, '_>)| {
            let globs = Globs::new(self.root, [&**glob.get_ref()])
                .map_err(|problem| self.toml.error(&glob.span(), problem))?;
            Ok((globs, self.entry("input", self.kind(item)?, &item.span())))
        };
        in_order(table).into_iter().map(kind).collect()
    }

    fn overrides(&self, item: Item<'_, '_>) -> Result<Vec<(Globs, Vec<Entry>)>, Error> {
        let DeValue::Array(tables) = item.get_ref() else {
            return Err(self.wrong("overrides", &item.span()));
        };
        tables.iter().map(|table| self.override_of(table)).collect()
    }

    fn override_of(&self, item: Item<'_, '_>) -> Result<(Globs, Vec<Entry>), Error> {
        let DeValue::Table(table) = item.get_ref() else {
            return Err(self.wrong("overrides", &item.span()));
        };
        let (mut files, mut entries) = (None, Vec::new());
        for (key, value) in in_order(table) {
            match &*spelling(key) {
                "files" => files = Some(self.globs("files", value)?),
                _ => self.add_entries(key, value, &OVERRIDE_KEYS, &mut entries)?,
            }
        }
        let missing = || self.toml.error(&item.span(), "`files` is missing: the globs that this is for");
        Ok((files.ok_or_else(missing)?, entries))
    }
}

/// One string or several as a list.
fn strings(value: Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Array(items) => items.into_iter().map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// The name of a file of settings.
pub(super) const FILE_NAME: &str = "refrain.toml";

/// The file of settings in a folder, if there is one.
pub(super) fn in_folder(folder: &Path) -> Option<PathBuf> {
    let file = folder.join(FILE_NAME);
    file.is_file().then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ConfigFile, String> {
        ConfigFile::parse("refrain.toml", &absolute(Path::new("root")), text)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn values_have_their_places() {
        let file = parse(
            "threshold = 0.6\nmin_passage_tokens = 8\nprofile = \"reference\"\nverdict.padding = 0.7\n\
             boilerplate = 5\n[rules]\nsaid-again = \"off\"\n",
        )
        .unwrap();
        let found: Vec<String> =
            file.values.iter().map(|Entry { key, value, place }| format!("{key} {value} {place}")).collect();
        assert_eq!(
            found,
            [
                "verdict.redundancy 0.3 refrain.toml:3:11",
                "verdict.padding 0.9 refrain.toml:3:11",
                "threshold 0.6 refrain.toml:1:13",
                "min-passage-tokens 8 refrain.toml:2:22",
                "verdict.padding 0.7 refrain.toml:4:19",
                "boilerplate \"5\" refrain.toml:5:15",
                "rules.said-again \"off\" refrain.toml:7:14",
            ]
        );
    }

    #[test]
    fn errors_name_the_place_and_what_is_accepted() {
        let cases = [
            ("treshold = 0.6", "1:1: unknown key `treshold`; did you mean `threshold`?"),
            ("a = 1\n", "1:1: unknown key `a`; expected one of paragraphs, threshold, "),
            (
                "# é\n  threshold = \"high\"",
                "2:15: threshold must be a number greater than 0 and at most 1, such as 0.5, got \"high\"",
            ),
            ("threshold = 1.5", "1:13: threshold must be a number greater than 0"),
            ("threshold = nan", "1:13: threshold must be a number greater than 0"),
            ("min-passage-tokens = 2.5", "1:22: min-passage-tokens must be a whole number from 1 on"),
            ("seed = -1", "1:8: seed must be a whole number, such as 5, got -1"),
            ("themes = 1979-05-27", "1:10: themes must be \"off\", "),
            ("merge-numbers = 1", "1:17: merge-numbers must be true or false, got 1"),
            ("[rules]\nsaid-agin = \"off\"", "2:1: unknown rule `said-agin`; did you mean `said-again`?"),
            (
                "[rules]\nsaid-again = \"error\"",
                "2:14: said-again must be \"off\", \"note\" or \"warning\", got \"error\"",
            ),
            ("rules = 1", "1:9: rules must be a table of rules"),
            ("[verdict]\npading = 1", "2:1: unknown key of verdict `pading`; did you mean `padding`?"),
            ("profile = \"essay\"", "1:11: profile must be \"prose\" or \"reference\", got \"essay\""),
            ("fail-on = [\"warning\", \"x\"]", "1:11: fail-on: `x` is no level and no rule"),
            ("fail-on = 3", "1:11: fail-on must be \"never\", or one"),
            ("max-redundancy = 3", "1:18: max-redundancy must be a share from 0 to 1"),
            ("exclude = 3", "1:11: exclude must be globs, such as [\"drafts\"], got 3"),
            ("include = [\"a{\"]", "1:11: include: `a{` is not a glob: "),
            ("[input]\n\"*.x\" = \"word\"", "2:9: the kind of input must be \"plain\", "),
            ("[[overrides]]\nthreshold = 0.5", "1:1: `files` is missing"),
            ("[[overrides]]\nfiles = \"a\"\nexclude = \"b\"", "3:1: unknown key `exclude`"),
            ("overrides = 1", "1:13: overrides must be tables"),
            ("threshold = 0.5\nthreshold = 0.6", "2:1: "),
            ("threshold", "1:"),
            ("[input]\n\"*.x\" = {}", "2:9: the kind of input must be"),
        ];
        for (text, message) in cases {
            let error = parse(text).unwrap_err();
            assert!(error.starts_with(&format!("refrain.toml:{message}")), "{text}: {error}");
        }
    }
}
