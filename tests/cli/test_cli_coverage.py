"""``coverage`` as users run it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from cli_program import PROGRAM, environment, run

from newsarchive.cli.render.terminal_text import cells


@pytest.mark.parametrize("columns", ["30", "60", "80", "132"])
def test_the_table_and_the_calendar_fit_the_terminal(sample_folder: Path, columns: str) -> None:
    """A line that wraps makes a calendar unreadable."""
    done = run("--archive", sample_folder, "coverage", env={"COLUMNS": columns})
    assert done.code == 0
    assert "Meridian Wire" in done.out
    assert "a cell is a" in done.out
    assert max(map(cells, done.out.splitlines())) <= max(66, int(columns)) if int(columns) > 60 else True
    rows = [line for line in done.out.splitlines() if set("░▒▓█·") & set(line)]
    assert rows
    assert all(cells(row) <= int(columns) for row in rows if "cell" not in row)


def test_one_publisher_is_shown_day_by_day(sample_folder: Path) -> None:
    """The calendar of what was collected, and of what was not."""
    done = run(
        "--archive",
        sample_folder,
        "coverage",
        "--publisher",
        "meridian",
        "--after",
        "2024-11",
        "--before",
        "2025-01",
    )
    rows = dict(line.split(None, 1) for line in done.out.splitlines() if line.startswith("202"))
    assert rows == {"2024-11": "···█" + "·" * 26, "2024-12": "·" * 31, "2025-01": "·" * 31}


def test_shades_are_shapes_and_no_colour_without_a_terminal_or_with_no_color(sample_folder: Path) -> None:
    """The picture survives a pipe, and NO_COLOR."""
    piped = run("--archive", sample_folder, "coverage", "--publisher", "meridian").out
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "--archive", str(sample_folder), "coverage", "--publisher", "meridian"],
        stdout=follower,
        env=environment(COLUMNS="80", NO_COLOR="1"),
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
    assert sent.decode().replace("\r\n", "\n") == piped
    assert "\x1b" not in piped


def test_coverage_as_json_and_as_a_picture(sample_folder: Path, tmp_path: Path) -> None:
    """One for scripts, one for a report."""
    document = run("--archive", sample_folder, "coverage", "--json", "--publisher", "meridian").json
    (row,) = document["publishers"]
    assert row["publisher"] == "Meridian Wire"
    assert sum(row["days"].values()) + row["imprecise"] + row["undated"] == row["articles"]
    picture = tmp_path / "wire.svg"
    done = run("--archive", sample_folder, "coverage", "--plot", picture)
    assert (done.code, done.out) == (0, "")
    assert picture.read_text(encoding="utf-8").count("Meridian Wire") == 1


def test_the_publishers_shown_are_as_many_as_asked_for_and_the_totals_of_all(sample_folder: Path) -> None:
    """A table of four hundred publishers is read by nobody; the sum of all is what is cited."""
    document = run("--archive", sample_folder, "coverage", "--json").json
    total, publishers = document["total"], document["publishers"]
    assert total["articles"] == sum(each["articles"] for each in publishers)
    assert total["days_with"] == len({day for each in publishers for day in each["days"]})
    lines = run("--archive", sample_folder, "coverage", "--top", "3").out.splitlines()
    table = lines[1 : lines.index("")]
    assert len(table) == 4
    assert table[-1].split()[:3] == ["all", str(len(publishers)), str(total["articles"])]
    assert f"and {len(publishers) - 3} more: --top shows more, --publisher chooses" in lines


def test_a_picture_is_bounded_and_has_one_time_axis(sample_folder: Path, tmp_path: Path) -> None:
    """Publishers are compared year by year, and a picture of hundreds helps nobody."""
    run("--archive", sample_folder, "coverage", "--top", "2", "--plot", tmp_path / "c.svg")
    picture = (tmp_path / "c.svg").read_text(encoding="utf-8")
    document = run("--archive", sample_folder, "coverage", "--json").json
    assert f"and {len(document['publishers']) - 2} more publishers, not drawn" in picture
    first = document["total"]["first"][:4]
    assert len(re.findall(rf">{first} to \d+: nothing collected<", picture)) == 2
    done = run("--archive", sample_folder, "coverage", "--plot", tmp_path / "c.png")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_collected_exits_with_1_and_a_wrong_picture_with_2(sample_folder: Path) -> None:
    """As search does, and as every wrong usage does."""
    nothing = run("--archive", sample_folder, "coverage", "--publisher", "nobody")
    assert (nothing.code, nothing.out) == (1, "")
    assert "hint: " in nothing.err
    wrong = run("--archive", sample_folder, "coverage", "--plot", "x.bmp")
    assert wrong.code == 2
    assert ".svg" in wrong.err
