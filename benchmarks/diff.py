"""How long the difference of two states of 5,000 words takes: paragraphs aligned, words compared.

    .venv/bin/python benchmarks/diff.py

Processor time, the minimum of several runs; the words are drawn from 4,000 made ones.
"""

from __future__ import annotations

import random
import time

from newsarchive.answers.versions.article_diff import diff_paragraphs

_WORDS, _PARAGRAPHS, _RUNS = 5_000, 50, 9


def main() -> None:
    draw = random.Random(3)
    vocabulary = [f"w{number}" for number in range(4_000)]
    old = [draw.choices(vocabulary, k=_WORDS // _PARAGRAPHS) for _ in range(_PARAGRAPHS)]
    edited = [[w if draw.random() > 0.05 else draw.choice(vocabulary) for w in words] for words in old]
    edited.insert(3, edited.pop(40))
    other = [draw.choices(vocabulary, k=_WORDS // _PARAGRAPHS) for _ in range(_PARAGRAPHS)]
    print("| 5,000 words against 5,000 | ms |\n|---|---|")
    for name, new in (
        ("one word in twenty changed, a paragraph moved", edited),
        ("nothing in common", other),
    ):
        for form, parting in ((f"{_PARAGRAPHS} paragraphs", "\n"), ("one paragraph", " ")):
            texts = (parting.join(" ".join(words) for words in text) for text in (old, new))
            print(f"| {name}, {form} | {fastest(*texts):.0f} |")


def fastest(before: str, after: str) -> float:
    """Milliseconds."""
    times = []
    for _ in range(_RUNS):
        start = time.process_time()
        list(diff_paragraphs(before, after))
        times.append(time.process_time() - start)
    return min(times) * 1_000


if __name__ == "__main__":
    main()
