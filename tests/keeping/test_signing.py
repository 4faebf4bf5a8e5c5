"""Signatures and time stamps: made and checked by OpenSSH and OpenSSL, not by ourselves alone."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newsarchive import Archive, SigningError, Trust, sign_bag, verify_bag, vouched_bag
from newsarchive.keeping.signing.time_stamps import check_service, stamped_at

_CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
[leaf]
extendedKeyUsage = critical,timeStamping
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
"""


def run(*arguments: object, given: bytes = b"") -> bytes:
    command = [str(each) for each in arguments]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "id"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path)
    return path


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root certificate, and a certificate of a service that it signed."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    new = ("openssl", "req", "-newkey", "rsa:2048", "-nodes")
    root = ("-x509", "-days", "3650", "-subj", "/CN=Almar Root")
    run(*new, *root, "-keyout", folder / "root.key", "-out", folder / "root.pem")
    run(*new, "-subj", "/CN=Almar Stamps", "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr")
    signed = ("-CA", folder / "root.pem", "-CAkey", folder / "root.key", "-days", "3650")
    leaf = ("-extfile", folder / "tsa.cnf", "-extensions", "leaf", "-out", folder / "tsa.pem")
    run("openssl", "x509", "-req", "-in", folder / "tsa.csr", *signed, *leaf)
    (folder / "serial").write_text("01\n")
    return folder


@pytest.fixture(scope="module")
def service(authority: Path) -> Iterator[str]:
    """A time stamp service on this machine."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = authority / "query.tsq"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            of = ("-signer", authority / "tsa.pem", "-inkey", authority / "tsa.key")
            if self.path == "/other":
                run("openssl", "ts", "-query", "-data", query, "-sha512", "-cert", "-out", query)
            made = ("openssl", "ts", "-reply", "-config", authority / "tsa.cnf", "-queryfile", query)
            reply = run(*made, *of)
            self.send_response(404 if self.path == "/gone" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *arguments: object) -> None:
            del arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def signed(sample_copy: Path, key: Path, service: str) -> Path:
    with Archive.open(sample_copy) as archive:
        archive.keeping.sign(key=key, service=service)
    return sample_copy


def faults(folder: Path, trust: Trust | None = None) -> list[str]:
    with Archive.open(folder) as archive:
        return [str(fault) for fault in archive.keeping.faults(quick=True, trust=trust or Trust())]


def statement(folder: Path) -> Path:
    (path,) = (folder / "signatures").glob("*.txt")
    return path


def test_what_is_signed_and_stamped_says_who_and_when(sample_copy: Path, key: Path, service: str) -> None:
    """By the fingerprint of the key: whose key it is, verify can't know by itself."""
    with Archive.open(sample_copy) as archive:
        vouched = archive.keeping.sign(key=key, service=service)
    fingerprint = run("ssh-keygen", "-l", "-f", key).decode().split()[1]
    assert vouched.signer == f"the key {fingerprint}"
    assert vouched.stamped_at is not None
    assert not vouched.is_checked
    assert faults(sample_copy) == []


def test_other_programs_check_what_was_made(signed: Path, key: Path, authority: Path) -> None:
    """The files alone, with OpenSSH and OpenSSL, long after newsarchive is gone."""
    path = statement(signed)
    signature = ("-n", "newsarchive", "-s", f"{path}.sig")
    run("ssh-keygen", "-Y", "check-novalidate", *signature, given=path.read_bytes())
    reply = ("-in", f"{path}.tsr", "-data", path, "-CAfile", authority / "root.pem")
    assert b"OK" in run("openssl", "ts", "-verify", *reply)


def test_only_trusted_names_and_authorities_count(
    signed: Path, key: Path, authority: Path, tmp_path: Path
) -> None:
    """A signature by anyone proves nothing to who has named whom to trust."""
    ours, others = tmp_path / "ours", tmp_path / "others"
    public = key.with_suffix(".pub").read_text()
    ours.write_text(f"desk@harbour.example {public}")
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "another")
    others.write_text(f"someone@else.example {(tmp_path / 'another.pub').read_text()}")
    root = authority / "root.pem"
    assert faults(signed, Trust(ours, root)) == []
    (unknown,) = faults(signed, Trust(others, root))
    assert "does not list" in unknown
    strange = tmp_path / "strange.pem"
    new = ("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-x509", "-subj", "/CN=Other")
    run(*new, "-keyout", tmp_path / "strange.key", "-out", strange)
    (unknown,) = faults(signed, Trust(ours, strange))
    assert "no authority" in unknown


