"""Pages in files, folders and on standard input."""

from __future__ import annotations

import contextlib
import gzip
import os
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.acquire import Failure, Item, Limits, NotRead, acquire, count, readers
from newsarchive.acquire.decompression import Coding, inflate
from newsarchive.acquire.sources.stdin import StdinReader
from newsarchive.errors import AcquireError
from newsarchive.model import Capture

NOW = datetime(2024, 5, 1, tzinfo=UTC)
HTML = b"<!DOCTYPE html><p>The ferry sails again.</p>"
TEXT = b"Ferry resumes\n\nThe ferry sails again.\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
SMALL = Limits(payload=10_000, line=1_000)


def everything(*sources: str | Path, limits: Limits = SMALL) -> list[Item]:
    return list(acquire([str(source) for source in sources], readers(limits), now=NOW))


def captured(path: Path, content: bytes) -> Capture:
    path.write_bytes(content)
    (result,) = everything(path)
    assert isinstance(result, Capture), result
    return result


def refused(*sources: str | Path) -> AcquireError:
    (result,) = everything(*sources)
    assert isinstance(result, Failure), result
    assert result.error.hint
    return result.error


class TestFile:
    @pytest.mark.parametrize(
        ("name", "content", "content_type"),
        [
            ("page.html", HTML, "text/html"),
            ("PAGE.HTM", b"no tag at the start", "text/html"),
            ("page.txt", TEXT, "text/plain"),
            ("saved.txt", b"\n\t <html lang=en><p>x", "text/html"),
            ("saved.txt", b"\xef\xbb\xbf<!-- saved --><p>x", "text/html"),
            ("mail.txt", b"<ann@example.org> wrote:", "text/plain"),
            ("utf16.txt", TEXT.decode().encode("utf-16"), "text/plain"),
            ("utf16.txt", HTML.decode().encode("utf-16"), "text/html"),
            ("utf32.html", HTML.decode().encode("utf-32"), "text/html"),
            ("japanese.txt", "\u6e21\u8239".encode("iso-2022-jp"), "text/plain"),
            ("story.php", HTML, "text/html"),
            ("nul-further-on.html", HTML + b" " * 2_000 + b"\0", "text/html"),
            ("nul-in-the-head.html", HTML + b"\0", "text/html"),
        ],
    )
    def test_content_type_comes_from_content_before_name(
        self, tmp_path: Path, name: str, content: bytes, content_type: str
    ) -> None:
        """Pages are saved under all sorts of names."""
        capture = captured(tmp_path / name, content)
        assert capture.content_type == content_type
        assert capture.payload == content
        assert capture.source == str(tmp_path / name)
        assert capture.captured_at == NOW
        assert (capture.url, capture.exchange) == (None, None)

    @pytest.mark.parametrize("parts", [1, 3], ids=["one-member", "three-members"])
    def test_gzipped_page_is_kept_decompressed(self, tmp_path: Path, parts: int) -> None:
        """The same page is the same capture, gzipped or not."""
        capture = captured(tmp_path / "page.html.gz", gzip.compress(HTML, mtime=0) * parts)
        assert capture.payload == HTML * parts

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("a.html", b"", "is empty"),
            ("a.html", b" \r\n\t", "is empty"),
            ("a.html.gz", b"", "is empty"),
            ("a.html.gz", gzip.compress(b"", mtime=0), "is empty"),
            ("a.html", PNG, "is a PNG image"),
            ("a.html", bytes(100), "is binary data"),
            ("a.txt", HTML.decode().encode("utf-16-le"), "is binary data"),
            ("a.html.gz", gzip.compress(HTML * 20, mtime=0)[:-9], "ends early"),
            ("a.html.gz", gzip.compress(HTML, mtime=0)[:-8] + bytes(8), "can't be decompressed"),
            ("a.html.gz", gzip.compress(b"<p>x" * 2_500_000), "more than 10,000 bytes"),
            ("a.html", b"<p>" * 4_000, "more than 10,000 bytes"),
            ("a.json", b'{\n "a": {}}', "JSON of an unknown shape"),
        ],
    )
    def test_what_is_no_page_is_refused_with_the_reason(
        self, tmp_path: Path, name: str, content: bytes, reason: str
    ) -> None:
        """One line says which file, what is wrong and what to do."""
        (tmp_path / name).write_bytes(content)
        message = refused(tmp_path / name).message
        assert reason in message
        assert message.startswith(str(tmp_path / name))

    def test_missing_path_is_told(self) -> None:
        """The most common mistake of all."""
        assert refused("no/such/page.html").message == "no such file or folder: no/such/page.html"

    @pytest.mark.parametrize("source", ["www.example.com", "www.example.com/story", "example.com/story"])
    def test_missing_path_that_looks_like_an_address_hints_at_https(self, source: str) -> None:
        """Browsers leave out the scheme, so people do too."""
        assert f"https://{source}" in (refused(source).hint or "")

    @pytest.mark.parametrize("source", ["", "a\0b", "x" * 5_000, "\udcff", "page.html/"], ids=repr)
    def test_impossible_path_is_a_failure(self, source: str) -> None:
        """Sources come from lists, too, and lists hold anything."""
        assert refused(source).message.isprintable()

    def test_pipe_is_refused_and_not_waited_for(self, tmp_path: Path) -> None:
        """Opening a pipe that nobody writes to would hang the run."""
        os.mkfifo(tmp_path / "pipe.html")
        assert "no regular file" in refused(tmp_path / "pipe.html").message

    def test_device_is_refused(self) -> None:
        """/dev/zero never ends."""
        assert "no regular file" in refused("/dev/zero").message

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_unreadable_file_is_refused(self, tmp_path: Path) -> None:
        """Permissions are not the archive's to change."""
        path = tmp_path / "a.html"
        path.write_bytes(HTML)
        path.chmod(0)
        assert "permission denied" in refused(path).message

    def test_name_of_unknown_encoding_gives_a_source_that_can_be_printed(self, tmp_path: Path) -> None:
        """Such names hold lone surrogates, which neither a terminal nor a database takes."""
        path = os.fsencode(tmp_path) + b"/caf\xe9\n.html"
        Path(os.fsdecode(path)).write_bytes(HTML)
        (result,) = everything(tmp_path)
        assert isinstance(result, Capture)
        assert result.source.endswith("caf\\udce9\\n.html")


