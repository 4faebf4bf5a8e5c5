"""What is wrong with a command line, in the words of the project and not of the library that parses it."""

from __future__ import annotations

import re
from typing import Any

# Options of the program, which people type behind a command.
_BEFORE_COMMANDS = ("--archive", "--debug")
_PATTERNS = (
    (re.compile(r"Missing command"), "no command was given"),
    (re.compile(r"Missing (?:argument|option) '([^']+)'"), r"\1 is missing"),
    (re.compile(r"No such command '([^']*)'\.? ?"), r"there is no command \1: "),
    (re.compile(r"No such option: (\S+) ?"), r"there is no option \1 "),
    (re.compile(r"Option '([^']+)' requires an argument"), r"\1 needs a value"),
    (re.compile(r"Option '([^']+)' does not take a value"), r"\1 takes no value"),
    (re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)"), r"more than was asked for: \1"),
    (re.compile(r"\(Possible options: (\S+)(?:, .*)?\)"), r"(did you mean \1?)"),
    (re.compile(r"Did you mean '([^']+)'(?:, .*)?\?"), r"did you mean \1?"),
)


def usage_error(error: Any) -> tuple[str, str]:
    """What typer finds wrong with a command line, and where to read how it is right."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "newsarchive"
    option = getattr(error, "option_name", None)
    if option in _BEFORE_COMMANDS and path != "newsarchive":
        rest = path.removeprefix("newsarchive ")
        return f"{option} stands before the command", f"newsarchive {option} … {rest} …"
    parameter = getattr(error, "param", None)
    if parameter is not None and error.format_message().startswith("Invalid value"):
        return _invalid(parameter, error.message), f"{path} --help"
    return _in_words(error.format_message()), f"{path} --help"


def _in_words(message: str) -> str:
    for pattern, words in _PATTERNS:
        message = pattern.sub(words, message)
    return message.strip().rstrip(".:")


def _invalid(parameter: Any, message: str) -> str:
    """What is wrong with the value of an option or argument."""
    # Imported here: of no use to a command line that can be meant.
    from newsarchive.cli.help_pages import choices_of

    name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.metavar
    given = re.search(r"'(.*)' is not one of", message)
    if given and (choices := choices_of(parameter)):
        return f"{name} can't be '{given[1]}', but one of: {', '.join(choices)}"
    bound = re.search(r"(greater|less) than or equal to (\S+)", message)
    if bound:
        return f"{name} must be {bound[2]} or {'more' if bound[1] == 'greater' else 'less'}"
    if "valid integer" in message:
        return f"{name} must be a whole number"
    return f"{name}: {message.replace('Value error, ', '').strip().rstrip('.')}"
