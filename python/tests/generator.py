"""Texts that are made, with near-duplicates among them."""

from __future__ import annotations

import random
from typing import TypedDict

WORDS = (
    "anchor barley candle doorway ember fennel gravel harbour island juniper kettle ladder meadow needle orchard pebble "
    "quarry ribbon saddle timber umbrella valley wagon yeast zinc brisk calm damp eager faint gentle hollow idle jolly "
    "keen lively mild narrow odd plain quiet rough steep tall upright vivid warm young carries drops enters finds gives "
    "holds joins keeps lifts moves names opens pulls reads sends takes uses visits wants yields café naïve Żuraw höher "
    "señal forêt über ångström façade 日本 東京 🙂 Ω"
).split()


class Record(TypedDict):
    id: str
    text: str
    score: float | None


def _paragraph(chance: random.Random) -> list[str]:
    return chance.choices(WORDS, k=chance.randint(4, 60))


def _edited(words: list[str], chance: random.Random) -> list[str]:
    """A copy with a few other words."""
    words = list(words)
    for _ in range(chance.randint(0, max(1, len(words) // 12))):
        words[chance.randrange(len(words))] = chance.choice([*WORDS, "1506", "1507"])
    return words


def records(number: int, seed: int) -> list[Record]:
    """So many records, the same for the same seed."""
    chance = random.Random(seed)
    paragraphs: list[list[str]] = []
    made: list[Record] = []
    for place in range(number):
        texts = []
        for _ in range(chance.choice([1, 1, 1, 2, 3])):
            is_copy = paragraphs and chance.random() < 0.35
            words = _edited(chance.choice(paragraphs), chance) if is_copy else _paragraph(chance)
            paragraphs.append(words)
            texts.append(" ".join(words) + ".")
        separator = chance.choice(["\n\n", "\n \n", "\r\n\r\n"])
        score = None if chance.random() < 0.1 else chance.choice([chance.randint(0, 9), chance.random()])
        made.append({"id": f"record-{place}", "text": separator.join(texts), "score": score})
    return made
