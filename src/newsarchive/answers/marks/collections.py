"""Collections: articles under a name, in an order of their own."""

from __future__ import annotations

from collections.abc import Iterator

from newsarchive.answers.marks.marking import Marking, Which, now_text
from newsarchive.base import arguments
from newsarchive.errors import CollectionNotFound
from newsarchive.store.marks.id_spans import spans
from newsarchive.store.marks.mark_values import collection_name


class Collections(Marking):
    """The collections of an archive. Names are told apart without regard to case."""

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts())

    def counts(self) -> dict[str, int]:
        """Every collection with the number of its articles, by name."""
        return self._reader.collections()

    def ids(self, name: str) -> list[int]:
        """The articles of a collection, in its order. Raises CollectionNotFound."""
        return self._reader.collected(self._reader.collection_named(name))

    def add(self, name: str, which: Which) -> int:
        """Put articles at the end of a collection, in the order of hits; make it where there is none.

        Returns how many were not in it. Raises QueryError, ArticleNotFound, InvalidArgument.
        """
        name, ids = self._name(name), self._ids(which)
        with self._act("collection", {"collect": {"collection": name, "articles": ids}}) as rows:
            return rows.collect(name, ids, moment=now_text())

    def drop(self, name: str, which: Which) -> int:
        """Take articles out of a collection; return how many were in it. Raises CollectionNotFound."""
        name, ids = self._reader.collection_named(name), self._ids(which)
        with self._act("collection", {"drop": {"collection": name, "articles": spans(ids)}}) as rows:
            return rows.drop(name, ids)

    def arrange(self, name: str, ids: list[int]) -> None:
        """Put these articles of a collection first, in this order; the others follow as they were.

        Raises CollectionNotFound.
        """
        name = self._reader.collection_named(name)
        held = self._reader.collected(name)
        first = [each for each in arguments.ids("ids", ids) if each in set(held)]
        order = [*first, *(each for each in held if each not in set(first))]
        with self._act("collection", {"arrange": {"collection": name, "articles": order}}) as rows:
            rows.arrange(name, order)

    def remove(self, name: str) -> None:
        """Forget a collection; its articles stay. Raises CollectionNotFound."""
        name = self._reader.collection_named(name)
        with self._act("collection", {"removed-collection": name}) as rows:
            rows.remove_collection(name)

    def _name(self, typed: str) -> str:
        """The name of the collection that there is, else a new one."""
        name = collection_name(arguments.text("name", typed))
        try:
            return self._reader.collection_named(name)
        except CollectionNotFound:
            return name
