//! JSON Lines through `refrain dedup`, inside this process: what the command keeps and what it removes
//! are together the input, and what stays is written byte for byte as it was.

#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs};

use libfuzzer_sys::fuzz_target;
use refrain::{ParagraphBreaks, Span};
use serde::Deserialize;
use serde_json::value::RawValue;

/// How files begin that the command may know to be something else than JSON Lines: gzip, Zstandard, Parquet, UTF-16,
/// xz, bzip2, LZ4, ZIP, 7z.
const REFUSED: [&[u8]; 10] = [
    b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd",
    b"PAR1",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xfd7zXZ\0",
    b"BZh",
    b"\x04\x22\x4d\x18",
    b"PK",
    b"7z\xbc\xaf",
];

static FILES: LazyLock<[PathBuf; 3]> = LazyLock::new(|| {
    // The command waits until the disk has what it wrote, so better none.
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() { memory } else { env::temp_dir() };
    let folder = tempfile::tempdir_in(parent).expect("there is a folder for temporary files").keep();
    ["in.jsonl", "kept.jsonl", "removed.jsonl"].map(|name| folder.join(name))
});

fuzz_target!(|data: &[u8]| {
    let [input, kept, removed] = &*FILES;
    fs::write(input, data).expect("a temporary file can be written");
    let options = "refrain dedup --quiet --skip-bad --threads 1 --threshold 0.4 --min-paragraph-tokens 1 --keep longest";
    let mut arguments: Vec<OsString> = options.split(' ').map(Into::into).collect();
    arguments.extend(["--removed".into(), removed.into(), "-o".into(), kept.into(), input.into()]);
    if refrain_cli::run(arguments) == 2 {
        let refused = REFUSED.iter().any(|first| data.starts_with(first));
        assert!(refused, "lines without a record are skipped, so nothing else can go wrong");
        return;
    }

    let [kept, removed] = [kept, removed].map(|path| fs::read(path).expect("the command wrote it"));
    let all: Vec<Record> = lines(data).filter_map(Record::read).collect();
    let records: BTreeMap<&str, &Record> = all.iter().map(|record| (record.id.as_str(), record)).collect();
    // The output does not say to which of two records with one id a paragraph belongs.
    if records.len() == all.len() {
        let gone = removed_places(&records, &removed);
        assert_kept(&records, &gone, &kept);
    }
});

/// A record as the command must see it.
struct Record {
    /// As it is written.
    id: String,
    text: String,
    /// What stands in the line before and after the text.
    around: [Vec<u8>; 2],
}

impl Record {
    /// The record in a line, if there is one.
    fn read(line: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Fields<'a> {
            #[serde(borrow)]
            id: &'a RawValue,
            #[serde(borrow)]
            text: &'a RawValue,
        }
        let line = std::str::from_utf8(line).ok()?;
        let Fields { id, text: raw } =
            serde_json::from_str(line.strip_prefix('\u{feff}').unwrap_or(line)).ok()?;
        let (id, raw) = (id.get(), raw.get());
        if !id.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
            return None;
        }
        let at = raw.as_ptr() as usize - line.as_ptr() as usize;
        let around = [&line[..at], &line[at + raw.len()..]].map(|part| part.as_bytes().to_vec());
        Some(Self { id: id.to_owned(), text: serde_json::from_str(raw).ok()?, around })
    }

    /// Its text without the paragraphs that are gone, each with the separator before it, or that behind it
    /// if none before it stays; `None` if all are gone.
    fn text_without(&self, gone: &BTreeSet<(&str, Span)>) -> Option<String> {
        let text = &self.text;
        let all = ParagraphBreaks::Auto.paragraphs(text);
        let stays = |span: &Span| !gone.contains(&(self.id.as_str(), *span));
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return Some(text.clone()) };
        let first_kept = all.iter().position(stays)?;
        let mut left = text[..first.start].to_owned() + all[first_kept].of(text);
        for pair in all[first_kept..].windows(2).filter(|pair| stays(&pair[1])) {
            left += &text[pair[0].end..pair[1].end];
        }
        Some(left + &text[last.end..])
    }
}

/// Which paragraphs were removed.
fn removed_places<'a>(records: &BTreeMap<&str, &Record>, removed: &'a [u8]) -> BTreeSet<(&'a str, Span)> {
    #[derive(Deserialize)]
    struct Removed<'a> {
        #[serde(borrow)]
        id: &'a RawValue,
        span: Span,
        text: String,
        #[serde(borrow)]
        kept: Place<'a>,
    }
    #[derive(Deserialize)]
    struct Place<'a> {
        #[serde(borrow)]
        id: &'a RawValue,
        span: Span,
    }
    let mut gone = BTreeSet::new();
    let mut stay = Vec::new();
    for line in lines(removed) {
        let Removed { id, span, text, kept } = serde_json::from_slice(line).expect("the command writes JSON");
        assert_eq!(text, span.of(&records[id.get()].text));
        assert!(gone.insert((id.get(), span)), "nothing is removed twice");
        stay.push((kept.id.get(), kept.span));
    }
    assert!(stay.iter().all(|place| !gone.contains(place)), "a removed paragraph names one that stays");
    gone
}

fn assert_kept(records: &BTreeMap<&str, &Record>, gone: &BTreeSet<(&str, Span)>, kept: &[u8]) {
    let mut stay = BTreeSet::new();
    for line in lines(kept) {
        let after = Record::read(line).expect("what is kept is a record");
        let before = records[after.id.as_str()];
        assert_eq!(after.around, before.around);
        assert_eq!(Some(after.text), before.text_without(gone));
        assert!(stay.insert(after.id), "nothing is kept twice");
    }
    for (id, record) in records {
        assert!(stay.contains(*id) || record.text_without(gone).is_none(), "{id} is lost");
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty())
}
