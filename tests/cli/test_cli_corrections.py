"""The commands set, unset and publisher."""

from __future__ import annotations

from pathlib import Path

from cli_program import run


def test_a_correction_is_listed_with_its_reason_and_undone(sample_copy: Path) -> None:
    """What a person says is shown as said, and how he knows."""
    done = run("--archive", sample_copy, "set", "1", "published=2024-10-30", "--because", "printed edition")
    assert done.code == 0, done.err
    assert "date_published: 2024-10-30 (printed edition, " in done.out
    document = run("--archive", sample_copy, "set", "1", "--json").json
    assert [each["field"] for each in document["corrections"]] == ["date_published"]
    shown = run("--archive", sample_copy, "show", "1", "--evidence").out
    assert "user, high" in shown
    assert "nothing is corrected by hand" in run("--archive", sample_copy, "unset", "1", "published").out


def test_slips_are_told_in_a_line(sample_copy: Path) -> None:
    """No reason, no equals sign, no such field, no such article."""
    for arguments, message in (
        (["set", "1", "section=World"], "needs its reason"),
        (["set", "1", "section", "--because", "x"], "is no FIELD=VALUE"),
        (["set", "1", "colour=red", "--because", "x"], "no field 'colour'"),
        (["set", "999", "section=World", "--because", "x"], "no article has the id 999"),
        (["unset", "1", "section"], "is not corrected by hand"),
        (["publisher", "unalias", "Nobody"], "stands for no other publisher"),
    ):
        done = run("--archive", sample_copy, *arguments)
        assert (done.code, done.out) == (2, "")
        assert message in done.err
        assert len(done.err.splitlines()) <= 2


def test_an_alias_says_how_many_articles_it_is_now(sample_copy: Path) -> None:
    """So that a slip in the name is seen at once."""
    name = run("--archive", sample_copy, "show", "1", "--json").json["publisher"]
    done = run("--archive", sample_copy, "publisher", "alias", "Almar United", name, "--because", "bought")
    assert done.code == 0
    assert "found by publisher" in done.err
    assert run("--archive", sample_copy, "show", "1", "--json").json["publisher"] == "Almar United"
    assert run("--archive", sample_copy, "publisher", "list").out.startswith("Almar United\n  ")
    document = run("--archive", sample_copy, "publisher", "list", "--json").json
    assert document["aliases"][0]["because"] == "bought"
    assert run("--archive", sample_copy, "publisher", "unalias", name).code == 0
    assert run("--archive", sample_copy, "show", "1", "--json").json["publisher"] == name
