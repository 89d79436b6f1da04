"""How long an explorer takes from a key press to new pixels, as a part of `interact`.

    python -m benchmarks.explorers [--moves 30] [--runs 3]

Opens one notebook in a JupyterLab and a Chromium of its own. The reference is a plot
drawn by `ipywidgets.interact` and `plt.show()` on the same page. Prints the median and
the 95 % quantile in milliseconds, the ratio of medians to the reference (median of all
runs), and for explorers in JavaScript the frames a second while a slider is dragged.
"""

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.lab import Lab
from tests.browser.pages import NotebookPage, chromium_of_its_own

REFERENCE = """\
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import interact

x = np.linspace(0, 10, 300)

def draw(k=20):
    figure, axes = plt.subplots(1, 2, figsize=(8.8, 3.4))
    axes[0].plot(x, np.sin(k * x / 10))
    axes[1].plot(x, np.cos(k * x / 10))
    plt.show()

interact(draw, k=(0, 100));"""
CELLS = {
    "interact": REFERENCE,
    "LineFit": "from utils.explorers import *\nLineFit(outlier_x=1)",
    "OptimizerRace": "OptimizerRace(step=5)",
    "NetworkPlayground": "NetworkPlayground(epoch=5)",
    "GridValues": "GridValues()",
    "LogisticRegressionFit": "LogisticRegressionFit()",
    "ScheduleDesigner": "ScheduleDesigner(peak=0.01)",
}
LIMITS = {
    "LineFit": ("JavaScript", 0.25),
    "OptimizerRace": ("JavaScript", 0.25),
    "NetworkPlayground": ("JavaScript", 0.25),
    "GridValues": ("JavaScript", 0.25),
    "LogisticRegressionFit": ("raw arrays", 0.30),
    "ScheduleDesigner": ("blitted figure", 0.60),
}
LOWEST_FRAMES = 20

# Resolves with the milliseconds from the next key press to the frame that shows it.
WATCH_A_MOVE = """
(cell) => {
  const explorer = cell.querySelector(".explorer");
  window.measured = new Promise((done, fail) => {
    setTimeout(() => fail(new Error("no picture within 20 s")), 20000);
    let start = 0, asked = false;
    const painted = () => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - start);
      channel.port2.postMessage(0);
    });
    document.addEventListener("keydown", (event) => { start = event.timeStamp; },
      { capture: true, once: true });
    const image = cell.querySelector(".jp-OutputArea img");
    const before = image?.src;
    const watch = new MutationObserver(() => {
      if (start === 0) return;
      if (!explorer) {
        const now = cell.querySelector(".jp-OutputArea img");
        if (!now || now.src === before) return;
        watch.disconnect();
        if (now.complete) painted();
        else now.addEventListener("load", painted);
        return;
      }
      asked ||= explorer.dataset.pending === "yes";
      const fromPython = explorer.dataset.source === "python";
      if (explorer.dataset.pending !== "no") return;
      if (fromPython && !asked) return;
      watch.disconnect();
      painted();
    });
    watch.observe(cell.querySelector(".jp-OutputArea"), {
      subtree: true, childList: true, attributes: true,
      attributeFilter: ["data-paints", "data-pending", "src"],
    });
  });
}
"""
# Drags the first slider for sixty frames; returns how many pictures a second came.
DRAG = """
async (explorer) => {
  const slider = explorer.querySelector("input[type=range]");
  const before = Number(explorer.dataset.paints), start = performance.now();
  for (let k = 0; k < 60; k++) {
    slider.value = Number(slider.min) + (k / 60) * (slider.max - slider.min);
    slider.dispatchEvent(new Event("input"));
    await new Promise(requestAnimationFrame);
  }
  return (1000 * (explorer.dataset.paints - before)) / (performance.now() - start);
}
"""


def measure(notebook: NotebookPage, name: str, moves: int) -> list[float]:
    """Milliseconds of every move of the first slider of one cell."""
    cell = notebook.page.locator(f'.jp-Cell[data-tag="{name}"]')
    cell.scroll_into_view_if_needed()
    handle = ".noUi-handle" if name == "interact" else "input[type=range]"
    slider = cell.locator(handle).first
    slider.wait_for()
    slider.focus()
    times = []
    for _ in range(moves):
        cell.evaluate(WATCH_A_MOVE)
        notebook.page.keyboard.press("ArrowRight")
        times.append(float(notebook.page.evaluate("() => window.measured")))
        notebook.page.evaluate("() => harness.frame()")
    return times


def run(notebook: NotebookPage, moves: int) -> dict[str, list[float]]:
    """The moves of all cells, drawn anew."""
    for name in CELLS:
        notebook.run(name)
    notebook.page.wait_for_timeout(1500)
    return {name: measure(notebook, name, moves) for name in CELLS}


def report(runs: list[dict[str, list[float]]], frames: dict[str, float]) -> bool:
    """Print the table; returns whether every limit holds."""
    print(f"{'':24}{'median ms':>10}{'95 % ms':>9}{'ratio':>8}{'limit':>8}")
    good = True
    for name in CELLS:
        times = sorted(time for one in runs for time in one[name])
        median = statistics.median(times)
        line = f"{name:24}{median:10.1f}{times[int(0.95 * len(times))]:9.1f}"
        if name in LIMITS:
            ratio = statistics.median(
                statistics.median(one[name]) / statistics.median(one["interact"])
                for one in runs
            )
            kind, limit = LIMITS[name]
            good &= ratio <= limit
            line += f"{ratio:8.2f}{limit:8.2f}  {kind}"
        if name in frames:
            good &= frames[name] >= LOWEST_FRAMES
            line += f", {frames[name]:.0f} frames a second"
        print(line)
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=30)
    parser.add_argument("--runs", type=int, default=3)
    options: Any = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        lab = Lab(Path(folder))
        try:
            lab.wait_until_ready()
            lab.write_notebook("latency.ipynb", CELLS)
            with chromium_of_its_own(playwright) as chromium:
                notebook = NotebookPage(chromium, lab, "latency.ipynb")
                runs = [run(notebook, options.moves) for _ in range(options.runs)]
                frames = {
                    name: float(
                        notebook.page.locator(
                            f'.jp-Cell[data-tag="{name}"] .explorer'
                        ).evaluate(DRAG)
                    )
                    for name, (kind, _) in LIMITS.items()
                    if kind == "JavaScript"
                }
        finally:
            lab.stop()
    return 0 if report(runs, frames) else 1


if __name__ == "__main__":
    raise SystemExit(main())
