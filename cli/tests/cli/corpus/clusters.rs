//! `refrain clusters`.

use serde_json::json;

use super::*;

#[test]
fn clusters_have_their_representative_first() {
    let folder = Folder::new("clusters");
    let first = format!("{SOUP}\n\n{FERRY}");
    folder.write(
        "in.jsonl",
        corpus(&[("1", &first), ("\"2\"", FERRY_EDITED), ("3", "Alone."), ("4", SOUP), ("5", FERRY)]),
    );
    let ran = folder.run(&[&["clusters", "in.jsonl"], &ALIKE[..]].concat());
    let (soup, ferry) = (json!([0, SOUP.len()]), json!([SOUP.len() + 2, first.len()]));
    assert_eq!(
        done(&ran),
        [
            json!({"representative": {"id": 1, "span": soup}, "members": [
                {"id": 1, "span": soup, "resemblance": 1.0},
                {"id": 4, "span": [0, SOUP.len()], "resemblance": 1.0},
            ]}),
            json!({"representative": {"id": 1, "span": ferry}, "members": [
                {"id": 1, "span": ferry, "resemblance": 1.0},
                {"id": "2", "span": [0, FERRY_EDITED.len()], "resemblance": 13.0 / 19.0},
                {"id": 5, "span": [0, FERRY.len()], "resemblance": 1.0},
            ]}),
        ]
    );
    assert!(ran.stderr.contains(": 2 clusters of 5 paragraphs; "), "{}", ran.stderr);
}

#[test]
fn a_higher_threshold_separates_them() {
    let folder = Folder::new("clusters-threshold");
    folder.write("in.jsonl", corpus(&[("1", FERRY), ("2", FERRY_EDITED)]));
    assert_eq!(done(&folder.run(&["clusters", "--threshold", "0.5", "in.jsonl"])).len(), 1);
    assert_eq!(done(&folder.run(&["clusters", "--threshold", "0.8", "in.jsonl"])).len(), 0);
}
