"""Around the hits: did you mean, more like this, related words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive import Archive
from newsarchive.errors import ArticleNotFound, QueryError

SUBJECTS = {
    "ferry": "The ferry sailed past the lighthouse while the captain counted passengers at the railing",
    "strike": "Dockers began a strike at the container terminal and the union called for talks on wages",
    "budget": "The council passed a budget for schools after ministers argued about taxes until midnight",
}
COPY = (
    "Fog closed the northern channel on Tuesday evening, and three freighters waited outside the breakwater "
    "until a pilot boat led them in one after the other before dawn, the harbour master said."
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Articles on three subjects, and a text that stands in two of them."""
    folder = tmp_path_factory.mktemp("around")
    rows = [
        {
            "id": f"{name}{number}",
            "headline": f"{name} report {number}",
            "text": f"{text}. Item {name}{number}.",
        }
        for name, text in SUBJECTS.items()
        for number in range(12)
    ]
    rows.append({"id": "fog1", "headline": "Fog", "text": f"{COPY} Nobody was hurt, and the ferry ran."})
    rows.append({"id": "fog2", "headline": "Ships wait in fog", "text": COPY})
    rows.append({"id": "ru", "headline": "Паром", "text": "Паром вышел из гавани вечером."})
    for number in range(4):
        text = f"Los pescadores venden la sal en el muelle de la ría con el barco {number} y la red"
        if number > 1:
            text = f"El alcalde dice que el puente de la villa es de piedra, y la plaza {number} de la gente"
        rows.append({"id": f"es{number}", "language": "es-MX" if number % 2 else "es", "text": text})
    rows.append({"id": "odd", "headline": "", "text": "12 3 4"})
    path = folder / "rows.jsonl"
    path.write_text(
        "".join(json.dumps({"language": "en", "publisher": "Quayside P", **row}) + "\n" for row in rows)
    )
    with Archive.create(folder / "archive") as archive:
        assert all(outcome.name == "added" for outcome in archive.add([path], workers=1))
        yield archive


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fery", "ferry"),
        ("ferry captian", "ferry captain"),
        ('"contaner terminal"', '"container terminal"'),
        ("Lighthose published:..", None),
        ("Lighthose OR xqzzy", "Lighthouse OR xqzzy"),
        ("Паромм", "Паром"),
        ("publisher:P stirke", "publisher:P strike"),
        ("publisher:Quayisde ferry", "publisher:Quayside ferry"),
    ],
)
def test_a_slip_of_the_finger_is_told_with_what_was_meant(
    archive: Archive, typed: str, meant: str | None
) -> None:
    """The suggestion stands in the user's own query, and has hits."""
    if meant is None:
        with pytest.raises(QueryError):
            archive.search(typed)
        return
    results = archive.search(typed)
    assert (results.total, results.suggestions[0].query) == (0, meant)
    for suggestion in results.suggestions:
        assert suggestion.total == archive.search(suggestion.query).total > 0


@pytest.mark.parametrize("query", ["ferry", "", "xqzzyk", "ferry budget", "12345", "(ferry strike) budget"])
def test_no_suggestion_without_need_or_ground(archive: Archive, query: str) -> None:
    """Where there are hits, where no word is like it, and where all words exist but never together."""
    assert list(archive.search(query).suggestions) == []


def test_suggestions_hold_to_the_dates(archive: Archive) -> None:
    """A suggestion that finds nothing within them is none."""
    assert list(archive.search("fery", after="2020").suggestions) == []


def test_the_nearest_share_most_of_all_their_words(tmp_path: Path) -> None:
    """A long text that only mentions the rarest words is no neighbour of a short one that is about them."""
    common = " ".join(f"filler{number}" for number in range(400))
    texts = {
        "asked": "The lighthouse keeper repaired the lantern of the lighthouse before the storm came",
        "about": "The lighthouse keeper cleaned the lantern before the storm reached the lighthouse tower",
        "aside": f"The lighthouse lighthouse lantern lantern keeper storm repaired. {common}",
        "other": f"The council met. {common}",
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": name, "text": text, "language": "en"}) + "\n" for name, text in texts.items()
        )
    )
    with Archive.create(tmp_path / "archive") as archive:
        archive.add(path).finish()
        similar = archive.similar(1)
        assert [each.hit.id for each in similar][:2] == [2, 3]
        scores = [each.hit.score for each in similar]
        assert scores == sorted(scores, reverse=True)
        assert 0 <= scores[-1] <= scores[0] <= 1


def test_similar_articles_are_those_of_the_same_subject(archive: Archive) -> None:
    """And not the article itself."""
    hit = archive.search("headline:strike", limit=1).hits[0].article
    similar = archive.similar(hit.id or 0, limit=5)
    assert len(similar) == 5
    assert all("strike" in (each.hit.article.headline or "") for each in similar)
    assert hit.id not in [each.hit.article.id for each in similar]
    assert {"dockers", "terminal"} <= set(similar.terms)


def test_the_same_story_elsewhere_is_marked(archive: Archive) -> None:
    """A wire text in two papers is one source, not two."""
    long, short = (
        archive.search(f"headline:{word}", limit=1).hits[0].article for word in ("Fog -ships", "ships")
    )
    first = archive.similar(long.id or 0).hits[0]
    assert (first.hit.article.id, first.is_same_story, first.shared_text) == (short.id, True, 1.0)
    others = [each for each in archive.similar(long.id or 0) if each.hit.article.id != short.id]
    assert others
    assert not any(each.is_same_story for each in others)


def test_the_plainest_words_of_a_rare_language_tell_nothing(archive: Archive) -> None:
    """To an archive in English, "el" and "la" are as rare as names; in Spanish all texts have them."""
    first, second = archive.search("pescadores").hits
    similar = archive.similar(first.article.id or 0)
    assert not {"el", "la", "de"} & set(similar.terms)
    assert similar.hits[0].hit.article.id == second.article.id
    related = {each.term for each in archive.related("pescadores")}
    assert "muelle" in related
    assert not {"el", "la", "de"} & related


def test_an_article_like_no_other_has_none(archive: Archive) -> None:
    """Numbers tell nothing; an unknown article is an error."""
    odd = archive.search("has:url OR 12", limit=1).hits[0].article
    assert (list(archive.similar(odd.id or 0)), list(archive.similar(odd.id or 0).terms)) == ([], [])
    with pytest.raises(ArticleNotFound):
        archive.similar(99_999)


def test_related_words_are_those_of_the_subject(archive: Archive) -> None:
    """Neither the words asked for, in any form, nor, before others, those that nearly all articles have."""
    related = archive.related("strikes", limit=10)
    terms = [each.term for each in related]
    assert {"Dockers", "container", "terminal", "union"} <= set(terms)
    assert not {"the", "strike", "ferry"} & set(terms)
    assert "Item" not in terms[:4]
    assert all(each.matches <= related.sample and each.matches <= each.articles for each in related)
    assert [each.score for each in related] == sorted((each.score for each in related), reverse=True)
    assert len(archive.related("strike", limit=2)) == 2


def test_nothing_is_related_to_nothing_or_to_everything(archive: Archive) -> None:
    """What can't be compared has no answer, and no error."""
    assert len(archive.related("xqzzyk")) == 0
    assert len(archive.related("")) == 0
