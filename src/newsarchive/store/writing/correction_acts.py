"""Acts of users on values: corrections and aliases, made, undone, and made again from the log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from newsarchive.errors import ArticleNotFound, InvalidArgument
from newsarchive.store.log.things import ALIAS, CORRECTION
from newsarchive.store.reading.corrections import spelling_of
from newsarchive.store.writing.store_writer import StoreWriter


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value of the JSON form, and what was typed for it."""

    value: Any
    typed: str


@dataclass(frozen=True, slots=True)
class CorrectionActs:
    """What users do, each act one entry of the log. ``moment`` is when (UTC)."""

    writer: StoreWriter
    moment: str

    def set(self, article_id: int, said: Mapping[str, SaidValue], *, because: str) -> None:
        """Correct fields of an article. Raises ArticleNotFound."""
        act = {
            "article": article_id,
            "identity": self._identity(article_id),
            "fields": {field: {"value": each.value, "typed": each.typed} for field, each in said.items()},
            "because": because,
        }
        with self._transaction("set", act):
            for field, each in said.items():
                self._insert_correction(article_id, field, each, because)
            self._lay_over([article_id])

    def unset(self, article_id: int, fields: Iterable[str]) -> None:
        """Go back to what pages say. Raises ArticleNotFound, InvalidArgument for what was not corrected."""
        names = list(fields)
        ids = {row["field"]: row["id"] for row in self._corrections(article_id)}
        missing = [name for name in names if name not in ids]
        if missing:
            raise InvalidArgument(
                f"{missing[0]} of article {article_id} is not corrected by hand",
                hint=f"corrected: {', '.join(ids) or 'nothing'}",
            )
        act = {"article": article_id, "identity": self._identity(article_id), "fields": names}
        with self._transaction("unset", act):
            for name in names:
                self.writer.connection.execute("DELETE FROM corrections WHERE id = ?", (ids[name],))
            self.writer.log.gone(CORRECTION, (ids[name] for name in names))
            self._lay_over([article_id])

    def alias(self, publisher: str, spellings: Iterable[str], *, because: str) -> None:
        """Make names one publisher's. Raises InvalidArgument where the name is a spelling of another."""
        keys = list(dict.fromkeys(map(spelling_of, spellings)))
        self._check_alias(publisher, keys)
        act = {"publisher": publisher, "spellings": keys, "because": because}
        with self._transaction("alias", act):
            before = self._called(keys)
            for key in keys:
                self._insert_alias(key, publisher, because)
            # What was made a spelling of one of these is a spelling of this one now.
            for alias in self.writer.reader.corrections.aliases():
                if alias.publisher != publisher and spelling_of(alias.publisher) in keys:
                    self._insert_alias(alias.spelling, publisher, alias.because)
            self._follow(before)
            self._tell_index(publisher)

    def unalias(self, spellings: Iterable[str]) -> None:
        """Take names apart again. Raises InvalidArgument for what is no alias."""
        keys = list(dict.fromkeys(map(spelling_of, spellings)))
        known = {alias.spelling: alias.publisher for alias in self.writer.reader.corrections.aliases()}
        missing = [key for key in keys if key not in known]
        if missing:
            raise InvalidArgument(
                f"{missing[0]} stands for no other publisher", hint="list the aliases to see which there are"
            )
        with self._transaction("unalias", {"spellings": keys}):
            for key in keys:
                self.writer.connection.execute("DELETE FROM publisher_aliases WHERE spelling = ?", (key,))
            self.writer.log.gone(ALIAS, keys)
            self._follow(self._called([]))
            for publisher in {known[key] for key in keys}:
                self._tell_index(publisher)

    def _transaction(self, kind: str, act: Mapping[str, Any]) -> Any:
        return self.writer.transaction(kind, act=json.dumps({**act, "made_at": self.moment}))

    def _identity(self, article_id: int) -> str:
        row = self.writer.connection.execute(
            "SELECT identity FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        if row is None:
            raise ArticleNotFound(article_id)
        return str(row[0])

    def _corrections(self, article_id: int) -> list[Any]:
        return self.writer.connection.execute(
            "SELECT id, field FROM corrections WHERE article_id = ?", (article_id,)
        ).fetchall()

    def _insert_correction(self, article_id: int, field: str, said: SaidValue, because: str) -> None:
        known = {row["field"]: row["id"] for row in self._corrections(article_id)}
        if field in known:
            self.writer.connection.execute("DELETE FROM corrections WHERE id = ?", (known[field],))
            self.writer.log.gone(CORRECTION, [known[field]])
        columns = {
            "article_id": article_id,
            "field": field,
            "value": json.dumps(said.value),
            "typed": said.typed,
            "because": because,
            "made_at": self.moment,
        }
        self.writer.rows.insert("corrections", columns)

    def _check_alias(self, publisher: str, keys: list[str]) -> None:
        if not publisher.strip() or not all(keys):
            raise InvalidArgument("a publisher's name is empty", hint="give the name, then its spellings")
        for alias in self.writer.reader.corrections.aliases():
            other = alias.publisher != publisher and spelling_of(publisher) not in keys
            if alias.spelling == spelling_of(publisher) and other:
                raise InvalidArgument(
                    f"{publisher} is a spelling of {alias.publisher}",
                    hint=f"give the spellings to {alias.publisher}, or take {publisher} apart from it first",
                )

    def _insert_alias(self, key: str, publisher: str, because: str) -> None:
        self.writer.connection.execute(
            "INSERT OR REPLACE INTO publisher_aliases VALUES (?, ?, ?, ?)",
            (key, publisher, because, self.moment),
        )
        self.writer.log.touch(ALIAS, key)

    def _called(self, keys: list[str]) -> list[int]:
        """Articles whose publisher is spelled so, and all of which a user's word counts."""
        names = self.writer.connection.execute(
            "SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL"
        )
        spelled = json.dumps([row[0] for row in names if spelling_of(row[0]) in keys])
        rows = self.writer.connection.execute(
            "SELECT id FROM articles WHERE publisher IN (SELECT value FROM json_each(?)) "
            "UNION SELECT article_id FROM overruled_values ORDER BY 1",
            (spelled,),
        )
        return [row[0] for row in rows]

    def _follow(self, ids: Iterable[int]) -> None:
        self.writer.rows.decisions.forget_aliases()
        self._lay_over(ids)

    def _lay_over(self, ids: Iterable[int]) -> None:
        """Decide anew what counts, where that is not what counts already."""
        rows = self.writer.rows
        for article in self.writer.reader.articles.stream(ids):
            if article.id is not None:
                read = rows.decisions.without(article)
                if rows.decisions.laid_over(article.id, read)[0] != article:
                    rows.update(article.id, read)

    def _tell_index(self, publisher: str) -> None:
        """A publisher is found by each of its spellings, so that all of its articles are indexed anew."""
        rows = self.writer.connection.execute("SELECT id FROM articles WHERE publisher = ?", (publisher,))
        for row in rows.fetchall():
            self.writer.rows.record_change(row[0])


def replay(writer: StoreWriter, acts: Iterable[tuple[str, str]], notify: Callable[[str], None]) -> None:
    """Do again what users did, from entries of a log; what can't be done any more is told."""
    for kind, text in acts:
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            act = json.loads(text)
            try:
                _do(CorrectionActs(writer, act["made_at"]), kind, act)
            except (ArticleNotFound, InvalidArgument) as error:
                notify(f"what a user said can't be said again: {error.message}")


def _do(acts: CorrectionActs, kind: str, act: Mapping[str, Any]) -> None:
    match kind:
        case "set":
            said = {name: SaidValue(each["value"], each["typed"]) for name, each in act["fields"].items()}
            acts.set(_article(acts, act), said, because=act["because"])
        case "unset":
            acts.unset(_article(acts, act), act["fields"])
        case "alias":
            acts.alias(act["publisher"], act["spellings"], because=act["because"])
        case "unalias":
            acts.unalias(act["spellings"])


def _article(acts: CorrectionActs, act: Mapping[str, Any]) -> int:
    named = acts.writer.rows.named(act["identity"])
    return int(act["article"]) if named is None else named
