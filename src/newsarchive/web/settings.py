"""How an archive is served: where, to whom, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from newsarchive.errors import Hint, InvalidArgument, Remedy

DEFAULT_PORT = 8765
_SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``names`` are hosts that browsers may call this server by, beside its address and localhost.

    Without ``password`` it is served to the own machine alone.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    password: str | None = None
    read_only: bool = False
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.password is None and not is_loopback(self.host):
            raise InvalidArgument(
                f"{self.host} can be reached from other machines, and no password is set",
                hint=Hint("serve this machine alone, or set a password", Remedy.SET_PASSWORD),
            )
        if not 0 <= self.port <= 65_535:
            raise InvalidArgument(f"there is no port {self.port}", hint="choose one from 1024 to 65535")


def is_loopback(host: str) -> bool:
    """Whether a host is the own machine, as told by its name or address alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_password(path: Path) -> str:
    """The first line of a file. Raises InvalidArgument for one that is no password."""
    try:
        with path.open(encoding="utf-8") as file:
            password = file.readline(4_096).strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidArgument(
            f"the password can't be read from {path}: {getattr(error, 'strerror', None) or 'no UTF-8'}",
            hint="name a file whose first line is the password",
        ) from error
    if len(password) < _SHORTEST_PASSWORD:
        raise InvalidArgument(
            f"the password in {path} has fewer than {_SHORTEST_PASSWORD} characters",
            hint="its first line is the password: choose a long one",
        )
    return password
