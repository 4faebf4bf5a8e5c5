"""The walk: a page's text in blocks, each in its box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element

from newsarchive.extraction.blocks.block_walk import MAX_BLOCKS, Blocks, walk
from newsarchive.extraction.blocks.box_traits import BITS
from newsarchive.extraction.page.parsed_page import parse

SOUP = st.lists(
    st.sampled_from(
        "<p> </p> <div> </div> <b> </b> <a> </a> <br> <ul> <li> </ul> <table> <tr> <td> </table> <h1> </h1> "
        "<nav> </nav> <script> </script> <noscript> </noscript> <img> one two".split(" ")
    ),
    max_size=50,
)


def _walk(body: str) -> Blocks:
    return walk(parse(f"<html><body>{body}</body></html>").root)


def test_block_is_the_text_between_two_block_level_tags() -> None:
    """Inline tags don't part a sentence, whatever they mean."""
    assert _walk("<div>One <b>bold</b> <a>link</a> more<p>Two</p>three</div>").texts == [
        "One bold link more",
        "Two",
        "three",
    ]


def test_two_line_breaks_part_paragraphs_and_one_is_a_space() -> None:
    """Old pages have no paragraphs, but two line breaks."""
    long = "A line that is longer than those of an address, and goes on from here"
    assert _walk(f"<div>{long}<br>here<br> <br>Two</div>").texts == [f"{long} here", "Two"]


def test_short_lines_are_lines_of_their_own() -> None:
    """An address, a poem, a headline over its byline; but a heading may break anywhere."""
    assert _walk("<div><b>Ferry stays</b><br>By Ines Okafor<br>Tuesday</div>").texts == [
        "Ferry stays",
        "By Ines Okafor",
        "Tuesday",
    ]
    assert _walk("<h1>Ferry<br>stays</h1>").texts == ["Ferry stays"]


def test_block_after_a_picture_is_marked() -> None:
    """What stands below a picture may be its caption."""
    blocks = _walk("<td><img src=a.jpg><br>The harbour master</td><p>Then</p>")
    assert (blocks.texts, blocks.pictured) == (["The harbour master", "Then"], [True, False])


def test_plain_cells_of_a_row_are_one_line() -> None:
    """A table of results is read row by row."""
    table = "<table><tr><td>Bern</td><td>2</td></tr><tr><td>Basel</td><td>1</td></tr></table>"
    assert _walk(table).texts == ["Bern 2", "Basel 1"]


def test_cells_of_a_layout_table_are_blocks() -> None:
    """Where cells hold paragraphs, the table is layout."""
    assert _walk("<table><tr><td><p>Menu</p></td><td><p>Text</p></td></tr></table>").texts == ["Menu", "Text"]


def test_scripts_and_buttons_are_not_read() -> None:
    """Nobody reads them as text."""
    assert _walk("<p>One<script>x()</script></p><button>Share</button><style>p{}</style>").texts == ["One"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("The <x-term>dolphin</x-term>, a pile", "The dolphin, a pile", id="an unknown element"),
        pytest.param("The <button>dolphin</button>, a pile", "The dolphin, a pile", id="a button"),
        pytest.param("10<sup>6</sup> kg of H<sub>2</sub>O", "10⁶ kg of H2O", id="a power"),
        pytest.param('412<sup class="fn">1</sup> piles', "412 piles", id="the mark of a note"),
        pytest.param('412<sup><a href="#n1">[1]</a></sup> piles', "412 piles", id="a linked note"),
        pytest.param("the 2<sup>nd</sup> pile", "the 2nd pile", id="raised letters"),
        pytest.param("港<ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>の", "港橋の", id="a reading"),
        pytest.param("of <math><mi>x</mi><mo>=</mo><mn>2</mn></math> boats", "of x=2 boats", id="a formula"),
        pytest.param(
            "of <math><msup><mi>x</mi><mn>2</mn></msup></math> boats",
            "of x² boats",
            id="a power in a formula",
        ),
        pytest.param("旋回橋は\n十一週間", "旋回橋は十一週間", id="a line feed in Japanese"),
        pytest.param("one\n two", "one two", id="a line feed in English"),
        pytest.param("one<script>x()</script>two", "onetwo", id="a script within a word"),
        pytest.param('Sail <img class="emoji" alt="⛵">now', "Sail ⛵ now", id="an emoji"),
    ],
)
def test_sentence_reads_as_a_reader_sees_it(markup: str, expected: str) -> None:
    """What stands inside a sentence is a word of it, or none, but never parts it or glues two words."""
    assert _walk(f"<p>{markup}</p>").texts == [expected]


