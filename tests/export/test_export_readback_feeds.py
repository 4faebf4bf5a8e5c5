"""Feeds as feed readers take them."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from given_articles import EMPTY, GUESSED, MONTH_ONLY, PLAIN, WORLD, exported, numbered

from newsarchive.export.registry import format_named

XML = pytest.mark.parametrize("name", ["rss", "atom"])


def parsed(name: str) -> feedparser.FeedParserDict:
    return feedparser.parse(exported(format_named(name), WORLD)[""])


@XML
def test_a_reader_of_feeds_gets_every_article(name: str) -> None:
    """No bad character may cut the feed short."""
    feed = parsed(name)
    assert not feed.bozo
    assert len(feed.entries) == len(WORLD)
    first = feed.entries[0]
    assert first.title == PLAIN.headline
    assert first.link == PLAIN.url
    assert "The ferry left the quay" in first.content[0].value
    assert first.published_parsed[:5] == (2024, 10, 30, 13, 5)
    assert {tag.term for tag in first.tags} == set(PLAIN.keywords)
    assert len({entry.id for entry in feed.entries}) == len(WORLD)


@XML
def test_a_feed_is_well_formed_whatever_is_in_it(name: str) -> None:
    """Feed readers stop at the first fault of the XML."""
    ElementTree.fromstring(exported(format_named(name), WORLD)[""])


@XML
def test_no_date_is_made_more_precise_than_it_is(name: str) -> None:
    """A month is no day, and a day no midnight: these stand in dc:date alone."""
    data = exported(format_named(name), numbered([MONTH_ONLY, GUESSED, EMPTY]))[""].decode()
    assert re.findall(r"<dc:date>(.*?)</dc:date>", data) == ["2020-03", "2025-01-01"]
    assert "<pubDate>" not in data
    assert "<published>" not in data


@XML
def test_markup_of_strangers_is_text_in_a_feed(name: str) -> None:
    """A feed reader shows HTML; a headline must not bring a script."""
    for entry in feedparser.parse(exported(format_named(name), WORLD)[""], sanitize_html=False).entries:
        assert "<script" not in entry.content[0].value


def test_a_json_feed_holds_every_article() -> None:
    """Version 1.1: ids are text, items have content, dates are instants."""
    feed = json.loads(exported(format_named("jsonfeed"), WORLD)[""])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == len(WORLD)
    first, empty = feed["items"][:2]
    assert first["date_published"] == "2024-10-30T14:05:00+01:00"
    assert first["_newsarchive"]["publisher"] == PLAIN.publisher
    assert set(empty) == {"id", "title", "content_text", "_newsarchive"}
    assert all(
        isinstance(item["id"], str) and isinstance(item["content_text"], str) for item in feed["items"]
    )
