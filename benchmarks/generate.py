"""Generate a large dataset from a small one: articles put together from its sentences, the same for a seed.

    python benchmarks/generate.py FILE.jsonl[.gz] --articles 60000 [--words 400] [--seed 1] > large.jsonl

Sentences, headlines, authors and places are drawn as often as they occur, so that words
keep their frequencies; dates lie evenly over the years from 1987 to 2016.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_START = datetime(1987, 1, 1)
_MINUTES = 30 * 365 * 24 * 60


@dataclass(frozen=True, slots=True)
class Corpus:
    """What new articles are made of: of each sentence its words are counted."""

    headlines: list[str]
    sentences: list[tuple[str, int]]
    sections: list[str]
    keywords: list[str]

    @classmethod
    def read(cls, path: Path) -> Corpus:
        """Read a dataset as ``add`` takes it, one JSON object a line."""
        corpus = cls([], [], [], [])
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in data.splitlines():
            corpus.take(json.loads(line))
        return corpus

    def take(self, row: Mapping[str, Any]) -> None:
        """Take the parts of one row."""
        text = " ".join(str(row.get("body") or row.get("text") or "").split())
        self.headlines.append(str(row.get("title") or row.get("headline") or ""))
        self.sentences.extend((found, found.count(" ") + 1) for found in _SENTENCE.split(text) if found)
        self.sections.extend(map(str, row.get("places") or [row.get("section") or "News"]))
        self.keywords.extend(map(str, row.get("topics") or row.get("keywords") or ()))


def articles(corpus: Corpus, count: int, *, words: int = 400, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Rows of a dataset, each of about as many words as asked for."""
    rng = random.Random(seed)
    for number in range(1, count + 1):
        date = _START + timedelta(minutes=rng.randrange(_MINUTES))
        yield {
            "id": f"g{seed}-{number}",
            "title": rng.choice(corpus.headlines),
            "body": _text(corpus, rng, round(words * rng.uniform(0.5, 1.5))),
            "date": date.isoformat(),
            "section": rng.choice(corpus.sections),
            "topics": rng.choices(corpus.keywords, k=rng.randrange(3)) if corpus.keywords else [],
            "url": f"https://news.example/{date:%Y/%m}/{number}",
            "language": "en",
        }


def _text(corpus: Corpus, rng: random.Random, words: int) -> str:
    found, total = [], 0
    while total < words:
        sentence, length = rng.choice(corpus.sentences)
        found.append(sentence)
        total += length
    return "\n".join(" ".join(found[at : at + 3]) for at in range(0, len(found), 3))


def main() -> None:
    """Write a dataset to standard output."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    for row in articles(Corpus.read(wanted.dataset), wanted.articles, words=wanted.words, seed=wanted.seed):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