def test_a_log_that_was_made_anew_does_not_fit_its_signature(signed: Path) -> None:
    """Who rewrites rows, log and head file so that all fit can't sign in another's name."""
    number = int(statement(signed).stem.removeprefix("entry-"))
    with closing(sqlite3.connect(signed / "archive.db")) as connection, connection:
        connection.execute("UPDATE log SET hash = ? WHERE entry = ?", ("0" * 64, number))
    assert any("was altered or is gone" in fault for fault in faults(signed))


@pytest.mark.parametrize("suffix", ["", ".sig", ".tsr"])
def test_each_file_that_was_altered_is_named(signed: Path, suffix: str) -> None:
    """The statement, the signature, the stamp."""
    path = statement(signed)
    target = path.with_name(path.name + suffix)
    data = bytearray(target.read_bytes())
    data[len(data) * 2 // 3] ^= 4
    target.write_bytes(data)
    trust = Trust()
    found = faults(signed, trust)
    # One bit in a stamp's own signature shows only where its authority is known.
    assert found or suffix == ".tsr"
    assert all(path.name in fault for fault in found)


def test_no_altered_byte_of_a_stamp_tells_another_time(signed: Path, authority: Path) -> None:
    """The authority's signature covers the time; what it doesn't cover says nothing."""
    path = statement(signed)
    data, whole = path.read_bytes(), path.with_name(f"{path.name}.tsr").read_bytes()
    told, refused = stamped_at(data, whole), 0
    check_service(data, whole, authority / "root.pem")
    for place in range(0, len(whole), 7):
        altered = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        try:
            check_service(data, altered, authority / "root.pem")
        except SigningError:
            refused += 1
        else:
            assert stamped_at(data, altered) == told
    assert refused > 100


def test_an_archive_that_grows_keeps_its_signatures(signed: Path, tmp_path: Path) -> None:
    """They say that it had come so far, and it still has."""
    page = tmp_path / "page.txt"
    page.write_text("Crooked clock repaired\n\nThe clock of the market hall in Port Almar runs again.\n" * 9)
    with Archive.open(signed) as archive:
        archive.add(page).finish()
    assert faults(signed) == []


def test_another_archives_signature_is_refused(signed: Path, tmp_path: Path) -> None:
    with Archive.create(tmp_path / "other"):
        pass
    shutil.copytree(signed / "signatures", tmp_path / "other" / "signatures")
    (fault,) = faults(tmp_path / "other")
    assert "of another archive" in fault


def test_a_bag_is_signed_and_stamped(
    sample_folder: Path, tmp_path: Path, key: Path, service: str, authority: Path
) -> None:
    """Beside its manifests: it stays valid to any program, and what was altered shows in both."""
    bag = tmp_path / "bag"
    with Archive.open(sample_folder) as archive:
        archive.export("harbour", to=bag, format="bagit")
    assert list(vouched_bag(bag)) == []
    sign_bag(bag, key=key, service=service)
    assert list(verify_bag(bag)) == []
    (vouched,) = vouched_bag(bag, Trust(authorities=authority / "root.pem"))
    assert vouched.fault is None
    assert vouched.is_checked
    manifest = bag / "tagmanifest-sha256.txt"
    manifest.write_text(manifest.read_text() + "\n")
    (vouched,) = vouched_bag(bag)
    assert vouched.fault is not None


def test_what_can_not_be_signed_says_why(sample_copy: Path, tmp_path: Path, key: Path, service: str) -> None:
    """Nothing is left half made."""
    (tmp_path / "no-key").write_text("nothing")
    with Archive.open(sample_copy) as archive:
        for arguments in (
            {},
            {"key": tmp_path / "missing"},
            {"key": tmp_path / "no-key"},
            {"service": "ftp://stamps.example"},
            {"service": "http://127.0.0.1:9/"},
            {"service": f"{service}/gone"},
            {"service": f"{service}/other"},
        ):
            with pytest.raises(SigningError):
                archive.keeping.sign(**arguments)
    with pytest.raises(SigningError, match="no bag"):
        sign_bag(tmp_path, key=key)
    assert list((sample_copy / "signatures").glob("*")) == []


@pytest.mark.parametrize("given", [b"", b"x", b"\x30\x82\xff\xff" * 50, b"-----BEGIN SSH SIGNATURE-----\n"])
def test_a_strangers_files_are_refused_in_words(signed: Path, given: bytes) -> None:
    """No signature and no stamp, whatever stands in their place."""
    path = statement(signed)
    path.with_name(f"{path.name}.sig").write_bytes(given)
    assert any("not signed as it stands" in fault for fault in faults(signed))
    path.with_name(f"{path.name}.sig").unlink()
    path.with_name(f"{path.name}.tsr").write_bytes(given)
    assert any("no time stamp that can be read" in fault for fault in faults(signed))
