"""Bytes to text, once: byte order mark, valid UTF-8, declared charset, detection."""

from __future__ import annotations

import codecs
import re

from newsarchive.base.text_openings import BOMS

# What browsers decode under a label that means less than pages use it for
# (WHATWG Encoding Standard, "Names and labels").
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "windows-874": "cp874",
    "x-mac-roman": "mac_roman",
}
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(r"<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4_096
# Detection is asked of a sample: its cost grows with the length, its answer doesn't change.
_SAMPLE = 100_000
# A page with a few bytes pasted from another encoding is UTF-8 all the same: by chance, other
# encodings hold hardly a sequence that is valid UTF-8. Such a page is read as UTF-8 if it has
# this many valid sequences for each broken one: fewer are needed where it says that it is UTF-8.
_VALID_SHARE, _VALID_SHARE_DECLARED = 10, 1
# It is so too if it has this many letters, of any script, for each broken one.
_BROKEN_SHARE = 2_000
# What Python says of a text that ends within a character.
_CUT = "unexpected end of data"
_C1 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_C1_IN_UTF8 = re.compile(rb"\xc2[\x80-\x9f]")


def decode(payload: bytes, *, content_type: str | None = None) -> str:
    """Give the text of a page or file; never fails.

    Bytes that mean nothing in the chosen encoding become U+FFFD, NULs are dropped,
    and C1 control characters are read as windows-1252, which is what they were.
    """
    text = _decoded(payload, content_type)
    if b"\0" in payload:
        text = text.replace("\0", "")
    # Most pages are UTF-8 without any; a search in the bytes tells fast.
    return text.translate(_C1) if _C1_IN_UTF8.search(payload) else text


def _decoded(payload: bytes, content_type: str | None) -> str:
    for mark, encoding in BOMS:
        if payload.startswith(mark):
            return payload[len(mark) :].decode(_as_written(encoding, mark), "replace")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as exc:
        if exc.reason == _CUT:
            return payload[: exc.start].decode("utf-8")
    declared = _declared(payload, content_type)
    text = payload.decode("utf-8", _STRAY)
    if _is_nearly_all_valid(text, is_declared=any(name.startswith("utf") for name in declared[:1])):
        return text
    for encoding in declared:
        other = None if encoding.startswith("utf") else _try(payload, encoding)
        if other is not None:
            return other
    if text.count("\ufffd") * _BROKEN_SHARE <= len(text):
        return text
    return _detected(payload)


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    """What a byte alone between ASCII letters was: a quote or a dash of windows-1252; else U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, at = error.object, error.start
    alone = max(data[max(0, at - 1) : at] + data[at + 1 : at + 2], default=0) < 0x80
    if alone and 0x91 <= data[at] <= 0x97:
        return _C1[data[at]], at + 1
    return "\ufffd", error.end


_STRAY = "newsarchive.stray"
codecs.register_error(_STRAY, _read_stray)


def _is_nearly_all_valid(text: str, *, is_declared: bool) -> bool:
    """Whether hardly a character beyond ASCII is broken."""
    broken = text.count("\ufffd")
    valid = len(text) - len(text.encode("ascii", "ignore")) - broken
    return valid >= broken * (_VALID_SHARE_DECLARED if is_declared else _VALID_SHARE)


def _as_written(encoding: str, mark: bytes) -> str:
    if encoding == "utf-8":
        return encoding
    return f"{encoding}-{'le' if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else 'be'}"


def _declared(payload: bytes, content_type: str | None) -> list[str]:
    """Encodings that the HTTP header and the page's head name, in that order, as Python codecs."""
    head = payload[:_HEAD].decode("ascii", "replace")
    matches = (
        _CHARSET.search(content_type or ""),
        _CHARSET.search(head),
        _XML_ENCODING.search(head),
    )
    codec_names = (_codec(match[1]) for match in matches if match)
    return [name for name in codec_names if name is not None]


def _codec(label: str) -> str | None:
    lower = label.strip().lower()
    if lower in _WIDER:
        return _WIDER[lower]
    try:
        name = codecs.lookup(lower).name
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _try(payload: bytes, encoding: str) -> str | None:
    """Decode under a declared encoding; None where the bytes contradict it."""
    try:
        text = payload.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        # A codec such as "rot13" or "base64" is no charset, and says so by a LookupError.
        return None
    broken = text.count("\ufffd")
    return text if broken * 50 <= len(text) else None


def _detected(payload: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(payload[:_SAMPLE]).best()
    text = None if best is None else _try(payload, best.encoding)
    return payload.decode("cp1252", "replace") if text is None else text
