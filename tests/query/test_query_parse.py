from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.base.dates import DateInterval
from newsarchive.errors import QueryError, QuerySyntaxError, UnknownField
from newsarchive.model import Confidence
from newsarchive.query import (
    And,
    Boost,
    DateConfidence,
    DateField,
    DateRange,
    Everything,
    Flag,
    Fuzzy,
    Has,
    Is,
    Language,
    Named,
    NameField,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Presence,
    Query,
    SavedQuery,
    TextField,
    Url,
    Wildcard,
    Word,
    format_query,
    parse,
    positive_terms,
)
from newsarchive.query.parser import MAX_LENGTH, MAX_NESTING, MAX_PATTERNS, MAX_TERMS

TODAY = date(2024, 10, 30)
A, B, C = Word("a"), Word("b"), Word("c")
HEADLINE = TextField.HEADLINE
OCTOBER = DateInterval(date(2024, 10, 1), date(2024, 10, 31))


def tree(text: str) -> Query:
    return parse(text, today=TODAY)


def fault(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        tree(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a OR b AND c", Or((A, And((B, C))))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a b) c", And((A, B, C))),
        ("(a OR b) OR c", Or((A, B, C))),
        ("((a))", A),
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a OR -b", Or((A, Not(B)))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("-(a b)", Not(And((A, B)))),
        ('-"a b"', Not(Phrase("a b"))),
        ("-headline:a", Not(Word("a", TextField.HEADLINE))),
        ("--a", A),
        ("(a OR b)-c", And((Or((A, B)), Not(C)))),
        ("a and b", And((A, Word("and"), B))),
        ("or not", And((Word("or"), Word("not")))),
        ("NOT(a)OR(b)", Or((Not(A), B))),
        ("a\n\tb\u3000c", And((A, B, C))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_are_joined_by_and_or_and_not(text: str, expected: Query) -> None:
    """NOT binds tightest, then AND, then OR, as in every textbook; trees are flat."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    "word",
    "U.S. AT&T COVID-19 o'neill o’neill #tag @user user@example.com 50% 10:30 3:1 2024-10-30T10:30 "
    "C++ $5 why? https://example.com/a?b=c&d:e http://[::1]/~user 中国 क्षेत्र +plus a~b ~2025-01-01 :a "
    'צה"ל a/b And NOTE oR x-OR wait...5'.split(),
)
def test_a_word_with_signs_stays_one_word_as_typed(word: str) -> None:
    """How a word is split is the business of the engine, which splits articles the same way."""
    assert tree(word) == Word(word)


@pytest.mark.parametrize(
    "text", ['"a b"', "“a b”", "„a b“", "”a b”", "«a b»", "»a b«", "「a b」", "『a b』", '“a b"', "＂a b＂"]
)
def test_every_kind_of_quotation_mark_makes_a_phrase(text: str) -> None:
    """Editors and phones turn straight quotes into curly ones unasked."""
    assert tree(text) == Phrase("a b")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('"pentag* (a) -b OR ^2 x:y"', "pentag* (a) -b OR ^2 x:y"),
        ('«say "a b"»', 'say "a b"'),
        ('"דובר צה"ל"', 'דובר צה"ל'),
        ("«L’État, c’est moi»", "L’État, c’est moi"),
    ],
)
def test_nothing_is_special_between_quotation_marks(text: str, phrase: str) -> None:
    """Quoting is how a user says that a sign is just text."""
    assert tree(text) == Phrase(phrase)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pentag*", Prefix("pentag")),
        ("headline:pentag*", Prefix("pentag", TextField.HEADLINE)),
        ("Author:Lima", Word("Lima", TextField.AUTHOR)),
        ('publisher:"The Herald"', Phrase("The Herald", TextField.PUBLISHER)),
        ("section:OR", Word("OR", TextField.SECTION)),
        ("keyword:a:b", Word("a:b", TextField.KEYWORD)),
        ("headline:(a OR -b)", Or((Word("a", TextField.HEADLINE), Not(Word("b", TextField.HEADLINE))))),
        ("headline:(a) b", And((Word("a", TextField.HEADLINE), B))),
        ("lang:en", Language("en")),
        ("lang:pt_BR", Language("pt-br")),
        ('lang:"zh-Hans"', Language("zh-hans")),
        ('publisher:="Harbour Post"', Named(NameField.PUBLISHER, "Harbour Post")),
        ("lang:=EN-gb", Named(NameField.LANG, "en-gb")),
        (
            "keyword:(=ports OR =“trade talks”)",
            Or((Named(NameField.KEYWORD, "ports"), Named(NameField.KEYWORD, "trade talks"))),
        ),
        ("lang:(en OR de)", Or((Language("en"), Language("de")))),
        ("url:example.com", Url("example.com")),
        ('url:"https://example.com/a_(b)"', Url("https://example.com/a_(b)")),
        ("url:münchen.example/straße", Url("münchen.example/straße")),
        ("is:paywalled", Is(Flag.PAYWALLED)),
        ("IS:Revised", Is(Flag.REVISED)),
        ("has:author", Has(Presence.AUTHOR)),
        ("-has:published", Not(Has(Presence.PUBLISHED))),
        ("confidence:medium", DateConfidence(Confidence.MEDIUM)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_field_gives_its_value_a_meaning(text: str, expected: Query) -> None:
    """One colon syntax for all fields, words, phrases and groups alike."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("published:2024-10", OCTOBER),
        ("published:2024-10..", DateInterval(date(2024, 10, 1), None)),
        ("published:..2024-10", DateInterval(None, date(2024, 10, 31))),
        ("published:2024-10..2024-10", OCTOBER),
        ('published:"last month".."31 Oct 2024"', DateInterval(date(2024, 9, 1), date(2024, 10, 31))),
        ('published:2024-10-01.."31 Oct 2024"', OCTOBER),
        ('published:"1 Oct 2024"..2024-10-31', OCTOBER),
        ('published:"1 Oct 2024..31 Oct 2024"', OCTOBER),
        ("published:2024-10-29..yesterday", DateInterval(date(2024, 10, 29), date(2024, 10, 29))),
    ],
)
def test_a_date_field_takes_a_date_or_a_range(text: str, interval: DateInterval) -> None:
    """Quotation marks go where the spaces are, so they may cut a range anywhere."""
    assert tree(text) == DateRange(DateField.PUBLISHED, interval)


