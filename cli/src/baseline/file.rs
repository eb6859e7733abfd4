//! The file of a baseline: a line that names the format, then a line for each known finding, sorted.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use refrain_report::Fingerprint;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use crate::error::Error;
use crate::output::atomic_file::AtomicFile;

/// The first line.
#[derive(Serialize, Deserialize)]
struct Header {
    schema: String,
}

const SCHEMA: &str = "refrain.baseline/1";
const AGAIN: &str = "or delete the file and write it again with --update-baseline";

/// Reads a file. `None` if there is none.
///
/// Lines may come in any order. Of equal fingerprints, which a merge by hand leaves, the greatest count holds.
///
/// # Errors
///
/// If it is not a baseline of this version, or a merge was not finished.
pub(super) fn read(path: &Path) -> Result<Option<BTreeMap<Fingerprint, Entry>>, Error> {
    let name = path.display();
    match fs::read(path) {
        Ok(bytes) => parse(&name.to_string(), &bytes).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new(format!("cannot read {name}: {error}"))),
    }
}

fn parse(name: &str, bytes: &[u8]) -> Result<BTreeMap<Fingerprint, Entry>, Error> {
    let error = |number: usize, message: &str| Error::new(format!("{name}: line {number}: {message}"));
    let mut known: BTreeMap<Fingerprint, Entry> = BTreeMap::new();
    let mut has_header = false;
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let number = index + 1;
        let Ok(line) = std::str::from_utf8(line) else { return Err(error(number, "this is not UTF-8")) };
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
            let what = "a merge left both sides here: keep the lines of both and remove the marks,";
            return Err(error(number, &format!("{what} {AGAIN}")));
        }
        if let Ok(Header { schema }) = serde_json::from_str(line) {
            if schema != SCHEMA {
                let what = format!("its format is `{schema}`, and this version reads `{SCHEMA}`:");
                return Err(error(number, &format!("{what} use the version that wrote it, {AGAIN}")));
            }
            has_header = true;
            continue;
        }
        if !has_header {
            return Err(error(number, &format!("this is no baseline: its first line would name `{SCHEMA}`")));
        }
        let entry: Option<Entry> = serde_json::from_str(line).ok();
        let fingerprint = entry.as_ref().and_then(|entry| Fingerprint::parse(&entry.fingerprint));
        let (Some(entry), Some(fingerprint)) = (entry, fingerprint) else {
            return Err(error(number, &format!("this is no known finding: remove the line, {AGAIN}")));
        };
        let count = entry.count.max(1);
        let known = known.entry(fingerprint).or_insert(entry);
        known.count = known.count.max(count);
    }
    if !has_header {
        return Err(Error::new(format!(
            "{name}: it is empty; a baseline begins with a line that names `{SCHEMA}`"
        )));
    }
    Ok(known)
}

/// Replaces a file by these entries.
pub(super) fn write(path: &Path, mut entries: Vec<Entry>) -> Result<(), Error> {
    entries.sort_unstable();
    let mut content = serde_json::to_vec(&Header { schema: SCHEMA.to_owned() }).unwrap_or_default();
    for entry in &entries {
        content.push(b'\n');
        content.extend(serde_json::to_vec(entry).unwrap_or_default());
    }
    content.push(b'\n');
    let written = || {
        let existing = fs::metadata(path).ok();
        // Through a link, its target is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = AtomicFile::create(target, existing.as_ref())?;
        file.file()?.write_all(&content)?;
        file.sync()?;
        file.publish()
    };
    written().map_err(|error| Error::new(format!("cannot write {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"{"schema":"refrain.baseline/1"}"#;

    fn line(number: u32, count: usize) -> String {
        format!(
            r#"{{"file":"a.txt","rule":"contained","text":"x","count":{count},"fingerprint":"{number:032x}"}}"#
        )
    }

    #[test]
    fn a_merge_by_hand_is_read() {
        let text =
            format!("{HEADER}\r\n{}\n\n{}\n{HEADER}\n{}\n{}", line(9, 1), line(3, 2), line(9, 4), line(3, 1));
        let known = parse("b", text.as_bytes()).unwrap();
        let counts: Vec<usize> = known.values().map(|entry| entry.count).collect();
        assert_eq!(counts, [2, 4]);
    }

    #[test]
    fn what_is_no_baseline_is_named() {
        let cases = [
            (String::new(), "b: it is empty; "),
            (line(1, 1), "b: line 1: this is no baseline: "),
            (
                r#"{"schema":"refrain.baseline/2"}"#.to_owned(),
                "b: line 1: its format is `refrain.baseline/2`, and this version reads",
            ),
            (format!("{HEADER}\n<<<<<<< HEAD\n{}", line(1, 1)), "b: line 2: a merge left both sides here: "),
            (format!("{HEADER}\n{}\n=======\n", line(1, 1)), "b: line 3: a merge left both sides here: "),
            (format!("{HEADER}\n{{\"file\":1}}"), "b: line 2: this is no known finding: "),
            (
                format!("{HEADER}\n{}", line(1, 1).replace("0000", "")),
                "b: line 2: this is no known finding: ",
            ),
        ];
        for (text, message) in cases {
            let error = parse("b", text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
        assert_eq!(
            parse("b", b"{\"schema\":\"refrain.baseline/1\"}\n\xff").unwrap_err().to_string(),
            "b: line 2: this is not UTF-8"
        );
    }
}
