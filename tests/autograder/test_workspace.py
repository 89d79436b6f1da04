"""`course lab`: the learner's copies are renewed only where nobody wrote into them."""

import json
import shutil
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from traitlets import import_item

from autograder.authoring.canonical import canonical_text
from autograder.course import Course, CourseError
from autograder.learner.workspace import (
    PROMPT,
    SETTINGS,
    fill,
    find_lecture,
    lab_command,
    lab_environment,
)
from autograder.notebook import read_notebook

from .toy_course import edit, make_course, source


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_course(tmp_path / "course")


def own(course: Course, name: str = "lectures/01_sums.ipynb") -> Path:
    return course.root / "work" / name


def publish(course: Course, text: str) -> None:
    """A new version of the first lecture."""
    edit(course.root / "lectures" / "01_sums.ipynb", "title", source=text)


def run_cells_of(path: Path) -> None:
    """What JupyterLab stores after a run: outputs and counts."""
    notebook = read_notebook(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 1
            text = {"output_type": "stream", "name": "stdout", "text": "2"}
            cell.outputs = [text]
    path.write_text(str(canonical_text(notebook)).replace("null", "1"))


def test_copies_mirror_lectures_and_exercises(course: Course) -> None:
    assert fill(course) == []
    for name in ("lectures/02_powers.ipynb", "exercises/01_sums/sums.ipynb"):
        assert own(course, name).read_bytes() == (course.root / name).read_bytes()
    assert (own(course).parent / "../exercises/01_sums/sums.ipynb").exists()


def test_second_call_changes_and_says_nothing(course: Course) -> None:
    fill(course)
    before = own(course).stat().st_mtime_ns
    assert fill(course) == []
    assert own(course).stat().st_mtime_ns == before


def test_untouched_copy_is_renewed(course: Course) -> None:
    fill(course)
    publish(course, "# Better")
    assert fill(course) == ["renewed work/lectures/01_sums.ipynb"]
    assert "# Better" in own(course).read_text()


def test_running_the_cells_is_no_change(course: Course) -> None:
    fill(course)
    run_cells_of(own(course))
    assert fill(course) == []
    assert '"execution_count": 1' in own(course).read_text()
    publish(course, "# Better")
    assert fill(course) == ["renewed work/lectures/01_sums.ipynb"]


def test_touched_copy_is_kept_and_named(course: Course) -> None:
    fill(course)
    edit(own(course), "example", source="mine = 1")
    assert fill(course) == []
    publish(course, "# Better")
    (line,) = fill(course)
    assert "kept work/lectures/01_sums.ipynb" in line and "--beside" in line
    assert "mine = 1" in own(course).read_text()
    assert "# Better" not in own(course).read_text()


def test_new_version_is_put_beside_once(course: Course) -> None:
    fill(course)
    edit(own(course), "example", source="mine = 1")
    publish(course, "# Better")
    (line,) = fill(course, beside=True)
    assert "01_sums.new.ipynb" in line
    assert "# Better" in own(course, "lectures/01_sums.new.ipynb").read_text()
    assert fill(course) == []


def test_changed_new_version_is_not_overwritten(course: Course) -> None:
    fill(course)
    edit(own(course), "example", source="mine = 1")
    publish(course, "# Better")
    fill(course, beside=True)
    other = own(course, "lectures/01_sums.new.ipynb")
    edit(other, "example", source="also_mine = 1")
    publish(course, "# Best")
    (line,) = fill(course, beside=True)
    assert f"work/lectures/{other.name}" in line and "rename" in line
    assert "also_mine" in other.read_text()


def test_deleted_copy_comes_back(course: Course) -> None:
    fill(course)
    own(course).unlink()
    fill(course)
    assert own(course).is_file()


def test_copy_that_is_no_notebook_any_more_is_kept(course: Course) -> None:
    fill(course)
    own(course).write_text("{")
    publish(course, "# Better")
    assert "kept" in fill(course)[0]
    assert own(course).read_text() == "{"


@pytest.mark.parametrize("memory", ["", "{", "[]"])
def test_lost_memory_overwrites_nothing(course: Course, memory: str) -> None:
    fill(course)
    edit(own(course), "example", source="mine = 1")
    (course.root / "work" / ".copies.json").write_text(memory)
    assert "kept" in fill(course)[0]
    assert "mine = 1" in own(course).read_text()


def test_files_of_the_learner_are_left_alone(course: Course) -> None:
    note = own(course, "lectures/note.txt")
    note.parent.mkdir(parents=True)
    note.write_text("mine")
    fill(course)
    assert note.read_text() == "mine"


def test_course_without_solutions_has_copies_too(course: Course) -> None:
    source(course, "01_sums").unlink()
    fill(course)
    assert own(course, "exercises/01_sums/sums.ipynb").is_file()


@pytest.mark.parametrize("wanted", ["2", "02", "powers", "02_powers"])
def test_lecture_is_found_by_name_slug_and_number(course: Course, wanted: str) -> None:
    assert find_lecture(course, wanted).name == "02_powers.ipynb"


def test_first_lecture_is_the_default(course: Course) -> None:
    assert find_lecture(course, None).name == "01_sums.ipynb"


def test_unknown_lecture_is_told(course: Course) -> None:
    with pytest.raises(CourseError, match="02_powers"):
        find_lecture(course, "7")


def test_lab_opens_the_copy_and_asks_nothing(course: Course) -> None:
    command = lab_command(course, Path("work/lectures/01_sums.ipynb"), no_browser=True)
    assert "--LabApp.default_url=/lab/tree/work/lectures/01_sums.ipynb" in command
    assert f"--ServerApp.root_dir={course.root}" in command
    assert f"--LabApp.app_settings_dir={SETTINGS}" in command
    assert f"--ServerApp.kernel_websocket_connection_class={PROMPT}" in command
    assert "--no-browser" in command


def test_no_message_of_a_kernel_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = import_item(PROMPT)
    happened: list[str] = []
    plain = ZMQChannelsWebsocketConnection
    monkeypatch.setattr(plain, "connect", lambda _: happened.append("connected"))
    socket = Mock(set_nodelay=lambda on: happened.append(f"no delay: {on}"))
    connection.connect(Mock(spec=connection, websocket_handler=socket))
    assert happened == ["no delay: True", "connected"]


def test_settings_of_lab_are_settings_that_lab_knows() -> None:
    schemas = Path(sys.prefix) / "share/jupyter/lab/schemas"
    overrides = json.loads((SETTINGS / "overrides.json").read_text())
    for plugin, changed in overrides.items():
        extension, _, name = plugin.partition(":")
        schema = json.loads((schemas / extension / f"{name}.json").read_text())
        assert set(changed) <= set(schema["properties"])


def test_buttons_that_are_switched_off_exist() -> None:
    extensions = Path(sys.prefix) / "share/jupyter/labextensions"
    page = json.loads((SETTINGS / "page_config.json").read_text())
    for name in page["disabledExtensions"]:
        assert (extensions / name / "package.json").is_file()


def test_terminal_in_lab_finds_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = shutil.which("course", path=lab_environment()["PATH"])
    assert found is not None
    assert Path(found).parent == Path(sys.executable).parent
