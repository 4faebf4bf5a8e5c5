"""Where the public names of a package are defined, read off imports that are written for type checkers.

Names that are loaded when first used need a table of their homes, and type checkers need
the imports. Keeping both by hand means that they drift apart. So the imports are the
table: the code of the package runs once more, in a namespace of its own where
``TYPE_CHECKING`` is true and ``import`` writes down what was asked for and loads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any


@cache
def homes_of(package: str) -> Mapping[str, str]:
    """The module of each name that a package imports from its own modules, in the order of the names."""
    homes: dict[str, str] = {}

    def note(module: str, _globals: object, _locals: object, names: Sequence[str], _level: int) -> object:
        if module.startswith(f"{package}."):
            homes.update(dict.fromkeys(names, module))
        return SimpleNamespace(**dict.fromkeys(names, True))

    spec = find_spec(package)
    loader: Any = None if spec is None else spec.loader
    # From the loader, not from a file: packages are also run from zips, and without their source.
    exec(loader.get_code(package), {"__name__": package, "__builtins__": {"__import__": note}})  # noqa: S102  the package's own code
    return {name: homes[name] for name in sorted(homes)}
