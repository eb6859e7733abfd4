//! The pipeline of the examples, over several runs, one of which is killed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use refrain_index::Index;
use serde_json::Value;

use super::child::Process;
use super::generator::{Rng, Writer};
use super::{go_on, names};

#[path = "../../examples/pipeline.rs"]
#[allow(dead_code, reason = "its main function")]
pub(crate) mod example;

/// Articles of which a third are edited copies of earlier ones, and some say a paragraph again.
fn articles() -> Vec<(String, String)> {
    let (mut writer, mut rng) = (Writer::english(31), Rng::new(13));
    let mut articles: Vec<(String, String)> = Vec::new();
    for number in 0..60 {
        let text = match rng.below(6) {
            0 | 1 if number > 0 => {
                let (_, earlier) = &articles[rng.below(number)];
                let paragraphs: Vec<String> =
                    earlier.split("\n\n").map(|paragraph| writer.edited_to(paragraph, 0.8)).collect();
                paragraphs.join("\n\n")
            }
            2 => vec![writer.paragraph(400); 4].join("\n\n"),
            _ => (0..4).map(|_| writer.paragraph(400)).collect::<Vec<_>>().join("\n\n"),
        };
        articles.push((format!("{number:02}.txt"), text));
    }
    articles
}

fn decisions(folder: &Path) -> BTreeMap<String, Value> {
    let files = fs::read_dir(folder.join("decisions")).unwrap().map(|file| file.unwrap());
    let decision = |file: &fs::DirEntry| serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
    files.map(|file| (file.file_name().into_string().unwrap(), decision(&file))).collect()
}

#[test]
fn a_pipeline_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [calm, killed] = ["calm", "killed"].map(|name| folder.path().join(name));
    let articles = articles();
    for folder in [&calm, &killed] {
        fs::create_dir_all(folder.join("incoming")).unwrap();
    }
    let arrive = |folder: &Path, articles: &[(String, String)]| {
        for (name, text) in articles {
            fs::write(folder.join("incoming").join(name), text).unwrap();
        }
    };
    let run = |folder: &Path| {
        let [index, incoming, decisions] = ["a.index", "incoming", "decisions"].map(|name| folder.join(name));
        let mut count = 0;
        example::run(&index, &incoming, &decisions, |_, _| count += 1).unwrap();
        count
    };
    // One run decides about all.
    arrive(&calm, &articles);
    assert_eq!(run(&calm), 60);
    let expected = decisions(&calm);
    let count = |decision: &str| expected.values().filter(|found| found["decision"] == *decision).count();
    assert!(count("publish") > 20 && count("merge") > 5 && count("send back") > 3, "{expected:?}");

    // Elsewhere they come in three parts, and the program is killed amid the second.
    arrive(&killed, &articles[..20]);
    assert_eq!(run(&killed), 20);
    arrive(&killed, &articles[20..50]);
    let mut process = Process::start("pipeline", &killed, 0);
    for _ in 0..10 {
        assert_eq!(process.line(), "done");
    }
    let done = 10 + process.kill();
    assert!(done < 30, "it was killed too late");
    // Perhaps one had its decision, which was not said any more.
    let rest = run(&killed);
    assert!(rest == 30 - done || rest == 29 - done, "{rest} after {done}");
    arrive(&killed, &articles[50..]);
    assert_eq!(run(&killed), 10);
    assert_eq!(run(&killed), 0);

    assert_eq!(decisions(&killed), expected);
    let index = Index::open(killed.join("a.index")).unwrap();
    let published: Vec<String> = expected
        .iter()
        .filter(|(_, found)| found["decision"] == "publish")
        .map(|(name, _)| name.clone())
        .collect();
    let stored: Vec<String> = names(&index).into_iter().map(|name| name + ".json").collect();
    assert_eq!(stored, published);
    index.verify(go_on).unwrap();
}

/// Killed after the commit and before the decision was written.
#[test]
fn what_was_published_without_a_decision_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    let [index, incoming, decided] =
        ["a.index", "incoming", "decisions"].map(|name| folder.path().join(name));
    fs::create_dir(&incoming).unwrap();
    let text = Writer::english(4).document(900);
    fs::write(incoming.join("a.txt"), &text).unwrap();
    Index::create(&index, refrain_index::Settings::default()).unwrap().add(("a.txt", &*text)).unwrap();
    example::run(&index, &incoming, &decided, |_, _| ()).unwrap();
    assert_eq!(decisions(folder.path())["a.txt.json"]["decision"], "publish");
}
