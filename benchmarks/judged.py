"""A judged set made from rows that carry topics and places, such as Reuters-21578.


Three kinds, each made by a rule, so that nobody's taste is in them:

- *label*: a question in plain words about a topic and a place; relevant is every row
  that carries both labels (and few other places);
- *lead*: the first sentence of a row; relevant is every other row with exactly the
  same topics and places within 45 days;
- *known*: words of one sentence from the middle of a row, a third of them left out
  and the rest shuffled, as one half remembers; relevant is that row alone.

Labels are coarse, so the absolute figures are low: what counts is one engine beside another.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]

_TOPICS = {
    "acq": "company takeovers mergers and acquisitions",
    "alum": "aluminium smelters",
    "bop": "the balance of payments and the current account",
    "cocoa": "the cocoa buffer stock",
    "coffee": "coffee export quotas and the crop",
    "copper": "copper mines and their output",
    "corn": "the corn crop and shipments",
    "cotton": "the cotton crop",
    "cpi": "consumer prices and inflation",
    "crude": "crude oil prices and production",
    "earn": "company earnings profits and dividends",
    "gnp": "the gross national product and economic growth",
    "gold": "gold mining and production",
    "grain": "the grain harvest and exports",
    "interest": "interest rates and the central bank",
    "ipi": "industrial production",
    "iron": "iron and steel makers",
    "jobs": "unemployment and jobless figures",
    "livestock": "cattle and hogs",
    "money-fx": "the foreign exchange market and the currency",
    "money-supply": "the growth of the money supply",
    "nat-gas": "natural gas pipelines",
    "oilseed": "soybeans and other oilseeds",
    "rubber": "the rubber price agreement",
    "ship": "shipping ports and seamen on strike",
    "sugar": "sugar production and tenders",
    "tin": "the debts of the tin council",
    "trade": "the trade deficit tariffs and disputes",
    "veg-oil": "palm oil and other vegetable oils",
    "wheat": "wheat exports and subsidies",
}
_PLACES = {"uk": "Britain", "usa": "the United States", "ussr": "the Soviet Union"}
_QUESTIONS = (
    "what is being reported about {topic} in {place} and what do officials say",
    "news on {topic} in {place}",
    "how did {topic} develop in {place} this year",
    "what did the government of {place} announce on {topic}",
)
_SENTENCE_END = re.compile(r"(?<=[.])\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query of plain words, the ids of the rows that answer it, and the row it was made from, if any."""

    kind: str
    text: str
    relevant: frozenset[str]
    made_from: str | None = None


def judged_queries(rows: Sequence[Row], *, each: int = 200, seed: int = 7) -> list[Judged]:
    """At most ``each`` queries of every kind; the same for the same rows and seed."""
    chance = random.Random(seed)
    return [
        *_some(chance, each, list(_by_label(rows, chance))),
        *_some(chance, each, list(_by_lead(rows, chance))),
        *_some(chance, each, list(_known_items(rows, chance))),
    ]


def _some(chance: random.Random, count: int, queries: list[Judged]) -> list[Judged]:
    return chance.sample(queries, min(count, len(queries)))


def _by_label(rows: Sequence[Row], chance: random.Random) -> Iterator[Judged]:
    labelled = defaultdict(set)
    for row in rows:
        places = row.get("places") or ()
        for topic in _TOPICS.keys() & set(row.get("topics") or ()) if len(places) <= 3 else ():
            for place in places:
                labelled[topic, place].add(row["id"])
    for (topic, place), relevant in sorted(labelled.items()):
        if 4 <= len(relevant) <= 150:
            name = _PLACES.get(place, place.replace("-", " "))
            text = chance.choice(_QUESTIONS).format(topic=_TOPICS[topic], place=name)
            yield Judged("label", plain_words(text), frozenset(relevant))


def _by_lead(rows: Sequence[Row], chance: random.Random) -> Iterator[Judged]:
    alike = defaultdict(list)
    for row in rows:
        if row.get("topics") and row.get("places") and row.get("date"):
            alike[tuple(sorted(row["topics"])), tuple(sorted(row["places"]))].append(row)
    for _, group in sorted(alike.items()):
        source = chance.choice(group)
        day = _day(source)
        relevant = frozenset(row["id"] for row in group if abs(_day(row) - day) <= 45) - {source["id"]}
        lead = _SENTENCE_END.split(source["body"].strip())[0]
        if 3 <= len(relevant) <= 60 and len(lead.split()) >= 8:
            yield Judged("lead", plain_words(" ".join(lead.split()[:35])), relevant, source["id"])


def _known_items(rows: Sequence[Row], chance: random.Random) -> Iterator[Judged]:
    for row in rows:
        sentences = [
            words
            for sentence in _SENTENCE_END.split(row["body"].strip())[2:]
            if 10 <= len(words := sentence.split()) <= 30
        ]
        if sentences:
            words = [word for word in chance.choice(sentences) if chance.random() > 0.35]
            chance.shuffle(words)
            yield Judged("known", plain_words(" ".join(words)), frozenset({row["id"]}))


def _day(row: Row) -> int:
    return date.fromisoformat(row["date"][:10]).toordinal()


def plain_words(text: str) -> str:
    """Words alone, in lower case: signs and capital operators mean something to each engine."""
    return " ".join(_WORD.findall(text.lower()))
