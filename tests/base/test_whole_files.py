"""Output goes where it is meant, whole or not at all."""

from __future__ import annotations

import os
import pty
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsarchive.base.whole_files import output, output_folder
from newsarchive.errors import ExportError


def write(to: Path | str, data: bytes = b"whole") -> None:
    with output(to) as stream:
        stream.write(data)


def break_off(to: Path, error: BaseException) -> None:
    with output(to) as stream:
        stream.write(b"half")
        raise error


def break_off_folder(to: Path) -> None:
    with output_folder(to) as folder:
        (folder / "page").write_bytes(b"x")
        raise ExportError("x")


@contextmanager
def reader_of(pipe: Path, into: list[bytes]) -> Iterator[None]:
    """Somebody at the other end of a pipe."""
    thread = threading.Thread(target=lambda: into.append(pipe.read_bytes()), daemon=True)
    thread.start()
    yield
    thread.join(10)


def test_a_file_has_its_old_content_until_the_new_is_complete(tmp_path: Path) -> None:
    """Whoever reads it meanwhile sees one or the other."""
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with output(target) as stream:
        stream.write(b"half")
        stream.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"half"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [ExportError("x"), KeyboardInterrupt(), MemoryError()], ids=repr)
def test_an_error_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    """Half an export is worse than none."""
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with pytest.raises(type(error)):
        break_off(target, error)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["out.part", ".out.part", ".newsarchive-x.part", "out.tmp"])
def test_no_file_of_the_user_is_touched(tmp_path: Path, name: str) -> None:
    """A temporary name must be nobody else's, also where it looks like one."""
    (tmp_path / name).write_bytes(b"keep")
    write(tmp_path / "out")
    assert (tmp_path / name).read_bytes() == b"keep"


def test_mode_and_owner_are_kept(tmp_path: Path) -> None:
    """A file that only its owner may read must not become readable for all by an export."""
    target = tmp_path / "out"
    target.write_bytes(b"old")
    target.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(target, 1234, 2345)
    before = target.stat()
    write(target)
    after = target.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    """As any program makes it; a temporary file of mode 600 would keep a colleague out."""
    (tmp_path / "plain").write_bytes(b"")
    write(tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_is_followed_to_its_target(tmp_path: Path) -> None:
    """The link stays one, also a link to a link, also where its target isn't there yet."""
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("second")
    (tmp_path / "second").symlink_to("there/real")
    for data in (b"new", b"newer"):
        write(tmp_path / "link", data)
        assert (tmp_path / "there/real").read_bytes() == data
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "second").is_symlink()


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    """It stays a pipe, and its reader gets what was written."""
    pipe, got = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    with reader_of(pipe, got):
        write(pipe)
    assert got == [b"whole"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_character_device_is_written_into() -> None:
    """A terminal stands for all of them; replacing one as root would break the machine."""
    master, slave = pty.openpty()
    try:
        name = os.ttyname(slave)
        write(name)
        assert os.read(master, 100) == b"whole"
        assert stat.S_ISCHR(Path(name).stat().st_mode)
    finally:
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}"])
def test_an_open_descriptor_is_written_into_where_it_stands(tmp_path: Path, name: str) -> None:
    """``-o /dev/stdout >> file`` appends, and replaces no file behind the shell's back."""
    target = tmp_path / "out"
    target.write_bytes(b"before ")
    inode = target.stat().st_ino
    with target.open("ab") as file:
        write(name.format(file.fileno()))
    assert target.read_bytes() == b"before whole"
    assert target.stat().st_ino == inode


