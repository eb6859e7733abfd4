//! SARIF is valid by two validators, which `validators.sh` installs.

mod hostile;

use std::path::Path;
use std::process::Command;

use hostile::written;
use refrain_report::{Select, sarif};

/// The folder into which they were installed.
const FOLDER: &str = "REFRAIN_SARIF_VALIDATORS";

#[test]
fn two_validators_find_no_mistake() {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the validators are installed does not change a result"
    )]
    let Some(folder) = std::env::var_os(FOLDER) else {
        #[expect(clippy::print_stderr, reason = "a test that skips says so")]
        {
            eprintln!("skipped: {FOLDER} names no folder into which validators.sh has installed validators");
        }
        return;
    };
    let unread = ["cannot read {lost}.txt".to_owned()];
    for (select, name) in [(Select::Shown, "shown.sarif"), (Select::All, "all.sarif")] {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(
            &file,
            written(|out, checked, select| sarif::write(out, checked, &unread, select), select),
        )
        .unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators.sh");
        let output = Command::new(script).arg("check").arg(&folder).arg(&file).output().unwrap();
        let said = [&output.stdout[..], &output.stderr].concat();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    }
}
