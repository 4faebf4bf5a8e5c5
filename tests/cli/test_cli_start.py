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
