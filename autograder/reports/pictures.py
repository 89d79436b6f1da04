"""Pictures for pages that show learners' work: only as <img> with the data inside.

A browser runs no script and fetches nothing for an SVG that is shown as an image.
"""

import base64
import html
import re
from typing import Any

from autograder.collecting.untrusted import is_base64

MAX_SVG = 2_000_000
_LABEL = re.compile(r'aria-label="([^"<>]{1,500})"')
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def svg_picture(svg: str) -> str:
    """An SVG drawing as an image, described by its own label."""
    if len(svg) > MAX_SVG:
        return f"<p>[drawing of {len(svg)} characters is not shown]</p>"
    opening = svg[: svg.find(">") + 1]
    label = _LABEL.search(opening)
    if "xmlns=" not in opening:
        svg = svg.replace("<svg", f"<svg {_NAMESPACE}", 1)
    alt = html.unescape(label[1]) if label else "a drawing by the learner's code"
    encoded = base64.b64encode(svg.encode("utf-8", "replace")).decode()
    return _image("image/svg+xml", encoded, alt)


def pixel_picture(kind: str, data: Any) -> str:
    """A PNG, JPEG or GIF, given as base64, as an image."""
    if not is_base64(data):
        return "<p>[a picture that cannot be read]</p>"
    return _image(kind, "".join(data.split()), "a picture by the learner's code")


def _image(kind: str, encoded: str, alt: str) -> str:
    return f'<img alt="{html.escape(alt)}" src="data:{kind};base64,{encoded}">'
