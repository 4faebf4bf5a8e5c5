"""What every engine must do; a new engine joins by one line in ``ENGINES``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from search_samples import ARCHIVE, LANGUAGES, change, indexed, story

from newsarchive.base.dates import DateInterval, PartialDate
from newsarchive.errors import IndexUnavailable, QueryError
from newsarchive.model import IndexChange
from newsarchive.query import ast
from newsarchive.query.ast import DateField, Query, TextField
from newsarchive.search.engines import Engine, FacetField, Match, SearchRequest, Sort
from newsarchive.search.whoosh.engine import WhooshEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "whoosh": lambda folder: WhooshEngine(folder, archive=ARCHIVE, limit_mb=32),
}
Open = Callable[[], Engine]


@pytest.fixture(params=list(ENGINES.values()), ids=list(ENGINES))
def open_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same index as often as wanted, each time as a new process would."""
    opened: list[Engine] = []

    def open_again() -> Engine:
        opened.append(request.param(tmp_path / "index"))
        return opened[-1]

    yield open_again
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_engine: Open) -> Engine:
    return open_engine()


def _ids(engine: Engine, query: Query, **options: object) -> list[int]:
    request = SearchRequest(query=query, languages=LANGUAGES, **options)  # type: ignore[arg-type]
    return [match.article_id for match in engine.search(request).matches]


def test_new_folder_holds_no_index(engine: Engine) -> None:
    """None tells the archive to build one; searching says how."""
    assert engine.last_change() is None
    with pytest.raises(IndexUnavailable) as caught:
        engine.search(SearchRequest(query=ast.Everything()))
    assert caught.value.hint


def test_applying_nothing_makes_an_empty_index(engine: Engine) -> None:
    """An archive without articles can be searched too."""
    engine.apply(())
    assert engine.last_change() == 0
    assert engine.search(SearchRequest(query=ast.Word("word"), facets=tuple(FacetField))).total == 0


def test_one_article_is_found_and_scored(engine: Engine) -> None:
    """The smallest index breaks ranking formulas that count on company."""
    engine.apply([change(1, story(1, "A lonely bridge"))])
    (match,) = engine.search(SearchRequest(query=ast.Word("bridge"))).matches
    assert match.article_id == 1
    assert match.score > 0


def test_last_change_survives_reopening(engine: Engine, open_engine: Open) -> None:
    """Catching up starts from it."""
    engine.apply([change(number, story(number, "text")) for number in range(1, 8)])
    assert open_engine().last_change() == 7


def test_replaced_article_is_found_by_its_new_text_only(engine: Engine) -> None:
    """In one commit or in several, the last state counts."""
    engine.apply([change(1, story(1, "first")), change(2, story(1, "second"))])
    engine.apply([change(3, story(1, "third"))])
    assert [_ids(engine, ast.Word(word)) for word in ("first", "second", "third")] == [[], [], [1]]


def test_deleted_article_is_gone_for_every_kind_of_query(engine: Engine) -> None:
    """Exclusions and "everything" must not bring it back."""
    engine.apply([change(1, story(1, "bridge")), change(2, story(2, "harbour"))])
    engine.apply([IndexChange(3, 1, None)])
    for query in (
        ast.Everything(),
        ast.Not(ast.Word("bridge")),
        ast.Or((ast.Word("bridge"), ast.Word("harbour"))),
    ):
        assert _ids(engine, query) == [2]


def test_deleting_what_was_never_there_counts_as_a_change(engine: Engine) -> None:
    """The counter moves on even where nothing is to do."""
    engine.apply([IndexChange(5, 77, None)])
    assert engine.last_change() == 5


def test_other_reader_sees_a_commit_without_reopening(engine: Engine, open_engine: Open) -> None:
    """A long-running reader (a web page) must not show yesterday's archive."""
    engine.apply([change(1, story(1, "bridge"))])
    reader = open_engine()
    assert _ids(reader, ast.Word("bridge")) == [1]
    for number in range(2, 30):
        engine.apply([change(number, story(number, "bridge"))])
    assert len(_ids(reader, ast.Word("bridge"), limit=None)) == 29


