"""Notes on articles."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.answers.marks.marking import Marking, now_text
from newsarchive.base import arguments
from newsarchive.errors import MarkNotFound
from newsarchive.store.marks.mark_values import Note, written


class Notes(Marking):
    """The notes of an archive, oldest first."""

    def __iter__(self) -> Iterator[Note]:
        return iter(self._reader.notes())

    def of(self, article_id: int) -> list[Note]:
        """The notes on an article. Raises ArticleNotFound."""
        self._known(arguments.ids("article_id", article_id))
        return self._reader.notes(article_id)

    def add(self, article_id: int, text: str) -> Note:
        """Put a note on an article, in Markdown. Raises ArticleNotFound, InvalidArgument."""
        self._known(arguments.ids("article_id", article_id))
        words = written(arguments.text("text", text))
        with self._act("note", {"note": {"article": article_id, "text": words}}) as rows:
            number = rows.add_note(article_id, words, moment=now_text())
        return next(note for note in self._reader.notes(article_id) if note.id == number)

    def remove(self, number: int) -> None:
        """Take a note away. Raises MarkNotFound."""
        arguments.whole_number("number", number)
        with self._act("note", {"removed-note": number}) as rows:
            if not rows.remove_note(number):
                raise MarkNotFound("note", number)
