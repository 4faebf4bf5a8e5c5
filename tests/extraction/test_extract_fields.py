"""The fields of a web page, each chosen by its own rules."""

from __future__ import annotations

import pytest
from extract_pages import BODY, PARAGRAPH, html, ld, page
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import extract
from newsarchive.extraction.fields import (
    authors,
    canonical_url,
    free_access,
    headline,
    image,
    language,
    publisher,
)
from newsarchive.extraction.page.structured.json_ld import parse as parse_json_ld
from newsarchive.extraction.words import person_names, titles
from newsarchive.extraction.words.strings import key

ARTICLE = {"@type": "NewsArticle", "headline": "Ferry stays", "url": "https://example.org/2024/ferry-stays"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry stays | The Ledger", "Ferry stays"),
        ("Ferry stays - World - The Ledger", "Ferry stays - World"),
        ("Ferry stays | The Ledger Online | News since 1901", "Ferry stays"),
        ("Harbor | Ferry stays - The Ledger", "Harbor | Ferry stays"),
        ("Ferry stays | | The Ledger", "Ferry stays"),
        ("“It floats”, the ledger of a ferry says", "“It floats”, the ledger of a ferry says"),
        ("«It floats» – The Ledger", "«It floats»"),
        ("The Ledger: Ferry stays", "Ferry stays"),
        ("Ferry - and bridge - stay", "Ferry - and bridge - stay"),
        ("The Ledger", "The Ledger"),
    ],
)
def test_site_s_name_is_no_part_of_a_title(title: str, expected: str) -> None:
    """A headline that ends in the site's name would be quoted with it."""
    assert titles.without_site(title, ["The Ledger"]) == expected


def test_headline_is_what_most_sources_agree_on() -> None:
    """A teaser's wording in one place loses against the two others."""
    found = page(
        f"<h1>Ferry stays after all</h1>{BODY}",
        "<title>Ferry stays after all | The Ledger</title>"
        '<meta property="og:title" content="You won’t believe this ferry">',
    )
    chosen = headline.choose(headline.collect(found, sites=["The Ledger"]), sites=["The Ledger"])
    assert chosen is not None
    assert chosen.value == "Ferry stays after all"


def test_logo_in_an_h1_is_not_the_headline() -> None:
    """Many sites put their own name into the first h1."""
    found = page(f"<h1>The Ledger</h1><h1>Ferry stays</h1>{BODY}", "<title>Ferry stays - The Ledger</title>")
    chosen = headline.choose(headline.collect(found, sites=["The Ledger"]), sites=["The Ledger"])
    assert chosen is not None
    assert chosen.value == "Ferry stays"


def _headline(body: str, head: str) -> str | None:
    found = page(f"{body}{BODY}", head)
    chosen = headline.choose(headline.collect(found, sites=["The Ledger"]), sites=["The Ledger"])
    return chosen.value if chosen else None


def test_heading_outweighs_what_is_worded_for_search_engines() -> None:
    """Readers quote what they see, though og:title and the title element agree on other words."""
    head = (
        "<title>The 7 best harbor ferries to take in 2024 | The Ledger</title>"
        '<meta property="og:title" content="The 7 best harbor ferries to take in 2024">'
    )
    assert (
        _headline("<h1>Seven harbor ferries worth taking</h1>", head) == "Seven harbor ferries worth taking"
    )


@pytest.mark.parametrize(
    ("heading", "stated", "expected"),
    [
        ("<span>Quarrel over</span> <span>Ferry stays one more year</span>", "Ferry stays one more year",
         "Ferry stays one more year"),
        ("Ferry stays one more year", "Harbor: Ferry stays one more year", "Ferry stays one more year"),
        ("<span>Harbor</span> <span>Ferry stays one more year</span>", "Harbor: Ferry stays one more year",
         "Harbor: Ferry stays one more year"),
        ("FERRY STAYS ONE MORE YEAR", "Ferry stays one more year", "Ferry stays one more year"),
        ("The Ledger: who we are", "Ferry stays one more year", "Ferry stays one more year"),
    ],
    ids=["kicker in the heading", "kicker beside it", "kicker everywhere", "capitals", "slogan"],
)  # fmt: skip
def test_kicker_is_dropped_where_one_source_has_none(heading: str, stated: str, expected: str) -> None:
    """A kicker stands above a headline and is no part of it, unless everybody spells it so."""
    head = f'<title>{stated} | The Ledger</title><meta property="og:title" content="{stated}">'
    assert _headline(f"<h1>{heading}</h1>", head) == expected