def test_pages_never_overlap(engine: Engine) -> None:
    """Equal scores are ordered by id, so that every article is on exactly one page."""
    engine.apply([change(number, story(number, "same text")) for number in range(1, 26)])
    for sort in Sort:
        pages = [_ids(engine, ast.Word("same"), sort=sort, limit=7, offset=at) for at in range(0, 30, 7)]
        assert [number for page in pages for number in page] == list(range(1, 26))


def test_total_is_exact_whatever_the_page(engine: Engine) -> None:
    """ "12 of 340" must be true."""
    engine.apply([change(number, story(number, "same text")) for number in range(1, 26)])
    for limit in (0, 1, 25, None):
        assert engine.search(SearchRequest(query=ast.Word("same"), limit=limit)).total == 25


def test_score_is_zero_in_date_order(engine: Engine) -> None:
    """There a score would mean nothing."""
    engine.apply([change(1, story(1, "bridge"))])
    answer = engine.search(SearchRequest(query=ast.Word("bridge"), sort=Sort.NEWEST))
    assert list(answer.matches) == [Match(1, 0.0)]


def test_word_in_the_headline_ranks_higher(engine: Engine) -> None:
    """A headline says what the article is about."""
    engine.apply(
        [
            change(1, story(1, "a bridge over the river", headline="Notes from the river")),
            change(2, story(2, "notes from the river now", headline="Old bridge closes")),
        ]
    )
    assert _ids(engine, ast.Word("bridge")) == [2, 1]


def test_boost_moves_articles_up(engine: Engine) -> None:
    """The user's weight beats the formula's."""
    engine.apply([change(1, story(1, "alpha")), change(2, story(2, "beta"))])
    for boosted, first in (("alpha", 1), ("beta", 2)):
        other = "beta" if boosted == "alpha" else "alpha"
        assert _ids(engine, ast.Or((ast.Word(other), ast.Boost(ast.Word(boosted), 5.0))))[0] == first


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The bridges were closed", "bridge"),
        ("de", "Die Häuser brannten", "HAUS"),
        ("fr", "Les élections de l’État", "election"),
        ("ru", "выборы президента", "Выборов"),
        ("es", "las canciones", "canción"),
        ("ar", "أحمد والمدرسة", "احمد"),
        ("hi", "हिन्दी समाचार", "हिन्दी"),
        ("ja", "東京都知事選挙", "知事"),
        ("zh", "中国人民银行", "银行"),
        ("zh", "中国人民银行", "行"),
        ("ko", "한국은행이 금리를", "한국은행"),
        ("th", "ข่าววันนี้", "วันนี้"),
        ("en", "The U.S. said", "US"),
        ("en", "Don't stop", "don’t"),
        ("en", "A COVID-19 case", "covid 19"),
        (None, "Some bridge", "bridge"),
    ],
)
def test_word_is_found_in_its_language(engine: Engine, language: str | None, text: str, found: str) -> None:
    """The archive holds the world's press: each script is searched as its readers type it."""
    engine.apply([change(1, story(1, text, language=language, headline=None))])
    languages = frozenset({language} if language else ())
    assert engine.search(SearchRequest(query=ast.Word(found), languages=languages)).total == 1


def test_stems_stay_in_their_language(engine: Engine) -> None:
    """German "Gifte" is a form of "Gift", English "gifts" is not a form of that word."""
    engine.apply([change(1, story(1, "Gifte", language="de")), change(2, story(2, "gifts", language="en"))])
    assert engine.search(SearchRequest(query=ast.Word("gift"), languages=frozenset({"de"}))).total == 1


