#!/bin/sh
# Checks files in SARIF by two validators, since each misses what the other sees.
#
#   validators.sh install DIR      installs both into a new folder: needs cargo, python3, npm and the network
#   validators.sh check DIR FILE…  fails if one of them finds a mistake
set -eu

command=$1
directory=$2
shift 2

case $command in
install)
    mkdir -p "$directory"
    cd "$directory"
    python3 -m venv python
    python/bin/pip install --quiet jsonschema
    npm install --silent --no-audit --no-fund --prefix . @microsoft/sarif-multitool
    # Some versions of npm run no scripts of packages, such as the one that does this.
    chmod u+x node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool 2>/dev/null || true
    # The schema, from the sources of a crate that ships it.
    mkdir -p schema/src
    : >schema/src/lib.rs
    printf '[package]\nname = "schema"\nedition = "2024"\n[dependencies]\nserde-sarif = "0.8"\n[workspace]\n' >schema/Cargo.toml
    cargo metadata --quiet --format-version 1 --manifest-path schema/Cargo.toml >schema/metadata.json
    python/bin/python - <<'PYTHON'
import json, pathlib, shutil
packages = json.load(open("schema/metadata.json"))["packages"]
manifest = next(it["manifest_path"] for it in packages if it["name"] == "serde-sarif")
shutil.copy(pathlib.Path(manifest).parent / "src/schema.json", "sarif-schema.json")
PYTHON
    ;;
check)
    for file in "$@"; do
        "$directory/python/bin/python" - "$directory/sarif-schema.json" "$file" <<'PYTHON'
import json, sys
import jsonschema
schema, log = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
problems = list(validator(schema).iter_errors(log))
for problem in problems[:20]:
    print("jsonschema:", problem.json_path, problem.message)
sys.exit(1 if problems else 0)
PYTHON
        results=$(mktemp)
        node "$directory/node_modules/@microsoft/sarif-multitool/bin.js" \
            validate "$file" --output "$results" --log ForceOverwrite >/dev/null || true
        "$directory/python/bin/python" - "$results" <<'PYTHON'
import json, sys
[run] = json.load(open(sys.argv[1], encoding="utf-8-sig"))["runs"]
# The rule that wants an address of the tool, which it does not have.
ignored = ["SARIF2005"]
problems = [it for it in run.get("results", []) if it.get("level", "warning") in ("warning", "error")]
problems = [it for it in problems if it["ruleId"] not in ignored]
for problem in problems[:20]:
    where = problem["locations"][0].get("logicalLocations", [{}])[0].get("fullyQualifiedName", "")
    print("sarif-multitool:", problem["ruleId"], where, problem["message"])
failed = [note for it in run["invocations"] for note in it.get("toolExecutionNotifications", []) if note.get("level") == "error"]
for note in failed:
    print("sarif-multitool:", note["message"])
sys.exit(1 if problems or failed else 0)
PYTHON
        rm -f "$results"
    done
    ;;
*)
    echo "validators.sh: expected install or check, got $command" >&2
    exit 2
    ;;
esac
