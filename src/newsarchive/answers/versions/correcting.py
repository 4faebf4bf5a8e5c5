"""Corrections by hand, as ``archive.corrections`` gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from newsarchive.answers.holdings import ThreadHoldings
from newsarchive.answers.versions.said_values import Said, field_named, said_values
from newsarchive.base import arguments
from newsarchive.base.dates import utc_text
from newsarchive.errors import InvalidArgument
from newsarchive.model import Article
from newsarchive.store.reading.corrections import Alias, Correction
from newsarchive.store.writing.correction_acts import CorrectionActs


class Corrections:
    """What users say of articles: it counts before what pages say, also of later captures.

    Each act is an entry of the log, and can be undone. Iterating gives every correction.
    Writing raises ArchiveLocked while another process writes.
    """

    def __init__(self, holdings: ThreadHoldings) -> None:
        self._holdings = holdings

    def __iter__(self) -> Iterator[Correction]:
        return self._holdings.here.reader.corrections.corrections()

    def of(self, article_id: int) -> list[Correction]:
        """The corrections of an article. Raises ArticleNotFound."""
        here = self._holdings.here
        here.reader.articles.article(article_id)
        return list(here.reader.corrections.corrections(article_id))

    def set(self, article_id: int, values: Mapping[str, Said], *, because: str) -> Article:
        """Correct fields of an article by their names in queries or JSON; return it.

        None and "" say that a field is not stated. Names in lists are parted by ``;``. Raises
        ArticleNotFound, InvalidArgument.
        """
        number = arguments.whole_number("article_id", article_id)
        said = said_values(values, today=date.today())
        reason = _words(because)
        if not reason:
            raise InvalidArgument("a correction needs its reason", hint="say how you know")
        with self._acts() as acts:
            acts.set(number, said, because=reason)
        return self._holdings.here.reader.articles.article(number)

    def unset(self, article_id: int, *fields: str) -> Article:
        """Go back to what pages say, of these fields or of all that are corrected; return the article.

        Raises ArticleNotFound, InvalidArgument for a field that is not corrected.
        """
        names = [field_named(field) for field in fields] or [each.field for each in self.of(article_id)]
        if not names:
            raise InvalidArgument(f"nothing of article {article_id} is corrected by hand")
        with self._acts() as acts:
            acts.unset(article_id, dict.fromkeys(names))
        return self._holdings.here.reader.articles.article(article_id)

    def alias(self, publisher: str, spellings: str | Iterable[str], *, because: str = "") -> None:
        """Make spellings one publisher: searches, facets and counts follow, later captures too.

        Spellings are compared in any case. Raises InvalidArgument where the name is itself a
        spelling of another.
        """
        listed = [spellings] if isinstance(spellings, str) else list(spellings)
        if not listed:
            raise InvalidArgument("no spelling was given", hint="give the name, then its spellings")
        with self._acts() as acts:
            acts.alias(_words(publisher), map(_words, listed), because=_words(because))

    def unalias(self, spellings: str | Iterable[str]) -> None:
        """Let spellings be publishers of their own again. Raises InvalidArgument for what is no alias."""
        listed = [spellings] if isinstance(spellings, str) else list(spellings)
        with self._acts() as acts:
            acts.unalias(map(_words, listed))

    def aliases(self) -> list[Alias]:
        """Every spelling that stands for another name."""
        return self._holdings.here.reader.corrections.aliases()

    @contextmanager
    def _acts(self) -> Iterator[CorrectionActs]:
        from newsarchive.pipeline.whole_runs import one_writer

        with one_writer(self._holdings.here.folder, self._holdings.progress) as writer:
            yield CorrectionActs(writer, utc_text(datetime.now(UTC)))


def _words(text: str) -> str:
    return " ".join(arguments.text("a name or reason", text).encode("utf-8", "replace").decode().split())
