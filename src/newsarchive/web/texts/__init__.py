"""What the interface says, a file a language; and how a language is chosen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DEFAULT = "en"
# Each by its own name, as those who look for it know it.
LANGUAGES = {"en": "English", "ar": "العربية"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a language; called with a name it gives the text, its ``{places}`` filled."""

    language: str
    by_name: Mapping[str, str]

    def __call__(self, name: str, /, **values: object) -> str:
        """A text. Raises KeyError for a name that is none, so that tests find it."""
        return self.by_name[name].format(**values) if values else self.by_name[name]

    def get(self, name: str, otherwise: str) -> str:
        """A text, or what is said without one."""
        return self.by_name.get(name, otherwise)

    @property
    def direction(self) -> str:
        """Which way the language is written, as HTML has it."""
        return "rtl" if self.language in _RIGHT_TO_LEFT else "ltr"


@cache
def texts_of(language: str) -> Texts:
    """The texts of a language that there is."""
    text = (files(__name__) / f"{language}.toml").read_text(encoding="utf-8")
    return Texts(language, tomllib.loads(text))


def choose(cookie: str | None, accepted: str) -> str:
    """The language of a reader: as chosen, else the first that the browser asks for and there is."""
    if cookie in LANGUAGES:
        return str(cookie)
    asked = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted[:400].split(","))
    return next((language for language in asked if language in LANGUAGES), DEFAULT)
