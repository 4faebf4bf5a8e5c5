"""Reading what people put on articles."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from newsarchive.errors import CollectionNotFound
from newsarchive.store.marks.mark_values import Highlight, MarksOfArticle, Note, folded
from newsarchive.store.rows import moment_of

_GIVEN = "(SELECT value FROM json_each(?))"
_NOTES = "SELECT id, article_id, made_at, text FROM notes"
_HIGHLIGHTS = (
    "SELECT id, article_id, made_at, sha256, start, quote, before, after, comment, "
    "(SELECT text FROM revisions WHERE id = (SELECT revision_id FROM articles "
    "WHERE articles.id = highlights.article_id)) AS text FROM highlights"
)


class MarkReader:
    """The marks of a database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def tags(self) -> dict[str, int]:
        """Every tag with the number of articles that have it, by name."""
        rows = self._db.execute("SELECT tag, count(*) FROM article_tags GROUP BY tag ORDER BY tag")
        return {row[0]: row[1] for row in rows}

    def collections(self) -> dict[str, int]:
        """Every collection with the number of its articles, by name."""
        rows = self._db.execute(
            "SELECT name, count(article_id) FROM collections "
            "LEFT JOIN collection_articles ON collection = name GROUP BY name ORDER BY name"
        )
        return {row[0]: row[1] for row in rows}

    def collection_named(self, name: str) -> str:
        """The name of a collection as it was first typed. Raises CollectionNotFound."""
        wanted = folded(name)
        for row in self._db.execute("SELECT name FROM collections"):
            if folded(row[0]) == wanted:
                return str(row[0])
        raise CollectionNotFound(name)

    def collected(self, name: str) -> list[int]:
        """The articles of a collection, in its order."""
        rows = self._db.execute(
            "SELECT article_id FROM collection_articles WHERE collection = ? ORDER BY position, article_id",
            (name,),
        )
        return [row[0] for row in rows]

    def notes(self, article_id: int | None = None) -> list[Note]:
        """The notes on an article, or all, oldest first."""
        return [_note(row) for row in self._rows(_NOTES, article_id)]

    def highlights(self, article_id: int | None = None) -> list[Highlight]:
        """The highlights of an article, or all, oldest first, each with its place in the text of today."""
        return [_highlight(row) for row in self._rows(_HIGHLIGHTS, article_id)]

    def _rows(self, select: str, article_id: int | None) -> Iterable[sqlite3.Row]:
        if article_id is None:
            return self._db.execute(f"{select} ORDER BY made_at, id")
        return self._db.execute(f"{select} WHERE article_id = ? ORDER BY made_at, id", (article_id,))

    def of_article(self, article_id: int) -> MarksOfArticle:
        """All marks of one article."""
        return MarksOfArticle(
            self._names("SELECT tag FROM article_tags WHERE article_id = ? ORDER BY tag", article_id),
            self._names(
                "SELECT collection FROM collection_articles WHERE article_id = ? ORDER BY 1", article_id
            ),
            tuple(self.notes(article_id)),
            tuple(self.highlights(article_id)),
        )

    def _names(self, select: str, article_id: int) -> tuple[str, ...]:
        return tuple(row[0] for row in self._db.execute(select, (article_id,)))

    def tagged(self, name: str | None) -> frozenset[int]:
        """The articles with a tag, with one that begins so (``name*``), or with any."""
        return self._having("article_tags", "tag", name)

    def in_collection(self, name: str | None) -> frozenset[int]:
        """The articles in a collection, as ``tagged`` has them."""
        return self._having("collection_articles", "collection", name)

    def _having(self, table: str, column: str, name: str | None) -> frozenset[int]:
        fits = _fits(name)
        names = [row[0] for row in self._db.execute(f"SELECT DISTINCT {column} FROM {table}") if fits(row[0])]
        rows = self._db.execute(
            f"SELECT DISTINCT article_id FROM {table} WHERE {column} IN {_GIVEN}", (json.dumps(names),)
        )
        return frozenset(row[0] for row in rows)

    def noted(self, says: Callable[[str], bool]) -> frozenset[int]:
        """The articles of which a note, or the comment or passage of a highlight, is as asked for."""
        rows = self._db.execute(
            "SELECT article_id, text FROM notes UNION ALL SELECT article_id, comment FROM highlights "
            "UNION ALL SELECT article_id, quote FROM highlights"
        )
        return frozenset(row[0] for row in rows if row[1] is not None and says(row[1]))

    def count_by_tag(self, ids: Sequence[int]) -> dict[str, int]:
        """How many of some articles have each tag; those without under ""."""
        return self._count("article_tags", "tag", ids)

    def count_by_collection(self, ids: Sequence[int]) -> dict[str, int]:
        """How many of some articles are in each collection; those in none under ""."""
        return self._count("collection_articles", "collection", ids)

    def _count(self, table: str, column: str, ids: Sequence[int]) -> dict[str, int]:
        given = json.dumps(list(ids))
        rows = self._db.execute(
            f"SELECT coalesce({column}, ''), count(*) FROM {_GIVEN} AS given "
            f"LEFT JOIN {table} ON article_id = given.value GROUP BY 1",
            (given,),
        )
        counts = {row[0]: row[1] for row in rows}
        return dict(sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0])))


def _fits(name: str | None) -> Callable[[str], bool]:
    if name is None:
        return lambda _: True
    wanted = folded(name)
    if wanted.endswith("*"):
        beginning = wanted[:-1]
        return lambda found: folded(found).startswith(beginning)
    return lambda found: folded(found) == wanted


def _note(row: sqlite3.Row) -> Note:
    return Note(row["id"], row["article_id"], moment_of(row["made_at"], f"note {row['id']}"), row["text"])


def _highlight(row: sqlite3.Row) -> Highlight:
    values = {name: row[name] for name in row.keys() if name != "text"}  # noqa: SIM118  a row iterates over values
    place = place_of(row["quote"], row["before"], row["after"], row["start"], text=row["text"] or "")
    values["made_at"] = moment_of(row["made_at"], f"highlight {row['id']}")
    return Highlight(**values, place=place)


def place_of(quote: str, before: str, after: str, start: int, *, text: str) -> int | None:
    """Where a passage stands in a text: of several places the one whose surroundings are most alike.

    None where the text has it no more. Of places with the same surroundings the nearest to
    ``start`` is meant. Source: the TextQuoteSelector of the Web Annotation Data Model.
    """
    places: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(places) < 1000:
        places.append(at)
        at = text.find(quote, at + 1)
    if not places:
        return None

    def likeness(place: int) -> tuple[int, int]:
        end = place + len(quote)
        alike = _alike(before[::-1], text[:place][::-1][: len(before)]) + _alike(after, text[end:])
        return alike, -abs(place - start)

    return max(places, key=likeness)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from their beginnings on."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
