"""The command `course grade` on a small course, and nbgrader's own beside it."""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import cli
from autograder.batch import grade, schedule
from autograder.cli import main
from autograder.course import CourseError
from autograder.jail import sandbox
from autograder.judging import execute
from autograder.reports.gradebook import open_gradebook

UNIT = "01_sums"
JUDGED = """
c.Autograde.sanitize_preprocessors = [
    "autograder.judging.execute.RestoreCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "autograder.judging.execute.JudgedExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""
RIGHT = {"add": "a + b", "scale": "a * b"}
WRONG = {"add": "a - b", "scale": "a + b"}


@pytest.fixture(autouse=True)
def one_zygote(zygote, monkeypatch):
    """All commands of these tests use the fork server of the test run."""
    monkeypatch.setattr(schedule, "shared_zygote", lambda judge: zygote)
    monkeypatch.setattr(execute, "shared_zygote", lambda judge: zygote)
    monkeypatch.setattr(grade, "close_zygotes", lambda: None)


@pytest.fixture
def graded_course(course, answered, monkeypatch):
    """The small course, inside which commands run."""
    monkeypatch.chdir(course.root)
    hand_in(course, "ada", answered(**RIGHT))
    hand_in(course, "alan", answered(**WRONG))
    hand_in(course, "emmy", answered(add="a + b"))
    return course


def hand_in(course, student, data):
    folder = course.folder("submitted") / student / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sums.ipynb").write_bytes(data)


def scores(course):
    with open_gradebook(course) as gradebook:
        return {
            submission.student.id: {
                grade.name: (
                    grade.auto_score,
                    grade.manual_score,
                    grade.needs_manual_grade,
                )
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(UNIT)
        }


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_scores_go_to_the_gradebook_and_to_the_file(graded_course, tmp_path, capsys):
    assert main(["grade", "sums", "--json", str(tmp_path / "out.jsonl")]) == 0
    found = scores(graded_course)
    assert found["ada"]["add-test"] == (2, None, False)
    assert found["alan"]["add-test"] == (0, None, False)
    assert [found["emmy"][f"{task}-test"][0] for task in ("add", "scale")] == [2, 0]
    results = {result["student"]: result for result in lines(tmp_path / "out.jsonl")}
    assert set(results["ada"]) == {
        *("student", "unit", "score", "max_score", "tasks", "status", "error"),
        *("wall_s", "cpu_s", "peak_mb", "exercise_version"),
    }
    assert results["ada"]["score"] == 4
    assert results["ada"]["cpu_s"] > 0
    assert results["ada"]["peak_mb"] > 1
    assert "a and b are added" in results["alan"]["tasks"]["scale-test"]["message"]
    assert "3 graded, 0 unchanged, 0 failed" in capsys.readouterr().out
    executed = graded_course.folder("autograded") / "alan" / UNIT / "sums.ipynb"
    assert "a and b are added" in executed.read_text()


def test_stored_result_is_what_other_commands_read(graded_course):
    main(["grade", "sums"])
    path = graded_course.folder("submitted").parent / "results" / UNIT / "ada.json"
    result = json.loads(path.read_text())
    assert result["status"] == "graded"
    assert result["tasks"]["add-test"] == {"score": 2, "max_score": 2, "message": ""}


def test_only_what_changed_is_graded_again(graded_course, answered, capsys):
    main(["grade", "sums"])
    main(["grade", "sums"])
    assert "0 graded, 3 unchanged" in capsys.readouterr().out
    hand_in(graded_course, "alan", answered(**RIGHT))
    main(["grade", "sums"])
    assert "1 graded, 2 unchanged" in capsys.readouterr().out
    assert scores(graded_course)["alan"]["add-test"][0] == 2
    main(["grade", "sums", "--force"])
    assert "3 graded, 0 unchanged" in capsys.readouterr().out


def test_changed_source_grades_everything_again(graded_course, capsys):
    main(["grade", "sums"])
    path = graded_course.source_notebooks(graded_course.unit("sums"))[0]
    path.write_text(path.read_text().replace("add(20, 22) == 42", "add(2, 2) == 5"))
    main(["grade", "sums"])
    assert "3 graded, 0 unchanged" in capsys.readouterr().out
    assert scores(graded_course)["ada"]["add-test"][0] == 0


def test_students_can_be_chosen(graded_course, capsys):
    assert main(["grade", "sums", "--student", "ada", "--student", "emmy"]) == 0
    assert sorted(scores(graded_course)) == ["ada", "emmy"]
    assert main(["grade", "sums", "--student", "nobody"]) == 1
    assert "no submission of 01_sums by nobody" in capsys.readouterr().err


def test_two_jobs_give_the_same(graded_course, answered):
    for number in range(6):
        hand_in(
            graded_course, f"s{number}", answered(**(RIGHT if number % 2 else WRONG))
        )
    main(["grade", "sums", "--jobs", "2"])
    found = scores(graded_course)
    assert [found[f"s{n}"]["add-test"][0] for n in range(6)] == [0, 2, 0, 2, 0, 2]


BROKEN = {
    "empty": (b"", "is empty"),
    "truncated": (b'{"cells": [', "is truncated"),
    "no JSON": (b"hello", "is not a notebook"),
    "other JSON": (b"[]", "not a notebook"),
    "old format": (b'{"nbformat": 3, "worksheets": []}', "format 3"),
    "too large": (b"[" * (21 << 20), "clear the outputs"),
    "not text": (b"\xff\xfe", "not UTF-8"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_submission_fails_alone(graded_course, capsys, name):
    data, reason = BROKEN[name]
    hand_in(graded_course, "alan", data)
    assert main(["grade", "sums"]) == 1
    captured = capsys.readouterr()
    assert reason in captured.err
    assert captured.err.startswith("alan: the submission ")
    assert "2 graded, 0 unchanged, 1 failed" in captured.out
    assert sorted(scores(graded_course)) == ["ada", "emmy"]


def test_link_in_a_submission_fails_alone(graded_course, capsys):
    folder = graded_course.folder("submitted") / "alan" / UNIT
    (folder / "data.csv").symlink_to(graded_course.root / "build" / "gradebook.db")
    assert main(["grade", "sums"]) == 1
    assert "holds a link to another file" in capsys.readouterr().err


def test_folder_of_many_large_files_fails_alone_and_fills_no_memory(
    graded_course, capsys
):
    folder = graded_course.folder("submitted") / "alan" / UNIT
    for number in range(40):
        with (folder / f"data{number}.csv").open("wb") as file:
            file.truncate(50 << 20)  # together 2 GB, of which the disk holds nothing
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert main(["grade", "sums"]) == 1
    assert "holds more than 160 MB or 2000 files in all" in capsys.readouterr().err
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10


def test_wrong_file_name_fails_alone(graded_course, capsys):
    folder = graded_course.folder("submitted") / "alan" / UNIT
    (folder / "sums.ipynb").rename(folder / "my sums.ipynb")
    assert main(["grade", "sums"]) == 1
    assert "holds no sums.ipynb, only my sums.ipynb" in capsys.readouterr().err


def test_failure_keeps_the_former_result(graded_course):
    main(["grade", "sums"])
    hand_in(graded_course, "ada", b"")
    assert main(["grade", "sums"]) == 1
    assert scores(graded_course)["ada"]["add-test"][0] == 2
    assert (graded_course.folder("autograded") / "ada" / UNIT / "sums.ipynb").is_file()


def test_manual_scores_and_comments_survive(graded_course):
    main(["grade", "sums"])
    with open_gradebook(graded_course) as gradebook:
        grade_ = gradebook.find_grade("add-test", "sums", UNIT, "alan")
        grade_.manual_score, grade_.extra_credit = 1.5, 0.25
        comment = gradebook.find_comment("words-answer", "sums", UNIT, "alan")
        comment.manual_comment = "nearly"
        gradebook.db.commit()
    main(["grade", "sums", "--force"])
    with open_gradebook(graded_course) as gradebook:
        grade_ = gradebook.find_grade("add-test", "sums", UNIT, "alan")
        assert (grade_.manual_score, grade_.extra_credit, grade_.score) == (
            1.5,
            0.25,
            1.75,
        )
        comment = gradebook.find_comment("words-answer", "sums", UNIT, "alan")
        assert comment.manual_comment == "nearly"


def test_preview_tells_and_changes_nothing(graded_course, answered, capsys):
    main(["grade", "sums"])
    before = scores(graded_course)
    hand_in(graded_course, "alan", answered(**RIGHT))
    assert main(["grade", "sums", "--preview"]) == 0
    assert "alan: add-test 0 → 2, scale-test 0 → 2" in capsys.readouterr().out
    assert scores(graded_course) == before
    main(["grade", "sums"])
    assert "1 graded, 2 unchanged" in capsys.readouterr().out


def test_unknown_unit_and_wrong_usage(graded_course, capsys):
    assert main(["grade", "nothing"]) == 1
    with pytest.raises(SystemExit) as stop:
        main(["grade", "sums", "--jobs", "0"])
    assert stop.value.code == 2
    capsys.readouterr()


def test_interrupted_run_goes_on(graded_course, monkeypatch, capsys):
    write, written = grade.Recorder.write, []

    def write_two(recorder, student, executed):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(student)
        write(recorder, student, executed)

    monkeypatch.setattr(grade.Recorder, "write", write_two)
    assert main(["grade", "sums"]) == 1
    assert "run the same command to go on" in capsys.readouterr().err
    monkeypatch.setattr(grade.Recorder, "write", write)
    assert main(["grade", "sums"]) == 0
    assert "1 graded, 2 unchanged" in capsys.readouterr().out


def test_exercise_version_is_the_learners(graded_course, answered):
    older = nbformat.reads(answered(**RIGHT).decode(), as_version=4)
    for cell in older.cells:
        if cell.cell_type == "markdown" and "Task" in cell.source:
            cell.source += " (of last year)"
    hand_in(graded_course, "alan", nbformat.writes(older).encode())
    main(["grade", "sums"])
    folder = graded_course.folder("submitted").parent / "results" / UNIT
    versions = {
        name: json.loads((folder / f"{name}.json").read_text())["exercise_version"]
        for name in ("ada", "alan", "emmy")
    }
    assert versions["ada"] == versions["emmy"] != versions["alan"]


def test_without_a_jail_nothing_is_graded_unless_told_so(
    graded_course, monkeypatch, capsys
):
    """On a system that is not Linux: refused, or an ordinary kernel with --unsafe."""
    monkeypatch.setattr(sandbox, "has_fork_server", lambda: False)
    monkeypatch.setattr(schedule, "shared_zygote", refuse)
    monkeypatch.setattr(execute, "shared_zygote", refuse)
    assert main(["grade", "sums"]) == 1
    assert "there is no jail for learners' code" in capsys.readouterr().err
    assert scores(graded_course) == {}
    (graded_course.folder("submitted") / "emmy" / UNIT / "sums.ipynb").write_bytes(
        (graded_course.folder("submitted") / "ada" / UNIT / "sums.ipynb")
        .read_bytes()
        .replace(b"return a + b", b"import os; os._exit(0)")
    )
    assert main(["grade", "sums", "--unsafe"]) == 0
    found = scores(graded_course)
    assert [found["ada"][f"{task}-test"][0] for task in ("add", "scale")] == [2, 2]
    assert [found["alan"][f"{task}-test"][0] for task in ("add", "scale")] == [0, 0]
    assert found["emmy"]["add-test"][0] == 0  # a dead kernel passes nothing


def refuse(judge):
    raise CourseError(sandbox.missing_jail())


def test_command_that_cannot_be_here_says_where_it_can(monkeypatch, capsys):
    def import_module(name):
        raise ModuleNotFoundError(f"No module named {name!r}", name="fcntl")

    monkeypatch.setattr(cli.importlib, "import_module", import_module)
    assert main(["grade", "sums"]) == 1
    assert "needs Linux; on Windows use it in the container" in capsys.readouterr().err


def nbgrader(root, *arguments):
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def quickstart(tmp_path_factory):
    """The example course that nbgrader makes, with two submissions."""
    root = tmp_path_factory.mktemp("quickstart")
    made = nbgrader(root, "quickstart", "example")
    assert made.returncode == 0, made.stderr
    course = root / "example"
    for student, solved in (("solver", True), ("beginner", False)):
        target = course / "submitted" / student / "ps1"
        shutil.copytree(course / "source" / "ps1", target)
        if solved:
            continue
        for path in target.glob("*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            for cell in notebook.cells:
                if cell.metadata.get("nbgrader", {}).get("solution"):
                    cell.source = "raise NotImplementedError()"
            nbformat.write(notebook, path)
    return course


def auto_scores(url):
    from nbgrader.api import Gradebook

    with Gradebook(url) as gradebook:
        return {
            (submission.student.id, notebook.name, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions("ps1")
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def test_nbgraders_example_course_gets_stock_scores(quickstart, tmp_path, monkeypatch):
    """Any nbgrader course: by our command, by nbgrader's with ours inside, by stock."""
    found = {}
    for name in ("stock", "inside", "own"):
        root = tmp_path / name
        shutil.copytree(quickstart, root)
        config = (root / "nbgrader_config.py").read_text()
        if name != "stock":
            config += JUDGED
        (root / "nbgrader_config.py").write_text(config)
        if name == "own":
            monkeypatch.chdir(root)
            assert main(["grade", "ps1"]) == 0
        else:
            assert nbgrader(root, "generate_assignment", "ps1").returncode == 0
            done = nbgrader(root, "autograde", "ps1")
            assert done.returncode == 0, done.stderr
        found[name] = auto_scores(f"sqlite:///{root}/gradebook.db")
    assert found["stock"] == found["inside"] == found["own"]
    assert sum(filter(None, found["own"].values())) > 0
