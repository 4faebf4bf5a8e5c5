"""Labels of blocks, and scores of text: what the model is taught and judged by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus import read_corpus
from labels import label
from measures import Extracted, score, script_of
from newsarchive.extraction.blocks.block_features import features_of
from newsarchive.extraction.blocks.block_walk import walk
from newsarchive.extraction.blocks.letter_counts import measure
from newsarchive.extraction.blocks.stated_text import Known
from newsarchive.extraction.page.parsed_page import parse
from report import Scored, table
from scripts import SCRIPTS, in_script

FERRY = "The council voted on Tuesday to keep the old ferry after three hours."
BRIDGE = "Nobody had asked the harbour master, who learned of it from the radio."
ROW = {"source_set": "x", "body": f"{FERRY}\n{BRIDGE}"}


def _label(texts: list[str], row: dict[str, Any], taught: str = "") -> list[float]:
    labels = label(texts, row=row, taught=taught, order=list(range(len(texts))))
    return [round(float(share), 2) for share in labels.belongs]


def test_blocks_of_the_labelled_text_belong_to_it() -> None:
    """Spaces and marks of a label differ from the page's."""
    assert _label([FERRY.replace(" ", "  "), "Menu of all our pages today", BRIDGE], ROW) == [1.0, 0.0, 1.0]


def test_repeated_sentence_belongs_once() -> None:
    """A teaser that repeats the first paragraph is no part of the article."""
    assert _label([FERRY, FERRY], ROW) == [1.0, 0.0]


def test_short_block_belongs_where_the_label_has_it_as_a_line() -> None:
    """Subheadings have fewer tokens than a shingle."""
    assert _label(["The vote", "Share"], {**ROW, "body": f"{FERRY}\nThe vote\n{BRIDGE}"}) == [1.0, 0.0]


def test_what_a_label_calls_optional_does_not_matter() -> None:
    """A standfirst is neither missing nor too much."""
    labels = label([FERRY, BRIDGE], row={"body": FERRY, "body_optional": BRIDGE}, taught="", order=[0, 1])
    assert labels.weight[0] > 0
    assert labels.weight[1] == 0


def test_labelled_sentences_overrule_another_extractor() -> None:
    """Where only sentences are labelled, the rest is taught by what another extractor keeps."""
    row = {"expect": ["keep the old ferry"], "reject": ["learned of it from the radio"]}
    assert _label([FERRY, BRIDGE], row, taught=BRIDGE) == [1.0, 0.0]


def test_blocks_beside_the_article_do_not_outweigh_it() -> None:
    """A page has hundreds of them."""
    menu = [f"Entry number {number} of a very long menu" for number in range(500)]
    labels = label([FERRY, BRIDGE, *menu], row=ROW, taught="", order=list(range(502)))
    assert labels.weight[2:].sum() == pytest.approx(1.5)


@pytest.mark.parametrize("name", SCRIPTS)
def test_exchanged_text_is_of_its_script_and_has_its_sentences(name: str) -> None:
    """Prose stays prose, and what has no sentence gets none."""
    written = SCRIPTS[name].write(f"{FERRY} {BRIDGE}")
    assert script_of(written) == {"Han": "CJK"}.get(name, name)
    assert measure([written]).ended[0] == 1
    assert (measure([written]).sentences[0] > 0) == (measure([FERRY]).sentences[0] > 0)
    assert measure([SCRIPTS[name].write("Most read")]).sentences[0] == 0


def test_exchanged_page_keeps_its_links_and_titles() -> None:
    """Only letters are exchanged."""
    page = parse(f'<h1>Ferry stays</h1><p>{FERRY} <a href="/">{BRIDGE}</a></p>')
    blocks, known = in_script(walk(page.root), Known.of(page), SCRIPTS["Han"])
    features = features_of(blocks, known)
    assert features.row("title").tolist() == [1, 0]
    assert 0.4 < features.row("linked")[1] < 0.6


def test_table_has_a_row_for_every_group_that_is_large_enough() -> None:
    """The model card shows it; three pages of a language say nothing of it."""
    one = score(ROW, Extracted(ROW["body"]))
    shown = table([Scored(one), Scored(one), Scored(one, language="fr")], lambda each: each.language, least=2)
    assert shown.splitlines()[2:] == ["| unknown | 2 | 1.000 |  |"]


def test_folder_without_labels_is_named(tmp_path: Path) -> None:
    """Whoever trains the model must know what is missing, and how to name another folder."""
    with pytest.raises(SystemExit, match='PAGES="FOLDER'):
        read_corpus(tmp_path)
