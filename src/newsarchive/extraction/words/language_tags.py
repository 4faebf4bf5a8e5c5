"""Language tags as BCP 47 writes them, cut down to language and script: "en_us" becomes "en"."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?", re.IGNORECASE
)
_NO_LANGUAGE = frozenset("und mul zxx mis xx nan".split())
# Codes that pages still write for what BCP 47 renamed.
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "jp": "ja", "cn": "zh", "kr": "ko"}
_NAMES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "spanish": "es", "russian": "ru"}


def normalize(tag: str) -> str | None:
    """Write a language tag as BCP 47 does, or give None for what is none."""
    bare = tag.strip().split(",")[0].split(".")[0].strip()
    if bare.lower() in _NAMES:
        return _NAMES[bare.lower()]
    match = _TAG.match(bare)
    if match is None or (match.end() < len(bare) and bare[match.end()] not in "-_@"):
        return None
    language = match["language"].lower()
    language = _RENAMED.get(language, language)
    if language in _NO_LANGUAGE:
        return None
    # The region is left out: templates set it at random, and it would split one language into many.
    return language + (f"-{match['script'].title()}" if match["script"] else "")
