"""Text to search terms: one analysis for documents, queries and snippets, in every script.

A *word* is a run of letters, digits and combining marks. What a reader types
and what a page prints must meet, so each word is folded: compatibility forms,
case, diacritics of Latin, Greek, Cyrillic, Arabic and Hebrew; vowel signs of
other scripts are letters in all but name and stay. What is done for each
language is in docs/reference/languages.md; the rules, by example:

=====================  ==========================================================
don't, l'homme         split at the apostrophe: ``don t``, ``l homme``, so that
                       ``homme`` and ``china`` find "l'homme" and "China's"
COVID-19, 10,000       split, at consecutive positions: as query words they are
                       phrases, and "10,000" equals "10.000" and "10 000"
U.S., e.g.             initials are joined: ``us``, ``eg``
J. R. R. Marlow        capitals with dots are joined over spaces too, and part from a name that
                       follows: ``jrr marlow``, as J.R.R.Marlow and JRR Marlow are
Saʿūd                  half rings and other modifier letters are apostrophes: ``sa ud``
5 ㎞, ℃                 units that Unicode has as one sign are spelled out: ``5 km``, ``c``
Zürich, Ørsted, ёлка   ``zurich``, ``orsted``, ``елка``; but й, ї, ў, ѓ and ќ are letters
                       of their alphabets, which nobody writes without their mark
أسامة، ירושלים         letters that typists use for each other, and final forms, are one
हिन्दी, ज़मीन             ``हिंदी``, ``जमीन``: nasals before their consonant are a dot, other
                       dots below go
發売, 한국은, ข่าว       overlapping pairs, and the last character of the run alone:
                       every character starts a term, and a phrase of pairs
                       matches exactly its run
iPhone15発売            split where the writing system changes
=====================  ==========================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from newsarchive.base.frozen import frozen
from newsarchive.base.scripts import PAIRED

# To be raised with every change that gives some text other terms or stems: an
# index of another version is rebuilt, for its terms would not meet the query's.
ANALYZER_VERSION = 4

# Combining marks, which ``\w`` leaves out (general category M of Unicode 14; gaps
# that hold nothing but letters and unassigned characters are bridged).
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07f3\u07fd\u0816-\u082d"
    "\u0859-\u085b\u0898-\u08e1\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a75\u0a81-\u0ae3\u0afa-\u0b63"
    "\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83\u0cbc-\u0d4d\u0d57-\u0d63\u0d81-\u0df3\u0e31-\u0e3a"
    "\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc\u0fc6"
    "\u102b-\u103e\u1056-\u109d\u135d-\u135f\u1712-\u1734\u1752-\u17d3\u17dd\u180b-\u180d"
    "\u180f-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1ab0-\u1b44\u1b6b-\u1b73\u1b80-\u1bf3\u1c24-\u1c37"
    "\u1cd0-\u1cd2\u1cd4-\u1dff\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099-\u309a"
    "\ua66f-\ua672\ua674-\ua67d\ua69e-\ua6f1\ua802-\ua827\ua82c\ua880-\ua8c5\ua8e0-\ua8f1"
    "\ua8ff-\ua92d\ua947-\ua953\ua980-\ua9c0\ua9e5-\uaa4d\uaa7b-\uaac1\uaaeb-\uaaef\uaaf5-\uaaf6"
    "\uabe3-\uabea\uabec-\uabed\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\U000101fd-\U0001037a"
    "\U00010a01-\U00010a3f\U00010ae5-\U00010ae6\U00010d24-\U00010eac\U00010f46-\U00010f50"
    "\U00010f82-\U00010f85\U00011000-\U00011046\U00011070-\U000110ba\U000110c2\U00011100-\U00011134"
    "\U00011145-\U00011173\U00011180-\U000111c0\U000111c9-\U000111cc\U000111ce-\U000111cf"
    "\U0001122c-\U00011237\U0001123e\U000112df-\U00011446\U0001145e-\U000114c3\U000115af-\U000115c0"
    "\U000115dc-\U00011640\U000116ab-\U000116b7\U0001171d-\U0001172b\U0001182c-\U0001183a"
    "\U00011930-\U00011943\U000119d1-\U000119e0\U000119e4-\U00011a3e\U00011a47-\U00011a99"
    "\U00011c2f-\U00011c3f\U00011c92-\U00011ef6\U00016af0-\U00016af4\U00016b30-\U00016b36"
    "\U00016f4f-\U00016f92\U00016fe4-\U00016ff1\U0001bc9d-\U0001bc9e\U0001cf00-\U0001cf46"
    "\U0001d165-\U0001d169\U0001d16d-\U0001d172\U0001d17b-\U0001d182\U0001d185-\U0001d18b"
    "\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244\U0001da00-\U0001da36\U0001da3b-\U0001da6c\U0001da75"
    "\U0001da84\U0001da9b-\U0001e136\U0001e2ae-\U0001e2ef\U0001e8d0-\U0001e94a\U000e0100-\U000e01ef"
)
# Invisible inside a word: joiners (Persian, Indic), soft hyphen, word joiner.
_INVISIBLE = "\u00ad\u200c\u200d\u2060"

# Signs that are no letters and stand for a word: km in one character, the degrees Celsius, a number sign.
_UNITS = "\u2103\u2109\u2116\u2121\u3300-\u33ff"
# What joins the letters of initials.
_JOINTS = str.maketrans("", "", ". \u00a0\u2009\u202f")

# Initials: single letters joined by dots. The look-behind lets only the first one
# start a match and the possessive repeat never gives back, so the scan is linear.
_INITIALS = f"(?<![\\w.{_MARKS}])[^\\W\\d_][{_MARKS}]*+(?:\\.[^\\W\\d_][{_MARKS}]*+)++(?!\\w)"
# Initials of names in capitals: with a space between all of them (J. R. R. Marlow), or right before the
# name (J.R.R.Marlow). Not over a line, and no mixture: "in the U.S. J. Smith said".
_CAPITAL = "[A-ZÀ-ÖØ-ÞΑ-ΡΣ-ΫԱ-ՖЀ-Я]"
_BLANK = "[ \u00a0\u2009\u202f]"
_BEFORE_A_NAME = f"(?:{_CAPITAL}\\.){{1,6}}(?={_CAPITAL}[^\\W\\d_])"
_NAME_INITIALS = f"(?<![\\w.]){_CAPITAL}\\.(?:{_BEFORE_A_NAME}|(?:{_BLANK}{_CAPITAL}\\.){{1,6}})"
_ASCII_NAME_INITIALS = re.compile(
    r"\.(?<=[A-Z]\.)(?<![\w.][A-Z]\.)(?:(?:[A-Z]\.){1,6}(?=[A-Z][A-Za-z])|(?: [A-Z]\.){1,6})", re.ASCII
)
# The same in ASCII from its first dot on, which the scan finds twenty times as fast as single letters.
_ASCII_INITIALS = re.compile(r"\.(?<=[A-Za-z]\.)(?<![\w.][A-Za-z]\.)[A-Za-z](?:\.[A-Za-z])*+(?!\w)", re.ASCII)
# What ``_patterns`` are in ASCII: these compile in no time, and those take 9 ms.
_ASCII_WORD = re.compile(
    r"(?<![\w.])[A-Z]\.(?:(?:[A-Z]\.){1,6}(?=[A-Z][A-Za-z])|(?: [A-Z]\.){1,6})"
    r"|(?<![\w.])[^\W\d_](?:\.[^\W\d_])++(?!\w)|\w+",
    re.ASCII,
)
_ASCII_PIECE = re.compile(r"[^\W_]+", re.ASCII)
_ASCII_FOLD = bytes(ord(chr(c).lower()) if c < 128 and chr(c).isalnum() else 32 for c in range(256))

# Nonspacing marks that folding drops: general, Hebrew, Arabic, variation selectors.
_DROPPED = re.compile(
    f"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    f"\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f{_INVISIBLE}\u0640]+"
)
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۃ": "ه",
        "ँ": "ं", "़": "",
        # Apostrophes, half rings and other modifier letters: a word splits there as at any apostrophe.
        **dict.fromkeys("ʹʺʻʼʽʾʿˀˁˈˊˋˌˮՙꞋꞌ", "'"), "ː": "", "ˑ": "",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    }
)  # fmt: skip
_KEPT = (
    ("\u0438\u0306", "\u0439"),
    ("\u0456\u0308", "\u0457"),
    ("\u0443\u0306", "\u045e"),
    ("\u0433\u0301", "\u0453"),
    ("\u043a\u0301", "\u045c"),
)
# Thai and Lao am is a sign above and a letter after; typists put the sign before a tone mark or after it.
_AM_BEFORE_TONE = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])")
# A Devanagari nasal before a consonant of its own class is written with a dot as well.
_HALF_NASAL = re.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")

_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ＇]s(?=\W*\Z)", re.IGNORECASE)

_MAX_CACHED_WORDS = 100_000
# A longer "word" is no word (base64, a hash): it would bloat the dictionary of the index.
MAX_TERM = 64


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The word in running text, and the pieces of a folded word; compiled when first met."""
    word = re.compile(f"{_NAME_INITIALS}|{_INITIALS}|[\\w{_MARKS}{_INVISIBLE}]+|[{_UNITS}]")
    piece = re.compile(f"[{PAIRED}]+|(?:(?![{PAIRED}_])[\\w{_MARKS}])+")
    return word, piece


