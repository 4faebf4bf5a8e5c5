"""An article to read, with what the archive knows of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from newsarchive.errors import ArticleNotFound, EngineError, ExportError, IndexUnavailable, QueryError
from newsarchive.export.registry import formats
from newsarchive.web.pages.address_parts import article_id, number
from newsarchive.web.rendering import page
from newsarchive.web.served import served
from newsarchive.web.shown.facts import facts
from newsarchive.web.shown.marked_text import paragraphs, snippet_html
from newsarchive.web.shown.search_address import SearchAddress
from newsarchive.web.shown.two_states import rows

STYLES = ("apa", "chicago", "chicago-author-date", "mla", "harvard", "ieee", "ama", "din")
_SIMILAR = 8


def show(request: Request) -> Response:
    """The article, the words that were searched marked in it."""
    archive, asked = served(request).archive, SearchAddress.of(request.query_params)
    try:
        marked = archive.marked(article_id(request), asked.query)
    except QueryError:
        # The article is there, whatever an old address asked for.
        marked = archive.marked(article_id(request), "")
    article = marked.article
    return page(
        request,
        "article.html",
        asked=asked,
        article=article,
        headline=snippet_html(marked.headline),
        description=snippet_html(marked.description),
        paragraphs=paragraphs(marked.text),
        facts=facts(article),
        captures=archive.captures(article_id(request)),
        states=len(archive.revisions(article_id(request))),
        formats=formats(),
    )


def related(request: Request) -> Response:
    """Who else ran it, and what is like it."""
    archive, number_asked = served(request).archive, article_id(request)
    article = archive.article(number_asked)
    try:
        family, similar = archive.families.of(number_asked), archive.similar(number_asked, limit=_SIMILAR)
    except (EngineError, IndexUnavailable):
        return page(request, "related.html", article=article, copies=(), others=())
    copies = {copy.article.id for copy in family}
    others = [each.hit for each in similar if each.hit.id not in copies]
    return page(
        request,
        "related.html",
        article=article,
        copies=family.copies if len(family) > 1 else (),
        others=others,
    )


def history(request: Request) -> Response:
    """The states of an article over time, and what differs between two of them."""
    archive, number_asked = served(request).archive, article_id(request)
    before, after = (number(request.query_params.get(name)) for name in ("before", "after"))
    revisions = archive.revisions(number_asked)
    diff = archive.versions.diff(number_asked, before, after)
    return page(
        request,
        "history.html",
        article=archive.article(number_asked),
        revisions=revisions,
        diff=diff,
        rows=[] if diff is None else rows(diff),
    )


def cite(request: Request) -> Response:
    """Citations to copy."""
    archive, number_asked = served(request).archive, article_id(request)
    style = request.query_params.get("style", STYLES[0])
    article = archive.article(number_asked)
    try:
        (cited,) = archive.cite(number_asked, style=style)
    except ExportError as error:
        return page(
            request, "cite.html", article=article, styles=STYLES, style=style, cited=None, error=error
        )
    return page(request, "cite.html", article=article, styles=STYLES, style=style, cited=cited, error=None)


def looks(request: Request) -> Response:
    """The page as it was captured, in a frame that can do nothing."""
    archive, number_asked = served(request).archive, article_id(request)
    captures = archive.captures(number_asked)
    wanted = number(request.query_params.get("capture"))
    chosen = next((each for each in captures if each.id == wanted), captures[-1] if captures else None)
    if chosen is None:
        raise ArticleNotFound(number_asked)
    return page(
        request, "looks.html", article=archive.article(number_asked), captures=captures, chosen=chosen
    )
