"""Reading XML from strangers: no entities, no network, no names from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsarchive.errors import AcquireError


def parsed_xml(payload: bytes, name: str) -> Any:
    """The root of a document, as far as it can be read. Raises AcquireError where there is none."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(payload.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise AcquireError(f"{name} is damaged: {exc}", hint="get a fresh copy") from exc
    if root is None:
        raise AcquireError(f"{name} is no XML that can be read", hint="get a fresh copy")
    return root


def named(element: Any, name: str) -> Iterator[Any]:
    """The descendants of a name, whatever their namespace."""
    return (one for one in element.iter() if local_name(one) == name)


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def texts(element: Any, name: str) -> list[str]:
    """The texts of the descendants of a name."""
    found = (" ".join("".join(one.itertext()).split()) for one in named(element, name))
    return [text for text in found if text]


def first(element: Any, name: str) -> str | None:
    """The first of them."""
    return next(iter(texts(element, name)), None)
