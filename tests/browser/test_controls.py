"""Controls that all explorers share: sliders, boxes, handles, players, presets."""

from typing import Any

import pytest
from playwright.sync_api import expect

from utils.explorers import (
    ClassLosses,
    ConvolutionStepper,
    LineFit,
    NearestNeighbors,
    OptimizerRace,
    PerceptronXor,
)


def number_box(page: Any, name: str) -> Any:
    return page.page.locator(f"input[type=number][data-name={name}]")


def wait_for_state(page: Any, name: str, value: Any) -> None:
    page.page.wait_for_function(
        "([name, value]) => harness.model.get('state')[name] === value",
        arg=[name, value],
    )


def test_a_typed_number_moves_the_slider(plain_page: Any) -> None:
    explorer = plain_page.mount(LineFit())
    number_box(plain_page, "outlier_y").fill("4.5")
    wait_for_state(plain_page, "outlier_y", 4.5)
    slider = explorer.locator("input[type=range][data-name=outlier_y]")
    assert slider.input_value() == "4.5"


@pytest.mark.parametrize(("typed", "kept"), [("99", 16), ("-99", -12), ("", -3)])
def test_an_impossible_number_is_limited(
    plain_page: Any, typed: str, kept: float
) -> None:
    plain_page.mount(LineFit())
    box = number_box(plain_page, "outlier_y")
    box.fill(typed)
    box.press("Tab")
    wait_for_state(plain_page, "outlier_y", kept)
    plain_page.page.wait_for_function(
        "([box, kept]) => Number(box.value) === kept", arg=[box.element_handle(), kept]
    )


def test_a_logarithmic_slider_moves_by_a_factor(plain_page: Any) -> None:
    explorer = plain_page.mount(OptimizerRace(rate=0.001))
    slider = explorer.locator("input[type=range][data-name=rate]")
    slider.focus()
    slider.press("End")
    wait_for_state(plain_page, "rate", 1)


def test_a_handle_moves_by_arrow_keys(plain_page: Any) -> None:
    explorer = plain_page.mount(LineFit())
    handle = explorer.locator("[data-handle=outlier]")
    handle.focus()
    handle.press("ArrowLeft")
    handle.press("Shift+ArrowUp")
    wait_for_state(plain_page, "outlier_y", -2.5)
    assert plain_page.state()["outlier_x"] == 8.9
    name = "Outlier, x 8.9, y −2.5. Move it with the arrow keys."
    expect(handle).to_have_attribute("aria-label", name)  # written with the next frame


def test_a_key_before_the_next_frame_is_not_lost(plain_page: Any) -> None:
    plain_page.mount(ConvolutionStepper())
    plain_page.page.evaluate(
        """() => {
          const pixel = document.querySelector("[data-handle=pixel-0-0]");
          const press = (key) =>
            pixel.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          pixel.click();
          press("ArrowUp");
          press("ArrowUp");
        }"""
    )
    assert plain_page.state()["pixels"][0][0] == 7


def test_many_handles_are_one_stop_of_the_tab_key(plain_page: Any) -> None:
    explorer = plain_page.mount(NearestNeighbors())
    points = explorer.locator('[data-handle^="point-"]')
    stops = points.evaluate_all("all => all.filter((one) => one.tabIndex === 0).length")
    assert stops == 1
    points.first.focus()
    points.first.press("PageDown")
    focused = plain_page.page.evaluate("() => document.activeElement.dataset.handle")
    assert focused == "point-1"


def test_a_control_is_hidden_where_it_means_nothing(plain_page: Any) -> None:
    explorer = plain_page.mount(ClassLosses())
    assert number_box(plain_page, "score").is_hidden()
    explorer.locator("input[value=sigmoid]").check(force=True)
    number_box(plain_page, "score").wait_for(state="visible")
    assert number_box(plain_page, "score_0").is_hidden()


def test_play_runs_to_the_end_and_can_be_paused(plain_page: Any) -> None:
    explorer = plain_page.mount(PerceptronXor(step=62))
    play = explorer.locator("[data-action=play]")
    play.click()
    wait_for_state(plain_page, "step", 64)
    explorer.get_by_role("button", name="Play").wait_for()
    play.click()
    plain_page.page.wait_for_function(
        """() => {
          const { step } = harness.model.get("state");
          return step >= 2 && step < 64;
        }"""
    )
    play.click()
    stopped = plain_page.state()["step"]
    explorer.locator("[data-action=step]").click()
    wait_for_state(plain_page, "step", stopped + 1)
    explorer.locator("[data-action=back]").click()
    wait_for_state(plain_page, "step", stopped)


def test_less_motion_is_slower_motion(plain_page: Any) -> None:
    explorer = plain_page.mount(OptimizerRace(step=0))
    plain_page.page.evaluate(
        """() => {
          window.periods = [];
          window.ordinary = window.setInterval;
          window.setInterval = (action, period) => {
            window.periods.push(period);
            return window.ordinary(action, period);
          };
        }"""
    )
    play = explorer.locator("[data-action=play]")
    for motion in ("no-preference", "reduce"):
        plain_page.page.emulate_media(reduced_motion=motion)
        play.click()
        play.click()
    plain_page.page.evaluate("() => { window.setInterval = window.ordinary; }")
    assert plain_page.page.evaluate("() => window.periods") == [50, 500]


def test_the_summary_is_spoken_once_it_rests(plain_page: Any) -> None:
    explorer = plain_page.mount(LineFit())
    number_box(plain_page, "outlier_y").fill("5")
    wait_for_state(plain_page, "outlier_y", 5)
    summary = explorer.locator(".explorer-summary")
    plain_page.page.wait_for_function(
        """(explorer) => {
          const text = (name) => explorer.querySelector(name).textContent;
          return text(".explorer-live") === text(".explorer-summary");
        }""",
        arg=explorer.element_handle(),
    )
    assert summary.inner_text() == explorer.locator("[role=status]").text_content()


def test_python_can_move_an_explorer(notebook: Any) -> None:
    cell = notebook.run("LineFit")
    cell.locator(".explorer canvas").wait_for()
    before = notebook.pixels(cell)
    notebook.ask("setattr(linefit, 'state', {**linefit.state, 'outlier_y': 12})")
    notebook.wait_for_other_pixels(cell, before)
    box = cell.locator("input[type=number][data-name=outlier_y]")
    assert box.input_value() == "12"
