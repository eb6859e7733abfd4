//! Paragraphs that differ only in numbers: no command merges them unless it is asked to.

use serde_json::json;

use super::*;

const ROAD_1506: &str =
    "The road crew has closed Road 1506 for the winter, and asks all drivers to take the valley road.";
const ROAD_1507: &str =
    "The road crew has closed Road 1507 for the winter, and asks all drivers to take the valley road.";
const ROAD_SHUT: &str =
    "The road crew has shut Road 1507 for the winter, and asks all drivers to take the valley road.";
const MINUTES: [&str; 3] = [
    "The minutes of the council of 12 December 2022 were approved without a change by all who were there.",
    "The minutes of the council of 31 December 2023 were approved without a change by all who were there.",
    "The minutes of the council of 31 January 2024 were approved without a change by all who were there.",
];

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    let [first, second, third] = MINUTES;
    folder.write(
        "in.jsonl",
        corpus(&[
            ("1", ROAD_1506),
            ("2", first),
            ("3", ROAD_1507),
            ("4", second),
            ("5", ROAD_SHUT),
            ("6", third),
            ("7", ROAD_1507),
        ]),
    );
    folder
}

fn kept(folder: &Folder, arguments: &[&str]) -> Vec<Value> {
    let ran = folder.run(&[&["dedup", "--quiet", "in.jsonl"], &ALIKE[..], arguments].concat());
    assert_eq!(ran.status, 0, "{ran:?}");
    parsed(&ran.stdout).into_iter().map(|record| record["id"].clone()).collect()
}

#[test]
fn pairs_are_marked() {
    let pairs = done(&folder("numbers-pairs").run(&["pairs", "in.jsonl"]));
    let ends = pairs.iter().map(|pair| json!([pair["a"], pair["b"], pair["differs"]]));
    assert_eq!(
        ends.collect::<Vec<_>>(),
        [
            json!([1, 3, "numbers"]),
            json!([1, 5, null]),
            json!([1, 7, "numbers"]),
            json!([2, 4, "numbers"]),
            json!([2, 6, "numbers"]),
            json!([3, 5, null]),
            json!([3, 7, null]),
            json!([4, 6, "numbers"]),
            json!([5, 7, null]),
        ]
    );
    assert!(pairs[1].get("differs").is_none(), "pairs that differ in words are not marked");
}

#[test]
fn dedup_keeps_both() {
    let folder = folder("numbers-dedup");
    assert_eq!(kept(&folder, &["--removed", "removed.jsonl"]), [1, 2, 3, 4, 6]);
    let removed = parsed(&std::fs::read_to_string(folder.path().join("removed.jsonl")).unwrap());
    let kept_instead = removed.iter().map(|line| (line["id"].clone(), line["kept"]["id"].clone()));
    // The fifth also differs in a word, so it is removed; the third, with its number, is kept instead.
    assert_eq!(kept_instead.collect::<Vec<_>>(), [(json!(5), json!(3)), (json!(7), json!(3))]);
    assert_eq!(kept(&folder, &["--keep", "last"]), [1, 2, 4, 6, 7]);
    assert_eq!(kept(&folder, &["--merge-numbers"]), [1, 2]);
    assert_eq!(kept(&folder, &["--merge-numbers", "--keep", "last"]), [6, 7]);
}

#[test]
fn clusters_match_dedup() {
    let folder = folder("numbers-clusters");
    let clusters = |arguments: &[&str]| {
        let found = done(&folder.run(&[&["clusters", "in.jsonl"], &ALIKE[..], arguments].concat()));
        let ids = |cluster: &Value| {
            let members = cluster["members"].as_array().unwrap().iter();
            members.map(|member| member["id"].as_u64().unwrap()).collect::<Vec<_>>()
        };
        found.iter().map(ids).collect::<Vec<_>>()
    };
    assert_eq!(clusters(&[]), [[3, 5, 7]]);
    assert_eq!(clusters(&["--merge-numbers"]), [vec![1, 3, 5, 7], vec![2, 4, 6]]);
}

#[test]
fn numbers_in_front_keep_records_apart() {
    let clause = "The keeper shall enter each visit in the book of the house, shall show the book to the owner on \
        request, and shall keep it for ten years after the last visit that is entered in it.";
    let folder = Folder::new("numbers-labels");
    let line = |(id, label): (usize, &str)| {
        format!("{{\"id\": {id}, \"text\": {}}}\n", quoted(&format!("{label} {clause}")))
    };
    let labels = ["3.2.1", "7.4", "(12)", "[00:12]", "1506"];
    folder.write("in.jsonl", (1..).zip(labels).map(line).collect::<String>());
    // `check` takes the first four for labels, but what is removed is lost.
    assert_eq!(kept(&folder, &[]), [1, 2, 3, 4, 5]);
    assert_eq!(kept(&folder, &["--merge-numbers"]), [1]);
}

/// Half of the paragraphs are kept. Comparing each with all of them would take minutes.
#[test]
fn many_paragraphs_that_differ_in_numbers_take_linear_time() {
    const MANY: usize = if cfg!(debug_assertions) { 30_000 } else { 100_000 };
    let folder = Folder::new("numbers-crowd");
    let line = |id: usize| {
        let number = (id / 2).to_string();
        let text = match id % 2 {
            0 => ROAD_1506.replace("1506", &number),
            _ => ROAD_SHUT.replace("1507", &number),
        };
        format!("{{\"id\": {id}, \"text\": {}}}\n", quoted(&text))
    };
    folder.write("in.jsonl", (0..MANY).map(line).collect::<String>());
    let ran = folder.run(
        &[&["dedup", "--removed", "removed.jsonl", "-o", "kept.jsonl", "in.jsonl"], &ALIKE[..]].concat(),
    );
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let removed = parsed(&std::fs::read_to_string(folder.path().join("removed.jsonl")).unwrap());
    assert_eq!(removed.len(), MANY / 2);
    for line in removed {
        assert_eq!(line["kept"]["id"].as_u64().unwrap() + 1, line["id"].as_u64().unwrap());
    }
}
