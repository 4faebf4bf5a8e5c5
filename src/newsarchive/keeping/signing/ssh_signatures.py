"""Signatures by SSH keys, which most people who sign anything have already.

Made and checked by ssh-keygen (OpenSSH 8.2 and later); the form is that of PROTOCOL.sshsig.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from newsarchive.errors import SigningError

if TYPE_CHECKING:
    from collections.abc import Iterator

# So that a signature made for another purpose, a commit's or a mail's, is none here.
_NAMESPACE = "newsarchive"
_FINGERPRINT = re.compile(r"\bSHA256:[A-Za-z0-9+/]{43}")
_SECONDS = 30
_OPENSSH = "install OpenSSH 8.2 or later: its ssh-keygen makes and checks signatures"


class SshKeygenMissing(SigningError):
    """Nothing here can make or check a signature of this kind."""


def sign(data: bytes, key: Path) -> bytes:
    """The signature of ``data``; ``key`` is a private key, or a public one that an agent has.

    The program asks for a passphrase itself, on the terminal. Raises SigningError.
    """
    if not key.is_file():
        raise SigningError(f"{key} is no file", hint="name the file of a private SSH key")
    made = _run(["-Y", "sign", "-f", str(key.absolute()), "-n", _NAMESPACE], data, seconds=None)
    if made.returncode:
        raise SigningError(f"{key} can't sign: {_reason(made.stderr)}", hint="name a private SSH key")
    return made.stdout


def signer_of(data: bytes, signature: bytes, signers: Path | None) -> str:
    """Whose signature of ``data`` it is: a key's fingerprint, or, by a file of signers, a name with it.

    ``signers`` is in the form of allowed_signers (ssh-keygen(1)). Raises SigningError where it is
    none, or of nobody that is listed.
    """
    with _as_file(signature) as file:
        checked = _run(["-Y", "check-novalidate", "-n", _NAMESPACE, "-s", file], data)
        fingerprint = _FINGERPRINT.search(checked.stdout.decode("utf-8", "replace"))
        if checked.returncode or fingerprint is None:
            raise SigningError("is not signed as it stands: it was altered, or the signature was")
        if signers is None:
            return f"the key {fingerprint[0]}"
        return f"{_name_of(data, file, signers, fingerprint[0])} with the key {fingerprint[0]}"


def _name_of(data: bytes, file: str, signers: Path, fingerprint: str) -> str:
    listed = str(signers.absolute())
    found = _run(["-Y", "find-principals", "-s", file, "-f", listed], data)
    names = found.stdout.decode("utf-8", "replace").splitlines()
    for name in names if not found.returncode else ():
        asked = ["-Y", "verify", "-f", listed, "-I", name, "-n", _NAMESPACE, "-s", file]
        if not _run(asked, data).returncode:
            return name
    raise SigningError(f"is signed with the key {fingerprint}, which {signers} does not list")


@contextmanager
def _as_file(signature: bytes) -> Iterator[str]:
    """A copy of its own: the file may be a stranger's, and its name an option."""
    with TemporaryDirectory(prefix="newsarchive-") as folder:
        path = Path(folder, "signature")
        path.write_bytes(signature)
        yield str(path)


def _run(
    arguments: Sequence[str], data: bytes, *, seconds: float | None = _SECONDS
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], input=data, capture_output=True, timeout=seconds, check=False
        )
    except FileNotFoundError:
        raise SshKeygenMissing("ssh-keygen is not installed", hint=_OPENSSH) from None
    except subprocess.TimeoutExpired:
        raise SigningError("ssh-keygen does not end") from None


def _reason(stderr: bytes) -> str:
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "ssh-keygen gives no reason"
