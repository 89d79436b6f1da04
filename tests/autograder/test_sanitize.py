"""Nothing active survives; what a page needs does."""

import html.parser
import random
import re
from pathlib import Path

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)
from traitlets.config import Config

from autograder.course import Course
from autograder.reports.clean_notebook import CleanOutputs
from autograder.reports.formulas import to_mathml
from autograder.reports.pages import TEMPLATES, protect
from autograder.reports.sanitize import render_markdown, safe_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+' onload=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "<a href='http://localhost:8888/formgrader/x'>x</a>",
    "<form action='/api'><input name=x autofocus onfocus=alert(1)></form>",
    "<button class='full-credit'>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<base href='//evil/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//evil/x.css'>",
    "<style>@import '//evil/x.css'</style>",
    "<p style='background:url(//evil/x)'>x</p>",
    "<div id='submission_id' class='score' data-link='x'>x</div>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<table background='javascript:alert(1)'><td style='text-align:x;a:b'>",
    "<div title='\n\n$\\text{\" onmouseover=alert(1) x=\"}$\n\n'>",
    '![$\\text{" onload=alert(1) "}$](data:image/png;base64,aaaa)',
    "![x](data:text/html;base64,aaaa)",
    "![x](http://evil/beacon.png)",
    "![x](attachment:nothing.png)",
    '![x" onerror="alert(1)](data:image/png;base64,aaaa" onerror="alert(1))',
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)> \"' onclick='alert(1)\")",
    "<javascript:alert(1)>",
    "[ref]: javascript:alert(1)\n\n[ref]",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<script>alert(1)</script>}$",
    "$$\\unicode{x3cscript}$$",
    "$\\style{position:fixed}{x}$ $\\class{score}{x}$ $\\color{red;x:url(//e)}{x}$",
    "\\begin{equation}<img src=x onerror=alert(1)>\\end{equation}",
    "$</math><script>alert(1)</script>$",
    "```<script>alert(1)</script>\nx\n```",
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "```mermaid\nclick A javascript:alert(1)\n```",
    "|<img src=x onerror=alert(1)>|\n|-|\n|x|",
]


ALLOWED = (
    "h1 h2 h3 h4 h5 h6 p br hr ul ol li dl dt dd blockquote pre code kbd em strong "
    "b i u s del ins sub sup table caption thead tbody tfoot tr td th div span img "
    "details summary figure figcaption math mrow mi mn mo ms mtext mspace mfrac "
    "msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "
    "mpadded mphantom menclose"
)