def test_preformatted_text_keeps_its_paragraphs_and_no_typed_line_ends() -> None:
    """Wire copies are typed in columns, their paragraphs parted by blank lines or indented."""
    line = "The council of Port Almar voted on Tuesday to keep the old"
    typed = (
        f"{line}\nferry, which had been for sale since the first of May, and\nto paint it.\n\n{line}\nboats."
    )
    assert _walk(f"<pre>{typed}</pre>").texts == [
        f"{line} ferry, which had been for sale since the first of May, and to paint it.",
        f"{line} boats.",
    ]


def test_shadow_root_that_a_page_declares_is_read_and_other_templates_are_not() -> None:
    """Browsers show it where it stands."""
    markup = (
        "<x-story><template shadowrootmode=open><p>One</p></template></x-story><template><p>No</p></template>"
    )
    assert _walk(markup).texts == ["One"]


def test_anchor_that_leads_nowhere_is_no_link() -> None:
    """Old pages name places of the text by anchors around whole paragraphs."""
    assert _walk('<a name="x">One</a>').linked == [0]


def test_long_cells_of_one_row_are_columns() -> None:
    """The tables of old pages are their layout: a menu beside the text."""
    menu, text = "<td>Home<br>News<br>Sport</td>", f"<td>{'The ferry stays. ' * 12}</td>"
    assert _walk(f"<table><tr>{menu}{text}</tr></table>").texts[:4] == [
        "Home",
        "News",
        "Sport",
        ("The ferry stays. " * 12).strip(),
    ]


def test_page_inside_noscript_is_read_where_nothing_else_is() -> None:
    """Some pages stand in a noscript element as a whole; on others it repeats pictures."""
    assert "Kept" in _walk("<noscript><div>Kept</div></noscript>").texts


def test_linked_and_bold_letters_are_counted() -> None:
    """The share of links tells menus from prose."""
    blocks = _walk("<p>ab <a href=x>cde</a> <strong>fg</strong></p>")
    assert (blocks.linked, blocks.bold) == ([3], [2])


def test_box_knows_its_tag_class_and_parents() -> None:
    """What a box says of itself holds for the blocks inside."""
    blocks = _walk('<div class="related-3" id="x"><p>One</p></div>')
    box = blocks.box[0]
    parent = blocks.parents[box]
    assert (blocks.tags[box], blocks.signatures[parent]) == ("p", "div.related-0")
    assert blocks.cues[parent] & BITS["related"]


def test_text_below_any_depth_is_kept_in_blocks() -> None:
    """Unclosed tags nest hundreds of levels deep, and the article is at the bottom."""
    assert _walk("<div>" * 400 + "<p>One</p><script>x()</script><p>Two</p>").texts == ["One", "Two"]


def test_blocks_of_a_page_are_capped() -> None:
    """A page of a million empty-handed paragraphs costs no more memory than the cap."""
    assert len(_walk("<p>a" * (MAX_BLOCKS + 10)).texts) == MAX_BLOCKS


@given(SOUP)
def test_blocks_inside_a_box_are_a_range_within_its_parent(parts: list[str]) -> None:
    """Sums over boxes rest on it."""
    blocks = _walk("".join(parts))
    for box, parent in enumerate(blocks.parents):
        assert blocks.first[parent] <= blocks.first[box] <= blocks.last[box] <= blocks.last[parent]
    for block, box in enumerate(blocks.box):
        assert blocks.first[box] <= block < blocks.last[box]


@given(SOUP)
def test_every_word_outside_silent_tags_is_in_one_block(parts: list[str]) -> None:
    """A word that the walk loses, nobody can choose."""
    page = parse("<html><body>" + "".join(parts) + "</body></html>")
    silent = [element for element in page.root.iter("script", "noscript") if _is_outermost(element)]
    unread = sum(_words("".join(map(str, element.itertext()))) for element in silent)
    read = sum(map(_words, walk(page.root).texts))
    words = _words("".join(map(str, page.root.itertext())))
    assert words - unread <= read <= words


def _is_outermost(element: _Element) -> bool:
    return next(element.iterancestors("script", "noscript"), None) is None


def _words(text: str) -> int:
    return text.count("one") + text.count("two")
