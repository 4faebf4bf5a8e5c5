"""What every format of exports has to do, whatever it is."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields

import pytest
from given_articles import EMPTY, PLAIN, SCRIPTS, WORLD, GivenArticles, exported, numbered

from newsarchive import Article
from newsarchive.errors import ExportError
from newsarchive.export.export_format import FileFormat
from newsarchive.export.registry import format_for, format_named, formats, options, options_of

FORMATS = pytest.mark.parametrize("form", formats().values(), ids=formats())
FILES = [form for form in formats().values() if isinstance(form, FileFormat)]
# Formats whose file can't begin before its end is known: a zip, a database, one big document.
WHOLE_DOCUMENTS = {"xlsx", "sqlite", "parquet", "pdf"}
STREAMED = [form for form in FILES if form.name not in WHOLE_DOCUMENTS]


@FORMATS
def test_a_format_says_what_it_is(form: FileFormat[object]) -> None:
    """Help pages, the names of files and web servers rely on it."""
    assert re.fullmatch(r"[a-z][a-z0-9-]*", form.name)
    assert 10 < len(form.title) <= 64
    if isinstance(form, FileFormat):
        assert re.fullmatch(r"(\.[a-z0-9]+)+", form.suffix)
        assert re.fullmatch(r"[a-z]+/[\w.+-]+(; [\w-]+=[\w-]+)*", form.media_type)


@FORMATS
def test_the_options_of_a_format_have_defaults_and_help(form: FileFormat[object]) -> None:
    """The command line makes its options of them."""
    options_of(form, {})
    for each in fields(form.options):  # type: ignore[arg-type]
        assert len(each.metadata["help"]) > 10


def test_a_suffix_names_one_format() -> None:
    """The name of a file has to tell."""
    suffixes = [form.suffix for form in FILES]
    assert len(suffixes) == len(set(suffixes))


def test_an_option_means_the_same_in_each_format() -> None:
    """The command line has one option of a name."""
    told: dict[str, object] = {}
    for form in formats().values():
        for each in fields(form.options):
            assert told.setdefault(each.name, each.type) == each.type
    assert {option.name for option in options()} == told.keys()


@FORMATS
def test_a_format_writes_whatever_the_archive_holds(form: FileFormat[object]) -> None:
    """One bad character, missing date or endless headline must not lose an export of a million articles."""
    assert all(exported(form, WORLD).values())


@FORMATS
def test_no_article_is_an_export_too(form: FileFormat[object]) -> None:
    """A script that gets an empty list goes on; one that gets an error stops."""
    exported(form, [])


@FORMATS
def test_an_article_without_anything_is_written(form: FileFormat[object]) -> None:
    """No date, author, headline or URL: not stated is a value."""
    exported(form, numbered([EMPTY, EMPTY]))


@FORMATS
def test_the_same_articles_give_the_same_bytes(form: FileFormat[object]) -> None:
    """Exports are compared, signed and put under version control."""
    assert exported(form, WORLD) == exported(form, WORLD)


@pytest.mark.parametrize("form", STREAMED, ids=lambda form: form.name)
def test_a_format_streams(form: FileFormat[object]) -> None:
    """Articles are written before the last one is read, so that memory does not grow with their number."""
    stream = io.BytesIO()
    sizes: list[int] = []

    class Watched(GivenArticles):
        def articles(self) -> Iterator[Article]:
            for article in super().articles():
                sizes.append(len(stream.getvalue()))
                yield article

    form.write(Watched(numbered([PLAIN] * 300)), stream, options_of(form, {}))
    assert sizes[250] > sizes[150] > 0


@pytest.mark.parametrize("form", [form for form in FILES if form.is_text], ids=lambda form: form.name)
def test_text_is_text_in_every_script(form: FileFormat[object]) -> None:
    """UTF-8, with the letters themselves: people search in exports."""
    text = exported(form, numbered(SCRIPTS))[""].decode("utf-8")
    for article in SCRIPTS:
        assert (article.headline or "") in text


def test_a_name_that_is_no_format_is_answered_with_near_ones() -> None:
    """A slip of the pen must not send anyone to the manual."""
    with pytest.raises(ExportError, match="no such format: cvs") as caught:
        format_named("cvs")
    assert "csv" in (caught.value.hint or "")
    with pytest.raises(ExportError) as caught:
        format_named("zzzzzz")
    assert all(name in (caught.value.hint or "") for name in formats())


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("korea.csv", "csv"),
        ("KOREA.TSV", "tsv"),
        ("korea.jsonl", "jsonl"),
        ("korea", "jsonl"),
        ("a.zzz", "jsonl"),
    ],
)
def test_the_name_of_a_file_tells_the_format(name: str, form: str) -> None:
    """Nobody wants JSON in a file that ends in .csv."""
    assert format_for(name).name == form


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"nonsense": True}, id="unknown"),
        pytest.param({"excel": "yes"}, id="no flag"),
        pytest.param({"fields": 7}, id="no names"),
        pytest.param({"fields": "headline,titel"}, id="no field"),
    ],
)
def test_an_option_that_a_format_can_not_take_is_an_error(given: dict[str, object]) -> None:
    """Ignored, it would be believed."""
    with pytest.raises(ExportError):
        options_of(format_named("csv"), given)


def test_finding_the_formats_loads_nothing_heavy() -> None:
    """The help page of the command asks for all of them."""
    program = (
        "import sys\nfrom newsarchive.export.registry import formats, options\nformats(), options()\n"
        "print(sorted({'pyarrow','pandas','openpyxl','numpy','lxml','warcio','ebooklib','weasyprint','citeproc',"
        "'xlsxwriter','bagit','requests','sqlite_utils'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
