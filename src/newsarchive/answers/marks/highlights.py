"""Passages of articles that are highlighted."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.answers.marks.marking import Marking, now
from newsarchive.base import arguments
from newsarchive.errors import InvalidArgument, MarkNotFound
from newsarchive.store.marks.mark_reader import place_of
from newsarchive.store.marks.mark_values import Highlight, written

# So much of what stands around a passage tells it from others with the same words.
_AROUND = 64


class Highlights(Marking):
    """The highlights of an archive, oldest first.

    Each is anchored to the state of the text that it was made in, by its words and what stood
    around them: it is found again after the text was edited, or extracted anew.
    """

    def __iter__(self) -> Iterator[Highlight]:
        return iter(self._reader.highlights())

    def of(self, article_id: int) -> list[Highlight]:
        """The highlights of an article. Raises ArticleNotFound."""
        self._known(arguments.ids("article_id", article_id))
        return self._reader.highlights(article_id)

    def add(
        self, article_id: int, quote: str, *, comment: str | None = None, start: int | None = None
    ) -> Highlight:
        """Highlight a passage of an article's text, word for word.

        ``start`` says which one is meant where the words stand there several times; without it
        the first. Raises ArticleNotFound, and InvalidArgument where the text has no such passage.
        """
        self._known(arguments.ids("article_id", article_id))
        made = self._made(article_id, arguments.text("quote", quote), comment, start)
        said = {"article": article_id, "quote": made.quote, "comment": made.comment}
        with self._act("highlight", {"highlight": said}) as rows:
            number = rows.add_highlight(article_id, made)
        return next(each for each in self._reader.highlights(article_id) if each.id == number)

    def _made(self, article_id: int, quote: str, comment: str | None, start: int | None) -> Highlight:
        row = self._holdings.here.connection.execute(
            "SELECT sha256, text FROM revisions WHERE id = (SELECT revision_id FROM articles WHERE id = ?)",
            (article_id,),
        ).fetchone()
        place = place_of(quote, "", "", start or 0, text=row["text"]) if quote.strip() else None
        if place is None:
            raise InvalidArgument(
                f"the text of article {article_id} has no passage {quote[:60]!r}",
                hint="copy the passage as it stands there; paragraphs are separated by one line break",
            )
        end = place + len(quote)
        return Highlight(
            id=0,
            article_id=article_id,
            made_at=now(),
            sha256=row["sha256"],
            start=place,
            quote=quote,
            before=row["text"][max(0, place - _AROUND) : place],
            after=row["text"][end : end + _AROUND],
            comment=None if comment is None else written(arguments.text("comment", comment)),
        )

    def remove(self, number: int) -> None:
        """Take a highlight away. Raises MarkNotFound."""
        arguments.whole_number("number", number)
        with self._act("highlight", {"removed-highlight": number}) as rows:
            if not rows.remove_highlight(number):
                raise MarkNotFound("highlight", number)
