"""Nothing that a learner wrote runs in the formgrader, the feedback or the report.

One hostile submission holds an attack of every kind. Each attack calls `pwned(kind)`,
which the browser defines in every frame. The same submission rendered by nbgrader as
it comes is the control: there the attacks do run.
"""

import json
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from playwright.sync_api import Browser, Page

from autograder.collecting.intake import collect
from autograder.course import Course
from autograder.reports.feedback import write_feedback
from autograder.reports.gradebook import find_alembic
from autograder.reports.report import unit_report
from tests.browser.server import serve

UNIT = "01_sums"
CONFIG = """
from pathlib import Path
root = Path(__file__).parent
c = get_config()
c.CourseDirectory.course_id = "small"
c.CourseDirectory.root = str(root)
c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
c.Exchange.root = str(root / "exchange")
"""
PROTECT = """
from autograder.reports.pages import protect
protect(c)
"""
HARNESS = "window.hits = []; window.pwned = (kind) => { window.hits.push(kind); };"
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


def script(kind: str) -> str:
    return f"<script>pwned('{kind}')</script><img src=x onerror=\"pwned('{kind}')\">"


def svg(kind: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" onload="pwned(\'{kind}\')">'
        f"<script>pwned('{kind}')</script></svg>"
    )


def shown(kind: str, data: dict[str, object], **metadata: object) -> object:
    output = new_output("display_data", data=data, metadata=metadata)
    return new_code_cell(f"# {kind}", outputs=[output])


def hostile_cells() -> list[object]:
    """One attack of each kind."""
    picture = new_markdown_cell("![x](attachment:x.svg)")
    picture["attachments"] = {"x.svg": {"image/svg+xml": svg("attachment")}}
    raw = new_raw_cell(script("raw"), metadata={"raw_mimetype": "text/html"})
    tagged = new_code_cell("1", metadata={"tags": [f"'\">{script('tags')}"]})
    error = new_output(
        "error", ename="E", evalue="e", traceback=[f"\x1b[31m{script('traceback')}"]
    )
    stream = new_output("stream", name="stderr", text=script("stream"))
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}
    return [
        new_markdown_cell(script("markdown")),
        new_markdown_cell("[x](javascript:pwned('link'))"),
        new_markdown_cell("<svg onload=pwned('svg-tag')>"),
        new_markdown_cell("$\\text{" + script("formula") + "}$ and $$\n</script>"
                          + script("display-formula") + "$$"),
        new_markdown_cell("$\\href{javascript:pwned('href')}{x}$"),
        new_markdown_cell("<iframe srcdoc=\"<script>parent.pwned('frame')</script>\">"),
        new_markdown_cell("<style>@import 'http://stranger.invalid/x.css'</style>"
                          "![x](http://stranger.invalid/x.png)"),
        new_markdown_cell("```<script>pwned('fence')</script>\nx\n```"),
        picture,
        raw,
        tagged,
        new_code_cell(script("source"), outputs=[stream, error]),
        shown("html", {"text/html": script("html")}),
        shown("isolated", {"text/html": script("isolated")},
              **{"text/html": {"isolated": True}}),
        shown("javascript", {"application/javascript": "pwned('javascript')"}),
        shown("svg", {"image/svg+xml": svg("svg")}),
        shown("svg-in-html", {"text/html": svg("svg-in-html")}),
        shown("latex", {"text/latex": "$" + script("latex") + "$"}),
        shown("md-output", {"text/markdown": script("md-output")}),
        shown("plain", {"text/plain": script("plain")}),
        shown("png", {"image/png": f"{PNG}\">{script('png')}"}),
        shown("png-alt", {"image/png": PNG},
              **{"image/png": {"width": "1 onload=pwned('png-alt')"}}),
        shown("widget", widget),
    ]  # fmt: skip


KINDS = (
    "markdown link svg-tag formula display-formula href frame fence attachment raw "
    "tags source stream traceback html isolated javascript svg svg-in-html latex "
    "md-output plain png png-alt widget widget-state last-name first-name message "
    "reason student"
)
LIVE_IN_STOCK = (
    "markdown link frame html isolated javascript svg-in-html md-output png-alt"
)