@lru_cache(maxsize=1)
def _wildcards() -> re.Pattern[str]:
    """A word in which ``*`` and ``?`` stand for letters."""
    return re.compile(f"(?:(?!_)[\\w{_MARKS}{_INVISIBLE}*?])+")


@frozen
class QueryTerms:
    """Terms at consecutive positions; where ``is_open``, the last one is how a term begins."""

    terms: tuple[str, ...]
    is_open: bool

    def opened(self) -> QueryTerms:
        """The same as the beginning of something; a pair is that already."""
        if not self.terms or is_paired(self.terms[-1]):
            return self
        return QueryTerms(self.terms, is_open=True)


class Analyzer:
    """Splits text into folded terms and remembers the words it has met.

    Threads may share it: whatever one of them forgets, another only folds again.
    """

    def __init__(self) -> None:
        self._folded: dict[str, tuple[str, ...]] = {}

    def tokens(self, text: str) -> list[str]:
        """The terms of a text, one a position."""
        if text.isascii():
            joined = _ASCII_INITIALS.sub(_joined, _ASCII_NAME_INITIALS.sub(_parted, text))
            terms = joined.encode().translate(_ASCII_FOLD).decode().split()
            if max(map(len, terms), default=0) <= MAX_TERM:
                return terms
            return [term[:MAX_TERM] for term in terms]
        found = _patterns()[0].findall(text)
        return [term for word in found for term in self.fold(word)]

    def spans(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The terms of ``tokens`` with the characters of the text that each comes from."""
        words = _ASCII_WORD if text.isascii() else _patterns()[0]
        for match in words.finditer(text):
            terms = self.fold(match[0])
            if len(terms) == 1:
                yield terms[0], match.start(), match.end()
            else:
                yield from _spread(terms, match[0], match.start())

    def query_terms(self, text: str) -> QueryTerms:
        """The terms of what a user typed, as they stand at consecutive positions in a text."""
        return _query_terms(self.tokens(text))

    def word_terms(self, text: str) -> QueryTerms:
        """The same for a word that is wanted in any form, of which an English possessive is one."""
        return self.query_terms(_POSSESSIVE.sub("", text))

    def patterns(self, text: str) -> tuple[str, ...]:
        """The folded patterns of a word with ``*`` and ``?`` in it, one a term at consecutive positions."""
        runs = (fold(run) for run in _wildcards().findall(text))
        return tuple(pattern for run in runs for pattern in _wildcards().findall(run))

    def fold(self, word: str) -> tuple[str, ...]:
        """The terms of one word of running text."""
        terms = self._folded.get(word)
        if terms is None:
            if len(self._folded) >= _MAX_CACHED_WORDS:
                self._folded.clear()
            terms = tuple(_terms(word))
            if len(word) <= MAX_TERM:
                self._folded[word] = terms
        return terms


@lru_cache(maxsize=1)
def shared_analyzer() -> Analyzer:
    """The analyzer of this process: engines, snippets and questions remember the same words."""
    return Analyzer()


def fold(text: str) -> str:
    """A text without differences of case, compatibility form and diacritics."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFD", folded)
    for decomposed, letter in _KEPT:
        folded = folded.replace(decomposed, letter)
    folded = unicodedata.normalize("NFC", _DROPPED.sub("", folded)).translate(_LETTERS)
    if "\u0e4d" in folded or "\u0ecd" in folded:
        folded = _AM_BEFORE_TONE.sub(r"\2\1", folded)
    if "\u094d" in folded:
        folded = _HALF_NASAL.sub("ं", folded)
    return "".join(_digit(character) for character in folded)