def test_kicker_that_the_publisher_states_for_machines_is_kept() -> None:
    """JSON-LD, og:title and the title element agree, and the heading alone leaves it out."""
    stated = "Harbor: Ferry stays one more year"
    head = f'<meta property="og:title" content="{stated}">' + ld({**ARTICLE, "headline": stated})
    assert _headline("<h1>Ferry stays one more year</h1>", head) == stated


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_titles_can_be_compared(one: str, other: str) -> None:
    """Titles come from strangers, in any script."""
    assert 0 <= titles.likeness(one, other) <= 1
    assert titles.relation(one, one) is titles.Relation.SAME
    if titles.relation(one, other, loose=True) not in (None, titles.Relation.SAME):
        assert len(key(other)) < len(key(one))


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Von Jana Weiß und Karl Maier", ("Jana Weiß", "Karl Maier")),
        ("Por Ana Pérez, Luis Gil y Eva Ruiz", ("Ana Pérez", "Luis Gil", "Eva Ruiz")),
        ("Jane Doe, political correspondent", ("Jane Doe",)),
        ("JANE DOE", ("Jane Doe",)),
        ("Jane Doe <jane@example.org>", ("Jane Doe",)),
        ("https://www.facebook.com/ledger", ()),
        ("admin", ()),
        ("Redaktion", ("Redaktion",)),
        ("Jane Doe; Staff Writer", ("Jane Doe",)),
        ("记者：林晓", ("林晓",)),
        ("（责编：林晓、王明）", ("林晓", "王明")),
        ("Von Jana Weiß und Karl Maier, Nairobi", ("Jana Weiß", "Karl Maier")),
        ("Jane Doe, Berlin", ("Jane Doe",)),
        ("Jane Doe in New York", ("Jane Doe",)),
        ("Doe, Jane", ("Doe, Jane",)),
        ("Jane Doe, PhD", ("Jane Doe, PhD",)),
        ("Von Jane Doe, Reuters", ("Jane Doe", "Reuters")),
        ("Erstellt von Jana Weiß", ("Jana Weiß",)),
        ("Jana von der Heide", ("Jana von der Heide",)),
        ("Posted on 3 May 2024 by Jane Doe", ("Jane Doe",)),
        ("Jana Weiß im Gespräch mit Karl Maier", ("Jana Weiß", "Karl Maier")),
        (
            "Landesamt für Wald und Forst, Institut für Boden",
            ("Landesamt für Wald und Forst, Institut für Boden",),
        ),
        ("Jane Doe Marketing Director", ("Jane Doe",)),
        ("Ledger staff reporter", ("Ledger staff reporter",)),
        ("김하늘 기자", ("김하늘",)),
        ("No author", ()),
        ("Text & Fotos: Jana Weiß", ("Jana Weiß",)),
    ],
)
def test_byline_is_split_into_names(byline: str, expected: tuple[str, ...]) -> None:
    """Roles, addresses and lead words are no part of a name; a role stands where nobody is named."""
    assert person_names.clean([byline]) == expected


def test_person_is_preferred_to_the_site_that_signs_everything() -> None:
    """The publisher as author says nothing that the publisher field doesn't."""
    head = ld({**ARTICLE, "author": {"@type": "Organization", "name": "The Ledger"}})
    found = page(f'<h1>Ferry stays</h1><span class="byline">By Jane Doe</span>{BODY}', head)
    chosen = authors.choose(authors.collect(found), sites=["The Ledger"])
    assert chosen is not None
    assert chosen.value == ("Jane Doe",)