def build(root: Path, config: str) -> Course:
    """A course whose one graded submission is hostile all over."""
    (root / "exchange").mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(config)
    marks = {"schema_version": 3, "grade": False, "locked": False, "task": False}
    answer = new_code_cell("x = 1  ### BEGIN SOLUTION\n### END SOLUTION")
    answer.metadata.nbgrader = {**marks, "solution": True, "grade_id": "answer"}
    test = new_code_cell("assert x == 1")
    test.metadata.nbgrader = {
        **marks, "solution": False, "grade": True, "locked": True, "points": 1,
        "grade_id": "test",
    }  # fmt: skip
    answer.source = "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
    notebook = nbformat.v4.new_notebook(cells=[answer, test])
    path = root / "source" / UNIT / "sums.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    course = Course(root)
    find_alembic()
    released = NbGraderAPI(config=course.config).generate_assignment(UNIT)
    assert released["success"], released["log"]
    return course


def hand_in(course: Course, folder: Path) -> str:
    """Collect a ZIP file with hostile names; the student that this makes."""
    release = course.folder("release") / UNIT / "sums.ipynb"
    name = f"Eve {script('student')}_77_assignsubmission_file_".replace("/", "")
    hostile = script("file-name").replace("/", "")
    with zipfile.ZipFile(folder / "moodle.zip", "w") as archive:
        archive.writestr(f"{name}/{hostile}.ipynb", release.read_bytes())
        archive.writestr(f"{name}/{hostile}.csv", "1,2")
        archive.writestr(f"{name}/page.html", script("page"))
    (outcome,) = collect(course, course.unit(UNIT), folder / "moodle.zip")
    assert outcome.state == "collected", outcome
    return outcome.student


def grade(course: Course, student: str) -> None:
    """What grading leaves behind, with an attack wherever a learner writes."""
    source = course.folder("release") / UNIT / "sums.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells += hostile_cells()
    notebook.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {
            "state": {}, "x": f"</script>{script('widget-state')}",
        }
    }  # fmt: skip
    path = course.folder("autograded") / student / UNIT / "sums.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    results = course.folder("submitted").parent / "results" / UNIT
    results.mkdir(parents=True)
    message = f"This is what comes out when {script('message')}."
    for name, status in ((student, "graded"), ("failed", "failed")):
        facts = {
            "student": name,
            "unit": UNIT,
            "tasks": {"test": {"score": 0, "max_score": 1, "message": message}},
            "status": status,
            "error": script("reason"),
        }
        (results / f"{name}.json").write_text(json.dumps(facts))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own, about its sessions
        with Gradebook(course.directory.db_url, "small") as gradebook:
            gradebook.update_or_create_student(
                student, last_name=script("last-name"), first_name=script("first-name")
            )
            gradebook.update_or_create_submission(UNIT, student)


@dataclass
class Visit:
    """What happened while a page was looked at and everything in it was clicked."""

    hits: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    text: str = ""


def visit(
    browser: Browser, *addresses: str, wait_for: str = "body", before: str = ""
) -> Visit:
    """Open each page, click every link in the notebook, and note what ran."""
    found = Visit()
    page = browser.new_page()
    page.add_init_script(HARNESS + before)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: note_stranger(found, request.url))
    for address in addresses:
        page.goto(address, wait_until="load")
        page.wait_for_selector(wait_for, state="attached")
        found.text += page.inner_text("body")
        found.addresses += page.evaluate(
            "() => [...document.querySelectorAll('#notebook a[href]')]"
            ".map((a) => a.getAttribute('href'))"
        )
        page.evaluate(
            '() => document.querySelectorAll(\'#notebook a[href^="javascript"], '
            '#notebook [href^="javascript"]\').forEach((a) => a.dispatchEvent('
            "new MouseEvent('click', {bubbles: true, cancelable: true})))"
        )
        found.hits += hits_in(page)
    page.close()
    return found


def note_stranger(found: Visit, url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "file:", "data:", "about:", "blob:")):
        found.strangers.append(url)


def hits_in(page: Page) -> list[str]:
    """What ran by now, in any frame; a task later, so that handlers have run."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    return [
        hit
        for frame in page.frames
        for hit in frame.evaluate("() => window.hits || []")
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, str]:
    """The protected course and its hostile student."""
    folder = tmp_path_factory.mktemp("readers")
    course = build(folder / "course", CONFIG + PROTECT)
    student = hand_in(course, folder)
    grade(course, student)
    return course, student


@pytest.fixture(scope="module")
def stock_feedback(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Visit:
    """The control: nbgrader's feedback as it comes."""
    course = build(tmp_path_factory.mktemp("stock") / "course", CONFIG)
    grade(course, "eve")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbconvert's own, about the widget
        result = NbGraderAPI(config=course.config).generate_feedback(UNIT, "eve")
    assert result["success"], result["log"]
    page = course.folder("feedback") / "eve" / UNIT / "sums.html"
    jquery = "window.$ = () => ({});"  # the formgrader has it, the feedback may not
    return visit(chromium, page.as_uri(), before=jquery)


