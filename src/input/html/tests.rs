use proptest::prelude::*;

use crate::input::{Document, InputKind, ReadOptions, Role};
use crate::settings::Rule;
use crate::util::span::Span;

use Role::{Body, Boilerplate, Caption, Cell, Heading, Item, Quote};

fn read(source: &str) -> Document<'_> {
    InputKind::Html.read("", source, &ReadOptions::default())
}

/// The role, the text and the source of each block.
fn blocks<'a>(document: &'a Document<'_>) -> Vec<(Role, &'a str, &'a str)> {
    let blocks = document.blocks().unwrap().iter();
    let of = |span: Span| (span.of(document.text()), document.to_source(span).of(document.source()));
    blocks.map(|block| (block.role, of(block.span).0, of(block.span).1)).collect()
}

/// Checks blocks whose source is their text.
fn assert_blocks(source: &str, expected: &[(Role, &str)]) {
    let document = read(source);
    let read: Vec<_> = blocks(&document).into_iter().map(|(role, text, _)| (role, text)).collect();
    assert_eq!(read, expected, "{source}");
}

#[test]
fn blocks_are_what_a_reader_sees() {
    let table: &[(&str, &[(Role, &str)])] = &[
        ("", &[]),
        ("no tags", &[(Body, "no tags")]),
        ("a < b, 1 <2 and </ >c", &[(Body, "a < b, 1 <2 and c")]),
        ("<p>one<p>two</p>three", &[(Body, "one"), (Body, "two"), (Body, "three")]),
        (
            "<h1>one</h1>two<h2>three</h3>four",
            &[(Heading, "one"), (Body, "two"), (Heading, "three"), (Body, "four")],
        ),
        ("<hgroup><h2>I</h2><p>one</hgroup><p>two", &[(Heading, "I"), (Heading, "one"), (Body, "two")]),
        (
            "<ul><li>one<li><p>two<p>three</ul>four",
            &[(Item, "one"), (Item, "two"), (Item, "three"), (Body, "four")],
        ),
        (
            "<dl><dt>one<dd>two<dl><dt>three</dl>four</dl>five",
            &[(Item, "one"), (Item, "two"), (Item, "three"), (Item, "four"), (Body, "five")],
        ),
        (
            "<blockquote>one<p>two</p><ul><li>three</ul>four</blockquote>five",
            &[(Quote, "one"), (Quote, "two"), (Item, "three"), (Quote, "four"), (Body, "five")],
        ),
        (
            "<table><caption>one<tr><th>two<td>three<tr><td><p>four</p>five</table>six",
            &[
                (Caption, "one"),
                (Heading, "two"),
                (Cell, "three"),
                (Cell, "four"),
                (Cell, "five"),
                (Body, "six"),
            ],
        ),
        ("<td>no table<td>two", &[(Body, "no table"), (Body, "two")]),
        (
            "<figure><img src=a><figcaption>one <p>two</figcaption>three</figure>",
            &[(Caption, "one"), (Caption, "two"), (Body, "three")],
        ),
        ("<div>one<section>two</section>three</div>", &[(Body, "one"), (Body, "two"), (Body, "three")]),
        ("<details><summary>one</summary>two</details>", &[(Heading, "one"), (Body, "two")]),
        (
            "<header><h1>one</h1></header><article><header><h1>two</h1></header></article>",
            &[(Boilerplate, "one"), (Heading, "two")],
        ),
        (
            "<footer>one<table><tr><td>two</table></footer>three<aside><h2>four</h2></aside>",
            &[(Boilerplate, "one"), (Boilerplate, "two"), (Body, "three"), (Boilerplate, "four")],
        ),
        (
            "<div role=contentinfo>one</div><div role=navigation>two</div><div role=heading>three</div>",
            &[(Boilerplate, "one"), (Heading, "three")],
        ),
        ("<x-note role=complementary>one</x-note> two", &[(Boilerplate, "one two")]),
        ("one<hr>two", &[(Body, "one"), (Body, "two")]),
        ("<p> \n&nbsp;</p>&#8203;<p>one", &[(Body, "one")]),
    ];
    for (source, expected) in table {
        assert_blocks(source, expected);
    }
}