def is_paired(term: str) -> bool:
    """Whether a term is of a script that is searched by pairs of characters."""
    return not term.isascii() and _paired().match(term) is not None


@lru_cache(maxsize=1)
def _paired() -> re.Pattern[str]:
    return re.compile(f"[{PAIRED}]")


def _pieces(folded: str) -> Iterator[tuple[str, int, int]]:
    """The terms of a folded word, with where they start and end in it."""
    if folded.isascii():
        for match in _ASCII_PIECE.finditer(folded):
            yield match[0][:MAX_TERM], match.start(), match.end()
        return
    for match in _patterns()[1].finditer(folded):
        if _paired().match(match[0]):
            for at in range(match.start(), match.end()):
                end = min(at + 2, match.end())
                yield folded[at:end], at, end
        else:
            yield match[0][:MAX_TERM], match.start(), match.end()


def _terms(word: str) -> Iterator[str]:
    return (term for term, _, _ in _pieces(fold(word.translate(_JOINTS))))


def _spread(terms: tuple[str, ...], word: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The terms of one word with their characters; all of them where folding joined letters."""
    folded = fold(word.translate(_JOINTS))
    places = [(at, at + 1) for at in range(len(word))]
    if len(folded) != len(word):
        letters = list(_letters(word))
        if "".join(letter for letter, _, _ in letters) != folded:
            yield from ((term, start, start + len(word)) for term in terms)
            return
        places = [(first, last) for _, first, last in letters]
    for term, first, last in _pieces(folded):
        yield term, start + places[first][0], start + places[last - 1][1]


def _letters(word: str) -> Iterator[tuple[str, int, int]]:
    """Each folded character of a word with the characters of the word that it comes from."""
    for cluster in _clusters().finditer(word):
        for letter in fold(cluster[0].translate(_JOINTS)):
            yield letter, cluster.start(), cluster.end()


@lru_cache(maxsize=1)
def _clusters() -> re.Pattern[str]:
    """A character with its marks, as Unicode, halfwidth kana and decomposed Hangul write them."""
    return re.compile(f".[{_MARKS}{_INVISIBLE}\uff9e\uff9f\u1160-\u11ff.]*", re.DOTALL)


def _query_terms(terms: list[str]) -> QueryTerms:
    """Terms as they may stand within a longer run of paired script.

    A text has the last character of each run alone; a query's run need not end there.
    """
    if not terms or len(terms[-1]) > 1 or not is_paired(terms[-1]):
        return QueryTerms(tuple(terms), is_open=False)
    *before, last = terms
    ends_a_pair = bool(before) and len(before[-1]) == 2 and is_paired(before[-1]) and before[-1][1] == last
    return QueryTerms(tuple(before), is_open=False) if ends_a_pair else QueryTerms(tuple(terms), is_open=True)


def _digit(character: str) -> str:
    """A decimal digit of any script as ASCII; every other character as it is."""
    if character.isascii():
        return character
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _joined(match: re.Match[str]) -> str:
    return match[0].translate(_JOINTS)


def _parted(match: re.Match[str]) -> str:
    """Initials joined, and parted from the name that may follow right after them."""
    return f"{match[0].translate(_JOINTS)} "
