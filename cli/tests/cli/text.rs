//! `refrain check` with text output.

use insta::assert_snapshot;

use crate::run::{Folder, GUIDE};

#[test]
fn a_guide_that_repeats_itself() {
    let folder = Folder::new("guide");
    let ran = folder.write("guide.txt", GUIDE).run(&["check", "guide.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    warning[exact-duplicate]: the same words as the paragraph at line 3
      --> guide.txt:13:1
       |
    13 | Visitors are welcome from May to September, provided that they bring sturdy shoes and leave...
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      --> guide.txt:3:1
       |
     3 | Visitors are welcome from May to September, provided that they bring sturdy...
       | ------------------------------------------------------------------------------ first occurrence

    warning[near-duplicate]: near-duplicate of the paragraph at line 1, resemblance 0.66
     --> guide.txt:7:1
      |
    7 | The lighthouse keeper climbs the iron stairs every evening before sunset and trims the lamp...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> guide.txt:1:1
      |
    1 | The lighthouse keeper climbs the iron stairs every evening before dusk and...
      | ----------------------------------------------------------------------------- first occurrence
      |
      = differs: “dusk” → “sunset”

    note[said-again]: said in 2 paragraphs: “whoever has come for the day stays for the night”
      --> guide.txt:11:101
       |
    11 | ...the north it does not call at all, and whoever has come for the day stays for the night.
       |                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
      --> guide.txt:15:37
       |
    15 | ...of her fish soup. Whoever has come for the day stays for the night, as a rule, because of...
       |                      ------------------------------------------------ also here

    8 paragraphs (1 too short to compare), repetitive, redundancy 38%: 2 warnings, 8 notes (1 shown, 7 more with --notes all, not worth showing)
    ");
}

#[test]
fn two_documents_with_a_passage_in_common() {
    let folder = Folder::new("documents");
    folder
        .write("a.txt", "Yesterday the harbour froze from shore to shore. Nobody had seen the like of it.\n");
    folder.write("b.txt", "My aunt wrote that the harbour froze from shore to shore, and sent a drawing.\n");
    let ran = folder.run(&["check", "a.txt", "b.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    assert_snapshot!(ran.stdout, @r#"
    a.txt: ok, redundancy 0%

    b.txt: ok, redundancy 0%: 1 note

    note[repeated-passage]: a passage of 7 words stands in 2 places
     --> b.txt:1:20
      |
    1 | My aunt wrote that the harbour froze from shore to shore, and sent a drawing.
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> a.txt:1:11
      |
    1 | Yesterday the harbour froze from shore to shore. Nobody had seen the like of it.
      |           ------------------------------------- first occurrence

    2 documents, 2 paragraphs, redundancy 0%: 0 warnings, 1 note
    "#);
}

#[test]
fn a_document_that_repeats_one_line() {
    let line = "Rain again, and the road to the mill is under water.\n";
    let ran = Folder::new("one").run_on(&["check", "--paragraphs", "blank"], line.repeat(6).as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    warning[repetitive]: 83% of this document repeats what it said before, from line 2 on
     --> <stdin>:2:1
      |
    2 | Rain again, and the road to the mill is under water.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repetition starts here

    note[repeated-passage]: a passage of 11 words stands in 6 places
     --> <stdin>:2:1
      |
    2 | Rain again, and the road to the mill is under water.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> <stdin>:1:1
      |
    1 | Rain again, and the road to the mill is under water.
      | --------------------------------------------------- first occurrence
      |
     --> <stdin>:3:1
      |
    3 | Rain again, and the road to the mill is under water.
      | --------------------------------------------------- also here
      |
     --> <stdin>:4:1
      |
    4 | Rain again, and the road to the mill is under water.
      | --------------------------------------------------- also here
      |
      = note: and 2 more places

    1 paragraph, repetitive, redundancy 83%: 1 warning, 1 note
    ");
}

#[test]
fn paragraphs_longer_than_the_page_or_than_a_line() {
    let folder = Folder::new("long");
    let long = "The council met on Tuesday to talk about the bridge, which is old, narrow and dear to all who \
        live near it, and about the ferry, which is none of these things but runs on time.";
    let wrapped = long.replace(", ", ",\n");
    let ran =
        folder.write("long.txt", format!("{long}\n\n{wrapped}\n")).run(&["check", "--notes=0", "long.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    warning[repetitive]: 50% of this document repeats what it said before, from line 3 on
     --> long.txt:3:1
      |
    3 | The council met on Tuesday to talk about the bridge, which is old,...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repetition starts here

    warning[exact-duplicate]: the same words as the paragraph at line 1
     --> long.txt:3:1
      |
    3 | The council met on Tuesday to talk about the bridge, which is old, narrow and dear to all who...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> long.txt:1:1
      |
    1 | The council met on Tuesday to talk about the bridge, which is old, narrow...
      | ---------------------------------------------------------------------------- first occurrence

    2 paragraphs, repetitive, redundancy 50%: 2 warnings, 1 note (0 shown, 1 more with --notes all, not worth showing)
    ");
}

#[test]
fn numbers_that_differ_are_a_note() {
    let folder = Folder::new("numbers");
    let notice = "The road crew has closed Road 1506 for the winter from 1 December 2022 on, and asks all \
        drivers to take the valley road until further notice, whatever the weather.";
    let other = notice.replace("1506", "1507").replace("1 December 2022", "12 January 2023");
    folder.write("roads.txt", format!("{notice}\n\n{other}\n"));
    let ran = folder.run(&["check", "--min-passage-tokens=100", "roads.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    assert_snapshot!(ran.stdout, @"
    note[differs-in-numbers]: differs from the paragraph at line 1 in numbers only
     --> roads.txt:3:1
      |
    3 | The road crew has closed Road 1507 for the winter from 12 January 2023 on, and asks all...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> roads.txt:1:1
      |
    1 | The road crew has closed Road 1506 for the winter from 1 December 2022 on,...
      | ----------------------------------------------------------------------------- first occurrence
      |
      = differs: “1506” → “1507”; “1 December 2022” → “12 January 2023”

    2 paragraphs, ok, redundancy 0%: 0 warnings, 1 note
    ");
    let ran = folder.run(&["check", "--merge-numbers", "roads.txt"]);
    assert!(ran.status == 1 && ran.stdout.contains("warning[near-duplicate]"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("differs: “1506” → “1507”; “1 December 2022” → “12 January 2023”"),
        "{}",
        ran.stdout
    );
}

#[test]
fn earlier_documents_count_as_earlier_text_on_request() {
    let folder = Folder::new("coverage");
    folder
        .write("a.txt", "The ferry to the island leaves at nine every morning, except on Sundays and in fog.\n")
        .write("b.txt", "The island has two inns.\n\nBoth of them are closed from November to the end of March.\n")
        .write(
            "c.txt",
            "The captain has a word for all visitors.\n\nA word for all visitors: the ferry to the \
            island leaves at nine every morning, and both of them are closed from November to the end of March.\n",
        );
    let check = ["check", "--notes=0", "a.txt", "b.txt", "c.txt"];
    let ran = folder.run(&check);
    assert_eq!((ran.status, &*ran.stderr), (0, ""), "{}", ran.stdout);
    let ran = folder.run(&[&check[..], &["--coverage", "documents", "--min-passage-tokens=100"]].concat());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @r#"
    a.txt: ok, redundancy 0%
    b.txt: ok, redundancy 0%

    c.txt: ok, redundancy 0%: 1 warning

    warning[repetitive]: 80% of this paragraph was said before, at line 1, a.txt:1 and b.txt:3
     --> c.txt:3:1
      |
    3 | A word for all visitors: the ferry to the island leaves at nine every morning, and both of...
      | ^^^^^^^^^^^^^^^^^^^^^^^ said at line 1
      |
     --> c.txt:3:26
      |
    3 | ...for all visitors: the ferry to the island leaves at nine every morning, and both of them...
      |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ said at a.txt:1
      |
     --> c.txt:3:84
      |
    3 | ...every morning, and both of them are closed from November to the end of March.
      |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ said at b.txt:3
      |
      = new here: “and”

    3 documents, 5 paragraphs, redundancy 0%: 1 warning, 0 notes
    "#);
}

#[test]
fn boilerplate_is_reported_once() {
    let folder = Folder::new("boilerplate");
    let footer = "Subscribe to our letter of the week, and never miss the best stories from the islands.";
    let bar = "This story was first told in the harbour bar";
    // Long enough that the story and the footer are not one passage.
    let rest = |word: &str| (0..90).map(|i| format!("{word}{i}")).collect::<Vec<_>>().join(" ");
    for (name, story, word) in [
        ("a.txt", format!("{bar}. Herons nest late above the weir, and leave early, as a rule."), "heron"),
        ("b.txt", format!("Fog closed both runways before noon, and nobody was sorry. {bar}."), "fog"),
        ("c.txt", format!("The soup was cold again, said the cook. {bar}, and it is true."), "soup"),
    ] {
        folder.write(name, format!("{story}\n\n{}.\n\n{footer}\n", rest(word)));
    }
    let files = ["a.txt", "b.txt", "c.txt"];
    let check = |arguments: &[&str]| folder.run(&[&["check"], arguments, &files].concat());
    assert_eq!(check(&[]).status, 1);
    let ran = check(&["--boilerplate", "50%"]);
    assert_eq!((ran.status, &*ran.stderr), (0, ""));
    assert_snapshot!(ran.stdout, @"
    a.txt: ok, redundancy 0%: 2 notes

    note[boilerplate]: this paragraph stands in 3 of 3 documents
     --> a.txt:5:1
      |
    5 | Subscribe to our letter of the week, and never miss the best stories from the islands.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> b.txt:5:1
      |
    5 | Subscribe to our letter of the week, and never miss the best stories from the islands.
      | -------------------------------------------------------------------------------------- also here
      |
     --> c.txt:5:1
      |
    5 | Subscribe to our letter of the week, and never miss the best stories from the islands.
      | -------------------------------------------------------------------------------------- also here

    note[boilerplate]: a passage of 9 words stands in 3 of 3 documents
     --> a.txt:1:1
      |
    1 | This story was first told in the harbour bar. Herons nest late above the weir, and leave...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> b.txt:1:60
      |
    1 | ...before noon, and nobody was sorry. This story was first told in the harbour bar.
      |                                       -------------------------------------------- also here
      |
     --> c.txt:1:41
      |
    1 | ...was cold again, said the cook. This story was first told in the harbour bar, and it is true.
      |                                   -------------------------------------------- also here

    b.txt: ok, redundancy 0%
    c.txt: ok, redundancy 0%

    3 documents, 9 paragraphs, redundancy 0%: 0 warnings, 2 notes
    ");
    assert_eq!(check(&["--boilerplate", "3"]).stdout, ran.stdout);
    assert_eq!(check(&["--boilerplate", "4"]).stdout, check(&[]).stdout);
    for (value, problem) in [
        ("1", "error: --boilerplate must be a number of documents from 2 on, such as 5, or a share"),
        (
            "-5",
            "error: invalid value '-5' for '--boilerplate <N|P%>': expected a number of documents, such as 5",
        ),
        ("120%", "error: --boilerplate must be a number of documents from 2 on, such as 5, or a share"),
        ("many", "expected a number of documents, such as 5, or a percentage, such as 20%"),
    ] {
        let ran = check(&["--boilerplate", value]);
        assert!(ran.status == 2 && ran.stderr.contains(problem), "{}", ran.stderr);
    }
}

#[test]
fn underlines_have_the_width_of_wide_characters() {
    let ran = Folder::new("wide").run_on(
        &["check"],
        "早晨的渡船从码头开往小岛。\n\n天气好的时候，早晨的渡船从码头开往小岛，晚上回来。\n".as_bytes(),
    );
    assert_snapshot!(ran.stdout, @"
    note[near-duplicate]: a short paragraph of 11 words stands in 2 places, with small differences
     --> <stdin>:3:1
      |
    3 | 天气好的时候，早晨的渡船从码头开往小岛，晚上回来。
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> <stdin>:1:1
      |
    1 | 早晨的渡船从码头开往小岛。
      | -------------------------- first occurrence
      |
      = differs: “天气好的时候” added; “晚上回来” added

    2 paragraphs, ok, redundancy 35%: 0 warnings, 2 notes (1 shown, 1 more with --notes all, not worth showing)
    ");
}

#[test]
fn the_number_of_notes_can_be_set() {
    let folder = Folder::new("notes");
    folder.write("guide.txt", GUIDE);
    let last = |arguments: &[&str]| {
        let ran = folder.run(&[&["check", "guide.txt"], arguments].concat());
        ran.stdout.lines().last().unwrap().to_owned()
    };
    assert_snapshot!(last(&["--notes", "0"]), @"8 paragraphs (1 too short to compare), repetitive, redundancy 38%: 2 warnings, 8 notes (0 shown, 8 more with --notes all, 7 of them not worth showing)");
    assert_snapshot!(last(&["--notes", "all"]), @"8 paragraphs (1 too short to compare), repetitive, redundancy 38%: 2 warnings, 8 notes");
}

#[test]
fn nothing_repeats() {
    let ran =
        Folder::new("nothing").run_on(&["check"], b"Snow fell.\n\nThe baker opened late all the same.\n");
    assert_eq!(ran.status, 0);
    assert_snapshot!(ran.stdout, @"2 paragraphs (1 too short to compare), ok, redundancy 0%: nothing repeats");
}

#[test]
fn escape_sequences_do_not_reach_the_terminal() {
    let folder = Folder::new("escapes");
    let text = "Press \u{1b}[31mthe red\u{7} button\0 and \u{202e}wait for\u{9b}2J the bell to ring.\n\n";
    let ran =
        folder.write("e\u{1b}[2J.txt", text.repeat(2)).run(&["check", "e\u{1b}[2J.txt", "gone\u{1b}[2J"]);
    assert_eq!(ran.status, 2);
    for output in [&ran.stdout, &ran.stderr] {
        assert!(!output.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{output:?}");
    }
    assert!(ran.stdout.contains("Press ␛[31mthe red␇ button␀ and \u{fffd}wait for\u{fffd}2J the bell"));
}

#[test]
fn colours_are_used_only_on_request() {
    let folder = Folder::new("colours");
    folder.write("guide.txt", GUIDE);
    assert!(!folder.run(&["check", "guide.txt"]).stdout.contains('\u{1b}'));
    assert!(folder.run(&["check", "--color", "always", "guide.txt"]).stdout.contains("\u{1b}["));
}

#[test]
fn pairs_that_are_not_listed_are_counted() {
    let line = |n: usize| {
        format!(
            "The boat number {} waits in the lock until the water has risen to the mark on the wall.\n\n",
            n * n
        )
    };
    let text: String = (0..103).map(line).collect::<String>() + &"Mind the gap, please.\n\n".repeat(33);
    let ran = Folder::new("left-out")
        .run_on(&["check", "--notes", "0", "--min-paragraph-tokens", "1"], text.as_bytes());
    let last = ran.stdout.lines().last().unwrap();
    assert_snapshot!(last, @"not all pairs are listed: 2 paragraphs are like more earlier ones than are listed, 1 paragraph is copied more than 32 times");
}
