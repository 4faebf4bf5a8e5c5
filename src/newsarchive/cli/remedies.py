"""What users of the command line type for what newsarchive can do about an error."""

from __future__ import annotations

import shlex

from newsarchive.errors import Hint, Remedy

# {} is what the hint is about, quoted for a shell.
COMMANDS = {
    Remedy.MAKE_ARCHIVE: "newsarchive init {}",
    Remedy.UPGRADE: "pip install --upgrade newsarchive",
    Remedy.INSTALL_EXTRA: "pip install 'newsarchive[{}]'",
    Remedy.FIND_IDS: "newsarchive search QUERY --ids",
    Remedy.LIST_SAVED: "newsarchive saved list",
    Remedy.REPLACE_SAVED: "newsarchive saved add --replace {} QUERY",
    Remedy.LIST_RUNS: "newsarchive saved runs {}",
    Remedy.REINDEX: "newsarchive reindex",
    Remedy.REBUILD: "newsarchive rebuild",
    Remedy.VERIFY: "newsarchive verify",
    Remedy.ADD_AGAIN: "newsarchive add --again",
    Remedy.LIST_COLLECTIONS: "newsarchive collection list",
    Remedy.MAKE_BACKUP: "newsarchive backup FOLDER",
    Remedy.ALLOW_PRIVATE: "--allow-private",
    Remedy.SET_PASSWORD: "--password-file FILE",
    Remedy.CHOOSE_PORT: "--port 0",
    Remedy.NAME_NOT_READ: "--verbose",
}


def with_command(hint: str | None) -> str | None:
    """A hint with the command or option that it is about, if there is one."""
    if not isinstance(hint, Hint):
        return hint
    return f"{hint}: {COMMANDS[hint.remedy].replace('{}', shlex.quote(hint.about))}"
