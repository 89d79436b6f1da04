"""A real browser, a page without a kernel, and a JupyterLab of the suite's own.

JupyterLab and Chromium start once. They use the loopback address, and folders and a
home of their own, so that nothing of the machine's user is read or changed.
"""

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HARNESS = Path(__file__).with_name("harness.js").read_text(encoding="utf-8")
START_SECONDS = 60
PATIENCE_MS = 30_000
WINDOW = {"width": 1100, "height": 900}
MENDABLE = """\
def predict(X, w, b):
    if not working: raise RuntimeError("not yet")
    return 1 / (1 + np.exp(-(X @ w + b)))
mended = LogisticRegressionFit(predict)
mended"""
LAB_SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "docmanager-extension/plugin": {"autosave": False},
    "apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver; it must be started only once in a process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """The machine's Chromium, with a home of its own."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: install the package `chromium`."
    home = tmp_path_factory.mktemp("chromium")
    browser = playwright.chromium.launch(
        executable_path=program,
        args=CHROMIUM_OPTIONS,
        env={**os.environ, "HOME": str(home)},
    )
    yield browser
    browser.close()


class WatchedPage:
    """A page, the errors that it reports and the hosts that it asks."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.page: Page = browser.new_page(viewport=WINDOW, **options)
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.add_init_script(HARNESS)
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        local = ("http://127.0.0.1:", "ws://127.0.0.1:", "blob:", "data:", "about:")
        if not url.startswith(local):
            self.strangers.append(url)

    def assert_clean(self) -> None:
        """No page error so far, and no request to another host."""
        assert self.errors == []
        assert self.strangers == []


class PlainPage(WatchedPage):
    """A page that shows one explorer without any kernel, as an exported page does."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        super().__init__(browser, **options)
        self.page.goto("about:blank")
        self.page.evaluate(HARNESS)

    def mount(self, explorer: Any) -> Locator:
        """Show the explorer as its saved state says."""
        values = explorer.get_state()
        script, style = values.pop("_esm"), values.pop("_css")
        kept = {
            name: encode(value)
            for name, value in values.items()
            if name in explorer.trait_names() and not name.startswith("_")
            if name not in ("layout", "tabbable", "tooltip")
        }
        self.page.evaluate(
            "parts => harness.mount(parts)",
            {"script": script, "style": style, "values": kept},
        )
        return self.page.locator(".explorer")

    def move(self, **values: Any) -> tuple[dict[str, Any], str]:
        """Set values of the state; returns the read-out and the summary."""
        readout, summary = self.page.evaluate("part => harness.set(part)", values)
        return readout, summary

    def readout(self) -> dict[str, Any]:
        """The numbers that the picture shows now."""
        return dict(self.page.evaluate("() => harness.model.get('readout')"))

    def state(self) -> dict[str, Any]:
        """What the explorer would tell Python now."""
        return dict(self.page.evaluate("() => harness.model.get('state')"))

    def pixels(self) -> str:
        """The canvas as one string, after the next frame."""
        self.page.evaluate("() => harness.frame()")
        canvas = self.page.locator(".explorer canvas")
        return str(canvas.evaluate("canvas => harness.pixels(canvas)"))


