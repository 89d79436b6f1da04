"""What the web site is made from: stored lectures, pages, demos."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.notebook import to_json
from autograder.website import demos
from autograder.website.executed import NotebookFailed, run_notebook, store, stored
from autograder.website.staging import (
    demos_of,
    exercise_page,
    lecture_page,
    without_dead_links,
)
from utils.explorers import LineFit, ScheduleDesigner


@pytest.fixture
def course_root(tmp_path):
    """A course with one lecture, one module and a lock."""
    (tmp_path / "lectures").mkdir()
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "one.py").write_text("VALUE = 1\n")
    (tmp_path / "requirements.lock").write_text("numpy==2\n")
    lecture = tmp_path / "lectures" / "01_one.ipynb"
    lecture.write_text(to_json(new_notebook(cells=[new_code_cell("print(1 + 1)")])))
    return tmp_path


def test_executed_lecture_is_kept_until_something_changes(course_root):
    lecture = course_root / "lectures" / "01_one.ipynb"
    assert stored(course_root, lecture) is None
    store(course_root, lecture, run_notebook(lecture))
    kept = stored(course_root, lecture)
    assert kept.cells[0].outputs[0].text == "2\n"
    (course_root / "utils" / "one.py").write_text("VALUE = 2\n")
    assert stored(course_root, lecture) is None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import sys; print('hm', file=sys.stderr)", "wrote to stderr: hm"),
    ],
)
def test_lecture_that_fails_is_named_with_its_cell(course_root, source, said):
    lecture = course_root / "lectures" / "01_one.ipynb"
    cell = new_code_cell(source, id="the-cell")
    lecture.write_text(to_json(new_notebook(cells=[cell])))
    with pytest.raises(
        NotebookFailed, match=r"01_one\.ipynb, cell the-cell"
    ) as problem:
        run_notebook(lecture)
    assert said in str(problem.value)


def executed_with_demo(explorer=None):
    """A lecture with a demo, as the kernel left it."""
    explorer = explorer or LineFit()
    state = {
        **explorer.get_state(),
        "_anywidget_id": f"utils.explorers.some_module.{type(explorer).__name__}",
    }
    state.pop("picture", None)  # bytes travel apart
    kept = {name: value for name, value in state.items() if name != "layout"}
    view = {demos.WIDGET_VIEW: {"model_id": "m1"}, "text/plain": "LineFit()"}
    cell = new_code_cell("LineFit()", metadata={"tags": ["explorer"]})
    cell.outputs = [new_output("execute_result", data=view, execution_count=1)]
    notebook = new_notebook(cells=[new_markdown_cell("# 01 · One"), cell])
    notebook.metadata["widgets"] = {
        demos.WIDGET_STATE: {"state": {"m1": {"state": json.loads(json.dumps(kept))}}}
    }
    return notebook


def test_demo_becomes_its_state_and_a_script_of_its_own(tmp_path):
    lecture = executed_with_demo()
    page = lecture_page(lecture, "01_one.ipynb", tmp_path)
    html = page.cells[2].outputs[0].data["text/html"]
    assert 'data-demo="LineFit"' in html
    assert 'data-code="../_static/demos/LineFit.js"' in html
    text = html.partition('<script type="application/json">')[2].partition("</script>")
    assert json.loads(text[0])["spec"]["title"] == LineFit.title
    code = (tmp_path / "_static" / "demos" / "LineFit.js").read_text()
    assert "courseDemos.code.LineFit = " in code and "export default" not in code
    assert demos.WIDGET_VIEW in lecture.cells[1].outputs[0].data  # as it was


def test_code_of_a_demo_is_a_plain_script(tmp_path):
    demos.write_code(tmp_path, *demos.of_explorer(LineFit()))
    path = tmp_path / "_static" / "demos" / "LineFit.js"
    assert not path.read_text().lstrip().startswith("import")
    assert demos_of(executed_with_demo()) == ["LineFit"]


def test_state_cannot_end_its_script():
    name, state = demos.of_explorer(LineFit())
    hostile = {**state, "summary": "</script><script>alert(1)</script>"}
    assert "</script><script>alert" not in demos.markup(name, hostile, depth=0)


def test_tests_of_an_exercise_are_folded():
    grading = {"grade": True, "grade_id": "a-test", "points": 1}
    test = new_code_cell("assert a", metadata={"nbgrader": grading})
    answer = new_code_cell("a = 1")
    page = exercise_page(new_notebook(cells=[answer, test]))
    assert [c.metadata.get("tags", []) for c in page.cells] == [[], ["hide-input"]]


def test_links_to_what_the_site_lacks_become_words(tmp_path):
    (tmp_path / "here.md").write_text("# Here")
    text = "[a](here.md), [b](here.md#here), [c](../gone.md), ![d](gone.png), <a@b.c>"
    assert without_dead_links(text, tmp_path) == (
        "[a](here.md), [b](here.md#here), c, ![d](gone.png), <a@b.c>"
    )


def test_a_demo_that_python_draws_has_a_still_for_every_kind_of_page():
    moved = ScheduleDesigner(kind="cosine")
    lecture = executed_with_demo(moved)
    name, state = demos.of_notebook(lecture.metadata["widgets"], "m1")
    assert name == "ScheduleDesigner"
    assert state["stills"] == demos.of_explorer(moved)[1]["stills"]
    assert len({still["data"]["base64"] for still in state["stills"].values()}) == 4
    plain = demos.of_explorer(ScheduleDesigner())[1]
    assert plain["stills"] != state["stills"]