def _authors(body: str, head: str = "") -> tuple[str, ...]:
    chosen = authors.choose(
        authors.collect(page(f"<h1>Ferry stays</h1>{body}{BODY}", head)), sites=["The Ledger"]
    )
    return chosen.value if chosen else ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p class="storyAuthorLine">By Jane Doe</p>', ("Jane Doe",)),
        ('<ul><li class="authorList-item">Jane Doe</li><li class="authorList-item">John Roe</li></ul>',
         ("Jane Doe", "John Roe")),
        ('<a href="/people/jane-doe">Jane Doe</a>', ("Jane Doe",)),
        ("<p>By <b>Jane Doe</b></p>", ("Jane Doe",)),
        ("<p>Von Jana Weiß</p>", ("Jana Weiß",)),
        ("<p>12.11.2024 - Jana Weiß</p>", ("Jana Weiß",)),
        ("<p>（责编：林晓、王明）</p>", ("林晓", "王明")),
        ('<div class="comment"><b class="comment-author">Jane Doe</b></div>', ()),
        ('<div class="teaser"><span class="author">Jane Doe</span></div>', ()),
        ('<p class="author">All Rights Reserved</p><p class="author">Jane Doe</p>', ("Jane Doe",)),
    ],
    ids=["class in camel case", "list", "link to a person", "split", "words alone", "after a date", "editors",
         "comment", "teaser", "notice"],
)  # fmt: skip
def test_visible_byline_is_found(body: str, expected: tuple[str, ...]) -> None:
    """Many pages say for readers alone who wrote them; comments and teasers name others."""
    assert _authors(body) == expected


@pytest.mark.parametrize(
    ("stated", "byline", "expected"),
    [
        ("Jane", "Jane Doe", ("Jane Doe",)),
        ("Jane", "John Roe", ("Jane",)),
        ("jane-doe7", "Jane Doe", ("Jane Doe",)),
        ("Reuters", "John Roe", ("Reuters",)),
        ("Jane Doe; Reuters; The Ledger", "", ("Jane Doe", "Reuters")),
        ("The Ledger", "dpa", ("dpa",)),
        ("The Ledger", "", ("The Ledger",)),
    ],
    ids=[
        "first name",
        "somebody else",
        "login",
        "agency",
        "agency beside a person",
        "agency or site",
        "site",
    ],
)
def test_people_come_before_the_site_and_agencies_stay_beside_them(
    stated: str, byline: str, expected: tuple[str, ...]
) -> None:
    """The name to quote is the person's; an agency that is named beside her wrote it as well."""
    visible = f'<span class="byline">{byline}</span>' if byline else ""
    assert _authors(visible, f'<meta name="author" content="{stated}">') == expected


def test_author_is_found_behind_a_reference() -> None:
    """Content systems write the person once and refer to it by @id."""
    graph = {
        "@graph": [
            {**ARTICLE, "author": {"@id": "#jane"}},
            {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
        ]
    }
    chosen = authors.choose(authors.collect(page(head=ld(graph))))
    assert chosen is not None
    assert chosen.value == ("Jane Doe",)


def test_references_in_a_circle_end() -> None:
    """Two nodes that are each other's author must not be followed for ever."""
    circle = [
        {**ARTICLE, "@id": "#a", "author": {"@id": "#b"}},
        {"@type": "Person", "@id": "#b", "author": {"@id": "#a"}, "sameAs": {"@id": "#b"}},
    ]
    assert authors.choose(authors.collect(page(head=ld(*circle)))) is None


def test_page_s_own_article_is_told_from_its_teasers() -> None:
    """A page lists others' articles too; its own is the one with its address."""
    teaser = {**ARTICLE, "headline": "Bridge falls", "url": "https://example.org/2024/bridge-falls"}
    found = page(head=ld(teaser, ARTICLE), url="https://example.org/2024/ferry-stays")
    assert found.json_ld.article["headline"] == "Ferry stays"


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "Ferry",}',
        '<!-- {"headline": "Ferry"} -->',
        '//<![CDATA[\n{"headline": "Ferry"}\n//]]>',
        "{&quot;headline&quot;: &quot;Ferry&quot;}",
        '{"headline": "Ferry"};',
        '{"headline": "Ferry", "text": "a\nb\tc"}',
        '{"headline": "Ferry"} {"headline": "Bridge"}',
    ],
)
def test_damaged_json_ld_is_read(script: str) -> None:
    """Search engines read it, so nobody notices that it is broken."""
    values = list(parse_json_ld(script))
    assert isinstance(values[0], dict)
    assert values[0]["headline"] == "Ferry"


