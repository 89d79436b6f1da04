"""Settings can be handed on: as a line of Python, and on a page as a link."""

from typing import Any

import pytest

from utils.explorers import NearestNeighbors, NetworkPlayground


def open_share(plain_page: Any) -> Any:
    plain_page.page.locator("[data-action=share]").click()
    return plain_page.page.locator(".explorer-line")


def test_the_line_follows_what_is_moved(plain_page: Any) -> None:
    plain_page.mount(NetworkPlayground(layers=2, epoch=3))
    line = open_share(plain_page).first
    assert line.input_value() == "NetworkPlayground(epoch=3, layers=2)"
    plain_page.move(x1_squared=True, data="moons")
    assert line.input_value() == (
        'NetworkPlayground(data="moons", epoch=3, x1_squared=True, layers=2)'
    )
    plain_page.page.locator("[data-action=share]").click()
    assert line.is_hidden()


def test_a_link_opens_the_same_settings(plain_page: Any) -> None:
    wanted = NetworkPlayground(
        data="spiral", epoch=2, borders=True, rate=0.2, probe_x=-0.5
    )
    plain_page.mount(wanted)
    link = open_share(plain_page).last.input_value()
    try:
        plain_page.page.evaluate(
            "hash => { location.hash = hash; }", link.split("#")[1]
        )
        plain_page.mount(NetworkPlayground())
        assert plain_page.state() == wanted.state
        plain_page.mount(NearestNeighbors())  # another explorer's link
        assert plain_page.state() == NearestNeighbors.start
    finally:
        plain_page.page.evaluate("() => { location.hash = ''; }")


def test_a_link_is_rounded_to_what_the_slider_can_show(plain_page: Any) -> None:
    try:
        plain_page.page.evaluate(
            "() => { location.hash = 'NetworkPlayground?epoch=2.4'; }"
        )
        plain_page.mount(NetworkPlayground())
        assert plain_page.state()["epoch"] == 2
    finally:
        plain_page.page.evaluate("() => { location.hash = ''; }")


@pytest.mark.parametrize(
    "hostile",
    [
        "epoch=1e99",
        "epoch=NaN",
        "epoch=",
        "rate=-1",
        "data=<b>",
        "x1=1",
        "__proto__=7",
        "unknown=3",
        "layers=two",
    ],
)
def test_a_link_cannot_set_what_the_controls_cannot(
    plain_page: Any, hostile: str
) -> None:
    try:
        plain_page.page.evaluate(
            "hash => { location.hash = hash; }", f"NetworkPlayground?{hostile}"
        )
        plain_page.mount(NetworkPlayground())
        assert plain_page.state() == NetworkPlayground.start
    finally:
        plain_page.page.evaluate("() => { location.hash = ''; }")