#[test]
fn words_are_parted_where_a_reader_sees_a_gap() {
    let table = [
        ("<b>im</b>portant", "important"),
        ("im<x-y>port</x-y>ant", "important"),
        ("im<!-- x -->port<wbr>ant<script>var a</script>ly<span hidden>x</span>!", "importantly!"),
        ("<ruby>雨<rp>(<rt>あめ<rp>)</ruby>が<ruby><rb>降<rt>ふ</rt></ruby>る", "雨が降る"),
        ("a<code>x</code>b", "a b"),
        ("a <code>x</code> b", "a  b"),
        ("a<img src=x>b<input>c<svg><path/></svg>d<button>e</button>f", "a b c d f"),
        ("a<br>b", "a\nb"),
        ("a <br/>\n b<br><!-- x -->", "a \n\n b"),
        ("a<i><code>x</code></i><b>b</b>", "a b"),
    ];
    for (source, expected) in table {
        let document = read(source);
        assert_eq!(document.text(), expected, "{source}");
    }
    assert_blocks("a<br>b<br><br>c<br> \n<br><i><br>d", &[(Body, "a\nb"), (Body, "c"), (Body, "d")]);
}

#[test]
fn what_is_hidden_is_not_read() {
    let table = [
        "<script>a <p> b</script>",
        "<script><!-- <script> </script> --></script>",
        "<style>p { color: red }</style>",
        "<template>a<div>b</div></p></template>",
        "<noscript>a <p>b</noscript>",
        "<noframes>a <p>b</noframes>",
        "<pre>a <b>b</b></pre>",
        "<xmp>a <p>b</xmp>",
        "<nav>a<ul><li>b</ul></nav>",
        "<div hidden>a<div>b</div>c</div>",
        "<div hidden=until-now>a</div>",
        "<p hidden>a<b>b</p>",
        "<span aria-hidden=TRUE>a<span>b</span>c</span>",
        "<b style='color:red; display: none'>a</b>",
        "<my-card hidden>a<my-card>b</my-card>c</my-card>",
        "<dialog>a</dialog>",
        "<select><option>a<option>b</select>",
        "<textarea>a <p>b</textarea>",
        "<iframe>a <p>b</iframe><object>a</object>",
        "<svg><title>a</title><style>b</style><text>c</text><g/><foreignObject><p>d</p></foreignObject>e</svg>",
        "<svg><![CDATA[ a <p> b ]]></svg><math><mi>x</mi></math>",
        "<head><title>a <p>b</title><meta name=description content=a></head>",
        "<img alt=a>",
        "<!-- a <p> b --><!a><?a?></a b='c'>",
        "<ul hidden><li>a</li></li></ul>",
        "<table hidden><tr><td>a</div></p></td></table>",
        "<template><table><tr><td>a</table></template>",
    ];
    for source in table {
        assert_blocks(&format!("<i></i>{source}<p>seen"), &[(Body, "seen")]);
        assert_blocks(&format!("<i></i>{source}seen"), &[(Body, "seen")]);
    }
    assert_blocks("<div hidden=until-found>a</div><dialog open>b</dialog>", &[(Body, "a"), (Body, "b")]);
    assert_blocks("<body style=display:none hidden><p>a", &[(Body, "a")]);
}

#[test]
fn what_is_never_ended_hides_no_more_than_in_a_browser() {
    let table = [
        "<p><span hidden>x<p>",
        "<div><span hidden>x</div>",
        "<div><div hidden>x<i></div></div>",
        "<section><nav>x</section>",
        "<ul><li hidden>x<li>",
        "<ul><li><div hidden>x<li>",
        "<dl><dt hidden>x<dd>",
        "<table><tr><td hidden>x<td>",
        "<table><tr hidden><td>x<tr><td>",
        "<table><tr><td><div hidden>x</table>",
        "<p><code>x</p>",
        "<svg>x<p>",
        "<div><svg>x</div>",
        "<ruby>シ<rt>x</ruby>",
    ];
    for source in table {
        let source = format!("{source}seen");
        let document = read(&source);
        assert!(document.text().ends_with("seen") && !document.text().contains('x'), "{source}");
    }
    for source in
        ["<template>", "<div hidden>", "<!-- ", "<script>", "<style></styles>", "<a b='", "<plaintext>"]
    {
        assert_blocks(&format!("<p>a</p>{source}<p>x"), &[(Body, "a")]);
    }
}

