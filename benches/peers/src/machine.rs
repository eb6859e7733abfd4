//! The machine, the date and the versions to which the figures belong.

use std::process::Command;

pub(crate) fn print() {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let lock = include_str!("../Cargo.lock");
    println!("- Date: {}; load at the start: {}", output("date", &["-u", "+%F %R UTC"]), first(&load));
    println!("- Machine: {model}, {cores} cores; {}", features());
    println!("- Compiler: {}, {}", output("rustc", &["-V"]), compiled_for());
    println!("- Allocator: {}", if cfg!(feature = "mimalloc") { "mimalloc" } else { "the system's" });
    println!(
        "- Versions: refrain {} at {}, gaoya {}, txtfp {}",
        version(lock, "refrain"),
        output("git", &["-C", root, "describe", "--always", "--dirty"]),
        version(lock, "gaoya"),
        version(lock, "txtfp"),
    );
    println!();
}

fn first(text: &str) -> &str {
    text.split(' ').next().unwrap_or("unknown")
}

fn output(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output().ok().filter(|output| output.status.success());
    output.map_or("unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn version<'a>(lock: &'a str, package: &str) -> &'a str {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1).and_then(|line| line.split('"').nth(1)).unwrap_or("unknown")
}

/// The instructions of the processor that the code can use.
fn features() -> String {
    #[cfg(target_arch = "x86_64")]
    let has = [
        ("AVX2", std::is_x86_feature_detected!("avx2")),
        ("AVX-512 F", std::is_x86_feature_detected!("avx512f")),
        ("BW", std::is_x86_feature_detected!("avx512bw")),
        ("VBMI", std::is_x86_feature_detected!("avx512vbmi")),
        ("VBMI2", std::is_x86_feature_detected!("avx512vbmi2")),
    ];
    #[cfg(not(target_arch = "x86_64"))]
    let has: [(&str, bool); 0] = [];
    let has: Vec<&str> = has.into_iter().filter(|(_, has)| *has).map(|(name, _)| name).collect();
    if has.is_empty() { std::env::consts::ARCH.to_owned() } else { has.join(", ") }
}

/// The instructions that the compiler may use, for `refrain` and for the peers.
fn compiled_for() -> &'static str {
    if cfg!(target_feature = "avx512f") {
        "target-cpu with AVX-512"
    } else if cfg!(target_feature = "avx2") {
        "target-cpu with AVX2"
    } else if cfg!(target_arch = "x86_64") {
        "target-cpu x86-64 (no AVX for the peers; ours chooses at run time)"
    } else {
        "target-cpu as it comes"
    }
}