@pytest.mark.parametrize(
    ("claim", "fetched", "expected"),
    [
        (
            "https://example.org/2024/a-b-c",
            "https://m.example.org/2024/a-b-c?utm_source=x",
            "https://example.org/2024/a-b-c",
        ),
        ("https://example.org/", "https://example.org/2024/a-b-c", "https://example.org/2024/a-b-c"),
        ("https://example.org/world", "https://example.org/world/a-b-c", "https://example.org/world/a-b-c"),
        (
            "https://other.example/2024/a-b-c",
            "https://example.org/2024/a-b-c",
            "https://example.org/2024/a-b-c",
        ),
        (
            "https://example.org/2024/a-b-c",
            "https://example.org/2024/a-b-c/amp/",
            "https://example.org/2024/a-b-c",
        ),
        ("https://example.org/2024/a-b-c", None, "https://example.org/2024/a-b-c"),
        ("https://example.org/world", None, None),
    ],
)
def test_canonical_url_is_believed_where_it_can_be_true(
    claim: str, fetched: str | None, expected: str | None
) -> None:
    """Two articles under one address become one, and the archive loses the other."""
    found = page(head=f'<link rel="canonical" href="{claim}">', url=fetched)
    chosen = canonical_url.choose(canonical_url.collect(found), fetched=fetched)
    assert (chosen.value if chosen else None) == expected


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("en-GB", PARAGRAPH, "en"),
        ("zh_Hant_TW", "港口工人罷工。" * 9, "zh-Hant"),
        ("en", "أضرب عمال الميناء عن العمل صباح اليوم. " * 9, "ar"),
        ("en", "港口工人罢工进入第十六周。" * 9, "zh"),
        (None, "港で働く人々が仕事を止めた。" * 9, "ja"),
        (None, "항만 노동자들이 파업에 들어갔다. " * 9, "ko"),
        (None, "Докери оголосили страйк і вийшли на їхню площу. " * 9, "uk"),
        (None, "Докеры объявили забастовку и вышли на площадь. " * 9, "ru"),
        (
            None,
            "Die Hafenarbeiter haben am Dienstag mit dem Streik begonnen, und der Rat ist nicht einig. " * 5,
            "de",
        ),
        (
            None,
            "Les dockers ont voté la grève et le conseil ne sait pas ce qui est dans les textes. " * 5,
            "fr",
        ),
        (None, "Xyzzy plugh.", None),
    ],
)
def test_language_is_stated_and_possible_or_read_off_the_text(
    stated: str | None, text: str, expected: str | None
) -> None:
    """Templates say "en" in every language; the script of the text contradicts them."""
    found = page(f"<p>{text}</p>")
    candidates = [
        one for one in language.collect(page(head=f'<meta name="language" content="{stated}">')) if stated
    ]
    candidates = [one for one in candidates if one.raw == stated]
    assert found.root is not None
    chosen = language.choose(candidates, text=text)
    assert (chosen.value if chosen else None) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"isAccessibleForFree": "False"}, False),
        ({"isAccessibleForFree": "http://schema.org/True"}, True),
        ({"isAccessibleForFree": False}, False),
        ({"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "false"}}, False),
        ({}, None),
    ],
)
def test_paywall_is_flagged_where_the_page_states_it(node: dict[str, object], expected: bool | None) -> None:
    """A stub must not pass for an article."""
    assert free_access.choose(page(head=ld({**ARTICLE, **node}))) is expected


def test_publisher_is_spelled_as_the_site_spells_itself() -> None:
    """A host alone has neither spaces nor capitals."""
    found = page(
        head="<title>Ferry stays | Daily Ledger</title>", url="https://www.dailyledger.example/2024/a-b-c"
    )
    chosen = publisher.choose(publisher.collect(found), found)
    assert chosen is not None
    assert chosen.value == "Daily Ledger"


def test_image_is_absolute() -> None:
    """A relative address means nothing outside its page."""
    found = page(head='<meta property="og:image" content="/img/a.jpg">')
    assert image.choose(found, base="https://example.org/2024/a") == "https://example.org/img/a.jpg"


def test_chosen_values_leave_evidence() -> None:
    """Users must be able to show where every value came from."""
    head = "<title>Ferry stays | The Ledger</title>" + ld({**ARTICLE, "datePublished": "2024-10-30"})
    article = extract(html(head=head).encode(), url="https://example.org/2024/ferry-stays")
    assert {"headline", "date_published", "language", "url"} <= {one.field for one in article.evidence}
