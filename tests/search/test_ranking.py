"""What ranks above what. How well it ranks on the whole is measured in benchmarks/ranking.py."""

from datetime import date
from pathlib import Path

from search_samples import change, story

from newsarchive.base.dates import PartialDate
from newsarchive.query import parse
from newsarchive.query.any_word import close_words
from newsarchive.search.engines import SearchRequest, Sort
from newsarchive.search.whoosh.engine import WhooshEngine

TODAY = date(2024, 5, 1)
TEXTS = ("a ferry in a harbour", "a ferry in a storm", "a storm in a harbour")


def ranked(folder: Path, query: str, *texts: str) -> list[int]:
    """The places of the texts that match, best first."""
    engine = WhooshEngine(folder, archive="test")
    engine.apply([change(number, story(number, text)) for number, text in enumerate(texts, start=1)])
    tree = parse(query, today=TODAY)
    request = SearchRequest(query=tree, hints=close_words(tree), languages=frozenset({"en"}))
    found = [match.article_id - 1 for match in engine.search(request).matches]
    engine.close()
    return found


def test_an_article_that_holds_more_of_the_words_ranks_above_one_that_repeats_some(tmp_path: Path) -> None:
    """Who asks for three things is not answered by one of them, however often it is said."""
    repeated = "ferry ferry ferry ferry ferry fares fares fares fares fares"
    found = ranked(tmp_path, "ferry OR fares OR strike", repeated, "a ferry strike over fares", "zebra")
    assert found == [1, 0]


def test_function_words_of_a_question_do_not_decide(tmp_path: Path) -> None:
    """Half the articles of an archive hold "what" and "about"; they answer nothing."""
    texts = ["what is it about and who will be there", "ferries sail from the harbour", *["x y"] * 20]
    question = "what OR is OR it OR about OR the OR ferries"
    assert ranked(tmp_path, question, *texts)[0] == 1


def test_a_word_in_the_headline_counts_more(tmp_path: Path) -> None:
    """A headline says what an article is about."""
    engine = WhooshEngine(tmp_path, archive="test")
    engine.apply(
        [
            change(1, story(1, "a strike is mentioned", headline="Harbour news")),
            change(2, story(2, "something is mentioned", headline="Harbour strike")),
        ]
    )
    request = SearchRequest(query=parse("strike", today=TODAY))
    assert [match.article_id for match in engine.search(request).matches] == [2, 1]
    engine.close()


def test_words_of_a_question_that_stand_close_together_count_more(tmp_path: Path) -> None:
    """Interest rates are not the interest of one man and the birth rates of another country."""
    filler = "of one man and nothing else at all that a reader would ever want to know about birth"
    texts = [f"interest {filler} rates", f"interest rates {filler}"]
    assert ranked(tmp_path, "interest rates", *texts) == [1, 0]


def test_relevance_fades_with_age_only_where_that_is_asked_for(tmp_path: Path) -> None:
    """An archive is asked about the past as often as about the present."""
    engine = WhooshEngine(tmp_path, archive="test")
    dates = [PartialDate.fromisoformat("2003-05-01"), PartialDate.fromisoformat("2024-05-01"), None]
    texts = ["ferry ferry ferry", "one ferry among other words of a text", "ferry ferry ferry ferry"]
    engine.apply(
        [
            change(number, story(number, text, date_published=published))
            for number, (text, published) in enumerate(zip(texts, dates, strict=True), start=1)
        ]
    )
    query = parse("ferry", today=TODAY)
    relevant = engine.search(SearchRequest(query=query)).matches
    recent = engine.search(SearchRequest(query=query, sort=Sort.RECENT)).matches
    engine.close()
    assert [match.article_id for match in relevant] == [3, 1, 2]
    assert [match.article_id for match in recent] == [2, 1, 3]


def test_hints_reorder_what_matches_and_add_nothing(tmp_path: Path) -> None:
    """A hint is what nobody asked for."""
    engine = WhooshEngine(tmp_path, archive="test")
    engine.apply([change(number, story(number, text)) for number, text in enumerate(TEXTS, start=1)])
    query, hint = parse("ferry", today=TODAY), parse("storm", today=TODAY)
    plain = engine.search(SearchRequest(query=query))
    hinted = engine.search(SearchRequest(query=query, hints=(hint,)))
    engine.close()
    assert [match.article_id for match in plain.matches] == [1, 2]
    assert [match.article_id for match in hinted.matches] == [2, 1]
    assert hinted.total == plain.total == 2
