"""What the place of a visible date says of it: words beside it, boxes around it, where the headline is."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from lxml.etree import _Element

from newsarchive.extraction.page.element_text import line_of


class Trait(StrEnum):
    """What can be said of the place of a visible date."""

    MACHINE = "stated in an attribute for machines"
    TIME_TAG = "in a time element"
    MARKED = "in an element whose class or id speaks of dates"
    MARKED_PUBLISHED = "in an element whose class or id speaks of publication"
    LABELLED = "behind a word for publication"
    MODIFIED = "behind a word for modification"
    ALONE = "hardly anything beside it"
    PROSE = "in the middle of prose"
    TIMED = "with a time of day"
    VAGUE = "a month or a year alone"
    RANGE = "one end of a range of days"
    NEAR_BELOW = "within 150 characters below the headline"
    BELOW = "within 600 characters below the headline"
    FAR_BELOW = "farther below the headline"
    NEAR_ABOVE = "within 150 characters above the headline"
    FAR_ABOVE = "farther above the headline"
    ASIDE = "in a footer, a menu, a sidebar, or among related stories"
    COMMENT = "among comments"
    IN_LINK = "in the link to another page"
    REPEATED = "one of three or more different days in boxes of one kind"
    TITLE = "in the page's title or description"
    SCRIPT = "stated in a script"
    SCRIPT_OTHERS = "stated in a script that states other days as well"


_MARK = re.compile(
    r"(?:^|[\s_-])(?:date|datum|fecha|data|pubdate|publish\w{0,5}|published|posted|time|timestamp|dateline|"
    r"byline|meta|datetime|created|info)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PUBLISHED_MARK = re.compile(r"publi|(?:entry|post|article|pub)[_-]?date|posted|created|first", re.IGNORECASE)
_ASIDE_TAGS = frozenset(("footer", "nav", "aside", "form", "menu"))
_ASIDE_MARK = re.compile(
    r"foot|nav|aside|sidebar|related|recommend|teaser|widget|popular|latest|recent|trending|most-|newsletter|"
    r"calendar|event|archive|promo|carousel|slider|swiper|ticker|copyright|menu|more-|readmore|next|similar|"
    r"listing|card|grid|feed|breaking|banner|cookie",
    re.IGNORECASE,
)
_COMMENT_MARK = re.compile(r"comment|kommentar|comentario|disqus|reply|respond|review", re.IGNORECASE)
_MODIFIED_WORD = re.compile(
    r"updat|modif|aktualis|geänder|mis à jour|màj|actualiz|atualiz|aggiorn|bijgewerkt|uppdater|oppdater|"
    r"opdater|обновл|оновлен|更新|수정|تحديث|अपडेट|güncelle|edited|revised|reviewed|päivitetty|zaktualiz|"
    r"frissít|ενημέρ|last change|stand:|zuletzt",
    re.IGNORECASE,
)
_PUBLISHED_WORD = re.compile(
    r"publi|posted|veröffentlicht|erschienen|gepubliceerd|опублик|opublik|نشر|प्रकाशित|发布|發布|公開|입력|등록|"
    r"pubbl|julkaistu|geplaatst|erstellt|vom\b|created|written|released|date:|datum:|fecha:|δημοσ",
    re.IGNORECASE,
)
# The day on which somebody printed, cited or opened the page is not the article's, nor is a
# copyright's, which says when the site was last cared for.
_OTHER_WORD = re.compile(
    r"\bprinted\b|gedruckt|imprim[ée]|impreso|stampato|today is|heute ist|©|\(c\)|copyright|retrieved|"
    r"accessed|abgerufen|consulté",
    re.IGNORECASE,
)
# The day on which a poster's account was made, a person was born, an offer ends, a program came out.
_OTHERS_DAY = re.compile(
    r"\b(?:registered|joined|member since|registriert|anmeldedatum|mitglied seit|angemeldet seit|dabei seit|"
    r"inscrit|inscription|membre depuis|registrado|miembro desde|iscritto|lid sinds|medlem siden|"
    r"zarejestrowany|dołączył|born|geboren|geb|founded|gegründet|deadline|valid until|gültig bis|expires|"
    r"last visit|letzter besuch|version|wordpress|drupal|joomla|typo3)\b|"
    r"зарегистрирован|регистрация|注册|注冊|登録日|가입일",
    re.IGNORECASE,
)
_AFTER_MODIFIED = re.compile(r"^\W{0,3}(?:last ?updat|updat|更新|modified|aktualisiert)", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\d\s?(?:[-–—]|bis|to|au|al)\s?$")
_RANGE_AFTER = re.compile(r"\s?(?:[-–—]|bis|to|until|au|al)\s?\d{1,2}[\s.]")
_ALONE, _PROSE, _DATELINE = 25, 40, 2
_NEAR, BELOW = 150, 600
_MAX_MARKS = 200
_MAX_DEPTH = 40
# A link that is a date and little more is the article's own address.
_LONG_LINK = 60


def is_other_day(text: str) -> bool:
    """Whether a text says that its date is of a print, a citation or a copyright."""
    return _OTHER_WORD.search(text) is not None


def is_of_something_else(label: str) -> bool:
    """Whether the words before a date say that it is of an account, a birth, a deadline or a version."""
    return _OTHERS_DAY.search(label) is not None


def of_words_behind(text: str) -> frozenset[Trait]:
    """What the words right after a date call it."""
    return frozenset((Trait.MODIFIED,)) if _AFTER_MODIFIED.match(text) else frozenset()


def of_label(label: str) -> frozenset[Trait]:
    """What the words before a date call it."""
    if _PUBLISHED_WORD.search(label):
        return frozenset((Trait.LABELLED,))
    return frozenset((Trait.MODIFIED,)) if _MODIFIED_WORD.search(label) else frozenset()


def of_line(text: str, start: int, end: int) -> frozenset[Trait]:
    """What the rest of its line says of a date at start:end."""
    traits = set()
    beside = len(text) - (end - start)
    if _RANGE_BEFORE.search(text, max(0, start - 6), start) or _RANGE_AFTER.match(text, end):
        traits.add(Trait.RANGE)
    if beside <= _ALONE:
        traits.add(Trait.ALONE)
    elif beside > _PROSE and start > _DATELINE:
        traits.add(Trait.PROSE)
    return frozenset(traits)


def of_position(position: int, headline: int | None) -> frozenset[Trait]:
    """How far a text stands from the headline's end, both counted in the page's characters."""
    if headline is None:
        return frozenset()
    below = position - headline
    if below < 0:
        return frozenset((Trait.NEAR_ABOVE if below > -_NEAR else Trait.FAR_ABOVE,))
    return frozenset(
        (Trait.NEAR_BELOW if below < _NEAR else Trait.BELOW if below < BELOW else Trait.FAR_BELOW,)
    )


def of_boxes(element: _Element) -> frozenset[Trait]:
    """What the elements around a date say of it by their names, classes and ids."""
    traits: set[Trait] = set()
    node: _Element | None = element
    for depth in range(_MAX_DEPTH):
        if node is None or node.tag in ("body", "html"):
            break
        if node.tag in _ASIDE_TAGS:
            traits.add(Trait.ASIDE)
        elif node.tag == "a" and Trait.IN_LINK not in traits and line_of(node, limit=_LONG_LINK) is None:
            traits.add(Trait.IN_LINK)
        marks = marks_of(node)
        if marks:
            traits |= _of_marks(marks, near=depth < 2)
        node = node.getparent()
    return frozenset(traits)


def marks_of(element: _Element) -> str:
    """The words by which an element's template names it."""
    named = [value for name in ("class", "id", "itemprop") if (value := element.get(name))]
    return " ".join(named)[:_MAX_MARKS]


@lru_cache(maxsize=20_000)
def _of_marks(marks: str, *, near: bool) -> frozenset[Trait]:
    patterns = {Trait.ASIDE: _ASIDE_MARK, Trait.COMMENT: _COMMENT_MARK}
    if near:
        patterns |= {
            Trait.MARKED: _MARK,
            Trait.MARKED_PUBLISHED: _PUBLISHED_MARK,
            Trait.MODIFIED: _MODIFIED_WORD,
        }
    return frozenset(trait for trait, pattern in patterns.items() if pattern.search(marks))