def test_captures_count_from_the_day_of_utc() -> None:
    """They are dated in UTC; in Auckland, what was captured just now is of what is yesterday there."""
    utc = date(2024, 10, 29)
    assert parse("captured:today", today=TODAY, today_utc=utc) == DateRange(
        DateField.CAPTURED, DateInterval(utc, utc)
    )
    assert parse("modified:today", today=TODAY, today_utc=utc) == DateRange(
        DateField.MODIFIED, DateInterval(TODAY, TODAY)
    )


def test_a_group_of_dates_is_a_group() -> None:
    """Years apart are a common question, and need no repeated field."""
    query = tree("modified:(2023 OR 2024)")
    assert isinstance(query, Or)
    assert [type(part) for part in query.parts] == [DateRange, DateRange]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a^3", Boost(A, 3.0)),
        ("a^.5", Boost(A, 0.5)),
        ("a*^2", Boost(Prefix("a"), 2.0)),
        ('"a b"^2', Boost(Phrase("a b"), 2.0)),
        ("(a b)^2.5", Boost(And((A, B)), 2.5)),
        ("headline:a^100", Boost(Word("a", TextField.HEADLINE), 100.0)),
        ("lang:en^2 a", And((Boost(Language("en"), 2.0), A))),
        ("-a^2", Not(Boost(A, 2.0))),
        ("(a^2)^3", Boost(Boost(A, 2.0), 3.0)),
    ],
)
def test_a_boost_holds_for_what_it_touches(text: str, expected: Query) -> None:
    """Boosts bind tighter than all else, so that they read as part of the word."""
    assert tree(text) == expected


@pytest.mark.parametrize("text", ["tea , coffee .", "— tea coffee", "tea & coffee", "tea … coffee ?"])
def test_marks_of_a_pasted_sentence_are_passed_over(text: str) -> None:
    """People paste titles and questions, in which dashes and full stops stand between spaces."""
    assert tree(text) == tree("tea coffee")


