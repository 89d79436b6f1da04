"""What every explorer must do, in a real JupyterLab and on a page without a kernel."""

from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.pages import grave_violations
from utils import explorers
from utils.explorers.figures import FigureExplorer

NAMED_ROLES = {"slider", "spinbutton", "button", "radio", "checkbox", "combobox"}
ENOUGH_COLORS = 6
LOWEST_HEIGHT = 0.7
PHONE = {"width": 360, "height": 740}

every_explorer = pytest.mark.parametrize("name", explorers.__all__)


def controls_without_name(page: Any) -> list[str]:
    """Roles of the controls to which the browser gives no accessible name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        node["role"]["value"]
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in NAMED_ROLES
        if not node.get("name", {}).get("value")
    ]


def wait_until_drawn(page: Any, explorer: Locator) -> None:
    """Wait until the canvas shows more than a few colors."""
    canvas = explorer.locator("canvas").element_handle()
    page.wait_for_function(
        "([canvas, enough]) => harness.colors(canvas) >= enough",
        arg=[canvas, ENOUGH_COLORS],
    )


def press_a_key(explorer: Locator) -> str:
    """Move the first slider one step by keyboard; returns its name."""
    slider = explorer.locator("input[type=range]:visible").first
    slider.focus()
    at_end = slider.evaluate("input => input.value === input.max")
    slider.press("ArrowLeft" if at_end else "ArrowRight")
    return str(slider.get_attribute("data-name"))


def drag_something(page: Any, explorer: Locator) -> None:
    """Move the first handle by pointer, or else the first slider to its other half."""
    handle = explorer.locator(".explorer-handle").first
    slider = explorer.locator("input[type=range]:visible").first
    thing = handle if handle.count() else slider
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    way = -9.0
    if thing is slider:
        value, low, high = (
            float(slider.evaluate(f"input => input.{name}"))
            for name in ("value", "min", "max")
        )
        way = (0.08 if value < (low + high) / 2 else -0.08) * box["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    for part in range(1, 6):
        page.mouse.move(x + way * part, y - 9 * part)
    page.mouse.up()


@every_explorer
def test_explorer_lives_in_lab(notebook: Any, name: str) -> None:
    page, variable = notebook.page, name.lower()
    cell = notebook.run(name)
    explorer = cell.locator(".explorer")
    wait_until_drawn(page, explorer)
    area = cell.locator(".jp-OutputArea").first
    area.evaluate("area => harness.watchHeight(area)")

    reset = explorer.locator("[data-action=reset]")
    reset.click()  # paint again: the first reading changes Chromium's rasterizer
    first = notebook.pixels(cell)
    key = press_a_key(explorer)
    second = notebook.wait_for_other_pixels(cell, first)
    box = explorer.locator(f"input[type=number][data-name={key}]")
    notebook.wait_for_kernel(f"{variable}.state[{key!r}]", float(box.input_value()))

    drag_something(page, explorer)
    notebook.wait_for_other_pixels(cell, second)
    for preset in explorer.locator("[data-preset]").all():
        preset.click()
    reset.click()
    notebook.wait_for_kernel(f"{variable}.state == {variable}.spec['start']", True)
    notebook.wait_for_pixels(cell, first)
    shown = explorer.locator(".explorer-summary").inner_text()
    assert shown
    notebook.wait_for_kernel(f"{variable}.summary", shown)
    assert notebook.ask(f"{variable}.readout")
    assert notebook.ask(f"{variable}.message") == ""
    assert page.evaluate("() => harness.stopHeight()") >= LOWEST_HEIGHT
    notebook.assert_clean()


@every_explorer
def test_explorer_is_right_without_a_kernel(plain_page: Any, name: str) -> None:
    """Drawn, named, accessible, light and dark, and as narrow as a phone."""
    page = plain_page.page
    made = getattr(explorers, name)()
    if isinstance(made, FigureExplorer):
        made.draw_stills()
    explorer = plain_page.mount(made)
    wait_until_drawn(page, explorer)
    assert explorer.locator(".explorer-summary").inner_text()
    assert controls_without_name(page) == []
    assert grave_violations(page) == []
    light = plain_page.pixels()

    page.emulate_media(color_scheme="dark")
    page.locator('.explorer[data-theme="dark"]').wait_for()
    assert plain_page.pixels() != light
    assert explorer.get_attribute("data-theme") == "dark"
    assert grave_violations(page) == []

    page.set_viewport_size(PHONE)
    plain_page.rest()
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]


@every_explorer
def test_every_preset_can_be_shown_and_handed_on(plain_page: Any, name: str) -> None:
    explorer_class = getattr(explorers, name)
    explorer = plain_page.mount(explorer_class())
    explorer.locator("[data-action=share]").click()
    line = explorer.locator(".explorer-line").first
    assert line.input_value() == f"{name}()"
    for button in explorer.locator("[data-preset]").all():
        button.click()
        preset = explorer_class.presets[button.get_attribute("data-preset")]
        expected = {**explorer_class.start, **preset}
        assert plain_page.state() == expected
        again = eval(line.input_value(), {name: explorer_class})
        assert again.state == expected  # Python accepts it, too


@every_explorer
def test_explorer_says_what_it_answers(name: str) -> None:
    explorer_class = getattr(explorers, name)
    first_line = explorer_class.__doc__.splitlines()[0]
    assert first_line.endswith("?")
    assert explorer_class.title
    assert explorer_class.task
    assert explorer_class.presets


def test_a_still_is_drawn_though_the_clock_of_frames_is_late(plain_page: Any) -> None:
    """On a busy machine a frame's time lies before the timer that asked for it."""
    made = explorers.ScheduleDesigner()
    made.draw_stills()
    plain_page.page.evaluate(
        """() => {
          harness.frames = window.requestAnimationFrame;
          window.requestAnimationFrame = (paint) =>
            harness.frames.call(window, (now) => paint(now - 1000));
        }"""
    )
    try:
        wait_until_drawn(plain_page.page, plain_page.mount(made))
    finally:
        plain_page.page.evaluate(
            "() => { window.requestAnimationFrame = harness.frames; }"
        )
