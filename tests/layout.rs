//! The layout of the sources: which file may import from which.
//!
//! The test reads `src/`, `report/src/`, `index/src/`, `python/src/` and `cli/src/` and fails
//!
//! * on a circle of imports between files,
//! * on an import that goes up: the `mod` lines of `lib.rs` list the rooms (files or
//!   folders) from the lowest floor to the highest, and a room imports only from rooms above it in that
//!   list,
//! * on a file in `src/` other than `lib.rs`,
//! * on a `mod.rs` whose table of files leaves one out or names one that does not exist.
//!
//! An import is a path in a `use` line or in code that leads to another file. A path that ends at a
//! re-export counts as an import of the file that defines the name, so a `mod.rs` that only declares and
//! re-exports is in no circle. Test modules, comments and paths in strings are not read.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Rooms that are not in order yet: their imports and tables are not checked.
const KNOWN_EXCEPTIONS: &[&str] = &[];

#[test]
fn the_library_has_floors() {
    let tree = Tree::read("src");
    let is_loose = |file: &&SourceFile| !file.name["src/".len()..].contains('/') && file.name != "src/lib.rs";
    let loose = tree.files.values().filter(is_loose);
    let loose = loose.map(|file| format!("{} is not in a folder", file.name));
    assert_none(loose.chain(problems(&tree, KNOWN_EXCEPTIONS)).collect());
}

#[test]
fn the_command_has_floors() {
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("cli/src").exists() {
        #[expect(clippy::print_stderr, reason = "a test that skips says so")]
        {
            eprintln!("skipped: there is no cli/src, as in the packaged library");
        }
        return;
    }
    assert_none(problems(&Tree::read("cli/src"), KNOWN_EXCEPTIONS));
}

#[test]
fn the_reports_have_floors() {
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("report/src").exists() {
        #[expect(clippy::print_stderr, reason = "a test that skips says so")]
        {
            eprintln!("skipped: there is no report/src, as in the packaged library");
        }
        return;
    }
    assert_none(problems(&Tree::read("report/src"), KNOWN_EXCEPTIONS));
}

#[test]
fn the_index_has_floors() {
    if Path::new(env!("CARGO_MANIFEST_DIR")).join("index/src").exists() {
        assert_none(problems(&Tree::read("index/src"), KNOWN_EXCEPTIONS));
    }
}

#[test]
fn the_python_package_has_floors() {
    if Path::new(env!("CARGO_MANIFEST_DIR")).join("python/src").exists() {
        assert_none(problems(&Tree::read("python/src"), KNOWN_EXCEPTIONS));
    }
}

fn assert_none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// What is wrong with the imports and the tables of a tree, outside these exceptions.
fn problems(tree: &Tree, exceptions: &[&str]) -> Vec<String> {
    let is_checked = |name: &str| !exceptions.iter().any(|room| name.starts_with(room));
    let mut imports = tree.imports();
    imports.retain(|(from, _)| is_checked(from));
    let tables = tree.files.iter().filter(|(_, file)| file.is_folder() && is_checked(&file.name));
    let mut problems = circles(&imports);
    problems.extend(tree.upward_imports(&imports));
    problems.extend(tables.flat_map(|(module, _)| tree.table_faults(module)));
    problems
}

/// The names that lead to a module or to an item, such as `["crate", "set", "Overlap"]`.
type Names = Vec<String>;

/// The source files of a package by their modules; the root is the module without a name.
struct Tree {
    files: BTreeMap<Names, SourceFile>,
}

