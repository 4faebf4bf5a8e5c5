"""The folders that browsers save beside a page, with its images, styles and frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from newsarchive.formats import PageFormat

# Source: the names that Windows and browsers give such a folder, by language of the system.
_WORDS = (
    "archivos|arquivos|bestanden|bylos|dateien|datoteke|dosyalar|elemei|failid|fails|fajlovi|ficheiros|fichiers"
    "|filer|files?|fitxers|fitxategiak|pliki|soubory|tiedostot|ファイル|文件|파일|файлы"
)
_COMPANION = re.compile(rf"(?P<page>.+)[-_. ](?:{_WORDS})", re.IGNORECASE)


def without_companions(names: Iterable[str]) -> list[str]:
    """Names in a folder without the folders that belong to a page beside them."""
    found = list(names)
    pages = {
        PurePath(name).stem.casefold()
        for name in found
        if PurePath(name).suffix.lower() in PageFormat.HTML.traits.suffixes
    }
    return [name for name in found if not _belongs(name, pages)]


def _belongs(name: str, pages: set[str]) -> bool:
    match = _COMPANION.fullmatch(name)
    return match is not None and match["page"].casefold() in pages
