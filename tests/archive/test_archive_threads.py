"""Archives for long lives: many threads, many handles, forks, and use after the end."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive_data import write_dataset

from newsarchive import Archive, ArchiveClosed, NewsArchiveError
from newsarchive.search import shared_engines

THREADS = 16


def in_threads(work: Callable[[int], None], count: int = THREADS) -> list[BaseException]:
    """Do work in so many threads at once; what was raised in them."""
    errors: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except Exception as error:  # noqa: BLE001  whatever it is, the test shows it
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def open_files() -> int:
    """How many this process has; 0 where nobody tells."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.exists() else 0


@pytest.mark.parametrize("is_shared", [True, False], ids=["one handle", "a handle each"])
def test_many_threads_search_while_one_adds(tmp_path: Path, is_shared: bool) -> None:
    """A web page is answered by threads, and a feed is read beside it: no error, and totals never go back."""
    folder = tmp_path / "a"
    with Archive.create(folder) as archive:
        archive.add(write_dataset(tmp_path / "first.jsonl", 40), workers=1).finish()
        rest = [write_dataset(tmp_path / f"{n}.jsonl", 60, first=100 * n) for n in range(1, 5)]
        is_done = threading.Event()
        totals: list[list[int]] = [[] for _ in range(THREADS)]

        def work(number: int) -> None:
            if number == 0:
                try:
                    for path in rest:
                        archive.add(path, workers=1).finish()
                finally:
                    is_done.set()
                return
            mine = archive if is_shared else Archive.open(folder)
            while not is_done.is_set():
                query = "ferry" if number % 2 else ""
                results = mine.search(query, limit=5, facets=["publisher"])
                assert len(results) == 5
                totals[number].append(results.total)
                mine.article(results.hits[0].article.id or 0)
                mine.saved.query_of("none")
            if not is_shared:
                mine.close()

        assert in_threads(work) == []
        for seen in totals[1:]:
            assert seen == sorted(seen)
        assert archive.search("ferry").total == 280


def test_threads_that_save_searches_at_once_lose_none(tmp_path: Path) -> None:
    """Each writes in a transaction of its own connection, not in the middle of another's."""
    with Archive.create(tmp_path / "a") as archive:

        def work(number: int) -> None:
            archive.saved.add(f"s{number}", "ferry")
            archive.saved.run(f"s{number}")

        assert in_threads(work) == []
        assert len(list(archive.saved)) == THREADS


def test_handles_of_one_archive_share_one_engine(sample_copy: Path, tmp_path: Path) -> None:
    """Also through a link; the last one that is closed closes it."""
    (tmp_path / "link").symlink_to(sample_copy)
    handles = [Archive.open(sample_copy), Archive.open(tmp_path / "link"), Archive.open(str(sample_copy))]
    assert {handle.search("harbour").total for handle in handles}
    assert len(shared_engines._lent) == 1
    for handle in handles:
        assert shared_engines._lent
        handle.close()
    assert not shared_engines._lent


def test_a_handle_that_is_forgotten_gives_its_engine_back(sample_copy: Path) -> None:
    """A server that opens one a request and closes none must not grow."""
    archive = Archive.open(sample_copy)
    archive.search("harbour")
    assert shared_engines._lent
    del archive
    gc.collect()
    assert not shared_engines._lent


def test_threads_that_end_leave_no_connection_behind(sample_copy: Path) -> None:
    """A server may take a new thread for each request."""
    with Archive.open(sample_copy) as archive:

        def search(_: int) -> None:
            archive.search("harbour")

        before = open_files()
        for _ in range(20):
            assert in_threads(search, 2) == []
        gc.collect()
        after = open_files()
        assert after <= before + 2


ACTS: dict[str, Callable[[Archive], Any]] = {
    "add": lambda archive: archive.add("missing.html").finish(),
    "reextract": lambda archive: archive.reextract("all").finish(),
    "search": lambda archive: archive.search("harbour"),
    "list": lambda archive: archive.search(),
    "similar": lambda archive: archive.similar(1),
    "related": lambda archive: archive.related("harbour"),
    "explain": lambda archive: archive.explain("harbour"),
    "export": lambda archive: archive.export(to=sys.stdout.buffer),
    "cite": lambda archive: archive.cite(1),
    "keeping": lambda archive: archive.keeping.adopt().finish(),
    "batch": lambda archive: archive.batch(["harbour"]).results(),
    "keeping backup": lambda archive: archive.keeping.backup(archive.folder.parent / "b"),
    "ids": lambda archive: archive.ids("harbour"),
    "quote": lambda archive: archive.quote("the ferry left the pier"),
    "report": lambda archive: archive.report("harbour", to=sys.stdout.buffer),
    "marked": lambda archive: archive.marked(1, "harbour"),
    "last_change": lambda archive: archive.last_change,
    "timeline": lambda archive: archive.timeline(),
    "coverage": lambda archive: archive.coverage(),
    "tags": lambda archive: archive.tags.change([1], add=["a"]),
    "notes": lambda archive: archive.notes.add(1, "a"),
    "highlights": lambda archive: list(archive.highlights),
    "collections": lambda archive: archive.collections.add("a", [1]),
    "saved": lambda archive: list(archive.saved),
    "feeds": lambda archive: list(archive.feeds),
    "saved add": lambda archive: archive.saved.add("a", "b"),
    "corrections": lambda archive: list(archive.corrections),
    "corrections set": lambda archive: archive.corrections.set(1, {"section": "World"}, because="printed"),
    "article": lambda archive: archive.article(1),
    "revisions": lambda archive: archive.revisions(1),
    "captures": lambda archive: archive.captures(1),
    "payload": lambda archive: archive.payload(1),
    "raw": lambda archive: archive.raw(1),
    "stats": lambda archive: archive.stats(),
    "reindex": lambda archive: archive.reindex(),
    "verify": lambda archive: list(archive.verify()),
}