#[test]
fn spans_are_those_of_the_source() {
    type Expected<'a> = (Role, &'a str, &'a str);
    let table: &[(&str, &[Expected<'_>])] = &[
        ("<p> <b>im</b>portant </p>", &[(Body, "important", "im</b>portant")]),
        ("<p>&lt;R&amp;D&gt;</p>", &[(Body, "<R&D>", "&lt;R&amp;D&gt;")]),
        (
            "<p>&amp a &foo; &#0;&#xD800;&#x110000;&#59;</p>",
            &[(Body, "& a &foo; \u{fffd}\u{fffd}\u{fffd};", "&amp a &foo; &#0;&#xD800;&#x110000;&#59;")],
        ),
        ("a&b &&amp;&; &#; &#x; &", &[(Body, "a&b &&&; &#; &#x; &", "a&b &&amp;&; &#; &#x; &")]),
        (
            "<p>sol&shy;id&nbsp;&zwnj;&eacute;</p>",
            &[(Body, "sol\u{ad}id\u{a0}\u{200c}é", "sol&shy;id&nbsp;&zwnj;&eacute;")],
        ),
        ("<p>&NotEqualTilde;&#128;", &[(Body, "≂̸€", "&NotEqualTilde;&#128;")]),
        (
            "\u{feff}<p>a\r\nb\rc&amp;\r\n<i>\r\nd</i></p>\r\n",
            &[(Body, "a\r\nb\rc&\r\n\r\nd", "a\r\nb\rc&amp;\r\n<i>\r\nd")],
        ),
        ("<p>é<é <ü</>ö&eacute;ä", &[(Body, "é<é <üöéä", "é<é <ü</>ö&eacute;ä")]),
        ("<p>a\0b&\0", &[(Body, "a\0b&\0", "a\0b&\0")]),
        ("<p>a<br>b</p>", &[(Body, "a\nb", "a<br>b")]),
        ("<p>a<code>x</code>b</p>", &[(Body, "a b", "a<code>x</code>b")]),
        (
            "<?xml version='1.0'?><p/><div><![CDATA[a]b & <c>]]> d</div><script src='x'/>e",
            &[(Body, "a]b & <c> d", "a]b & <c>]]> d"), (Body, "e", "e")],
        ),
    ];
    for (source, expected) in table {
        let document = read(source);
        assert_eq!(blocks(&document), *expected, "{source}");
    }

    let source = "<p>a &lt;&#98; <i>c</i>&hellip;</p>";
    let document = read(source);
    let place = |text: &str| {
        let start = document.text().find(text).unwrap();
        document.to_source(Span::new(start, start + text.len())).of(source)
    };
    assert_eq!(document.text(), "a <b c…");
    assert_eq!(["<", "b", "c", "…", "b c"].map(place), ["&lt;", "&#98;", "c", "&hellip;", "&#98; <i>c"]);
}

#[test]
fn alternative_texts_and_the_head_are_read_on_request() {
    let source = "<title>One &amp; <b></title><META NAME=Description CONTENT='Two&#33;'><meta name=other content=x>\
        <p>a <img alt='Three &gt; two' ALT=x> b <img alt=Four><img alt=' '><span hidden><img alt=x></span><img hidden alt=x></p>";
    let mut options = ReadOptions::default();
    assert_eq!(
        blocks(&InputKind::Html.read("", source, &options)),
        [(
            Body,
            "a  b",
            &source[source.find("a <img").unwrap()..]
                [..source.find(" <img alt=Four").unwrap() - source.find("a <img").unwrap()]
        )]
    );
    (options.alt_text, options.front_matter) = (true, true);
    let document = InputKind::Html.read("", source, &options);
    assert_eq!(
        blocks(&document),
        [
            (Heading, "One & <b>", "One &amp; <b>"),
            (Body, "Two!", "Two&#33;"),
            (Body, "a", "a"),
            (Caption, "Three > two", "Three &gt; two"),
            (Body, "b", "b"),
            (Caption, "Four", "Four"),
        ]
    );
}

#[test]
fn comments_say_what_is_ignored() {
    let source = "<!-- refrain-ignore --><div>\n<p>a<br><br>b<!-- refrain-ignore said-again --></p>\n<p>c</p>\
        <!-- refrain-ignore-start repetitive --><ul><li>d<li>e</ul><!-- refrain-ignore-end --!>f</div>\
        <template><!-- refrain-ignore --></template><? refrain-ignore ?>g<hr><!-- refrain-ignore-start -->h<p>i";
    let document = read(source);
    let blocks = document.blocks().unwrap().iter();
    let read: Vec<_> = blocks.map(|block| (block.span.of(document.text()), &*block.ignored)).collect();
    let rules = [[Rule::SaidAgain], [Rule::Repetitive]];
    let expected: [(&str, &[Rule]); 6] =
        [("b", &[]), ("c", &rules[0]), ("d", &rules[1]), ("e", &rules[1]), ("f", &[]), ("g", &[])];
    assert_eq!(read, expected);
    assert_eq!(document.ignored_blocks(), 3);
    let [problem] = document.problems() else { panic!("{:?}", document.problems()) };
    assert_eq!(problem.span.of(source), "<!-- refrain-ignore-start -->");
}

#[test]
fn hostile_pages_are_read_in_near_linear_time() {
    let n = 5_000;
    let nested = |tag: &str| format!("{}x{}", format!("<{tag}>").repeat(n), format!("</{tag}>").repeat(n));
    for tag in ["div", "b", "blockquote", "ul", "span hidden", "svg", "table", "template", "x-y", "ruby", "p"]
    {
        let source = nested(tag);
        let hidden = ["span hidden", "svg", "template"].contains(&tag);
        assert_eq!(read(&source).text(), if hidden { "" } else { "x" }, "{tag}");
    }
    // Stray end tags below many elements.
    for (open, end) in
        [("<i>", "</b>"), ("<div hidden><i>", "</b>"), ("<table><td>", "</p>"), ("<li>", "</ul>")]
    {
        let source = format!("<p><b hidden></b>{}{}", open.repeat(n), end.repeat(n));
        assert_eq!(read(&source).text(), "", "{open}");
    }
    let distinct: String = (0..n).map(|i| format!("<x{i} hidden>a")).collect();
    assert_eq!(read(&distinct).text(), "");
    assert_eq!(read(&"<p>x".repeat(n)).blocks().unwrap().len(), n);
    assert_eq!(read(&format!("<table>{}", "<tr><td>x<td>y".repeat(n))).blocks().unwrap().len(), 2 * n);
    assert_eq!(read(&"<!-- refrain-ignore-start repetitive --><p>x".repeat(n)).problems().len(), n);
    for source in [
        "<",
        "&",
        "</",
        "&#",
        "<!",
        "<!--",
        "\0",
        "]]>",
        "<p",
        "&#0",
        "<br>",
        "<a b='&",
        "\r\n",
        "<svg><![CDATA[",
    ] {
        let source = source.repeat(n);
        let document = read(&source);
        assert!(document.text().len() <= 3 * source.len());
    }
    let long = "x".repeat(100 * n);
    assert_eq!(read(&format!("<p style='{long}' {long} {long}={long}>x")).text(), "x");
    assert_eq!(
        read(&format!("<{long}>x</{long}>&{long};&#{};", "0".repeat(n))).text().len(),
        1 + 1 + long.len() + 1 + 3
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever a page holds, its text is in the source, in its order.
    #[test]
    fn text_is_in_the_source(parts in prop::collection::vec(part(), 0..40), options in any::<[bool; 2]>()) {
        let source = parts.concat();
        let options = ReadOptions { alt_text: options[0], front_matter: options[1], ..ReadOptions::default() };
        let document = InputKind::Html.read("", &source, &options);
        let mut end = 0;
        for block in document.blocks().unwrap() {
            prop_assert!(!block.span.of(document.text()).trim().is_empty());
            let span = document.to_source(block.span);
            prop_assert!(end <= span.start && span.start < span.end && span.end <= source.len());
            end = span.end;
            for (at, c) in block.span.of(document.text()).char_indices() {
                let start = block.span.start + at;
                let of = document.to_source(Span::new(start, start + c.len_utf8())).of(&source);
                let stands = of.starts_with(['&', '<']) || of.is_empty() && c == ' ' || options.alt_text || options.front_matter;
                prop_assert!(of.chars().eq([c]) || stands, "{of:?} for {c:?} in {source:?}");
            }
        }
    }
}

/// A piece of a page.
fn part() -> impl Strategy<Value = String> {
    let names = "div p b i li ul td tr table h1 br code pre script style title svg math nav template ruby rt span \
        foreignObject dd dl select textarea x-y";
    let names: Vec<&str> = names.split_whitespace().collect();
    let attributes =
        ["", " hidden", " style='display:none'", " class=a", "/", " alt='é&amp;'", " aria-hidden=true", " a"];
    let tag = (prop::sample::select(names), prop::sample::select(attributes.to_vec()), any::<bool>());
    let tag = tag.prop_map(
        |(name, attribute, end)| {
            if end { format!("</{name}>") } else { format!("<{name}{attribute}>") }
        },
    );
    let others = [
        "&amp;",
        "&eacute",
        "&#x41;",
        "&#59;",
        "&foo;",
        "&",
        "&#0;",
        "<",
        "</",
        ">",
        "é",
        "雨",
        "\0",
        "\r\n",
        "\r",
        "\n",
        " ",
        "<!-- x -->",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "]",
        "<?xml ?>",
        "<img alt='é &lt; x'>",
        "<!-- refrain-ignore -->",
        "</>",
        "'",
        "<meta name=description content=é>",
        "\u{feff}",
    ];
    prop_oneof![
        3 => tag,
        2 => prop::sample::select(others.to_vec()).prop_map(str::to_owned),
        1 => "[a-z é]{1,6}",
    ]
}
