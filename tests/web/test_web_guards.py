"""What stands before the pages: names, origins, passwords, sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_client import HOST, browsing, token_in

from newsarchive.errors import InvalidArgument
from newsarchive.web.guards.login_limit import FREE, FREE_FOR_ALL, LoginLimit
from newsarchive.web.guards.sessions import LIFETIME, Sessions
from newsarchive.web.settings import Settings, read_password

PASSWORD = "correct horse battery"
GUARDED = Settings(password=PASSWORD)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1:80", "127.0.0.1.evil.example:8765", "", "[::1"]
)
def test_a_request_by_another_name_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: a stranger's name that leads here comes with the stranger's script."""
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    """Whatever of them people type."""
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_name_that_was_given_is_answered(sample_folder: Path) -> None:
    """A proxy with HTTPS stands before it under a name of its own."""
    settings = Settings(password=PASSWORD, host="0.0.0.0", names=("news.example",))
    with browsing(sample_folder, settings) as client:
        assert client.get("/login", headers={"host": "news.example"}).status_code == 200
        assert client.get("/login", headers={"host": "192.0.2.7:8765"}).status_code == 200
        assert client.get("/login", headers={"host": "other.example"}).status_code == 421


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "news.example"])
def test_others_are_not_served_without_a_password(host: str) -> None:
    """Whoever forgets it must not publish an archive."""
    with pytest.raises(InvalidArgument, match="no password"):
        Settings(host=host)


def test_a_short_or_missing_password_is_refused(tmp_path: Path) -> None:
    """An empty file would let everybody in."""
    path = tmp_path / "password"
    for content in (b"", b"short\n", b"\xff" * 20):
        path.write_bytes(content)
        with pytest.raises(InvalidArgument):
            read_password(path)
    path.write_text(f"{PASSWORD}\nmore\n")
    assert read_password(path) == PASSWORD
    with pytest.raises(InvalidArgument):
        read_password(tmp_path / "missing")


def test_without_the_password_nothing_is_shown(sample_folder: Path) -> None:
    """Pages lead to the door, programs are told."""
    with browsing(sample_folder, GUARDED) as client:
        door = client.get("/?q=ferry")
        assert (door.status_code, door.headers["location"]) == (303, "/login?next=%2F%3Fq%3Dferry")
        assert client.get("/api/search").status_code == 401
        assert client.get("/article/1").status_code == 303
        assert client.get("/static/style.css").status_code == 200


def log_in(client: TestClient, password: str, **more: str) -> tuple[int, str]:
    page = client.get("/login")
    token = token_in(page.text) if page.status_code == 200 else ""
    done = client.post("/login", data={"password": password, "token": token, **more})
    return done.status_code, done.headers.get("location", "")


def test_the_password_leads_to_the_page_that_was_asked_for(sample_folder: Path) -> None:
    """And nowhere else: an address of another host is no page."""
    with browsing(sample_folder, GUARDED) as client:
        assert log_in(client, "wrong") == (403, "")
        assert log_in(client, PASSWORD, next="/?q=ferry") == (303, "/?q=ferry")
        assert client.get("/?q=ferry").status_code == 200
        token = token_in(client.get("/").text)
        assert client.post("/logout", data={"token": token}).status_code == 303
        assert client.get("/").status_code == 303
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "/\n/evil.example"):
        with browsing(sample_folder, GUARDED) as client:
            assert log_in(client, PASSWORD, next=elsewhere) == (303, "/")


def test_guessing_the_password_is_slowed_down(sample_folder: Path) -> None:
    """After a few wrong ones even the right one waits."""
    with browsing(sample_folder, GUARDED) as client:
        codes = [log_in(client, f"guess {number}")[0] for number in range(FREE)]
        assert codes == [403] * FREE
        token = token_in(client.get("/login").text)
        refused = client.post("/login", data={"password": PASSWORD, "token": token})
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1


def test_each_wrong_password_doubles_the_wait_of_its_client_alone() -> None:
    """Others may still log in, until all together guess too much."""
    limit = LoginLimit()
    for _ in range(FREE + 3):
        limit.failed("one", now=100.0)
    assert limit.wait("one", now=100.0) == 8.0
    assert limit.wait("one", now=108.0) == 0.0
    assert limit.wait("two", now=100.0) == 0.0
    limit.passed("one")
    assert limit.wait("one", now=100.0) == 0.0
    for number in range(FREE_FOR_ALL):
        limit.failed(f"client {number}", now=101.0)
    assert limit.wait("another", now=102.0) > 0.0


def test_a_session_is_ours_unchanged_and_of_today() -> None:
    """Whoever could make or lengthen one needs no password."""
    sessions = Sessions("c")
    value = sessions.new(is_admitted=False, now=1000.0)
    session = sessions.read(value, now=1000.0)
    assert session is not None
    assert not session.is_admitted
    assert sessions.read(value, now=1001.0 + LIFETIME) is None
    assert sessions.read(value.replace(".0.", ".1."), now=1000.0) is None
    assert Sessions("c").read(value, now=1000.0) is None
    for broken in ("", ".", "a.b.c.d", "é.1.1.x", value[:-1]):
        assert sessions.read(broken, now=1000.0) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=["another site", "sandboxed", "another port", "fetched across", "a neighbour"],
)
def test_a_form_of_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    """A browser sends the cookies of this site with it."""
    token = token_in(client.get("/").text)
    sent = client.post("/language", data={"language": "ar", "token": token}, headers=headers)
    assert sent.status_code == 403


def test_a_form_without_the_token_of_its_session_is_refused(client: TestClient) -> None:
    """Where a browser names no origin, the token tells."""
    for token in ("", "x", "é", "0" * 64):
        assert client.post("/language", data={"language": "ar", "token": token}).status_code == 403
    genuine = client.post(
        "/language",
        data={"language": "en", "token": token_in(client.get("/").text), "next": "/?q=a"},
        headers={"origin": HOST, "sec-fetch-site": "same-origin"},
    )
    assert (genuine.status_code, genuine.headers["location"]) == (303, "/?q=a")


def test_what_is_too_large_is_refused(client: TestClient) -> None:
    """A query of 10 MB must cost nothing."""
    assert client.get("/?q=" + "a" * 30_000).status_code == 414
    assert client.post("/language", data={"language": "a" * 10_000_000}).status_code == 413

    def endless() -> object:
        for _ in range(40):
            yield b"a" * 100_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/language", content=endless(), headers=headers).status_code == 413  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/", "/?q=(", "/nothing", "/static/style.css", "/login"])
def test_every_answer_forbids_what_no_page_needs(client: TestClient, path: str) -> None:
    """No script or style inline, nothing from elsewhere, no frame around it."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/static/../site.py", "/static/%2e%2e/site.py", "/static/..%2fsite.py", "/static//etc/passwd"]
)
def test_no_path_leads_out_of_the_folder_of_files(client: TestClient, path: str) -> None:
    """What is served as a file is what was put there to be."""
    assert client.get(path).status_code == 404


def test_a_page_that_is_known_is_not_sent_again(client: TestClient) -> None:
    """Who turns back and forth loads nothing twice."""
    first = client.get("/?q=ferry")
    again = client.get("/?q=ferry", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/?q=pier", headers={"if-none-match": first.headers["etag"]}).status_code == 200