@pytest.mark.parametrize("text", [".", " … ", ", ."])
def test_marks_alone_are_no_query_for_everything(text: str) -> None:
    """A slip of the key must not answer with the whole archive."""
    fault(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_a_blank_query_means_everything(text: str) -> None:
    """Whether that is wanted is for the caller to decide."""
    assert tree(text) == Everything()


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("a (b", 2),
        ("a ((b)", 2),
        ("(", 0),
        ("a ) b", 2),
        (")", 0),
        ('a "b', 2),
        ("a «b", 2),
        ("a ()", 2),
        ("headline:()", 9),
        ("AND a", 0),
        ("a OR", 2),
        ("a AND OR b", 2),
        ("(OR a)", 1),
        ("a (b AND)", 5),
        ("NOT", 0),
        ("a NOT OR b", 2),
        ("-", 0),
        ("a - b", 2),
        ("a -)", 2),
        ("-OR", 0),
        ("a ^3", 2),
        ("^3", 0),
        ("a^2^3", 3),
        ("a^", 1),
        ("a^x", 1),
        ("a^0", 1),
        ("a^100.1", 1),
        ("a^1e1", 1),
        ("a^1_0", 1),
        ("a^nan", 1),
        ("a^1.2.3", 1),
        ("a^" + "9" * 400, 1),
        ("a ^-1", 2),
        ("headline:", 9),
        ("headline: a", 9),
        ("headline:-a", 9),
        ("headline:)", 9),
        ("headline:(a author:b)", 12),
        ("*", 0),
        ("a **", 2),
        ("published:*", 10),
        ("headline:*", 9),
        ("published:soon", 10),
        ("published:>2024", 10),
        ("published:[2024 TO 2025]", 10),
        ("published:..", 10),
        ("a published:2024-12..2024-10", 12),
        ("published:2024 ..2025", 15),
        ("2024-10..2024-12", 0),
        ("published:30 Oct 2024", 10),
        ("lang:english", 5),
        ("lang:e", 5),
        ("url:https://", 4),
        ("url:ftp://example.com", 4),
        ("url:example.com/*", 4),
        ('url:"a b"', 4),
        ("is:free", 3),
        ("has:autor", 4),
        ("confidence:sure", 11),
        ('""', 0),
        ('"…"', 0),
        ("a || b", 2),
        ("?", 0),
        ("©", 0),
        ('"a b" ~5', 6),
        ("\ud800", 0),
    ],
)
def test_a_fault_of_syntax_is_told_with_its_position_and_a_hint(text: str, position: int) -> None:
    """The command line points at the column; an empty result would point nowhere."""
    error = fault(text)
    assert isinstance(error, QuerySyntaxError)
    assert error.position == position
    assert error.message
    assert error.hint


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("auther:x", "author:"),
        ("a titel:x", None),
        ("title:x", "headline:"),
        ("date:2024", "published:"),
        ("since:2024", "published:2024-10.."),
    ],
)
def test_an_unknown_field_names_the_nearest_one_and_all_others(text: str, nearest: str | None) -> None:
    """A misspelled field taken for a word would find nothing, and nobody would know why."""
    error = fault(text)
    assert isinstance(error, UnknownField)
    assert error.position == len(text) - len(text.split()[-1])
    assert error.hint is not None
    assert "fields: headline, author" in error.hint
    if nearest is not None:
        assert f"did you mean {nearest}?" in error.hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b", And((A, B))),
        ("Ukraine: b", And((Word("Ukraine"), B))),
        ("b OR Ukraine:", Or((B, Word("Ukraine")))),
        ("headline:(a: b)", And((Word("a", HEADLINE), Word("b", HEADLINE)))),
        ("-поле: b", And((Not(Word("поле")), B))),
    ],
)
def test_a_colon_before_a_space_is_a_colon(text: str, expected: Query) -> None:
    """Headlines are pasted into searches."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text",
    ["autor: x", "headlines:", "Publishr: x", "autor:x", "word:x", "titel:x", "langauge:en", "SECTOIN:x"],
)
def test_a_slip_of_a_fields_name_is_told(text: str) -> None:
    """Taken for a word it would find nothing, and nobody would know why."""
    assert isinstance(fault(text), UnknownField)


@pytest.mark.parametrize(
    "text",
    [
        "Election: what we know",
        "Gas: prices rise",
        "Works: a list",
        "Land: who owns it",
        "Date: a love story",
        "Before: the flood",
        "Title: unknown",
        "VIRAL:insane",
        "localhost:8080",
        "поле:x",
        "mailto:a@b.c",
        "re:invent",
        "any:x",
    ],
)
def test_a_word_before_a_colon_is_a_word(text: str) -> None:
    """Headlines are pasted into searches, and most of their words are near some field's name."""
    found = tree(text)
    assert isinstance(found, Word) or all(isinstance(part, Word) for part in found.parts)  # type: ignore[union-attr]
    assert tree(format_query(found)) == found


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("pact !oil", "-oil"),
        ("published>2024", "published:2024.."),
        ("published>=2024-10", "published:2024-10.."),
        ("date<2024", "published:..2024"),
        ("published=2024", "published:2024"),
        ("words>500", "words:>500"),
        ("author=lima", "author:lima"),
        ("published > 2024", "published:2024-10-30.."),
        ("a || b", "OR"),
    ],
)
def test_the_habits_of_other_tools_are_told_what_to_type(text: str, remedy: str) -> None:
    """Taken for words they would find nothing, in silence."""
    error = fault(text)
    assert isinstance(error, QuerySyntaxError)
    assert remedy in (error.hint or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J. R. R. Marlow", And((Word("J.R.R."), Word("Marlow")))),
        ("j. k. x", And((Word("j.k."), Word("x")))),
        ("В. С. Орлов", And((Word("В.С."), Word("Орлов")))),
        ("J.  R.", And((Word("J."), Word("R.")))),
        ("J. Marlow", And((Word("J."), Word("Marlow")))),
    ],
)
def test_initials_with_spaces_are_one_word(text: str, expected: Query) -> None:
    """The index has them so, however they are written."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    "text",
    ["wire.example/item?ref=home", "harbour.example/a?id=7&page=2", "wire.example:8080/?p=1", "a.example?x"],
)
def test_an_address_without_its_scheme_is_no_wildcard(text: str) -> None:
    """It is copied from a browser that leaves the scheme out."""
    assert tree(text) == Word(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"mutual pact"~5', Near("mutual pact", 5)),
        ("“mutual pact”~0", Near("mutual pact", 0)),
        ('author:"Ana Lima"~99', Near("Ana Lima", 99, TextField.AUTHOR)),
        ('headline:("a b"~5 OR c)^2', Boost(Or((Near("a b", 5, HEADLINE), Word("c", HEADLINE))), 2.0)),
        ('-"a b"~2^3', Not(Boost(Near("a b", 2), 3.0))),
        ("wom?n", Wildcard("wom?n")),
        ("wom?n?", Wildcard("wom?n")),
        ("?ing", Wildcard("?ing")),
        ("p*tagon", Wildcard("p*tagon")),
        ("*gate", Wildcard("*gate")),
        ("*a*", Wildcard("*a*")),
        ("wom?n*", Wildcard("wom?n*")),
        ("w***n", Wildcard("w*n")),
        ("wom**", Prefix("wom")),
        ("anti-*ism", Wildcard("anti-*ism")),
        ("-headline:w*n", Not(Wildcard("w*n", HEADLINE))),
        ("zelensky~", Fuzzy("zelensky", 1)),
        ("zelensky~1", Fuzzy("zelensky", 1)),
        ("zelensky~2^2", Boost(Fuzzy("zelensky", 2), 2.0)),
        ("author:sybiha~", Fuzzy("sybiha", 1, TextField.AUTHOR)),
        ("o'neill~", Fuzzy("o'neill", 1)),
        ("query:strikes", SavedQuery("strikes")),
        ('-query:"harbor strikes"', Not(SavedQuery("harbor strikes"))),
        ("query:(a OR b)", Or((SavedQuery("a"), SavedQuery("b")))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_may_be_near_each_other_patterns_or_similar(text: str, expected: Query) -> None:
    """A reader doesn't know every spelling and every wording in advance."""
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('"a b"~', 5),
        ('"a b"~x', 5),
        ('"a b"~-1', 5),
        ('"a b"~100', 5),
        ('"a b"~0.5', 5),
        ('""~5', 0),
        (f'"{"a " * 21}"~5', 0),
        ('is:"paywalled"~5', 14),
        ("a b~3", 2),
        ("a~0", 0),
        ("a~0.8", 0),
        ("~", 0),
        ("a ~5", 2),
        ("headline:…~", 9),
        ("wom?n~", 0),
        ("wom*~2", 0),
        ("*-a", 0),
        ("a-?-b", 0),
        ("a *?*", 2),
        ("https://example.com/*/x", 0),
        ("東*京", 0),
        ("東京~", 0),
        ("*은행", 0),
        ("กร?งเทพ", 0),
        ("ﾆｭｰｽ~", 0),
        ('query:""', 6),
        ("query:*", 6),
    ],
)
def test_a_fault_near_a_tilde_or_a_wildcard_is_told(text: str, position: int) -> None:
    """Taken for plain words, these would find something else than was asked."""
    error = fault(text)
    assert isinstance(error, QuerySyntaxError)
    assert error.position == position
    assert error.hint


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MAX_LENGTH + 1),
        "a" * 10_000_000,
        "(" * 2_000,
        "(" * (MAX_NESTING + 1) + "a" + ")" * (MAX_NESTING + 1),
        "headline:(" + "(" * MAX_NESTING + "a",
        "a " * (MAX_TERMS + 1),
        "-a " * (MAX_TERMS + 1),
        "lang:en " * (MAX_TERMS + 1),
        "wom?n " * (MAX_PATTERNS + 1),
        "a?b b~ " * MAX_PATTERNS,
    ],
    ids=["long", "huge", "open", "nested", "nested-field", "words", "negated", "fields", "wild", "alike"],
)
def test_a_query_beyond_a_cap_is_refused(text: str) -> None:
    """A query may come from a stranger; what it can cost is bounded before it is answered."""
    error = fault(text)
    assert isinstance(error, QuerySyntaxError)
    assert any(
        str(cap) in error.message.replace(",", "")
        for cap in (MAX_LENGTH, MAX_NESTING, MAX_TERMS, MAX_PATTERNS)
    )


