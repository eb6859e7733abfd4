//! `refrain explain`, `completions` and `man`.

use crate::run::Folder;

#[test]
fn rules_are_explained() {
    let folder = Folder::new("explain");
    let list = folder.run(&["explain"]).stdout;
    let rules = [
        "exact-duplicate",
        "near-duplicate",
        "contained",
        "repetitive",
        "differs-in-numbers",
        "boilerplate",
        "repeated-passage",
        "said-again",
    ];
    for rule in rules {
        assert!(list.contains(&format!("{rule} ")), "{rule}: {list}");
        let ran = folder.run(&["explain", rule]);
        assert_eq!((ran.status, &*ran.stderr), (0, ""));
        assert!(ran.stdout.starts_with(&format!("{rule}: ")), "{}", ran.stdout);
        for part in ["What it means", "Formula", "Example", "What to do", "When to ignore it"] {
            assert!(ran.stdout.contains(&format!("\n{part}\n  ")), "{rule}: {part}");
        }
        assert!(ran.stdout.lines().all(|line| line.chars().count() <= 110), "{rule}");
    }
    assert_eq!(folder.run(&["explain", "Said_Again"]).status, 0);
    for (name, hint) in [
        ("near-duplicates", "; did you mean `near-duplicate`?"),
        ("spelling", "; the rules are exact-duplicate, near-duplicate, "),
    ] {
        let ran = folder.run(&["explain", name]);
        assert_eq!((ran.status, &*ran.stdout), (2, ""));
        assert!(ran.stderr.starts_with(&format!("error: there is no rule `{name}`{hint}")), "{}", ran.stderr);
    }
}

#[test]
fn shells_and_man_have_their_texts() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!((ran.status, &*ran.stderr), (0, ""), "{shell}");
        assert!(ran.stdout.contains("refrain") && ran.stdout.contains("min-passage-tokens"), "{shell}");
    }
    let page = folder.run(&["man"]).stdout;
    assert!(page.contains(".TH refrain 1") && page.contains("refrain\\-check(1)"), "{page}");
    let page = folder.run(&["man", "check"]).stdout;
    assert!(page.contains(".TH refrain-check 1") && page.contains("\\-\\-max\\-redundancy"), "{page}");
    let ran = folder.run(&["man", "chek"]);
    assert_eq!((ran.status, &*ran.stderr), (2, "error: there is no command `chek`; did you mean `check`?\n"));
}
