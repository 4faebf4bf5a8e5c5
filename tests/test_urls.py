import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.base import urls

PIECES = st.sampled_from(
    (
        "http https :// a b.example / .. . ? # & = % %4 %zz %2f %C3%A9 %e9 :80 : @ [ ] ::1 é ß İ 中 "
        "utm_source fbclid ; + ' www. \\ xn-- - ~ ! | { ^ \ud800 \x00"
    ).split(" ")
)
hostile = st.text(max_size=40) | st.lists(PIECES, max_size=14).map("".join)
any_url = st.one_of(hostile, hostile.map("http://b.example/".__add__), hostile.map("https://".__add__))


@settings(deadline=None)
@given(any_url)
def test_normalizing_twice_changes_nothing_and_never_raises(url: str) -> None:
    """The normal form is an article's identity; URLs of pages are strangers' text."""
    normal = urls.normalize(url)
    if normal is not None:
        assert urls.normalize(normal) == normal
        assert normal.isascii()
        assert " " not in normal


@settings(deadline=None)
@given(any_url, st.none() | any_url)
def test_no_text_makes_host_or_resolve_raise(url: str, base: str | None) -> None:
    """They are asked about every link of every page."""
    urls.host(url)
    urls.is_site_root(url)
    resolved = urls.resolve(url, base=base)
    assert resolved is None or urls.normalize(resolved) == resolved


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Example.COM/Path", "http://example.com/Path"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/a/", "https://example.com/a/"),
        ("https://example.com/%c3%a9?q=%c3%a9", "https://example.com/%C3%A9?q=%C3%A9"),
        ("https://example.com/é b", "https://example.com/%C3%A9%20b"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://example.com/a?id=7&utm_source=x&fbclid=y", "https://example.com/a?id=7"),
        ("https://example.com/a?UTM_Medium=x", "https://example.com/a"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("https://example.com/a?q=%E9+x;y&gclid=1", "https://example.com/a?q=%E9+x;y"),
        ("https://example.com/a?flag&empty=", "https://example.com/a?flag&empty="),
    ],
)
def test_a_url_is_normalized_as_rfc_3986_says_and_no_further(url: str, normal: str) -> None:
    """Too little makes one article two, too much makes two articles one."""
    assert urls.normalize(url) == normal


@pytest.mark.parametrize(
    "url",
    [
        *"|example.com/a|/a|ftp://example.com/a|mailto:a@example.com|javascript:alert(1)|http://".split("|"),
        *"http:///a|http://a b/|http://example.com:99999/|http://example.com:x/|http://[::1/".split("|"),
        *"http://..|http://exa<mple.com/|https://example.com/\ud800".split("|"),
        f"http://{'a' * 64}.example/",
        f"http://a.example/{'a' * 8_000}",
    ],
    ids=lambda url: ascii(url[:30]),
)
def test_what_is_no_http_url_has_no_normal_form(url: str) -> None:
    """None is "not stated"; a wrong identity would merge strangers."""
    assert urls.normalize(url) is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.com/a", "example.com"),
        ("http://example.com:8080", "example.com"),
        ("a/b", None),
        (None, None),
    ],
)
def test_a_host_is_named_without_www(url: str | None, host: str | None) -> None:
    """Readers don't tell the two apart, and few sites do."""
    assert urls.host(url) == host


@pytest.mark.parametrize(
    ("url", "base", "resolved"),
    [
        ("../b?utm_source=x", "https://example.com/a/c/d", "https://example.com/a/b"),
        ("//example.org/x", "https://example.com/", "https://example.org/x"),
        (" https://example.org/x ", "https://example.com/", "https://example.org/x"),
        ("b", None, None),
        ("javascript:void(0)", "https://example.com/", None),
        ("http://[", "https://example.com/", None),
    ],
)
def test_links_are_resolved_against_the_page(url: str, base: str | None, resolved: str | None) -> None:
    """Canonical links are often relative."""
    assert urls.resolve(url, base=base) == resolved


@pytest.mark.parametrize(
    ("url", "is_root"),
    [
        ("https://example.com", True),
        ("https://example.com/", True),
        ("https://example.com/a", False),
        ("https://example.com/?id=7", False),
        ("http://[", False),
    ],
)
def test_a_front_page_is_told_from_an_article(url: str, is_root: bool) -> None:
    """Old content systems name the article in the query."""
    assert urls.is_site_root(url) is is_root
