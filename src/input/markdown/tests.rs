//! Small sources, and what is read of them.

use crate::input::block::Role::{self, Body, Boilerplate, Caption, Cell, Heading, Item, Quote};
use crate::input::{Document, InputKind, ReadOptions};
use crate::settings::Rule;

/// A block: its role, its text, and its source if that is another text.
type Expected<'a> = (Role, &'a str, &'a str);

fn read<'a>(source: &'a str, options: &ReadOptions) -> Document<'a> {
    InputKind::Markdown.read("", source, options)
}

fn check(table: &[(&str, &[Expected<'_>])], options: &ReadOptions) {
    let mut wrong = Vec::new();
    for (source, expected) in table {
        let document = read(source, options);
        let blocks = document.blocks().unwrap().iter();
        let got = blocks.map(|block| {
            let text = block.span.of(document.text());
            let slice = document.to_source(block.span).of(source);
            (block.role, text, if text == slice { "" } else { slice })
        });
        let got: Vec<_> = got.collect();
        if got != *expected {
            wrong.push(format!("{source:?}\n  gives    {got:?}\n  and not  {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn blocks_have_roles() {
    let table: &[(&str, &[Expected<'_>])] = &[
        ("One.\n\nTwo\nlines.\n", &[(Body, "One.", ""), (Body, "Two\nlines.", "")]),
        ("# A #\n\nB\n===\nc\n", &[(Heading, "A", ""), (Heading, "B", ""), (Body, "c", "")]),
        ("- a\n- b\n  c\n", &[(Item, "a", ""), (Item, "b\nc", "b\n  c")]),
        ("1. a\n\n   b\n2. c\n", &[(Item, "a", ""), (Item, "b", ""), (Item, "c", "")]),
        ("- a\n  - b\n\n    c\n- d", &[(Item, "a", ""), (Item, "b", ""), (Item, "c", ""), (Item, "d", "")]),
        ("> q\n> r\nlazy\n\n> s", &[(Quote, "q\nr\nlazy", "q\n> r\nlazy"), (Quote, "s", "")]),
        ("- a\n\n  > q\n\n  b", &[(Item, "a", ""), (Quote, "q", ""), (Item, "b", "")]),
        ("> - a\n>\n> b\n", &[(Item, "a", ""), (Quote, "b", "")]),
        ("> # h\n", &[(Heading, "h", "")]),
        (
            "|a|b|\n|-|:-:|\n| c | d *e* |\n|f\\|g|\n",
            &[
                (Cell, "a", ""),
                (Cell, "b", ""),
                (Cell, "c", ""),
                (Cell, "d e", "d *e"),
                (Cell, "f|g", "f\\|g"),
            ],
        ),
        ("a[^1] b.\n\n[^1]: c\n    d\n", &[(Body, "a b.", "a[^1] b."), (Body, "c\nd", "c\n    d")]),
        ("term\n: sense\n", &[(Heading, "term", ""), (Item, "sense", "")]),
        ("- [ ] a\n- [x] b\n", &[(Item, "a", ""), (Item, "b", "")]),
        ("> [!NOTE]\n> a\n", &[(Quote, "a", "")]),
        ("a\n***\nb\n", &[(Body, "a", ""), (Body, "b", "")]),
        ("", &[]),
        (" \n\t\n", &[]),
    ];
    check(table, &ReadOptions::default());
}

#[test]
fn what_a_reader_does_not_see_is_not_read() {
    let table: &[(&str, &[Expected<'_>])] = &[
        ("a\n\n```sh\nb\n```\n\n    c\n\nd", &[(Body, "a", ""), (Body, "d", "")]),
        ("a\n\n```\nb\n\nc\n", &[(Body, "a", "")]),
        ("~~~\n```\n~~~\na", &[(Body, "a", "")]),
        ("> ```\n> b\n\na", &[(Body, "a", "")]),
        ("a `b` c`d`e `` ` ``", &[(Body, "a   c e", "a `b` c`d`e")]),
        ("`a`", &[]),
        ("[a](b.html \"c\") ![d](e.png) f", &[(Body, "a   f", "a](b.html \"c\") ![d](e.png) f")]),
        ("[![a](b)](c)\n", &[]),
        (
            "[a][r] [r][] [r] [x][y]\n\n[r]: http://b \"t\"\n",
            &[(Body, "a r r [x][y]", "a][r] [r][] [r] [x][y]")],
        ),
        (
            "<https://a.org/b> <c@d.org> https://e.org/f_g_h",
            &[(
                Body,
                "https://a.org/b c@d.org https://e.org/f_g_h",
                "https://a.org/b> <c@d.org> https://e.org/f_g_h",
            )],
        ),
        ("a $x^2$ b $$\ny\n$$ c", &[(Body, "a   b   c", "a $x^2$ b $$\ny\n$$ c")]),
        ("$5 to $6-$7, US$8 and A$9, $n$", &[(Body, "$5 to $6-$7, US$8 and A$9,", "")]),
        ("---\ntitle: a\n---\nb", &[(Body, "b", "")]),
        ("+++\ntitle = 'a'\n+++\n\n# b", &[(Heading, "b", "")]),
        ("\u{feff}---\na: b\n---\nc", &[(Body, "c", "")]),
        ("---\n\na\n\n---\n\nb", &[(Body, "a", ""), (Body, "b", "")]),
        (
            "# a {#b}\n# c {d, e}\n# f {g=h}",
            &[(Heading, "a", ""), (Heading, "c {d, e}", ""), (Heading, "f", "")],
        ),
    ];
    check(table, &ReadOptions::default());
}

#[test]
fn spans_go_through_inline_markup() {
    let table: &[(&str, &[Expected<'_>])] = &[
        ("**im**_port_ant", &[(Body, "im_port_ant", "im**_port_ant")]),
        ("**im**port*ant*", &[(Body, "important", "im**port*ant")]),
        ("~~a~~ ***b** c*", &[(Body, "a b c", "a~~ ***b** c")]),
        ("a &amp; b&eacute;&#x41;&bogus;", &[(Body, "a & béA&bogus;", "a &amp; b&eacute;&#x41;&bogus;")]),
        ("\\*a\\* \\\\ \\b", &[(Body, "*a* \\ \\b", "*a\\* \\\\ \\b")]),
        ("a  \nb\\\nc\nd", &[(Body, "a\nb\nc\nd", "a  \nb\\\nc\nd")]),
        ("a\r\nb  \r\nc\r\n\r\nd\r\n", &[(Body, "a\nb\nc", "a\r\nb  \r\nc"), (Body, "d", "")]),
        ("a\rb\r\rc", &[(Body, "a\nb", "a\rb"), (Body, "c", "")]),
        ("\u{feff}# é\n\nü *ö*", &[(Heading, "é", ""), (Body, "ü ö", "ü *ö")]),
        ("-\ta\n\n\tb\n\n\t\tc", &[(Item, "a", ""), (Item, "b", "")]),
        ("a\0b &#0; c", &[(Body, "a\0b \u{fffd} c", "a\0b &#0; c")]),
        ("\"a\" -- 'b'...", &[(Body, "\"a\" -- 'b'...", "")]),
        ("[a *b* `c`](d) e", &[(Body, "a b   e", "a *b* `c`](d) e")]),
        ("> > a\n> > b\n> c", &[(Quote, "a\nb\nc", "a\n> > b\n> c")]),
        (
            "|a `b\\|c` d|\n|-|\n|&lt; \\* e|",
            &[(Cell, "a   d", "a `b\\|c` d"), (Cell, "< * e", "&lt; \\* e")],
        ),
        ("漢字`x`漢字", &[(Body, "漢字 漢字", "漢字`x`漢字")]),
        ("a[^1]b\n\n[^1]: c", &[(Body, "a b", "a[^1]b"), (Body, "c", "")]),
    ];
    check(table, &ReadOptions::default());
}

#[test]
fn html_is_read_without_its_tags() {
    let table: &[(&str, &[Expected<'_>])] = &[
        ("<b>im</b>portant <!-- c --> x", &[(Body, "important  x", "im</b>portant <!-- c --> x")]),
        ("a<br>b<BR/>c", &[(Body, "a\nb\nc", "a<br>b<BR/>c")]),
        ("a <code>b *c*</code> d", &[(Body, "a   d", "a <code>b *c*</code> d")]),
        ("a <code> b\n\nc </code>d", &[(Body, "a   b", "a <code> b"), (Body, "c d", "c </code>d")]),
        (
            "<div class='a > b'>\nc &amp; <i>d</i>\n<p>e</p>f\n</div>\n\ng",
            &[(Body, "c & d", "c &amp; <i>d"), (Body, "e", ""), (Body, "f", ""), (Body, "g", "")],
        ),
        ("<pre>\na\n\nb\n</pre>\n\nc", &[(Body, "c", "")]),
        ("<div><pre>\na\n\nb</pre> c</div>\n\nd", &[(Body, "c", ""), (Body, "d", "")]),
        ("<script>\nif (a<b) c('</i>')\n</script> d\n\ne", &[(Body, "d", ""), (Body, "e", "")]),
        ("<style>\na > b {}\n\nc {}\n</STYLE>\nd", &[(Body, "d", "")]),
        ("<!-- a\n\nb --> c\nd", &[(Body, "c", ""), (Body, "d", "")]),
        ("a <pre> b\n\nc", &[(Body, "a   b", "a <pre> b"), (Body, "c", "")]),
        ("> <div\n> a='b'>c\n> d</div>\n", &[(Quote, "c\nd", "c\n> d")]),
        ("> a <b\n> c='>'>d</b> e", &[(Quote, "a d e", "a <b\n> c='>'>d</b> e")]),
        (
            "<ul>\n<li>a\n<li>b</li>\n</ul>\n<h2>c</h2>\n<table><tr><td>d<td><p>e</p></table>\nf\n",
            &[
                (Item, "a", ""),
                (Item, "b", ""),
                (Heading, "c", ""),
                (Cell, "d", ""),
                (Cell, "e", ""),
                (Cell, "f", ""),
            ],
        ),
        ("<footer>\na\n</footer>", &[(Boilerplate, "a", "")]),
        ("- <b>a</b>\n- <!-- c --> b", &[(Item, "a", ""), (Item, "b", "")]),
        ("<details><summary>a</summary>\n\n**b**\n\n</details>", &[(Heading, "a", ""), (Body, "b", "")]),
        ("|a<br>b|\n|-|\n", &[(Cell, "a\nb", "a<br>b")]),
        ("<div\n\na", &[(Body, "a", "")]),
        ("a <img src=b alt='c'> d", &[(Body, "a   d", "a <img src=b alt='c'> d")]),
        (
            "<p>a</p>\n\n    <!DOCTYPE html>\n    <title>t</title>\n\n      <p>b</p>\n\n```\nc\n```",
            &[(Body, "a", ""), (Body, "b", "")],
        ),
        ("a\n\n    <html>b\n\n    c", &[(Body, "a", "")]),
        ("<svg><text>a</text></svg>b<?c d?>", &[(Body, "b", "")]),
    ];
    check(table, &ReadOptions::default());
}

#[test]
fn code_of_mdx_and_templates_is_not_read() {
    let table: &[(&str, &[Expected<'_>])] = &[
        ("import A from './a'\nimport B from \"b\";\n\n# C\n", &[(Heading, "C", "")]),
        ("export const a = {\n  b: 1,\n\n  c: 2,\n};\n\nd {e} f", &[(Body, "d   f", "d {e} f")]),
        ("import taxes from abroad\n\n{a}", &[(Body, "import taxes from abroad", ""), (Body, "{a}", "")]),
        ("<Card title=\"x\">text</Card>", &[(Body, "text", "")]),
        (
            "a <Card b={c > d} e={{f: 'g'}}>*h*</Card> i < j",
            &[(Body, "a h i < j", "a <Card b={c > d} e={{f: 'g'}}>*h*</Card> i < j")],
        ),
        ("<Card\n  b={() => c}\n>\n  d\n</Card>", &[(Body, "d", "")]),
        ("a {/* b *c* */} d\n\n{e}", &[(Body, "a  d", "a {/* b *c* */} d")]),
        (
            "{{< a b=\"c\" >}}d{{% /e %}} f {{ g }} {h}",
            &[(Body, "d f {{ g }} {h}", "d{{% /e %}} f {{ g }} {h}")],
        ),
        ("{% include a.html %}\n\n![b](c){: .d }\n{: e}\n\nf", &[(Body, "f", "")]),
    ];
    check(table, &ReadOptions::default());
}

#[test]
fn alt_texts_and_front_matter_are_read_on_request() {
    let mut options = ReadOptions { alt_text: true, ..Default::default() };
    let table: &[(&str, &[Expected<'_>])] = &[
        ("a ![b *c*](d) e", &[(Body, "a", ""), (Caption, "b c", "b *c"), (Body, "e", "")]),
        ("# ![b](c)\n\n![](d)", &[(Caption, "b", "")]),
        ("- ![a ![b](c)](d)", &[(Caption, "a b", "a ![b")]),
        ("<img alt='a &amp; b' src=c> d", &[(Caption, "a & b", "a &amp; b"), (Body, "d", "")]),
    ];
    check(table, &options);
    options = ReadOptions { front_matter: true, ..Default::default() };
    let table: &[(&str, &[Expected<'_>])] = &[
        (
            "---\ndescription: a: b # c\ntitle: \"d \\\"e\\\"\" # f\nx: y\n---\n# g",
            &[(Body, "a: b", ""), (Heading, "d \"e\"", "d \\\"e\\\""), (Heading, "g", "")],
        ),
        ("---\ntitle: 'it''s'\n---\n", &[(Heading, "it's", "it''s")]),
        (
            "---\r\ntitle: é\r\ndescription: >-\r\n  a\r\n  b\r\nc: d\r\n---\r\n",
            &[(Heading, "é", ""), (Body, "a\r\nb", "a\r\n  b")],
        ),
        (
            "+++\ntitle = \"a\"\ndescription = 'b\\'\n[x]\ntitle = 'no'\n+++\n",
            &[(Heading, "a", ""), (Body, "b\\", "")],
        ),
        ("---\ntitle:\ndescription: \"a\n---\n", &[(Body, "a", "")]),
    ];
    check(table, &options);
}

#[test]
fn comments_ignore_blocks() {
    let texts = |source| {
        let document = read(source, &ReadOptions::default());
        let blocks = document.blocks().unwrap().iter();
        let texts: Vec<_> = blocks.map(|block| block.span.of(document.text()).to_owned()).collect();
        (texts.join("|"), document.ignored_blocks(), document.problems().len())
    };
    let table = [
        ("a\n\n<!-- refrain-ignore -->\nb\nb\n\nc", ("a|c", 1, 0)),
        ("<!-- refrain-ignore -->\n\n```\nx\n```\n\n![](y)\n\nb\n\nc", ("c", 1, 0)),
        ("<!-- refrain-ignore --> b *b* b\n\nc", ("c", 1, 0)),
        ("a <!-- refrain-ignore --> a\n\nb\n\nc", ("a  a|c", 1, 0)),
        ("<!-- refrain-ignore -->\n- a\n- b\n", ("b", 1, 0)),
        (
            "<!-- refrain-ignore-start -->\n\n- a\n- b\n\n|c|\n|-|\n\n<!-- refrain-ignore-end -->\nd",
            ("d", 3, 0),
        ),
        ("{/* refrain-ignore */}\n\na\n\nb", ("b", 1, 0)),
        ("> <!-- refrain-ignore\n> -->\n> a\n\nb", ("b", 1, 0)),
        ("<div>\n<!-- refrain-ignore -->\n<p>a</p>\n<p>b</p>\n</div>", ("b", 1, 0)),
        ("`<!-- refrain-ignore -->` a\n\n```\n<!-- refrain-ignore -->\n```\n\nb", ("a|b", 0, 0)),
        ("<pre><!-- refrain-ignore --></pre>\n\na", ("a", 0, 0)),
        ("<!-- refrain-ignore-end -->\n\n<!-- refrain-ignore no-rule -->\na", ("a", 0, 2)),
    ];
    for (source, (expected, ignored, problems)) in table {
        assert_eq!(texts(source), (expected.to_owned(), ignored, problems), "{source:?}");
    }
    let source = "<!-- refrain-ignore near-duplicate -->\na\n\nb";
    let document = read(source, &ReadOptions::default());
    let rules: Vec<_> = document.blocks().unwrap().iter().map(|block| block.ignored.to_vec()).collect();
    assert_eq!(rules, [vec![Rule::NearDuplicate], vec![]]);
    let problem = "a\n\n<!-- refrain-ignore no-rule -->";
    assert_eq!(read(problem, &ReadOptions::default()).problems()[0].span.of(problem), &problem[3..]);
}

#[test]
fn a_source_with_markdown_is_known() {
    assert_eq!(InputKind::guess("# A\n\nSee **b**.\n"), InputKind::Markdown);
    assert_eq!(InputKind::guess("\u{feff}---\ntitle: a\n---\nb"), InputKind::Markdown);
}