class TestInflate:
    @given(st.lists(st.binary(max_size=20_000), min_size=1, max_size=4), st.binary(max_size=3))
    def test_members_are_joined_and_padding_is_ignored(self, parts: list[bytes], padding: bytes) -> None:
        """gzip files may be concatenated, and tapes and servers pad."""
        data = b"".join(map(gzip.compress, parts)) + padding.replace(b"\x1f", b"\0")
        assert inflate(data, name="x", limit=100_000) == b"".join(parts)

    @given(st.binary(min_size=1, max_size=3_000), st.data())
    def test_cut_data_are_never_taken_for_whole(self, content: bytes, data: st.DataObject) -> None:
        """A page without its end must not be archived as the page."""
        whole = gzip.compress(content, mtime=0)
        cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
        with pytest.raises(AcquireError, match="ends early"):
            inflate(cut, name="x", limit=10_000)

    @given(st.binary(min_size=1, max_size=300), st.sampled_from(Coding))
    def test_any_bytes_are_data_or_an_acquire_error(self, data: bytes, coding: Coding) -> None:
        """Compressed data come from strangers."""
        with contextlib.suppress(AcquireError):
            assert len(inflate(data, name="x", limit=1_000, coding=coding)) <= 1_000

    def test_content_of_exactly_the_cap_is_whole(self) -> None:
        """The cap is the largest size that is allowed."""
        assert len(inflate(gzip.compress(bytes(1_000)), name="x", limit=1_000)) == 1_000


