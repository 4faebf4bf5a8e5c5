"""People's names in their parts, by the custom of the language; all that is nobody's name stays whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsarchive.export.clean_text import one_line
from newsarchive.export.references import name_customs as customs

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff々]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]")
_DOTS = re.compile(r"[·・‧•=＝]")
_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]+-[A-Za-z][a-z]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts. ``literal`` is a name that has none: an agency's, or one that is cited whole."""

    family: str = ""
    given: str = ""
    particle: str = ""
    dropped_particle: str = ""
    suffix: str = ""
    literal: str = ""

    def to_csl(self) -> dict[str, str]:
        """The name as CSL-JSON has it."""
        parts = {
            "family": self.family,
            "given": self.given,
            "non-dropping-particle": self.particle,
            "dropping-particle": self.dropped_particle,
            "suffix": self.suffix,
            "literal": self.literal,
        }
        return {name: part for name, part in parts.items() if part}

    def inverted(self) -> str:
        """Family name first, as catalogues have it."""
        if self.literal:
            return self.literal
        family = " ".join(filter(None, (self.particle, self.family)))
        given = " ".join(filter(None, (self.given, self.dropped_particle)))
        return ", ".join(filter(None, (family, given, self.suffix)))


def split_name(name: str, language: str | None = None) -> PersonName:
    """The parts of a name; ``language`` is the BCP 47 tag of the article that names its author."""
    text = one_line(name)
    primary = (language or "").split("-")[0].lower()
    if not text or _is_body(text):
        return PersonName(literal=text)
    if _EAST_ASIAN.search(text):
        return _east_asian(text, primary)
    if "," in text:
        return _inverted(text)
    words = text.split()
    if len(words) == 1 or primary in customs.WHOLE_LANGUAGES:
        return PersonName(literal=text)
    words, suffix = _without_suffix(words)
    if len(words) == 1:
        return PersonName(literal=text)
    return _in_order(words, primary, suffix)


def _is_body(text: str) -> bool:
    words = [word.strip(".,()/").casefold() for word in text.split()]
    if text.casefold().replace(" ", "") in customs.BODIES or text.endswith(customs.BODY_ENDINGS):
        return True
    return not customs.BODY_WORDS.isdisjoint(words) or any(letter in text for letter in "@/|&0123456789")


def _east_asian(text: str, language: str) -> PersonName:
    parts = [part for part in _DOTS.split(text) if part]
    if len(parts) > 1:
        # Names from elsewhere in Chinese or Japanese letters keep their order.
        return PersonName(family=parts[-1].strip(), given=text[: text.rindex(parts[-1])].rstrip("·・‧•=＝ "))
    words = text.split()
    if len(words) == 2:
        return PersonName(family=words[0], given=words[1])
    if len(words) == 1 and _HANGUL.fullmatch(text):
        return _cut(text, 2 if text[:2] in customs.KOREAN_TWO_SYLLABLE_FAMILIES else 1, longest=5)
    if len(words) == 1 and _HAN.fullmatch(text):
        return _han(text, language)
    return PersonName(literal=text)


def _han(text: str, language: str) -> PersonName:
    if language == "ja":
        # Two and two is the rule in Japan; any other number may be parted in two ways.
        return _cut(text, 2, longest=4) if len(text) == 4 else PersonName(literal=text)
    if language not in ("zh", "yue", "ko", ""):
        return PersonName(literal=text)
    return _cut(text, 2 if text[:2] in customs.CHINESE_TWO_CHARACTER_FAMILIES else 1, longest=4)


def _cut(text: str, family: int, *, longest: int) -> PersonName:
    if not family < len(text) <= longest:
        return PersonName(literal=text)
    return PersonName(family=text[:family], given=text[family:])


def _inverted(text: str) -> PersonName:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and parts[1].casefold() in customs.SUFFIXES:
        whole = split_name(parts[0])
        return PersonName(whole.family, whole.given, whole.particle, whole.dropped_particle, suffix=parts[1])
    if len(parts) == 2 and all(parts):
        return PersonName(family=parts[0], given=parts[1])
    return PersonName(literal=text)


def _without_suffix(words: Sequence[str]) -> tuple[list[str], str]:
    if len(words) > 2 and words[-1].casefold() in customs.SUFFIXES:
        return list(words[:-1]), words[-1]
    return list(words), ""


def _in_order(words: list[str], language: str, suffix: str) -> PersonName:
    if _is_family_first(words, language):
        return PersonName(family=words[0], given=" ".join(words[1:]), suffix=suffix)
    start = _family_start(words, language)
    particles = start
    while particles < len(words) - 1 and _is_particle(words[particles]):
        particles += 1
    particle, family = " ".join(words[start:particles]), " ".join(words[particles:])
    given = " ".join(words[:start])
    if words[start].casefold() in customs.DROPPED_PARTICLES.get(language, ()):
        return PersonName(family, given, dropped_particle=particle, suffix=suffix)
    return PersonName(family, given, particle, suffix=suffix)


def _is_family_first(words: Sequence[str], language: str) -> bool:
    first, last = words[0].casefold(), words[-1].casefold()
    if language == "hu":
        return last in customs.HUNGARIAN_GIVEN or first not in customs.HUNGARIAN_GIVEN
    if language == "vi":
        return first in customs.VIETNAMESE_FAMILIES
    if language in ("ru", "uk", "be", "bg"):
        return len(words) == 3 and last.endswith(customs.SLAVIC_PATRONYMIC_ENDINGS)
    is_korean = first in customs.KOREAN_ROMAN_FAMILIES and len(words) == 2
    return is_korean and bool(_KOREAN_GIVEN.fullmatch(words[1]))


def _family_start(words: Sequence[str], language: str) -> int:
    """Where the family name begins, its particles included."""
    start = len(words) - 1
    if language in ("es", "ca", "gl") and len(words) > 2:
        start = _spanish_start(words)
    elif language == "pt" and len(words) > 2 and words[-1].casefold() in customs.PORTUGUESE_SUFFIXES:
        start -= 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    return start


def _spanish_start(words: Sequence[str]) -> int:
    """Two family names, father's and mother's, unless the second word is another given name."""
    start = len(words) - 1
    if _is_particle(words[start - 1]):
        return start
    if len(words) == 3 and words[1].casefold() in customs.SPANISH_SECOND_GIVEN:
        return start
    return max(1, start - 1)


def _is_particle(word: str) -> bool:
    return word in customs.PARTICLES or word.startswith(("al-", "el-", "d'", "d’"))
