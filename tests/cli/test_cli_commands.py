"""Every command on the sample archive, as users and scripts run it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import pty
import re
import sqlite3
import subprocess
from pathlib import Path
from typing import get_args

import pytest
from cli_program import PROGRAM, Run, environment, run
from generate_reference import PAGE, reference

from newsarchive import FacetField, MarkFacet, Sort
from newsarchive.base.periods import Period
from newsarchive.cli import shared_options
from newsarchive.cli.app import COMMANDS, GROUPS
from newsarchive.cli.render.terminal_text import cells
from newsarchive.export.registry import formats
from newsarchive.store.reading.date_counts import DATED_COLUMNS

ARTICLE_KEYS = """id url headline description authors date_published date_confidence date_modified publisher
section keywords language image is_accessible_for_free text word_count evidence""".split()


def guessed_id(folder: Path) -> str:
    """The article that is dated by its masthead."""
    return run("--archive", folder, "search", "--ids", "published:2025-02").out.strip()


def on_terminal(folder: Path, *arguments: str, **env: str) -> str:
    """What a terminal of 80 columns is sent."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "--archive", str(folder), *arguments],
        stdout=follower,
        stderr=subprocess.PIPE,
        env=environment(COLUMNS="80", TERM="xterm", **env),
    )
    os.close(follower)
    sent = b""
    try:
        while part := os.read(leader, 65536):
            sent += part
    except OSError:
        pass  # Linux tells the end of a terminal by an error.
    process.communicate()
    os.close(leader)
    return sent.decode().replace("\r\n", "\n")


def test_version_is_printed() -> None:
    """The first thing that a report of a fault needs."""
    done = run("--version")
    assert done.code == 0
    assert re.fullmatch(r"newsarchive \d+\.\d+\.\d+\n", done.out)


def test_the_command_line_page_is_what_help_says() -> None:
    """A page that is written by hand grows stale; ``make docs`` renews it."""
    assert PAGE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command: str) -> None:
    """One example says more than ten options."""
    assert re.search(rf"Example: newsarchive (--archive \S+ )?{command}", run(command, "--help").out)


@pytest.mark.parametrize(
    "command", [(), *((name,) for name in COMMANDS), *((a, b) for a, names in GROUPS.items() for b in names)]
)
def test_help_speaks_to_readers_and_fits_80_columns(command: tuple[str, ...]) -> None:
    """A newcomer knows neither ``<list[str]>`` nor ``x>=1``, and half a sentence helps nobody."""
    page = run(*command, "--help", env={"COLUMNS": "80"}).out
    assert max(map(len, page.splitlines())) <= 80
    assert not re.search(r"<\w+(\[|>)|x[<>]=|\{[A-Z]+\}|[a-z]\.\.\.$", page, re.MULTILINE)


def test_choices_are_those_of_the_library() -> None:
    """The command line names them without importing the library."""
    assert get_args(shared_options.Sort) == tuple(Sort)
    assert [choice.value for choice in shared_options.Facet] == [
        field.value for field in (*FacetField, *MarkFacet)
    ]
    assert get_args(shared_options.Period) == tuple(Period)
    assert get_args(shared_options.DatedFacet) == DATED_COLUMNS