@pytest.mark.parametrize("name", ACTS)
def test_use_after_close_is_an_error_of_ours(sample_copy: Path, name: str) -> None:
    """And one that says so, not SQLite's."""
    archive = Archive.open(sample_copy)
    archive.close()
    archive.close()
    with pytest.raises(ArchiveClosed):
        ACTS[name](archive)


def test_every_act_is_tried_after_close() -> None:
    """A method that comes later is in the table above, too."""
    acts = {name for name, value in vars(Archive).items() if callable(value) and name[0] != "_"}
    assert acts - {"open", "create", "close"} <= {name.split()[0] for name in ACTS}


def test_what_was_begun_before_close_ends_with_the_same_error(sample_copy: Path) -> None:
    """A generator that another thread still reads from."""
    archive = Archive.open(sample_copy)
    saved, faults = archive.saved, archive.verify()
    report = saved.run(saved.add("all", "").name)
    hits = saved.hits(report, list(report.found))
    archive.close()
    for act in (lambda: next(iter(saved)), lambda: list(faults), lambda: list(hits)):
        with pytest.raises(NewsArchiveError):
            act()


def test_closing_while_threads_search_gives_results_or_says_so(sample_copy: Path) -> None:
    """Never a wrong answer, a crash, or an error of another library."""
    archive = Archive.open(sample_copy)
    total = archive.search("harbour").total
    started = threading.Barrier(THREADS)

    def work(number: int) -> None:
        started.wait()
        if number == 0:
            archive.close()
            return
        for _ in range(20):
            try:
                assert archive.search("harbour").total == total
            except ArchiveClosed:
                return

    assert in_threads(work) == []


FORKED = textwrap.dedent(
    """
    import os, sys, threading
    from newsarchive import Archive, ArchiveClosed

    archive = Archive.open(sys.argv[1])
    total = archive.search("harbour").total
    # One that has searched, and has nothing to do at the moment.
    searched, is_over = threading.Event(), threading.Event()
    def work():
        archive.search("harbour OR ferry", limit=50)
        searched.set()
        is_over.wait()
    thread = threading.Thread(target=work)
    thread.start()
    searched.wait()
    for _ in range(3):
        child = os.fork()
        if child == 0:
            try:
                archive.search("harbour")
            except ArchiveClosed as error:
                archive.close()
                with Archive.open(sys.argv[1]) as own:
                    os._exit(0 if error.is_forked and own.search("harbour").total == total else 1)
            os._exit(2)
        assert os.waitpid(child, 0)[1] == 0
    is_over.set()
    thread.join()
    assert archive.search("harbour").total == total
    archive.close()
    print("done")
    """
)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_process_opens_its_own(sample_copy: Path) -> None:
    """SQLite's locks and the engine's belong to the parent; a server that forks must hear of it."""
    done = subprocess.run(
        [sys.executable, "-c", FORKED, sample_copy], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("done\n", "")


MEMORY = textwrap.dedent(
    """
    import sys
    from newsarchive import Archive

    def held():
        lines = (line.split() for line in open("/proc/self/smaps_rollup"))
        return next(int(line[1]) for line in lines if line[0] == "Pss:")

    def search(archive):
        for query in ("harbour", "ferry OR pier", "word1*", "publisher:almar"):
            archive.search(query, facets=["publisher", "month"])

    handles = [Archive.open(sys.argv[1])]
    # As often as the others together: a first search loads what any further one uses.
    for _ in range(16):
        search(handles[0])
    one = held()
    for _ in range(15):
        handles.append(Archive.open(sys.argv[1]))
        search(handles[-1])
    print(held() / one)
    """
)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells memory there")
def test_sixteen_handles_take_little_more_memory_than_one(tmp_path: Path) -> None:
    """What an engine keeps of its index is kept once."""
    with Archive.create(tmp_path / "a") as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 2_000), workers=1).finish()
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, tmp_path / "a"], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) <= 1.3


BUSY = textwrap.dedent(
    """
    import sys
    import threading
    from newsarchive import Archive

    def held():
        lines = (line.split() for line in open("/proc/self/smaps_rollup"))
        return next(int(line[1]) for line in lines if line[0] == "Pss:")

    def search(archive, times):
        for _ in range(times):
            for query in ("harbour", "ferry OR pier", "word1*", "publisher:almar"):
                archive.search(query, facets=["publisher", "month"])

    def of_thread():
        search(archive, 4)
        done.wait()
        over.wait()

    archive = Archive.open(sys.argv[1])
    # As often as the others together: a first search loads what any further one uses.
    search(archive, 64)
    one = held()
    done, over = threading.Barrier(17), threading.Event()
    threads = [threading.Thread(target=of_thread) for _ in range(16)]
    for thread in threads:
        thread.start()
    done.wait()
    print(held() / one)
    over.set()
    """
)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells memory there")
def test_sixteen_busy_threads_take_little_more_memory_than_one(tmp_path: Path) -> None:
    """A server keeps its threads, and each has a connection with pages of its own.

    With one arena: how many more glibc makes, and what it keeps in each, is the server's to say.
    """
    with Archive.create(tmp_path / "a") as archive:
        archive.add(write_dataset(tmp_path / "rows.jsonl", 2_000), workers=1).finish()
    program = [sys.executable, "-c", BUSY, str(tmp_path / "a")]
    arenas = {**os.environ, "MALLOC_ARENA_MAX": "1"}
    done = subprocess.run(program, env=arenas, capture_output=True, text=True, check=True)
    assert float(done.stdout) <= 1.3
