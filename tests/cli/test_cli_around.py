"""``similar``, ``related``, "did you mean" and groups, as users meet them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_program import run


def test_a_search_without_hits_says_what_may_have_been_meant(sample_folder: Path) -> None:
    """On standard error, for people; in the document, for scripts."""
    done = run("--archive", sample_folder, "search", "mutaul")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("nothing found\nhint: did you mean: mutual (")
    partial = run("--archive", sample_folder, "search", "mutaul", "aid")
    assert (partial.code, partial.err[:33]) == (1, "hint: did you mean: mutual aid (1")
    document = run("--archive", sample_folder, "search", "mutaul", "aid", "--json").json
    assert document["suggestions"][0]["query"] == "mutual aid"
    assert document["suggestions"][0]["total"] > 0


def test_similar_articles_for_people_scripts_and_pipes(sample_folder: Path) -> None:
    """The same articles in the same order everywhere."""
    article_id = run("--archive", sample_folder, "search", "harbour strike", "-n", "1", "--ids").out.strip()
    similar = ["--archive", str(sample_folder), "similar", article_id, "-n", "3"]
    document = run(*similar, "--json").json
    ids = [str(hit["id"]) for hit in document["hits"]]
    assert (document["id"], len(ids)) == (int(article_id), 3)
    assert run(*similar, "--ids").out.split() == ids
    assert run(*similar, "--jsonl").out.count('"same_story"') == 3
    shown = run(*similar, env={"COLUMNS": "80"}).out
    assert shown.startswith(f"like #{article_id} ")
    assert [line.split()[0][1:] for line in shown.splitlines() if line.startswith("#")] == ids
    assert all(len(line) <= 80 for line in shown.splitlines() if "://" not in line)


def test_related_words_for_people_and_scripts(sample_folder: Path) -> None:
    """What else the articles of a search speak of."""
    related = ["--archive", str(sample_folder), "related", "mutual", "aid", "-n", "4"]
    terms = [each["term"] for each in run(*related, "--json").json["terms"]]
    assert len(terms) == 4
    lines = run(*related).out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == terms


@pytest.mark.parametrize("group", ["publisher", "day"])
def test_groups_show_each_hit_once_under_its_heading(sample_folder: Path, group: str) -> None:
    """Who wrote of it, or when."""
    search = ["--archive", str(sample_folder), "search", "harbour", "-n", "15"]
    hits = run(*search, "--json").json["hits"]
    key = {
        hit["id"]: hit["publisher"] if group == "publisher" else str(hit["date_published"])[:10]
        for hit in hits
    }
    seen, heading = [], ""
    for line in run(*search, "--group", group).out.splitlines():
        if line.startswith("#"):
            number = int(line.split()[0][1:])
            seen.append(number)
            assert (key[number] or "(not stated)") == heading.lstrip("~")
        elif line.endswith(" of those shown)"):
            heading = line.rpartition(" (")[0]
    assert sorted(seen) == sorted(key)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["similar", "99999"], 2),
        (["similar", "1", "--json", "--ids"], 2),
        (["search", "harbour", "--group", "day", "--json"], 2),
        (["related", "xqzzyk"], 1),
        (["related", "(x"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_finds_nothing_or_can_not_be_meant_is_told(
    sample_folder: Path, arguments: list[str], code: int
) -> None:
    """Nothing on standard output, the reason on standard error."""
    done = run("--archive", sample_folder, *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err
