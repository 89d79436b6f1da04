"""Chromium, a page without a kernel, and one JupyterLab, started once for all tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.lab import Lab
from tests.browser.pages import WINDOW, NotebookPage, PlainPage, chromium_of_its_own
from utils import explorers

MENDABLE = """\
def predict(X, w, b):
    if not working: raise RuntimeError("not yet")
    return 1 / (1 + np.exp(-(X @ w + b)))
mended = LogisticRegressionFit(predict)
mended"""
DRIVEN = """\
def layer(image, kernel, S, P, D):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, P), kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel.T if turned else kernel)
driven = ConvolutionStepper(layer)
driven"""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver; it must be started only once in a process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium."""
    with chromium_of_its_own(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def shared_page(chromium: Browser) -> Iterator[PlainPage]:
    """The page behind `plain_page`; opening a new one for every test takes longer."""
    plain = PlainPage(chromium)
    yield plain
    plain.page.close()


@pytest.fixture
def plain_page(shared_page: PlainPage) -> Iterator[PlainPage]:
    """A page without a kernel; the test ends with a look at its errors."""
    shared_page.page.set_viewport_size(WINDOW)
    shared_page.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    shared_page.errors.clear()
    yield shared_page
    shared_page.assert_clean()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The suite's own JupyterLab."""
    server = Lab(tmp_path_factory.mktemp("lab"))
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def notebook(chromium: Browser, lab: Lab) -> Iterator[NotebookPage]:
    """One open notebook with every explorer in a cell of its own."""
    imports = "import numpy as np\nfrom utils.explorers import *"
    cells = {"imports": imports, "mendable": MENDABLE, "driven": DRIVEN}
    cells |= {
        name: f"{name.lower()} = {name}(); {name.lower()}" for name in explorers.__all__
    }
    lab.write_notebook("explorers.ipynb", cells)
    opened = NotebookPage(chromium, lab, "explorers.ipynb")
    opened.run("imports")
    yield opened
    opened.page.close()