impl Tree {
    /// Reads a folder of the repository.
    fn read(folder: &str) -> Self {
        let mut sources = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder)).unwrap() {
                let entry = entry.unwrap();
                let name = format!("{folder}/{}", entry.file_name().into_string().unwrap());
                if entry.path().is_dir() {
                    folders.push(name);
                } else if name.ends_with(".rs") {
                    sources.push((name, fs::read_to_string(entry.path()).unwrap()));
                }
            }
        }
        // A program beside a library is a crate of its own, which only calls it.
        let library = format!("{folder}/lib.rs");
        if sources.iter().any(|(name, _)| *name == library) {
            sources.retain(|(name, _)| *name != format!("{folder}/main.rs"));
        }
        Self::new(sources.iter().map(|(name, source)| (&name[..], &source[..])))
    }

    /// The tree of these files, given by name (`src/text/token.rs`) and source.
    fn new<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files =
            sources.into_iter().map(|(name, source)| (module_of(name), SourceFile::new(name, source)));
        Self { files: files.collect() }
    }

    /// The imports between files, each once: importing file, imported file.
    fn imports(&self) -> BTreeSet<(&str, &str)> {
        let mut imports = BTreeSet::new();
        for (module, file) in &self.files {
            for path in &file.paths {
                if let Some(target) = self.definer(module, path)
                    && target != *module
                {
                    imports.insert((&file.name[..], &self.files[&target].name[..]));
                }
            }
        }
        imports
    }

    /// The module whose file defines the item that `path` names, where `path` is written in `module`.
    ///
    /// None if the path names a module, an item of the same file without a `use`, or another crate.
    fn definer(&self, module: &Names, path: &Names) -> Option<Names> {
        let (mut module, mut path) = (module.clone(), path.clone());
        // An imported name leads to another path; no chain of re-exports is longer than this.
        for _ in 0..16 {
            let (start, mut rest) = match &path[0][..] {
                "crate" => (Names::new(), &path[1..]),
                "self" | "super" => (module.clone(), &path[..]),
                first if self.is_bound(&module, first) => (module.clone(), &path[..]),
                _ => return None,
            };
            let mut at = start;
            let bound = loop {
                let (name, behind) = rest.split_first()?;
                let mut child = at.clone();
                child.push(name.clone());
                let binding = self.files[&at].bindings.get(name);
                match &name[..] {
                    "self" => {}
                    "super" => _ = at.pop(),
                    _ if self.files.contains_key(&child) && (binding.is_none() || !behind.is_empty()) => {
                        at = child;
                    }
                    _ => match binding {
                        Some(bound) => break bound.iter().chain(behind).cloned().collect(),
                        None => return Some(at),
                    },
                }
                rest = behind;
            };
            (module, path) = (at, bound);
        }
        None
    }

    /// Whether the first name of a path is imported into a module or is one of its files.
    fn is_bound(&self, module: &Names, name: &str) -> bool {
        let child: Names = module.iter().cloned().chain([name.to_owned()]).collect();
        self.files.contains_key(&child) || self.files[module].bindings.contains_key(name)
    }

    /// Describes the imports from a room on a higher floor. The root is above all rooms.
    fn upward_imports(&self, imports: &BTreeSet<(&str, &str)>) -> Vec<String> {
        let rooms = &self.files[&Names::new()].children;
        let floor = |name: &str| match module_of(name).first() {
            // A room without a line is one that only tests declare.
            Some(room) => rooms.iter().position(|other| other == room).unwrap_or(rooms.len()),
            None => rooms.len(),
        };
        let upward = imports.iter().filter(|(from, to)| floor(from) < floor(to));
        upward.map(|(from, to)| format!("{from} imports from {to}, which is on a higher floor")).collect()
    }

    /// Compares the table of files in the `mod.rs` of a module with its files.
    fn table_faults(&self, module: &Names) -> Vec<String> {
        let file = &self.files[module];
        let children =
            self.files.keys().filter_map(|child| child.split_last().filter(|(_, up)| up == module));
        let names: BTreeSet<&String> = children.map(|(name, _)| name).collect();
        let listed: BTreeSet<&String> = file.table.iter().collect();
        let fault = |name, what| format!("the table of files in {} {what} `{name}`", file.name);
        let left_out = names.difference(&listed).map(|name| fault(name, "leaves out"));
        let missing = listed.difference(&names).map(|name| fault(name, "names a missing file"));
        left_out.chain(missing).collect()
    }
}

/// The parts of a source file that the test needs.
struct SourceFile {
    /// Its path in the repository.
    name: String,
    /// The modules that it declares and that have files of their own, in order.
    children: Vec<String>,
    /// The names that its `use` lines import, with their paths.
    bindings: HashMap<String, Names>,
    /// All paths in `use` lines and in code.
    paths: Vec<Names>,
    /// The files that the table in its documentation lists.
    table: Vec<String>,
}

