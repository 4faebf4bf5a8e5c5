"""Feeds that are followed, and sites that are crawled, on real servers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from acquire_site import Handler, Page, Site, page, redirect, serve

from newsarchive import AcquireError, Archive, Fetching, InvalidArgument, StoreError

FETCHING = Fetching(delay=0, allow_private=True)


def story(number: int) -> Page:
    text = f"<p>Ferry {number} of Port Almar sails again from Monday, the harbour office said.</p>" * 3
    return page(
        f"<html><title>Ferry {number} sails</title><h1>Ferry {number} sails</h1>{text}</html>".encode()
    )


def rss(site: Site, *numbers: int, title: str = "Harbour Post") -> bytes:
    items = "".join(
        f"<item><title>Ferry {n} sails</title><link>{site.url(f'/{n}')}</link><guid>{n}</guid>"
        f"<pubDate>Thu, 02 May 2024 07:1{n % 10}:00 +0200</pubDate>"
        f"<description>In short: ferry {n} sails again, said the harbour office.</description></item>"
        for n in numbers
    )
    head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>"
    return f"{head}{items}</channel></rss>".encode()


def xml(body: bytes) -> Page:
    return page(body, Content_Type="application/rss+xml")


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        site.pages["/robots.txt"] = page(status=404)
        for number in range(1, 10):
            site.pages[f"/{number}"] = story(number)
        yield site


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "a") as archive:
        yield archive


def test_an_update_fetches_what_is_new_and_nothing_twice(archive: Archive, site: Site) -> None:
    """Cron asks every hour; pages are asked for once."""
    site.pages["/feed"] = xml(rss(site, 1, 2))
    (feed,) = archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    assert (feed.title, archive.feeds.add(site.url("/feed"), fetching=FETCHING)) == ("Harbour Post", [])
    (first,) = archive.feeds.update(fetching=FETCHING)
    assert dict(first.counts) == {"added": 2}
    site.pages["/feed"] = xml(rss(site, 2, 3))
    (second,) = archive.feeds.update(fetching=FETCHING)
    assert dict(second.counts) == {"added": 1}
    assert [site.asked.count(f"/{n}") for n in (1, 2, 3)] == [1, 1, 1]
    assert archive.search("ferry").total == 3
    assert list(archive.verify()) == []


def test_a_feed_is_asked_only_for_news(archive: Archive, site: Site) -> None:
    """Its server said how: ETag and Last-Modified."""
    asked = []

    def conditional(handler: Handler) -> None:
        asked.append((handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]))
        if handler.headers["If-None-Match"] == '"v1"':
            handler.send_response(304)
            handler.end_headers()
            return
        handler.answer(rss(handler.site, 1), ETag='"v1"', Last_Modified="Thu, 02 May 2024 05:00:00 GMT")

    site.pages["/feed"] = conditional
    archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    archive.feeds.update(fetching=FETCHING)
    (report,) = archive.feeds.update(fetching=FETCHING)
    assert report.is_same
    assert asked[1:] == [(None, None), ('"v1"', "Thu, 02 May 2024 05:00:00 GMT")]


def test_an_entry_whose_page_is_gone_keeps_the_text_of_the_feed(archive: Archive, site: Site) -> None:
    """Better than nothing, and marked, so that nobody takes it for the page."""
    site.pages["/1"] = page(status=410)
    site.pages["/feed"] = xml(rss(site, 1))
    archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    (report,) = archive.feeds.update(fetching=FETCHING)
    assert (dict(report.counts), report.own_text, report.has_failed) == ({"added": 1}, 1, False)
    (hit,) = archive.search("harbour").hits
    assert "In short" in hit.article.text
    assert hit.article.url == site.url("/1")
    (capture,) = archive.captures(hit.id or 0)
    assert capture.remark == "text of a feed"
    assert b"answered 410" in archive.payload(capture)


def test_what_failed_is_tried_again_while_the_feed_has_it(archive: Archive, site: Site) -> None:
    """A server that is down for an hour loses no story; one that is gone is asked once."""
    links = b"".join(
        f"<item><title/><link>{site.url(path)}</link></item>".encode() for path in ("/1", "/gone")
    )
    site.pages["/feed"] = xml(b"<rss version='2.0'><channel><title>P</title>" + links + b"</channel></rss>")
    site.pages["/1"], site.pages["/gone"] = page(status=404), page(status=404)
    archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    (report,) = archive.feeds.update(fetching=FETCHING)
    assert [failed.status for failed in report.failed] == [404, 404]
    assert report.has_failed
    (again,) = archive.feeds.update(fetching=FETCHING)
    assert not again.failed
    assert site.asked.count("/gone") == 1


def test_one_feed_that_fails_stops_no_other(archive: Archive, site: Site) -> None:
    """It is named, and its trouble kept."""
    site.pages["/feed"] = site.pages["/other"] = xml(rss(site, 1))
    for path in ("/feed", "/other"):
        archive.feeds.add(site.url(path), fetching=FETCHING)
    site.pages["/feed"] = page(status=404)
    reports = {report.feed.url: report for report in archive.feeds.update(fetching=FETCHING)}
    assert reports[site.url("/feed")].error is not None
    assert reports[site.url("/other")].counts == {"added": 1}
    assert {feed.url: feed.error is None for feed in archive.feeds} == {
        site.url("/feed"): False,
        site.url("/other"): True,
    }


def test_a_feed_that_answers_a_page_is_named(archive: Archive, site: Site) -> None:
    """Sites that give up their feeds send their front page in its place, with 200."""
    site.pages["/feed"] = xml(rss(site, 1))
    archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    site.pages["/feed"] = page()
    (report,) = archive.feeds.update(fetching=FETCHING)
    assert "not a feed" in str(report.error)


def test_a_feed_that_has_gone_silent_is_named(archive: Archive, site: Site) -> None:
    """Nobody notices otherwise."""
    site.pages["/feed"] = xml(rss(site, 1))
    archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    (report,) = archive.feeds.update(fetching=FETCHING, silent_after=timedelta(days=30))
    assert report.silent_since == datetime(2024, 5, 2, tzinfo=UTC)


def test_feeds_are_found_from_a_page(archive: Archive, site: Site) -> None:
    """People know the site, not its feed; comments are not stories."""
    site.pages["/"] = page(
        b"<html><head><link rel=alternate type='application/rss+xml' href='/feed'>"
        b"<link rel=alternate type='application/rss+xml' href='/comments/feed'></head><p>News</p></html>"
    )
    site.pages["/feed"] = xml(rss(site, 1))
    assert [feed.url for feed in archive.feeds.add(site.url(), fetching=FETCHING)] == [site.url("/feed")]
    with pytest.raises(AcquireError, match="names none"):
        archive.feeds.add(site.url("/1"), fetching=FETCHING)


def test_lists_of_feeds_go_out_and_in_again(archive: Archive, site: Site, tmp_path: Path) -> None:
    """A reader's feeds, with titles that hold markup."""
    site.pages["/feed"] = xml(rss(site, 1, title="Post &amp; &lt;Star&gt;"))
    archive.feeds.add(site.url("/feed"), fetching=FETCHING)
    assert archive.feeds.export_opml(tmp_path / "feeds.opml") == 1
    archive.feeds.remove(site.url("/feed"))
    assert list(archive.feeds) == []
    (feed,) = archive.feeds.import_opml(tmp_path / "feeds.opml")
    assert (feed.url, feed.title) == (site.url("/feed"), "Post & <Star>")
    with pytest.raises(StoreError):
        archive.feeds.remove("https://harbour-post.example/none")


