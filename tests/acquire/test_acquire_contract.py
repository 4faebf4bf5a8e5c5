"""What every reader promises, on files of any content."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsarchive.acquire import Failure, Item, Limits, Link, NotRead, acquire, count, readers
from newsarchive.model import Capture

NOW = datetime(2024, 5, 1, tzinfo=UTC)
NAMES = ["a.html", "a.txt", "a.jsonl", "a.html.gz", "a.jsonl.gz", "a", "a.gz"]
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(gzip.compress),
    st.lists(st.sampled_from([b"<p>", b"{", b'{"id":1}', b"\n", b"\0", b"\xff", b"[", b'"', b"}", b"x"])).map(
        b"".join
    ),
)


def outcomes(source: str) -> list[Item]:
    return list(acquire([source], readers(Limits(payload=5_000, line=500)), now=NOW))


def told(result: Item) -> object:
    """What is compared: errors of the same words are not equal to each other."""
    return (result.source, result.error.message) if isinstance(result, Failure) else result


@settings(deadline=None)
@example("a.jsonl", b"\0\n{}")
@given(st.sampled_from(NAMES), CONTENTS)
def test_any_content_gives_captures_and_failures_that_name_their_source(name: str, content: bytes) -> None:
    """Readers never raise, never fall silent, and say the same when asked again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        for source in (str(path), folder):
            results = outcomes(source)
            assert list(map(told, results)) == list(map(told, outcomes(source)))
            assert results
            for result in results:
                assert result.source.startswith(folder)
                assert isinstance(result, Item)
                if isinstance(result, Failure):
                    assert result.error.hint
                    assert result.error.message.isprintable()
                elif isinstance(result, NotRead | Link):
                    continue
                else:
                    assert result.captured_at == NOW


def test_first_reader_that_accepts_a_source_reads_it(tmp_path: Path) -> None:
    """The order of readers is the only thing that decides between them."""
    (tmp_path / "a.html").write_bytes(b"<p>x")
    for chosen, expected in ((readers(), Capture), (tuple(reversed(readers())), Failure)):
        (result,) = acquire([str(tmp_path)], chosen, now=NOW)
        assert isinstance(result, expected)


def test_source_without_reader_is_a_failure() -> None:
    """A library user may leave readers out."""
    (result,) = acquire(["a.html"], (), now=NOW)
    assert isinstance(result, Failure)
    assert count(["a.html"], ()) == 1


def test_sources_are_read_lazily(tmp_path: Path) -> None:
    """The first page is archived before the second is opened."""
    (tmp_path / "a.html").write_bytes(b"<p>first")
    results = acquire([str(tmp_path / "a.html"), str(tmp_path / "b.html")], readers(), now=NOW)
    assert isinstance(next(results), Capture)
    (tmp_path / "b.html").write_bytes(b"<p>second")
    assert isinstance(next(results), Capture)


@pytest.mark.parametrize(
    ("sources", "expected"), [([], 0), (["https://example.org/"], 1), (["-"], None), (["a", "-"], None)]
)
def test_count_is_none_where_it_is_not_known(sources: list[str], expected: int | None) -> None:
    """A wrong total is worse than none."""
    assert count(sources, readers()) == expected


def test_adding_files_imports_no_http_client(tmp_path: Path) -> None:
    """requests takes longer to import than a page to read."""
    (tmp_path / "a.html").write_bytes(b"<p>x")
    code = (
        "import sys, datetime; from newsarchive.acquire import *; "
        "print([*acquire(sys.argv[1:], readers(), now=datetime.datetime.now(datetime.UTC))]); "
        "sys.exit(bool({'requests', 'urllib3', 'warcio'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True)
