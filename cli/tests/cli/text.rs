//! `refrain check` with text output.

use insta::assert_snapshot;

use crate::run::{Folder, GUIDE};

#[test]
fn a_guide_that_repeats_itself() {
    let folder = Folder::new("guide");
    let ran = folder.write("guide.txt", GUIDE).run(&["check", "guide.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    warning[exact-duplicate] guide.txt:13: the same words as the paragraph at line 3
    3, 13 | Visitors are welcome from May to September, provided that they bring sturdy shoes and...

    warning[near-duplicate] guide.txt:7: near-duplicate of the paragraph at line 1, resemblance 0.66
       1 | The lighthouse keeper climbs the iron stairs every evening before dusk and trims the lamp...
       7 | The lighthouse keeper climbs the iron stairs every evening before sunset and trims the...
       = | differs: “dusk” → “sunset”

    note[said-again] guide.txt:11: said in 2 paragraphs
    11, 15 | ...north it does not call at all, and _whoever has come for the day stays for the night_.

    8 paragraphs (1 too short to compare), repetitive, redundancy 38%: 2 warnings, 8 notes (1 shown, 7 more with --notes all, not worth showing)
    ");
}

#[test]
fn the_long_form_shows_the_text_around() {
    let folder = Folder::new("guide-verbose");
    let ran = folder.write("guide.txt", GUIDE).run(&["check", "--verbose", "guide.txt"]);
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
fn only_ascii_is_written_on_request() {
    let folder = Folder::new("ascii");
    let text = format!("{GUIDE}\n早晨的渡船从码头开往小岛。\n\n“早晨的渡船从码头开往小岛。”\n");
    let ran = folder.write("guide.txt", text).run(&["check", "--ascii", "guide.txt"]);
    assert!(ran.stdout.is_ascii(), "{}", ran.stdout);
    assert!(ran.stdout.contains("differs: \"dusk\" -> \"sunset\"\n"), "{}", ran.stdout);
}

#[test]
fn copies_of_one_paragraph_are_one_finding() {
    let line = |hour: &str| {
        format!(
            "The ferry to the island leaves at {hour} from the small pier behind the fish market, wind and tide permitting."
        )
    };
    let other =
        "Whoever wants to take a bicycle along should come a quarter of an hour early and bring a rope.";
    let mut text = format!("{}\n\n", line("nine"));
    for hour in ["noon", "dusk", "sunrise", "midnight"] {
        text += &format!("{other}\n\n{}\n\n", line(hour));
    }
    let folder = Folder::new("copies");
    let ran = folder.write("ferry.txt", text).run(&["check", "ferry.txt"]);
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    warning[repetitive] ferry.txt:1: 77% of this document repeats what it said before, from line 5 on
       5 | The ferry to the island leaves at noon from the small pier behind the fish market, wind...

    warning[exact-duplicate] ferry.txt:7: 3 copies of the paragraph at line 3
       3 | Whoever wants to take a bicycle along should come a quarter of an hour early and bring a...
       = | copies at lines 7, 11 and 15

    warning[near-duplicate] ferry.txt:5: 4 near-duplicates of the paragraph at line 1
       1 | The ferry to the island leaves at nine from the small pier behind the fish market, wind...
       5 | “nine” → “noon”
       9 | “nine” → “dusk”
      13 | “nine” → “sunrise”
      17 | “nine” → “midnight”

    9 paragraphs, repetitive, redundancy 77%: 8 warnings, 2 notes (0 shown, 2 more with --notes all, not worth showing)
    ");
    let ran = folder.run(&["check", "--limit", "1", "--notes", "0", "ferry.txt"]);
    assert_snapshot!(ran.stdout.lines().last().unwrap(), @"9 paragraphs, repetitive, redundancy 77%: 8 warnings (1 shown, 7 more with --limit all), 2 notes (0 shown, 2 more with --notes all, not worth showing)");
}

#[test]
fn words_of_hard_wrapped_text_stand_in_one_line() {
    let text = "The old mill by the river was sold last week to a baker from the next village, who wants\n\
        to grind his own flour there.\n\nNobody knows yet who will repair the wheel.\n\n\
        People are glad that the old mill by the\nriver was sold to a baker from the next\nvillage, and not to a bank.\n";
    let folder = Folder::new("wrapped");
    let ran = folder.write("mill.txt", text).run(&["check", "--color", "always", "mill.txt"]);
    let visible = ran.stdout.replace('\u{1b}', "^");
    assert_snapshot!(visible, @"
    ^[1;33mwarning[repetitive]^[0m ^[1mmill.txt:6:^[0m 50% of this paragraph was said before, at line 1
    ^[1;34m   1 |^[0m the old mill by the river was sold
    ^[1;34m   1 |^[0m to a baker from the next village
    ^[1;34m   = |^[0m new here: “People are glad that”; “and not to a bank”

    ^[1;32mnote[said-again]^[0m ^[1mmill.txt:1:^[0m said in 2 paragraphs
    ^[1;34m1, 6 |^[0m ^[2mThe ^[0m^[1;4mold mill by the river was sold^[0m^[2m last week to a baker from the next village, who wants...^[0m

    ^[1;32mnote[repeated-passage]^[0m ^[1mmill.txt:6:^[0m a passage of 15 words stands in 2 places, edited
    ^[1;34m   1 |^[0m The old ^[1;4mmill by the river was sold^[0m last week to a ^[1;4mbaker from the next village^[0m^[2m, who wants...^[0m
    ^[1;34m   6 |^[0m ^[2m...glad that ^[0mthe old ^[1;4mmill by the river was sold to a baker from the next village^[0m^[2m, and not...^[0m

    3 paragraphs, ok, redundancy 26%: 1 warning, 2 notes
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
    assert_snapshot!(ran.stdout, @"
    a.txt: ok, redundancy 0%

    b.txt: ok, redundancy 0%: 1 note

    note[repeated-passage] b.txt:1: a passage of 7 words stands in 2 places
       1 | My aunt wrote that _the harbour froze from shore to shore_, and sent a drawing.
       = | the same at a.txt:1

    2 documents, 2 paragraphs, redundancy 0%: 0 warnings, 1 note
    ");
}

#[test]
fn a_document_that_repeats_one_line() {
    let line = "Rain again, and the road to the mill is under water.\n";
    let ran = Folder::new("one").run_on(&["check", "--paragraphs", "blank"], line.repeat(6).as_bytes());
    assert_eq!((ran.status, &*ran.stderr), (1, ""));
    assert_snapshot!(ran.stdout, @"
    warning[repetitive] <stdin>:1: 83% of this document repeats what it said before, from line 2 on
       2 | Rain again, and the road to the mill is under water

    note[repeated-passage] <stdin>:2: a passage of 11 words stands in 6 places
       1 | _Rain again, and the road to the mill is under water_. Rain again, and the road to the...
       = | the same at lines 2, 3, 4, 5 and 6

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
    warning[repetitive] long.txt:1: 50% of this document repeats what it said before, from line 3 on
       3 | The council met on Tuesday to talk about the bridge, which is old, narrow and dear to all...

    warning[exact-duplicate] long.txt:3: the same words as the paragraph at line 1
    1, 3 | The council met on Tuesday to talk about the bridge, which is old, narrow and dear to all...

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
    note[differs-in-numbers] roads.txt:3: differs from the paragraph at line 1 in numbers only
       1 | The road crew has closed Road 1506 for the winter from 1 December 2022 on, and asks all...
       3 | The road crew has closed Road 1507 for the winter from 12 January 2023 on, and asks all...
       = | differs: “1506” → “1507”; “1 December 2022” → “12 January 2023”

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
    assert_snapshot!(ran.stdout, @"
    a.txt: ok, redundancy 0%
    b.txt: ok, redundancy 0%

    c.txt: ok, redundancy 0%: 1 warning

    warning[repetitive] c.txt:3: 80% of this paragraph was said before, at line 1, a.txt:1 and b.txt:3
          1 | A word for all visitors
    a.txt:1 | the ferry to the island leaves at nine every morning
    b.txt:3 | both of them are closed from November to the end of March
          = | new here: “and”

    3 documents, 5 paragraphs, redundancy 0%: 1 warning, 0 notes
    ");
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

    note[boilerplate] a.txt:5: this paragraph stands in 3 of 3 documents
       5 | Subscribe to our letter of the week, and never miss the best stories from the islands.
       = | the same at b.txt:5 and c.txt:5

    note[boilerplate] a.txt:1: a passage of 9 words stands in 3 of 3 documents
       1 | This story was first told in the harbour bar
       = | the same at b.txt:1 and c.txt:1

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
        &["check", "--verbose"],
        "早晨的渡船从码头开往小岛。\n\n天气好的时候，早晨的渡船从码头开往小岛，晚上回来。\n".as_bytes(),
    );
    assert_snapshot!(ran.stdout, @"
    note[repeated-passage]: a passage of 12 words stands in 2 places
     --> <stdin>:3:8
      |
    3 | 天气好的时候，早晨的渡船从码头开往小岛，晚上回来。
      |               ^^^^^^^^^^^^^^^^^^^^^^^^
      |
     --> <stdin>:1:1
      |
    1 | 早晨的渡船从码头开往小岛。
      | ------------------------ first occurrence

    2 paragraphs, ok, redundancy 35%: 0 warnings, 1 note
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
