//! Stores the signature and the shingle set of each text in a file, reads the file again, and compares a new
//! text with what was stored. The texts themselves are not kept.
//!
//! `cargo run --example store_signatures`
#![expect(clippy::print_stdout, reason = "the example prints what it finds")]

use std::error::Error;
use std::path::Path;
use std::{env, fs, process};

use refrain::set::ShingleSet;
use refrain::sketch::{MinHash, Signature};
use refrain::text;

const STORED: [&str; 3] = [
    "The tide table for March is pinned to the door of the harbour office, beside the ferry times.",
    "Goats may be taken on the upper deck if their owners hold them on a short rope all the way.",
    "Parcels for the outer islands go out on Wednesdays; whatever comes later waits a week.",
];
const NEW: &str =
    "The tide table for April is pinned to the door of the harbour office, beside the ferry times.";

/// Signatures can be compared only if they have the same number of lanes and the same seed.
const LANES: usize = 128;
const SEED: u64 = 0;
/// Sets can be compared only if their shingles have the same width. It is not stored with them.
const WIDTH: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let family = MinHash::new(LANES, SEED)?;
    let path = env::temp_dir().join(format!("signatures-{}.bin", process::id()));

    let mut file = Vec::new();
    for set in STORED.map(shingles) {
        append(&mut file, &family.signature(set.as_slice()).to_bytes());
        append(&mut file, &set.to_bytes());
    }
    fs::write(&path, file)?;

    let result = compare_with_file(&path, &family);
    fs::remove_file(&path)?;
    result
}

/// Compares the new text with each stored one: first by signatures, then exactly.
fn compare_with_file(path: &Path, family: &MinHash) -> Result<(), Box<dyn Error>> {
    let new = shingles(NEW);
    let signature = family.signature(new.as_slice());
    let file = fs::read(path)?;
    let mut rest = &file[..];
    for number in 0.. {
        let Some(stored) = next(&mut rest)? else { break };
        let estimate = signature.estimate_resemblance(&Signature::from_bytes(stored)?)?;
        let stored = next(&mut rest)?.ok_or("the file ends after a signature")?;
        if estimate < 0.3 {
            println!("text {number}: estimated resemblance {estimate:.2}, not compared further");
            continue;
        }
        let overlap = ShingleSet::from_bytes(stored)?.overlap(&new);
        println!("text {number}: estimated resemblance {estimate:.2}, exactly {:.2}", overlap.resemblance());
    }
    Ok(())
}

fn shingles(text: &str) -> ShingleSet {
    let mut tokens = Vec::new();
    text::hash_tokens(text, &mut tokens);
    ShingleSet::new(&tokens, WIDTH)
}

/// Appends the length of an entry, which the entry itself does not say, and the entry.
fn append(file: &mut Vec<u8>, entry: &[u8]) {
    file.extend_from_slice(&(entry.len() as u64).to_le_bytes());
    file.extend_from_slice(entry);
}

/// The next entry of the file, if there is one.
fn next<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a [u8]>, Box<dyn Error>> {
    let Some((length, after)) = rest.split_first_chunk() else {
        return if rest.is_empty() { Ok(None) } else { Err("the file is cut off".into()) };
    };
    let length = usize::try_from(u64::from_le_bytes(*length))?;
    let (entry, after) = after.split_at_checked(length).ok_or("the file is cut off")?;
    *rest = after;
    Ok(Some(entry))
}
