"""Writes docs/reference/command-line.md from the program's own help: ``make docs``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from newsarchive.cli.app import COMMANDS, GROUPS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
_INTRODUCTION = """\
# The command line

This page is written by `make docs` from the program's own help, and a test holds it to that.

`newsarchive [OPTIONS] COMMAND` works on one archive: the folder that `--archive` names, else the one that the
environment variable `NEWSARCHIVE_DIR` names, else the nearest folder, from the working folder upwards, that
holds a `newsarchive.toml`.

Data goes to standard output, talk and progress to standard error. `-` as a source is standard input, `-o -`
standard output. Colour is used on a terminal only, and not where `NO_COLOR` is set. What pages say is
stripped of control characters and escape sequences before it is shown. Where standard output is closed, an
answer is an error, and what only reports what was done is silent. A date that is a guess is marked `~`.
Queries are described in [the query language](query-language.md), JSON documents in [JSON output](json.md).

A word of a query may begin with a hyphen to exclude it (`newsarchive search korea -fake`); `--` ends options.

| exit code | meaning |
|---|---|
| 0 | done; `search`: found |
| 1 | `search` found nothing |
| 2 | wrong usage, or an error: standard error says what and what to do; `verify`: faults |
| 3 | some sources of an `add`, or saved searches of a `watch`, failed: standard error names each |
| 130 | interrupted (Ctrl-C): what was saved is safe, the same command continues |
| 141 | the reader of the output went away (`newsarchive export \\| head`) |

`newsarchive --install-completion` teaches your shell to complete commands and options.
"""


def reference() -> str:
    """The page as it should be."""
    sections = [_INTRODUCTION, _section()]
    for name in COMMANDS:
        sections += [_section(name), *(_section(name, each) for each in GROUPS.get(name, ()))]
    return "\n".join(sections)


def help_of(*command: str) -> str:
    """What ``--help`` prints, 100 columns wide."""
    program = [sys.executable, "-m", "newsarchive", *command, "--help"]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(program, env=environment, capture_output=True, check=True)
    return "\n".join(line.rstrip() for line in done.stdout.decode().splitlines())


def _section(*command: str) -> str:
    return f"## {' '.join(('newsarchive', *command))}\n\n```text\n{help_of(*command)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
