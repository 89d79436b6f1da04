"""docs/coverage.md names only cells that exist."""

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\d\d) .*?$(.*?)(?=^## |\Z)", TEXT, re.M | re.S))
ROW = re.compile(r"^\| ([A-Z]+-\d\d) \| .+ \| (.+) \|$", re.M)


def cell_ids(number: str) -> set[str]:
    """The cell ids of a unit's lecture and exercise."""
    paths = [*ROOT.glob(f"lectures/{number}_*"), *ROOT.glob(f"solutions/{number}_*/*")]
    return {
        cell["id"]
        for path in paths
        if path.suffix == ".ipynb"
        for cell in nbformat.read(path, as_version=4).cells
    }


@pytest.mark.parametrize("number", SECTIONS)
def test_every_named_cell_exists(number: str) -> None:
    rows = ROW.findall(SECTIONS[number])
    assert rows, "the section has no rows"
    named = {cell for _, cells in rows for cell in re.findall(r"`([^`]+)`", cells)}
    assert named <= cell_ids(number), named - cell_ids(number)
    assert all("`" in cells for _, cells in rows), "a row names no cell"


def test_every_unit_has_a_section() -> None:
    units = {path.name[:2] for path in (ROOT / "lectures").glob("*.ipynb")}
    assert units == set(SECTIONS)


def test_no_item_has_two_homes() -> None:
    items = [item for item, _ in ROW.findall(TEXT)]
    assert len(items) == len(set(items))
