"""Formulas for pages that show learners' work: TeX → MathML, which browsers draw
themselves, so that such a page needs no script and no other server.

Only known elements, with known attributes, leave this module; a formula that cannot be
converted is shown as its source.
"""

import html
import re
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

MAX_LENGTH = 5_000

_ELEMENTS = (
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder "
    "mover munderover mmultiscripts mprescripts mtable mtr mtd mpadded mphantom "
    "mstyle menclose merror"
)
_SWITCHES = "stretchy fence accent form displaystyle movablelimits separator"
_LENGTHS = (
    "width height depth voffset lspace rspace minsize maxsize linethickness "
    "scriptlevel rowspacing columnspacing"
)
_KNOWN_ELEMENTS = frozenset(_ELEMENTS.split())
_ATTRIBUTES = {
    "display": re.compile("inline|block"),
    "xmlns": re.compile(re.escape("http://www.w3.org/1998/Math/MathML")),
    "notation": re.compile(r"[a-z ]{1,60}"),
    **dict.fromkeys(
        _SWITCHES.split(),
        re.compile("true|false|prefix|infix|postfix"),
    ),
    **dict.fromkeys(
        _LENGTHS.split(),
        re.compile(r"[+-]?[\d.]{1,8}[a-z%]{0,3}(?: [\d.]{1,8}[a-z%]{0,3}){0,20}"),
    ),
}
_MACROS = re.compile(r"\\(?:[gex]?def|let|(?:re)?newcommand|newenv|DeclareMath)")
_REPLACED = (  # what the converter does not know, by what it does
    (re.compile(r"\\(begin|end)\{(?:aligned|gathered|multline\*?)\}"), r"\\\1{split}"),
    (re.compile(r"\\(begin|end)\{align\}"), r"\\\1{align*}"),
    (re.compile(r"\\(?:begin|end)\{equation\*?\}"), ""),
    (re.compile(r"\\operatorname\*"), r"\\operatorname"),
    (re.compile(r"\\arg(?![a-z])"), r"\\operatorname{arg}"),
)


def to_mathml(tex: str, *, display: bool) -> str:
    """The formula as HTML that is safe to be put into a page.

    Args:
        tex: what stands between the dollar signs.
        display: whether the formula has a line of its own.
    """
    if len(tex) > MAX_LENGTH or _MACROS.search(tex):
        return _as_source(tex)
    known = tex
    for pattern, replacement in _REPLACED:
        known = pattern.sub(replacement, known)
    try:
        math = convert_to_element(known, display="block" if display else "inline")
        return _serialize(math)
    except Exception:  # a converter meets formulas that nobody thought of
        return _as_source(tex)


def _as_source(tex: str) -> str:
    return f"<code>{html.escape(tex)}</code>"


def _serialize(element: Element) -> str:
    """An element as text: unknown elements become rows, unknown attributes nothing."""
    name = element.tag if element.tag in _KNOWN_ELEMENTS else "mrow"
    attributes = {
        key: value
        for key, value in element.attrib.items()
        if key in _ATTRIBUTES and _ATTRIBUTES[key].fullmatch(value)
    }
    if style := _style(element):
        attributes["style"] = style
    shown = "".join(
        f' {key}="{html.escape(value)}"' for key, value in attributes.items()
    )
    content = _text(element.text) + "".join(
        _serialize(child) + _text(child.tail) for child in element
    )
    return f"<{name}{shown}>{content}</{name}>"


def _style(element: Element) -> str:
    """What browsers take from a style only: bold letters, aligned columns."""
    if "bold" in element.get("mathvariant", ""):
        return "font-weight: bold"
    if element.get("columnalign") in ("left", "right"):
        return f"text-align: {element.get('columnalign')}"
    return ""


def _text(text: str | None) -> str:
    """The converter writes characters as references; they are read, then escaped."""
    return html.escape(html.unescape(text)) if text else ""