class Scan(html.parser.HTMLParser):
    """Fails on an element or attribute that is not known to be harmless."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED.split(), tag
        for name, value in attrs:
            assert not name.startswith(("on", "data-", "id", "href", "xlink")), name
            if name == "src":
                assert re.match(
                    r"data:image/(png|jpeg|gif|svg\+xml);base64,", value or ""
                )
            if name == "style":
                assert re.fullmatch(
                    r"(text-align: ?(left|right|center);?|font-weight: bold)?",
                    value or "",
                )


def scan(page: str) -> None:
    parser = Scan()
    parser.feed(page)
    parser.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_markdown_and_html_are_inert(attack: str) -> None:
    scan(render_markdown(attack))
    scan(safe_html(attack))
    scan(render_markdown(f"- > # {attack}\n\n| {attack} |\n|-|\n| {attack} |"))


def test_random_mixtures_of_attacks_are_inert(fraction: float) -> None:
    for seed in range(int(3_000 * fraction)):
        rng = random.Random(seed)
        pieces = []
        for _ in range(rng.randint(2, 6)):
            attack = rng.choice(ATTACKS)
            start = rng.randrange(len(attack))
            pieces.append(attack[start : start + rng.randint(1, len(attack))])
        text = rng.choice(["", " ", "\n", "\n\n", "`", "$"]).join(pieces)
        scan(render_markdown(text))
        scan(safe_html(text))


def test_what_learners_write_is_shown() -> None:
    page = render_markdown(
        "# Title\n\nA *word*, `code`, $x^2$ and\n\n$$\\begin{aligned}a &= b\\\\"
        "c &= d\\end{aligned}$$\n\n|a|b|\n|-:|:-|\n|1|2|\n\n"
        "```python\ndef f(): pass\n```\n\n[course](https://example.org/x)"
    )
    for piece in (
        "<h1>Title</h1>",
        "<em>word</em>",
        "<code>code</code>",
        "<msup><mi>x</mi><mn>2</mn></msup>",
        "<mtable",
        '<th style="text-align:right">a</th>',
        '<span class="k">def</span>',
        "course (https://example.org/x)",
    ):
        assert piece in page


def test_attached_pictures_are_shown() -> None:
    attachments = {"a.png": {"image/png": "aGVsbG8="}}
    page = render_markdown("![my plot](attachment:a.png)", attachments)
    assert '<img src="data:image/png;base64,aGVsbG8=" alt="my plot">' in page


def test_drawings_become_pictures_with_their_description() -> None:
    page = safe_html('<svg role="img" aria-label="A line &amp; a dot"><path/></svg>')
    assert re.fullmatch(
        r'<img alt="A line &amp; a dot" src="data:image/svg\+xml;base64,[\w+/=]+">',
        page,
    )


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 3000,
        "\\def\\a{\\a\\a}\\a",
        "\\newcommand{\\a}{\\b\\b}\\a",
        "\\left(",
        "x" * 6000,
        "\\frac{1",
        "",
    ],
)
def test_formulas_that_cannot_be_converted_are_shown_as_text(tex: str) -> None:
    shown = to_mathml(tex, display=False)
    scan(shown)
    assert shown.startswith(("<code>", "<math"))


def test_overlong_and_deep_text_is_shown_as_it_is() -> None:
    assert render_markdown("*" * 100_001).startswith("<pre>")
    assert len(render_markdown("> " * 40_000 + "x")) > 0
    assert len(render_markdown("[" * 50_000)) > 0


def rendered(cell: object) -> str:
    """A page of nbconvert's plainest template, as the course is configured."""
    config = Config()
    protect(config)
    config.HTMLExporter.template_name = "basic"
    notebook = new_notebook()
    notebook.cells = [cell]
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {}}
    page, _ = HTMLExporter(config=config).from_notebook_node(notebook)
    return str(page)


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<script>alert(1)</script>"},
        {"application/javascript": "alert(1)"},
        {"image/svg+xml": "<svg onload='alert(1)'/>"},
        {"image/png": "'><script>alert(1)</script>"},
        {"image/gif": "AAAA"},
        {"text/markdown": "<script>alert(1)</script>"},
        {"text/latex": "$</math><script>alert(1)</script>$"},
        {"text/plain": "<script>alert(1)</script>"},
        {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}},
        {"text/vnd.mermaid": "graph TD; click A javascript:alert(1)"},
        {"application/pdf": "JVBERi0="},
        {"x/y": "z"},
    ],
)
def test_every_kind_of_output_is_inert(data: dict[str, object]) -> None:
    metadata = {"text/html": {"isolated": True}, "image/png": {"width": "x onload=y"}}
    output = new_output("display_data", data=data, metadata=metadata)
    page = rendered(new_code_cell("1", outputs=[output]))
    assert "<script" not in page
    assert "<iframe" not in page
    assert "onload" not in re.sub(r'base64,[^"]*', "", page)


def test_streams_errors_and_names_of_cells_are_inert() -> None:
    attack = "\x1b[31m<script>alert(1)</script>"
    outputs = [
        new_output("stream", name="stdout", text=attack),
        new_output("error", ename=attack, evalue=attack, traceback=[attack]),
    ]
    cell = new_code_cell(attack, outputs=outputs)
    cell.metadata = {"tags": ["'><script>"], "nbgrader": {"grade_id": "'><script>"}}
    page = rendered(cell)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_raw_cells_are_shown_as_text() -> None:
    cell = new_raw_cell("<script>alert(1)</script>\n```\nx")
    cell.metadata["raw_mimetype"] = "text/html"
    page = rendered(cell)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_names_around_the_notebook_are_escaped() -> None:
    resources = {"last_name": "<script>", "student": 'a"b', "index": 3}
    cell = new_markdown_cell("x")
    _, clean = CleanOutputs().preprocess(new_notebook(cells=[cell]), resources)
    assert clean == {"last_name": "&lt;script&gt;", "student": "a&quot;b", "index": 3}


def test_endless_outputs_are_cut() -> None:
    outputs = [new_output("stream", text="x")] * 500
    outputs[0] = new_output("stream", text="y" * 2_000_000)
    notebook = new_notebook(cells=[new_code_cell("1", outputs=outputs)])
    clean, _ = CleanOutputs().preprocess(notebook, {})
    assert len(clean.cells[0].outputs) == 201
    assert len(clean.cells[0].outputs[0].text) < 1_000_100
    assert "300 more outputs" in clean.cells[0].outputs[-1].text


def test_this_course_is_configured_to_be_safe() -> None:
    expected = Config()
    protect(expected)
    config = Course.find(Path(__file__)).config
    assert config.HTMLExporter == expected.HTMLExporter
    assert config.GenerateFeedback == expected.GenerateFeedback
    for folder in ("feedback", "formgrade"):
        assert (TEMPLATES / folder / "mathjax.html.j2").is_file()