@pytest.fixture(scope="module")
def feedback(chromium: Browser, hostile: tuple[Course, str]) -> Visit:
    """The feedback, without the policy in the page that would stop what is left."""
    course, student = hostile
    assert write_feedback(course, course.unit(UNIT)) == {}
    page = course.folder("feedback") / student / UNIT / "sums.html"
    text = page.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    page.chmod(0o644)
    page.write_text(text.replace("Content-Security-Policy", "x"), encoding="utf-8")
    return visit(chromium, page.as_uri())


@pytest.fixture(scope="module")
def report(chromium: Browser, hostile: tuple[Course, str]) -> Visit:
    """The report, likewise without its policy."""
    course, _ = hostile
    text = unit_report(course, course.unit(UNIT))
    page = course.root / "report.html"
    page.write_text(text.replace("Content-Security-Policy", "x"), encoding="utf-8")
    return visit(chromium, page.as_uri())


@pytest.fixture(scope="module")
def server(
    hostile: tuple[Course, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A Jupyter server in the course, with nbgrader's formgrader: its address."""
    course, _ = hostile
    with serve(course.root, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def formgrader(chromium: Browser, hostile: tuple[Course, str], server: str) -> Visit:
    """The page where an instructor grades the submission by hand."""
    course, student = hostile
    with Gradebook(course.directory.db_url, "small") as gradebook:
        key = gradebook.find_submission_notebook("sums", UNIT, student).id
    return visit(chromium, f"{server}/formgrader/submissions/{key}/")


@pytest.fixture(scope="module")
def lists(chromium: Browser, hostile: tuple[Course, str], server: str) -> Visit:
    """The formgrader's tables of students and submissions."""
    _, student = hostile
    base = f"{server}/formgrader"
    return visit(
        chromium,
        f"{base}/manage_submissions/{UNIT}",
        f"{base}/gradebook/{UNIT}/sums",
        f"{base}/manage_students",
        f"{base}/manage_students/{quote(student)}",
        f"{base}/manage_students/{quote(student)}/{UNIT}",
        wait_for="#main-table a, #main-table .glyphicon",
    )


def test_the_attacks_do_run_in_nbgrader_as_it_comes(stock_feedback: Visit) -> None:
    assert set(LIVE_IN_STOCK.split()) <= set(stock_feedback.hits)
    assert any("stranger.invalid" in url for url in stock_feedback.strangers)


@pytest.mark.parametrize("kind", KINDS.split())
@pytest.mark.parametrize("reader", ["feedback", "formgrader", "lists", "report"])
def test_no_attack_runs(request: pytest.FixtureRequest, reader: str, kind: str) -> None:
    assert kind not in request.getfixturevalue(reader).hits


@pytest.mark.parametrize("reader", ["feedback", "formgrader", "lists", "report"])
def test_readers_work_without_errors_and_other_servers(
    request: pytest.FixtureRequest, reader: str
) -> None:
    found: Visit = request.getfixturevalue(reader)
    assert found.hits == []
    assert found.errors == []
    assert found.strangers == []
    assert all(address.startswith("#") for address in found.addresses)


def test_what_was_written_is_still_there_as_text(
    feedback: Visit, formgrader: Visit, lists: Visit, report: Visit
) -> None:
    for found in (feedback, formgrader):
        assert "<script>pwned('source')</script>" in found.text
        assert "<script>pwned('plain')</script>" in found.text
    assert "<script>pwned('last-name')</script>" in lists.text
    assert "<script>pwned('message')</script>" in report.text
    assert "<script>pwned('reason')</script>" in report.text


def test_the_pages_policy_alone_stops_every_script(
    chromium: Browser, hostile: tuple[Course, str]
) -> None:
    course, _ = hostile
    text = unit_report(course, course.unit(UNIT))
    page = course.root / "policy.html"
    page.write_text(text.replace("</h1>", f"</h1>{script('policy')}", 1))
    assert visit(chromium, page.as_uri()).hits == []


def test_a_page_that_a_learner_sent_is_not_there_to_be_opened(
    hostile: tuple[Course, str],
) -> None:
    course, student = hostile
    names = [p.name for p in course.folder("submitted").rglob("*") if p.is_file()]
    assert names == ["sums.ipynb"]
    assert not set(student) & set("<>&\"'/ ")
