"""Corpora made of random words, the same in every run."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "ve",
    "wi",
    "zo",
    "krä",
    "stö",
)


def vocabulary(size: int, seed: int) -> list[str]:
    """So many different words."""
    chance = random.Random(seed)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(1, 4)))] = None
    return list(words)


def paragraphs(count: int, seed: int) -> Iterator[str]:
    """Paragraphs of 12 to 60 words: new, copied, edited, and some that differ in numbers or have a template."""
    chance = random.Random(seed)
    words = vocabulary(4000, seed)
    template = [chance.choice(words) for _ in range(40)]
    road = [chance.choice(words) for _ in range(30)]
    made: list[list[str]] = []
    for _ in range(count):
        kind = chance.random()
        if kind < 0.05 and made:
            text = list(chance.choice(made))
        elif kind < 0.25 and made:
            text = list(chance.choice(made))
            for _ in range(chance.randint(1, 4)):
                text[chance.randrange(len(text))] = chance.choice(words)
        elif kind < 0.32:
            text = list(template)
            for _ in range(chance.randint(0, 5)):
                text[chance.randrange(len(text))] = chance.choice(words)
        elif kind < 0.40:
            text = [*road, str(chance.randint(1000, 1400)), *road[:10]]
            if chance.random() < 0.3:
                text[chance.randrange(len(text))] = chance.choice(words)
        else:
            text = [chance.choice(words) for _ in range(chance.randint(12, 60))]
        made.append(text)
        yield " ".join(text).capitalize() + chance.choice((".", "!", " – so.", ""))


def records(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Records of one to four of these paragraphs, so many paragraphs in all."""
    chance = random.Random(seed + 1)
    left = list(paragraphs(count, seed))
    number = 0
    while left:
        size = min(chance.randint(1, 4), len(left))
        own, left = left[:size], left[size:]
        text = own[0]
        for paragraph in own[1:]:
            text += chance.choice(("\n\n", "\r\n\r\n", "\n \n\n")) + paragraph
        number += 1
        yield {
            "id": f"record {number}",
            "text": text,
            "score": chance.choice((None, chance.randint(-3, 3), 0.5)),
        }


def write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> Path:
    """Writes JSON Lines, some with escapes, with other fields, with an empty line."""
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        for number, row in enumerate(rows):
            row = {"n": number, **row, "tags": ["a", {"b": None}]}
            lines.write(json.dumps(row, ensure_ascii=number % 3 == 0) + ("\r\n" if number % 7 == 0 else "\n"))
            if number % 50 == 0:
                lines.write("\n")
    return path
