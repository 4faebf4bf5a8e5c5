"""Did you mean: which of several spellings was meant."""

from __future__ import annotations

import json
from pathlib import Path

from newsarchive import Archive


def test_the_spelling_that_stands_with_the_other_words_comes_first(tmp_path: Path) -> None:
    """The commonest word of that shape is not what was meant beside "ferry"."""
    rows = [{"id": f"n{at}", "headline": "x", "text": "a port of wine", "language": "en"} for at in range(30)]
    rows += [
        {"id": f"b{at}", "headline": "x", "text": "the berth of a ferry", "language": "en"} for at in range(3)
    ]
    rows += [
        {"id": f"c{at}", "headline": "x", "text": "a birth in town", "language": "en"} for at in range(30)
    ]
    rows += [{"id": "d", "headline": "x", "text": "a birth on a ferry", "language": "en"}]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        for _ in archive.add([source]):
            pass
        found = archive.search("ferry barth")
        assert [each.query for each in found.suggestions][:2] == ["ferry berth", "ferry birth"]