impl SourceFile {
    fn new(name: &str, source: &str) -> Self {
        let rows = source.lines().filter_map(|line| line.strip_prefix("//! | `")?.split_once("` |"));
        let table = rows.map(|(name, _)| name.trim_end_matches('/').to_owned()).collect();
        let (children, bindings, paths) = Default::default();
        let mut file = Self { name: name.to_owned(), children, bindings, paths, table };
        let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        file.scan(tokens, 0);
        file
    }

    fn is_folder(&self) -> bool {
        self.name.ends_with("/mod.rs")
    }

    /// Reads tokens that lie inside `depth` modules of the file.
    fn scan(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = &tokens[..];
        while let [first, behind @ ..] = rest {
            rest = match (first, behind) {
                (TokenTree::Punct(hash), [TokenTree::Group(attribute), behind @ ..])
                    if hash.as_char() == '#' =>
                {
                    if is_test(attribute.stream()) {
                        after_item(behind)
                    } else {
                        behind
                    }
                }
                (TokenTree::Ident(word), [TokenTree::Ident(name), TokenTree::Punct(end), behind @ ..])
                    if word == "mod" && end.as_char() == ';' =>
                {
                    self.children.push(name.to_string());
                    behind
                }
                (TokenTree::Ident(word), [TokenTree::Ident(_), TokenTree::Group(body), behind @ ..])
                    if word == "mod" =>
                {
                    self.scan(body.stream(), depth + 1);
                    behind
                }
                (TokenTree::Ident(word), [TokenTree::Ident(_) | TokenTree::Punct(_), ..])
                    if word == "use" && !is_punct(&behind[0], '<') =>
                {
                    self.scan_use(behind, &Names::new(), depth)
                }
                (TokenTree::Ident(_), _) => {
                    let (path, behind) = read_path(rest);
                    if path.len() > 1 {
                        self.paths.push(seen_from_file(path, depth));
                    }
                    behind
                }
                (TokenTree::Group(group), _) => {
                    self.scan(group.stream(), depth);
                    behind
                }
                _ => behind,
            };
        }
    }

    /// Reads one tree of a `use` line, up to a comma or a semicolon. Returns the tokens after it.
    fn scan_use<'t>(&mut self, tokens: &'t [TokenTree], prefix: &Names, depth: usize) -> &'t [TokenTree] {
        let (path, mut rest) = read_path(tokens);
        let mut path: Names = prefix.iter().cloned().chain(path).collect();
        match rest {
            [TokenTree::Group(group), ..] => {
                let group: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut trees = &group[..];
                while !trees.is_empty() {
                    trees = self.scan_use(trees, &path, depth);
                }
                rest = &rest[1..];
            }
            // A glob counts as an import of the file whose names it imports.
            [star, ..] if is_punct(star, '*') => {
                path.push("*".to_owned());
                self.paths.push(seen_from_file(path, depth));
                rest = &rest[1..];
            }
            _ => {
                if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
                    path.pop();
                }
                let mut name = path.last().cloned().unwrap_or_default();
                if let [TokenTree::Ident(word), TokenTree::Ident(alias), ..] = rest
                    && word == "as"
                {
                    name = alias.to_string();
                    rest = &rest[2..];
                }
                let path = seen_from_file(path, depth);
                self.bindings.insert(name, path.clone());
                self.paths.push(path);
            }
        }
        match rest {
            [end, behind @ ..] if is_punct(end, ',') || is_punct(end, ';') => behind,
            _ => rest,
        }
    }
}

