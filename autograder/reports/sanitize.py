"""Removes from a learner's notebook whatever a browser would run or fetch.

`safe_markdown` takes the place of nbconvert's Markdown filter, `clean_notebook` goes
over the rest before it is rendered. Text, tables, formulas and pictures stay;
scripts, styles, frames, forms, links, ids, widgets and pictures from elsewhere go.
"""

import html
import re
import secrets
from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.token import STANDARD_TYPES

from autograder.reports.formulas import to_mathml
from autograder.reports.pictures import svg_picture

MAX_MARKDOWN = 100_000  # characters; longer text is shown as it is
MAX_HTML = 2_000_000

_TAGS = (
    "h1 h2 h3 h4 h5 h6 p br hr ul ol li dl dt dd blockquote pre code kbd em strong b i "
    "u s del ins sub sup table caption thead tbody tfoot tr th td div span details "
    "summary figure figcaption img"
)
_ATTRIBUTES = {
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_HIGHLIGHTING = {name for name in STANDARD_TYPES.values() if name}
_CLASSES = {
    "span": _HIGHLIGHTING,
    "div": {"highlight"},
    "table": {"dataframe"},
}
_VALUES = {
    "src": re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+"),
    "alt": re.compile(r"[^<>]*"),
    "scope": re.compile("row|col"),
    "style": re.compile(r"text-align: ?(?:left|right|center);?"),
}
_NUMBER = re.compile(r"\d{1,4}")
_SVG = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_TAG = r'<(?:[^"<>]|"[^"]*")*>'


@pass_context
def safe_markdown(context: Any, source: str) -> str:
    """The Markdown of a cell or a comment as harmless HTML; a filter for nbconvert."""
    attachments = context.get("cell", {}).get("attachments", {})
    return render_markdown(source, attachments)


def render_markdown(source: str, attachments: Any = None) -> str:
    """Markdown with formulas as harmless HTML, for whatever text."""
    if len(source) > MAX_MARKDOWN:
        return f"<pre>{html.escape(source)}</pre>"
    renderer = _Renderer(attachments or {})
    try:
        rendered = MarkdownWithMath(renderer=renderer).render(source)
    except Exception:  # a learner's text must not cost anybody the page
        return f"<pre>{html.escape(source)}</pre>"
    return renderer.safe.fill_in(clean_html(rendered))


def safe_html(source: str) -> str:
    """The HTML of an output without anything active; drawings become pictures."""
    if len(source) > MAX_HTML:
        return f"<p>[HTML of {len(source)} characters is not shown]</p>"
    safe = SafeParts()
    marked = _SVG.sub(lambda found: safe.keep(svg_picture(found[0])), source)
    return safe.fill_in(clean_html(marked))


def clean_html(source: str) -> str:
    """HTML with the elements, attributes and values that are known to be harmless."""
    return nh3.clean(
        source,
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter_value,
        allowed_classes=_CLASSES,
        url_schemes={"data"},
        link_rel=None,
    )


def _filter_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return value  # nh3 filters these one by one
    pattern = _VALUES.get(attribute, _NUMBER)
    return value if pattern.fullmatch(value) else None


class SafeParts:
    """HTML of our own that stands in for a mark while the rest is being cleaned."""

    def __init__(self) -> None:
        self._mark = secrets.token_hex(16)
        self._parts: list[str] = []

    def keep(self, part: str) -> str:
        """The mark under which this part waits."""
        self._parts.append(part)
        return f"{self._mark}-{len(self._parts) - 1}."

    def forget(self, text: str) -> str:
        """The text without marks, for places where no HTML may stand."""
        return re.sub(rf"{self._mark}-\d+\.", "", text)

    def fill_in(self, cleaned: str) -> str:
        """The cleaned HTML with the parts in place; a mark inside a tag is dropped."""

        def put_back(found: re.Match[str]) -> str:
            if found[1] is None:
                return self.forget(found[0])
            return self._parts[int(found[1])]

        return re.sub(rf"{_TAG}|{self._mark}-(\d+)\.", put_back, cleaned)


class _Renderer(IPythonRenderer):
    """Markdown without links: the address is shown, and nothing leads out of a page."""

    def __init__(self, attachments: Any) -> None:
        super().__init__(
            escape=False, attachments=attachments, exclude_anchor_links=True
        )
        self.safe = SafeParts()

    def block_math(self, body: str) -> str:
        return self.safe.keep(to_mathml(body, display=True))

    def inline_math(self, body: str) -> str:
        return self.safe.keep(to_mathml(body, display=False))

    def latex_environment(self, name: str, body: str) -> str:
        tex = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self.safe.keep(to_mathml(tex, display=True))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        shown = html.escape(url)
        return shown if text in ("", url, shown) else f"{text} ({shown})"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        kind, _, name = url.partition(":")
        known = name in self.attachments if kind == "attachment" else kind == "data"
        text = self.safe.forget(text)
        if not known:
            return f"[picture: {html.escape(text or url)}]"
        picture: str = super().image(text, url, None)
        return picture