def encode(value: Any) -> Any:
    """A widget's state with bytes as base64, so that it can travel as JSON."""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {name: encode(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [encode(part) for part in value]
    return value


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


class Lab:
    """A running JupyterLab: its address, its token and the folder that it shows."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.token = os.urandom(16).hex()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = (folder / "lab.log").open("wb")
        self.process = self._start(folder)

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        for name in ("root", "home", "settings", "workspaces"):
            (folder / name).mkdir()
        for name, setting in LAB_SETTINGS.items():
            file = folder / "settings/@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(setting), encoding="utf-8")
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.port,
            "ServerApp.root_dir": self.root,
            "ServerApp.allow_root": True,
            "ServerApp.open_browser": False,
            "IdentityProvider.token": self.token,
            "LabApp.user_settings_dir": folder / "settings",
            "LabApp.workspaces_dir": folder / "workspaces",
            "LabApp.expose_app_in_browser": True,
        }
        own_home = {
            "HOME": str(folder / "home"),
            "IPYTHONDIR": str(folder / "home/ipython"),
            "JUPYTER_CONFIG_DIR": str(folder / "home/config"),
            "JUPYTER_DATA_DIR": str(folder / "home/data"),
            "JUPYTER_RUNTIME_DIR": str(folder / "home/runtime"),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterlab"]
            + [f"--{name}={value}" for name, value in options.items()],
            env={**os.environ, **own_home},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
        )

    def wait_until_ready(self) -> None:
        """Return as soon as the server answers."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            assert self.process.poll() is None, self.log_text()
            assert time.monotonic() < deadline, self.log_text()
            try:
                with urllib.request.urlopen(f"{self.address}/api", timeout=1):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)  # between two questions, not instead of an answer

    def log_text(self) -> str:
        """What the server wrote so far."""
        return Path(self.log.name).read_text(encoding="utf-8", errors="replace")

    def write_notebook(self, name: str, cells: dict[str, str]) -> None:
        """A notebook with one code cell per tag."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
        for tag, source in cells.items():
            cell = nbformat.v4.new_code_cell(source, metadata={"tags": [tag]})
            notebook.cells.append(cell)
        nbformat.write(notebook, self.root / name)

    def stop(self) -> None:
        """End the server and its kernels."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The suite's own JupyterLab."""
    server = Lab(tmp_path_factory.mktemp("lab"))
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


class NotebookPage(WatchedPage):
    """A notebook that is open in JupyterLab."""

    def __init__(self, browser: Browser, lab: Lab, name: str) -> None:
        super().__init__(browser)
        self.page.goto(
            f"{lab.address}/doc/tree/{name}?token={lab.token}&reset",
            wait_until="domcontentloaded",
        )
        self.page.wait_for_function("() => window.jupyterapp")
        self.page.evaluate("() => window.jupyterapp.restored")
        self.page.wait_for_function(
            """() => {
              const widget = window.jupyterapp.shell.currentWidget;
              return widget?.content?.model && widget.context?.isReady
                && widget.sessionContext.session?.kernel?.status === "idle";
            }"""
        )

    def run(self, tag: str) -> Locator:
        """Run the cell with this tag; returns it. Its errors are the test's."""
        problem = self.page.evaluate(
            """async (tag) => {
              const notebook = window.jupyterapp.shell.currentWidget.content;
              const at = notebook.widgets.findIndex(
                (cell) => (cell.model.getMetadata("tags") || []).includes(tag));
              notebook.activeCellIndex = at;
              notebook.deselectAll();
              await window.jupyterapp.commands.execute("notebook:run-cell");
              const outputs = notebook.widgets[at].model.outputs.toJSON();
              notebook.widgets[at].node.dataset.tag = tag;
              notebook.widgets[at].node.scrollIntoView({ block: "start" });
              return outputs.find((one) => one.output_type === "error") || null;
            }""",
            tag,
        )
        assert problem is None, problem
        return self.page.locator(f'.jp-Cell[data-tag="{tag}"]')

    def ask(self, expression: str) -> Any:
        """The value of a Python expression in the notebook's kernel."""
        reply = self.page.evaluate(
            """async (code) => {
              const { session } = window.jupyterapp.shell.currentWidget.sessionContext;
              const future = session.kernel.requestExecute({
                code: "", silent: true, store_history: false,
                user_expressions: { answer: code },
              });
              return (await future.done).content.user_expressions.answer;
            }""",
            f"__import__('json').dumps({expression})",
        )
        assert reply["status"] == "ok", reply
        text = reply["data"]["text/plain"]
        return json.loads(eval(text))

    def pixels(self, cell: Locator) -> str:
        """The canvas of the cell's explorer as one string, once it stays the same."""
        canvas = cell.locator(".explorer canvas")
        return str(canvas.evaluate("canvas => harness.settled(canvas)"))

    def wait_for_other_pixels(self, cell: Locator, before: str) -> str:
        """Wait until the canvas shows something else; returns what it shows."""
        canvas = cell.locator(".explorer canvas").element_handle()
        self.page.wait_for_function(
            "([canvas, before]) => harness.pixels(canvas) !== before",
            arg=[canvas, before],
        )
        return self.pixels(cell)

    def wait_for_pixels(self, cell: Locator, expected: str) -> None:
        """Wait until the canvas shows exactly this."""
        canvas = cell.locator(".explorer canvas").element_handle()
        self.page.wait_for_function(
            "([canvas, expected]) => harness.pixels(canvas) === expected",
            arg=[canvas, expected],
        )

    def wait_for_kernel(self, expression: str, expected: Any) -> None:
        """Wait until an expression in the kernel has this value."""
        deadline = time.monotonic() + 20
        while (got := self.ask(expression)) != expected:
            assert time.monotonic() < deadline, (expression, got, expected)
            self.page.evaluate("() => harness.frame()")


@pytest.fixture(scope="session")
def notebook(chromium: Browser, lab: Lab) -> Iterator[NotebookPage]:
    """One open notebook with every explorer in a cell of its own."""
    from utils import explorers

    imports = "import numpy as np\nfrom utils.explorers import *"
    cells = {"imports": imports, "mendable": MENDABLE}
    cells |= {
        name: f"{name.lower()} = {name}(); {name.lower()}" for name in explorers.__all__
    }
    lab.write_notebook("explorers.ipynb", cells)
    opened = NotebookPage(chromium, lab, "explorers.ipynb")
    opened.run("imports")
    yield opened
    opened.page.close()
