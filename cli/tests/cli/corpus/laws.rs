//! What must hold for any corpus, tested on generated ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::*;

/// Pseudo-random numbers, the same on every machine (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

const SEPARATORS: [&str; 5] = ["\n\n", "\n \r\n", "\r\n\r\n\r\n", "\u{2029}", "\u{c}\n"];

/// Records of a few paragraphs each, many of them edited copies, with text around them.
fn generated(seed: u64, records: usize) -> Vec<(String, String)> {
    let mut random = Random(seed);
    let mut earlier: Vec<Vec<String>> = Vec::new();
    let mut paragraph = |random: &mut Random| {
        let mut words: Vec<String> = if earlier.len() > 3 && random.below(2) == 0 {
            earlier[random.below(earlier.len())].clone()
        } else {
            (0..random.below(30) + 1).map(|_| format!("w{}é", random.below(400))).collect()
        };
        for _ in 0..random.below(4) {
            let at = random.below(words.len());
            words[at] = random.of(&["new", "\"old\"", "日本", "back\\slash", "😀", "tab\there"]).to_owned();
        }
        earlier.push(words.clone());
        words.join(" ")
    };
    let record = |id: usize| {
        let mut text = random.of(&["", "", " ", "\u{feff}", "\n"]).to_owned();
        for index in 0..random.below(5) {
            if index > 0 {
                text += random.of(&SEPARATORS);
            }
            text += &paragraph(&mut random);
        }
        text += random.of(&["", "", "\n", " \n\n"]);
        (format!("\"r{id}\""), text)
    };
    (0..records).map(record).collect()
}

/// The line with every character that is not ASCII as an escape sequence, as many programs write it.
fn escaped(line: &str) -> String {
    let mut units = [0; 2];
    line.chars()
        .map(|c| match c {
            ' '..='~' | '\n' => c.to_string(),
            _ => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
        })
        .collect()
}

fn texts(lines: &[Value]) -> BTreeMap<String, String> {
    lines.iter().map(|line| (line["id"].to_string(), line["text"].as_str().unwrap().to_owned())).collect()
}

type Place = (String, u64, u64);

fn place(id: &Value, span: &Value) -> Place {
    (id.to_string(), span[0].as_u64().unwrap(), span[1].as_u64().unwrap())
}

fn paragraphs(id: &str, text: &str) -> Vec<Place> {
    refrain::text::paragraphs(text).map(|span| (id.to_owned(), span.start as u64, span.end as u64)).collect()
}

