"""`course bundle`: nothing that gives answers away, and a course that works."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from autograder.authoring.bundle import ALWAYS, NAME, class_readme
from autograder.authoring.catalog import BEGIN, END
from autograder.authoring.leaks import leaks
from autograder.cli import main
from autograder.course import CONFIG_FILE, Course
from autograder.notebook import read_notebook

from .toy_course import edit, make_course, released

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^):#\s]+)[^):\s]*\)")  # relative, without its #part


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    course = make_course(tmp_path / "course")
    (course.root / "docs").mkdir()
    for name in ALWAYS:
        if name != CONFIG_FILE:
            (course.root / name).write_text("text\n")
    monkeypatch.chdir(course.root)
    return course


def names(archive: Path) -> list[str]:
    with tarfile.open(archive) as tar:
        return [name.removeprefix(f"{NAME}/") for name in tar.getnames()]


def test_same_course_gives_the_same_bytes(toy: Course, tmp_path: Path) -> None:
    first, second = tmp_path / "first.tar.gz", tmp_path / "second.tar.gz"
    assert main(["bundle", "--output", str(first)]) == 0
    for path in toy.root.rglob("*.md"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    assert main(["bundle", "--output", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_secrets_and_leftovers_stay_out(toy: Course, tmp_path: Path) -> None:
    for name in (
        ".course-secret",
        "exercises/.env",
        "gradebook.db",
        "lectures/key.pem",
    ):
        (toy.root / name).write_text("secret")
    (toy.root / "lectures" / ".ipynb_checkpoints").mkdir()
    (toy.root / "lectures" / ".ipynb_checkpoints" / "a.ipynb").write_text("old")
    (toy.root / "lectures" / "link.md").symlink_to(toy.root / ".course-secret")
    archive = tmp_path / "class.tar.gz"
    assert main(["bundle", "--output", str(archive)]) == 0
    assert names(archive) == [
        "README.md",
        "exercises/01_sums/sums.ipynb",
        "exercises/02_powers/powers.ipynb",
        "lectures/01_sums.ipynb",
        "lectures/02_powers.ipynb",
        "nbgrader_config.py",
        "pyproject.toml",
        "requirements.lock",
    ]


def test_leak_is_one_line_and_nothing_is_written(
    toy: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(released(toy, "01_sums"), "difference-try", source="return a - b")
    archive = tmp_path / "class.tar.gz"
    assert main(["bundle", "--output", str(archive)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not archive.exists()


def test_readme_is_the_guide_with_the_table_of_units(toy: Course) -> None:
    (toy.root / "docs" / "students.md").write_text("# Guide\n")
    table = f"{BEGIN}\n| 01 |\n{END}"
    (toy.root / "README.md").write_text(f"For teachers\n{table}\nsolutions")
    assert class_readme(toy) == "# Guide\n\n## Units\n\n| 01 |\n"


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This course's own bundle, unpacked and installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("class")
    archive = folder / "class.tar.gz"
    bundle = [
        sys.executable,
        "-m",
        "autograder.cli",
        "bundle",
        "--output",
        str(archive),
    ]
    subprocess.run(bundle, cwd=ROOT, check=True)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    local = ["--no-build-isolation", "--target", str(folder / "installed")]
    shutil.copytree(folder / NAME, folder / "to build")  # pip leaves traces
    subprocess.run([*pip, *local, str(folder / "to build")], check=True)
    return folder


def test_every_link_leads_to_something_inside(opened: Path) -> None:
    inside = opened / NAME
    pages = [(path, path.read_text()) for path in inside.rglob("*.md")]
    for path in inside.rglob("*.ipynb"):
        cells = read_notebook(path).cells
        pages += [(path, one.source) for one in cells if one.cell_type == "markdown"]
    links = [(path, target) for path, text in pages for target in LINK.findall(text)]
    assert inside / "README.md" in {path for path, _ in links}
    gone = [(path, to) for path, to in links if not (path.parent / to).exists()]
    assert gone == []


def test_no_solution_and_no_hidden_test_is_inside(opened: Path) -> None:
    course, inside = Course.find(ROOT), opened / NAME
    assert not {"solutions", "tests", "build"} & {
        path.name for path in inside.iterdir()
    }
    for path in inside.rglob("*.ipynb"):
        assert "### BEGIN" not in path.read_text()
    for unit in course.units:
        for path in course.source_notebooks(unit):
            copy = inside / "exercises" / unit.name / path.name
            assert list(leaks(read_notebook(path), read_notebook(copy))) == []


def test_installed_bundle_runs_a_lecture(opened: Path) -> None:
    lectures = sorted((opened / NAME / "lectures").glob("*.ipynb"))
    assert lectures
    program = (
        "import sys, utils\n"
        "from pathlib import Path\n"
        "from autograder.learner.kernel import run_cells\n"
        "from autograder.notebook import read_notebook\n"
        "path = Path(sys.argv[1])\n"
        "notebook, folder = read_notebook(path), path.parent\n"
        "for run in run_cells(notebook, folder=folder, seconds_per_cell=300):\n"
        "    assert not run.trouble and run.error is None, (run.cell.id, run.error)\n"
        "print(utils.__file__)\n"
    )
    result = subprocess.run(
        [sys.executable, "-P", "-c", program, str(lectures[0])],
        env={**os.environ, "PYTHONPATH": str(opened / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()).is_relative_to(opened / "installed")


def test_bundle_is_a_course_of_its_own(opened: Path, tmp_path: Path) -> None:
    copy = tmp_path / "course"
    shutil.copytree(opened / NAME, copy)
    exercise = next((copy / "exercises").glob("*/*.ipynb"))
    result = subprocess.run(
        [sys.executable, "-m", "autograder.cli", "check", str(exercise)],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(opened / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    assert "not answered yet" in result.stdout
