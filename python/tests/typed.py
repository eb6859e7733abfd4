"""What users write, checked by mypy in its strict mode."""

from __future__ import annotations

import datetime

import refrain_text as refrain

detector = refrain.Detector(threshold=0.8, shingle="words:3", profile="reference", boilerplate="20%")
report: refrain.Report = detector.check("A text.", name="a.txt", kind="plain", timeout=1.5, progress="tqdm")
for finding in report.findings:
    rule: refrain.Rule = finding.rule
    start, end = finding.span
    words: str = finding.span.of("A text.")
    for place in finding.related:
        print(place.name, place.byte_span.start, rule, start + end, words)
verdict: refrain.Verdict = report.documents[0].verdict
reports: list[refrain.Report] = [detector.compare("a", "b"), detector.check_all({"a": "b"})]
thinned: refrain.Thinned = detector.dedup(["a", "b"], keep="longest", progress=lambda stage, done, total: done < total)
print(thinned.kept, thinned.removed_paragraphs, verdict, reports)
with refrain.Index.create("a.refrain") as index:
    added: int = index.add(["a"], id=["b"])
    added += index.add({"text": ["a"]}, id=["c"], metadata_fields=["date"])
    for match in index.check("a", before=("date", datetime.date(2024, 5, 6))).matches:
        print(match.stored.name, match.runs[0].words, added)
try:
    detector.check("a")
except refrain.TimedOut as error:
    print(str(error))
except refrain.IndexFileError as error:
    kind: str = error.kind