#[test]
fn kept_and_removed_together_are_the_input() {
    let folder = Folder::new("laws-lossless");
    for (seed, policy) in (0..).zip(["first", "last", "longest", "field:n", "first", "longest"]) {
        let records = generated(seed, 150);
        let lines: String = (0..)
            .zip(&records)
            .map(|(index, (id, text))| {
                let line =
                    format!("{{\"n\": {}, \"id\": {id}, \"text\": {}}}\n", index * 37 % 50, quoted(text));
                if index % 2 == 0 { escaped(&line) } else { line }
            })
            .collect();
        folder.write("in.jsonl", &lines);
        let files = ["--removed", "removed.jsonl", "-o", "kept.jsonl", "in.jsonl"];
        let ran = folder.run(&[&["dedup", "--keep", policy], &files[..], &ALIKE].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let read = |name: &str| parsed(&fs::read_to_string(folder.path().join(name)).unwrap());
        let input = texts(&parsed(&lines));
        let (kept, removed) = (texts(&read("kept.jsonl")), read("removed.jsonl"));
        assert!(removed.len() > 40, "{}", removed.len());

        let mut removed_places = BTreeSet::new();
        for line in &removed {
            let (id, start, end) = place(&line["id"], &line["span"]);
            assert_eq!(
                line["text"],
                input[&id][start as usize..end as usize],
                "the text is that of the span"
            );
            assert!(removed_places.insert((id, start, end)));
        }
        for line in &removed {
            let kept = place(&line["kept"]["id"], &line["kept"]["span"]);
            assert!(!removed_places.contains(&kept), "a removed paragraph names a kept one");
            assert!(line["resemblance"].as_f64().unwrap() >= 0.5);
        }
        let places: Vec<Place> =
            read("removed.jsonl").iter().map(|line| place(&line["id"], &line["span"])).collect();
        let order = |place: &Place| records.iter().position(|(id, _)| *id == place.0);
        assert!(places.is_sorted_by_key(|place| (order(place), place.1)), "in the order of the input");
        for (id, text) in &input {
            let all = paragraphs(id, text);
            let kept_places: Vec<&Place> =
                all.iter().filter(|place| !removed_places.contains(place)).collect();
            let of = |place: &Place| &text[place.1 as usize..place.2 as usize];
            if kept_places.is_empty() && !all.is_empty() {
                assert!(!kept.contains_key(id), "a record with no paragraph left is dropped");
                continue;
            }
            // Each kept paragraph, after the separator that was before it.
            let mut expected = text[..all.first().map_or(text.len(), |first| first.1 as usize)].to_owned();
            for (index, place) in all.iter().enumerate().filter(|(_, place)| !removed_places.contains(place))
            {
                if index > 0 && place != kept_places[0] {
                    expected += &text[all[index - 1].2 as usize..place.1 as usize];
                }
                expected += of(place);
            }
            expected += all.last().map_or("", |last| &text[last.2 as usize..]);
            assert_eq!(kept[id], expected);
        }
    }
}

#[test]
fn no_pair_is_left_among_the_kept() {
    let folder = Folder::new("laws-none-left");
    for seed in 10..14 {
        let records = generated(seed, 200);
        let lines: Vec<(&str, &str)> =
            records.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        folder.write("in.jsonl", corpus(&lines));
        for threshold in ["0.4", "0.5", "0.8"] {
            let alike = ["--threshold", threshold, "--min-paragraph-tokens", "1"];
            for merge in [&[][..], &["--merge-numbers"]] {
                let dedup = |rest: &[&str]| {
                    let ran = folder.run(&[&["dedup"], rest, merge, &alike].concat());
                    assert_eq!(ran.status, 0, "{}", ran.stderr);
                    ran
                };
                dedup(&["-o", "kept.jsonl", "in.jsonl"]);
                let left = done(&folder.run(&[&["pairs", "kept.jsonl"], &alike[..]].concat()));
                assert!(left.iter().all(|pair| pair["differs"] == "numbers"));
                assert!(left.is_empty() || merge.is_empty());
                let again = dedup(&["kept.jsonl"]);
                assert_eq!(again.stdout, fs::read_to_string(folder.path().join("kept.jsonl")).unwrap());
            }
        }
    }
}

/// Large enough for several blocks, so that errors in sharing work between threads would show.
#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::new("laws-threads");
    let records = generated(99, 3_000);
    let padding = "x".repeat(4_000);
    let lines: String = records
        .iter()
        .map(|(id, text)| {
            format!("{{\"padding\": \"{padding}\", \"id\": {id}, \"text\": {}}}\n", quoted(text))
        })
        .collect();
    folder.write("in.jsonl", lines.replacen("\"r2\"", "oops", 1));
    for command in [&["pairs"][..], &["clusters"], &["dedup", "--removed", "removed"]] {
        let run = |threads: &str| {
            let ran = folder.run(
                &[
                    command,
                    &["--skip-bad", "-o", "out", "--threads", threads, "in.jsonl"],
                    &["--threshold", "0.8", "--min-paragraph-tokens", "1"],
                ]
                .concat(),
            );
            assert_eq!(ran.status, 0, "{}", ran.stderr);
            (fs::read(folder.path().join("out")).unwrap(), fs::read(folder.path().join("removed")).ok())
        };
        let one = run("1");
        assert!(one.0.len() > 1000 && one == run("2") && one == run("7"));
    }
}