class TestFolder:
    def test_files_come_in_the_order_of_their_path_parts(self, tmp_path: Path) -> None:
        """Two runs over one folder, on any system, do the same in the same order."""
        for name in ("b.html", "a/z.html", "a/b/c.txt", "a.html", "C.htm", "a-b/x.xhtml"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(HTML)
        found = [Path(result.source).relative_to(tmp_path) for result in everything(tmp_path)]
        assert found == sorted(found, key=lambda path: path.parts)
        assert len(found) == 6

    def test_only_pages_and_datasets_are_read(self, tmp_path: Path) -> None:
        """Folders hold images, styles, notes and hidden files beside their pages."""
        packed = gzip.compress(HTML, mtime=0)
        pages = {"a.html": HTML, "b.txt": TEXT, "c.htm.gz": packed, "d.gz": packed, "story": HTML}
        others = {
            "logo.png": PNG,
            "style.css": b"p{}",
            "README.md": TEXT,
            "LICENSE": TEXT,
            "e.csv.gz": gzip.compress(TEXT, mtime=0),
            "robots.txt": b"User-agent: *\n",
            ".hidden.html": HTML,
            ".git/page.html": HTML,
        }
        for name, content in (pages | others | {"rows.jsonl": b'{"id": 1}\n{"id": 2}\n'}).items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(content)
        results = everything(tmp_path)
        names = [Path(result.source).name for result in results]
        read = ["a.html", "b.txt", "c.htm.gz", "d.gz", "rows.jsonl:1", "rows.jsonl:2", "story"]
        named = ["LICENSE", "README.md", "e.csv.gz", "logo.png", "robots.txt", "style.css"]
        assert names == sorted(read + named)
        kinds = [result.kind for result in results if isinstance(result, NotRead)]
        assert kinds[:4] == ["a plain text", "a Markdown text", "a table", "a PNG image"]
        assert kinds[4:] == ["a plain text", "the source of a program"]
        assert count([str(tmp_path)], readers()) is None, "the rows of a table are not counted ahead"
        (tmp_path / "e.csv.gz").unlink()
        assert count([str(tmp_path)], readers()) == len(results) - 1

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        """A link may leave the folder, or lead back into it for ever."""
        folder = tmp_path / "folder"
        folder.mkdir()
        (tmp_path / "outside.html").write_bytes(HTML)
        (folder / "page.html").write_bytes(HTML)
        (folder / "out.html").symlink_to(tmp_path / "outside.html")
        (folder / "loop").symlink_to(folder)
        (folder / "gone.html").symlink_to(tmp_path / "nowhere")
        assert [result.source for result in everything(folder)] == [str(folder / "page.html")]

    @pytest.mark.parametrize("names", [[], ["logo.png", ".hidden.html"]], ids=["empty", "nothing-usable"])
    def test_folder_without_pages_is_one_failure(self, tmp_path: Path, names: list[str]) -> None:
        """Silence would look like success."""
        for name in names:
            (tmp_path / name).write_bytes(PNG)
        result = everything(tmp_path)[-1]
        assert isinstance(result, Failure)
        assert result.error.message == f"{tmp_path} holds no pages"

    def test_damaged_file_does_not_stop_the_folder(self, tmp_path: Path) -> None:
        """One bad input never stops a run."""
        cut = gzip.compress(HTML)[:-9]
        for name, content in {"a.html": b"", "b.html": HTML, "c.html.gz": cut, "d.html": HTML}.items():
            (tmp_path / name).write_bytes(content)
        kinds = [type(result) for result in everything(tmp_path)]
        assert kinds == [Failure, Capture, Failure, Capture]

    def test_deep_folder_is_read(self, tmp_path: Path) -> None:
        """Folders can nest deeper than calls can."""
        here = os.open(tmp_path, os.O_RDONLY)
        try:
            for _ in range(1_200):
                os.mkdir("d", dir_fd=here)
                inner = os.open("d", os.O_RDONLY, dir_fd=here)
                os.close(here)
                here = inner
            handle = os.open("a.html", os.O_CREAT | os.O_WRONLY, dir_fd=here)
            os.write(handle, HTML)
            os.close(handle)
        finally:
            os.close(here)
        results = everything(tmp_path)
        # Removed here: what removes temporary folders later recurses.
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)
        assert [type(result) for result in results] == [Capture]


class TestStdin:
    def read(self, content: bytes) -> list[Item]:
        return list(StdinReader(SMALL, stream=lambda: BytesIO(content)).read("-", now=NOW))

    @pytest.mark.parametrize("content", [HTML, b"\n \n" + HTML, TEXT, b"{not json}\nbut text\n"])
    def test_page_is_read_whole(self, content: bytes) -> None:
        """A page is piped from another program as it is."""
        (result,) = self.read(content)
        assert isinstance(result, Capture)
        assert (result.payload, result.source, result.dataset) == (content, "-", None)

    def test_rows_are_read_as_a_dataset(self) -> None:
        """Blank lines before the first row don't hide it, and count in line numbers."""
        results = self.read(b'\n \n{"id": 7}\nbroken\n{"id": "x"}')
        assert [(result.source, type(result)) for result in results] == [
            ("-:3", Capture),
            ("-:4", Failure),
            ("-:5", Capture),
        ]
        assert isinstance(results[0], Capture)
        assert (results[0].dataset, results[0].identifier) == ("stdin", "7")

    def test_rows_are_streamed(self) -> None:
        """A dataset on a pipe may be larger than memory, and never end."""
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as pipe, os.fdopen(writing, "wb", buffering=0) as feed:
            feed.write(b'{"id": 1}\n')
            rows = StdinReader(stream=lambda: pipe).read("-", now=NOW)
            assert isinstance(next(rows), Capture)
            feed.write(b'{"id": 2}\n')
            assert isinstance(next(rows), Capture)

    @pytest.mark.parametrize(
        "content",
        [b"", b"\n" * 20_000, b"x" * 20_000, PNG, b'{\n"a": {}\n}'],
        ids=["empty", "blank", "large", "png", "json"],
    )
    def test_what_is_no_page_is_refused(self, content: bytes) -> None:
        """The same rules hold as for files."""
        (result,) = self.read(content)
        assert isinstance(result, Failure)
        assert result.error.hint

    @given(st.binary(max_size=300))
    def test_any_bytes_give_outcomes(self, content: bytes) -> None:
        """A pipe can carry anything."""
        assert self.read(content)
