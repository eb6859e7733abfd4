//! `refrain compare`: what two documents share.

use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::run::{Folder, GUIDE, command};

const LETTER: &str = "\
My aunt wrote that the harbour froze hard from shore to shore, and sent a drawing.

Whoever has come for the day, she says, stays for the night. The harbour froze hard from shore to shore twice.
";
const PAPER: &str = "\
Yesterday the harbour froze hard from shore to shore. Nobody had seen the like of it, and
nobody could say how long it would last.
";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("letter.txt", LETTER).write("paper.txt", PAPER).write("guide.txt", GUIDE);
    folder
}

#[test]
fn passages_are_side_by_side() {
    let ran = folder("compare").run(&["compare", "paper.txt", "letter.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @r"
    verbatim, 8 words
      paper.txt:1:11                                  | letter.txt:1:20
      the harbour froze hard from shore to shore      | the harbour froze hard from shore to shore
                                                      | also at 3:62

    1 shared passage: 32% of paper.txt is in letter.txt, 43% of letter.txt is in paper.txt
    ");
}

#[test]
fn columns_are_in_the_order_of_the_arguments() {
    let ran = folder("compare-order").run(&["compare", "letter.txt", "paper.txt"]);
    assert_snapshot!(ran.stdout, @r"
    verbatim, 8 words
      letter.txt:1:20                                 | paper.txt:1:11
      the harbour froze hard from shore to shore      | the harbour froze hard from shore to shore
      also at 3:62                                    |

    1 shared passage: 43% of letter.txt is in paper.txt, 32% of paper.txt is in letter.txt
    ");
}

#[test]
fn nothing_shared() {
    let folder = folder("compare-nothing");
    let ran = folder.run(&["compare", "paper.txt", "guide.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    assert_eq!(ran.stdout, "nothing shared: 25 words in paper.txt, 136 words in guide.txt\n");
    let ran = folder.run(&["compare", "--min-passage-tokens", "9", "paper.txt", "letter.txt"]);
    assert_eq!((ran.status, ran.stdout.starts_with("nothing shared: ")), (0, true));
}

#[test]
fn equal_documents_are_shared_however_short_they_are() {
    let folder = Folder::new("compare-short");
    folder.write("a.txt", "The cat sat.\n").write("b.txt", "The cat sat!\n");
    let ran = folder.run(&["compare", "a.txt", "b.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @r"
    verbatim, 3 words
      a.txt:1:1                                       | b.txt:1:1
      The cat sat                                     | The cat sat

    1 shared passage: 100% of a.txt is in b.txt, 100% of b.txt is in a.txt
    ");
    let ran = folder.write("b.txt", "A dog barked.\n\nThe cat sat.\n").run(&["compare", "a.txt", "b.txt"]);
    assert_eq!((ran.status, &*ran.stdout), (0, "nothing shared: 3 words in a.txt, 6 words in b.txt\n"));
}

#[test]
fn reworded_passages_are_shown_sentence_by_sentence() {
    let folder = Folder::new("compare-reworded");
    let [canal, reworded] = ["canal.txt", "canal_reworded.txt"]
        .map(|name| std::fs::read_to_string(format!("../tests/data/{name}")).unwrap());
    folder.write("a", canal).write("b", reworded);
    let all = folder.run(&["compare", "--passages", "all", "a", "b"]).stdout;
    assert!(all.starts_with("reworded, "), "{all}");
    assert!(!all.contains("more word") && all.contains("lies in matched areas)"), "{all}");
    // A row in which both sides begin a sentence after a row in which one side was filled up.
    let cells = all
        .lines()
        .filter_map(|line| line.split_once(" |"))
        .map(|(left, right)| [left.trim().is_empty(), right.trim().is_empty()]);
    assert!(cells.clone().any(|cell| cell[0]) && cells.clone().any(|cell| cell[1]), "{all}");
    let cropped = folder.run(&["compare", "a", "b"]).stdout;
    assert!(cropped.contains("more words") && cropped.lines().count() < all.lines().count(), "{cropped}");
}

#[test]
fn passages_have_eight_words_unless_another_length_is_given() {
    let folder = Folder::new("compare-least");
    folder
        .write("a", "Nobody came. The goat stood on the old roof.")
        .write("b", "The goat stood on the old roof, asleep.");
    assert_eq!(folder.run(&["compare", "a", "b"]).status, 0);
    assert_eq!(folder.run(&["compare", "--min-passage-tokens", "7", "a", "b"]).status, 1);
    assert!(
        folder.run(&["compare", "--format", "json", "a", "b"]).stdout.contains("\"min_passage_tokens\":8")
    );
    assert!(folder.run(&["check", "--format", "json", "a", "b"]).stdout.contains("\"min_passage_tokens\":6"));
}

#[test]
fn only_the_first_of_many_places_are_listed() {
    let folder = Folder::new("compare-places");
    let line = "The harbour froze hard from shore to shore.";
    folder.write("a", line).write("b", format!("{line}\n\n").repeat(7));
    let ran = folder.run(&["compare", "a", "b"]);
    assert!(ran.stdout.contains("| also at 3:1, 5:1, 7:1 and 3 more places\n"), "{}", ran.stdout);
}

#[test]
fn long_passages_are_cropped() {
    let words = |from: usize| (from..from + 500).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let folder = Folder::new("compare-long");
    folder.write("a", words(0)).write("b", words(100));
    let ran = folder.run(&["compare", "a", "b"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 16, "{}", ran.stdout);
    assert_eq!(lines[0], "verbatim, 400 words");
    // Six words of seven letters fit into each of eleven lines.
    assert_eq!(lines[13], format!("  {:47} | {}", "... and 334 more words", "... and 334 more words"));
    assert_eq!(lines[15], "1 shared passage: 80% of a is in b, 80% of b is in a");
    assert!(lines.iter().all(|line| line.len() <= 100));
}

#[test]
fn wide_characters_keep_the_columns_apart() {
    let folder = Folder::new("compare-wide");
    folder.write("左.txt", "早晨的渡船从码头开往小岛，天气好的时候也开往更远的灯塔，晚上回来，冬天不开。\n");
    folder.write("右.txt", "听说：早晨的渡船从码头开往小岛，天气好的时候也开往更远的灯塔，晚上回来。\n");
    let ran = folder.run(&["compare", "左.txt", "右.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @r"
    verbatim, 30 words
      左.txt:1:1                                      | 右.txt:1:4
      早晨的渡船从码头开往小岛，天气好的时候也开往更  | 早晨的渡船从码头开往小岛，天气好的时候也开往更
      远的灯塔，晚上回来                              | 远的灯塔，晚上回来

    1 shared passage: 88% of 左.txt is in 右.txt, 93% of 右.txt is in 左.txt
    ");
}

#[test]
fn long_names_are_cropped_and_control_characters_replaced() {
    let folder = Folder::new("compare-escapes");
    let name = format!("{}\u{1b}[2J.txt", "long-".repeat(20));
    let text = "Press \u{1b}[31mthe red\u{7} button\0 and \u{202e}wait for\u{9b}2J the bell to ring.\n";
    let ran = folder.write(&name, text).write("b\u{7}", text).run(&["compare", &name, "b\u{7}"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert!(!ran.stdout.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("  ...g-long-long-long-long-long-long-␛[2J.txt:1:1 | b␇:1:1\n"),
        "{}",
        ran.stdout
    );
    let ran = folder.run(&["compare", "gone\u{1b}[2J", "b\u{7}"]);
    assert!(ran.stderr.starts_with("error: cannot read gone␛[2J: "), "{}", ran.stderr);
}

#[test]
fn colours_are_used_only_on_request() {
    let folder = folder("compare-colours");
    assert!(!folder.run(&["compare", "paper.txt", "letter.txt"]).stdout.contains('\u{1b}'));
    let ran = folder.run(&["compare", "--color", "always", "paper.txt", "letter.txt"]);
    assert!(ran.stdout.starts_with("\u{1b}[1m"), "{}", ran.stdout);
    // Words that the other side does not have are coloured.
    folder.write("old.txt", "My aunt wrote that the old harbour froze hard from shore to shore.");
    let ran = folder.run(&["compare", "--color", "always", "old.txt", "letter.txt"]);
    assert!(ran.stdout.contains("the \u{1b}[33mold\u{1b}[0m harbour froze"), "{}", ran.stdout);
}

#[test]
fn one_of_the_two_may_be_standard_input() {
    let folder = folder("compare-stdin");
    for arguments in [["compare", "-", "letter.txt"], ["compare", "letter.txt", "-"]] {
        let ran = folder.run_on(&arguments, PAPER.as_bytes());
        assert_eq!((ran.status, &*ran.stderr), (1, ""), "{arguments:?}");
        assert!(ran.stdout.contains("<stdin>:1:1"), "{arguments:?}: {}", ran.stdout);
    }
    let ran = folder.run(&["compare", "-", "-"]);
    assert_eq!((ran.status, &*ran.stdout), (2, ""));
    assert_eq!(ran.stderr, "error: `-` is given more than once, but standard input can be read only once\n");
}

#[test]
fn a_file_shares_everything_with_itself_and_nothing_with_an_empty_one() {
    let folder = folder("compare-itself");
    let ran = folder.run(&["compare", "paper.txt", "paper.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert!(ran.stdout.ends_with("100% of paper.txt is in paper.txt, 100% of paper.txt is in paper.txt\n"));
    let cases: [&[u8]; 4] = [b"", b" \n\t\r\n\n", b"\xef\xbb\xbf", b"?!... --- !!!\n\0\0"];
    for wordless in cases {
        for other in ["paper.txt", "wordless"] {
            let ran = folder.write("wordless", wordless).run(&["compare", "wordless", other]);
            assert_eq!((ran.status, &*ran.stderr), (0, ""), "{wordless:?}");
            assert!(ran.stdout.starts_with("nothing shared: 0 words in wordless, "), "{}", ran.stdout);
        }
    }
}

#[test]
fn unreadable_files_are_all_named_and_nothing_is_reported() {
    let folder = folder("compare-bad");
    folder.write("latin1.txt", b"caf\xe9\n").write("wide.txt", b"\xff\xfea\0");
    let cases = [
        (["latin1.txt", "paper.txt"], "error: cannot read latin1.txt: invalid UTF-8 at byte offset 3\n"),
        (["paper.txt", "."], "error: cannot read .: it is a directory; expected a file\n"),
        (
            ["wide.txt", "latin1.txt"],
            "error: cannot read wide.txt: invalid UTF-8 at byte offset 0 (it looks like UTF-16)\n\
             error: cannot read latin1.txt: invalid UTF-8 at byte offset 3\n",
        ),
    ];
    for (files, message) in cases {
        for format in ["text", "json"] {
            let ran = folder.run(&["compare", "--format", format, files[0], files[1]]);
            assert_eq!((ran.status, &*ran.stdout, &*ran.stderr), (2, "", message));
        }
    }
    let ran = folder.run(&["compare", "gone.txt", "paper.txt"]);
    assert!(ran.status == 2 && ran.stderr.starts_with("error: cannot read gone.txt: "), "{}", ran.stderr);
}

#[test]
fn errors_of_options_say_what_is_accepted() {
    let folder = folder("compare-options");
    let cases = [
        (&["--min-passage-tokens", "0"][..], "--min-passage-tokens must be at least 1, got 0"),
        (&["--threads", "0"], "--threads must be at least 1 and at most 1024, got 0"),
        (&["--threshold", "1.5"], "--threshold must be greater than 0 and at most 1, got 1.5"),
        (&["--format", "xml"], "[possible values: text, json, html]"),
        (&["third.txt"], "unexpected argument 'third.txt'"),
    ];
    for (arguments, message) in cases {
        let ran = folder.run(&[&["compare", "paper.txt", "letter.txt"], arguments].concat());
        assert_eq!((ran.status, &*ran.stdout), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(message), "{arguments:?}: {}", ran.stderr);
    }
    for arguments in [&["compare"][..], &["compare", "paper.txt"]] {
        assert_eq!(folder.run(arguments).status, 2);
    }
    let help = folder.run(&["compare", "--help"]);
    assert_eq!(help.status, 0);
    assert!(help.stdout.contains("1  at least one passage is shared"), "{}", help.stdout);
}

#[test]
fn the_first_passages_are_shown_and_the_others_counted() {
    let folder = Folder::new("compare-many");
    let word = |n: u32| format!("w{:x}", n.wrapping_mul(2_654_435_761));
    let words = |from: u32, count: u32| (from..from + count).map(word).collect::<Vec<_>>().join(" ");
    // Far apart, and in another order in the other document.
    let text = |from: u32, order: &mut dyn Iterator<Item = u32>| {
        let paragraphs = order.map(|n| words(20 * n, 8 + n % 5) + "\n\n" + &words(from + 100 * n, 100));
        paragraphs.collect::<Vec<_>>().join("\n\n")
    };
    folder.write("a", text(10_000, &mut (0..13))).write("b", text(20_000, &mut (0..13).rev()));
    let run = |arguments: &[&str]| {
        let ran = folder.run(&[&["compare", "a", "b"], arguments].concat());
        assert_eq!((ran.status, &*ran.stderr), (1, ""));
        let shown = ran.stdout.lines().filter(|line| line.starts_with("verbatim, ")).count();
        (shown, ran.stdout.lines().last().unwrap().to_owned())
    };
    let all = "13 shared passages: 8% of a is in b, 8% of b is in a";
    let some = |shown: usize| {
        all.replace(':', &format!(" ({shown} shown, {} more with --passages all):", 13 - shown))
    };
    assert_eq!(run(&[]), (10, some(10)));
    assert_eq!(run(&["--passages", "0"]), (0, some(0)));
    assert_eq!(run(&["--passages", "12"]), (12, some(12)));
    assert_eq!(run(&["--passages", "all"]), (13, all.to_owned()));
    assert_eq!(run(&["--passages", "13"]), (13, all.to_owned()));
    let ran = folder.run(&["compare", "a", "b", "--passages", "most"]);
    assert!(ran.status == 2 && ran.stderr.contains("expected a whole number or `all`"), "{}", ran.stderr);
}

/// The options mean the same, so their help is the same.
#[test]
fn help_of_lengths_is_the_same_as_that_of_check() {
    let folder = Folder::new("compare-lengths");
    let help_of_lengths = |command: &str| {
        let help = folder.run(&[command, "--help"]).stdout;
        let (from, to) = (help.find("--min-passage-tokens"), help.rfind("--min-paragraph-tokens"));
        let end = to.unwrap() + help[to.unwrap()..].find(']').unwrap();
        // Where clap adds the default, a full stop is before it.
        help[from.unwrap()..end]
            .replace(". ", " ")
            .replace(".\n", "\n")
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(help_of_lengths("check"), help_of_lengths("compare"));
}

#[test]
fn json_has_the_report_and_the_shared_part() {
    let folder = folder("compare-json");
    let arguments = ["compare", "--format", "json", "--threads", "2", "--min-passage-tokens", "5"];
    let ran = folder.run(&[&arguments[..], &["guide.txt", "letter.txt"]].concat());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report["schema"], "refrain.report/1");
    assert_eq!(report["settings"]["min_passage_tokens"], 5);
    let passages = report["passages"].as_array().unwrap();
    assert!(!passages.is_empty());
    for passage in passages {
        assert!(passage["kind"].is_string());
        let documents: Vec<&Value> =
            passage["occurrences"].as_array().unwrap().iter().map(|o| &o["document"]).collect();
        assert!(documents.contains(&&json!(0)) && documents.contains(&&json!(1)), "{passage}");
    }
    let place = passages[0]["occurrences"].as_array().unwrap().last().unwrap();
    assert_eq!((&place["line"], &place["column"]), (&json!(3), &json!(1)));
    // "Whoever has come for the day stays for the night" is twice in the guide of 136 words.
    assert_eq!(report["documents"][0]["shared"], json!(20.0 / 136.0));
    assert!(report["documents"][1]["shared"].as_f64().unwrap() > 0.2);
}

#[test]
fn very_long_lines_are_compared_and_cropped() {
    let folder = Folder::new("compare-line");
    let line: String = (0..30_000).map(|n: u32| format!("{:x} ", n.wrapping_mul(2_654_435_761))).collect();
    folder.write("a", &line).write("b", format!("Once more: {line}"));
    let ran = folder.run(&["compare", "a", "b"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert!(ran.stdout.len() < 5_000 && ran.stdout.contains("... and 299"), "{}", ran.stdout);
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let folder = Folder::new("compare-pipe");
    let word = |n: u32| format!("{:x}", n.wrapping_mul(2_654_435_761));
    let paragraph = |n: u32| (10 * n..10 * n + 10).map(word).collect::<Vec<_>>().join(" ");
    let mut paragraphs: Vec<String> = (0..700).map(paragraph).collect();
    folder.write("a", paragraphs.join("\n\n"));
    // In reverse order, so that each paragraph is a passage of its own and the output exceeds a pipe.
    paragraphs.reverse();
    folder.write("b", paragraphs.join("\n\n"));
    for format in ["text", "json"] {
        let mut child = command()
            .args(["compare", "a", "b", "--passages", "all", "--format", format])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), &*output.stderr), (Some(1), &b""[..]), "{format}");
    }
}
