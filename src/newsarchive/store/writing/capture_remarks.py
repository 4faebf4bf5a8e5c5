"""Captures that show something else than their article: an error, a wall, another story. Pure.

Such a capture is kept with a remark, and the article keeps its last good text.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from newsarchive.base.scripts import count_words
from newsarchive.base.urls import is_site_root
from newsarchive.model import Article
from newsarchive.store.writing.text_overlap import share_of
from newsarchive.store.writing.trivial_edits import essence


class CaptureRemark(StrEnum):
    """Why the text of a capture is not the article's."""

    ERROR_PAGE = "error page"
    PAYWALL = "paywall"
    CONSENT_WALL = "consent wall"
    OTHER_STORY = "another story"
    FRONT_PAGE = "front page"
    # Said of what the page was not asked for: the feed itself has this text.
    FEED_TEXT = "text of a feed"


# What tells the reader of a wall or an error is short; a story about one is not.
_LONGEST_NOTICE = 250
# The share of words that two texts have in common: above the first they are versions of one story,
# below the second the page holds another one.
_EDITED = 0.3
_OTHER = 0.05
_FEWEST_WORDS = 40
# A teaser is the beginning of the text: shorter than this part of it, and nearly all of it from there.
_TEASER = 0.6
_FROM_THERE = 0.75
# Less than this part of a text, word for word its beginning, is a teaser though nothing is offered:
# extraction leaves offers out as no part of the article.
_BEGINNING = 0.5

_ERROR = (
    r"\b(?:404|410|403|500|502|503)\b|not found|no longer (?:available|exists?)|does(?:n't| not) exist"
    r"|page unavailable"
    r"|access denied|something went wrong|temporarily unavailable|nicht gefunden|existiert nicht"
    r"|introuvable"
    r"|n'existe (?:pas|plus)|no encontrad[ao]|no existe|non trovat[ao]|não encontrad[ao]|niet gevonden"
    r"|ikke fundet"
    r"|hittades inte|ikke funnet|nie znaleziono|nenalezen|не найден|не існує|не знайден|bulunamadı"
    r"|غير موجود"
    r"|找不到|不存在|見つかりません|찾을 수 없"
)
_WALL = (
    r"subscri(?:be|ption|bers?)|sign in|log ?in to|register to|already a member|unlock this"
    r"|continue reading|to keep reading"
    r"|abonn|jetzt weiterlesen|anmelden|réservé aux|connectez-vous|suscr[ií]b|suscri|inicia sesi"
    r"|abbonat|accedi"
    r"|assinante|assine|inloggen|подписк|підписк|abone|اشترك|订阅|登录|登入|購読|会員|ログイン|구독|로그인"
)
_CONSENT = (
    r"cookies?|consent|privacy|gdpr|datenschutz|einwilligung|zustimm|consentement|privacidad|consentimiento"
    r"|privacidade|toestemming|samtykke|samtycke|personvern|zgod[ay]|конфиденциальн|согласи|gizlilik"
    r"|çerez|隐私|同意|プライバシー"
)


def remark(known: Article, captured: Article) -> CaptureRemark | None:
    """What a capture shows in the place of the article that it is of; None where it shows the article."""
    if not captured.text or notice(known) is not None:
        return None
    share = share_of(captured.text, known.text)
    if share < _EDITED and (found := notice(captured)) is not None:
        return found
    if _is_teaser(known, captured, share):
        return CaptureRemark.PAYWALL
    return CaptureRemark.OTHER_STORY if _is_other_story(known, captured, share) else None


def remark_of_redirect(arrived: Article) -> CaptureRemark | None:
    """What the page of an article shows that has led elsewhere; None where that is an article's own page."""
    found = notice(arrived)
    if found is None and (arrived.url is None or is_site_root(arrived.url)):
        return CaptureRemark.FRONT_PAGE
    return found


def notice(article: Article) -> CaptureRemark | None:
    """Whether a page is an error or a wall by its own words."""
    words = count_words(article.text)
    if words > _LONGEST_NOTICE:
        return None
    text = f"{article.headline or ''}\n{article.text}".lower()
    if len(_pattern(_CONSENT).findall(text)) >= max(3, words // 40):
        return CaptureRemark.CONSENT_WALL
    if words < _LONGEST_NOTICE // 2 and _pattern(_ERROR).search(text):
        return CaptureRemark.ERROR_PAGE
    if words < _LONGEST_NOTICE // 2 and len(_pattern(_WALL).findall(text)) >= 2:
        return CaptureRemark.PAYWALL
    return None


def _is_teaser(known: Article, captured: Article, share: float) -> bool:
    """Whether the beginning of the text is left, and the rest is for subscribers."""
    if count_words(captured.text) >= _TEASER * count_words(known.text):
        return False
    if _is_beginning(known, captured):
        return True
    is_walled = captured.is_accessible_for_free is False and known.is_accessible_for_free is not False
    *_, last = captured.text.splitlines()
    ends_in_wall = _pattern(_WALL).search("\n".join(captured.text.splitlines()[-3:]).lower()) is not None
    # The words of the wall itself are none of the article's.
    enough = _FROM_THERE / 2 if ends_in_wall else _FROM_THERE
    return (is_walled or ends_in_wall or last.endswith(("…", "..."))) and share >= enough


def _is_beginning(known: Article, captured: Article) -> bool:
    words = count_words(known.text)
    if words < _FEWEST_WORDS or count_words(captured.text) >= _BEGINNING * words:
        return False
    return essence(None, known.text).startswith(essence(None, captured.text).rstrip())


def _is_other_story(known: Article, captured: Article, share: float) -> bool:
    if min(count_words(known.text), count_words(captured.text)) < _FEWEST_WORDS or share >= _OTHER:
        return False
    return not _words(known.headline) & _words(captured.headline)


def _words(headline: str | None) -> set[str]:
    """The longer words of a headline; an edited one keeps one of them."""
    return {
        word for word in re.findall(r"\w+", (headline or "").lower()) if len(word) > 3 or not word.isascii()
    }


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)
