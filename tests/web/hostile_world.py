"""An archive in which every value that a stranger can set is an attack."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from newsarchive import Archive

SCRIPT = "\"'><script>window.stolen=1</script><img src=x onerror=window.stolen=2>{{7*7}}"
LINK = "javascript:window.stolen=3//"
PAGE = f"""<!doctype html><html><head><title>Ferry {SCRIPT}</title>
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<script>document.title='ran';parent.stolen=4;top.location='https://evil.example/'</script></head>
<body onload="parent.stolen=5"><h1>Ferry to Port Almar</h1>
<p>The ferry to Port Almar left the pier in the morning with forty people, a goat and the mail on board.</p>
<p>It came back in the evening without the goat, which the harbour office has asked us to look for.</p>
<iframe src="https://evil.example/frame"></iframe>
<form action="https://evil.example/"><button>Go</button></form>
<a href="javascript:parent.stolen=6" target="_top">more</a><img src="https://evil.example/pixel.png">
</body></html>"""


def make_hostile_archive(folder: Path, scratch: Path) -> Path:
    """An archive named by an attack, of a row and a page whose values are attacks."""
    row = {
        "id": SCRIPT,
        "headline": SCRIPT,
        "text": f"The ferry left.\n{SCRIPT}\nIt came back.",
        "description": SCRIPT,
        "authors": [SCRIPT, LINK],
        "publisher": SCRIPT,
        "section": SCRIPT,
        "keywords": [SCRIPT],
        "language": "en",
        "url": LINK,
    }
    rows = scratch / f"{SCRIPT.replace('/', '_')}.jsonl"
    rows.write_text(json.dumps(row) + "\n", encoding="utf-8")
    page = scratch / "<script>alert(1)<script>.html"
    page.write_text(PAGE, encoding="utf-8")
    with Archive.create(folder, name=SCRIPT) as archive:
        archive.add([rows, page], workers=1).finish()
        archive.saved.add("ferries", f"ferry OR {json.dumps('x')}")
    _overwrite(folder)
    return folder


def _overwrite(folder: Path) -> None:
    """Readers take tags away; an archive that a stranger made can hold them all the same."""
    with closing(sqlite3.connect(folder / "archive.db")) as database, database:
        for name in ("headline", "description", "publisher", "section"):
            database.execute(f"UPDATE articles SET {name} = ? WHERE id = 1", (SCRIPT,))
        database.execute("UPDATE articles SET url = ? WHERE id = 1", (LINK,))
    with Archive.open(folder) as archive:
        archive.reindex()