def test_phrase_never_spans_headline_and_text(engine: Engine) -> None:
    """They are no sentence together; nor are two authors."""
    engine.apply([change(1, story(1, "bridge", headline="old", authors=("Ada Marsh", "Jon Reed")))])
    assert _ids(engine, ast.Phrase("old bridge")) == []
    assert _ids(engine, ast.Phrase("Marsh Jon", TextField.AUTHOR)) == []
    assert _ids(engine, ast.Phrase("jon reed", TextField.AUTHOR)) == [1]


def test_phrase_finds_hyphens_and_separators_either_way(engine: Engine) -> None:
    """Typists disagree on them."""
    engine.apply([change(1, story(1, "10,000 long-term jobs"))])
    for phrase in ("10,000 long-term", "10.000 long term", "10 000 LONG-TERM jobs"):
        assert _ids(engine, ast.Phrase(phrase)) == [1]
    assert _ids(engine, ast.Phrase("long 10,000")) == []


def test_prefix_finds_beginnings(engine: Engine) -> None:
    """Unstemmed, in any script, and after other words."""
    engine.apply([change(1, story(1, "Pentagon officials in 東京都"))])
    for prefix, found in (
        ("penta", True),
        ("PENTAGON", True),
        ("entagon", False),
        ("東", True),
        ("京都", True),
    ):
        assert _ids(engine, ast.Prefix(prefix)) == ([1] if found else [])


def test_prefix_of_too_many_words_is_refused_with_a_hint(engine: Engine) -> None:
    """A bare letter on a large archive must cost neither minutes nor memory."""
    text = " ".join(f"x{number}" for number in range(40_001))
    engine.apply([change(1, story(1, text))])
    with pytest.raises(QueryError) as caught:
        _ids(engine, ast.Prefix("x"))
    assert caught.value.hint
    assert _ids(engine, ast.Prefix("x99")) == [1]


@pytest.mark.parametrize("text", ["", "…", "—", "¿?", "   "])
def test_query_without_a_word_says_so(engine: Engine, text: str) -> None:
    """Finding nothing, or everything, would both be wrong answers."""
    engine.apply([change(1, story(1, "text"))])
    for query in (ast.Word(text), ast.Phrase(text), ast.Prefix(text)):
        with pytest.raises(QueryError, match="nothing searchable"):
            _ids(engine, query)


@pytest.mark.parametrize(
    ("published", "low", "high", "found"),
    [
        ("2020-03", date(2020, 3, 15), date(2020, 3, 15), True),
        ("2020-03", date(2020, 3, 31), None, True),
        ("2020-03", date(2020, 4, 1), None, False),
        ("2020-03", None, date(2020, 3, 1), True),
        ("2020-03", None, date(2020, 2, 29), False),
        ("2020", date(2020, 12, 31), date(2021, 1, 1), True),
        ("2020-03-05T23:40:00-05:00", date(2020, 3, 5), date(2020, 3, 5), True),
        ("2020-03-05T23:40:00-05:00", date(2020, 3, 6), None, False),
        ("0001-01-01", None, date(1, 1, 1), True),
        ("9999-12-31", date(9999, 12, 31), None, True),
        (None, None, None, False),
    ],
)
def test_date_range_is_interval_overlap(
    engine: Engine, published: str | None, low: date | None, high: date | None, found: bool
) -> None:
    """A month-only date may mean any of its days; a day is never shifted by a time zone."""
    stated = PartialDate.fromisoformat(published) if published else None
    engine.apply([change(1, story(1, "text", date_published=stated))])
    query = ast.DateRange(DateField.PUBLISHED, DateInterval(low, high))
    assert bool(_ids(engine, query)) is found


