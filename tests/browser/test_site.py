"""The built web site: clean, complete, accessible, on a screen and on a phone."""

import functools
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from autograder.course import Course
from autograder.notebook import read_notebook
from autograder.website.site import build, executed_lectures
from autograder.website.staging import demos_of
from tests.browser.pages import WINDOW, WatchedPage, grave_violations
from utils import explorers

COURSE = Course.find(Path(__file__).parents[2])
LECTURES = [f"lectures/{unit.name}" for unit in COURSE.units]
EXERCISES = [
    f"exercises/{unit.name}/{path.stem}"
    for unit in COURSE.units
    for path in COURSE.source_notebooks(unit)
]
FIRST = ["index", "demos", "lectures/index", "exercises/index", "docs/index", "search"]
GUIDES = [f"docs/{path.stem}" for path in sorted(COURSE.root.glob("docs/*.md"))]
IN_THE_DARK = {"index", "demos", "docs/grading", LECTURES[1], EXERCISES[1]}
PHONE = {"width": 390, "height": 800}


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the freshly built site."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    build(COURSE, executed_lectures(COURSE), folder)
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[WatchedPage]:
    """One browser page for all tests; its console is watched as well."""
    watched = WatchedPage(chromium)
    watched.page.on(
        "console",
        lambda said: said.type == "error" and watched.errors.append(said.text),
    )
    yield watched
    watched.page.close()


def open_page(reader: WatchedPage, site: str, name: str) -> Any:
    """The page with its formulas set and all of its demos running."""
    reader.errors.clear()
    page = reader.page
    page.set_viewport_size(WINDOW)
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}/{name}.html", wait_until="load")
    page.evaluate(
        """async () => {
          await window.MathJax?.startup?.promise;
          const places = [...document.querySelectorAll(".course-demo")];
          await Promise.all(places.map(courseDemos.start));
          await new Promise((done) => setTimeout(done, 50));  // a frame, and its answer
        }"""
    )
    return page


def heading_sizes(page: Any) -> list[float]:
    """The font sizes of the levels of headings that the text has, from the first."""
    sizes: list[float] = page.evaluate(
        """() => ["h1", "h2", "h3", "h4"]
          .map((level) => document.querySelector(`.bd-article ${level}`))
          .filter((heading) => heading)
          .map((heading) => parseFloat(getComputedStyle(heading).fontSize))"""
    )
    return sizes


def assert_fits_a_phone(page: Any) -> None:
    """Nothing sticks out; headings get smaller with their level, as in a window."""
    in_a_window = heading_sizes(page)
    page.set_viewport_size(PHONE)
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    for sizes in (in_a_window, heading_sizes(page)):
        assert sizes == sorted(set(sizes), reverse=True)


def assert_accessible(page: Any, name: str) -> None:
    """No grave violation, and on some pages none in the dark either."""
    assert grave_violations(page) == []
    if name in IN_THE_DARK:
        page.emulate_media(color_scheme="dark")
        page.locator('html[data-theme="dark"]').wait_for()
        for demo in page.locator(".explorer").all():
            expect(demo).to_have_attribute("data-theme", "dark")
        assert grave_violations(page) == []


@pytest.mark.parametrize("name", [*FIRST, *GUIDES, *EXERCISES])
def test_page_is_clean_accessible_and_fits_a_phone(
    reader: WatchedPage, site: str, name: str
) -> None:
    page = open_page(reader, site, name)
    assert_accessible(page, name)
    assert_fits_a_phone(page)
    reader.assert_clean()


@pytest.mark.parametrize("name", LECTURES)
def test_lecture_is_complete_clean_accessible_and_fits_a_phone(
    reader: WatchedPage, site: str, name: str
) -> None:
    page = open_page(reader, site, name)
    lecture = read_notebook(COURSE.root / f"{name}.ipynb")
    shown = page.locator(".course-demo").evaluate_all(
        "places => places.map((place) => place.dataset.demo)"
    )
    assert set(demos_of(lecture)) <= set(shown)
    assert page.locator(".course-demo .explorer canvas").count() == len(shown) > 0
    assert page.locator("[data-mjx-error], mjx-merror").count() == 0
    figures = page.locator(".cell_output > .output svg")
    assert figures.count() == page.locator("svg[role=img][aria-label]").count() > 0
    assert_accessible(page, name)
    assert_fits_a_phone(page)
    reader.assert_clean()


def test_gallery_shows_every_demo(site: str) -> None:
    with urlopen(f"{site}/demos.html") as page:
        shown = re.findall(
            r'class="course-demo" data-demo="(\w+)"', page.read().decode()
        )
    assert set(shown) == set(explorers.__all__)


def test_demo_on_the_start_page_moves_without_a_kernel(
    reader: WatchedPage, site: str
) -> None:
    page = open_page(reader, site, "index")
    canvas = page.locator(".course-demo canvas")
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    slider = page.locator(".course-demo input[type=range]:visible").first
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function(
        "([canvas, before]) => canvas.toDataURL() !== before",
        arg=[canvas.element_handle(), before],
    )
    reader.assert_clean()


def test_a_dark_page_is_printed_light(reader: WatchedPage, site: str) -> None:
    page = open_page(reader, site, "search")
    page.emulate_media(color_scheme="dark")
    page.locator('html[data-theme="dark"]').wait_for()
    for event, theme in (("beforeprint", "light"), ("afterprint", "dark")):
        page.evaluate("event => { window.dispatchEvent(new Event(event)); }", event)
        assert page.evaluate("() => document.documentElement.dataset.theme") == theme


def test_search_finds_the_lecture(reader: WatchedPage, site: str) -> None:
    reader.errors.clear()
    reader.page.goto(f"{site}/search.html?q=momentum")
    reader.page.locator("#search-results a[href*='05_optimizers']").first.wait_for()
    reader.assert_clean()
