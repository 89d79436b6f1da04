"""Whatever learners send: a verdict for each, nothing lost, nobody else affected."""

import io
import json
import os
import random
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.collecting.intake import (
    Outcome,
    check_notebook,
    collect,
    released_notebooks,
)
from autograder.collecting.owners import owner_of, student_id
from autograder.collecting.repair import learner_version
from autograder.collecting.untrusted import Refused, read_learner_notebook
from autograder.course import Course, CourseError
from autograder.reports.gradebook import find_alembic

UNIT = "01_sums"
Answered = Callable[..., bytes]


def collected(course: Course, source: Path) -> dict[str, Outcome]:
    outcomes = collect(course, course.unit(UNIT), source)
    return {outcome.student: outcome for outcome in outcomes}


def submitted(course: Course, student: str) -> nbformat.NotebookNode:
    path = course.folder("submitted") / student / UNIT / "sums.ipynb"
    return nbformat.read(path, as_version=4)


def cell(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    return next(
        c
        for c in notebook.cells
        if c.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    path.write_bytes(zip_bytes(files))
    return path


def zip_bytes(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def edited(content: bytes, change: Callable[[list[dict]], object]) -> bytes:
    notebook = json.loads(content)
    change(notebook["cells"])
    return json.dumps(notebook).encode()


def checked(course: Course, content: bytes) -> tuple[nbformat.NotebookNode, list[str]]:
    released = released_notebooks(course, course.unit(UNIT))
    name, repaired, notes = check_notebook(content, released, "sums")
    assert name == "sums"
    return nbformat.reads(repaired.decode(), as_version=4), notes


def refusal(course: Course, content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        checked(course, content)
    text = str(caught.value)
    assert text and "\n" not in text
    return text


# What a folder or a ZIP file looks like


def test_a_folder_with_one_subfolder_a_student(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = put(
        tmp_path / "in",
        {
            "ada/sums.ipynb": answered(add="a + b"),
            "bob/deep/down/sums.ipynb": answered(add="a - b"),
            "ada/.ipynb_checkpoints/sums-checkpoint.ipynb": b"old",
            "__MACOSX/ada/._sums.ipynb": b"noise",
        },
    )
    outcomes = collected(course, source)
    assert {o.state for o in outcomes.values()} == {"collected"}
    assert list(outcomes) == ["ada", "bob"]
    assert "return a + b" in cell(submitted(course, "ada"), "add-answer").source
    assert "return a - b" in cell(submitted(course, "bob"), "add-answer").source


def test_nbgraders_own_folder_is_repaired_in_place(
    course: Course, answered: Answered
) -> None:
    folder = course.folder("submitted")
    late = b"2026-11-20 16:00:00 UTC"
    put(
        folder,
        {
            f"ada/{UNIT}/sums.ipynb": edited(answered(add="1"), lambda c: c.pop(2)),
            f"ada/{UNIT}/timestamp.txt": late,
            f"ada/{UNIT}/page.html": b"<script>alert(1)</script>",
            "ada/02_other/other.ipynb": b"not meant",
            f"bob/{UNIT}/sums.ipynb": b"",
        },
    )
    outcomes = collected(course, folder)
    assert outcomes["ada"].state == "collected"
    assert "deleted cells restored: add-test" in outcomes["ada"].notes
    assert sorted(p.name for p in (folder / "ada" / UNIT).iterdir()) == [
        "sums.ipynb",
        "timestamp.txt",
    ]
    assert (folder / "ada" / UNIT / "timestamp.txt").read_bytes() == late
    assert (folder / "ada/02_other/other.ipynb").read_bytes() == b"not meant"
    assert outcomes["bob"].state == "quarantined"
    assert not (folder / "bob" / UNIT).exists()
    kept = folder.parent / "quarantine" / UNIT / "bob" / "submission" / "sums.ipynb"
    assert kept.read_bytes() == b""
    before = (folder.parent / "intake" / UNIT / "ada" / "1" / "page.html").read_bytes()
    assert b"script" in before
    assert collected(course, folder)["ada"].state == "unchanged"


def test_canvas_zip_with_attempts_late_marks_and_odd_names(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = zipped(
        tmp_path / "submissions.zip",
        {
            "lovelaceada_4711_900_sums.ipynb": answered(add="1"),
            "lovelaceada_LATE_4711_950_sums-1.ipynb": answered(add="2"),
            "núñezbob_4712_901_Kopie von sums (3).ipynb": answered(add="3"),
            "leeann_4713_902_homework.zip": zip_bytes(
                {"my work/final version.ipynb": answered(add="4")}
            ),
            "leeann_4714_903_sums.ipynb": b"broken",
            "stray.txt": b"from nobody",
        },
    )
    outcomes = collected(course, source)
    assert outcomes["lovelaceada_4711"].late
    assert (
        "return 2" in cell(submitted(course, "lovelaceada_4711"), "add-answer").source
    )
    assert "return 3" in cell(submitted(course, "núñezbob_4712"), "add-answer").source
    assert "return 4" in cell(submitted(course, "leeann_4713"), "add-answer").source
    assert outcomes["leeann_4714"].state == "quarantined"
    assert "belongs to no student" in outcomes["stray.txt"].reason
    with Gradebook(course.directory.db_url, "small") as gradebook:
        assert gradebook.find_student("lovelaceada_4711").lms_user_id == "4711"


def test_an_older_canvas_attempt_does_not_replace_a_newer_one(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    for number, answer in ((950, "'new'"), (900, "'old'")):
        name = f"lovelaceada_4711_{number}_sums.ipynb"
        source = zipped(tmp_path / f"{number}.zip", {name: answered(add=answer)})
        outcome = collected(course, source)["lovelaceada_4711"]
    assert outcome.state == "unchanged"
    assert "older than" in str(outcome)
    assert "'new'" in cell(submitted(course, "lovelaceada_4711"), "add-answer").source


@pytest.mark.parametrize("form", ["{}_/sums.ipynb", "{}/sums.ipynb", "{}_sums.ipynb"])
def test_moodle_zip_in_its_three_forms(
    course: Course, answered: Answered, tmp_path: Path, form: str
) -> None:
    name = form.format("Žofie O'Brien 李_1234567_assignsubmission_file")
    source = zipped(tmp_path / "moodle.zip", {name: answered(add="7")})
    (student,) = collected(course, source)
    assert student.startswith("Žofie-O-Brien-李_1234567")
    assert "return 7" in cell(submitted(course, student), "add-answer").source
    with Gradebook(course.directory.db_url, "small") as gradebook:
        entry = gradebook.find_student(student)
    assert (entry.first_name, entry.last_name) == ("Žofie O'Brien", "李")


def test_a_platform_id_in_the_gradebook_names_the_student(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    with Gradebook(course.directory.db_url, "small") as gradebook:
        gradebook.add_student("ada", lms_user_id="4711", last_name="Lovelace")
    name = "lovelaceada_4711_900_sums.ipynb"
    source = zipped(tmp_path / "canvas.zip", {name: answered(add="1")})
    assert list(collected(course, source)) == ["ada"]
    with Gradebook(course.directory.db_url, "small") as gradebook:
        assert gradebook.find_student("ada").last_name == "Lovelace"


def test_a_zip_around_a_folder_loses_its_wrapper(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = zipped(tmp_path / "class.zip", {"class/ada/sums.ipynb": answered()})
    assert list(collected(course, source)) == ["ada"]


def test_names_without_the_utf8_flag_are_read_as_utf8(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    content = bytearray(zip_bytes({"žofie/sums.ipynb": answered()}))
    for place in (content.find(b"PK\x03\x04") + 7, content.rfind(b"PK\x01\x02") + 9):
        content[place] &= ~0x8
    (tmp_path / "in.zip").write_bytes(content)
    assert list(collected(course, tmp_path / "in.zip")) == ["žofie"]


def test_student_ids_are_harmless_and_distinct() -> None:
    assert student_id("Žofie") == "Žofie"
    assert student_id("a b") != student_id("a-b")
    assert student_id("../..").startswith("student-")
    owner = owner_of(PurePosixPath("<img src=x>_1_assignsubmission_file_/a.ipynb"))
    assert owner is not None
    assert "<" not in owner.name + owner.student


# What may be wrong with one submission


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"hello", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "not a notebook"),
        (b"{}", "not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "format 3 instead of 4"),
        (b'{"nbformat": 5, "cells": []}', "format 5 instead of 4"),
        (b'{"nbformat": true, "cells": []}', "format True instead of 4"),
        (b'{"nbformat": 4}', "without a list of cells"),
        (b'{"nbformat": 4, "cells": []}', "without cells"),
        (b'{"nbformat": 4, "cells": [7]}', "cell 1 is not a cell"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "x"}]}', "cell 1 is neither"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "raw"}]}', "no readable text"),
        (b"[" * 100_000, "unusual"),
        (b"[" * 1_000_001, "too many values"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "unusual"),
    ],
)
def test_broken_files_are_refused(course: Course, content: bytes, reason: str) -> None:
    assert reason in refusal(course, content)


def test_truncated_notebook_is_refused(course: Course, answered: Answered) -> None:
    content = answered(add="a + b")
    assert "truncated at line" in refusal(course, content[: len(content) // 2])


def test_another_language_is_refused_and_another_python_kernel_is_not(
    course: Course, answered: Answered
) -> None:
    notebook = json.loads(answered())
    notebook["metadata"] = {"kernelspec": {"name": "conda-3.9", "language": "python"}}
    repaired, _ = checked(course, json.dumps(notebook).encode())
    assert repaired.metadata.kernelspec.name == "python3"
    notebook["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    assert "written for r (kernel ir)" in refusal(course, json.dumps(notebook).encode())


def test_another_exercise_is_refused(course: Course) -> None:
    cells = [nbformat.v4.new_code_cell(metadata={"nbgrader": {"grade_id": "other"}})]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert "is not a copy of sums.ipynb" in refusal(
        course, nbformat.writes(notebook).encode()
    )


def test_deleted_cells_are_restored(course: Course, answered: Answered) -> None:
    content = edited(
        answered(scale="a * b"), lambda cells: cells.__delitem__(slice(0, 3))
    )
    repaired, notes = checked(course, content)
    names = [c.metadata.nbgrader.grade_id for c in repaired.cells]
    assert names[:3] == ["add-prompt", "add-answer", "add-test"]
    assert len(names) == 7
    assert notes == ["deleted cells restored: add-prompt, add-answer, add-test"]
    assert "return a * b" in cell(repaired, "scale-answer").source


def test_retyped_cells_get_their_type_back_and_keep_the_answer(
    course: Course, answered: Answered
) -> None:
    def retype(cells: list[dict]) -> None:
        cells[1]["cell_type"] = cells[2]["cell_type"] = "markdown"

    repaired, notes = checked(course, edited(answered(add="a + b"), retype))
    assert cell(repaired, "add-answer").cell_type == "code"
    assert cell(repaired, "add-test").cell_type == "code"
    assert "return a + b" in cell(repaired, "add-answer").source
    assert notes == ["cell type restored: add-answer, add-test"]


def test_of_copied_cells_the_last_counts(course: Course, answered: Answered) -> None:
    def copy(cells: list[dict]) -> None:
        cells.insert(2, {**cells[1], "source": "def add(a, b):\n    return 'last'"})

    repaired, notes = checked(course, edited(answered(add="'first'"), copy))
    assert "'last'" in cell(repaired, "add-answer").source
    assert notes == ["the last of several copies counts: add-answer"]
    assert len({c.id for c in repaired.cells}) == len(repaired.cells) == 8


def test_reordered_cells_are_put_back(course: Course, answered: Answered) -> None:
    content = edited(answered(add="a + b"), lambda cells: cells.reverse())
    repaired, notes = checked(course, content)
    assert [c.id for c in repaired.cells][:3] == [
        "add-prompt",
        "add-answer",
        "add-test",
    ]
    assert notes == ["cells put back in order"]
    assert "return a + b" in cell(repaired, "add-answer").source


def test_renamed_cells_are_found_by_the_other_name(
    course: Course, answered: Answered
) -> None:
    def rename(cells: list[dict]) -> None:
        cells[1]["metadata"]["nbgrader"]["grade_id"] = "mine"
        cells[4]["id"] = "yours"

    repaired, notes = checked(course, edited(answered(add="5", scale="6"), rename))
    assert "return 5" in cell(repaired, "add-answer").source
    assert "return 6" in cell(repaired, "scale-answer").source
    assert notes == ["names restored: add-answer"]


def test_edited_tests_and_points_are_restored(
    course: Course, answered: Answered
) -> None:
    def cheat(cells: list[dict]) -> None:
        cells[2]["source"] = "pass"
        cells[5]["metadata"]["nbgrader"]["points"] = 100
        cells[1]["metadata"]["nbgrader"]["locked"] = True
        cells[1]["metadata"]["tags"] = ["raises-exception"]

    repaired, notes = checked(course, edited(answered(add="1"), cheat))
    assert "assert add(1, 1) == 2" in cell(repaired, "add-test").source
    assert cell(repaired, "scale-test").metadata.nbgrader.points == 2
    assert cell(repaired, "add-answer").metadata.nbgrader.locked is False
    assert "tags" not in cell(repaired, "add-answer").metadata
    assert notes == [
        "text restored from the release: add-test",
        "points restored: scale-test",
    ]


def test_own_cells_stay_but_not_their_marks_and_outputs(
    course: Course, answered: Answered
) -> None:
    forged = {"grade": True, "grade_id": "bonus", "points": 99, "locked": True}

    def add(cells: list[dict]) -> None:
        output = {"output_type": "stream", "name": "stdout", "text": "forged"}
        cells.insert(
            2,
            {
                "cell_type": "code",
                "source": ["x = 1\n", "x"],
                "metadata": {"nbgrader": forged, "tags": ["skip-execution"]},
                "outputs": [output],
                "execution_count": "<b>",
            },
        )

    repaired, notes = checked(course, edited(answered(add="1"), add))
    own = repaired.cells[2]
    assert (own.source, own.metadata, own.outputs) == ("x = 1\nx", {}, [])
    assert own.execution_count is None
    assert notes == []


def test_half_characters_and_pictures_survive(
    course: Course, answered: Answered
) -> None:
    def decorate(cells: list[dict]) -> None:
        cells[-1]["source"] = "half \ud800 of it"
        cells[-1]["attachments"] = {
            "a.png": {"image/png": "aGVsbG8="},
            "b.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"},
            "c.png": {"image/png": "'><script>"},
        }

    repaired, _ = checked(course, edited(answered(), decorate))
    words = cell(repaired, "words-answer")
    assert words.source == "half ? of it"
    assert words.attachments == {"a.png": {"image/png": "aGVsbG8="}}


def test_a_60_mb_notebook_is_refused_before_it_is_read(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = put(
        tmp_path / "in", {"ada/sums.ipynb": b"x", "bob/sums.ipynb": answered()}
    )
    os.truncate(source / "ada" / "sums.ipynb", 60_000_000)
    tracemalloc.start()
    outcomes = collected(course, source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "has 60.0 MB, more than 16" in outcomes["ada"].reason
    assert outcomes["bob"].state == "collected"
    assert peak < 20_000_000


def test_a_link_is_refused(course: Course, answered: Answered, tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"bob/sums.ipynb": answered()})
    secret = put(tmp_path / "secret", {"sums.ipynb": answered(add="'secret'")})
    (source / "ada").mkdir()
    (source / "ada" / "sums.ipynb").symlink_to(secret / "sums.ipynb")
    (source / "eve").symlink_to(secret)
    (source / "bob" / "more").symlink_to(secret)
    outcomes = collected(course, source)
    assert "symbolic link" in outcomes["ada"].reason
    assert "belongs to no student" in outcomes["eve"].reason
    assert outcomes["bob"].state == "collected"
    assert not any(
        "secret" in p.read_text()
        for p in course.root.rglob("*.ipynb")
        if "build" in p.parts
    )


def test_a_pipe_is_refused(course: Course, answered: Answered, tmp_path: Path) -> None:
    source = put(tmp_path / "in", {"bob/sums.ipynb": answered()})
    (source / "ada").mkdir()
    os.mkfifo(source / "ada" / "sums.ipynb")
    outcomes = collected(course, source)
    assert "not a regular file" in outcomes["ada"].reason
    assert outcomes["bob"].state == "collected"


def test_zip_members_that_lead_elsewhere_are_refused(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    link = zipfile.ZipInfo("eve/sums.ipynb")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("ada/../../../../escaped.ipynb", answered())
        archive.writestr("/root.ipynb", answered())
        archive.writestr("bob/sums.ipynb", answered())
        archive.writestr(link, "/etc/passwd")
        archive.writestr("mallory/..\\..\\sums.ipynb", answered())
    outcomes = collected(course, tmp_path / "in.zip")
    assert "leads out of its folder" in outcomes["ada"].reason
    assert "leads out of its folder" in outcomes["mallory"].reason
    assert "symbolic link" in outcomes["eve"].reason
    assert outcomes["bob"].state == "collected"
    assert not list(tmp_path.rglob("escaped.ipynb"))


def test_a_zip_bomb_is_refused_without_being_unpacked(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    bomb = zip_bytes({f"{i}/sums.ipynb": bytes(50_000_000) for i in range(6)})
    liar = bytearray(zip_bytes({"sums.ipynb": bytes(50_000_000)}))
    for place in (liar.find(b"PK\x03\x04") + 22, liar.rfind(b"PK\x01\x02") + 24):
        liar[place : place + 4] = (1000).to_bytes(4, "little")
    source = put(
        tmp_path / "in",
        {"ada/a.zip": bomb, "eve/b.zip": bytes(liar), "bob/sums.ipynb": answered()},
    )
    tracemalloc.start()
    outcomes = collected(course, source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "more than 200 MB" in outcomes["ada"].reason
    assert outcomes["eve"].state == "quarantined"
    assert outcomes["bob"].state == "collected"
    assert peak < 60_000_000


def test_encrypted_damaged_and_endless_zips_are_refused(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    good = zip_bytes({"sums.ipynb": answered()})
    locked = bytearray(good)
    locked[good.find(b"PK\x01\x02") + 8] |= 1
    damaged = bytearray(good)
    damaged[60:90] = bytes(30)
    many = zip_bytes({f"{i}.txt": b"" for i in range(2001)})
    source = put(
        tmp_path / "in",
        {
            "a/a.zip": bytes(locked),
            "b/b.zip": bytes(damaged),
            "c/c.zip": many,
            "d/d.zip": good[:100],
            "e/e.zip": b"Rar!",
        },
    )
    reasons = [outcome.reason for outcome in collected(course, source).values()]
    assert "encrypted" in reasons[0]
    assert "damaged" in reasons[1]
    assert "more than 2000" in reasons[2]
    assert "not a ZIP file" in reasons[3]
    assert "not a ZIP file" in reasons[4]


def test_a_broken_newest_attempt_falls_back_to_the_one_before(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = put(
        tmp_path / "in",
        {"ada/sums-1.ipynb": answered(add="'good'"), "ada/sums-2.ipynb": b"broken"},
    )
    outcome = collected(course, source)["ada"]
    assert outcome.state == "collected"
    assert "left out: sums-2.ipynb is not a notebook" in str(outcome)
    assert "'good'" in cell(submitted(course, "ada"), "add-answer").source


# What is kept


def test_other_files_come_along_unless_a_browser_would_run_them(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = put(
        tmp_path / "in",
        {
            "ada/sums.ipynb": answered(),
            "ada/data/numbers.csv": b"1,2",
            "ada/evil.html": b"<script>",
            "ada/evil.svg": b"<svg/>",
            "ada/timestamp.txt": b"1999-01-01 00:00:00 UTC",
            "ada/.hidden.txt": b"x",
        },
    )
    outcome = collected(course, source)["ada"]
    folder = course.folder("submitted") / "ada" / UNIT
    found = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    assert found == ["data/numbers.csv", "sums.ipynb"]
    assert str(outcome).count("left out") == 4


def test_nothing_is_overwritten_silently(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    for answer in ("'one'", "'two'"):
        source = put(tmp_path / "in", {"ada/sums.ipynb": answered(add=answer)})
        outcome = collected(course, source)["ada"]
    assert "what was there before is kept in" in str(outcome)
    former = course.folder("submitted").parent / "intake" / UNIT / "ada" / "1"
    assert "'one'" in (former / "sums.ipynb").read_text()
    assert "'two'" in cell(submitted(course, "ada"), "add-answer").source
    again = collected(course, source)["ada"]
    assert (again.state, again.notes) == ("unchanged", [])
    put(tmp_path / "in", {"ada/sums.ipynb": b"broken"})
    assert collected(course, source)["ada"].state == "quarantined"
    assert "'two'" in cell(submitted(course, "ada"), "add-answer").source


def test_one_students_disk_error_does_not_reach_the_next(
    course: Course, answered: Answered, tmp_path: Path
) -> None:
    source = put(
        tmp_path / "in",
        {"ada/sums.ipynb": answered(), "bob/sums.ipynb": answered()},
    )
    put(course.folder("submitted"), {"ada": b"a file where a folder should be"})
    outcomes = collected(course, source)
    assert outcomes["ada"].state == "quarantined"
    assert "could not be read" in outcomes["ada"].reason
    assert outcomes["bob"].state == "collected"


def test_the_version_of_the_exercise_is_recorded(
    course: Course, answered: Answered
) -> None:
    same, _ = checked(course, answered(add="a + b"))
    other, _ = checked(course, answered())
    old, _ = checked(
        course, edited(answered(), lambda cells: cells[0].update(source="## Old"))
    )
    assert same.metadata.exercise_version == other.metadata.exercise_version
    assert same.metadata.exercise_version != old.metadata.exercise_version
    again = read_learner_notebook(nbformat.writes(old).encode())
    assert learner_version(again) == old.metadata.exercise_version
    forged = json.loads(answered())
    forged["metadata"]["exercise_version"] = "0" * 12
    honest, _ = checked(course, json.dumps(forged).encode())
    assert honest.metadata.exercise_version == same.metadata.exercise_version


# The command


def test_command_prints_one_line_a_student_and_fails_for_quarantine(
    course: Course,
    answered: Answered,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(course.root)
    source = put(tmp_path / "in", {"ada/sums.ipynb": answered()})
    assert main(["collect", "1", str(source)]) == 0
    assert capsys.readouterr().out == (
        "ada: collected\n01_sums: 1 collected, 0 unchanged, 0 quarantined\n"
    )
    put(source, {"bob/sums.ipynb": b""})
    assert main(["collect", "sums", str(source)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "bob: quarantined (sums.ipynb is empty)"
    assert main(["collect", "1", str(tmp_path / "nowhere")]) == 1
    assert "does not exist" in capsys.readouterr().err


def test_no_zip_and_no_release_are_one_clear_sentence(
    course: Course, tmp_path: Path
) -> None:
    put(tmp_path, {"in.zip": b"not a zip"})
    with pytest.raises(CourseError, match="is not a ZIP file"):
        collect(course, course.unit(UNIT), tmp_path / "in.zip")
    (course.folder("release") / UNIT / "sums.ipynb").unlink()
    with pytest.raises(CourseError, match="is not released"):
        collect(course, course.unit(UNIT), tmp_path)


# Fuzzing


def test_every_mutated_notebook_gets_a_verdict(
    course: Course, answered: Answered, fraction: float
) -> None:
    released = released_notebooks(course, course.unit(UNIT))
    original = answered(add="a + b", scale="a * b", words="text")
    verdicts = {"accepted": 0, "refused": 0}
    for seed in range(int(10_000 * fraction)):
        content = mutate(original, random.Random(seed))
        try:
            _, repaired, _ = check_notebook(content, released, "sums")
        except Refused as problem:
            assert str(problem) and "\n" not in str(problem)
            verdicts["refused"] += 1
        else:
            nbformat.validate(nbformat.reads(repaired.decode(), as_version=4))
            verdicts["accepted"] += 1
    assert min(verdicts.values()) > 100 * fraction


def mutate(original: bytes, rng: random.Random) -> bytes:
    """Up to four changes, either to the bytes or to the parsed notebook."""
    if rng.random() < 0.4:
        content = bytearray(original)
        for _ in range(rng.randint(1, 4)):
            mutate_bytes(content, rng)
        return bytes(content)
    notebook = json.loads(original)
    for _ in range(rng.randint(1, 4)):
        mutate_value(notebook, rng)
    return json.dumps(notebook, ensure_ascii=rng.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )


def mutate_bytes(content: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(content) + 1)
    end = min(len(content), start + rng.choice([1, 1, 5, 200]))
    choice = rng.randrange(4)
    if choice == 0:
        del content[start:end]
    elif choice == 1:
        content[start:start] = rng.randbytes(rng.choice([1, 4, 30]))
    elif choice == 2:
        content[start:end] = content[end : 2 * end - start]
    else:
        del content[start:]


def mutate_value(notebook: object, rng: random.Random) -> None:
    """Change one randomly chosen place of the nested value."""
    node = notebook
    while True:
        keys = list(node) if isinstance(node, dict) else range(len(node))
        key = rng.choice(list(keys))
        child = node[key]
        if not isinstance(child, dict | list) or not child or rng.random() < 0.3:
            break
        node = child
    junk = [None, True, -1, 1e308, "", "\ud800", "x" * 300, [], {}, [[1]], {"a": {}}]
    choice = rng.randrange(4)
    if choice == 0 and len(node) > 1:
        del node[key]
    elif choice == 1 and isinstance(node, list):
        node.insert(rng.randrange(len(node) + 1), json.loads(json.dumps(child)))
    elif choice == 2 and isinstance(node, list):
        rng.shuffle(node)
    else:
        node[key] = rng.choice(junk)


# Any nbgrader course


def test_a_course_made_by_quickstart_collects_too(tmp_path: Path) -> None:
    find_alembic()
    for folder, *words in (
        (tmp_path, "quickstart", "demo"),
        (tmp_path / "demo", "generate_assignment", "ps1"),
    ):
        command = [sys.executable, "-m", "nbgrader", *words]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    demo = Course(tmp_path / "demo")
    unit = demo.unit("ps1")
    released = sorted((demo.folder("release") / "ps1").glob("*.ipynb"))
    files = {f"ada/homework/{p.stem} (2).ipynb": p.read_bytes() for p in released}
    source = put(tmp_path / "in", {**files, "bob/x.ipynb": b"{}"})
    ada, bob = collect(demo, unit, source)
    assert (ada.state, ada.notes) == ("collected", [])
    assert bob.state == "quarantined"
    stored = sorted((demo.folder("submitted") / "ada" / "ps1").iterdir())
    assert [p.name for p in stored] == [p.name for p in released]
