"""What was edited lately, by how much, and whether the text says so: a report of silent edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from newsarchive.answers.holdings import Holdings
from newsarchive.answers.versions.article_diff import ArticleDiff, diff_revisions, states
from newsarchive.base.dates import DateInterval
from newsarchive.model import Article
from newsarchive.store.reading.revisions import Revision

# How news says that it was edited, in the languages of news; looked for in what an edit brought in.
_ANNOUNCED = (
    r"\b(?:updated?|correct(?:ion|ed|s)|clarif(?:ication|ied|ies)|editor['’]s note|amended"
    r"|an earlier version"
    r"|previous version|this (?:article|story) has been|retract(?:ion|ed)|erratum"
    r"|aktualisiert|korrektur|korrigiert|richtigstellung|in einer früheren (?:version|fassung)"
    r"|anmerkung der redaktion"
    r"|mis à jour|mise à jour|correction|rectificatif|précision|une version précédente|note de la rédaction"
    r"|actualizad[ao]|corrección|rectificación|fe de errores|una versión anterior|nota de la redacción"
    r"|aggiornat[ao]|aggiornamento|correzione|rettifica|una versione precedente|atualizad[ao]|correção"
    r"|errata"
    r"|bijgewerkt|correctie|rectificatie|eerdere versie|opdateret|rettelse|uppdaterad|rättelse"
    r"|oppdatert|päivitetty"
    r"|oikaisu|zaktualizowan[oy]|sprostowanie|aktualizováno|oprava|frissítve|helyesbítés|actualizat"
    r"|güncellendi"
    r"|düzeltme|обновлено|исправлен\w*|уточнен\w*|оновлено|виправлен\w*)\b"
    r"|ενημερώθηκε|διόρθωση|تحديث|تصحيح|עודכן|תיקון|अपडेट|सुधार|更新|更正|訂正|修正|업데이트|정정|수정|อัปเดต|แก้ไข"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of an article: what changed from the state before.

    ``is_announced``: what the edit brought in says that something was updated or corrected.
    ``moves_date``: the page's own date of modification is another one than before.
    """

    article: Article
    diff: ArticleDiff
    is_announced: bool
    moves_date: bool

    @property
    def is_silent(self) -> bool:
        """Whether the new text says nothing of having been edited."""
        return not self.is_announced

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        article, diff = self.article, self.diff
        return {
            "id": article.id,
            "headline": article.headline,
            "publisher": article.publisher,
            "url": article.url,
            "revision": diff.after,
            "captured_at": diff.after_at.isoformat(),
            "captured_before_at": diff.before_at.isoformat(),
            "silent": self.is_silent,
            "moves_date": self.moves_date,
            "words_added": diff.words_added,
            "words_removed": diff.words_removed,
            "fields": [field.field for field in diff.fields],
        }


def find_edits(days: DateInterval, holdings: Holdings) -> Iterator[Edit]:
    """The edits that were captured on these days (UTC), article by article, the newest captures first."""
    for article_id in holdings.reader.revisions.edited(days):
        article = holdings.reader.articles.article(article_id)
        history = states(holdings.reader.revisions.revisions(article_id))
        for before, after in reversed(list(pairwise(history))):
            if _is_within(after, days):
                yield _edit(article, before, after)


def _edit(article: Article, before: Revision, after: Revision) -> Edit:
    diff = diff_revisions(article.id or 0, before, after)
    old, new = _announcements(before), _announcements(after)
    return Edit(
        article,
        diff,
        is_announced=new > old,
        moves_date=any(field.field == "date_modified" for field in diff.fields),
    )


def _announcements(state: Revision) -> int:
    return len(_pattern().findall(f"{state.headline or ''}\n{state.description or ''}\n{state.text}".lower()))


def _is_within(revision: Revision, days: DateInterval) -> bool:
    day = revision.captured_at.date()
    return (days.earliest is None or day >= days.earliest) and (days.latest is None or day <= days.latest)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_ANNOUNCED)
