"""The image that the page gives for its article."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.base import urls
from newsarchive.extraction.page.parsed_page import Page

_META = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
    "sailthru.image.full",
    "thumbnail",
)


def choose(page: Page, *, base: str | None) -> str | None:
    """The first image address that is one, absolute."""
    for address in _addresses(page):
        url = urls.resolve(address, base=base)
        if url is not None and not url.startswith("data:"):
            return url
    return None


def _addresses(page: Page) -> Iterator[str]:
    for _, content in page.metas.all(*_META):
        yield content
    for value in page.json_ld.resolve(page.json_ld.article.get("image")):
        address = value.get("url", value.get("contentUrl")) if isinstance(value, dict) else value
        if isinstance(address, str):
            yield address
    for item in page.items.named("image"):
        if item.link:
            yield item.link
