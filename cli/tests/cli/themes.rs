//! `--themes` and `--background` of `check`, and `refrain background`.

use crate::run::Folder;

const TEXT: &str = "\
The ferry company wants to replace its two oldest boats with electric catamarans by next spring.

Island shops close at noon on Sundays, and nobody seems to mind. The baker sleeps late. Children swim off the \
pier until their mothers call.

By next spring, the mayor promised, electric catamarans will replace the two oldest boats.
";

#[test]
fn a_level_is_chosen_and_a_wrong_one_refused() {
    let folder = Folder::new("levels");
    folder.write("a.txt", TEXT);
    let ran = folder.run(&["check", "a.txt"]);
    assert!(ran.stdout.contains("note[said-again] a.txt:1: said in 2 paragraphs\n"), "{}", ran.stdout);
    assert!(!folder.run(&["check", "--themes", "off", "a.txt"]).stdout.contains("said-again"));
    let ran = folder.run(&["check", "--themes", "loose", "a.txt"]);
    assert!(ran.stderr.contains("expected off, strict, middle or thorough"), "{}", ran.stderr);
    assert_eq!(ran.status, 2);
}

#[test]
fn a_table_is_made_and_used() {
    let folder = Folder::new("table");
    folder.write("a.txt", TEXT);
    let texts = [TEXT, "The ferry leaves. Nobody minds.", "港口"].map(str::escape_debug);
    let [one, two, three] = texts.map(|text| text.to_string());
    folder.write("texts.jsonl", format!("{{\"id\":1,\"text\":\"{one}\"}}\n{{\"id\":2,\"text\":\"{two}\"}}\n{{\"id\":3,\"text\":\"{three}\"}}\n"));
    let ran = folder.run(&["background", "texts.jsonl", "-o", "table.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    let printed = folder.run(&["background", "texts.jsonl"]).stdout;
    assert!(printed.starts_with("documents 3\nand 1\n") && printed.contains("\nferry 2\n"), "{printed}");

    let ran = folder.run(&["check", "--background", "table.txt", "--format", "json", "a.txt"]);
    assert!(ran.stdout.contains("\"background\":\"custom/"), "{}", ran.stdout);
    let ran = folder.run(&["check", "--background", "none", "--format", "json", "a.txt"]);
    assert!(ran.stdout.contains("\"background\":\"none\""), "{}", ran.stdout);
}

#[test]
fn a_bad_table_or_corpus_is_an_error_with_the_line() {
    let folder = Folder::new("bad-table");
    folder.write("a.txt", TEXT).write("bad.txt", "documents 9\nthe 10\n").write("bad.jsonl", "{\"id\":1}\n");
    let ran = folder.run(&["check", "--background", "bad.txt", "a.txt"]);
    let expected = "bad.txt: not a stored background table: line 2 must be a new stem and a count from 1 to 9, \
        such as `harbo 17`, got `the 10`";
    assert!(ran.status == 2 && ran.stderr.contains(expected), "{}", ran.stderr);
    let ran = folder.run(&["check", "--background", "gone.txt", "a.txt"]);
    assert!(ran.status == 2 && ran.stderr.contains("gone.txt: "), "{}", ran.stderr);
    let ran = folder.run(&["background", "bad.jsonl", "-o", "table.txt"]);
    assert!(ran.status == 2 && ran.stderr.contains("bad.jsonl: line 1"), "{}", ran.stderr);
    let ran = folder.run(&["background", "bad.jsonl", "-o", "bad.jsonl"]);
    assert!(ran.status == 2 && ran.stderr.contains("-o is bad.jsonl, which is the input"), "{}", ran.stderr);
}
