"""Pages of a real browser: one without a kernel, and notebooks in JupyterLab."""

import base64
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Playwright

from tests.browser.lab import Lab

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).resolve().parents[2]
HARNESS = Path(__file__).with_name("harness.js").read_text(encoding="utf-8")
SITE = (ROOT / "docs" / "site" / "static" / "demos.js").read_text(encoding="utf-8")
PATIENCE_MS = 30_000
BLANK = """<!doctype html><html lang="en"><title>A demo</title>
<style>body { background: white; }
@media (prefers-color-scheme: dark) { body { background: #14181d; } }</style></html>"""
# Contrast is measured for every token, and a scan slows down with the square of the
# elements. Where the kinds of tokens of a block of code were all in blocks above it, no
# color is new: the block becomes plain text, and only it is looked at.
FLATTEN_REPEATED_CODE = """() => {
  const seen = new Set();
  for (const block of document.querySelectorAll(".highlight > pre")) {
    const kinds = [block.parentElement.parentElement, ...block.querySelectorAll("span")]
      .map((element) => element.className);
    if (kinds.every((kind) => seen.has(kind))) block.textContent = block.textContent;
    for (const kind of kinds) seen.add(kind);
  }
}"""
WINDOW = {"width": 1100, "height": 900}
GRAVE = {"serious", "critical"}
# The theme's own: its button says "Search" and shows another text.
OF_THE_THEME = {"label-content-name-mismatch"}


@contextmanager
def chromium_of_its_own(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, with a home of its own."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: install the package `chromium`."
    with tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=CHROMIUM_OPTIONS,
            env={**os.environ, "HOME": home},
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
        assert not self.errors, self.errors
        assert not self.strangers, self.strangers


class PlainPage(WatchedPage):
    """A page that shows one explorer without any kernel, as an exported page does."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        super().__init__(browser, **options)
        self.page.goto("about:blank")
        self.page.set_content(BLANK)
        self.page.evaluate(SITE + HARNESS)

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

    def sweep(self, parts: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
        """What `move` returns for each part, in a fraction of its time."""
        told = self.page.evaluate("parts => harness.sweep(parts)", parts)
        return [(readout, summary) for readout, summary in told]

    def readout(self) -> dict[str, Any]:
        """The numbers that the picture shows once it rests."""
        return self._told("readout")

    def state(self) -> dict[str, Any]:
        """What the explorer tells Python once it rests."""
        return self._told("state")

    def _told(self, name: str) -> dict[str, Any]:
        self.rest()
        return dict(self.page.evaluate("name => harness.model.get(name)", name))

    def rest(self) -> None:
        """Wait until everything that was done to the explorer is painted and told."""
        self.page.evaluate("() => harness.rest()")

    def pixels(self) -> str:
        """The picture as a short string, once it rests."""
        self.rest()
        canvas = self.page.locator(".explorer canvas")
        return str(canvas.evaluate("canvas => harness.pixels(canvas)"))


def grave_violations(page: Any) -> list[str]:
    """What an accessibility scan calls serious or critical."""
    # "preload" would ask for style sheets once more, some at wrong addresses; the
    # glyphs of a formula are thousands, and its text for screen readers stands beside
    options = {"preload": False, "resultTypes": ["violations"]}
    page.evaluate(FLATTEN_REPEATED_CODE)
    scan = Axe().run(page, {"exclude": [["mjx-math"]]}, options)
    found = scan.response["violations"]
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in found
        if violation["impact"] in GRAVE and violation["id"] not in OF_THE_THEME
    ]


def encode(value: Any) -> Any:
    """A widget's state with bytes as base64, so that it can travel as JSON."""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {name: encode(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [encode(part) for part in value]
    return value


class NotebookPage(WatchedPage):
    """JupyterLab with one notebook in front."""

    def __init__(self, browser: Browser, lab: Lab, name: str) -> None:
        super().__init__(browser)
        self.page.goto(
            f"{lab.address}/doc/tree/{name}?token={lab.token}&reset",
            wait_until="domcontentloaded",
        )
        self.page.wait_for_function("() => window.jupyterapp")
        self.page.evaluate("() => window.jupyterapp.restored")
        self._wait_for_kernel_of(name)

    @contextmanager
    def opened(self, name: str) -> Iterator[Self]:
        """Another notebook comes to the front; at the end its kernel ends with it."""
        self.page.evaluate(
            """async (path) => {
              window.before = window.jupyterapp.shell.currentWidget;
              await window.jupyterapp.commands.execute("docmanager:open", { path });
            }""",
            name,
        )
        self._wait_for_kernel_of(name)
        yield self
        self.assert_clean()
        self.page.evaluate(
            """async () => {
              const { shell } = window.jupyterapp;
              const widget = shell.currentWidget;
              await widget.sessionContext.shutdown();
              widget.dispose();
              shell.activateById(window.before.id);
            }"""
        )

    def _wait_for_kernel_of(self, name: str) -> None:
        self.page.wait_for_function(
            """(path) => {
              const widget = window.jupyterapp.shell.currentWidget;
              return widget?.context?.path === path && widget.context.isReady
                && widget.content.model
                && widget.sessionContext.session?.kernel?.status === "idle";
            }""",
            arg=name,
        )

    def run(self, tag: str) -> Locator:
        """Run the cell with this tag or id; returns it. Its errors are the test's."""
        cell, problem = self.try_to_run(tag)
        assert problem is None, problem
        return cell

    def try_to_run(self, tag: str) -> tuple[Locator, Any]:
        """Run the cell with this tag or id; returns it and its error or None."""
        problem = self.page.evaluate(
            """async (tag) => {
              const notebook = window.jupyterapp.shell.currentWidget.content;
              const at = notebook.widgets.findIndex(({ model }) => model.id === tag
                || (model.getMetadata("tags") || []).includes(tag));
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
        return self.page.locator(f'.jp-Cell[data-tag="{tag}"]'), problem

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
        """The picture of the cell's explorer as a short string, once it rests."""
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
