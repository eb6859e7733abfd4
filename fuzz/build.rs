//! Makes the command's code a module of the target `records`, wherever its files lie.
//!
//! The command has no library, so its `main.rs` is read: each `mod name;` in it gets the path of its file.

use std::path::Path;
use std::{env, fs};

fn main() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/src");
    println!("cargo::rerun-if-changed={}", source.display());
    let main = fs::read_to_string(source.join("main.rs")).expect("the command has a main.rs");
    let mut code = String::new();
    // What is inner documentation there would be in the wrong place here.
    for line in main.lines().filter(|line| !line.starts_with("//!")) {
        if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
            let [file, folder] =
                [format!("{name}.rs"), format!("{name}/mod.rs")].map(|path| source.join(path));
            let path = if file.exists() { file } else { folder };
            code += &format!("#[path = {path:?}]\n");
        }
        code += line;
        code.push('\n');
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("command.rs"), code).expect("OUT_DIR can be written to");
}
