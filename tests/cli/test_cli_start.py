"""What a search in a fresh process may load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_search_loads_neither_pydantic_nor_a_parser_of_pages(tmp_path: Path) -> None:
    """Each of these takes longer to import than the search itself."""
    program = (
        "import sys\n"
        "from newsarchive.cli.app import run\n"
        f"run(['init', {str(tmp_path / 'a')!r}])\n"
        f"code = run(['--archive', {str(tmp_path / 'a')!r}, 'search', 'word', '-n', '3'])\n"
        "heavy = {'pydantic', 'trafilatura', 'lxml', 'requests', 'warcio', 'whoosh', 'rich'}\n"
        "print(code, sorted(heavy & set(sys.modules)))\n"
    )
    # Made beforehand: writing, and building the index, may load what they need.
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    again = subprocess.run(
        [sys.executable, "-c", program.replace("run(['init'", "print(['init'")],
        check=True,
        capture_output=True,
        text=True,
    )
    assert again.stdout.splitlines()[-1] == "1 []"


def test_a_listing_by_date_loads_no_analysis_of_words(tmp_path: Path) -> None:
    """There is no word to look up or to mark; what reads them takes a tenth of the whole answer."""
    folder, rows = str(tmp_path / "a"), tmp_path / "rows.jsonl"
    rows.write_text('{"title": "The ferry", "text": "It stays.", "date": "2024-10-30"}\n')
    for arguments in (["init", folder], ["--archive", folder, "add", str(rows)]):
        subprocess.run([sys.executable, "-m", "newsarchive", *arguments], check=True, capture_output=True)
    program = (
        "import sys\n"
        "from newsarchive.cli.app import run\n"
        f"code = run(['--archive', {folder!r}, 'search', 'published:2024-10'])\n"
        "needless = {'newsarchive.search.text.analysis', 'newsarchive.search.whoosh.engine',\n"
        "            'newsarchive.base.whole_files', 'newsarchive.cli.usage_errors', 'random'}\n"
        "print(code, sorted(needless & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "The ferry" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 []"