/// Reads names with `::` between them. Returns them and the tokens after them.
fn read_path(tokens: &[TokenTree]) -> (Names, &[TokenTree]) {
    let (mut names, mut rest) = (Names::new(), tokens);
    loop {
        while let [a, b, behind @ ..] = rest
            && is_punct(a, ':')
            && is_punct(b, ':')
        {
            rest = behind;
        }
        let [TokenTree::Ident(name), behind @ ..] = rest else { return (names, rest) };
        names.push(name.to_string());
        rest = behind;
        if !matches!(rest, [a, b, ..] if is_punct(a, ':') && is_punct(b, ':')) {
            return (names, rest);
        }
    }
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

/// Rewrites a path from inside `depth` modules of a file as the file itself would write it.
fn seen_from_file(path: Names, depth: usize) -> Names {
    let inside = path.iter().take(depth).take_while(|name| *name == "super").count();
    if inside == 0 { path } else { [vec!["self".to_owned()], path[inside..].to_vec()].concat() }
}

/// Whether an attribute makes an item a part of tests only: `#[cfg(test)]`, `#[cfg(all(test, …))]`,
/// `#[test]`.
fn is_test(attribute: TokenStream) -> bool {
    let text = attribute.to_string().replace(' ', "");
    text == "test" || text.starts_with("cfg(test") || text.starts_with("cfg(all(test")
}

/// The tokens after the first item, which ends with its first block or semicolon.
fn after_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is_punct(token, ';'),
    };
    tokens.iter().position(ends).map_or(&[], |end| &tokens[end + 1..])
}

/// The module of a file: `["text", "token"]` for `src/text/token.rs`, no name for `lib.rs`.
fn module_of(name: &str) -> Names {
    let name = name.split_once("src/").map_or(name, |(_, inside)| inside).trim_end_matches(".rs");
    let name = name.strip_suffix("/mod").unwrap_or(name);
    let names = name.split('/').filter(|&name| name != "lib" && name != "main");
    names.map(str::to_owned).collect()
}

/// The circles of imports, each from the file in it that comes first in the order of names.
fn circles(imports: &BTreeSet<(&str, &str)>) -> Vec<String> {
    let files: BTreeSet<&str> = imports.iter().map(|&(from, _)| from).collect();
    let circles = files.into_iter().filter_map(|file| shortest_circle(imports, file));
    circles.map(|files| format!("a circle of imports: {}", files.join(" → "))).collect()
}

/// The shortest circle through a file and files that come after it in the order of names.
fn shortest_circle<'a>(imports: &BTreeSet<(&'a str, &'a str)>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut importers = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for &(_, next) in imports.iter().filter(|&&(from, to)| from == file && to >= start) {
            if next == start {
                let mut circle = vec![start, file];
                while let Some(&importer) = importers.get(circle[circle.len() - 1]) {
                    circle.push(importer);
                }
                circle.reverse();
                return Some(circle);
            }
            if !importers.contains_key(next) {
                importers.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    None
}

mod on_small_trees {
    use super::*;

    fn problems(sources: &[(&str, &str)]) -> Vec<String> {
        super::problems(&Tree::new(sources.iter().copied()), &["src/exception/"])
    }

    fn imports(sources: &[(&str, &str)]) -> Vec<String> {
        let tree = Tree::new(sources.iter().copied());
        tree.imports().into_iter().map(|(from, to)| format!("{from} {to}")).collect()
    }

    #[test]
    fn a_circle_is_found() {
        let tree = [
            ("lib.rs", "mod a;"),
            ("a/mod.rs", "//! | `b` |\n//! | `c` |\n//! | `d` |\nmod b; mod c; mod d;"),
            ("a/b.rs", "use super::c::C; pub struct B;"),
            ("a/c.rs", "pub struct C(super::d::D);"),
            ("a/d.rs", "use crate::a::{c, b::{self, B}}; pub struct D;"),
        ];
        assert_eq!(problems(&tree), ["a circle of imports: a/b.rs → a/c.rs → a/d.rs → a/b.rs"]);
    }

    #[test]
    fn a_child_that_uses_its_parent_is_a_circle() {
        let with = |child| {
            [("lib.rs", "mod a;"), ("a/mod.rs", "//! | `b` |\nmod b; use b::f; pub struct A;"), child]
        };
        let circle = ["a circle of imports: a/b.rs → a/mod.rs → a/b.rs"];
        assert_eq!(problems(&with(("a/b.rs", "use super::A; pub fn f() {}"))), circle);
        assert_eq!(problems(&with(("a/b.rs", "use super::*; pub fn f() {}"))), circle);
        assert_eq!(problems(&with(("a/b.rs", "pub fn f() { g::<super::A>() }"))), circle);
        assert_eq!(problems(&with(("a/b.rs", "pub fn f() {}"))), [""; 0]);
    }

