"""What people do on the pages, in a real browser without a screen."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from hostile_world import make_hostile_archive
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from newsarchive import Archive
from newsarchive.web.listening import listen, port_of
from newsarchive.web.settings import Settings
from newsarchive.web.site import make_site

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def serve(folder: Path) -> Iterator[str]:
    """The address of an archive that a thread serves."""
    with Archive.open(folder) as archive, listen("127.0.0.1", 0) as listener:
        site = make_site(archive, Settings(port=port_of(listener)))
        server = uvicorn.Server(uvicorn.Config(site, log_level="error", lifespan="on"))
        # Signals are for the test's own process.
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{port_of(listener)}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(sample_folder: Path) -> Iterator[str]:
    """The archive of the sample pages, served."""
    yield from serve(sample_folder)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with an empty profile."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("there is no Chromium on PATH, and these tests are of what it shows: install it")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=found, headless=True, args=FLAGS
        )
        context.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield context
        context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts may not fail."""
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    page.close()
    assert failures == []


def test_find_narrow_read_and_walk_the_matches(page: Page, address: str) -> None:
    """The journey that everybody takes, by keyboard where it is quicker."""
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("strike")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    page.locator(".facet a", has_text="Meridian Wire").click()
    expect(page.locator(".facet .on")).to_contain_text("Meridian Wire")
    assert "publisher=Meridian" in page.url
    page.go_back()
    expect(page.locator(".facet .on")).to_have_count(0)
    page.locator(".hit a").first.click()
    expect(page.locator(".walk")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(page.locator("mark.here")).to_have_count(1)
    expect(page.locator("[data-count]")).to_contain_text("2 /")
    expect(page.locator("#related")).to_contain_text("Similar")


def test_the_timeline_is_brushed(page: Page, address: str) -> None:
    """Drawn over, it narrows to the days under the hand."""
    page.goto(address)
    box = page.locator(".brush svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page.locator('.days input[name="after"]')).not_to_have_value("")
    assert "before=" in page.url


def test_nothing_is_asked_of_another_server(page: Page, address: str) -> None:
    """It works without internet, and tells nobody what is read."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/?q=strike", "/article/1?q=ships", "/article/1/history", "/article/1/looks"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    reached = [url for url in asked if not url.startswith((address, "data:"))]
    # What a captured page names is refused by its policy before it leaves.
    assert [url for url in reached if ".example" not in url] == []


def test_a_hostile_archive_runs_nothing(page: Page, tmp_path: Path) -> None:
    """Neither its values nor its captured pages."""
    served = serve(make_hostile_archive(tmp_path / "archive", tmp_path))
    address = next(served)
    for path in ("/", "/?q=ferry", "/article/1", "/article/2?q=goat", "/article/2/looks", "/article/1/cite"):
        page.goto(address + path)
        page.wait_for_load_state("load")
        assert page.evaluate("window.stolen") is None, path
        assert page.url == address + path
    next(served, None)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/?q=strike&publisher=Meridian+Wire", "/?q=(", "/article/1?q=ships", "/overview"]
)
def test_everybody_can_use_the_pages(page: Page, address: str, path: str, scheme: str) -> None:
    """WCAG 2.2 AA, as far as axe-core tells."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address + path)
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_is_wider_than_its_screen(page: Page, address: str, width: int, language: str) -> None:
    """From phones to wide screens, from either side."""
    page.set_viewport_size({"width": width, "height": 800})
    page.set_extra_http_headers({"accept-language": language})
    for path in (
        "/",
        "/?q=strike",
        "/article/1",
        "/article/1/history",
        "/article/1/looks",
        "/article/1/cite",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_same_journey_without_scripts(context: BrowserContext, address: str) -> None:
    """Everything is links and forms."""
    page = context.new_page()
    page.route("**/page.js*", lambda route: route.abort())
    page.goto(address)
    page.fill("#q", "strike")
    page.click("button.main")
    page.locator(".facet a", has_text="Meridian Wire").click()
    expect(page.locator(".facet .on")).to_contain_text("Meridian Wire")
    page.locator(".hit a").first.click()
    expect(page.locator("article mark").first).to_be_visible()
    page.get_by_role("link", name="Who else ran it").click()
    expect(page.locator("main")).to_contain_text("Similar articles")
    page.close()