def test_completion_offers_commands() -> None:
    """Shell completion works with commands that are loaded lazily."""
    done = run(
        env={"_NEWSARCHIVE_COMPLETE": "complete_bash", "COMP_WORDS": "newsarchive sea", "COMP_CWORD": "1"}
    )
    assert done.out.split() == ["search"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("saved run p", ["pact", "ports"]),
        ("watch po", ["ports"]),
        ("search --sort re", ["relevance", "recent"]),
        ("export --format cs", ["csv"]),
    ],
)
def test_tab_completes_saved_names_and_choices(sample_copy: Path, typed: str, offered: list[str]) -> None:
    """Nobody remembers under which name a search was saved."""
    for name in ("pact", "ports"):
        run("--archive", sample_copy, "saved", "add", name, name)
    words = f"newsarchive {typed}"
    done = run(
        cwd=sample_copy,
        env={
            "_NEWSARCHIVE_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        },
    )
    assert set(done.out.split()) >= set(offered)
    assert all(each.startswith(typed.split()[-1]) for each in done.out.split())


def test_the_archive_is_found_by_option_environment_or_folder(sample_folder: Path, tmp_path: Path) -> None:
    """In this order, so that an option always wins."""
    expected = run("--archive", sample_folder, "stats").out
    assert run("stats", cwd=sample_folder / "snapshots").out == expected
    assert run("stats", cwd=tmp_path, env={"NEWSARCHIVE_DIR": str(sample_folder)}).out == expected
    other = tmp_path / "other"
    assert run("init", other, "--name", "Other").code == 0
    done = run("--archive", sample_folder, "stats", cwd=other, env={"NEWSARCHIVE_DIR": str(other)})
    assert done.out == expected


def test_init_makes_an_archive_and_keeps_one_that_is_there(tmp_path: Path) -> None:
    """Running it twice is harmless."""
    assert run("init", tmp_path / "a", "--name", "Harbour").out.endswith("is ready\n")
    assert run("init", tmp_path / "a").out.endswith("is an archive already\n")
    assert run("stats", "--json", cwd=tmp_path / "a").json["name"] == "Harbour"


def test_add_reports_json_lines_and_the_same_again_is_unchanged(tmp_path: Path) -> None:
    """Scripts read one outcome a line; a second run changes nothing."""
    archive, page = tmp_path / "archive", tmp_path / "page.txt"
    run("init", archive)
    page.write_text("Harbour reopens after the storm\n\n" + "The ships came back on Monday morning. " * 20)
    first = run("--archive", archive, "add", "--jsonl", page)
    assert first.code == 0, first.err
    outcome = json.loads(first.out)
    assert outcome == {"source": str(page), "outcome": "added", "id": outcome["id"]}
    assert first.err == "1 added, 0 revised, 0 updated, 0 unchanged, 0 failed\n"
    again = run("--archive", archive, "add", "--json", page, tmp_path / "missing")
    assert again.code == 3
    assert {key: again.json[key] for key in ("format", "added", "revised", "unchanged", "failed")} == {
        "format": 1,
        "added": 0,
        "revised": 0,
        "unchanged": 1,
        "failed": 1,
    }
    assert [each["outcome"] for each in again.json["outcomes"]] == ["unchanged", "failed"]


def test_add_reads_a_list_and_standard_input(tmp_path: Path) -> None:
    """Lists have comments, blank lines and marks of byte order."""
    archive, page = tmp_path / "archive", tmp_path / "page.txt"
    run("init", archive)
    text = "Harbour reopens after the storm\n\n" + "The ships came back on Monday morning. " * 20
    page.write_text(text)
    listed = b"\xef\xbb\xbf# pages\n\n  " + os.fsencode(page) + b"  \r\n"
    (tmp_path / "list.txt").write_bytes(listed)
    assert run("--archive", archive, "add", "--urls", tmp_path / "list.txt").out.startswith("1 added")
    assert run("--archive", archive, "add", "--urls", "-", stdin=listed).out.startswith(
        "0 added, 0 revised, 0 updated, 1 un"
    )
    assert run("--archive", archive, "add", "-", stdin=text.encode()).code == 0


def test_search_lists_hits_that_fit_the_terminal(sample_folder: Path) -> None:
    """A list is scanned, so no line may break."""
    done = run(
        "--archive",
        sample_folder,
        "search",
        "strike",
        "-n",
        "3",
        "--facet",
        "language",
        env={"COLUMNS": "60"},
    )
    assert done.code == 0
    assert re.match(r"#\d+  ~?\d{4}", done.out)
    assert "\nlanguage\n  en " in done.out
    assert re.search(r"^3 of \d+ matches; the next: --offset 3", done.out, re.MULTILINE)
    *lines, _ = done.out.splitlines()
    assert max(map(len, lines)) <= 60
    assert "\x1b" not in done.out


def test_search_marks_matches_on_a_terminal_and_honours_no_color(sample_folder: Path) -> None:
    """Colour shows why an article matches; who asks for none gets none."""
    assert re.search("\x1b\\[1;33m[Ss]trik", on_terminal(sample_folder, "search", "strike"))
    assert "\x1b" not in on_terminal(sample_folder, "search", "strike", NO_COLOR="1")


def test_search_json_has_the_documented_keys(sample_folder: Path) -> None:
    """Scripts rely on them."""
    document = run("--archive", sample_folder, "search", "strike", "--json", "--facet", "publisher").json
    assert set(document) == {"format", "query", "total", "hits", "facets", "suggestions"}
    assert document["query"] == "strike"
    assert set(document["facets"]) == {"publisher"}
    keys = "id score headline publisher authors date_published date_confidence url language snippet".split()
    assert set(document["hits"][0]) >= set(keys)


@pytest.mark.parametrize("form", [[], ["--ids"], ["--jsonl"]], ids=["list", "ids", "jsonl"])
def test_an_offset_past_the_last_hit_says_how_many_there_are(sample_folder: Path, form: list[str]) -> None:
    """There are matches; nobody should be told to try fewer words."""
    total = run("--archive", sample_folder, "search", "strike", "--json").json["total"]
    offset = ["search", "strike", "--offset", "5000", "--facet", "publisher"]
    done = run("--archive", sample_folder, *offset, *form)
    assert done.code == 0
    assert f"{total} matches, none from --offset 5,000 on" in (done.err if form else done.out)
    assert "nothing found" not in done.err
    assert ("Meridian Wire" in done.out) == (not form)


def test_ids_feed_other_commands(sample_folder: Path) -> None:
    """``search --ids | xargs -n1 newsarchive show`` is how pipes are built."""
    done = run("--archive", sample_folder, "search", "--ids", '"mutual aid pact"', "-n", "1")
    (article_id,) = done.out.split()
    assert "mutual aid pact" in run("--archive", sample_folder, "show", article_id).out.lower()


def test_search_explains_a_query_and_searches_nothing(sample_folder: Path) -> None:
    """A query that finds nothing can be asked what it was taken for."""
    done = run(
        "--archive", sample_folder, "search", "--explain", "bridge -no-such-word\x1b[31m", "--after", "2024"
    )
    assert done.code == 0
    assert done.out.split("\n")[:4] == [
        "articles with all of these:",
        "  · the word “bridge” in any form",
        "  · without the word “no-such-word” in any form",
        "  · a publication date from 2024-01-01 on",
    ]


def test_search_without_words_lists_by_date(sample_folder: Path) -> None:
    """What is new is asked more often than anything else."""
    newest = [
        json.loads(line) for line in run("--archive", sample_folder, "search", "--jsonl").out.splitlines()
    ]
    dates = [hit["date_published"][:10] for hit in newest]
    assert dates == sorted(dates, reverse=True)
    oldest = run(
        "--archive", sample_folder, "search", "--sort", "oldest", "--after", "2019", "--jsonl", "-n1"
    )
    assert json.loads(oldest.out)["date_published"] == "2019"


def test_a_word_with_a_hyphen_is_excluded(sample_folder: Path) -> None:
    """``-word`` is the query language's; it must not be taken for an option, whatever its letters."""
    total = run("--archive", sample_folder, "search", "harbour", "--json").json["total"]
    document = run("--archive", sample_folder, "search", "harbour", "-nine", "--json", "-n5").json
    assert document["query"] == "harbour -nine"
    assert document["total"] < total
    assert len(document["hits"]) <= 5


def test_one_letter_is_excluded_unless_it_names_an_option(sample_folder: Path) -> None:
    """``-a`` means the same in a shell as in quotes; ``-n`` and ``-o`` are what help says they are."""
    quoted = run("--archive", sample_folder, "search", "harbour -a", "--json").json
    typed = run("--archive", sample_folder, "search", "harbour", "-a", "--json", "-n", "1").json
    assert (typed["query"], typed["total"]) == ("harbour -a", quoted["total"])
    assert len(typed["hits"]) <= 1


def test_a_guessed_date_is_marked_wherever_it_is_shown(sample_folder: Path) -> None:
    """A masthead's day is no day of publication; a reader must see that."""
    found = run("--archive", sample_folder, "search", "published:2025-02")
    assert "  ~2025-02-05  " in found.out
    article_id = guessed_id(sample_folder)
    assert (
        "~2025-02-05 (a guess: the day the page was shown"
        in run("--archive", sample_folder, "show", article_id).out
    )
    evidence = run("--archive", sample_folder, "show", article_id, "--evidence").out
    assert "date_published  masthead, low\n  2025-02-05\n" in evidence
    assert run("--archive", sample_folder, "show", article_id, "--json").json["date_confidence"] == "low"


def test_show_json_is_one_article_and_raw_is_what_was_received(sample_folder: Path) -> None:
    """The form of a script, and the bytes as they came."""
    article_id = guessed_id(sample_folder)
    shown = run("--archive", sample_folder, "show", article_id, "--json").json
    marks = ["tags", "collections", "notes", "highlights"]
    assert list(shown) == [*ARTICLE_KEYS, *marks, "captures"]
    page = Path(__file__).parents[2] / "sample_archive" / "text" / "port-almar-harbour-talks.txt"
    raw = run("--archive", sample_folder, "show", article_id, "--raw")
    assert raw.out.encode() == page.read_bytes()


def test_history_lists_revisions_and_show_reads_each(sample_folder: Path) -> None:
    """One sample page was captured twice, with an edit between."""
    article_id = run("--archive", sample_folder, "search", "--ids", "is:revised", "-n", "1").out.strip()
    told = run("--archive", sample_folder, "history", article_id).out
    # Two revisions, and the two captures that they were read from.
    assert [line.startswith("capture") for line in told.splitlines()] == [False, False, True, True]
    revisions = run("--archive", sample_folder, "history", article_id, "--json").json["revisions"]
    assert [each["revision"] for each in revisions] == [1, 2]
    for each in revisions:
        number = str(each["revision"])
        document = run("--archive", sample_folder, "show", article_id, "--revision", number, "--json").json
        assert document == {"format": 1, "id": int(article_id), **each}
        shown = run("--archive", sample_folder, "show", article_id, "--revision", number).out
        assert shown.startswith(each["headline"])
        assert each["text"].split("\n")[-1] in shown
    missing = run("--archive", sample_folder, "show", article_id, "--revision", "3")
    assert (missing.code, missing.out) == (2, "")
    assert "has 2 revisions" in missing.err


def test_evidence_is_whole_and_leads_to_the_bytes(sample_folder: Path) -> None:
    """A claim is checked with the digest, the file and the place in it."""
    evidence = run("--archive", sample_folder, "show", "1", "--evidence", env={"COLUMNS": "40"}).out
    capture, *_ = run("--archive", sample_folder, "show", "1", "--json").json["captures"]
    assert f"sha256 {capture['sha256']}\n" in evidence
    place = f"{capture['snapshot']}, {capture['record_length']:,} bytes at {capture['offset']}\n"
    assert place in evidence
    with (sample_folder / capture["snapshot"]).open("rb") as snapshot:
        snapshot.seek(capture["offset"])
        record = gzip.decompress(snapshot.read(capture["record_length"]))
    assert (
        hashlib.sha256(record.split(b"\r\n\r\n", 1)[1][: capture["length"]]).hexdigest() == capture["sha256"]
    )


@pytest.mark.parametrize("columns", ["20", "30", "80"])
def test_the_lines_of_a_hit_hold_the_match_and_addresses_stay_whole(
    sample_folder: Path, columns: str
) -> None:
    """A hit whose match is out of sight is no answer; an address that is cut can't be copied."""
    hits = run("--archive", sample_folder, "search", '"mutual aid"', "-n", "9", "--json").json["hits"]
    out = run("--archive", sample_folder, "search", '"mutual aid"', "-n", "9", env={"COLUMNS": columns}).out
    blocks = re.split(r"^(?=#\d+ )", out, flags=re.MULTILINE)[1:]
    for hit, block in zip(hits, blocks, strict=True):
        assert "mutual aid" in " ".join(block.lower().split())
        assert hit["url"] is None or f"  {hit['url']}\n" in block
        assert all(cells(line) <= int(columns) for line in block.splitlines()[:-2] if "://" not in line)


def test_lines_are_whole_where_output_is_no_terminal(sample_folder: Path) -> None:
    """Whoever greps wants the paragraph in which a word stands."""
    text = run("--archive", sample_folder, "show", "1", "--json").json["text"]
    lines = run("--archive", sample_folder, "show", "1").out.splitlines()
    assert {" ".join(paragraph.split()) for paragraph in text.split("\n")} <= set(lines)


def test_export_writes_all_matches(sample_folder: Path, tmp_path: Path) -> None:
    """No cap, in either format, to a file or standard output."""
    total = run("--archive", sample_folder, "search", "strike", "--json").json["total"]
    lines = run("--archive", sample_folder, "export", "strike").out.splitlines()
    assert len(lines) == total
    assert list(json.loads(lines[0])) == ARTICLE_KEYS
    target = tmp_path / "strike.csv"
    done = run("--archive", sample_folder, "export", "strike", "--format", "csv", "-o", target)
    assert done.out == f"{total} articles written to {target}\n"
    assert len(list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"), newline="")))) == total


def test_the_options_of_formats_are_options_of_the_command(sample_folder: Path, tmp_path: Path) -> None:
    """They come from the registry, and an option of another format is refused."""
    target = tmp_path / "strike.tsv"
    run("--archive", sample_folder, "export", "strike", "-o", target, "--fields", "id,headline", "--excel")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid\theadline\r\n")
    wrong = run("--archive", sample_folder, "export", "strike", "--excel")
    assert (wrong.code, wrong.out) == (2, "")
    assert "jsonl has no option excel" in wrong.err
    assert run("--archive", sample_folder, "export", "--format", "cvs").err.endswith(
        "hint: did you mean csv?\n"
    )
    help_page = run("export", "--help").out
    assert all(re.search(rf"^ +{name} +\w", help_page, re.MULTILINE) for name in formats())


def test_standard_output_may_be_called_by_its_name(sample_folder: Path) -> None:
    """As other programs allow; and an empty name is an error in words."""
    lines = run("--archive", sample_folder, "export", "strike").out
    assert run("--archive", sample_folder, "export", "strike", "-o", "/dev/stdout").out == lines
    wrong = run("--archive", sample_folder, "export", "strike", "-o", "")
    assert (wrong.code, wrong.out) == (2, "")
    assert "no name" in wrong.err


def test_stats_tells_what_there_is(sample_folder: Path) -> None:
    """For people as lines, for scripts as a document."""
    document = run("--archive", sample_folder, "stats", "--json").json
    assert document["format"] == 1
    assert document["index"]["up_to_date"] is True
    text = run("--archive", sample_folder, "stats").out
    assert re.search(rf"^articles +{document['articles']} ", text, re.MULTILINE)


def test_timeline_shows_gaps_as_empty_bars(sample_folder: Path) -> None:
    """A month without coverage is a finding, too."""
    query = ["timeline", "published:2024..2025", "--by", "month"]
    periods = run("--archive", sample_folder, *query, "--json").json["periods"]
    chart = run("--archive", sample_folder, *query).out
    shown = {line.split()[0]: int(line.split()[1]) for line in chart.splitlines()}
    assert {period: count for period, count in shown.items() if count} == periods
    assert shown["2025-01"] == 0
    rows = run("--archive", sample_folder, *query, "--csv").out.splitlines()
    assert rows == ["period,articles", *(f"{period},{count}" for period, count in periods.items())]


def test_a_timeline_by_publisher_has_a_line_for_each(sample_folder: Path, tmp_path: Path) -> None:
    """Who wrote when, in a terminal, a spreadsheet, a script and a picture."""
    query = ["timeline", "harbour", "--by", "week", "--facet", "publisher"]
    document = run("--archive", sample_folder, *query, "--json").json
    facets = document["facets"]["publisher"]
    chart = run("--archive", sample_folder, *query)
    shown = chart.out.splitlines()
    assert [line for line in shown if line.startswith("Meridian Wire ")]
    assert all(len(line) <= 80 for line in shown)
    rows = list(csv.reader(io.StringIO(run("--archive", sample_folder, *query, "--csv").out)))
    assert rows[0] == ["period", "publisher", "articles"]
    assert {(publisher, period): int(count) for period, publisher, count in rows[1:]} == {
        (publisher, period): count for publisher, counts in facets.items() for period, count in counts.items()
    }
    picture = tmp_path / "t.svg"
    done = run("--archive", sample_folder, *query, "--plot", picture)
    assert (done.code, done.out) == (0, "")
    assert "Meridian Wire (" in picture.read_text(encoding="utf-8")


def test_a_timeline_of_nothing_exits_with_1(sample_folder: Path, tmp_path: Path) -> None:
    """As search does; no picture is drawn of nothing."""
    done = run("--archive", sample_folder, "timeline", "xylographer", "--plot", tmp_path / "t.svg")
    assert (done.code, done.out) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_verify_finds_damage_and_reindex_mends_the_index(sample_copy: Path) -> None:
    """The two commands of whoever doubts an archive."""
    clean = run("--archive", sample_copy, "verify")
    assert clean.code == 0
    assert re.fullmatch(r"verified: \d+ captures, no faults\n", clean.out)
    again = run("--archive", sample_copy, "reindex")
    assert again.out.endswith("articles indexed\n")
    assert again.err == "", "who asks for a new index need not be warned of it"
    snapshot = next((sample_copy / "snapshots").glob("*.warc.gz"))
    data = bytearray(snapshot.read_bytes())
    data[len(data) // 2] ^= 0xFF
    snapshot.write_bytes(data)
    damaged = run("--archive", sample_copy, "verify")
    assert damaged.code == 2
    assert damaged.out.startswith("snapshots: ")


def test_reextract_tells_what_changed_by_field(sample_copy: Path) -> None:
    """Who runs it wants to know what it was good for, and scripts want it as data."""
    database = sqlite3.connect(sample_copy / "archive.db")
    with database:
        database.execute("UPDATE captures SET extractor = 0 WHERE article_id <= 3")
        database.execute("UPDATE articles SET section = NULL WHERE id = 1")
        database.execute("UPDATE articles SET section = 'Skip', language = 'xx' WHERE id = 2")
    database.close()
    done = run("--archive", sample_copy, "reextract", "--workers", "1")
    lines = [line.split() for line in done.out.splitlines()]
    assert lines[0] == ["field", "changed", "found", "lost"]
    assert sorted(lines[1:-1]) == [["language", "1", "0", "0"], ["section", "0", "1", "1"]]
    assert done.out.splitlines()[-1] == "2 changed, 0 recovered, 1 unchanged, 0 failed"
    document = run("--archive", sample_copy, "reextract", "1", "--json").json
    assert (document["unchanged"], document["outcomes"]) == (1, [])
    stream = run("--archive", sample_copy, "reextract", "2", "--jsonl")
    assert json.loads(stream.out)["outcome"] == "unchanged"
    assert stream.err == "0 changed, 0 recovered, 1 unchanged, 0 failed\n"


def test_reextract_takes_one_choice_of_captures(sample_folder: Path) -> None:
    """Ids and --failed together would leave one of them unheard."""
    done = run("--archive", sample_folder, "reextract", "1", "--failed")
    assert done.code == 2
    assert "exclude each other" in done.err


def test_extract_needs_no_archive(tmp_path: Path) -> None:
    """A page becomes JSON, from a file or standard input; what fails is named."""
    page = b"<html><h1>Harbour reopens</h1><p>" + b"The ships came back on Monday morning. " * 20
    (tmp_path / "page.html").write_bytes(page)
    done = run("extract", "page.html", "empty.html", cwd=tmp_path)
    assert done.code == 3
    assert list(done.json) == ARTICLE_KEYS
    assert done.err.startswith("failed: empty.html: ")
    lines = run("extract", "--jsonl", "-", "page.html", cwd=tmp_path, stdin=page).out.splitlines()
    assert [json.loads(line)["headline"] for line in lines] == ["Harbour reopens"] * 2


def hostile_runs(folder: Path) -> list[Run]:
    commands = [
        ["search"],
        ["search", "--facet", "publisher"],
        ["search", "--json"],
        ["show", "1"],
        ["stats"],
    ]
    commands += [["show", "1", "--evidence"], ["show", "1", "--json"], ["history", "1"], ["timeline"]]
    return [run("--archive", folder, *command) for command in commands]


def test_a_title_can_not_drive_the_terminal(tmp_path: Path) -> None:
    """Pages are strangers' text; a terminal obeys what it is sent."""
    hostile = "\x1b]0;owned\x07\x1b[2J\x9b31mRed\u202egnp.exe\x7f [bold]markup[/bold]"
    row = {
        "title": hostile,
        "body": hostile + " text of some length",
        "publisher": hostile,
        "date": "2024-05-01",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    archive = tmp_path / "archive"
    run("init", archive)
    assert run("--archive", archive, "add", tmp_path / "rows.jsonl").code == 0
    for done in hostile_runs(archive):
        assert done.code == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out + done.err)
    assert "[bold]markup[/bold]" in run("--archive", archive, "search").out
    sent = on_terminal(archive, "export", "--format", "csv")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", sent)


def test_verify_says_in_json_what_it_says_in_words(tmp_path: Path) -> None:
    """A nightly job reads the document, a person the line; both get the same code."""
    archive, page = tmp_path / "archive", tmp_path / "page.txt"
    page.write_text("Harbour reopens after the storm\n\n" + "The ships came back on Monday morning. " * 20)
    run("init", archive)
    run("--archive", archive, "add", page)
    clean = run("--archive", archive, "verify", "--json", "--quick")
    assert (clean.code, clean.json["faults"], clean.json["quick"]) == (0, [], True)
    with sqlite3.connect(archive / "archive.db") as database:
        database.execute("UPDATE articles SET headline = 'Harbour closed'")
    database.close()
    found = run("--archive", archive, "verify", "--json")
    assert found.code == 2
    (fault,) = found.json["faults"]
    assert set(fault) == {"part", "message", "since", "hint"}
    told = run("--archive", archive, "verify")
    assert told.code == 2
    assert fault["message"] in told.out
