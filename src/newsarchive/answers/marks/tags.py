"""Tags: words that people give articles, and take away again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from newsarchive.answers.marks.marking import Marking, Which, now_text
from newsarchive.answers.search import Question
from newsarchive.base import arguments
from newsarchive.base.progress import ProgressCallback, notify
from newsarchive.errors import InvalidArgument, QueryError
from newsarchive.query.ast import Among, all_of
from newsarchive.search.engines import Sort
from newsarchive.store.log.acts import act
from newsarchive.store.log.things import SEARCH_TAGS
from newsarchive.store.marks.id_spans import spans
from newsarchive.store.marks.mark_rows import MarkRows
from newsarchive.store.marks.mark_values import MarksOfArticle, tag_name


@dataclass(frozen=True, slots=True)
class Retagged:
    """What a change of tags did: how many articles were meant, and what each tag changed of them."""

    articles: int
    added: dict[str, int]
    removed: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"format": 1, "articles": self.articles, "added": self.added, "removed": self.removed}


class Tags(Marking):
    """The tags of an archive. A tag is kept in lower case, and is there while an article has it."""

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts())

    def counts(self) -> dict[str, int]:
        """Every tag with the number of its articles, by name."""
        return self._reader.tags()

    def of(self, article_id: int) -> MarksOfArticle:
        """All that people put on an article: tags, collections, notes and highlights."""
        self._known(arguments.ids("article_id", article_id))
        return self._reader.of_article(article_id)

    def change(self, which: Which, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Retagged:
        """Give articles tags and take others away, all at once or not at all.

        ``which`` is a query, or one or many ids. What is searched for next is answered by the new
        tags. Raises QueryError, ArticleNotFound, and InvalidArgument for what can't be a tag.
        """
        wanted, unwanted = _names("add", add), _names("remove", remove)
        both = sorted(set(wanted) & set(unwanted))
        if both:
            raise InvalidArgument(f"{both[0]} is both added and removed", hint="say which is meant")
        ids = self._ids(which)
        moment = now_text()
        said = {"tag": {"articles": spans(ids), "add": wanted, "remove": unwanted}}
        if not ids or not wanted + unwanted:
            return Retagged(len(ids), {}, {})
        with self._act("tag", said) as rows:
            added = {tag: rows.tag(tag, ids, moment=moment) for tag in wanted}
            removed = {tag: rows.untag(tag, ids) for tag in unwanted}
        return Retagged(len(ids), added, removed)

    def of_searches(self) -> dict[str, list[str]]:
        """The saved searches whose finds are tagged at each ``add``, with those tags."""
        rows = self._holdings.here.connection.execute("SELECT search, tags FROM search_tags ORDER BY search")
        return {row[0]: json.loads(row[1]) for row in rows}

    def tag_new(self, search: str, tags: Iterable[str]) -> None:
        """From now on, give these tags to what is added and a saved search finds; none to end that.

        Raises SavedSearchNotFound, InvalidArgument.
        """
        from newsarchive.store.search_runs import SearchStore

        here = self._holdings.here
        name = SearchStore(here.folder, here.connection).get(search).name
        names = _names("tags", tags)
        with act(here.folder, here.connection, "tag", {"tag-new": {"search": name, "tags": names}}) as log:
            here.connection.execute("DELETE FROM search_tags WHERE search = ?", (name,))
            if names:
                here.connection.execute(
                    "INSERT INTO search_tags VALUES (?, ?, (SELECT coalesce(max(change), 0) FROM changes))",
                    (name, json.dumps(names, ensure_ascii=False)),
                )
                log.touch(SEARCH_TAGS, name)
            else:
                log.gone(SEARCH_TAGS, [name])

    def apply_new(self, *, progress: ProgressCallback | None = None) -> dict[str, int]:
        """Give what came since the last time the tags of saved searches; return how many each tag got.

        ``add`` does it at its end. Where it was cut off before, the next one makes up for it.
        """
        rows = self._holdings.here.connection.execute("SELECT search, tags, applied_to FROM search_tags")
        counts: dict[str, int] = {}
        for search, tags, applied_to in rows.fetchall():
            try:
                found = self._apply(search, json.loads(tags), applied_to)
            except QueryError as error:
                notify(progress, f"what {search} finds is not tagged: {error.message}")
                continue
            for tag, count in found.items():
                counts[tag] = counts.get(tag, 0) + count
        return counts

    def _apply(self, search: str, tags: list[str], applied_to: int) -> dict[str, int]:
        """Tag what a search finds among the articles that are new since a change."""
        here = self._holdings.here
        last = here.reader.changes.last_change()
        if last <= applied_to:
            return {}
        came = here.connection.execute(
            "SELECT article_id FROM changes GROUP BY article_id HAVING min(change) > ?", (applied_to,)
        )
        new = frozenset(row[0] for row in came)
        tree = here.searcher.tree(Question(query=f"query:{search}"))
        matches = here.searcher.all_matches(all_of((tree, Among(new))), Sort.NEWEST, progress=None).matches
        ids = [match.article_id for match in matches]
        if here.searcher.searched_to() < last:
            # Another process indexes: the next add finds the rest.
            return {}
        said = {"tag-new": {"search": search, "articles": spans(ids), "add": tags}}
        with act(here.folder, here.connection, "tag", said) as log:
            here.connection.execute("UPDATE search_tags SET applied_to = ? WHERE search = ?", (last, search))
            log.touch(SEARCH_TAGS, search)
            rows, moment = MarkRows(here.connection, log), now_text()
            return {tag: rows.tag(tag, ids, moment=moment) for tag in tags if ids}


def _names(argument: str, given: Iterable[str]) -> list[str]:
    if isinstance(given, str):
        raise InvalidArgument(f"{argument} has to be a list of tags", hint=f'{argument}=["{given[:40]}"]')
    return list(dict.fromkeys(tag_name(arguments.text("a tag", each)) for each in given))
