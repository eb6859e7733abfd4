//! The command `refrain`.

use std::env;
use std::panic;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // The store of an index panics on damaged pages. The index catches that and says what is damaged.
        let is_store = |file: &str| file.split(['/', '\\']).any(|part| part.starts_with("redb-"));
        if !info.location().is_some_and(|location| is_store(location.file())) {
            print(info);
        }
    }));
    refrain_cli::run(env::args_os()).into()
}