def test_an_entry_of_two_feeds_is_fetched_once(archive: Archive, site: Site) -> None:
    """Sections of one paper share their stories."""
    site.pages["/feed"] = site.pages["/other"] = xml(rss(site, 1))
    for path in ("/feed", "/other"):
        archive.feeds.add(site.url(path), fetching=FETCHING)
    reports = archive.feeds.update(fetching=FETCHING)
    assert [dict(report.counts) for report in reports] == [{"added": 1}, {"added": 1}]
    assert site.asked.count("/1") == 1


class TestCrawl:
    @pytest.fixture(autouse=True)
    def sitemaps(self, site: Site) -> None:
        robots = f"User-agent: *\nDisallow: /4\nSitemap: {site.url('/index.xml')}\n"
        site.pages["/robots.txt"] = page(robots.encode(), Content_Type="text/plain")
        site.pages["/"] = page(
            b"<html><a href=/a-story-of-the-port>A</a><a href=/about>About</a>"
            b"<a href=https://stranger.example/a-story-of-the-port>B</a></html>"
        )
        site.pages["/a-story-of-the-port"] = story(7)
        site.pages["/index.xml"] = xml(
            f"<sitemapindex><sitemap><loc>{site.url('/may.xml')}</loc><lastmod>2024-05-03</lastmod></sitemap>"
            f"<sitemap><loc>{site.url('/april.xml')}</loc><lastmod>2024-04-30</lastmod></sitemap>"
            "</sitemapindex>".encode()
        )
        site.pages["/april.xml"] = xml(f"<urlset><url><loc>{site.url('/9')}</loc></url></urlset>".encode())
        dated = "".join(
            f"<url><loc>{site.url(f'/{n}')}</loc><lastmod>2024-05-0{n}</lastmod></url>" for n in (1, 2, 3, 4)
        )
        site.pages["/may.xml"] = xml(f"<urlset>{dated}</urlset>".encode())

    def test_pages_since_a_day_are_archived_once(self, archive: Archive, site: Site) -> None:
        """By the dates that the sitemaps state; what robots.txt forbids is named, not fetched."""
        for expected in ({"added": 2, "failed": 1}, {"failed": 1}):
            run = archive.feeds.crawl(site.url(), since=date(2024, 5, 2), fetching=FETCHING)
            assert dict(run.finish().counts) == expected
        assert "/april.xml" not in site.asked
        assert "/4" not in site.asked

    def test_a_pattern_and_a_limit_choose(self, archive: Archive, site: Site) -> None:
        """A section, or a sample."""
        run = archive.feeds.crawl(site.url("/may.xml"), match="/[13]$", limit=1, fetching=FETCHING)
        assert run.finish().counts["added"] == 1
        with pytest.raises(InvalidArgument):
            archive.feeds.crawl(site.url(), match="(")

    def test_without_sitemaps_the_links_of_a_page_are_followed(self, archive: Archive, site: Site) -> None:
        """Those that look like stories of this site."""
        site.pages["/robots.txt"] = page(status=404)
        for path in ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml"):
            site.pages[path] = page(status=404)
        site.pages["/sitemap_index.xml"] = redirect("/")
        run = archive.feeds.crawl(site.url(), fetching=FETCHING)
        assert run.finish().counts["added"] == 1
        assert "/about" not in site.asked