def test_a_query_at_every_cap_is_answered() -> None:
    """The caps are those that the reference page states, not one less."""
    assert tree("a" * MAX_LENGTH) == Word("a" * MAX_LENGTH)
    assert tree("(" * MAX_NESTING + "a" + ")" * MAX_NESTING) == A
    assert tree("a " * MAX_TERMS) == And((A,) * MAX_TERMS)
    assert tree("a~ " * MAX_PATTERNS) == And((Fuzzy("a", 1),) * MAX_PATTERNS)
    assert tree("(a) " * (MAX_NESTING + 1)) == And((A,) * (MAX_NESTING + 1))


def test_thousands_of_minus_signs_do_not_nest() -> None:
    """Each sign as one level of recursion would end in a RecursionError."""
    assert tree("-" * 9_998 + "a") == A


def test_a_message_shows_neither_control_characters_nor_much_of_the_query() -> None:
    """Messages are printed to terminals and pages."""
    error = fault("x\x1b[31m:" + "y" * 5_000 + "~3")
    assert "\x1b" not in error.message
    assert len(error.message) < 200


SPECIAL = st.sampled_from(
    [
        *'()"“”«»^:*?~-.|',
        " ",
        " AND ",
        " OR ",
        " NOT ",
        "..",
        "^2",
        "~5",
        "~",
        "?",
        'צ"ה',
        "a",
        "2024",
        "10",
        "b*",
    ]
    + [
        f"{name}:"
        for name in "headline author published modified lang url is has confidence query foo".split()
    ]
    + ["last week", "yesterday", "Oct", "en", "paywalled", "high", "https://a.example/", "\x00", "é", "中"]
)


@settings(deadline=None)
@given(st.text(max_size=40) | st.lists(SPECIAL, max_size=25).map("".join))
def test_any_text_gives_a_tree_or_a_query_error(text: str) -> None:
    """Queries come from strangers; nothing else may reach the caller."""
    position: int | None = 0
    try:
        tree(text)
    except QueryError as error:
        position = error.position
    assert position is not None
    assert 0 <= position <= len(text)


def test_positive_terms_are_those_that_an_article_holds() -> None:
    """A snippet highlights what made the article match, not what was excluded or stands in metadata."""
    query = tree('a -b ("x y"^2 OR c*) headline:h author:z -(-d e) published:2024 "p q"~5 -"r s"~5 t? u?v w~')
    assert positive_terms(query) == (
        A,
        Phrase("x y"),
        Prefix("c"),
        Word("h", TextField.HEADLINE),
        Word("d"),
        Near("p q", 5),
        Word("t?"),
        Wildcard("u?v"),
        Fuzzy("w", 1),
    )
    assert positive_terms(Everything()) == ()
