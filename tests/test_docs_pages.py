import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsarchive.errors
from newsarchive import (
    Added,
    Archive,
    Article,
    Changed,
    Evidence,
    EvidenceSource,
    Failed,
    FieldChange,
    Recovered,
    Updated,
    extract,
)
from newsarchive.export.registry import format_for, formats

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", read(name), re.DOTALL | re.MULTILINE)


def json_block(name: str) -> Any:
    (text,) = blocks("docs/reference/json.md", f"json {name}")
    return json.loads(text)


def shape(value: Any, *, open_keys: frozenset[str] = frozenset({"facets", "publishers", "languages"})) -> Any:
    """The keys of a document, without its values; maps whose keys are data are left as they are."""
    if isinstance(value, dict):
        return {
            key: None if key in open_keys else shape(item, open_keys=open_keys) for key, item in value.items()
        }
    if isinstance(value, list):
        return [shape(item, open_keys=open_keys) for item in value[:1] if isinstance(item, dict)]
    return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the sessions of the pages have it: the sample archive, and room beside it."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "sample_archive", folder / "sample_archive")
    return folder


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder / "archive", create=True) as archive:
        for name in ("pages", "captures", "wire.jsonl"):
            list(archive.add([folder / "sample_archive" / name]))
        yield archive


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/take-it-out.md"])
def test_the_sessions_of_a_page_are_what_the_program_prints(name: str, tmp_path: Path) -> None:
    """A reader compares what the page shows with the terminal, character by character."""
    shutil.copytree(ROOT / "sample_archive", tmp_path / "sample_archive")
    sessions = "\n".join(blocks(name, "console"))
    steps = re.findall(r"^\$ newsarchive (.*)\n((?:(?!\$ ).*\n?)*)", sessions, re.MULTILINE)
    assert len(steps) > 3
    for command, expected in steps:
        assert run(command, tmp_path) == expected.rstrip(), command


