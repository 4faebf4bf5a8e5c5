"""Writing SVG: elements as text, escaped, in one document that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# XML has no place for them, not even as references.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}"
    ".small{font-size:10px;fill:#666}.head{font-size:14px;font-weight:600}.end{text-anchor:end}"
    ".middle{text-anchor:middle}.line{stroke:#ccc;fill:none}"
)


def document(width: float, height: float, *, title: str, style: str, body: Iterable[str]) -> str:
    """A whole SVG file with a title for those who can't see it, on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(height)}" '
        f'viewBox="0 0 {number(width)} {number(height)}" role="img">\n'
        f"<title>{content(title)}</title>\n<style>{_STYLE}{style}</style>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def text(x: float, y: float, words: str, *, kind: str = "") -> str:
    """Words at a point; ``kind`` is one or more classes of the style."""
    attribute = f' class="{kind}"' if kind else ""
    return f'<text x="{number(x)}" y="{number(y)}"{attribute}>{content(words)}</text>'


def rect(x: float, y: float, width: float, height: float, *, kind: str, tip: str = "") -> str:
    """A box; ``tip`` is shown by browsers where the pointer rests."""
    box = f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return (
        f'{box} class="{kind}"/>' if not tip else f'{box} class="{kind}"><title>{content(tip)}</title></rect>'
    )


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line."""
    return f'<path class="line" d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"/>'


def content(words: str) -> str:
    """A stranger's words as XML text."""
    return escape(_NO_XML.sub("", words))


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