def test_captured_range_takes_first_and_last_capture(engine: Engine) -> None:
    """An article captured twice was online in between."""
    article = story(1, "text")
    engine.apply([IndexChange(1, 1, indexed(article, captured=(date(2024, 1, 5), date(2024, 1, 9))))])
    for day, found in ((4, False), (5, True), (7, True), (9, True), (10, False)):
        interval = DateInterval(date(2024, 1, day), date(2024, 1, day))
        assert bool(_ids(engine, ast.DateRange(DateField.CAPTURED, interval))) is found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("post.example", True),
        ("www.post.example", True),
        ("https://WWW.post.example", True),
        ("post.example/world", True),
        ("http://post.example/world/", True),
        ("post.example/sport", False),
        ("st.example", False),
        ("post.exampl", False),
    ],
)
def test_url_means_a_host_or_what_is_below_a_url(engine: Engine, query: str, found: bool) -> None:
    """Scheme and www. don't matter; a part of a host name is no host."""
    engine.apply([change(1, story(1, "text", url="https://www.post.example/world/a-1?id=7"))])
    assert bool(_ids(engine, ast.Url(query))) is found


def test_url_that_is_none_is_refused(engine: Engine) -> None:
    """A typo must not look like an empty archive."""
    engine.apply([change(1, story(1, "text"))])
    with pytest.raises(QueryError):
        _ids(engine, ast.Url("http://"))


def test_language_includes_its_regions(engine: Engine) -> None:
    """lang:en means en-GB too; lang:en-gb does not mean en."""
    engine.apply([change(1, story(1, "a", language="en-GB")), change(2, story(2, "b", language="en"))])
    assert _ids(engine, ast.Language("en")) == [1, 2]
    assert _ids(engine, ast.Language("en-gb")) == [1]


def test_facets_keep_values_as_stored(engine: Engine) -> None:
    """They are shown to people; highest count first."""
    engine.apply(
        [
            change(1, story(1, "x", publisher="The Ledger", authors=("Ada Marsh", "Jon Reed"))),
            change(2, story(2, "x", publisher="Harbour Post", authors=("Jon Reed",))),
            change(3, story(3, "x", publisher="Harbour Post", date_published=PartialDate(2024, 3))),
        ]
    )
    facets = (FacetField.PUBLISHER, FacetField.AUTHOR, FacetField.MONTH, FacetField.DAY)
    answer = engine.search(SearchRequest(query=ast.Word("x"), facets=facets))
    assert list(answer.facets[FacetField.PUBLISHER].items()) == [("Harbour Post", 2), ("The Ledger", 1)]
    assert list(answer.facets[FacetField.AUTHOR].items()) == [("Jon Reed", 2), ("Ada Marsh", 1), ("", 1)]
    assert list(answer.facets[FacetField.MONTH].items()) == [("2024-03", 1), ("", 2)]
    assert answer.facets[FacetField.DAY] == {"2024-03": 1, "": 2}


def test_facets_of_one_value_an_article_add_up(engine: Engine) -> None:
    """Who adds up a column must not wonder where the rest is."""
    articles = [story(1, "x", publisher="A", section="World"), story(2, "x"), story(3, "x", language=None)]
    engine.apply([change(number, article) for number, article in enumerate(articles, 1)])
    single = [facet for facet in FacetField if facet not in (FacetField.AUTHOR, FacetField.KEYWORD)]
    answer = engine.search(SearchRequest(query=ast.Word("x"), facets=single))
    assert {sum(answer.facets[facet].values()) for facet in single} == {3}
    assert list(answer.facets[FacetField.PUBLISHER]) == ["A", ""]


def test_hostile_values_are_indexed_as_they_are(engine: Engine) -> None:
    """Lone surrogates, zero bytes and endless words come out of broken pages."""
    nasty = "a\ud800b \x00 " + "w" * 100_000 + " \u202e end"
    engine.apply(
        [change(1, story(1, nasty, headline=nasty, publisher=nasty, authors=(nasty, "x\ny"), section="\n"))]
    )
    engine.search(SearchRequest(query=ast.Word("end"), facets=tuple(FacetField)))
    assert _ids(engine, ast.Word("end")) == [1]