def run(command: str, folder: Path) -> str:
    environment = {"COLUMNS": "80", "NEWSARCHIVE_DIR": "news", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "newsarchive", *shlex.split(command)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8").rstrip()


def test_the_library_example_of_the_readme_runs(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the first code that a user runs."""
    page = folder / "sample_archive/pages/harbour-post/mutual-aid-pact.html"
    shutil.copy(page, tmp_path / "page.html")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("README.md", "python")
    exec(compile(code, "README.md", "exec"), {})
    assert "Added(source='page.html', article_id=1)\n1\n" in capsys.readouterr().out
    assert (tmp_path / "mutual-aid.jsonl").read_bytes().count(b"\n") == 1


def test_every_format_of_exports_has_an_example() -> None:
    """A page that leaves one out hides it."""
    sessions = "\n".join(blocks("docs/take-it-out.md", "console"))
    commands = [
        shlex.split(line) for line in re.findall(r"^\$ newsarchive (export .*)$", sessions, re.MULTILINE)
    ]
    shown = {
        command[command.index("--format") + 1] if "--format" in command else format_for(command[-1]).name
        for command in commands
    }
    assert shown == set(formats())


def test_the_notebook_of_the_page_on_exports_runs(archive: Archive) -> None:
    """Dates are dates: they can be grouped."""
    (code,) = blocks("docs/take-it-out.md", "python notebook")
    names: dict[str, Any] = {"archive": archive}
    exec(compile(code, "take-it-out.md", "exec"), names)
    assert names["by_month"].sum() > 3


def test_the_article_form_is_documented_field_by_field() -> None:
    """Scripts rely on these names."""
    example = json_block("article")
    article = Article.from_dict(example)
    assert article.to_dict() == example
    assert shape(extract(b"<h1>A</h1><p>Words of an article.</p>").to_dict()).keys() == example.keys()
    assert set(Evidence.__dataclass_fields__) == set(example["evidence"][0])


@pytest.mark.parametrize("source", EvidenceSource)
def test_every_source_of_evidence_is_documented(source: EvidenceSource) -> None:
    """Its values can't be guessed."""
    assert f"`{source}`" in read("docs/reference/json.md")


def test_the_result_form_is_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    results = archive.search('"mutual aid pact"', facets=["publisher"])
    assert shape(results.to_dict()) == shape(json_block("results"))


def test_the_stats_form_is_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    assert shape(archive.stats().to_dict()) == shape(json_block("stats"))


def test_the_form_of_a_saved_run_is_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    archive.saved.add("pact", '"mutual aid pact"')
    archive.saved.run("pact")
    report = archive.saved.run("pact")
    assert shape(report.to_dict()) == shape(json_block("run"))


def test_the_forms_around_the_hits_are_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    article_id = archive.search('"mutual aid pact"').hits[0].article.id or 0
    assert shape(archive.similar(article_id).to_dict()) == shape(json_block("similar"))
    assert shape(archive.related("strike").to_dict()) == shape(json_block("related"))


def test_the_forms_of_versions_families_and_quotations_are_as_documented(archive: Archive) -> None:
    """Who checks edits by a script reads these."""
    edit = next(iter(archive.versions.edits()))
    diff = archive.versions.diff(edit.article.id or 0)
    assert diff is not None
    assert shape(diff.to_dict()) == shape(json_block("diff"))
    assert shape(edit.to_dict()) == shape(json_block("edit"))
    assert shape(archive.families.top(1)[0].to_dict()) == shape(json_block("family"))
    assert shape(archive.quote("a number with a beard on it").to_dict()) == shape(json_block("quotation"))
    (suggestion, *_) = archive.search("mutaul").to_dict()["suggestions"]
    assert set(suggestion) == {"query", "total"}


def test_the_form_of_a_timeline_is_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    open_keys = frozenset({"periods", "facets"})
    timeline = archive.timeline("harbour", by="week", facet="publisher").to_dict()
    assert shape(timeline, open_keys=open_keys) == shape(json_block("timeline"), open_keys=open_keys)


def test_the_form_of_coverage_is_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    open_keys = frozenset({"days"})
    coverage = archive.coverage(publisher="meridian").to_dict()
    assert shape(coverage, open_keys=open_keys) == shape(json_block("coverage"), open_keys=open_keys)


def test_the_form_of_citations_is_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    cited = {"format": 1, "citations": [each.to_dict() for each in archive.cite(1)]}
    assert shape(cited) == shape(json_block("citations"))


def test_the_forms_of_captures_and_revisions_are_documented_field_by_field(archive: Archive) -> None:
    """Scripts rely on these names."""
    article_id = archive.search("is:revised").hits[0].article.id or 0
    assert archive.captures(article_id)[0].to_dict().keys() == json_block("capture").keys()
    (documented,) = json_block("history")["revisions"]
    assert archive.revisions(article_id)[0].to_dict().keys() == documented.keys()


def test_the_outcome_forms_are_documented_field_by_field() -> None:
    """Scripts rely on these names."""
    outcomes = json_block("add")["outcomes"]
    error = newsarchive.errors.AcquireError("news/d.html is empty", hint="there is nothing to archive in it")
    assert outcomes[0] == Added("news/a.html", 7).to_dict()
    byline = FieldChange("authors", ["T. Overby"], ["Tamsin Overby"])
    assert outcomes[2] == Updated("wire.jsonl:12", 5, (byline,)).to_dict()
    assert outcomes[4] == Failed("news/d.html", error).to_dict()


def test_the_forms_of_a_reextract_are_documented_field_by_field() -> None:
    """Scripts rely on these names."""
    changed, recovered, failed = json_block("reextract")["outcomes"]
    fields = (FieldChange("authors", [], ["Tamsin Overby"]), FieldChange("text", "a", "b"))
    assert changed == Changed("news/a.html", 7, fields, is_revised=True).to_dict()
    assert recovered == Recovered("news/c.html", 74).to_dict()
    error = newsarchive.errors.ExtractError(failed["error"], hint=failed["hint"])
    assert failed == Failed("news/d.html", error).to_dict()


def test_the_schema_on_the_page_is_that_of_the_database(archive: Archive) -> None:
    """People write SQL from the page."""
    (page,) = blocks("docs/reference/on-disk.md", "sql schema")
    with sqlite3.connect(archive.folder / "archive.db") as database:
        rows = database.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%sqlite_%'"
        ).fetchall()
    database.close()
    documented = {" ".join(statement.split()) for statement in re.split(r";$", page, flags=re.MULTILINE)}
    assert documented - {""} == {" ".join(row[0].split()) for row in rows}


@pytest.mark.parametrize("query", blocks("docs/reference/on-disk.md", "sql query"))
def test_every_example_in_sql_answers(archive: Archive, query: str) -> None:
    """A reader copies examples; one that fails or finds nothing teaches nothing."""
    database = sqlite3.connect(f"{(archive.folder / 'archive.db').as_uri()}?mode=ro", uri=True)
    try:
        assert database.execute(query).fetchall()
    finally:
        database.close()


def test_the_page_holds_three_examples_in_sql() -> None:
    """A change of the fence's name must not make the test above pass on nothing."""
    assert len(blocks("docs/reference/on-disk.md", "sql query")) == 3


def test_the_tree_of_errors_on_the_page_is_that_of_the_code() -> None:
    """Callers choose what to catch from it."""
    tree = read("docs/reference/library.md").split("```")[-2]
    classes = {name for name, value in vars(newsarchive.errors).items() if is_error(value)}
    assert set(re.findall(r"^[│├└─ ]*(\w+)", tree, re.MULTILINE)) == classes


def is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, newsarchive.errors.NewsArchiveError)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_between_pages_leads_somewhere(name: str) -> None:
    """A dead link sends a reader away."""
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", read(name), flags=re.DOTALL)):
        if not link.startswith(("http:", "https:", "mailto:")):
            target = (ROOT / name).parent / link.split("#")[0]
            assert target.exists(), link


def test_every_folder_of_the_code_is_in_the_architecture() -> None:
    """The page is the map."""
    page = read("docs/architecture.md")
    entries = [entry for entry in (ROOT / "src/newsarchive").iterdir() if not entry.name.startswith("_")]
    for entry in entries:
        if entry.is_dir() or entry.suffix == ".py":
            assert f"`{entry.name}{'/' if entry.is_dir() else ''}`" in page, entry.name


def test_each_decision_has_a_number_of_its_own() -> None:
    """Comments in the code refer to them by number."""
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert len(set(numbers)) == len(numbers) > 8


def test_every_pinned_requirement_is_exact_and_names_no_place() -> None:
    """An address in the constraints would bind everybody to one index."""
    lines = [line for line in read("constraints.txt").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.]+", line) for line in lines)


def test_every_dependency_has_its_reason() -> None:
    """A dependency that nobody can justify is one that nobody watches."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    page = read("docs/decisions/0007-libraries.md")
    for requirement in project["dependencies"]:
        name = re.split(r"[=<>]", requirement)[0]
        assert re.search(rf"^\| (?:[\w, -]*, )?{name}(?:,| \|)", page, re.MULTILINE | re.IGNORECASE), name