    #[test]
    fn a_re_export_is_followed() {
        let with = |user| {
            [
                ("lib.rs", "pub mod low; mod high; pub use low::{Item, items as all};"),
                (
                    "low/mod.rs",
                    "//! | `item` |\n//! | `items` |\nmod item; mod items; pub use self::{item::Item, items::items};",
                ),
                ("low/item.rs", "pub struct Item;"),
                ("low/items.rs", "use super::Item; pub fn items() -> Item { Item }"),
                ("high/mod.rs", user),
            ]
        };
        let [item, items] = ["high/mod.rs low/item.rs", "high/mod.rs low/items.rs"];
        let of_high = |user| {
            let mut found = imports(&with(user));
            found.retain(|import| import.starts_with("high"));
            found
        };
        assert_eq!(of_high("use crate::low::Item;"), [item]);
        assert_eq!(of_high("use crate::Item;"), [item]);
        assert_eq!(of_high("use crate::low::{self, Item}; fn f() { low::items(); }"), [item, items]);
        assert_eq!(of_high("fn f() -> impl Fn() + use<> { crate::all }"), [items]);
        assert_eq!(of_high("use crate::low::{Item as Thing}; fn f(_: Thing) { std::mem::take(0) }"), [item]);
        assert_eq!(
            of_high("//! [`crate::Item`]\n// use crate::Item;\nconst C: &str = \"crate::Item\";"),
            [""; 0]
        );
        assert_eq!(
            of_high("#[cfg(test)] mod tests { use crate::Item; } #[cfg(test)] use crate::Item;"),
            [""; 0]
        );
        assert_eq!(problems(&with("")), [""; 0]);
    }

    #[test]
    fn modules_inside_a_file_belong_to_it() {
        let tree = [
            ("lib.rs", "mod low; mod a;"),
            ("low/mod.rs", "pub struct Low;"),
            ("a/mod.rs", "struct A; mod json { use super::{A, super::low::Low}; use self::x; }"),
        ];
        assert_eq!(imports(&tree), ["a/mod.rs low/mod.rs"]);
    }

    #[test]
    fn an_import_that_goes_up_is_found() {
        let low_uses = |source| {
            [("main.rs", "mod low; mod high; fn f() {}"), ("low.rs", source), ("high.rs", "pub fn f() {}")]
        };
        let climbs = |to| vec![format!("low.rs imports from {to}, which is on a higher floor")];
        assert_eq!(problems(&low_uses("fn g() { crate::high::f() }")), climbs("high.rs"));
        assert_eq!(problems(&low_uses("use super::f;")), climbs("main.rs"));
        assert_eq!(problems(&low_uses("")), [""; 0]);
    }

    #[test]
    fn exceptions_are_passed_over() {
        let tree = |room: &str| {
            let names = ["mod.rs", "b.rs"].map(|name| format!("src/{room}/{name}"));
            let sources = [
                ("src/lib.rs", "mod a; mod exception;"),
                (&names[0], "mod b; pub struct A;"),
                (&names[1], "use super::A;"),
            ];
            problems(&sources).len()
        };
        assert_eq!((tree("a"), tree("exception")), (1, 0));
    }

    #[test]
    fn a_table_names_all_files_and_no_other() {
        let tree = [
            ("lib.rs", "mod a;"),
            (
                "a/mod.rs",
                "//! | file | does |\n//! | `b` | … |\n//! | `d/` | … |\n//! | `e` | … |\nmod b; mod c; mod d;",
            ),
            ("a/b.rs", ""),
            ("a/c.rs", ""),
            ("a/d/mod.rs", ""),
        ];
        assert_eq!(
            problems(&tree),
            [
                "the table of files in a/mod.rs leaves out `c`",
                "the table of files in a/mod.rs names a missing file `e`"
            ]
        );
    }
}