def test_killed_run_goes_on_where_its_last_step_ended(engine: Engine, open_engine: Open) -> None:
    """A failure in the stream of changes keeps the steps before it, and nothing half done."""

    def failing() -> Iterator[IndexChange]:
        yield from (change(number, story(number, "text")) for number in range(1, 11_101))
        raise RuntimeError("disk gone")

    with pytest.raises((RuntimeError, IndexUnavailable)):
        engine.apply(failing())
    again = open_engine()
    last = again.last_change()
    assert last is not None
    assert 10_000 <= last <= 11_100
    again.apply(change(number, story(number, "text")) for number in range(last + 1, 11_102))
    assert again.search(SearchRequest(query=ast.Word("text"))).total == 11_101


def test_threads_may_share_an_engine(engine: Engine) -> None:
    """A web page serves several readers from one archive."""
    engine.apply([change(number, story(number, f"same word{number}")) for number in range(1, 41)])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: _ids(engine, ast.Word(f"word{number}")), range(1, 41)))
    assert found == [[number] for number in range(1, 41)]


def test_index_stays_small_when_one_article_changes_for_ever(engine: Engine, tmp_path: Path) -> None:
    """A live blog is captured hundreds of times; its old versions must not pile up."""
    for number in range(1, 121):
        engine.apply([change(number, story(1, f"state {number}"))])
    assert _ids(engine, ast.Everything()) == [1]
    assert sum(1 for _ in tmp_path.rglob("*")) < 200


def test_closing_twice_is_harmless(engine: Engine) -> None:
    """Context managers and finalizers meet."""
    engine.apply([change(1, story(1, "text"))])
    engine.close()
    engine.close()
    assert _ids(engine, ast.Word("text")) == [1]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("e-mail", [1, 2]),
        ("ex-presidents", [1, 2]),
        ("policies-maker", [1, 2]),
        ("by-elections", [3, 4]),
        ("passer-by", [4]),
        ("covid-19", [3]),
        ("e-male", []),
    ],
)
def test_words_of_several_terms_have_forms(engine: Engine, word: str, found: list[int]) -> None:
    """A reader who types one form of by-elections means all, as with any other word."""
    engine.apply(
        [
            change(1, story(1, "The e-mails of ex-presidents and policy-makers.")),
            change(2, story(2, "One e-mail of an ex-president, a policy-maker.")),
            change(3, story(3, "By-elections and Covid-19")),
            change(4, story(4, "A by-election, passers-by, Covid-199")),
            change(5, story(5, "Mail election president; e-mails", language="de")),
        ]
    )
    assert [each for each in _ids(engine, ast.Word(word)) if each < 5] == found
    assert set(_ids(engine, ast.Phrase(word))) <= set(_ids(engine, ast.Word(word)))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("post.example/world", [1, 2, 5]),
        ("post.example/world/", [2]),
        ("post.example/?p=12", [6, 8]),
        ("https://www.post.example/2024/03/01", [9]),
        ("post.example", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ],
)
def test_below_an_address_is_told_by_whole_segments(engine: Engine, address: str, found: list[int]) -> None:
    """/worldwide is no page of /world, and ?p=123 is another page than ?p=12."""
    paths = "world world/a worldwide/x world-cup world?page=2 ?p=12 ?p=123 ?p=12&q=1 2024/03/01/a 2024/03/011"
    engine.apply(
        change(number, story(number, "text", url=f"https://post.example/{path}"))
        for number, path in enumerate(paths.split(), 1)
    )
    assert sorted(_ids(engine, ast.Url(address))) == found


@pytest.mark.parametrize(
    "pair", ["وزير الوزير", "وزارة والوزارة", "وكالة الوكالة", "فريق الفريق", "وفد للوفد"]
)
def test_arabic_words_keep_a_first_letter_that_is_like_a_conjunction(engine: Engine, pair: str) -> None:
    """Half of the ministers of the news would be missed."""
    one, other = pair.split()
    engine.apply(
        [change(1, story(1, f"قال {one}", language="ar")), change(2, story(2, other, language="ar"))]
    )
    assert sorted(_ids(engine, ast.Word(one))) == sorted(_ids(engine, ast.Word(other))) == [1, 2]