def test_standard_output_may_be_named(tmp_path: Path) -> None:
    """/dev/stdout is two links away from a descriptor."""
    program = (
        "from newsarchive.base.whole_files import output\nwith output('/dev/stdout') as s: s.write(b'x')"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"x"


@pytest.mark.parametrize("to", ["", "a\0b"])
def test_what_can_be_no_name_is_an_error_in_words(to: str) -> None:
    """An empty variable in a script must not end in a traceback."""
    with pytest.raises(ExportError, match="no name"):
        write(to)


@pytest.mark.parametrize("kind", ["folder", "missing", "socket", "loop", "long"])
def test_what_can_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """One error of the project's tree, which names the place."""
    target = tmp_path / ("x" * 300 if kind == "long" else "out")
    if kind == "folder":
        target.mkdir()
    elif kind == "missing":
        target = target / "file"
    elif kind == "loop":
        target.symlink_to(target)
    elif kind == "socket":
        monkeypatch.chdir(tmp_path)  # the path of a socket is short
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("out")
    with pytest.raises(ExportError, match="can't write"):
        write(target)


def test_the_longest_name_that_a_file_can_have_is_written(tmp_path: Path) -> None:
    """The temporary name is no longer than that."""
    target = tmp_path / ("x" * 255)
    write(target)
    assert target.read_bytes() == b"whole"


_KILLED = """
import os, signal, sys
from newsarchive.base.whole_files import output, output_folder
if sys.argv[2] == "file":
    with output(sys.argv[1]) as stream:
        stream.write(b"half"); stream.flush()
        os.kill(os.getpid(), signal.SIGKILL)
with output_folder(sys.argv[1]) as folder:
    (folder / "half").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path, kind: str) -> None:
    """Disks fill with the halves of exports otherwise."""
    target = tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", _KILLED, target, kind], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not target.exists()
    assert len(list(tmp_path.iterdir())) == 1
    if kind == "file":
        write(target)
    else:
        with output_folder(target) as folder:
            (folder / "whole").write_bytes(b"")
    assert list(tmp_path.iterdir()) == [target]


def test_what_another_run_is_writing_is_not_cleared(tmp_path: Path) -> None:
    """Two exports to one name: each is whole, the last one stays."""
    target = tmp_path / "out"
    with output(target) as first:
        first.write(b"first")
        write(target, b"second")
        assert target.read_bytes() == b"second"
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


@contextmanager
def as_somebody_who_is_not_root() -> Iterator[None]:
    """Root may write what is read-only, which is no reason to test nothing."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_file_that_is_read_only_stays() -> None:
    """Somebody protected it; that its folder may be written is no leave to replace it."""
    with tempfile.TemporaryDirectory() as name:
        folder, target = Path(name), Path(name) / "out"
        target.write_bytes(b"old")
        target.chmod(0o444)
        folder.chmod(0o777)
        with as_somebody_who_is_not_root(), pytest.raises(ExportError, match="read-only"):
            write(target)
        assert target.read_bytes() == b"old"


def test_a_reader_that_goes_away_is_no_fault_of_the_output(tmp_path: Path) -> None:
    """``-o >(head -1)`` ends as quietly as ``| head -1``."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread = threading.Thread(target=lambda: pipe.open("rb").close(), daemon=True)
    thread.start()
    with pytest.raises(BrokenPipeError):
        write(pipe, b"x" * 10_000_000)


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """Half a site is not a site."""
    target = tmp_path / "out"
    with pytest.raises(ExportError):
        break_off_folder(target)
    assert list(tmp_path.iterdir()) == []
    with output_folder(target) as folder:
        (folder / "page").write_bytes(b"x")
        assert not target.exists()
    assert [path.name for path in target.iterdir()] == ["page"]
    assert list(tmp_path.iterdir()) == [target]


def test_an_empty_folder_is_filled_and_keeps_its_mode(tmp_path: Path) -> None:
    """Somebody made it, and chose who may look into it."""
    target = tmp_path / "out"
    target.mkdir(mode=0o700)
    with output_folder(target) as folder:
        (folder / "page").write_bytes(b"x")
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert (target / "page").exists()


@pytest.mark.parametrize("kind", ["full", "file"])
def test_a_folder_that_is_taken_is_refused(tmp_path: Path, kind: str) -> None:
    """Pages of two exports in one folder would be nobody's."""
    target = tmp_path / "out"
    if kind == "full":
        target.mkdir()
        (target / "mine").write_bytes(b"keep")
    else:
        target.write_bytes(b"keep")
    with pytest.raises(ExportError, match=r"isn't empty|no folder"), output_folder(target) as folder:
        folder.joinpath("page").touch()
    assert (target / "mine" if kind == "full" else target).read_bytes() == b"keep"
    assert list(tmp_path.iterdir()) == [target]


def test_runs_at_the_same_time_leave_one_whole_file_and_nothing_else(tmp_path: Path) -> None:
    """Cron and a person may both export; neither may take the other's temporary file for a leftover."""
    target = tmp_path / "out"
    wrong: list[Exception] = []

    def work(letter: bytes) -> None:
        try:
            for _ in range(30):
                write(target, letter * 1000)
                time.sleep(0)
        except Exception as error:  # noqa: BLE001  told below
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(bytes([65 + number]),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(set(target.read_bytes())) == 1
    assert list(tmp_path.iterdir()) == [target]
