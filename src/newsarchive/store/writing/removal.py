"""Articles leave an archive: their rows go, and a tombstone says that they were there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsarchive.base.dates import utc_text
from newsarchive.store.log.things import (
    ARTICLE,
    CAPTURE,
    COLLECTION,
    CORRECTION,
    HIGHLIGHT,
    NOTE,
    OVERRULED,
    REMARK,
    REPLACED,
    REVISION,
    TAG,
    TOMBSTONE,
    Key,
)
from newsarchive.store.writing.store_writer import StoreWriter

_OF = "article_id IN (SELECT value FROM json_each(?))"
# What an article owns: the thing, and how its keys are asked for.
_OWNED = {
    CAPTURE: f"SELECT id FROM captures WHERE {_OF}",
    REVISION: f"SELECT id FROM revisions WHERE {_OF}",
    ARTICLE: "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))",
    REPLACED: f"SELECT id FROM replaced_values WHERE {_OF}",
    REMARK: "SELECT capture_id FROM capture_remarks "
    f"WHERE capture_id IN (SELECT id FROM captures WHERE {_OF})",
    CORRECTION: f"SELECT id FROM corrections WHERE {_OF}",
    OVERRULED: f"SELECT article_id FROM overruled_values WHERE {_OF}",
    NOTE: f"SELECT id FROM notes WHERE {_OF}",
    HIGHLIGHT: f"SELECT id FROM highlights WHERE {_OF}",
}


@dataclass(frozen=True, slots=True)
class Removal:
    """Removes articles through the one writer of an archive. The bytes of their captures stay for now."""

    writer: StoreWriter

    def remove(self, ids: Sequence[int], *, reason: str | None) -> int:
        """Remove articles, all or none; return how many there were."""
        given = json.dumps(list(ids))
        act = json.dumps({"remove": {"articles": len(ids), "reason": reason}}, ensure_ascii=False)
        with self.writer.transaction("remove", act=act):
            self._bury(given, reason)
            for thing, select in _OWNED.items():
                self.writer.log.gone(thing, self._keys(select, given))
            named = self._named(given)
            removed = self._delete(given)
            self._tell(named)
        return removed

    def _keys(self, select: str, given: str) -> list[Key]:
        return [row[0] for row in self.writer.connection.execute(select, (given,)).fetchall()]

    def _bury(self, given: str, reason: str | None) -> None:
        """What stays of each: that it was there, with its digest, and the digests of its captures."""
        db, moment = self.writer.connection, utc_text(datetime.now(UTC))
        rows = db.execute(
            "SELECT identity, (SELECT sha256 FROM revisions WHERE id = revision_id), "
            "(SELECT json_group_array(sha256) FROM (SELECT DISTINCT sha256 FROM captures "
            "WHERE article_id = articles.id ORDER BY sha256)) "
            "FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (given,),
        ).fetchall()
        for identity, digest, captures in rows:
            cursor = db.execute(
                "INSERT INTO tombstones (identity, sha256, captures, reason, removed_at) "
                "VALUES (?, ?, ?, ?, ?)",
                (identity, digest, captures, reason, moment),
            )
            self.writer.log.touch(TOMBSTONE, int(cursor.lastrowid or 0))

    def _named(self, given: str) -> dict[str, list[str]]:
        """The tags and collections that lose articles."""
        tags = f"SELECT DISTINCT tag FROM article_tags WHERE {_OF}"
        collections = f"SELECT DISTINCT collection FROM collection_articles WHERE {_OF}"
        return {
            TAG.name: [str(key) for key in self._keys(tags, given)],
            COLLECTION.name: [str(key) for key in self._keys(collections, given)],
        }

    def _delete(self, given: str) -> int:
        db = self.writer.connection
        db.execute(
            "INSERT INTO changes (article_id) SELECT id FROM articles "
            "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (given,),
        )
        # Captures first lose what refers to them: their article's revisions go with the article.
        captures = json.dumps(self._keys(_OWNED[CAPTURE], given))
        removed = db.execute(
            "DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))", (given,)
        ).rowcount
        db.execute("DELETE FROM captures WHERE id IN (SELECT value FROM json_each(?))", (captures,))
        return removed

    def _tell(self, named: dict[str, list[str]]) -> None:
        for tag in named[TAG.name]:
            unused = self.writer.connection.execute(
                "DELETE FROM tags WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM article_tags WHERE tag = ?1)",
                (tag,),
            ).rowcount
            if unused:
                self.writer.log.gone(TAG, [tag])
            else:
                self.writer.log.touch(TAG, tag)
        for name in named[COLLECTION.name]:
            self.writer.log.touch(COLLECTION, name)
