"""Which articles are one story."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from newsarchive.base.dates import PartialDate
from newsarchive.model import Article, IndexChange, IndexedArticle
from newsarchive.search.families.family_index import FamilyIndex
from newsarchive.search.families.fingerprints import fingerprint
from newsarchive.search.families.same_story import is_same_story
from newsarchive.search.text.analysis import Analyzer

STORY = (
    "Dockers in three harbours signed a mutual aid pact on Monday under which diverted cargo will not be "
    "unloaded anywhere. Employers called the pact a secondary boycott and said that they would go to court "
    "before the end of the week. Food, medicine and mail for the islands are exempt, the unions said, and "
    "crews of foreign ships will be given water and vegetables while they wait. The mediator whom the "
    "government promised in April has still not been named by anybody. "
)
OTHER = (
    "The museum of tides will stay closed until the roof over its great hall has been mended, the council "
    "decided after a long evening. Volunteers have carried the charts and the brass instruments to the old "
    "customs house, where they may be seen on weekdays. A fund for the repair stands at nine thousand "
    "crowns, a third of what the builders ask for. "
)


class Texts:
    """Articles by id, as the store gives them."""

    def __init__(self, texts: Iterable[str], day: str = "2024-03-11") -> None:
        self.articles = {
            number: Article(id=number, text=text, date_published=PartialDate.fromisoformat(day))
            for number, text in enumerate(texts, start=1)
        }

    def __call__(self, ids: Sequence[int]) -> list[Article]:
        return [self.articles[each] for each in ids if each in self.articles]

    def changes(self, ids: Iterable[int], *, first: int = 1) -> list[IndexChange]:
        day = (date(2024, 3, 11), date(2024, 3, 11))
        return [
            IndexChange(
                change,
                each,
                IndexedArticle(self.articles[each], 1, day) if each in self.articles else None,
            )
            for change, each in enumerate(ids, start=first)
        ]


def index(folder: Path, texts: Texts, archive: str = "a") -> FamilyIndex:
    return FamilyIndex(folder, archive=archive, articles=texts)


def built(folder: Path, texts: Texts) -> FamilyIndex:
    families = index(folder, texts)
    families.apply(texts.changes(texts.articles))
    return families


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        pytest.param(STORY, True, id="word for word"),
        pytest.param(STORY.upper().replace(".", " . "), True, id="another type case and marks"),
        pytest.param("PORT ALMAR (MW) — " + STORY + "© Meridian Wire", True, id="dateline and credit"),
        pytest.param(STORY[: len(STORY) * 2 // 3], True, id="shortened"),
        pytest.param(STORY + OTHER, True, id="lengthened"),
        pytest.param(STORY.replace("Monday", "Tuesday"), True, id="a word changed"),
        pytest.param(OTHER, False, id="another story"),
        pytest.param("", False, id="no text"),
    ],
)
def test_copies_of_a_story_join_and_others_do_not(tmp_path: Path, other: str, is_same: bool) -> None:
    """Wire copy comes shortened, lengthened and with another dateline."""
    families = built(tmp_path, Texts([STORY, other]))
    assert (families.family_of(2) == 1) is is_same


def test_market_reports_of_one_form_are_stories_of_their_own(tmp_path: Path) -> None:
    """Every day the same words, and other figures."""
    form = (
        "At the morning auction in Port Almar cod fetched {} crowns a box, hake {} and plaice {} crowns, "
        "the harbour office said."
    )
    families = built(tmp_path, Texts([form.format(12, 15, 9), form.format(14, 11, 8)]))
    assert families.all_families() == {}


def test_the_same_form_of_words_a_month_later_is_another_story() -> None:
    """What recurs is told again in nearly the same words."""
    one, other = (
        fingerprint(text, Analyzer()) for text in (STORY, STORY.replace("Monday", "Friday") + OTHER[:120])
    )
    assert is_same_story(one, other, days_apart=1)
    assert not is_same_story(one, fingerprint(STORY[:400] + OTHER, Analyzer()), days_apart=30)


def test_scripts_without_spaces_have_families(tmp_path: Path) -> None:
    """A wire in Chinese is copied as any other."""
    story = "三个港口的码头工人周一签署互助协议根据协议任何地方都不会卸下改道的货物雇主称该协议为间接抵制"
    museum = "潮汐博物馆将继续关闭直到大厅屋顶修好为止市议会经过漫长的夜晚后作出决定"
    families = built(tmp_path, Texts([story, f"【本报讯】{story}（完）", museum]))
    assert families.all_families() == {1: 1, 2: 1}


def naive_families(texts: Texts) -> dict[int, int]:
    """All pairs compared in full, joined by union-find."""
    parent = {each: each for each in texts.articles}

    def root(each: int) -> int:
        while parent[each] != each:
            each = parent[each]
        return each

    prints = {each: fingerprint(article.text, Analyzer()) for each, article in texts.articles.items()}
    for one in prints:
        for other in prints:
            if one < other and is_same_story(prints[one], prints[other], days_apart=0):
                first, second = sorted((root(one), root(other)))
                parent[second] = first
    return {each: root(each) for each in parent if sum(root(other) == root(each) for other in parent) > 1}


def variant(generator: random.Random, stories: Sequence[str]) -> str:
    """A copy of a story, cut or edited at random; or two stories in one."""
    words = generator.choice(stories).split()
    for _ in range(generator.randrange(4)):
        words[generator.randrange(len(words))] = generator.choice(["harbour", "17", "never"])
    start = generator.randrange(len(words) // 2)
    return " ".join(words[start : start + generator.randrange(20, len(words))])


@pytest.mark.parametrize("seed", range(6))
def test_families_are_those_of_comparing_all_pairs(tmp_path: Path, seed: int) -> None:
    """What the sample leads to is all there is, in whatever order articles come and go."""
    generator = random.Random(seed)
    stories = [STORY, OTHER, " ".join(generator.sample((STORY + OTHER).split(), 90))]
    texts = Texts([variant(generator, stories) for _ in range(40)])
    order = list(texts.articles)
    generator.shuffle(order)
    families = index(tmp_path, texts)
    families.apply(texts.changes(order))
    for each in generator.sample(order, 12):
        if generator.random() < 0.5:
            del texts.articles[each]
        else:
            texts.articles[each] = Article(
                id=each, text=variant(generator, stories), date_published=texts.articles[each].date_published
            )
        families.apply(texts.changes([each], first=1_000 + each))
    assert families.all_families() == naive_families(texts)


def test_what_is_taken_in_outlives_the_process(tmp_path: Path) -> None:
    """Opening an archive costs no comparing."""
    texts = Texts([STORY, STORY])
    built(tmp_path, texts).close()
    again = index(tmp_path, texts)
    assert (again.last_change(), again.family_of(2)) == (2, 1)


@pytest.mark.parametrize("damage", ["another archive", "no database", "no tables"])
def test_a_file_that_is_not_ours_is_made_anew(tmp_path: Path, damage: str) -> None:
    """It is disposable, and never believed blindly."""
    texts = Texts([STORY, STORY])
    built(tmp_path, texts).close()
    path = tmp_path / "families.db"
    if damage == "no database":
        path.write_bytes(b"not a database at all" * 100)
    elif damage == "no tables":
        path.unlink()
        sqlite3.connect(path).close()
    families = index(tmp_path, texts, "another" if damage == "another archive" else "a")
    assert families.last_change() == 0
    families.apply(texts.changes(texts.articles))
    assert families.family_of(2) == 1
