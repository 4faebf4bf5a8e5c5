"""How texts begin: patterns for the first characters of formats, byte order marks, lines of prose."""

from __future__ import annotations

import codecs

TAG = r"<!--|<!doctype|<\?xml|</?[a-z][a-z0-9-]*[\s>/]"
# What may stand before the root of an XML document.
PROLOG = (
    r"(?:<\?[^>]{0,2000}\?>\s*|<!--(?:[^-]|-(?!->)){0,5000}-->\s*"
    r"|<!doctype[^>\[]{0,500}(?:\[[^\]]{0,5000}\]\s*)?>\s*)*"
)
HEADERS = (
    r"(?:return-path|received|delivered-to|snapshot-content-location|message-id|mime-version|dkim-signature"
    r"|x-[a-z0-9-]+|from|to|cc|subject|date|reply-to|sender|content-[a-z-]+|arc-[a-z-]+|authentication-results|status|list-[a-z-]+)"
)
# All lines of a block of headers: a story about mail that quotes one header is no mail.
MAIL = rf"(?:{HEADERS}:[^\n]*\n(?:[ \t][^\n]*\n)*){{3,}}"
JSON = r"[\[{]\s*[\[{\"\]}]"
# Files such as robots.txt and requirements.txt have no line with this many letters and spaces.
_MIN_LETTERS = 30
_MIN_SPACES = 2
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "۔", "।", '."', ".”", ".»")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(head: bytes) -> str:
    """The first characters of a text: after its byte order mark as that says, else one for each byte."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            # Four bytes a character at most: a cut inside one is ignored.
            return head[: len(head) - len(head) % 4].decode(encoding, "ignore").lstrip("\ufeff")
    return head.decode("latin-1")


def is_prose(line: str) -> bool:
    """Whether a line is a sentence, or long enough to be part of one."""
    text = line.strip()
    letters = sum(map(str.isalpha, text))
    is_sentence = text.endswith(_SENTENCE_ENDS) and text.count(" ") >= _MIN_SPACES
    return is_sentence or letters >= _MIN_LETTERS
