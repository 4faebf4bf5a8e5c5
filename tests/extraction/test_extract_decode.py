"""Bytes become text once, and never fail to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction.page.decoding import decode

RUSSIAN = "Паром остаётся в гавани, решил совет. " * 20


@pytest.mark.parametrize(
    ("payload", "content_type", "expected"),
    [
        pytest.param("ä".encode(), None, "ä", id="valid UTF-8"),
        pytest.param("\ufeffä".encode(), None, "ä", id="UTF-8 with a mark"),
        pytest.param("ä".encode("utf-16"), None, "ä", id="UTF-16 with a mark"),
        pytest.param("“ä”".encode("cp1252"), "text/html; charset=iso-8859-1", "“ä”", id="latin-1 is cp1252"),
        pytest.param(
            '<meta charset="gb2312">镕'.encode("gb18030"),
            None,
            '<meta charset="gb2312">镕',
            id="gb2312 is gb18030",
        ),
        pytest.param("ｶﾞ①".encode("cp932"), "text/html; charset=Shift_JIS", "ｶﾞ①", id="Shift JIS is cp932"),
        pytest.param("똠".encode("cp949"), "text/html; charset=euc-kr", "똠", id="EUC-KR is cp949"),
        pytest.param(RUSSIAN.encode("cp1251"), None, RUSSIAN, id="detected"),
        pytest.param(b"a\0b", None, "ab", id="NULs are dropped"),
        pytest.param("it\x92s".encode(), None, "it’s", id="C1 controls are cp1252"),
    ],
)
def test_text_is_decoded_as_it_was_meant(payload: bytes, content_type: str | None, expected: str) -> None:
    """Labels promise less than pages use, as browsers have long known."""
    assert decode(payload, content_type=content_type) == expected


@pytest.mark.parametrize("charset", ["rot13", "base64", "nonsense", "utf-16", "x" * 200])
def test_a_charset_that_is_none_is_ignored(charset: str) -> None:
    """A header is a stranger's word: Python's byte transforms are no charsets."""
    text = decode(RUSSIAN.encode("cp1251"), content_type=f"text/html; charset={charset}")
    assert "гавани" in text


def test_one_broken_character_leaves_the_page_in_utf8() -> None:
    """A page cut inside a character was UTF-8 all the same."""
    assert decode(("ö" * 5000).encode()[:-1]).startswith("öö")


@pytest.mark.parametrize("declaration", ["", '<meta charset="utf-8">', '<meta charset="iso-8859-1">'])
def test_stray_bytes_leave_the_rest_of_a_page_in_utf8(declaration: str) -> None:
    """A paragraph pasted from another encoding is broken by itself, not all of the page with it."""
    page = f"{declaration}<p>{RUSSIAN}</p>".encode()
    assert decode(page.replace(b" ", b"\xa0", 9)).count("гавани") == RUSSIAN.count("гавани")


def test_few_letters_of_a_declared_utf8_page_outweigh_one_stray_byte() -> None:
    """An English page has hardly a letter beyond ASCII, and says what they are."""
    page = b"<meta charset=utf-8><p>" + "A café by the river".encode() + b" caf\xe9</p>"
    assert "A café by the river" in decode(page)


def test_page_that_wrongly_says_utf8_is_read_as_what_it_is() -> None:
    """Where no character is valid UTF-8, the page is in another encoding whatever it says."""
    page = f"<meta charset=utf-8><p>{RUSSIAN}</p>".encode("cp1251")
    assert "гавани" in decode(page)


@given(st.text(st.characters(min_codepoint=0x21, exclude_categories=["C"]), min_size=1), st.integers(1, 3))
def test_page_cut_inside_its_last_character_loses_nothing_else(text: str, lost: int) -> None:
    """Where a download ends, ends no character; few letters make no other encoding likely."""
    payload = f"{text}\U00010348".encode()[:-lost]
    assert decode(payload) == text


@given(st.binary(max_size=3000), st.one_of(st.none(), st.text(max_size=40)))
def test_any_bytes_decode(payload: bytes, content_type: str | None) -> None:
    """What can't be decoded is shown as it is, never an exception."""
    assert isinstance(decode(payload, content_type=content_type), str)
